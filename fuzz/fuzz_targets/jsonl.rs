//! Any bytes as JSON lines of reports, and any fields of a report.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Option<[&str; 4]>, &[u8])| {
    match input {
        (Some([text, published, title, language]), rest) => {
            let line = serde_json::json!({
                "text": text, "published": published, "title": title, "language": language
            });
            fuzz::take(&[line.to_string().as_bytes(), b"\n", rest].concat());
        }
        (None, bytes) => drop(fuzz::take(&[b"{", bytes].concat())),
    }
});
