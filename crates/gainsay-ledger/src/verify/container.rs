//! The file itself: SQLite's own checks, the tables, indexes and triggers there should be, the GeoPackage's marks.

use std::collections::BTreeMap;

use rusqlite::Connection;

use super::Faults;
use crate::{geopackage, migrate};

/// What of the GeoPackage's own tables never differs between two ledgers of one schema.
const FIXED_ROWS: [(&str, &str); 4] = [
    (
        "gpkg_spatial_ref_sys",
        "srs_id || ' ' || organization || ' ' || organization_coordsys_id || ' ' || definition",
    ),
    ("gpkg_contents", "table_name || ' ' || data_type || ' ' || srs_id"),
    (
        "gpkg_geometry_columns",
        "table_name || ' ' || column_name || ' ' || geometry_type_name || ' ' || srs_id || z || m",
    ),
    ("gpkg_extensions", "extension_name || ' ' || scope"),
];

pub(super) fn check(conn: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    pages(conn, faults)?;
    marks(conn, faults)?;
    let model = Connection::open_in_memory()?;
    migrate::make(&model)?;
    objects(conn, &model, faults)?;
    for (table, row) in FIXED_ROWS {
        let sql = format!("SELECT {row} FROM {table} ORDER BY 1");
        let there = texts(conn, &sql)?;
        for row in texts(&model, &sql)?.iter().filter(|row| !there.contains(row)) {
            faults.add(table, row.split(' ').next(), "is missing or changed", None);
        }
    }
    Ok(())
}

fn pages(conn: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    for what in texts(conn, "PRAGMA integrity_check")? {
        if what != "ok" {
            faults.add("file", None, what, None);
        }
    }
    let mut broken = conn.prepare("PRAGMA foreign_key_check")?;
    let mut rows = broken.query([])?;
    while let Some(row) = rows.next()? {
        let (table, rowid, parent): (String, Option<i64>, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let rowid = rowid.map(|rowid| rowid.to_string());
        faults.add(&table, rowid.as_deref(), format!("refers to a row that {parent} does not have"), None);
    }
    Ok(())
}

fn marks(conn: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    for (pragma, expected) in
        [("application_id", geopackage::APPLICATION_ID), ("user_version", geopackage::USER_VERSION)]
    {
        let found: i32 = conn.pragma_query_value(None, pragma, |row| row.get(0))?;
        if found != expected {
            faults.add("file", None, format!("{pragma} is {found}, not {expected}"), None);
        }
    }
    for (key, expected) in [("format", migrate::FORMAT.to_owned()), ("schema", crate::SCHEMA.to_string())] {
        if migrate::meta(conn, key)?.as_ref() != Some(&expected) {
            faults.add("meta", Some(key), format!("is not `{expected}`"), None);
        }
    }
    Ok(())
}

/// Other programs may add tables of their own (styles, for one) and spatial indexes on the layers, but nothing may be
/// missing, and no trigger of theirs may act on the primary tables.
fn objects(conn: &Connection, model: &Connection, faults: &mut Faults) -> rusqlite::Result<()> {
    let there = objects_of(conn)?;
    let expected = objects_of(model)?;
    for (name, object) in &expected {
        match there.get(name) {
            None => faults.add("file", Some(name), "is missing", None),
            Some(found) if found != object => faults.add("file", Some(name), "was defined anew", None),
            Some(_) => {}
        }
    }
    for (name, object) in &there {
        let primary =
            expected.contains_key(&object.table) && !migrate::DERIVED_TABLES.contains(&object.table.as_str());
        if object.kind == "trigger" && !expected.contains_key(name) && primary {
            faults.add(
                "file",
                Some(name),
                format!("a trigger on {} that gainsay did not make", object.table),
                None,
            );
        }
    }
    Ok(())
}

#[derive(PartialEq)]
struct Object {
    kind: String,
    table: String,
    sql: Option<String>,
}

fn objects_of(conn: &Connection) -> rusqlite::Result<BTreeMap<String, Object>> {
    let mut rows =
        conn.prepare("SELECT name, type, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'")?;
    rows.query_map([], |row| {
        Ok((row.get(0)?, Object { kind: row.get(1)?, table: row.get(2)?, sql: row.get(3)? }))
    })?
    .collect()
}

fn texts(conn: &Connection, sql: &str) -> rusqlite::Result<Vec<String>> {
    conn.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}
