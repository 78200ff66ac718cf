//! `gainsay verify`: checks every hash, the chain of the log, and all that is derived.

use std::io::Write;

use anyhow::Result;
use gainsay::rebuild::{Checked, verify};

use super::Context;
use crate::Outcome;
use crate::args::Format;
use crate::out;

/// Lists what is wrong, one fault a line; where nothing is, says what was checked.
pub fn run(context: &Context) -> Result<Outcome> {
    let Checked { faults, head, counts, stale } = verify(context.ledger)?;
    let mut out = out::stdout();
    for fault in &faults {
        match context.format {
            Format::Table | Format::Csv => writeln!(out, "{}", out::plain(&fault.to_string()))?,
            Format::Jsonl => out::line(
                &mut out,
                &serde_json::json!({
                    "table": fault.table, "row": fault.row, "what": fault.what, "since": fault.since,
                }),
            )?,
        }
    }
    if faults.is_empty() && !context.quiet && context.format != Format::Jsonl {
        let (reports, claims) = counts.unwrap_or_default();
        writeln!(out, "sound: {reports} reports, {claims} claims")?;
        if let Some(head) = head {
            writeln!(out, "the log ends with entry {}, {}", head.seq, head.hash)?;
        }
        if stale {
            writeln!(
                out,
                "reports were added, or words changed, that are not weighed yet; `gainsay rebuild` does so"
            )?;
        }
    }
    out.flush()?;
    Ok(if faults.is_empty() { Outcome::Done } else { Outcome::Wrong })
}
