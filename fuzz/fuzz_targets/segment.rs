//! Any text, with any title, cut into sentences and words.
#![no_main]

use fuzz::laws;
use gainsay_read::segment::segment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (Option<&str>, &str)| {
    let (title, text) = input;
    laws::segments(text, &segment(text, title));
});
