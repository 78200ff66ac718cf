//! Files that are encrypted as a whole (SQLCipher 4: AES-256 and HMAC-SHA512, page by page), and their keys.
//!
//! Whether a file is encrypted is told by its first bytes alone, never by its name. What lies beside a ledger (answers,
//! copies of before a change of schema) is under the ledger's own key. The key is 32 random bytes and is used as it is:
//! no passphrase is stretched when a file is opened.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags};
use zeroize::Zeroizing;

use crate::error::Kind;
use crate::held::held;
use crate::{Error, Ledger};

/// The key that a file is encrypted under.
pub(crate) type Key = Zeroizing<[u8; 32]>;

/// What a file looks like from outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Nothing in it yet.
    Empty,
    /// SQLite, as it is.
    Plain,
    /// Something else: encrypted, or no ledger at all.
    Other,
}

impl Ledger {
    /// Whether a file is encrypted, or at least no plain SQLite file; no key is needed to tell.
    ///
    /// # Errors
    /// When there is no such file, or it may not be read.
    pub fn is_encrypted(path: impl AsRef<Path>) -> Result<bool, Error> {
        let path = path.as_ref();
        std::fs::metadata(path).map_err(|error| Error::io(path, error))?;
        Ok(form(path).map_err(|error| Error::sql(path, error))? == Form::Other)
    }
}

/// What a file looks like, from its first page. It is read through SQLite, for closing it by other means would drop the
/// locks that this program holds on it; and as one that nobody changes, so that no journal is touched and nobody waits.
pub(crate) fn form(path: &Path) -> rusqlite::Result<Form> {
    let access =
        OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let conn = Connection::open_with_flags(unchanging(path), access)?;
    let number = |pragma| conn.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    match number("application_id") {
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::NotADatabase) => Ok(Form::Other),
        // Whatever else is wrong with it shows when it is opened.
        Err(_) => Ok(Form::Plain),
        Ok(_) if number("page_count") == Ok(0) => Ok(Form::Empty),
        Ok(_) => Ok(Form::Plain),
    }
}

/// The file's name as a URI that says that nobody changes it (<https://sqlite.org/uri.html>).
fn unchanging(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut uri = "file:".to_owned();
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = format!("/{}", path.to_string_lossy().replace('\\', "/")).into_bytes();
    for byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' | b':' => {
                uri.push(char::from(byte));
            }
            _ => write!(uri, "%{byte:02X}").expect("a text takes it"),
        }
    }
    uri + "?immutable=1&mode=ro"
}

/// The key to open a file with; `None` where it is plain. A new file is encrypted where a key is held for it.
///
/// # Errors
/// When it is encrypted and its key is not to be had, or it is no ledger at all.
pub(crate) fn key(path: &Path) -> Result<Option<Key>, Error> {
    match form(path).map_err(|error| Error::sql(path, error))? {
        Form::Plain => Ok(None),
        Form::Empty => Ok(held(path)?.cipher),
        Form::Other => {
            // The making of a ledger was cut short, and half a first page may stand there: what the journal knows of is
            // taken back when it is opened, and then there is no page at all.
            if !looks_encrypted(path) && has_journal(path) {
                return Ok(None);
            }
            if !looks_encrypted(path) {
                return Err(Error::new(path, Kind::NotALedger("no SQLite file")));
            }
            match key_held(path)? {
                Some(key) => Ok(Some(key)),
                None => Err(Error::refused(
                    path,
                    format!(
                        "not a gainsay ledger, or an encrypted one whose key is not here; put `{}` beside it, as it was \
                         when it was encrypted",
                        keys_name(path)
                    ),
                )),
            }
        }
    }
}

/// The key that new files beside a ledger are written under: the ledger's own, where that is encrypted.
///
/// # Errors
/// When the ledger is encrypted and its key is not to be had.
pub(crate) fn key_beside(path: &Path) -> Result<Option<Key>, Error> {
    let ledger = ledger_of(path);
    match form(&ledger) {
        Ok(Form::Other) => key_held(&ledger),
        // Answers can be written for a ledger that is not there.
        _ => Ok(None),
    }
}

/// Opens what is encrypted; to be said before anything else on a connection.
pub(crate) fn unlock(conn: &Connection, key: &Key) -> rusqlite::Result<()> {
    // What a wrong key comes to is said in our own words, and not on standard error.
    conn.execute_batch("PRAGMA cipher_log_level = NONE;")?;
    conn.execute_batch(&Zeroizing::new(format!("PRAGMA key = \"{}\";", &*literal(key))))
}

