//! The light form: knots of the true total, leanings of the sources, one ridge regression.

use std::collections::{BTreeMap, BTreeSet};

use super::ridge::{Ridge, Solved};

/// One report of a running total.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// What is counted: deaths, tanks …
    pub category: String,
    /// Whose losses.
    pub side: String,
    /// Who reports.
    pub source: String,
    /// The day, from any first day.
    pub day: i64,
    /// How many; nothing is taken for one.
    pub count: u64,
    /// "At least so many".
    pub at_least: bool,
    /// "At most so many".
    pub at_most: bool,
}

/// What is assumed before anything is reported; all are standard deviations of natural logarithms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prior {
    /// Of a source's leaning towards a side.
    pub leaning: f64,
    /// Of how it leans otherwise in one category.
    pub category: f64,
    /// Of what "at least" and "at most" do to a source's figures.
    pub bound: f64,
    /// Of a single figure around its source's mean.
    pub noise: f64,
    /// Of how far growth changes from one knot to the next.
    pub bend: f64,
}

impl Default for Prior {
    /// Leanings and noise as in METHODS T9 (the paper's biases are N(0, 1) too); bends wide enough for a front that
    /// breaks, narrow enough to carry a series over a silent month.
    fn default() -> Prior {
        Prior { leaning: 1.0, category: 1.0, bound: 1.0, noise: 0.15, bend: 0.3 }
    }
}

/// A knot about so many days,
const KNOT_DAYS: i64 = 30;
/// and at most so many knots a series.
const MOST_KNOTS: i64 = 24;
/// So little is assumed of how great a total is.
const FLAT: f64 = 1e-8;
/// Of the normal distribution 95 % lie within so many standard deviations.
const TWO_SIDED: f64 = 1.959_964;

/// A figure and where it lies with 95 % probability.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval95 {
    /// 2.5 % lie below.
    pub low: f64,
    /// The middle.
    pub mid: f64,
    /// 2.5 % lie above.
    pub high: f64,
}

/// A fitted model.
pub struct Fit {
    solved: Solved,
    /// Where the knots of each category and side begin, how many there are, and on which days.
    series: BTreeMap<(String, String), Knots>,
    /// The unknown that is a source's leaning towards a side.
    leaning: BTreeMap<(String, String), usize>,
    /// How it leans otherwise in one category of that side.
    category: BTreeMap<(String, String, String), usize>,
}

/// Knots of one series.
#[derive(Clone, Copy)]
struct Knots {
    at: usize,
    many: usize,
    first: i64,
    last: i64,
}

impl Knots {
    /// The two knots around a day and how much each counts; beyond the ends the end itself.
    fn around(self, day: i64) -> Vec<(usize, f64)> {
        let span = self.last - self.first;
        if self.many < 2 || span == 0 {
            return vec![(self.at, 1.0)];
        }
        let place =
            (day.clamp(self.first, self.last) - self.first) as f64 * (self.many - 1) as f64 / span as f64;
        let below = (place as usize).min(self.many - 2);
        let share = place - below as f64;
        vec![(self.at + below, 1.0 - share), (self.at + below + 1, share)]
    }
}

