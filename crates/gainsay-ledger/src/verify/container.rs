//! The file itself: SQLite's own checks, the tables, indexes and triggers there should be, the marks, the ledger's notes.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Seen;
use crate::{geopackage, migrate, remove};

/// What the ledger notes down beside its tables.
const NOTES: [&str; 10] = [
    "format",
    "schema",
    "log_count",
    "log_head",
    "words_entry",
    "derived_head",
    "derived_digest",
    "derived_key",
    "derived_signature",
    remove::SWEEP,
];

pub(super) fn check(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    pages(conn, seen)?;
    marks(conn, seen)?;
    let model = Connection::open_in_memory()?;
    migrate::make(&model)?;
    objects(conn, &model, seen)
}

fn pages(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    for what in texts(conn, "PRAGMA integrity_check")? {
        if what != "ok" {
            seen.fault("file", None, what, None);
        }
    }
    let behind = remove::behind(conn)?;
    if behind > 0 {
        seen.fault("file", None, format!("{behind} bytes stand behind its last page"), None);
    }
    let mut broken = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = broken.query([])?;
    while let Some(row) = rows.next()? {
        let (table, rowid, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let rowid = rowid.map(|rowid| rowid.to_string());
        seen.fault(&table, rowid.as_deref(), format!("refers to a row that {parent} does not have"), None);
    }
    Ok(())
}

fn marks(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    for (pragma, expected) in
        [("application_id", geopackage::APPLICATION_ID), ("user_version", geopackage::USER_VERSION)]
    {
        let found: i32 = conn.pragma_query_value(None, pragma, |row| row.get(0))?;
        if found != expected {
            seen.fault("file", None, format!("{pragma} is {found}, not {expected}"), None);
        }
    }
    for (key, expected) in [("format", migrate::FORMAT.to_owned()), ("schema", crate::SCHEMA.to_string())] {
        if migrate::meta(conn, key)?.as_ref() != Some(&expected) {
            seen.fault("meta", Some(key), format!("is not `{expected}`"), None);
        }
    }
    for key in texts(conn, "SELECT key FROM meta ORDER BY key")? {
        if !NOTES.contains(&key.as_str()) {
            seen.fault("meta", Some(&key), "is no note of gainsay's", None);
        }
    }
    Ok(())
}

/// Other programs may add tables of their own (styles, for one) and spatial indexes on the layers, but nothing may be
/// missing, and no trigger of theirs may act on the primary tables.
fn objects(conn: &Connection, model: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let there = objects_of(conn)?;
    let expected = objects_of(model)?;
    for (name, object) in &expected {
        match there.get(name) {
            None => seen.fault("file", Some(name), "is missing", None),
            Some(found) if found != object => seen.fault("file", Some(name), "was defined anew", None),
            Some(_) => {}
        }
    }
    for (name, object) in &there {
        let primary =
            expected.contains_key(&object.table) && !migrate::DERIVED_TABLES.contains(&object.table.as_str());
        if !expected.contains_key(name) && !is_of_a_table(name) {
            seen.verified.foreign.push(format!("{} `{name}`", object.kind));
        }
        if object.kind == "trigger" && !expected.contains_key(name) && primary {
            seen.fault(
                "file",
                Some(name),
                format!("a trigger on {} that gainsay did not make", object.table),
                None,
            );
        }
    }
    Ok(())
}

/// Whether SQLite itself made it for a table: what becomes of it is the table's.
fn is_of_a_table(name: &str) -> bool {
    name.starts_with("sqlite_autoindex_")
}

#[derive(PartialEq)]
struct Object {
    kind: String,
    table: String,
    sql: Option<String>,
}

fn objects_of(conn: &Connection) -> rusqlite::Result<BTreeMap<String, Object>> {
    let mut rows = conn.prepare("SELECT name, type, tbl_name, sql FROM sqlite_schema")?;
    rows.query_map([], |row| {
        Ok((row.get(0)?, Object { kind: row.get(1)?, table: row.get(2)?, sql: row.get(3)? }))
    })?
    .collect()
}

fn texts(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}
