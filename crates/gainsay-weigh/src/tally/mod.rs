//! Counts by source and policy.
//!
//! **Takes** a weighed corpus and what is asked.
//! **Gives** a [`Tally`] per measure and group: each voice's figure, and low–best–high by the policy.
//! **Never** adds a part to its total, a running total to an incident, or what carriers repeat; never sets
//! figures of different groups against each other.
//!
//! Over several events figures are summed event by event; an event told within a larger one of the same scope is
//! left out of the sum. Standing counts (displaced, in need, besieged) are never summed: a line for each place.

mod beside;
mod figure;
mod policy;
mod ucdp;
mod victims;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{BySource, EntityId, Measure, Policy, Scope, Tally, TallyScope};
use rayon::prelude::*;

pub use beside::{EventFigure, event_figures};
pub(crate) use figure::{Figure, by_count, counts, figures};
pub(crate) use ucdp::{Estimate, ucdp};
pub use victims::victims;

use crate::days::Days;
use crate::grade::airwars;
use crate::range::Range;
use crate::roots::Camps;
use crate::{Ask, Weighed};

/// What a figure is of: one event, or a standing count at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Event(usize),
    Place(EntityId),
}

/// Tallies what is asked, by measure and group.
pub fn tally(weighed: &Weighed, ask: &Ask, policy: Policy) -> Vec<Tally> {
    if let Some(day) = ask.known_by {
        return tally(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() }, policy);
    }
    let claims = weighed.asked(ask).into_iter().filter(|&at| ask.holds(weighed.scope_day(at)));
    let camps = Camps::new(weighed.corpus.names);
    let mut tallies = Vec::new();
    for ((measure, group), claims) in by_count(&weighed.said, &weighed.by_id, claims) {
        let mut buckets: BTreeMap<Of, Vec<usize>> = BTreeMap::new();
        for at in claims {
            buckets.entry(of(weighed, measure, at)).or_default().push(at);
        }
        let line = |buckets: &[Bucket], alone: bool, inner: &[Bucket]| {
            let scope = TallyScope {
                place: ask.place.first().cloned(),
                from: ask.from,
                to: ask.to,
                event: ask.event.clone(),
            };
            let scope = if alone { scope_of(weighed, scope, &buckets[0].0) } else { scope };
            sum(weighed, &camps, scope, (measure, group), buckets, policy, inner)
        };
        if standing(measure) {
            tallies.extend(buckets.into_iter().map(|bucket| line(&[bucket], true, &[])));
            continue;
        }
        let running = |claims: &[usize]| {
            claims.iter().all(|&at| {
                weighed.said[at]
                    .link
                    .claim
                    .count
                    .as_ref()
                    .is_some_and(|count| count.scope == Some(Scope::Cumulative))
            })
        };
        let many = buckets.len() > 1;
        let (totals, incidents): (Vec<_>, Vec<_>) =
            buckets.into_iter().partition(|(_, claims)| many && running(claims));
        let (summed, inner) = outermost(weighed, incidents);
        if !summed.is_empty() {
            tallies.push(line(&summed, false, &inner));
        }
        tallies.extend(totals.into_iter().map(|bucket| line(&[bucket], true, &[])));
    }
    tallies
}

/// Tallies of each event by itself, by event, measure and group: what a table of events is filled from. Counts of how
/// things stand are left to [`tally`].
pub fn event_tallies(weighed: &Weighed, policy: Policy) -> Vec<Tally> {
    let camps = Camps::new(weighed.corpus.names);
    let of = |event: usize| {
        let members = weighed.members[event].iter().copied();
        let counts = by_count(&weighed.said, &weighed.by_id, members);
        let counts = counts.into_iter().filter(|((measure, _), _)| !standing(*measure));
        let line = |((measure, group), claims): ((Measure, &str), Vec<usize>)| {
            let scope = TallyScope { event: Some(weighed.events[event].id.clone()), ..TallyScope::default() };
            sum(weighed, &camps, scope, (measure, group), &[(Of::Event(event), claims)], policy, &[])
        };
        counts.map(line).collect::<Vec<Tally>>()
    };
    (0..weighed.events.len()).into_par_iter().flat_map_iter(of).collect()
}

