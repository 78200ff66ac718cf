//! See [`fuzz::custody::stamps`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::custody::stamps(bytes));
