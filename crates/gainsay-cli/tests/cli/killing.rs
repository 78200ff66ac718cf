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
            "{{\"id\":\"n{n}\",\"published\":\"2014-06-04\",\"publisher\":\"Desk {}\",\"text\":\"Rebels captured the town of Mayadin \
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
    desk.write("all.jsonl", reports(0, 130));
    let start = |ledger, reports: String| {
        let mut command = desk.command(&["--ledger", ledger, "add", "-"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(reports.as_bytes()).unwrap();
        stdin.flush().unwrap();
        (child, stdin)
    };
    desk.ok(&["--ledger", "whole.gpkg", "init"]);
    let (mut child, stdin) = start("whole.gpkg", reports(0, 100));
    drop(stdin);
    assert!(child.wait().unwrap().success());
    desk.ok(&["--ledger", "whole.gpkg", "add", "all.jsonl"]);
    // Fed through a pipe that stays open, so that it waits in the middle of a batch when it is killed.
    // By the same keys, so that the two logs are the same.
    std::fs::copy(desk.path("whole.gpkg.keys"), desk.path("gainsay.gpkg.keys")).unwrap();
    desk.ok(&["init"]);
    let (child, stdin) = start("gainsay.gpkg", reports(0, 120));
    let written = || {
        let ran = desk.run(&["verify"]);
        ran.out
            .strip_prefix("sound: ")
            .and_then(|rest| rest.split(' ').next()?.parse::<usize>().ok())
            .unwrap_or(0)
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
    assert!(desk.ok(&["add", "all.jsonl"]).starts_with("30 reports added, 100 already there, 0 refused"));
    // Killed and gone on, the ledger holds what one has that was never killed, to the last hash.
    assert_eq!(desk.ok(&["verify"]), desk.ok(&["--ledger", "whole.gpkg", "verify"]));
    let events = |ledger| desk.ok(&["--ledger", ledger, "events", "--format", "jsonl"]);
    assert_eq!(events("gainsay.gpkg"), events("whole.gpkg"));
}

#[test]
fn killed_at_odd_moments() {
    let desk = Desk::empty();
    desk.write("all.jsonl", reports(0, 130));
    desk.ok(&["init"]);
    for delay in [0, 60, 150, 300, 600] {
        let child = desk.command(&["add", "all.jsonl"]).stdout(Stdio::null()).spawn().unwrap();
        sleep(Duration::from_millis(delay));
        kill(child);
        let sound = desk.ok(&["verify"]);
        assert!(sound.starts_with("sound: "), "{sound}");
        desk.ok(&["claims"]);
    }
    desk.ok(&["add", "all.jsonl"]);
    assert!(desk.ok(&["verify"]).starts_with("sound: 130 reports"));
}
