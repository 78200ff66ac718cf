//! Ledgers: made, added to, checked, opened; and claims weighed without one.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use gainsay::model::{Claim, Report, Warning};
use gainsay::{Fields, Input, Meter, keep, rebuild};
use gainsay_tables::claims;
use gainsay_tables::reports::{self, ReportRow};
use pyo3::prelude::*;

use crate::error::Fault;
use crate::keeper::{Answers, Kept};
use crate::source::{self, SUBJECT, Source};
use crate::wait::{pool, wait};

/// Makes an empty ledger.
#[pyfunction]
pub(crate) fn init(py: Python<'_>, path: PathBuf, by: String) -> PyResult<()> {
    Ok(py.detach(|| keep::init(&path, &by)).map_err(Fault::of_ledger)?)
}

/// Opens a ledger to answer from it.
#[pyfunction]
pub(crate) fn open(py: Python<'_>, path: PathBuf) -> PyResult<Answers> {
    Ok(Answers::start(py, Kept::Ledger(path))?.0)
}

/// How many of what.
type Counted = BTreeMap<&'static str, usize>;
/// What was said of inputs.
type Told = BTreeMap<&'static str, Vec<String>>;

/// Takes files and folders into a ledger: figures, and what was refused, faulty or worth knowing.
#[pyfunction]
pub(crate) fn add(
    py: Python<'_>,
    path: PathBuf,
    inputs: Vec<PathBuf>,
    by: String,
    threads: Option<usize>,
) -> PyResult<(Counted, Told)> {
    let inputs: Vec<Input> = inputs.into_iter().map(Input::Path).collect();
    let done = wait(py, &*pool(threads)?, move |stop| {
        let meter = Meter::of(&inputs);
        // What was written stays; what was not is taken up when the same is added again.
        keep::add_watched(&path, &inputs, &by, &meter, &mut |_| {
            if stop.load(Ordering::Relaxed) {
                meter.stop();
            }
        })
    })?;
    let done = done.map_err(Fault::of_ledger)?;
    let figures = [("added", done.added), ("unchanged", done.unchanged), ("claims", done.claims)];
    let told = |warnings: Vec<Warning>| warnings.iter().map(Warning::to_string).collect::<Vec<String>>();
    let lines = [("refused", told(done.refused)), ("faulty", told(done.faulty)), ("notes", told(done.notes))];
    Ok((figures.into(), lines.into()))
}

/// Checks a ledger: its faults, its head, how many reports and claims, whether it waits to be weighed.
#[pyfunction]
#[allow(clippy::type_complexity)]
pub(crate) fn verify(
    py: Python<'_>,
    path: PathBuf,
) -> PyResult<(Vec<String>, Option<String>, Option<(u64, u64)>, bool)> {
    let checked = wait(py, &*pool(None)?, move |_| rebuild::verify(&path))?.map_err(Fault::of_ledger)?;
    let faults = checked.faults.iter().map(ToString::to_string).collect();
    let head = checked.head.map(|head| format!("{} {}", head.seq, head.hash));
    Ok((faults, head, checked.counts, checked.stale))
}

/// Weighs claims that no ledger keeps; and what was left out, in words.
#[pyfunction]
#[pyo3(signature = (claims, reports, words = None))]
pub(crate) fn weigh(
    py: Python<'_>,
    claims: &Bound<'_, PyAny>,
    reports: &Bound<'_, PyAny>,
    words: Option<PathBuf>,
) -> PyResult<(Answers, Vec<String>)> {
    let words = py.detach(|| source::words(words.as_deref()))?;
    let (claims, reports) = (Source::of_table(claims)?, Source::of_table(reports)?);
    let taken = wait(py, &*pool(None)?, move |_| -> Result<_, Fault> {
        let mut warnings = Vec::new();
        let reports = all_reports(reports, &mut warnings)?;
        let claims = all_claims(claims, &mut warnings)?;
        Ok((reports, claims, warnings))
    })?;
    let (reports, claims, mut warnings) = taken?;
    let (answers, left_out) = Answers::start(py, Kept::Loose(reports, claims, words))?;
    if left_out > 0 {
        warnings.push(format!("claims: {left_out} are of reports that were not given, and were left out"));
    }
    Ok((answers, warnings))
}

pub(crate) fn all_reports(source: Source, warnings: &mut Vec<String>) -> Result<Vec<Report>, Fault> {
    let mut all: Vec<Report> = Vec::new();
    let mut seen: std::collections::BTreeSet<String> = Default::default();
    let mut rows = 0;
    for batch in source.batches {
        let batch = batch?;
        let read = reports::rows(&batch, SUBJECT, rows + 1)?;
        rows += batch.num_rows();
        for row in read {
            let at = row.row - 1;
            let ReportRow { row: _, id, text, published, publisher, author, title, url, language, guessed } =
                row;
            let fields = Fields { id, text, published, publisher, author, title, url, language, guessed };
            let warning = match fields.seen(|| at.to_string()) {
                Ok((report, _)) if !seen.insert(report.id.clone()) => {
                    Some(format!("another report has the id `{}`; it was left out", report.id))
                }
                Ok((report, complaint)) => {
                    all.push(report);
                    complaint
                }
                Err(message) => Some(message),
            };
            warnings.extend(warning.map(|message| format!("{SUBJECT}[{at}]: {message}")));
        }
    }
    Ok(all)
}

pub(crate) fn all_claims(source: Source, warnings: &mut Vec<String>) -> Result<Vec<Claim>, Fault> {
    let (mut all, mut rows) = (Vec::new(), 0);
    for batch in source.batches {
        let batch = batch?;
        for (at, claim) in claims::rows(&batch, "claims", 1)?.into_iter().enumerate() {
            match claim {
                Ok(claim) => all.push(claim),
                Err(warning) => warnings.push(format!("claims[{}]: {}", rows + at, warning.message)),
            }
        }
        rows += batch.num_rows();
    }
    Ok(all)
}
