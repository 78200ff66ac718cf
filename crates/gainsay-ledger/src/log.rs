//! The log: append-only, each entry bound to the one before it by a hash.

use std::collections::VecDeque;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde_json::Value;

use crate::migrate::set_meta;
use crate::pack::{FieldHash, second};
use crate::write::write;
use crate::{Error, Ledger, geopackage};

/// The hash before the first entry.
pub(crate) const BEFORE_THE_FIRST: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// Where `meta` notes which entry last changed the words: it is asked for each time a ledger is opened.
const WORDS_ENTRY: &str = "words_entry";

/// What an entry records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// The ledger was made.
    LedgerCreated,
    /// A report was taken in.
    ReportAdded,
    /// Claims were read from a report.
    ClaimsRead,
    /// Somebody confirmed, corrected, merged, split or set something.
    Decision,
    /// Somebody proposed to decide so, or a proposal was refused; decides nothing by itself.
    Proposal,
    /// Actors, sources or places were changed.
    LexiconChanged,
    /// A setting was changed.
    Config,
}

impl Action {
    /// All of them.
    pub const ALL: [Action; 7] = [
        Action::LedgerCreated,
        Action::ReportAdded,
        Action::ClaimsRead,
        Action::Decision,
        Action::Proposal,
        Action::LexiconChanged,
        Action::Config,
    ];

    /// The word that stands for it in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Action::LedgerCreated => "ledger-created",
            Action::ReportAdded => "report-added",
            Action::ClaimsRead => "claims-read",
            Action::Decision => "decision",
            Action::Proposal => "proposal",
            Action::LexiconChanged => "lexicon-changed",
            Action::Config => "config",
        }
    }

    /// The one written so, if any.
    pub fn parse(word: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.as_str() == word)
    }

    /// Whether only the ledger itself writes such entries, together with the rows they bind.
    fn is_the_ledgers_own(self) -> bool {
        matches!(self, Action::LedgerCreated | Action::ReportAdded | Action::ClaimsRead)
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// One entry of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct LogEntry {
    /// Its number, counted from 1 without a gap.
    pub seq: u64,
    /// When, to the second.
    pub at: Timestamp,
    /// Who did it.
    pub by: String,
    /// What was done.
    pub action: Action,
    /// The particulars.
    pub payload: Value,
    /// The hash of the entry before, 64 hexadecimal digits; zeros for the first.
    pub prev: String,
    /// The hash of this one.
    pub hash: String,
}

/// Where the log ends. Noted down elsewhere, it shows later whether the log was cut off or made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last entry.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
}

/// An entry as it is written down.
pub(crate) struct Line {
    pub(crate) seq: i64,
    pub(crate) at: String,
    pub(crate) by: String,
    pub(crate) action: String,
    pub(crate) payload: String,
    pub(crate) prev: String,
    pub(crate) hash: String,
}

impl Line {
    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Line> {
        Ok(Line {
            seq: row.get(0)?,
            at: row.get(1)?,
            by: row.get(2)?,
            action: row.get(3)?,
            payload: row.get(4)?,
            prev: row.get(5)?,
            hash: row.get(6)?,
        })
    }

    /// The hash that it should have.
    pub(crate) fn computed(&self) -> String {
        let mut hash = FieldHash::new("gainsay-log/1");
        hash.field(self.prev.as_bytes());
        hash.field(&self.seq.to_be_bytes());
        for text in [&self.at, &self.by, &self.action, &self.payload] {
            hash.field(text.as_bytes());
        }
        hash.finish()
    }

    /// The entry, or what in it cannot be read.
    pub(crate) fn entry(self) -> Result<LogEntry, String> {
        let seq = self.seq;
        let wrong = |what: &str| format!("log entry {seq}: {what}");
        Ok(LogEntry {
            seq: u64::try_from(seq).map_err(|_| wrong("a negative number"))?,
            at: self.at.parse().map_err(|_| wrong("no time"))?,
            by: self.by,
            action: Action::parse(&self.action).ok_or_else(|| wrong("an unknown action"))?,
            payload: serde_json::from_str(&self.payload).map_err(|_| wrong("a payload that is no JSON"))?,
            prev: self.prev,
            hash: self.hash,
        })
    }
}

