//! Times that point from the report's day: "today", "last week", "earlier this month", "this morning", "the next day".

use gainsay_model::claim::Interval;
use gainsay_model::reading::TimexType;
use jiff::civil::Date;

use super::atoms::Words;
use super::calendar;
use super::days::{self, Unit};
use super::lexis::{self, Portion, Which};
use super::scene::{Found, Scene};
use super::tense::Tense;
use super::timex;
use super::weekday;
use super::years;

/// "today", "yesterday", "tonight", "overnight", "the day before yesterday".
pub(super) fn day(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let the = usize::from(words.at(i) == "the");
    // "the Ariha Today page": a name.
    let is_name = |at: usize| words.is_word(at) && words.is_capital(at);
    if i > words.lo && is_name(i) && (is_name(i - 1) || is_name(i + 1)) {
        return None;
    }
    let (shift, mut end) = match words.at(i) {
        "today" => (0, i + 1),
        "yesterday" => (-1, i + 1),
        "tomorrow" => (1, i + 1),
        "tonight" => return Some(part(scene, (i, i + 1), 0, "NI")),
        "overnight" => return Some(overnight(scene, i)),
        _ if words.are(i + the, &["day", "before", "yesterday"]) => (-2, i + the + 3),
        _ if words.are(i + the, &["day", "after", "tomorrow"]) => (2, i + the + 3),
        _ => return None,
    };
    if let Some((code, after)) = weekday::part_of_day(words, end) {
        end = after;
        return Some(part(scene, (i, end), shift, code));
    }
    let day = scene.anchor.and_then(|anchor| days::add_days(anchor, shift));
    let value = day.map_or_else(|| "XXXX-XX-XX".to_string(), timex::day);
    Some(Found::date((i, end), value, day.map(Interval::day), "times.day"))
}

/// A part of the day that lies `shift` days from the report's.
fn part(scene: &Scene, span: (usize, usize), shift: i64, code: &str) -> Found {
    let day = scene.anchor.and_then(|anchor| days::add_days(anchor, shift));
    let value = day.map_or_else(|| "XXXX-XX-XX".to_string(), timex::day);
    Found::of(span, TimexType::Time, format!("{value}T{code}"), day.map(Interval::day), "times.part_of_day")
}

/// The night into the day spoken of.
fn overnight(scene: &Scene, i: usize) -> Found {
    let day = scene.reference();
    let eve = day.and_then(|day| days::add_days(day, -1));
    let value = eve.map_or_else(|| "XXXX-XX-XX".to_string(), timex::day);
    let days = eve.map(|eve| Interval { start: Some(eve), end: day });
    Found::of((i, i + 1), TimexType::Time, format!("{value}TNI"), days, "times.part_of_day")
}

/// "this week", "earlier this year", "late last month", "last summer", "last April", "this morning".
pub(super) fn stretch(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let (side, portion, at) = opening(words, i);
    let the = at + usize::from(words.at(at) == "the");
    // "the past decade" is a length that ends now, read as one.
    let which = lexis::which(words.at(the)).filter(|_| words.at(the) != "past");
    let (which, unit_at) = match which {
        Some(which) => (which, the + 1 + usize::from(words.at(the) == "this" && words.at(the + 1) == "past")),
        // "the beginning of the year", "over the weekend".
        None if the > at && (portion.is_some() || words.at(the) == "weekend") => (Which::This, the),
        None => return None,
    };
    let word = words.at(unit_at);
    let span = (i, unit_at + 1);
    if let Some(code) = lexis::part_of_day(word).filter(|_| the == at) {
        return match (which, code) {
            (Which::Last, "NI") => Some(part(scene, span, -1, code)),
            (Which::This, code) => Some(part(scene, span, 0, code)),
            _ => None,
        };
    }
    if let Some(code) = lexis::season(word) {
        return season(scene, span, which, code);
    }
    if let Some((month, _)) = lexis::month(word).filter(|_| words.is_capital(unit_at)) {
        return month_name(scene, i, unit_at, which, month, portion);
    }
    let (unit, is_plural) = Unit::of(word)?;
    if is_plural || words.are(unit_at + 1, &["-", "long"]) {
        return None;
    }
    unit_stretch(scene, span, which, unit, portion, side)
}

