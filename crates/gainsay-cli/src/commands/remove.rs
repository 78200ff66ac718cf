//! `gainsay remove`: removes reports for good, and leaves a signed word that it was done.

use std::io::Write;

use anyhow::Result;
use gainsay::remove::remove;

use super::Context;
use super::init::who;
use crate::args::{By, Format};
use crate::{Outcome, out};

/// What to remove, and why.
#[derive(Debug, clap::Args)]
pub struct Remove {
    /// The ids of the reports
    #[arg(required = true, value_name = "REPORT")]
    pub reports: Vec<String>,
    /// Why, in words that tell nothing of the source: they stay in the log for good
    #[arg(long, value_name = "TEXT")]
    pub why: String,
    /// Who does it.
    #[command(flatten)]
    pub by: By,
}

/// Removes them, prints what went, and tells where they may still be found.
pub(super) fn run(context: &Context, args: Remove) -> Result<Outcome> {
    let done = remove(context.ledger, &args.reports, &args.why, &who(args.by))?;
    let removed = &done.removed;
    let mut out = out::stdout();
    match context.format {
        Format::Table if context.quiet => {}
        Format::Table => writeln!(
            out,
            "{} removed; {} of the log lost their particulars, {} of them decisions; log entry {} tells of it",
            counted(removed.reports, "report", "reports"),
            counted(removed.entries, "entry", "entries"),
            removed.decisions,
            removed.entry
        )?,
        Format::Jsonl => out::line(
            &mut out,
            &serde_json::json!({
                "removed": removed.reports,
                "entries": removed.entries,
                "decisions": removed.decisions,
                "entry": removed.entry,
                "left": done.left,
            }),
        )?,
        Format::Csv => writeln!(
            out,
            "removed,entries,decisions,entry\n{},{},{},{}",
            removed.reports, removed.entries, removed.decisions, removed.entry
        )?,
    }
    out.flush()?;
    for left in &done.left {
        out::tell(&format!("note: {left}"));
    }
    if !context.quiet {
        out::tell(
            "note: a desk that is open shows it until it has weighed anew, in a minute or so; backups, exports and copies \
             elsewhere are yours to find",
        );
    }
    Ok(Outcome::Done)
}

fn counted(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}
