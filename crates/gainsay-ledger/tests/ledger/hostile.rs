//! Ledgers from strangers: opening one runs nothing, reads no other file, touches none, and does not hang.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use gainsay_ledger::Ledger;
use gainsay_ledger::answers::{AnswerRows, AnswersFile};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tempfile::TempDir;

use crate::samples::{derived, ledger, report};

/// A sound ledger of two reports.
fn filled() -> (TempDir, PathBuf) {
    let (folder, path, mut ledger) = ledger();
    ledger.add(&[report(1, 2), report(2, 2)]).unwrap();
    ledger.write_derived(&derived()).unwrap();
    ledger.close().unwrap();
    (folder, path)
}

/// Changes the file as a stranger would, who may write into its schema what he likes.
fn poison(path: &Path, sql: &str) {
    let conn = Connection::open(path).unwrap();
    conn.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
    conn.execute_batch("PRAGMA writable_schema = ON; PRAGMA foreign_keys = OFF;").unwrap();
    conn.execute_batch(sql).unwrap_or_else(|error| panic!("{sql}: {error}"));
}

/// Opens both ways, quickly, and gives the line; none where it opens for reading.
fn line(path: &Path, writing: bool) -> Option<String> {
    let start = Instant::now();
    let opened = if writing { Ledger::open(path) } else { Ledger::open_read_only(path) };
    assert!(start.elapsed() < Duration::from_secs(30), "{:?}", start.elapsed());
    let line = opened.err()?.to_string();
    assert!(!line.contains('\n'));
    Some(line.replace(&format!("{}: ", path.display()), ""))
}

const BACK: &str = "; no gainsay wrote that, and it could do harm; get a clean copy of the ledger";

#[test]
fn what_could_run_is_refused() {
    // In the place of a table: something that runs when it is read.
    let in_place = |table: &str, sql: &str| {
        format!(
            "UPDATE sqlite_schema SET type = 'view', rootpage = 0, sql = 'CREATE VIEW {table} AS {sql}'
             WHERE name = '{table}'"
        )
    };
    let endless =
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS key, i AS value FROM n";
    let cases = [
        (in_place("claims", endless), "view `claims`"),
        (in_place("report_text", endless), "view `report_text`"),
        (
            "CREATE VIRTUAL TABLE sly USING dbstat".to_owned(),
            "table `sly`",
        ),
        (
            "CREATE VIRTUAL TABLE sly USING fts5(a, content='log', content_rowid='seq')".to_owned(),
            "table `sly`",
        ),
        (
            "UPDATE sqlite_schema SET sql = 'CREATE VIRTUAL TABLE report_text USING fts5(title, text, content=''log'')'
             WHERE name = 'report_text'"
                .to_owned(),
            "table `report_text`",
        ),
        (
            "INSERT INTO sqlite_schema VALUES ('table', 'sly', 'sly', 0, 'CREATE VIRTUAL TABLE sly USING csv(filename=''/etc/passwd'')')"
                .to_owned(),
            "table `sly`",
        ),
        (
            "ALTER TABLE reports ADD COLUMN sly TEXT AS (hex(zeroblob(100000000)))".to_owned(),
            "table `reports`",
        ),
        (
            "CREATE TABLE sly (a CHECK (length(hex(zeroblob(100000000))) > 0)); INSERT INTO sly VALUES (1)".to_owned(),
            "table `sly`",
        ),
        ("CREATE INDEX sly ON log(hex(payload))".to_owned(), "index `sly`"),
        ("CREATE INDEX sly ON log(seq) WHERE length(payload) > 3".to_owned(), "index `sly`"),
        (
            "UPDATE sqlite_schema SET sql = replace(sql, 'log(seq)', 'log(seq) CHECK (1)') WHERE name = 'readings'".to_owned(),
            "table `readings`",
        ),
        (
            "INSERT INTO sqlite_schema VALUES ('spell', 'sly', 'log', 0, 'SELECT 1')".to_owned(),
            "spell `sly`",
        ),
    ];
    for (sql, expected) in cases {
        let (_folder, path) = filled();
        poison(&path, &sql);
        for writing in [false, true] {
            let line = line(&path, writing).unwrap_or_else(|| panic!("{sql} was let in"));
            // SQLite itself may find fault with it first; what counts is that it is refused.
            let ours = line == format!("holds something that runs: {expected}{BACK}");
            assert!(ours || line.starts_with("damaged: "), "{sql}\n  {line}");
        }
    }
}

