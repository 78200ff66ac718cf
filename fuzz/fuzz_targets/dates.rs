//! Any words as a date, in a field and in a text's head.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|words: &str| {
    let line = serde_json::json!({ "text": "Shells fell.", "published": words }).to_string();
    let taken = fuzz::take(line.as_bytes());
    assert!(taken.iter().filter(|one| one.is_ok()).count() == 1, "a bad date costs no report");
    // Intake guesses no day outside what a report can be of.
    if let Some(day) = gainsay_intake::published_of(words) {
        assert!((1000..=9999).contains(&day.year()), "{day}");
    }
});
