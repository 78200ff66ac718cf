//! Tellings of several reports to events: pairs that are likely one are joined, the likeliest first.
//!
//! Candidates share a small place, a figure or a telling word in the same days, or lead reports on one governorate; each such list is cut to the
//! first few, which keeps the work near-linear. Two groups join where the pair that links them and the best-told
//! of each both speak for it; what is likely but not enough is offered. Greedy agglomeration over sorted links
//! depends on nothing but what the tellings say.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::ClaimId;

use super::Cluster;
use super::likeness::{Case, FEATURES, Profile, likeness, place_in_report, width};
use super::words::Rarity;
use crate::corpus::Names;
use crate::days::between;
use crate::link::Decided;
use crate::roots::{Camps, Said};
use crate::table::rules;

/// Days in one list of candidates; those of the lists around it are candidates too.
const BUCKET: i64 = 4;
/// So many tellings in one list are compared.
const MOST: usize = 40;
/// A word makes candidates if it tells so much (bits).
const TELLING: u32 = 3;

/// Two tellings that are likely one event, but not surely.
pub(super) struct Link {
    pub(super) score: i32,
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) cases: [Case; FEATURES],
}

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

/// Joins tellings; gives the events and what is offered.
pub(super) fn merge(
    names: &Names,
    said: &[Said],
    clusters: Vec<Cluster>,
    decided: &Decided,
) -> (Vec<Cluster>, Vec<Offer>) {
    let camps = Camps::new(*names);
    let claims: Vec<usize> = clusters.iter().flat_map(|cluster| cluster.members.iter().copied()).collect();
    let rarity = Rarity::of(said, &claims);
    let mut profiles: Vec<Option<Profile>> =
        clusters.iter().map(|cluster| Profile::of(names, said, cluster, &rarity)).collect();
    place_in_report(&mut profiles);
    let profiles = profiles;
    let alike = |a: usize, b: usize| -> Option<(i32, [Case; FEATURES])> {
        let (x, y) = (profiles[a].as_ref()?, profiles[b].as_ref()?);
        let cases = likeness(names, &camps, &rarity, x, y);
        Some((points(&cases)?, cases))
    };
    let mut links: Vec<Link> = candidates(names, &rarity, &profiles)
        .into_iter()
        .filter_map(|(a, b)| alike(a, b).map(|(score, cases)| Link { score, a, b, cases }))
        .filter(|link| link.score >= rules().bound("offer"))
        .collect();
    links.sort_by_key(|link| (-link.score, link.a, link.b));
    let mut home: Vec<usize> = (0..clusters.len()).collect();
    let of: BTreeMap<&str, usize> = match decided.joined.is_empty() && decided.parted.is_empty() {
        true => BTreeMap::new(),
        false => {
            let members = clusters.iter().enumerate();
            members
                .flat_map(|(n, cluster)| cluster.members.iter().map(move |&at| (said[at].id(), n)))
                .collect()
        }
    };
    let both = |(a, b): &(&str, &str)| Some((*of.get(a)?, *of.get(b)?));
    for (a, b) in decided.joined.iter().filter_map(both) {
        let (a, b) = (root(&mut home, a), root(&mut home, b));
        home[a.max(b)] = a.min(b);
    }
    let parted: Vec<(usize, usize)> = decided.parted.iter().filter_map(both).collect();
    let mut offers = Vec::new();
    for link in links {
        let (a, b) = (root(&mut home, link.a), root(&mut home, link.b));
        if a == b {
            continue;
        }
        let (first, second) = (a.min(b), a.max(b));
        // What people have parted is neither joined nor offered again.
        let mut split = |&(x, y): &(usize, usize)| {
            let (x, y) = (root(&mut home, x), root(&mut home, y));
            (x.min(y), x.max(y)) == (first, second)
        };
        if parted.iter().any(&mut split) {
            continue;
        }
        let enough = link.score >= rules().bound("merge")
            && alike(first, second).is_some_and(|(score, _)| score >= rules().bound("chain"));
        if enough {
            home[second] = first;
        } else {
            offers.push(link);
        }
    }
    let offers = offered(said, &clusters, &mut home, offers);
    let mut merged: BTreeMap<usize, Cluster> = BTreeMap::new();
    for (n, cluster) in clusters.into_iter().enumerate() {
        match merged.get_mut(&root(&mut home, n)) {
            Some(known) => absorb(known, cluster),
            None => drop(merged.insert(n, cluster)),
        }
    }
    (merged.into_values().collect(), offers)
}

