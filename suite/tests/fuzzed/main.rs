//! The fuzz targets without a fuzzer, as tests of every machine: what is kept under `fuzz/seeds` is run through each, and
//! then some of what is made of it.
//!
//! `GAINSAY_FUZZ_INPUTS` says how many are made for each, `GAINSAY_FUZZ_SECONDS` for how long each goes on making more;
//! `GAINSAY_FUZZ_SEED` (hexadecimal digits) what is made: the same seed makes the same inputs, in the same order. An input
//! that breaks a law is written to the folder for temporary files, and its name is in the failure.

#[path = "../../../fuzz/src/lib.rs"]
#[allow(dead_code)] // Some of it is the fuzzer's alone.
mod fuzz;
mod mutant;
mod watch;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use libtest_mimic::{Arguments, Failed, Trial};

use mutant::Mutants;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let trials = fuzz::TARGETS.iter().map(|&(name, target)| {
        Trial::test(format!("fuzzed::{name}"), move || run(name, target).map_err(Failed::from))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// So many inputs are made for each target unless somebody says otherwise, however fast the machine: the suite says the
/// same everywhere.
const INPUTS: u64 = 20;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../fuzz")
}

fn number(name: &str, radix: u32, otherwise: u64) -> u64 {
    let set = std::env::var(name).ok();
    set.and_then(|set| u64::from_str_radix(set.trim(), radix).ok()).unwrap_or(otherwise)
}

/// What is kept of a target, by name.
fn kept(name: &str) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(root().join("seeds").join(name)).into_iter().flatten().flatten();
    let mut kept: Vec<(String, Vec<u8>)> = files
        .filter_map(|file| Some((file.file_name().into_string().ok()?, fs::read(file.path()).ok()?)))
        .collect();
    kept.sort();
    kept
}

fn run(name: &'static str, target: fuzz::Target) -> Result<(), String> {
    let kept = kept(name);
    if kept.is_empty() {
        return Err(format!("fuzz/seeds/{name} holds nothing: keep an input there"));
    }
    let watch = watch::Watch::over(name);
    // What a target makes once for all is no input's time.
    attempt(name, target, b"", &watch)?;
    for (file, bytes) in &kept {
        attempt(name, target, bytes, &watch).map_err(|what| format!("{file}: {what}"))?;
    }
    let seconds = Duration::from_secs(number("GAINSAY_FUZZ_SECONDS", 10, 0));
    let words = mutant::words(&root().join(if fuzz::is_pass(name) { "words.dict" } else { "formats.dict" }));
    let seeds: Vec<Vec<u8>> = kept.into_iter().map(|(_, bytes)| bytes).collect();
    let mut mutants = Mutants::of(seeds, words, number("GAINSAY_FUZZ_SEED", 16, 7), name);
    let inputs = number("GAINSAY_FUZZ_INPUTS", 10, INPUTS);
    let (start, mut made) = (Instant::now(), 0);
    while made < inputs || start.elapsed() < seconds {
        attempt(name, target, &mutants.next(), &watch)?;
        made += 1;
    }
    Ok(())
}

/// Runs one input; one that breaks a law is kept.
fn attempt(name: &str, target: fuzz::Target, bytes: &[u8], watch: &watch::Watch) -> Result<(), String> {
    let done = watch.during(bytes, || catch_unwind(AssertUnwindSafe(|| target(bytes))));
    done.map_err(|panic| {
        let said = panic.downcast_ref::<String>().cloned();
        let said = said.or_else(|| panic.downcast_ref::<&str>().map(|said| (*said).to_owned()));
        let path = watch::keep(name, bytes);
        format!("{} breaks a law: {}", path.display(), said.unwrap_or_default())
    })
}
