//! `gainsay custody`: how reports came into the ledger, and what binds them since.

use std::io::{self, Write};

use anyhow::{Result, bail};
use gainsay::custody::{self, Custody};

use super::Context;
use crate::Outcome;
use crate::args::Format;
use crate::out::{self, plain};

/// Of which reports.
#[derive(Debug, clap::Args)]
pub struct Reports {
    /// Ids of reports
    #[arg(required = true, value_name = "REPORT")]
    pub reports: Vec<String>,
}

/// Shows the custody of each report as text, or as one JSON object a line.
pub(super) fn run(context: &Context, typed: &Reports) -> Result<Outcome> {
    let mut out = out::stdout();
    for (number, id) in typed.reports.iter().enumerate() {
        let found = custody::of_report(context.ledger, id)?;
        match context.format {
            Format::Jsonl => out::line(&mut out, &found)?,
            Format::Csv => bail!(gainsay::Error::input(
                "`custody` has no rows to give as CSV; use --format table or jsonl"
            )),
            Format::Table => {
                if number > 0 {
                    writeln!(out)?;
                }
                text(&mut out, &found)?;
            }
        }
    }
    out.flush()?;
    Ok(Outcome::Done)
}

fn text(out: &mut impl Write, found: &Custody) -> io::Result<()> {
    writeln!(out, "report {}", plain(&found.report))?;
    let guessed = |name: &str| if found.guessed.iter().any(|one| one == name) { " (guessed)" } else { "" };
    let mut field = |name: &str, value: String| -> io::Result<()> {
        if value.is_empty() { Ok(()) } else { writeln!(out, "  {name:12} {}", plain(&value)) }
    };
    let told = |name: &str, value: &Option<String>| {
        value.as_ref().map(|value| format!("{value}{}", guessed(name))).unwrap_or_default()
    };
    field("title", told("title", &found.title))?;
    field("outlet", told("publisher", &found.publisher))?;
    field("published", told("published", &found.published))?;
    field("address", told("url", &found.url))?;
    field("collector", found.collector.clone())?;
    field("tool", found.tool.clone())?;
    field("added", found.added.clone())?;
    field("file", format!("{}, {} bytes", found.file, found.bytes))?;
    field("bytes", format!("SHA-256 {}", found.raw_sha256))?;
    field("text", format!("SHA-256 {}", found.text_sha256))?;
    if let Some(fetched) = &found.fetched {
        field("fetched", format!("{} at {}, status {}", fetched.asked, fetched.at, fetched.status))?;
        if fetched.url != fetched.asked {
            field("found at", fetched.url.clone())?;
        }
        for (name, value) in &fetched.headers {
            field("header", format!("{name}: {value}"))?;
        }
    }
    for lay in &found.beside {
        field("beside", format!("{}, {} bytes, SHA-256 {}: {}", lay.name, lay.bytes, lay.sha256, lay.told))?;
    }
    field("log entry", format!("{}, hash {}", found.entry, found.hash))?;
    field("signed by", found.signed_by.clone().unwrap_or_else(|| "nobody".to_owned()))?;
    field("checkpoint", found.checkpoint.clone())
}
