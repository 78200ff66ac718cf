//! Days and spans of days: arithmetic that stops at the ends of the calendar instead of failing there.

use jiff::ToSpan;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// First and last day, both inclusive, the first never after the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Days {
    /// First day.
    pub(crate) from: Date,
    /// Last day.
    pub(crate) to: Date,
}

impl Days {
    /// From one day to another, in whichever order they were given.
    pub(crate) fn new(a: Date, b: Date) -> Days {
        Days { from: a.min(b), to: a.max(b) }
    }

    /// How many days it covers.
    pub(crate) fn len(self) -> i64 {
        between(self.from, self.to) + 1
    }

    /// Whether it is a single day.
    pub(crate) fn is_day(self) -> bool {
        self.from == self.to
    }

    /// Whether a report can mean such days: from the year 1000 to 2999.
    pub(crate) fn plausible(self) -> bool {
        let years = 1000..3000;
        years.contains(&self.from.year()) && years.contains(&self.to.year())
    }

    /// Whether the two share a day.
    pub(crate) fn overlaps(self, other: Days) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether `other` lies wholly inside.
    pub(crate) fn contains(self, other: Days) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// Days of nothing between the two; 0 where they touch or overlap.
    pub(crate) fn gap(self, other: Days) -> i64 {
        (between(self.to, other.from) - 1).max(between(other.to, self.from) - 1).max(0)
    }

    /// Longer by so many days at both ends.
    pub(crate) fn widen(self, days: i32) -> Days {
        Days { from: shift(self.from, -days), to: shift(self.to, days) }
    }

    /// The smallest span that covers both.
    pub(crate) fn cover(self, other: Days) -> Days {
        Days { from: self.from.min(other.from), to: self.to.max(other.to) }
    }
}

/// The day so many days later, or the last (first) day there is.
pub(crate) fn shift(day: Date, days: i32) -> Date {
    day.saturating_add(days.days())
}

/// Days from `a` to `b`; negative where `b` comes first.
pub(crate) fn between(a: Date, b: Date) -> i64 {
    i64::from(ordinal(b)) - i64::from(ordinal(a))
}

/// Days since the year 0, for differences (Hinnant 2013, "chrono-Compatible Low-Level Date Algorithms").
fn ordinal(day: Date) -> i32 {
    let (y, m, d) = (i32::from(day.year()), i32::from(day.month()), i32::from(day.day()));
    let y = if m <= 2 { y - 1 } else { y };
    let era = y.div_euclid(400);
    let of_era = y.rem_euclid(400);
    let of_year = (153 * ((m + 9) % 12) + 2) / 5 + d - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year
}

/// More statements times days than this are not looked at day by day.
const MOST: usize = 100_000;
/// But those said in the last so many days are (days).
const FRESH: i64 = 92;

/// The days as known on which a place is looked at: all on which something was said. Where very much is told of it, of
/// what was said long ago only the last in each month, so that it is known from that day on.
pub(crate) fn known_days(days: std::collections::BTreeSet<Date>, statements: usize) -> Vec<Date> {
    let all: Vec<Date> = days.into_iter().collect();
    let last = all.iter().rev().find(|day| **day < Date::MAX).copied();
    if all.len().saturating_mul(statements) <= MOST {
        return all;
    }
    let month = |day: Date| (day.year(), day.month());
    let stays = |n: usize| {
        let fresh = last.is_some_and(|last| between(all[n], last) <= FRESH);
        fresh || all.get(n + 1).is_none_or(|next| month(*next) != month(all[n]))
    };
    (0..all.len()).filter(|&n| stays(n)).map(|n| all[n]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn days_are_counted_across_months_and_leap_years() {
        assert_eq!(between(date(2016, 2, 28), date(2016, 3, 1)), 2);
        assert_eq!(between(date(2015, 12, 31), date(2016, 1, 1)), 1);
        assert_eq!(between(date(2014, 6, 23), date(2014, 6, 3)), -20);
    }

    #[test]
    fn the_ends_of_the_calendar_do_not_break() {
        assert_eq!(shift(Date::MAX, 9), Date::MAX);
        assert_eq!(shift(Date::MIN, -9), Date::MIN);
        assert!(between(Date::MIN, Date::MAX) > 7_000_000);
    }

    #[test]
    fn the_gap_between_neighbours_is_nothing() {
        let a = Days::new(date(2014, 6, 1), date(2014, 6, 3));
        assert_eq!(a.gap(Days::new(date(2014, 6, 4), date(2014, 6, 9))), 0);
        assert_eq!(a.gap(Days::new(date(2014, 6, 6), date(2014, 6, 9))), 2);
        assert_eq!(Days::new(date(2014, 6, 6), date(2014, 6, 9)).gap(a), 2);
    }
}