/// The points of a pair; none where one case rules it out.
fn points(cases: &[Case]) -> Option<i32> {
    cases.iter().map(|(feature, case)| rules().likeness.get(&(*feature, *case)).and_then(|p| p.points)).sum()
}

fn root(home: &mut [usize], at: usize) -> usize {
    let mut top = at;
    while home[top] != top {
        home[top] = home[home[top]];
        top = home[top];
    }
    top
}

/// Pairs of tellings that may be one, each once, the lesser first.
fn candidates(names: &Names, rarity: &Rarity, profiles: &[Option<Profile>]) -> BTreeSet<(usize, usize)> {
    let epoch = jiff::civil::date(2000, 1, 1);
    let mut lists: Vec<(u64, i64, usize)> = Vec::new();
    for (n, profile) in profiles.iter().enumerate() {
        let Some(profile) = profile else { continue };
        let Some(day) = profile.day() else { continue };
        let bucket = between(epoch, day.from).div_euclid(BUCKET);
        let mut tokens: BTreeSet<u64> = BTreeSet::new();
        for place in profile.places.iter().chain(&profile.near) {
            let around = names.gazetteer.ancestors(place);
            let around = around.iter().map(|place| place.id.as_str()).chain([*place]);
            tokens.extend(around.filter(|id| width(names, id) < 2).map(|id| token("place", id)));
        }
        tokens.extend(
            profile
                .figures
                .iter()
                .map(|(measure, _, range)| token(measure.as_str(), &range.point().to_string())),
        );
        tokens.extend(profile.words.iter().copied().filter(|word| rarity.bits(*word) >= TELLING));
        if profile.leads {
            let homes = profile.places.iter().filter_map(|place| names.gazetteer.governorate(place));
            tokens.extend(homes.map(|home| token("lead", &home.id)));
        }
        lists.extend(tokens.into_iter().map(|token| (token ^ token_of(profile.family), bucket, n)));
    }
    lists.sort_unstable();
    let mut pairs = BTreeSet::new();
    for (at, &(token, bucket, a)) in lists.iter().enumerate() {
        let from = lists.partition_point(|other| *other < (token, bucket - 2, 0));
        let same = lists[at + 1..].iter().take_while(|other| (other.0, other.1) == (token, bucket));
        let earlier = lists[from..at].iter().take_while(|other| other.1 < bucket);
        for &(.., b) in earlier.take(MOST).chain(same.take(MOST)) {
            if a != b {
                pairs.insert((a.min(b), a.max(b)));
            }
        }
    }
    pairs
}

fn token(kind: &str, what: &str) -> u64 {
    token_of(kind) ^ token_of(what).rotate_left(17)
}

fn token_of(text: &str) -> u64 {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.bytes().fold(0xcbf2_9ce4_8422_2325, hash)
}

/// The best offer for each two events.
fn offered(said: &[Said], clusters: &[Cluster], home: &mut [usize], links: Vec<Link>) -> Vec<Offer> {
    let mut best: BTreeMap<(usize, usize), Link> = BTreeMap::new();
    for link in links {
        let (a, b) = (root(home, link.a), root(home, link.b));
        if a != b {
            best.entry((a.min(b), a.max(b))).or_insert(link);
        }
    }
    let claim = |n: usize| said[clusters[n].leader].id().to_string();
    best.into_values()
        .map(|link| Offer {
            a: claim(link.a),
            b: claim(link.b),
            score: link.score,
            reasons: link
                .cases
                .iter()
                .filter_map(|case| {
                    let point = rules().likeness.get(case)?;
                    Some((point.reason, point.points?))
                })
                .collect(),
        })
        .collect()
}

fn absorb(into: &mut Cluster, other: Cluster) {
    into.members.extend(other.members);
    into.kinds.extend(other.kinds);
    into.parties.extend(other.parties);
    if into.actors.is_empty() {
        into.actors = other.actors;
    }
}
