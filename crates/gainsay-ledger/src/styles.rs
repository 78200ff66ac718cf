//! Writes layers with styles to a GeoPackage of their own: a copy to pass on, that QGIS draws as it is opened.
//!
//! **Takes** layers: features with typed cells, and a style in QGIS's own words (QML).
//! **Gives** a file that GDAL opens without a warning, and that has the same bytes for the same layers.
//! **Never** copies anything out of a ledger: what is not handed in is not in it.

use std::path::Path;

use rusqlite::{Connection, OpenFlags, params_from_iter, types::Value};

use crate::{Error, geopackage};

/// What a layer's features are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerKind {
    /// Points.
    Points,
    /// Polygons.
    Polygons,
}

/// Where a feature is, in degrees (EPSG:4326).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outline {
    /// Nobody knows.
    Nowhere,
    /// East, north.
    Point(f64, f64),
    /// West, south, east, north.
    Box([f64; 4]),
}

/// Of what type a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LayerColumn {
    /// Text.
    Text,
    /// Whole numbers.
    Whole,
    /// Numbers.
    Real,
    /// Yes or no.
    Yes,
    /// Days, as `2014-06-03`.
    Day,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub enum LayerCell {
    /// Nothing.
    Null,
    /// Text, or a day.
    Text(String),
    /// A whole number; yes is 1, no is 0.
    Whole(i64),
    /// A number.
    Real(f64),
}

/// A layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its table; letters, digits and `_`.
    pub name: String,
    /// What it shows, in a line.
    pub description: String,
    /// What its features are.
    pub kind: LayerKind,
    /// Names and types of its columns.
    pub columns: Vec<(String, LayerColumn)>,
    /// Where each feature is, and its cells, as many as there are columns.
    pub rows: Vec<(Outline, Vec<LayerCell>)>,
    /// How QGIS draws it (QML).
    pub style: String,
}

/// An empty GeoPackage with a table of styles.
const EMPTY: &str = include_str!("../schema/layers.sql");

/// Writes the layers to a file that is not there yet or is empty. `at` is what the file says it was last changed
/// (RFC 3339, UTC).
///
/// # Errors
/// A layer or column whose name is no plain word, a row of another length, a disk that refuses.
pub fn write_layers(path: &Path, layers: &[Layer], at: &str) -> Result<(), Error> {
    let sql = |error| Error::sql(path, error);
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
    let mut conn = Connection::open_with_flags(path, flags).map_err(sql)?;
    // The file is moved to its place when it is whole: nothing is rolled back in it.
    conn.pragma_update(None, "journal_mode", "MEMORY").map_err(sql)?;
    conn.execute_batch(&format!(
        "PRAGMA application_id = {}; PRAGMA user_version = {};",
        geopackage::APPLICATION_ID,
        geopackage::USER_VERSION
    ))
    .map_err(sql)?;
    let tx = conn.transaction().map_err(sql)?;
    tx.execute_batch(EMPTY).map_err(sql)?;
    let at = moment(at);
    for layer in layers {
        for name in std::iter::once(&layer.name).chain(layer.columns.iter().map(|(name, _)| name)) {
            if !is_plain(name) {
                return Err(Error::refused(
                    path,
                    format!("`{name}` cannot be the name of a layer or column"),
                ));
            }
        }
        if layer.rows.iter().any(|(_, cells)| cells.len() != layer.columns.len()) {
            return Err(Error::refused(
                path,
                format!("a row of layer {} has not one cell a column", layer.name),
            ));
        }
        put(&tx, layer, &at).map_err(sql)?;
    }
    tx.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change, srs_id)
         VALUES ('layer_styles', 'attributes', 'layer_styles', 'How QGIS draws the layers', ?1, 0)",
        [&at],
    )
    .map_err(sql)?;
    tx.commit().map_err(sql)?;
    conn.close().map_err(|(_, error)| Error::sql(path, error))
}

