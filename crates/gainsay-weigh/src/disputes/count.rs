//! How many: ranges of different voices that no number satisfies.
//!
//! "More than 280" and 300 agree; 50 and 65 do not. Figures of one event are compared by measure and group; how
//! things stand (displaced, in need, besieged) by place and day. What one voice says newer, and what rises from
//! day to day, is a revision.

use std::collections::BTreeMap;

use gainsay_model::{ClaimId, Dispute, DisputeKind, DisputeSide, EntityId, Measure, Status, Subject};

use super::{each_event, side};
use crate::Weighed;
use crate::days::{Days, between};
use crate::range::Range;
use crate::roots::Camps;
use crate::table::rules;
use crate::tally::{Figure, by_count, figures};

/// Standing counts this near in time are of one state (days); further apart they are of two.
const SAME_TIME: i64 = 3;

/// Disputes and revisions over counts of one event, and misquotes.
pub(super) fn count(weighed: &Weighed) -> (Vec<Dispute>, Vec<ClaimId>) {
    let camps = Camps::new(weighed.corpus.names);
    let (found, misquotes): (Vec<Vec<Dispute>>, Vec<Vec<ClaimId>>) = each_event(weighed, |event, members| {
        let (mut found, mut misquotes) = (Vec::new(), Vec::new());
        let claims = members
            .iter()
            .copied()
            .filter(|&at| rules().disputed(DisputeKind::Count, "incident", weighed.said[at].link.claim.kind));
        for ((measure, group), claims) in by_count(&weighed.said, &weighed.by_id, claims) {
            let figures = figures(&camps, &weighed.said, &claims);
            let about = Subject {
                event: Some(event.id.clone()),
                measure: Some(measure),
                group: Some(group.into()),
                ..Subject::default()
            };
            misquotes.extend(
                figures
                    .iter()
                    .flat_map(|figure| &figure.misquotes)
                    .map(|&at| weighed.said[at].id().to_string()),
            );
            let rivals = rivals(&figures);
            if !rivals.is_empty() {
                let id = format!("count-{}-{measure}-{group}", event.id);
                found.push(dispute(
                    id,
                    about.clone(),
                    sides(weighed, rivals.iter().map(|figure| (figure.range, &figure.claims))),
                    false,
                ));
            }
            for figure in figures.iter().filter(|figure| {
                figure.earlier.iter().any(|(range, _)| range.point() != figure.range.point())
            }) {
                let id = format!("revision-{}-{measure}-{group}-{}", event.id, figure.root);
                let versions = std::iter::once((figure.range, &figure.claims))
                    .chain(figure.earlier.iter().map(|(range, claims)| (*range, claims)));
                found.push(dispute(id, about.clone(), sides(weighed, versions), true));
            }
        }
        (!found.is_empty() || !misquotes.is_empty()).then_some((found, misquotes))
    })
    .into_iter()
    .unzip();
    let mut misquotes: Vec<ClaimId> = misquotes.into_iter().flatten().collect();
    misquotes.sort();
    misquotes.dedup();
    (found.into_iter().flatten().collect(), misquotes)
}

/// Claims of one count at one place, with their days.
type Run = Vec<(Days, usize)>;

