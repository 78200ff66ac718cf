//! Ledgers: making one, and taking reports into it.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use gainsay_intake::{A_CLAIM, Input, Intake, Meter};
use gainsay_ledger::{Ledger, NewReport};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Report, Warning};
use jiff::Timestamp;
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::readers::Elsewhere;
use crate::shelf::Shelf;
use crate::{Error, clock, extract, keys, posing};

pub use gainsay_intake::ACCEPTED;

/// Who takes reports in, with which intake.
const TOOL: &str = concat!("gainsay-intake ", env!("CARGO_PKG_VERSION"));

/// What became of the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// Reports that are new in the ledger.
    pub added: usize,
    /// Reports that were there already.
    pub unchanged: usize,
    /// Claims read from the new ones, and claims read elsewhere that are new.
    pub claims: usize,
    /// Claims read elsewhere that were there already.
    pub claims_unchanged: usize,
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
    // Where there is a ledger already, its keys are nobody's business here.
    let there = std::fs::metadata(path).is_ok_and(|meta| meta.len() > 0);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let made = !there && folder.is_dir() && keys::make(path, by)?;
    match Ledger::create(path, by, clock::now()?) {
        Ok(ledger) => Ok(ledger.close()?),
        Err(error) => {
            if made && !path.exists() {
                let _ = std::fs::remove_file(keys::path_of(path));
            }
            Err(error.into())
        }
    }
}

/// Whether there is something under a ledger's name; an empty file, as a run that was cut short may leave it, is nothing.
pub fn is_begun(path: &Path) -> bool {
    path.symlink_metadata()
        .is_ok_and(|_| path.metadata().map_or(true, |meta| !meta.is_file() || meta.len() > 0))
}

/// Whether a ledger's file may be written.
///
/// # Errors
/// When it is no ledger, or cannot be opened for another reason.
pub fn may_write(path: &Path) -> Result<bool, Error> {
    keys::at_hand(path);
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
    add_watched(path, inputs, by, &Meter::default(), progress)
}

/// As [`add`], with the inputs read through a meter, which tells others how far it is and by which they may stop it.
///
/// # Errors
/// As [`add`].
pub fn add_watched(
    path: &Path,
    inputs: &[Input],
    by: &str,
    meter: &Meter,
    progress: &mut dyn FnMut(&Summary),
) -> Result<Summary, Error> {
    add_with(path, inputs, &Elsewhere::default(), by, meter, progress)
}

/// As [`add_watched`], with word on what was read elsewhere: claims among the inputs are taken after their reports, and
/// tables of events as reports with claims of their own.
///
/// # Errors
/// As [`add`].
pub fn add_with(
    path: &Path,
    inputs: &[Input],
    elsewhere: &Elsewhere,
    by: &str,
    meter: &Meter,
    progress: &mut dyn FnMut(&Summary),
) -> Result<Summary, Error> {
    // Pages change under their addresses.
    let fetched: BTreeSet<&str> = inputs.iter().filter_map(Input::fetched_name).collect();
    let amend = |ledger: &Ledger, intake: &mut Intake| match fetched.contains(intake.raw_name.as_str()) {
        true => revised(ledger, intake),
        false => Ok(()),
    };
    add_amended(path, inputs, elsewhere, by, &amend, meter, progress)
}

fn add_amended(
    path: &Path,
    inputs: &[Input],
    elsewhere: &Elsewhere,
    by: &str,
    amend: &Amend<'_>,
    meter: &Meter,
    progress: &mut dyn FnMut(&Summary),
) -> Result<Summary, Error> {
    let mut ledger = keys::write(path, by)?;
    if elsewhere.again {
        ledger.take_again();
    }
    let parted = elsewhere.part(inputs)?;
    let reports = &parted.reports;
    let mut summary = put(&mut ledger, reports, by, amend, None, meter, &mut |summary, _| progress(summary))?;
    elsewhere.take(&mut ledger, &parted, by, &mut summary, progress)?;
    // A run that was cut short may have left reports that were never weighed.
    if ledger.is_stale()? {
        let derived = Shelf::of(&ledger)?.derived();
        ledger.write_derived(&derived)?;
    }
    ledger.close()?;
    Ok(summary)
}

