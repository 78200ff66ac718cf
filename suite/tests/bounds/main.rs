//! What one report may cost, in time and memory, whatever is in it: `docs/bounds.md` states the bounds.
//!
//! Each input is read in a process of its own, which tells its processor time and the most memory it had. Processor time
//! is stretched less by other programs than the clock; built without optimisation the program gets twelve times as much.

mod inputs;

use std::process::{Command, ExitCode};

use gainsay::extract::extract;
use gainsay::{Input, Words};
use libtest_mimic::{Arguments, Failed, Trial};

use inputs::{ALL, Bound};

/// In a process of its own: the file to read.
const FILE: &str = "GAINSAY_BOUNDS_FILE";

fn main() -> ExitCode {
    if let Some(file) = std::env::var_os(FILE) {
        println!("{}", read(file.into()));
        return ExitCode::SUCCESS;
    }
    let mut arguments = Arguments::from_args();
    // One after another: two that fill the memory are one too many.
    arguments.test_threads = Some(1);
    let trials = ALL.iter().map(|bound| {
        Trial::test(format!("bounds::{}", bound.name), || check(bound).map_err(Failed::from))
            .with_ignored_flag(!cfg!(target_os = "linux"))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit_code()
}

/// Reads a file as `gainsay extract` does: reports, claims, warnings, seconds, MiB.
fn read(file: std::path::PathBuf) -> String {
    let (mut reports, mut claims, mut warnings) = (0, 0, Vec::new());
    let notes = extract(&[Input::Path(file)], Words::builtin(), |one| {
        match one {
            Ok(read) => {
                reports += 1;
                claims += read.reading.claims.len();
            }
            Err(warning) => warnings.push(warning.message),
        }
        std::ops::ControlFlow::Continue(())
    });
    warnings.extend(notes.into_iter().map(|note| note.message));
    let (seconds, mebibytes) = spent();
    format!("{reports}\t{claims}\t{seconds:.2}\t{mebibytes}\t{}", warnings.join("; "))
}

/// Seconds on processors and the most MiB of memory so far (proc(5): `stat`, fields 14 and 15, in hundredths; `VmHWM`).
fn spent() -> (f64, u64) {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
    let ticks: f64 =
        behind.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let most = most.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    (ticks / 100.0, most.unwrap_or_default() / 1024)
}

fn check(bound: &Bound) -> Result<(), String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let file = folder.path().join(bound.file);
    std::fs::write(&file, (bound.make)()).map_err(|error| error.to_string())?;
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let done = Command::new(program).env(FILE, &file).output().map_err(|error| error.to_string())?;
    let told = String::from_utf8_lossy(&done.stdout);
    let cells: Vec<&str> = told.trim_end_matches('\n').splitn(5, '\t').collect();
    let [reports, claims, seconds, mebibytes, said] = cells[..] else {
        return Err(format!("{}: {told} {}", done.status, String::from_utf8_lossy(&done.stderr)));
    };
    println!("{}: {reports} reports, {claims} claims, {seconds} s, {mebibytes} MiB {said:.200}", bound.name);
    let slower = if cfg!(debug_assertions) { 12.0 } else { 1.0 };
    let took: f64 = seconds.parse().map_err(|_| told.to_string())?;
    if took > bound.seconds * slower {
        return Err(format!("{took} s, where {} s are the bound", bound.seconds * slower));
    }
    if mebibytes.parse::<u64>().is_ok_and(|most| most > bound.mebibytes) {
        return Err(format!("{mebibytes} MiB, where {} MiB are the bound", bound.mebibytes));
    }
    // Read, or said why not: nothing is dropped without a word.
    match bound.said {
        None if reports == "0" => Err(format!("no report: {said}")),
        Some(words) if !said.contains(words) => Err(format!("nothing said of {words:?}: {said}")),
        _ => Ok(()),
    }
}
