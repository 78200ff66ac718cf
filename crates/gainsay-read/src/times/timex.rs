//! TIMEX3 values: written and read back.
//!
//! Values follow ISO-TimeML (Pustejovsky et al. 2010, "ISO-TimeML: An International Standard for Semantic
//! Annotation", LREC; the values are ISO 8601 with `SP SU FA WI` for seasons, `Q1` for quarters, `WE` for weekends,
//! `MO AF EV NI` for parts of a day, and `PAST_REF PRESENT_REF FUTURE_REF`).

use gainsay_model::claim::Interval;
use jiff::civil::Date;

use super::days;

/// `2014-06-03`.
pub(super) fn day(date: Date) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `2014-06`.
pub(super) fn month(year: i16, month: i8) -> String {
    format!("{year:04}-{month:02}")
}

/// `2014`.
pub(super) fn year(year: i16) -> String {
    format!("{year:04}")
}

/// `2014-W25`, the ISO week of a day.
pub(super) fn week(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// `2014-W25-WE`, the weekend of the ISO week of a day.
pub(super) fn weekend(date: Date) -> String {
    format!("{}-WE", week(date))
}

/// The days that a TIMEX3 value stands for, where it is a point of the calendar: the time expression itself, without
/// what "since", "until" or "by" before it make of it.
///
/// `2014-06-03`, `2014-06-03TNI`, `2014-06`, `2014-W25`, `2014-W25-WE`, `2014-SU`, `2014-Q2`, `2014`, `201`, and two of
/// them with a slash between. `None` for durations, sets and references.
pub fn days(value: &str) -> Option<Interval> {
    if let Some((from, to)) = value.split_once('/') {
        return Some(Interval { start: days(from)?.start, end: days(to)?.end });
    }
    let value = value.split_once('T').map_or(value, |(date, _)| date);
    let mut parts = value.split('-');
    let first = parts.next()?;
    let number: i16 = first.parse().ok().filter(|_| first.bytes().all(|b| b.is_ascii_digit()))?;
    let (second, third) = (parts.next(), parts.next());
    match (first.len(), second, third) {
        (4, None, None) => days::year(number),
        (3, None, None) => days::years(number.checked_mul(10)?, number * 10 + 9),
        (2, None, None) => days::years(number * 100, number * 100 + 99),
        (4, Some(second), third) => {
            if let Some(week) = second.strip_prefix('W') {
                let week = days::iso_week(number, week.parse().ok()?)?;
                let from = if third == Some("WE") { days::add_days(week.start?, 5) } else { week.start };
                return Some(Interval { start: from, end: week.end });
            }
            if let Some(quarter) = second.strip_prefix('Q') {
                return days::quarter(number, quarter.parse().ok()?);
            }
            let Ok(month) = second.parse() else { return days::season(number, second) };
            match third {
                None => days::month(number, month),
                Some(day) => Date::new(number, month, day.parse().ok()?).ok().map(Interval::day),
            }
        }
        _ => None,
    }
}
