//! Predicted claims against gold claims.

use std::collections::BTreeMap;

use serde::Serialize;

use super::assign::assign;
use super::lines::Line;
use super::python::{dumps, fixed, round4};
use super::slots::{Found, SLOTS, fillers, slots, weight};

/// Precision, recall, F1, and the counts behind them.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Figures {
    /// Precision.
    pub p: f64,
    /// Recall.
    pub r: f64,
    /// Their harmonic mean.
    pub f1: f64,
    /// Right.
    pub tp: u64,
    /// Missed.
    #[serde(rename = "fn")]
    pub fn_: u64,
    /// Wrong.
    pub fp: u64,
}

impl Figures {
    fn of(found: Found) -> Figures {
        let Found { tp, fn_, fp } = found;
        let share = |of: u64| if of > 0 { tp as f64 / of as f64 } else { 0.0 };
        let (p, r) = (share(tp + fp), share(tp + fn_));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Figures { p: round4(p), r: round4(r), f1: round4(f1), tp, fn_, fp }
    }
}

/// The result, with its fields in the order in which they are printed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Score {
    /// Gold claims that are not optional.
    pub claims: u64,
    /// Whether each claim was found at all.
    pub detection: Figures,
    /// All slots together: the main figure.
    pub slots: Figures,
    /// The share of gold claims that are wholly right.
    pub exact: f64,
    /// Each slot.
    pub by_slot: Vec<(&'static str, Figures)>,
    /// Each kind's detection.
    pub by_kind: BTreeMap<String, Figures>,
}

/// Something missed, spurious, or off in some slots.
#[derive(Clone, Debug)]
pub struct Miss<'a> {
    /// `missed`, `spurious`, or `slots` and which.
    pub what: String,
    /// The report.
    pub document: &'a str,
    /// The gold claim.
    pub gold: Option<&'a Line>,
    /// The predicted one.
    pub pred: Option<&'a Line>,
}

/// What is being added up.
#[derive(Default)]
struct Sums<'a> {
    detection: Found,
    slots: [Found; 7],
    kinds: BTreeMap<&'a str, Found>,
    exact: u64,
    misses: Vec<Miss<'a>>,
}

/// Scores predictions; those of documents without gold are left out.
pub fn score<'a>(gold: &'a [Line], pred: &'a [Line]) -> (Score, Vec<Miss<'a>>) {
    let mut documents: BTreeMap<&str, (Vec<&Line>, Vec<&Line>)> = BTreeMap::new();
    for line in gold {
        documents.entry(&line.document).or_default().0.push(line);
    }
    for line in pred {
        if let Some((_, pred)) = documents.get_mut(line.document.as_str()) {
            pred.push(line);
        }
    }
    let mut sums = Sums::default();
    for (document, (gold, pred)) in &documents {
        sums.document(document, gold, pred);
    }
    let need = gold.iter().filter(|line| !line.optional).count() as u64;
    let all = sums.slots.into_iter().fold(Found::default(), Found::plus);
    let exact = if need > 0 { round4(sums.exact as f64 / need as f64) } else { 0.0 };
    let score = Score {
        claims: need,
        detection: Figures::of(sums.detection),
        slots: Figures::of(all),
        exact,
        by_slot: SLOTS.into_iter().zip(sums.slots.map(Figures::of)).collect(),
        by_kind: sums.kinds.iter().map(|(kind, found)| ((*kind).to_owned(), Figures::of(*found))).collect(),
    };
    (score, sums.misses)
}

impl<'a> Sums<'a> {
    fn document(&mut self, document: &'a str, gold: &[&'a Line], pred: &[&'a Line]) {
        let weights: Vec<Vec<f64>> =
            gold.iter().map(|g| pred.iter().map(|p| f64::max(0.0, weight(g, p))).collect()).collect();
        let pairs = assign(&weights);
        let (mut found, mut used) = (vec![false; gold.len()], vec![false; pred.len()]);
        for &(i, j) in &pairs {
            (found[i], used[j]) = (true, true);
            if !gold[i].optional {
                self.pair(document, gold[i], pred[j]);
            }
        }
        for (g, _) in gold.iter().zip(&found).filter(|(g, found)| !**found && !g.optional) {
            self.detection.fn_ += 1;
            self.kinds.entry(&g.kind[0]).or_default().fn_ += 1;
            for (slot, n) in self.slots.iter_mut().zip(fillers(g, true)) {
                slot.fn_ += n;
            }
            self.misses.push(Miss { what: "missed".to_owned(), document, gold: Some(g), pred: None });
        }
        for (j, p) in pred.iter().enumerate() {
            // A repeat of a claim that is already aligned, or of an optional one, is absorbed.
            if used[j] || weights.iter().any(|row| row[j] > 0.0) {
                continue;
            }
            self.detection.fp += 1;
            self.kinds.entry(&p.kind[0]).or_default().fp += 1;
            for (slot, n) in self.slots.iter_mut().zip(fillers(p, false)) {
                slot.fp += n;
            }
            self.misses.push(Miss { what: "spurious".to_owned(), document, gold: None, pred: Some(p) });
        }
    }

    fn pair(&mut self, document: &'a str, gold: &'a Line, pred: &'a Line) {
        self.detection.tp += 1;
        self.kinds.entry(&gold.kind[0]).or_default().tp += 1;
        let found = slots(gold, pred);
        for (sum, found) in self.slots.iter_mut().zip(found) {
            *sum = sum.plus(found);
        }
        let off: Vec<&str> =
            SLOTS.into_iter().zip(found).filter(|(_, found)| found.is_off()).map(|(slot, _)| slot).collect();
        if off.is_empty() {
            self.exact += 1;
        } else {
            let what = format!("slots {}", off.join(","));
            self.misses.push(Miss { what, document, gold: Some(gold), pred: Some(pred) });
        }
    }
}

impl Score {
    /// The table that people read.
    pub fn table(&self) -> String {
        let row = |name: String, figures: &Figures| {
            let Figures { p, r, f1, tp, fn_, fp } = figures;
            let [p, r, f1] = [p, r, f1].map(|share| fixed(*share, 3));
            format!("{name:14} P {p}  R {r}  F1 {f1}   tp {tp} fn {fn_} fp {fp}\n")
        };
        let mut table = format!("{} gold claims; wholly right {}\n", self.claims, fixed(self.exact, 3));
        for (kind, figures) in &self.by_kind {
            table += &row(format!("  {kind}"), figures);
        }
        for (slot, figures) in &self.by_slot {
            table += &row(format!(" {slot}"), figures);
        }
        table += &row("detection".to_owned(), &self.detection);
        table += &row("slots (main)".to_owned(), &self.slots);
        table
    }

    /// One JSON object on one line.
    pub fn json(&self) -> String {
        let by_slot: serde_json::Map<String, serde_json::Value> = self
            .by_slot
            .iter()
            .map(|(slot, figures)| ((*slot).to_owned(), serde_json::json!(figures)))
            .collect();
        let mut object = serde_json::json!(self);
        object["by_slot"] = by_slot.into();
        dumps(&object)
    }
}

impl std::fmt::Display for Miss<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let raw = |line: Option<&Line>| line.map_or("null".to_owned(), |line| dumps(&line.raw));
        let (what, document) = (&self.what, self.document);
        write!(f, "{what:24} {document}\n   gold {}\n   pred {}", raw(self.gold), raw(self.pred))
    }
}
