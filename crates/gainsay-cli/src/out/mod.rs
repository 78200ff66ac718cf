//! What goes out: lists as tables, JSON lines or CSV on standard output; notes and progress on standard error.

mod csv;
mod notes;
mod progress;
mod shown;
mod table;

use std::io::{self, BufWriter, IsTerminal, Stdout, StdoutLock, Write};

use gainsay::model::Warning;
use serde::Serialize;

use crate::Outcome;
use crate::args::Format;

pub use notes::Notes;
pub use progress::{Progress, steps};
pub use shown::{Shown, plain};
pub use table::{Column, left, right};

/// Standard output, buffered; a terminal is not steered by what is written.
pub fn stdout() -> BufWriter<Shown<StdoutLock<'static>>> {
    let out = io::stdout().lock();
    let terminal = out.is_terminal();
    BufWriter::with_capacity(1 << 16, Shown::new(out, terminal))
}

/// The same, for whoever writes from several threads.
pub fn shared_stdout() -> BufWriter<Shown<Stdout>> {
    let out = io::stdout();
    let terminal = out.is_terminal();
    BufWriter::new(Shown::new(out, terminal))
}

/// Prints a list. `fields` are those of the contract, in its order.
///
/// # Errors
/// When nobody reads any more, or the disk is full.
pub fn list<T: Serialize>(
    format: Format,
    columns: &[Column<T>],
    fields: &[&str],
    rows: &[T],
) -> anyhow::Result<()> {
    let mut out = stdout();
    match format {
        Format::Table => table::write(&mut out, columns, rows, width())?,
        Format::Jsonl => rows.iter().try_for_each(|row| line(&mut out, row))?,
        Format::Csv => csv::write(&mut out, fields, rows)?,
    }
    out.flush()?;
    Ok(())
}

/// One JSON object and a line feed.
///
/// # Errors
/// When nobody reads any more, or the disk is full.
pub fn line(out: &mut impl Write, value: &impl Serialize) -> anyhow::Result<()> {
    let line = shown::escaped(&serde_json::to_string(value)?);
    out.write_all(line.as_bytes())?;
    out.write_all(b"\n")?;
    Ok(())
}

/// The columns of the terminal; none where output goes elsewhere, so that nothing is cut.
fn width() -> Option<usize> {
    if !io::stdout().is_terminal() {
        return None;
    }
    Some(usize::from(console::Term::stdout().size().1))
}

/// Lists what could not be read, on standard error; says how the program is to end.
pub fn bad(warnings: &[Warning]) -> Outcome {
    warnings.iter().for_each(|warning| tell(&warning.to_string()));
    if warnings.is_empty() { Outcome::Done } else { Outcome::BadInput }
}

/// One line on standard error, whoever may or may not read it.
pub fn tell(what: &str) {
    let _ = writeln!(io::stderr(), "gainsay: {}", plain(what));
}

/// One line on standard output.
///
/// # Errors
/// When nobody reads any more, or the disk is full.
pub fn say(what: &str) -> io::Result<()> {
    let mut out = io::stdout();
    writeln!(out, "{}", plain(what))?;
    out.flush()
}
