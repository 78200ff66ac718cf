//! Where numbers stand: figures, words, ranges, vague words, "a child", "both".

use gainsay_lexicon::numbers::NumberWords;
use gainsay_model::reading::Token;

use crate::times::atoms::{Kind, Words};
use crate::times::numeral::{self, Number};

use super::exclude;
use super::single::{is_function_word, one, single};

/// A number in a sentence, before and after its hedges are read.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// First atom, with the hedge.
    pub(super) start: usize,
    /// One past the last atom, with the hedge.
    pub(super) end: usize,
    /// First atom of the number itself.
    pub(super) number: usize,
    /// One past the number's last atom.
    pub(super) after: usize,
    /// Least value.
    pub(super) low: Option<u64>,
    /// Greatest value.
    pub(super) high: Option<u64>,
    /// A running total.
    pub(super) cumulative: bool,
    /// The noun that is counted, where the rule knows it.
    pub(super) noun: Option<usize>,
    /// The rule's name.
    pub(super) rule: &'static str,
}

impl Found {
    pub(super) fn new(span: (usize, usize), low: u64, high: u64, rule: &'static str) -> Found {
        let (start, end) = span;
        Found {
            start,
            end,
            number: start,
            after: end,
            low: Some(low),
            high: Some(high),
            cumulative: false,
            noun: None,
            rule,
        }
    }
}

/// The number that starts at atom `i`, if one does that counts people or things.
pub(super) fn find(words: &Words, tokens: &[Token], i: usize, table: &NumberWords) -> Option<Found> {
    if words.kind(i) == Kind::Mark {
        return None;
    }
    range(words, i, table)
        .or_else(|| vague(words, i, table))
        .or_else(|| single(words, tokens, i, table))
        .or_else(|| one(words, tokens, i, table))
        .or_else(|| plain(words, i, table))
        .or_else(|| pair(words, i))
}

/// "fifty", "1,000", "two dozen".
fn plain(words: &Words, i: usize, table: &NumberWords) -> Option<Found> {
    let number = numeral::number(words, i)?;
    if number.figures && words.is_torn(i, number.end) || exclude::is_no_count(words, i, &number, table) {
        // "$40 billion": neither the 40 nor the billion.
        return Some(Found::new((i, number.end), 0, 0, NO_AMOUNT));
    }
    Some(Found::new((i, number.end), number.value, number.value, "amounts.number"))
}

/// "500–600", "8-11", "between 500 and 600", "two or three", "1 to 2 million".
fn range(words: &Words, i: usize, table: &NumberWords) -> Option<Found> {
    let opens = matches!(words.at(i), "between" | "from");
    let first_at = i + usize::from(opens);
    let first = numeral::number(words, first_at)?;
    let joint = first.end;
    let is_dash = words.is_dash(joint);
    let joins = match words.at(joint) {
        "and" => words.at(i) == "between",
        "to" | "or" => true,
        _ => is_dash && words.glued(joint) == words.glued(joint + 1),
    };
    if !joins {
        return None;
    }
    let second = numeral::number(words, joint + 1)?;
    if is_dash && !(first.figures && second.figures) {
        return None;
    }
    let torn = |number: &Number, at| number.figures && words.is_torn(at, number.end);
    if torn(&first, first_at) || torn(&second, joint + 1) {
        return None;
    }
    let low = scaled(words, &first, &second);
    if low >= second.value || is_chain(words, first_at, second.end) {
        return None;
    }
    let alone = Number { value: low, bare: false, end: second.end, ..first };
    if exclude::is_behind_no_count(words, &second, table)
        || exclude::is_no_count(words, first_at, &alone, table)
    {
        // "between 7 and 12 years old", "20-30 km": neither number counts.
        return Some(Found::new((i, second.end), 0, 0, NO_AMOUNT));
    }
    if opens && words.at(i) == "from" && changes(words, i) {
        let mut found = Found::new((i, second.end), second.value, second.value, "amounts.toll");
        found.cumulative = true;
        return Some(found);
    }
    Some(Found::new((i, second.end), low, second.value, "amounts.range"))
}

/// "two to three million": the scale belongs to both.
fn scaled(words: &Words, first: &Number, second: &Number) -> u64 {
    let factor = match words.at(second.end - 1) {
        "hundred" => 100,
        "thousand" => 1_000,
        "million" => 1_000_000,
        "billion" => 1_000_000_000,
        _ => 1,
    };
    let both = first.value.saturating_mul(factor);
    if first.value < factor && both < second.value { both } else { first.value }
}

