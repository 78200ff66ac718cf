//! Ledgers: making one, and taking reports into it.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use gainsay_intake::{Input, Intake};
use gainsay_ledger::{Ledger, NewReport};
use gainsay_lexicon::Words;
use gainsay_model::Warning;
use jiff::Timestamp;
use rayon::prelude::*;

use crate::shelf::Shelf;
use crate::{Error, clock, extract};

/// Who takes reports in, with which intake.
const TOOL: &str = concat!("gainsay-intake ", env!("CARGO_PKG_VERSION"));

/// What became of the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reports that are new in the ledger.
    pub added: usize,
    /// Reports that were there already.
    pub unchanged: usize,
    /// Claims read from the new ones.
    pub claims: usize,
    /// What was not taken in, and why.
    pub refused: Vec<Warning>,
    /// What is wrong with reports that were taken in: without a date, in a language that is not read.
    pub faulty: Vec<Warning>,
    /// What is worth knowing of the rest.
    pub notes: Vec<Warning>,
}

/// Makes an empty ledger, its log begun by `by`.
///
/// # Errors
/// When there is a file already, the folder does not exist or may not be written, or the disk is full.
pub fn init(path: &Path, by: &str) -> Result<(), Error> {
    Ok(Ledger::create(path, by, clock::now()?)?.close()?)
}

/// Whether a ledger's file may be written.
///
/// # Errors
/// When it is no ledger, or cannot be opened for another reason.
pub fn may_write(path: &Path) -> Result<bool, Error> {
    match Ledger::open(path) {
        Ok(ledger) => ledger.close().map(|()| true).map_err(Error::from),
        Err(error) if error.is_read_only() => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Takes all reports of the inputs into a ledger: reads them, and writes each batch when it is read, so that what
/// `progress` was told of is on the disk. Then weighs everything anew. Reports that are there already change nothing.
///
/// # Errors
/// When the ledger cannot be opened or written; batches that were written before stay.
pub fn add(
    path: &Path,
    inputs: &[Input],
    by: &str,
    progress: &mut dyn FnMut(&Summary),
) -> Result<Summary, Error> {
    let mut ledger = Ledger::open(path)?;
    let at = clock::now()?;
    let words = Words::builtin();
    let mut summary = Summary::default();
    let mut failed: Option<Error> = None;
    extract::batches(inputs, |batch| {
        if let Err(error) = write(&mut ledger, batch, words, by, at, &mut summary) {
            failed = Some(error);
            return ControlFlow::Break(());
        }
        progress(&summary);
        ControlFlow::Continue(())
    });
    if let Some(error) = failed {
        let done = format!("{} reports that were added before stay", summary.added);
        return Err(if summary.added > 0 { error.after(&done) } else { error });
    }
    // A run that was cut short may have left reports that were never weighed.
    if ledger.is_stale()? {
        let derived = Shelf::of(&ledger)?.derived();
        ledger.write_derived(&derived)?;
    }
    ledger.close()?;
    Ok(summary)
}

/// Reads one batch on all cores, leaving out what the ledger holds, and writes it in one transaction.
fn write(
    ledger: &mut Ledger,
    batch: Vec<Result<Intake, Warning>>,
    words: &Words,
    by: &str,
    at: Timestamp,
    summary: &mut Summary,
) -> Result<(), Error> {
    let mut taken: Vec<(Intake, bool)> = Vec::with_capacity(batch.len());
    // Reports of which intake has said already that their date is none.
    let mut told: BTreeSet<String> = BTreeSet::new();
    for one in batch {
        match (one, taken.last()) {
            (Ok(intake), _) => {
                let held = ledger.holds(&intake.report)?;
                taken.push((intake, held));
            }
            (Err(warning), Some((last, _))) if extract::is_about(&warning, &last.report) => {
                told.insert(last.report.id.clone());
                summary.faulty.push(warning);
            }
            (Err(warning), _) => summary.refused.push(warning),
        }
    }
    let new = |(intake, held): (Intake, bool)| {
        let reading = if held { Default::default() } else { extract::read(&intake.report, words) };
        let Intake { report, raw, raw_name } = intake;
        let reader = if held { String::new() } else { gainsay_read::READER.to_owned() };
        let (tool, by) = (TOOL.to_owned(), by.to_owned());
        (NewReport { report, raw, raw_name, tool, reader, claims: reading.claims, by, at }, reading.warnings)
    };
    let (reports, warnings): (Vec<NewReport>, Vec<Vec<Warning>>) = taken.into_par_iter().map(new).unzip();
    let result = ledger.add(&reports)?;
    for (new, warnings) in reports.iter().zip(warnings) {
        summary.faulty.extend(warnings.into_iter().map(|warning| extract::placed(warning, &new.raw_name)));
    }
    summary.added += result.added.len();
    summary.unchanged += result.unchanged.len();
    let mut new = reports.iter().filter(|new| !new.reader.is_empty());
    for id in &result.added {
        let report = new.by_ref().find(|new| new.report.id == *id);
        summary.claims += report.map_or(0, |new| new.claims.len());
        // It is kept, but nothing can be asked of it by day.
        let undated = report.filter(|new| !told.contains(&new.report.id)).and_then(undated);
        summary.faulty.extend(undated);
    }
    summary.refused.extend(result.refused);
    summary.notes.extend(result.notes);
    Ok(())
}

/// What there is to say of a report without a date.
fn undated(new: &NewReport) -> Option<Warning> {
    gainsay_intake::undated(&new.report).map(|warning| extract::placed(warning, &new.raw_name))
}
