//! Claims that do not say where: to the event of their own report that they tell of.
//!
//! The total's event for a part; the event in whose sentence the claim stands; for the dead and wounded, the event
//! the report leads with; the nearest event; else the claims of one report that say neither make one event.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{EntityId, Kind, Status};

use super::cluster::{Fit, actor_fit, anchored, found_by, join, told};
use super::{Cluster, family, text};
use crate::corpus::Names;
use crate::days::between;
use crate::roots::{Camps, Said, side};
use crate::table::rules;

/// Words this near to each other stand in one sentence or two (code points).
const SENTENCE: usize = 60;
/// Words this near to each other tell of one thing, where nothing better is known (code points).
const BESIDE: usize = 300;
/// What a report leads with happened at most so long before it (days).
const NEWS: i64 = 31;
/// What a report tells without a day is of one of these last days (days).
const WEEK: i64 = 7;

/// Attaches every claim that names no place: first those that can found events, then what came of them.
pub(super) fn attach(
    names: &Names,
    said: &[Said],
    by_id: &BTreeMap<&str, usize>,
    clusters: Vec<Cluster>,
    claims: &[usize],
    carried: &BTreeSet<usize>,
) -> Vec<Cluster> {
    let mut loose: Vec<usize> = claims
        .iter()
        .copied()
        .filter(|&at| family(&said[at]).is_some() && (carried.contains(&at) || !anchored(names, &said[at])))
        .collect();
    let part = |at: usize| said[at].link.claim.part_of.is_some();
    let kind = |at: usize| said[at].link.claim.kind;
    loose.sort_by_key(|&at| {
        (
            told(kind(at)),
            said[at].link.claim.status,
            part(at),
            text(&said[at]),
            start(&said[at]),
            said[at].id(),
        )
    });
    let (deeds, tolls): (Vec<usize>, Vec<usize>) = loose.into_iter().partition(|&at| !told(kind(at)));
    let clusters = round(names, said, by_id, clusters, &deeds);
    round(names, said, by_id, clusters, &tolls)
}

fn round(
    names: &Names,
    said: &[Said],
    by_id: &BTreeMap<&str, usize>,
    mut clusters: Vec<Cluster>,
    loose: &[usize],
) -> Vec<Cluster> {
    let camps = Camps::new(*names);
    let mut of: BTreeMap<usize, usize> = BTreeMap::new();
    // The claims of each report with their events.
    let mut reports: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (n, cluster) in clusters.iter().enumerate() {
        for &at in &cluster.members {
            of.insert(at, n);
            reports.entry(&said[at].link.claim.document).or_default().push(at);
        }
    }
    let focus: BTreeMap<&str, EntityId> =
        reports.iter().filter_map(|(id, here)| Some((*id, focus(names, said, here)?))).collect();
    let mut unplaced: BTreeMap<(&str, &str), Vec<usize>> = BTreeMap::new();
    for &at in loose {
        let claim = &said[at];
        let document = claim.link.claim.document.as_str();
        let total = claim
            .link
            .claim
            .part_of
            .as_deref()
            .and_then(|id| by_id.get(id))
            .and_then(|total| of.get(total))
            .copied();
        let here = reports.get(document).map_or(&[][..], Vec::as_slice);
        let scene =
            Scene { names, camps: &camps, said, clusters: &clusters, of: &of, focus: focus.get(document) };
        let target = total
            .or_else(|| scene.beside(here, claim, SENTENCE))
            .or_else(|| scene.again(here, claim))
            .or_else(|| scene.lead(here, claim))
            .or_else(|| scene.beside(here, claim, BESIDE));
        let key = (text(claim), family(claim).unwrap_or_default());
        let target = target
            .or_else(|| unplaced.get(&key)?.iter().copied().find(|&n| among(&camps, &clusters[n], claim)));
        let target = match (target, claim.link.claim.status) {
            (Some(n), _) => {
                join(&mut clusters[n], said, at);
                n
            }
            (None, Status::Asserted) => {
                let mut cluster = found_by(names, said, at);
                if cluster.places.is_empty() {
                    cluster.places = focus.get(document).cloned().into_iter().collect();
                }
                clusters.push(cluster);
                unplaced.entry(key).or_default().push(clusters.len() - 1);
                clusters.len() - 1
            }
            (None, _) => continue,
        };
        of.insert(at, target);
        reports.entry(document).or_default().push(at);
    }
    clusters
}