/// Measures of how things stand, which are told again and again and never add up.
fn standing(measure: Measure) -> bool {
    matches!(measure, Measure::Displaced | Measure::InNeed | Measure::Besieged)
}

fn of(weighed: &Weighed, measure: Measure, at: usize) -> Of {
    let place = || weighed.said[at].link.places.first().cloned().unwrap_or_default();
    match weighed.of[at] {
        Some(event) if !standing(measure) => Of::Event(event),
        Some(event) => Of::Place(weighed.events[event].place.first().cloned().unwrap_or_default()),
        None => Of::Place(place()),
    }
}

fn scope_of(weighed: &Weighed, mut scope: TallyScope, of: &Of) -> TallyScope {
    match of {
        Of::Event(event) => scope.event = Some(weighed.events[*event].id.clone()),
        Of::Place(place) => {
            scope.place = Some(place.clone()).filter(|place| !place.is_empty()).or(scope.place)
        }
    }
    scope
}

/// A number from here on that one voice gives again within a week nearby is the same count, not another one.
const TELLING: u64 = 10;

/// Whether two events are near enough for one number of one voice to be of both: within a week, one governorate.
fn near(weighed: &Weighed, a: &Of, b: &Of) -> bool {
    let (Of::Event(a), Of::Event(b)) = (a, b) else { return false };
    let (a, b) = (&weighed.events[*a], &weighed.events[*b]);
    let days = |event: &gainsay_model::Event| {
        event.time.start.zip(event.time.end).map(|(from, to)| Days::new(from, to))
    };
    let gazetteer = weighed.corpus.names.gazetteer;
    let region = |place: &EntityId| gazetteer.governorate(place).map(|place| place.id.clone());
    let place = match (a.place.first(), b.place.first()) {
        (Some(a), Some(b)) => a == b || region(a).is_some_and(|a| region(b) == Some(a)),
        _ => true,
    };
    place && days(a).zip(days(b)).is_none_or(|(a, b)| a.gap(b) < 7)
}

/// What a figure is of, and its claims.
type Bucket = (Of, Vec<usize>);

/// Parts events from those that lie within a longer one at the same place or around it.
fn outermost(weighed: &Weighed, buckets: Vec<Bucket>) -> (Vec<Bucket>, Vec<Bucket>) {
    let span = |of: &Of| match of {
        Of::Event(event) => weighed.events[*event]
            .time
            .start
            .zip(weighed.events[*event].time.end)
            .map(|(a, b)| (*event, Days::new(a, b))),
        Of::Place(_) => None,
    };
    let spans: Vec<Option<(usize, Days)>> = buckets.iter().map(|(of, _)| span(of)).collect();
    let long: Vec<(usize, Days)> =
        spans.iter().flatten().copied().filter(|(_, days)| days.len() > 2).collect();
    let gazetteer = weighed.corpus.names.gazetteer;
    let inside = |inner: usize, outer: usize| {
        let (inner, outer) = (&weighed.events[inner].place, &weighed.events[outer].place);
        inner.first().zip(outer.first()).is_some_and(|(inner, outer)| gazetteer.within(inner, outer))
    };
    let told_within = |&(event, days): &(usize, Days)| {
        long.iter().any(|&(other, longer)| {
            other != event && longer.len() > days.len() && longer.contains(days) && inside(event, other)
        })
    };
    let (mut kept, mut inner) = (Vec::new(), Vec::new());
    for (bucket, span) in buckets.into_iter().zip(&spans) {
        let list = if span.as_ref().is_some_and(told_within) { &mut inner } else { &mut kept };
        list.push(bucket);
    }
    (kept, inner)
}

