//! `gainsay checkpoint`: signs a note of where the log stands, and writes what can be sent to timestamp services.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use gainsay::custody;

use super::Context;
use super::init::who;
use crate::args::{By, Format};
use crate::{Outcome, out};

/// What to write.
#[derive(Debug, clap::Args)]
pub struct Checkpoint {
    /// Where to write the note [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Where to write the request to an authority (RFC 3161): post it as application/timestamp-query
    #[arg(long, value_name = "FILE")]
    pub tsq: Option<PathBuf>,
    /// Where to write what is posted to a calendar of OpenTimestamps: the note's SHA-256, 32 bytes
    #[arg(long, value_name = "FILE")]
    pub ots: Option<PathBuf>,
    /// Make no new one: write note and requests of the one that this entry records
    #[arg(long, value_name = "ENTRY")]
    pub of: Option<u64>,
    /// Who does it.
    #[command(flatten)]
    pub by: By,
}

/// Makes a checkpoint, prints its note, and says where the requests lie.
pub(super) fn run(context: &Context, typed: Checkpoint) -> Result<Outcome> {
    let made = match typed.of {
        Some(entry) => custody::earlier(context.ledger, entry)?,
        None => custody::checkpoint(context.ledger, &who(typed.by))?,
    };
    let mut written = Vec::new();
    let files = [
        (&typed.output, made.note.as_bytes(), "the note"),
        (&typed.tsq, made.tsq.as_slice(), "a request to an authority"),
        (&typed.ots, made.digest.as_slice(), "what to post to a calendar"),
    ];
    for (path, bytes, what) in files {
        if let Some(path) = path {
            gainsay::whole::write(path, bytes)?;
            written.push(format!("wrote {what} to {}", path.display()));
        }
    }
    let mut out = out::stdout();
    let recorded = format!("checkpoint recorded by log entry {}", made.entry);
    let is_text = context.format != Format::Jsonl;
    match &typed.output {
        _ if !is_text => out::line(&mut out, &serde_json::json!({ "entry": made.entry, "note": made.note }))?,
        // The note alone, letter for letter, so that it can be piped into a file.
        None => out.write_all(made.note.as_bytes())?,
        Some(_) if context.quiet => {}
        Some(_) => writeln!(out, "{recorded}")?,
    }
    for line in written.iter().filter(|_| is_text && !context.quiet && typed.output.is_some()) {
        writeln!(out, "{}", out::plain(line))?;
    }
    out.flush()?;
    if is_text && !context.quiet && typed.output.is_none() {
        out::tell(&recorded);
        written.iter().for_each(|line| out::tell(line));
    }
    Ok(Outcome::Done)
}
