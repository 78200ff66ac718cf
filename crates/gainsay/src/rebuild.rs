//! Checking a ledger, and making anew all that is derived in it.

use std::path::Path;

use gainsay_ledger::{Fault, Head};

use crate::shelf::Shelf;
use crate::steps::Work;
use crate::{Error, keys, words};

/// What checking found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What is not as it should be; nothing where all is well.
    pub faults: Vec<Fault>,
    /// Where the log ends; noted down elsewhere it shows later whether the log was cut or made anew.
    pub head: Option<Head>,
    /// Reports and claims.
    pub counts: Option<(u64, u64)>,
    /// Reports were added that have not been weighed yet.
    pub stale: bool,
}

/// Checks every hash, the chain of the log, and that all that is derived agrees with it. Writes nothing.
///
/// # Errors
/// When the file is no ledger, or cannot be read at all.
pub fn verify(path: &Path) -> Result<Checked, Error> {
    let ledger = keys::read(path)?;
    let _work = Work::begin("verifying", "every hash");
    let mut faults = ledger.verify()?;
    faults.extend(words::faults(path)?);
    Ok(Checked {
        head: ledger.head().ok(),
        counts: ledger.counts().ok(),
        stale: ledger.is_stale().unwrap_or(false),
        faults,
    })
}

/// Drops all that is derived and makes it anew from the log and what it binds. How many reports and claims there are.
///
/// # Errors
/// When a report or reading is damaged, or the ledger cannot be written; it is then as it was before.
pub fn rebuild(path: &Path) -> Result<(u64, u64), Error> {
    let mut ledger = keys::derive(path)?;
    {
        let _work = Work::begin("rebuilding", "tables");
        ledger.rebuild()?;
    }
    let derived = Shelf::of(&ledger)?.derived();
    ledger.write_derived(&derived)?;
    let counts = ledger.counts()?;
    ledger.close()?;
    Ok(counts)
}
