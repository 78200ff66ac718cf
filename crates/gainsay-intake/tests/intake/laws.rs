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
        b"<rss version='2.0'><channel><title>",
        b"<item><description>",
        b"</description></item>",
        b"<![CDATA[",
        b"]]>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>",
        b"&lt;p&gt;",
        b"window.YTD.tweets.part0 = [",
        b"{\"tweet\":{\"id_str\":\"1\",\"full_text\":\"RT @a: x",
        b"{\"name\":\"x\",\"type\":\"y\",\"messages\":[",
        b"{\"id\":1,\"text\":[{\"text\":\"",
        b"{\"data\":[{\"id\":1,\"fields\":{\"body\":\"",
        b"\"}}",
        b"18/01/2016, 09:15 - A: ",
        b"[1/18/16, 9:15:32 PM] ",
        b"\n1/2/2016, 99999999999:15 - ",
        b"id,text\n",
        b"a;\"",
        b"\",\"",
        b"\"\"",
    ];
    prop_oneof![
        3 => prop::sample::select(known).prop_map(<[u8]>::to_vec),
        1 => prop::collection::vec(any::<u8>(), 0..12),
        2 => any::<String>().prop_map(String::into_bytes),
    ]
}

/// One file for each reader.
const NAMES: [&str; 7] = ["a.txt", "b.html", "c.jsonl", "d.json", "e.xml", "f.csv", "g.js"];

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(piece(), 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes_are_taken_or_told(bytes in bytes()) {
        let files: Vec<(&str, &[u8])> =
            NAMES.into_iter().map(|name| (name, &bytes[..])).collect();
        let folder = folder(&files);
        let first = take(&[folder.path()]);
        prop_assert_eq!(&first, &take(&[folder.path()]));
        let (taken, warnings) = first;
        for name in NAMES {
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
