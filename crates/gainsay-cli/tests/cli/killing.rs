//! Killed at any moment, the program leaves a ledger that opens, verifies, and goes on.

use std::io::Write;
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::desk::Desk;

/// Enough reports for several batches.
fn reports(from: usize, to: usize) -> String {
    let line = |n: usize| {
        format!(
            "{{\"id\":\"n{n}\",\"published\":\"2014-06-04\",\"publisher\":\"Desk {}\",\"text\":\"Rebels captured Mayadin \
             on Tuesday and {n} civilians were killed, activists said.\"}}\n",
            n % 7
        )
    };
    (from..to).map(line).collect()
}

fn kill(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[test]
fn what_was_written_stays_and_the_rest_follows() {
    let desk = Desk::empty();
    desk.write("all.jsonl", reports(0, 180));
    desk.ok(&["--ledger", "whole.gpkg", "add", "--init", "all.jsonl"]);
    desk.ok(&["init"]);
    // Fed line by line, so that it waits in the middle of a batch when it is killed.
    let mut child = desk.command(&["add", "-"]).stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(reports(0, 120).as_bytes()).unwrap();
    stdin.flush().unwrap();
    let written = || {
        let ran = desk.run(&["verify"]);
        ran.out.strip_prefix("sound: ").and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok()).unwrap_or(0)
    };
    let mut tries = 0;
    while written() < 100 {
        tries += 1;
        assert!(tries < 600, "nothing was written");
        sleep(Duration::from_millis(50));
    }
    kill(child);
    drop(stdin);
    let sound = desk.ok(&["verify"]);
    assert!(sound.starts_with("sound: 100 reports"), "{sound}");
    assert!(desk.ok(&["add", "all.jsonl"]).starts_with("80 reports added, 100 already there, 0 refused"));
    // Killed and gone on, the ledger holds what one has that was never killed, to the last hash.
    assert_eq!(desk.ok(&["verify"]), desk.ok(&["--ledger", "whole.gpkg", "verify"]));
    let events = |ledger| desk.ok(&["--ledger", ledger, "events", "--format", "jsonl"]);
    assert_eq!(events("gainsay.gpkg"), events("whole.gpkg"));
}

#[test]
fn killed_at_odd_moments() {
    let desk = Desk::empty();
    desk.write("all.jsonl", reports(0, 180));
    desk.ok(&["init"]);
    for delay in [0, 30, 90, 150, 250, 400, 700] {
        let child = desk.command(&["add", "all.jsonl"]).stdout(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(delay));
        kill(child);
        let sound = desk.ok(&["verify"]);
        assert!(sound.starts_with("sound: "), "{sound}");
        desk.ok(&["claims"]);
    }
    desk.ok(&["add", "all.jsonl"]);
    assert!(desk.ok(&["verify"]).starts_with("sound: 180 reports"));
}
