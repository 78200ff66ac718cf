//! How long a test goes on, and the figures it tells when it ends.

use std::fs::OpenOptions;
use std::io::Write;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// How many rounds of a test: so many unless `GAINSAY_TORTURE_ROUNDS` says otherwise.
pub fn rounds(short: usize) -> usize {
    number("GAINSAY_TORTURE_ROUNDS").unwrap_or(short)
}

/// Whether this is a long run.
pub fn is_long() -> bool {
    number("GAINSAY_TORTURE_ROUNDS").is_some()
}

/// Whether `GAINSAY_TORTURE_MINUTES` are over; a test then ends, and tells how far it came.
pub fn is_over() -> bool {
    static BEGUN: OnceLock<Instant> = OnceLock::new();
    let begun = BEGUN.get_or_init(Instant::now);
    let minutes = number("GAINSAY_TORTURE_MINUTES").map(|minutes| Duration::from_secs(60 * minutes as u64));
    minutes.is_some_and(|most| begun.elapsed() > most)
}

fn number(name: &str) -> Option<usize> {
    std::env::var(name).ok()?.parse().ok()
}

/// Tells the figures of a test: printed, and a line in the file that `GAINSAY_TORTURE_FIGURES` names.
pub fn tell(test: &str, figures: &[(&str, usize)]) {
    let words: Vec<String> = figures.iter().map(|(what, count)| format!("{count} {what}")).collect();
    println!("{test}: {}", words.join(", "));
    let Some(path) = std::env::var_os("GAINSAY_TORTURE_FIGURES") else { return };
    let figures: Vec<serde_json::Value> =
        figures.iter().map(|(what, count)| serde_json::json!([what, count])).collect();
    let line = serde_json::json!({"test": test, "figures": figures}).to_string() + "\n";
    let mut file = OpenOptions::new().create(true).append(true).open(path).unwrap();
    file.write_all(line.as_bytes()).unwrap();
}
