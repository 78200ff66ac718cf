//! Reads reports, claims and what was weighed from them.

use gainsay_model::{Claim, Date, Dispute, Event, Field, Kind, Report, SourceView};
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Row, params_from_iter};
use serde::de::DeserializeOwned;

use crate::derived::TextHead;
use crate::pack::{decompress, sha256};
use crate::{Error, Ledger};

/// A report in the ledger, with how it came there.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredReport {
    /// The report.
    pub report: Report,
    /// SHA-256 of its text's UTF-8 bytes, 64 hexadecimal digits.
    pub text_sha256: String,
    /// SHA-256 of the bytes it came as.
    pub raw_sha256: String,
    /// How many bytes these are.
    pub raw_size: u64,
    /// The name they came under.
    pub raw_name: String,
    /// Intake's name and version.
    pub tool: String,
    /// Who added it.
    pub by: String,
    /// When, to the second.
    pub at: Timestamp,
    /// The log entry that records it.
    pub entry: u64,
}

/// What of a report is known without its text, and its [`TextHead`] where that was written.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportRow {
    /// Its id.
    pub id: String,
    /// The day it was said.
    pub published: Option<Date>,
    /// The outlet, as written.
    pub publisher: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// SHA-256 of its text.
    pub text_sha256: String,
    /// What weighing needs to know of its text.
    pub head: Option<TextHead>,
}

/// Which claims to answer with; by default all of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimFilter {
    /// Of this report alone.
    pub report: Option<String>,
    /// Of these kinds alone; of all where empty.
    pub kinds: Vec<Kind>,
    /// Said by this day; leaves out claims of reports whose day is not known.
    pub known_by: Option<Date>,
    /// By this reader alone, whatever its version ("gainsay").
    pub reader: Option<String>,
    /// With this id alone.
    pub id: Option<String>,
    /// With one of these ids alone.
    pub ids: Option<Vec<String>>,
}

pub(crate) const REPORT: &str =
    "SELECT id, text, published, publisher, title, url, language, guessed, text_sha256, raw_sha256,
    raw_size, raw_name, tool, added_by, added_at, entry, author FROM reports";

impl Ledger {
    /// All reports, in the order they were added.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn reports(&self) -> Result<Vec<StoredReport>, Error> {
        let read = || {
            let mut rows = self.conn.prepare(&format!("{REPORT} ORDER BY fid"))?;
            rows.query_map([], stored_report)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// All reports without their texts, in the order they were added.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn report_rows(&self) -> Result<Vec<ReportRow>, Error> {
        let read = || {
            let mut rows = self.conn.prepare(
                "SELECT id, published, publisher, title, url, text_sha256, report, credited, dated, fingerprint
                 FROM reports LEFT JOIN heads ON report = id ORDER BY fid",
            )?;
            rows.query_map([], report_row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Those of these reports that there are, without their texts, in the order they were added.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn report_rows_of(&self, ids: &[&str]) -> Result<Vec<ReportRow>, Error> {
        // Nobody asks a few reports whether they are copies: fingerprints stay where they are.
        let ids = serde_json::to_string(ids).expect("texts are written as JSON");
        let read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT id, published, publisher, title, url, text_sha256, report, credited, dated, x''
                 FROM reports LEFT JOIN heads ON report = id
                 WHERE id IN (SELECT value FROM json_each(?1)) ORDER BY fid",
            )?;
            rows.query_map([ids], report_row)?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// The languages of reports, by id; of those whose language is known.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn languages(&self) -> Result<std::collections::BTreeMap<String, String>, Error> {
        let read = || {
            let mut rows =
                self.conn.prepare("SELECT id, language FROM reports WHERE language IS NOT NULL")?;
            rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// One report; `None` where there is none of that id.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn report(&self, id: &str) -> Result<Option<StoredReport>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached(&format!("{REPORT} WHERE id = ?1"))?;
            rows.query_row([id], stored_report).optional()
        };
        read().map_err(|error| self.sql(error))
    }

    /// Whether there is a report of that id.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn has_report(&self, id: &str) -> Result<bool, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached("SELECT 1 FROM reports WHERE id = ?1")?;
            rows.exists([id])
        };
        read().map_err(|error| self.sql(error))
    }

