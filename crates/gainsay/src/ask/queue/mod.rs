//! `queue`: what a person should look at first, by what it would change in published answers.
//!
//! **Takes** a shelf and what was weighed of it.
//! **Gives** [`QueueItem`]s: pairs of events and of names that may be one, figures and doers in doubt, words that may
//! mean another, what readers read differently, claims on which an answer rests alone; each with what it would change, why it is in doubt, and the
//! decisions that settle it.
//! **Never** decides, and never asks again what was decided.
//!
//! An item's score is what would change if it were decided otherwise (`weight`, in the units of [`effect`]) times how
//! much it is in doubt, from 0 to 100. Both are an order of work and no figure to publish.

mod alone;
mod doubts;
mod effect;
mod links;
mod pairs;
mod readings;

use std::collections::BTreeSet;

use gainsay_model::{ClaimId, Date, EntityId};
use gainsay_weigh::Weighed;
use serde::{Deserialize, Serialize};

use crate::decide::Decision;
use crate::shelf::Shelf;

pub use effect::{Change, Effect};

/// So many items are given at most; what lies beyond would change next to nothing.
const MOST: usize = 20_000;

/// One thing to look at, and to decide.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct QueueItem {
    /// Made of what it is about alone: the same after the ledger was weighed anew.
    pub id: String,
    /// `same event`, `same name`, `link`, `claim`, `doer`, `occurrence`, `reading`, or a measure and group
    /// (`killed civilians`).
    pub what: String,
    /// Weight of what would change times the doubt, from 0 to 100: the more, the sooner.
    pub score: i64,
    /// How much it is in doubt, from 0 to 100.
    pub doubt: u8,
    /// What would change.
    pub effect: Effect,
    /// What speaks for it and against it, in words.
    pub reasons: Vec<String>,
    /// The events it is of.
    pub events: Vec<String>,
    /// The claims to look at.
    pub claims: Vec<ClaimId>,
    /// The actors, places or sources that it is about: two names, or all that words may mean.
    pub entities: Vec<EntityId>,
    /// Where its events and claims are.
    pub places: Vec<EntityId>,
    /// First day of these.
    pub from: Option<Date>,
    /// Last day of these.
    pub to: Option<Date>,
    /// The decisions that settle it.
    pub settle: Vec<Settle>,
}

/// One way to settle an item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Settle {
    /// `one`, `two`, `merge`, `split`, `confirm`, `reject`, `link`.
    pub key: String,
    /// What to decide, all of it at once.
    pub decisions: Vec<Decision>,
}

impl Settle {
    fn new(key: &str, decisions: Vec<Decision>) -> Settle {
        Settle { key: key.to_owned(), decisions }
    }
}

/// All that a person should look at, what would change most first; of equal score by id.
pub fn queue(shelf: &Shelf, weighed: &Weighed) -> Vec<QueueItem> {
    let standing = effect::Standing::of(shelf, weighed);
    let (links, near) = links::links(&standing);
    let mut best = Best::default();
    links.into_iter().for_each(|item| best.take(item));
    pairs::events(&standing).for_each(|item| best.take(item));
    pairs::names(&standing).into_iter().for_each(|item| best.take(item));
    doubts::doubts(&standing).for_each(|item| best.take(item));
    readings::readings(&standing, shelf).into_iter().for_each(|item| best.take(item));
    alone::claims(&standing, &near, MOST).into_iter().for_each(|item| best.take(item));
    best.done()
}

/// The best items so far: never many more than are given in the end.
#[derive(Default)]
struct Best(Vec<QueueItem>);

impl Best {
    fn take(&mut self, item: QueueItem) {
        if item.score > 0 {
            self.0.push(item);
        }
        if self.0.len() >= 2 * MOST {
            self.settle();
        }
    }

    fn settle(&mut self) {
        self.0.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.id.cmp(&b.id)));
        self.0.truncate(MOST);
    }

    fn done(mut self) -> Vec<QueueItem> {
        self.settle();
        // Whoever keeps them may rely on their ids.
        let mut seen = BTreeSet::new();
        self.0.retain(|item| seen.insert(item.id.clone()));
        self.0
    }
}

/// What an item is made of before its id, score, place and days are known.
struct Draft {
    what: String,
    doubt: i64,
    effect: Effect,
    reasons: Vec<String>,
    events: Vec<String>,
    claims: Vec<ClaimId>,
    entities: Vec<EntityId>,
    settle: Vec<Settle>,
}

impl Draft {
    /// `about` is what the id is made of, in any order.
    fn item<'i>(self, standing: &effect::Standing, about: impl IntoIterator<Item = &'i str>) -> QueueItem {
        let doubt = self.doubt.clamp(0, 100);
        let score = i64::try_from(self.effect.weight).unwrap_or(i64::MAX).saturating_mul(doubt);
        let (places, from, to) = standing.where_and_when(&self.events, &self.claims);
        QueueItem {
            id: id(&self.what, about),
            what: self.what,
            score,
            doubt: doubt as u8,
            effect: self.effect,
            reasons: self.reasons,
            events: self.events,
            claims: self.claims,
            entities: self.entities,
            places,
            from,
            to,
            settle: self.settle,
        }
    }
}

/// A short id of what an item is about: FNV-1a over the sorted words.
fn id<'i>(what: &str, about: impl IntoIterator<Item = &'i str>) -> String {
    let about: BTreeSet<&str> = about.into_iter().collect();
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for word in std::iter::once(what).chain(about) {
        for byte in word.bytes().chain([0]) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
    format!("{}-{hash:016x}", what.split(' ').next().unwrap_or(what))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_of_what_it_is_about_in_any_order() {
        assert_eq!(id("same event", ["a", "b"]), id("same event", ["b", "a"]));
        assert_ne!(id("same event", ["a", "b"]), id("same name", ["a", "b"]));
        assert_ne!(id("claim", ["ab"]), id("claim", ["a", "b"]));
        assert!(id("killed civilians", ["a"]).starts_with("killed-"));
    }
}