/// The part of a stretch before or after the report.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Whole,
    /// "earlier this week".
    Before,
    /// "later this week".
    After,
}

fn opening(words: &Words, i: usize) -> (Side, Option<Portion>, usize) {
    match words.at(i) {
        "earlier" => (Side::Before, None, i + 1 + usize::from(words.at(i + 1) == "in")),
        "later" => (Side::After, None, i + 1 + usize::from(words.at(i + 1) == "in")),
        _ => {
            let (portion, at) = calendar::portion(words, i);
            (Side::Whole, portion, at)
        }
    }
}

fn unit_stretch(
    scene: &Scene,
    span: (usize, usize),
    which: Which,
    unit: Unit,
    portion: Option<Portion>,
    side: Side,
) -> Option<Found> {
    let shift = match which {
        Which::Last => -1,
        Which::This => 0,
        Which::Next => 1,
    };
    let Some(anchor) = scene.anchor else {
        return (unit >= Unit::Weekend).then(|| {
            let value = match which {
                Which::Last => "PAST_REF",
                Which::This => "PRESENT_REF",
                Which::Next => "FUTURE_REF",
            };
            Found::date(span, value.to_string(), None, "times.stretch")
        });
    };
    let (value, days) = match unit {
        Unit::Week => {
            let day = days::add_days(anchor, 7 * shift)?;
            (timex::week(day), days::week(day)?)
        }
        Unit::Weekend => weekend(scene, anchor, span, which)?,
        Unit::Month => {
            let day = days::add_months(anchor, shift)?;
            (timex::month(day.year(), day.month()), days::month(day.year(), day.month())?)
        }
        Unit::Quarter => {
            let day = days::add_months(anchor, 3 * shift)?;
            let quarter = (day.month() - 1) / 3 + 1;
            (format!("{:04}-Q{quarter}", day.year()), days::quarter(day.year(), quarter)?)
        }
        Unit::Year => {
            let year = anchor.year() + shift as i16;
            (timex::year(year), days::year(year)?)
        }
        Unit::Decade => {
            let first = anchor.year().div_euclid(10) * 10 + 10 * shift as i16;
            (format!("{}", first / 10), days::years(first, first + 9)?)
        }
        Unit::Century => {
            let first = anchor.year().div_euclid(100) * 100 + 100 * shift as i16;
            (format!("{:02}", first / 100), days::years(first, first + 99)?)
        }
        _ => return None,
    };
    let days = match side {
        Side::Whole => portion.map_or(Some(days), |portion| narrow(days, unit, portion))?,
        Side::Before if which == Which::This => Interval { start: days.start, end: Some(anchor) },
        Side::After if which == Which::This => Interval { start: Some(anchor), end: days.end },
        _ => days,
    };
    Some(Found::date(span, value, Some(days), "times.stretch"))
}

/// The early, middle or late part of a week (Monday to Wednesday, Tuesday to Thursday, Thursday to Sunday), of a year
/// (see [`years::part`]), or third of another stretch.
fn narrow(whole: Interval, unit: Unit, portion: Portion) -> Option<Interval> {
    let (start, end) = (whole.start?, whole.end?);
    let at = |day: i64| days::add_days(start, day);
    if unit == Unit::Week {
        return Some(match portion {
            Portion::Early => Interval { start: Some(start), end: at(2) },
            Portion::Mid => Interval { start: at(1), end: at(3) },
            Portion::Late => Interval { start: at(3), end: Some(end) },
        });
    }
    if unit == Unit::Year {
        return years::part(start.year(), portion);
    }
    let third = (days::between(start, end) + 1) / 3;
    Some(match portion {
        Portion::Early => Interval { start: Some(start), end: at(third - 1) },
        Portion::Mid => Interval { start: at(third), end: at(2 * third - 1) },
        Portion::Late => Interval { start: at(2 * third), end: Some(end) },
    })
}

