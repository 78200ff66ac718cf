//! Linking beside Splink: the same names of made reports, whose truth is known, told apart and put together by both.
//!
//! The names are those of the word lists. Half of the spellings of each entry, and a twelfth of the entries, are
//! taken out of the lists before they are asked for, so that what is found was not listed; a part is misspelled or
//! romanised by other habits, and a part are names that several places bear, told apart only by their report.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::{Context, ensure};
use gainsay_lexicon::{NameIndex, Words};
use gainsay_weigh::{Corpus, Names, links};

use crate::table::Table;

mod made;
mod score;

use made::Made;
use score::{Figures, pairwise};

/// How many reports are made; each names three to five.
const REPORTS: usize = 13_000;

/// The reports whose figures are shown. Points of linking were chosen on others (seeds 1 to 3), with other spellings
/// taken out.
const SEED: u64 = 7;

/// How often our part, which is short, is measured; Splink's, which is long, once.
const ROUNDS: usize = 3;

/// Links the names of made reports; beside it Splink does, where `python` has it.
///
/// # Errors
/// When Splink fails.
pub fn linking(python: Option<&Path>, folder: &Path) -> anyhow::Result<Vec<Table>> {
    let made = Made::new(Words::builtin(), REPORTS, SEED);
    let n = made.mentions.len();
    let mut table = Table::new(
        &format!("linking {n} mentions of {} entities", made.entities()),
        &["what", "pairwise F1", "precision", "recall", "seconds"],
    );
    let row = |table: &mut Table, name: &str, figures: &Figures, seconds: f64| {
        let share = |share: f64| format!("{share:.3}");
        let (f1, precision, recall) =
            (share(figures.f1()), share(figures.precision()), share(figures.recall()));
        table.row([name.to_owned(), f1, precision, recall, format!("{seconds:.2}")]);
    };
    let (ours, seconds) = ours(&made);
    row(&mut table, "gainsay, with the index of the lists", &pairwise(&made.truth(), &ours), seconds);
    if let Some(python) = python {
        let (best, theirs, seconds) = splink(&made, python, folder)?;
        row(&mut table, &best, &theirs, seconds);
    }
    let mut kinds = Table::new(
        "by how they are written",
        &["how", "mentions", "linked right", "to another", "kept apart"],
    );
    for (how, right, wrong, apart) in made.by_kind(&ours) {
        let all = right + wrong + apart;
        let share = |n: usize| format!("{:.3}", n as f64 / all.max(1) as f64);
        kinds.row([how.to_owned(), all.to_string(), share(right), share(wrong), share(apart)]);
    }
    Ok(vec![table, kinds])
}

/// The id that linking gives to each mention, and the seconds that it took, the index of names with it: the middle of
/// [`ROUNDS`].
fn ours(made: &Made) -> (Vec<String>, f64) {
    let mut rounds = Vec::new();
    let mut answers = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let index = NameIndex::of(&made.lexicon, &made.gazetteer);
        let names = Names { lexicon: &made.lexicon, gazetteer: &made.gazetteer, index: &index };
        let all = links(&Corpus::new(&[], &made.claims, names));
        rounds.push(start.elapsed().as_secs_f64());
        answers = made.answers(&all);
    }
    rounds.sort_by(f64::total_cmp);
    (answers, rounds[ROUNDS / 2])
}

/// Splink's clusters at the threshold that suits it best, and the seconds that it took to read, train and predict.
fn splink(made: &Made, python: &Path, folder: &Path) -> anyhow::Result<(String, Figures, f64)> {
    let (input, output) = (folder.join("names.jsonl"), folder.join("clusters.jsonl"));
    std::fs::write(&input, made.records()?)?;
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("linking.py");
    let ran = Command::new(python).arg(script).args([&input, &output]).output();
    let ran = ran.with_context(|| format!("starting {}", python.display()))?;
    ensure!(ran.status.success(), "Splink failed: {}", String::from_utf8_lossy(&ran.stderr));
    let truth = made.truth();
    let mut best: Option<(String, Figures, f64)> = None;
    for line in std::fs::read_to_string(&output)?.lines() {
        let run: serde_json::Value = serde_json::from_str(line)?;
        let clusters: Vec<String> = serde_json::from_value(run["clusters"].clone())?;
        ensure!(clusters.len() == truth.len(), "Splink left out names");
        let figures = pairwise(&truth, &clusters);
        if best.as_ref().is_none_or(|(_, best, _)| figures.f1() > best.f1()) {
            let name = format!("{}, {} at {}", run["version"], run["way"], run["threshold"]).replace('"', "");
            best = Some((name, figures, run["seconds"].as_f64().unwrap_or_default()));
        }
    }
    best.context("Splink gave nothing")
}
