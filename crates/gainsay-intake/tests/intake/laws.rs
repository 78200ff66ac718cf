//! Laws that hold for any bytes: nothing panics, the same bytes give the same outcome, every outcome says something.

use proptest::prelude::*;

use super::{folder, take, take_stream};

/// Pieces that readers stumble over.
fn piece() -> impl Strategy<Value = Vec<u8>> {
    let known: Vec<&[u8]> = vec![
        b"{\"text\":\"",
        b"\"}\n",
        b"[",
        b"]",
        b"<div>",
        b"</div>",
        b"<p>",
        b"<table><tr><td>",
        b"<!--",
        b"<script>",
        b"<h1>",
        b"<article class=comment>",
        b"<time datetime=2016-01-18>",
        b"<meta charset=windows-1256>",
        b"&#x0;",
        b"<svg><p>",
        b"<select><option>",
        b"<a href=x>",
        b"<template>",
        b"</body>",
        b"<b><i></b></i>",
        b"4 June 2014",
        b"18/01/2016",
        b"(Wire) -",
        b"Published: ",
        b"\xFF\xFE",
        b"\xEF\xBB\xBF",
        b"\r\n\r\n",
        b"\0",
        "كانون الثاني ٢٠١٦".as_bytes(),
        b"Source: X",
        b" | X",
        b"\\ud800",
        b"\xE9",
        b"<br><br>",
        b"<pre>\n",
    ];
    prop_oneof![
        3 => prop::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..12),
        2 => any::<String>().prop_map(String::into_bytes),
    ]
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_taken_or_told(bytes in bytes()) {
        let files: Vec<(&str, &[u8])> =
            ["a.txt", "b.html", "c.jsonl", "d.json"].into_iter().map(|name| (name, &bytes[..])).collect();
        let folder = folder(&files);
        let first = take(&[folder.path()]);
        prop_assert_eq!(&first, &take(&[folder.path()]));
        let (taken, warnings) = first;
        for name in ["a.txt", "b.html", "c.jsonl", "d.json"] {
            let said = taken.iter().any(|intake| intake.raw_name.contains(name))
                || warnings.iter().any(|warning| warning.subject.ends_with(name));
            prop_assert!(said, "nothing said of {}", name);
        }
        for intake in &taken {
            prop_assert!(!intake.report.text.is_empty() && !intake.report.id.is_empty() && !intake.raw.is_empty());
            prop_assert!(intake.report.guessed.is_sorted());
        }
        for warning in &warnings {
            prop_assert!(!warning.message.is_empty() && !warning.message.contains('\n'));
        }
        take_stream(&bytes);
    }
}
