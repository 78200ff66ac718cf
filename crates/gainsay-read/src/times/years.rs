//! Years, decades, centuries, quarters and seasons: "in 2014", "mid-2011", "the 1990s", "the first quarter of 2014",
//! "summer 2013".
//!
//! Four digits are a year only where the words around them say so: "in 2014", "the 2014 campaign", but not
//! "Resolution 2254", "Brigade 2014", "nearly 2000 civilians".

use gainsay_model::claim::Interval;
use jiff::civil::Date;

use super::atoms::{Kind, Words};
use super::calendar;
use super::days;
use super::lexis::{self, Portion};
use super::numeral;
use super::scene::{Found, Scene};
use super::timex;

/// A year by its number.
pub(super) fn year(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let (portion, at) = calendar::portion(words, i);
    let year = number(words, at, portion.is_some())?;
    let whole = days::year(year)?;
    let days = match portion {
        None => whole,
        Some(portion) => part(year, portion)?,
    };
    Some(Found::date((i, at + 1), timex::year(year), Some(days), "times.year"))
}

/// The early (first quarter), middle (June and July) or late (last quarter) part of a year.
pub(super) fn part(year: i16, portion: Portion) -> Option<Interval> {
    Some(match portion {
        Portion::Early => days::quarter(year, 1)?,
        Portion::Mid => Interval::new(Date::new(year, 6, 1).ok()?, Date::new(year, 7, 31).ok()?),
        Portion::Late => days::quarter(year, 4)?,
    })
}

/// The year at `i`, if the four digits there are one.
fn number(words: &Words, i: usize, is_sure: bool) -> Option<i16> {
    let (value, digits) = words.figure(i)?;
    let year = i16::try_from(value).ok().filter(|year| (1900..=2099).contains(year) && digits == 4)?;
    let before = words.back(i, 1);
    let after = words.at(i + 1);
    let after_glued = words.glued(i + 1);
    if after_glued && (words.is_word(i + 1) || matches!(after, "%" | "°" | "/" | "_" | "@")) {
        return None;
    }
    if matches!(after, "," | "." | ":")
        && after_glued
        && words.glued(i + 2)
        && words.kind(i + 2) == Kind::Digits
    {
        return None;
    }
    if words.is_dash(i + 1) && after_glued && words.glued(i + 2) && words.is_word(i + 2) && !is_sure {
        // "2014-style", but "2003-era".
        return (after == "-" && words.at(i + 2) == "era").then_some(year);
    }
    if words.glued(i) && !is_opening(before) && !words.is_dash(i - 1) && before != "/" {
        return None;
    }
    if words.glued(i) && words.is_dash(i - 1) && words.glued(i - 1) && !is_sure {
        // "2011-2014" and "pre-2011", but not "T-2000".
        let left = words.back(i, 2);
        let is_range = words.figure(i.wrapping_sub(2)).is_some_and(|(_, digits)| digits == 4);
        if !(is_range
            || matches!(left, "pre" | "post" | "mid" | "early" | "late")
            || lexis::month(left).is_some())
        {
            return None;
        }
    }
    let counts = counts_something(words, i + 1);
    let is_round = value % 1000 == 0;
    let fits = is_sure
        || match before {
            "in" | "since" | "until" | "till" | "before" | "after" | "during" | "by" | "throughout"
            | "circa" => !(is_round && counts),
            "of" | "from" | "to" | "through" | "between" | "the" | "and" | "a" | "an" => !counts,
            "resolution" | "brigade" | "division" | "regiment" | "battalion" | "unit" | "no" | "number"
            | "article" | "decree" | "law" | "base" | "nearly" | "about" | "over" | "than" | "least"
            | "some" | "around" | "almost" | "approximately" | "most" | "only" | "another" | "other"
            | "$" | "#" | "€" | "£" => false,
            "©" | "�" | "copyright" => true,
            "(" | "," | ";" | "/" | "–" | "—" | "-" | "‑" | "−" | "'" | "’" => {
                !counts && words.gap_or_end(i + 1)
            }
            _ => !counts && (words.is_word(i - usize::from(i > 0)) || i == words.lo) && !is_round,
        };
    fits.then_some(year)
}

fn is_opening(mark: &str) -> bool {
    matches!(mark, "(" | "[" | "\"" | "“" | "‘" | "'" | "’" | "," | "—" | "©" | "�")
}

