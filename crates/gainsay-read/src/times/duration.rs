//! Lengths of time, and dates told by them: "for over 10 months", "760-day siege", "the past two weeks", "three days
//! ago", "a day earlier".
//!
//! A length that runs up to the report ("has been under siege for a year", "the past two weeks", "the 760-day siege")
//! becomes the days from so long ago to the report's date. Other lengths stay lengths.

use gainsay_model::claim::Interval;
use gainsay_model::reading::TimexType;
use jiff::civil::Date;

use super::atoms::{Kind, Words};
use super::days::{self, Unit};
use super::lexis::{self, Which};
use super::numeral;
use super::scene::{Found, Scene};
use super::timex;

/// How many of a unit.
struct Length {
    /// `None` where the words are vague ("several").
    amount: Option<f64>,
    /// As TIMEX3 writes it: "2", "2.5", "X".
    text: String,
    unit: Unit,
    /// "a", "one": too common to be a time without more.
    is_single: bool,
    /// Joined by a hyphen: "760-day".
    is_joined: bool,
    end: usize,
}

impl Length {
    fn value(&self) -> String {
        self.unit.duration(&self.text)
    }

    /// The day so long before (`sign` −1) or after (1) `date`; vague lengths as long as [`vague`] says.
    fn step(&self, date: Date, sign: f64) -> Option<Date> {
        let amount = self.amount.or_else(|| vague(self.unit))?;
        self.unit.step(date, sign * amount)
    }
}

/// How far back "recent days", "the past few weeks" are taken to reach: seven days, four weeks, three months. Our own
/// convention; years and more are left open.
fn vague(unit: Unit) -> Option<f64> {
    match unit {
        Unit::Hour => Some(24.0),
        Unit::Day => Some(7.0),
        Unit::Week => Some(4.0),
        Unit::Month => Some(3.0),
        _ => None,
    }
}

/// A length, or a date told by one.
pub(super) fn duration(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let at = after_hedge(words, i);
    if let Some(found) = deictic(scene, i) {
        return Some(found);
    }
    let length = length(words, at).or_else(|| adjective(words, at)).or_else(|| bare(words, at))?;
    dated(scene, i, &length).or_else(|| plain(scene, i, at, &length))
}

/// Skips "at least", "more than", "nearly" and the like.
fn after_hedge(words: &Words, i: usize) -> usize {
    match words.at(i) {
        "nearly" | "almost" | "about" | "around" | "over" | "some" | "just" | "only" | "approximately"
        | "exactly" | "roughly" | "under" => i + 1,
        "more" | "less" | "fewer" if words.at(i + 1) == "than" => i + 2,
        "at" if matches!(words.at(i + 1), "least" | "most") => i + 2,
        "up" if words.at(i + 1) == "to" => i + 2,
        _ => i,
    }
}

/// "two weeks", "two and a half years", "several days", "27-year".
fn length(words: &Words, i: usize) -> Option<Length> {
    let (mut amount, mut end, mut is_single) = quantity(words, i)?;
    let is_joined = words.is_dash(end) && words.glued(end) && words.glued(end + 1);
    end += usize::from(is_joined);
    while matches!(words.at(end), "more" | "full" | "whole" | "long" | "consecutive" | "straight" | "other") {
        end += 1;
    }
    let (unit, is_plural) = Unit::of(words.at(end))?;
    end += 1;
    if words.are(end, &["and", "a", "half"]) {
        amount = amount.map(|amount| amount + 0.5);
        end += 3;
    }
    if unit == Unit::Second && !is_plural {
        return None;
    }
    // "a month-long offensive", "a 28-month-old conflict".
    let is_long = words.is_dash(end) && words.glued(end) && matches!(words.at(end + 1), "long" | "old");
    let is_joined = is_joined || is_long;
    end += if is_long { 2 } else { 0 };
    // "one quarter of the province" is no time.
    if unit == Unit::Quarter && (words.at(end) == "of" || amount == Some(1.0)) {
        return None;
    }
    // "the four year conflict": a hyphen lost.
    let is_joined = is_joined || (!is_plural && amount.is_some_and(|amount| amount > 1.0));
    is_single = is_single && !is_joined && amount == Some(1.0);
    let text = amount.map_or_else(|| "X".to_string(), |amount| amount.to_string());
    Some(Length { amount, text, unit, is_single, is_joined, end })
}

