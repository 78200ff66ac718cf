//! JSON lines, a file a noun: the objects that the commands print, field for field, so that gainsay and other programs
//! take them in again.
//!
//! Reports are lines that `gainsay add` takes; claims are in the claims format and count code points of those reports'
//! texts.

use std::io::{self, Write};

use serde::Serialize;

use super::{Export, Loss, Noun};

/// Writes the lines of a noun.
///
/// # Errors
/// Those of `out`.
pub fn write(export: &Export, noun: Noun, out: &mut dyn Write, loss: &mut Loss) -> io::Result<()> {
    let rows = match noun {
        Noun::Reports => lines(&export.reports, out)?,
        Noun::Claims => lines(&export.claims, out)?,
        Noun::Events => lines(&export.events, out)?,
        Noun::Disputes => lines(&export.disputes, out)?,
        Noun::Sources => lines(&export.sources, out)?,
        Noun::Tally => lines(&export.tallies, out)?,
        Noun::Holdings => lines(&export.holdings, out)?,
        Noun::Sieges => lines(&export.sieges, out)?,
        Noun::Ties => lines(&export.ties, out)?,
    };
    loss.wrote(noun.as_str(), rows);
    if noun == Noun::Reports {
        loss.dropped("reports", "raw", rows, "no original bytes; the ledger keeps them, their hash is here");
    }
    Ok(())
}

fn lines<T: Serialize>(rows: &[T], out: &mut dyn Write) -> io::Result<usize> {
    for row in rows {
        serde_json::to_writer(&mut *out, row)?;
        out.write_all(b"\n")?;
    }
    Ok(rows.len())
}
