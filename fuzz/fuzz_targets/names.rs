//! Names over any text under any tags and trees.
#![no_main]

use fuzz::layers::Made;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &str)| {
    Made::of(input.1, input.0).names();
});
