//! See [`fuzz::passes::segment`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::passes::segment(bytes));