fn start(claim: &Said) -> usize {
    claim.link.claim.evidence.iter().map(|evidence| evidence.start).min().unwrap_or(0)
}

/// Code points between the words of two claims.
pub(super) fn distance(a: &Said, b: &Said) -> usize {
    let gaps = a.link.claim.evidence.iter().flat_map(|x| {
        b.link
            .claim
            .evidence
            .iter()
            .map(move |y| x.start.saturating_sub(y.end).max(y.start.saturating_sub(x.end)))
    });
    gaps.min().unwrap_or(usize::MAX)
}

/// One report's events, to find the one a claim tells of.
struct Scene<'s, 'a> {
    names: &'s Names<'a>,
    camps: &'s Camps<'a>,
    said: &'s [Said<'a>],
    clusters: &'s [Cluster],
    of: &'s BTreeMap<usize, usize>,
    focus: Option<&'s EntityId>,
}

impl Scene<'_, '_> {
    /// Claims of the report whose event the claim can be of.
    fn fitting<'h>(&'h self, here: &'h [usize], claim: &'h Said) -> impl Iterator<Item = usize> + 'h {
        // "The rural areas" are somewhere else than the bridge, if nobody knows where; "the city" may be the same.
        let elsewhere = !claim.link.home
            && !told(claim.link.claim.kind)
            && claim.link.places.iter().any(|place| !place.contains('@'));
        here.iter().copied().filter(move |at| {
            let cluster = &self.clusters[self.of[at]];
            !elsewhere
                && self.said[*at].link.claim.status == Status::Asserted
                && cluster.kinds.iter().all(|&other| rules().together(claim.link.claim.kind, other))
                && in_time(cluster, claim)
                && (told(claim.link.claim.kind) || actor_fit(self.camps, cluster, claim) != Fit::Against)
                && party(self.names, self.camps, cluster, claim)
        })
    }

    /// The event whose words the claim stands beside.
    fn beside(&self, here: &[usize], claim: &Said, within: usize) -> Option<usize> {
        let key = |at: usize| {
            (
                distance(&self.said[at], claim),
                told(self.said[at].link.claim.kind),
                start(&self.said[at]),
                self.of[&at],
            )
        };
        self.fitting(here, claim).map(key).filter(|(gap, ..)| *gap <= within).min().map(|(.., n)| n)
    }

    /// The event told again: the same kind, doers and victims, and a figure that agrees.
    fn again(&self, here: &[usize], claim: &Said) -> Option<usize> {
        let meet = |ours: &[EntityId], theirs: &[EntityId]| {
            ours.iter().any(|a| theirs.iter().any(|b| self.camps.one_side(a, b)))
        };
        let same = |at: &usize| {
            let (other, link) = (&self.said[*at].link, &claim.link);
            let figures = link.figure.zip(other.figure).is_some_and(|((a, x), (b, y))| a == b && x.agrees(y));
            let told = link.group != "all" || link.targets == other.targets;
            let victims = link.group == other.group && (told || meet(&link.targets, &other.targets));
            other.claim.kind == link.claim.kind && meet(&link.actors, &other.actors) && victims && figures
        };
        self.fitting(here, claim)
            .filter(same)
            .min_by_key(|&at| (start(&self.said[at]), self.of[&at]))
            .map(|at| self.of[&at])
    }

    /// For the dead and wounded, and for an attack of which no more is said, the event the report leads with, at
    /// the place it is about.
    fn lead(&self, here: &[usize], claim: &Said) -> Option<usize> {
        let kind = claim.link.claim.kind;
        if !told(kind) && (kind != Kind::Attack || claim.link.when.is_some() || claim.link.actors.is_empty())
        {
            return None;
        }
        let news = |at: &usize| {
            let cluster = &self.clusters[self.of[at]];
            let fresh = cluster.day.zip(claim.first).is_none_or(|(day, said)| between(day.to, said) <= NEWS);
            fresh && !told(self.said[*at].link.claim.kind)
        };
        let off_focus = |at: usize| {
            let gazetteer = self.names.gazetteer;
            let near = |place: &EntityId| {
                self.focus
                    .is_none_or(|focus| gazetteer.within(place, focus) || gazetteer.within(focus, place))
            };
            !self.clusters[self.of[&at]].places.iter().any(near)
        };
        let key = |&at: &usize| (off_focus(at), start(&self.said[at]), self.of[&at]);
        // What else there was of an attack is not somewhere the report is not about.
        let there = |at: &usize| told(kind) || !off_focus(*at);
        self.fitting(here, claim).filter(news).filter(there).min_by_key(key).map(|at| self.of[&at])
    }
}

