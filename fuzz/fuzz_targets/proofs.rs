//! See [`fuzz::custody::proofs`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::custody::proofs(bytes));
