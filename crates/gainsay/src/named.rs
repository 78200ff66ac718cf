//! Names for the ids that an answer holds.

use std::collections::BTreeMap;

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Dispute, EntityId, Event};
use gainsay_weigh::Weighed;
use serde::Serialize;

/// What an id stands for, for people to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Name {
    /// Its name.
    pub name: String,
    /// `place`, `actor`, `source` or `other`.
    #[serde(rename = "type")]
    pub what: &'static str,
    /// Town, army, agency …; empty where unknown.
    pub kind: String,
    /// Whose side; empty where unknown.
    pub side: String,
}

/// The names of ids, each once.
pub fn names<'i>(weighed: &Weighed, ids: impl IntoIterator<Item = &'i str>) -> BTreeMap<EntityId, Name> {
    let mut names = BTreeMap::new();
    for id in ids {
        if !id.is_empty() && !names.contains_key(id) {
            names.insert(id.to_owned(), name(weighed, id));
        }
    }
    names
}

/// The name of an id.
pub fn name(weighed: &Weighed, id: &str) -> Name {
    let words = Words::builtin();
    if let Some(place) = words.gazetteer.place(id) {
        return Name {
            name: place.name.clone(),
            what: "place",
            kind: place.kind.clone(),
            side: String::new(),
        };
    }
    let side = weighed.side(id);
    if let Some(actor) = words.lexicon.actor(id) {
        return Name { name: actor.name.clone(), what: "actor", kind: actor.kind.clone(), side };
    }
    let at = weighed.sources.binary_search_by(|source| source.id.as_str().cmp(id));
    if let Ok(at) = at {
        let source = &weighed.sources[at];
        return Name { name: source.name.clone(), what: "source", kind: source.kind.clone(), side };
    }
    Name { name: weighed.name(id), what: "other", kind: String::new(), side }
}

/// The ids that an event holds.
pub fn of_event(event: &Event) -> impl Iterator<Item = &str> {
    let ids = event.place.iter().chain(&event.actors).chain(&event.targets).chain(&event.roots);
    ids.map(String::as_str)
}

/// The ids that a dispute holds; a value may be one.
pub fn of_dispute(dispute: &Dispute) -> impl Iterator<Item = &str> {
    let about = dispute.about.place.iter().chain(dispute.about.pair.iter().flatten());
    let sides = dispute.sides.iter().flat_map(|side| side.sources.iter().chain(&side.roots));
    let values = dispute.sides.iter().filter(|_| dispute.about.measure.is_none()).map(|side| &side.value);
    about.chain(sides).chain(values).map(String::as_str)
}

/// The ids that a claim holds.
pub fn of_claim(claim: &Claim) -> impl Iterator<Item = &str> {
    claim
        .actor
        .iter()
        .chain(&claim.target)
        .chain(&claim.place)
        .chain(&claim.source)
        .filter_map(|filler| filler.id())
}