/// A time as a GeoPackage has it: to the thousandth of a second.
fn moment(at: &str) -> String {
    match at.strip_suffix('Z') {
        Some(time) if time.len() == 19 => format!("{time}.000Z"),
        _ => "1970-01-01T00:00:00.000Z".to_owned(),
    }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn put(conn: &Connection, layer: &Layer, at: &str) -> rusqlite::Result<()> {
    let name = &layer.name;
    let columns: String = layer
        .columns
        .iter()
        .map(|(column, kind)| {
            let kind = match kind {
                LayerColumn::Text => "TEXT",
                LayerColumn::Whole => "INTEGER",
                LayerColumn::Real => "DOUBLE",
                LayerColumn::Yes => "BOOLEAN",
                LayerColumn::Day => "DATE",
            };
            format!(", \"{column}\" {kind}")
        })
        .collect();
    let geometry = match layer.kind {
        LayerKind::Points => "POINT",
        LayerKind::Polygons => "POLYGON",
    };
    conn.execute_batch(&format!(
        "CREATE TABLE \"{name}\" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {geometry}{columns});"
    ))?;
    let bounds = bounds(&layer.rows);
    conn.execute(
        "INSERT INTO gpkg_contents VALUES (?1, 'features', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        rusqlite::params![
            name,
            layer.description,
            at,
            bounds.map(|b| b[0]),
            bounds.map(|b| b[1]),
            bounds.map(|b| b[2]),
            bounds.map(|b| b[3]),
            geopackage::SRS
        ],
    )?;
    conn.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?1, 'geom', ?2, ?3, 0, 0)",
        rusqlite::params![name, geometry, geopackage::SRS],
    )?;
    let marks = vec!["?"; layer.columns.len() + 1].join(", ");
    let named: String = layer.columns.iter().map(|(column, _)| format!(", \"{column}\"")).collect();
    let mut insert = conn.prepare(&format!("INSERT INTO \"{name}\" (geom{named}) VALUES ({marks})"))?;
    for (outline, cells) in &layer.rows {
        let geom = match outline {
            Outline::Nowhere => Value::Null,
            Outline::Point(lon, lat) => Value::Blob(geopackage::point(*lon, *lat).to_vec()),
            Outline::Box(sides) => Value::Blob(polygon(*sides)),
        };
        let cells = cells.iter().map(|cell| match cell {
            LayerCell::Null => Value::Null,
            LayerCell::Text(text) => Value::Text(text.clone()),
            LayerCell::Whole(number) => Value::Integer(*number),
            LayerCell::Real(number) => Value::Real(*number),
        });
        insert.execute(params_from_iter(std::iter::once(geom).chain(cells)))?;
    }
    conn.execute(
        "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML,
             styleSLD, useAsDefault, description, owner, ui, update_time)
         VALUES ('', '', ?1, 'geom', ?1, ?2, '', 1, ?3, '', NULL, ?4)",
        rusqlite::params![name, layer.style, layer.description, at],
    )?;
    Ok(())
}

/// Where the features of a layer lie; `None` where none lies anywhere.
fn bounds(rows: &[(Outline, Vec<LayerCell>)]) -> Option<[f64; 4]> {
    let sides = rows.iter().filter_map(|(outline, _)| match outline {
        Outline::Nowhere => None,
        Outline::Point(lon, lat) => Some([*lon, *lat, *lon, *lat]),
        Outline::Box(sides) => Some(*sides),
    });
    sides.reduce(|a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])])
}

/// A box as a polygon: the header of a point's geometry, then WKB of one ring against the clock.
fn polygon([west, south, east, north]: [f64; 4]) -> Vec<u8> {
    let mut blob = geopackage::point(0.0, 0.0)[..8].to_vec();
    blob.push(1);
    for number in [3_u32, 1, 5] {
        blob.extend(number.to_le_bytes());
    }
    for corner in [[west, south], [east, south], [east, north], [west, north], [west, south]] {
        corner.iter().for_each(|degrees| blob.extend(degrees.to_le_bytes()));
    }
    blob
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layer(name: &str, kind: LayerKind, outline: Outline) -> Layer {
        Layer {
            name: name.into(),
            description: "d".into(),
            kind,
            columns: vec![
                ("place".into(), LayerColumn::Text),
                ("day".into(), LayerColumn::Day),
                ("n".into(), LayerColumn::Whole),
            ],
            rows: vec![
                (
                    outline,
                    vec![
                        LayerCell::Text("x".into()),
                        LayerCell::Text("2014-06-03".into()),
                        LayerCell::Whole(3),
                    ],
                ),
                (Outline::Nowhere, vec![LayerCell::Null, LayerCell::Null, LayerCell::Null]),
            ],
            style: "<qgis/>".into(),
        }
    }

    #[test]
    fn layers_are_the_same_bytes_and_have_their_bounds_and_styles() {
        let folder = tempfile::tempdir().unwrap();
        let layers = [
            layer("points", LayerKind::Points, Outline::Point(40.1, 35.3)),
            layer("areas", LayerKind::Polygons, Outline::Box([39.1, 34.1, 41.4, 36.0])),
        ];
        let at = "2016-01-18T10:00:00Z";
        let [a, b] = ["a.gpkg", "b.gpkg"].map(|name| folder.path().join(name));
        write_layers(&a, &layers, at).unwrap();
        write_layers(&b, &layers, at).unwrap();
        assert_eq!(std::fs::read(&a).unwrap(), std::fs::read(&b).unwrap());
        let conn = Connection::open(&a).unwrap();
        let west: f64 = conn
            .query_row("SELECT min_x FROM gpkg_contents WHERE table_name = 'areas'", [], |row| row.get(0))
            .unwrap();
        assert_eq!(west, 39.1);
        let styled: i64 = conn
            .query_row("SELECT count(*) FROM layer_styles WHERE useAsDefault", [], |row| row.get(0))
            .unwrap();
        assert_eq!(styled, 2);
        let rows: i64 =
            conn.query_row("SELECT count(*) FROM points WHERE geom IS NULL", [], |row| row.get(0)).unwrap();
        assert_eq!(rows, 1);
    }

    #[test]
    fn names_that_are_no_words_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let wrong = layer("x\"; DROP TABLE y", LayerKind::Points, Outline::Nowhere);
        assert!(write_layers(&folder.path().join("a.gpkg"), &[wrong], "").is_err());
        let mut short = layer("x", LayerKind::Points, Outline::Nowhere);
        short.rows[0].1.pop();
        assert!(write_layers(&folder.path().join("b.gpkg"), &[short], "").is_err());
    }
}
