//! See [`fuzz::ledgers::answers`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::ledgers::answers(bytes));
