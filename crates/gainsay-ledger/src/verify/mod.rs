//! Checks everything that can be checked, and says of each fault where it is and since when.
//!
//! What binds each table, so that a changed, missing, inserted or moved byte shows:
//!
//! | table | what binds it | checked in |
//! | --- | --- | --- |
//! | `log` | each entry's hash is over the one before; its signature is over its hash; `checkpoints` sign where it stood | `chain`, `signatures` |
//! | `reports`, `readings`, `beside` | the entry that added the row: every column, and hashes of packed and plain bytes | `bound` |
//! | `checkpoints`, `stamps` | the entry that records the row; a note by its own signature | `notes` |
//! | `claims` | made again from the newest readings, column by column | `derived` |
//! | `report_text` and its shadow tables | SQLite's own check of the index; every word and where it stands, the lengths and the totals are made again from the reports; it holds no leaf that it does not use | `container`, `words` |
//! | `heads`, `places`, `events`, `holdings`, `disputes`, `sources`, and their rows of `gpkg_contents` | a hash in `meta`, signed together with the entry they were weighed at where whoever weighed had a key ([`Verified::weighed`]); else what is weighed again | `derived`, `weighed` |
//! | `gpkg_*` | compared with what this version writes; days of change with the log | `contents` |
//! | `meta` | compared with the log; a key of no meaning is a fault | `container`, `chain`, `derived` |
//! | indexes, triggers, definitions | compared with what this version makes; SQLite's own check holds indexes to their tables | `container` |
//!
//! Tables, views and rows of `gpkg_*` that another program added (styles, spatial indexes, `sqlite_stat1`) are no fault, but
//! told of. Nothing binds what says nothing: free pages, the header's counters, the layout of pages, row numbers of
//! `claims` as long as their order is kept.
//!
//! Whoever can write the file can make an unsigned log anew. A signed one only somebody with its key can; the key that
//! counts must be known from elsewhere ([`Trust::keys`]). A log whose end was cut off is found by a note of a checkpoint that
//! was kept elsewhere ([`Trust::notes`]).

mod bound;
mod chain;
mod container;
mod contents;
mod derived;
mod notes;
mod signatures;
mod tombs;
mod weighed;
mod words;

use std::fmt;

use gainsay_custody::Public;
use rusqlite::Connection;

use crate::{Error, Head, Ledger, LedgerKey};

/// Something in the ledger that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The table; `file` for the file itself, `note` for a note that was kept elsewhere.
    pub table: String,
    /// The row: a report's or claim's id, a log entry's number.
    pub row: Option<String>,
    /// What is wrong, in one line.
    pub what: String,
    /// The log entry that last says how it should be.
    pub since: Option<u64>,
    /// The first genuine checkpoint that covers this entry; `None` where no entry is named, or there are no checkpoints.
    pub covered: Option<Covered>,
}

/// What checkpoints say of the entry that a fault is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Covered {
    /// How it should be is fixed by this one: the entry it is of, and when it was made (RFC 3339). Whether it was so then
    /// nobody looked.
    By(u64, String),
    /// No checkpoint was made since.
    Not,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.table)?;
        if let Some(row) = &self.row {
            write!(f, " `{row}`")?;
        }
        write!(f, ": {}", self.what)?;
        if let Some(since) = self.since {
            write!(f, " (bound by log entry {since})")?;
        }
        match &self.covered {
            Some(Covered::By(entry, at)) => {
                let day = at.split('T').next().unwrap_or_default();
                write!(f, "; how it should be is sealed by the checkpoint of entry {entry}, {day}")
            }
            Some(Covered::Not) => f.write_str("; not covered by any checkpoint"),
            None => Ok(()),
        }
    }
}

/// What is known from elsewhere, to hold a ledger to.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    /// Keys that are known to be whose they should be. Where any are given, it is a fault if an entry was signed by a
    /// key that is none of them, and that none of them vouched for.
    pub keys: Vec<Public>,
    /// Notes of checkpoints of this ledger, as they were written.
    pub notes: Vec<String>,
}

/// A checkpoint, as it was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The entry that it is of.
    pub seq: u64,
    /// The entry that records it; `None` for a note that was kept elsewhere.
    pub entry: Option<u64>,
    /// When it was made, as its note says: RFC 3339.
    pub at: String,
    /// Whose signature the note bears.
    pub key: Option<Public>,
    /// Whether the note is as it was signed, by a key of this log's.
    pub genuine: bool,
    /// Whether it is, and the ledger is as it says.
    pub sound: bool,
}

