//! Times that come again: "daily", "every week", "15 a year", "twice a day", "annual".

use gainsay_model::reading::TimexType;

use super::atoms::{Kind, Words};
use super::days::Unit;
use super::numeral;
use super::scene::{Found, Scene};

/// A time that comes again.
pub(super) fn set(scene: &Scene, i: usize) -> Option<Found> {
    let words = &scene.words;
    let (value, end) = match words.at(i) {
        "daily" | "nightly" => ("P1D".to_string(), i + 1),
        "weekly" => ("P1W".to_string(), i + 1),
        "monthly" => ("P1M".to_string(), i + 1),
        "annual" | "annually" | "yearly" => ("P1Y".to_string(), i + 1),
        "hourly" => ("PT1H".to_string(), i + 1),
        "every" | "each" => every(words, i)?,
        "per" => (Unit::of(words.at(i + 1)).filter(|(_, is_plural)| !is_plural)?.0.duration("1"), i + 2),
        "a" | "an" if is_rate(words, i) => (Unit::of(words.at(i + 1))?.0.duration("1"), i + 2),
        _ => return None,
    };
    Some(Found::of((i, end), TimexType::Set, value, None, "times.set"))
}

/// "every day", "every two weeks", "every other day", "each month".
fn every(words: &Words, i: usize) -> Option<(String, usize)> {
    if words.at(i + 1) == "other" {
        return Some((Unit::of(words.at(i + 2))?.0.duration("2"), i + 3));
    }
    if let Some(number) = numeral::number(words, i + 1) {
        return Some((Unit::of(words.at(number.end))?.0.duration(&number.value.to_string()), number.end + 1));
    }
    let (unit, is_plural) = Unit::of(words.at(i + 1))?;
    if is_plural { None } else { Some((unit.duration("1"), i + 2)) }
}

/// Whether "a day" says how often: after a number, or a number and what it counts ("8-11 drives a day").
fn is_rate(words: &Words, i: usize) -> bool {
    let Some((_, false)) = Unit::of(words.at(i + 1)) else { return false };
    if matches!(words.at(i + 2), "earlier" | "before" | "after" | "later" | "ago" | "when" | "long" | "-") {
        return false;
    }
    let is_number = |at: usize| words.kind(at) == Kind::Digits || numeral::small(words.at(at)).is_some();
    let back = |n: usize| i.checked_sub(n).filter(|at| *at >= words.lo);
    if matches!(words.back(i, 1), "once" | "twice" | "times" | "hours") {
        return true;
    }
    let is_plural = words.back(i, 1).ends_with('s') || words.back(i, 1) == "people";
    back(1).is_some_and(is_number)
        || is_plural && (back(2).is_some_and(is_number) || back(3).is_some_and(is_number))
}
