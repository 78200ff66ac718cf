//! Any bytes as a text or a page in any encoding, with and without a mark of byte order.
#![no_main]

use libfuzzer_sys::fuzz_target;

/// What may stand before the bytes.
const HEADS: [&[u8]; 6] = [
    b"",
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"<html><meta charset=windows-1256>",
    b"<?xml version='1.0' encoding='utf-16'?><html>",
];

fuzz_target!(|input: (u8, &[u8])| {
    let head = HEADS[usize::from(input.0) % HEADS.len()];
    fuzz::take(&[head, input.1].concat());
});
