//! Megabytes a second: the whole cascade, each pass, and the floor beside them in the same rounds.

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use gainsay_lexicon::Words;

use crate::cascade::{Laps, PASSES, cascade};
use crate::clock::{best_and_median, cpu, rate};
use crate::corpus::Corpus;
use crate::floor::Floor;
use crate::table::Table;

/// How many times all is measured; the best and the middle round are shown.
const ROUNDS: usize = 9;

/// The least text that a round reads, in bytes: a small corpus is read several times over.
const ROUND_BYTES: usize = 400_000;

/// Measures one corpus; without `python` there is no floor.
///
/// # Errors
/// When the floor does not start, or ends.
pub fn speed(corpus: &Corpus, words: &Words, python: Option<&Path>, folder: &Path) -> anyhow::Result<Table> {
    let mut floor = match python {
        Some(python) => Some(Floor::start(python, corpus, words, folder)?),
        None => None,
    };
    let again = ROUND_BYTES.div_ceil(corpus.bytes().max(1));
    let bytes = corpus.bytes() * again;
    let (mut whole, mut laps, mut floors) = (Vec::new(), Vec::new(), Vec::new());
    // One round more, which only warms up.
    for round in 0..=ROUNDS {
        let start = cpu();
        for _ in 0..again {
            for report in &corpus.reports {
                black_box(gainsay_read::read(report, words));
            }
        }
        let time = cpu() - start;
        let mut lap = Laps::default();
        for _ in 0..again {
            for report in &corpus.reports {
                black_box(cascade(report, words, &mut lap));
            }
        }
        let under = floor.as_mut().map(|floor| floor.read(again)).transpose()?;
        if round > 0 {
            whole.push(time);
            laps.push(lap);
            floors.extend(under);
        }
    }
    let megabytes = corpus.bytes() as f64 / 1e6;
    let title = format!("Speed over {}: {} reports, {megabytes:.3} MB", corpus.name, corpus.reports.len());
    let mut table = Table::new(&title, &["what", "MB/s best", "MB/s median", "time", "of the floor"]);
    let (best, middle) = best_and_median(&whole);
    let under = (!floors.is_empty()).then(|| best_and_median(&floors));
    let ratio = |best: Duration, middle: Duration| match under {
        Some((least, usual)) => {
            let times = |floor: Duration, own: Duration| floor.as_secs_f64() / own.as_secs_f64().max(1e-9);
            format!("{:.2} (best), {:.2} (median)", times(least, best), times(usual, middle))
        }
        None => "–".to_owned(),
    };
    let row = |name: String, best: Duration, middle: Duration, share: String, ratio: String| {
        let [fast, usual] = [best, middle].map(|time| format!("{:.2}", rate(bytes, time)));
        [name, fast, usual, share, ratio]
    };
    table.row(row("the whole cascade".into(), best, middle, "100 %".into(), ratio(best, middle)));
    let sums: Vec<Duration> = laps.iter().map(|lap| lap.iter().sum()).collect();
    let (_, sum) = best_and_median(&sums);
    for (at, name) in PASSES.iter().enumerate() {
        let own: Vec<Duration> = laps.iter().map(|lap| lap[at]).collect();
        let (best, middle) = best_and_median(&own);
        let share = format!("{:.0} %", 100.0 * middle.as_secs_f64() / sum.as_secs_f64().max(1e-9));
        table.row(row(format!("`{name}`"), best, middle, share, String::new()));
    }
    if let (Some(floor), Some((best, middle))) = (&floor, under) {
        let name = format!("floor: spaCy {}", floor.version);
        table.row(row(name, best, middle, String::new(), "1".into()));
    }
    Ok(table)
}
