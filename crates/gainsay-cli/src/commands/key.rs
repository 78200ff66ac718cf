//! `gainsay key`: the keys by which a ledger's log is signed, and from which pseudonyms are made.

use std::path::PathBuf;

use anyhow::{Result, bail};
use gainsay::keys::manage::{self, Line, Restored, Shown};

use super::Context;
use super::init::who;
use crate::args::{By, Format};
use crate::out::{self, left, right};
use crate::{Outcome, passphrase};

/// Keys.
#[derive(Debug, clap::Args)]
pub struct Key {
    /// What to do.
    #[command(subcommand)]
    job: Job,
    /// Who does it.
    #[command(flatten)]
    by: By,
}

/// What to do with keys. They lie beside the ledger, in LEDGER.keys: whoever has that file signs in your name, and can
/// tell whom pseudonyms stand for.
#[derive(Debug, clap::Subcommand)]
enum Job {
    /// Show the key beside the ledger: whose, under a passphrase or not, known to the log since when
    Show,
    /// List all keys that the ledger's log knows
    List,
    /// Make the next key; the one so far vouches for it in the log, and is retired
    New {
        /// Why, for the log
        #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
        why: String,
    },
    /// Put the keys under a passphrase, or under another; it is asked for, or read from standard input
    Passphrase {
        /// Take the passphrase away
        #[arg(long)]
        remove: bool,
    },
    /// Retire a key that is not the one beside the ledger: lost, stolen, of somebody who left
    Retire {
        /// Its id, or the beginning of it
        key: String,
        /// Why, for the log
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Print the public key, to hand to whoever verifies
    Export {
        /// The public key; there is no way to print the secret one
        #[arg(long, required = true)]
        public: bool,
    },
    /// Write a copy of the keys, under a passphrase of its own
    Backup {
        /// Where to; kept apart from the ledger
        file: PathBuf,
    },
    /// Put a copy of the keys beside the ledger, under the copy's passphrase; keys that are there are kept aside
    Restore {
        /// The copy
        file: PathBuf,
    },
}

/// Does what was asked with the keys of the ledger.
pub(super) fn run(context: &Context, typed: Key) -> Result<Outcome> {
    let (path, by) = (context.ledger, who(typed.by));
    // Keys come before their ledger only where a copy of them is put back.
    if !path.is_file() && !matches!(typed.job, Job::Restore { .. }) {
        let path = path.display();
        bail!(gainsay::Error::input(format!("{path}: no such ledger; `gainsay init` makes one")));
    }
    let said = match typed.job {
        Job::Show => return show(context, &manage::show(path)?),
        Job::List => return list(context, &manage::list(path)?),
        Job::Export { .. } => {
            let shown = manage::show(path)?;
            match context.format {
                Format::Table => out::say(&shown.key)?,
                _ => show_line(context, &shown)?,
            }
            return Ok(Outcome::Done);
        }
        Job::New { why } => {
            let (old, new) = manage::next(path, &by, &why)?;
            format!("{} signs from now on; {} vouches for it and is retired", new.id, old.id)
        }
        Job::Passphrase { remove: true } => {
            manage::protect(path, &by, None)?;
            "the keys are under no passphrase now: whoever reads the file has them".to_owned()
        }
        Job::Passphrase { remove: false } => {
            gainsay::keys::unlock(path, &by)?;
            manage::protect(path, &by, Some(passphrase::new("new passphrase")?))?;
            "the keys are under the new passphrase; copies are under the one they were made with".to_owned()
        }
        Job::Retire { key, why } => {
            if why.trim().is_empty() {
                bail!(gainsay::Error::input("say why it is retired, with --why"));
            }
            let (line, entry) = manage::retire(path, &by, &key, &why)?;
            format!("{} ({}) is retired by log entry {entry}", line.id, line.name)
        }
        Job::Backup { file } => {
            gainsay::keys::unlock(path, &by)?;
            let shown = manage::backup(path, &by, &file, &passphrase::new("passphrase of the copy")?)?;
            format!("wrote a copy of {} to {}; keep it apart from the ledger", shown.id, file.display())
        }
        Job::Restore { file } => {
            let Restored { shown, aside } = manage::restore(path, &file)?;
            if let Some(aside) = aside {
                out::tell(&format!("note: the keys that were there are kept as {}", aside.display()));
            }
            if path.exists() && manage::is_strange(path, &shown.key)? {
                out::tell("note: the ledger's log does not know this key; is it a copy of another ledger's?");
            }
            let under =
                if shown.sealed { "the passphrase of the copy" } else { "no passphrase, as the copy was" };
            format!("{} is beside the ledger now, under {under}", shown.id)
        }
    };
    if !context.quiet {
        out::say(&said)?;
    }
    Ok(Outcome::Done)
}

fn entry(entry: Option<u64>) -> String {
    entry.map_or_else(String::new, |entry| entry.to_string())
}

fn show(context: &Context, shown: &Shown) -> Result<Outcome> {
    if context.format != Format::Table {
        show_line(context, shown)?;
        return Ok(Outcome::Done);
    }
    let since = match (shown.added, shown.retired) {
        (None, _) => "has signed nothing in this ledger yet".to_owned(),
        (Some(added), None) => format!("known to the log since entry {added}"),
        (Some(added), Some(retired)) => {
            format!("known to the log since entry {added}, retired by entry {retired}")
        }
    };
    let under = if shown.sealed { "under a passphrase" } else { "under no passphrase" };
    out::say(&format!("{} of {}, {since}", shown.id, shown.name))?;
    out::say(&format!("public key {}", shown.key))?;
    out::say(&format!("{}, {under}", shown.file.display()))?;
    Ok(Outcome::Done)
}

fn show_line(context: &Context, shown: &Shown) -> Result<()> {
    let columns = [left("id", |shown: &Shown| shown.id.clone())];
    let fields = ["id", "key", "name", "file", "sealed", "added", "retired"];
    out::list(context.format, &columns, &fields, std::slice::from_ref(shown))
}

fn list(context: &Context, lines: &[Line]) -> Result<Outcome> {
    let columns = [
        left("id", |line: &Line| line.id.clone()),
        left("whose", |line| line.name.clone()),
        right("added", |line| line.added.to_string()),
        left("vouched for by", |line| line.vouched_by.clone().unwrap_or_else(|| "–".to_owned())),
        right("retired", |line| entry(line.retired)),
        left("why", |line| line.why.clone().unwrap_or_default()),
    ];
    let fields = ["id", "key", "name", "added", "at", "vouched_by", "retired", "why"];
    out::list(context.format, &columns, &fields, lines)?;
    Ok(Outcome::Done)
}