/// Fits the model; `None` without rows.
pub fn fit(rows: &[Row], prior: &Prior) -> Option<Fit> {
    let mut rows: Vec<&Row> = rows.iter().collect();
    rows.sort();
    let mut days: BTreeMap<(String, String), (i64, i64)> = BTreeMap::new();
    let mut categories: BTreeMap<(&str, &str), BTreeSet<&str>> = BTreeMap::new();
    for row in &rows {
        let (first, last) =
            days.entry((row.category.clone(), row.side.clone())).or_insert((row.day, row.day));
        (*first, *last) = ((*first).min(row.day), (*last).max(row.day));
        categories.entry((&row.source, &row.side)).or_default().insert(&row.category);
    }
    let mut unknowns = 0;
    let mut more = |many: usize| {
        unknowns += many;
        unknowns - many
    };
    let mut series = BTreeMap::new();
    for (key, (first, last)) in days {
        let many = ((last.saturating_sub(first)) / KNOT_DAYS + 1).clamp(1, MOST_KNOTS);
        let many = usize::try_from(if last > first { many.max(2) } else { 1 }).unwrap_or(1);
        series.insert(key, Knots { at: more(many), many, first, last });
    }
    let (mut leaning, mut category) = (BTreeMap::new(), BTreeMap::new());
    for ((source, side), of) in &categories {
        leaning.insert((source.to_string(), side.to_string()), more(1));
        // In one category alone the two could not be told apart.
        for name in of.iter().filter(|_| of.len() > 1) {
            category.insert((source.to_string(), side.to_string(), name.to_string()), more(1));
        }
    }
    let bounds = |is: fn(&Row) -> bool| -> BTreeSet<String> {
        rows.iter().filter(|row| is(row)).map(|row| row.source.clone()).collect()
    };
    let least: BTreeMap<String, usize> =
        bounds(|row| row.at_least).into_iter().map(|source| (source, more(1))).collect();
    let most: BTreeMap<String, usize> =
        bounds(|row| row.at_most).into_iter().map(|source| (source, more(1))).collect();

    let mut ridge = Ridge::new(unknowns);
    for knots in series.values() {
        (0..knots.many).for_each(|n| ridge.prior(knots.at + n, FLAT));
        for n in 0..knots.many.saturating_sub(2) {
            let at = knots.at + n;
            ridge.row(&[(at, 1.0), (at + 1, -2.0), (at + 2, 1.0)], 0.0, 1.0 / (prior.bend * prior.bend));
        }
    }
    let precision = |deviation: f64| 1.0 / (deviation * deviation);
    leaning.values().for_each(|&at| ridge.prior(at, precision(prior.leaning)));
    category.values().for_each(|&at| ridge.prior(at, precision(prior.category)));
    least.values().chain(most.values()).for_each(|&at| ridge.prior(at, precision(prior.bound)));
    for row in &rows {
        let mut terms = series[&(row.category.clone(), row.side.clone())].around(row.day);
        terms.push((leaning[&(row.source.clone(), row.side.clone())], 1.0));
        let own = (row.source.clone(), row.side.clone(), row.category.clone());
        terms.extend(category.get(&own).map(|&at| (at, 1.0)));
        terms.extend(least.get(&row.source).filter(|_| row.at_least).map(|&at| (at, 1.0)));
        terms.extend(most.get(&row.source).filter(|_| row.at_most).map(|&at| (at, 1.0)));
        ridge.row(&terms, libm::log(row.count.max(1) as f64), precision(prior.noise));
    }
    let solved = ridge.solve()?;
    (!rows.is_empty()).then_some(Fit { solved, series, leaning, category })
}

impl Fit {
    /// The true running total on a day, by all that is reported; beyond the reported days that of the nearest.
    pub fn at(&self, category: &str, side: &str, day: i64) -> Option<Interval95> {
        let terms = self.series.get(&(category.to_string(), side.to_string()))?.around(day);
        let mean: f64 = terms.iter().map(|&(at, share)| self.solved.value(at) * share).sum();
        let deviation = self.solved.variance(&terms).max(0.0).sqrt();
        let exp = |times: f64| libm::exp((mean + times * TWO_SIDED * deviation).clamp(-500.0, 500.0));
        Some(Interval95 { low: exp(-1.0), mid: exp(0.0), high: exp(1.0) })
    }

    /// How many times too high a source's figures for a side are: 1 for not at all.
    pub fn leaning(&self, source: &str, side: &str, category: &str) -> Option<f64> {
        let key = (source.to_string(), side.to_string());
        let own = self.category.get(&(key.0.clone(), key.1.clone(), category.to_string()));
        let sum = self.solved.value(*self.leaning.get(&key)?) + own.map_or(0.0, |&at| self.solved.value(at));
        Some(libm::exp(sum.clamp(-500.0, 500.0)))
    }

    /// What the model would have a source report: for checking it on figures held out.
    pub fn expected(&self, row: &Row) -> Option<f64> {
        let total = self.at(&row.category, &row.side, row.day)?.mid;
        Some(total * self.leaning(&row.source, &row.side, &row.category).unwrap_or(1.0))
    }
}
