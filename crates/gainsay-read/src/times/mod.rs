//! The pass `times`: expressions of time, as days.
//!
//! Reads dates, weekdays, lengths and feasts from the words, and says which days they mean, seen from the day the
//! report speaks from. The rules match on atoms of the text (see `atoms`); at each atom every rule is asked and the
//! longest answer wins. What stands before and between times ("since", "by", "from … to") is applied afterwards.
//!
//! **Takes** the text, its sentences and tokens (tags where they are set: they tell past from future), and the date the
//! report was published on, if known.
//!
//! **Gives** [`TimeMention`]s in order, none overlapping another: span, tokens, days, TIMEX3 type and value.
//!
//! * A span that is still going on ends on the report's date; an end that nobody gave is open.
//! * The value is that of the bare time; `since June 3` has value `2014-06-03` and days from then to the report.
//!   [`core`] gives the bare time's own days.
//! * A mention with an empty value is no TIMEX3: the word "since" before a clause with a date, or before a date with
//!   "when" (`times.since_clause`: what has been so since the dated event), and "since then".
//! * The report's own dateline is there as a mention, with rule `times.dateline`: no event happened on it.
//!
//! **Never** takes ages, counts, names of units or resolutions for times; says anything finer than a day in
//! [`TimeMention::interval`]; guesses a day for "now" or "recently"; fails on bad text.

mod anchor;
pub(crate) mod atoms;
mod calendar;
mod clock;
mod days;
mod duration;
mod feasts;
mod hijri;
mod lexis;
pub(crate) mod numeral;
mod relative;
mod scene;
mod sets;
mod span;
mod tense;
#[cfg(test)]
pub(crate) mod tests;
mod timex;
mod weekday;
mod years;

use gainsay_model::claim::Interval;
use gainsay_model::reading::{Sentence, TimeMention, Token};
use jiff::civil::Date;

use anchor::Anchors;
use atoms::Atoms;
use scene::{Found, Rule, Scene};

pub use timex::days as days_of_value;

/// All rules; of equally long answers the first wins.
const RULES: &[Rule] = &[
    span::shared_month,
    calendar::date,
    hijri::day,
    feasts::feast,
    weekday::weekday,
    weekday::repeated,
    clock::time,
    relative::day,
    sets::set,
    duration::duration,
    relative::stretch,
    relative::next_to,
    relative::nth_day,
    years::quarter,
    years::season,
    years::decade,
    years::year,
    relative::reference,
];

/// How many sentences a day spoken of is remembered.
const MEMORY: usize = 2;

/// The times that a text speaks of.
pub fn times(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    published: Option<Date>,
) -> Vec<TimeMention> {
    let atoms = Atoms::of(text, sentences);
    let anchors = Anchors::of(&atoms, published);
    let mut mentions = Vec::new();
    // The days last spoken of, and in which sentence.
    let mut last: Option<(usize, Interval)> = None;
    for (n, words) in atoms.sentences().enumerate() {
        let anchor = anchors.at(words.span(words.lo, words.hi).start);
        let mut found: Vec<Found> = Vec::new();
        let mut i = words.lo;
        while i < words.hi {
            let spoken = last.filter(|(sentence, _)| n - sentence <= MEMORY).map(|(_, days)| days);
            let scene = Scene { words, tokens, anchor, last: spoken };
            let Some(mut one) = longest(&scene, i) else {
                i += 1;
                continue;
            };
            if anchors.is_dateline(&words, one.start, one.end, one.single_day()) {
                one.rule = "times.dateline";
            } else if let Some(days) = one.days.filter(|days| days.start.is_some()) {
                last = Some((n, days));
            }
            i = one.end.max(i + 1);
            found.push(one);
        }
        let scene = Scene { words, tokens, anchor, last: last.map(|(_, days)| days) };
        span::bind(&scene, &mut found);
        mentions.extend(found.into_iter().map(|one| {
            let span = words.span(one.start, one.end);
            TimeMention {
                span,
                tokens: atoms::tokens_of(tokens, span),
                interval: one.days,
                timex: one.timex,
                value: one.value,
                rule: one.rule.into(),
            }
        }));
    }
    mentions
}

/// The day that a report speaks from: its own dateline where the text opens with a full one, else `published`.
pub fn anchor(text: &str, sentences: &[Sentence], published: Option<Date>) -> Option<Date> {
    Anchors::of(&Atoms::of(text, sentences), published).report()
}

/// The days of the bare time, without what "since", "until" or "by" make of it.
pub fn core(mention: &TimeMention) -> Option<Interval> {
    timex::days(&mention.value).or(mention.interval)
}

/// The longest expression that starts at an atom.
fn longest(scene: &Scene, i: usize) -> Option<Found> {
    let mut best: Option<Found> = None;
    for rule in RULES {
        if let Some(found) = rule(scene, i)
            && best.as_ref().is_none_or(|best| found.end > best.end)
        {
            best = Some(found);
        }
    }
    best.filter(|found| found.end > i && found.end <= scene.words.hi)
}
