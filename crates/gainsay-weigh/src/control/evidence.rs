//! What claims say of who holds a place, with the day from which they say it.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Degree, EntityId, Kind, Status};
use jiff::civil::Date;

use crate::days::{Days, shift};
use crate::roots::{Camps, Said};
use crate::{Ask, Weighed};

/// Statements this far after a change can gainsay it; later ones tell of another (days).
pub(super) const LATELY: i64 = 31;

/// What a claim says of one party and a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Act {
    /// It takes it.
    Gains,
    /// It holds it.
    Holds,
    /// It must have held it: it left, or another took it from it, or it says that it still fights there.
    Held,
    /// It leaves, and no longer holds it.
    Leaves,
    /// It is said not to hold it.
    Lacks,
}

/// One statement of one claim about one party.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// The party, and the whole it is a part of.
    pub(super) actor: EntityId,
    /// See [`Act`].
    pub(super) act: Act,
    /// The days it says so of; a change happens on the last.
    pub(super) days: Days,
    /// How much of the place.
    pub(super) degree: Option<Degree>,
    /// The claim.
    pub(super) at: usize,
}

impl Item {
    /// Whether it is said of a part only: that takes the place from nobody.
    pub(super) fn partial(&self) -> bool {
        matches!(self.degree, Some(Degree::Partial | Degree::Contested))
    }

    /// Whether it says that the party holds the place.
    pub(super) fn positive(&self) -> bool {
        matches!(self.act, Act::Gains | Act::Holds | Act::Held)
    }
}

/// Statements about one place as claims make them, one by one.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    /// Who takes, holds, leaves it.
    pub(super) items: Vec<Item>,
    /// Claims of fighting there.
    pub(super) fights: Vec<usize>,
}

/// Statements by place, each list in order of their days.
pub(super) fn evidence(weighed: &Weighed, camps: &Camps, ask: &Ask) -> BTreeMap<EntityId, Vec<Item>> {
    let settled = |(place, told): (EntityId, Told)| (place, told.settled(weighed, camps));
    told(weighed, ask).into_iter().map(settled).collect()
}

/// What claims say of each place of which any says who takes, holds or leaves it.
pub(super) fn told(weighed: &Weighed, ask: &Ask) -> BTreeMap<EntityId, Told> {
    let ask = Ask { place: Vec::new(), actor: Vec::new(), kind: None, from: None, to: None, ..ask.clone() };
    let mut found: BTreeMap<EntityId, Told> = BTreeMap::new();
    for at in 0..weighed.said.len() {
        let said = &weighed.said[at];
        let status = said.link.claim.status;
        let kind = said.link.claim.kind;
        let tells =
            matches!(kind, Kind::Capture | Kind::Withdrawal | Kind::Control | Kind::Clash | Kind::Attack);
        if !tells || !matches!(status, Status::Asserted | Status::Denied) || !ask.lets(weighed, at) {
            continue;
        }
        let Some(day) = said.day().filter(|day| day.plausible()) else { continue };
        for place in &said.link.places {
            let told = found.entry(place.clone()).or_default();
            match (said.link.claim.kind, status) {
                (Kind::Clash | Kind::Attack, Status::Asserted) => told.fights.push(at),
                _ => told.items.extend(items(said, at, status, day)),
            }
        }
    }
    found.retain(|_, told| !told.items.is_empty());
    found
}

impl Told {
    /// The statements with what they mean beside each other, in order of their days.
    pub(super) fn settled(mut self, weighed: &Weighed, camps: &Camps) -> Vec<Item> {
        background(weighed, camps, &mut self.items);
        implied(weighed, camps, &mut self.items, &self.fights);
        self.items.sort_by(|a, b| (a.days, a.act, &a.actor, a.at).cmp(&(b.days, b.act, &b.actor, b.at)));
        self.items
    }
}

fn items(said: &Said, at: usize, status: Status, day: Days) -> Vec<Item> {
    let link = &said.link;
    let last = Days { from: day.to, to: day.to };
    let degree = link.claim.degree;
    let all = |actors: &[EntityId], act: Act, days: Days| -> Vec<Item> {
        actors.iter().map(|actor| Item { actor: actor.clone(), act, days, degree, at }).collect()
    };
    match (link.claim.kind, status) {
        (Kind::Capture, Status::Asserted) => {
            let before = Days { from: shift(day.to, -1), to: shift(day.to, -1) };
            let mut items = all(&link.actors, Act::Gains, last);
            items.extend(
                all(&link.targets, Act::Held, before).into_iter().map(|item| Item { degree: None, ..item }),
            );
            items
        }
        (Kind::Withdrawal, Status::Asserted) => {
            // Told without a day, nobody knows until when they held it.
            let until = Days { from: shift(day.to, -1), to: day.to };
            let mut items =
                if link.when.is_some() { all(&link.actors, Act::Held, until) } else { Vec::new() };
            items.extend(all(&link.actors, Act::Leaves, last));
            items
        }
        (Kind::Withdrawal, _) => all(&link.actors, Act::Holds, last),
        (Kind::Control, Status::Asserted) => all(&link.actors, Act::Holds, day),
        (Kind::Control | Kind::Capture, _) => all(&link.actors, Act::Lacks, last),
        _ => Vec::new(),
    }
}

