//! Two programs at one ledger.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use gainsay_ledger::Ledger;
use rusqlite::Connection;

use crate::samples::{ledger, report};

const CHILD: &str = "GAINSAY_LEDGER_SHARING";

/// Not a test of its own: what the child does. It takes the ledger for writing and holds it for some milliseconds.
#[test]
fn child() {
    let Some(job) = std::env::var_os(CHILD) else { return };
    let job = job.into_string().unwrap();
    let (hold, path) = job.split_once(' ').unwrap();
    let conn = Connection::open(path).unwrap();
    conn.execute_batch("BEGIN IMMEDIATE").unwrap();
    println!("held");
    std::thread::sleep(Duration::from_millis(hold.parse().unwrap()));
    conn.execute_batch("ROLLBACK").unwrap();
}

/// Another program that holds the ledger from now on.
fn hold(path: &Path, milliseconds: u64) -> (Child, BufReader<ChildStdout>) {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "sharing::child", "--nocapture"])
        .env(CHILD, format!("{milliseconds} {}", path.display()))
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    assert!(out.by_ref().lines().any(|line| line.unwrap().contains("held")));
    (child, out)
}

#[test]
fn a_second_writer_waits() {
    let (_folder, path, mut ledger) = ledger();
    let (mut other, _out) = hold(&path, 700);
    let start = Instant::now();
    assert_eq!(ledger.add(&[report(1, 1)]).unwrap().added.len(), 1);
    assert!(start.elapsed() > Duration::from_millis(300));
    other.wait().unwrap();
}

#[test]
fn a_second_writer_says_so_after_five_seconds() {
    let (_folder, path, mut ledger) = ledger();
    ledger.add(&[report(1, 1)]).unwrap();
    let (mut other, _out) = hold(&path, 30_000);
    let start = Instant::now();
    let error = ledger.add(&[report(2, 1)]).unwrap_err();
    assert!((4..12).contains(&start.elapsed().as_secs()), "{:?}", start.elapsed());
    assert!(error.is_busy());
    let line = "in use by another program for more than 5 s; try again when that is done";
    assert_eq!(error.to_string(), format!("{}: {line}", path.display()));
    // Reading goes on meanwhile, for others too.
    assert_eq!(ledger.counts().unwrap(), (1, 1));
    assert_eq!(Ledger::open_read_only(&path).unwrap().verify().unwrap(), []);
    other.kill().unwrap();
    other.wait().unwrap();
    assert_eq!(ledger.add(&[report(2, 1)]).unwrap().added.len(), 1);
}

/// A connection in the midst of reading, as other programs have them.
fn reading(path: &Path) -> Connection {
    let conn = Connection::open(path).unwrap();
    conn.execute_batch("BEGIN; SELECT count(*) FROM reports").unwrap();
    conn
}

#[test]
fn readers_keep_no_writer_waiting_while_a_ledger_is_shared() {
    let (_folder, path, ledger) = ledger();
    ledger.close().unwrap();
    let shared = Ledger::share(&path).unwrap();
    let reader = reading(&path);
    let start = Instant::now();
    let mut writer = Ledger::open(&path).unwrap();
    assert_eq!(writer.add(&[report(1, 1)]).unwrap().added.len(), 1);
    assert!(start.elapsed() < Duration::from_secs(3), "{:?}", start.elapsed());
    // Who began to read before reads what was there then, others what is there now.
    let count = |conn: &Connection| {
        conn.query_row("SELECT count(*) FROM reports", [], |row| row.get::<_, i64>(0)).unwrap()
    };
    assert_eq!(count(&reader), 0);
    let now = Ledger::open_read_only(&path).unwrap();
    assert_eq!(now.counts().unwrap(), (1, 1));
    assert_eq!(now.verify().unwrap(), []);
    drop((reader, writer, now));
    drop(shared);
    let beside = |ending: &str| Path::new(&format!("{}{ending}", path.display())).exists();
    assert!(!beside("-wal") && !beside("-shm"), "one file again");
    let mode: String =
        Connection::open(&path).unwrap().pragma_query_value(None, "journal_mode", |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
}

#[test]
fn a_shared_ledger_that_was_cut_short_loses_nothing() {
    let (folder, path, ledger) = ledger();
    ledger.close().unwrap();
    let shared = Ledger::share(&path).unwrap();
    Ledger::open(&path).unwrap().add(&[report(1, 2)]).unwrap();
    // What a killed program leaves: the file and its log as they are.
    let copy = folder.path().join("copy.gpkg");
    for ending in ["", "-wal"] {
        let from = format!("{}{ending}", path.display());
        std::fs::copy(from, format!("{}{ending}", copy.display())).unwrap();
    }
    drop(shared);
    let ledger = Ledger::open(&copy).unwrap();
    assert_eq!(ledger.counts().unwrap(), (1, 2));
    assert_eq!(ledger.verify().unwrap(), []);
}

#[test]
fn the_file_of_a_shared_ledger_holds_all_of_it() {
    let (folder, path, ledger) = ledger();
    ledger.close().unwrap();
    let older = folder.path().join("older.gpkg");
    std::fs::copy(&path, &older).unwrap();
    let shared = Ledger::share(&path).unwrap();
    Ledger::open(&path).unwrap().add(&[report(1, 2)]).unwrap();
    // Whoever moves the file away leaves the log behind.
    let moved = folder.path().join("moved.gpkg");
    std::fs::rename(&path, &moved).unwrap();
    // An older one in its place stays what it was.
    std::fs::copy(&older, &path).unwrap();
    assert_eq!(Ledger::open(&path).unwrap().counts().unwrap(), (0, 0));
    drop(shared);
    for (file, counts) in [(&path, (0, 0)), (&moved, (1, 2))] {
        let ledger = Ledger::open(file).unwrap();
        assert_eq!(ledger.counts().unwrap(), counts, "{}", file.display());
        assert_eq!(ledger.verify().unwrap(), []);
    }
}
