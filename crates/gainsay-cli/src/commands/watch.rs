//! `gainsay watch`: keeps taking reports into the ledger, until it is told to stop.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use anyhow::{Context as _, Result};
use gainsay::keep::{self, Summary};
use gainsay::watch::{LEAST, Options, Told, Watched, watch};
use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

use super::Context;
use super::init::who;
use crate::Outcome;
use crate::args::{By, Format};
use crate::out;

/// What to watch.
#[derive(Debug, clap::Args)]
pub struct Watch {
    /// Folders, and addresses of feeds (RSS, Atom, JSON Feed)
    #[arg(required = true, value_name = "FOLDER|FEED")]
    pub watched: Vec<PathBuf>,
    /// How often a feed is asked, in minutes; at least 5
    #[arg(long, value_name = "MINUTES", default_value_t = 15, value_parser = clap::value_parser!(u64).range(5..=10_080))]
    pub every: u64,
    /// Fetch the page that each new entry leads to, where the site's robots.txt allows it
    #[arg(long)]
    pub pages: bool,
    /// One round, then end: 2 where something could not be had or read
    #[arg(long)]
    pub once: bool,
    /// Make the ledger where there is none
    #[arg(long)]
    pub init: bool,
    /// Who does it.
    #[command(flatten)]
    pub by: By,
}

/// Watches, and prints what each folder and feed brings. Ctrl-C ends it once what is being written is written; a second
/// one ends it at once, which loses nothing that was told of.
pub(super) fn run(context: &Context, typed: Watch) -> Result<Outcome> {
    let watched = typed.watched.iter().map(|one| Watched::of(one)).collect::<Result<Vec<_>, _>>()?;
    let by = who(typed.by);
    if typed.init && !keep::is_begun(context.ledger) {
        keep::init(context.ledger, &by)?;
    }
    let stop = Arc::new(AtomicBool::new(false));
    for signal in [SIGINT, SIGTERM] {
        flag::register_conditional_default(signal, Arc::clone(&stop)).context("cannot listen for Ctrl-C")?;
        flag::register(signal, Arc::clone(&stop)).context("cannot listen for Ctrl-C")?;
    }
    let every = Duration::from_secs(typed.every * 60).max(LEAST);
    let options = Options {
        ledger: context.ledger.to_owned(),
        by,
        watched,
        every,
        pages: typed.pages,
        once: typed.once,
    };
    if !context.quiet && !typed.once {
        out::tell(&format!("watching; feeds are asked every {} minutes; Ctrl-C ends it", typed.every));
    }
    let (once, mut failed) = (typed.once, None);
    let well = watch(options, &stop, &mut |told| {
        let printed = match told {
            Told::Brought(of, summary) => brought(context, &of, &summary),
            Told::Failed(what) => {
                out::tell(&what);
                Ok(())
            }
            Told::Noted(what) => {
                if !context.quiet {
                    out::tell(&format!("note: {what}"));
                }
                Ok(())
            }
        };
        if let Err(error) = printed {
            // Nobody reads any more.
            failed.get_or_insert(error);
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
    })?;
    match failed {
        Some(error) => Err(error),
        None => Ok(if once && !well { Outcome::BadInput } else { Outcome::Done }),
    }
}

/// A line on what a folder or feed brought, and one for each thing that is wrong with it.
fn brought(context: &Context, of: &str, summary: &Summary) -> Result<()> {
    let Summary { added, unchanged, claims, refused, faulty, notes, .. } = summary;
    let mut out = out::stdout();
    match context.format {
        _ if context.quiet => {}
        Format::Table => writeln!(
            out,
            "{}: {added} reports added, {unchanged} already there, {} refused; {claims} claims",
            out::plain(of),
            refused.len()
        )?,
        Format::Jsonl => out::line(
            &mut out,
            &serde_json::json!({
                "of": of, "added": added, "unchanged": unchanged, "refused": refused.len(), "claims": claims,
            }),
        )?,
        Format::Csv => {
            let mut row = csv::Writer::from_writer(&mut out);
            let numbers = [*added, *unchanged, refused.len(), *claims].map(|number| number.to_string());
            row.write_record(std::iter::once(of.to_owned()).chain(numbers))?;
            row.flush()?;
        }
    }
    out.flush()?;
    out::bad(&[refused.as_slice(), faulty].concat());
    if !context.quiet {
        notes.iter().for_each(|note| out::tell(&format!("note: {note}")));
    }
    Ok(())
}
