//! `gainsay lexicon`: actors, sources and people that a desk brings.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use gainsay::words::{Holds, Source};

use super::Context;
use super::words::{self, About};
use crate::Outcome;
use crate::args::By;

/// Actors, sources and people that a desk brings.
#[derive(Debug, clap::Args)]
pub struct Lexicon {
    /// What to do.
    #[command(subcommand)]
    job: Job,
}

#[derive(Debug, Subcommand)]
enum Job {
    /// Add a list: tab-separated or CSV, with the columns of gainsay's own
    Add {
        /// The list
        file: PathBuf,
        /// What it holds, where neither its name nor its columns tell: actors, sources, people
        #[arg(long = "as", value_name = "LIST", value_parser = holds)]
        holds: Option<Holds>,
        /// What is said of it.
        #[command(flatten)]
        about: About,
    },
    /// List the lists
    List,
    /// Take a list away
    Remove {
        /// Its name
        name: String,
        /// Who does it.
        #[command(flatten)]
        by: By,
    },
}

fn holds(name: &str) -> Result<Holds, String> {
    let own = Holds::parse(name).filter(|holds| matches!(holds, Holds::Lexicon(_)));
    own.ok_or_else(|| "one of actors, sources, people".to_owned())
}

/// Adds, lists or removes.
pub(super) fn run(context: &Context, typed: Lexicon) -> Result<Outcome> {
    match typed.job {
        Job::Add { file, holds, about } => words::add(context, &Source::Table(file, holds, false), about),
        Job::List => {
            words::list(context, |list| list.holds != "places" && !list.holds.starts_with("codebook:"))
        }
        Job::Remove { name, by } => words::remove(context, &name, by),
    }
}
