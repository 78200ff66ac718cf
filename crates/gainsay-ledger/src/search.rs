//! Finds reports by the words of their texts, and hands out what an index over reports and claims is made of.

use gainsay_model::{Claim, Kind};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use crate::{Error, Ledger};

/// So many characters of a text are handed out to find words in.
const TEXT: u32 = 200_000;

/// Words that stand one after the other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Phrase {
    /// The words.
    pub words: String,
    /// Whether the last of them may go on.
    pub begun: bool,
}

/// What to look for: a report is found that has one phrase of every group in `all`, and none of `none`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sought {
    /// Groups of phrases that stand for each other.
    pub all: Vec<Vec<Phrase>>,
    /// Phrases that must not stand in it.
    pub none: Vec<Phrase>,
}

/// A report as an index needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportKey {
    /// Its number in the ledger.
    pub number: i64,
    /// Its id.
    pub id: String,
    /// The day it was said.
    pub published: Option<String>,
    /// The outlet, as written.
    pub publisher: Option<String>,
    /// The language, as a code.
    pub language: Option<String>,
    /// The log entry that records it.
    pub entry: u64,
}

/// A claim as an index needs it.
#[derive(Clone, Debug, PartialEq)]
pub struct ClaimKey {
    /// Its number in the ledger; another after the report was read anew.
    pub number: i64,
    /// Its report's id.
    pub report: String,
    /// What it is about.
    pub kind: Option<Kind>,
    /// The claim as a JSON line.
    pub json: String,
}

/// A report as a list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its number in the ledger.
    pub number: i64,
    /// Its id.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// The outlet, as written.
    pub publisher: Option<String>,
    /// The day it was said.
    pub published: Option<String>,
    /// The language, as a code.
    pub language: Option<String>,
    /// Its text, as far as 200,000 characters.
    pub text: String,
}

impl Sought {
    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.all.iter().all(Vec::is_empty)
    }

    /// As the index of words takes it. Phrases are strings there, in which nothing has a meaning but the quote.
    fn expression(&self) -> String {
        let phrase = |phrase: &Phrase| {
            let words = phrase.words.replace('\0', " ").replace('"', "\"\"");
            format!("\"{words}\"{}", if phrase.begun { "*" } else { "" })
        };
        let one_of = |phrases: &[Phrase]| phrases.iter().map(phrase).collect::<Vec<_>>().join(" OR ");
        let groups = self.all.iter().filter(|group| !group.is_empty());
        let all: Vec<String> = groups.map(|group| format!("({})", one_of(group))).collect();
        let none =
            if self.none.is_empty() { String::new() } else { format!(" NOT ({})", one_of(&self.none)) };
        format!("({}){none}", all.join(" AND "))
    }
}

