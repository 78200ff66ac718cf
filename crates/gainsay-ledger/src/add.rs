//! Takes reports in, with the claims read from them: one transaction a batch.

use std::path::Path;

use gainsay_model::{Beside, Claim, Report, Warning};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use crate::error::Kind;
use crate::pack::{compress, second, sha256};
use crate::pen::Pen;
use crate::readings::{self, NewReading};
use crate::remove::Marks;
use crate::{Action, Error, Ledger, beside, geopackage};

/// A report to be taken in, with what was read from it.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReport {
    /// The report.
    pub report: Report,
    /// The bytes it came as.
    pub raw: Vec<u8>,
    /// The name they came under: a file's, or a feed's and the entry's.
    pub raw_name: String,
    /// What lay beside the file it came in.
    pub beside: Vec<Beside>,
    /// Intake's name and version.
    pub tool: String,
    /// Name and version of the reader; empty where nobody has read it yet.
    pub reader: String,
    /// All claims that the reader read from it.
    pub claims: Vec<Claim>,
    /// Who adds it.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// What became of a batch.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Added {
    /// Ids of the reports that are new, in order.
    pub added: Vec<String>,
    /// Ids of those that were there already with the same text; nothing of them was changed.
    pub unchanged: Vec<String>,
    /// Those that were not taken in, and why.
    pub refused: Vec<Warning>,
    /// What is worth knowing of the others: a text that is there under another id, other metadata than before.
    pub notes: Vec<Warning>,
}

impl Ledger {
    /// Takes in a batch of reports, in order; on the disk when it returns. One whose id and text are there already is
    /// left as it is; one whose id is there with another text is refused, and so is one that was removed
    /// ([`Ledger::take_again`]); the rest goes on. A text that is there under another id is kept, for a copy is worth
    /// knowing of.
    ///
    /// # Errors
    /// When the disk is full or another program has held the ledger for 5 s; the ledger is then as it was before.
    pub fn add(&mut self, batch: &[NewReport]) -> Result<Added, Error> {
        let again = self.again;
        self.write(|pen, path| {
            let mut added = Added::default();
            let marks = match again {
                true => None,
                false => Marks::read(pen.conn, pen.signer()).map_err(|error| Error::sql(path, error))?,
            };
            for report in batch {
                one(pen, path, report, marks.as_ref(), &mut added)?;
            }
            Ok(added)
        })
    }

    /// Whether a report of that id is there with that text, so that there is no need to read and add it again.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn holds(&self, report: &Report) -> Result<bool, Error> {
        let there = earlier(&self.conn, &report.id).map_err(|error| self.sql(error))?;
        Ok(there.is_some_and(|there| there.text_sha256 == sha256(report.text.as_bytes())))
    }
}

/// What a report of the same id looks like in the ledger.
struct Earlier {
    text_sha256: String,
    raw_name: String,
    metadata: [Option<String>; 5],
}

fn earlier(conn: &Connection, id: &str) -> rusqlite::Result<Option<Earlier>> {
    conn.prepare_cached(
        "SELECT text_sha256, raw_name, published, publisher, title, url, language FROM reports WHERE id = ?1",
    )?
    .query_row([id], |row| {
        Ok(Earlier {
            text_sha256: row.get(0)?,
            raw_name: row.get(1)?,
            metadata: [row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, row.get(6)?],
        })
    })
    .optional()
}

fn one(
    pen: &Pen<'_>,
    path: &Path,
    new: &NewReport,
    marks: Option<&Marks<'_>>,
    added: &mut Added,
) -> Result<(), Error> {
    let conn = pen.conn;
    let sql = |error| Error::sql(path, error);
    let report = &new.report;
    let warning = |message: String| Warning { subject: report.id.clone(), line: None, message };
    let text_sha256 = sha256(report.text.as_bytes());
    if report.id.is_empty() {
        added
            .refused
            .push(Warning { subject: new.raw_name.clone(), ..warning("has no id; give it one".into()) });
        return Ok(());
    }
    if let Some(stray) = new.claims.iter().find(|claim| claim.document != report.id) {
        added
            .refused
            .push(warning(format!("claim `{}` is of another document, `{}`", stray.id, stray.document)));
        return Ok(());
    }
    if let Some(there) = earlier(conn, &report.id).map_err(sql)? {
        if there.text_sha256 != text_sha256 {
            added.refused.push(warning(format!(
                "`{}` has the id of `{}`, which is in the ledger with another text; give one of them another id",
                new.raw_name, there.raw_name
            )));
            return Ok(());
        }
        let names = ["published", "publisher", "title", "url", "language"];
        let other: Vec<&str> = names
            .into_iter()
            .zip(metadata(report).iter().zip(&there.metadata))
            .filter(|(_, (new, old))| new != old)
            .map(|(name, _)| name)
            .collect();
        if !other.is_empty() {
            let other = other.join(", ");
            added.notes.push(warning(format!(
                "is there already with other metadata ({other}); kept as first added"
            )));
        }
        added.unchanged.push(report.id.clone());
        return Ok(());
    }
    if let Some(entry) = marks.and_then(|marks| marks.of(&text_sha256, &new.raw)) {
        added.refused.push(warning(format!(
            "was removed from this ledger (log entry {entry}); `--again` takes it in all the same"
        )));
        return Ok(());
    }
    let twin: Option<String> = conn
        .prepare_cached("SELECT id FROM reports WHERE text_sha256 = ?1 ORDER BY fid LIMIT 1")
        .and_then(|mut twin| twin.query_row([&text_sha256], |row| row.get(0)).optional())
        .map_err(sql)?;
    if let Some(twin) = twin {
        added.notes.push(warning(format!("has the same text as `{twin}`; both are kept")));
    }
    insert(pen, path, new, &text_sha256)?;
    added.added.push(report.id.clone());
    Ok(())
}

