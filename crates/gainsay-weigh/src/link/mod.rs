//! Names in claims to entities: who, whom, where, by whose word, of whom a count is, and when.
//!
//! **Takes** claims, report heads and the words. A value that reading linked already keeps its id, but for an actor
//! whose body bore another name on the day.
//! **Gives** a [`Linked`] for each claim, in the order of claim ids; how each mention was linked, with its score, reason
//! and alternatives, is told on request ([`Link`]).
//! **Never** links by name alone where two entries share the name and nothing beside it parts them: such a mention, and
//! one nobody knows, gets an id of its own made of its letters ([`slug`]), so that it stays apart until there is reason.

mod alike;
mod candidates;
mod context;
mod decide;
mod group;
mod joined;
mod links;
mod local;
mod many;
mod mention;
mod name;
mod points;
mod settle;
mod sites;
pub(crate) mod staged;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use gainsay_model::{Claim, Date, EntityId, Measure};

pub(crate) use alike::Alike;
pub(crate) use decide::{Decided, decided};
pub use decide::{Decision, Whose};
use joined::Joined;
pub use joined::NameOffer;
pub use links::{Link, links};
use local::{Local, Unknown};
pub(crate) use name::plain;
pub use name::slug;

use crate::corpus::{Corpus, Names, ReportHead};
use crate::days::Days;
use crate::range::Range;

/// A claim with ids in place of names.
#[derive(Clone, Debug)]
pub(crate) struct Linked<'a> {
    /// The claim itself.
    pub(crate) claim: &'a Claim,
    /// Who published the report.
    pub(crate) outlet: EntityId,
    /// Whom the report's page credits, where that is somebody else.
    pub(crate) credited: Option<EntityId>,
    /// The day it was said.
    pub(crate) said: Option<Date>,
    /// When it happened, where the claim says so; one day where it only says "by" or "since".
    pub(crate) when: Option<Days>,
    /// Who did it.
    pub(crate) actors: Vec<EntityId>,
    /// To whom.
    pub(crate) targets: Vec<EntityId>,
    /// Where.
    pub(crate) places: Vec<EntityId>,
    /// Where it was is not said, and taken from the rest of its report.
    pub(crate) home: bool,
    /// By whose word, outermost first, each with the words that name them.
    pub(crate) sources: Vec<(EntityId, String)>,
    /// Of whom a count is: `government-side`, `civilians`, `all` …
    pub(crate) group: String,
    /// What is counted, and how many.
    pub(crate) figure: Option<(Measure, Range)>,
}

/// A corpus linked.
pub(crate) struct Linking<'a> {
    /// By claim ids.
    pub(crate) linked: Vec<Linked<'a>>,
    /// Entities that count as another, by spelling or because people said so, with that other.
    pub(crate) counts_as: BTreeMap<EntityId, EntityId>,
    /// Names nobody knows that are likely one.
    pub(crate) offers: Vec<NameOffer>,
    /// The governorate that each report tells most of.
    pub(crate) homes: BTreeMap<&'a str, EntityId>,
}

impl Linked<'_> {
    /// When it happened, or else the day it was said.
    pub(crate) fn day(&self) -> Option<Days> {
        self.when.or_else(|| self.said.map(|day| Days::new(day, day)))
    }
}

/// Links every claim: each report by itself, then names that nobody knows, then what people have decided.
pub(crate) fn link<'a>(corpus: &Corpus<'a>) -> Linking<'a> {
    let Local { mut linked, unknown } = local::local(corpus, |_, _| {});
    let joined = same_names(corpus, &linked, &unknown);
    let counts_as = decide::renamed(&corpus.names, &joined.pairs, corpus.decisions);
    rename(&counts_as, &mut linked);
    let homes = homes(&corpus.names, &linked);
    at_home(&corpus.names, &mut linked, &homes);
    Linking { linked, counts_as, offers: joined.offers, homes }
}

/// Names that nobody knows and that are spellings of one another, over the whole ledger.
pub(crate) fn same_names(corpus: &Corpus, linked: &[Linked], unknown: &[Unknown]) -> Joined {
    if unknown.is_empty() {
        return Joined::default();
    }
    let told = joined::told(linked, unknown, &homes(&corpus.names, linked));
    joined::joined(&told, &decided(corpus.decisions, false).parted)
}

