//! What the commands on word lists have in common, and what is said of a ledger's lists.

use std::io::Write;

use anyhow::Result;
use gainsay::Words;
use gainsay::words::{self, List, Said, Source, Unadded, Where};

use super::Context;
use super::init::who;
use crate::Outcome;
use crate::args::{By, Command};
use crate::out::{self, Progress, left, right};

const FIELDS: [&str; 9] =
    ["name", "holds", "format", "rows", "names", "bytes", "licence", "origin", "sha256"];

/// What is said of a list that is added.
#[derive(Debug, clap::Args)]
pub struct About {
    /// What to call it [default: as its file]; a list of that name is replaced
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Its licence, as whoever made it gives it
    #[arg(long, value_name = "TEXT")]
    licence: Option<String>,
    /// Where it comes from
    #[arg(long, value_name = "TEXT")]
    origin: Option<String>,
    /// Who does it.
    #[command(flatten)]
    by: By,
}

impl Context<'_> {
    /// The words that reports are read with where there is no ledger.
    ///
    /// # Errors
    /// When the folder that was given holds none, or damaged ones.
    pub fn words(&self) -> Result<&'static Words> {
        Ok(match self.lists {
            Some(folder) => words::in_folder(folder)?,
            None => Words::builtin(),
        })
    }

    /// The words that a new list joins.
    pub fn joined(&self) -> Result<&'static Words> {
        Ok(match self.lists {
            Some(folder) if folder.exists() => words::in_folder(folder)?,
            Some(_) => Words::builtin(),
            None => words::of(self.ledger)?,
        })
    }

    fn place<'c>(&'c self, by: &'c str) -> Where<'c> {
        match self.lists {
            Some(folder) => Where::Folder(folder),
            None => Where::Ledger(self.ledger, by),
        }
    }
}

/// Adds a list, and says what became of it; every bad line is told.
pub fn add(context: &Context, source: &Source, about: About) -> Result<Outcome> {
    let by = who(about.by);
    let said = Said { name: about.name, licence: about.licence, origin: about.origin };
    let mut progress = Progress::new(!context.quiet, "importing");
    let shown = &mut progress;
    let mut tell = move |part: f64, bytes: u64| shown.at(Some(part), bytes / 1_000_000, "MB");
    let added = words::add(context.place(&by), source, &said, &mut tell);
    progress.done();
    let added = match added {
        Ok(added) => added,
        Err(Unadded::Failed(error)) => return Err(error.into()),
        Err(Unadded::Refused(refused)) => return Ok(bad(&refused)),
    };
    if !context.quiet {
        let List { name, rows, names, licence, origin, .. } = &added.list;
        let did = if added.replaced { "replaced" } else { "added" };
        let names = if *names > 0 { format!(", {names} names") } else { String::new() };
        out::say(&format!("{did} `{name}`: {rows} rows{names}; licence: {licence}; from: {origin}"))?;
        older(context);
    }
    Ok(Outcome::Done)
}

/// Tells every bad line.
pub fn bad(refused: &words::Refused) -> Outcome {
    for line in &refused.lines {
        out::tell(&line.to_string());
    }
    let more = refused.count - refused.lines.len() as u64;
    let more = if more > 0 { format!("and {more} more; ") } else { String::new() };
    out::tell(&format!("{more}nothing was added"));
    Outcome::BadInput
}

/// Takes a list away.
pub fn remove(context: &Context, name: &str, by: By) -> Result<Outcome> {
    let list = words::remove(context.place(&who(by)), name)?;
    if !context.quiet {
        out::say(&format!("removed `{}`: {} rows", list.name, list.rows))?;
        older(context);
    }
    Ok(Outcome::Done)
}

/// Lists the lists that hold such things.
pub fn list(context: &Context, wanted: impl Fn(&List) -> bool) -> Result<Outcome> {
    let mut lists = context.place("").lists()?;
    lists.retain(wanted);
    let columns = [
        left("name", |list: &List| list.name.clone()),
        left("holds", |list| list.holds.clone()),
        left("from", |list| list.format.clone()),
        right("rows", |list| list.rows.to_string()),
        right("names", |list| list.names.to_string()),
        right("MB", |list| format!("{:.1}", list.bytes as f64 / 1e6)),
        left("licence", |list| list.licence.clone()),
        left("origin", |list| list.origin.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &lists)?;
    Ok(Outcome::Done)
}

/// How many reports were read with other words.
fn older(context: &Context) {
    if context.lists.is_none()
        && let Ok(count @ 1..) = words::older(context.ledger)
    {
        out::tell(&format!(
            "note: {count} reports were read before the words changed; `gainsay read --again` reads them anew"
        ));
    }
}

/// Says in a line where a ledger's lists are not those that its log binds. Whatever else is wrong with the ledger the
/// command itself says.
pub fn note(context: &Context, command: &Command) {
    let without = matches!(
        command,
        Command::Extract(_)
            | Command::Code(_)
            | Command::Annotate(_)
            | Command::Init(_)
            | Command::Eval(_)
            | Command::Account(_)
            | Command::Key(_)
            | Command::Verify(_)
            | Command::Checkpoint(_)
            | Command::Stamp(_)
            | Command::Custody(_)
    );
    if context.quiet || without || !context.ledger.exists() {
        return;
    }
    if let Ok(Some(note)) = words::note(context.ledger) {
        out::tell(&format!("note: {note}"));
    }
    if matches!(command, Command::Rebuild | Command::Add(_)) {
        older(context);
    }
}

/// Prints one line.
pub fn done(context: &Context, line: &str) -> Result<Outcome> {
    if !context.quiet {
        let mut out = out::stdout();
        writeln!(out, "{}", out::plain(line))?;
        out.flush()?;
    }
    Ok(Outcome::Done)
}
