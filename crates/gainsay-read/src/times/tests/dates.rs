//! Dates, months, weekdays, years, feasts: points of the calendar.

use super::{MONDAY, check};

#[test]
fn full_dates_in_every_order() {
    check(
        MONDAY,
        &[
            ("captured on 3 June 2014", "3 June 2014 = 2014-06-03"),
            ("captured on June 3, 2014", "June 3, 2014 = 2014-06-03"),
            ("captured on 2014-06-03.", "2014-06-03 = 2014-06-03"),
            ("captured on 03/06/2014", "03/06/2014 = 2014-06-03"),
            ("captured on 03.06.2014", "03.06.2014 = 2014-06-03"),
            ("captured on 6/25/2013", "6/25/2013 = 2013-06-25"),
            ("the third of", ""),
            ("captured on the 3rd of June", "the 3rd of June = 2014-06-03"),
            ("captured on Jan. 18", "Jan. 18 = 2014-01-18"),
            ("captured on Monday, June 2, 2014", "Monday, June 2, 2014 = 2014-06-02"),
            ("captured on Tuesday 3 June", "Tuesday 3 June = 2014-06-03"),
            ("killed on 18-Jan-2013", "18-Jan-2013 = 2013-01-18"),
            ("born on February 24, 1955", "February 24, 1955 = 1955-02-24"),
        ],
    );
}

#[test]
fn dates_without_a_year() {
    check(
        MONDAY,
        &[
            // Days before the report belong to its year, later ones to the year before …
            ("captured on June 3", "June 3 = 2014-06-03"),
            ("captured on 3 June", "3 June = 2014-06-03"),
            ("were used on December 23", "December 23 = 2013-12-23"),
            // … unless they lie ahead.
            ("the talks will begin on July 2", "July 2 = 2014-07-02"),
            ("the talks are to be held on September 12", "September 12 = 2014-09-12"),
            // A weekday decides between years.
            ("attacked on Friday August 23", "Friday August 23 = 2013-08-23"),
            ("a rally on Saturday August 23", "Saturday August 23 = 2014-08-23"),
        ],
    );
    check("2010-01-25", &[("its flight on 11 December", "11 December = 2009-12-11")]);
}

#[test]
fn months() {
    check(
        MONDAY,
        &[
            ("captured in April", "April = 2014-04-01..2014-04-30"),
            ("captured in November", "November = 2013-11-01..2013-11-30"),
            ("captured in April 2013", "April 2013 = 2013-04-01..2013-04-30"),
            ("captured last April", "last April = 2014-04-01..2014-04-30"),
            ("captured last September", "last September = 2013-09-01..2013-09-30"),
            ("captured in June last year", "June last year = 2013-06-01..2013-06-30"),
            ("since April of this year", "April of this year = 2014-04-01..2014-06-23"),
            ("in late May", "late May = 2014-05-21..2014-05-31"),
            ("in early May 2013", "early May 2013 = 2013-05-01..2013-05-10"),
            ("since mid-March 2011", "mid-March 2011 = 2011-03-11..2014-06-23"),
            ("at the end of May", "the end of May = 2014-05-21..2014-05-31"),
            ("an image from a November video", "November = 2013-11-01..2013-11-30"),
            ("In June 30 people were killed", "June = 2014-06-01..2014-06-30"),
        ],
    );
}

#[test]
fn words_that_only_look_like_months() {
    check(
        MONDAY,
        &[
            ("the group may attack", ""),
            ("they march on the city", ""),
            ("captured in May", "May = 2014-05-01..2014-05-31"),
            ("Theresa May said", ""),
            ("the forces march to Hama", ""),
            ("April Jones said", ""),
        ],
    );
}

#[test]
fn weekdays() {
    check(
        MONDAY,
        &[
            ("on Wednesday", "Wednesday = 2014-06-18"),
            ("the monitor said Sunday", "Sunday = 2014-06-22"),
            ("killed on Monday", "Monday = 2014-06-23"),
            ("Last Thursday, rebels and ISIS agreed", "Last Thursday = 2014-06-19"),
            ("killed last Monday", "last Monday = 2014-06-16"),
            ("they meet next Friday", "next Friday = 2014-06-27"),
            ("talks will begin on Friday", "Friday = 2014-06-27"),
            ("the talks are set to begin on Wednesday", "Wednesday = 2014-06-25"),
            ("fended off attacks Tuesday night", "Tuesday night = 2014-06-17"),
            ("late Sunday", "late Sunday = 2014-06-22"),
            ("shelling early on Wednesday", "early on Wednesday = 2014-06-18"),
            ("strikes early on Tuesday morning", "early on Tuesday morning = 2014-06-17"),
            (
                "strikes on Saturday and Sunday",
                "Saturday = 2014-06-21..2014-06-22; Sunday = 2014-06-21..2014-06-22",
            ),
            ("Thursdays attack comes as", "Thursdays = 2014-06-19"),
            ("Thursday's attack", "Thursday = 2014-06-19"),
            ("it happened on Friday last week", "Friday last week = 2014-06-20"),
            ("after Friday prayers", "Friday = 2014-06-20"),
            ("markets close on Fridays", "Fridays = XXXX-WXX-5"),
        ],
    );
}

