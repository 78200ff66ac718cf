//! `gainsay add`: takes reports into the ledger.

use std::io::Write;

use anyhow::Result;
use gainsay::readers::Elsewhere;
use gainsay::{Meter, keep};

use super::Context;
use super::extract::part;
use super::init::who;
use crate::args::{Add, Format};
use crate::out::{self, Notes, Progress};
use crate::{Outcome, job};

/// What was read elsewhere, and what is to be taken in all the same.
#[derive(Debug, clap::Args)]
pub struct ReadElsewhere {
    /// Who read claims that name no reader themselves; people as person:NAME@VERSION
    #[arg(long, value_name = "NAME@VERSION")]
    pub reader: Option<String>,
    /// The inputs hold claims and nothing else
    #[arg(long)]
    pub claims: bool,
    /// The inputs are tables of events: ged, acled, or a JSON file that says which column holds what
    #[arg(long, value_name = "ged|acled|MAP", conflicts_with = "claims")]
    pub events: Option<String>,
    /// Take in again what was removed from the ledger
    #[arg(long)]
    pub again: bool,
}

/// Takes the inputs in, prints what became of them, and lists at the end what was not taken in.
pub fn run(context: &Context, add: Add) -> Result<Outcome> {
    let by = who(add.by);
    if add.init && !keep::is_begun(context.ledger) {
        keep::init(context.ledger, &by)?;
    }
    let progress = Progress::new(!context.quiet, "adding");
    let (inputs, not_had) = job::inputs(&add.inputs)?;
    let ReadElsewhere { reader, claims, events, again } = add.elsewhere;
    let elsewhere = Elsewhere { reader, claims, events, again };
    let meter = Meter::of(&inputs);
    let result = keep::add_with(context.ledger, &inputs, &elsewhere, &by, &meter, &mut |so_far| {
        let reports = so_far.added + so_far.unchanged;
        progress.at(part(&meter), reports as u64, "reports");
    });
    progress.done();
    let keep::Summary { added, unchanged, claims, claims_unchanged, refused, faulty, notes, .. } = result?;
    let bad = [not_had, refused].concat();
    let refused = bad.len();
    let mut out = out::stdout();
    match context.format {
        Format::Table if context.quiet => {}
        Format::Table => {
            let there = match claims_unchanged {
                0 => String::new(),
                n => format!(", {n} already there"),
            };
            let done = format!("{added} reports added, {unchanged} already there, {refused} refused");
            writeln!(out, "{done}; {claims} claims{there}")?;
        }
        Format::Jsonl => out::line(
            &mut out,
            &serde_json::json!({
                "added": added,
                "unchanged": unchanged,
                "refused": refused,
                "claims": claims,
                "claims_unchanged": claims_unchanged,
            }),
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
