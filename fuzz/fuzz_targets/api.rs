//! See [`fuzz::desk::api`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::desk::api(bytes));
