//! `gainsay extract`: inputs to claims, as JSON lines, without a ledger.

use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;

use anyhow::Result;
use gainsay::Meter;
use gainsay::extract::{Read, extract_watched};

use super::Context;
use crate::args::Inputs;
use crate::out::{self, Notes, Progress};
use crate::{Outcome, job};

/// So much bad input is listed at the end; what comes after is told at once, so that memory stays flat.
const HELD: usize = 1_000;

/// Prints each report's claims as soon as its batch is read.
pub fn run(context: &Context, typed: &Inputs) -> Result<Outcome> {
    let mut out = out::stdout();
    let outcome = each(context, typed, |read| {
        read.reading.claims.iter().try_for_each(|claim| out::line(&mut out, claim))
    })?;
    out.flush()?;
    Ok(outcome)
}

/// Reads the inputs, hands each report's reading over, and lists at the end what could not be read. A report without a
/// date is read, and noted.
pub fn each(context: &Context, typed: &Inputs, mut each: impl FnMut(&Read) -> Result<()>) -> Result<Outcome> {
    let progress = Progress::new(!context.quiet && !std::io::stdout().is_terminal(), "reading");
    let (inputs, refused) = job::inputs(typed)?;
    let meter = Meter::of(&inputs);
    let words = context.words()?;
    let (mut bad, mut notes, mut failed, mut reports) = (refused, Notes::default(), None, 0_u64);
    let of_inputs = extract_watched(&inputs, words, &meter, |read| {
        match read {
            Ok(read) => {
                reports += 1;
                notes.extend(read.undated.clone());
                progress.at(part(&meter), reports, "reports");
                if let Err(error) = each(&read) {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            Err(warning) if bad.len() < HELD => bad.push(warning),
            Err(warning) => out::tell(&warning.to_string()),
        }
        ControlFlow::Continue(())
    });
    progress.done();
    if !context.quiet {
        notes.extend(of_inputs);
        notes.tell();
    }
    match failed {
        Some(error) => Err(error),
        None => Ok(out::bad(&bad)),
    }
}

/// The part of the inputs that has been read.
pub fn part(meter: &Meter) -> Option<f64> {
    meter.total().filter(|total| *total > 0).map(|total| meter.done() as f64 / total as f64)
}
