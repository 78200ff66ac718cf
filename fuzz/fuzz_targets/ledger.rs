//! See [`fuzz::ledgers::ledger`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::ledgers::ledger(bytes));
