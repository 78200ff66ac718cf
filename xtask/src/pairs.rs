//! The labelled pairs of mentions of events (`suite/gold/fakes-event-pairs.tsv`) against predicted events.
//!
//! Half of the pairs, by a hash of the first mention's event, was for setting points (`tune`), the other half for
//! confirming them (`check`). Pairs whose mentions have the very same words are left out of `wording`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Context;
use serde_json::Value;

/// Where the labels lie, from the project's folder.
const PAIRS: &str = "suite/gold/fakes-event-pairs.tsv";
const EVENTS: &str = "suite/gold/fakes-events.tsv";

/// Right and wrong answers.
#[derive(Default)]
struct Counts {
    joined: usize,
    wrongly: usize,
    parts: usize,
    apart: usize,
    unread: usize,
}

impl Counts {
    fn line(&self) -> String {
        let Counts { joined, wrongly, parts, apart, unread } = self;
        let share = |of: usize| *joined as f64 / (joined + of).max(1) as f64;
        let (precision, recall) = (share(*wrongly), share(*apart));
        let f1 = 2.0 * *joined as f64 / (2 * joined + wrongly + apart).max(1) as f64;
        format!(
            "F1 {f1:.3} precision {precision:.3} recall {recall:.3}, {parts} of {wrongly} wrongly joined are parts, \
             {unread} of {apart} missed have no claim"
        )
    }
}

/// The figures of predicted events (`xtask predict events`) on the labelled pairs of these reports.
///
/// # Errors
/// A file that cannot be read, or a line that is not in its format.
pub fn score(documents: &Path, predicted: &Path) -> anyhow::Result<String> {
    let read = |path: &Path| std::fs::read_to_string(path).with_context(|| path.display().to_string());
    let mut told: BTreeMap<String, Vec<(usize, usize, Option<String>)>> = BTreeMap::new();
    for line in read(predicted)?.lines() {
        let value: Value = serde_json::from_str(line)?;
        let at = |key: &str| value[key].as_u64().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
        let event = value["event"].as_str().map(String::from);
        told.entry(word(&value["document"])).or_default().push((at("start"), at("end"), event));
    }
    let mut texts: BTreeMap<String, Vec<char>> = BTreeMap::new();
    for line in read(documents)?.lines() {
        let value: Value = serde_json::from_str(line)?;
        texts.insert(word(&value["id"]), word(&value["text"]).chars().collect());
    }
    let mut keys: BTreeMap<(String, String), String> = BTreeMap::new();
    for row in rows(&read(Path::new(EVENTS))?) {
        keys.insert((row[0].clone(), row[1].clone()), row[3].clone());
    }
    let mut counts: BTreeMap<&str, Counts> = BTreeMap::new();
    for row in rows(&read(Path::new(PAIRS))?) {
        let here = |n: usize| -> anyhow::Result<(bool, BTreeSet<&str>, String)> {
            let (start, end): (usize, usize) = (row[n + 1].parse()?, row[n + 2].parse()?);
            let all = told.get(&row[n]).map_or(&[][..], Vec::as_slice);
            let over: Vec<_> = all.iter().filter(|(from, to, _)| *from < end && start < *to).collect();
            let words: String =
                texts.get(&row[n]).and_then(|text| text.get(start..end)).unwrap_or_default().iter().collect();
            let events = over.iter().filter_map(|(.., event)| event.as_deref()).collect();
            Ok((over.is_empty(), events, words))
        };
        let ((none_a, a, words_a), (none_b, b, words_b)) = (here(0)?, here(3)?);
        let half = keys.get(&(row[0].clone(), row[1].clone())).map_or("check", |key| half(key));
        let wording = (words_a != words_b).then_some("wording");
        for of in ["all", half].into_iter().chain(wording) {
            let counts = counts.entry(of).or_default();
            match (row[6] == "same", !a.is_disjoint(&b)) {
                (true, true) => counts.joined += 1,
                (false, true) => {
                    counts.wrongly += 1;
                    counts.parts += usize::from(row[6] == "part");
                }
                (true, false) => {
                    counts.apart += 1;
                    counts.unread += usize::from(none_a || none_b);
                }
                (false, false) => {}
            }
        }
    }
    let lines: Vec<String> = counts.iter().map(|(of, counts)| format!("{of}: {}", counts.line())).collect();
    Ok(lines.join(" | "))
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_string()
}

/// Rows of a tab-separated file, without comments and head.
fn rows(text: &str) -> Vec<Vec<String>> {
    let lines = text.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| line.split('\t').map(String::from).collect()).collect()
}

/// The half an event belongs to, by a hash of its key (FNV-1a).
fn half(key: &str) -> &'static str {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    match (key.bytes().fold(0xcbf2_9ce4_8422_2325, step) >> 20) & 1 {
        0 => "tune",
        _ => "check",
    }
}