/// What checking found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Verified {
    /// The hash of the first entry: which ledger it is.
    pub ledger: Option<String>,
    /// Where the log ends.
    pub head: Option<Head>,
    /// How many entries the log has.
    pub entries: u64,
    /// How many of them bear no signature.
    pub unsigned: u64,
    /// How many of them lost their particulars when a report was removed.
    pub removed: u64,
    /// How many reports there are.
    pub reports: u64,
    /// How many readings.
    pub readings: u64,
    /// How many claims the newest readings hold.
    pub claims: u64,
    /// The keys that the log tells of, those added first first.
    pub keys: Vec<LedgerKey>,
    /// Those but the first that nobody vouched for, and that are not trusted.
    pub unvouched: Vec<Public>,
    /// The checkpoints in the ledger, then the notes that were kept elsewhere.
    pub checkpoints: Vec<Checked>,
    /// How many answers of timestamp services there are. Whether they fit their notes is not looked at here.
    pub stamps: u64,
    /// Whether what was weighed is signed by a key that is vouched for and not retired, and is as it was signed; `None` where
    /// nothing was. Else anybody may have changed it together with its hash: [`Ledger::differs_from`] holds it to what is
    /// weighed again.
    pub weighed: Option<bool>,
    /// What other programs added: tables, views, rows of the GeoPackage's own tables.
    pub foreign: Vec<String>,
    /// What is not as it should be; nothing where all is well.
    pub faults: Vec<Fault>,
}

impl Ledger {
    /// The faults that [`Ledger::verified`] finds where nothing is known from elsewhere.
    ///
    /// # Errors
    /// As there.
    pub fn verify(&self) -> Result<Vec<Fault>, Error> {
        Ok(self.verified(&Trust::default())?.faults)
    }

    /// Checks every hash and signature, the chain, the GeoPackage's own tables and all that is derived; no faults say that
    /// nothing was changed, removed, inserted or put in another order. Writes nothing.
    ///
    /// # Errors
    /// When the file cannot be read at all, or another program has held it for 5 s. Damage is no error but a fault.
    pub fn verified(&self, trust: &Trust) -> Result<Verified, Error> {
        let mut seen = Seen::default();
        // One snapshot for all checks, whatever another program writes meanwhile.
        let tx = self.conn.unchecked_transaction().map_err(|error| self.sql(error))?;
        let mut checks: Vec<(&str, Box<Check<'_>>)> = vec![
            ("file", Box::new(container::check)),
            ("file", Box::new(contents::check)),
            ("log", Box::new(tombs::read)),
            ("log", Box::new(chain::check)),
            ("log", Box::new(|_, seen| signatures::trusted(seen, &trust.keys))),
            ("checkpoints", Box::new(|conn, seen| notes::check(conn, seen, &trust.notes))),
            ("reports", Box::new(bound::check)),
            ("claims", Box::new(derived::check)),
        ];
        for (table, check) in &mut checks {
            if let Err(error) = check(&tx, &mut seen) {
                let error = self.sql(error);
                if error.is_busy() {
                    return Err(error);
                }
                seen.fault(table, None, format!("cannot be read further: {}", error.what()), None);
            }
        }
        drop(checks);
        seen.cover();
        Ok(seen.verified)
    }
}

type Check<'a> = dyn FnMut(&Connection, &mut Seen) -> rusqlite::Result<()> + 'a;

/// What was found so far.
#[derive(Default)]
struct Seen {
    verified: Verified,
    /// What was removed, as the log tells.
    tombs: tombs::Tombs,
    /// The entry at which what is derived was weighed.
    weighed: Option<u64>,
}

impl Seen {
    fn fault(&mut self, table: &str, row: Option<&str>, what: impl Into<String>, since: Option<i64>) {
        let since = since.and_then(|entry| u64::try_from(entry).ok());
        let (table, row) = (table.to_owned(), row.map(str::to_owned));
        self.verified.faults.push(Fault { table, row, what: what.into(), since, covered: None });
    }

    /// Says of each fault which checkpoint covers it.
    fn cover(&mut self) {
        let mut genuine: Vec<(u64, String)> = Vec::new();
        for checked in self.verified.checkpoints.iter().filter(|checked| checked.genuine) {
            genuine.push((checked.seq, checked.at.clone()));
        }
        genuine.sort();
        if self.verified.checkpoints.is_empty() {
            return;
        }
        for fault in &mut self.verified.faults {
            let Some(since) = fault.since else { continue };
            let first = genuine.iter().find(|(seq, _)| *seq >= since);
            fault.covered = Some(first.map_or(Covered::Not, |(seq, at)| Covered::By(*seq, at.clone())));
        }
    }
}
