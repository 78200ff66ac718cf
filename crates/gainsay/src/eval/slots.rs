//! How well a predicted claim fits a gold one: right, missed and wrong fillers of every slot.

use gainsay_model::{Interval, Span};

use super::lines::{Count, Line, Names};

/// The slots, in the order in which they are printed.
pub const SLOTS: [&str; 7] = ["actor", "target", "place", "source", "time", "count", "status"];

/// Kinds whose actor and target may be given either way round.
const SYMMETRIC: [&str; 3] = ["clash", "agreement", "cooperation"];

/// Right, missed, wrong.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// True positives.
    pub tp: u64,
    /// False negatives.
    pub fn_: u64,
    /// False positives.
    pub fp: u64,
}

impl Found {
    fn new(tp: usize, fn_: usize, fp: usize) -> Found {
        Found { tp: tp as u64, fn_: fn_ as u64, fp: fp as u64 }
    }

    /// Both together.
    pub fn plus(self, other: Found) -> Found {
        Found { tp: self.tp + other.tp, fn_: self.fn_ + other.fn_, fp: self.fp + other.fp }
    }

    /// Whether anything is missed or wrong.
    pub fn is_off(self) -> bool {
        self.fn_ > 0 || self.fp > 0
    }
}

/// Greedy one-to-one matches; a predicted filler that repeats a gold one already matched is neither right nor wrong.
fn match_sets<'a>(gold: impl Iterator<Item = &'a Names> + Clone, pred: &[&Names]) -> Found {
    let same = |a: &Names, b: &Names| a.iter().any(|x| b.iter().any(|y| x.same(y)));
    let mut used = vec![false; pred.len()];
    let (mut total, mut matched) = (0, 0);
    for filler in gold.clone() {
        total += 1;
        if let Some(at) = (0..pred.len()).find(|&at| !used[at] && same(filler, pred[at])) {
            used[at] = true;
            matched += 1;
        }
    }
    let extra =
        (0..pred.len()).filter(|&at| !used[at] && !gold.clone().any(|filler| same(filler, pred[at]))).count();
    Found::new(matched, total - matched, extra)
}

fn sets(gold: &[Names], pred: &[Names]) -> Found {
    match_sets(gold.iter(), &pred.iter().collect::<Vec<_>>())
}

/// Days since some day, as differences are taken of them.
fn days(gold: Interval, pred: Interval) -> [Option<i64>; 4] {
    let origin = jiff::civil::date(1, 1, 1);
    [gold.start, gold.end, pred.start, pred.end].map(|day| Some(i64::from((day? - origin).get_days())))
}

/// Within a day at both ends, or half the days shared.
fn time_ok(gold: Interval, pred: Option<Interval>) -> bool {
    let [gs, ge, ps, pe] = days(gold, pred.unwrap_or(Interval { start: None, end: None }));
    if ps.is_none() && pe.is_none() {
        return false;
    }
    let (Some(gs), Some(ge)) = (gs, ge) else {
        // One open end: the end that is known is compared.
        let near = |gold: Option<i64>, pred: Option<i64>| {
            gold.is_none_or(|gold| pred.is_some_and(|pred| (gold - pred).abs() <= 1))
        };
        return near(gs, ps) && near(ge, pe);
    };
    let (Some(ps), Some(pe)) = (ps.or(pe), pe.or(ps)) else { return false };
    if (gs - ps).abs() <= 1 && (ge - pe).abs() <= 1 {
        return true;
    }
    let inter = ge.min(pe) - gs.max(ps) + 1;
    let union = ge.max(pe) - gs.min(ps) + 1;
    inter > 0 && inter as f64 / union as f64 >= 0.5
}

fn count_ok(gold: &Count, pred: Option<&Count>) -> bool {
    pred.is_some_and(|pred| {
        pred.low == gold.low
            && pred.high == gold.high
            && pred.what.iter().any(|what| gold.what.contains(what))
    })
}

