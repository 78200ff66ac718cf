//! Chains that go on in another report: A cites B, and B's own report of the same statement cites C.
//!
//! Followed statement by statement, never over a whole ledger: that two papers once quoted each other does not
//! make them one voice for ever.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use gainsay_model::{EntityId, Kind, Measure, Status};
use rayon::prelude::*;

use super::Voice;
use super::loops::components;
use crate::link::Linked;
use crate::range::Range;

/// What makes two claims one statement: kind, status, who, where, of whom, how many, and the month.
type Statement<'a> =
    (Kind, Status, Vec<&'a str>, Vec<&'a str>, &'a str, Option<(Measure, Range)>, Option<(i16, i8)>);

fn statement<'a>(claim: &'a Linked) -> Statement<'a> {
    let sorted = |ids: &'a [EntityId]| {
        let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        ids.sort_unstable();
        ids
    };
    let month = claim.day().map(|days| (days.to.year(), days.to.month()));
    let c = claim.claim;
    (c.kind, c.status, sorted(&claim.actors), sorted(&claim.places), &claim.group, claim.figure, month)
}

/// Replaces each root by those who stand behind it in reports of its own, and collapses loops.
pub(super) fn follow(linked: &[Linked], mut voices: Vec<Voice>) -> Vec<Voice> {
    for claims in statements(linked).into_iter().filter(|claims| claims.len() > 1) {
        if leads_on(&claims, linked, &voices) {
            one_statement(&claims, linked, &mut voices);
        }
    }
    voices
}

/// What a claim states, as a number: claims that state one thing have one, others seldom. It is the same wherever it is
/// asked for.
pub(super) fn hash(claim: &Linked) -> u64 {
    let mut hasher = DefaultHasher::new();
    statement(claim).hash(&mut hasher);
    hasher.finish()
}

/// Claims by statement, each list ascending. Hashes only say what to compare: what comes out does not depend on them.
pub(super) fn statements(linked: &[Linked]) -> Vec<Vec<usize>> {
    let mut order: Vec<(u64, usize)> =
        linked.par_iter().enumerate().map(|(at, claim)| (hash(claim), at)).collect();
    order.par_sort_unstable();
    let mut statements = Vec::new();
    for alike in order.chunk_by(|a, b| a.0 == b.0).filter(|alike| alike.len() > 1) {
        let mut same: BTreeMap<Statement, Vec<usize>> = BTreeMap::new();
        for (_, at) in alike {
            same.entry(statement(&linked[*at])).or_default().push(*at);
        }
        statements.extend(same.into_values());
    }
    statements
}

/// Whether somebody cited for the statement passes it on elsewhere among these claims: as the outlet of a report, as
/// whom one credits, or on the way to somebody else. Nothing outside the statement has a say in it.
fn leads_on(claims: &[usize], linked: &[Linked], voices: &[Voice]) -> bool {
    let cited: BTreeSet<&EntityId> =
        claims.iter().filter(|&&at| !voices[at].own).flat_map(|&at| &voices[at].roots).collect();
    let passes = |at: &usize| {
        let own = std::iter::once(&linked[*at].outlet).chain(&linked[*at].credited);
        own.chain(&voices[*at].carriers).any(|id| cited.contains(id))
    };
    !cited.is_empty() && claims.iter().any(passes)
}

fn one_statement(claims: &[usize], linked: &[Linked], voices: &mut [Voice]) {
    let mut ids: BTreeMap<EntityId, usize> = BTreeMap::new();
    let paths: Vec<Vec<EntityId>> = claims.iter().map(|&at| path(&voices[at])).collect();
    for id in paths.iter().flatten().chain(claims.iter().flat_map(|&at| &voices[at].roots)) {
        ids.entry(id.clone()).or_default();
    }
    for (n, at) in ids.values_mut().enumerate() {
        *at = n;
    }
    let names: Vec<&EntityId> = ids.keys().collect();
    let mut edges: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); names.len()];
    let (mut own, mut cited) = (vec![false; names.len()], vec![false; names.len()]);
    let mut first = vec![None; names.len()];
    for (path, &at) in paths.iter().zip(claims) {
        let nodes: Vec<usize> = path.iter().map(|id| ids[id]).collect();
        for pair in nodes.windows(2).filter(|pair| pair[0] != pair[1]) {
            edges[pair[0]].insert(pair[1]);
        }
        for root in &voices[at].roots {
            let root = ids[root];
            own[root] |= voices[at].own;
            cited[root] |= !voices[at].own;
            if let Some(&last) = nodes.last().filter(|&&last| last != root) {
                edges[last].insert(root);
            }
        }
        let outlet = ids.get(&linked[at].outlet).copied();
        if let (Some(outlet), Some(said)) = (outlet, linked[at].said) {
            first[outlet] = Some(first[outlet].map_or(said, |known: jiff::civil::Date| known.min(said)));
        }
    }
    let edges: Vec<Vec<usize>> = edges.into_iter().map(|to| to.into_iter().collect()).collect();
    let mut component = vec![0; names.len()];
    let components = components(&edges);
    for (n, members) in components.iter().enumerate() {
        members.iter().for_each(|&member| component[member] = n);
    }
    // Sinks come first, so what a component leads to is known when it is reached.
    let mut behind: Vec<BTreeSet<usize>> = Vec::with_capacity(components.len());
    for (n, members) in components.iter().enumerate() {
        let speaks = members.iter().any(|&member| own[member]);
        let onward: BTreeSet<usize> = members
            .iter()
            .flat_map(|&member| &edges[member])
            .map(|&to| component[to])
            .filter(|&to| to != n)
            .collect();
        let roots = if !speaks && !onward.is_empty() {
            onward.iter().flat_map(|&to| behind[to].iter().copied()).collect()
        } else {
            // A loop speaks with one voice: of those who are cited in it, the first to publish.
            let order = |&m: &usize| (!cited[m], first[m].is_none(), first[m], names[m]);
            members.iter().copied().min_by_key(order).into_iter().collect()
        };
        behind.push(roots);
    }
    let mut circles: BTreeMap<usize, Arc<Vec<EntityId>>> = BTreeMap::new();
    for &at in claims {
        let voice = &mut voices[at];
        let mut roots: BTreeSet<EntityId> = BTreeSet::new();
        for root in &voice.roots {
            let n = component[ids[root]];
            roots.extend(behind[n].iter().map(|&root| names[root].clone()));
            if components[n].len() > 1 && voice.circular.is_none() {
                let members =
                    || Arc::new(components[n].iter().map(|&member| names[member].clone()).collect());
                voice.circular = Some(circles.entry(n).or_insert_with(members).clone());
            }
        }
        let passed: Vec<EntityId> =
            voice.roots.iter().filter(|root| !roots.contains(*root)).cloned().collect();
        voice.own &= passed.is_empty();
        voice.carriers.extend(passed);
        voice.roots = roots.into_iter().collect();
    }
}

/// Those the claim passes through, outermost first; for one in the report's own voice, nobody.
fn path(voice: &Voice) -> Vec<EntityId> {
    voice
        .carriers
        .iter()
        .filter(|id| !voice.roots.contains(id) || voice.circular.is_some())
        .cloned()
        .collect()
}