/// One tally over these events. Voices that speak only of events within them are shown, and not added.
fn sum(
    weighed: &Weighed,
    camps: &Camps,
    scope: TallyScope,
    (measure, group): (Measure, &str),
    buckets: &[Bucket],
    policy: Policy,
    inner: &[Bucket],
) -> Tally {
    let mut by_root: BTreeMap<EntityId, (Option<Range>, BTreeSet<usize>)> = BTreeMap::new();
    let mut total = Estimate::default();
    let chosen = policy::rules(policy);
    // The dead who are named are of everybody, or civilians; of no smaller group is it known.
    let floor = chosen.by_name() && measure == Measure::Killed && matches!(group, "all" | "civilians");
    let mut full = false;
    let mut add = |a: Option<u64>, b: Option<u64>| match (a, b) {
        (Some(a), Some(b)) => {
            full |= a.checked_add(b).is_none();
            Some(a.saturating_add(b))
        }
        (a, b) => a.or(b),
    };
    let mut told: BTreeMap<(EntityId, Range), Vec<&Of>> = BTreeMap::new();
    let (mut summed, mut again) = (0, 0);
    for (of, claims) in buckets {
        let mut figures = figures(camps, &weighed.said, claims);
        figures.retain(|figure| {
            let known = told.entry((figure.root.clone(), figure.range)).or_default();
            let repeated =
                figure.range.point() >= TELLING && known.iter().any(|other| near(weighed, other, of));
            if repeated && let Some((_, all)) = by_root.get_mut(&figure.root) {
                all.extend(&figure.claims);
            }
            known.push(of);
            !repeated
        });
        if figures.is_empty() {
            again += 1;
            continue;
        }
        let named = match of {
            Of::Event(event) if floor => victims::named_dead(weighed, &weighed.members[*event]),
            _ => 0,
        };
        let one = chosen.estimate(camps, &figures, named);
        let rule = if summed == 0 || one.rule == total.rule { one.rule } else { "by event" };
        summed += 1;
        total = Estimate {
            low: add(total.low, one.low),
            best: add(total.best, one.best),
            high: add(total.high, one.high),
            rule,
        };
        for Figure { root, range, claims, earlier, misquotes } in figures {
            let (known, all) = by_root.entry(root).or_default();
            *known = Some(known.map_or(range, |known| known.plus(range)));
            all.extend(
                claims.into_iter().chain(earlier.into_iter().flat_map(|(_, claims)| claims)).chain(misquotes),
            );
        }
    }
    let outer: BTreeSet<EntityId> = by_root.keys().cloned().collect();
    for (_, claims) in inner {
        for Figure { root, range, claims, .. } in figures(camps, &weighed.said, claims) {
            if !outer.contains(&root) {
                let (known, all) = by_root.entry(root).or_default();
                *known = Some(known.map_or(range, |known| known.plus(range)));
                all.extend(claims);
                // Not added, but no less a figure: the bounds hold it too.
                total.low = total.low.map(|low| low.min(range.low.unwrap_or(low)));
                total.high = total.high.max(range.high.or(range.low));
            }
        }
    }
    let mut rule = match policy {
        Policy::BySource => "none chosen: every voice's figure side by side".to_string(),
        Policy::Ucdp | Policy::Airwars | Policy::Acled => total.rule.to_string(),
    };
    if let ([(Of::Event(event), _)], Policy::Airwars) = (buckets, policy) {
        rule += &format!("; graded {}", airwars(&weighed.events[*event], group));
    }
    if summed > 1 {
        rule += &format!("; sum of {summed} events");
    }
    if again > 0 {
        rule += &format!("; {again} that repeat a figure not added");
    }
    if !inner.is_empty() {
        rule += &format!("; {} told within larger ones not added", inner.len());
    }
    if full {
        rule += "; the sum is more than can be counted and stops at the greatest number";
    }
    let by_source = |(root, (range, claims)): (EntityId, (Option<Range>, BTreeSet<usize>))| BySource {
        source: root.split_once('@').map_or(root.as_str(), |(who, _)| who).to_string(),
        side: weighed.side(&root),
        low: range.and_then(|range| range.low),
        high: range.and_then(|range| range.high),
        claims: claims.into_iter().map(|at| weighed.said[at].id().to_string()).collect(),
        root,
    };
    Tally {
        scope,
        measure,
        group: group.to_string(),
        policy: policy.as_str().to_string(),
        low: total.low,
        best: total.best.filter(|_| chosen.chooses()),
        high: total.high,
        by_source: by_root.into_iter().map(by_source).collect(),
        rule,
    }
}
