//! The pass `amounts`: how many, with bounds.
//!
//! Reads numbers in figures and words, vague words ("dozens"), single persons ("a child") and ranges; applies the
//! hedges beside them; finds the noun that is counted; links parts to their totals; tells running totals.
//!
//! **Takes** the text, its sentences and tokens (tree and tags where they are set), the times (a number in a date is
//! no amount), and the number words of the codebook.
//!
//! **Gives** [`Amount`]s in order, none overlapping another. The span covers the number and its hedge ("at least 50");
//! of "a child" it covers the "a". Bounds are as the claims guidelines say: `at least 50` is 50 and more, `dozens` 24 to
//! 99, `around 50` is 50.
//!
//! **Never** counts dates, ages, distances, money, calibres, names of units; gives a number for "several" or "many";
//! fails on bad text.

mod counted;
mod exclude;
mod find;
mod hedges;
mod parts;
mod single;
#[cfg(test)]
mod tests;

use gainsay_lexicon::numbers::NumberWords;
use gainsay_model::reading::{Amount, Sentence, TimeMention, TimexType, Token};

use crate::times::atoms::{Atoms, Words, tokens_of};

use find::Found;

/// The amounts that a text speaks of.
pub fn amounts(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    times: &[TimeMention],
    numbers: &NumberWords,
) -> Vec<Amount> {
    let atoms = Atoms::of(text, sentences);
    let mut amounts: Vec<Amount> = Vec::new();
    // The last total of the sentence before: its index and greatest value.
    let mut total: Option<(usize, u64)> = None;
    for words in atoms.sentences() {
        let found = in_sentence(&words, tokens, times, numbers);
        if found.is_empty() {
            continue;
        }
        let parts = parts::parts(&words, tokens, &found, total, amounts.len());
        let runs_on = is_running(&words, times);
        total = found
            .iter()
            .zip(&parts)
            .enumerate()
            .filter(|(_, (one, part))| part.is_none() && counts_harm(&words, one))
            .map(|(n, (one, _))| (amounts.len() + n, one.high.unwrap_or(u64::MAX)))
            .max_by_key(|(_, most)| *most)
            .or(total);
        for (one, part_of) in found.into_iter().zip(parts) {
            let span = words.span(one.start, one.end);
            let counted = counted::counted(&words, tokens, &one, numbers);
            amounts.push(Amount {
                span,
                tokens: tokens_of(tokens, span),
                low: one.low,
                high: one.high,
                counted,
                part_of,
                cumulative: one.cumulative || (runs_on && counts_harm(&words, &one)),
                rule: one.rule.into(),
            });
        }
    }
    amounts
}

/// The numbers of one sentence with their hedges.
fn in_sentence(words: &Words, tokens: &[Token], times: &[TimeMention], numbers: &NumberWords) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut i = words.lo;
    while i < words.hi {
        let Some(mut one) = find::find(words, tokens, i, numbers) else {
            i += 1;
            continue;
        };
        let span = words.span(one.number, one.after);
        let next = times.partition_point(|time| time.span.end <= span.start);
        let is_time = times.get(next).is_some_and(|time| time.span.overlaps(span));
        if is_time || one.rule == find::NO_AMOUNT {
            i = one.after.max(i + 1);
            continue;
        }
        hedges::apply(words, &mut one, numbers);
        // A hedge never reaches back over the amount before it.
        let floor = found.last().map_or(words.lo, |last| last.end);
        one.start = one.start.max(floor);
        i = one.end.max(i + 1);
        found.push(one);
    }
    found
}

/// Whether a sentence counts since some day, or up to now: "since Saturday", "so far".
fn is_running(words: &Words, times: &[TimeMention]) -> bool {
    let span = words.span(words.lo, words.hi);
    let first = times.partition_point(|time| time.span.end <= span.start);
    let since = times[first..]
        .iter()
        .take_while(|time| time.span.start < span.end)
        .any(|time| time.rule.starts_with("times.since") && time.timex != TimexType::Time);
    since || (words.lo..words.hi).any(|i| words.are(i, &["so", "far"]) || words.are(i, &["to", "date"]))
}

/// Whether a word for harm done to people or things stands near: only such counts run on.
fn counts_harm(words: &Words, one: &Found) -> bool {
    let near = words.lo.max(one.start.saturating_sub(10))..words.hi.min(one.end + 10);
    one.high != Some(1)
        && near.into_iter().any(|i| {
            matches!(
                words.at(i),
                "killed"
                    | "kills"
                    | "kill"
                    | "killing"
                    | "died"
                    | "dead"
                    | "deaths"
                    | "toll"
                    | "wounded"
                    | "injured"
                    | "displaced"
                    | "fled"
                    | "arrested"
                    | "detained"
                    | "executed"
                    | "destroyed"
                    | "lost"
                    | "lives"
                    | "abducted"
                    | "casualties"
                    | "victims"
            )
        })
}
