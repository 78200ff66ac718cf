//! Answers made beforehand, in a file of their own beside the ledger: found in it by place, party, source and day.
//!
//! **Takes** rows that weighing gives: claims with their keys, events, disputes, who held what, and lines for lists.
//! **Gives** them back by what they are asked for, a few at a time, however many there are.
//! **Never** is the only copy of anything: the file is of one entry of the ledger's log and is made anew when the log has
//! grown. It is written under another name and then takes its place, so that a reader sees all of it or none.

mod find;
mod read;
mod rows;
mod write;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rusqlite::{Connection, OpenFlags};

use crate::cipher::{Form, form, key_beside, unlock};
use crate::{Error, guard};

pub use find::{Days, Found, Wanted};
pub use read::{Line, Order};
pub use rows::{AnswerRows, ClaimRow, DisputeRow, EventRow, HeldRow, LineRow, QueueRow, ReportListRow};

/// The layout of the file; another one's is made anew.
const LAYOUT: &str = "4";

/// What an entity is looked up as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// A place.
    Place = 1,
    /// An actor: one who does something or to whom it is done.
    Actor = 2,
    /// A source, by whom it is said or passed on.
    Source = 3,
    /// A source, by whose word it is.
    AccordingTo = 4,
}

/// An open file of answers: one connection.
#[derive(Debug)]
pub struct AnswersFile {
    conn: Connection,
    path: PathBuf,
}

impl AnswersFile {
    /// Opens answers; `None` where there are none, or none that this version reads.
    ///
    /// # Errors
    /// When there is a file that cannot be read.
    pub fn open(path: &Path) -> Result<Option<AnswersFile>, Error> {
        if !path.exists() {
            return Ok(None);
        }
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        // Answers beside an encrypted ledger are encrypted, and others are not: else they are of another time.
        let plain = form(path).is_ok_and(|form| form == Form::Plain);
        let key = key_beside(path)?;
        if plain == key.is_some() {
            return Ok(None);
        }
        let open = || -> rusqlite::Result<Connection> {
            let conn = Connection::open_with_flags(path, flags)?;
            guard::limit(&conn)?;
            if let Some(key) = &key {
                unlock(&conn, key)?;
            }
            if !is_own(&conn)? {
                return Err(rusqlite::Error::InvalidQuery);
            }
            conn.execute_batch(
                "PRAGMA trusted_schema = OFF; PRAGMA cache_size = -12000; PRAGMA mmap_size = 0;",
            )?;
            conn.set_prepared_statement_cache_capacity(64);
            Ok(conn)
        };
        let file = match open() {
            Ok(conn) => AnswersFile { conn, path: path.to_owned() },
            // No answers, whatever it is: they are made anew.
            Err(_) => return Ok(None),
        };
        Ok(file.meta("layout").ok().flatten().filter(|layout| layout == LAYOUT).map(|_| file))
    }

    /// What is noted of the file: `ledger` the hash of the log's first entry, `entry` the last entry it was made of.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, Error> {
        use rusqlite::OptionalExtension;
        let read = || {
            let mut rows = self.conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?;
            rows.query_row([key], |row| row.get(0)).optional()
        };
        read().map_err(|error| self.sql(error))
    }

    fn sql(&self, error: rusqlite::Error) -> Error {
        Error::sql(&self.path, error)
    }
}

/// Whether a file holds what gainsay writes there and nothing else: it may have come with a ledger of a stranger's.
fn is_own(conn: &Connection) -> rusqlite::Result<bool> {
    static OWN: OnceLock<BTreeSet<(String, String)>> = OnceLock::new();
    let objects = |conn: &Connection| -> rusqlite::Result<BTreeSet<(String, String)>> {
        // Statistics for SQLite's planner are no text that runs.
        let mut rows = conn.prepare(
            "SELECT name, coalesce(sql, '') FROM sqlite_schema WHERE name NOT GLOB 'sqlite_stat[1-4]' LIMIT 1000",
        )?;
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
    };
    let own = match OWN.get() {
        Some(own) => own,
        None => {
            let model = Connection::open_in_memory()?;
            model.execute_batch(include_str!("../../schema/answers.sql"))?;
            model.execute_batch(&write::INDEXES.concat())?;
            let own = objects(&model)?;
            OWN.get_or_init(|| own)
        }
    };
    Ok(objects(conn)? == *own)
}

/// A day as a number.
fn number(day: gainsay_model::Date) -> i32 {
    let span = day.since(EPOCH).map(|span| span.get_days());
    span.unwrap_or(if day > EPOCH { i32::MAX } else { i32::MIN })
}

const EPOCH: gainsay_model::Date = jiff::civil::date(1970, 1, 1);
