//! One hash over many rows, to tell whether two ledgers, or one at two times, hold the same.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use crate::pack::FieldHash;
use crate::{Error, Ledger};

impl Ledger {
    /// A hash over every row of the log, the reports, the readings, what lay beside, the checkpoints and the stamps: equal for equal content, whatever the file's
    /// layout, and unmoved by all that is derived.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn content_digest(&self) -> Result<String, Error> {
        digest(
            &self.conn,
            &[
                "SELECT * FROM log ORDER BY seq",
                "SELECT * FROM reports ORDER BY entry",
                "SELECT * FROM readings ORDER BY entry",
                "SELECT * FROM beside ORDER BY entry, fid",
                "SELECT * FROM checkpoints ORDER BY entry",
                "SELECT * FROM stamps ORDER BY entry",
            ],
        )
        .map_err(|error| self.sql(error))
    }

    /// A hash over every row of heads, places, events, holdings, disputes and sources, and what the GeoPackage notes of
    /// these.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn derived_digest(&self) -> Result<String, Error> {
        derived_digest(&self.conn).map_err(|error| self.sql(error))
    }
}

pub(crate) fn derived_digest(conn: &Connection) -> rusqlite::Result<String> {
    digest(
        conn,
        &[
            "SELECT * FROM heads ORDER BY report",
            "SELECT * FROM places ORDER BY id, fid",
            "SELECT * FROM events ORDER BY id, fid",
            "SELECT * FROM holdings ORDER BY place, day_from, fid",
            "SELECT * FROM disputes ORDER BY id, fid",
            "SELECT * FROM sources ORDER BY id, fid",
            "SELECT * FROM gpkg_contents WHERE table_name IN ('places', 'events', 'holdings', 'disputes', 'sources')
             ORDER BY table_name",
        ],
    )
}

/// A hash over every row of every table that a file holds, in the order they lie in, whatever their names.
pub(crate) fn everything(conn: &Connection) -> rusqlite::Result<String> {
    let mut tables = conn.prepare(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 AND name NOT LIKE 'sqlite_%'
         ORDER BY name",
    )?;
    let tables: Vec<String> = tables.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let selections: Vec<String> =
        tables.iter().map(|table| format!("SELECT * FROM \"{}\"", table.replace('"', "\"\""))).collect();
    let selections: Vec<&str> = selections.iter().map(String::as_str).collect();
    Ok(format!("{} {}", tables.join(" "), digest(conn, &selections)?))
}

/// One hash over the rows of several selections.
pub(crate) fn digest(conn: &Connection, selections: &[&str]) -> rusqlite::Result<String> {
    let mut hash = FieldHash::new("gainsay-rows/1");
    for selection in selections {
        let mut rows = conn.prepare(selection)?;
        let columns = rows.column_count();
        let mut rows = rows.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                cell(&mut hash, row, column)?;
            }
        }
        hash.field(b"end of table");
    }
    Ok(hash.finish())
}

/// A hash over all cells of a row.
pub(crate) fn of_row(row: &Row<'_>) -> rusqlite::Result<String> {
    let mut hash = FieldHash::new("gainsay-row/1");
    for column in 0..row.as_ref().column_count() {
        cell(&mut hash, row, column)?;
    }
    Ok(hash.finish())
}

/// A cell's type, then what it holds.
fn cell(hash: &mut FieldHash, row: &Row<'_>, column: usize) -> rusqlite::Result<()> {
    match row.get_ref(column)? {
        ValueRef::Null => hash.field(b"n"),
        ValueRef::Integer(number) => {
            hash.field(b"i");
            hash.field(&number.to_be_bytes());
        }
        ValueRef::Real(number) => {
            hash.field(b"r");
            hash.field(&number.to_bits().to_be_bytes());
        }
        ValueRef::Text(bytes) => {
            hash.field(b"t");
            hash.field(bytes);
        }
        ValueRef::Blob(bytes) => {
            hash.field(b"b");
            hash.field(bytes);
        }
    }
    Ok(())
}