#[test]
fn a_trigger_of_others_acts_on_nothing_of_ours() {
    for (on, act) in [
        ("reports", "DELETE FROM events"),
        ("log", "INSERT INTO meta VALUES ('x', 'y')"),
        ("claims", "UPDATE places SET name = 'x'"),
        ("meta", "SELECT load_extension('/tmp/x.so')"),
        ("events", "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n"),
    ] {
        let (_folder, path) = filled();
        // Where SQLite would not take it, a stranger writes it into the schema.
        let text = format!("CREATE TRIGGER sly AFTER INSERT ON {on} BEGIN {act}; END").replace('\'', "''");
        poison(&path, &format!("INSERT INTO sqlite_schema VALUES ('trigger', 'sly', '{on}', 0, '{text}')"));
        let line = line(&path, true).unwrap();
        let ours = line == format!("holds a trigger `sly` on `{on}`{BACK}");
        assert!(ours || line.starts_with("damaged: "), "{on}: {line}");
        // Read, it does nothing, and `verify` may tell of it.
        if let Ok(ledger) = Ledger::open_read_only(&path) {
            let faults = ledger.verify().unwrap();
            assert!(on == "claims" || on == "events" || !faults.is_empty(), "{on}");
        }
    }
}

#[test]
fn what_map_programs_add_is_let_in() {
    let (_folder, path) = filled();
    poison(
        &path,
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_name TEXT(256), styleQML TEXT,
             useAsDefault BOOLEAN, update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')));
         INSERT INTO layer_styles (f_table_name) VALUES ('events');
         CREATE VIRTUAL TABLE \"rtree_events_geom\" USING rtree(id, minx, maxx, miny, maxy);
         CREATE VIEW dead AS SELECT sum(killed_best) FROM events; CREATE INDEX mine ON layer_styles(f_table_name);",
    );
    assert_eq!(line(&path, false), None);
    assert_eq!(line(&path, true), None);
    assert_eq!(Ledger::open(&path).unwrap().verify().unwrap(), []);
}

#[test]
fn a_schema_without_end_is_refused() {
    let (_folder, path) = filled();
    let tables: String = (0..2500).map(|n| format!("CREATE TABLE t{n} (a);")).collect();
    poison(&path, &format!("BEGIN; {tables} COMMIT;"));
    let line = line(&path, false).unwrap();
    assert!(line.starts_with("holds 25") && line.ends_with(BACK), "{line}");
}

#[test]
fn a_tree_that_comes_back_to_itself_does_not_hang() {
    let (_folder, path, mut ledger) = ledger();
    ledger.add(&(1..=80).map(|n| report(n, 3)).collect::<Vec<_>>()).unwrap();
    ledger.close().unwrap();
    let sound = std::fs::read(&path).unwrap();
    // Every page that is an inner one of a tree leads to itself, or all of its children are one and the same page.
    let mut changed = 0;
    for page in 0..sound.len() / 4096 {
        let head = page * 4096 + if page == 0 { 100 } else { 0 };
        let kind = sound[head];
        if kind != 2 && kind != 5 {
            continue;
        }
        changed += 1;
        for to in [page as u32 + 1, u32::from_be_bytes(sound[head + 8..head + 12].try_into().unwrap())] {
            let mut bytes = sound.clone();
            bytes[head + 8..head + 12].copy_from_slice(&to.to_be_bytes());
            let cells = u16::from_be_bytes(sound[head + 3..head + 5].try_into().unwrap());
            for cell in 0..usize::from(cells) {
                let pointer = head + 12 + 2 * cell;
                let at = page * 4096
                    + usize::from(u16::from_be_bytes(sound[pointer..pointer + 2].try_into().unwrap()));
                bytes[at..at + 4].copy_from_slice(&to.to_be_bytes());
            }
            std::fs::write(&path, &bytes).unwrap();
            let start = Instant::now();
            if let Ok(ledger) = Ledger::open_read_only(&path) {
                assert!(!ledger.verify().unwrap().is_empty(), "page {page}");
            }
            assert!(start.elapsed() < Duration::from_secs(30), "page {page}: {:?}", start.elapsed());
        }
    }
    assert!(changed > 2, "only {changed} inner pages");
}

