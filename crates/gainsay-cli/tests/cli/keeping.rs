//! Ledgers: making, filling, checking, rebuilding.

use std::io::Write;
use std::process::Stdio;

use crate::desk::{Desk, REPORTS};

#[test]
fn adding_again_changes_nothing() {
    let desk = Desk::empty();
    desk.write("reports.jsonl", REPORTS);
    assert_eq!(desk.ok(&["init"]), "made gainsay.gpkg\n");
    let first = desk.ok(&["add", "reports.jsonl"]);
    assert!(first.starts_with("4 reports added, 0 already there, 0 refused; "), "{first}");
    let (sound, bytes) = (desk.ok(&["verify"]), std::fs::read(desk.path("gainsay.gpkg")).unwrap());
    assert_eq!(desk.ok(&["add", "reports.jsonl"]), "0 reports added, 4 already there, 0 refused; 0 claims\n");
    assert_eq!(desk.ok(&["verify"]), sound);
    assert!(bytes == std::fs::read(desk.path("gainsay.gpkg")).unwrap(), "the file was written to");
    // Another ledger of the same reports and keys, made at the same second, has the same log to the last hash.
    std::fs::copy(desk.path("gainsay.gpkg.keys"), desk.path("other.gpkg.keys")).unwrap();
    desk.ok(&["--ledger", "other.gpkg", "add", "--init", "reports.jsonl"]);
    assert_eq!(desk.ok(&["--ledger", "other.gpkg", "verify"]), sound);
}

#[test]
fn reports_come_from_files_folders_and_standard_input() {
    let desk = Desk::empty();
    desk.write(
        "in/a.txt",
        "3 June 2014\n\nRebels captured the town of Mayadin on Tuesday, activists said.\n",
    );
    desk.write("in/deep/b.html", "<html><head><title>B</title><meta property=\"article:published_time\" content=\"2014-06-04\"></head><body><article><p>Islamic State fighters shelled the town of Mayadin on Tuesday and killed four civilians there, activists in the town said on Wednesday morning.</p></article></body></html>");
    desk.ok(&["init"]);
    assert!(desk.ok(&["add", "in"]).starts_with("2 reports added"));
    let mut child = desk.command(&["add", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(REPORTS.as_bytes()).unwrap();
    let out = child.wait_with_output().unwrap();
    assert!(String::from_utf8(out.stdout).unwrap().starts_with("4 reports added"));
}

#[test]
fn rebuilding_gives_the_same_answers() {
    let desk = Desk::with_ledger();
    let answers =
        || ["claims", "events", "disputes", "sources"].map(|list| desk.ok(&[list, "--format", "jsonl"]));
    let before = (answers(), desk.ok(&["verify"]));
    assert!(desk.ok(&["rebuild"]).starts_with("rebuilt from 4 reports and "));
    assert_eq!((answers(), desk.ok(&["verify"])), before);
}

#[test]
fn a_changed_byte_is_found_wrong() {
    let desk = Desk::with_ledger();
    let mut bytes = std::fs::read(desk.path("gainsay.gpkg")).unwrap();
    let words = b"captured the Siyasiyeh bridge on Tuesday";
    let places: Vec<usize> = bytes
        .windows(words.len())
        .enumerate()
        .filter(|(_, window)| window == words)
        .map(|(at, _)| at)
        .collect();
    places.into_iter().for_each(|at| bytes[at] = b'C');
    desk.write("gainsay.gpkg", bytes);
    let ran = desk.run(&["verify"]);
    assert_eq!(ran.code, 1, "{}{}", ran.out, ran.err);
    assert!(ran.out.contains("wire-1"), "{}", ran.out);
}

#[test]
fn the_ledger_may_be_named_by_the_environment() {
    let desk = Desk::empty();
    desk.write("reports.jsonl", REPORTS);
    let run =
        |args: &[&str]| desk.command(args).env("GAINSAY_LEDGER", "war.gpkg").status().unwrap().success();
    assert!(run(&["--quiet", "init"]) && run(&["--quiet", "add", "reports.jsonl"]));
    assert!(desk.path("war.gpkg").exists() && !desk.path("gainsay.gpkg").exists());
}

#[test]
fn a_reader_that_stops_reading_is_no_failure() {
    let desk = Desk::with_ledger();
    desk.write(
        "many.jsonl",
        REPORTS
            .repeat(200)
            .lines()
            .enumerate()
            .map(|(n, line)| line.replacen("-", &format!("-{n}-"), 1) + "\n")
            .collect::<String>(),
    );
    let mut child = desk
        .command(&["extract", "--quiet", "many.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let out = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8(out.stderr).unwrap(), "");
    assert!(out.status.success());
}
