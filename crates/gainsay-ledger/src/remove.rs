//! Removes reports: a source is in danger, and nothing that was said by it may be found here any more.
//!
//! What was said goes: the reports, what lay beside them, what was read from them, what was derived, and the particulars
//! of every entry of the log that names them. What was done stays: the number, the day, the name and the hash of every
//! entry, and one more that is signed and tells which of them were emptied, and why. It names no report. That somebody who
//! has the same text can still be told that it was removed, it keeps a hash of it that only the ledger's own secret can make.
//!
//! What a disk keeps in places that no file uses, and what copies of the ledger keep, is beyond this.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use crate::line::LogLine;
use crate::pack::{FieldHash, sha256};
use crate::pen::Pen;
use crate::readings::unpack;
use crate::{Action, Error, Ledger, Signer, derived, geopackage, migrate};

/// The tables whose triggers forbid what removing does.
const KEPT: &str = "('log', 'reports', 'readings', 'beside')";

/// The entries of which a removal may take the particulars.
pub(crate) const EMPTIED: [&str; 4] = ["report-added", "claims-read", "decision", "proposal"];

/// Where `meta` notes that the file is still to be written anew.
pub(crate) const SWEEP: &str = "sweep";

/// A text shorter than this is too common a word to tell that an entry speaks of a report.
const SHORTEST: usize = 12;

/// What was removed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    /// How many reports.
    pub reports: usize,
    /// How many entries of the log lost their particulars.
    pub entries: usize,
    /// How many of these were decisions and proposals.
    pub decisions: usize,
    /// The entry that tells of it.
    pub entry: u64,
    /// Reports that stay and have the same text as one that went.
    pub twins: Vec<String>,
    /// Reports that stay and are copies of one that went, with a few words changed.
    pub near: Vec<String>,
    /// Why traces may still lie in the file or beside it, if they may.
    pub traces: Option<String>,
}

impl Ledger {
    /// Removes reports with all that tells of them, and signs that this was done. `named` are ids of people and others
    /// whom nothing else in the ledger names: decisions on them go too. On the disk when it returns; what was weighed is
    /// then to be weighed anew.
    ///
    /// # Errors
    /// When there is no report of one of these ids, there is no key to sign by, the disk is full, or another program has
    /// held the ledger for 5 s; the ledger is then as it was before.
    pub fn remove(
        &mut self,
        by: &str,
        at: Timestamp,
        ids: &[&str],
        named: &[String],
        why: &str,
    ) -> Result<Removed, Error> {
        let signer = self.need_signer()?;
        // What is deleted is overwritten, and not only marked as free.
        let secure = |on: bool| self.conn.pragma_update(None, "secure_delete", on);
        secure(true).map_err(|error| self.sql(error))?;
        let ids: BTreeSet<&str> = ids.iter().copied().collect();
        let names = Names { named: named.iter().cloned().collect(), ..Names::default() };
        let done = self.write(|pen, path| in_one(pen, path, &signer, (by, at, why), &ids, names));
        let mut removed = match done {
            Ok(removed) => removed,
            Err(error) => {
                let _ = self.conn.pragma_update(None, "secure_delete", false);
                return Err(error);
            }
        };
        removed.traces = self.sweep().err();
        let _ = self.conn.pragma_update(None, "secure_delete", false);
        Ok(removed)
    }

    /// Lets reports that were removed be taken in again through this open ledger.
    pub fn take_again(&mut self) {
        self.again = true;
    }

    /// Sweeps where a removal was cut short before it could, or before the disk knew that the file had become shorter.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(crate) fn sweep_if_due(&mut self) -> Result<(), Error> {
        let due = || -> rusqlite::Result<bool> {
            let removed = "SELECT EXISTS (SELECT 1 FROM log WHERE action = 'report-removed')";
            Ok(migrate::meta(&self.conn, SWEEP)?.is_some()
                || behind(&self.conn)? > 0 && self.conn.query_row(removed, [], |row| row.get(0))?)
        };
        if due().map_err(|error| self.sql(error))? {
            // What cannot be done now is due still.
            let _ = self.sweep();
        }
        Ok(())
    }

    /// Writes the file anew without what lies in its free pages; or says why that could not be done.
    fn sweep(&mut self) -> Result<(), String> {
        self.conn.execute_batch("VACUUM;").map_err(|error| {
            format!(
                "the file could not be written anew ({}): its free pages may hold some",
                Error::sql(&self.path, error).what()
            )
        })?;
        // SQLite cuts the file only once that is done, and syncs it with the next write: without this one a power cut
        // would leave what was cut off behind the last page.
        let done = self.conn.execute("DELETE FROM meta WHERE key = ?1", [SWEEP]);
        done.map_err(|error| Error::sql(&self.path, error).what())?;
        let mode: String =
            self.conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap_or_default();
        if mode == "wal" {
            let busy: i64 =
                self.conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).unwrap_or(1);
            if busy != 0 {
                return Err(
                    "another program reads it: its write-ahead log may hold some until that ends".into()
                );
            }
        }
        Ok(())
    }
}

