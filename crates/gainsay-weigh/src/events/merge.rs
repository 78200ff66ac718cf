//! Tellings of several reports to events: pairs that are likely one are joined, the likeliest first.
//!
//! Pairs that reach `merge` points are links, and the tellings that hang together by links are a component: what
//! becomes of them depends on nothing outside it. Within a component groups join along the links, the strongest
//! first, where their best-told tellings speak for it on the average (after average linkage: Sokal and Michener
//! 1958), so that one misleading pair does not pull two battles into one. What people have decided goes before all that.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::Cluster;
use super::candidates::Lists;
use super::likeness::{Case, FEATURES, Ground, hopeless, likeness, points};
use super::profile::{Numbers, Profile};
use crate::corpus::Names;
use crate::link::Decided;
use crate::numbered::{Atlas, Company};
use crate::roots::Said;
use crate::table::rules;

/// Of each of two groups so many of the best-told tellings are compared.
const SPEAK: usize = 8;

/// A pair of tellings and how alike they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    /// Points that speak for their being one event.
    pub(super) score: i32,
    /// The better told.
    pub(super) a: usize,
    /// The other.
    pub(super) b: usize,
    /// It is enough to join them: `merge` points, or `merge one` where one report tells both.
    pub(super) strong: bool,
}

/// Tellings to be compared, the best told first.
pub(super) struct Tellings<'s> {
    pub(super) profiles: Vec<Option<Profile<'s>>>,
    atlas: Atlas<'s>,
    company: Company<'s>,
}

impl<'s> Tellings<'s> {
    /// Tellings of these profiles, with their places and actors numbered.
    pub(super) fn new(names: &'s Names, mut profiles: Vec<Option<Profile<'s>>>) -> Tellings<'s> {
        let all = || profiles.iter().flatten();
        let atlas = Atlas::of(names, all().flat_map(|profile| profile.places.iter().copied()));
        let actors = |profile: &Profile<'s>| -> Vec<&'s str> {
            profile.actors.iter().chain(&profile.parties).copied().collect()
        };
        let company = Company::of(names, all().flat_map(actors));
        for profile in profiles.iter_mut().flatten() {
            let who = |ids: &BTreeSet<&str>| ids.iter().filter_map(|id| company.number(id)).collect();
            profile.numbers = Numbers {
                places: profile.places.iter().filter_map(|id| atlas.number(id)).collect(),
                actors: who(&profile.actors),
                parties: who(&profile.parties),
            };
        }
        Tellings { profiles, atlas, company }
    }

    /// What speaks for two tellings being of one event, and against it; none where they cannot be.
    pub(super) fn cases(&self, a: usize, b: usize) -> Option<[Case; FEATURES]> {
        let (x, y) = (self.profiles[a].as_ref()?, self.profiles[b].as_ref()?);
        Some(likeness(&self.ground(), x, y))
    }

    fn ground(&self) -> Ground<'_> {
        Ground { atlas: &self.atlas, company: &self.company }
    }

    /// The points that the best-told tellings of two events have on the average, rounded down; none where a pair of
    /// them is ruled out.
    pub(super) fn average(&self, ours: &[usize], theirs: &[usize]) -> Option<i32> {
        let (ours, theirs) = (&ours[..ours.len().min(SPEAK)], &theirs[..theirs.len().min(SPEAK)]);
        let pairs = ours.iter().flat_map(|&x| theirs.iter().map(move |&y| (x.min(y), x.max(y))));
        let scores: Vec<i32> = pairs.map(|(x, y)| self.score(x, y)).collect::<Option<_>>()?;
        Some(scores.iter().sum::<i32>().div_euclid(i32::try_from(scores.len().max(1)).unwrap_or(i32::MAX)))
    }

    /// The points of a pair; none where one case rules it out.
    pub(super) fn score(&self, a: usize, b: usize) -> Option<i32> {
        points(&self.cases(a, b)?)
    }

    /// The pairs among these that may be one: from `offer` points on.
    pub(super) fn links(&self, lists: &Lists) -> Vec<Link> {
        let of =
            |a: usize| lists.after(a).into_iter().filter_map(move |b| self.link(a, b)).collect::<Vec<_>>();
        (0..self.profiles.len()).into_par_iter().flat_map_iter(of).collect()
    }

    /// A pair, where it may be one.
    pub(super) fn link(&self, a: usize, b: usize) -> Option<Link> {
        let (x, y) = (self.profiles[a].as_ref()?, self.profiles[b].as_ref()?);
        if self.hopeless(a, b) {
            debug_assert!(self.score(a, b).is_none_or(|score| score < least()));
            return None;
        }
        let score = self.score(a, b).filter(|score| *score >= least())?;
        let bound = if x.text == y.text { "merge one" } else { "merge" };
        // "Mohsen joined them", "four commanders joined them": likely one shift, and no more than likely.
        let unsure = x.family == "allegiance"
            && self.cases(a, b).is_some_and(|cases| cases.contains(&("actors", "unknown")));
        Some(Link { score, a, b, strong: score >= rules().bound(bound) && !unsure })
    }

    /// Whether a pair cannot be one, by its days, kinds and places alone.
    pub(super) fn hopeless(&self, a: usize, b: usize) -> bool {
        let pair = self.profiles[a].as_ref().zip(self.profiles[b].as_ref());
        pair.is_none_or(|(x, y)| hopeless(&self.ground(), x, y, least()))
    }
}

/// The points from which on a pair may be one.
fn least() -> i32 {
    rules().bound("offer").min(rules().bound("merge"))
}

/// Pairs of tellings that people have decided on, the lesser first.
#[derive(Default)]
pub(super) struct Ruled {
    /// These are one event.
    pub(super) joined: BTreeSet<(usize, usize)>,
    /// These are two.
    pub(super) parted: BTreeSet<(usize, usize)>,
}

