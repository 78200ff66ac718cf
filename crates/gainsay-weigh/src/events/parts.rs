//! Events that lie within others: a day of an offensive, one strike in a day of strikes.
//!
//! The whole is of the same kind of deed and not of other doers; by some claim of it, it covers the days and the place
//! of the part, has clearly more dead, and is longer by days or wider. Of several wholes the least is the one. An
//! event that is part of another stays an event of its own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{EntityId, Measure, Status};
use jiff::civil::Date;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Stretch<'s> {
    days: Days,
    place: &'s str,
    width: u8,
    /// Dead by this claim.
    toll: Option<u64>,
}

/// How great an event is.
#[derive(Serialize, Deserialize)]
struct Extent<'s> {
    days: Days,
    /// Its finest known place, and how wide that is.
    place: &'s str,
    width: u8,
    /// Most dead by any claim.
    toll: Option<u64>,
    /// What its claims say of when and where, each once, the longest first.
    #[serde(borrow)]
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

/// An event that may be a whole or a part.
#[derive(Serialize, Deserialize)]
pub(super) struct Piece<'s> {
    #[serde(borrow)]
    extent: Extent<'s>,
    /// Who did it.
    actors: Vec<EntityId>,
    /// The claim that founded it.
    leader: &'s str,
    /// When it began, by the earliest of its claims.
    first: Date,
}

impl<'s> Piece<'s> {
    /// None of an event that gives no day or no known place.
    pub(super) fn of(names: &Names, said: &'s [Said], event: &'s Cluster) -> Option<Piece<'s>> {
        let extent = Extent::of(names, said, event)?;
        let first = extent.told.iter().map(|stretch| stretch.days.from).min().unwrap_or(extent.days.from);
        Some(Piece { extent, actors: event.actors.clone(), leader: said[event.leader].id(), first })
    }

    /// The governorate, or the outermost place, in which its wholes are looked for.
    pub(super) fn home(&self, names: &Names) -> String {
        let around = names.gazetteer.ancestors(self.extent.place);
        let outermost = around.iter().rev().find(|place| place.kind != "country");
        let home = names.gazetteer.governorate(self.extent.place).or(outermost.copied());
        home.map_or(self.extent.place, |home| home.id.as_str()).to_string()
    }
}

/// The event that each is a part of: of all of its family that hold it, the least.
///
/// Events are looked up by governorate and kind family, those that began within [`SPAN`] days before; so the work is
/// near-linear.
pub(super) fn parts(names: &Names, said: &[Said], events: &[Cluster]) -> Vec<Option<usize>> {
    let pieces: Vec<Option<Piece>> = events.iter().map(|event| Piece::of(names, said, event)).collect();
    let mut shelf: BTreeMap<(String, &'static str), Vec<(&Piece, usize)>> = BTreeMap::new();
    for (n, piece) in pieces.iter().enumerate() {
        let Some((piece, family)) = piece.as_ref().zip(family(&said[events[n].leader])) else { continue };
        shelf.entry((piece.home(names), family)).or_default().push((piece, n));
    }
    let mut parts = vec![None; events.len()];
    let lists: Vec<Vec<(&Piece, usize)>> = shelf.into_values().collect();
    let found: Vec<Vec<(usize, usize)>> = lists.into_par_iter().map(|list| wholes(names, list)).collect();
    found.into_iter().flatten().for_each(|(part, whole)| parts[part] = Some(whole));
    parts
}

/// Of events of one governorate and family the parts, each with its whole.
pub(super) fn wholes<N: Copy + Ord + Send + Sync>(names: &Names, mut list: Vec<(&Piece, N)>) -> Vec<(N, N)> {
    let camps = Camps::new(*names);
    list.sort_unstable_by_key(|(piece, n)| (piece.first, *n));
    let whole = |(part, n): &(&Piece, N)| {
        let days = part.extent.days;
        let from = list.partition_point(|(piece, _)| piece.first < shift(days.from, -SPAN));
        let to = list.partition_point(|(piece, _)| piece.first <= days.from);
        let others = list[from..to].iter().filter(|(_, other)| other != n);
        let holds = others.filter(|(piece, _)| one_side(&camps, &piece.actors, &part.actors));
        let holds = holds.filter_map(|(piece, n)| {
            let stretch = piece.extent.holds(names, &part.extent)?;
            Some((stretch.days.len(), stretch.width, stretch, piece.leader, *n))
        });
        holds.min().map(|(.., whole)| (*n, whole))
    };
    list.par_iter().filter_map(whole).collect()
}

/// Whether nothing that two events say of their doers sets them against each other.
fn one_side(camps: &Camps, a: &[EntityId], b: &[EntityId]) -> bool {
    let meet = || a.iter().any(|x| b.iter().any(|y| camps.one_side(x, y)));
    a.is_empty() || b.is_empty() || meet()
}
