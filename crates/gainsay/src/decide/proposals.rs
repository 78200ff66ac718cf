//! Decisions that wait for a second person: proposed, then agreed to or refused.
//!
//! A proposal is an entry of the log of its own kind, which decides nothing. Whoever agrees writes the decisions
//! themselves, each with the proposal's entry and both names; so weighing, and versions that know no proposals, see
//! decisions as ever.

use gainsay_ledger::{Action, Ledger, LogEntry};
use serde::{Deserialize, Serialize};

use super::{Decided, Decision, Entry};
use crate::Error;

/// What became of a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Answer {
    /// Nobody has answered.
    Open,
    /// A second person agreed, and it was decided.
    Agreed,
    /// It was refused, or taken back by who made it.
    Refused,
}

/// Decisions that somebody proposed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Proposal {
    /// Its entry in the log.
    pub entry: u64,
    /// When, to the second.
    pub at: String,
    /// Who proposed.
    pub by: String,
    /// What.
    pub decisions: Vec<Decision>,
    /// Why.
    pub why: String,
    /// What became of it.
    pub state: Answer,
    /// Who answered.
    pub answered_by: Option<String>,
    /// When.
    pub answered_at: Option<String>,
    /// Why.
    pub answer: Option<String>,
}

/// What is in the log.
#[derive(Serialize, Deserialize)]
#[serde(tag = "proposal", rename_all = "lowercase")]
pub(super) enum Line {
    /// Somebody proposes.
    Made { decisions: Vec<Decision>, why: String },
    /// Somebody refuses.
    Refused { of: u64, why: String },
}

/// All proposals of a ledger, in the order they were made.
#[derive(Clone, Debug, Default)]
pub struct Proposals {
    /// With those that were answered.
    pub all: Vec<Proposal>,
}

impl Proposals {
    /// Reads them out of the log.
    ///
    /// # Errors
    /// When the log cannot be read, or holds a proposal that this version does not know.
    pub fn of(ledger: &Ledger, decided: &Decided) -> Result<Proposals, Error> {
        let mut proposals = Proposals::default();
        for line in ledger.entries_of(Action::Proposal)? {
            proposals.take(line, ledger)?;
        }
        decided.entries.iter().for_each(|entry| proposals.agreed(entry));
        Ok(proposals)
    }

    /// The proposal of an entry.
    pub fn entry(&self, entry: u64) -> Option<&Proposal> {
        let at = self.all.binary_search_by_key(&entry, |known| known.entry).ok()?;
        self.all.get(at)
    }

    /// Those that nobody has answered.
    pub fn open(&self) -> impl Iterator<Item = &Proposal> {
        self.all.iter().filter(|proposal| proposal.state == Answer::Open)
    }

    /// Takes a further line of the log in.
    pub(super) fn take(&mut self, line: LogEntry, ledger: &Ledger) -> Result<(), Error> {
        let (entry, at, by) = (line.seq, line.at.to_string(), line.by);
        let read: Line = serde_json::from_value(line.payload).map_err(|_| {
            Error::wrong(format!(
                "{}: log entry {entry} holds a proposal that this version of gainsay does not know; use a newer one",
                ledger.path().display()
            ))
        })?;
        match read {
            Line::Made { decisions, why } => self.all.push(Proposal {
                entry,
                at,
                by,
                decisions,
                why,
                state: Answer::Open,
                answered_by: None,
                answered_at: None,
                answer: None,
            }),
            Line::Refused { of, why } => self.answer(of, Answer::Refused, by, at, why),
        }
        Ok(())
    }

    /// Notes that a decision was taken, which may have been proposed.
    pub(super) fn agreed(&mut self, entry: &Entry) {
        if let Some(of) = entry.proposal {
            self.answer(of, Answer::Agreed, entry.by.clone(), entry.at.clone(), entry.why.clone());
        }
    }

    /// The first answer stands.
    fn answer(&mut self, of: u64, state: Answer, by: String, at: String, why: String) {
        let Ok(found) = self.all.binary_search_by_key(&of, |known| known.entry) else { return };
        let proposal = &mut self.all[found];
        if proposal.state == Answer::Open {
            proposal.state = state;
            (proposal.answered_by, proposal.answered_at, proposal.answer) = (Some(by), Some(at), Some(why));
        }
    }
}
