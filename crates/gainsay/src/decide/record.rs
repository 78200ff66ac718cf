//! Taking decisions: checked against the ledger, written to its log, and all that is derived made anew.

use std::path::Path;

use gainsay_ledger::{Action, Ledger};
use gainsay_weigh::Weighed;
use gainsay_weigh::grade::Letter;

use super::{Decided, Decision, Payload};
use crate::shelf::Shelf;
use crate::{Error, clock};

/// Writes decisions to the log, all of them or none, weighs anew, and gives their entries.
///
/// # Errors
/// When one is of a claim, text, source or entry that the ledger does not hold, or the log cannot be written; nothing
/// is decided then. When only what is derived cannot be written, the decisions stand, and the ledger is stale until it
/// is next added to or rebuilt.
pub fn record(path: &Path, decisions: Vec<Decision>, by: &str, why: &str) -> Result<Vec<u64>, Error> {
    let mut ledger = Ledger::open(path)?;
    {
        let shelf = Shelf::of(&ledger)?;
        let weighed = shelf.weigh(None);
        for decision in &decisions {
            check(decision, &shelf, &weighed)?;
        }
    }
    let why = why.to_owned();
    let payloads: Vec<serde_json::Value> = decisions
        .into_iter()
        .map(|decision| Payload { decision, why: why.clone() })
        .map(|payload| serde_json::to_value(payload).expect("a decision is written as JSON"))
        .collect();
    let entries = ledger.decide_all(by, clock::now()?, Action::Decision, &payloads)?;
    let derived = Shelf::of(&ledger)?.derived();
    ledger.write_derived(&derived)?;
    ledger.close()?;
    Ok(entries)
}

fn check(decision: &Decision, shelf: &Shelf, weighed: &Weighed) -> Result<(), Error> {
    let claim = |id: &str| match shelf.claim(id) {
        Some(_) => Ok(()),
        None => Err(Error::input(format!("no claim has the id `{id}`"))),
    };
    let two = |a: &str, b: &str| match a == b {
        true => Err(Error::input(format!("`{a}` is given twice; give two"))),
        false => Ok(()),
    };
    match decision {
        Decision::Confirm { claim: id } | Decision::Reject { claim: id } => claim(id),
        Decision::Correct { claim: id, values } => {
            let Some(found) = shelf.claim(id) else { return claim(id) };
            super::correct::corrected(found, values).map(drop)
        }
        Decision::OneEvent { a, b } | Decision::TwoEvents { a, b } => {
            two(a, b).and_then(|()| claim(a)).and_then(|()| claim(b))
        }
        Decision::Link { of, .. } => match shelf.heads.iter().any(|head| head.id == *of) {
            true => Ok(()),
            false => claim(of),
        },
        Decision::Merge { a, b } | Decision::Split { a, b } => two(a, b),
        Decision::Rate { source, letter, .. } => {
            if Letter::parse(letter).is_none() {
                return Err(Error::input(format!("`{letter}` is no letter from A to F")));
            }
            let known = weighed.sources.iter().any(|one| one.id == *source)
                || shelf.words().lexicon.name(source) != source;
            known.then_some(()).ok_or_else(|| Error::input(format!("no source has the id `{source}`")))
        }
        Decision::Undo { entry } => of_log(&shelf.decided, *entry),
    }
}

fn of_log(decided: &Decided, entry: u64) -> Result<(), Error> {
    match decided.entries.iter().find(|known| known.entry == entry) {
        None => {
            Err(Error::input(format!("log entry {entry} is no decision; `gainsay decisions` lists them")))
        }
        Some(known) => match known.undone_by {
            Some(by) => Err(Error::input(format!("decision {entry} is undone already, by entry {by}"))),
            None => Ok(()),
        },
    }
}

/// All decisions of a ledger, with those that were undone.
///
/// # Errors
/// When the ledger cannot be read, or holds a decision that this version does not know.
pub fn decided(path: &Path) -> Result<Vec<super::Entry>, Error> {
    Ok(Decided::of(&Ledger::open_read_only(path)?)?.entries)
}
