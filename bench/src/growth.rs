//! How time grows with the length of a text, pass by pass: twice the text, twice the time.

use std::time::Duration;

use gainsay_lexicon::Words;
use gainsay_model::Report;

use crate::cascade::{Laps, PASSES, cascade};
use crate::corpus::Corpus;
use crate::table::Table;

/// Bytes of the shorter text; the longer has [`TIMES`] as many.
const SHORT: usize = 100_000;

/// How much longer the longer text is.
const TIMES: usize = 4;

/// Shorter times than this say nothing, in milliseconds.
const LEAST: f64 = 20.0;

/// Pieces that make a text when said over and over; each sets off some pass.
const PIECES: &[(&str, &str)] = &[
    ("a name, the city", "Shells hit Homs and the city. "),
    ("names", "Abu Yusuf al-Karami, Umm Hisham, Tell Marun, Qasr Bulbul, "),
    ("pronouns", "They hit it and their group left the town. "),
    ("deaths", "Airstrikes killed 12 people in Raqqa on Monday, activists said. "),
    ("deaths in one paragraph of lines", "Airstrikes killed 12 people in Raqqa on Monday.\n"),
    ("parts", "Shelling killed 20 people, including 3 children and 2 women. "),
    ("sayings in sayings", "he said that she said that they said that "),
    ("according to", "according to SANA "),
    ("unverified", "This could not be confirmed. "),
    ("quotations", "“Shells fell,” he said. "),
    ("colons", "He said:\n\nShells fell.\n\n"),
    ("an interview", "Q: Who shelled it? A: The army shelled it. "),
    ("posts", "Shells fell.\n— Name (@name) May 11, 2014\n"),
    ("clashes", "Clashes between the army and rebels in Homs and Hama and Idlib. "),
    ("both sides", "The two sides clashed in both towns. "),
    ("dates", "since June 3, 2014, when it fell, "),
    ("brackets", "(("),
    ("quotation marks", "\" “ "),
    ("no blanks", "killed12peopleinHoms"),
    ("hyphens", "al-and-"),
];

/// Time of each pass at two lengths, and the power of the length that it grows with.
pub fn growth(corpus: &Corpus, words: &Words) -> Table {
    let title = format!("Growth from {} to {} kB", SHORT / 1000, SHORT * TIMES / 1000);
    let mut table =
        Table::new(&title, &["text", "whole, s", "power", "passes that grow faster than their text"]);
    let all: Vec<&str> = corpus.reports.iter().map(|report| report.text.as_str()).collect();
    let texts = std::iter::once(("reports in one", all.join("\n\n")))
        .chain(PIECES.iter().map(|(name, piece)| (*name, piece.repeat(SHORT.div_ceil(piece.len())))));
    for (name, text) in texts {
        let long = text.repeat((SHORT * TIMES).div_ceil(text.len()));
        let cut = |bytes: usize| {
            let end = (0..=bytes.min(long.len())).rev().find(|at| long.is_char_boundary(*at));
            laps(&long[..end.unwrap_or_default()], words)
        };
        let (short, long) = (cut(SHORT), cut(SHORT * TIMES));
        let power = |short: Duration, long: Duration| {
            (long.as_secs_f64() / short.as_secs_f64().max(1e-9)).ln() / (TIMES as f64).ln()
        };
        let sum = |laps: &Laps| laps.iter().sum::<Duration>();
        let steep = PASSES.iter().zip(short.iter().zip(&long)).filter_map(|(pass, (short, long))| {
            let (power, ms) = (power(*short, *long), long.as_secs_f64() * 1e3);
            (power > 1.3 && ms > LEAST).then(|| format!("`{pass}` {power:.1} ({ms:.0} ms)"))
        });
        table.row([
            name.to_owned(),
            format!("{:.2}", sum(&long).as_secs_f64()),
            format!("{:.1}", power(sum(&short), sum(&long))),
            steep.collect::<Vec<_>>().join(", "),
        ]);
    }
    table
}

fn laps(text: &str, words: &Words) -> Laps {
    let report = Report {
        id: "long".to_owned(),
        text: text.to_owned(),
        published: "2016-03-15".parse().ok(),
        publisher: None,
        author: None,
        title: None,
        url: None,
        language: Some("en".to_owned()),
        guessed: Vec::new(),
    };
    let mut laps = Laps::default();
    std::hint::black_box(cascade(&report, words, &mut laps));
    laps
}