/// Whether what follows a number looks like things counted: "2000 people", "1967 fighters".
fn counts_something(words: &Words, i: usize) -> bool {
    let is_plural = |at: usize| {
        let word = words.at(at);
        matches!(
            word,
            "people" | "civilians" | "men" | "women" | "children" | "troops" | "persons" | "personnel"
        ) || (word.len() > 4 && word.ends_with('s') && !word.ends_with("ss") && !words.is_capital(at))
    };
    let is_unit = matches!(
        words.at(i),
        "km" | "kilometers"
            | "kilometres"
            | "square"
            | "meters"
            | "metres"
            | "miles"
            | "feet"
            | "m"
            | "kg"
            | "tons"
            | "tonnes"
            | "dollars"
            | "percent"
            | "%"
            | "more"
            | "others"
            | "other"
            | "of"
    );
    let is_adjective = words.is_word(i)
        && !words.is_capital(i)
        && !matches!(words.at(i), "and" | "or" | "when" | "as" | "the");
    is_unit
        || is_plural(i)
        || (is_adjective && words.is_word(i + 1) && is_plural(i + 1) && words.at(i).len() > 3)
}

/// "the 1990s", "the late 1970s", "the 20th century".
pub(super) fn decade(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let the = i + usize::from(words.at(i) == "the");
    let (_, at) = calendar::portion(words, the);
    decade_at(words, i, at).or_else(|| century(words, i, the))
}

fn decade_at(words: &Words, i: usize, at: usize) -> Option<Found> {
    let apostrophe = usize::from(matches!(words.at(at + 1), "'" | "’") && words.glued(at + 1));
    let (value, digits) = words.figure(at)?;
    let end = at + 1 + apostrophe;
    if words.at(end) != "s" || !words.glued(end) || digits != 4 || value % 10 != 0 {
        return None;
    }
    let start = i16::try_from(value).ok().filter(|year| (1800..=2090).contains(year))?;
    Some(Found::date((i, end + 1), format!("{}", start / 10), days::years(start, start + 9), "times.decade"))
}

fn century(words: &Words, i: usize, at: usize) -> Option<Found> {
    let (value, _) = words.figure(at).filter(|(value, _)| (1..=21).contains(value))?;
    if !(words.glued(at + 1)
        && matches!(words.at(at + 1), "st" | "nd" | "rd" | "th")
        && words.at(at + 2) == "century")
    {
        return None;
    }
    let first = (value as i16 - 1) * 100;
    Some(Found::date(
        (i, at + 3),
        format!("{:02}", value - 1),
        days::years(first, first + 99),
        "times.century",
    ))
}

/// "the first quarter of 2014", "third quarter".
pub(super) fn quarter(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let at = i + usize::from(words.at(i) == "the");
    let nth = numeral::ordinal(words.at(at)).filter(|nth| (1..=4).contains(nth))? as i8;
    if words.at(at + 1) != "quarter" {
        return None;
    }
    let mut end = at + 2;
    // "first quarter of the town" is no time: a year must follow, or the report's own quarter is meant.
    let year_at = end + usize::from(words.at(end) == "of");
    let year = match number(words, year_at, true) {
        Some(year) => {
            end = year_at + 1;
            year
        }
        None if words.at(end) == "of" => return None,
        None => scene.anchor?.year(),
    };
    Some(Found::date((i, end), format!("{year:04}-Q{nth}"), days::quarter(year, nth), "times.quarter"))
}

/// "summer 2013", "the winter of 2012", "in the summer".
pub(super) fn season(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let (_, at) = calendar::portion(words, i);
    let at = at + usize::from(at == i && words.at(i) == "the");
    let code = lexis::season(words.at(at))?;
    // "Arab Spring", "fall of Aleppo".
    let is_name = words.is_capital(at) && at > words.lo && words.is_capital(at - 1) && words.is_word(at - 1);
    let of = usize::from(words.at(at + 1) == "of");
    if let Some(year) = number(words, at + 1 + of, true) {
        let value = format!("{year:04}-{code}");
        return Some(Found::date((i, at + 2 + of), value, days::season(year, code), "times.season"));
    }
    let is_meant = matches!(words.back(at, 1), "in" | "during" | "since" | "this")
        || (words.back(at, 1) == "the" && matches!(words.back(at, 2), "in" | "during" | "over"));
    if is_name || of == 1 || !is_meant || words.at(at) == "fall" {
        return None;
    }
    let year = latest_season(scene.anchor?, code)?;
    Some(Found::date((i, at + 1), format!("{year:04}-{code}"), days::season(year, code), "times.season"))
}

/// The year of the latest such season that had begun on `anchor`.
pub(super) fn latest_season(anchor: Date, code: &str) -> Option<i16> {
    let this = anchor.year();
    let has_begun = days::season(this, code)?.start? <= anchor;
    Some(if has_begun { this } else { this - 1 })
}