/// How many bytes stand behind a file's last page, which no program reads.
pub(crate) fn behind(conn: &Connection) -> rusqlite::Result<u64> {
    let mode: String = conn.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    // What a write-ahead log holds is not in the file yet.
    if mode == "wal" {
        return Ok(0);
    }
    // Of an encrypted file the length of pages is told as a text.
    let number = |pragma| {
        conn.pragma_query_value(None, pragma, |row| match row.get_ref(0)? {
            ValueRef::Text(digits) => Ok(String::from_utf8_lossy(digits).parse().unwrap_or_default()),
            _ => row.get::<_, i64>(0),
        })
    };
    let pages = number("page_count")?.saturating_mul(number("page_size")?).unsigned_abs();
    let size = conn.path().and_then(|path| std::fs::metadata(path).ok()).map_or(0, |meta| meta.len());
    Ok(size.saturating_sub(pages))
}

/// An entry that is to lose its particulars.
struct Emptied {
    line: LogLine,
    decides: bool,
}

fn in_one(
    pen: &Pen<'_>,
    path: &Path,
    signer: &Signer,
    (by, at, why): (&str, Timestamp, &str),
    ids: &BTreeSet<&str>,
    mut names: Names,
) -> Result<Removed, Error> {
    let conn = pen.conn;
    let sql = |error| Error::sql(path, error);
    let mut removed = Removed { reports: ids.len(), ..Removed::default() };
    let mut marks = BTreeSet::new();
    let mut hashes = BTreeSet::new();
    for id in ids {
        let Some(of) = Of::read(conn, id).map_err(sql)? else {
            return Err(Error::refused(path, format!("no report `{id}`; nothing was removed")));
        };
        marks.extend([mark(signer, &of.text_sha256), mark(signer, &of.raw_sha256)]);
        names.take(conn, id, &of).map_err(sql)?;
        hashes.insert(of.text_sha256);
    }
    names.end();
    if ids.is_empty() {
        return Err(Error::refused(path, "no report was named; nothing was removed"));
    }
    (removed.twins, removed.near) = copies(conn, ids, &hashes).map_err(sql)?;
    let emptied = entries(conn, ids, &names).map_err(sql)?;
    removed.entries = emptied.len();
    removed.decisions = emptied.iter().filter(|one| one.decides).count();
    let told: Vec<Value> = emptied.iter().map(|one| told(&one.line)).collect();
    let payload = json!({ "entries": told, "why": why, "texts": marks });
    let write = || {
        let entry = pen.append(at, by, Action::ReportRemoved, &payload)?;
        lifted(conn, || {
            for one in &emptied {
                conn.prepare_cached("UPDATE log SET payload = '', salt = NULL WHERE seq = ?1")?
                    .execute([one.line.seq as i64])?;
            }
            for id in ids {
                for table in ["beside", "readings", "claims", "heads"] {
                    conn.execute(&format!("DELETE FROM {table} WHERE report = ?1"), [id])?;
                }
                conn.execute("DELETE FROM reports WHERE id = ?1", [id])?;
            }
            Ok(())
        })?;
        // Deleting words from the index would only mark them as deleted.
        conn.execute_batch("INSERT INTO report_text(report_text) VALUES ('rebuild');")?;
        derived::empty(conn, Some(signer))?;
        migrate::set_meta(conn, SWEEP, &entry.to_string())?;
        geopackage::touch_all(conn)?;
        Ok(entry as u64)
    };
    removed.entry = write().map_err(sql)?;
    Ok(removed)
}

/// What the log says of an entry that lost its particulars.
fn told(line: &LogLine) -> Value {
    match line.payload_sha256 {
        Some(_) => json!({ "entry": line.seq, "hash": line.hash }),
        // Its hash can never be made again; what is left of it is bound here.
        None => json!({ "entry": line.seq, "hash": line.hash, "rest": line.rest() }),
    }
}

