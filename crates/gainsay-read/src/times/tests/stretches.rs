//! Stretches and lengths of time, and days counted from others.

use super::{MONDAY, check};

#[test]
fn stretches_that_reach_the_report() {
    check(
        MONDAY,
        &[
            ("has increased over the past two weeks", "the past two weeks = 2014-06-09..2014-06-23"),
            ("in the last 24 hours", "the last 24 hours = 2014-06-22..2014-06-23"),
            ("over the last 48 hours", "the last 48 hours = 2014-06-21..2014-06-23"),
            ("over the past ten days", "the past ten days = 2014-06-13..2014-06-23"),
            ("killed during the past month", "the past month = 2014-05-23..2014-06-23"),
            ("has been under siege for at least one year", "at least one year = 2013-06-23..2014-06-23"),
            ("has not had power for over 10 months", "over 10 months = 2013-08-23..2014-06-23"),
            ("has been besieged for nearly two years", "nearly two years = 2012-06-23..2014-06-23"),
            ("the 760-day siege on the city", "760-day = 2012-05-24..2014-06-23"),
            ("during the 28-month-old conflict", "28-month-old = 2012-02-23..2014-06-23"),
            ("has faced a month-long offensive", "a month-long = 2014-05-23..2014-06-23"),
            ("For weeks, reports have circulated", "weeks = ..2014-06-23"),
            ("in recent days", "recent days = 2014-06-16..2014-06-23"),
            ("over the last week", "the last week = 2014-06-16..2014-06-23"),
            ("the nearly four year conflict", "nearly four year = 2010-06-23..2014-06-23"),
            ("in recent weeks", "recent weeks = 2014-05-26..2014-06-23"),
        ],
    );
}

#[test]
fn lengths_that_stay_lengths() {
    check(
        MONDAY,
        &[
            ("after two years of bombardment", "two years = P2Y"),
            ("a three-day truce", "three-day = P3D"),
            ("two and a half years behind schedule", "two and a half years = P2.5Y"),
            ("it lasted thirty minutes", "thirty minutes = PT30M"),
            ("one day after the monitor reported", ""),
            ("after months of gains", "months = PXM"),
            ("in the coming days", "the coming days = 2014-06-23..2014-06-30"),
            ("within the next six months", "the next six months = 2014-06-23..2014-12-23"),
        ],
    );
}

#[test]
fn days_counted_from_others() {
    check(
        MONDAY,
        &[
            ("three days ago", "three days ago = 2014-06-20"),
            ("two weeks ago", "two weeks ago = 2014-06-09..2014-06-15"),
            ("a month ago", "a month ago = 2014-05-01..2014-05-31"),
            ("two years ago", "two years ago = 2012-01-01..2012-12-31"),
            ("some days ago", "some days ago = 2014-06-16..2014-06-22"),
            ("on June 3 and the next day", "June 3 = 2014-06-03; the next day = 2014-06-04"),
            ("on June 3, two days later", "June 3 = 2014-06-03; two days later = 2014-06-05"),
            ("on Friday, after shelling a day earlier", "Friday = 2014-06-20; a day earlier = 2014-06-19"),
            ("on June 3, on the same day", "June 3 = 2014-06-03; the same day = 2014-06-03"),
            ("on the third day of an offensive", "the third day = XXXX-XX-XX"),
            ("in the first week of May", "the first week of May = 2014-05-01..2014-05-07"),
        ],
    );
}

#[test]
fn since_until_by_before() {
    check(
        MONDAY,
        &[
            ("blockaded since June 3", "June 3 = 2014-06-03..2014-06-23"),
            ("since Saturday", "Saturday = 2014-06-21..2014-06-23"),
            ("since dawn", "dawn = 2014-06-23"),
            ("killed on Wednesday before dawn", "Wednesday = 2014-06-18; dawn = 2014-06-18"),
            ("quiet until Friday", "Friday = ..2014-06-20"),
            ("control by December 2013", "December 2013 = ..2013-12-31"),
            ("before 2012", "2012 = ..2011-12-31"),
            ("after June 3", "June 3 = 2014-06-03.."),
            ("from 3 to 5 June", "3 to 5 June = 2014-06-03..2014-06-05"),
            ("between June 3 and 5", "June 3 and 5 = 2014-06-03..2014-06-05"),
            ("June 3-5, 2013", "June 3-5, 2013 = 2013-06-03..2013-06-05"),
            ("from June 3 to June 5", "June 3 = 2014-06-03..2014-06-05; June 5 = 2014-06-03..2014-06-05"),
            (
                "between Tuesday and Thursday",
                "Tuesday = 2014-06-17..2014-06-19; Thursday = 2014-06-17..2014-06-19",
            ),
            // What has been so since a dated event runs to the report; the event keeps its day.
            (
                "under siege since ISIS took the bridge on June 3",
                "since = 2014-06-03..2014-06-23; June 3 = 2014-06-03",
            ),
            (
                "blockaded since June 3 when ISIS took it",
                "since = 2014-06-03..2014-06-23; June 3 = 2014-06-03",
            ),
            (
                "began in May 2011. Since then half have fled",
                "May 2011 = 2011-05-01..2011-05-31; Since then = 2011-05-01..2014-06-23",
            ),
        ],
    );
}

#[test]
fn times_that_name_no_day() {
    check(
        MONDAY,
        &[
            ("ISIS currently controls", "currently = PRESENT_REF"),
            ("it now holds", "now = PRESENT_REF"),
            ("has recently intensified", "recently = PAST_REF"),
            ("in the past", "the past = PAST_REF"),
            ("8-11 drives a day", "a day = P1D"),
            ("15 a year", "a year = P1Y"),
            ("every two weeks", "every two weeks = P2W"),
            ("a daily round-up", "daily = P1D"),
        ],
    );
}
