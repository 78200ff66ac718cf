//! A telling that holds two happenings, taken apart: passages of one report that contradict each other tell of two.
//!
//! Claims whose words overlap, and a figure with its parts, are one passage. Two passages contradict each other if
//! they name other days, other places, deeds that no one event holds, or by the same voice another toll of the
//! same people: a report that gives two voices' figures tells of a dispute, one that gives two of one voice tells of
//! two strikes.

use std::collections::BTreeMap;

use gainsay_model::{Kind, Status};

use super::cluster::{found_by, join, told};
use super::profile::width;
use super::{Cluster, attach::distance};
use crate::corpus::Names;
use crate::range::Range;
use crate::roots::Said;
use crate::table::rules;

/// A telling of more claims than this stays together.
const MOST: usize = 100;
/// Figures whose lesser is at least so much of the greater may be one toll that grew (percent).
const GREW: u64 = 75;
/// Tolls under so many say nothing apart.
const FEW: u64 = 3;

/// The telling, or the tellings it holds.
pub(super) fn split(names: &Names, said: &[Said], telling: Cluster) -> Vec<Cluster> {
    if telling.members.len() > MOST {
        return vec![telling];
    }
    let passages = passages(said, &telling.members);
    if passages.len() < 2 {
        return vec![telling];
    }
    let mut groups: Vec<Vec<&Vec<usize>>> = Vec::new();
    for passage in &passages {
        let gap = |group: &Vec<&Vec<usize>>| {
            let claims = group.iter().copied().flatten();
            claims.flat_map(|&a| passage.iter().map(move |&b| distance(&said[a], &said[b]))).min()
        };
        let fits =
            |group: &&mut Vec<&Vec<usize>>| !group.iter().any(|other| against(names, said, other, passage));
        match groups.iter_mut().filter(fits).min_by_key(|group| gap(group)) {
            Some(group) => group.push(passage),
            None => groups.push(vec![passage]),
        }
    }
    if groups.len() < 2 {
        return vec![telling];
    }
    let one = |group: Vec<&Vec<usize>>| {
        let members: Vec<usize> = group.into_iter().flatten().copied().collect();
        let leads = members.contains(&telling.leader);
        let leader = members.iter().copied().filter(|_| leads).find(|&at| at == telling.leader);
        let leader = leader.or_else(|| best(names, said, &members)).unwrap_or(telling.leader);
        let mut cluster = found_by(names, said, leader);
        members.into_iter().filter(|&at| at != leader).for_each(|at| join(&mut cluster, said, at));
        if cluster.places.is_empty() {
            cluster.places.clone_from(&telling.places);
        }
        if !cluster.timed {
            let timed = cluster.members.iter().find_map(|&at| said[at].link.when);
            cluster.timed = timed.is_some();
            cluster.day = timed.or(cluster.day);
        }
        cluster
    };
    groups.into_iter().map(one).collect()
}

/// The best told of some claims: an asserted deed before a toll.
fn best(names: &Names, said: &[Said], members: &[usize]) -> Option<usize> {
    members.iter().copied().min_by_key(|&at| super::cluster::key(names, &said[at]))
}

/// Claims with words in common, and figures with their parts; in the order of the report.
fn passages(said: &[Said], members: &[usize]) -> Vec<Vec<usize>> {
    let mut sorted = members.to_vec();
    sorted.sort_by_key(|&at| (said[at].link.claim.status, start(&said[at]), said[at].id()));
    let mut passages: Vec<Vec<usize>> = Vec::new();
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for at in sorted {
        let claim = said[at].link.claim;
        let whole = claim.part_of.as_deref().and_then(|id| of.get(id)).copied();
        let beside =
            |passage: &Vec<usize>| passage.iter().any(|&other| distance(&said[other], &said[at]) == 0);
        let home = whole.or_else(|| passages.iter().position(beside));
        let home = home.unwrap_or_else(|| {
            passages.push(Vec::new());
            passages.len() - 1
        });
        passages[home].push(at);
        of.insert(said[at].id(), home);
    }
    passages
}

fn start(claim: &Said) -> usize {
    claim.link.claim.evidence.iter().map(|evidence| evidence.start).min().unwrap_or(0)
}

/// Whether two passages contradict each other.
fn against(names: &Names, said: &[Said], a: &[usize], b: &[usize]) -> bool {
    let asserted = |of: &[usize]| -> Vec<usize> {
        of.iter().copied().filter(|&at| said[at].link.claim.status == Status::Asserted).collect()
    };
    let (a, b) = (asserted(a), asserted(b));
    if a.is_empty() || b.is_empty() {
        return false;
    }
    days(said, &a, &b) || places(names, said, &a, &b) || deeds(said, &a, &b) || tolls(said, &a, &b)
}

fn days(said: &[Said], a: &[usize], b: &[usize]) -> bool {
    let days = |of: &[usize]| of.iter().filter_map(|&at| said[at].link.when).collect::<Vec<_>>();
    let (ours, theirs) = (days(a), days(b));
    !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|x| theirs.iter().any(|y| x.overlaps(*y)))
}

fn places(names: &Names, said: &[Said], a: &[usize], b: &[usize]) -> bool {
    let fine = |of: &[usize]| -> Vec<&str> {
        let places = of.iter().filter(|&&at| !said[at].link.home).flat_map(|&at| &said[at].link.places);
        let known = places.filter(|place| names.gazetteer.place(place).is_some() && width(names, place) < 2);
        known.map(String::as_str).collect()
    };
    let (ours, theirs) = (fine(a), fine(b));
    let near = |x: &str, y: &str| names.gazetteer.within(x, y) || names.gazetteer.within(y, x);
    !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(|x| theirs.iter().any(|y| near(x, y)))
}

fn deeds(said: &[Said], a: &[usize], b: &[usize]) -> bool {
    let deeds = |of: &[usize]| -> Vec<Kind> {
        of.iter().map(|&at| said[at].link.claim.kind).filter(|kind| !told(*kind)).collect()
    };
    let (ours, theirs) = (deeds(a), deeds(b));
    let any = |x: &Kind| theirs.iter().any(|y| rules().together(*x, *y));
    !ours.is_empty() && !theirs.is_empty() && !ours.iter().any(any)
}

fn tolls(said: &[Said], a: &[usize], b: &[usize]) -> bool {
    let pairs = a.iter().flat_map(|&x| b.iter().map(move |&y| (&said[x], &said[y])));
    let other = |x: Range, y: Range| {
        let (less, more) = (x.point().min(y.point()), x.point().max(y.point()));
        more >= FEW && !x.agrees(y) && less.saturating_mul(100) < more.saturating_mul(GREW)
    };
    let rivals = pairs.filter_map(|(x, y)| {
        let (a, b) = (x.link.figure?, y.link.figure?);
        let one_voice = x.voice.roots.iter().any(|root| y.voice.roots.contains(root));
        let alike = a.0 == b.0 && x.link.group == y.link.group && one_voice;
        (alike && x.link.claim.part_of.is_none() && y.link.claim.part_of.is_none()).then(|| other(a.1, b.1))
    });
    // One figure that agrees is enough to take the passages for one.
    let rivals: Vec<bool> = rivals.collect();
    !rivals.is_empty() && rivals.iter().all(|rival| *rival)
}
