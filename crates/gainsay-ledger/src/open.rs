//! Opens a ledger, after making sure that it is one.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::error::{Kind, PATIENCE_SECONDS};
use crate::{Error, Ledger, SCHEMA, cipher, geopackage, guard, migrate};

const EMPTY: Kind = Kind::NotALedger("an empty file; `gainsay init` makes a ledger of it");

impl Ledger {
    /// Opens a ledger for reading and writing. One of an older schema is brought up to date, after a copy was written
    /// beside it.
    ///
    /// # Errors
    /// When there is no such file, it is no ledger, was made by a newer gainsay, may not be written, or another program
    /// has held it for 5 s. A file that is refused is not touched.
    pub fn open(path: impl AsRef<Path>) -> Result<Ledger, Error> {
        let path = path.as_ref();
        let schema = look_at(path, true)?;
        let sql = |error| Error::sql(path, error);
        let mut conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        if conn.is_readonly(rusqlite::MAIN_DB).map_err(sql)? {
            return Err(Error::new(path, Kind::ReadOnly));
        }
        if schema < SCHEMA {
            migrate::migrate(&mut conn, path, schema, migrate::STEPS)?;
        }
        let mut ledger = Ledger { conn, path: path.to_owned(), signer: None, again: false };
        ledger.sweep_if_due()?;
        Ok(ledger)
    }

    /// Opens a ledger for reading; nothing in it can be changed.
    ///
    /// # Errors
    /// As [`Ledger::open`], but for permission to write; also when it is of an older schema.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Ledger, Error> {
        let path = path.as_ref();
        let schema = look_at(path, false)?;
        if schema < SCHEMA {
            return Err(Error::new(path, Kind::Older { found: schema, now: SCHEMA }));
        }
        let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
        Ok(Ledger { conn, path: path.to_owned(), signer: None, again: false })
    }
}

/// A ledger that many read while some write, for as long as this is held.
///
/// Readers and writers of a rollback journal keep each other waiting. While this is held the ledger has a write-ahead log
/// beside it, and they do not; what is acknowledged is on the disk all the same. When it is dropped, and nobody else has the
/// ledger open, the log is taken into the file, which is then one again; else the next who opens it for writing does that.
#[derive(Debug)]
pub struct Shared {
    conn: Connection,
}

impl Ledger {
    /// Opens a ledger to many. One of an older schema is brought up to date first.
    ///
    /// # Errors
    /// As [`Ledger::open`].
    pub fn share(path: impl AsRef<Path>) -> Result<Shared, Error> {
        let path = path.as_ref();
        Ledger::open(path)?.close()?;
        let conn = connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let share = || {
            conn.pragma_update(None, "journal_mode", "wal")?;
            // In a write-ahead log the lock that others must respect is taken with the first read.
            conn.query_row("SELECT count(*) FROM meta", [], |_| Ok(()))
        };
        share().map_err(|error| Error::sql(path, error))?;
        Ok(Shared { conn })
    }
}

impl Drop for Shared {
    fn drop(&mut self) {
        // Refused while others have it open: they or the next do it.
        let _ = self.conn.busy_timeout(Duration::ZERO);
        let _ = self.conn.pragma_update(None, "journal_mode", "delete");
    }
}

