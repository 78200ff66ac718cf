//! See [`fuzz::elsewhere::events`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::elsewhere::events(bytes));
