//! `claims`: what is said, by whom, and where it was read.

use std::collections::BTreeMap;

use gainsay_model::{Claim, Date, EntityId};
use gainsay_weigh::{Ask, ReportHead, Weighed};
use serde::Serialize;

use crate::shelf::Shelf;

/// One line of `gainsay claims`: the claim, with its report and what weighing found of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ClaimLine {
    /// The claim.
    #[serde(flatten)]
    pub claim: Claim,
    /// The report's id.
    pub report: String,
    /// Who published it, as written.
    pub outlet: Option<String>,
    /// The day it was said.
    pub published: Option<Date>,
    /// The independent voices behind it.
    pub roots: Vec<EntityId>,
    /// The event it is about.
    pub event: Option<String>,
    /// What was decided of it; null until somebody decides.
    pub decided: Option<String>,
}

/// The claims that the ask lets through, by report and then in the order of the text.
pub fn claims(shelf: &Shelf, weighed: &Weighed, ask: &Ask) -> Vec<ClaimLine> {
    let heads: BTreeMap<&str, &ReportHead> =
        shelf.heads.iter().map(|head| (head.id.as_str(), head)).collect();
    let mut lines: Vec<ClaimLine> = weighed
        .claims(ask)
        .into_iter()
        .map(|claim| line(weighed, heads.get(claim.document.as_str()).copied(), claim))
        .collect();
    lines.sort_by(|a, b| key(a).cmp(&key(b)));
    lines
}

/// Day, report, place in the text, id.
fn key(line: &ClaimLine) -> (Option<Date>, &str, Option<usize>, &str) {
    let first = line.claim.evidence.iter().map(|evidence| evidence.start).min();
    (line.published, &line.report, first, &line.claim.id)
}

/// One claim's line.
pub(crate) fn line(weighed: &Weighed, head: Option<&ReportHead>, claim: &Claim) -> ClaimLine {
    ClaimLine {
        report: claim.document.clone(),
        outlet: head.and_then(|head| head.publisher.clone()),
        published: head.and_then(|head| head.published),
        roots: weighed.roots.get(&claim.id).cloned().unwrap_or_default(),
        event: weighed.event_of.get(&claim.id).cloned(),
        decided: None,
        claim: claim.clone(),
    }
}
