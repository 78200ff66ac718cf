//! `gainsay gazetteer`: places that a desk brings.

use std::path::PathBuf;

use anyhow::Result;
use clap::Subcommand;
use gainsay::words::{Columns, Source};

use super::Context;
use super::words::{self, About};
use crate::Outcome;
use crate::args::By;

/// Places that a desk brings.
#[derive(Debug, clap::Args)]
pub struct Gazetteer {
    /// What to do.
    #[command(subcommand)]
    job: Job,
}

#[derive(Debug, Subcommand)]
enum Job {
    /// Add a list of places
    #[command(subcommand)]
    Add(Add),
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

#[derive(Debug, Subcommand)]
enum Add {
    /// A GeoNames dump: SY.txt, allCountries.txt, cities500.txt, or the zip of one
    Geonames {
        /// The dump; alternateNamesV2.txt, admin1CodesASCII.txt and admin2Codes.txt beside it are used too
        file: PathBuf,
        /// What is said of it.
        #[command(flatten)]
        about: About,
    },
    /// Administrative boundaries with P-codes as OCHA gives them (COD-AB)
    Cod {
        /// Layers: .csv, .geojson, .gpkg, .shp; several for several levels
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
        /// What is said of it.
        #[command(flatten)]
        about: About,
    },
    /// A CSV of places, as a query of Wikidata gives it or with columns of your own
    Csv {
        /// The CSV
        file: PathBuf,
        /// Which column is what: id=…,name=…,names=…,point=…,lat=…,lon=…,kind=…,country=…,parent=…,pcode=…,
        /// population=…; separator=… parts the other names
        #[arg(long, value_name = "WHAT=COLUMN,…", value_parser = Columns::parse)]
        columns: Option<Columns>,
        /// What is said of it.
        #[command(flatten)]
        about: About,
    },
}

/// Adds, lists or removes.
pub(super) fn run(context: &Context, typed: Gazetteer) -> Result<Outcome> {
    match typed.job {
        Job::List => words::list(context, |list| list.holds == "places"),
        Job::Remove { name, by } => words::remove(context, &name, by),
        Job::Add(Add::Geonames { file, about }) => words::add(context, &Source::Geonames(file), about),
        Job::Add(Add::Cod { files, about }) => words::add(context, &Source::Cod(files), about),
        Job::Add(Add::Csv { file, columns, about }) => {
            words::add(context, &Source::Csv(file, columns.unwrap_or_default()), about)
        }
    }
}
