//! Reports and readings: each as its log entry says, none missing, none without an entry.

use rusqlite::{Connection, Row};
use serde_json::Value;

use super::Seen;
use crate::pack::{decompress, second};
use crate::query::{REPORT, stored_report};
use crate::{Action, add, beside, readings};

pub(super) fn check(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    reports(conn, seen)?;
    stray_beside(conn, seen)?;
    readings_of(conn, seen)?;
    missing(conn, "reports", Action::ReportAdded, seen)?;
    missing(conn, "readings", Action::ClaimsRead, seen)
}

/// What the log says of a row: who, when, and the payload.
struct Entry {
    action: String,
    by: String,
    at: String,
    payload: Value,
    removed: bool,
}

impl Entry {
    fn of(conn: &Connection, seq: i64) -> rusqlite::Result<Option<Entry>> {
        let mut rows = conn.prepare_cached("SELECT action, by, at, payload FROM log WHERE seq = ?1")?;
        let mut rows = rows.query([seq])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        // A log entry that cannot be read is told of by the check of the chain; here it binds nothing.
        let read = |row: &Row<'_>| -> rusqlite::Result<Entry> {
            let payload: String = row.get(3)?;
            let removed = payload.is_empty();
            let payload = serde_json::from_str(&payload).unwrap_or(Value::Null);
            Ok(Entry { action: row.get(0)?, by: row.get(1)?, at: row.get(2)?, payload, removed })
        };
        Ok(read(row).ok())
    }
}

/// What is wrong with a row that its entry should say this of.
pub(super) fn unlike(
    conn: &Connection,
    seq: i64,
    action: Action,
    found: &Value,
) -> rusqlite::Result<Vec<String>> {
    let Some(entry) = Entry::of(conn, seq)?.filter(|entry| entry.action == action.as_str()) else {
        return Ok(vec![format!("no log entry says that it was {action}")]);
    };
    let differ = differences(&entry.payload, found);
    Ok(if differ.is_empty() { Vec::new() } else { vec![format!("changed: {}", differ.join(", "))] })
}

/// The keys under which two payloads differ.
fn differences(logged: &Value, found: &Value) -> Vec<String> {
    let keys = found.as_object().into_iter().flatten();
    keys.filter(|(key, value)| logged.get(key.as_str()) != Some(value)).map(|(key, _)| key.clone()).collect()
}

fn reports(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let mut rows = conn.prepare(&format!("{} ORDER BY entry", REPORT.replace(" FROM", ", raw, fid FROM")))?;
    let mut rows = rows.query([])?;
    // Those that were removed count: the entries that added them stay.
    let added: Vec<i64> = conn
        .prepare("SELECT seq FROM log WHERE action = 'report-added' ORDER BY seq")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    while let Some(row) = rows.next()? {
        seen.verified.reports += 1;
        let entry: Option<i64> = row.get("entry").ok();
        let id: String = row.get(0).unwrap_or_else(|_| format!("number {}", seen.verified.reports));
        let number = entry.and_then(|entry| added.binary_search(&entry).ok()).map(|at| at as i64 + 1);
        let mut fault = |what: String| seen.fault("reports", Some(&id), what, entry);
        let read = || -> rusqlite::Result<_> { Ok((stored_report(row)?, row.get("raw")?, row.get("fid")?)) };
        let (stored, frame, fid): (_, Vec<u8>, i64) = match read() {
            Ok(read) => read,
            Err(error) => {
                fault(format!("cannot be read: {error}"));
                continue;
            }
        };
        if let Some(number) = number.filter(|number| *number != fid) {
            fault(format!(
                "is row {fid}, but number {number} of those added: one was removed, inserted or moved"
            ));
        }
        let entry = Entry::of(conn, stored.entry as i64)?;
        let Some(entry) = entry.filter(|entry| entry.action == Action::ReportAdded.as_str()) else {
            fault("no log entry says that it was added".to_owned());
            continue;
        };
        if entry.removed {
            fault("is there, though the entry that added it lost its particulars".to_owned());
            continue;
        }
        let raw = match decompress(&frame, stored.raw_size) {
            Ok(raw) => raw,
            Err(error) => {
                fault(format!("its raw bytes changed: they do not unpack ({error})"));
                continue;
            }
        };
        let beside = match beside::of_entry(conn, stored.entry as i64) {
            Ok(beside) => beside,
            Err(error) => {
                fault(format!("what lay beside it cannot be read: {error}"));
                continue;
            }
        };
        let found = add::payload(
            &stored.report,
            &raw,
            &stored.raw_name,
            &frame,
            &stored.tool,
            beside::payload(&beside, beside::form(&entry.payload)),
        );
        let mut differ = differences(&entry.payload, &found);
        // What an entry has only where there is any.
        for name in ["author", "beside"] {
            if found.get(name).is_none() && entry.payload.get(name).is_some() {
                differ.push(name.to_owned());
            }
        }
        for (column, cell) in [("text_sha256", &stored.text_sha256), ("raw_sha256", &stored.raw_sha256)] {
            if found[column] != cell.as_str() && !differ.iter().any(|name| name == column) {
                differ.push(column.to_owned());
            }
        }
        if stored.by != entry.by {
            differ.push("added_by".to_owned());
        }
        if second(stored.at) != entry.at || row.get::<_, String>("added_at").ok() != Some(entry.at) {
            differ.push("added_at".to_owned());
        }
        // Other spellings of one day.
        let day = stored.report.published.map(|day| day.to_string());
        if row.get::<_, Option<String>>("published").ok() != Some(day) {
            differ.push("published".to_owned());
        }
        let spelled = serde_json::to_string(&stored.report.guessed).ok();
        if row.get::<_, String>("guessed").ok() != spelled {
            differ.push("guessed".to_owned());
        }
        if !differ.is_empty() {
            fault(format!("changed: {}", differ.join(", ")));
        }
    }
    Ok(())
}