/// As [`add_watched`], for what is looked at again and again: a report whose id the ledger has with another text is a
/// revision, and is kept beside the first under an id with the beginning of its text's hash behind it.
///
/// # Errors
/// As [`add`].
pub fn add_revised(
    path: &Path,
    inputs: &[Input],
    by: &str,
    meter: &Meter,
    progress: &mut dyn FnMut(&Summary),
) -> Result<Summary, Error> {
    add_amended(path, inputs, &Elsewhere::default(), by, &revised, meter, progress)
}

/// Gives a report that the ledger has with another text an id of its own.
fn revised(ledger: &Ledger, intake: &mut Intake) -> Result<(), Error> {
    if !ledger.holds(&intake.report)? && ledger.report(&intake.report.id)?.is_some() {
        let hash = gainsay_ledger::text_hash(&intake.report.text);
        intake.report.id = format!("{}-{}", intake.report.id, &hash[..10]);
    }
    Ok(())
}

/// A report that was taken in.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    /// The report.
    pub report: Report,
    /// What was read from it.
    pub claims: Vec<Claim>,
}

/// As [`add`], but weighs nothing: what was derived is then stale until somebody weighs. `signs` is whose key signs, where
/// that is not the ledger's own; `amend` may change a report before it is read; `progress` is also told which reports each
/// batch brought. Half of the cores stay free for others.
///
/// # Errors
/// As [`add`].
pub fn take(
    path: &Path,
    inputs: &[Input],
    by: &str,
    signs: Option<&keys::Signing>,
    amend: &(dyn Fn(&mut Report) + Sync),
    progress: &mut dyn FnMut(&Summary, Vec<Taken>),
) -> Result<Summary, Error> {
    let mut ledger = keys::write(path, by)?;
    if let Some(signing) = signs {
        signing.sign(&mut ledger)?;
    }
    let some = (rayon::current_num_threads() / 2).max(1);
    let cores = rayon::ThreadPoolBuilder::new().num_threads(some).build();
    let cores = cores.map_err(|error| Error::io("no thread to read with", std::io::Error::other(error)))?;
    let amend = |ledger: &Ledger, intake: &mut Intake| {
        amend(&mut intake.report);
        with_own_id(ledger, intake)
    };
    let summary = put(&mut ledger, inputs, by, &amend, Some(&cores), &Meter::default(), progress)?;
    ledger.close()?;
    Ok(summary)
}

/// Pages are often called alike: one whose id comes from its file's name, and which the ledger has with another text,
/// gets the first digits of its text's hash behind it.
fn with_own_id(ledger: &Ledger, intake: &mut Intake) -> Result<(), Error> {
    let stem = Path::new(&intake.raw_name).file_stem().unwrap_or_default().to_string_lossy();
    let from_name = !stem.is_empty() && intake.report.id.starts_with(&*stem);
    if from_name { revised(ledger, intake) } else { Ok(()) }
}

/// What may change a report before it is read.
type Amend<'a> = dyn Fn(&Ledger, &mut Intake) -> Result<(), Error> + Sync + 'a;

/// Reads all inputs and writes them, batch by batch: while one is written, the next is read, on these cores.
fn put(
    ledger: &mut Ledger,
    inputs: &[Input],
    by: &str,
    amend: &Amend<'_>,
    cores: Option<&ThreadPool>,
    meter: &Meter,
    progress: &mut dyn FnMut(&Summary, Vec<Taken>),
) -> Result<Summary, Error> {
    let at = clock::now()?;
    let words = crate::words::of(ledger.path())?;
    let mut summary = Summary::default();
    let mut failed: Option<Error> = None;
    let ledger = Mutex::new(ledger);
    let lock = || ledger.lock().unwrap_or_else(PoisonError::into_inner);
    let read = |mut batch: Vec<Result<Intake, Warning>>| -> Result<Batch, Error> {
        let sorted = {
            let ledger = lock();
            batch.iter_mut().flatten().try_for_each(|intake| amend(&ledger, intake))?;
            sort(&ledger, batch)?
        };
        let read = || sorted.read(words, by, at);
        Ok(match cores {
            Some(cores) => cores.install(read),
            None => read(),
        })
    };
    let notes = extract::batches(inputs, meter, read, |batch| {
        match batch.and_then(|batch| write(&mut lock(), batch, &mut summary)) {
            Ok(taken) => progress(&summary, taken),
            Err(error) => {
                failed = Some(error);
                return ControlFlow::Break(());
            }
        }
        ControlFlow::Continue(())
    });
    summary.notes.extend(notes);
    match failed {
        Some(error) if summary.added > 0 => {
            let done = format!("{} reports that were added before stay", summary.added);
            Err(error.after(&done))
        }
        Some(error) => Err(error),
        None => Ok(summary),
    }
}

