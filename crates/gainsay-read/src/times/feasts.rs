//! Feasts and fasts: "Ramadan", "the first day of Eid al-Adha", "Ashura", "Easter", "Christmas Eve", "Newroz".
//!
//! A feast without a year is the latest that has begun by the report's day, or the next one where the verb lies ahead.
//! Easter Sunday by the "anonymous Gregorian" algorithm (Nature, 20 April 1876; J. Meeus, *Astronomical Algorithms*,
//! 2nd edition, Richmond 1998, page 67).

use gainsay_model::claim::Interval;
use jiff::civil::Date;

use super::atoms::{Kind, Words};
use super::days;
use super::hijri;
use super::numeral;
use super::scene::{Found, Scene};
use super::tense::Tense;
use super::timex;

/// How a feast is found in a year.
#[derive(Clone, Copy)]
enum Feast {
    /// A whole Islamic month.
    Month(i64),
    /// Month, first day and length in the Islamic calendar.
    Islamic(i64, i64, i64),
    /// Days after Easter Sunday.
    Easter(i64),
    /// Month and day.
    Fixed(i8, i8),
}

/// A feast, a fast, or a day of one.
pub(super) fn feast(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let (nth, at) = nth_day(words, i);
    if words.glued(at) && words.is_dash(at.wrapping_sub(1)) {
        // "the al-Arbaeen neighbourhood".
        return None;
    }
    let at = after_opening(words, at);
    let (feast, mut end) = name(words, at)?;
    let year = words.figure(end).filter(|(year, _)| (1300..=2100).contains(year));
    end += usize::from(year.is_some());
    let days = match (year, scene.anchor) {
        (Some((year, _)), _) => in_written_year(feast, i64::from(year)),
        (None, Some(anchor)) => near(feast, anchor, scene.tense(i, end)),
        (None, None) => None,
    };
    let days = match (days, nth) {
        (Some(days), Some(0)) => days.end.map(Interval::day),
        (Some(days), Some(nth)) => {
            days.start.and_then(|start| days::add_days(start, i64::from(nth) - 1)).map(Interval::day)
        }
        (days, _) => days,
    };
    let value = match days.and_then(|days| days.start.zip(days.end)) {
        Some((start, end)) if start == end => timex::day(start),
        Some((start, end)) => format!("{}/{}", timex::day(start), timex::day(end)),
        None => "XXXX-XX-XX".to_string(),
    };
    Some(Found::date((i, end), value, days, "times.feast"))
}

/// Skips "the holy month of", "the Muslim feast of" and the like.
fn after_opening(words: &Words, i: usize) -> usize {
    let mut at = i + usize::from(words.at(i) == "the");
    while matches!(words.at(at), "holy" | "fasting" | "muslim" | "islamic" | "christian") {
        at += 1;
    }
    let is_opening =
        matches!(words.at(at), "month" | "feast" | "festival" | "holiday") && words.at(at + 1) == "of";
    if is_opening { at + 2 } else { i }
}

/// "the first day of", "the 2nd day of".
fn nth_day(words: &Words, i: usize) -> (Option<u32>, usize) {
    let at = i + usize::from(words.at(i) == "the");
    if let (Some((nth, _)), true) = (words.figure(at), words.are(at + 2, &["day", "of"])) {
        return (Some(nth.clamp(1, 30)), at + 4);
    }
    match numeral::ordinal(words.at(at)) {
        Some(nth) if words.are(at + 1, &["day", "of"]) => (Some(nth), at + 3),
        _ => (None, i),
    }
}

