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
