//! What is derived: the table of claims says what the newest readings say, the word index what the reports say, and the
//! layers are as they were written.

use rusqlite::{Connection, OptionalExtension};

use gainsay_model::Claim;

use super::Faults;
use crate::pack::FieldHash;
use crate::readings::{Indexed, unpack};
use crate::{digest, geopackage, migrate};

/// What to do about any fault here.
const REBUILD: &str = "`gainsay rebuild` makes it again";

pub(super) fn check(conn: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    claims(conn, faults)?;
    words(conn, faults)?;
    layers(conn, faults)
}

fn claims(conn: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    let mut newest = conn.prepare(
        "SELECT max(readings.entry), report, published FROM readings LEFT JOIN reports ON reports.id = report
         GROUP BY report, reader_name ORDER BY 1",
    )?;
    let mut lines = conn.prepare("SELECT lines, lines_size FROM readings WHERE entry = ?1")?;
    let mut indexed = conn.prepare("SELECT * FROM claims WHERE reading = ?1 ORDER BY position")?;
    let mut expected = 0;
    let mut readings = newest.query([])?;
    while let Some(row) = readings.next()? {
        let (entry, report): (i64, String) = (row.get(0)?, row.get(1)?);
        let published: Option<String> = row.get(2).unwrap_or(None);
        let packed: Option<(Vec<u8>, i64)> =
            lines.query_row([entry], |row| Ok((row.get(0)?, row.get(1)?))).optional().unwrap_or(None);
        // A reading that cannot be unpacked has been told of.
        let Some(Ok(text)) = packed.map(|(packed, size)| unpack(&packed, size)) else { continue };
        let mut rows = indexed.query([entry])?;
        for (position, line) in text.lines().enumerate() {
            expected += 1;
            let Ok(claim) = serde_json::from_str::<Claim>(line) else {
                faults.add(
                    "readings",
                    Some(&report),
                    format!("line {} is no claim", position + 1),
                    Some(entry),
                );
                continue;
            };
            let Some(row) = rows.next()? else {
                faults.add("claims", Some(&claim.id), format!("is missing; {REBUILD}"), Some(entry));
                continue;
            };
            let fits = || -> rusqlite::Result<bool> {
                Ok(row.get::<_, String>("json")? == line
                    && row.get::<_, i64>("position")? == position as i64
                    && Indexed::read(row)? == Indexed::of(&claim, published.as_deref()))
            };
            if !fits().unwrap_or(false) {
                faults.add("claims", Some(&claim.id), format!("changed; {REBUILD}"), Some(entry));
            }
        }
    }
    let found: i64 = conn.query_row("SELECT count(*) FROM claims", [], |row| row.get(0))?;
    if found > expected {
        faults.add("claims", None, format!("{} more than were read; {REBUILD}", found - expected), None);
    }
    Ok(())
}

/// Indexes the reports' words once more, in memory, and compares.
fn words(conn: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    let again = Connection::open_in_memory()?;
    again.execute_batch(
        "CREATE VIRTUAL TABLE report_text USING fts5(title, text, content='', tokenize=\"unicode61 remove_diacritics 2\");
         BEGIN;",
    )?;
    {
        let mut insert = again.prepare("INSERT INTO report_text(rowid, title, text) VALUES (?1, ?2, ?3)")?;
        let mut rows = conn.prepare("SELECT fid, title, text FROM reports ORDER BY fid")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            insert.execute(
                [row.get_ref(0)?, row.get_ref(1)?, row.get_ref(2)?]
                    .map(rusqlite::types::ToSqlOutput::Borrowed),
            )?;
        }
    }
    again.execute_batch("COMMIT;")?;
    if instances(conn).ok() != Some(instances(&again)?) {
        faults.add("report_text", None, format!("does not fit the reports' words; {REBUILD}"), None);
    }
    Ok(())
}

/// A hash over every word of an index and where it stands.
fn instances(conn: &Connection) -> rusqlite::Result<String> {
    conn.execute_batch(
        "DROP TABLE IF EXISTS temp.words;
         CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, report_text, instance);",
    )?;
    let mut hash = FieldHash::new("gainsay-words/1");
    {
        let mut rows = conn.prepare("SELECT term, doc, col, offset FROM temp.words")?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            hash.field(row.get_ref(0)?.as_bytes()?);
            hash.field(&row.get::<_, i64>(1)?.to_be_bytes());
            hash.field(row.get_ref(2)?.as_bytes()?);
            hash.field(&row.get::<_, i64>(3)?.to_be_bytes());
        }
    }
    conn.execute_batch("DROP TABLE temp.words;")?;
    Ok(hash.finish())
}

fn layers(conn: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    for (table, id) in [("places", "id"), ("events", "id"), ("holdings", "place")] {
        let mut rows = conn.prepare(&format!("SELECT {id}, geom FROM {table} WHERE geom IS NOT NULL"))?;
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            let point = row.get_ref(1)?.as_blob().ok().and_then(geopackage::lon_lat);
            if point.is_none() {
                let id: String = row.get(0).unwrap_or_default();
                faults.add(table, Some(&id), format!("its geometry is no point; {REBUILD}"), None);
            }
        }
    }
    let sealed = match migrate::meta(conn, "derived_digest")? {
        Some(sealed) => Some(sealed),
        None => {
            let sum = "SELECT (SELECT count(*) FROM heads) + (SELECT count(*) FROM places) + (SELECT count(*) FROM events)
                 + (SELECT count(*) FROM holdings) + (SELECT count(*) FROM disputes) + (SELECT count(*) FROM sources)";
            let rows: i64 = conn.query_row(sum, [], |row| row.get(0))?;
            if rows == 0 {
                return Ok(());
            }
            None
        }
    };
    if sealed != Some(digest::derived_digest(conn)?) {
        let what = format!(
            "heads, places, events, holdings, disputes or sources changed since they were written; {REBUILD}"
        );
        faults.add("meta", Some("derived_digest"), what, None);
    }
    Ok(())
}
