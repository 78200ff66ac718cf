//! Names of months, weekdays and seasons, and words that narrow a stretch of time.

use jiff::civil::Weekday;

/// The month a word names, and whether it is an abbreviation.
pub(super) fn month(word: &str) -> Option<(i8, bool)> {
    Some(match word {
        "january" => (1, false),
        "jan" => (1, true),
        "february" => (2, false),
        "feb" => (2, true),
        "march" => (3, false),
        "mar" => (3, true),
        "april" => (4, false),
        "apr" => (4, true),
        "may" => (5, false),
        "june" => (6, false),
        "jun" => (6, true),
        "july" => (7, false),
        "jul" => (7, true),
        "august" => (8, false),
        "aug" => (8, true),
        "september" => (9, false),
        "sep" | "sept" => (9, true),
        "october" => (10, false),
        "oct" => (10, true),
        "november" => (11, false),
        "nov" => (11, true),
        "december" => (12, false),
        "dec" => (12, true),
        _ => return None,
    })
}

/// The weekday a word names, and whether it is an abbreviation.
pub(super) fn weekday(word: &str) -> Option<(Weekday, bool)> {
    Some(match word {
        "monday" => (Weekday::Monday, false),
        "mon" => (Weekday::Monday, true),
        "tuesday" => (Weekday::Tuesday, false),
        "tue" | "tues" => (Weekday::Tuesday, true),
        "wednesday" => (Weekday::Wednesday, false),
        "wed" => (Weekday::Wednesday, true),
        "thursday" => (Weekday::Thursday, false),
        "thu" | "thur" | "thurs" => (Weekday::Thursday, true),
        "friday" => (Weekday::Friday, false),
        "fri" => (Weekday::Friday, true),
        "saturday" => (Weekday::Saturday, false),
        "sat" => (Weekday::Saturday, true),
        "sunday" => (Weekday::Sunday, false),
        "sun" => (Weekday::Sunday, true),
        _ => return None,
    })
}

/// The TIMEX3 code of a season.
pub(super) fn season(word: &str) -> Option<&'static str> {
    Some(match word {
        "spring" => "SP",
        "summer" => "SU",
        "autumn" | "fall" => "FA",
        "winter" => "WI",
        _ => return None,
    })
}

/// The TIMEX3 code of a part of a day.
pub(super) fn part_of_day(word: &str) -> Option<&'static str> {
    Some(match word {
        "morning" | "dawn" | "daybreak" | "sunrise" => "MO",
        "afternoon" => "AF",
        "evening" | "dusk" | "sunset" => "EV",
        "night" | "overnight" => "NI",
        _ => return None,
    })
}

/// Which stretch of the named kind is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// "this", "the current".
    This,
    /// "last", "the previous".
    Last,
    /// "next", "the coming", "the following".
    Next,
}

/// The stretch that a word before a unit points at.
pub(super) fn which(word: &str) -> Option<Which> {
    Some(match word {
        "this" | "current" => Which::This,
        "last" | "past" | "previous" | "preceding" => Which::Last,
        "next" | "coming" | "following" | "upcoming" => Which::Next,
        _ => return None,
    })
}

/// Which part of a stretch is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Portion {
    /// "early", "the beginning of".
    Early,
    /// "mid-", "the middle of".
    Mid,
    /// "late", "the end of".
    Late,
}

/// Words that say when rather than who: what may stand before a bare month or a bare year.
pub(super) fn is_time_preposition(word: &str) -> bool {
    matches!(
        word,
        "in" | "since"
            | "of"
            | "by"
            | "until"
            | "till"
            | "last"
            | "next"
            | "this"
            | "early"
            | "mid"
            | "late"
            | "during"
            | "from"
            | "to"
            | "through"
            | "before"
            | "after"
            | "between"
            | "throughout"
            | "around"
            | "circa"
            | "every"
            | "previous"
    )
}