/// The last entry's number and hash.
pub(crate) fn head(conn: &Connection) -> rusqlite::Result<Option<(i64, String)>> {
    conn.prepare_cached("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// Adds an entry at the end and gives its number. The caller holds a transaction that may write.
pub(crate) fn append(
    conn: &Connection,
    at: Timestamp,
    by: &str,
    action: Action,
    payload: &Value,
) -> rusqlite::Result<i64> {
    let (last, prev) = head(conn)?.unwrap_or((0, BEFORE_THE_FIRST.to_owned()));
    let mut row = Line {
        seq: last + 1,
        at: second(at),
        by: by.to_owned(),
        action: action.as_str().to_owned(),
        payload: payload.to_string(),
        prev,
        hash: String::new(),
    };
    row.hash = row.computed();
    conn.prepare_cached("INSERT INTO log VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)")?.execute(params![
        row.seq,
        row.at,
        row.by,
        row.action,
        row.payload,
        row.prev,
        row.hash
    ])?;
    set_meta(conn, "log_count", &row.seq.to_string())?;
    set_meta(conn, "log_head", &row.hash)?;
    if action == Action::LexiconChanged {
        set_meta(conn, WORDS_ENTRY, &row.seq.to_string())?;
    }
    geopackage::touch(conn, &["log"], &row.at)?;
    Ok(row.seq)
}

impl Ledger {
    /// Records a decision, a change of the lexicon or a setting, and gives the entry's number. On the disk when it
    /// returns.
    ///
    /// # Errors
    /// When `action` is one that only the ledger itself records, the disk is full, or another program has held the
    /// ledger for 5 s.
    pub fn decide(&mut self, by: &str, at: Timestamp, action: Action, payload: &Value) -> Result<u64, Error> {
        let seqs = self.decide_all(by, at, action, std::slice::from_ref(payload))?;
        Ok(seqs[0])
    }

    /// As [`Ledger::decide`], several at once: all of them on the disk when it returns, or none.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn decide_all(
        &mut self,
        by: &str,
        at: Timestamp,
        action: Action,
        payloads: &[Value],
    ) -> Result<Vec<u64>, Error> {
        if action.is_the_ledgers_own() {
            return Err(Error::refused(&self.path, format!("only the ledger itself may record `{action}`")));
        }
        let path = &self.path;
        write(&mut self.conn, path, |tx| {
            let one = |payload| append(tx, at, by, action, payload).map(|seq| seq as u64);
            payloads.iter().map(one).collect::<rusqlite::Result<_>>().map_err(|error| Error::sql(path, error))
        })
    }

    /// As [`Ledger::decide_all`], if the log still ends where the caller saw it end; `None`, and nothing written, where
    /// somebody else was quicker.
    ///
    /// # Errors
    /// As [`Ledger::decide`].
    pub fn decide_after(
        &mut self,
        last: u64,
        by: &str,
        at: Timestamp,
        action: Action,
        payloads: &[Value],
    ) -> Result<Option<Vec<u64>>, Error> {
        if action.is_the_ledgers_own() {
            return Err(Error::refused(&self.path, format!("only the ledger itself may record `{action}`")));
        }
        let path = &self.path;
        write(&mut self.conn, path, |tx| {
            let sql = |error| Error::sql(path, error);
            let end = head(tx).map_err(sql)?.map_or(0, |(seq, _)| seq as u64);
            if end != last {
                return Ok(None);
            }
            let one = |payload| append(tx, at, by, action, payload).map(|seq| seq as u64);
            payloads.iter().map(one).collect::<rusqlite::Result<_>>().map(Some).map_err(sql)
        })
    }

    /// One entry of the log; `None` where it is not that long.
    ///
    /// # Errors
    /// When the file cannot be read or the entry is damaged.
    pub fn entry(&self, seq: u64) -> Result<Option<LogEntry>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached("SELECT * FROM log WHERE seq = ?1")?;
            rows.query_row([i64::try_from(seq).unwrap_or(i64::MAX)], Line::read).optional()
        };
        let line = read().map_err(|error| self.sql(error))?;
        line.map(|line| line.entry().map_err(|what| Error::damaged(&self.path, what))).transpose()
    }

    /// The log from the entry after this one to its last.
    pub fn log_after(&self, seq: u64) -> Log<'_> {
        Log { next: i64::try_from(seq).unwrap_or(i64::MAX).saturating_add(1), ..self.log() }
    }

    /// The entry that last changed actors, sources, places or the codebook; `None` where the built-in ones are used.
    ///
    /// # Errors
    /// When the file cannot be read or the entry is damaged.
    pub fn words_entry(&self) -> Result<Option<LogEntry>, Error> {
        let noted = crate::migrate::meta(&self.conn, WORDS_ENTRY).map_err(|error| self.sql(error))?;
        match noted.and_then(|seq| seq.parse().ok()) {
            Some(seq) => Ok(self.entry(seq)?.filter(|entry| entry.action == Action::LexiconChanged)),
            None => Ok(None),
        }
    }

    /// The reports whose newest reading by this reader, whatever its version, is older than an entry of the log, in the
    /// order they were added.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn read_before(&self, reader: &str, entry: u64) -> Result<Vec<String>, Error> {
        let read = || {
            let mut rows = self.conn.prepare(
                "SELECT reports.id FROM reports JOIN readings ON readings.report = reports.id
                 WHERE readings.reader_name = ?1 GROUP BY reports.id HAVING max(readings.entry) < ?2
                 ORDER BY reports.fid",
            )?;
            let entry = i64::try_from(entry).unwrap_or(i64::MAX);
            let ids = rows.query_map(rusqlite::params![reader, entry], |row| row.get(0))?;
            ids.collect::<rusqlite::Result<Vec<String>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// The entries of one action, in order.
    ///
    /// # Errors
    /// When the file cannot be read or an entry is damaged.
    pub fn entries_of(&self, action: Action) -> Result<Vec<LogEntry>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached("SELECT * FROM log WHERE action = ?1 ORDER BY seq")?;
            rows.query_map([action.as_str()], Line::read)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|error| self.sql(error))?;
        rows.into_iter().map(|row| row.entry().map_err(|what| Error::damaged(&self.path, what))).collect()
    }

    /// The log from its first entry to its last.
    pub fn log(&self) -> Log<'_> {
        Log { ledger: self, next: 1, page: VecDeque::new(), done: false }
    }

    /// Where the log ends.
    ///
    /// # Errors
    /// When the file cannot be read, or there is no log.
    pub fn head(&self) -> Result<Head, Error> {
        let head = head(&self.conn).map_err(|error| self.sql(error))?;
        let (seq, hash) = head.ok_or_else(|| Error::damaged(&self.path, "the log is empty"))?;
        Ok(Head { seq: seq as u64, hash })
    }
}

/// The entries of a log, in order; read from the file a page at a time.
#[derive(Debug)]
pub struct Log<'a> {
    ledger: &'a Ledger,
    next: i64,
    page: VecDeque<LogEntry>,
    done: bool,
}

impl Log<'_> {
    const PAGE: i64 = 256;

    fn turn_the_page(&mut self) -> Result<(), Error> {
        let ledger = self.ledger;
        let read = || {
            let mut rows =
                ledger.conn.prepare_cached("SELECT * FROM log WHERE seq >= ?1 ORDER BY seq LIMIT ?2")?;
            rows.query_map([self.next, Log::PAGE], Line::read)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|error| ledger.sql(error))?;
        self.done = rows.is_empty();
        for row in rows {
            self.next = row.seq + 1;
            self.page.push_back(row.entry().map_err(|what| Error::damaged(&ledger.path, what))?);
        }
        Ok(())
    }
}

impl Iterator for Log<'_> {
    type Item = Result<LogEntry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.page.is_empty()
            && !self.done
            && let Err(error) = self.turn_the_page()
        {
            self.done = true;
            return Some(Err(error));
        }
        self.page.pop_front().map(Ok)
    }
}
