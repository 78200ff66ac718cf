//! `cargo xtask train translit --names DIR`: learns what letters stand for which, from pairs of spellings.
//!
//! The folder holds `pairs`, `queries` and `gazetteer` as JSON lines, with gold; see DATA.md. `--cross` learns five
//! times, each time without the names of one fifth, and prints how those are told apart and found; without it the
//! weights go to `--out DIR`. The same files give the same weights.

mod data;
mod grow;
mod learner;
mod measure;
mod seed;
mod write;

use std::path::PathBuf;

use anyhow::Context;
use data::{Data, FOLDS};
use learner::Learner;

/// Where the weights go unless `--out` says otherwise, seen from the root of the workspace.
const OUT: &str = "crates/gainsay-lexicon/data/translit";

/// Learns and writes, or learns crosswise and measures.
///
/// # Errors
/// A file that cannot be read or written.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let value = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let folder = PathBuf::from(value("--names").context("no spellings given: --names DIR")?);
    let data = Data::read(&folder)?;
    if !args.iter().any(|arg| arg == "--cross") {
        let learner = learn(&data, None)?;
        println!("seen, not held back:\n{}", measure::figures(&[measure::measure(&learner, &data, None)]));
        return write::write(&learner, &PathBuf::from(value("--out").map_or(OUT, String::as_str)));
    }
    let data = &data;
    let found: anyhow::Result<Vec<_>> = std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS)
            .map(|fold| {
                scope.spawn(move || anyhow::Ok(measure::measure(&learn(data, Some(fold))?, data, Some(fold))))
            })
            .collect();
        let joined = |fold: std::thread::ScopedJoinHandle<'_, anyhow::Result<_>>| {
            fold.join().map_err(|_| anyhow::anyhow!("a fold's training broke off"))?
        };
        folds.into_iter().map(joined).collect()
    });
    println!("{}", measure::figures(&found?));
    Ok(())
}

/// Learns from all but one fold.
fn learn(data: &Data, without: Option<usize>) -> anyhow::Result<Learner> {
    let mut learner = Learner::seeded()?;
    learner.learn(data, without);
    Ok(learner)
}
