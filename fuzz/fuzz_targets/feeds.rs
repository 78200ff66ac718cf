//! See [`fuzz::inputs::feeds`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::inputs::feeds(bytes));
