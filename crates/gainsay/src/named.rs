//! Names for the ids that an answer holds.

use std::collections::BTreeMap;

use gainsay_model::{Claim, Dispute, EntityId, Event};
use serde::Serialize;

use crate::Error;
use crate::answers::Answers;

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
///
/// # Errors
/// When the answers cannot be read.
pub fn names<'i>(
    answers: &Answers,
    ids: impl IntoIterator<Item = &'i str>,
) -> Result<BTreeMap<EntityId, Name>, Error> {
    let mut names = BTreeMap::new();
    for id in ids {
        if !id.is_empty() && !names.contains_key(id) {
            names.insert(id.to_owned(), name(answers, id)?);
        }
    }
    Ok(names)
}

/// The name of an id.
///
/// # Errors
/// When the answers cannot be read.
pub fn name(answers: &Answers, id: &str) -> Result<Name, Error> {
    let words = answers.words();
    if let Some(place) = words.gazetteer.place(id) {
        return Ok(Name {
            name: place.name.clone(),
            what: "place",
            kind: place.kind.clone(),
            side: String::new(),
        });
    }
    let side = answers.side(id);
    if let Some(actor) = words.lexicon.actor(id) {
        return Ok(Name { name: actor.name.clone(), what: "actor", kind: actor.kind.clone(), side });
    }
    if let Some(source) = answers.source(id)? {
        return Ok(Name { name: source.name, what: "source", kind: source.kind, side });
    }
    if let Some(actor) = answers.actor(id)? {
        return Ok(Name { name: actor.name, what: "actor", kind: actor.kind, side });
    }
    let what = if answers.place(id)?.is_some() { "place" } else { "other" };
    Ok(Name { name: answers.name(id), what, kind: String::new(), side })
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
