//! The GeoPackage's own tables: every cell is what this version writes, and the days of change are those of the log.
//! Rows that another program added are told of.

use std::collections::BTreeMap;

use rusqlite::Connection;
use rusqlite::types::ValueRef;

use super::Seen;
use crate::{geopackage, migrate};

/// The tables, how many columns tell one row from another, and the rest.
const TABLES: [(&str, usize, &str); 4] = [
    (
        "gpkg_spatial_ref_sys",
        1,
        "srs_id, srs_name, organization, organization_coordsys_id, definition, description",
    ),
    (
        "gpkg_contents",
        1,
        "table_name, data_type, identifier, description, srs_id, last_change, min_x, min_y, max_x, max_y",
    ),
    ("gpkg_geometry_columns", 2, "table_name, column_name, geometry_type_name, srs_id, z, m"),
    ("gpkg_extensions", 3, "table_name, column_name, extension_name, definition, scope"),
];

/// The columns of `gpkg_contents` from which on a row changes with what the table holds.
const CHANGING: usize = 5;

pub(super) fn check(conn: &Connection, seen: &mut Seen) -> rusqlite::Result<()> {
    let model = Connection::open_in_memory()?;
    migrate::make(&model)?;
    let weighed = migrate::meta(conn, "derived_digest")?.is_some();
    let changes: BTreeMap<&str, String> = geopackage::changes(conn)?.into_iter().collect();
    for (table, names, columns) in TABLES {
        let mut there = rows(conn, table, columns, names)?;
        for (name, mut expected) in rows(&model, table, columns, names)? {
            let Some(mut found) = there.remove(&name) else {
                seen.fault(table, Some(shown(&name)), "is missing or changed", None);
                continue;
            };
            if table == "gpkg_contents" {
                let of = shown(&name).to_owned();
                if let Some(at) = changes.get(of.as_str()) {
                    expected[CHANGING] = Cell::Text(at.clone().into_bytes());
                } else if weighed {
                    // These are part of what was hashed when they were weighed.
                    expected.truncate(CHANGING);
                    found.truncate(CHANGING);
                }
            }
            if found != expected {
                seen.fault(table, Some(shown(&name)), "is missing or changed", None);
            }
        }
        for name in there.keys() {
            // A spatial index on a layer is the only thing of others' that our tables may bear.
            let own = migrate::is_own(shown(name));
            let index = name.contains("rtree_index") && migrate::DERIVED_TABLES.contains(&shown(name));
            if own && !index {
                seen.fault(table, Some(shown(name)), "is a row that gainsay did not write", None);
                continue;
            }
            seen.verified.foreign.push(format!("row `{}` of {table}", shown(name)));
        }
    }
    Ok(())
}

/// A cell as it is stored, whatever its bytes are.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Cell {
    Null,
    Integer(i64),
    /// The bits of it.
    Real(u64),
    Text(Vec<u8>),
    Blob(Vec<u8>),
}

impl Cell {
    fn of(value: ValueRef<'_>) -> Cell {
        match value {
            ValueRef::Null => Cell::Null,
            ValueRef::Integer(number) => Cell::Integer(number),
            ValueRef::Real(number) => Cell::Real(number.to_bits()),
            ValueRef::Text(bytes) => Cell::Text(bytes.to_vec()),
            ValueRef::Blob(bytes) => Cell::Blob(bytes.to_vec()),
        }
    }

    fn name(&self) -> String {
        match self {
            Cell::Text(bytes) | Cell::Blob(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            Cell::Integer(number) => number.to_string(),
            Cell::Null | Cell::Real(_) => String::new(),
        }
    }
}

/// Stands between the names of a row.
const BETWEEN: char = '\u{1f}';

/// The first of the names that is not empty.
fn shown(name: &str) -> &str {
    name.split(BETWEEN).find(|part| !part.is_empty()).unwrap_or_default()
}

fn rows(
    conn: &Connection,
    table: &str,
    columns: &str,
    names: usize,
) -> rusqlite::Result<BTreeMap<String, Vec<Cell>>> {
    let mut rows = conn.prepare(&format!("SELECT {columns} FROM {table}"))?;
    let width = rows.column_count();
    let mut rows = rows.query([])?;
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let cells: Vec<Cell> =
            (0..width).map(|column| row.get_ref(column).map(Cell::of)).collect::<rusqlite::Result<_>>()?;
        let mut key = cells[..names].iter().map(Cell::name).collect::<Vec<_>>().join(&BETWEEN.to_string());
        // Two rows that cannot be told apart are both told of.
        while all.contains_key(&key) {
            key.push(BETWEEN);
        }
        all.insert(key, cells);
    }
    Ok(all)
}