/// Published, publisher, title, url, language.
fn metadata(report: &Report) -> [Option<String>; 5] {
    [
        report.published.map(|day| day.to_string()),
        report.publisher.clone(),
        report.title.clone(),
        report.url.clone(),
        report.language.clone(),
    ]
}

/// What the log says of a report: its metadata, and hashes of its text, of its raw bytes, and of these as stored.
/// What lay beside it is told of where there is any: entries of older ledgers have no such key.
pub(crate) fn payload(
    report: &Report,
    raw: &[u8],
    raw_name: &str,
    stored: &[u8],
    tool: &str,
    beside: Option<Value>,
) -> Value {
    let [published, publisher, title, url, language] = metadata(report);
    let mut payload = json!({
        "report": report.id,
        "title": title,
        "publisher": publisher,
        "published": published,
        "url": url,
        "language": language,
        "guessed": report.guessed,
        "text_sha256": sha256(report.text.as_bytes()),
        "raw_sha256": sha256(raw),
        "raw_size": raw.len(),
        "raw_name": raw_name,
        "stored_sha256": sha256(stored),
        "tool": tool,
    });
    // Entries of before there were authors say nothing of them.
    if let Some(author) = &report.author {
        payload["author"] = json!(author);
    }
    if let Some(beside) = beside {
        payload["beside"] = beside;
    }
    payload
}

fn insert(pen: &Pen<'_>, path: &Path, new: &NewReport, text_sha256: &str) -> Result<(), Error> {
    let conn = pen.conn;
    let report = &new.report;
    let raw = compress(&new.raw).map_err(|error| Error::new(path, Kind::Io(error)))?;
    let raw_sha256 = sha256(&new.raw);
    let [published, publisher, title, url, language] = metadata(report);
    let guessed = serde_json::to_string(&report.guessed).expect("field names are strings");
    let packed = beside::pack(conn, &new.beside).map_err(|error| Error::sql(path, error))?;
    let lay = beside::payload(&packed, beside::Form::Whole);
    let payload = payload(report, &new.raw, &new.raw_name, &raw, &new.tool, lay);
    let write = || {
        let entry = pen.append(new.at, &new.by, Action::ReportAdded, &payload)?;
        conn.prepare_cached(
            "INSERT INTO reports (id, title, publisher, published, url, language, guessed, text, text_sha256, raw,
                 raw_sha256, raw_size, raw_name, tool, added_by, added_at, entry, author)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        )?
        .execute(params![
            report.id,
            title,
            publisher,
            published,
            url,
            language,
            guessed,
            report.text,
            text_sha256,
            raw,
            raw_sha256,
            new.raw.len() as i64,
            new.raw_name,
            new.tool,
            new.by,
            second(new.at),
            entry,
            report.author
        ])?;
        let fid = conn.last_insert_rowid();
        beside::put(conn, &report.id, entry, &packed)?;
        conn.prepare_cached("INSERT INTO report_text(rowid, title, text) VALUES (?1, ?2, ?3)")?
            .execute(params![fid, title, report.text])?;
        geopackage::touch(
            conn,
            &["reports", "beside"][..1 + usize::from(!new.beside.is_empty())],
            &second(new.at),
        )
    };
    write().map_err(|error| Error::sql(path, error))?;
    if new.reader.is_empty() && new.claims.is_empty() {
        return Ok(());
    }
    let reading = NewReading {
        report: report.id.clone(),
        reader: new.reader.clone(),
        claims: new.claims.clone(),
        by: new.by.clone(),
        at: new.at,
    };
    readings::put(pen, path, &reading, published.as_deref())?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_is_one_clear_line_and_leaves_the_ledger_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("full.gpkg");
        let at = Timestamp::UNIX_EPOCH;
        let mut ledger = Ledger::create(&path, "a", at).unwrap();
        let report = |n: usize| NewReport {
            report: Report {
                id: format!("r{n}"),
                text: format!("{n} ").repeat(20_000),
                published: None,
                publisher: None,
                author: None,
                title: None,
                url: None,
                language: None,
                guessed: Vec::new(),
            },
            raw: Vec::new(),
            raw_name: String::new(),
            beside: Vec::new(),
            tool: String::new(),
            reader: String::new(),
            claims: Vec::new(),
            by: "a".to_owned(),
            at,
        };
        ledger.add(&[report(0)]).unwrap();
        let before = (ledger.content_digest().unwrap(), std::fs::read(&path).unwrap());
        ledger.conn.execute_batch("PRAGMA max_page_count = 150;").unwrap();
        let batch: Vec<NewReport> = (1..50).map(report).collect();
        let error = ledger.add(&batch).unwrap_err();
        assert!(error.is_full());
        let line = "the disk is full; the ledger is as it was before; free some space and try again";
        assert_eq!(error.to_string(), format!("{}: {line}", path.display()));
        assert!(before == (ledger.content_digest().unwrap(), std::fs::read(&path).unwrap()));
        assert_eq!(ledger.verify().unwrap(), []);
        ledger.conn.execute_batch("PRAGMA max_page_count = 1000000;").unwrap();
        assert_eq!(ledger.add(&batch).unwrap().added.len(), 49);
    }
}
