//! Inputs to readings, without a ledger: streamed, read on all cores, handed over in the order they came.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use gainsay_intake::{Input, Intake, Meter, take_in_watched};
use gainsay_lexicon::Words;
use gainsay_model::{Reading, Report, Warning};

use crate::stream;

/// How many reports are read, and written, at a time: a program that is killed loses at most as many that nobody has
/// been told were added.
const BATCH_REPORTS: usize = 50;

/// How many bytes of text are read at a time, about.
const BATCH_BYTES: usize = 4 << 20;

/// A report and what was read from it.
pub struct Read {
    /// The report, and the bytes it came as.
    pub intake: Intake,
    /// The layers over its text, claims among them.
    pub reading: Reading,
    /// What there is to say of a report without a date, unless intake has said it already.
    pub undated: Option<Warning>,
}

/// Reads every report of the inputs and calls `each` for it, or for whatever could not be read, in order. How many
/// threads there are changes nothing of what is handed over. Gives what is worth knowing of the inputs. Once `each` breaks, nothing more is read.
pub fn extract(
    inputs: &[Input],
    words: &Words,
    each: impl FnMut(Result<Read, Warning>) -> ControlFlow<()>,
) -> Vec<Warning> {
    extract_watched(inputs, words, &Meter::default(), each)
}

/// As [`extract`], read through a meter, which tells others how far it is and by which they may stop it.
pub fn extract_watched(
    inputs: &[Input],
    words: &Words,
    meter: &Meter,
    mut each: impl FnMut(Result<Read, Warning>) -> ControlFlow<()>,
) -> Vec<Warning> {
    let mut notes = Vec::new();
    let notes_of = &mut notes;
    let source = |put: &mut dyn FnMut(Result<Intake, Warning>, usize) -> ControlFlow<()>| {
        *notes_of = take_in_watched(inputs, meter, |taken| {
            let bytes = weight(&taken);
            if !meter.is_stopped() && put(taken, bytes).is_break() {
                meter.stop();
            }
        });
    };
    let work = |taken: Result<Intake, Warning>| taken.map(|intake| (read(&intake.report, words), intake));
    // A report waits for what comes next, which may be a warning about it.
    let mut last: Option<(Reading, Intake)> = None;
    let mut flow = ControlFlow::Continue(());
    stream::ordered(rayon::current_num_threads(), source, work, |next| {
        let told = last.as_ref().zip(next.as_ref().err());
        let told = told.is_some_and(|((_, intake), warning)| is_about(warning, &intake.report));
        if let Some(last) = last.take() {
            flow = hand_over(last, told, &mut each);
        }
        match next {
            Ok(read) => last = Some(read),
            Err(warning) if flow.is_continue() => flow = each(Err(warning)),
            Err(_) => {}
        }
        flow
    });
    if let Some(last) = last.filter(|_| flow.is_continue()) {
        let _ = hand_over(last, false, &mut each);
    }
    notes
}

/// Hands a report over, and then what there is to say of it; `told` where intake has said that it has no date.
fn hand_over(
    (mut reading, intake): (Reading, Intake),
    told: bool,
    each: &mut impl FnMut(Result<Read, Warning>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let warnings = std::mem::take(&mut reading.warnings).into_iter();
    let warnings: Vec<Warning> = warnings.map(|warning| placed(warning, &intake.raw_name)).collect();
    let undated = undated(&intake).filter(|_| !told);
    each(Ok(Read { intake, reading, undated }))?;
    warnings.into_iter().try_for_each(|warning| each(Err(warning)))
}

/// Takes the inputs in, in batches small enough to hold, large enough to share out, and does `work` on one batch while
/// `each` has the one before. Gives what is worth knowing of the inputs. Once `each` breaks, nothing more is taken in.
pub(crate) fn batches<R: Send>(
    inputs: &[Input],
    meter: &Meter,
    work: impl Fn(Vec<Result<Intake, Warning>>) -> R + Sync,
    each: impl FnMut(R) -> ControlFlow<()>,
) -> Vec<Warning> {
    let mut notes = Vec::new();
    let notes_of = &mut notes;
    let source = |put: &mut dyn FnMut(Vec<Result<Intake, Warning>>, usize) -> ControlFlow<()>| {
        let (mut batch, mut bytes) = (Vec::new(), 0);
        *notes_of = take_in_watched(inputs, meter, |taken| {
            if meter.is_stopped() {
                return;
            }
            bytes += weight(&taken);
            batch.push(taken);
            let full = batch.len() >= BATCH_REPORTS || bytes >= BATCH_BYTES;
            if full && put(std::mem::take(&mut batch), std::mem::take(&mut bytes)).is_break() {
                meter.stop();
            }
        });
        if !meter.is_stopped() && !batch.is_empty() {
            let _ = put(batch, bytes);
        }
    };
    stream::ordered(1, source, work, each);
    notes
}

/// How many bytes a report takes while it is under way, about.
fn weight(taken: &Result<Intake, Warning>) -> usize {
    taken.as_ref().map_or(0, |intake| intake.raw.len() + intake.report.text.len())
}

/// A warning about a report, with the file and line it came from in the place of its id.
pub(crate) fn placed(warning: Warning, raw_name: &str) -> Warning {
    Warning { subject: raw_name.to_owned(), ..warning }
}

/// Whether a warning of intake's is about this report, which was handed over all the same.
pub(crate) fn is_about(warning: &Warning, report: &Report) -> bool {
    warning
        .message
        .strip_prefix("report ")
        .and_then(|rest| rest.strip_prefix(&report.id))
        .is_some_and(|rest| rest.starts_with(':'))
}

/// What there is to say of a report without a date; nothing of one that has one.
pub(crate) fn undated(intake: &Intake) -> Option<Warning> {
    gainsay_intake::undated(&intake.report).map(|warning| placed(warning, &intake.raw_name))
}

/// Reads one report. Should a pass break on it, that costs this report's claims and no other's.
pub fn read(report: &Report, words: &Words) -> Reading {
    catch_unwind(AssertUnwindSafe(|| gainsay_read::read(report, words))).unwrap_or_else(|_| {
        let message = "could not be read: gainsay has a fault that this text brings out; please send it in";
        let warning = Warning { subject: report.id.clone(), line: None, message: message.to_owned() };
        Reading { warnings: vec![warning], ..Reading::default() }
    })
}