/// Reports that are taken in together, and what was found wrong on the way.
#[derive(Default)]
struct Batch {
    /// Each with whether the ledger holds it.
    taken: Vec<(Intake, bool)>,
    /// Those to write, once they are read, and what reading says of them.
    read: Vec<(NewReport, Vec<Warning>)>,
    /// Reports of which intake has said already that their date is none.
    told: BTreeSet<String>,
    faulty: Vec<Warning>,
    refused: Vec<Warning>,
}

/// Parts a batch into what is new, what the ledger holds, and what is wrong.
fn sort(ledger: &Ledger, taken: Vec<Result<Intake, Warning>>) -> Result<Batch, Error> {
    let mut batch = Batch::default();
    for one in taken {
        match (one, batch.taken.last()) {
            (Ok(intake), _) => {
                let held = ledger.holds(&intake.report)?;
                batch.taken.push((intake, held));
            }
            (Err(warning), Some((last, _))) if extract::is_about(&warning, &last.report) => {
                batch.told.insert(last.report.id.clone());
                batch.faulty.push(warning);
            }
            (Err(warning), _) => batch.refused.push(warning),
        }
    }
    Ok(batch)
}

impl Batch {
    /// Reads what the ledger does not hold, on all cores.
    fn read(mut self, words: &Words, by: &str, at: Timestamp) -> Batch {
        let new = |(intake, held): (Intake, bool)| {
            let reading = if held { Default::default() } else { extract::read(&intake.report, words) };
            let Intake { report, raw, raw_name, beside } = intake;
            let reader = if held { String::new() } else { gainsay_read::READER.to_owned() };
            let (tool, by) = (TOOL.to_owned(), by.to_owned());
            (
                NewReport { report, raw, raw_name, beside, tool, reader, claims: reading.claims, by, at },
                reading.warnings,
            )
        };
        self.read = std::mem::take(&mut self.taken).into_par_iter().map(new).collect();
        self
    }
}

/// Writes one batch in one transaction. The reports that are new, with their claims.
fn write(ledger: &mut Ledger, batch: Batch, summary: &mut Summary) -> Result<Vec<Taken>, Error> {
    let Batch { read, told, faulty, refused, .. } = batch;
    let (reports, warnings): (Vec<NewReport>, Vec<Vec<Warning>>) = read.into_iter().unzip();
    let result = ledger.add(&reports)?;
    summary.faulty.extend(faulty);
    for warning in refused {
        // A million claims in one file are gone through again; once is enough to know the file by.
        let known = |last: &Warning| last.message == A_CLAIM && last.subject == warning.subject;
        if warning.message != A_CLAIM || !summary.refused.last().is_some_and(known) {
            summary.refused.push(warning);
        }
    }
    for (new, warnings) in reports.iter().zip(warnings) {
        summary.faulty.extend(warnings.into_iter().map(|warning| extract::placed(warning, &new.raw_name)));
    }
    summary.added += result.added.len();
    summary.unchanged += result.unchanged.len();
    summary.refused.extend(result.refused);
    summary.notes.extend(result.notes);
    let mut added = result.added.iter().peekable();
    let mut taken = Vec::with_capacity(result.added.len());
    for new in reports.into_iter().filter(|new| !new.reader.is_empty()) {
        if added.next_if(|id| **id == new.report.id).is_none() {
            continue;
        }
        summary.claims += new.claims.len();
        let message = posing::told(&new.report);
        let note = |message| Warning { subject: new.raw_name.clone(), line: None, message };
        summary.notes.extend(message.map(note));
        // It is kept, but nothing can be asked of it by day.
        if !told.contains(&new.report.id) {
            summary.faulty.extend(undated(&new));
        }
        taken.push(Taken { report: new.report, claims: new.claims });
    }
    Ok(taken)
}

/// What there is to say of a report without a date.
fn undated(new: &NewReport) -> Option<Warning> {
    gainsay_intake::undated(&new.report).map(|warning| extract::placed(warning, &new.raw_name))
}

/// Opens a ledger to many readers and writers at once, for as long as what is given back is held.
///
/// # Errors
/// When the ledger cannot be opened for writing.
pub fn share(path: &Path) -> Result<gainsay_ledger::Shared, Error> {
    keys::at_hand(path);
    Ok(Ledger::share(path)?)
}
