//! What people decide of what was read and weighed: each decision one entry of the log, undone by a further one.
//!
//! **Takes** what somebody typed or clicked, and the log.
//! **Gives** the decisions in force ([`Decided`]), and claims and weighing as they stand under them.
//! **Never** changes a reading: a corrected claim is the reading with the correction laid over it.

mod check;
mod correct;
mod overlay;
mod proposals;
mod record;
mod register;
mod typed;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_ledger::{Action, Ledger};
use gainsay_model::{Claim, ClaimId, Date, EntityId, Slot};
use gainsay_weigh::Whose;
use gainsay_weigh::grade::{Letter, Letters, Setting};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Error;

pub use check::{LONGEST_WHY, MOST_AT_ONCE};
pub use correct::correction;
pub use overlay::Overlay;
pub use proposals::{Answer, Proposal, Proposals};
pub use record::{decided, proposals, record};
pub use register::{By, Known, Refused, Register};
pub use typed::{leave, link, pair};

/// One decision. Written to the log as JSON, its kind under `decision`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "decision", rename_all = "kebab-case")]
pub enum Decision {
    /// A claim was read rightly.
    Confirm {
        /// Which.
        claim: ClaimId,
    },
    /// A claim was read wrongly: it is kept and shown, and weighs nothing.
    Reject {
        /// Which.
        claim: ClaimId,
    },
    /// Some values of a claim are others.
    Correct {
        /// Which.
        claim: ClaimId,
        /// Fields of the claim as it is written down, each with its new value.
        values: BTreeMap<String, Value>,
    },
    /// Two actors, places or sources are one.
    Merge {
        /// The one.
        a: EntityId,
        /// The other.
        b: EntityId,
    },
    /// Two actors, places or sources are not one.
    Split {
        /// The one.
        a: EntityId,
        /// The other.
        b: EntityId,
    },
    /// Two claims are about one event.
    OneEvent {
        /// The one.
        a: ClaimId,
        /// The other.
        b: ClaimId,
    },
    /// Two claims are not about one event.
    TwoEvents {
        /// The one.
        a: ClaimId,
        /// The other.
        b: ClaimId,
    },
    /// These words mean this entity, in one claim or in all claims of a report.
    Link {
        /// The id of the claim, or of the report.
        of: String,
        /// As what: actor, target, place or source.
        slot: Slot,
        /// The words, as the claim has them.
        mention: String,
        /// The entity.
        id: EntityId,
    },
    /// How reliable a source is (Admiralty letter, STANAG 2511).
    Rate {
        /// Which.
        source: EntityId,
        /// From A to F.
        letter: String,
        /// From which day on; always, where not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Date>,
    },
    /// An earlier decision no longer holds.
    Undo {
        /// Its entry in the log.
        #[serde(rename = "undoes")]
        entry: u64,
    },
}

/// A decision in the log.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// Its number in the log.
    pub entry: u64,
    /// When, to the second.
    pub at: String,
    /// Who decided.
    pub by: String,
    /// What.
    #[serde(flatten)]
    pub decision: Decision,
    /// Why; empty where nobody said.
    pub why: String,
    /// The entry that undid it.
    pub undone_by: Option<u64>,
    /// The entry that proposed it, where it took two people; who decided is then who agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposal: Option<u64>,
    /// Who proposed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub proposed_by: Option<String>,
}

/// What is in the log besides the decision.
#[derive(Serialize, Deserialize)]
struct Payload {
    #[serde(flatten)]
    decision: Decision,
    #[serde(default)]
    why: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposal: Option<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proposed_by: Option<String>,
}

/// All decisions of a ledger, in the order they were taken.
#[derive(Clone, Debug, Default)]
pub struct Decided {
    /// With those that were undone.
    pub entries: Vec<Entry>,
}

impl Decided {
    /// Reads them out of the log.
    ///
    /// # Errors
    /// When the log cannot be read, or holds a decision that this version does not know.
    pub fn of(ledger: &Ledger) -> Result<Decided, Error> {
        let mut decided = Decided::default();
        for line in ledger.entries_of(Action::Decision)? {
            decided.entries.push(entry_of(line, ledger)?);
        }
        decided.settle_undone();
        Ok(decided)
    }

