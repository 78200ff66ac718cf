//! Measures how fast reports are read: `bench/run` sets up what it needs and calls it.
//!
//! `bench [speed] [start] [growth] [linking] [many] [ledger] [weigh [10k] [100k] [1m]] [--gainsay FILE] [--python FILE] [--reports FILE] [--out FILE]`; without
//! parts, all of them.
//!
//! `bench desk-ledger SIZE FILE` makes a ledger of that size and measures nothing; `bench desk-search FILE` searches one;
//! `bench stream GAINSAY COUNT` streams so many short reports through that program;
//! `bench desk-load GAINSAY FILE` serves one with that program to 50 readers and 5 reviewers for a minute.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Context, bail};
use gainsay_lexicon::Words;

mod cascade;
mod child;
mod clock;
mod corpus;
mod desk_ledger;
mod desk_load;
mod desk_search;
mod floor;
mod growth;
mod linking;
mod made;
mod many;
mod speed;
mod start;
mod stream;
mod table;
mod weigh;

use corpus::Corpus;

/// What was typed.
#[derive(Default)]
struct Args {
    parts: Vec<String>,
    /// Claims in the ledgers that are weighed.
    sizes: Vec<usize>,
    /// The program whose start, memory and threads are measured.
    gainsay: Option<PathBuf>,
    /// A Python that has spaCy.
    python: Option<PathBuf>,
    /// A Python that has Splink.
    splink: Option<PathBuf>,
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
                "--splink" => &mut args.splink,
                "--out" => &mut args.out,
                "10k" | "100k" | "1m" => {
                    let size = weigh::SIZES.iter().find(|(name, _)| *name == word);
                    args.sizes.extend(size.map(|(_, claims)| *claims));
                    continue;
                }
                "speed" | "start" | "growth" | "linking" | "many" | "ledger" | "load" | "weigh"
                | "weigh-once" => {
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
    let typed: Vec<String> = std::env::args().skip(1).collect();
    if let [part, size, file] = typed.as_slice()
        && part == "desk-ledger"
    {
        return desk_ledger::make(size, file.as_ref());
    }
    if let [part, file] = typed.as_slice()
        && part == "desk-search"
    {
        return desk_search::search(file.as_ref());
    }
    if let [part, gainsay, file] = typed.as_slice()
        && part == "desk-load"
    {
        return desk_load::load(gainsay.as_ref(), file.as_ref());
    }
    if let [part, gainsay, count] = typed.as_slice()
        && part == "stream"
    {
        println!("{}", stream::stream(&Corpus::examples()?, gainsay.as_ref(), count.parse()?)?);
        return Ok(());
    }
    let args = Args::parse(typed.into_iter())?;
    if args.parts == ["load"] {
        return start::load_once();
    }
    if args.parts == ["weigh-once"] {
        return weigh::once(args.sizes.first().copied().unwrap_or(weigh::SIZES[0].1));
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
    // Long reports are read on all cores; what is shown is one core's time.
    let one = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    if args.wants("speed") {
        for corpus in &corpora {
            let made = one.install(|| speed::speed(corpus, words, args.python.as_deref(), folder.path()));
            show(made?);
        }
    }
    if args.wants("start") {
        show(start::start(args.gainsay.as_deref(), folder.path())?);
    }
    if let Some(corpus) = corpora.last().filter(|_| args.wants("growth")) {
        show(one.install(|| growth::growth(corpus, words)));
    }
    if args.wants("linking") {
        linking::linking(args.splink.as_deref(), folder.path())?.into_iter().for_each(&mut show);
    }
    if let (Some(gainsay), Some(corpus)) = (&args.gainsay, corpora.last())
        && (args.wants("many") || args.wants("ledger"))
    {
        show(many::many(corpus, gainsay, args.wants("ledger"), folder.path())?);
    }
    if args.wants("weigh") {
        let all: Vec<usize> = weigh::SIZES.iter().map(|(_, claims)| *claims).collect();
        let sizes = if args.sizes.is_empty() { &all } else { &args.sizes };
        for table in weigh::weigh(sizes, folder.path())? {
            show(table);
        }
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
