//! Names of the lists that stand in the text, found before anything is tagged.
//!
//! A name of several words ("Deir Ezzour Is Being Slaughtered Silently", "Islamic State") is one word to the tagger
//! and the parser, who would else read a sentence into it.

use std::ops::Range;

use gainsay_lexicon::{NameRef, Words, fold};
use gainsay_model::{Sentence, Span, TokenId};

use super::lexical::{is_abbreviation, starts_name};

/// Longest name in words.
const LONGEST: usize = 9;

/// Articles that a name may begin with as a word of its own.
const OPENING: &[&str] =
    &["Al", "El", "Ar", "Ad", "Ash", "Az", "Ez", "AL", "al", "el", "ar", "ad", "ash", "az", "ez"];

/// The runs of words that are a listed name: all of several words, and single abbreviations ("IS").
pub fn known(text: &str, sentences: &[Sentence], spans: &[Span], words: &Words) -> Vec<Range<TokenId>> {
    let keys: Vec<String> = spans.iter().map(|span| fold::key_of_part(span.of(text))).collect();
    let mut found = Vec::new();
    for sentence in sentences {
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let longest = sentence.tokens.end.min(at + LONGEST);
            let run = (at + 1..=longest).rev().find(|&end| is_known(text, spans, &keys, words, at..end));
            match run {
                Some(end) => {
                    found.push(at..end);
                    at = end;
                }
                None => at += 1,
            }
        }
    }
    found
}

fn is_known(text: &str, spans: &[Span], keys: &[String], words: &Words, run: Range<TokenId>) -> bool {
    let first = spans[run.start].of(text);
    let last = spans[run.end - 1].of(text);
    let surface = &text[spans[run.start].start..spans[run.end - 1].end];
    if !starts_name(first) && !OPENING.contains(&first) || !first.chars().any(char::is_alphanumeric) {
        return false;
    }
    let entries = words.index.by_key(&keys[run.clone()].concat());
    if run.len() == 1 {
        let capitals = |entry: &NameRef| {
            is_abbreviation(&entry.written) && entry.written.replace('.', "") == first.replace('.', "")
        };
        return first.len() > 1 && entries.iter().any(capitals);
    }
    let opens = !keys[run.start].is_empty() || OPENING.contains(&first);
    let closes =
        starts_name(last) && !keys[run.end - 1].is_empty() || last.chars().all(|c| c.is_ascii_digit());
    // A hyphenated compound ("Assad-regime") is left to the parser; so is anything over a line break.
    let plain = !surface.contains('\n') && !surface.contains(". ");
    opens && closes && plain && entries.iter().any(|entry| !is_abbreviation(&entry.written))
}
