//! How long a large batch takes.

use std::time::{Duration, Instant};

use gainsay_ledger::{Action, NewReport};
use serde_json::json;

use crate::samples::{at, ledger, report};
use crate::signing::signed;

#[test]
fn a_long_log_is_signed_and_checked_quickly() {
    const ENTRIES: usize = 5_000;
    let (_folder, _path, mut ledger) = signed();
    let decisions: Vec<_> = (0..ENTRIES).map(|n| json!({"confirm": {"claim": format!("c-{n}")}})).collect();
    let start = Instant::now();
    ledger.decide_all("amal", at(1), Action::Decision, &decisions).unwrap();
    let signing = start.elapsed();
    let start = Instant::now();
    assert_eq!(ledger.verify().unwrap(), []);
    println!("{ENTRIES} entries: signed and written in {signing:.2?}, verified in {:.2?}", start.elapsed());
    // A tenth of a millisecond each in a release build; ten times that on a busy machine.
    let limit = if cfg!(debug_assertions) { 60 } else { 5 };
    assert!(signing < Duration::from_secs(limit), "{signing:?}");
}

#[test]
fn a_large_batch_is_added_quickly() {
    let (_folder, path, mut ledger) = ledger();
    let batch: Vec<NewReport> = (0..393).map(|n| report(n, 15)).collect();
    let start = Instant::now();
    ledger.add(&batch).unwrap();
    let adding = start.elapsed();
    let start = Instant::now();
    assert_eq!(ledger.verify().unwrap(), []);
    let verifying = start.elapsed();
    let size = std::fs::metadata(path).unwrap().len() / 1024;
    println!(
        "393 reports of 2 KB, 15 claims each: added in {adding:.2?}, verified in {verifying:.2?}, {size} KiB"
    );
    // The aim is 2 s in a release build; a debug build on a busy machine may take longer.
    let limit = if cfg!(debug_assertions) { 60 } else { 2 };
    assert!(adding < Duration::from_secs(limit), "{adding:?}");
}
