//! Times of day: "10:30 am", "18:00 UTC", "0300 GMT", "at dawn", "at noon".
//!
//! gainsay never says anything finer than a day; the time of day is kept in the TIMEX3 value, its days are those last
//! spoken of, or else the report's.

use gainsay_model::claim::Interval;
use gainsay_model::reading::TimexType;

use super::atoms::{Kind, Words};
use super::scene::{Found, Scene};
use super::timex;

/// A time of day.
pub(super) fn time(scene: &Scene, i: usize) -> Option<Found> {
    let (clock, end) = figures(&scene.words, i).or_else(|| named(&scene.words, i))?;
    let day = scene.reference();
    let value = day.map_or_else(|| "XXXX-XX-XX".to_string(), timex::day);
    let days = day.map(Interval::day);
    Some(Found::of((i, end), TimexType::Time, format!("{value}T{clock}"), days, "times.clock"))
}

/// "10:30", "10:30 am", "600am", "0300 GMT", "6 pm".
fn figures(words: &Words, i: usize) -> Option<(String, usize)> {
    let (first, digits) = words.figure(i)?;
    if words.glued(i) && !matches!(words.back(i, 1), "(" | "[" | "\"" | "“" | "'" | "-" | "–") {
        return None;
    }
    let (mut hour, mut minute, mut end) = (first, 0, i + 1);
    let mut is_time = false;
    let has_minutes = matches!(words.at(i + 1), ":" | ".") && words.glued(i + 1) && words.glued(i + 2);
    if let (true, Some((minutes, 2))) = (has_minutes, words.figure(i + 2)) {
        is_time = words.at(i + 1) == ":" && digits <= 2;
        (minute, end) = (minutes, i + 3);
        if words.at(end) == ":"
            && words.glued(end)
            && words.glued(end + 1)
            && words.kind(end + 1) == Kind::Digits
        {
            end += 2;
        }
    } else if matches!(digits, 3 | 4) {
        (hour, minute) = (first / 100, first % 100);
    } else if digits > 2 {
        return None;
    }
    if let Some((is_pm, after)) = half_of_day(words, end) {
        if hour > 12 {
            return None;
        }
        hour = hour % 12 + if is_pm { 12 } else { 0 };
        (is_time, end) = (true, after);
    }
    let mut zone = "";
    let bracket = usize::from(words.at(end) == "(");
    if matches!(words.at(end + bracket), "gmt" | "utc" | "z") && (digits != 1 || is_time) {
        zone = "Z";
        is_time |= digits == 4 || minute > 0;
        if bracket == 0 {
            end += 1;
        }
    } else if words.are(end, &["local", "time"]) {
        end += 2;
        is_time |= digits >= 3;
    } else if words.at(end) == "hours" && digits == 4 {
        end += 1;
        is_time = true;
    }
    // "Wed 01 Oct 2014 at 1459".
    let dated =
        words.back(i, 1) == "at" && words.figure(i.wrapping_sub(2)).is_some_and(|(_, digits)| digits == 4);
    is_time |= dated && digits == 4;
    if !is_time || hour > 24 || minute > 59 {
        return None;
    }
    Some((format!("{hour:02}:{minute:02}{zone}"), end))
}

/// "am", "p.m." after an hour.
fn half_of_day(words: &Words, i: usize) -> Option<(bool, usize)> {
    match words.at(i) {
        "am" if words.glued(i) || words.raw(i) == "am" || words.raw(i) == "AM" => Some((false, i + 1)),
        "pm" => Some((true, i + 1)),
        half @ ("a" | "p") if words.are(i + 1, &[".", "m"]) && words.glued(i + 1) => {
            Some((half == "p", i + 3 + usize::from(words.at(i + 3) == "." && words.glued(i + 3))))
        }
        _ => None,
    }
}

/// "dawn", "noon", "midnight", "in the morning".
fn named(words: &Words, i: usize) -> Option<(String, usize)> {
    let before = words.back(i, 1);
    let stands_as_time = matches!(
        before,
        "at" | "since" | "before" | "after" | "until" | "till" | "by" | "around" | "from" | "near"
    );
    let code = match words.at(i) {
        "dawn" | "daybreak" | "sunrise" if stands_as_time => "MO",
        "dusk" | "sunset" | "nightfall" if stands_as_time => "EV",
        "noon" | "midday" if stands_as_time => "12:00",
        "midnight" if stands_as_time => "24:00",
        "the" if matches!(before, "in" | "during") => match words.at(i + 1) {
            "morning" => return Some(("MO".to_string(), i + 2)),
            "afternoon" => return Some(("AF".to_string(), i + 2)),
            "evening" => return Some(("EV".to_string(), i + 2)),
            "night" => return Some(("NI".to_string(), i + 2)),
            _ => return None,
        },
        _ => return None,
    };
    Some((code.to_string(), i + 1))
}
