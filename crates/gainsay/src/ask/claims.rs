//! `claims`: what is said, by whom, and where it was read.

use std::collections::BTreeMap;

use gainsay_lexicon::Words;
use gainsay_model::{Claim, Date, EntityId, Filler};
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
    /// Whose side each of these is on; empty where on nobody's, or unknown.
    pub sides: Vec<String>,
    /// The event it is about.
    pub event: Option<String>,
    /// What was decided of it; null until somebody decides.
    pub decided: Option<String>,
}

/// The claims that the ask lets through, by report and then in the order of the text.
pub fn claims(shelf: &Shelf, weighed: &Weighed, ask: &Ask) -> Vec<ClaimLine> {
    let heads: BTreeMap<&str, &ReportHead> =
        shelf.heads.iter().map(|head| (head.id.as_str(), head)).collect();
    let decided = shelf.decided.of_claims();
    let rejected = shelf.rejected.iter().filter(|claim| of_rejected(shelf.words(), ask, claim));
    let rejected = rejected.filter(|claim| match (ask.known_by, heads.get(claim.document.as_str())) {
        (None, _) => true,
        (Some(day), head) => head.and_then(|head| head.published).is_some_and(|said| said <= day),
    });
    let mut lines: Vec<ClaimLine> = weighed
        .claims(ask)
        .into_iter()
        .chain(rejected)
        .map(|claim| ClaimLine {
            decided: decided.get(claim.id.as_str()).map(|word| (*word).to_owned()),
            ..line(weighed, heads.get(claim.document.as_str()).copied(), claim)
        })
        .collect();
    lines.sort_by(|a, b| key(a).cmp(&key(b)));
    lines
}

/// Whether the ask lets a rejected claim through. It has no voices and no event, so it is looked up by what it names
/// itself.
fn of_rejected(words: &Words, ask: &Ask, claim: &Claim) -> bool {
    let names = |ids: &[EntityId], fillers: &[&[Filler]]| {
        ids.is_empty()
            || fillers.iter().copied().flatten().any(|filler| {
                ids.iter().any(|id| {
                    filler.id().is_some_and(|own| {
                        own == id
                            || words.gazetteer.within(own, id)
                            || words.lexicon.wholes(own).contains(&id.as_str())
                    })
                })
            })
    };
    names(&ask.place, &[&claim.place])
        && names(&ask.actor, &[&claim.actor, &claim.target])
        && names(&ask.source, &[&claim.source])
        && ask.according_to.is_empty()
        && ask.kind.is_none_or(|kind| kind == claim.kind)
        && ask.report.as_ref().is_none_or(|report| *report == claim.document)
        && ask.event.is_none()
        && ask.from.is_none_or(|from| claim.time.is_none_or(|time| time.end.is_none_or(|end| end >= from)))
        && ask.to.is_none_or(|to| claim.time.is_none_or(|time| time.start.is_none_or(|start| start <= to)))
}

/// Day, report, place in the text, id.
fn key(line: &ClaimLine) -> (Option<Date>, &str, Option<usize>, &str) {
    let first = line.claim.evidence.iter().map(|evidence| evidence.start).min();
    (line.published, &line.report, first, &line.claim.id)
}

/// One claim's line.
pub(crate) fn line(weighed: &Weighed, head: Option<&ReportHead>, claim: &Claim) -> ClaimLine {
    let roots = weighed.roots.get(&claim.id).cloned().unwrap_or_default();
    ClaimLine {
        report: claim.document.clone(),
        outlet: head.and_then(|head| head.publisher.clone()),
        published: head.and_then(|head| head.published),
        sides: roots.iter().map(|root| weighed.side(root)).collect(),
        roots,
        event: weighed.event_of.get(&claim.id).cloned(),
        decided: None,
        claim: claim.clone(),
    }
}
