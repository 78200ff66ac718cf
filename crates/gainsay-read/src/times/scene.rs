//! What a rule sees: the words of one sentence, the report's date, and the day last spoken of.

use gainsay_model::claim::Interval;
use gainsay_model::reading::{TimexType, Token};
use jiff::civil::Date;

use super::atoms::Words;
use super::tense::{self, Tense};

/// What a rule sees.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// The sentence.
    pub(super) words: Words<'a>,
    /// All tokens of the report, for their tags.
    pub(super) tokens: &'a [Token],
    /// The day that the words are said on.
    pub(super) anchor: Option<Date>,
    /// The days last spoken of, in this sentence or one of the two before.
    pub(super) last: Option<Interval>,
}

impl Scene<'_> {
    /// Whether what atoms `from..to` date lies before or after the report.
    pub(super) fn tense(&self, from: usize, to: usize) -> Tense {
        tense::of(&self.words, self.tokens, from, to)
    }

    /// The day that "the next day" and "a day earlier" count from.
    pub(super) fn reference(&self) -> Option<Date> {
        self.last.and_then(single_day).or(self.anchor)
    }
}

/// What a rule found.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// First atom.
    pub(super) start: usize,
    /// One past the last atom.
    pub(super) end: usize,
    /// TIMEX3 type.
    pub(super) timex: TimexType,
    /// TIMEX3 value.
    pub(super) value: String,
    /// The days meant.
    pub(super) days: Option<Interval>,
    /// The rule's name.
    pub(super) rule: &'static str,
}

impl Found {
    /// A date with its days.
    pub(super) fn date(
        span: (usize, usize),
        value: String,
        days: Option<Interval>,
        rule: &'static str,
    ) -> Found {
        Found { start: span.0, end: span.1, timex: TimexType::Date, value, days, rule }
    }

    /// Something of another type.
    pub(super) fn of(
        span: (usize, usize),
        timex: TimexType,
        value: impl Into<String>,
        days: Option<Interval>,
        rule: &'static str,
    ) -> Found {
        Found { start: span.0, end: span.1, timex, value: value.into(), days, rule }
    }

    /// The day meant, where it is a single one.
    pub(super) fn single_day(&self) -> Option<Date> {
        self.days.and_then(single_day)
    }
}

fn single_day(days: Interval) -> Option<Date> {
    days.start.filter(|_| days.start == days.end)
}

/// A rule: looks whether an expression starts at an atom.
pub(super) type Rule = fn(&Scene, usize) -> Option<Found>;
