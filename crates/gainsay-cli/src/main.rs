//! gainsay on the command line: reads reports of a conflict, keeps a ledger of claims, answers from it.
//!
//! `main` parses what was typed, runs one command, and prints the chain of what went wrong. It exits with 0 when the
//! work is done, 1 when something was checked and found wrong, 2 on bad usage or bad input.

mod args;
mod job;
mod passphrase;

mod commands;
mod out;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;

/// What became of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Done.
    Done,
    /// Something was checked and is not as it should be.
    Wrong,
    /// Some of the input was no good; the rest is done.
    BadInput,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> ExitCode {
        match outcome {
            Outcome::Done => ExitCode::SUCCESS,
            Outcome::Wrong => ExitCode::from(1),
            Outcome::BadInput => ExitCode::from(2),
        }
    }
}

fn main() -> ExitCode {
    // The message of a fault may hold words of the report that brought it out: only its place is told.
    std::panic::set_hook(Box::new(|fault| out::tell(&fault_at(fault.location()))));
    let args = args::Args::parse();
    match commands::run(args) {
        Ok(outcome) => outcome.into(),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let chain: Vec<String> = error.chain().map(ToString::to_string).collect();
            // A bare error of the system's is of what we write to: every other file is named.
            let bare = error.is::<std::io::Error>() || error.is::<serde_json::Error>();
            let place = if bare { "standard output: " } else { "" };
            out::tell(&format!("{place}{}", chain.join(": ")));
            let wrong = error.downcast_ref::<gainsay::Error>().is_some_and(gainsay::Error::is_wrong);
            if wrong { Outcome::Wrong.into() } else { Outcome::BadInput.into() }
        }
    }
}

/// What is said of a fault of the program itself.
fn fault_at(place: Option<&std::panic::Location>) -> String {
    let place = place.map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
    format!(
        "this is a fault of gainsay{place}; please report it with its place, its version and what was typed"
    )
}

/// Whoever read our output has had enough of it: no fault of ours.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let pipe = |error: &(dyn Error + 'static)| {
        let io = error.downcast_ref::<std::io::Error>().map(std::io::Error::kind);
        let json = error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        io.or(json) == Some(std::io::ErrorKind::BrokenPipe)
    };
    error.chain().any(pipe)
}
