//! See [`fuzz::weighing::weigh`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::weighing::weigh(bytes));