/// The Saturday and Sunday meant: those before the report, unless it speaks of what lies ahead or comes out on them.
fn weekend(scene: &Scene, anchor: Date, span: (usize, usize), which: Which) -> Option<(String, Interval)> {
    let monday = days::week(anchor)?.start?;
    let is_on_it = anchor.weekday().to_monday_zero_offset() >= 5;
    let weeks = match which {
        Which::Next => 1,
        Which::Last => -1,
        Which::This if is_on_it || scene.tense(span.0, span.1) == Tense::Future => 0,
        Which::This => -1,
    };
    let saturday = days::add_days(monday, 7 * weeks + 5)?;
    Some((timex::weekend(saturday), Interval::new(saturday, days::add_days(saturday, 1)?)))
}

fn season(scene: &Scene, span: (usize, usize), which: Which, code: &'static str) -> Option<Found> {
    let anchor = scene.anchor?;
    let latest = years::latest_season(anchor, code)?;
    let is_now = days::season(latest, code)?.end? >= anchor;
    let year = match which {
        Which::Last => latest - i16::from(is_now),
        Which::Next => latest + 1,
        Which::This if is_now || scene.tense(span.0, span.1) != Tense::Future => latest,
        Which::This => latest + 1,
    };
    Some(Found::date(span, format!("{year:04}-{code}"), days::season(year, code), "times.season"))
}

/// "last April", "next March", "this September".
fn month_name(
    scene: &Scene,
    i: usize,
    at: usize,
    which: Which,
    month: i8,
    portion: Option<Portion>,
) -> Option<Found> {
    let anchor = scene.anchor?;
    let this = anchor.year();
    let year = match which {
        Which::Last if month < anchor.month() => this,
        Which::Last => this - 1,
        Which::Next if month > anchor.month() => this,
        Which::Next => this + 1,
        Which::This => this,
    };
    // "last April 2014" and "last June 3" keep what is written.
    let (mut written, end) = calendar::read(&scene.words, at, scene.anchor)
        .unwrap_or((calendar::Written { month, ..calendar::Written::default() }, at + 1));
    written.year = written.year.or(Some(year));
    written.portion = portion;
    calendar::resolve(scene, (i, end), &written)
}

/// "the next day", "the previous night", "the same day", "that day", "the day before".
pub(super) fn next_to(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    if words.at(i) == "that" || words.are(i, &["the", "same"]) {
        return same(scene, i);
    }
    if words.at(i) != "the" {
        return None;
    }
    let found = |shift: i64, end: usize, code: Option<&str>| {
        let day = scene.reference().and_then(|day| days::add_days(day, shift));
        let value = day.map_or_else(|| "XXXX-XX-XX".to_string(), timex::day);
        let days = day.map(Interval::day);
        match code {
            Some(code) => {
                Found::of((i, end), TimexType::Time, format!("{value}T{code}"), days, "times.next_to")
            }
            None => Found::date((i, end), value, days, "times.next_to"),
        }
    };
    if words.at(i + 1) == "day" && matches!(words.at(i + 2), "before" | "after") {
        let ends = !words.is_word(i + 3) || matches!(words.at(i + 3), "and" | "in" | "on" | "at");
        return ends.then(|| found(if words.at(i + 2) == "before" { -1 } else { 1 }, i + 3, None));
    }
    let shift = match words.at(i + 1) {
        "next" | "following" => 1,
        "previous" | "preceding" => -1,
        _ => return None,
    };
    match words.at(i + 2) {
        "day" => Some(found(shift, i + 3, None)),
        word => lexis::part_of_day(word).map(|code| found(shift, i + 3, Some(code))),
    }
}

/// "that day", "the same month".
fn same(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let at = if words.at(i) == "the" { i + 2 } else { i + 1 };
    if !matches!(words.at(at), "day" | "week" | "month" | "year") {
        return None;
    }
    // Only where a time was spoken of before; "that day" may else be any day.
    let start = scene.last?.start?;
    let value = match words.at(at) {
        "day" => {
            timex::day(scene.reference().filter(|_| scene.last.is_some_and(|last| last.start == last.end))?)
        }
        "week" => timex::week(start),
        "month" => timex::month(start.year(), start.month()),
        _ => timex::year(start.year()),
    };
    let days = timex::days(&value);
    Some(Found::date((i, at + 1), value, days, "times.next_to"))
}

