//! One report to claims: the cascade of passes.
//!
//! Every pass is a pure function from the layers before it to one new layer; it never changes a layer it was
//! given, never fails on bad text, and knows no report but this one.

use gainsay_lexicon::Words;
use gainsay_model::{Reading, Report, TokenId, Warning};

pub mod tree;
pub mod segment;
pub mod tag;
pub mod parse;
pub mod names;
pub mod times;
pub mod amounts;
pub mod attribution;
pub mod claims;
pub mod code;
pub mod joined;

mod language;
mod many;
#[cfg(test)]
mod testing;

pub use claims::READER;

/// Reads one report: all layers, and warnings about what could not be read.
pub fn read(report: &Report, words: &Words) -> Reading {
    let text = report.text.as_str();
    if let Some(message) = language::unread(report) {
        let warning = Warning { subject: report.id.clone(), line: None, message };
        return Reading { warnings: vec![warning], ..Reading::default() };
    }
    // Sentences and words; headline, questions, posts and page furniture told apart.
    let mut segments = segment::segment(text, report.title.as_deref());
    let warnings = cut(report, &mut segments).into_iter().collect();
    // Listed names of several words, each one word to the tagger and the parser.
    let known = names::known(text, &segments.sentences, &segments.words, words);
    let merged = joined::join(&segments, &known);
    // Parts of speech and lemmas.
    let mut tags = tag::tag(text, &merged.segments, tag::TagModel::builtin());
    merged.mark(text, &mut tags);
    // Dependency trees.
    let arcs = parse::parse(text, &merged.segments, &tags, parse::ParseModel::builtin());
    let tokens = merged.split(text, &segments, tags, arcs);
    let sentences = segments.sentences;
    // Who and what the words name, and whom "they" and "the city" stand for.
    let names = names::names(text, &sentences, &tokens, words);
    // Days that expressions of time mean, against the report's date.
    let times = times::times(text, &sentences, &tokens, report.published);
    // Numbers with their bounds, what they count, and which are parts of which.
    let amounts = amounts::amounts(text, &sentences, &tokens, &times, &words.numbers);
    // Who says what, and how firmly.
    let attributions = attribution::attribution(text, &sentences, &tokens, &names, words);
    // Who is said to have done what to whom, where, when, how many, and how sure.
    let layers = claims::Layers {
        report,
        sentences: &sentences,
        tokens: &tokens,
        names: &names,
        times: &times,
        amounts: &amounts,
        attributions: &attributions,
    };
    let claims = claims::claims(&layers, words);
    // Weapons, what carries them, and nationalities: shown among the names, and in no claim.
    let names = names::with_things(text, &sentences, &tokens, names, words);
    Reading { sentences, tokens, names, times, amounts, attributions, claims, warnings }
}

/// How many words and marks of a report are read. Five megabytes of prose have fewer; time and memory grow with their
/// number, so this bounds both.
pub const MOST_WORDS: usize = 1_000_000;

/// Leaves out what comes after the last sentence within [`MOST_WORDS`], and says so.
fn cut(report: &Report, segments: &mut segment::Segments) -> Option<Warning> {
    if segments.words.len() <= MOST_WORDS {
        return None;
    }
    let whole = segments.sentences.partition_point(|sentence| sentence.tokens.end <= MOST_WORDS);
    segments.sentences.truncate(whole);
    let last = segments.sentences.last();
    segments.words.truncate(last.map_or(0, |sentence| sentence.tokens.end));
    let read = last.map_or(0, |sentence| sentence.span.end);
    let message = format!(
        "has more than {MOST_WORDS} words: what comes after the first {read} bytes of its text was not read; part it"
    );
    Some(Warning { subject: report.id.clone(), line: None, message })
}

/// The token of a run that the tree hangs the others from.
pub(crate) fn times_head(tree: &tree::Tree, tokens: &std::ops::Range<TokenId>) -> TokenId {
    let outside = |&id: &TokenId| tree.head(id).is_none_or(|head| !tokens.contains(&head));
    tokens.clone().find(outside).unwrap_or(tokens.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_read_of_a_long_report_is_said() {
        let report = |times: usize| testing::report("2016-03-15", &"Shells fell. ".repeat(times));
        let short = report(MOST_WORDS / 3);
        let mut segments = segment::segment(&short.text, None);
        assert_eq!(cut(&short, &mut segments), None);
        let long = report(MOST_WORDS / 3 + 7);
        segments = segment::segment(&long.text, None);
        let warning = cut(&long, &mut segments).unwrap();
        assert_eq!(segments.words.len(), MOST_WORDS / 3 * 3);
        assert_eq!(segments.sentences.len(), MOST_WORDS / 3);
        assert!(warning.message.contains("after the first 4333328 bytes"), "{warning}");
    }
}
