//! `sources`, `actors`, `places`: whom and what claims name.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::{ChangeKind, Words};
use gainsay_model::{EntityId, Filler, SourceView};
use gainsay_weigh::{Ask, Weighed, slug};
use serde::{Deserialize, Serialize};

/// One line of `gainsay actors`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ActorLine {
    /// Its id; one that the word lists do not know gets an id made of its name.
    pub id: EntityId,
    /// Its name.
    pub name: String,
    /// Army, armed group, state …; empty where unknown.
    pub kind: String,
    /// Whose side; empty where unknown.
    pub side: String,
    /// What it is a part of.
    pub part_of: Option<EntityId>,
    /// What became of it, as known to the word lists: names it bore, what it merged with, came out of, was a part of or
    /// fought beside, and when ("merged tahrir-al-sham 2017-01-28–").
    pub history: Vec<String>,
    /// How reports write it.
    pub mentions: BTreeSet<String>,
    /// Claims in which it does something.
    pub as_actor: u64,
    /// Claims in which something is done to it.
    pub as_target: u64,
    /// Claims that name it.
    pub claims: u64,
}

/// One line of `gainsay places`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PlaceLine {
    /// Its id; one that the gazetteer does not know gets an id made of its name.
    pub id: EntityId,
    /// Its name.
    pub name: String,
    /// Town, bridge, base …; empty where unknown.
    pub kind: String,
    /// The place it lies in.
    pub parent: Option<EntityId>,
    /// OCHA P-code.
    pub pcode: Option<String>,
    /// Degrees north, WGS84.
    pub lat: Option<f64>,
    /// Degrees east, WGS84.
    pub lon: Option<f64>,
    /// How reports write it.
    pub mentions: BTreeSet<String>,
    /// Claims that name it.
    pub claims: u64,
}

/// The sources behind the claims that the ask lets through, by id; all sources where nothing is asked.
pub fn sources(weighed: &Weighed, ask: &Ask) -> Vec<SourceView> {
    if *ask == Ask::default() {
        return weighed.sources.clone();
    }
    let claims = weighed.claims(ask);
    let heard: BTreeSet<EntityId> = claims.iter().flat_map(|claim| weighed.chain(&claim.id)).collect();
    weighed.sources.iter().filter(|source| heard.contains(&source.id)).cloned().collect()
}

/// The actors that claims name, by id: known ones in any role, others where they are said to do something.
pub fn actors(weighed: &Weighed, words: &Words, ask: &Ask) -> Vec<ActorLine> {
    let mut lines: BTreeMap<EntityId, ActorLine> = BTreeMap::new();
    for claim in weighed.claims(ask) {
        let mut named: BTreeSet<EntityId> = BTreeSet::new();
        for (fillers, acts) in [(&claim.actor, true), (&claim.target, false)] {
            for filler in fillers {
                let id = id_of(filler);
                if id.is_empty() || (!acts && !words.lexicon.actors.contains_key(&id)) {
                    continue;
                }
                let line = lines.entry(id.clone()).or_default();
                line.mentions.insert(filler.mention.clone());
                line.as_actor += u64::from(acts);
                line.as_target += u64::from(!acts);
                line.claims += u64::from(named.insert(id));
            }
        }
    }
    for (id, line) in &mut lines {
        let ActorLine { mentions, as_actor, as_target, claims, .. } = std::mem::take(line);
        *line = ActorLine { mentions, as_actor, as_target, claims, ..actor_line(weighed, words, id) };
    }
    lines.into_values().collect()
}

/// What is known of an actor, without what claims say of it.
pub(crate) fn actor_line(weighed: &Weighed, words: &Words, id: &str) -> ActorLine {
    let known = words.lexicon.actor(id);
    ActorLine {
        id: id.to_owned(),
        name: known.map_or_else(|| weighed.name(id), |actor| actor.name.clone()),
        kind: known.map(|actor| actor.kind.clone()).unwrap_or_default(),
        side: weighed.side(id),
        part_of: known.and_then(|actor| actor.part_of.clone()),
        history: words.lexicon.changes(id).map(change).collect(),
        ..ActorLine::default()
    }
}

/// A change of an actor in a few words.
fn change(change: &gainsay_lexicon::Change) -> String {
    let word = ChangeKind::ALL.iter().find(|(kind, _)| *kind == change.kind).map_or("", |(_, word)| word);
    let day = |day: Option<gainsay_model::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let days = match (change.from, change.to) {
        (None, None) => String::new(),
        (from, to) => format!(" {}–{}", day(from), day(to)),
    };
    format!("{} {word} {}{days}", change.actor, change.with)
}

/// The places that claims name, by id.
pub fn places(weighed: &Weighed, words: &Words, ask: &Ask) -> Vec<PlaceLine> {
    let mut lines: BTreeMap<EntityId, PlaceLine> = BTreeMap::new();
    for claim in weighed.claims(ask) {
        for filler in &claim.place {
            let line = lines.entry(id_of(filler)).or_default();
            line.mentions.insert(filler.mention.clone());
            line.claims += 1;
        }
    }
    lines.remove("");
    for (id, line) in &mut lines {
        let known = words.gazetteer.place(id);
        line.id.clone_from(id);
        line.name = known.map_or_else(|| weighed.name(id), |place| place.name.clone());
        line.kind = known.map(|place| place.kind.clone()).unwrap_or_default();
        line.parent = known.and_then(|place| place.parent.clone());
        line.pcode = known.and_then(|place| place.pcode.clone());
        line.lat = known.map(|place| place.lat);
        line.lon = known.map(|place| place.lon);
    }
    lines.into_values().collect()
}

fn id_of(filler: &Filler) -> EntityId {
    filler.id().map_or_else(|| slug(&filler.mention), str::to_owned)
}
