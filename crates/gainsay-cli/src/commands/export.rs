//! `gainsay export`: writes what the ledger holds in the format of other programs, and says what that cannot hold.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use anyhow::{Result, bail};
use clap::builder::PossibleValuesParser;
use gainsay::export::{Format, Noun, Target, Wanted, export};
use gainsay::model::{Date, Policy};
use gainsay::shelf::Shelf;

use super::Context;
use crate::Outcome;
use crate::args::{self, Filters};
use crate::job::Job;
use crate::out;

/// What to write, and where.
#[derive(Debug, clap::Args)]
pub struct Export {
    /// In what form
    // Called as the option for lists is, which this one stands in the place of.
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: String,
    /// The file to write, or a folder for several tables; - for standard output
    #[arg(long, short, value_name = "FILE|FOLDER")]
    pub output: PathBuf,
    /// What to write [default: all that the format holds]
    #[arg(long, value_name = "NOUN", value_delimiter = ',', value_parser = nouns())]
    pub what: Vec<String>,
    /// The day on which to say who holds what [default: --to, else the last report's]
    #[arg(long, value_name = "DAY", value_parser = args::day)]
    pub at: Option<Date>,
    /// How figures are chosen [default: ucdp]
    #[arg(long, value_enum)]
    pub policy: Option<args::Policy>,
    /// Show the names of private persons instead of pseudonyms
    #[arg(long)]
    pub names: bool,
    /// What keeps pseudonyms from being guessed [default: drawn from the ledger]
    #[arg(long, env = "GAINSAY_SALT", hide_env_values = true)]
    pub salt: Option<String>,
    /// Move coordinates to the middle of squares of so many kilometres, or call places by their district or governorate
    #[arg(long, value_name = "KM|district|governorate", default_value = "0", value_parser = crate::commands::coarsen)]
    pub coarsen: crate::commands::Coarsen,
    /// Replace what is there already
    #[arg(long)]
    pub force: bool,
    /// Of what.
    #[command(flatten)]
    pub filters: Filters,
}

fn formats() -> PossibleValuesParser {
    PossibleValuesParser::new(Format::ALL.iter().map(|format| format.as_str()))
}

fn nouns() -> PossibleValuesParser {
    PossibleValuesParser::new(Noun::ALL.iter().map(|noun| noun.as_str()))
}

/// Writes the file or folder, whole or not at all.
pub(super) fn run(context: &Context, typed: &Export) -> Result<Outcome> {
    let Some(format) = Format::parse(&typed.format) else {
        bail!(gainsay::Error::input(format!("no export is called `{}`", typed.format)));
    };
    let is_stream = typed.output.as_os_str() == "-";
    if is_stream && matches!(format, Format::Gpkg | Format::Parquet) && std::io::stdout().is_terminal() {
        bail!(gainsay::Error::input(format!(
            "{} is no text for a terminal; name a file with -o",
            format.as_str()
        )));
    }
    let shelf = Shelf::open(context.ledger)?;
    let job = Job::new(&shelf, &typed.filters)?;
    let policy = typed.policy.map(|policy| match policy {
        args::Policy::Ucdp => Policy::Ucdp,
        args::Policy::BySource => Policy::BySource,
        args::Policy::Airwars => Policy::Airwars,
        args::Policy::Acled => Policy::Acled,
    });
    let wanted = Wanted {
        format,
        nouns: typed.what.iter().filter_map(|noun| Noun::parse(noun)).collect(),
        at: typed.at,
        policy,
        show_names: typed.names,
        salt: typed.salt.as_deref(),
        coarsen_km: typed.coarsen.km(),
        region: typed.coarsen.region(),
        force: typed.force,
    };
    let target = match is_stream {
        true => Target::Stream(Box::new(crate::out::shared_stdout())),
        false => Target::Path(&typed.output),
    };
    let made = export(context.ledger, &shelf, &job.weighed, &job.ask, &wanted, target)?;
    if context.quiet {
        return Ok(Outcome::Done);
    }
    let written: Vec<String> =
        made.loss.written.iter().map(|(noun, rows)| format!("{rows} {noun}")).collect();
    if !is_stream {
        out::say(&format!("wrote {}: {}", typed.output.display(), written.join(", ")))?;
    }
    let lost = made.loss.table();
    let mut people = std::io::stderr();
    if lost.is_empty() {
        let _ = writeln!(people, "{format} holds all of it", format = format.as_str());
    } else {
        let _ = writeln!(people, "what {} cannot hold, in values:", format.as_str());
        for line in lost.lines() {
            let _ = writeln!(people, "{}", out::plain(line));
        }
    }
    Ok(Outcome::Done)
}
