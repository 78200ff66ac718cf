//! See [`fuzz::custody::notes`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::custody::notes(bytes));
