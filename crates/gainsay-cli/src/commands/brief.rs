//! `gainsay brief`: writes a brief.

use anyhow::{Result, bail};
use gainsay::brief::{Form, Wanted, brief};
use gainsay::shelf::Shelf;

use super::Context;
use crate::Outcome;
use crate::args::Brief;
use crate::job::Job;
use crate::out;

/// Writes the brief in the form that the file's name asks for.
pub fn run(context: &Context, typed: &Brief) -> Result<Outcome> {
    let path = typed.output.display();
    let form = match typed.output.extension().and_then(|extension| extension.to_str()) {
        Some("html" | "htm") => Form::Html,
        Some("md" | "markdown") => Form::Markdown,
        _ => bail!(gainsay::Error::input(format!("{path}: a brief is written as .html or .md; name it so"))),
    };
    let shelf = Shelf::open_read_by(context.ledger, &typed.filters.reader)?;
    let job = Job::new(&shelf, &typed.filters)?;
    let wanted = Wanted {
        title: typed.title.as_deref(),
        show_names: typed.names,
        salt: typed.salt.as_deref(),
        coarsen_km: typed.coarsen.km(),
        region: typed.coarsen.region(),
    };
    let text = brief(context.ledger, &shelf, &job.weighed, &job.ask, form, &wanted)?;
    gainsay::whole::write(&typed.output, text)?;
    if !context.quiet {
        out::say(&format!("wrote {path}"))?;
    }
    Ok(Outcome::Done)
}