/// How many, the end, and whether it is "a" or "one".
fn quantity(words: &Words, i: usize) -> Option<(Option<f64>, usize, bool)> {
    match words.at(i) {
        "several" | "few" | "many" | "countless" => return Some((None, i + 1, false)),
        "some" if Unit::of(words.at(i + 1)).is_some_and(|(_, is_plural)| is_plural) => {
            return Some((None, i + 1, false));
        }
        "a" if words.at(i + 1) == "few" => return Some((None, i + 2, false)),
        "a" if words.are(i + 1, &["number", "of"]) => return Some((None, i + 3, false)),
        "a" if words.are(i + 1, &["couple", "of"]) => return Some((Some(2.0), i + 3, false)),
        "couple" if words.at(i + 1) == "of" => return Some((Some(2.0), i + 2, false)),
        "half" if matches!(words.at(i + 1), "a" | "an") => return Some((Some(0.5), i + 2, false)),
        "a" | "an" if numeral::number(words, i).is_none() => return Some((Some(1.0), i + 1, true)),
        _ => {}
    }
    // "2.5 years".
    if let (Some((whole, _)), Some((tenths, 1)), ".") =
        (words.figure(i), words.figure(i + 2), words.at(i + 1))
        && words.glued(i + 1)
        && words.glued(i + 2)
    {
        return Some((Some(f64::from(whole) + f64::from(tenths) / 10.0), i + 3, false));
    }
    let number = numeral::number(words, i).filter(|number| number.value <= 100_000)?;
    let mut amount = number.value as f64;
    let mut end = number.end;
    if words.are(end, &["and", "a", "half"]) {
        amount += 0.5;
        end += 3;
    }
    Some((Some(amount), end, words.at(i) == "one"))
}

/// "month-long", "weeks-long", "decades-old".
fn adjective(words: &Words, i: usize) -> Option<Length> {
    let (unit, is_plural) = Unit::of(words.at(i))?;
    let is_long = words.is_dash(i + 1) && words.glued(i + 1) && matches!(words.at(i + 2), "long" | "old");
    let is_one = words.at(i + 1) == "long" && words.glued(i + 1);
    if !is_long && !is_one {
        return None;
    }
    let (amount, text) = if is_plural { (None, "X") } else { (Some(1.0), "1") };
    let end = if is_long { i + 3 } else { i + 2 };
    Some(Length { amount, text: text.to_string(), unit, is_single: false, is_joined: true, end })
}

/// "for weeks", "months of fighting", "days ago".
fn bare(words: &Words, i: usize) -> Option<Length> {
    let the = usize::from(words.at(i) == "the" && matches!(words.back(i, 1), "over" | "through"));
    let (unit, is_plural) = Unit::of(words.at(i + the))?;
    let end = i + the + 1;
    let is_time = matches!(words.back(i, 1), "for" | "after" | "over" | "within" | "lasted" | "through")
        || matches!(words.at(end), "ago" | "later" | "earlier");
    let is_of =
        words.at(end) == "of" && matches!(words.back(i, 1), "after" | "for" | "during" | "following" | "by");
    if !is_plural || !(is_time || is_of) || unit < Unit::Minute {
        return None;
    }
    Some(Length { amount: None, text: "X".to_string(), unit, is_single: false, is_joined: false, end })
}

/// "the past two weeks", "the last 24 hours", "the next six months", "the past year", "recent days", "coming weeks".
fn deictic(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let the = i + usize::from(matches!(words.at(i), "the" | "this" | "these"));
    let (which, is_vague) = match words.at(the) {
        "recent" => (Which::Last, true),
        word => (lexis::which(word)?, false),
    };
    let from = the + 1 + usize::from(words.at(the + 1) == "past");
    let length = match length(words, from) {
        Some(length) => length,
        None => {
            let (unit, is_plural) = Unit::of(words.at(from))?;
            let is_span = matches!(words.at(the), "past") && (the > i || is_plural)
                || matches!(words.at(the), "last") && the > i && spans(words, i) && unit != Unit::Quarter
                || is_plural && (is_vague || which == Which::Next || the > i);
            if !is_span || matches!(unit, Unit::Weekend | Unit::Quarter) {
                return None;
            }
            let amount = if is_plural { None } else { Some(1.0) };
            let text = if is_plural { "X" } else { "1" };
            Length { amount, text: text.to_string(), unit, is_single: false, is_joined: false, end: from + 1 }
        }
    };
    let anchor = scene.anchor;
    let span = (i, length.end);
    let days = anchor.and_then(|anchor| match which {
        Which::Last => Some(Interval { start: length.step(anchor, -1.0), end: Some(anchor) }),
        Which::Next => Some(Interval { start: Some(anchor), end: length.step(anchor, 1.0) }),
        Which::This => None,
    });
    if is_vague {
        return Some(Found::date(span, "PAST_REF".to_string(), days, "times.recent"));
    }
    let rule = if which == Which::Next { "times.ahead" } else { "times.past_span" };
    Some(Found::of(span, TimexType::Duration, length.value(), days, rule))
}

/// "over the last week", "in the last month": the days up to the report, not the week before.
fn spans(words: &Words, i: usize) -> bool {
    matches!(words.back(i, 1), "over" | "in" | "during" | "within" | "for" | "throughout")
}