/// Disputes and revisions over how things stand at one place.
pub(super) fn standing(weighed: &Weighed) -> Vec<Dispute> {
    let camps = Camps::new(weighed.corpus.names);
    let mut series: BTreeMap<(Measure, &str, &EntityId), Run> = BTreeMap::new();
    for (at, said) in weighed.said.iter().enumerate() {
        let Some((measure, _)) = said.link.figure else { continue };
        let claim = said.link.claim;
        let wanted = matches!(measure, Measure::Displaced | Measure::InNeed | Measure::Besieged);
        let Some(day) =
            said.day().filter(|_| wanted && claim.status == Status::Asserted && claim.part_of.is_none())
        else {
            continue;
        };
        if rules().disputed(DisputeKind::Count, "standing", claim.kind) {
            for place in &said.link.places {
                series.entry((measure, &said.link.group, place)).or_default().push((day, at));
            }
        }
    }
    let mut found = Vec::new();
    for ((measure, group, place), mut points) in series {
        points.sort_by_key(|(day, at)| (day.to, day.from, *at));
        let about = Subject {
            place: Some(place.clone()),
            measure: Some(measure),
            group: Some(group.into()),
            ..Subject::default()
        };
        // Runs of days near to each other: within one, voices can gainsay; from one to the next, things change.
        let mut runs: Vec<Run> = Vec::new();
        for (day, at) in points {
            match runs.last_mut().filter(|run| between(run[0].0.to, day.to) <= SAME_TIME) {
                Some(run) => run.push((day, at)),
                None => runs.push(vec![(day, at)]),
            }
        }
        let mut states: Vec<(Range, Vec<usize>)> = Vec::new();
        for run in runs {
            let claims: Vec<usize> = run.iter().map(|(_, at)| *at).collect();
            let figures = figures(&camps, &weighed.said, &claims);
            let rivals = rivals(&figures);
            if !rivals.is_empty() {
                let id = format!("count-{}-{place}-{measure}-{group}", run[0].0.to);
                found.push(dispute(
                    id,
                    about.clone(),
                    sides(weighed, rivals.iter().map(|figure| (figure.range, &figure.claims))),
                    false,
                ));
            }
            let Some(least) = figures.iter().map(|figure| figure.range).min_by_key(|range| range.point())
            else {
                continue;
            };
            if states.last().is_none_or(|(last, _)| last.point() != least.point()) {
                states.push((least, claims));
            }
        }
        if states.len() > 1 {
            let id = format!("revision-{place}-{measure}-{group}");
            let newest_first = states.iter().rev().map(|(range, claims)| (*range, claims));
            found.push(dispute(id, about, sides(weighed, newest_first), true));
        }
    }
    found
}

/// Figures that no number satisfies together with some other voice's.
fn rivals(figures: &[Figure]) -> Vec<&Figure> {
    let greatest_low = figures.iter().filter_map(|figure| figure.range.low).max();
    let least_high = figures.iter().filter_map(|figure| figure.range.high).min();
    let above = |figure: &Figure| figure.range.low.zip(least_high).is_some_and(|(low, high)| low > high);
    let below = |figure: &Figure| figure.range.high.zip(greatest_low).is_some_and(|(high, low)| high < low);
    figures.iter().filter(|figure| above(figure) || below(figure)).collect()
}

/// One side for each value, in the order given.
fn sides<'c>(
    weighed: &Weighed,
    versions: impl Iterator<Item = (Range, &'c Vec<usize>)>,
) -> Vec<(Range, DisputeSide)> {
    let mut values: Vec<(Range, Vec<usize>)> = Vec::new();
    for (range, claims) in versions {
        match values.iter_mut().find(|(known, _)| *known == range) {
            Some((_, known)) => known.extend(claims),
            None => values.push((range, claims.clone())),
        }
    }
    values.into_iter().map(|(range, claims)| (range, side(weighed, range.to_string(), claims))).collect()
}

fn dispute(id: String, about: Subject, mut sides: Vec<(Range, DisputeSide)>, revision: bool) -> Dispute {
    if !revision {
        sides.sort_by_key(|(range, _)| (range.point(), *range));
    }
    let points = || sides.iter().map(|(range, _)| range.point());
    let spread = points().min().zip(points().max()).filter(|(least, _)| *least > 0);
    let spread = spread.map(|(least, greatest)| {
        // Three decimals, rounded half up, in whole numbers until the last step.
        let thousandths = (u128::from(greatest) * 2000 / u128::from(least)).div_ceil(2);
        thousandths as f64 / 1000.0
    });
    Dispute {
        id,
        kind: DisputeKind::Count,
        about,
        sides: sides.into_iter().map(|(_, side)| side).collect(),
        spread,
        revision,
    }
}
