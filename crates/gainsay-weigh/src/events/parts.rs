//! Events that lie within others: a day of an offensive, one strike in a day of strikes.
//!
//! The whole is of the same kind of deed and not of other doers; by some claim of it, it covers the days and the place
//! of the part, has clearly more dead, and is longer by days or wider. Of several wholes the least is the one. An
//! event that is part of another stays an event of its own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Measure, Status};
use jiff::civil::Date;
use rayon::prelude::*;

use super::profile::width;
use super::{Cluster, family};
use crate::corpus::Names;
use crate::days::{Days, shift};
use crate::roots::{Camps, Said};

/// A whole's toll is at least so much of its part's, where nothing else makes it the greater (percent).
const MORE: u64 = 130;
/// A whole lasts so much longer than its part, where it is the longer one (days).
const LONGER: i64 = 2;
/// A whole began at most so long before its part (days).
const SPAN: i32 = 62;
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

    /// The least claim that makes this one the whole of the other: with a higher toll, of a longer time or a wider
    /// place.
    fn holds(&self, names: &Names, part: &Extent) -> Option<Stretch<'s>> {
        let whole = |stretch: &&Stretch| {
            let longer = stretch.days.len() >= part.days.len() + LONGER;
            let wider = stretch.width > part.width;
            let tolls = stretch.toll.zip(part.toll);
            let more =
                tolls.is_some_and(|(whole, part)| whole.saturating_mul(100) >= part.saturating_mul(MORE));
            stretch.days.contains(part.days)
                && names.gazetteer.within(part.place, stretch.place)
                && more
                && (longer || wider)
        };
        self.told.iter().rfind(whole).copied()
    }
}

/// The event that each is a part of: of all of its family that hold it, the least.
///
/// Events are looked up by governorate and kind family, those that began within [`SPAN`] days before; so the work is
/// near-linear.
pub(super) fn parts(names: &Names, said: &[Said], events: &[Cluster]) -> Vec<Option<usize>> {
    let camps = Camps::new(*names);
    let extents: Vec<Option<Extent>> = events.iter().map(|event| Extent::of(names, said, event)).collect();
    let mut shelf: BTreeMap<(&str, &'static str), Vec<(Date, usize)>> = BTreeMap::new();
    let slot = |n: usize| {
        let extent = extents[n].as_ref()?;
        let around = names.gazetteer.ancestors(extent.place);
        let outermost =
            around.iter().rev().find(|place| place.kind != "country").map(|place| place.id.as_str());
        let home = names.gazetteer.governorate(extent.place).map(|place| place.id.as_str());
        let home = home.or(outermost).unwrap_or(extent.place);
        Some(((home, family(&said[events[n].leader])?), extent))
    };
    for n in 0..events.len() {
        let Some((slot, extent)) = slot(n) else { continue };
        let first = extent.told.iter().map(|stretch| stretch.days.from).min().unwrap_or(extent.days.from);
        shelf.entry(slot).or_default().push((first, n));
    }
    shelf.values_mut().for_each(|list| list.sort_unstable());
    let whole = |part: usize| {
        let (slot, extent) = slot(part)?;
        let list = shelf.get(&slot)?;
        let from = list.partition_point(|(first, _)| *first < shift(extent.days.from, -SPAN));
        let to = list.partition_point(|(first, _)| *first <= extent.days.from);
        let others = list[from..to].iter().map(|&(_, n)| n).filter(|&n| n != part);
        let holds = others.filter(|&n| one_side(&camps, &events[n], &events[part])).filter_map(|n| {
            let stretch = extents[n].as_ref()?.holds(names, extent)?;
            Some((stretch.days.len(), stretch.width, stretch, said[events[n].leader].id(), n))
        });
        holds.min().map(|(.., n)| n)
    };
    (0..events.len()).into_par_iter().map(whole).collect()
}

/// Whether nothing that two events say of their doers sets them against each other.
fn one_side(camps: &Camps, a: &Cluster, b: &Cluster) -> bool {
    let meet = || a.actors.iter().any(|x| b.actors.iter().any(|y| camps.one_side(x, y)));
    a.actors.is_empty() || b.actors.is_empty() || meet()
}
