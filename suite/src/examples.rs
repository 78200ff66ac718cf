//! The example reports, taken into a ledger and out of it again, once for all tests.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use gainsay::shelf::Shelf;
use gainsay::{Input, extract, keep};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Report};

use crate::files;

/// Reports, their claims, and what weighing needs of them.
pub struct Examples {
    /// Every report, by id.
    pub reports: BTreeMap<String, Report>,
    /// Claims and heads as they came out of the ledger.
    pub shelf: Shelf,
}

/// The folder of the examples.
pub fn folder() -> PathBuf {
    files::root().join("examples").join("deir-ez-zor")
}

/// The examples, read once.
///
/// # Errors
/// What kept them from being taken in.
pub fn examples() -> Result<&'static Examples, String> {
    static EXAMPLES: OnceLock<Result<Examples, String>> = OnceLock::new();
    EXAMPLES.get_or_init(load).as_ref().map_err(Clone::clone)
}

fn load() -> Result<Examples, String> {
    let inputs = [Input::from_arg(folder().join("reports"))];
    let reports = extracted(&inputs)?.into_iter().map(|(report, _)| (report.id.clone(), report)).collect();
    Ok(Examples { reports, shelf: shelf(&inputs)? })
}

/// Inputs through a ledger of their own.
///
/// # Errors
/// A ledger that cannot be made, or a report that is not taken in.
pub fn shelf(inputs: &[Input]) -> Result<Shelf, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let ledger = folder.path().join("suite.gpkg");
    keep::init(&ledger, "suite").map_err(|error| error.to_string())?;
    let summary = keep::add(&ledger, inputs, "suite", &mut |_| {}).map_err(|error| error.to_string())?;
    if let Some(bad) = summary.refused.iter().chain(&summary.faulty).next() {
        return Err(bad.to_string());
    }
    Shelf::open(&ledger).map_err(|error| error.to_string())
}

/// Inputs read without a ledger, in order.
///
/// # Errors
/// The first thing that could not be read.
pub fn extracted(inputs: &[Input]) -> Result<Vec<(Report, Vec<Claim>)>, String> {
    let mut all = Vec::new();
    let mut bad = None;
    extract::extract(inputs, Words::builtin(), |read| match read {
        Ok(read) => {
            all.push((read.intake.report, read.reading.claims));
            ControlFlow::Continue(())
        }
        Err(warning) => {
            bad = Some(warning.to_string());
            ControlFlow::Break(())
        }
    });
    bad.map_or(Ok(all), Err)
}

/// The files of the example reports, sorted.
///
/// # Errors
/// A folder that cannot be read.
pub fn report_files() -> Result<Vec<PathBuf>, String> {
    files::below(&folder().join("reports"), "").map_err(|error| error.to_string())
}

/// Gold claims of the examples as the scorer reads them; evidence given by its words alone is found in the text.
///
/// # Errors
/// A line that is no claim, words that do not stand in the report, or offsets that point at other words.
pub fn gold(reports: &BTreeMap<String, Report>) -> Result<String, String> {
    let mut gold = String::new();
    for name in ["gold.jsonl", "gold.html.jsonl"] {
        let path = folder().join(name);
        for (at, line) in files::text(&path)?.lines().enumerate() {
            let located = located(line, reports)
                .map_err(|what| format!("{}:{}: {what}", files::short(&path), at + 1))?;
            gold.push_str(&located);
            gold.push('\n');
        }
    }
    Ok(gold)
}

fn located(line: &str, reports: &BTreeMap<String, Report>) -> Result<String, String> {
    let mut claim: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let document = claim["document"].as_str().unwrap_or_default().to_string();
    let report = reports.get(&document).ok_or_else(|| format!("no report {document}"))?;
    let mut found = Vec::new();
    for evidence in claim["evidence"].as_array().into_iter().flatten() {
        found.extend(place(evidence, report)?);
    }
    if found.is_empty() {
        // Only the headline says it, and that is no part of a page's text: it may be found or not.
        claim["optional"] = true.into();
        found.push(serde_json::json!({"start": 0, "end": 0}));
    }
    claim["evidence"] = found.into();
    serde_json::to_string(&claim).map_err(|error| error.to_string())
}

/// Evidence with its offsets; none where its words stand in the headline alone.
fn place(evidence: &serde_json::Value, report: &Report) -> Result<Option<serde_json::Value>, String> {
    let exact = evidence["exact"].as_str().unwrap_or_default();
    let (text, id) = (&report.text, &report.id);
    if let (Some(start), Some(end)) = (evidence["start"].as_u64(), evidence["end"].as_u64()) {
        let there: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
        if there != exact {
            return Err(format!("«{there}» stands where «{exact}» should in {id}"));
        }
        return Ok(Some(evidence.clone()));
    }
    if let Some(byte) = text.find(exact) {
        let start = text[..byte].chars().count();
        let end = start + exact.chars().count();
        return Ok(Some(serde_json::json!({"start": start, "end": end, "exact": exact})));
    }
    let headline = report.title.as_ref().is_some_and(|title| title.contains(exact));
    if headline { Ok(None) } else { Err(format!("«{exact}» does not stand in {id}")) }
}

/// Reports and gold of a labelled corpus in a folder, where it is there: the lines of its predictions and its gold.
///
/// # Errors
/// A file that is there and cannot be read.
pub fn labelled(documents: &Path) -> Result<String, String> {
    let claims = extracted(&[Input::from_arg(documents)])?.into_iter().flat_map(|(_, claims)| claims);
    lines(claims)
}

/// Claims as JSON lines.
///
/// # Errors
/// Never in practice: claims can always be written.
pub fn lines(claims: impl IntoIterator<Item = Claim>) -> Result<String, String> {
    let mut lines = String::new();
    for claim in claims {
        lines.push_str(&serde_json::to_string(&claim).map_err(|error| error.to_string())?);
        lines.push('\n');
    }
    Ok(lines)
}