#[test]
fn days_around_the_report() {
    check(
        MONDAY,
        &[
            ("a strike today", "today = 2014-06-23"),
            ("a strike yesterday", "yesterday = 2014-06-22"),
            ("the day before yesterday", "the day before yesterday = 2014-06-21"),
            ("tomorrow", "tomorrow = 2014-06-24"),
            ("The strikes tonight", "tonight = 2014-06-23"),
            ("the strike was this morning", "this morning = 2014-06-23"),
            ("a strike last night", "last night = 2014-06-22"),
            ("yesterday evening", "yesterday evening = 2014-06-22"),
            ("those killed overnight", "overnight = 2014-06-22..2014-06-23"),
        ],
    );
}

#[test]
fn weeks_months_and_years_around_the_report() {
    check(
        MONDAY,
        &[
            ("earlier this week", "earlier this week = 2014-06-23"),
            ("this week", "this week = 2014-06-23..2014-06-29"),
            ("went to Damascus last week", "last week = 2014-06-16..2014-06-22"),
            ("a statement late last week", "late last week = 2014-06-19..2014-06-22"),
            ("Over the weekend, the group", "the weekend = 2014-06-21..2014-06-22"),
            ("Aid entered last month.", "last month = 2014-05-01..2014-05-31"),
            ("sources said earlier this month", "earlier this month = 2014-06-01..2014-06-23"),
            ("this year", "this year = 2014-01-01..2014-12-31"),
            ("last year", "last year = 2013-01-01..2013-12-31"),
            ("next week", "next week = 2014-06-30..2014-07-06"),
            ("at the beginning of the year", "the beginning of the year = 2014-01-01..2014-03-31"),
            ("last summer", "last summer = 2013-06-01..2013-08-31"),
            ("in the winter of 2012", "the winter of 2012 = 2012-12-01..2013-02-28"),
            ("in the first quarter of 2013", "the first quarter of 2013 = 2013-01-01..2013-03-31"),
        ],
    );
}

#[test]
fn years_and_longer() {
    check(
        MONDAY,
        &[
            ("in 2012", "2012 = 2012-01-01..2012-12-31"),
            ("a lightning 2014 campaign", "2014 = 2014-01-01..2014-12-31"),
            ("the war of 1967", "1967 = 1967-01-01..1967-12-31"),
            ("in early 2013", "early 2013 = 2013-01-01..2013-03-31"),
            ("began in mid 2011 when", "mid 2011 = 2011-06-01..2011-07-31"),
            ("in the 1980s", "the 1980s = 1980-01-01..1989-12-31"),
            ("in the 20th century", "the 20th century = 1900-01-01..1999-12-31"),
            ("from 2009 to 2011", "2009 = 2009-01-01..2011-12-31; 2011 = 2009-01-01..2011-12-31"),
        ],
    );
}

#[test]
fn numbers_that_are_no_years() {
    check(
        MONDAY,
        &[
            ("Resolution 2254", ""),
            ("Brigade 137 and Base 46", ""),
            ("2,014 people", ""),
            ("killed 2000 civilians", ""),
            ("nearly 1967 fighters", ""),
            ("a 26-year-old man", ""),
            ("Wisam, aged 12 years", ""),
            ("he is 12 years old", ""),
            ("fought in the Six-Day War", ""),
            ("one quarter of the province", ""),
        ],
    );
}

#[test]
fn feasts_and_fasts() {
    check(
        "2014-08-15",
        &[
            ("on the first day of Ramadan", "the first day of Ramadan = 2014-06-29"),
            ("during Ramadan", "Ramadan = 2014-06-29..2014-07-28"),
            ("the holy month of Ramadan", "the holy month of Ramadan = 2014-06-29..2014-07-28"),
            ("on Eid al-Fitr", "Eid al-Fitr = 2014-07-29..2014-07-31"),
            ("before Eid al-Adha", "Eid al-Adha = ..2013-10-14"),
            ("the second day of Eid al-Adha", "the second day of Eid al-Adha = 2013-10-16"),
            ("on Ashura", "Ashura = 2013-11-14"),
            ("Ramadan Shallah said", ""),
            ("on 10 Muharram 1435", "10 Muharram 1435 = 2013-11-14"),
            ("on Easter Sunday", "Easter Sunday = 2014-04-20"),
            ("on Good Friday", "Good Friday = 2014-04-18"),
            ("on Christmas Eve", "Christmas Eve = 2013-12-24"),
            ("on New Year's Day", "New Year's Day = 2014-01-01"),
        ],
    );
}

#[test]
fn times_of_day() {
    check(
        MONDAY,
        &[
            ("at 10:30 am on Friday", "10:30 am = 2014-06-23; Friday = 2014-06-20"),
            ("on Friday at 18:00 UTC", "Friday = 2014-06-20; 18:00 UTC = 2014-06-20"),
            ("around 600am local time (0300 GMT)", "600am local time = 2014-06-23; 0300 GMT = 2014-06-23"),
            ("at dawn", "dawn = 2014-06-23"),
            ("at 6:40 p.m.", "6:40 p.m. = 2014-06-23"),
        ],
    );
}
