//! `gainsay add`: takes reports into the ledger.

use std::io::Write;

use anyhow::Result;
use gainsay::{Meter, keep};

use super::Context;
use super::extract::part;
use super::init::who;
use crate::args::{Add, Format};
use crate::out::{self, Notes, Progress};
use crate::{Outcome, job};

/// Takes the inputs in, prints what became of them, and lists at the end what was not taken in.
pub fn run(context: &Context, add: Add) -> Result<Outcome> {
    let by = who(add.by);
    if add.init && !context.ledger.exists() {
        keep::init(context.ledger, &by)?;
    }
    let progress = Progress::new(!context.quiet, "adding");
    let (inputs, not_had) = job::inputs(&add.inputs)?;
    let meter = Meter::of(&inputs);
    let result = keep::add_watched(context.ledger, &inputs, &by, &meter, &mut |so_far| {
        let reports = so_far.added + so_far.unchanged;
        progress.at(part(&meter), reports as u64, "reports");
    });
    progress.done();
    let keep::Summary { added, unchanged, claims, refused, faulty, notes } = result?;
    let bad = [not_had, refused].concat();
    let refused = bad.len();
    let mut out = out::stdout();
    match context.format {
        Format::Table if context.quiet => {}
        Format::Table => writeln!(
            out,
            "{added} reports added, {unchanged} already there, {refused} refused; {claims} claims"
        )?,
        Format::Jsonl => out::line(
            &mut out,
            &serde_json::json!({ "added": added, "unchanged": unchanged, "refused": refused, "claims": claims }),
        )?,
        Format::Csv => {
            writeln!(out, "added,unchanged,refused,claims\n{added},{unchanged},{refused},{claims}")?;
        }
    }
    out.flush()?;
    if !context.quiet {
        let mut few = Notes::default();
        few.extend(notes);
        few.tell();
    }
    Ok(out::bad(&[bad, faulty].concat()))
}
