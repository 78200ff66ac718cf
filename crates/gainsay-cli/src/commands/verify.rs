//! `gainsay verify`: checks every hash, the chain of the log, signatures, time stamps, and all that is derived.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use gainsay::custody::{Asked, FaultLine, Form, Means, Statement, state};

use super::Context;
use crate::Outcome;
use crate::args::Format;
use crate::out;

/// What to check beyond the ledger, and where to write what was found.
#[derive(Debug, Default, clap::Args)]
pub struct Verify {
    /// Where to write a statement of what was checked and found; .html, .md, .txt or .json
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// A published note: is this the ledger it speaks of, unchanged up to there
    #[arg(long = "checkpoint", value_name = "FILE")]
    pub notes: Vec<PathBuf>,
    /// A key that you trust, by its id or in full; every other must be vouched for by one
    #[arg(long, value_name = "KEY")]
    pub trust: Vec<String>,
    /// Certificates that are trusted (PEM or DER), for time stamps
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// A block of Bitcoin that you looked up, to hold proofs to it
    #[arg(long = "block", value_name = "HEIGHT:MERKLEROOT")]
    pub blocks: Vec<String>,
}

/// Nothing that is given to be checked against is larger, in bytes.
const MOST_BYTES: u64 = 4 << 20;

/// Lists what is wrong, one fault a line; where nothing is, says what was checked.
pub(super) fn run(context: &Context, typed: &Verify) -> Result<Outcome> {
    let form = typed.output.as_deref().map(form).transpose()?;
    let ca = typed.ca.as_deref().map(small).transpose()?;
    let asked = Asked {
        notes: typed.notes.iter().map(|path| note(path)).collect::<Result<_>>()?,
        trust: typed.trust.clone(),
        means: Means::new(ca.as_deref(), &typed.blocks)?,
    };
    let found = state(context.ledger, &asked)?;
    if let Some((path, form)) = typed.output.as_deref().zip(form) {
        gainsay::whole::write(path, found.write(form))?;
    }
    let mut out = out::stdout();
    for fault in &found.faults {
        match context.format {
            Format::Table | Format::Csv => writeln!(out, "{}", out::plain(&fault.to_string()))?,
            Format::Jsonl => {
                let FaultLine { table, row, what, since, covered } = fault;
                out::line(
                    &mut out,
                    &serde_json::json!({
                        "table": table, "row": row, "what": what, "since": since, "covered": covered,
                    }),
                )?;
            }
        }
    }
    if !context.quiet && context.format != Format::Jsonl {
        people(&mut out, &found)?;
        if let Some(path) = &typed.output {
            writeln!(out, "wrote {}", path.display())?;
        }
    }
    out.flush()?;
    Ok(if found.is_sound() { Outcome::Done } else { Outcome::Wrong })
}

/// What there is to know beside the faults.
fn people(out: &mut impl Write, found: &Statement) -> Result<()> {
    if found.is_sound() {
        let (reports, claims) = (found.reports, found.claims);
        writeln!(out, "sound: {reports} reports, {claims} claims")?;
        if let Some(head) = &found.head {
            writeln!(out, "the log ends with entry {}, {head}", found.entries)?;
        }
        if found.stale {
            writeln!(
                out,
                "reports were added, or words changed, that are not weighed yet; `gainsay rebuild` does so"
            )?;
        }
    }
    for note in found.notes.iter().chain(&found.remarks) {
        writeln!(out, "{}", out::plain(note))?;
    }
    Ok(())
}

/// The form that a file's name asks for.
fn form(path: &Path) -> Result<Form> {
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    match Form::of(extension) {
        Some(form) => Ok(form),
        None => bail!(gainsay::Error::input(format!(
            "{}: a statement is written as .html, .md, .txt or .json; name it so",
            path.display()
        ))),
    }
}

fn note(path: &Path) -> Result<(String, String)> {
    let file = path.display().to_string();
    let Ok(text) = String::from_utf8(small(path)?) else {
        bail!(gainsay::Error::input(format!("{file}: no checkpoint note: it is no text")));
    };
    Ok((file, text))
}

/// The bytes of a file that is given to check something against.
///
/// # Errors
/// When it cannot be read, or is larger than any such file.
pub(super) fn small(path: &Path) -> Result<Vec<u8>> {
    let shown = path.display();
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        bail!(gainsay::Error::input(format!("{shown}: cannot be read ({error})")));
    }
    if bytes.len() as u64 > MOST_BYTES {
        bail!(gainsay::Error::input(format!("{shown}: larger than any such file")));
    }
    Ok(bytes)
}
