//! See [`fuzz::inputs::archives`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::inputs::archives(bytes));
