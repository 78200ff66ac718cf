//! The file as a GeoPackage (OGC 12-128r18): its marks, its point geometries, its table of contents.

use rusqlite::{Connection, params};

/// "GPKG" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x4750_4B47;
/// GeoPackage 1.3, the newest that GDAL 3.6 reads without a warning.
pub(crate) const USER_VERSION: i32 = 10300;
/// EPSG:4326, longitude and latitude in degrees on WGS 84.
pub(crate) const SRS: i32 = 4326;

/// A point as a GeoPackage geometry: header "GP", version 0, little endian, no envelope, EPSG:4326, then WKB.
///
/// # Units
/// Degrees, longitude first.
pub(crate) fn point(lon: f64, lat: f64) -> [u8; 29] {
    let mut blob = [0; 29];
    blob[..4].copy_from_slice(&[b'G', b'P', 0, 1]);
    blob[4..8].copy_from_slice(&SRS.to_le_bytes());
    blob[8] = 1;
    blob[9..13].copy_from_slice(&1u32.to_le_bytes());
    blob[13..21].copy_from_slice(&lon.to_le_bytes());
    blob[21..].copy_from_slice(&lat.to_le_bytes());
    blob
}

/// Longitude and latitude of a geometry that [`point`] made; `None` for any other blob.
pub(crate) fn lon_lat(blob: &[u8]) -> Option<(f64, f64)> {
    let lon = f64::from_le_bytes(blob.get(13..21)?.try_into().ok()?);
    let lat = f64::from_le_bytes(blob.get(21..29)?.try_into().ok()?);
    (point(lon, lat) == blob).then_some((lon, lat))
}

/// Notes in the table of contents that tables changed at `at` (RFC 3339, to the second).
pub(crate) fn touch(conn: &Connection, tables: &[&str], at: &str) -> rusqlite::Result<()> {
    let at = at.replace('Z', ".000Z");
    let mut update =
        conn.prepare_cached("UPDATE gpkg_contents SET last_change = ?2 WHERE table_name = ?1")?;
    for table in tables {
        update.execute(params![table, at])?;
    }
    Ok(())
}

/// The ledger's own tables, with the day of change that the table of contents should bear: that of the last entry that one
/// of their rows is bound by.
pub(crate) fn changes(conn: &Connection) -> rusqlite::Result<Vec<(&'static str, String)>> {
    let tables = [
        ("log", "SELECT max(seq) FROM log"),
        ("reports", "SELECT max(entry) FROM reports"),
        ("readings", "SELECT max(entry) FROM readings"),
        ("claims", "SELECT max(entry) FROM readings"),
        ("beside", "SELECT max(entry) FROM beside"),
        ("checkpoints", "SELECT max(entry) FROM checkpoints"),
        ("stamps", "SELECT max(entry) FROM stamps"),
    ];
    let one = |(table, last): (&'static str, &str)| {
        let sql = format!("SELECT (SELECT at FROM log WHERE seq = ({last}))");
        let at: Option<String> = conn.prepare_cached(&sql)?.query_row([], |row| row.get(0))?;
        Ok((table, at.as_deref().unwrap_or("1970-01-01T00:00:00Z").replace('Z', ".000Z")))
    };
    tables.into_iter().map(one).collect()
}

/// Notes in the table of contents when the ledger's own tables changed.
pub(crate) fn touch_all(conn: &Connection) -> rusqlite::Result<()> {
    for (table, at) in changes(conn)? {
        conn.execute("UPDATE gpkg_contents SET last_change = ?2 WHERE table_name = ?1", params![table, at])?;
    }
    Ok(())
}

/// Notes in the table of contents where the points of a layer lie.
pub(crate) fn set_bounds(conn: &Connection, table: &str, points: &[(f64, f64)]) -> rusqlite::Result<()> {
    let least = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).reduce(f64::min);
    let greatest = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).reduce(f64::max);
    conn.execute(
        "UPDATE gpkg_contents SET min_x = ?2, min_y = ?3, max_x = ?4, max_y = ?5 WHERE table_name = ?1",
        params![table, least(|p| p.0), least(|p| p.1), greatest(|p| p.0), greatest(|p| p.1)],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_comes_back() {
        let blob = point(40.1408, 35.3359);
        assert_eq!(lon_lat(&blob), Some((40.1408, 35.3359)));
        assert_eq!(lon_lat(&blob[..28]), None);
        assert_eq!(lon_lat(b"GP"), None);
    }
}
