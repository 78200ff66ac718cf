//! `cargo xtask torture`: runs the tests that try to break what is kept, long, and writes down their figures.
//!
//! The tests are those of `crates/gainsay-cli/tests/torture` and of the ledger's power cuts, which the suite runs short.
//! `docs/torture.md` says what each shows and what it does not.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, bail};

use self::figures::{Figures, write};

mod figures;

const USAGE: &str = "usage: cargo xtask torture [--only NAME] [--rounds N] [--minutes M] [--seed N] [--write docs/torture.md]";

/// A test: its name here, how it is found, and how many rounds are enough unless somebody says otherwise.
struct Test {
    name: &'static str,
    package: &'static str,
    target: &'static str,
    filter: &'static str,
    rounds: usize,
}

const fn test(name: &'static str, filter: &'static str, rounds: usize) -> Test {
    Test { name, package: "gainsay-cli", target: "torture", filter, rounds }
}

const TESTS: &[Test] = &[
    test("kill", "killing::killed_at_random_moments", 1000),
    test("kill-change", "killing::killed_before_a_change", 500),
    test("kill-desk", "serving::", 40),
    test("kill-encrypt", "sealing::", 100),
    test("full", "full::every_write", 1000),
    test("disk", "full::a_small_disk", 60),
    test("read-only", "full::what_may_only_be_read", 1),
    test("together", "together::", 180),
    test("clock", "clocks::", 60),
    test("bytes", "tampering::", 10_000),
    test("rows", "rows::", 1000),
    Test {
        name: "power",
        package: "gainsay-ledger",
        target: "ledger",
        filter: "powercut::while",
        rounds: 1000,
    },
];

/// What was typed.
struct Wanted {
    only: Vec<String>,
    rounds: Option<usize>,
    minutes: Option<usize>,
    seed: Option<u64>,
    page: Option<PathBuf>,
}

impl Wanted {
    fn of(args: &[String]) -> anyhow::Result<Wanted> {
        let mut wanted = Wanted { only: Vec::new(), rounds: None, minutes: None, seed: None, page: None };
        for pair in args.chunks(2) {
            let [option, value] = pair else { bail!(USAGE) };
            match option.as_str() {
                "--only" => wanted.only.extend(value.split(',').map(str::to_owned)),
                "--rounds" => wanted.rounds = Some(value.parse().context(USAGE)?),
                "--minutes" => wanted.minutes = Some(value.parse().context(USAGE)?),
                "--seed" => wanted.seed = Some(value.parse().context(USAGE)?),
                "--write" => wanted.page = Some(PathBuf::from(value)),
                _ => bail!(USAGE),
            }
        }
        for name in &wanted.only {
            if !TESTS.iter().any(|test| test.name == name) {
                let names: Vec<&str> = TESTS.iter().map(|test| test.name).collect();
                bail!("no test is called {name}; there are {}", names.join(", "));
            }
        }
        Ok(wanted)
    }
}

/// Runs the tests; `--only` names some of them, `--rounds` sets how often each tries, `--minutes` how long each may take,
/// `--write` names the page that the figures are put into.
///
/// # Errors
/// A fault that was found, or a test that cannot be run; the others run all the same, and their figures are written.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let wanted = Wanted::of(args)?;
    let told = std::env::temp_dir().join(format!("gainsay-torture-{}.jsonl", std::process::id()));
    let mut failed = Vec::new();
    let tests = TESTS
        .iter()
        .filter(|test| wanted.only.is_empty() || wanted.only.iter().any(|name| name == test.name));
    for test in tests {
        let begun = Instant::now();
        println!("{}: {}", test.name, test.filter);
        if !once(test, &wanted, &told)? {
            failed.push(test.name);
        }
        let took = begun.elapsed();
        println!("{}: {}", test.name, minutes(took));
        if let Some(page) = &wanted.page {
            let figures = Figures::read(&told, test.name, took)?;
            write(page, &figures)?;
        }
        let _ = std::fs::remove_file(&told);
    }
    if failed.is_empty() { Ok(()) } else { bail!("found wrong: {}", failed.join(", ")) }
}

/// Runs one test by cargo, in the profile of its own choosing; whether it found nothing wrong.
fn once(test: &Test, wanted: &Wanted, told: &Path) -> anyhow::Result<bool> {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.args(["test", "--quiet", "--package", test.package, "--test", test.target, "--"]);
    cargo.args([test.filter, "--nocapture", "--test-threads", "1"]);
    let rounds = wanted.rounds.unwrap_or(test.rounds).to_string();
    // The ledger's power cuts count how often each piece of work is cut.
    cargo.env("GAINSAY_TORTURE_ROUNDS", &rounds).env("GAINSAY_TORTURE", &rounds);
    cargo.env("GAINSAY_TORTURE_FIGURES", told);
    if let Some(minutes) = wanted.minutes {
        cargo.env("GAINSAY_TORTURE_MINUTES", minutes.to_string());
    }
    if let Some(seed) = wanted.seed {
        cargo.env("GAINSAY_TORTURE_SEED", seed.to_string());
    }
    let status = cargo.status().context("cargo cannot be run")?;
    Ok(status.success())
}

fn minutes(took: Duration) -> String {
    format!("{} min {} s", took.as_secs() / 60, took.as_secs() % 60)
}
