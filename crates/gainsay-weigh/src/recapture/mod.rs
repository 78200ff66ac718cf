//! How many more there are than are named: capture–recapture over lists of victims, or a refusal.
//!
//! **Takes** lists of people, matched across the lists before ([`crate::victims()`] does so by name).
//! **Gives** an estimate of how many there are in all, with every pair of lists beside it, or why not.
//! **Never** takes counts: a figure in the news has no identities, and nothing can be matched (METHODS 2.6).
//!
//! All of it assumes that nobody joins or leaves the population, that matching is right (one missed match raises
//! the estimate), and that one list does not feed another (which lowers it). Hence the spread of the pairs.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

/// Why there is no estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Refused {
    /// Counts without identities.
    NoNames,
    /// Fewer than three lists: two cannot show whether one depends on the other.
    TooFewLists,
    /// Nobody is on two lists.
    NoOverlap,
}

impl Refused {
    /// The reason, for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Refused::NoNames => "counts have no identities; only lists of named people can be matched",
            Refused::TooFewLists => {
                "two lists cannot show whether one depends on the other; three are needed"
            }
            Refused::NoOverlap => "nobody is on two lists, so nothing tells how many are on none",
        }
    }
}

/// An estimate of how many there are in all.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Recapture {
    /// How many different people the lists name.
    pub named: u64,
    /// At least so many in all (Chao's lower bound, with the factor for few lists).
    pub chao: f64,
    /// Every two lists with their own estimate (Chapman) and its standard deviation.
    pub pairs: Vec<(String, String, f64, f64)>,
}

/// Estimates from lists of people, each by the name of who keeps it.
///
/// # Errors
/// Why the lists allow no estimate.
pub fn recapture(lists: &BTreeMap<String, BTreeSet<String>>) -> Result<Recapture, Refused> {
    let lists: Vec<(&String, &BTreeSet<String>)> =
        lists.iter().filter(|(_, list)| !list.is_empty()).collect();
    if lists.is_empty() {
        return Err(Refused::NoNames);
    }
    if lists.len() < 3 {
        return Err(Refused::TooFewLists);
    }
    let mut on: BTreeMap<&str, u64> = BTreeMap::new();
    lists.iter().flat_map(|(_, list)| list.iter()).for_each(|person| *on.entry(person).or_default() += 1);
    let times = |n: u64| on.values().filter(|&&lists| lists == n).count() as u64;
    let (once, twice) = (times(1), times(2));
    if on.values().all(|&lists| lists < 2) {
        return Err(Refused::NoOverlap);
    }
    let mut pairs = Vec::new();
    for (n, (a, ours)) in lists.iter().enumerate() {
        for (b, theirs) in &lists[n + 1..] {
            let both = ours.intersection(theirs).count() as u64;
            let (estimate, deviation) = chapman(ours.len() as u64, theirs.len() as u64, both);
            pairs.push(((*a).clone(), (*b).clone(), estimate, deviation));
        }
    }
    Ok(Recapture {
        named: on.len() as u64,
        chao: chao(on.len() as u64, once, twice, Some(lists.len() as u64)),
        pairs,
    })
}

/// Two lists of `first` and `second` people with `both` on both: `first * second / both` (Lincoln 1930; Petersen
/// 1896). `None` where nobody is on both.
pub fn lincoln_petersen(first: u64, second: u64, both: u64) -> Option<f64> {
    (both > 0).then(|| first as f64 * second as f64 / both as f64)
}

/// The same without its bias for small lists, and the standard deviation (Chapman 1951; Seber 1970).
pub fn chapman(first: u64, second: u64, both: u64) -> (f64, f64) {
    let (n1, n2, m) = (first as f64, second as f64, both as f64);
    let variance = (n1 + 1.0) * (n2 + 1.0) * (n1 - m) * (n2 - m) / ((m + 1.0) * (m + 1.0) * (m + 2.0));
    ((n1 + 1.0) * (n2 + 1.0) / (m + 1.0) - 1.0, variance.max(0.0).sqrt())
}

/// At least how many there are of whom `named` are on some list, `once` on one alone and `twice` on two (Chao 1987,
/// Biometrics 43(4)); with `lists` given, the form for few lists, whose second term is `(lists - 1) / lists` of it.
/// Where nobody is on exactly two, the form that needs nobody to be.
pub fn chao(named: u64, once: u64, twice: u64, lists: Option<u64>) -> f64 {
    let (n, f1, f2) = (named as f64, once as f64, twice as f64);
    let unseen = if twice > 0 { f1 * f1 / (2.0 * f2) } else { f1 * (f1 - 1.0).max(0.0) / 2.0 };
    let factor = lists.filter(|lists| *lists > 0).map_or(1.0, |lists| (lists as f64 - 1.0) / lists as f64);
    n + factor * unseen
}
