//! Which tellings are compared: those that stand near each other in a list they share.
//!
//! A telling stands in a list for each small place around it, each figure, each telling word, and for its
//! governorate where its report leads with it. A list is sorted by day, then by what is told, and each telling is
//! compared with the next few in it (the sorted neighbourhood: Hernández and Stolfo 1995, SIGMOD). So one telling
//! more changes only pairs of its near neighbours, and the work grows with the tellings and not with their pairs.

use jiff::civil::Date;

use super::profile::{Profile, width};
use super::words::number;
use crate::corpus::Names;
use crate::days::between;

/// Tellings of one list are compared if their first days lie at most so far apart (days).
pub(super) const REACH: i64 = 10;
/// Each telling is compared with so many that come after it in a list.
const MOST: usize = 24;
/// A word makes a list if it tells so much (bits).
const TELLING: u32 = 4;
/// Where days are counted from.
const EPOCH: Date = jiff::civil::date(2000, 1, 1);

/// Where a telling stands in one list: the list, its first day, and among those of one day its place by what it
/// tells. Made of the telling alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// The list.
    pub(super) list: u64,
    /// First day (days since 2000).
    pub(super) day: i32,
    /// What is told, as a number: where, and the rarest word.
    pub(super) turn: u64,
    /// The telling.
    pub(super) telling: u32,
}

/// All places of a telling in lists, sorted; none where it gives no day.
pub(super) fn entries(names: &Names, profile: &Profile, telling: u32) -> Vec<Entry> {
    let Some(span) = profile.day() else { return Vec::new() };
    let day = between(EPOCH, span.from);
    let mut lists: Vec<u64> = Vec::new();
    for place in profile.places.iter().chain(&profile.near) {
        let around = names.gazetteer.ancestors(place);
        let around = around.iter().map(|place| place.id.as_str()).chain([*place]);
        lists.extend(around.filter(|id| width(names, id) < 2).map(|id| list("place", id)));
    }
    let figures = profile.figures.iter();
    lists.extend(figures.map(|(what, _, range)| list(what.as_str(), &range.point().to_string())));
    lists.extend(profile.words.iter().filter(|word| word.bits >= TELLING).map(|word| word.word));
    if profile.leads {
        let home = |place| names.gazetteer.governorate(place).map_or("", |home| home.id.as_str());
        lists.extend(profile.places.iter().chain(&profile.near).map(|place| list("lead", home(place))));
    }
    lists.sort_unstable();
    lists.dedup();
    let rarest = profile.words.iter().map(|word| (std::cmp::Reverse(word.bits), word.word)).min();
    let place = profile.places.first().map_or(0, |place| number(place) << 32);
    let turn = place ^ rarest.map_or(0, |(_, word)| word >> 32);
    let family = number(profile.family);
    // What lasts long also meets what happened at its end.
    let last = between(EPOCH, span.to);
    let days = [Some(day), (last > day + REACH / 2).then_some(last)];
    let entry = |list: u64| {
        let at = move |day: i64| Entry { list: list ^ family, day: day as i32, turn, telling };
        days.into_iter().flatten().map(at)
    };
    lists.into_iter().flat_map(entry).collect()
}

fn list(kind: &str, what: &str) -> u64 {
    number(kind) ^ number(what).rotate_left(17)
}

/// Those of a list that stand near a place in it, nearest first, of all that follow it or that come before it.
pub(super) fn near<'e>(
    own: &'e Entry,
    others: impl Iterator<Item = &'e Entry>,
) -> impl Iterator<Item = &'e Entry> {
    others
        .take(MOST)
        .take_while(move |other| other.list == own.list && (other.day - own.day).abs() <= REACH as i32)
}

/// Tellings in their lists, to find neighbours in. No list of pairs is ever made: there are many times more of them.
pub(super) struct Lists {
    entries: Vec<Entry>,
    /// Where each telling stands: its places in `entries`, from its start on.
    places: Vec<u32>,
    starts: Vec<u32>,
}

impl Lists {
    /// The lists of so many tellings.
    pub(super) fn new(mut entries: Vec<Entry>, tellings: usize) -> Lists {
        entries.sort_unstable();
        let small = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let mut starts = vec![0; tellings + 1];
        entries.iter().for_each(|entry| starts[entry.telling as usize + 1] += 1);
        (0..tellings).for_each(|n| starts[n + 1] += starts[n]);
        let mut next = starts.clone();
        let mut places = vec![0; entries.len()];
        for (at, entry) in entries.iter().enumerate() {
            let next = &mut next[entry.telling as usize];
            places[*next as usize] = small(at);
            *next += 1;
        }
        Lists { entries, places, starts }
    }

    /// The tellings with greater numbers that this one is compared with: sorted, each once.
    pub(super) fn after(&self, telling: usize) -> Vec<usize> {
        let mut found: Vec<usize> = Vec::new();
        let places = &self.places[self.starts[telling] as usize..self.starts[telling + 1] as usize];
        for &at in places {
            let at = at as usize;
            let own = &self.entries[at];
            let later = near(own, self.entries[at + 1..].iter());
            let earlier = near(own, self.entries[..at].iter().rev());
            let beside = later.chain(earlier).map(|other| other.telling as usize);
            found.extend(beside.filter(|other| *other > telling));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Pairs of tellings to compare, the lesser first, sorted, each once.
    #[cfg(test)]
    fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        (0..self.starts.len() - 1).flat_map(|a| self.after(a).into_iter().map(move |b| (a, b)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_telling_more_changes_only_pairs_of_its_neighbours() {
        let entry = |n: u32| Entry { list: 1, day: n as i32 / 30, turn: u64::from(n) * 7 % 30, telling: n };
        let all = |skip: u32| -> Vec<(usize, usize)> {
            Lists::new((0..300).filter(|n| *n != skip).map(entry).collect(), 300).pairs().collect()
        };
        let (with, without) = (all(300), all(150));
        let gone: Vec<_> = with.iter().filter(|pair| !without.contains(pair)).collect();
        assert!(gone.iter().all(|(a, b)| *a == 150 || *b == 150), "{gone:?}");
        let new: Vec<_> = without.iter().filter(|pair| !with.contains(pair)).collect();
        let near = |n: usize| (n as i64 / 30 - 5).abs() <= 2;
        assert!(new.len() <= MOST && new.iter().all(|(a, b)| near(*a) && near(*b)), "{new:?}");
    }
}