/// "011-555-1234", "1-2-3": more than two numbers in a row.
fn is_chain(words: &Words, first: usize, end: usize) -> bool {
    let goes_on = words.is_dash(end) && words.glued(end) && words.kind(end + 1) == Kind::Digits;
    let before = first.wrapping_sub(1);
    goes_on
        || (words.glued(first) && words.is_dash(before) && words.kind(before.wrapping_sub(1)) == Kind::Digits)
}

/// "rose from 50 to 60": a change, not a range.
fn changes(words: &Words, i: usize) -> bool {
    (1..=4).any(|back| {
        i.checked_sub(back).is_some_and(|at| {
            matches!(
                words.at(at),
                "rose"
                    | "risen"
                    | "rises"
                    | "rising"
                    | "rise"
                    | "increased"
                    | "increase"
                    | "climbed"
                    | "grew"
                    | "grown"
                    | "fell"
                    | "dropped"
                    | "decreased"
                    | "jumped"
                    | "went"
                    | "up"
                    | "down"
                    | "raised"
                    | "revised"
            )
        })
    })
}

/// "dozens", "tens of thousands", "several hundred".
fn vague(words: &Words, i: usize, table: &NumberWords) -> Option<Found> {
    // A vague phrase has a word that ends in "s" or one of these openings.
    if !(words.at(i).ends_with('s') || matches!(words.at(i), "a" | "several" | "many")) {
        return None;
    }
    let mut phrase = words.at(i).to_string();
    let mut best = table.vague(&phrase).map(|range| (range, i + 1));
    for at in i + 1..i + 3 {
        if !words.is_word(at) {
            break;
        }
        phrase.push(' ');
        phrase.push_str(words.at(at));
        if let Some(range) = table.vague(&phrase) {
            best = Some((range, at + 1));
        }
    }
    // "many hundreds of thousands": the longer phrase behind the opening.
    if let Some(inner) =
        vague_behind(words, i, table).filter(|inner| best.is_none_or(|(_, end)| inner.1 > end))
    {
        best = Some(inner);
    }
    let ((low, high), end) = best?;
    if end == i + 1 && matches!(words.at(i), "tens" | "scores") && !stands_as_number(words, i) {
        return None;
    }
    let of = usize::from(words.at(end) == "of");
    if table.is_measure(words.at(end + of)) || words.is_dash(i.wrapping_sub(1)) && words.glued(i) {
        return None;
    }
    Some(Found::new((i, end), low, high, "amounts.vague"))
}

/// The vague phrase of three words behind "many" or "several".
fn vague_behind(words: &Words, i: usize, table: &NumberWords) -> Option<((u64, u64), usize)> {
    if !matches!(words.at(i), "many" | "several") || words.at(i + 2) != "of" {
        return None;
    }
    let phrase = format!("{} of {}", words.at(i + 1), words.at(i + 3));
    table.vague(&phrase).map(|range| (range, i + 4))
}

/// "scores of people", "killing scores", "scores wounded", but not "he scores" or "the scores".
fn stands_as_number(words: &Words, i: usize) -> bool {
    let before = words.back(i, 1);
    matches!(
        words.at(i + 1),
        "of" | "killed"
            | "wounded"
            | "injured"
            | "dead"
            | "more"
            | "others"
            | "were"
            | "have"
            | "are"
            | "missing"
            | "arrested"
            | "detained"
            | "displaced"
            | "to"
    ) || matches!(
        before,
        "killing"
            | "killed"
            | "kill"
            | "kills"
            | "wounding"
            | "wounded"
            | "injuring"
            | "injured"
            | "leaving"
            | "left"
            | "with"
            | "detaining"
            | "arresting"
    )
}

/// Marks a number word that is no amount, so that no later rule takes it.
pub(super) const NO_AMOUNT: &str = "";

/// "both sides", "a pair of", "a couple of".
fn pair(words: &Words, i: usize) -> Option<Found> {
    let two = |end: usize| Some(Found::new((i, end), 2, 2, "amounts.pair"));
    let of = |at: usize| words.at(at) == "of" || words.at(at).ends_with('s') && words.is_word(at);
    match words.at(i) {
        "a" if words.at(i + 1) == "pair" && words.at(i + 2) == "of" => two(i + 2),
        "a" if words.at(i + 1) == "couple" && words.at(i + 2) == "of" => two(i + 2),
        // "both the regime and …" joins, "both sides" counts.
        "both"
            if of(i + 1)
                && words.at(i + 2) != "and"
                && !is_function_word(words.at(i + 1))
                && !words.is_capital(i + 1) =>
        {
            two(i + 1)
        }
        "both" if words.at(i + 1) == "of" => two(i + 1),
        _ => None,
    }
}
