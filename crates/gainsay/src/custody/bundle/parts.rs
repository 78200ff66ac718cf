//! What concerns an event: its claims, their reports, and the entries of the log that tell of either.

use std::collections::BTreeSet;

use gainsay_ledger::{Action, LogLine};
use gainsay_model::Event;
use serde_json::Value;

use crate::ask::ClaimLine;
use crate::decide::Decision;
use crate::shelf::Shelf;

/// Entries of custody itself, and of what all reading rests on: they concern every event.
const ALWAYS: [Action; 8] = [
    Action::LedgerCreated,
    Action::KeyAdded,
    Action::KeyRetired,
    Action::Checkpoint,
    Action::Stamped,
    Action::ReportRemoved,
    Action::LexiconChanged,
    Action::Config,
];

/// What concerns an event.
pub(super) struct Concern {
    /// Its reports, by id.
    pub(super) reports: BTreeSet<String>,
    /// Decisions that touch it, by entry.
    pub(super) entries: BTreeSet<u64>,
    /// Ids of the event, of its claims, reports, and of whom and what it names.
    ids: BTreeSet<String>,
}

impl Concern {
    pub(super) fn of(shelf: &Shelf, event: &Event, claims: &[ClaimLine]) -> Concern {
        let reports: BTreeSet<String> = claims.iter().map(|line| line.report.clone()).collect();
        let named = event.place.iter().chain(&event.actors).chain(&event.targets).chain(&event.roots);
        let mut ids: BTreeSet<String> = named.cloned().collect();
        ids.extend(reports.iter().cloned().chain([event.id.clone()]));
        ids.extend(claims.iter().map(|line| line.claim.id.clone()).chain(event.claims.iter().cloned()));
        let mut entries = BTreeSet::new();
        for entry in &shelf.decided.entries {
            let touches = match &entry.decision {
                Decision::Undo { entry } => entries.contains(entry),
                other => serde_json::to_value(other).is_ok_and(|decision| mentions(&decision, &ids)),
            };
            if touches {
                entries.insert(entry.entry);
            }
        }
        Concern { reports, entries, ids }
    }

    /// Whether the particulars of an entry belong into the bundle.
    pub(super) fn entries_or_own(&self, line: &LogLine) -> bool {
        let payload = || serde_json::from_str::<Value>(&line.payload).unwrap_or_default();
        match Action::parse(&line.action) {
            Some(Action::ReportAdded | Action::ClaimsRead) => {
                payload()["report"].as_str().is_some_and(|report| self.reports.contains(report))
            }
            Some(Action::Decision) => self.entries.contains(&line.seq),
            Some(Action::Proposal) => mentions(&payload(), &self.ids),
            Some(action) => ALWAYS.contains(&action),
            None => false,
        }
    }
}

/// Whether a text of a value is one of these ids.
fn mentions(value: &Value, ids: &BTreeSet<String>) -> bool {
    match value {
        Value::String(text) => ids.contains(text),
        Value::Array(many) => many.iter().any(|one| mentions(one, ids)),
        Value::Object(object) => object.values().any(|one| mentions(one, ids)),
        _ => false,
    }
}
