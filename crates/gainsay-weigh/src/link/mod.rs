//! Names in claims to entities: who, whom, where, by whose word, of whom a count is, and when.
//!
//! **Takes** claims, report heads and the words. A value that reading linked already keeps its id.
//! **Gives** a [`Linked`] for each claim, in the order of claim ids.
//! **Never** links by name alone where two entries share the name: such a mention, and one nobody knows, gets an
//! id of its own made of its letters ([`slug`]), so that it stays apart until there is reason.

mod decide;
mod group;
mod name;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::NameKind;
use gainsay_model::{Claim, Date, EntityId, Filler, Measure};

pub use decide::Decision;
pub(crate) use decide::{Decided, decided};
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

impl Linked<'_> {
    /// When it happened, or else the day it was said.
    pub(crate) fn day(&self) -> Option<Days> {
        self.when.or_else(|| self.said.map(|day| Days::new(day, day)))
    }
}

/// Links every claim.
pub(crate) fn link<'a>(corpus: &Corpus<'a>) -> Vec<Linked<'a>> {
    let heads = heads(corpus.reports);
    let mut outlets: BTreeMap<&str, EntityId> = BTreeMap::new();
    let mut linked: Vec<Linked<'a>> = Vec::with_capacity(corpus.claims.len());
    for claim in sorted(corpus.claims) {
        let head = heads.get(claim.document.as_str()).copied();
        let known = |day: Date| head.and_then(|head| head.published).is_some_and(|said| said <= day);
        if !corpus.known_by.is_none_or(known) {
            continue;
        }
        let outlet = outlets
            .entry(&claim.document)
            .or_insert_with(|| name::outlet(&corpus.names, head, &claim.document));
        linked.push(one(&corpus.names, claim, head, outlet.clone()));
    }
    rename(corpus, &mut linked);
    at_home(&corpus.names, &mut linked);
    linked
}

/// Puts in place of each entity the one that people have decided it is.
fn rename(corpus: &Corpus, linked: &mut [Linked]) {
    let renamed = decide::renamed(&corpus.names, corpus.decisions);
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
            let mut seen = BTreeSet::new();
            ids.retain(|id| seen.insert(id.clone()));
        }
        one.sources.iter_mut().for_each(|(id, _)| set(id));
        set(&mut one.outlet);
        one.credited.iter_mut().for_each(set);
    }
}

/// A figure that names no known place is of the governorate that its report tells most of.
fn at_home(names: &Names, linked: &mut [Linked]) {
    let mut told: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for one in linked.iter() {
        let homes: BTreeSet<&str> =
            one.places.iter().filter_map(|id| Some(names.gazetteer.governorate(id)?.id.as_str())).collect();
        for home in homes {
            *told.entry(&one.claim.document).or_default().entry(home).or_default() += 1;
        }
    }
    // The one told of most; of several the first by id.
    let most = |homes: &BTreeMap<&str, usize>| {
        homes
            .iter()
            .max_by_key(|(id, claims)| (**claims, std::cmp::Reverse(**id)))
            .map(|(id, _)| id.to_string())
    };
    let homes: BTreeMap<String, String> =
        told.iter().filter_map(|(document, homes)| Some((document.to_string(), most(homes)?))).collect();
    for one in linked.iter_mut().filter(|one| one.figure.is_some()) {
        let nowhere = one.places.iter().all(|id| names.gazetteer.place(id).is_none());
        if let Some(home) = homes.get(&one.claim.document).filter(|_| nowhere) {
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

fn one<'a>(names: &Names, claim: &'a Claim, head: Option<&ReportHead>, outlet: EntityId) -> Linked<'a> {
    let ids = |fillers: &[Filler], kinds: &[NameKind]| -> Vec<EntityId> {
        let mut ids: Vec<EntityId> = Vec::new();
        for id in fillers.iter().filter_map(|filler| name::entity(names, filler, kinds)) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    };
    let parties = [NameKind::Actor, NameKind::Person];
    let said = head.and_then(|head| head.published);
    let credited = head.and_then(|head| name::credited(names, head)).filter(|credited| *credited != outlet);
    let voice = |filler: &Filler| Some((name::source(names, filler)?, filler.mention.clone()));
    Linked {
        claim,
        credited,
        said,
        when: when(claim, said),
        actors: ids(&claim.actor, &parties),
        targets: ids(&claim.target, &parties),
        places: ids(&claim.place, &[NameKind::Place])
            .into_iter()
            .map(|id| name::apart(names, id, &claim.document))
            .collect(),
        home: false,
        sources: claim.source.iter().filter_map(voice).collect(),
        group: group::of(names, claim),
        figure: claim.count.as_ref().and_then(|count| Some((count.what, Range::of(count)?))),
        outlet,
    }
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