/// A connection with the settings that every use of a ledger has; to an encrypted file with its key, to a new one with
/// the key that is held for it.
///
/// # Errors
/// When the file cannot be opened, its key is not to be had, or what lies beside it is not its own.
pub(crate) fn connect(path: &Path, access: OpenFlags) -> Result<Connection, Error> {
    guard::beside(path)?;
    let key = cipher::key(path)?;
    let settle = || {
        let conn = Connection::open_with_flags(path, access | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        guard::limit(&conn)?;
        if let Some(key) = &key {
            cipher::unlock(&conn, key)?;
        }
        // Other programs may leave a write-ahead log behind; a ledger is one file. Refused while they have it open.
        let mode: String =
            conn.pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap_or_default();
        if mode == "wal" && access.contains(OpenFlags::SQLITE_OPEN_READ_WRITE) {
            let _ = conn.pragma_update(None, "journal_mode", "delete");
        }
        conn.busy_timeout(Duration::from_secs(PATIENCE_SECONDS))?;
        // A rollback journal leaves one file behind; EXTRA syncs the folder too, so that neither a killed program nor a
        // power cut loses what was acknowledged.
        conn.execute_batch(
            "PRAGMA foreign_keys = ON; PRAGMA synchronous = EXTRA; PRAGMA fullfsync = ON; PRAGMA trusted_schema = OFF;
             PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0;",
        )?;
        conn.set_prepared_statement_cache_capacity(64);
        Ok(conn)
    };
    settle().map_err(|error| cipher::unreadable(path, error))
}

/// Makes sure, without writing, that the file is a ledger that this version reads, and that nothing in it does harm;
/// gives its schema.
///
/// The file is only ever opened through SQLite: closing it by other means would drop the locks that another
/// connection of this program may hold on it.
fn look_at(path: &Path, writing: bool) -> Result<u32, Error> {
    let meta = std::fs::metadata(path).map_err(|error| Error::io(path, error))?;
    if meta.is_dir() {
        return Err(Error::new(path, Kind::NotALedger("a folder")));
    }
    // A pipe would be waited for.
    if !meta.is_file() {
        return Err(Error::new(path, Kind::NotALedger("no file of its own")));
    }
    if meta.len() == 0 {
        return Err(Error::new(path, EMPTY));
    }
    let mut conn = match peek(path, OpenFlags::SQLITE_OPEN_READ_ONLY) {
        // Its last writer was cut short: once opened with the right to write, what that left undone is taken back.
        Err(error) if error.is_cut_short() => peek(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?,
        peeked => peeked?,
    };
    guard::bounded(&mut conn, path, |conn| schema_of(conn, path, writing))
}

/// A connection through which something was read: from then on it is known whether a last writer was cut short.
fn peek(path: &Path, access: OpenFlags) -> Result<Connection, Error> {
    let mut conn = connect(path, access)?;
    guard::bounded(&mut conn, path, |conn| {
        let read = conn.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
        read.map_err(|error| cipher::unreadable(path, error))
    })?;
    Ok(conn)
}

fn application_id(conn: &Connection) -> rusqlite::Result<i32> {
    conn.pragma_query_value(None, "application_id", |row| row.get(0))
}

fn schema_of(conn: &Connection, path: &Path, writing: bool) -> Result<u32, Error> {
    let sql = |error| Error::sql(path, error);
    // A ledger whose making was cut short is empty once that is taken back.
    let pages: i64 = conn.pragma_query_value(None, "page_count", |row| row.get(0)).map_err(sql)?;
    if pages == 0 {
        return Err(Error::new(path, EMPTY));
    }
    if application_id(conn).map_err(sql)? != geopackage::APPLICATION_ID {
        return Err(Error::new(path, Kind::NotALedger("an SQLite file of another program")));
    }
    let tables: i64 = conn
        .query_row(
            "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name IN ('meta', 'log')",
            [],
            |row| row.get(0),
        )
        .map_err(sql)?;
    // Before anything of it is used.
    if tables == 2 {
        guard::objects(conn, path, writing)?;
    }
    // A table of that name with other columns is another program's.
    let format = if tables == 2 { migrate::meta(conn, "format").unwrap_or(None) } else { None };
    if format.as_deref() != Some(migrate::FORMAT) {
        return Err(Error::new(path, Kind::NotALedger("a GeoPackage of another program")));
    }
    let schema = migrate::meta(conn, "schema").map_err(sql)?;
    match schema.as_deref().and_then(|schema| schema.parse().ok()) {
        Some(found) if found > SCHEMA => Err(Error::new(path, Kind::Newer { found, reads: SCHEMA })),
        Some(schema) if schema > 0 => Ok(schema),
        _ => Err(Error::damaged(path, "meta does not say of which schema it is")),
    }
}
