//! Measures how fast reports are read: `bench/run` sets up what it needs and calls it.
//!
//! `bench [speed] [start] [growth] [many] [ledger] [--gainsay FILE] [--python FILE] [--reports FILE] [--out FILE]`; without
//! parts, all of them.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use gainsay_lexicon::Words;

mod cascade;
mod child;
mod clock;
mod corpus;
mod floor;
mod growth;
mod many;
mod speed;
mod start;
mod table;

use corpus::Corpus;

/// What was typed.
#[derive(Default)]
struct Args {
    parts: Vec<String>,
    /// The program whose start, memory and threads are measured.
    gainsay: Option<PathBuf>,
    /// A Python that has spaCy.
    python: Option<PathBuf>,
    /// Reports beside the example ones.
    reports: Option<PathBuf>,
    /// Where the tables go beside standard output.
    out: Option<PathBuf>,
}

impl Args {
    fn parse(mut typed: impl Iterator<Item = String>) -> anyhow::Result<Args> {
        let mut args = Args::default();
        while let Some(word) = typed.next() {
            let slot = match word.as_str() {
                "--gainsay" => &mut args.gainsay,
                "--python" => &mut args.python,
                "--reports" => &mut args.reports,
                "--out" => &mut args.out,
                "speed" | "start" | "growth" | "many" | "ledger" | "load" => {
                    args.parts.push(word);
                    continue;
                }
                other => bail!("unknown: {other}; see bench/README.md"),
            };
            *slot = Some(typed.next().with_context(|| format!("{word} needs a file"))?.into());
        }
        Ok(args)
    }

    fn wants(&self, part: &str) -> bool {
        self.parts.is_empty() || self.parts.iter().any(|own| own == part)
    }
}

fn main() -> anyhow::Result<()> {
    let args = Args::parse(std::env::args().skip(1))?;
    if args.parts == ["load"] {
        return start::load_once();
    }
    let words = Words::builtin();
    let mut corpora = vec![Corpus::examples()?];
    if let Some(path) = &args.reports {
        let name = path.parent().and_then(|folder| folder.file_name()).unwrap_or_default();
        corpora.push(Corpus::of(&name.to_string_lossy(), path)?);
    }
    let folder = tempfile::tempdir()?;
    let mut tables = Vec::new();
    let mut show = |table: table::Table| {
        println!("{table}");
        tables.push(table);
    };
    if args.wants("speed") {
        for corpus in &corpora {
            show(speed::speed(corpus, words, args.python.as_deref(), folder.path())?);
        }
    }
    if args.wants("start") {
        show(start::start(args.gainsay.as_deref(), folder.path())?);
    }
    if let Some(corpus) = corpora.last().filter(|_| args.wants("growth")) {
        show(growth::growth(corpus, words));
    }
    if let (Some(gainsay), Some(corpus)) = (&args.gainsay, corpora.last())
        && (args.wants("many") || args.wants("ledger"))
    {
        show(many::many(corpus, gainsay, args.wants("ledger"), folder.path())?);
    }
    if let Some(out) = &args.out {
        let mut text = String::new();
        for table in &tables {
            writeln!(text, "{table}")?;
        }
        std::fs::write(out, text).with_context(|| out.display().to_string())?;
    }
    Ok(())
}