#[test]
fn a_bomb_is_not_unpacked() {
    let (_folder, path) = filled();
    // 16 GB of zeros in some hundred kilobytes, many times over what any report is.
    let bomb = zstd::bulk::compress(&vec![0; 1 << 24], 1).unwrap().repeat(1000);
    let conn = Connection::open(&path).unwrap();
    conn.execute_batch("DROP TRIGGER reports_never_updated; DROP TRIGGER readings_never_updated;").unwrap();
    conn.execute("UPDATE reports SET raw = ?1, raw_size = 1 << 50 WHERE fid = 1", [&bomb]).unwrap();
    conn.execute("UPDATE readings SET lines = ?1, lines_size = 1 << 50 WHERE entry = 3", [&bomb]).unwrap();
    drop(conn);
    let start = Instant::now();
    let ledger = Ledger::open_read_only(&path).unwrap();
    assert!(ledger.raw("report-1").unwrap_err().is_damaged());
    assert!(ledger.verify().unwrap().len() > 1);
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

#[cfg(unix)]
#[test]
fn links_beside_it_are_not_followed() {
    for ending in ["-journal", "-wal", "-shm"] {
        let (folder, path) = filled();
        let target = folder.path().join("target");
        std::fs::write(&target, b"not to be touched").unwrap();
        let link = format!("{}{ending}", path.display());
        std::os::unix::fs::symlink(&target, &link).unwrap();
        for writing in [false, true] {
            let line = line(&path, writing).unwrap();
            assert!(line.starts_with(&format!("`test.gpkg{ending}` beside it is no file")), "{line}");
        }
        assert_eq!(std::fs::read(&target).unwrap(), b"not to be touched");
    }
    // A pipe in its place is not waited for.
    let (_folder, path) = filled();
    let made = std::process::Command::new("mkfifo").arg(format!("{}-journal", path.display())).status();
    if made.is_ok_and(|status| status.success()) {
        assert!(line(&path, true).unwrap().contains("is no file"));
    }
}

#[test]
fn a_journal_that_names_another_file_is_not_played_back() {
    let (folder, path) = filled();
    let victim = folder.path().join("other.gpkg-mj012345678");
    std::fs::write(&victim, b"").unwrap();
    // A hot journal of no pages, and at its end the name of another file, as SQLite writes it for many files at once.
    let name = victim.display().to_string();
    let mut journal = vec![0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7];
    for number in [0_u32, 0, std::fs::metadata(&path).unwrap().len() as u32 / 4096, 512, 4096] {
        journal.extend(number.to_be_bytes());
    }
    journal.resize(512, 0);
    journal.extend(262_145_u32.to_be_bytes());
    journal.extend(name.as_bytes());
    journal.extend((name.len() as u32).to_be_bytes());
    journal.extend(name.bytes().map(|byte| byte as i8 as u32).fold(0_u32, u32::wrapping_add).to_be_bytes());
    journal.extend([0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7]);
    std::fs::write(format!("{}-journal", path.display()), journal).unwrap();
    for writing in [false, true] {
        assert!(line(&path, writing).unwrap().contains("names another file"));
    }
    assert!(victim.exists());
}

#[test]
fn answers_that_came_with_it_run_nothing() {
    let (folder, path) = filled();
    let answers = folder.path().join("test.gpkg.answers");
    let rows = || AnswerRows { made: vec![("summary".into(), "{}".into())], ..AnswerRows::default() };
    for sql in [
        "DROP TABLE made; CREATE VIEW made AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n)
             SELECT 'summary' AS name, i AS json FROM n",
        "CREATE TRIGGER sly AFTER INSERT ON made BEGIN DELETE FROM claims; END",
        "ALTER TABLE meta ADD COLUMN sly AS (hex(zeroblob(100000000)))",
    ] {
        AnswersFile::write(&answers, "hash", 4, rows(), std::iter::empty()).unwrap();
        assert!(AnswersFile::open(&answers).unwrap().is_some());
        poison(&answers, sql);
        assert!(AnswersFile::open(&answers).unwrap().is_none(), "{sql}");
    }
    let _ = path;
}

#[cfg(unix)]
#[test]
fn a_pipe_is_no_ledger() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.gpkg");
    if std::process::Command::new("mkfifo").arg(&path).status().is_ok_and(|status| status.success()) {
        assert_eq!(line(&path, false).unwrap(), "not a gainsay ledger: no file of its own");
    }
}
