//! Many programs on one ledger at once: whatever each was told is done is there, and who must wait is told so in one line.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::long::{is_long, rounds, tell};
use crate::place::{LEDGER, Place, Ran, reports};
use crate::state;

/// What all of them did.
#[derive(Default)]
struct Done {
    added: Vec<String>,
    decided: Vec<String>,
    read: usize,
    busy: usize,
    faults: Vec<String>,
}

/// Busy is one clear line; anything else that fails is a fault.
fn ended(ran: &Ran, what: &str, done: &Mutex<Done>) -> bool {
    let lines: Vec<&str> = ran.err.lines().filter(|line| !line.contains("note: ")).collect();
    let busy = ran.code == Some(2) && lines.len() == 1 && lines[0].contains("another program");
    let mut done = done.lock().unwrap();
    if busy {
        done.busy += 1;
    } else if ran.code != Some(0) {
        done.faults.push(format!("{what}: {ran:?}"));
    }
    ran.code == Some(0)
}

#[test]
fn many_work_on_one_ledger() {
    let place = Place::filled();
    let for_long = Duration::from_secs(if is_long() { (rounds(0) as u64).clamp(20, 300) } else { 5 });
    let (done, over, begun) = (Mutex::new(Done::default()), AtomicBool::new(false), Instant::now());
    let on = || !over.load(Ordering::Relaxed) && begun.elapsed() < for_long;
    std::thread::scope(|scope| {
        for adder in 0..2 {
            let (place, done, on) = (&place, &done, &on);
            scope.spawn(move || {
                let mut round = 0;
                while on() {
                    let first = 1000 * (adder + 1) + 5 * round;
                    let name = format!("add-{adder}-{round}.jsonl");
                    place.write(&name, reports(first, first + 5));
                    if ended(&place.run(&["add", &name]), "add", done) {
                        let ids = (first..first + 5).map(|n| format!("n{n}"));
                        done.lock().unwrap().added.extend(ids);
                    }
                    round += 1;
                }
            });
        }
        for decider in 0..2 {
            let (place, done, on) = (&place, &done, &on);
            scope.spawn(move || {
                let mut round = 0;
                while on() {
                    let claim = format!("n{}-02", (2 * round + decider) % 24);
                    let why = format!("decider {decider} in round {round}");
                    if ended(&place.run(&["set", &claim, "confirmed", "--why", &why]), "set", done) {
                        done.lock().unwrap().decided.push(why);
                    }
                    round += 1;
                }
            });
        }
        for args in [&["weigh"][..], &["verify"], &["claims", "--format", "jsonl"], &["rebuild"]] {
            let (place, done, on) = (&place, &done, &on);
            scope.spawn(move || {
                while on() {
                    if ended(&place.run(args), args[0], done) {
                        done.lock().unwrap().read += 1;
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap();
    let verified = place.run(&["verify"]);
    if verified.code != Some(0) {
        done.faults.push(format!("verify says: {verified:?}"));
    }
    let conn = rusqlite::Connection::open(place.path(LEDGER)).unwrap();
    let there = |sql: &str, what: &str| conn.query_row(sql, [what], |_| Ok(())).is_ok();
    for id in &done.added {
        if !there(
            "SELECT 1 FROM reports JOIN readings ON readings.report = reports.id WHERE reports.id = ?1",
            id,
        ) {
            done.faults.push(format!("{id} was added and is not there"));
        }
    }
    for why in &done.decided {
        if !there("SELECT 1 FROM log WHERE action = 'decision' AND instr(payload, ?1)", why) {
            done.faults.push(format!("`{why}` was decided and is not there"));
        }
    }
    let log = state::log(&place.path(LEDGER));
    let numbered = log.iter().enumerate().all(|(at, (seq, ..))| *seq == at as i64 + 1);
    if !numbered {
        done.faults.push("the log has a gap".to_owned());
    }
    // Nothing lies beside it that is not meant to.
    let strays: Vec<String> = place
        .files()
        .into_keys()
        .filter(|name| name.ends_with(".new") || name.ends_with("-journal") || name.ends_with("-wal"))
        .collect();
    if !strays.is_empty() {
        done.faults.push(format!("left lying about: {strays:?}"));
    }
    tell(
        "together",
        &[
            ("programs at once", 8),
            ("seconds", for_long.as_secs() as usize),
            ("reports added", done.added.len()),
            ("decisions taken", done.decided.len()),
            ("weighed, verified, listed, rebuilt", done.read),
            ("told to come again later", done.busy),
            ("faults", done.faults.len()),
        ],
    );
    assert!(done.faults.is_empty(), "{}", done.faults.join("\n"));
    assert!(!done.added.is_empty() && !done.decided.is_empty(), "nothing was done");
}
