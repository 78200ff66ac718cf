//! How long it takes until the first report is read: lists and models are loaded when first used.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Context;
use gainsay_lexicon::Words;
use gainsay_read::{parse::ParseModel, tag::TagModel};

use crate::child;
use crate::clock::{best_and_median, cpu};
use crate::corpus::Corpus;
use crate::table::Table;

/// How many times a program is started.
const STARTS: usize = 15;

/// What is loaded, in the order it is needed.
const LOADED: [&str; 4] = ["word lists", "tagger", "parser", "one short report, all loaded"];

/// Loads everything and reads the shortest example report; prints the nanoseconds of each step. To be run in a
/// process of its own.
///
/// # Errors
/// When the example reports are not there.
pub fn load_once() -> anyhow::Result<()> {
    let corpus = Corpus::examples()?;
    let report = corpus.reports.iter().min_by_key(|report| report.text.len()).context("a report")?;
    let steps: [&dyn Fn(); 4] = [
        &|| _ = std::hint::black_box(Words::builtin()),
        &|| _ = std::hint::black_box(TagModel::builtin()),
        &|| _ = std::hint::black_box(ParseModel::builtin()),
        &|| _ = std::hint::black_box(gainsay_read::read(report, Words::builtin())),
    ];
    for step in steps {
        let start = cpu();
        step();
        println!("{}", (cpu() - start).as_nanos());
    }
    Ok(())
}

/// Time of each step of loading, and of the program `gainsay` from start to end over one short report.
///
/// # Errors
/// When a program does not start.
pub fn start(gainsay: Option<&Path>, folder: &Path) -> anyhow::Result<Table> {
    let own = std::env::current_exe()?;
    let out = folder.join("out");
    let mut steps: Vec<Vec<Duration>> = vec![Vec::new(); LOADED.len()];
    for _ in 0..STARTS {
        child::run(Command::new(&own).arg("load"), &out)?;
        for (line, times) in std::fs::read_to_string(&out)?.lines().zip(&mut steps) {
            times.push(Duration::from_nanos(line.parse()?));
        }
    }
    let mut table = Table::new("Start", &["what", "ms best", "ms median"]);
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1e3);
    let mut row = |name: &str, times: &[Duration]| {
        let (best, middle) = best_and_median(times);
        table.row([name.to_owned(), ms(best), ms(middle)]);
    };
    for (name, times) in LOADED.iter().zip(&steps) {
        row(name, times);
    }
    let loads: Vec<Duration> =
        (0..STARTS).map(|n| steps.iter().filter_map(|times| times.get(n)).sum()).collect();
    row("all of it (processor time)", &loads);
    if let Some(gainsay) = gainsay {
        let corpus = Corpus::examples()?;
        let report = corpus.reports.iter().min_by_key(|report| report.text.len()).context("a report")?;
        let file = folder.join("short.txt");
        std::fs::write(&file, &report.text)?;
        let mut walls = Vec::new();
        for _ in 0..STARTS {
            let took = child::run(Command::new(gainsay).args(["extract", "--quiet"]).arg(&file), &out)?;
            walls.push(took.wall);
        }
        row("`gainsay extract` of it (from start to end)", &walls);
    }
    Ok(table)
}
