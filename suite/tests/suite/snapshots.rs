//! `suite/snapshots/<report>.txt`: what is read today from each example report, to show what a change changes.
//!
//! These are the machine's own answers, right or wrong; the human ones are `gold.jsonl` and `expected.jsonl`.

use std::fmt::Write;
use std::path::PathBuf;

use libtest_mimic::Trial;
use suite::examples::{Examples, examples};
use suite::{files, show};

use crate::trial;

fn folder() -> PathBuf {
    files::suite().join("snapshots")
}

/// One trial over all reports: a change of the reader shows as one list of what was lost and gained.
pub fn trials() -> Vec<Trial> {
    vec![trial("snapshots: the claims of the example reports are those of suite/snapshots", compare)]
}

fn compare() -> Result<(), String> {
    let mut changes = String::new();
    for (name, now) in snapshots(examples()?) {
        let before = std::fs::read_to_string(folder().join(&name)).unwrap_or_default();
        if before != now {
            let _ = writeln!(changes, "{name}");
            let only = |here: &str, there: &str, sign: char| -> String {
                let there: Vec<&str> = there.lines().collect();
                let lines = here.lines().filter(|line| !line.is_empty() && !there.contains(line));
                lines.map(|line| format!("  {sign} {line}\n")).collect()
            };
            changes.push_str(&only(&before, &now, '-'));
            changes.push_str(&only(&now, &before, '+'));
        }
    }
    if changes.is_empty() {
        return Ok(());
    }
    Err(format!("{changes}if that is meant: SUITE_UPDATE=1 cargo test -p suite"))
}

/// Name and text of each snapshot.
fn snapshots(examples: &Examples) -> Vec<(String, String)> {
    let one = |id: &String| {
        let mut text = String::new();
        for claim in examples.shelf.claims.iter().filter(|claim| claim.document == *id) {
            let words = claim.evidence.first().map_or("", |evidence| &evidence.exact).replace('\n', " ");
            let _ = writeln!(text, "{}\n    «{words}»", show::claim(claim));
        }
        (format!("{id}.txt"), text)
    };
    examples.reports.keys().map(one).collect()
}

/// Writes all snapshots anew, and takes away those whose report is gone.
pub fn update() -> Result<(), String> {
    let told = |error: std::io::Error| format!("suite/snapshots: {error}");
    let snapshots = snapshots(examples()?);
    std::fs::create_dir_all(folder()).map_err(told)?;
    for path in files::below(&folder(), ".txt").map_err(told)? {
        if !snapshots.iter().any(|(name, _)| path.ends_with(name)) {
            std::fs::remove_file(path).map_err(told)?;
        }
    }
    snapshots.into_iter().try_for_each(|(name, text)| std::fs::write(folder().join(name), text)).map_err(told)
}
