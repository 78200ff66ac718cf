//! Numbers in figures and in words, as values.
//!
//! `1,000`, `1.5 million`, `forty-two`, `two hundred and fifty`, `a hundred`, `two dozen`, `half a dozen`. What is too
//! large for any count of people or things (more than twelve digits) is no number here.

use super::atoms::{Kind, Words};

/// The largest number read.
const LARGEST: u64 = 999_999_999_999;

/// A number and where it ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Number {
    /// Its value.
    pub(crate) value: u64,
    /// One past its last atom.
    pub(crate) end: usize,
    /// Written as a bare run of digits, with nothing else ("2014", not "2,014" or "2 million").
    pub(crate) bare: bool,
    /// Written in figures.
    pub(crate) figures: bool,
}

/// The number that starts at atom `i`, if one does.
pub(crate) fn number(words: &Words, i: usize) -> Option<Number> {
    match words.kind(i) {
        Kind::Digits => figures(words, i),
        Kind::Word => in_words(words, i),
        Kind::Mark => None,
    }
}

/// Ten to the power that a scale word stands for.
fn scale(word: &str) -> Option<u64> {
    Some(match word {
        "hundred" => 100,
        "thousand" => 1_000,
        "million" | "mn" => 1_000_000,
        "billion" | "bn" => 1_000_000_000,
        _ => return None,
    })
}

/// The value of a word from "zero" to "ninety".
pub(crate) fn small(word: &str) -> Option<u64> {
    Some(match word {
        "zero" => 0,
        "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        "eight" => 8,
        "nine" => 9,
        "ten" => 10,
        "eleven" => 11,
        "twelve" => 12,
        "thirteen" => 13,
        "fourteen" => 14,
        "fifteen" => 15,
        "sixteen" => 16,
        "seventeen" => 17,
        "eighteen" => 18,
        "nineteen" => 19,
        "twenty" => 20,
        "thirty" => 30,
        "forty" | "fourty" => 40,
        "fifty" => 50,
        "sixty" => 60,
        "seventy" => 70,
        "eighty" => 80,
        "ninety" => 90,
        _ => return None,
    })
}

/// The value of "first" to "thirty-first" written in one word, or of "last" (0).
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    Some(match word {
        "first" => 1,
        "second" => 2,
        "third" => 3,
        "fourth" => 4,
        "fifth" => 5,
        "sixth" => 6,
        "seventh" => 7,
        "eighth" => 8,
        "ninth" => 9,
        "tenth" => 10,
        "eleventh" => 11,
        "twelfth" => 12,
        "last" | "final" => 0,
        _ => return None,
    })
}

/// `12`, `1,000`, `1.5 million`, `10k`.
fn figures(words: &Words, i: usize) -> Option<Number> {
    let mut digits = words.raw(i).to_string();
    let mut end = i + 1;
    let group = |at: usize, mark: &[&str]| {
        mark.contains(&words.at(at))
            && words.glued(at)
            && words.glued(at + 1)
            && words.kind(at + 1) == Kind::Digits
            && words.raw(at + 1).len() == 3
    };
    let separator: &[&str] = if group(end, &[","]) { &[","] } else { &["."] };
    // A point parts thousands only where it does so twice, or no scale word follows: "1.000", but "1.234 million".
    let is_grouped = separator == [","] || group(end + 2, separator) || scale(words.at(end + 2)).is_none();
    while digits.len() <= 12 && is_grouped && group(end, separator) && words.raw(i).len() <= 3 {
        digits.push_str(words.raw(end + 1));
        end += 2;
    }
    while end == i + 1 + (digits.len() - words.raw(i).len()) / 3
        && digits.len() <= 12
        && words.raw(i).len() <= 3
        && words.is_group(end)
    {
        digits.push_str(words.raw(end));
        end += 1;
    }
    let bare = end == i + 1;
    let mut decimals = "";
    if words.at(end) == "." && words.glued(end) && words.glued(end + 1) && words.kind(end + 1) == Kind::Digits
    {
        decimals = words.raw(end + 1);
        end += 2;
    }
    if digits.len() > 12 || decimals.len() > 9 {
        return None;
    }
    let whole: u64 = digits.parse().ok()?;
    let mut times = 1;
    let dashed = usize::from(words.is_dash(end) && words.glued(end) && words.glued(end + 1));
    if let Some(factor) = scale(words.at(end + dashed)) {
        times = factor;
        end += 1 + dashed;
    } else if words.glued(end) && matches!(words.at(end), "k") {
        times = 1_000;
        end += 1;
    } else if words.glued(end) && matches!(words.at(end), "m") && !decimals.is_empty() {
        times = 1_000_000;
        end += 1;
    }
    let fraction = match decimals {
        "" => 0,
        decimals => {
            let unit = 10u64.pow(decimals.len() as u32);
            let part = decimals.parse::<u64>().ok()?.checked_mul(times)?;
            if !part.is_multiple_of(unit) {
                return None;
            }
            part / unit
        }
    };
    let value = whole.checked_mul(times)?.checked_add(fraction)?;
    if value > LARGEST {
        return None;
    }
    Some(Number { value, end, bare: bare && times == 1 && decimals.is_empty(), figures: true })
}

