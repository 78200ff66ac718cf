//! Makes the tables, step by step: all steps for a new ledger, the missing ones for an older.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, params};

use crate::write::write;
use crate::{Error, geopackage, readings};

/// The steps that make the primary tables; the ledger's schema is how many of them it has had. `schema/README.md`
/// says what a step may do.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../schema/0001_first.sql"),
    include_str!("../schema/0002_heads.sql"),
    include_str!("../schema/0003_beside.sql"),
    include_str!("../schema/0004_signed.sql"),
];

/// The tables that can be made again.
const DERIVED: &str = include_str!("../schema/derived.sql");

/// Names of the derived tables, in the order of `schema/derived.sql`.
pub(crate) const DERIVED_TABLES: [&str; 8] =
    ["claims", "report_text", "heads", "places", "events", "holdings", "disputes", "sources"];

/// The mark by which a ledger is known among GeoPackages.
pub(crate) const FORMAT: &str = "gainsay-ledger";

/// Makes all tables in an empty database. The caller holds the transaction.
pub(crate) fn make(conn: &Connection) -> rusqlite::Result<()> {
    conn.execute_batch(&format!(
        "PRAGMA application_id = {}; PRAGMA user_version = {};",
        geopackage::APPLICATION_ID,
        geopackage::USER_VERSION
    ))?;
    for step in STEPS {
        conn.execute_batch(step)?;
    }
    conn.execute_batch(DERIVED)?;
    set_meta(conn, "format", FORMAT)?;
    set_meta(conn, "schema", &STEPS.len().to_string())
}

/// Drops the derived tables and makes them anew; the ledger's own (`claims`, `report_text`) are filled again, those
/// that are weighed stay empty. The caller holds the transaction.
pub(crate) fn remake_derived(conn: &Connection, path: &Path) -> Result<(), Error> {
    let make_again = || {
        for table in DERIVED_TABLES {
            conn.execute("DELETE FROM gpkg_geometry_columns WHERE table_name = ?1", [table])?;
            conn.execute("DELETE FROM gpkg_extensions WHERE table_name = ?1", [table])?;
            conn.execute("DELETE FROM gpkg_contents WHERE table_name = ?1", [table])?;
            conn.execute_batch(&format!("DROP TABLE IF EXISTS {table};"))?;
        }
        conn.execute_batch(DERIVED)?;
        conn.execute_batch("INSERT INTO report_text(report_text) VALUES ('rebuild');")?;
        conn.execute("DELETE FROM meta WHERE key LIKE 'derived_%'", [])
    };
    make_again().map_err(|error| Error::sql(path, error))?;
    readings::index_all(conn, path)
}

/// Brings a ledger of schema `from` up to the last of `steps`, in one transaction, after a copy was written beside it.
/// Gives where that copy lies.
pub(crate) fn migrate(
    conn: &mut Connection,
    path: &Path,
    from: u32,
    steps: &[&str],
) -> Result<PathBuf, Error> {
    let sql = |error| Error::sql(path, error);
    let copy = copy_name(path, from);
    if !copy.exists() {
        conn.execute("VACUUM INTO ?1", params![copy.to_string_lossy()]).map_err(sql)?;
    }
    write(conn, path, |tx| {
        // Another program may have been quicker.
        if meta(tx, "schema").map_err(sql)? != Some(from.to_string()) {
            return Ok(());
        }
        for step in &steps[from as usize..] {
            tx.execute_batch(step).map_err(sql)?;
        }
        set_meta(tx, "schema", &steps.len().to_string()).map_err(sql)?;
        remake_derived(tx, path)
    })?;
    Ok(copy)
}

/// `gainsay.gpkg` of schema 1 is copied to `gainsay.gpkg.schema-1`.
fn copy_name(path: &Path, schema: u32) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".schema-{schema}"));
    PathBuf::from(name)
}

/// The value under a key of `meta`.
pub(crate) fn meta(conn: &Connection, key: &str) -> rusqlite::Result<Option<String>> {
    use rusqlite::OptionalExtension;
    conn.prepare_cached("SELECT value FROM meta WHERE key = ?1")?
        .query_row([key], |row| row.get(0))
        .optional()
}

/// Puts a value under a key of `meta`.
pub(crate) fn set_meta(conn: &Connection, key: &str, value: &str) -> rusqlite::Result<()> {
    conn.prepare_cached(
        "INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
    )?
    .execute([key, value])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Ledger;

    #[test]
    fn an_older_ledger_is_copied_and_brought_up_to_date() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("old.gpkg");
        let mut ledger = Ledger::create(&path, "a", "2020-01-01T00:00:00Z".parse().unwrap()).unwrap();
        let before = ledger.content_digest().unwrap();
        let steps = [STEPS, &["CREATE TABLE further (fid INTEGER NOT NULL PRIMARY KEY);"]].concat();
        let copy = migrate(&mut ledger.conn, &path, crate::SCHEMA, &steps).unwrap();
        let newer = (crate::SCHEMA + 1).to_string();
        assert_eq!(meta(&ledger.conn, "schema").unwrap(), Some(newer));
        assert_eq!(ledger.content_digest().unwrap(), before);
        ledger.close().unwrap();
        assert!(Ledger::open(&path).unwrap_err().is_newer());
        let old = Ledger::open(copy).unwrap();
        assert_eq!(old.content_digest().unwrap(), before);
        assert_eq!(old.verify().unwrap(), []);
    }
}
