//! `gainsay annotate`: all layers of every report, one JSON object a line, without a ledger.

use std::io::Write;

use anyhow::Result;
use gainsay::annotate::annotate;

use super::{Context, extract};
use crate::Outcome;
use crate::args::Inputs;
use crate::out;

/// Prints each report's layers as soon as its batch is read.
pub fn run(context: &Context, typed: &Inputs) -> Result<Outcome> {
    let mut out = out::stdout();
    let outcome = extract::each(context, typed, |read| {
        out::line(&mut out, &annotate(&read.intake.report, &read.reading))
    })?;
    out.flush()?;
    Ok(outcome)
}
