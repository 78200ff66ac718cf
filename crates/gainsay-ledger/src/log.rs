//! The log, as it is read: what was done, entry by entry.

use std::collections::VecDeque;

use rusqlite::OptionalExtension;

use crate::line::{self, LogEntry, LogLine};
use crate::{Error, Ledger};

/// Where `meta` notes which entry last changed the words: it is asked for each time a ledger is opened.
pub(crate) const WORDS_ENTRY: &str = "words_entry";

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
    /// A key was told of that signs from now on.
    KeyAdded,
    /// A key signs no longer.
    KeyRetired,
    /// It was signed where the log stood.
    Checkpoint,
    /// A timestamp service answered to a checkpoint.
    Stamped,
    /// Reports were removed, with all that tells of them.
    ReportRemoved,
}

impl Action {
    /// All of them.
    pub const ALL: [Action; 12] = [
        Action::LedgerCreated,
        Action::ReportAdded,
        Action::ClaimsRead,
        Action::Decision,
        Action::Proposal,
        Action::LexiconChanged,
        Action::Config,
        Action::KeyAdded,
        Action::KeyRetired,
        Action::Checkpoint,
        Action::Stamped,
        Action::ReportRemoved,
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
            Action::KeyAdded => "key-added",
            Action::KeyRetired => "key-retired",
            Action::Checkpoint => "checkpoint",
            Action::Stamped => "stamped",
            Action::ReportRemoved => "report-removed",
        }
    }

    /// The one written so, if any.
    pub fn parse(word: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.as_str() == word)
    }

    /// Whether only the ledger itself writes such entries, together with the rows they bind.
    pub(crate) fn is_the_ledgers_own(self) -> bool {
        !matches!(self, Action::Decision | Action::Proposal | Action::LexiconChanged | Action::Config)
    }

    /// Whether such entries change nothing that is weighed.
    pub fn is_custody(self) -> bool {
        matches!(self, Action::KeyAdded | Action::KeyRetired | Action::Checkpoint | Action::Stamped)
    }
}

impl std::fmt::Display for Action {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where the log ends. Noted down elsewhere, it shows later whether the log was cut off or made anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// The number of the last entry.
    pub seq: u64,
    /// Its hash.
    pub hash: String,
}

impl Ledger {
    /// One entry of the log; `None` where it is not that long.
    ///
    /// # Errors
    /// When the file cannot be read or the entry is damaged.
    pub fn entry(&self, seq: u64) -> Result<Option<LogEntry>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached("SELECT * FROM log WHERE seq = ?1")?;
            rows.query_row([i64::try_from(seq).unwrap_or(i64::MAX)], LogLine::read).optional()
        };
        let line = read().map_err(|error| self.sql(error))?;
        line.map(|line| line.entry().map_err(|what| Error::damaged(&self.path, what))).transpose()
    }

    /// The log from the entry after this one to its last.
    pub fn log_after(&self, seq: u64) -> Log<'_> {
        Log(LogLines { next: i64::try_from(seq).unwrap_or(i64::MAX).saturating_add(1), ..self.lines() })
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

    /// The entries of one action, in order; without those whose particulars were removed.
    ///
    /// # Errors
    /// When the file cannot be read or an entry is damaged.
    pub fn entries_of(&self, action: Action) -> Result<Vec<LogEntry>, Error> {
        let read = || {
            let mut rows = self
                .conn
                .prepare_cached("SELECT * FROM log WHERE action = ?1 AND payload <> '' ORDER BY seq")?;
            rows.query_map([action.as_str()], LogLine::read)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|error| self.sql(error))?;
        rows.into_iter().map(|row| row.entry().map_err(|what| Error::damaged(&self.path, what))).collect()
    }

    /// The log from its first entry to its last.
    pub fn log(&self) -> Log<'_> {
        Log(self.lines())
    }

    /// The log as it is written down, from its first entry to its last.
    pub fn lines(&self) -> LogLines<'_> {
        LogLines { ledger: self, next: 1, page: VecDeque::new(), done: false }
    }

    /// Where the log ends.
    ///
    /// # Errors
    /// When the file cannot be read, or there is no log.
    pub fn head(&self) -> Result<Head, Error> {
        let head = line::head(&self.conn).map_err(|error| self.sql(error))?;
        let (seq, hash) = head.ok_or_else(|| Error::damaged(&self.path, "the log is empty"))?;
        Ok(Head { seq, hash })
    }
}

/// The entries of a log, in order; read from the file a page at a time.
#[derive(Debug)]
pub struct Log<'a>(LogLines<'a>);

impl Iterator for Log<'_> {
    type Item = Result<LogEntry, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let path = &self.0.ledger.path;
        let entry = |line: Result<LogLine, Error>| line?.entry().map_err(|what| Error::damaged(path, what));
        self.0.next().map(entry)
    }
}

/// The same, as they are written down.
#[derive(Debug)]
pub struct LogLines<'a> {
    ledger: &'a Ledger,
    next: i64,
    page: VecDeque<LogLine>,
    done: bool,
}

impl LogLines<'_> {
    const PAGE: i64 = 256;

    fn turn_the_page(&mut self) -> Result<(), Error> {
        let ledger = self.ledger;
        let read = || {
            let mut rows =
                ledger.conn.prepare_cached("SELECT * FROM log WHERE seq >= ?1 ORDER BY seq LIMIT ?2")?;
            rows.query_map([self.next, Self::PAGE], LogLine::read)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        let rows = read().map_err(|error| ledger.sql(error))?;
        self.done = rows.is_empty();
        self.next = rows.last().map_or(self.next, |row| row.seq as i64 + 1);
        self.page.extend(rows);
        Ok(())
    }
}

impl Iterator for LogLines<'_> {
    type Item = Result<LogLine, Error>;

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
