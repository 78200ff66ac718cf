//! Making a checkpoint: a signed note of where the log stands, kept in the ledger and handed out.

use std::path::Path;

use gainsay_custody::{Note, ots, tsp};
use gainsay_ledger::{Checkpoint, Ledger};

use super::second;
use crate::{Error, clock, keys};

/// A checkpoint, and what can be sent out to have it stamped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The entry that records it.
    pub entry: u64,
    /// The note, letter for letter.
    pub note: String,
    /// The request to an authority (RFC 3161, `TimeStampReq`): `POST` it as `application/timestamp-query`.
    pub tsq: Vec<u8>,
    /// What is posted to a calendar of OpenTimestamps (`<calendar>/digest`): the 32 bytes of the note's SHA-256.
    pub digest: Vec<u8>,
}

impl Made {
    fn of(entry: u64, note: &Note) -> Made {
        let sha256 = note.sha256();
        Made { entry, note: note.text(), tsq: tsp::request(&sha256), digest: ots::request(&sha256) }
    }
}

/// Signs a note of where the log stands now, and keeps it. On the disk when it returns.
///
/// # Errors
/// When there is no key to sign by, or the ledger cannot be written.
pub fn checkpoint(path: &Path, by: &str) -> Result<Made, Error> {
    let at = clock::now()?;
    let mut ledger = keys::write(path, by)?;
    let Some(signer) = ledger.signer()? else {
        let what = "a checkpoint is signed, and there is no key to sign by; make one with `gainsay key`";
        return Err(Error::input(format!("{}: {what}", path.display())));
    };
    let head = ledger.head()?;
    let note = Note::new(&first_hash(&ledger)?, head.seq, &head.hash, &second(at), &signer.secret)
        .map_err(|error| Error::wrong(format!("{}: {error}", path.display())))?;
    let entry = ledger.put_checkpoint(by, at, head.seq, &head.hash, &note.text())?;
    ledger.close()?;
    Ok(Made::of(entry, &note))
}

/// A checkpoint that was made earlier, by the number of the entry that records it or of the one that it is of.
///
/// # Errors
/// When the ledger has none such, its note was changed, or the ledger cannot be read.
pub fn earlier(path: &Path, entry: u64) -> Result<Made, Error> {
    let ledger = keys::read(path)?;
    let found = find(&ledger, entry)?;
    let note =
        Note::parse(&found.note).map_err(|error| Error::wrong(format!("{}: {error}", path.display())))?;
    Ok(Made::of(found.entry, &note))
}

/// The checkpoint that an entry records, or that is of it.
pub(super) fn find(ledger: &Ledger, entry: u64) -> Result<Checkpoint, Error> {
    let all = ledger.checkpoints()?;
    let recorded = all.iter().find(|one| one.entry == entry);
    recorded.or(all.iter().rev().find(|one| one.seq == entry)).cloned().ok_or_else(|| {
        let known: Vec<String> = all.iter().rev().take(5).map(|one| one.entry.to_string()).collect();
        let known = match known.is_empty() {
            true => "there is none; make one with `gainsay checkpoint`".to_owned(),
            false => format!("the newest are those of entries {}", known.join(", ")),
        };
        Error::input(format!("no checkpoint is recorded by entry {entry}; {known}"))
    })
}

/// The hash of the first entry, by which a ledger is known.
pub(super) fn first_hash(ledger: &Ledger) -> Result<String, Error> {
    let first = ledger.lines().next().transpose()?;
    first.map(|line| line.hash).ok_or_else(|| {
        Error::wrong(format!("{}: the log is empty; `gainsay verify` says more", ledger.path().display()))
    })
}
