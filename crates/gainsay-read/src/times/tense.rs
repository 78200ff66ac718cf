//! Whether an event lies before or after the report, read from the verb nearest to its date.
//!
//! "arrived on Tuesday" is the Tuesday before, "will arrive on Tuesday" the one after. Words are enough for most of
//! it; where the tagger has set the verbs' tags, they decide about verbs that no list knows.

use gainsay_model::reading::{Token, Xpos};

use super::atoms::{Words, tokens_of};

/// Where an event lies, as seen from the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Before it, and a verb says so.
    Past,
    /// After it, and a verb says so.
    Future,
    /// No verb says so; most often before it.
    Unknown,
}

/// How many words away a verb may stand.
const REACH: usize = 12;

/// The tense of what atoms `from..to` date: the nearest verb before them, else the nearest after them.
pub(super) fn of(words: &Words, tokens: &[Token], from: usize, to: usize) -> Tense {
    if words.back(from, 1) == "since" {
        return Tense::Past;
    }
    let before = (words.lo.max(from.saturating_sub(REACH))..from).rev();
    for i in before {
        match verb(words, tokens, i) {
            Tense::Unknown => {}
            tense => return tense,
        }
    }
    for i in to..words.hi.min(to + REACH) {
        match verb(words, tokens, i) {
            Tense::Unknown => {}
            tense => return tense,
        }
    }
    Tense::Unknown
}

/// The tense that one word shows.
fn verb(words: &Words, tokens: &[Token], i: usize) -> Tense {
    let word = words.at(i);
    match word {
        "will" | "ll" | "shall" | "would" | "upcoming" | "forthcoming" => return Tense::Future,
        "scheduled" | "due" | "set" | "expected" | "planned" | "slated"
            if words.at(i + 1) == "to" || words.at(i + 1) == "for" =>
        {
            return Tense::Future;
        }
        "to" if words.at(i + 1) == "be" || opens_future(words.back(i, 1)) => return Tense::Future,
        _ => {}
    }
    if !words.is_word(i) {
        return Tense::Unknown;
    }
    let token = tokens_of(tokens, words.span(i, i + 1)).next().map(|id| &tokens[id]);
    match token.map(|token| token.xpos) {
        Some(Xpos::Vbd) => Tense::Past,
        Some(Xpos::Vbn) if !follows_future(words, i) => Tense::Past,
        Some(Xpos::Xx) | None if is_past_form(word) && !follows_future(words, i) => Tense::Past,
        _ => Tense::Unknown,
    }
}

/// Words before "to" that put what follows after the report: "expected to begin", "plans to meet".
fn opens_future(word: &str) -> bool {
    matches!(
        word,
        "set"
            | "due"
            | "expected"
            | "scheduled"
            | "planned"
            | "plans"
            | "plan"
            | "going"
            | "about"
            | "hopes"
            | "hope"
            | "intends"
            | "vowed"
            | "ready"
            | "agreed"
            | "promised"
            | "prepares"
            | "slated"
    )
}

/// Whether "will", "will be" or "to be" stands right before: "will be delivered", "to be held".
fn follows_future(words: &Words, i: usize) -> bool {
    (1..=4).any(|back| {
        i.checked_sub(back).is_some_and(|at| matches!(words.at(at), "will" | "shall" | "ll" | "would"))
    }) || (words.back(i, 1) == "be" && words.back(i, 2) == "to")
}

/// Whether a word looks like a past form, for text without tags.
fn is_past_form(word: &str) -> bool {
    (word.len() > 4 && word.ends_with("ed"))
        || matches!(
            word,
            "said"
                | "told"
                | "took"
                | "was"
                | "were"
                | "had"
                | "began"
                | "hit"
                | "led"
                | "fled"
                | "left"
                | "made"
                | "held"
                | "shot"
                | "won"
                | "lost"
                | "came"
                | "went"
                | "saw"
                | "struck"
                | "fell"
                | "broke"
                | "met"
                | "died"
                | "blew"
                | "drove"
                | "gave"
                | "got"
                | "rose"
                | "sent"
                | "stood"
                | "withdrew"
                | "been"
                | "did"
        )
}
