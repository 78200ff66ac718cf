//! What is made sure of before anything of a file is used: it may come from a stranger.
//!
//! SQLite runs what a file's schema says: views, triggers, checks, columns and indexes that are computed, virtual tables.
//! A ledger is opened only where these are gainsay's own or can do nothing; nothing that opening reads takes long, however
//! the file is made; and nothing beside it is followed elsewhere. See <https://sqlite.org/security.html>.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rusqlite::Connection;
use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;

use crate::{Error, migrate};

/// So many thousand steps of SQLite's machine may be done for opening a ledger: about 5 s, a thousand times what one
/// takes.
const STEPS: u32 = 100_000;

/// More tables, indexes and triggers than this has no ledger, whatever other programs added.
const MOST_OBJECTS: usize = 2_000;

/// By these eight bytes a journal ends that names another file (<https://sqlite.org/fileformat.html>, 3).
const NAMES_ANOTHER: [u8; 8] = [0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];

/// Sets what a connection may do, before anything is read through it.
pub(crate) fn limit(conn: &Connection) -> rusqlite::Result<()> {
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, false),
        (DbConfig::SQLITE_DBCONFIG_WRITABLE_SCHEMA, false),
    ] {
        conn.set_db_config(config, on)?;
    }
    for (limit, most) in [
        (Limit::SQLITE_LIMIT_LENGTH, 1_000_000_000),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1_000_000),
        (Limit::SQLITE_LIMIT_COLUMN, 200),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 200),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 50),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 5),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
        // One, for copying a ledger.
        (Limit::SQLITE_LIMIT_ATTACHED, 1),
    ] {
        conn.set_limit(limit, most)?;
    }
    Ok(())
}

/// Makes sure that the journals beside a file are files of its own: no links, and none that leads SQLite to another
/// file.
///
/// # Errors
/// When one is something else.
pub(crate) fn beside(path: &Path) -> Result<(), Error> {
    for ending in ["-journal", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        let name = PathBuf::from(name);
        let Ok(meta) = std::fs::symlink_metadata(&name) else { continue };
        let what = if !meta.is_file() {
            "is no file but a link or something else"
        } else if ending == "-journal" && names_another(&name) {
            "names another file, as no journal of gainsay's does"
        } else {
            continue;
        };
        let shown = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return Err(Error::refused(
            path,
            format!(
                "`{shown}` beside it {what}; get a clean copy of the ledger, or remove that if it is not yours"
            ),
        ));
    }
    Ok(())
}

/// Whether a journal ends with the name of a further file, which SQLite would open and may delete.
fn names_another(journal: &Path) -> bool {
    let last = || {
        let mut file = File::open(journal)?;
        let mut bytes = [0; 8];
        file.seek(SeekFrom::End(-8))?;
        file.read_exact(&mut bytes)?;
        std::io::Result::Ok(bytes)
    };
    last().is_ok_and(|bytes| bytes == NAMES_ANOTHER)
}

/// Does what must not take long, however the file is made.
pub(crate) fn bounded<T>(
    conn: &mut Connection,
    path: &Path,
    job: impl FnOnce(&Connection) -> Result<T, Error>,
) -> Result<T, Error> {
    let mut left = STEPS;
    let handler = move || {
        left = left.saturating_sub(1);
        left == 0
    };
    conn.progress_handler(1000, Some(handler)).map_err(|error| Error::sql(path, error))?;
    let done = job(conn);
    conn.progress_handler(0, None::<fn() -> bool>).map_err(|error| Error::sql(path, error))?;
    done
}

/// An object of the schema.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    kind: String,
    name: String,
    table: String,
    sql: String,
}

/// Makes sure that nothing in the file's schema runs that gainsay did not make: whatever is not one of its own objects,
/// letter for letter, must be a table or an index that computes nothing. Where the ledger is opened for `writing`, no
/// trigger of others may act on its tables. What is missing is no harm: `verify` tells of it.
///
/// # Errors
/// When something is there that could run.
pub(crate) fn objects(conn: &Connection, path: &Path, writing: bool) -> Result<(), Error> {
    let refuse = |what: String| {
        Err(Error::refused(
            path,
            format!("{what}; no gainsay wrote that, and it could do harm; get a clean copy of the ledger"),
        ))
    };
    let sql = |error| Error::sql(path, error);
    let there: i64 =
        conn.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(sql)?;
    if there > MOST_OBJECTS as i64 {
        return refuse(format!("holds {there} tables, indexes and triggers"));
    }
    let (own, names) = known().map_err(sql)?;
    for object in objects_of(conn).map_err(sql)? {
        if own.contains(&object) {
            continue;
        }
        let shown = plain(&object.name);
        let runs = match object.kind.as_str() {
            "table" => !is_spatial_index(&object) && computes(&object.sql),
            // Indexes that SQLite makes itself have no text.
            "index" => !object.sql.is_empty() && computes(&object.sql),
            "trigger" => writing && names.contains_key(&object.table.to_ascii_lowercase()),
            // Views are switched off; one must only not stand in the place of a table.
            "view" => names.contains_key(&object.name.to_ascii_lowercase()),
            _ => true,
        };
        if runs {
            return refuse(match object.kind.as_str() {
                "trigger" => format!("holds a trigger `{shown}` on `{}`", plain(&object.table)),
                kind => format!("holds something that runs: {} `{shown}`", plain(kind)),
            });
        }
    }
    Ok(())
}

/// What there should be in a ledger of any schema up to this one's, and the names of its tables.
type Known = (BTreeSet<Object>, BTreeMap<String, ()>);

