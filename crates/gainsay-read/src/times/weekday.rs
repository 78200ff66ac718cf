//! Weekdays against the report's date: "on Wednesday", "last Thursday", "next Friday", "Tuesday night", "late Monday".
//!
//! A weekday without more is the latest one on or before the report's day, or, where the verb lies ahead ("will meet
//! on Friday"), the first one on or after it.

use gainsay_model::claim::Interval;
use gainsay_model::reading::TimexType;
use jiff::civil::{Date, Weekday};

use super::atoms::Words;
use super::days;
use super::lexis::{self, Which};
use super::scene::{Found, Scene};
use super::tense::Tense;
use super::timex;

/// A weekday with what stands around it.
pub(super) fn weekday(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let mut at = i;
    // "early on Tuesday", "late Monday".
    if matches!(words.at(at), "early" | "late") {
        at += 1 + usize::from(words.at(at + 1) == "on");
    }
    at += usize::from(words.at(at) == "the" && lexis::which(words.at(at + 1)).is_some());
    let which = lexis::which(words.at(at));
    at += usize::from(which.is_some());
    let (weekday, is_short) = lexis::weekday(words.at(at))?;
    if !words.is_capital(at) && is_short {
        return None;
    }
    if is_short && !stands_as_date(words, at) {
        return None;
    }
    at += 1;
    // "Fridays" comes as one word; "Friday's" and the "Thursdays" of texts without apostrophes are the day itself.
    let mut week = None;
    if let Some((which, end)) = week_after(words, at) {
        week = Some(which);
        at = end;
    }
    let part = part_of_day(words, at);
    if let Some((_, end)) = part {
        at = end;
    }
    let day = scene.anchor.and_then(|anchor| match week {
        Some(week) => in_week(anchor, weekday, week),
        None => pick(anchor, weekday, which, || scene.tense(i, at)),
    });
    let value = day.map_or_else(|| "XXXX-XX-XX".to_string(), timex::day);
    let days = day.map(Interval::day);
    Some(match part {
        Some((code, _)) => {
            Found::of((i, at), TimexType::Time, format!("{value}T{code}"), days, "times.weekday")
        }
        None => Found::date((i, at), value, days, "times.weekday"),
    })
}

/// "Fridays", "every Friday": a day that comes again.
pub(super) fn repeated(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let is_every = matches!(words.at(i), "every" | "each");
    let at = i + usize::from(is_every);
    let name = words.at(at);
    let name = if is_every { name } else { name.strip_suffix('s')? };
    let (weekday, is_short) = lexis::weekday(name)?;
    if is_short {
        return None;
    }
    if !is_every {
        // "on Fridays" comes again; "Thursdays attack" has lost its apostrophe and is one day.
        let ends = words.at(at + 1).is_empty() || !words.is_word(at + 1);
        if words.back(i, 1) != "on" || !ends {
            let day = scene.anchor.and_then(|anchor| pick(anchor, weekday, None, || scene.tense(i, at + 1)));
            let value = day.map_or_else(|| "XXXX-XX-XX".to_string(), timex::day);
            return Some(Found::date((i, at + 1), value, day.map(Interval::day), "times.weekday"));
        }
    }
    let value = format!("XXXX-WXX-{}", weekday.to_monday_one_offset());
    Some(Found::of((i, at + 1), TimexType::Set, value, None, "times.set"))
}

/// An abbreviated weekday counts only where a date could stand: "(Sat)", "Sat,", "on Sat".
fn stands_as_date(words: &Words, i: usize) -> bool {
    matches!(words.back(i, 1), "on" | "last" | "(" | "since" | "until")
        && !(words.is_word(i + 1) && words.is_capital(i + 1))
}

/// "last week", "of this week" after a weekday.
fn week_after(words: &Words, i: usize) -> Option<(Which, usize)> {
    let at = i + usize::from(words.at(i) == "of") + usize::from(words.are(i, &["of", "the"]));
    let which = lexis::which(words.at(at))?;
    if words.at(at + 1) == "week" { Some((which, at + 2)) } else { None }
}

/// "night", "in the morning", "at dawn", "overnight" after a day.
pub(super) fn part_of_day(words: &Words, i: usize) -> Option<(&'static str, usize)> {
    let skipped = match (words.at(i), words.at(i + 1)) {
        ("in" | "during", "the") => 2,
        ("at", _) => 1,
        ("early" | "late", _) => 1,
        ("'" | "’", "s") => 2,
        _ => 0,
    };
    let code = lexis::part_of_day(words.at(i + skipped))?;
    // "Friday night" is a time, "Friday evening prayers" too; "Saturday overnight" as well.
    Some((code, i + skipped + 1))
}

/// The weekday of the week before, of or after the report's.
fn in_week(anchor: Date, weekday: Weekday, week: Which) -> Option<Date> {
    let shift = match week {
        Which::Last => -7,
        Which::This => 0,
        Which::Next => 7,
    };
    let monday = days::week(anchor)?.start?;
    days::add_days(monday, shift + i64::from(weekday.to_monday_zero_offset()))
}

/// Which of all such weekdays is meant.
pub(super) fn pick(
    anchor: Date,
    weekday: Weekday,
    which: Option<Which>,
    tense: impl Fn() -> Tense,
) -> Option<Date> {
    // Days back to the latest such weekday, 0 to 6.
    let back = i64::from(anchor.weekday().since(weekday));
    let latest = days::add_days(anchor, -back)?;
    match which {
        Some(Which::Last) => days::add_days(anchor, if back == 0 { -7 } else { -back }),
        Some(Which::Next) => days::add_days(latest, 7),
        Some(Which::This) | None => {
            if back != 0 && tense() == Tense::Future {
                days::add_days(latest, 7)
            } else {
                Some(latest)
            }
        }
    }
}
