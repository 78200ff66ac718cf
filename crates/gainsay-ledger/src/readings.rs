//! Readings: the claims that one reader read from one report, kept whole, and the table of claims made from them.

use std::path::Path;

use gainsay_model::Claim;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};

use crate::error::Kind;
use crate::pack::{compress, decompress, second, sha256};
use crate::pen::Pen;
use crate::{Action, Error, Ledger, geopackage};

/// What a reader read from a report that is in the ledger already.
#[derive(Clone, Debug, PartialEq)]
pub struct NewReading {
    /// The report's id.
    pub report: String,
    /// Name and version of the reader ("gainsay 0.1.0").
    pub reader: String,
    /// All claims it read there.
    pub claims: Vec<Claim>,
    /// Who had it read.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// A reading as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReading {
    /// The entry of the log that records it.
    pub entry: u64,
    /// Name and version of the reader.
    pub reader: String,
    /// Its claims, a JSON object a line, letter for letter as the entry's hash is over them.
    pub lines: String,
}

/// Entry, reader, the lines as they are packed, and how many bytes they unpack to.
type Packed = (i64, String, Vec<u8>, i64);

impl Ledger {
    /// The readings of a report, all of them, in the order in which they were put in.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn readings_of(&self, report: &str) -> Result<Vec<StoredReading>, Error> {
        let read = || -> rusqlite::Result<Vec<Packed>> {
            let mut rows = self.conn.prepare_cached(
                "SELECT entry, reader, lines, lines_size FROM readings WHERE report = ?1 ORDER BY entry",
            )?;
            rows.query_map([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?
                .collect()
        };
        let rows = read().map_err(|error| self.sql(error))?;
        let one = |(entry, reader, packed, size): Packed| {
            let lines = unpack(&packed, size).map_err(|what| {
                Error::damaged(&self.path, format!("the reading of log entry {entry}: {what}"))
            })?;
            Ok(StoredReading { entry: entry.unsigned_abs(), reader, lines })
        };
        rows.into_iter().map(one).collect()
    }

    /// Puts in new readings of reports, all or none, and gives how many differ from what was there. A reading
    /// supersedes the older ones of the same report by any version of the same reader; those stay in the ledger, but
    /// [`Ledger::claims`] answers with the newest. On the disk when it returns.
    ///
    /// # Errors
    /// When there is no such report, a claim names another document, the disk is full, or another program has held the
    /// ledger for 5 s.
    pub fn replace_claims(&mut self, readings: &[NewReading]) -> Result<usize, Error> {
        self.write(|pen, path| {
            let mut changed = 0;
            for reading in readings {
                let published =
                    published(pen.conn, &reading.report).map_err(|error| Error::sql(path, error))?;
                let Some(published) = published else {
                    return Err(Error::refused(path, format!("no report `{}`", reading.report)));
                };
                if let Some(stray) = reading.claims.iter().find(|claim| claim.document != reading.report) {
                    let (id, document, report) = (&stray.id, &stray.document, &reading.report);
                    return Err(Error::refused(
                        path,
                        format!("claim `{id}` is of `{document}`, not of `{report}`"),
                    ));
                }
                changed += usize::from(put(pen, path, reading, published.as_deref())?);
            }
            Ok(changed)
        })
    }
}

/// The day a report was published, where known, if there is such a report.
fn published(conn: &Connection, report: &str) -> rusqlite::Result<Option<Option<String>>> {
    conn.prepare_cached("SELECT published FROM reports WHERE id = ?1")?
        .query_row([report], |row| row.get(0))
        .optional()
}

/// Puts in one reading, unless the newest by that reader says the same; gives whether it did.
pub(crate) fn put(
    pen: &Pen<'_>,
    path: &Path,
    reading: &NewReading,
    published: Option<&str>,
) -> Result<bool, Error> {
    let conn = pen.conn;
    let sql = |error| Error::sql(path, error);
    let lines = lines(&reading.claims);
    let hash = sha256(lines.as_bytes());
    let name = reader_name(&reading.reader);
    let newest: Option<(i64, String, String)> = conn
        .prepare_cached(
            "SELECT entry, reader, lines_sha256 FROM readings WHERE report = ?1 AND reader_name = ?2
             ORDER BY entry DESC LIMIT 1",
        )
        .and_then(|mut newest| {
            newest
                .query_row([&reading.report, name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })
        .map_err(sql)?;
    if newest.as_ref().is_some_and(|(_, reader, sha)| *reader == reading.reader && *sha == hash) {
        return Ok(false);
    }
    let packed = compress(lines.as_bytes()).map_err(|error| Error::new(path, Kind::Io(error)))?;
    let payload = payload(&reading.report, &reading.reader, reading.claims.len(), &lines, &packed);
    let write = || {
        let entry = pen.append(reading.at, &reading.by, Action::ClaimsRead, &payload)?;
        conn.prepare_cached("INSERT INTO readings VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?.execute(
            params![
                entry,
                reading.report,
                reading.reader,
                name,
                reading.claims.len() as i64,
                packed,
                hash,
                lines.len() as i64
            ],
        )?;
        if let Some((old, ..)) = newest {
            conn.prepare_cached("DELETE FROM claims WHERE reading = ?1")?.execute([old])?;
        }
        for (position, (claim, line)) in reading.claims.iter().zip(lines.lines()).enumerate() {
            index(conn, entry, position, claim, line, published)?;
        }
        geopackage::touch(conn, &["readings", "claims"], &second(reading.at))
    };
    write().map_err(sql)?;
    Ok(true)
}

/// What the log says of a reading.
pub(crate) fn payload(report: &str, reader: &str, claims: usize, lines: &str, packed: &[u8]) -> Value {
    json!({
        "report": report,
        "reader": reader,
        "claims": claims,
        "lines_sha256": sha256(lines.as_bytes()),
        "lines_size": lines.len(),
        "stored_sha256": sha256(packed),
    })
}

/// Fills the table of claims from the newest readings. The caller emptied it.
pub(crate) fn index_all(conn: &Connection, path: &Path) -> Result<(), Error> {
    let sql = |error| Error::sql(path, error);
    let mut newest = conn
        .prepare(
            "SELECT readings.entry, lines, lines_size, published FROM readings JOIN reports ON reports.id = report
             WHERE NOT EXISTS (SELECT 1 FROM readings AS newer WHERE newer.report = readings.report
                 AND newer.reader_name = readings.reader_name AND newer.entry > readings.entry)
             ORDER BY readings.entry",
        )
        .map_err(sql)?;
    let mut rows = newest.query([]).map_err(sql)?;
    while let Some(row) = rows.next().map_err(sql)? {
        let cells = || -> rusqlite::Result<(i64, Vec<u8>, i64, Option<String>)> {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        };
        let (entry, packed, size, published) = cells().map_err(sql)?;
        let damaged = |what: String| Error::damaged(path, format!("reading {entry}: {what}"));
        let lines = unpack(&packed, size).map_err(damaged)?;
        for (position, line) in lines.lines().enumerate() {
            let claim: Claim = serde_json::from_str(line).map_err(|error| damaged(error.to_string()))?;
            index(conn, entry, position, &claim, line, published.as_deref()).map_err(sql)?;
        }
    }
    Ok(())
}

/// The claims as JSON lines, each ended by a line feed.
fn lines(claims: &[Claim]) -> String {
    let mut lines = String::new();
    for claim in claims {
        lines += &serde_json::to_string(claim).expect("a claim has only string keys");
        lines.push('\n');
    }
    lines
}

/// The JSON lines of a stored reading, or what is wrong with them.
pub(crate) fn unpack(packed: &[u8], size: i64) -> Result<String, String> {
    let size = u64::try_from(size).map_err(|_| "a negative size".to_owned())?;
    let bytes = decompress(packed, size).map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// "gainsay" of "gainsay 0.1.0", "tagger" of "tagger@v3": what stands behind a last `@`, and a last word that begins
/// with a digit, is the version.
pub fn reader_name(reader: &str) -> &str {
    if let Some((name, _)) = reader.rsplit_once('@').filter(|(name, _)| !name.is_empty()) {
        return name;
    }
    match reader.rsplit_once(' ') {
        Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => name,
        _ => reader,
    }
}

/// What the table of claims says of a claim, beside the claim itself.
#[derive(Debug, PartialEq)]
pub(crate) struct Indexed {
    pub(crate) id: String,
    pub(crate) report: String,
    pub(crate) kind: String,
    pub(crate) status: String,
    pub(crate) published: Option<String>,
    pub(crate) time_start: Option<String>,
    pub(crate) time_end: Option<String>,
    pub(crate) place: Option<String>,
    pub(crate) measure: Option<String>,
    pub(crate) low: Option<i64>,
    pub(crate) high: Option<i64>,
    pub(crate) reader: String,
}

impl Indexed {
    pub(crate) fn of(claim: &Claim, published: Option<&str>) -> Indexed {
        let count = claim.count.as_ref();
        let time = claim.time.as_ref();
        Indexed {
            id: claim.id.clone(),
            report: claim.document.clone(),
            kind: claim.kind.to_string(),
            status: claim.status.to_string(),
            published: published.map(str::to_owned),
            time_start: time.and_then(|time| time.start).map(|day| day.to_string()),
            time_end: time.and_then(|time| time.end).map(|day| day.to_string()),
            place: claim.place.iter().find_map(|place| place.id()).map(str::to_owned),
            measure: count.map(|count| count.what.to_string()),
            low: count.and_then(|count| count.low).map(capped),
            high: count.and_then(|count| count.high).map(capped),
            reader: claim.reader.clone(),
        }
    }

    pub(crate) fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<Indexed> {
        Ok(Indexed {
            id: row.get("id")?,
            report: row.get("report")?,
            kind: row.get("kind")?,
            status: row.get("status")?,
            published: row.get("published")?,
            time_start: row.get("time_start")?,
            time_end: row.get("time_end")?,
            place: row.get("place")?,
            measure: row.get("measure")?,
            low: row.get("low")?,
            high: row.get("high")?,
            reader: row.get("reader")?,
        })
    }
}

/// A count as SQL keeps it; the claim's JSON has the whole of it.
pub(crate) fn capped(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn index(
    conn: &Connection,
    reading: i64,
    position: usize,
    claim: &Claim,
    line: &str,
    published: Option<&str>,
) -> rusqlite::Result<()> {
    let row = Indexed::of(claim, published);
    conn.prepare_cached(
        "INSERT INTO claims (id, report, kind, status, published, time_start, time_end, place, measure, low, high,
             reader, reading, position, json)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        row.id,
        row.report,
        row.kind,
        row.status,
        row.published,
        row.time_start,
        row.time_end,
        row.place,
        row.measure,
        row.low,
        row.high,
        row.reader,
        reading,
        position as i64,
        line
    ])?;
    Ok(())
}