/// "now", "recently", "in the past", "soon", "these days": no day can be named.
pub(super) fn reference(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let before = words.back(i, 1);
    let is_joined = words.is_dash(i + 1) && words.glued(i + 1);
    let (value, end) = match words.at(i) {
        "now" if !is_joined && words.at(i + 1) != "that" => ("PRESENT_REF", i + 1),
        "currently" | "nowadays" | "presently" if !is_joined => ("PRESENT_REF", i + 1),
        "at" if words.at(i + 1) == "present" => ("PRESENT_REF", i + 2),
        "the" if words.at(i + 1) == "moment" && before == "at" => ("PRESENT_REF", i + 2),
        "these" if words.at(i + 1) == "days" => ("PRESENT_REF", i + 2),
        "recently" | "lately" if !is_joined => ("PAST_REF", i + 1),
        "more" if words.at(i + 1) == "recently" => ("PAST_REF", i + 2),
        "the" if words.at(i + 1) == "past" && matches!(before, "in" | "from") && !goes_on(words, i + 2) => {
            ("PAST_REF", i + 2)
        }
        "the" if words.at(i + 1) == "future" && before == "in" => ("FUTURE_REF", i + 2),
        "the" if words.at(i + 2) == "future" && matches!(words.at(i + 1), "near" | "foreseeable") => {
            ("FUTURE_REF", i + 3)
        }
        "soon" if before != "as" && !is_joined && words.at(i + 1) != "as" && before != "too" => {
            ("FUTURE_REF", i + 1)
        }
        "the" if words.at(i + 2) == "ahead" && Unit::of(words.at(i + 1)).is_some() => ("FUTURE_REF", i + 3),
        _ => return None,
    };
    Some(Found::date((i, end), value.to_string(), None, "times.reference"))
}

/// Whether "the past" goes on as a stretch: "the past two weeks".
fn goes_on(words: &Words, i: usize) -> bool {
    Unit::of(words.at(i)).is_some()
        || super::numeral::number(words, i).is_some()
        || matches!(words.at(i), "few" | "several" | "couple" | "many")
}

/// "the third day of an offensive": a time counted from a beginning that the words do not give.
pub(super) fn nth_day(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let the = usize::from(matches!(words.at(i), "the" | "its" | "their"));
    let nth = super::numeral::ordinal(words.at(i + the)).or_else(|| {
        words
            .figure(i + the)
            .map(|(nth, _)| nth)
            .filter(|_| matches!(words.at(i + the + 1), "st" | "nd" | "rd" | "th"))
    })?;
    let figures = usize::from(words.figure(i + the).is_some());
    let at = i
        + the
        + 1
        + figures
        + usize::from(matches!(words.at(i + the + 1 + figures), "straight" | "consecutive"));
    if !matches!(words.at(at), "day" | "week" | "month" | "year") || nth == 0 {
        return None;
    }
    let is_counted = words.at(at + 1) == "of"
        || matches!(words.back(i, 1), "for" | "on" | "in")
        || at > i + the + 1 + figures;
    if !is_counted || the == 0 && words.back(i, 1) != "a" {
        return None;
    }
    if let Some((found, end)) = of_month(scene, i, at, nth) {
        return Some(Found { end, ..found });
    }
    Some(Found::date((i, at + 1), "XXXX-XX-XX".to_string(), None, "times.nth_day"))
}

/// "the first week of July", "the second day of May 2014": counted from the first of a month.
fn of_month(scene: &Scene, i: usize, at: usize, nth: u32) -> Option<(Found, usize)> {
    let words = &scene.words;
    let (written, end) =
        calendar::read(words, at + 2, scene.anchor).filter(|(written, _)| written.day.is_none())?;
    let month = calendar::resolve(scene, (i, end), &written)?;
    let first = month.days?.start?;
    let nth = i64::from(nth) - 1;
    let (start, end_day) = match words.at(at) {
        "day" => (days::add_days(first, nth)?, days::add_days(first, nth)?),
        "week" => (days::add_days(first, 7 * nth)?, days::add_days(first, 7 * nth + 6)?),
        _ => return None,
    };
    let value = if start == end_day { timex::day(start) } else { timex::week(start) };
    Some((Found::date((i, end), value, Some(Interval::new(start, end_day)), "times.nth_day"), end))
}
