//! Claims of any text under any tags and trees, over all layers before them.
#![no_main]

use fuzz::layers;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &str)| layers::check(input.1, input.0));
