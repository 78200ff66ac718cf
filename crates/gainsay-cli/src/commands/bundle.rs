//! `gainsay bundle`: packs everything behind an event into one archive that verifies without gainsay.

use std::path::PathBuf;

use anyhow::Result;
use gainsay::custody;

use super::Context;
use crate::{Outcome, out};

/// What to pack, and where.
#[derive(Debug, clap::Args)]
pub struct Bundle {
    /// The id of an event
    pub event: String,
    /// The archive to write
    #[arg(long, short, value_name = "FILE.zip")]
    pub output: PathBuf,
    /// Put reports in as they came, with the names of private persons; without it texts bear pseudonyms, and much of
    /// what a bundle proves cannot be checked
    #[arg(long)]
    pub names: bool,
}

/// Writes the archive, whole or not at all.
pub(super) fn run(context: &Context, typed: &Bundle) -> Result<Outcome> {
    let made = custody::bundle(context.ledger, &typed.event, typed.names)?;
    gainsay::whole::write(&typed.output, &made.bytes)?;
    if !context.quiet {
        let (path, files) = (typed.output.display(), made.files);
        out::say(&format!("wrote {path}: {files} files, {} reports, {} claims", made.reports, made.claims))?;
        out::say(&format!("SHA-256 {}", made.sha256))?;
        made.remarks.iter().for_each(|remark| out::tell(remark));
    }
    Ok(if made.sound { Outcome::Done } else { Outcome::Wrong })
}
