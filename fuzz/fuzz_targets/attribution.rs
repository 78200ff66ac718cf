//! Attributions in any text under any tags and trees.
#![no_main]

use fuzz::layers::Made;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &str)| {
    let made = Made::of(input.1, input.0);
    made.attributions(&made.names());
});
