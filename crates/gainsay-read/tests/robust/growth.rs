//! Long texts: what would be walked over and over again is walked once.
//!
//! Nothing is timed. Each text is so long that a pass that goes back over it from every word would run for many
//! minutes; one that goes over it once is done before it is noticed.

use gainsay_lexicon::Words;
use gainsay_read::joined::join;
use gainsay_read::segment::{MOST_WORDS, segment};
use gainsay_read::{names, read};

use super::layers::Made;
use super::{laws, layers};

/// Texts of one thing over and over, of about so many bytes.
fn endless(bytes: usize) -> Vec<(&'static str, String)> {
    let of = |piece: &str| piece.repeat(bytes / piece.len());
    vec![
        ("one word", of("a")),
        ("one number", of("7")),
        ("figures and stops that end in a letter", of("1.") + "1a"),
        ("figures and commas", of("1,") + "1km"),
        ("hyphens in a name", of("al-")),
        ("hyphens between numbers", of("1-")),
        ("apostrophes", of("a'")),
        ("initials", of("U.")),
        ("brackets", of("(")),
        ("quotation marks", of("\"")),
        ("quotation marks that open", of("“")),
        ("stops", of(".")),
        ("stops and quotation marks", of(".\"")),
        ("question marks apart", of("? ")),
        ("blanks", of(" ")),
        ("lines", of("\n")),
        ("abbreviations before blanks", of("Dr.      ")),
        ("mail signs", of("a@")),
        ("addresses", of("www.")),
        ("hash signs", of("#")),
        ("marks that combine", of("a\u{300}")),
        ("emoji joined", of("👩\u{200d}")),
        ("marks of direction", of("\u{202e}")),
        ("control characters", of("\u{1}")),
        ("Arabic without blanks", of("دير")),
        ("one sentence", of("and the army ")),
        ("turns", of("Q: A: ")),
        ("posts", of("x (@y) May 11, 2014 ")),
        ("dates", of("June 3, 2014 ")),
        ("number words", of("five ")),
        ("since", of("since then ")),
        ("counts", of("12 people, ")),
        ("parts", of("including 3 of them ")),
    ]
}

#[test]
fn words_and_sentences() {
    for (what, text) in endless(1_000_000) {
        let cut = segment(&text, Some("A title of some words"));
        laws::segments(&text, &cut);
        assert!(cut.sentences.iter().all(|sentence| sentence.tokens.len() <= MOST_WORDS), "{what}");
    }
}

#[test]
fn a_sentence_of_five_megabytes() {
    let text = "the army and ".repeat(5_000_000 / 13);
    let cut = segment(&text, None);
    laws::segments(&text, &cut);
    assert!(cut.sentences.len() >= cut.words.len() / MOST_WORDS);
}

#[test]
fn times_and_amounts() {
    for (_, text) in endless(200_000) {
        let made = Made::of(&text, 1);
        let times = made.times("2016-03-15".parse().ok());
        made.amounts(&times);
    }
}

#[test]
fn fifty_thousand_names() {
    let words = Words::builtin();
    for piece in ["Shells hit Homs and the city. ", "The group left the town. "] {
        let text = piece.repeat(25_000);
        let made = Made::of(&text, 1);
        let cut = &made.segments;
        let joined = join(cut, &names::known(&text, &cut.sentences, &cut.words, words));
        assert_eq!(joined.segments.sentences.len(), cut.sentences.len());
        assert!(made.names().len() >= 10_000);
    }
}

#[test]
fn a_hundred_thousand_brackets_and_quotation_marks() {
    for mark in ["(", "\"", "“"] {
        let text = format!("Shelling killed five people in Homs. {}", mark.repeat(100_000 / 3));
        let report = layers::report(&text);
        let reading = read(&report, Words::builtin());
        laws::reading(&report, &reading);
        assert!(!reading.claims.is_empty(), "{mark}");
    }
}
