//! `gainsay read --again`: reads the ledger's reports with the words it has now.

use anyhow::Result;
use gainsay::words::again;

use super::init::who;
use super::{Context, words};
use crate::Outcome;
use crate::args::By;
use crate::out::Progress;

/// What is read.
#[derive(Debug, clap::Args)]
pub struct Read {
    /// Read reports that are in the ledger again: those last read before its words changed
    #[arg(long, required = true)]
    again: bool,
    /// All of them, whenever they were read
    #[arg(long)]
    all: bool,
    /// Who does it.
    #[command(flatten)]
    by: By,
}

/// Reads again, and says how many readings changed.
pub(super) fn run(context: &Context, typed: Read) -> Result<Outcome> {
    debug_assert!(typed.again, "clap asks for it");
    let progress = Progress::new(!context.quiet, "reading");
    let done = again(context.ledger, &who(typed.by), typed.all, &mut |done, of| {
        progress.at(Some(done as f64 / of.max(1) as f64), done as u64, "reports");
    });
    progress.done();
    let done = done?;
    words::done(context, &format!("{} reports read again, {} readings differ", done.reports, done.changed))
}
