//! One person: "a child", "an old man", "one of the commanders".
//!
//! "a" counts only before the nouns that the number words list as persons; otherwise every "a" would be an amount.

use gainsay_lexicon::numbers::NumberWords;
use gainsay_model::reading::{Token, Upos};

use crate::times::atoms::{Words, tokens_of};
use crate::times::numeral;

use super::exclude;
use super::find::{Found, NO_AMOUNT};

/// "a child", "an old man", "another civilian".
pub(super) fn single(words: &Words, tokens: &[Token], i: usize, table: &NumberWords) -> Option<Found> {
    if !matches!(words.at(i), "a" | "an" | "another") || words.is_dash(i + 1) || is_inside_word(words, i) {
        return None;
    }
    let mut at = i + 1;
    let noun = loop {
        if at > i + 3 || !words.is_word(at) || is_function_word(words.at(at)) {
            return None;
        }
        // "a rebel commander": the last noun of the phrase is the person.
        if table.is_single(words.at(at)) && !noun_follows(words, tokens, at + 1) {
            break at;
        }
        at += 1;
        if words.is_dash(at) && words.glued(at) && words.glued(at + 1) {
            at += 2;
        }
    };
    let is_possessive =
        matches!(words.at(noun + 1), "'" | "’") && words.glued(noun + 1) && words.at(noun + 2) == "s";
    if is_possessive || says(words, noun + 1) {
        return None;
    }
    let mut found = Found::new((i, noun + 1), 1, 1, "amounts.single");
    // The count is in the article; what is counted comes behind it.
    found.noun = Some(noun);
    found.after = i + 1;
    found.end = i + 1;
    Some(found)
}

/// Whether the word at `i` is a piece of another: "al-a…", "vitamin-a".
fn is_inside_word(words: &Words, i: usize) -> bool {
    words.glued(i) && !matches!(words.back(i, 1), "\"" | "“" | "‘" | "'" | "(" | "[" | "—" | ",")
}

/// "a doctor said": somebody who speaks is not counted.
fn says(words: &Words, i: usize) -> bool {
    matches!(
        words.at(i),
        "said" | "says" | "told" | "added" | "reported" | "explained" | "confirmed" | "claimed"
    )
}

/// Whether the word at `i` goes on a compound noun: "a civilian council".
fn noun_follows(words: &Words, tokens: &[Token], i: usize) -> bool {
    if words.is_dash(i) && words.glued(i) {
        return true;
    }
    if !words.is_word(i) {
        return false;
    }
    let tag = tokens_of(tokens, words.span(i, i + 1)).next().map(|id| tokens[id].upos);
    match tag {
        Some(Upos::X) | None => {
            let word = words.at(i);
            !is_function_word(word)
                && !word.ends_with("ed")
                && !word.ends_with("ing")
                && !is_irregular_past(word)
        }
        Some(tag) => matches!(tag, Upos::Noun | Upos::Propn) && !is_function_word(words.at(i)),
    }
}

fn is_irregular_past(word: &str) -> bool {
    matches!(
        word,
        "died"
            | "lost"
            | "fell"
            | "hit"
            | "shot"
            | "came"
            | "went"
            | "got"
            | "took"
            | "fled"
            | "dead"
            | "also"
    )
}

/// Words that end a noun phrase.
pub(super) fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "of" | "in"
            | "on"
            | "at"
            | "for"
            | "the"
            | "and"
            | "or"
            | "but"
            | "to"
            | "with"
            | "without"
            | "by"
            | "from"
            | "as"
            | "into"
            | "near"
            | "who"
            | "whom"
            | "which"
            | "that"
            | "when"
            | "while"
            | "where"
            | "after"
            | "before"
            | "since"
            | "during"
            | "was"
            | "were"
            | "is"
            | "are"
            | "be"
            | "been"
            | "has"
            | "have"
            | "had"
            | "will"
            | "would"
            | "could"
            | "may"
            | "might"
            | "can"
            | "should"
            | "must"
            | "than"
            | "including"
            | "among"
            | "between"
            | "inside"
            | "outside"
            | "under"
            | "over"
            | "against"
            | "across"
            | "along"
            | "amid"
            | "because"
            | "if"
            | "not"
            | "a"
            | "an"
            | "his"
            | "her"
            | "their"
            | "its"
            | "this"
            | "these"
            | "those"
            | "all"
            | "most"
            | "mostly"
            | "some"
            | "both"
            | "via"
            | "through"
            | "around"
            | "toward"
            | "towards"
            | "per"
            | "it"
            | "he"
            | "she"
            | "they"
            | "said"
            | "says"
            | "also"
            | "there"
            | "then"
            | "now"
            | "so"
            | "yet"
            | "did"
            | "does"
            | "do"
            | "off"
            | "out"
            | "up"
            | "down"
            | "like"
            | "until"
            | "despite"
            | "behind"
            | "about"
    )
}

/// "one woman", "one of the commanders", "one missile"; not "one another", "no one", "one day".
pub(super) fn one(words: &Words, tokens: &[Token], i: usize, table: &NumberWords) -> Option<Found> {
    if words.at(i) != "one" {
        return None;
    }
    let number = numeral::number(words, i)?;
    if number.value != 1 {
        return None;
    }
    let before = words.back(i, 1);
    let after = words.at(i + 1);
    let is_pronoun = matches!(
        before,
        "the"
            | "this"
            | "that"
            | "no"
            | "any"
            | "every"
            | "each"
            | "which"
            | "another"
            | "other"
            | "last"
            | "first"
            | "some"
            | "new"
            | "big"
            | "only"
            | "as"
    ) || matches!(
        after,
        "another"
            | "day"
            | "side"
            | "hand"
            | "time"
            | "thing"
            | "way"
            | "step"
            | "point"
            | "can"
            | "could"
            | "must"
            | "should"
            | "such"
    );
    if exclude::is_no_count(words, i, &number, table) {
        return Some(Found::new((i, i + 1), 0, 0, NO_AMOUNT));
    }
    let known = (i + 1..i + 4).take_while(|at| words.is_word(*at)).any(|at| table.is_single(words.at(at)));
    let tag = tokens_of(tokens, words.span(i + 1, i + 2)).next().map(|id| tokens[id].upos);
    let is_noun = match tag {
        Some(Upos::X) | None => words.is_word(i + 1) && !is_function_word(after),
        Some(tag) => matches!(tag, Upos::Noun | Upos::Propn | Upos::Adj),
    };
    let counts = known || matches!(after, "more" | "other" | "of") || is_noun;
    if (is_pronoun && !known) || !counts {
        return Some(Found::new((i, i + 1), 0, 0, NO_AMOUNT));
    }
    Some(Found::new((i, i + 1), 1, 1, "amounts.number"))
}