/// Does what triggers forbid, and puts them back letter for letter.
fn lifted(conn: &Connection, job: impl FnOnce() -> rusqlite::Result<()>) -> rusqlite::Result<()> {
    let mut triggers = conn.prepare(&format!(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND tbl_name IN {KEPT} ORDER BY rowid"
    ))?;
    let triggers: Vec<(String, String)> =
        triggers.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    for (name, _) in &triggers {
        conn.execute_batch(&format!("DROP TRIGGER \"{}\";", name.replace('"', "\"\"")))?;
    }
    job()?;
    for (_, sql) in &triggers {
        conn.execute_batch(sql)?;
    }
    Ok(())
}

/// What is needed of a report that goes.
struct Of {
    title: Option<String>,
    url: Option<String>,
    text_sha256: String,
    raw_sha256: String,
}

impl Of {
    fn read(conn: &Connection, id: &str) -> rusqlite::Result<Option<Of>> {
        conn.prepare_cached("SELECT title, url, text_sha256, raw_sha256 FROM reports WHERE id = ?1")?
            .query_row([id], |row| {
                Ok(Of {
                    title: row.get(0)?,
                    url: row.get(1)?,
                    text_sha256: row.get(2)?,
                    raw_sha256: row.get(3)?,
                })
            })
            .optional()
    }
}

/// By what an entry is known to speak of a report that goes.
#[derive(Default)]
struct Names {
    /// Ids of the reports and of all claims that were ever read from them.
    ids: BTreeSet<String>,
    /// Titles and addresses, where they are long enough to tell anything; and ids of several words.
    phrases: Vec<String>,
    /// Ids of whom nothing else names.
    named: BTreeSet<String>,
}

impl Names {
    fn take(&mut self, conn: &Connection, id: &str, of: &Of) -> rusqlite::Result<()> {
        self.ids.insert(id.to_owned());
        let phrases = [&of.title, &of.url].into_iter().flatten();
        self.phrases.extend(phrases.filter(|text| text.len() >= SHORTEST).cloned());
        let mut readings = conn.prepare_cached("SELECT lines, lines_size FROM readings WHERE report = ?1")?;
        let mut readings = readings.query([id])?;
        while let Some(row) = readings.next()? {
            let (packed, size): (Vec<u8>, i64) = (row.get(0)?, row.get(1)?);
            // A reading that does not unpack names nothing; it goes all the same.
            for line in unpack(&packed, size).unwrap_or_default().lines() {
                let claim: Value = serde_json::from_str(line).unwrap_or(Value::Null);
                self.ids.extend(claim["id"].as_str().map(str::to_owned));
            }
        }
        Ok(())
    }

    /// After the last report.
    fn end(&mut self) {
        // Ids may hold blanks and signs.
        let several = |id: &&String| id.len() >= SHORTEST && words(id).nth(1).is_some();
        self.phrases.extend(self.ids.iter().filter(several).cloned());
        self.phrases.sort();
        self.phrases.dedup();
    }

    /// Whether any text in a value names one of them.
    fn stand_in(&self, value: &Value) -> bool {
        match value {
            // Such an id may be a common word: it counts where nothing stands beside it.
            Value::String(text) => self.named.contains(text) || self.in_text(text),
            Value::Array(all) => all.iter().any(|one| self.stand_in(one)),
            Value::Object(all) => all.iter().any(|(key, one)| self.in_text(key) || self.stand_in(one)),
            _ => false,
        }
    }

    fn in_text(&self, text: &str) -> bool {
        self.ids.contains(text)
            || self.phrases.iter().any(|phrase| text.contains(phrase.as_str()))
            || words(text).any(|word| self.ids.contains(word))
    }
}

/// The runs of a text that may be an id.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && !"-_.:/".contains(c))
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty())
}

/// The entries that speak of the reports, and those that answer to such entries.
fn entries(conn: &Connection, ids: &BTreeSet<&str>, names: &Names) -> rusqlite::Result<Vec<Emptied>> {
    let actions = EMPTIED.join("', '");
    let mut lines = conn.prepare(&format!(
        "SELECT * FROM log WHERE action IN ('{actions}') AND payload <> '' ORDER BY seq"
    ))?;
    let mut lines = lines.query([])?;
    let mut emptied: Vec<Emptied> = Vec::new();
    let mut gone: BTreeSet<u64> = BTreeSet::new();
    while let Some(row) = lines.next()? {
        let line = LogLine::read(row)?;
        let payload: Value = serde_json::from_str(&line.payload).unwrap_or(Value::Null);
        let decides = [Action::Decision, Action::Proposal].iter().any(|own| own.as_str() == line.action);
        let speaks = match decides {
            true => names.stand_in(&payload) || answers(&payload, &gone),
            false => payload["report"].as_str().is_some_and(|report| ids.contains(report)),
        };
        if speaks {
            gone.insert(line.seq);
            emptied.push(Emptied { line, decides });
        }
    }
    Ok(emptied)
}

