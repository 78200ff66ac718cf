//! A program killed at any moment loses nothing that it acknowledged.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime};

use gainsay_ledger::{Ledger, NewReport};

use crate::samples::{derived, ledger, report};

const ROUNDS: u64 = 20;
const CHILD: &str = "GAINSAY_LEDGER_KILLING";

/// Not a test of its own: what the child does, until it is killed.
#[test]
fn child() {
    let Some(path) = std::env::var_os(CHILD) else { return };
    let mut ledger = Ledger::open(path).unwrap();
    let first = ledger.counts().unwrap().0 as usize;
    let mut out = std::io::stdout();
    let mut next = first;
    loop {
        let size = 1 + next % 7;
        let batch: Vec<NewReport> = (next..next + size).map(|n| report(n, 4)).collect();
        let added = ledger.add(&batch).unwrap().added;
        // One write, so that a line is never cut.
        out.write_all(format!("ack {}\n", added.join(" ")).as_bytes()).unwrap();
        next += size;
        if next.is_multiple_of(3) {
            ledger.write_derived(&derived()).unwrap();
        }
    }
}

/// Lets a child add for so long, kills it, and gives what it acknowledged.
fn run_and_kill(path: &Path, after: Duration) -> Vec<String> {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "killing::child", "--nocapture"])
        .env(CHILD, path)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut acknowledged = Vec::new();
    // The clock starts when it has begun to add, so that every round kills in the midst of it.
    let mut take = |line: String| {
        if let Some((_, ids)) = line.split_once("ack ") {
            acknowledged.extend(ids.split(' ').map(str::to_owned));
        }
    };
    while let Some(Ok(line)) = lines.next() {
        let begun = line.contains("ack ");
        take(line);
        if begun {
            break;
        }
    }
    std::thread::sleep(after);
    child.kill().unwrap();
    lines.map_while(Result::ok).for_each(take);
    child.wait().unwrap();
    acknowledged
}

#[test]
fn whatever_was_acknowledged_is_there() {
    let (_folder, path, ledger) = ledger();
    ledger.close().unwrap();
    let clock = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    let mut chance = clock.as_nanos() as u64;
    let (mut acknowledged, mut cut_short) = (BTreeSet::new(), 0);
    for round in 0..ROUNDS {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let new = run_and_kill(&path, Duration::from_micros((chance >> 33) % 60_000));
        assert!(!new.is_empty(), "round {round} acknowledged nothing");
        acknowledged.extend(new);
        let mut journal = path.clone().into_os_string();
        journal.push("-journal");
        cut_short += usize::from(Path::new(&journal).exists());

        // By turns: whoever comes next may only read, or may write.
        let ledger =
            if round % 2 == 0 { Ledger::open_read_only(&path) } else { Ledger::open(&path) }.unwrap();
        assert_eq!(ledger.verify().unwrap(), [], "round {round}");
        let there: BTreeSet<String> =
            ledger.reports().unwrap().into_iter().map(|stored| stored.report.id).collect();
        let lost: Vec<_> = acknowledged.difference(&there).collect();
        assert!(lost.is_empty(), "round {round} lost {lost:?}");
        ledger.close().unwrap();
    }
    println!(
        "{} reports in {ROUNDS} rounds, {cut_short} of them cut short in a transaction",
        acknowledged.len()
    );
    // Whatever the last one left behind, a next one tidies up: one file, and nothing beside it.
    let mut ledger = Ledger::open(&path).unwrap();
    ledger.write_derived(&derived()).unwrap();
    ledger.close().unwrap();
    assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
}
