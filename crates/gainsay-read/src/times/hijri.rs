//! The Islamic calendar by arithmetic, and its dates in a text.
//!
//! The tabular Islamic calendar with the civil epoch (16 July 622 Julian) and leap years 2, 5, 7, 10, 13, 16, 18, 21,
//! 24, 26, 29 of each 30: E. M. Reingold and N. Dershowitz, *Calendrical Calculations*, 4th edition, Cambridge 2018,
//! chapter 7, equations 7.3 and 7.4. Months seen by the moon begin up to two days apart from it, by country.

use gainsay_model::claim::Interval;
use jiff::civil::Date;

use super::atoms::Words;
use super::days;
use super::scene::{Found, Scene};
use super::timex;

/// Fixed day (day 1 is 1 January of the year 1, Gregorian) of 1 Muharram of the year 1, civil epoch.
const EPOCH: i64 = 227_015;

/// The Gregorian day of an Islamic date.
pub(super) fn date(year: i64, month: i64, day: i64) -> Option<Date> {
    if !(1..=9_000).contains(&year) {
        return None;
    }
    let fixed =
        EPOCH - 1 + (year - 1) * 354 + (3 + 11 * year).div_euclid(30) + 29 * (month - 1) + month / 2 + day;
    days::add_days(Date::constant(1, 1, 1), fixed - 1)
}

/// The Islamic year that a Gregorian day falls in.
pub(super) fn year_of(date: Date) -> i64 {
    let fixed = days::between(Date::constant(1, 1, 1), date) + 1;
    (30 * (fixed - EPOCH) + 10_646).div_euclid(10_631)
}

/// A whole Islamic month.
pub(super) fn month(year: i64, month: i64) -> Option<Interval> {
    let first = date(year, month, 1)?;
    let next = if month == 12 { date(year + 1, 1, 1) } else { date(year, month + 1, 1) }?;
    Some(Interval::new(first, days::add_days(next, -1)?))
}

/// The Islamic month whose name starts at `i`, and its end.
pub(super) fn month_name(words: &Words, i: usize) -> Option<(i64, usize)> {
    let nth = |at: usize| -> Option<(i64, usize)> {
        // "al-Awwal", "ath-Thani", "al-Akhir", "I", "II" after the twin months.
        let at = at + usize::from(words.is_dash(at));
        let at = at + usize::from(matches!(words.at(at), "al" | "ul" | "el" | "ath" | "as"));
        let at = at + usize::from(words.is_dash(at));
        match words.at(at) {
            "awwal" | "awal" | "ula" | "i" => Some((0, at + 1)),
            "thani" | "thania" | "akhir" | "akhira" | "akhirah" | "ii" => Some((1, at + 1)),
            _ => None,
        }
    };
    let of = |month: i64| Some((month, i + 1));
    match words.at(i) {
        "muharram" => of(1),
        "safar" => of(2),
        "rabi" => nth(i + 1).map(|(twin, end)| (3 + twin, end)),
        "jumada" | "jamada" => nth(i + 1).map(|(twin, end)| (5 + twin, end)),
        "rajab" => of(7),
        "shaaban" | "shaban" => of(8),
        "ramadan" | "ramadhan" | "ramazan" => of(9),
        "shawwal" | "shawal" => of(10),
        "dhu" | "zul" | "dhul" | "thul" => {
            let mut at = i + 1;
            at += usize::from(words.is_dash(at));
            at += usize::from(matches!(words.at(at), "al" | "l" | "ul"));
            at += usize::from(words.is_dash(at));
            match words.at(at) {
                "qadah" | "qada" | "qaada" | "qidah" | "qadeh" => Some((11, at + 1)),
                "hijjah" | "hijja" | "hajj" | "hijjeh" => Some((12, at + 1)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// "10 Muharram 1436", "15 Sha'ban": a day of an Islamic month.
pub(super) fn day(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let (day, _) = words.figure(i).filter(|(day, _)| (1..=30).contains(day))?;
    let mut at = i + 1;
    at += usize::from(words.glued(at) && matches!(words.at(at), "st" | "nd" | "rd" | "th"));
    at += usize::from(words.at(at) == "of");
    let (month, mut end) = month_name(words, at).filter(|_| words.is_capital(at))?;
    let comma = usize::from(words.at(end) == ",");
    let written = words.figure(end + comma).filter(|(year, _)| (1300..=1600).contains(year));
    if written.is_some() {
        end += comma + 1;
    }
    let date = match (written, scene.anchor) {
        (Some((year, _)), _) => date(i64::from(year), month, i64::from(day))?,
        (None, Some(anchor)) => {
            let this = year_of(anchor);
            let near = |year: i64| date(year, month, i64::from(day)).filter(|date| *date <= anchor);
            near(this).or_else(|| near(this - 1))?
        }
        (None, None) => return Some(Found::date((i, end), "XXXX-XX-XX".to_string(), None, "times.hijri")),
    };
    Some(Found::date((i, end), timex::day(date), Some(Interval::day(date)), "times.hijri"))
}