    /// How many reports and how many claims there are.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn counts(&self) -> Result<(u64, u64), Error> {
        let sql = "SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM claims)";
        self.conn
            .query_row(sql, [], |row| Ok((whole(row, 0)?, whole(row, 1)?)))
            .map_err(|error| self.sql(error))
    }

    /// The bytes that a report came as; `None` where there is none of that id.
    ///
    /// # Errors
    /// When the file cannot be read, or the bytes are not those that were added.
    pub fn raw(&self, id: &str) -> Result<Option<Vec<u8>>, Error> {
        let read = || {
            let mut rows =
                self.conn.prepare_cached("SELECT raw, raw_size, raw_sha256 FROM reports WHERE id = ?1")?;
            rows.query_row([id], |row| Ok((row.get(0)?, whole(row, 1)?, row.get(2)?))).optional()
        };
        let row: Option<(Vec<u8>, u64, String)> = read().map_err(|error| self.sql(error))?;
        let Some((frame, size, hash)) = row else { return Ok(None) };
        match decompress(&frame, size) {
            Ok(bytes) if sha256(&bytes) == hash => Ok(Some(bytes)),
            _ => Err(Error::damaged(
                &self.path,
                format!("the bytes of report `{id}` are not those that were added"),
            )),
        }
    }

    /// Claims, in the order of their reports' ids, then as each reader read them.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn claims(&self, filter: &ClaimFilter) -> Result<Vec<Claim>, Error> {
        let (condition, values) = filter.condition();
        self.json_lines(
            &format!("SELECT json FROM claims WHERE {condition} ORDER BY report, reading, position"),
            values,
        )
    }

    /// One claim; `None` where there is none of that id. Where several readers read it, the first's.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn claim(&self, id: &str) -> Result<Option<Claim>, Error> {
        let filter = ClaimFilter { id: Some(id.to_owned()), ..ClaimFilter::default() };
        Ok(self.claims(&filter)?.into_iter().next())
    }

    /// Ids of the reports that hold all these words, best first.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn search(&self, words: &str) -> Result<Vec<String>, Error> {
        let terms: Vec<String> =
            words.split_whitespace().map(|word| format!("\"{}\"", word.replace(['"', '\0'], " "))).collect();
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT reports.id FROM report_text JOIN reports ON reports.fid = report_text.rowid
                 WHERE report_text MATCH ?1 ORDER BY report_text.rank, reports.id",
            )?;
            rows.query_map([terms.join(" ")], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// The events last written, by id.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn events(&self) -> Result<Vec<Event>, Error> {
        self.json_lines("SELECT json FROM events ORDER BY id", Vec::new())
    }

    /// The disputes last written, by id.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn disputes(&self) -> Result<Vec<Dispute>, Error> {
        self.json_lines("SELECT json FROM disputes ORDER BY id", Vec::new())
    }

    /// The sources last written, by id.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn sources(&self) -> Result<Vec<SourceView>, Error> {
        self.json_lines("SELECT json FROM sources ORDER BY id", Vec::new())
    }

    fn json_lines<T: DeserializeOwned>(&self, sql: &str, values: Vec<Value>) -> Result<Vec<T>, Error> {
        let read = || {
            let mut rows = self.conn.prepare_cached(sql)?;
            rows.query_map(params_from_iter(values), |row| json(row, 0))?
                .collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }
}

impl ClaimFilter {
    /// The claims of one report.
    pub fn of_report(id: &str) -> ClaimFilter {
        ClaimFilter { report: Some(id.to_owned()), ..ClaimFilter::default() }
    }

    fn condition(&self) -> (String, Vec<Value>) {
        let mut parts = vec!["TRUE".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        let mut equal = |column: &str, value: &Option<String>| {
            if let Some(value) = value {
                parts.push(format!("{column} = ?"));
                values.push(value.clone().into());
            }
        };
        equal("report", &self.report);
        equal("id", &self.id);
        if let Some(reader) = &self.reader {
            parts.push("reading IN (SELECT entry FROM readings WHERE reader_name = ?)".to_owned());
            values.push(reader.clone().into());
        }
        if let Some(ids) = &self.ids {
            parts.push("id IN (SELECT value FROM json_each(?))".to_owned());
            values.push(serde_json::to_string(ids).expect("texts are written as JSON").into());
        }
        if let Some(day) = self.known_by {
            parts.push("published <= ?".to_owned());
            values.push(day.to_string().into());
        }
        if !self.kinds.is_empty() {
            parts.push(format!("kind IN ({})", vec!["?"; self.kinds.len()].join(", ")));
            values.extend(self.kinds.iter().map(|kind| Value::from(kind.as_str().to_owned())));
        }
        (parts.join(" AND "), values)
    }
}

fn report_row(row: &Row<'_>) -> rusqlite::Result<ReportRow> {
    let day = |at: usize| -> rusqlite::Result<Option<Date>> {
        row.get::<_, Option<String>>(at)?.map(|day| parsed(at, &day)).transpose()
    };
    let head = match row.get::<_, Option<String>>(6)? {
        Some(report) => {
            let bytes: Vec<u8> = row.get(9)?;
            let hashes =
                bytes.chunks_exact(8).map(|hash| u64::from_be_bytes(hash.try_into().unwrap_or_default()));
            Some(TextHead { report, credited: row.get(7)?, dated: day(8)?, fingerprint: hashes.collect() })
        }
        None => None,
    };
    Ok(ReportRow {
        id: row.get(0)?,
        published: day(1)?,
        publisher: row.get(2)?,
        title: row.get(3)?,
        url: row.get(4)?,
        text_sha256: row.get(5)?,
        head,
    })
}

pub(crate) fn stored_report(row: &Row<'_>) -> rusqlite::Result<StoredReport> {
    let published: Option<String> = row.get(2)?;
    let guessed: Vec<Field> = json(row, 7)?;
    Ok(StoredReport {
        report: Report {
            id: row.get(0)?,
            text: row.get(1)?,
            published: published.map(|day| parsed(2, &day)).transpose()?,
            publisher: row.get(3)?,
            author: row.get(16)?,
            title: row.get(4)?,
            url: row.get(5)?,
            language: row.get(6)?,
            guessed,
        },
        text_sha256: row.get(8)?,
        raw_sha256: row.get(9)?,
        raw_size: whole(row, 10)?,
        raw_name: row.get(11)?,
        tool: row.get(12)?,
        by: row.get(13)?,
        at: parsed(14, &row.get::<_, String>(14)?)?,
        entry: whole(row, 15)?,
    })
}

/// A cell that holds a number of things.
fn whole(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| rusqlite::Error::IntegralValueOutOfRange(column, number))
}

/// A cell that holds a day or a time.
fn parsed<T: std::str::FromStr<Err = jiff::Error>>(column: usize, text: &str) -> rusqlite::Result<T> {
    text.parse().map_err(|error: jiff::Error| conversion(column, error))
}

/// A cell that holds JSON.
fn json<T: DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text: String = row.get(column)?;
    serde_json::from_str(&text).map_err(|error| conversion(column, error))
}

fn conversion(column: usize, error: impl std::error::Error + Send + Sync + 'static) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}
