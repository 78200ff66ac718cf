//! Events that lie within others: a day of an offensive, one strike in a day of strikes.
//!
//! The whole is of the same kind of deed and not of other doers; by some claim of it, it covers the days and the place
//! of the part, has clearly more dead, and is longer by days or wider. Of several wholes the least is the one. An
//! event that is part of another stays an event of its own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Measure, Status};

use super::Cluster;
use super::candidates::Lists;
use super::likeness::Case;
use super::merge::Tellings;
use super::profile::width;
use crate::corpus::Names;
use crate::days::Days;
use crate::roots::Said;

/// A whole's toll is at least so much of its part's, where nothing else makes it the greater (percent).
const MORE: u64 = 130;
/// A whole lasts so much longer than its part, where it is the longer one (days).
const LONGER: i64 = 2;
/// So many claims of an event are looked at.
const MOST: usize = 40;

/// One claim of an event that says when and where.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Stretch<'s> {
    days: Days,
    place: &'s str,
    width: u8,
    /// Dead by this claim.
    toll: Option<u64>,
}

/// How great an event is.
struct Extent<'s> {
    days: Days,
    /// Its finest known place, and how wide that is.
    place: &'s str,
    width: u8,
    /// Most dead by any claim.
    toll: Option<u64>,
    /// What its claims say of when and where, each once, the longest first.
    told: Vec<Stretch<'s>>,
}

impl<'s> Extent<'s> {
    /// None where it gives no day or no known place.
    fn of(names: &Names, said: &'s [Said], event: &'s Cluster) -> Option<Extent<'s>> {
        let known = |id: &&str| names.gazetteer.place(id).is_some_and(|place| place.kind != "country");
        let mut told = BTreeSet::new();
        for link in event.members.iter().map(|&at| &said[at].link) {
            if link.claim.status != Status::Asserted || link.home {
                continue;
            }
            let toll =
                link.figure.filter(|(what, _)| *what == Measure::Killed).map(|(_, range)| range.point());
            let days = link.when.or(event.day)?;
            for place in link.places.iter().map(String::as_str).filter(known) {
                told.insert(Stretch { days, place, width: width(names, place), toll });
            }
        }
        let mut told: Vec<Stretch> = told.into_iter().collect();
        told.sort_by_key(|stretch| (Reverse(stretch.days.len()), Reverse(stretch.width), *stretch));
        let finest = told.iter().min_by_key(|stretch| (stretch.width, stretch.days.len(), stretch.place))?;
        let (place, width) = (finest.place, finest.width);
        let days = event.day.filter(|_| event.timed).unwrap_or(finest.days);
        let toll = told.iter().filter_map(|stretch| stretch.toll).max();
        told.truncate(MOST);
        Some(Extent { days, place, width, toll, told })
    }

    /// Whether some claim of it covers the other's days: what can be known without looking further.
    fn may_hold(&self, part: &Extent) -> bool {
        self.told.iter().any(|stretch| stretch.days.contains(part.days))
    }

    /// The least claim that makes this one the whole of the other: with a higher toll, of a longer time or a wider
    /// place.
    fn holds(&self, names: &Names, part: &Extent) -> Option<Stretch<'s>> {
        let whole = |stretch: &&Stretch| {
            let longer = self.days.len().min(stretch.days.len()) >= part.days.len() + LONGER;
            let more = stretch
                .toll
                .zip(part.toll)
                .map(|(whole, part)| whole.saturating_mul(100) >= part.saturating_mul(MORE));
            let wider = self.width.min(stretch.width) > part.width;
            stretch.days.contains(part.days)
                && names.gazetteer.within(part.place, stretch.place)
                && more == Some(true)
                && (longer || wider)
        };
        self.told.iter().rfind(whole).copied()
    }
}

/// Whether of two tellings with such cases one may be of a part of the other's event.
pub(super) fn may(cases: &[Case]) -> bool {
    let case = |name: &str| cases.iter().find(|(feature, _)| *feature == name).map_or("", |(_, case)| case);
    case("time") != "apart"
        && matches!(case("place"), "fine" | "same" | "nested" | "wide" | "home")
        && matches!(case("actors"), "same" | "side" | "unsaid")
        && matches!(case("kind"), "same" | "toll")
}

/// The event that each is a part of, by the tellings that are compared (`lists`); `home` is the event of each.
pub(super) fn parts(
    said: &[Said],
    all: &Tellings,
    lists: &Lists,
    home: &[usize],
    events: &[Cluster],
) -> Vec<Option<usize>> {
    let names = all.names;
    let extents: Vec<Option<Extent>> = events.iter().map(|event| Extent::of(names, said, event)).collect();
    let mut wholes: Vec<Option<usize>> = vec![None; events.len()];
    let mut best: BTreeMap<usize, _> = BTreeMap::new();
    let timed = |n: usize| extents[home[n]].is_some();
    let pairs = (0..home.len()).filter(|&a| timed(a)).flat_map(|a| {
        let others = lists.after(a).into_iter();
        others.filter(move |&b| home[a] != home[b] && timed(b)).map(move |b| (a, b))
    });
    for (a, b) in pairs {
        let (Some(x), Some(y)) = (&extents[home[a]], &extents[home[b]]) else { continue };
        if !x.may_hold(y) && !y.may_hold(x) {
            continue;
        }
        if !all.cases(a, b).is_some_and(|cases| may(&cases)) {
            continue;
        }
        for ((part, one), (whole, other)) in [((home[a], x), (home[b], y)), ((home[b], y), (home[a], x))] {
            if let Some(stretch) = other.holds(names, one) {
                let key = (stretch.days.len(), stretch.width, stretch, said[events[whole].leader].id());
                let known = best.entry(part).or_insert((key, whole));
                if key < known.0 {
                    *known = (key, whole);
                }
            }
        }
    }
    for (part, (_, whole)) in best {
        wholes[part] = Some(whole);
    }
    wholes
}
