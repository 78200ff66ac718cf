//! Numbers that count no people and no things: names, measures, money, ages, calibres, clock times, scores.

use gainsay_lexicon::numbers::NumberWords;

use crate::times::atoms::{Kind, Words};
use crate::times::numeral::Number;

/// Whether the number at atoms `i..number.end` counts nothing.
pub(super) fn is_no_count(words: &Words, i: usize, number: &Number, table: &NumberWords) -> bool {
    number.value == 0
        || is_joined_before(words, i, number)
        || is_joined_after(words, number)
        || is_named(words, i, number, table)
        || is_measured(words, number, table)
        || is_money(words, i)
        || is_written_like_a_code(words, i, number)
}

/// Whether what stands behind a number makes it count nothing.
pub(super) fn is_behind_no_count(words: &Words, number: &Number, table: &NumberWords) -> bool {
    is_joined_after(words, number) || is_measured(words, number, table)
}

/// "A330", "T-72", "#7", "3:10", "1/2": glued to what stands before.
fn is_joined_before(words: &Words, i: usize, number: &Number) -> bool {
    if !words.glued(i) {
        return false;
    }
    match words.back(i, 1) {
        "(" | "[" | "{" | "\"" | "“" | "”" | "'" | "‘" | "’" | "," | ";" | "*" | "—" | "~" | "…" | "•" => {
            false
        }
        // "…-50" after a word is a name or a calibre; between two figures it is a range, read elsewhere.
        "-" | "–" | "‑" | "−" => words.glued(i - 1) && words.kind(i.wrapping_sub(2)) != Kind::Mark,
        "." => words.glued(i - 1) && words.kind(i.wrapping_sub(2)) == Kind::Digits,
        ":" | "/" => number.figures,
        _ => true,
    }
}

/// "57mm", "12-year", "20%", "3rd", "10:30".
fn is_joined_after(words: &Words, number: &Number) -> bool {
    let end = number.end;
    if matches!(words.at(end), "%" | "°" | "×" | "=" | "€" | "£" | "$") {
        return true;
    }
    if !words.glued(end) {
        return false;
    }
    match words.at(end) {
        "/" | "@" | "_" | "&" => true,
        ":" | "." => words.glued(end + 1) && words.kind(end + 1) == Kind::Digits,
        "-" | "‑" | "–" => {
            // "15-member council", "two-pronged siege"; "50-60" and "50—60" are ranges.
            words.glued(end + 1)
                && words.is_word(end + 1)
                && crate::times::numeral::number(words, end + 1).is_none()
                || words.glued(end + 1) && words.kind(end + 1) == Kind::Digits && !number.figures
        }
        _ => words.is_word(end),
    }
}

/// "Brigade 137", "Resolution 2254", "aged 12", "No. 5".
fn is_named(words: &Words, i: usize, number: &Number, table: &NumberWords) -> bool {
    match words.back(i, 1) {
        "#" | "№" => return true,
        "." => {
            let is_short = matches!(words.back(i, 2), "no" | "nr" | "art" | "fig" | "p" | "pp" | "vol");
            return is_short && number.figures;
        }
        _ => {}
    }
    // "resolutions 2118 and 2235": the plural names both.
    let names_both = |at: usize| words.at(at).strip_suffix('s').is_some_and(|word| table.is_named(word));
    let is_figure = |at: usize| words.kind(at) == Kind::Digits;
    let is_first = i > 0 && names_both(i - 1) && words.at(number.end) == "and" && is_figure(number.end + 1);
    let is_second = i > 2 && words.back(i, 1) == "and" && is_figure(i - 2) && names_both(i - 3);
    if is_first || is_second {
        return true;
    }
    let before = i.wrapping_sub(1);
    if !table.is_named(words.at(before)) {
        return false;
    }
    // "the number five", "no two reports", "no" before words is a plain no.
    number.figures || words.is_capital(before) && !matches!(words.at(before), "no" | "number")
}

/// "15 km", "20 percent", "12 years", "three-quarters", "1200 square kilometres".
fn is_measured(words: &Words, number: &Number, table: &NumberWords) -> bool {
    let mut at = number.end;
    at += usize::from(words.is_dash(at) && words.glued(at) && words.glued(at + 1));
    let word = words.at(at);
    if word.is_empty() {
        return false;
    }
    table.is_measure(word) && !(word == "m" && !words.glued(at) && words.is_capital(at))
        || words.are(at, &["per", "cent"])
        || matches!(word, "more" | "full" | "consecutive" | "straight") && table.is_measure(words.at(at + 1))
        || words.are(at, &["us", "dollars"])
        || words.are(at, &["u", ".", "s", ".", "dollars"])
        || words.are(at, &["syrian", "pounds"])
        || words.are(at, &["min", "read"])
        || words.are(at, &["-", "year"])
}

/// "$40", "US$ 7.2", "€5".
fn is_money(words: &Words, i: usize) -> bool {
    matches!(words.back(i, 1), "$" | "€" | "£" | "¥" | "usd" | "eur" | "syp")
}

/// "0300", list numbers at the head of a line, long bare figures that end a clause, "+963 11 …".
fn is_written_like_a_code(words: &Words, i: usize, number: &Number) -> bool {
    let raw = words.raw(i);
    let ends = |at: usize| !words.is_word(at);
    let is_list_item =
        i == words.lo && number.bare && matches!(words.at(number.end), ")" | ".") && words.glued(number.end);
    number.figures
        && (raw.len() > 1 && raw.starts_with('0')
            || number.bare && raw.len() >= 7 && ends(number.end)
            || is_list_item
            || words.back(i, 1) == "+"
            || matches!(words.back(i, 1), "×" | "="))
}