fn known() -> rusqlite::Result<&'static Known> {
    static KNOWN: OnceLock<Known> = OnceLock::new();
    if let Some(known) = KNOWN.get() {
        return Ok(known);
    }
    let model = Connection::open_in_memory()?;
    let mut own = BTreeSet::new();
    for step in migrate::STEPS {
        model.execute_batch(step)?;
        own.extend(objects_of(&model)?);
    }
    model.execute_batch(migrate::DERIVED)?;
    own.extend(objects_of(&model)?);
    let tables = own.iter().filter(|object| object.kind == "table");
    let names = tables.map(|object| (object.name.to_ascii_lowercase(), ())).collect();
    Ok(KNOWN.get_or_init(|| (own, names)))
}

fn objects_of(conn: &Connection) -> rusqlite::Result<Vec<Object>> {
    let mut rows =
        conn.prepare("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY rowid")?;
    rows.query_map([], |row| {
        Ok(Object { kind: row.get(0)?, name: row.get(1)?, table: row.get(2)?, sql: row.get(3)? })
    })?
    .collect()
}

/// The index of where features lie that map programs add to a layer (OGC 12-128r18, annex F.3).
fn is_spatial_index(object: &Object) -> bool {
    let sql: String = object.sql.to_ascii_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
    let name = object.name.to_ascii_lowercase();
    let is_word = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    is_word(&name)
        && name.starts_with("rtree_")
        && [
            format!("create virtual table \"{name}\" using rtree("),
            format!("create virtual table {name} using rtree("),
        ]
        .iter()
        .filter_map(|start| sql.strip_prefix(start.as_str())?.strip_suffix(')'))
        .any(|columns| columns.split(',').count() == 5 && columns.split(',').all(|it| is_word(it.trim())))
}

/// Whether the text of a table or an index makes SQLite compute something when its rows are read or checked: a virtual
/// table, a check, a column or index of an expression, a condition. Words within quotes and comments count for nothing.
fn computes(sql: &str) -> bool {
    let mut outside = String::with_capacity(sql.len());
    let mut until: Option<char> = None;
    let mut letters = sql.chars().peekable();
    while let Some(letter) = letters.next() {
        match (until, letter, letters.peek().copied()) {
            (Some(end), ..) if letter == end => until = None,
            (Some(_), ..) => {}
            // A quote within a comment opens nothing.
            (None, '-', Some('-')) => {
                letters.find(|letter| *letter == '\n');
                outside.push(' ');
            }
            (None, '/', Some('*')) => {
                letters.next();
                let mut before = ' ';
                for letter in letters.by_ref() {
                    if (before, letter) == ('*', '/') {
                        break;
                    }
                    before = letter;
                }
                outside.push(' ');
            }
            (None, '\'' | '"' | '`', _) => until = Some(letter),
            (None, '[', _) => until = Some(']'),
            (None, ..) => outside.push(letter.to_ascii_uppercase()),
        }
    }
    let words = ["VIRTUAL", "CHECK", "GENERATED", "AS", "WHERE", "SELECT", "COLLATE"];
    let has_word = outside
        .split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_')
        .any(|word| words.contains(&word));
    let is_index = !outside.trim_start().starts_with("CREATE TABLE");
    has_word || until.is_some() || is_index && outside.matches('(').count() != 1
}

/// A name as it may be shown: no control characters, and not without end.
fn plain(name: &str) -> String {
    name.chars().take(60).map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_computes_is_told_from_what_does_not() {
        for harmless in [
            "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, \"check\" TEXT(256), at DATETIME DEFAULT (strftime('%Y')))",
            "CREATE TABLE 'report_text_data'(id INTEGER PRIMARY KEY, block BLOB)",
            "CREATE INDEX i ON t(a, b DESC)",
            "CREATE TABLE sqlite_stat1(tbl,idx,stat)",
            "CREATE TABLE t (a, -- the user's check\n b /* AS it * came / */ TEXT)",
        ] {
            assert!(!computes(harmless), "{harmless}");
        }
        for harm in [
            "CREATE TABLE t (a, b AS (a || a))",
            "CREATE TABLE t (a, b GENERATED ALWAYS as(hex(a)) STORED)",
            "CREATE TABLE t (a CHECK (length(hex(zeroblob(1e9)))))",
            "CREATE VIRTUAL TABLE t USING dbstat",
            "CREATE/**/VIRTUAL/**/TABLE t USING csv(filename='/etc/passwd')",
            "CREATE INDEX i ON t(hex(a))",
            "CREATE INDEX i ON t(a) WHERE a",
            "CREATE TABLE t AS SELECT 1",
            "CREATE TABLE t (a 'open",
            "CREATE TABLE t (a, /* ' */ b AS (hex(a)) /* ' */)",
            "CREATE TABLE t (a, -- '\n b AS (hex(a)) -- '\n)",
            "CREATE /*'*/ VIRTUAL TABLE t USING dbstat --'",
            "CREATE TABLE t (a, /*/ ' */ b AS (hex(a)) /* ' */)",
        ] {
            assert!(computes(harm), "{harm}");
        }
    }

    #[test]
    fn a_spatial_index_is_one_letter_for_letter() {
        let object = |name: &str, sql: &str| Object {
            kind: "table".into(),
            name: name.into(),
            table: name.into(),
            sql: sql.into(),
        };
        let sql = "CREATE VIRTUAL TABLE \"rtree_events_geom\" USING rtree(id, minx, maxx, miny, maxy)";
        assert!(is_spatial_index(&object("rtree_events_geom", sql)));
        assert!(!is_spatial_index(&object("rtree_events_geom", &sql.replace("rtree(", "fts5("))));
        assert!(!is_spatial_index(&object("rtree_x", sql)));
        assert!(!is_spatial_index(&object("rtree_events_geom", &sql.replace("maxy", "content='log'"))));
    }
}
