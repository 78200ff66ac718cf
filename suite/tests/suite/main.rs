//! Every case of the suite as a test of its own; with `SUITE_UPDATE=1` the machine's own snapshots are written anew.

mod people;
mod read;
mod same;
mod scores;
mod snapshots;
mod weigh;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    if std::env::var_os("SUITE_UPDATE").is_some_and(|value| value == "1") {
        let updated = read::update().and_then(|()| weigh::update()).and_then(|()| snapshots::update());
        if let Err(error) = updated {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    }
    let mut trials = read::trials();
    trials.extend(weigh::trials());
    trials.extend(people::trials());
    trials.extend(scores::trials());
    trials.extend(same::trials());
    trials.extend(snapshots::trials());
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// A test that fails with what a function says is wrong.
fn trial(name: impl Into<String>, run: impl FnOnce() -> Result<(), String> + Send + 'static) -> Trial {
    Trial::test(name, move || run().map_err(Failed::from))
}
