//! The ledger: one file that keeps reports, claims and a log that shows every change.
//!
//! The file is a valid GeoPackage (OGC 12-128r18), so that QGIS, GDAL, R and Python open it. Its **log** is
//! append-only and hash-chained; **reports** (raw bytes and text) and **readings** (claims as one reader read them)
//! are bound to log entries by hashes and never changed. All other tables are derived from these, and can be made
//! again. [`Ledger::verify`] checks all of it.
//!
//! Only this crate knows SQL. It never looks at a clock and never reads text: times and claims are handed in. One
//! batch is one transaction, and what was acknowledged is on the disk.

mod add;
pub mod answers;
mod atrest;
mod beside;
mod cipher;
mod checkpoints;
mod create;
mod derived;
mod digest;
mod error;
mod geopackage;
mod guard;
mod held;
mod keys;
pub mod layers;
mod line;
mod log;
mod migrate;
mod open;
mod pack;
mod pen;
mod query;
mod readings;
mod remove;
mod search;
mod styles;
mod verify;
mod write;

pub use add::{Added, NewReport};
pub use atrest::Rewritten;
pub use checkpoints::{Checkpoint, Stamp};
pub use derived::{Derived, Place, TextHead};
pub use error::Error;
pub use held::{Held, Signer, have, hold, offer};
pub use keys::LedgerKey;
pub use line::{LogEntry, LogLine};
pub use log::{Action, Head, Log, LogLines};
pub use open::Shared;
pub use query::{ClaimFilter, ReportRow, StoredReport};
pub use readings::{NewReading, StoredReading, reader_name};
pub use remove::Removed;
pub use search::{ClaimKey, Found, Phrase, ReportKey, Sought};
pub use styles::{Layer, LayerCell, LayerColumn, LayerKind, Outline, write_layers};
pub use verify::{Checked, Covered, Fault, Trust, Verified};

use std::path::{Path, PathBuf};

use rusqlite::Connection;

/// What this version writes, and the newest it reads.
pub const SCHEMA: u32 = migrate::STEPS.len() as u32;

/// The hash by which the ledger knows a text: SHA-256 of its UTF-8 bytes, 64 hexadecimal digits.
pub fn text_hash(text: &str) -> String {
    pack::sha256(text.as_bytes())
}

/// An open ledger: one connection to one file.
#[derive(Debug)]
pub struct Ledger {
    conn: Connection,
    path: PathBuf,
    /// Who signs, where it is not whose keys are held for the file.
    signer: Option<Signer>,
    /// Whether reports that were removed may be taken in again.
    again: bool,
}

impl Ledger {
    /// The file it lies in, as it was given.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Closes it; the ledger is then one file, with nothing beside it. Dropping does the same and says nothing.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn close(self) -> Result<(), Error> {
        self.conn.close().map_err(|(_, error)| Error::sql(&self.path, error))
    }

    /// Gives an error of the database the ledger's name.
    fn sql(&self, error: rusqlite::Error) -> Error {
        Error::sql(&self.path, error)
    }
}
