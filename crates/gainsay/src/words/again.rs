//! Reading again what the ledger holds, with the words that it has now.
//!
//! **Takes** a ledger. **Gives** new readings of its reports, where they differ from the old ones.
//! **Never** drops an old reading: the ledger keeps it, and answers from the newest.

use std::path::Path;

use gainsay_ledger::{NewReading, StoredReport};
use rayon::prelude::*;

use crate::shelf::Shelf;
use crate::words::{self, Manifest, bound, folder_of};
use crate::{Error, clock, extract, keys};

/// Our reader's name, whatever its version.
pub(super) const OURS: &str = "gainsay";

/// How many reports are read, and written, at a time.
const BATCH: usize = 50;

/// What reading again changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Again {
    /// How many reports were read.
    pub reports: usize,
    /// How many readings differ from those before.
    pub changed: usize,
}

/// Reads reports again: all of them, or those that were last read before the words changed. Each batch is on the disk
/// when `progress` is told of it, as how many of how many. Then everything is weighed anew.
///
/// # Errors
/// When the ledger cannot be opened or written; batches that were written before stay.
pub fn again(
    path: &Path,
    by: &str,
    all: bool,
    progress: &mut dyn FnMut(usize, usize),
) -> Result<Again, Error> {
    let at = clock::now()?;
    let mut ledger = keys::write(path, by)?;
    let words = words::of(path)?;
    let before = match (all, bound::changed(&ledger)?) {
        (true, _) => u64::MAX,
        (false, Some(entry)) => entry,
        (false, None) => 0,
    };
    let ids = ledger.read_before(OURS, before)?;
    let mut done = Again::default();
    for part in ids.chunks(BATCH) {
        let stored = part.iter().filter_map(|id| ledger.report(id).transpose());
        let stored: Vec<StoredReport> = stored.collect::<Result<_, _>>()?;
        let read = |stored: StoredReport| NewReading {
            claims: extract::read(&stored.report, words).claims,
            report: stored.report.id,
            reader: gainsay_read::READER.to_owned(),
            by: by.to_owned(),
            at,
        };
        let readings: Vec<NewReading> = stored.into_par_iter().map(read).collect();
        done.changed += ledger.replace_claims(&readings)?;
        done.reports += readings.len();
        progress(done.reports, ids.len());
    }
    if ledger.words_entry()?.is_some() && done.reports > 0 {
        // Readings that came out as they were are no entries of the log: this says that they are of these words.
        let there = Manifest::of(&folder_of(path))?.unwrap_or_default();
        bound::tell(&mut ledger, by, bound::READ_AGAIN, "", &there)?;
    }
    if ledger.is_stale()? {
        let derived = Shelf::of(&ledger)?.derived();
        ledger.write_derived(&derived)?;
    }
    ledger.close()?;
    Ok(done)
}
