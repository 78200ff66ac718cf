//! A ledger is written anew, encrypted or plain, and takes the place of the one it was made of.
//!
//! The new file is written beside the old one, brought to the disk, read again and held to the old one row by row; only
//! then is it renamed. Whoever is killed on the way leaves the one or the other whole. Meanwhile nobody else can write:
//! the old file stays locked until the new one has its name, and a program that had it open is told that it was replaced.

use std::path::{Path, PathBuf};

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, OpenFlags, params};

use crate::cipher::{Form, Key, form, literal, unlock};
use crate::migrate::{beside, sync_file, sync_folder};
use crate::{Error, Ledger, digest, geopackage, open};

/// What became of a ledger that was written anew, and what still lies beside it as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rewritten {
    /// Copies of before a change of schema, which were not touched.
    pub copies: Vec<PathBuf>,
}

impl Ledger {
    /// Writes a ledger anew under `key`, or plain where there is none, and puts it in the place of the old one; answers
    /// beside it are removed, for they can be made again. A ledger that is encrypted already must be opened by the key
    /// that is held for it.
    ///
    /// # Errors
    /// When another program has it open, the disk is full, or it cannot be read; it is then as it was.
    pub fn rewrite(path: impl AsRef<Path>, key: Option<&[u8; 32]>) -> Result<Rewritten, Error> {
        let path = &resolved(path.as_ref());
        // Of this schema, with no journal left over, and a ledger.
        Ledger::open(path)?.close()?;
        let key = key.map(|key| Key::new(*key));
        let conn = open::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let new = beside(path, ".new");
        let written = copy(&conn, path, &new, key.as_ref())
            .and_then(|()| std::fs::rename(&new, path).map_err(|error| Error::io(path, error)));
        if let Err(error) = written {
            remove(&new);
            return Err(error);
        }
        sync_folder(path);
        // Only now may others have the old file, which has no name any more.
        drop(conn);
        remove(&beside(path, ".answers"));
        Ok(Rewritten { copies: copies(path, key.is_some()) })
    }
}

/// The file itself where its name is a link, so that it is the file that is replaced and not the link.
fn resolved(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

fn copy(conn: &Connection, path: &Path, new: &Path, key: Option<&Key>) -> Result<(), Error> {
    let sql = |error| Error::sql(path, error);
    remove(new);
    // Held until the connection is closed: nobody reads what is about to be replaced, and nobody writes.
    conn.execute_batch("PRAGMA main.locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; COMMIT;").map_err(sql)?;
    let before = digest::everything(conn).map_err(sql)?;
    let name = std::path::absolute(new).unwrap_or_else(|_| new.to_owned());
    let name = name
        .to_str()
        .ok_or_else(|| Error::refused(path, "cannot be written anew: its name is no UTF-8; rename it"))?;
    private(new).map_err(|error| Error::io(new, error))?;
    let export = || {
        // Copying writes the tables of the search index, which nothing else may.
        conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
        conn.set_limit(Limit::SQLITE_LIMIT_ATTACHED, 1)?;
        let key = key.map(literal);
        conn.execute("ATTACH ?1 AS new KEY ?2", params![name, key.as_deref().map_or("", String::as_str)])?;
        // Nobody trusts it before it is brought to the disk as a whole.
        conn.execute_batch("PRAGMA new.journal_mode = MEMORY; PRAGMA new.synchronous = OFF;")?;
        conn.query_row("SELECT sqlcipher_export('new')", [], |_| Ok(()))?;
        conn.execute_batch(&format!(
            "PRAGMA new.application_id = {}; PRAGMA new.user_version = {}; DETACH new;",
            geopackage::APPLICATION_ID,
            geopackage::USER_VERSION
        ))
    };
    export().map_err(sql)?;
    sync_file(new, path)?;
    let same = || -> rusqlite::Result<bool> {
        let access = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let copy = Connection::open_with_flags(new, access)?;
        if let Some(key) = key {
            unlock(&copy, key)?;
        }
        let check: String = copy.pragma_query_value(None, "quick_check", |row| row.get(0))?;
        Ok(check == "ok" && digest::everything(&copy)? == before)
    };
    let form = form(new).map_err(sql)?;
    if !same().map_err(|error| Error::sql(new, error))? || (form == Form::Plain) == key.is_some() {
        return Err(Error::damaged(path, "what was written anew does not hold what it does"));
    }
    Ok(())
}

/// Copies of before a change of schema that are not as the ledger now is.
fn copies(path: &Path, encrypted: bool) -> Vec<PathBuf> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Vec::new() };
    let start = format!("{}.schema-", name.to_string_lossy());
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut copies: Vec<PathBuf> = entries
        .flatten()
        .filter(|entry| entry.file_name().to_string_lossy().starts_with(&start))
        .map(|entry| entry.path())
        .filter(|copy| form(copy).is_ok_and(|form| (form == Form::Plain) == encrypted))
        .collect();
    copies.sort();
    copies
}

/// Makes an empty file that nobody else may read.
fn private(file: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.write(true).create_new(true).open(file).map(drop)
}

/// Takes a file away, and what SQLite keeps beside it while it writes.
pub(crate) fn remove(file: &Path) {
    for file in [file.to_owned(), beside(file, "-journal")] {
        let _ = std::fs::remove_file(file);
    }
}