/// "three days ago", "a day earlier", "two weeks later", "an hour before".
fn dated(scene: &Scene, i: usize, length: &Length) -> Option<Found> {
    let words = &scene.words;
    let at = length.end;
    let ends = |at: usize| !words.is_word(at) || matches!(words.at(at), "and" | "but" | "in" | "on" | "at");
    let (sign, from, extra) = match words.at(at) {
        "ago" => (-1.0, scene.anchor, 1),
        "back" if ends(at + 1) => (-1.0, scene.anchor, 1),
        "from" if words.at(at + 1) == "now" => (1.0, scene.anchor, 2),
        "earlier" | "previously" if words.at(at + 1) != "than" => (-1.0, scene.reference(), 1),
        "before" if ends(at + 1) => (-1.0, scene.reference(), 1),
        "later" if words.at(at + 1) != "than" => (1.0, scene.reference(), 1),
        "afterwards" => (1.0, scene.reference(), 1),
        _ => return None,
    };
    let span = (i, at + extra);
    let is_past = sign < 0.0;
    let reference = if is_past { "PAST_REF" } else { "FUTURE_REF" };
    let Some(from) = from else {
        return Some(Found::date(span, reference.to_string(), None, "times.ago"));
    };
    if length.amount.is_none() {
        let far = length.step(from, sign);
        let near = days::add_days(from, sign as i64);
        let days =
            if is_past { Interval { start: far, end: near } } else { Interval { start: near, end: far } };
        let days = far.filter(|_| length.unit >= Unit::Day).map(|_| days);
        return Some(Found::date(span, reference.to_string(), days, "times.ago"));
    }
    let day = length.step(from, sign)?;
    let is_whole = length.amount.is_some_and(|amount| amount.fract() == 0.0);
    let value = match length.unit {
        Unit::Second | Unit::Minute | Unit::Hour => {
            return Some(Found::of(
                span,
                TimexType::Time,
                timex::day(day),
                Some(Interval::day(day)),
                "times.ago",
            ));
        }
        Unit::Day => timex::day(day),
        Unit::Week | Unit::Weekend => timex::week(day),
        Unit::Month | Unit::Quarter => timex::month(day.year(), day.month()),
        _ if is_whole => timex::year(day.year()),
        _ => timex::month(day.year(), day.month()),
    };
    let days = timex::days(&value);
    Some(Found::date(span, value, days, "times.ago"))
}

/// A length that dates nothing, or that runs up to the report.
fn plain(scene: &Scene, i: usize, at: usize, length: &Length) -> Option<Found> {
    let words = &scene.words;
    let before = words.back(i, 1);
    let after = words.at(length.end);
    let goes_on = state_follows(words, length.end);
    if is_age(words, i, length) && !goes_on {
        return None;
    }
    // "the Six-Day War": a name.
    if length.is_joined && words.is_capital(i) && words.is_capital(length.end) && i > words.lo {
        return None;
    }
    let has_hedge = at > i;
    let takes_length = matches!(
        before,
        "for"
            | "after"
            | "in"
            | "within"
            | "over"
            | "during"
            | "than"
            | "by"
            | "lasted"
            | "lasting"
            | "last"
            | "once"
            | "spent"
            | "took"
            | "since"
            | "throughout"
            | "just"
    );
    if length.is_single && !(has_hedge || takes_length) {
        return None;
    }
    if length.is_single && matches!(after, "when" | "that") {
        return None;
    }
    let span = (i, length.end);
    let reaches_report = goes_on && length.is_joined
        || (before == "for" || before == "since") && after != "in" && is_perfect(words, i, length.end);
    let days = scene.anchor.filter(|_| reaches_report && length.unit >= Unit::Day).map(|anchor| {
        let start = if length.amount.is_some() { length.step(anchor, -1.0) } else { None };
        Interval { start, end: Some(anchor) }
    });
    let rule = if days.is_some() { "times.up_to_now" } else { "times.duration" };
    Some(Found::of(span, TimexType::Duration, length.value(), days, rule))
}

/// Whether a length is somebody's age: "26-year-old", "12 years old".
fn is_age(words: &Words, i: usize, length: &Length) -> bool {
    let at = length.end + usize::from(words.is_dash(length.end));
    words.at(at) == "old"
        || words.at(at) == "olds"
        || words.are(at, &["of", "age"])
        || words.at(length.end - 1) == "old"
        || matches!(words.back(i, 1), "aged" | "age")
}

/// Whether something that goes on comes next: "760-day siege", "28-month-old conflict", "year-long blockade".
fn state_follows(words: &Words, end: usize) -> bool {
    let mut at = end + usize::from(words.is_dash(end));
    at += usize::from(words.at(at) == "old" || words.at(at) == "long");
    (at..at + 4).any(|at| {
        words.kind(at) == Kind::Word
            && matches!(
                words.at(at).trim_end_matches('s'),
                "siege"
                    | "blockade"
                    | "war"
                    | "conflict"
                    | "campaign"
                    | "offensive"
                    | "uprising"
                    | "revolution"
                    | "crisi"
                    | "insurgency"
                    | "encirclement"
                    | "occupation"
                    | "bombardment"
                    | "battle"
                    | "assault"
                    | "revolt"
                    | "rebellion"
                    | "unrest"
                    | "violence"
                    | "fighting"
            )
    })
}

/// Whether "has" or "have" stands near: what is told goes on up to the report.
fn is_perfect(words: &Words, from: usize, to: usize) -> bool {
    let near = words.lo.max(from.saturating_sub(18))..words.hi.min(to + 12);
    near.into_iter().any(|i| matches!(words.at(i), "has" | "have" | "ve" | "hasn" | "haven"))
}