/// Puts in place of each entity the one that it counts as.
pub(crate) fn rename(renamed: &BTreeMap<EntityId, EntityId>, linked: &mut [Linked]) {
    if renamed.is_empty() {
        return;
    }
    let set = |id: &mut EntityId| {
        if let Some(counts_as) = renamed.get(id) {
            id.clone_from(counts_as);
        }
    };
    for one in linked {
        for ids in [&mut one.actors, &mut one.targets, &mut one.places] {
            ids.iter_mut().for_each(set);
            if ids.len() > 1 {
                let mut seen = BTreeSet::new();
                ids.retain(|id| seen.insert(id.clone()));
            }
        }
        one.sources.iter_mut().for_each(|(id, _)| set(id));
        set(&mut one.outlet);
        one.credited.iter_mut().for_each(set);
    }
}

/// The governorate that each report tells most of; of several the first by id.
fn homes<'a>(names: &Names, linked: &[Linked<'a>]) -> BTreeMap<&'a str, EntityId> {
    let mut governorates: HashMap<&str, Option<&str>> = HashMap::new();
    let mut told: BTreeMap<&str, Vec<(&str, usize)>> = BTreeMap::new();
    for one in linked {
        let mut here: Vec<&str> = one
            .places
            .iter()
            .filter_map(|id| {
                let place = names.gazetteer.place(id)?;
                let of = |place: &'_ str| names.gazetteer.governorate(place).map(|home| home.id.as_str());
                *governorates.entry(place.id.as_str()).or_insert_with(|| of(&place.id))
            })
            .collect();
        here.sort_unstable();
        here.dedup();
        for home in here {
            let homes = told.entry(&one.claim.document).or_default();
            match homes.iter_mut().find(|(id, _)| *id == home) {
                Some((_, claims)) => *claims += 1,
                None => homes.push((home, 1)),
            }
        }
    }
    let most = |homes: Vec<(&str, usize)>| {
        homes
            .into_iter()
            .max_by_key(|(id, claims)| (*claims, std::cmp::Reverse(*id)))
            .map(|(id, _)| id.to_string())
    };
    told.into_iter().filter_map(|(document, homes)| Some((document, most(homes)?))).collect()
}

/// A figure that names no known place is of the governorate that its report tells most of.
fn at_home(names: &Names, linked: &mut [Linked], homes: &BTreeMap<&str, EntityId>) {
    for one in linked.iter_mut().filter(|one| one.figure.is_some()) {
        let nowhere = one.places.iter().all(|id| names.gazetteer.place(id).is_none());
        if let Some(home) = homes.get(one.claim.document.as_str()).filter(|_| nowhere) {
            one.places = vec![home.clone()];
            one.home = true;
        }
    }
}

/// Report heads by id; of several with one id the first in the order of their content.
pub(crate) fn heads(reports: &[ReportHead]) -> BTreeMap<&str, &ReportHead> {
    let mut heads: BTreeMap<&str, &ReportHead> = BTreeMap::new();
    for head in reports {
        let known = heads.entry(&head.id).or_insert(head);
        *known = (*known).min(head);
    }
    heads
}

/// Claims by id and then content; the same claim twice is once.
fn sorted(claims: &[Claim]) -> Vec<&Claim> {
    let key = |claim: &Claim| {
        let what = (claim.id.clone(), claim.document.clone(), claim.kind, claim.status);
        let who = (claim.actor.clone(), claim.target.clone(), claim.place.clone(), claim.source.clone());
        (what, who, claim.time, claim.count.clone(), claim.evidence.clone())
    };
    let mut claims: Vec<&Claim> = claims.iter().collect();
    claims.sort_by(|a, b| {
        a.id.cmp(&b.id).then_with(|| if a == b { std::cmp::Ordering::Equal } else { key(a).cmp(&key(b)) })
    });
    claims.dedup();
    claims
}

/// The claim's days. "By December" is its last day; what began and has no end goes on to the day it was said.
fn when(claim: &Claim, said: Option<Date>) -> Option<Days> {
    let time = claim.time?;
    match (time.start, time.end) {
        (Some(start), Some(end)) => Some(Days::new(start, end)),
        (None, Some(end)) => Some(Days::new(end, end)),
        (Some(start), None) => Some(Days::new(start, said.map_or(start, |said| said.max(start)))),
        (None, None) => None,
    }
}
