//! Any text through the whole cascade, and its coded row.
#![no_main]

use fuzz::{laws, layers};
use gainsay_lexicon::Words;
use gainsay_read::{code, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let words = Words::builtin();
    let report = layers::report(text);
    let reading = read(&report, words);
    laws::reading(&report, &reading);
    assert_eq!(code::code(&report, &reading, words).id, report.id);
});
