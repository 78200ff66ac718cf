//! Nasty texts through the whole cascade, and through each pass over made-up layers.

use gainsay_lexicon::Words;
use gainsay_model::{Report, Span};
use gainsay_read::joined::join;
use gainsay_read::parse::{ParseModel, parse};
use gainsay_read::segment::{segment, sentence_words};
use gainsay_read::tag::{TagModel, tag};
use gainsay_read::{code, names, read};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use super::{laws, layers, nasty};

/// Reads a text by the whole cascade and holds the reading to the laws.
fn check(text: &str) {
    let report = layers::report(text);
    let reading = read(&report, Words::builtin());
    laws::reading(&report, &reading);
    assert_eq!(code::code(&report, &reading, Words::builtin()).id, report.id);
}

proptest! {
    // The same texts on every run; new ones are for the fuzz targets to find.
    #![proptest_config(ProptestConfig {
        cases: 120,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(2016),
        ..ProptestConfig::default()
    })]

    #[test]
    fn any_text_is_read_by_the_laws(text in nasty::text()) {
        check(&text);
    }

    #[test]
    fn any_tree_is_read_by_the_laws(text in nasty::text(), seed in any::<u64>()) {
        layers::check(&text, seed);
    }

    #[test]
    fn any_text_is_cut_by_the_laws(text in nasty::text(), title in nasty::text()) {
        let cut = segment(&text, Some(&title));
        laws::segments(&text, &cut);
        let whole = Span::new(0, text.len());
        let words = sentence_words(&text, whole);
        prop_assert!(words.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn any_text_is_tagged_and_parsed_by_the_laws(text in nasty::text()) {
        let words = Words::builtin();
        let cut = segment(&text, None);
        let known = names::known(&text, &cut.sentences, &cut.words, words);
        prop_assert!(known.windows(2).all(|pair| pair[0].end <= pair[1].start));
        let merged = join(&cut, &known);
        laws::segments(&text, &merged.segments);
        let mut tags = tag(&text, &merged.segments, TagModel::builtin());
        prop_assert_eq!(tags.len(), merged.segments.words.len());
        merged.mark(&text, &mut tags);
        let arcs = parse(&text, &merged.segments, &tags, ParseModel::builtin());
        let heads: Vec<Option<usize>> = arcs.iter().map(|(head, _)| *head).collect();
        laws::heads(&merged.segments.sentences, &heads);
        laws::projective(&merged.segments.sentences, &heads);
        let tokens = merged.split(&text, &cut, tags, arcs);
        laws::tokens(&text, &cut.sentences, &cut.words, &tokens);
    }

    #[test]
    fn a_text_gives_the_same_reading_each_time(text in nasty::text()) {
        let report = layers::report(&text);
        let [one, two] = [(), ()].map(|()| format!("{:?}", read(&report, Words::builtin())));
        prop_assert_eq!(one, two);
    }
}

#[test]
fn single_pieces_of_rubbish() {
    for text in [
        "",
        " ",
        "\0",
        "\u{feff}",
        "\u{202e}\u{202d}",
        ".",
        "\"",
        "'",
        "-",
        "–",
        "(",
        "#",
        "@",
        "0",
        "a",
        "a.",
        "A:",
        "Q:",
        "\n\n\n",
        "\r",
        "\u{300}",
        "e\u{301}\u{301}\u{301}",
        "👩‍👩‍👧‍👦",
        "دير الزور",
        "since",
        "killed",
        "said",
        "12",
        "June",
        "the city",
        "they",
    ] {
        check(text);
        layers::check(text, 7);
    }
}

#[test]
fn a_source_alone_says_nothing() {
    for text in
        ["According to SANA.", "— SANA\n\nShells fell in Homs. More fell in Hama.", "SANA:\n\nShells fell."]
    {
        check(text);
    }
    let report = layers::report("According to SANA");
    assert!(read(&report, Words::builtin()).attributions.is_empty());
}

#[test]
fn numbers_of_hundreds_of_digits_are_no_amounts() {
    let digits = "7".repeat(400);
    let grouped = format!("1{}", ",000".repeat(100));
    for number in [digits.as_str(), &grouped, &format!("{digits}.{digits}"), &format!("-{digits}")] {
        let report = layers::report(&format!("Shelling killed {number} people in Homs on Monday."));
        let reading = read(&report, Words::builtin());
        laws::reading(&report, &reading);
        for amount in &reading.amounts {
            assert!(amount.high.is_none_or(|high| high < u64::MAX), "{number}: {amount:?}");
        }
    }
}

#[test]
fn dates_at_the_ends_of_the_calendar() {
    for day in ["-009999-01-01", "0001-01-01", "9999-12-31"] {
        let text = "Yesterday, tomorrow, last week, next year, 10,000 years ago, in 99999 days, since 1 January 9999, \
                    10 days before 1 January 0001, the year 9999, five thousand centuries ago, 9999-12-31 23:59.";
        let report = Report { published: day.parse().ok(), ..layers::report(text) };
        assert!(report.published.is_some());
        laws::reading(&report, &read(&report, Words::builtin()));
    }
}
