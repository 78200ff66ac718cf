//! Sieges as they were known from day to day, by all voices and by each source.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{Date, EntityId, Siege};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::{Told, told};
use crate::days::{known_days, shift};
use crate::{Ask, Weighed};

/// A siege as it was known over a stretch of days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KnownSiege {
    /// Only by the word of this source; by all where none is named.
    pub according_to: Option<EntityId>,
    /// First day on which it was known so. The last day of the calendar where it rests on what was said on no known
    /// day, and so is known only as known today.
    pub known_from: Date,
    /// Last day on which it was known so; `None` while it is.
    pub known_to: Option<Date>,
    /// The siege.
    pub siege: Siege,
}

/// Every siege as known on each day on which something new was said of its place.
pub fn known_sieges(weighed: &Weighed) -> Vec<KnownSiege> {
    let of = |(place, told): (&EntityId, Told)| {
        let mut by_source: BTreeMap<EntityId, Told> = BTreeMap::new();
        for at in told.all() {
            for source in weighed.said_according_to(at) {
                by_source.entry(source).or_default().list(weighed.said[at].link.claim.kind).push(at);
            }
        }
        let mut found = over_days(weighed, place, None, &told);
        for (source, told) in by_source.into_iter().filter(|(_, told)| !told.sieges.is_empty()) {
            found.extend(over_days(weighed, place, Some(&source), &told));
        }
        found
    };
    let places: Vec<_> =
        told(weighed, &Ask::default()).into_iter().filter(|(_, told)| !told.sieges.is_empty()).collect();
    places.into_par_iter().flat_map_iter(of).collect()
}

fn over_days(weighed: &Weighed, place: &EntityId, source: Option<&EntityId>, told: &Told) -> Vec<KnownSiege> {
    let said = |at: usize| weighed.said[at].link.said.unwrap_or(Date::MAX);
    let days: BTreeSet<Date> = told.all().map(said).collect();
    let known = |known_from: Date, known_to: Option<Date>, siege: Siege| KnownSiege {
        according_to: source.cloned(),
        known_from,
        known_to,
        siege,
    };
    let (mut open, mut found): (Vec<(Date, Siege)>, Vec<KnownSiege>) = (Vec::new(), Vec::new());
    for day in known_days(days, told.all().count()) {
        let by = |list: &[usize]| list.iter().copied().filter(|&at| said(at) <= day).collect();
        let heard = Told { sieges: by(&told.sieges), blocks: by(&told.blocks), brought: by(&told.brought) };
        let mut now = heard.sieges(weighed, place);
        let mut stay = Vec::with_capacity(now.len());
        for (since, siege) in open {
            match now.iter().position(|new| *new == siege) {
                Some(n) => stay.push((since, now.swap_remove(n))),
                None => found.push(known(since, Some(shift(day, -1)), siege)),
            }
        }
        stay.extend(now.into_iter().map(|siege| (day, siege)));
        open = stay;
    }
    found.extend(open.into_iter().map(|(since, siege)| known(since, None, siege)));
    found.sort_by(|a, b| {
        (a.siege.from, a.known_from, &a.siege.claims).cmp(&(b.siege.from, b.known_from, &b.siege.claims))
    });
    found
}

impl Told {
    /// All claims of it.
    fn all(&self) -> impl Iterator<Item = usize> {
        self.sieges.iter().chain(&self.blocks).chain(&self.brought).copied()
    }
}
