//! Rows of other people's GeoPackages: what their layers of features hold.
//!
//! **Takes** a file of another program. **Gives** each row's cells as texts, and its geometry as the file keeps it.
//! **Never** writes to it, and runs nothing that its schema brings along.

use std::path::Path;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, OpenFlags};

use crate::Error;

/// The longest cell that is read, in bytes: a boundary of some million points.
const LONGEST: usize = 128 << 20;

/// A row of a layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LayerRow {
    /// The layer's table.
    pub layer: String,
    /// The row's number in it, from 1.
    pub number: u64,
    /// Columns and cells, in the table's order; empty for NULL.
    pub cells: Vec<(String, String)>,
    /// The geometry: a GeoPackage blob (OGC 12-128r18, 2.1.3).
    pub geometry: Option<Vec<u8>>,
}

/// Hands every row of every layer of features over, layer by layer in the order of their names. What `each` gives
/// ends it.
///
/// # Errors
/// When the file is no GeoPackage, has no layer of features in degrees (EPSG:4326), or cannot be read.
pub fn layers<E: From<Error>>(path: &Path, mut each: impl FnMut(LayerRow) -> Result<(), E>) -> Result<(), E> {
    let sql = |error: rusqlite::Error| E::from(Error::sql(path, error));
    std::fs::metadata(path).map_err(|error| E::from(Error::io(path, error)))?;
    let access = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(path, access).map_err(sql)?;
    conn.execute_batch("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;").map_err(sql)?;
    let refused = |what: String| E::from(Error::refused(path, what));
    let listed: Vec<(String, String, i64)> = conn
        .prepare(
            "SELECT c.table_name, g.column_name, g.srs_id FROM gpkg_contents AS c
             JOIN gpkg_geometry_columns AS g ON g.table_name = c.table_name
             WHERE c.data_type = 'features' ORDER BY c.table_name",
        )
        .and_then(|mut rows| rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?.collect())
        .map_err(|error| match error {
            rusqlite::Error::SqliteFailure(failure, _) if failure.code == rusqlite::ErrorCode::Unknown => {
                refused("is no GeoPackage: it has no table of contents".into())
            }
            error => sql(error),
        })?;
    if listed.is_empty() {
        return Err(refused("has no layer of features".into()));
    }
    for (table, geometry, srs) in listed {
        let degrees: bool = srs == 4326 || srs == 0 || {
            let known = "SELECT organization_coordsys_id = 4326 FROM gpkg_spatial_ref_sys WHERE srs_id = ?1";
            conn.query_row(known, [srs], |row| row.get(0)).unwrap_or(false)
        };
        if !degrees {
            return Err(refused(format!(
                "layer `{table}` is in another coordinate system; save it in WGS 84 (EPSG:4326) and give that"
            )));
        }
        let quoted = table.replace('"', "\"\"");
        // A view could run for ever; a layer is a table.
        let kind: String = conn
            .query_row("SELECT type FROM sqlite_schema WHERE name = ?1", [&table], |row| row.get(0))
            .map_err(|_| refused(format!("layer `{table}` is not there")))?;
        if kind != "table" {
            return Err(refused(format!("layer `{table}` is no table; save it as one and give that")));
        }
        let mut rows = conn.prepare(&format!("SELECT * FROM \"{quoted}\"")).map_err(sql)?;
        let columns: Vec<String> = rows.column_names().map(str::to_owned).collect();
        let mut rows = rows.query([]).map_err(sql)?;
        let mut number = 0;
        while let Some(row) = rows.next().map_err(sql)? {
            number += 1;
            let mut read = LayerRow {
                layer: table.clone(),
                number,
                cells: Vec::with_capacity(columns.len()),
                geometry: None,
            };
            for (at, column) in columns.iter().enumerate() {
                let cell = row.get_ref(at).map_err(sql)?;
                let too_long =
                    matches!(cell, ValueRef::Blob(bytes) | ValueRef::Text(bytes) if bytes.len() > LONGEST);
                if too_long {
                    return Err(refused(format!("layer `{table}`, row {number}: {column} is too long")));
                }
                match cell {
                    ValueRef::Blob(bytes) if column.eq_ignore_ascii_case(&geometry) => {
                        read.geometry = Some(bytes.to_vec());
                    }
                    _ if column.eq_ignore_ascii_case(&geometry) => {}
                    ValueRef::Null | ValueRef::Blob(_) => read.cells.push((column.clone(), String::new())),
                    ValueRef::Integer(number) => read.cells.push((column.clone(), number.to_string())),
                    ValueRef::Real(number) => read.cells.push((column.clone(), number.to_string())),
                    ValueRef::Text(text) => match std::str::from_utf8(text) {
                        Ok(text) => read.cells.push((column.clone(), text.to_owned())),
                        Err(_) => {
                            return Err(refused(format!(
                                "layer `{table}`, row {number}: {column} is not UTF-8"
                            )));
                        }
                    },
                }
            }
            each(read)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_a_layer_are_read_and_other_files_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("admin.gpkg");
        let conn = Connection::open(&path).unwrap();
        conn.execute_batch(
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);
             CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);
             CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization_coordsys_id INTEGER);
             INSERT INTO gpkg_contents VALUES ('admin \"1', 'features'), ('notes', 'attributes');
             INSERT INTO gpkg_geometry_columns VALUES ('admin \"1', 'geom', 4326);
             CREATE TABLE \"admin \"\"1\" (fid INTEGER PRIMARY KEY, geom BLOB, ADM1_EN TEXT, area REAL);
             INSERT INTO \"admin \"\"1\" VALUES (7, x'4750', 'Deir', NULL), (9, NULL, 'Raqqa', 1.5);",
        )
        .unwrap();
        let mut rows = Vec::new();
        layers(&path, |row| {
            rows.push(row);
            Ok::<(), Error>(())
        })
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].geometry.as_deref(), Some(&b"GP"[..]));
        let cells = [("fid", "9"), ("ADM1_EN", "Raqqa"), ("area", "1.5")];
        assert_eq!(rows[1].cells, cells.map(|(name, cell)| (name.to_owned(), cell.to_owned())));
        conn.execute_batch("UPDATE gpkg_geometry_columns SET srs_id = 32637").unwrap();
        let wrong = layers(&path, |_| Ok::<(), Error>(())).unwrap_err().to_string();
        assert!(wrong.contains("EPSG:4326"), "{wrong}");
        let plain = folder.path().join("plain.gpkg");
        Connection::open(&plain).unwrap().execute_batch("CREATE TABLE t (a)").unwrap();
        let wrong = layers(&plain, |_| Ok::<(), Error>(())).unwrap_err().to_string();
        assert!(wrong.contains("GeoPackage"), "{wrong}");
        std::fs::write(&plain, b"nothing of the sort, but long enough to be looked at").unwrap();
        assert!(layers(&plain, |_| Ok::<(), Error>(())).is_err());
        assert!(layers(&folder.path().join("none.gpkg"), |_| Ok::<(), Error>(())).is_err());
    }
}
