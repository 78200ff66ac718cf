//! Which amounts are parts of which: "73 people, 43 of them rebels", "11 civilians including 3 children".

use gainsay_model::reading::{Token, Upos};

use crate::times::atoms::{Words, tokens_of};

use super::find::Found;
use super::single::is_function_word;

/// How many amounts back a total is looked for.
const MEMORY: usize = 12;

/// How far a list of parts may run from one amount to the next.
const REACH: usize = 14;

/// For each amount of a sentence, the index of the total it is a part of. `earlier` is the last total of the sentence
/// before, as an index and its greatest value, for "12 of them" and "the victims included".
pub(super) fn parts(
    words: &Words,
    tokens: &[Token],
    found: &[Found],
    earlier: Option<(usize, u64)>,
    first: usize,
) -> Vec<Option<usize>> {
    let mut part_of: Vec<Option<usize>> = vec![None; found.len()];
    for k in 0..found.len() {
        let one = &found[k];
        let total = |part_of: &[Option<usize>]| {
            (0..k)
                .rev()
                .take(MEMORY)
                .find(|j| part_of[*j].is_none() && fits(one, &found[*j]))
                .map(|j| j + first)
        };
        let before_sentence =
            || earlier.filter(|(_, most)| one.low.unwrap_or(0) <= *most).map(|(index, _)| index);
        if opens_parts(words, one.start) {
            part_of[k] = nearest(words, found, k, first).or_else(|| total(&part_of)).or_else(before_sentence);
        } else if of_them(words, one) {
            part_of[k] = total(&part_of).or_else(before_sentence);
        } else if among_them(words, one) {
            part_of[k] = total(&part_of);
        } else if let Some(whole) = k.checked_sub(1).and_then(|j| part_of[j].map(|whole| (j, whole)))
            && goes_on(words, tokens, &found[whole.0], one)
        {
            part_of[k] = Some(whole.1).filter(|whole| *whole < first || fits(one, &found[*whole - first]));
        }
        // "five children among eight dead", "six civilians … were among at least 22 people killed".
        if words.back(one.start, 1) == "among"
            && let Some(j) =
                (0..k).rev().take(MEMORY).find(|j| part_of[*j].is_none() && fits(&found[*j], one))
            && one.start - found[j].end <= REACH
            && part_of[k].is_none()
        {
            part_of[j] = Some(k + first);
        }
    }
    part_of
}

/// Whether one amount can be a part of another.
fn fits(part: &Found, whole: &Found) -> bool {
    let least = part.low.or(part.high).unwrap_or(0);
    whole.high.is_none_or(|most| least <= most)
        && !(whole.high.is_none() && whole.low.is_some_and(|low| least > low * 4))
}

/// "including 3 children", "among them two women", "of whom 12".
fn opens_parts(words: &Words, start: usize) -> bool {
    let at = |back: usize| start.checked_sub(back).map_or("", |i| words.at(i));
    matches!(at(1), "including" | "included" | "includes" | "include")
        || matches!(at(2), "among" | "amongst") && matches!(at(1), "them" | "whom")
        || at(2) == "of" && matches!(at(1), "whom" | "them" | "which")
        || at(2) == "including" && matches!(at(1), "the" | "also")
}

/// The amount right before "including", where it stands in the same clause.
fn nearest(words: &Words, found: &[Found], k: usize, first: usize) -> Option<usize> {
    let j = k.checked_sub(1)?;
    let between = found[j].end..found[k].start;
    let is_close = between.len() <= REACH && !between.clone().any(|at| ends_clause(words.at(at)));
    (is_close && fits(&found[k], &found[j]) && words.at(found[k].start - 1) != "included")
        .then_some(j + first)
}

/// "43 of them", "12 of whom", "50 of the dead".
fn of_them(words: &Words, one: &Found) -> bool {
    let of = one.after;
    words.at(of) == "of"
        && (matches!(words.at(of + 1), "them" | "whom" | "which")
            || matches!(words.at(of + 1), "the" | "those")
                && matches!(
                    words.at(of + 2),
                    "dead" | "victims" | "killed" | "wounded" | "injured" | "casualties" | "fatalities"
                ))
}

/// "a woman among them".
fn among_them(words: &Words, one: &Found) -> bool {
    let from = one.after;
    (from + 1..from + 4)
        .any(|at| words.are(at, &["among", "them"]) && crate::times::numeral::number(words, at + 2).is_none())
        && !(from..from + 4)
            .take_while(|at| words.at(*at) != "among")
            .any(|at| is_function_word(words.at(at)))
}

/// Whether a list of parts goes on from one amount to the next: nouns, commas and "and" between them, no verb.
fn goes_on(words: &Words, tokens: &[Token], last: &Found, one: &Found) -> bool {
    if one.start <= last.end || one.start - last.end > REACH {
        return false;
    }
    let between = last.end..one.start;
    if between.clone().any(|at| ends_clause(words.at(at)) || matches!(words.at(at), "." | ";" | ":")) {
        return false;
    }
    let before = between.rev().find(|at| words.is_word(*at) && words.at(*at) != "and");
    let is_verb = before.is_some_and(|at| is_verb(words, tokens, at));
    // "10 killed including 3 children and 30 wounded": the wounded are no part of the killed.
    let starts_anew = (one.end..one.end + 3).any(|at| {
        matches!(
            words.at(at),
            "injured" | "wounded" | "hurt" | "missing" | "others" | "were" | "was" | "other" | "more"
        )
    });
    !is_verb && !starts_anew
}

fn is_verb(words: &Words, tokens: &[Token], at: usize) -> bool {
    let tag = tokens_of(tokens, words.span(at, at + 1)).next().map(|id| tokens[id].upos);
    match tag {
        Some(Upos::X) | None => words.at(at).ends_with("ing") || words.at(at).ends_with("ed"),
        Some(tag) => tag == Upos::Verb || tag == Upos::Aux,
    }
}

/// Words that end a list of parts.
fn ends_clause(word: &str) -> bool {
    matches!(
        word,
        "while"
            | "when"
            | "where"
            | "were"
            | "was"
            | "is"
            | "are"
            | "have"
            | "has"
            | "had"
            | "said"
            | "says"
            | "after"
            | "as"
            | "but"
            | "that"
            | "wounding"
            | "injuring"
            | "killing"
            | "wounded"
            | "injured"
            | "killed"
            | "died"
            | "according"
    )
}