/// A key as SQLCipher takes it without stretching: `x'…'`.
pub(crate) fn literal(key: &Key) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(67));
    text.push_str("x'");
    for byte in key.iter() {
        write!(text, "{byte:02x}").expect("a text takes it");
    }
    text.push('\'');
    text
}

/// The error of a file that could not be read: where a key was used, the key does not fit or the file is damaged, and
/// the two look alike.
pub(crate) fn unreadable(path: &Path, error: rusqlite::Error) -> Error {
    let locked = error.sqlite_error_code() == Some(ErrorCode::NotADatabase)
        && matches!(form(path), Ok(Form::Other))
        && matches!(key_held(path), Ok(Some(_)));
    if !locked {
        return Error::sql(path, error);
    }
    Error::refused(
        path,
        format!(
            "does not open with the key in `{}`: that is another ledger's, or the file is damaged; put back the keys \
             that belong to it, or a copy of it",
            keys_name(path)
        ),
    )
}

/// The key held for a file, or for the ledger that it lies beside.
fn key_held(path: &Path) -> Result<Option<Key>, Error> {
    let ledger = ledger_of(path);
    match held(path)?.cipher {
        Some(key) => Ok(Some(key)),
        None if ledger != path => Ok(held(&ledger)?.cipher),
        None => Ok(None),
    }
}

/// The ledger that a file lies beside, by its name; its own name where it is none of those that gainsay writes.
fn ledger_of(path: &Path) -> PathBuf {
    let Some(mut name) = path.file_name().and_then(|name| name.to_str()) else { return path.to_owned() };
    while let Some((stem, ending)) = name.rsplit_once('.') {
        let numbered = ending.strip_prefix("schema-").unwrap_or(ending);
        let ours = ["answers", "new"].contains(&ending)
            || !numbered.is_empty() && numbered.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if !ours || stem.is_empty() {
            break;
        }
        name = stem;
    }
    path.with_file_name(name)
}

/// Whether a journal lies beside a file, so that its last writer may have been cut short.
fn has_journal(path: &Path) -> bool {
    let mut name = path.as_os_str().to_owned();
    name.push("-journal");
    std::fs::metadata(name).is_ok_and(|meta| meta.len() > 0)
}

fn keys_name(path: &Path) -> String {
    let ledger = ledger_of(path);
    format!("{}.keys", ledger.file_name().unwrap_or_default().to_string_lossy())
}

/// Whether a file that is no SQLite file may be an encrypted one: whole pages, and a beginning that is no text. Nobody
/// in this process has it open but with a key, and then this is not asked.
fn looks_encrypted(path: &Path) -> bool {
    use std::io::Read;
    if matches!(key_held(path), Ok(Some(_)) | Err(_)) {
        return true;
    }
    let whole = std::fs::metadata(path).is_ok_and(|meta| meta.len() % 1024 == 0);
    let mut first = [0; 16];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut first));
    let mut different = first.to_vec();
    different.sort_unstable();
    different.dedup();
    whole && read.is_ok() && different.len() > 8 && std::str::from_utf8(&first).is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_beside_a_ledger_is_known_by_its_name() {
        for (name, ledger) in [
            ("x.gpkg", "x.gpkg"),
            ("x.gpkg.answers", "x.gpkg"),
            ("x.gpkg.answers.4711.new", "x.gpkg"),
            ("x.gpkg.schema-2", "x.gpkg"),
            ("x.gpkg.schema-2-2.new", "x.gpkg"),
            ("answers", "answers"),
            (".new", ".new"),
            ("2015.gpkg", "2015.gpkg"),
        ] {
            assert_eq!(ledger_of(Path::new("/a").join(name).as_path()), Path::new("/a").join(ledger));
        }
    }

    #[test]
    fn a_name_of_any_bytes_is_looked_at() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a b?c#d%20e.gpkg", "دفتر.gpkg", "a:b.gpkg"] {
            let path = folder.path().join(name);
            std::fs::write(&path, b"").unwrap();
            assert_eq!(form(&path).unwrap(), Form::Empty, "{name}");
            let conn = Connection::open(&path).unwrap();
            conn.execute_batch("CREATE TABLE t (a);").unwrap();
            assert_eq!(form(&path).unwrap(), Form::Plain, "{name}");
            std::fs::write(&path, b"nothing of the sort").unwrap();
            assert_eq!(form(&path).unwrap(), Form::Other, "{name}");
        }
    }
}
