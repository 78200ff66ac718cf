//! Makes the tables, step by step: all steps for a new ledger, the missing ones for an older.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags, params};

use crate::write::write;
use crate::{Error, atrest, digest, geopackage, open, readings};

/// The steps that make the primary tables; the ledger's schema is how many of them it has had. `schema/README.md`
/// says what a step may do.
pub(crate) const STEPS: &[&str] = &[
    include_str!("../schema/0001_first.sql"),
    include_str!("../schema/0002_heads.sql"),
    include_str!("../schema/0003_beside.sql"),
    include_str!("../schema/0004_signed.sql"),
];

/// The tables that can be made again.
pub(crate) const DERIVED: &str = include_str!("../schema/derived.sql");

/// Names of the derived tables, in the order of `schema/derived.sql`.
pub(crate) const DERIVED_TABLES: [&str; 8] =
    ["claims", "report_text", "heads", "places", "events", "holdings", "disputes", "sources"];

/// Whether a table is one of the ledger's own.
pub(crate) fn is_own(table: &str) -> bool {
    let primary = ["meta", "log", "reports", "readings", "beside", "checkpoints", "stamps"];
    primary.contains(&table) || DERIVED_TABLES.contains(&table) || table.starts_with("gpkg_")
}

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
    readings::index_all(conn, path)?;
    geopackage::touch_all(conn).map_err(|error| Error::sql(path, error))
}

/// Brings a ledger of schema `from` up to the last of `steps`, in one transaction, after a copy was written beside it.
/// Gives where that copy lies; `None` where another program was quicker.
///
/// Killed at any moment, the file is of the one schema or the other, and whatever bears the copy's name is whole.
pub(crate) fn migrate(
    conn: &mut Connection,
    path: &Path,
    from: u32,
    steps: &[&str],
) -> Result<Option<PathBuf>, Error> {
    let sql = |error| Error::sql(path, error);
    // Copying and changing are one piece of work: a second program waits for both.
    write(conn, path, |tx| {
        if meta(tx, "schema").map_err(sql)? != Some(from.to_string()) {
            return Ok(None);
        }
        let copy = keep_copy(path, from)?;
        for step in &steps[from as usize..] {
            tx.execute_batch(step).map_err(sql)?;
        }
        set_meta(tx, "schema", &steps.len().to_string()).map_err(sql)?;
        remake_derived(tx, path)?;
        Ok(Some(copy))
    })
}

/// Sees to it that a copy of the ledger as it is lies beside it: `gainsay.gpkg` of schema 1 is copied to
/// `gainsay.gpkg.schema-1`. A copy of that name that holds the same is left as it is; half a one is written anew; one
/// that holds something else is somebody's, and the copy is called `gainsay.gpkg.schema-1-2`, and so on.
fn keep_copy(path: &Path, schema: u32) -> Result<PathBuf, Error> {
    let source = open::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let digest = digest::everything(&source).map_err(|error| Error::sql(path, error))?;
    let mut copy = beside(path, &format!(".schema-{schema}"));
    for number in 2..=99 {
        match std::fs::symlink_metadata(&copy) {
            Err(_) => break,
            Ok(_) => match digest_of(&copy) {
                Ok(there) if there == digest => return Ok(copy),
                _ if half(&copy) => break,
                _ => copy = beside(path, &format!(".schema-{schema}-{number}")),
            },
        }
    }
    let new = beside(&copy, ".new");
    let written = write_copy(&source, path, &new, &digest)
        .and_then(|()| std::fs::rename(&new, &copy).map_err(|error| Error::io(&copy, error)));
    if let Err(error) = written {
        atrest::remove(&new);
        return Err(error);
    }
    sync_folder(&copy);
    Ok(copy)
}

/// Writes a copy and holds it to what it was made of; it is on the disk then.
fn write_copy(source: &Connection, path: &Path, new: &Path, digest: &str) -> Result<(), Error> {
    for left in [new.to_owned(), beside(new, "-journal")] {
        match std::fs::remove_file(&left) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                return Err(Error::io(&left, error));
            }
            _ => {}
        }
    }
    let name = std::path::absolute(new).unwrap_or_else(|_| new.to_owned());
    let name = name.to_str().ok_or_else(|| {
        Error::refused(path, "no copy can be written beside it: its name is no UTF-8; rename it")
    })?;
    source.execute("VACUUM INTO ?1", params![name]).map_err(|error| Error::sql(path, error))?;
    sync_file(new, path)?;
    if digest_of(new)? != digest {
        return Err(Error::damaged(path, "a copy of it does not hold what it does"));
    }
    Ok(())
}

/// A copy gets the permissions of what it was made of, and is brought to the disk.
pub(crate) fn sync_file(new: &Path, of: &Path) -> Result<(), Error> {
    let sync = || {
        std::fs::set_permissions(new, std::fs::metadata(of)?.permissions())?;
        std::fs::OpenOptions::new().read(true).write(true).open(new)?.sync_all()
    };
    sync().map_err(|error| Error::io(new, error))
}

/// Makes a new name outlive a power cut, where the system can say so.
pub(crate) fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if cfg!(unix) {
        let _ = std::fs::File::open(folder).and_then(|folder| folder.sync_all());
    }
}

/// The hash over everything in a copy.
fn digest_of(copy: &Path) -> Result<String, Error> {
    let conn = open::connect(copy, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    digest::everything(&conn).map_err(|error| Error::sql(copy, error))
}

/// Whether a copy is one that was never finished: empty, or damaged, as versions before this one could leave it.
fn half(copy: &Path) -> bool {
    let sound = || {
        let conn = open::connect(copy, OpenFlags::SQLITE_OPEN_READ_ONLY).ok()?;
        let check: String = conn.pragma_query_value(None, "quick_check", |row| row.get(0)).ok()?;
        let schema = meta(&conn, "schema").ok()?;
        (check == "ok" && schema.is_some()).then_some(())
    };
    std::fs::symlink_metadata(copy).is_ok_and(|meta| meta.is_file()) && sound().is_none()
}

/// A name with something behind it.
pub(crate) fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
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
        let old = Ledger::open(copy.unwrap()).unwrap();
        assert_eq!(old.content_digest().unwrap(), before);
        assert_eq!(old.verify().unwrap(), []);
    }
}
