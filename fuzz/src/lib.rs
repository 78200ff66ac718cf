//! What the fuzz targets share: the laws that the tests of `gainsay-read` hold the passes to, and those of intake.

#[path = "../../crates/gainsay-read/tests/robust/laws.rs"]
pub mod laws;
#[path = "../../crates/gainsay-read/tests/robust/layers.rs"]
pub mod layers;

use gainsay_intake::{Fetched, Input, Intake, take_in_from};
use gainsay_model::{Report, Warning};

/// Takes bytes in as standard input does and holds the outcome to its laws: the same bytes give the same outcome, a
/// report has an id, a text and the bytes it came as, and a refusal says why.
pub fn take(bytes: &[u8]) -> Vec<Result<Intake, Warning>> {
    held(&Input::Stdin, bytes)
}

/// As [`take`], as a file of that name is taken in.
pub fn take_named(name: &str, bytes: &[u8]) -> Vec<Result<Intake, Warning>> {
    let file = Fetched { name: name.to_owned(), bytes: bytes.to_vec(), ..Fetched::default() };
    held(&Input::Fetched(Box::new(file)), &[])
}

fn held(input: &Input, bytes: &[u8]) -> Vec<Result<Intake, Warning>> {
    let once = || {
        let mut taken = Vec::new();
        take_in_from(std::slice::from_ref(input), &mut &bytes[..], |one| taken.push(one));
        taken
    };
    let taken = once();
    assert_eq!(taken, once());
    for one in &taken {
        match one {
            Ok(Intake { report, raw, raw_name, .. }) => {
                assert!(!report.id.trim().is_empty() && !report.text.trim().is_empty());
                assert!(!raw.is_empty() && !raw_name.is_empty());
                assert!(report.guessed.is_sorted());
                round_trip(report);
            }
            Err(warning) => assert!(!warning.message.trim().is_empty() && !warning.subject.is_empty()),
        }
    }
    taken
}

/// A report written as JSON and read again is the same report.
fn round_trip(report: &Report) {
    let line = serde_json::to_string(report).expect("a report is JSON");
    assert_eq!(*report, serde_json::from_str(&line).expect("it is read again"));
}
