//! Makes a new ledger.

use std::fs::{File, OpenOptions, TryLockError, remove_file};
use std::io;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::OpenFlags;
use serde_json::json;

use crate::held::held;
use crate::pen::Pen;
use crate::write::write;
use crate::{Action, Error, Ledger, SCHEMA, migrate, open};

impl Ledger {
    /// Makes an empty ledger at `path`, its log begun by `by` at `now`, and opens it. An empty file that is there already,
    /// as a run that was cut short may leave it, becomes the ledger.
    ///
    /// # Errors
    /// When there is a file already ([`Error::is_already_there`]), the folder does not exist or may not be written, or
    /// the disk is full; no file is left behind then.
    pub fn create(path: impl AsRef<Path>, by: &str, now: Timestamp) -> Result<Ledger, Error> {
        let path = path.as_ref();
        let (claim, made) = claim(path)?;
        let begun = begin(path, by, now).inspect_err(|_| {
            if made {
                let _ = remove_file(path);
            }
        });
        drop(claim);
        begun
    }
}

/// Claims the name in one step, so that two programs never make one ledger: with a new file, or with one that is empty,
/// which a run that was cut short left. Says whether it is new.
fn claim(path: &Path) -> Result<(File, bool), Error> {
    let io = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => {
            Error::refused(path, "the folder does not exist; make it first, or choose another")
        }
        _ => Error::io(path, error),
    };
    let there = || Error::io(path, io::ErrorKind::AlreadyExists.into());
    let is_empty = |file: &File| file.metadata().is_ok_and(|meta| meta.is_file() && meta.len() == 0);
    let (file, made) = match OpenOptions::new().write(true).create_new(true).open(path) {
        Ok(file) => (file, true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            if !std::fs::metadata(path).is_ok_and(|meta| meta.is_file() && meta.len() == 0) {
                return Err(there());
            }
            (OpenOptions::new().write(true).open(path).map_err(io)?, false)
        }
        Err(error) => return Err(io(error)),
    };
    // Where such a lock would keep SQLite itself out, SQLite's own is enough.
    let held = cfg!(unix) && matches!(file.try_lock(), Err(TryLockError::WouldBlock));
    if held || !is_empty(&file) { Err(there()) } else { Ok((file, made)) }
}

fn begin(path: &Path, by: &str, now: Timestamp) -> Result<Ledger, Error> {
    let sql = |error| Error::sql(path, error);
    let signer = held(path)?.signer;
    let mut conn = open::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let payload = json!({ "format": migrate::FORMAT, "schema": SCHEMA });
    write(&mut conn, path, |tx| {
        let there: i64 =
            tx.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(sql)?;
        if there > 0 {
            return Err(Error::io(path, io::ErrorKind::AlreadyExists.into()));
        }
        migrate::make(tx).map_err(sql)?;
        let pen = Pen::take(tx, path, signer.as_ref())?;
        pen.append(now, by, Action::LedgerCreated, &payload).map_err(sql)
    })?;
    Ok(Ledger { conn, path: path.to_owned(), signer: None, again: false })
}
