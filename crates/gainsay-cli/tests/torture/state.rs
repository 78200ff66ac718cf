//! What a ledger holds, read by SQL alone and not by gainsay.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

/// The entries of a log: number, action, hash.
pub type Log = Vec<(i64, String, String)>;

/// The log of a ledger; empty where there is no ledger.
pub fn log(path: &Path) -> Log {
    let Ok(conn) = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE) else {
        return Log::new();
    };
    let read = || -> rusqlite::Result<Log> {
        let mut rows = conn.prepare("SELECT seq, action, hash FROM log ORDER BY seq")?;
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect()
    };
    read().unwrap_or_default()
}

/// Reports that have no reading although one batch brings both.
pub fn half_batches(path: &Path) -> i64 {
    let conn = Connection::open(path).unwrap();
    conn.query_row("SELECT count(*) FROM reports WHERE id NOT IN (SELECT report FROM readings)", [], |row| {
        row.get(0)
    })
    .unwrap_or_default()
}

/// Tables of the GeoPackage into which other programs put rows of their own.
const SHARED: [&str; 4] =
    ["gpkg_contents", "gpkg_extensions", "gpkg_geometry_columns", "gpkg_spatial_ref_sys"];

/// Whether a file still says what it said: every row as it was, and none more but those that other programs put into the
/// tables that are there for all of them.
pub fn same(before: &All, now: &All) -> bool {
    let same = |(table, rows): (&String, &Vec<Vec<String>>)| match now.get(table) {
        Some(there) if SHARED.contains(&table.as_str()) => rows.iter().all(|row| there.contains(row)),
        there => there == Some(rows),
    };
    before.len() == now.len() && before.iter().all(same)
}

/// Rows by table.
pub type All = BTreeMap<String, Vec<Vec<String>>>;

/// Every row of every table, by table, in the order of its content, and the definitions of all tables, indexes and
/// triggers: what a file says, whatever its layout. `None` where SQLite cannot read some of it.
pub fn all(path: &Path) -> Option<All> {
    let conn = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE).ok()?;
    read_all(&conn).ok()
}

fn read_all(conn: &Connection) -> rusqlite::Result<All> {
    let mut tables = All::new();
    let objects = rows(conn, "SELECT type, name, tbl_name, sql FROM sqlite_schema")?;
    let names: Vec<String> = {
        let mut names = conn.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")?;
        names.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?
    };
    tables.insert("sqlite_schema".to_owned(), objects);
    for pragma in ["application_id", "user_version", "encoding"] {
        tables.insert(pragma.to_owned(), rows(conn, &format!("PRAGMA {pragma}"))?);
    }
    for name in names {
        if name == "report_text_data" {
            // How the index is parted into segments says nothing: what it finds, and its row of sums, do.
            let words = "CREATE VIRTUAL TABLE temp.words USING fts5vocab('main', 'report_text', 'instance')";
            conn.execute_batch(words)?;
            tables.insert("words".to_owned(), rows(conn, "SELECT * FROM temp.words")?);
            tables.insert(name, rows(conn, "SELECT * FROM report_text_data WHERE id = 1")?);
            continue;
        }
        if name == "report_text_idx" {
            // With what the first page of a segment begins is looked at by nobody.
            let sql = "SELECT segid, CASE pgno >> 1 WHEN 1 THEN x'' ELSE term END, pgno FROM report_text_idx";
            tables.insert(name, rows(conn, sql)?);
            continue;
        }
        let selected = rows(conn, &format!("SELECT * FROM \"{name}\" NOT INDEXED"))
            .or_else(|_| rows(conn, &format!("SELECT * FROM \"{name}\"")))?;
        tables.insert(name, selected);
    }
    Ok(tables)
}

fn rows(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<Vec<String>>> {
    let mut statement = conn.prepare(sql)?;
    let columns = statement.column_count();
    let read = |row: &rusqlite::Row<'_>| -> rusqlite::Result<Vec<String>> {
        (0..columns).map(|column| row.get_ref(column).map(shown)).collect()
    };
    let mut found: Vec<Vec<String>> = statement.query_map([], read)?.collect::<rusqlite::Result<_>>()?;
    found.sort();
    Ok(found)
}

/// A cell as text, whatever bytes it holds: no two that differ are shown alike.
fn shown(cell: ValueRef<'_>) -> String {
    match cell {
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => format!("text {text}"),
            Err(_) => format!("bad text {bytes:?}"),
        },
        other => format!("{other:?}"),
    }
}
