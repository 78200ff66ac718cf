//! `gainsay site`: writes a folder of pages that need no server.

use anyhow::Result;
use gainsay::brief::Wanted;
use gainsay::shelf::Shelf;
use gainsay::site::{folder, site};

use super::Context;
use crate::Outcome;
use crate::args::Site;
use crate::job::Job;
use crate::out;

/// Writes the folder, whole or not at all.
pub fn run(context: &Context, typed: &Site) -> Result<Outcome> {
    let shelf = Shelf::open_read_by(context.ledger, &typed.filters.reader)?;
    let job = Job::new(&shelf, &typed.filters)?;
    let wanted = Wanted {
        title: typed.title.as_deref(),
        show_names: typed.names,
        salt: typed.salt.as_deref(),
        coarsen_km: typed.coarsen.km(),
        region: typed.coarsen.region(),
    };
    let files =
        folder(&typed.output, |put| site(context.ledger, &shelf, &job.weighed, &job.ask, &wanted, put))?;
    if !context.quiet {
        out::say(&format!("wrote {files} files to {}; open index.html there", typed.output.display()))?;
    }
    Ok(Outcome::Done)
}
