//! What each voice says of one count: the figure that stands, what it replaced, and who misquotes it.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Date, EntityId, Measure, Status};

use crate::events::text;
use crate::range::Range;
use crate::roots::{Camps, Said};

/// One voice's figure for one measure and group.
#[derive(Clone, Debug)]
pub(crate) struct Figure {
    /// Whose.
    pub(crate) root: EntityId,
    /// How many.
    pub(crate) range: Range,
    /// Claims that give this figure, carriers' included; indexes.
    pub(crate) claims: Vec<usize>,
    /// Earlier figures of the same voice that this one replaces, newest first, with their claims.
    pub(crate) earlier: Vec<(Range, Vec<usize>)>,
    /// Claims that pass on another figure than the voice itself gives.
    pub(crate) misquotes: Vec<usize>,
}

/// Whether the claim gives a figure that can be compared: said to be so, and not a part of a total of the same
/// measure and group.
pub(crate) fn counts(said: &[Said], by_id: &BTreeMap<&str, usize>, at: usize) -> bool {
    let claim = &said[at];
    let Some((measure, _)) = claim.link.figure else { return false };
    let total = claim.link.claim.part_of.as_deref().and_then(|id| by_id.get(id)).map(|&at| &said[at]);
    let same = |total: &Said| {
        total.link.group == claim.link.group && total.link.figure.is_some_and(|(of, _)| of == measure)
    };
    claim.link.claim.status == Status::Asserted && !total.is_some_and(same)
}

/// Whether the numbers are those that a vague word stands for ("dozens", "hundreds"; `claims/GUIDELINES.md`).
fn vague(range: Range) -> bool {
    matches!(
        (range.low, range.high),
        (Some(10 | 24 | 40), Some(99)) | (Some(100), Some(999)) | (Some(1000), Some(9999))
    )
}

/// The figures of these claims, which must be of one measure and group, one per
/// voice that answers for it, by its id.
///
/// A voice's own report outranks what others pass on of it; the newest day outranks earlier ones, and in one report
/// the greatest figure the lesser; a number outranks a vague word; what then agrees is narrowed to what all of it allows, what does not is widened.
pub(crate) fn figures(camps: &Camps, said: &[Said], claims: &[usize]) -> Vec<Figure> {
    let mut by_root: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in claims {
        for root in said[at].voice.roots.iter().map(|root| camps.answers_for(root)).collect::<BTreeSet<_>>() {
            by_root.entry(root).or_default().push(at);
        }
    }
    by_root.into_iter().filter_map(|(root, claims)| figure(said, root, claims)).collect()
}

fn figure(said: &[Said], root: &str, claims: Vec<usize>) -> Option<Figure> {
    let range = |at: usize| said[at].link.figure.map(|(_, range)| range);
    let own: Vec<usize> =
        claims.iter().copied().filter(|&at| said[at].voice.own || said[at].link.outlet == *root).collect();
    let (mut standing, mut misquotes) = (claims.clone(), Vec::new());
    if !own.is_empty() && own.len() < claims.len() {
        let first_own = own.iter().filter_map(|&at| said[at].first).min();
        let said_so = |at: usize| {
            own.iter().any(|&mine| {
                range(mine).zip(range(at)).is_some_and(|(a, b)| a == b || vague(b) && a.agrees(b))
            })
        };
        let early = |at: usize| said[at].first.zip(first_own).is_some_and(|(day, own)| day < own);
        misquotes =
            claims.iter().copied().filter(|&at| !own.contains(&at) && !said_so(at) && !early(at)).collect();
        standing.retain(|at| !misquotes.contains(at));
    }
    // Of several figures in one report the greatest stands ("first spoke of 30, then of at least 80").
    let mut by_text: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &at in &standing {
        by_text.entry(text(&said[at])).or_default().push(at);
    }
    let mut lesser: BTreeMap<Range, Vec<usize>> = BTreeMap::new();
    for claims in by_text.into_values() {
        let exact = |at: &usize| range(*at).filter(|range| !vague(*range));
        let Some(most) = claims.iter().filter_map(exact).max_by_key(|range| (range.point(), *range)) else {
            continue;
        };
        for at in claims {
            if let Some(range) = exact(&at).filter(|range| range.point() < most.point()) {
                lesser.entry(range).or_default().push(at);
            }
        }
    }
    let below: BTreeSet<usize> = lesser.values().flatten().copied().collect();
    standing.retain(|at| !below.contains(at));
    // By day, the unknown day first; "since" and "so far" change with the day, and so may any first count.
    let mut days: BTreeMap<Option<Date>, Vec<usize>> = BTreeMap::new();
    for &at in &standing {
        days.entry(said[at].first).or_default().push(at);
    }
    let mut versions: Vec<(Range, Vec<usize>)> = Vec::new();
    for (_, claims) in days.into_iter().rev() {
        let now = settle(claims.iter().filter_map(|&at| range(at)).collect())?;
        match versions.last_mut() {
            // Said again, or said more loosely before.
            Some((later, known)) if *later == now || (vague(now) && later.agrees(now)) => {
                known.extend(claims)
            }
            _ => versions.push((now, claims)),
        }
    }
    for (range, claims) in lesser.into_iter().rev() {
        match versions.iter_mut().find(|(known, _)| *known == range) {
            Some((_, known)) => known.extend(claims),
            None => versions.push((range, claims)),
        }
    }
    let mut versions = versions.into_iter();
    let (range, mut claims) = versions.next()?;
    claims.sort_unstable();
    Some(Figure { root: root.to_string(), range, claims, earlier: versions.collect(), misquotes })
}

/// One range of several that one voice gives on one day.
fn settle(mut ranges: Vec<Range>) -> Option<Range> {
    if ranges.iter().any(|range| !vague(*range)) {
        ranges.retain(|range| !vague(*range));
    }
    let least = ranges.iter().filter_map(|range| range.low).max();
    let most = ranges.iter().filter_map(|range| range.high).min();
    let all_agree = least.zip(most).is_none_or(|(least, most)| least <= most);
    ranges.into_iter().reduce(|a, b| match all_agree {
        true => Range { low: a.low.max(b.low), high: [a.high, b.high].into_iter().flatten().min() },
        false => a.hull(b),
    })
}

/// Claims with figures that can be compared, by measure and group.
pub(crate) fn by_count<'s>(
    said: &'s [Said],
    by_id: &BTreeMap<&str, usize>,
    claims: impl IntoIterator<Item = usize>,
) -> BTreeMap<(Measure, &'s str), Vec<usize>> {
    let mut found: BTreeMap<(Measure, &str), Vec<usize>> = BTreeMap::new();
    for at in claims {
        if let Some((measure, _)) = said[at].link.figure.filter(|_| counts(said, by_id, at)) {
            found.entry((measure, &said[at].link.group)).or_default().push(at);
        }
    }
    found
}