/// Whether the claim's days, where it gives any, are the event's.
fn in_time(cluster: &Cluster, claim: &Said) -> bool {
    match (cluster.day, claim.link.when) {
        // "They had spared each other until the 15th" denies nothing of the 16th.
        (Some(day), Some(when)) if claim.link.claim.status == Status::Denied => day.overlaps(when),
        (Some(day), Some(when)) if cluster.timed => {
            day.widen(1).overlaps(when) && when.len() <= 2 * day.len() + 7
        }
        (Some(said), Some(when)) => (0..=WEEK).contains(&between(when.to, said.to)),
        _ => true,
    }
}

/// Whether those the claim names, as doers or as victims, are parties of the event.
fn party(names: &Names, camps: &Camps, cluster: &Cluster, claim: &Said) -> bool {
    let among = |id: &EntityId| cluster.parties.iter().any(|party| camps.one_side(id, party));
    if cluster.parties.is_empty() {
        return true;
    }
    let doers = claim.link.actors.is_empty() || claim.link.actors.iter().any(among);
    let victims = match claim.link.group.strip_suffix("-side") {
        Some(group) => cluster.parties.iter().any(|party| side(names, party) == group),
        None => true,
    };
    // A strike hits those it is aimed at; in a battle both sides die.
    let both = cluster
        .kinds
        .iter()
        .all(|kind| matches!(kind, Kind::Clash | Kind::Attack | Kind::Casualties | Kind::Destruction));
    doers && (victims || (both && cluster.parties.len() < 2))
}

/// Whether the claim can be of an unplaced event of its own report.
fn among(camps: &Camps, cluster: &Cluster, claim: &Said) -> bool {
    let kind = claim.link.claim.kind;
    let meet = |ours: &[EntityId], theirs: &[EntityId]| {
        ours.is_empty()
            || theirs.is_empty()
            || ours.iter().any(|a| theirs.iter().any(|b| camps.one_side(a, b)))
    };
    let harm = told(kind) && cluster.kinds.iter().all(|&other| told(other));
    let same = cluster.kinds.contains(&kind) && meet(&claim.link.actors, &cluster.actors);
    let time = match (cluster.day.filter(|_| cluster.timed), claim.link.when) {
        (Some(a), Some(b)) => a.overlaps(b),
        _ => true,
    };
    time && (harm || same)
}

/// The place a report is about: the one its claims name most, the city for its quarters; then the first named.
fn focus(names: &Names, said: &[Said], here: &[usize]) -> Option<EntityId> {
    let mut found: BTreeMap<EntityId, (usize, usize)> = BTreeMap::new();
    for &at in here {
        for place in &said[at].link.places {
            let Some(entry) = names.gazetteer.place(place) else { continue };
            let quarter = matches!(entry.kind.as_str(), "neighbourhood" | "bridge" | "hospital" | "facility");
            let place = entry.parent.as_ref().filter(|_| quarter).unwrap_or(place);
            let (n, first) = found.entry(place.clone()).or_insert((0, usize::MAX));
            (*n, *first) = (*n + 1, (*first).min(start(&said[at])));
        }
    }
    found.into_iter().max_by_key(|(_, (n, first))| (*n, std::cmp::Reverse(*first))).map(|(place, _)| place)
}
