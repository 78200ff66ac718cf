//! How actors stand to each other and how sources' figures stand to others', found once for all of them.

use std::collections::BTreeMap;

use gainsay_model::{ClaimId, EntityId, Measure, Tie};
use gainsay_weigh::{Ask, Weighed};
use serde::{Deserialize, Serialize};

/// So many ties of one actor are kept, the latest.
const TIES: usize = 300;
/// So many claims of one tie are named; the others are found by asking for the pair.
const CLAIMS: usize = 20;
/// So many figures of one source are kept, those that differ most first.
const FIGURES: usize = 300;

/// A figure of one source beside the others' of the same event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FigureLine {
    /// The event.
    pub event: String,
    /// What is counted.
    pub measure: Measure,
    /// Of whom.
    pub group: String,
    /// What the source says.
    pub own: Own,
    /// Least credible by all, under `ucdp/1`.
    pub low: Option<u64>,
    /// Most credible.
    pub best: Option<u64>,
    /// Greatest credible.
    pub high: Option<u64>,
    /// The source's claims.
    pub claims: Vec<ClaimId>,
}

/// At least, at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Own {
    /// At least.
    pub low: Option<u64>,
    /// At most.
    pub high: Option<u64>,
}

/// How a source's figures stand to the best of all voices, over events of which others give a figure too.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct StandLine {
    /// How many lie above.
    pub above: u64,
    /// How many agree.
    pub same: u64,
    /// How many lie below.
    pub below: u64,
    /// The middle of its figures over the best; `None` where none can be set beside others.
    pub median_ratio: Option<f64>,
    /// The figures, those that differ most first.
    pub figures: Vec<FigureLine>,
}

/// The ties of every actor, under `ties/ID`.
pub(super) fn ties(weighed: &Weighed) -> Vec<(String, String)> {
    let mut of: BTreeMap<EntityId, Vec<Tie>> = BTreeMap::new();
    for mut tie in gainsay_weigh::ties(weighed, &Ask::default(), &[], &[]) {
        tie.claims.truncate(CLAIMS);
        of.entry(tie.b.clone()).or_default().push(tie.clone());
        of.entry(tie.a.clone()).or_default().push(tie);
    }
    of.into_iter()
        .map(|(id, mut ties)| {
            let late = ties.len().saturating_sub(TIES);
            ties.drain(..late);
            (format!("ties/{id}"), super::make::json(&ties))
        })
        .collect()
}

/// How the figures of every source stand to others', under `figures/ID`.
pub(super) fn figures(weighed: &Weighed) -> Vec<(String, String)> {
    let mut of: BTreeMap<EntityId, Vec<(f64, FigureLine)>> = BTreeMap::new();
    for figure in gainsay_weigh::event_figures(weighed) {
        for (root, low, high, claims) in &figure.voices {
            let own = Own { low: *low, high: *high };
            let line = FigureLine {
                event: figure.event.clone(),
                measure: figure.measure,
                group: figure.group.clone(),
                own,
                low: figure.low,
                best: figure.best,
                high: figure.high,
                claims: claims.clone(),
            };
            let point = low.or(*high).unwrap_or(0) as f64;
            let best = figure.best.or(figure.low).unwrap_or(0) as f64;
            // One more on both sides, so that none dead can be set beside some.
            of.entry(root.clone()).or_default().push(((point + 1.0) / (best + 1.0), line));
        }
    }
    of.into_iter()
        .map(|(id, mut lines)| {
            let agrees = |line: &FigureLine| {
                line.own.low.is_none_or(|low| line.best.is_none_or(|best| low <= best))
                    && line.own.high.is_none_or(|high| line.best.is_none_or(|best| best <= high))
            };
            let mut ratios: Vec<f64> = lines.iter().map(|(ratio, _)| *ratio).collect();
            ratios.sort_by(f64::total_cmp);
            let same = lines.iter().filter(|(_, line)| agrees(line)).count() as u64;
            let above = lines.iter().filter(|(ratio, line)| !agrees(line) && *ratio > 1.0).count() as u64;
            let below = lines.len() as u64 - same - above;
            let far = |ratio: f64| if ratio < 1.0 { 1.0 / ratio } else { ratio };
            lines.sort_by(|a, b| far(b.0).total_cmp(&far(a.0)).then_with(|| a.1.event.cmp(&b.1.event)));
            lines.truncate(FIGURES);
            let median_ratio = ratios.get(ratios.len() / 2).copied();
            let figures = lines.into_iter().map(|(_, line)| line).collect();
            let line = StandLine { above, same, below, median_ratio, figures };
            (format!("figures/{id}"), super::make::json(&line))
        })
        .collect()
}
