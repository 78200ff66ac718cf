//! `review`: the queue as the command line lists it, each item with the commands that would settle it.

use std::collections::BTreeSet;

use gainsay_model::{ClaimId, EntityId};
use gainsay_weigh::{Ask, Weighed};
use serde::Serialize;

use super::claims::beside;
use super::queue::{QueueItem, queue};
use crate::decide::Decision;
use crate::shelf::Shelf;

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReviewLine {
    /// `same event`, `same name`, `link`, `claim`, `doer`, `occurrence`, `reading`, or a measure and group
    /// (`killed civilians`).
    pub what: String,
    /// The events it is of.
    pub events: Vec<String>,
    /// The more, the sooner it is worth a look: what would change times how much it is in doubt. An order of work,
    /// never a figure to publish.
    pub score: i64,
    /// What would change in the answers.
    pub effect: String,
    /// What speaks for it and against it.
    pub reasons: Vec<String>,
    /// The claims to look at.
    pub claims: Vec<ClaimId>,
    /// The voices behind these.
    pub roots: Vec<EntityId>,
    /// What to type to settle it.
    pub settle: Vec<String>,
}

/// What would change most first; of what is asked about, where something is asked for.
pub fn review(shelf: &Shelf, weighed: &Weighed, ask: &Ask) -> Vec<ReviewLine> {
    let mut wanted: BTreeSet<&str> = weighed.claims(ask).into_iter().map(|claim| claim.id.as_str()).collect();
    wanted.extend(beside(shelf, weighed, ask).map(|one| one.claim.id.as_str()));
    let asked = |item: &QueueItem| match item.claims.is_empty() {
        true => *ask == Ask::default(),
        false => item.claims.iter().any(|claim| wanted.contains(claim.as_str())),
    };
    queue(shelf, weighed).into_iter().filter(asked).map(|item| line(weighed, item)).collect()
}

fn line(weighed: &Weighed, item: QueueItem) -> ReviewLine {
    let roots: BTreeSet<&EntityId> =
        item.claims.iter().filter_map(|claim| weighed.roots.get(claim)).flatten().collect();
    ReviewLine {
        roots: roots.into_iter().cloned().collect(),
        what: item.what,
        events: item.events,
        score: item.score,
        effect: item.effect.text,
        reasons: item.reasons,
        claims: item.claims,
        settle: item.settle.iter().flat_map(|settle| &settle.decisions).map(command).collect(),
    }
}

/// What to type for a decision.
fn command(decision: &Decision) -> String {
    match decision {
        Decision::Confirm { claim } => format!("gainsay set {claim} confirmed"),
        Decision::Reject { claim } => format!("gainsay set {claim} rejected"),
        Decision::Correct { claim, .. } => format!("gainsay set {claim} SLOT=VALUE"),
        Decision::OneEvent { a, b } | Decision::Merge { a, b } => format!("gainsay merge {a} {b}"),
        Decision::TwoEvents { a, b } | Decision::Split { a, b } => format!("gainsay split {a} {b}"),
        Decision::Link { of, mention, id, .. } => {
            format!("gainsay link {of} {} {id}", quoted(mention))
        }
        Decision::Rate { source, letter, .. } => format!("gainsay set {source} letter={letter}"),
        Decision::Undo { entry } => format!("gainsay undo {entry}"),
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\'', r"'\''"))
}
