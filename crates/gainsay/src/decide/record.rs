//! Taking decisions where nothing else is done: checked against all that was weighed, written to the log, and all that is
//! derived made anew.

use std::path::Path;

use gainsay_ledger::Action;

use super::{Decided, Decision, Payload, Proposal, Proposals, check};
use crate::names::roles_in;
use crate::shelf::Shelf;
use crate::{Error, clock, keys};

/// Writes decisions to the log, all of them or none, weighs anew, and gives their entries.
///
/// # Errors
/// When one is of a claim, text, actor, place, source or entry that the ledger does not hold, or the log cannot be
/// written; nothing is decided then. When only what is derived cannot be written, the decisions stand, and the ledger is
/// stale until it is next added to or rebuilt.
pub fn record(path: &Path, decisions: Vec<Decision>, by: &str, why: &str) -> Result<Vec<u64>, Error> {
    let mut ledger = keys::write(path, by)?;
    {
        let shelf = Shelf::of(&ledger)?;
        let weighed = shelf.weigh(None);
        let roles = |id: &str| Ok(roles_in(id, shelf.words(), &weighed));
        check::all(&decisions, why, &ledger, &shelf.decided, &roles)?;
    }
    let entries = ledger.decide_all(by, clock::now()?, Action::Decision, &payloads(decisions, why, None))?;
    let derived = Shelf::of(&ledger)?.derived();
    ledger.write_derived(&derived)?;
    ledger.close()?;
    Ok(entries)
}

/// Decisions as the log holds them; `agreed` is the entry that proposed them, and who did.
pub(super) fn payloads(
    decisions: Vec<Decision>,
    why: &str,
    agreed: Option<(u64, &str)>,
) -> Vec<serde_json::Value> {
    let payload = |decision| Payload {
        decision,
        why: why.to_owned(),
        proposal: agreed.map(|(entry, _)| entry),
        proposed_by: agreed.map(|(_, by)| by.to_owned()),
    };
    let written = |payload| serde_json::to_value(payload).expect("a decision is written as JSON");
    decisions.into_iter().map(payload).map(written).collect()
}

/// All decisions of a ledger, with those that were undone.
///
/// # Errors
/// When the ledger cannot be read, or holds a decision that this version does not know.
pub fn decided(path: &Path) -> Result<Vec<super::Entry>, Error> {
    Ok(Decided::of(&keys::read(path)?)?.entries)
}

/// All that was proposed in a ledger, with what became of it.
///
/// # Errors
/// As [`decided`].
pub fn proposals(path: &Path) -> Result<Vec<Proposal>, Error> {
    let ledger = keys::read(path)?;
    let decided = Decided::of(&ledger)?;
    Ok(Proposals::of(&ledger, &decided)?.all)
}