/// Whether a decision undoes, agrees to or refuses one of these entries: its reasons speak of the same.
fn answers(payload: &Value, gone: &BTreeSet<u64>) -> bool {
    let Value::Object(all) = payload else { return false };
    let own = ["undoes", "proposal", "refuses", "of"];
    let to = |(key, value): (&String, &Value)| {
        own.contains(&key.as_str()) && value.as_u64().is_some_and(|entry| gone.contains(&entry))
    };
    all.iter().any(to) || all.values().any(|value| answers(value, gone))
}

/// Reports that stay and say the same: by the hash of their text, and by the greater part of their fingerprint.
fn copies(
    conn: &Connection,
    ids: &BTreeSet<&str>,
    hashes: &BTreeSet<String>,
) -> rusqlite::Result<(Vec<String>, Vec<String>)> {
    let (mut twins, mut near) = (Vec::new(), Vec::new());
    for hash in hashes {
        let mut rows = conn.prepare_cached("SELECT id FROM reports WHERE text_sha256 = ?1 ORDER BY fid")?;
        let rows = rows.query_map([hash], |row| row.get::<_, String>(0))?;
        for id in rows {
            twins.extend(Some(id?).filter(|id| !ids.contains(id.as_str())));
        }
    }
    let mut gone: Vec<BTreeSet<[u8; 8]>> = Vec::new();
    for id in ids {
        let bytes: Option<Vec<u8>> = conn
            .prepare_cached("SELECT fingerprint FROM heads WHERE report = ?1")?
            .query_row([id], |row| row.get(0))
            .optional()?;
        gone.extend(bytes.map(|bytes| print(&bytes).collect()));
    }
    gone.retain(|print| !print.is_empty());
    let mut rows = conn.prepare("SELECT report, fingerprint FROM heads ORDER BY report")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let id: String = row.get(0)?;
        if ids.contains(id.as_str()) || twins.contains(&id) {
            continue;
        }
        let bytes = row.get_ref(1)?.as_blob()?;
        let alike = |print_of: &BTreeSet<[u8; 8]>| {
            2 * print(bytes).filter(|hash| print_of.contains(hash)).count() > print_of.len()
        };
        if gone.iter().any(alike) {
            near.push(id);
        }
    }
    Ok((twins, near))
}

fn print(bytes: &[u8]) -> impl Iterator<Item = [u8; 8]> {
    bytes.chunks_exact(8).filter_map(|hash| hash.try_into().ok())
}

/// A hash of a hash that nobody can make without the signer's secret.
fn mark(signer: &Signer, sha256: &str) -> String {
    let mut hash = FieldHash::new("gainsay-removed/1");
    hash.field(&*signer.salts);
    hash.field(sha256.as_bytes());
    hash.finish()
}

/// What tells whether a report was removed before.
pub(crate) struct Marks<'a> {
    signer: &'a Signer,
    marks: Vec<(String, u64)>,
}

impl<'a> Marks<'a> {
    /// `None` where nothing was ever removed, or nobody can tell.
    pub(crate) fn read(conn: &Connection, signer: Option<&'a Signer>) -> rusqlite::Result<Option<Marks<'a>>> {
        let Some(signer) = signer else { return Ok(None) };
        let mut marks = Vec::new();
        let mut lines =
            conn.prepare_cached("SELECT seq, payload FROM log WHERE action = 'report-removed' ORDER BY seq")?;
        let mut lines = lines.query(params![])?;
        while let Some(row) = lines.next()? {
            let (seq, payload): (i64, String) = (row.get(0)?, row.get(1)?);
            let payload: Value = serde_json::from_str(&payload).unwrap_or(Value::Null);
            let own = payload["texts"].as_array().into_iter().flatten().filter_map(Value::as_str);
            marks.extend(own.map(|mark| (mark.to_owned(), seq.unsigned_abs())));
        }
        marks.sort();
        Ok(Some(Marks { signer, marks }).filter(|marks| !marks.marks.is_empty()))
    }

    /// The entry that tells that such a text, or such bytes, were removed.
    pub(crate) fn of(&self, text_sha256: &str, raw: &[u8]) -> Option<u64> {
        [text_sha256, &sha256(raw)].into_iter().find_map(|sha256| {
            let mark = mark(self.signer, sha256);
            let at = self.marks.binary_search_by(|(known, _)| known.cmp(&mark)).ok()?;
            Some(self.marks[at].1)
        })
    }
}
