//! How long a made-up ledger takes to weigh, in how much memory, and how near to its truth the answers come.
//!
//! Each size runs in a process of its own, so that its peak of memory is its own.

mod asks;
mod truth;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::Context;
use gainsay_lexicon::Words;
use gainsay_weigh::{Corpus, weigh_watched};

use crate::child;
use crate::clock;
use crate::made::{Made, World};
use crate::table::Table;

/// What can be asked for, in claims.
pub const SIZES: [(&str, usize); 3] = [("10k", 10_000), ("100k", 100_000), ("1m", 1_000_000)];
/// The seed of the ledgers.
pub const SEED: u64 = 4;

/// Weighs a ledger of each size; a line a figure, a column a size.
///
/// # Errors
/// When a size cannot be run to its end.
pub fn weigh(sizes: &[usize], folder: &Path) -> anyhow::Result<Vec<Table>> {
    let mut rows: Vec<String> = Vec::new();
    let mut cells: BTreeMap<(String, usize), String> = BTreeMap::new();
    for &size in sizes {
        let name = SIZES.iter().find(|(_, claims)| *claims == size).map_or("10k", |(name, _)| name);
        let out = folder.join(format!("weigh-{name}"));
        let took = child::run(Command::new(std::env::current_exe()?).args(["weigh-once", name]), &out)?;
        let text = std::fs::read_to_string(&out)?;
        let memory = format!("most memory, all told (MB)\t{}", took.peak / 1_000_000);
        for line in text.lines().chain([memory.as_str()]) {
            let (what, figure) = line.split_once('\t').context("a line without a figure")?;
            if !rows.iter().any(|row| row == what) {
                rows.push(what.to_string());
            }
            cells.insert((what.to_string(), size), figure.to_string());
        }
    }
    let mut table = Table::new("weighing a made-up ledger", &["", "10k", "100k", "1m"]);
    for row in rows {
        let cell = |size: usize| cells.get(&(row.clone(), size)).cloned().unwrap_or_default();
        let [few, some, many] = SIZES.map(|(_, claims)| cell(claims));
        table.row([row, few, some, many]);
    }
    Ok(vec![table])
}

/// Makes a ledger of so many claims, weighs it, and prints what it took, a figure a line.
///
/// # Errors
/// When the lists of words cannot be used.
pub fn once(claims: usize) -> anyhow::Result<()> {
    let words = Words::builtin();
    let mut world = World::new(words, SEED);
    let (mut heads, mut all, mut book) =
        (Vec::new(), Vec::with_capacity(claims + 100), truth::Book::default());
    while all.len() < claims {
        let Made { head, claims, truth: true_of, copy_of, .. } = world.report();
        book.note(&head, &claims, true_of, copy_of);
        heads.push(head);
        all.extend(claims);
    }
    println!("reports\t{}", heads.len());
    println!("claims\t{}", all.len());
    let truth = truth::Truths::new(&world, book, &all);
    println!("memory of the claims alone (MB)\t{}", peak());
    let corpus = Corpus::new(&heads, &all, words);
    let (start, mut last) = (Took::so_far(), Took::so_far());
    let weighed = weigh_watched(&corpus, &mut |pass| {
        println!("{pass}{UNIT}\t{}", last.since());
        eprintln!("{pass} {} s, {} MB", last.since(), peak());
        last = Took::so_far();
    });
    println!("weighed{UNIT}\t{}", start.since());
    println!("memory after weighing (MB)\t{}", peak());
    println!("events\t{}", weighed.events.len());
    println!("offers\t{}", weighed.offers.len());
    println!("disputes and revisions\t{}", weighed.disputes.len());
    println!("sources\t{}", weighed.sources.len());
    asks::asks(&weighed, words);
    truth.score(&weighed);
    Ok(())
}

/// Time on the wall and on all processors.
struct Took(Instant, Duration);

/// What is shown of it.
const UNIT: &str = ": wall / processor (s)";

impl Took {
    fn so_far() -> Took {
        Took(Instant::now(), clock::process())
    }

    fn since(&self) -> String {
        let work = clock::process() - self.1;
        format!("{:.2} / {:.2}", self.0.elapsed().as_secs_f64(), work.as_secs_f64())
    }
}

/// The most memory this process has held (MB); 0 where the system does not tell.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes: Option<u64> = line.and_then(|line| line.trim().strip_suffix("kB")?.trim().parse().ok());
    kibibytes.unwrap_or(0) * 1024 / 1_000_000
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Everything that weighing gives of a made-up ledger, to the byte.
    fn weighed(heads: &[gainsay_weigh::ReportHead], claims: &[gainsay_model::Claim]) -> String {
        let weighed = gainsay_weigh::weigh(&Corpus::new(heads, claims, Words::builtin()));
        let found = (&weighed.events, &weighed.disputes, &weighed.sources, &weighed.offers);
        format!("{found:?} {:?} {:?} {:?}", weighed.misquotes, weighed.roots, weighed.event_of)
    }

    #[test]
    fn threads_and_the_order_of_reports_change_nothing() {
        let mut world = World::new(Words::builtin(), 11);
        let (mut heads, mut claims) = (Vec::new(), Vec::new());
        for _ in 0..250 {
            let made = world.report();
            heads.push(made.head);
            claims.extend(made.claims);
        }
        let before = weighed(&heads, &claims);
        for threads in [1, 2, 7] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert_eq!(before, pool.install(|| weighed(&heads, &claims)), "{threads} threads");
        }
        heads.reverse();
        claims.reverse();
        assert_eq!(before, weighed(&heads, &claims));
    }
}