/// Each slot of an aligned pair, in the order of [`SLOTS`].
pub fn slots(gold: &Line, pred: &Line) -> [Found; 7] {
    let symmetric = gold.kind.iter().any(|kind| SYMMETRIC.contains(&kind.as_str()));
    let (actor, target) = if symmetric {
        let both: Vec<&Names> = pred.actor.iter().chain(&pred.target).collect();
        (match_sets(gold.actor.iter().chain(&gold.target), &both), Found::default())
    } else {
        (sets(&gold.actor, &pred.actor), sets(&gold.target, &pred.target))
    };
    let one =
        |ok: bool, given: bool| if ok { Found::new(1, 0, 0) } else { Found::new(0, 1, usize::from(given)) };
    let time = gold.time.map_or(Found::default(), |time| one(time_ok(time, pred.time), pred.time.is_some()));
    let count = match &gold.count {
        Some(count) => one(count_ok(count, pred.count.as_ref()), pred.count.is_some()),
        None => Found::new(0, 0, usize::from(pred.count.is_some())),
    };
    let status = one(pred.status.iter().any(|status| gold.status.contains(status)), true);
    [actor, target, sets(&gold.place, &pred.place), sets(&gold.source, &pred.source), time, count, status]
}

/// How many fillers an unaligned claim carries, slot by slot; a time counts only in gold.
pub fn fillers(line: &Line, gold: bool) -> [u64; 7] {
    let lists = [&line.actor, &line.target, &line.place, &line.source].map(|list| list.len() as u64);
    let [actor, target, place, source] = lists;
    [actor, target, place, source, u64::from(line.time.is_some() && gold), u64::from(line.count.is_some()), 1]
}

/// The greatest share of the shorter of two pieces of evidence that the other covers.
fn overlap(gold: &Line, pred: &Line) -> f64 {
    let len = |span: &Span| span.end as i64 - span.start as i64;
    let mut best = 0.0;
    for a in &gold.evidence {
        for b in &pred.evidence {
            let shared = a.end.min(b.end) as i64 - a.start.max(b.start) as i64;
            if shared > 0 {
                best = f64::max(best, shared as f64 / len(a).min(len(b)) as f64);
            }
        }
    }
    best
}

/// What aligning the two is worth; nothing where the kinds differ or the evidence lies apart.
pub fn weight(gold: &Line, pred: &Line) -> f64 {
    if !pred.kind.iter().any(|kind| gold.kind.contains(kind)) {
        return 0.0;
    }
    let overlap = overlap(gold, pred);
    if overlap < 0.3 {
        return 0.0;
    }
    let all = slots(gold, pred).into_iter().fold(Found::default(), Found::plus);
    1.0 + all.tp as f64 - 0.25 * (all.fn_ + all.fp) as f64 + 1e-3 * overlap
}

#[cfg(test)]
mod tests {
    use super::super::lines::claims;
    use super::*;

    fn line(text: &str) -> Line {
        claims(text).unwrap().remove(0)
    }

    #[test]
    fn times_may_be_a_day_off_or_share_half() {
        let time = |start: &str, end: &str| Interval { start: start.parse().ok(), end: end.parse().ok() };
        let day = time("2014-06-03", "2014-06-03");
        assert!(time_ok(day, Some(time("2014-06-04", "2014-06-04"))));
        assert!(!time_ok(day, Some(time("2014-06-05", "2014-06-05"))));
        assert!(time_ok(day, Some(time("2014-06-04", ""))));
        assert!(time_ok(time("2014-06-01", ""), Some(time("2014-06-02", "2014-07-01"))));
        assert!(!time_ok(time("2014-06-01", ""), Some(time("", "2014-06-01"))));
        assert!(
            time_ok(time("2014-06-01", "2014-06-10"), Some(time("2014-06-06", "2014-06-12")))
                == (5.0 / 12.0 >= 0.5)
        );
        assert!(!time_ok(day, None));
    }

    #[test]
    fn sides_of_a_clash_may_be_swapped() {
        let head = r#""document":"d","evidence":[{"start":0,"end":10}]"#;
        let gold = line(&format!(
            r#"{{{head},"kind":["clash"],"status":["asserted"],"actor":[["army"]],"target":[["rebels"]]}}"#
        ));
        let pred = line(&format!(r#"{{{head},"kind":"clash","actor":["rebels"],"target":["the army"]}}"#));
        let found = slots(&gold, &pred);
        assert_eq!(found[0], Found::new(2, 0, 0));
        assert!((weight(&gold, &pred) - 4.001).abs() < 1e-12);
    }
}
