//! Makes a new ledger.

use std::fs::{OpenOptions, remove_file};
use std::path::Path;

use jiff::Timestamp;
use rusqlite::OpenFlags;
use serde_json::json;

use crate::held::held;
use crate::pen::Pen;
use crate::write::write;
use crate::{Action, Error, Ledger, SCHEMA, migrate, open};

impl Ledger {
    /// Makes an empty ledger at `path`, its log begun by `by` at `now`, and opens it.
    ///
    /// # Errors
    /// When there is a file already ([`Error::is_already_there`]), the folder does not exist or may not be written, or
    /// the disk is full; no file is left behind then.
    pub fn create(path: impl AsRef<Path>, by: &str, now: Timestamp) -> Result<Ledger, Error> {
        let path = path.as_ref();
        // Claims the name in one step, so that two programs never make one ledger.
        OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => {
                Error::refused(path, "the folder does not exist; make it first, or choose another")
            }
            _ => Error::io(path, error),
        })?;
        begin(path, by, now).inspect_err(|_| {
            let _ = remove_file(path);
        })
    }
}

fn begin(path: &Path, by: &str, now: Timestamp) -> Result<Ledger, Error> {
    let sql = |error| Error::sql(path, error);
    let signer = held(path)?.signer;
    let mut conn = open::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let payload = json!({ "format": migrate::FORMAT, "schema": SCHEMA });
    write(&mut conn, path, |tx| {
        migrate::make(tx).map_err(sql)?;
        let pen = Pen::take(tx, path, signer.as_ref())?;
        pen.append(now, by, Action::LedgerCreated, &payload).map_err(sql)
    })?;
    Ok(Ledger { conn, path: path.to_owned(), signer: None })
}
