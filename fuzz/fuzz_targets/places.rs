//! See [`fuzz::lists::places`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::lists::places(bytes));
