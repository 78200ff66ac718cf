//! Steps over days, weeks, months and years, and the units that durations are told in.

use gainsay_model::claim::Interval;
use jiff::Span;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Unit {
    /// The unit a word names, and whether the word is a plural.
    pub(super) fn of(word: &str) -> Option<(Unit, bool)> {
        Some(match word {
            "second" => (Unit::Second, false),
            "seconds" => (Unit::Second, true),
            "minute" => (Unit::Minute, false),
            "minutes" => (Unit::Minute, true),
            "hour" => (Unit::Hour, false),
            "hours" => (Unit::Hour, true),
            "day" | "night" => (Unit::Day, false),
            "days" | "nights" => (Unit::Day, true),
            "weekend" => (Unit::Weekend, false),
            "weekends" => (Unit::Weekend, true),
            "week" => (Unit::Week, false),
            "weeks" => (Unit::Week, true),
            "month" => (Unit::Month, false),
            "months" => (Unit::Month, true),
            "quarter" => (Unit::Quarter, false),
            "quarters" => (Unit::Quarter, true),
            "year" => (Unit::Year, false),
            "years" => (Unit::Year, true),
            "decade" => (Unit::Decade, false),
            "decades" => (Unit::Decade, true),
            "century" => (Unit::Century, false),
            "centuries" => (Unit::Century, true),
            _ => return None,
        })
    }

    /// The TIMEX3 duration of `amount` of these ("2", "2.5", "X").
    pub(super) fn duration(self, amount: &str) -> String {
        match self {
            Unit::Second => format!("PT{amount}S"),
            Unit::Minute => format!("PT{amount}M"),
            Unit::Hour => format!("PT{amount}H"),
            Unit::Day => format!("P{amount}D"),
            Unit::Weekend => format!("P{amount}WE"),
            Unit::Week => format!("P{amount}W"),
            Unit::Month => format!("P{amount}M"),
            Unit::Quarter => format!("P{amount}Q"),
            Unit::Year => format!("P{amount}Y"),
            Unit::Decade => match amount.parse::<u64>() {
                Ok(decades) => format!("P{}Y", decades.saturating_mul(10)),
                Err(_) => format!("P{amount}DE"),
            },
            Unit::Century => match amount.parse::<u64>() {
                Ok(centuries) => format!("P{}Y", centuries.saturating_mul(100)),
                Err(_) => format!("P{amount}CE"),
            },
        }
    }

    /// The day `amount` of these before (negative) or after `date`; hours count as the days they begin.
    pub(super) fn step(self, date: Date, amount: f64) -> Option<Date> {
        if !amount.is_finite() || amount.abs() > 1e6 {
            return None;
        }
        let whole = amount.trunc() as i64;
        let part = amount - amount.trunc();
        match self {
            Unit::Second | Unit::Minute => Some(date),
            Unit::Hour => {
                add_days(date, (amount / 24.0).abs().ceil() as i64 * if amount < 0.0 { -1 } else { 1 })
            }
            Unit::Day => add_days(date, whole),
            Unit::Weekend | Unit::Week => add_days(date, (amount * 7.0).round() as i64),
            Unit::Month => add_days(add_months(date, whole)?, (part * 30.0).round() as i64),
            Unit::Quarter => add_months(date, whole * 3),
            Unit::Year => add_months(date, (amount * 12.0).round() as i64),
            Unit::Decade => add_months(date, (amount * 120.0).round() as i64),
            Unit::Century => add_months(date, (amount * 1200.0).round() as i64),
        }
    }
}

/// The date `days` later; `None` outside the years −9999 to 9999.
pub(super) fn add_days(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// The date `months` later, its day moved back where the month is shorter.
pub(super) fn add_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// Days from `a` to `b`.
pub(super) fn between(a: Date, b: Date) -> i64 {
    a.until(b).map_or(0, |span| i64::from(span.get_days()))
}

/// A month.
pub(super) fn month(year: i16, month: i8) -> Option<Interval> {
    let first = Date::new(year, month, 1).ok()?;
    Some(Interval::new(first, first.last_of_month()))
}

/// A year.
pub(super) fn year(year: i16) -> Option<Interval> {
    Some(Interval::new(Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?))
}

/// Several years.
pub(super) fn years(from: i16, to: i16) -> Option<Interval> {
    Some(Interval::new(Date::new(from, 1, 1).ok()?, Date::new(to, 12, 31).ok()?))
}

/// The ISO week (Monday to Sunday) that `date` falls in.
pub(super) fn week(date: Date) -> Option<Interval> {
    let monday = add_days(date, -i64::from(date.weekday().to_monday_zero_offset()))?;
    Some(Interval::new(monday, add_days(monday, 6)?))
}

/// An ISO week by year and number.
pub(super) fn iso_week(year: i16, week: i8) -> Option<Interval> {
    let monday = ISOWeekDate::new(year, week, Weekday::Monday).ok()?.date();
    Some(Interval::new(monday, add_days(monday, 6)?))
}

/// A quarter of a year, 1 to 4.
pub(super) fn quarter(year: i16, quarter: i8) -> Option<Interval> {
    let first = Date::new(year, quarter.checked_mul(3)?.checked_sub(2)?, 1).ok()?;
    Some(Interval::new(first, add_months(first, 2)?.last_of_month()))
}

/// A season as meteorologists count it: spring from March, summer from June, autumn from September, and winter from
/// December of its year to the end of February.
pub(super) fn season(year: i16, code: &str) -> Option<Interval> {
    let from = match code {
        "SP" => 3,
        "SU" => 6,
        "FA" => 9,
        "WI" => 12,
        _ => return None,
    };
    let first = Date::new(year, from, 1).ok()?;
    Some(Interval::new(first, add_months(first, 2)?.last_of_month()))
}