/// `forty-two`, `two hundred and fifty`, `a hundred`, `two dozen`, `half a dozen`.
fn in_words(words: &Words, i: usize) -> Option<Number> {
    let found = |value: u64, end: usize| Some(Number { value, end, bare: false, figures: false });
    if words.are(i, &["half", "a", "dozen"]) || words.are(i, &["half", "-", "a", "dozen"]) {
        let end = if words.at(i + 1) == "a" { i + 3 } else { i + 4 };
        return found(6, end);
    }
    let (mut at, mut total, mut part) = (i, 0u64, None::<u64>);
    if matches!(words.at(i), "a" | "an") {
        let next = words.at(i + 1);
        if next == "dozen" {
            return found(12, i + 2);
        }
        scale(next)?;
        part = Some(1);
        at = i + 1;
    } else if scale(words.at(i)).is_some_and(|factor| factor >= 100) {
        part = Some(1);
    } else if words.at(i) == "dozen" {
        return found(12, i + 1);
    }
    // How large the next word may be for it to go on the same number: "twenty one" is 21, "one two" is not.
    let mut room = u64::MAX;
    loop {
        let word = words.at(at);
        if let Some(value) = small(word) {
            if value >= room || (room != u64::MAX && value == 0) {
                break;
            }
            part = Some(part.unwrap_or(0) + value);
            room = if value >= 20 { 10 } else { 0 };
        } else if let Some(factor) = scale(word) {
            let Some(so_far) = part else { break };
            if factor == 100 {
                if so_far >= 100 {
                    break;
                }
                part = Some(so_far * 100);
                room = 100;
            } else {
                if total > 0 && factor >= 1_000_000 {
                    break;
                }
                total = total.checked_add(so_far.checked_mul(factor)?)?;
                part = None;
                room = 1_000;
            }
        } else if word == "dozen" && part.is_some() && total == 0 {
            return found(part.unwrap_or(1) * 12, at + 1);
        } else {
            break;
        }
        at += 1;
        // "forty-two", "two hundred and fifty".
        let is_joint = words.is_dash(at) && words.glued(at) && words.glued(at + 1);
        let is_and = words.at(at) == "and" && room >= 100;
        let next = if is_joint || is_and { at + 1 } else { at };
        let goes_on = small(words.at(next)).is_some_and(|value| value < room && value > 0);
        if next != at && !(goes_on || (words.is_dash(at) && scale(words.at(next)).is_some())) {
            break;
        }
        at = next;
    }
    if part.is_none() && total == 0 {
        return None;
    }
    let value = total.checked_add(part.unwrap_or(0)).filter(|value| *value <= LARGEST)?;
    found(value, at)
}
