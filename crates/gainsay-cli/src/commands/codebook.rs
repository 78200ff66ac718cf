//! `gainsay codebook`: how reports put things, as a desk adds to it.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use gainsay::words::{Holds, Source, Unadded, check};

use super::Context;
use super::words::{self, About};
use crate::Outcome;
use crate::args::By;

/// Tables of the codebook that a desk brings.
#[derive(Debug, clap::Args)]
pub struct Codebook {
    /// What to do.
    #[command(subcommand)]
    job: Job,
}

#[derive(Debug, Subcommand)]
enum Job {
    /// Check a table and change nothing
    Check {
        /// The table
        file: PathBuf,
        /// Which it is, where its name does not tell: frames, cues, means, places …
        #[arg(long = "as", value_name = "TABLE", value_parser = table)]
        holds: Option<Holds>,
    },
    /// Add a table: tab-separated or CSV, with the columns of gainsay's own
    Add {
        /// The table
        file: PathBuf,
        /// Which it is, where its name does not tell: frames, cues, means, places …
        #[arg(long = "as", value_name = "TABLE", value_parser = table)]
        holds: Option<Holds>,
        /// What is said of it.
        #[command(flatten)]
        about: About,
    },
    /// List the tables
    List,
    /// Take a table away
    Remove {
        /// Its name
        name: String,
        /// Who does it.
        #[command(flatten)]
        by: By,
    },
}

fn table(name: &str) -> Result<Holds, String> {
    Holds::parse(&format!("codebook:{name}")).ok_or_else(|| {
        "one of arms, cues, cuts, demonyms, doubt, forces, frames, light, materiel, means, modality, people, peoples, places"
            .to_owned()
    })
}

/// Checks, adds, lists or removes.
pub(super) fn run(context: &Context, typed: Codebook) -> Result<Outcome> {
    match typed.job {
        Job::Check { file, holds } => match check(&file, holds, true, context.joined()?) {
            Ok((holds, rows)) => words::done(context, &format!("sound: {rows} rows for {}", holds.name())),
            Err(Unadded::Refused(refused)) => {
                words::bad(&refused);
                Ok(Outcome::Wrong)
            }
            Err(Unadded::Failed(error)) => Err(error.into()),
        },
        Job::Add { file, holds, about } => words::add(context, &Source::Table(file, holds, true), about),
        Job::List => words::list(context, |list| list.holds.starts_with("codebook:")),
        Job::Remove { name, by } => words::remove(context, &name, by),
    }
}
