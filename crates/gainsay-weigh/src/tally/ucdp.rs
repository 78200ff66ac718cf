//! Low, best and high after UCDP (Sundberg and Melander 2013, J. Peace Research 50(4)).
//!
//! Low is the least that a voice gives, high the greatest. Best is the figure that most independent camps allow;
//! where several are allowed by as many, the least of them: "tie -> low". In UCDP's own coding best is low in two
//! thirds of the events where low and high differ (counted on the UCDP-AEC corpus).

use std::collections::BTreeMap;

use super::figure::Figure;
use crate::roots::Camps;

/// Low, best, high, and the rule that chose.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Estimate {
    /// Least that a voice gives.
    pub(crate) low: Option<u64>,
    /// Figure that most independent camps allow.
    pub(crate) best: Option<u64>,
    /// Greatest that a voice gives.
    pub(crate) high: Option<u64>,
    /// Why `best` is best.
    pub(crate) rule: &'static str,
}

/// The estimate from figures of one measure and group of one event, one per root.
pub(crate) fn ucdp(camps: &Camps, figures: &[Figure]) -> Estimate {
    let ends =
        |figure: &Figure| [figure.range.low, figure.range.high].into_iter().flatten().collect::<Vec<u64>>();
    // "Up to 7,000" says how many at most, and nothing of how many.
    let points: Vec<u64> = figures.iter().filter_map(|figure| figure.range.low).collect();
    let low = figures.iter().map(|figure| figure.range.low.unwrap_or(0)).min();
    let high = figures.iter().flat_map(ends).max();
    let mut ranked = support(camps, figures, points);
    ranked.sort_by_key(|&(support, value)| (std::cmp::Reverse(support), value));
    let (best, rule) = match ranked[..] {
        [] => (None, "no lower bound"),
        [(_, value)] => (Some(value), if figures.len() == 1 { "one voice" } else { "all agree" }),
        [(most, value), (next, _), ..] if most > next => (Some(value), "most independent voices"),
        [(_, value), ..] => (Some(value), "tie -> low"),
    };
    Estimate { low: best.map_or(low, |best| low.map(|low| low.min(best))), best, high: high.max(best), rule }
}

/// How many independent camps allow each of these values, by a sweep over the ends of their ranges.
fn support(camps: &Camps, figures: &[Figure], mut values: Vec<u64>) -> Vec<(usize, u64)> {
    values.sort_unstable();
    values.dedup();
    let names: Vec<String> = figures.iter().map(|figure| camps.of(&figure.root)).collect();
    let mut opens: Vec<(u64, &str)> = Vec::new();
    let mut closes: Vec<(u64, &str)> = Vec::new();
    for (figure, camp) in figures.iter().zip(&names) {
        opens.push((figure.range.low.unwrap_or(0), camp));
        closes.extend(figure.range.high.map(|high| (high, camp.as_str())));
    }
    opens.sort_unstable();
    closes.sort_unstable();
    let (mut opens, mut closes) = (opens.into_iter().peekable(), closes.into_iter().peekable());
    let mut open: BTreeMap<&str, usize> = BTreeMap::new();
    let mut counted = Vec::with_capacity(values.len());
    for value in values {
        while let Some((_, camp)) = opens.next_if(|(low, _)| *low <= value) {
            *open.entry(camp).or_default() += 1;
        }
        while let Some((_, camp)) = closes.next_if(|(high, _)| *high < value) {
            let left = open.get(camp).map_or(0, |n| n - 1);
            match left {
                0 => drop(open.remove(camp)),
                left => drop(open.insert(camp, left)),
            }
        }
        counted.push((open.len(), value));
    }
    counted
}
