//! Amounts in any text under any tags and trees.
#![no_main]

use fuzz::layers::Made;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (u64, &str)| {
    let made = Made::of(input.1, input.0);
    let times = made.times("2016-03-15".parse().ok());
    made.amounts(&times);
});
