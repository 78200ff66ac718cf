//! See [`fuzz::inputs::tables`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::inputs::tables(bytes));
