//! See [`fuzz::passes::attribution`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::passes::attribution(bytes));
