//! Who did something to whom, in the terms of event data: states, organised groups, civilians.

use gainsay_model::{Event, Group, Kind};

use super::codes::{Codes, Country};
use super::input::{Export, Said};

/// What sort of party somebody is for UCDP.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// A state's own forces.
    State,
    /// An organised armed group.
    Group,
}

/// An organised party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Party {
    /// The actor as claims name it.
    pub id: String,
    /// The outermost body that the code tables know, or the actor itself: two units of one army are one party.
    pub top: String,
    /// State or group.
    pub class: Class,
    /// The place id of the state's country.
    pub country: Option<&'static str>,
    /// What UCDP calls it.
    pub ged_name: String,
}

impl Party {
    /// The codes of its country.
    pub fn codes(&self) -> Option<&'static Country> {
        Codes::get().countries.get(self.country?)
    }
}

/// The organised party that an actor is; `None` for whoever is none, or whom no list knows.
pub(super) fn party(export: &Export, id: &str, as_target: bool) -> Option<Party> {
    let (codes, lexicon) = (Codes::get(), &export.words.lexicon);
    let actor = lexicon.actor(id)?;
    let kind = codes.party(&actor.kind, &actor.side)?;
    let class = match if as_target { kind.as_target } else { kind.ged } {
        "state" => Class::State,
        "group" => Class::Group,
        _ => return None,
    };
    let wholes = lexicon.wholes(id);
    let known = wholes.iter().find_map(|whole| {
        let (country, name) = codes.actors.get(whole)?;
        (country.is_some() == (class == Class::State)).then_some((*whole, *country, *name))
    });
    let (top, country, name) = known.unwrap_or((id, None, None));
    let ged_name = match (country.and_then(|place| codes.countries.get(place)), name) {
        (Some(country), _) => format!("Government of {}", country.ged_name),
        (None, Some(name)) => name.to_owned(),
        (None, None) => lexicon.name(top).to_owned(),
    };
    Some(Party { id: id.to_owned(), top: top.to_owned(), class, country, ged_name })
}

/// The party that ACLED's inter words name for an actor; `None` where no list knows it.
pub(super) fn inter(export: &Export, id: &str) -> Option<&'static str> {
    let actor = export.words.lexicon.actor(id)?;
    Codes::get().party(&actor.kind, &actor.side).map(|kind| kind.acled)
}

/// PLOVER's sector of an actor.
pub(super) fn sector(export: &Export, id: &str) -> Option<&'static str> {
    let actor = export.words.lexicon.actor(id)?;
    Codes::get().party(&actor.kind, &actor.side).map(|kind| kind.plover)
}

/// The organised parties among these ids, each once, in their order.
pub(super) fn parties(export: &Export, ids: &[String], as_target: bool) -> Vec<Party> {
    let mut found: Vec<Party> = Vec::new();
    for party in ids.iter().filter_map(|id| party(export, id, as_target)) {
        if !found.iter().any(|known| known.top == party.top) {
            found.push(party);
        }
    }
    found
}

/// Two sides of an event: who did it and to whom; where nothing organised is done to, two who did it to each other.
pub(super) struct Sides {
    /// The one.
    pub a: Option<Party>,
    /// The other.
    pub b: Option<Party>,
    /// Parties beyond these two.
    pub further: usize,
    /// Those harmed are said to be civilians, or such as are counted among them.
    pub civilians: bool,
}

/// The sides of an event.
pub(super) fn of(export: &Export, event: &Event, claims: &[&Said]) -> Sides {
    let harm = matches!(
        event.kind,
        Kind::Attack | Kind::Casualties | Kind::Airstrike | Kind::Shelling | Kind::Bombing | Kind::Detention
    );
    let doers = parties(export, &event.actors, false);
    let done: Vec<Party> = parties(export, &event.targets, harm)
        .into_iter()
        .filter(|party| doers.len() != 1 || party.top != doers[0].top)
        .collect();
    let all =
        doers.len() + done.iter().filter(|party| doers.iter().all(|doer| doer.top != party.top)).count();
    let a = doers.first().cloned();
    let other =
        |list: &[Party]| list.iter().find(|party| a.as_ref().is_none_or(|a| a.top != party.top)).cloned();
    let b = a.as_ref().and_then(|_| other(&done).or_else(|| other(&doers)));
    let further = all.saturating_sub(usize::from(a.is_some()) + usize::from(b.is_some()));
    Sides { civilians: civilians(export, event, claims, harm), a, b, further }
}

/// Whether those harmed are said to be civilians.
fn civilians(export: &Export, event: &Event, claims: &[&Said], harm: bool) -> bool {
    let spared = |group: Group| matches!(group, Group::Civilians | Group::Children | Group::Women);
    let counted = claims.iter().filter_map(|said| said.claim.count.as_ref()?.group).any(spared);
    let people = &export.words.codebook.people;
    let named = event.targets.iter().any(|id| {
        let tribe = harm
            && export.words.lexicon.actor(id).is_some_and(|actor| {
                Codes::get().party(&actor.kind, &actor.side).is_some_and(|kind| kind.as_target == "civilians")
            });
        let word = |word: &str| {
            let one = word.strip_suffix('s').unwrap_or(word);
            [word, one].iter().any(|word| people.get(*word).copied().flatten().is_some_and(spared))
        };
        tribe || (export.words.lexicon.actor(id).is_none() && id.split('-').any(word))
    });
    counted || named
}
