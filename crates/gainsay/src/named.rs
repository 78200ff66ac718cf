//! Names for the ids that an answer holds.

use std::collections::BTreeMap;

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Dispute, EntityId, Event, SourceView};
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
    let at = weighed.sources.binary_search_by(|source| source.id.as_str().cmp(id));
    let source = || at.ok().map(|at| of_source(&weighed.sources[at]));
    let other =
        || Name { name: weighed.name(id), what: "other", kind: String::new(), side: weighed.side(id) };
    listed(Words::builtin(), id).or_else(source).unwrap_or_else(other)
}

/// The name of an id that the word lists have as a place or an actor.
pub(crate) fn listed(words: &Words, id: &str) -> Option<Name> {
    if let Some(place) = words.gazetteer.place(id) {
        let (name, kind) = (place.name.clone(), place.kind.clone());
        return Some(Name { name, what: "place", kind, side: String::new() });
    }
    let actor = words.lexicon.actor(id)?;
    let side = gainsay_weigh::side(&gainsay_weigh::Names::from(words), id);
    Some(Name { name: actor.name.clone(), what: "actor", kind: actor.kind.clone(), side })
}

/// The name of a source.
pub(crate) fn of_source(source: &SourceView) -> Name {
    let SourceView { name, kind, side, .. } = source;
    Name { name: name.clone(), what: "source", kind: kind.clone(), side: side.clone() }
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
