//! What was decided since, laid over answers that were made before: so that a decision shows at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use gainsay_model::Claim;
use serde_json::Value;

use super::correct::corrected;
use super::{Decided, Decision, Proposals};

/// Claims and pairs that were decided on, or are proposed to be.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    claims: HashMap<String, Mark>,
    /// What decisions are about, each with the last entry that holds.
    subjects: HashMap<String, u64>,
    /// The same of open proposals.
    proposed: HashMap<String, u64>,
    /// Claims rejected or corrected, each with the last entry.
    changed: HashMap<String, u64>,
    /// The last entry that decided something.
    last: u64,
}

/// What was decided of one claim.
#[derive(Clone, Debug, Default)]
struct Mark {
    decided: Option<&'static str>,
    corrections: Vec<BTreeMap<String, Value>>,
}

impl Overlay {
    /// Of all decisions that hold, and all open proposals.
    pub fn of(decided: &Decided, proposals: &Proposals) -> Overlay {
        let last = decided.entries.last().map_or(0, |entry| entry.entry);
        let mut overlay = Overlay { last, ..Overlay::default() };
        for (claim, word) in decided.of_claims() {
            overlay.claims.entry(claim.to_owned()).or_default().decided = Some(word);
        }
        for entry in decided.holding() {
            for subject in subjects(&entry.decision) {
                overlay.subjects.insert(subject, entry.entry);
            }
            if let Decision::Correct { claim, values } = &entry.decision {
                overlay.claims.entry(claim.clone()).or_default().corrections.push(values.clone());
            }
            if let Decision::Correct { claim, .. } | Decision::Reject { claim } = &entry.decision {
                overlay.changed.insert(claim.clone(), entry.entry);
            }
        }
        for proposal in proposals.open() {
            for decision in &proposal.decisions {
                overlay
                    .proposed
                    .extend(subjects(decision).into_iter().map(|subject| (subject, proposal.entry)));
            }
        }
        overlay
    }

    /// The word for what was last decided of a claim: `confirmed`, `rejected`, `corrected`.
    pub fn decided(&self, claim: &str) -> Option<&'static str> {
        self.claims.get(claim)?.decided
    }

    /// The open proposal about a claim, by its entry in the log.
    pub fn proposed(&self, claim: &str) -> Option<u64> {
        self.proposed.get(&of_claim(claim)).copied()
    }

    /// A claim as it is after all corrections; `None` where nobody corrected it.
    pub fn corrected(&self, claim: &Claim) -> Option<Claim> {
        let corrections = &self.claims.get(claim.id.as_str())?.corrections;
        let lay = |claim: Claim, values: &BTreeMap<String, Value>| corrected(&claim, values).ok();
        corrections.iter().try_fold(claim.clone(), lay).filter(|_| !corrections.is_empty())
    }

    /// Whether anything was decided after an entry, or is proposed: else nothing lies over answers made up to it.
    pub fn is_newer(&self, than: u64) -> bool {
        self.last > than || !self.proposed.is_empty()
    }

    /// Whether all of these decisions, or others about the same, were taken after an entry or are proposed.
    pub fn settled(&self, decisions: &[Decision], after: u64) -> bool {
        let later = |subject: &String| {
            self.subjects.get(subject).is_some_and(|entry| *entry > after)
                || self.proposed.contains_key(subject)
        };
        !decisions.is_empty() && decisions.iter().all(|decision| subjects(decision).iter().all(later))
    }

    /// Whether a claim was rejected or corrected after an entry.
    pub fn changed(&self, claim: &str, after: u64) -> bool {
        self.changed.get(claim).is_some_and(|entry| *entry > after)
    }
}

fn of_claim(claim: &str) -> String {
    format!("claim {claim}")
}

fn pair(what: &str, a: &str, b: &str) -> String {
    let (a, b) = if a <= b { (a, b) } else { (b, a) };
    format!("{what} {a} {b}")
}

/// What a decision is about: another decision about the same would settle it too, or gainsay it.
fn subjects(decision: &Decision) -> Vec<String> {
    vec![match decision {
        Decision::Confirm { claim } | Decision::Reject { claim } | Decision::Correct { claim, .. } => {
            of_claim(claim)
        }
        Decision::Merge { a, b } | Decision::Split { a, b } => pair("names", a, b),
        Decision::OneEvent { a, b } | Decision::TwoEvents { a, b } => pair("events", a, b),
        Decision::Link { of, slot, mention, .. } => format!("link {of} {slot} {mention}"),
        Decision::Rate { source, .. } => format!("rate {source}"),
        Decision::Undo { entry } => format!("entry {entry}"),
    }]
}

/// All that a decision touches, coarser than what it is about: somebody else's decision on any of it is news to whoever
/// decides. `event_of` gives the event of a claim.
pub(super) fn touched(
    decision: &Decision,
    decided: &Decided,
    event_of: &dyn Fn(&str) -> Option<String>,
) -> BTreeSet<String> {
    let mut all: BTreeSet<String> = subjects(decision).into_iter().collect();
    match decision {
        Decision::OneEvent { a, b } | Decision::TwoEvents { a, b } => {
            let ends = [a, b];
            all.extend(ends.iter().map(|claim| of_claim(claim)));
            all.extend(ends.iter().filter_map(|claim| event_of(claim)).map(|event| format!("event {event}")));
        }
        Decision::Merge { a, b } | Decision::Split { a, b } => {
            all.extend([a, b].iter().map(|id| format!("name {id}")));
        }
        Decision::Link { of, .. } => _ = all.insert(of_claim(of)),
        Decision::Undo { entry } => {
            if let Some(undone) = decided.entry(*entry).filter(|undone| undone.entry < u64::MAX) {
                // What undoes an undoing touches what that had touched.
                if undone.decision != *decision {
                    all.extend(touched(&undone.decision, decided, event_of));
                }
            }
        }
        Decision::Confirm { .. }
        | Decision::Reject { .. }
        | Decision::Correct { .. }
        | Decision::Rate { .. } => {}
    }
    all
}