impl Ruled {
    /// What people have decided of claims, for the tellings these stand in.
    pub(super) fn of(said: &[Said], tellings: &[Cluster], decided: &Decided) -> Ruled {
        let (mut joined, mut parted) = (BTreeSet::new(), BTreeSet::new());
        if !(decided.joined.is_empty() && decided.parted.is_empty()) {
            let members = tellings.iter().enumerate();
            let of: BTreeMap<&str, usize> = members
                .flat_map(|(n, cluster)| cluster.members.iter().map(move |&at| (said[at].id(), n)))
                .collect();
            let both = |(a, b): &(&str, &str)| {
                let (a, b) = (*of.get(a)?, *of.get(b)?);
                Some((a.min(b), a.max(b)))
            };
            joined = decided.joined.iter().filter_map(both).collect();
            parted = decided.parted.iter().filter_map(both).collect();
        }
        Ruled { joined, parted }
    }
}

/// Tellings that hang together by links of at least `merge` points or by what people have joined: each component
/// sorted, in the order of its first telling; a telling without links is one of its own.
pub(super) fn components(tellings: usize, links: &[Link], ruled: &Ruled) -> Vec<Vec<usize>> {
    let mut home: Vec<usize> = (0..tellings).collect();
    let strong = links.iter().filter(|link| link.strong).map(|link| (link.a, link.b));
    for (a, b) in strong.chain(ruled.joined.iter().copied()) {
        let (a, b) = (root(&mut home, a), root(&mut home, b));
        home[a.max(b)] = a.min(b);
    }
    let mut components: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for n in 0..tellings {
        components.entry(root(&mut home, n)).or_default().push(n);
    }
    components.into_values().collect()
}

fn root(home: &mut [usize], at: usize) -> usize {
    let mut top = at;
    while home[top] != top {
        home[top] = home[home[top]];
        top = home[top];
    }
    top
}

/// One component to events, each the tellings of it, sorted; `links` are those among its tellings, by `a` and `b`.
pub(super) fn join(all: &Tellings, component: &[usize], links: &[Link], ruled: &Ruled) -> Vec<Vec<usize>> {
    if component.len() == 1 {
        return vec![component.to_vec()];
    }
    let place = |n: usize| component.binary_search(&n).ok();
    let mut groups: Vec<Vec<usize>> = component.iter().map(|&n| vec![n]).collect();
    let mut home: Vec<usize> = (0..component.len()).collect();
    // The best told of each group, who speak for it.
    let mut speakers = groups.clone();
    let unite =
        |home: &mut [usize], groups: &mut [Vec<usize>], speakers: &mut [Vec<usize>], a: usize, b: usize| {
            let (first, second) = (a.min(b), a.max(b));
            // The lesser group moves, which keeps the work near-linear; its name stays that of the better told.
            let mut more = std::mem::take(&mut groups[second]);
            if more.len() > groups[first].len() {
                std::mem::swap(&mut more, &mut groups[first]);
            }
            groups[first].extend(more);
            let few = std::mem::take(&mut speakers[second]);
            speakers[first].extend(few);
            speakers[first].sort_unstable();
            speakers[first].truncate(SPEAK);
            home[second] = first;
        };
    for &(a, b) in &ruled.joined {
        let (Some(a), Some(b)) = (place(a), place(b)) else { continue };
        let (a, b) = (root(&mut home, a), root(&mut home, b));
        if a != b {
            unite(&mut home, &mut groups, &mut speakers, a, b);
        }
    }
    let mut strong: Vec<&Link> = links.iter().filter(|link| link.strong).collect();
    strong.sort_by_key(|link| (-link.score, link.a, link.b));
    let linked = |pair: (usize, usize)| links.binary_search_by_key(&pair, |link| (link.a, link.b)).ok();
    let mut known: HashMap<(u32, u32), Option<i32>> = HashMap::new();
    let mut score = |x: usize, y: usize| {
        let one = || linked((x, y)).map_or_else(|| all.score(x, y), |at| Some(links[at].score));
        *known.entry((x as u32, y as u32)).or_insert_with(one)
    };
    for link in strong {
        let (Some(a), Some(b)) = (place(link.a), place(link.b)) else { continue };
        let (a, b) = (root(&mut home, a), root(&mut home, b));
        if a == b {
            continue;
        }
        let mut group = |n: usize| place(n).map(|n| root(&mut home, n));
        if ruled.parted.iter().any(|&(x, y)| {
            let (x, y) = (group(x), group(y));
            (x, y) == (Some(a), Some(b)) || (x, y) == (Some(b), Some(a))
        }) {
            continue;
        }
        let (ours, theirs) = (&speakers[a], &speakers[b]);
        let pairs = ours.iter().flat_map(|&x| theirs.iter().map(move |&y| (x.min(y), x.max(y))));
        let scores: Option<Vec<i32>> = pairs.map(|(x, y)| score(x, y)).collect();
        let enough = scores.is_some_and(|scores| {
            scores.iter().sum::<i32>() >= rules().bound("chain").saturating_mul(scores.len() as i32)
        });
        if enough {
            unite(&mut home, &mut groups, &mut speakers, a, b);
        }
    }
    groups.iter_mut().for_each(|group| group.sort_unstable());
    groups.into_iter().filter(|group| !group.is_empty()).collect()
}

/// The event that some tellings tell, told as the best of them tells it.
pub(super) fn event(tellings: Vec<Cluster>) -> Option<Cluster> {
    tellings.into_iter().reduce(|mut into, other| {
        into.members.extend(other.members);
        into.kinds.extend(other.kinds);
        into.parties.extend(other.parties);
        if into.actors.is_empty() {
            into.actors = other.actors;
        }
        into
    })
}