fn name(words: &Words, i: usize) -> Option<(Feast, usize)> {
    // "al-", "ul-" or nothing, with or without hyphens.
    let article = |at: usize| {
        let at = at + usize::from(words.is_dash(at));
        let at = at + usize::from(matches!(words.at(at), "al" | "ul" | "el" | "l"));
        at + usize::from(words.is_dash(at))
    };
    let at = |feast: Feast, end: usize| Some((feast, end));
    match words.at(i) {
        "eid" | "id" if words.is_capital(i) => match words.at(article(i + 1)) {
            "adha" | "azha" => at(Feast::Islamic(12, 10, 4), article(i + 1) + 1),
            "fitr" => at(Feast::Islamic(10, 1, 3), article(i + 1) + 1),
            _ => None,
        },
        "ashura" | "ashoura" if words.is_capital(i) => at(Feast::Islamic(1, 10, 1), i + 1),
        "arbaeen" | "arbain" if words.is_capital(i) => at(Feast::Islamic(2, 20, 1), i + 1),
        "mawlid" if words.is_capital(i) => at(Feast::Islamic(3, 12, 1), i + 1),
        "ramadan" | "ramadhan" if is_the_month(words, i) => at(Feast::Month(9), i + 1),
        "good" if words.at(i + 1) == "friday" && words.is_capital(i) => at(Feast::Easter(-2), i + 2),
        "palm" if words.at(i + 1) == "sunday" && words.is_capital(i) => at(Feast::Easter(-7), i + 2),
        "easter" if words.is_capital(i) => match words.at(i + 1) {
            "sunday" => at(Feast::Easter(0), i + 2),
            "monday" => at(Feast::Easter(1), i + 2),
            _ => at(Feast::Easter(0), i + 1),
        },
        "christmas" if words.is_capital(i) => match words.at(i + 1) {
            "eve" => at(Feast::Fixed(12, 24), i + 2),
            "day" => at(Feast::Fixed(12, 25), i + 2),
            _ => at(Feast::Fixed(12, 25), i + 1),
        },
        "new" if words.at(i + 1) == "year" && words.is_capital(i) && words.is_capital(i + 1) => {
            let end = if matches!(words.at(i + 2), "'" | "’") { i + 4 } else { i + 2 };
            match words.at(end) {
                "eve" => at(Feast::Fixed(12, 31), end + 1),
                "day" => at(Feast::Fixed(1, 1), end + 1),
                _ => at(Feast::Fixed(1, 1), end),
            }
        }
        "newroz" | "nowruz" | "nawroz" | "norouz" if words.is_capital(i) => at(Feast::Fixed(3, 21), i + 1),
        _ => None,
    }
}

/// "Ramadan" as a month rather than a person's name ("Ramadan Shallah", "Hajji Ramadan").
fn is_the_month(words: &Words, i: usize) -> bool {
    let is_name = |at: usize| words.kind(at) == Kind::Word && words.is_capital(at);
    let before = words.back(i, 1);
    let says_when = matches!(
        before,
        "of" | "during"
            | "in"
            | "since"
            | "for"
            | "until"
            | "before"
            | "after"
            | "this"
            | "last"
            | "throughout"
            | "by"
    );
    words.is_capital(i) && !is_name(i + 1) && (says_when || i == words.lo || !is_name(i - 1)) && before != "-"
}

/// The feast in the year written behind its name, Islamic or Gregorian.
fn in_written_year(feast: Feast, year: i64) -> Option<Interval> {
    match feast {
        Feast::Month(_) | Feast::Islamic(..) if year < 1700 => in_islamic_year(feast, year),
        Feast::Month(_) | Feast::Islamic(..) => {
            let middle = Date::new(i16::try_from(year).ok()?, 1, 1).ok()?;
            let first = hijri::year_of(middle);
            (first..=first + 1)
                .filter_map(|hijri| in_islamic_year(feast, hijri))
                .find(|days| days.start.is_some_and(|start| i64::from(start.year()) == year))
        }
        _ => in_gregorian_year(feast, i16::try_from(year).ok()?),
    }
}

fn in_islamic_year(feast: Feast, year: i64) -> Option<Interval> {
    match feast {
        Feast::Month(month) => hijri::month(year, month),
        Feast::Islamic(month, day, length) => {
            let start = hijri::date(year, month, day)?;
            Some(Interval::new(start, days::add_days(start, length - 1)?))
        }
        _ => None,
    }
}

fn in_gregorian_year(feast: Feast, year: i16) -> Option<Interval> {
    let day = match feast {
        Feast::Easter(after) => days::add_days(easter(year)?, after)?,
        Feast::Fixed(month, day) => Date::new(year, month, day).ok()?,
        _ => return None,
    };
    Some(Interval::day(day))
}

/// The feast nearest to the report on the side that the verb says.
fn near(feast: Feast, anchor: Date, tense: Tense) -> Option<Interval> {
    let around: Vec<Interval> = match feast {
        Feast::Month(_) | Feast::Islamic(..) => {
            let this = hijri::year_of(anchor);
            (this - 1..=this + 1).filter_map(|year| in_islamic_year(feast, year)).collect()
        }
        _ => {
            let this = anchor.year();
            (this - 1..=this + 1).filter_map(|year| in_gregorian_year(feast, year)).collect()
        }
    };
    let past = around.iter().rev().find(|days| days.start.is_some_and(|start| start <= anchor)).copied();
    let ahead = around.iter().find(|days| days.end.is_some_and(|end| end >= anchor)).copied();
    if tense == Tense::Future { ahead.or(past) } else { past.or(ahead) }
}

/// Easter Sunday of the Gregorian calendar.
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let a = year % 19;
    let (b, c) = (year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month = (h + l - 7 * m + 114) / 31;
    let day = (h + l - 7 * m + 114) % 31 + 1;
    Date::new(year as i16, month as i8, day as i8).ok()
}
