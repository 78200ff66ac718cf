//! The questions of the example reports' `expected.jsonl`, one test each.

use std::path::PathBuf;

use libtest_mimic::Trial;
use suite::asked::{Row, rows};
use suite::{files, known};

use crate::trial;

fn list() -> PathBuf {
    files::suite().join("examples").join("known-gaps.tsv")
}

/// A trial for every question, and one that the list of known gaps names only questions that are asked.
pub fn trials() -> Vec<Trial> {
    let (rows, known) = match rows().and_then(|rows| Ok((rows, known::known(&list())?))) {
        Ok(read) => read,
        Err(error) => return vec![trial("examples", move || Err(error))],
    };
    let asked: Vec<String> = rows.iter().map(|row| row.name.clone()).collect();
    let unasked: Vec<String> = known.keys().filter(|case| !asked.contains(case)).cloned().collect();
    let mut trials = vec![trial("examples: every known gap is a question that is asked", move || {
        if unasked.is_empty() {
            Ok(())
        } else {
            Err(format!("{} names: {}", files::short(&list()), unasked.join("; ")))
        }
    })];
    trials.extend(rows.into_iter().map(|row| {
        let gap = known.get(&row.name).cloned();
        one(row, gap)
    }));
    trials
}

fn one(row: Row, gap: Option<String>) -> Trial {
    let kind = if gap.is_some() { "known gap" } else { "" };
    let name = format!("examples: {}", row.name);
    let run = move || {
        let told = |error: String| format!("expected.jsonl:{}: {}\n  {error}", row.line, row.name);
        let take_out = format!("«{}» out of {}", row.name, files::short(&list()));
        known::hold(gap.as_deref(), row.ask().map_err(told), &take_out)
    };
    trial(name, run).with_kind(kind)
}

/// Takes the gaps that are mended off the list; puts none on.
pub fn update() -> Result<(), String> {
    let mended: Vec<String> =
        rows()?.iter().filter(|row| row.ask().is_ok()).map(|row| row.name.clone()).collect();
    let stale = |_: usize, line: &str| {
        line.split('\t').next().is_some_and(|case| mended.iter().any(|name| name == case))
    };
    known::strike(&list(), stale).map(drop)
}