/// "The army-held town was taken on Monday": what a voice says in the same report without a day, against the last
/// change it dates there, was so before that change.
fn background(weighed: &Weighed, camps: &Camps, items: &mut [Item]) {
    let dated = |item: &&Item| {
        matches!(item.act, Act::Gains | Act::Leaves) && weighed.said[item.at].link.when.is_some()
    };
    let mut changes: BTreeMap<&str, Vec<Item>> = BTreeMap::new();
    for item in items.iter().filter(dated) {
        changes.entry(&weighed.said[item.at].link.claim.document).or_default().push(item.clone());
    }
    // A gain without a day against a dated one of another party: nobody says which came first.
    for item in items.iter_mut().filter(|item| item.act == Act::Gains) {
        let said = &weighed.said[item.at];
        let Some(changes) = changes.get(said.link.claim.document.as_str()) else { continue };
        let rival = |change: &&Item| change.act == Act::Gains && !camps.one_side(&change.actor, &item.actor);
        let day = changes.iter().filter(rival).map(|change| change.days.to).max();
        if let Some(day) = day.filter(|day| said.link.when.is_none() && *day < item.days.to) {
            item.days = Days { from: day, to: day };
        }
    }
    for item in items.iter_mut().filter(|item| item.act == Act::Holds) {
        let said = &weighed.said[item.at];
        let Some(changes) = changes.get(said.link.claim.document.as_str()) else { continue };
        if said.link.when.is_some() || said.link.claim.kind != Kind::Control {
            continue;
        }
        let same_voice =
            |at: usize| weighed.said[at].voice.roots.iter().any(|root| said.voice.roots.contains(root));
        let of_voice = || changes.iter().filter(|change| same_voice(change.at));
        let Some(last) = of_voice().map(|change| change.days.to).max().filter(|last| *last <= item.days.to)
        else {
            continue;
        };
        let on_last = |act: Act| of_voice().filter(move |change| change.days.to == last && change.act == act);
        let ours = |change: &Item| camps.one_side(&change.actor, &item.actor);
        let lost = on_last(Act::Leaves).any(ours)
            || (on_last(Act::Gains).next().is_some() && !on_last(Act::Gains).any(ours));
        if lost {
            let day = shift(last, -1);
            (item.act, item.days) = (Act::Held, Days { from: day, to: day });
        }
    }
}

/// Who later leaves, or is said by its own side to fight on, held the place when another claimed to take it.
fn implied(weighed: &Weighed, camps: &Camps, items: &mut Vec<Item>, fights: &[usize]) {
    let gains: Vec<(EntityId, Date)> = items
        .iter()
        .filter(|item| item.act == Act::Gains && !item.partial())
        .map(|item| (item.actor.clone(), item.days.to))
        .collect();
    let against = |party: &str, day: Date| -> BTreeSet<Date> {
        let lately = |gain: Date| gain <= day && crate::days::between(gain, day) <= LATELY;
        gains
            .iter()
            .filter(|(gainer, gain)| lately(*gain) && !camps.one_side(gainer, party))
            .map(|(_, gain)| *gain)
            .collect()
    };
    let held = |actor: &EntityId, day: Date, at: usize| Item {
        actor: actor.clone(),
        act: Act::Held,
        days: Days { from: day, to: day },
        degree: None,
        at,
    };
    let mut more: Vec<Item> = Vec::new();
    for item in items.iter().filter(|item| item.act == Act::Leaves) {
        more.extend(
            against(&item.actor, item.days.to)
                .into_iter()
                .filter(|gain| *gain < item.days.to)
                .map(|gain| held(&item.actor, shift(gain, -1), item.at)),
        );
    }
    for &at in fights {
        let said = &weighed.said[at];
        let Some(day) = said.day() else { continue };
        let parties: BTreeSet<&EntityId> = said.link.actors.iter().chain(&said.link.targets).collect();
        for party in parties {
            let theirs = said.voice.roots.iter().any(|root| camps.belongs(root, party));
            let gains = against(party, day.to);
            if theirs && !gains.is_empty() {
                more.push(held(party, day.to, at));
                more.extend(
                    gains
                        .into_iter()
                        .filter(|gain| *gain < day.to)
                        .map(|gain| held(party, shift(gain, -1), at)),
                );
            }
        }
    }
    items.extend(more);
}
