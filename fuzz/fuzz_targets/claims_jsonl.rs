//! See [`fuzz::elsewhere::claims_jsonl`].
#![no_main]

libfuzzer_sys::fuzz_target!(init: fuzz::quiet(), |bytes: &[u8]| fuzz::elsewhere::claims_jsonl(bytes));