impl Ledger {
    /// Numbers of the reports that have these words, in the order they were added; none where nothing is looked for.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reports_with(&self, sought: &Sought) -> Result<Vec<i64>, Error> {
        if sought.is_empty() {
            return Ok(Vec::new());
        }
        let read = || {
            let mut rows = self
                .conn
                .prepare_cached("SELECT rowid FROM report_text WHERE report_text MATCH ?1 ORDER BY rowid")?;
            rows.query_map([sought.expression()], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// As [`Ledger::reports_with`], the best first: those where rare words stand often in few words (BM25); of equal
    /// ones the newest in the ledger. Takes time with the number of reports found.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn reports_ranked(&self, sought: &Sought) -> Result<Vec<i64>, Error> {
        if sought.is_empty() {
            return Ok(Vec::new());
        }
        let read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT rowid FROM report_text WHERE report_text MATCH ?1
                 ORDER BY bm25(report_text, 4.0, 1.0), rowid DESC",
            )?;
            rows.query_map([sought.expression()], |row| row.get(0))?.collect::<rusqlite::Result<Vec<_>>>()
        };
        read().map_err(|error| self.sql(error))
    }

    /// These reports, in this order; those that are not there are left out.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn found(&self, numbers: &[i64]) -> Result<Vec<Found>, Error> {
        let read = || {
            let mut one = self.conn.prepare_cached(
                "SELECT fid, id, title, publisher, published, language, substr(text, 1, ?2) FROM reports
                 WHERE fid = ?1",
            )?;
            let mut all = Vec::with_capacity(numbers.len());
            for number in numbers {
                all.extend(one.query_map(rusqlite::params![number, TEXT], found)?.next().transpose()?);
            }
            Ok(all)
        };
        read().map_err(|error| self.sql(error))
    }

    /// Calls `each` for every report that was added after an entry of the log, in the order they were added.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn report_keys(&self, after: u64, mut each: impl FnMut(ReportKey)) -> Result<(), Error> {
        let mut read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT fid, id, published, publisher, language, entry FROM reports WHERE entry > ?1 ORDER BY fid",
            )?;
            let mut rows = rows.query([i64::try_from(after).unwrap_or(i64::MAX)])?;
            while let Some(row) = rows.next()? {
                each(ReportKey {
                    number: row.get(0)?,
                    id: row.get(1)?,
                    published: row.get(2)?,
                    publisher: row.get(3)?,
                    language: row.get(4)?,
                    entry: row.get::<_, i64>(5)?.unsigned_abs(),
                });
            }
            Ok(())
        };
        read().map_err(|error| self.sql(error))
    }

    /// Calls `each` for every claim that was read after an entry of the log, reading by reading.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn claim_keys(&self, after: u64, mut each: impl FnMut(ClaimKey)) -> Result<(), Error> {
        let mut read = || {
            let mut rows = self.conn.prepare_cached(
                "SELECT fid, report, kind, json FROM claims WHERE reading > ?1 ORDER BY reading, position",
            )?;
            let mut rows = rows.query([i64::try_from(after).unwrap_or(i64::MAX)])?;
            while let Some(row) = rows.next()? {
                each(claim_key(row)?);
            }
            Ok(())
        };
        read().map_err(|error| self.sql(error))
    }

    /// The claims with these numbers, in this order; those that are there no more are left out.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn claims_numbered(&self, numbers: &[i64]) -> Result<Vec<(i64, Claim)>, Error> {
        let read = || {
            let mut claims =
                self.conn.prepare_cached("SELECT fid, report, kind, json FROM claims WHERE fid = ?1")?;
            let mut all = Vec::with_capacity(numbers.len());
            for number in numbers {
                let values = params_from_iter([Value::from(*number)]);
                let Some(key) = claims.query_map(values, claim_key)?.next().transpose()? else { continue };
                all.push(key);
            }
            Ok(all)
        };
        let keys: Vec<ClaimKey> = read().map_err(|error| self.sql(error))?;
        let parsed = |key: ClaimKey| match serde_json::from_str(&key.json) {
            Ok(claim) => Ok((key.number, claim)),
            Err(error) => Err(Error::damaged(&self.path, format!("a claim of `{}`: {error}", key.report))),
        };
        keys.into_iter().map(parsed).collect()
    }

    /// The last entry of the log: 0 where there is none.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn last_entry(&self) -> Result<u64, Error> {
        let read = || {
            self.conn
                .prepare_cached("SELECT coalesce(max(seq), 0) FROM log")?
                .query_row([], |row| row.get::<_, i64>(0))
        };
        read().map(i64::unsigned_abs).map_err(|error| self.sql(error))
    }
}

fn found(row: &Row<'_>) -> rusqlite::Result<Found> {
    Ok(Found {
        number: row.get(0)?,
        id: row.get(1)?,
        title: row.get(2)?,
        publisher: row.get(3)?,
        published: row.get(4)?,
        language: row.get(5)?,
        text: row.get(6)?,
    })
}

fn claim_key(row: &Row<'_>) -> rusqlite::Result<ClaimKey> {
    let kind: String = row.get(2)?;
    Ok(ClaimKey {
        number: row.get(0)?,
        report: row.get(1)?,
        kind: Kind::ALL.iter().find(|own| own.as_str() == kind).copied(),
        json: row.get(3)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_strings_to_the_index() {
        let begun = |words: &str, begun| Phrase { words: words.into(), begun };
        let sought = Sought {
            all: vec![
                vec![begun("al \"x\" OR y", false), begun("z", true)],
                Vec::new(),
                vec![begun("q", false)],
            ],
            none: vec![begun("NEAR(a\0)", false)],
        };
        let expected = "((\"al \"\"x\"\" OR y\" OR \"z\"*) AND (\"q\")) NOT (\"NEAR(a )\")";
        assert_eq!(sought.expression(), expected);
        assert!(Sought::default().is_empty());
    }
}
