//! Comma-separated values (RFC 4180), a table a noun: UTF-8, a heading row, lines ended by CR LF.
//!
//! Several ids in one cell are parted by `;`, several names by `; `. A cell that a spreadsheet would run as a formula
//! begins with an apostrophe.

use std::io::{self, Write};

use super::cells::rows;
use super::columns::columns;
use super::{Became, Export, Loss, Noun};
use crate::csv::Table;

/// Writes the table of a noun.
///
/// # Errors
/// Those of `out`.
pub fn write(export: &Export, noun: Noun, out: &mut dyn Write, loss: &mut Loss) -> io::Result<()> {
    let names: Vec<&str> = columns(noun).iter().map(|(name, _)| *name).collect();
    let mut count = 0;
    let mut done = Ok(());
    let mut guarded = 0;
    let mut lines = |cells: Vec<String>| {
        let mut line = Table::bare(names.len());
        line.row(cells);
        guarded += line.guarded();
        line.into_text()
    };
    out.write_all(lines(names.iter().map(|name| (*name).to_owned()).collect()).as_bytes())?;
    rows(export, noun, &mut |cells| {
        if done.is_ok() {
            let text = lines(cells.iter().map(ToString::to_string).collect());
            done = out.write_all(text.as_bytes());
            count += 1;
        }
    });
    done?;
    loss.wrote(noun.as_str(), count);
    loss.note(
        noun.as_str(),
        "text",
        Became::Replaced,
        guarded,
        "an apostrophe stands before what a spreadsheet would run",
    );
    match noun {
        Noun::Reports => {
            let texts = export.reports.len();
            loss.dropped("reports", "text", texts, "no cell for whole texts; jsonl and parquet hold them");
        }
        Noun::Claims => {
            let spans = export.claims.iter().map(|said| said.claim.evidence.len().saturating_sub(1)).sum();
            loss.note(
                "claims",
                "evidence",
                Became::Merged,
                spans,
                "one cell for all quotes, offsets of the first alone",
            );
            let mentions = export.claims.iter().map(mentions).sum();
            loss.dropped("claims", "mention", mentions, "the name alone, not the report's own word for it");
            let grounds = export.claims.iter().map(|said| said.claim.grounds.len()).sum();
            loss.dropped("claims", "grounds", grounds, "no column for the rule that read each value");
        }
        Noun::Events => {
            let claims = export.events.iter().map(|event| event.claims.len()).sum();
            loss.dropped(
                "events",
                "claims",
                claims,
                "their number alone; the table of claims names each one's event",
            );
        }
        Noun::Sieges => {
            let claims = export.sieges.iter().flat_map(|siege| siege.evidence.values()).map(Vec::len).sum();
            loss.note(
                "sieges",
                "evidence",
                Became::Merged,
                claims,
                "claims of all that is cut off are one list",
            );
        }
        Noun::Disputes | Noun::Sources | Noun::Tally | Noun::Holdings | Noun::Ties => {}
    }
    Ok(())
}

/// Fillers whose mention is not their name.
fn mentions(said: &super::Said) -> usize {
    let claim = &said.claim;
    let all = claim.actor.iter().chain(&claim.target).chain(&claim.place).chain(&claim.source);
    all.filter(|filler| filler.name() != filler.mention).count()
}
