//! Pairs of events that are likely one, but not surely: offered, not done.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::ClaimId;

use super::Cluster;
use super::merge::{Link, Ruled, Tellings};
use crate::roots::Said;
use crate::table::rules;

/// Of each event at most so many others are offered.
const MOST: usize = 3;

/// A pair of events that is likely one: offered, not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// A claim of the one event.
    pub a: ClaimId,
    /// A claim of the other.
    pub b: ClaimId,
    /// Points that speak for it (`data/likeness.tsv`).
    pub score: i32,
    /// What speaks for it and against it, each with its points.
    pub reasons: Vec<(&'static str, i32)>,
}

/// The best pair of tellings of each two events that reaches `offer` points, where the events have `offer all` points
/// on the average and it is among the best few of both; the likeliest first. `groups` are the tellings of each event; an
/// event is not offered to the whole that it is a part of.
pub(super) fn offers(
    said: &[Said],
    tellings: &[Cluster],
    all: &Tellings,
    links: &[Link],
    groups: &[Vec<usize>],
    wholes: &[Option<usize>],
    ruled: &Ruled,
) -> Vec<Offer> {
    let mut home = vec![0; tellings.len()];
    for (event, group) in groups.iter().enumerate() {
        group.iter().for_each(|&n| home[n] = event);
    }
    let events = |a: usize, b: usize| (home[a].min(home[b]), home[a].max(home[b]));
    // What people have parted is not offered again.
    let parted: BTreeSet<(usize, usize)> = ruled.parted.iter().map(|&(a, b)| events(a, b)).collect();
    let rank = |link: &Link| (-link.score, link.a, link.b);
    let mut best: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    for link in links {
        let pair = events(link.a, link.b);
        // Two tellings of one report are told apart by it.
        let text = |n: usize| all.profiles[n].as_ref().map(|profile| profile.text);
        let apart = text(link.a) == text(link.b) || parted.contains(&pair);
        let part = wholes[pair.0] == Some(pair.1) || wholes[pair.1] == Some(pair.0);
        if pair.0 == pair.1 || apart || part || link.score < rules().bound("offer") {
            continue;
        }
        let known = best.entry(pair).or_insert(*link);
        if rank(link) < rank(known) {
            *known = *link;
        }
    }
    let mut ranked: Vec<((usize, usize), Link)> = best.into_iter().collect();
    ranked.retain(|((one, other), _)| {
        let average = all.average(&groups[*one], &groups[*other]);
        average.is_some_and(|average| average >= rules().bound("offer all"))
    });
    ranked.sort_by_key(|(_, link)| rank(link));
    let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
    let mut offers = Vec::new();
    for ((one, other), link) in ranked {
        let mut turn = |event: usize| {
            let turn = seen.entry(event).or_default();
            *turn += 1;
            *turn
        };
        let (first, second) = (turn(one), turn(other));
        if first > MOST || second > MOST {
            continue;
        }
        let claim = |n: usize| said[tellings[n].leader].id().to_string();
        let cases = all.cases(link.a, link.b);
        let reason = |case| {
            let point = rules().likeness.get(case)?;
            Some((point.reason, point.points?))
        };
        let reasons = cases.iter().flatten().filter_map(reason).collect();
        offers.push(Offer { a: claim(link.a), b: claim(link.b), score: link.score, reasons });
    }
    offers
}