    /// Finds out anew what was undone: from the last to the first, for what undoes and is itself undone undoes nothing.
    fn settle_undone(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.undone_by = None);
        for at in (0..self.entries.len()).rev() {
            let (Decision::Undo { entry }, None) = (&self.entries[at].decision, self.entries[at].undone_by)
            else {
                continue;
            };
            let (undone, by) = (*entry, self.entries[at].entry);
            if let Ok(earlier) = self.entries[..at].binary_search_by_key(&undone, |earlier| earlier.entry) {
                self.entries[earlier].undone_by = Some(by);
            }
        }
    }

    /// The decision of an entry.
    pub fn entry(&self, entry: u64) -> Option<&Entry> {
        let at = self.entries.binary_search_by_key(&entry, |known| known.entry).ok()?;
        self.entries.get(at)
    }

    /// Those that hold, in the order they were taken.
    pub fn holding(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.undone_by.is_none())
    }

    /// The word that stands for what was last decided of each claim: `confirmed`, `rejected`, `corrected`.
    pub fn of_claims(&self) -> BTreeMap<&str, &'static str> {
        let mut words: BTreeMap<&str, &'static str> = BTreeMap::new();
        for entry in self.holding() {
            match &entry.decision {
                Decision::Confirm { claim } => _ = words.insert(claim, "confirmed"),
                Decision::Reject { claim } => _ = words.insert(claim, "rejected"),
                Decision::Correct { claim, .. } => _ = words.insert(claim, "corrected"),
                _ => {}
            }
        }
        words
    }

    /// Lays corrections over claims, and parts those that were rejected from the others.
    ///
    /// # Errors
    /// When a correction in the log does not fit its claim.
    pub fn lay_over(&self, claims: Vec<Claim>) -> Result<(Vec<Claim>, Vec<Claim>), Error> {
        let mut corrections: BTreeMap<&str, Vec<&BTreeMap<String, Value>>> = BTreeMap::new();
        for entry in self.holding() {
            if let Decision::Correct { claim, values } = &entry.decision {
                corrections.entry(claim).or_default().push(values);
            }
        }
        let rejected: BTreeSet<&str> =
            self.of_claims().into_iter().filter(|(_, word)| *word == "rejected").map(|(id, _)| id).collect();
        let (mut kept, mut out) = (Vec::with_capacity(claims.len()), Vec::new());
        for mut claim in claims {
            for values in corrections.get(claim.id.as_str()).into_iter().flatten() {
                claim = correct::corrected(&claim, values)?;
            }
            if rejected.contains(claim.id.as_str()) { out.push(claim) } else { kept.push(claim) }
        }
        Ok((kept, out))
    }

    /// What weighing needs to know of; `is_report` tells ids of reports from those of claims.
    pub fn for_weighing(&self, is_report: impl Fn(&str) -> bool) -> Vec<gainsay_weigh::Decision> {
        use gainsay_weigh::Decision as Weighs;
        let weighs = |entry: &Entry| {
            Some(match entry.decision.clone() {
                Decision::Merge { a, b } => Weighs::Merge(a, b),
                Decision::Split { a, b } => Weighs::Split(a, b),
                Decision::OneEvent { a, b } => Weighs::OneEvent(a, b),
                Decision::TwoEvents { a, b } => Weighs::TwoEvents(a, b),
                Decision::Link { of, slot, mention, id } => {
                    let of = if is_report(&of) { Whose::Report(of) } else { Whose::Claim(of) };
                    Weighs::Link { of, slot, mention, id: Some(id) }
                }
                _ => return None,
            })
        };
        self.holding().filter_map(weighs).collect()
    }

    /// The letters that sources were given, with their history.
    pub fn letters(&self) -> Letters {
        let mut letters = Letters::builtin();
        for entry in self.holding() {
            if let Decision::Rate { source, letter, since } = &entry.decision
                && let Some(letter) = Letter::parse(letter)
            {
                let (by, why) = (entry.by.clone(), entry.why.clone());
                letters.set(source, Setting { since: *since, letter, by, why });
            }
        }
        letters
    }
}

/// The decision of a line of the log.
fn entry_of(line: gainsay_ledger::LogEntry, ledger: &Ledger) -> Result<Entry, Error> {
    let seq = line.seq;
    let payload: Payload = serde_json::from_value(line.payload).map_err(|_| {
        Error::wrong(format!(
            "{}: log entry {seq} holds a decision that this version of gainsay does not know; use a newer one",
            ledger.path().display()
        ))
    })?;
    let Payload { decision, why, proposal, proposed_by } = payload;
    let at = line.at.to_string();
    Ok(Entry { entry: seq, at, by: line.by, decision, why, undone_by: None, proposal, proposed_by })
}