/// What is said to lie beside a report that its entry did not add.
fn stray_beside(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let mut rows = conn.prepare(
        "SELECT fid, report, name FROM beside
         WHERE NOT EXISTS (SELECT 1 FROM reports WHERE id = beside.report AND entry = beside.entry) ORDER BY fid",
    )?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        let (fid, name): (i64, String) = (row.get(0)?, row.get(2).unwrap_or_default());
        let report: String = row.get(1).unwrap_or_default();
        let what = format!("`{name}` lay beside no report of that entry (`{report}`)");
        seen.fault("beside", Some(&fid.to_string()), what, None);
    }
    Ok(())
}

/// A row of the readings.
struct Reading {
    report: String,
    reader: String,
    packed: Vec<u8>,
    size: i64,
    claims: i64,
    reader_name: String,
    sha256: String,
}

impl Reading {
    fn read(row: &Row<'_>) -> rusqlite::Result<Reading> {
        Ok(Reading {
            report: row.get("report")?,
            reader: row.get("reader")?,
            packed: row.get("lines")?,
            size: row.get("lines_size")?,
            claims: row.get("claims")?,
            reader_name: row.get("reader_name")?,
            sha256: row.get("lines_sha256")?,
        })
    }
}

fn readings_of(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let mut rows = conn.prepare("SELECT * FROM readings ORDER BY entry")?;
    let mut rows = rows.query([])?;
    while let Some(row) = rows.next()? {
        seen.verified.readings += 1;
        let seq: i64 = row.get("entry")?;
        let name = seq.to_string();
        let mut fault = |what: String| seen.fault("readings", Some(&name), what, Some(seq));
        let reading = match Reading::read(row) {
            Ok(reading) => reading,
            Err(error) => {
                fault(format!("cannot be read: {error}"));
                continue;
            }
        };
        let entry = Entry::of(conn, seq)?;
        let Some(entry) = entry.filter(|entry| entry.action == Action::ClaimsRead.as_str()) else {
            fault("no log entry says that it was read".to_owned());
            continue;
        };
        if entry.removed {
            fault("is there, though the entry that tells of it lost its particulars".to_owned());
            continue;
        }
        let lines = match readings::unpack(&reading.packed, reading.size) {
            Ok(lines) => lines,
            Err(error) => {
                fault(format!("its claims changed: they do not unpack ({error})"));
                continue;
            }
        };
        let found = readings::payload(
            &reading.report,
            &reading.reader,
            lines.lines().count(),
            &lines,
            &reading.packed,
        );
        let mut differ = differences(&entry.payload, &found);
        let columns = [
            ("claims", found["claims"] == reading.claims),
            ("reader_name", readings::reader_name(&reading.reader) == reading.reader_name),
            ("lines_sha256", found["lines_sha256"] == reading.sha256.as_str()),
        ];
        differ.extend(columns.into_iter().filter(|(_, fits)| !fits).map(|(column, _)| column.to_owned()));
        differ.dedup();
        if !differ.is_empty() {
            fault(format!("changed: {}", differ.join(", ")));
        }
    }
    Ok(())
}

/// What the log says was put in and is not there.
pub(super) fn missing(
    conn: &Connection,
    table: &str,
    action: Action,
    seen: &mut Seen,
) -> rusqlite::Result<()> {
    let mut rows = conn.prepare(&format!(
        "SELECT seq, payload FROM log WHERE action = ?1 AND NOT EXISTS (SELECT 1 FROM {table} WHERE {table}.entry = log.seq)"
    ))?;
    let mut rows = rows.query([action.as_str()])?;
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get(0)?;
        let payload: String = row.get(1).unwrap_or_default();
        // What was removed is missing by right; the chain's check says whether it was.
        if payload.is_empty() {
            continue;
        }
        let payload: Value = serde_json::from_str(&payload).unwrap_or(Value::Null);
        seen.fault(table, payload["report"].as_str(), "is missing", Some(seq));
    }
    Ok(())
}
