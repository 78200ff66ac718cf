//! Who published it, as the text itself lets on: `BEIRUT (Euphrates Wire) -`, `Source: X`; and as a page's title
//! does: `Rebels retreat - Euphrates Wire`.

use crate::dateline::{HEAD, is_date_line};
use crate::dates::{date_at, tokens};

/// Longest name of an outlet, in characters.
const LONGEST: usize = 60;

/// The outlet that a text names as its own: in its dateline's bracket, on a line above
/// its date, else in a line "Source: X" at its end or head.
pub(crate) fn of_text(text: &str) -> Option<String> {
    let head_end = text.char_indices().nth(HEAD).map_or(text.len(), |(at, _)| at);
    let head = || text[..head_end].lines();
    let filled = |line: &&str| !line.trim().is_empty();
    head()
        .find_map(bracket)
        .or_else(|| above_the_date(&head().collect::<Vec<_>>()))
        .or_else(|| text.lines().rev().filter(filled).take(4).find_map(source_line))
        .or_else(|| head().filter(filled).take(6).find_map(source_line))
}

/// `DEIR EZ-ZOR, Syria, 4 June 2014 (Euphrates Wire) -` → `Euphrates Wire`.
fn bracket(line: &str) -> Option<String> {
    let (before, rest) = line.split_once('(')?;
    let (name, after) = rest.split_once(')')?;
    let prefix = before.rsplit(". ").next().unwrap_or(before).trim();
    let dash = after.trim_start().starts_with(['-', '–', '—', ':']);
    let tokens = tokens(prefix);
    let dated = (0..tokens.len()).any(|at| date_at(&tokens, at).is_some());
    let ends = after.trim().is_empty();
    let name = name.trim();
    (is_name(name) && is_place_line(prefix) && !is_initials(name, prefix) && (dash || (dated && ends)))
        .then(|| name.to_owned())
}

/// Whether what stands before the bracket is a place and a date, not a sentence.
fn is_place_line(prefix: &str) -> bool {
    let small = ["al", "ar", "as", "ash", "az", "e", "el", "ez", "of"];
    let words = || prefix.split([' ', ',', '-', '/', '’', '\'']).filter(|word| !word.is_empty());
    words().count() <= 9
        && words().all(|word| {
            let starts_lower = word.chars().next().is_some_and(char::is_lowercase);
            !starts_lower || small.contains(&word)
        })
}

/// `Free Syrian Army (FSA)` explains a short form and names no outlet.
fn is_initials(name: &str, prefix: &str) -> bool {
    let initials: String = prefix.split_whitespace().filter_map(|word| word.chars().next()).collect();
    let name: String = name.chars().filter(|char| char.is_alphabetic()).collect();
    name.chars().count() > 1 && initials.to_lowercase().ends_with(&name.to_lowercase())
}

/// Under a headline, a name on a line of its own with the date on the next.
fn above_the_date(lines: &[&str]) -> Option<String> {
    let first = lines.iter().position(|line| !line.trim().is_empty())?;
    lines[first + 1..].windows(2).find_map(|pair| {
        let name = pair[0].trim();
        let upper =
            |word: &str| word.chars().next().is_some_and(|char| !char.is_lowercase()) && !word.contains('-');
        let words = name.split_whitespace();
        let fits = is_name(name)
            && words.clone().count() > 1
            && words.clone().all(upper)
            && !name.contains([',', '.']);
        let by = words.clone().next().is_some_and(|word| word.eq_ignore_ascii_case("by"));
        (fits && !by && is_date_line(pair[1])).then(|| name.to_owned())
    })
}

/// `Source: Euphrates Wire`, `(Source: …)`, `المصدر: …`.
fn source_line(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches(['(', '*', '_']).trim_end_matches([')', '*', '_']).trim();
    let (label, name) = line.split_once(':')?;
    let label = label.trim().to_lowercase();
    if !["source", "sources", "via", "published by", "المصدر"].contains(&label.as_str()) {
        return None;
    }
    let name = name.trim().trim_matches(['*', '_']).trim().trim_end_matches('.');
    if is_name(name) {
        return Some(name.to_owned());
    }
    // "Source: A headline of theirs – Euphrates Wire"
    split_title(name).map(|(_, tail)| tail.to_owned()).filter(|tail| is_name(tail))
}

fn is_name(name: &str) -> bool {
    let first = name.chars().next();
    first.is_some_and(|char| char.is_alphabetic() && !char.is_lowercase())
        && name.chars().count() <= LONGEST
        && name.chars().count() > 1
        && name.split_whitespace().count() <= 6
        && !name.contains("://")
        && !name.contains([';', '?', '!', '"', '“'])
        && !name.chars().any(|char| char.is_ascii_digit())
}

/// Cuts a page's title at its last ` - `, ` | `, ` – `, ` — `, ` :: ` or ` » ` into headline and outlet, where the tail
/// is short enough to be an outlet and shorter than the headline.
pub(crate) fn split_title(title: &str) -> Option<(&str, &str)> {
    let cut = [" | ", " - ", " – ", " — ", " :: ", " » ", " • "]
        .iter()
        .filter_map(|sign| title.rfind(sign).map(|at| (at, at + sign.len())))
        .max()?;
    let (headline, outlet) = (title[..cut.0].trim(), title[cut.1..].trim());
    let words = |text: &str| text.split_whitespace().count();
    let fits = words(outlet) <= 6 && words(headline) >= 3 && outlet.len() < headline.len();
    (fits && outlet.chars().next().is_some_and(|char| !char.is_lowercase())).then_some((headline, outlet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outlets_that_a_text_names() {
        for (text, expected) in [
            ("DEIR EZ-ZOR, Syria, 4 June 2014 (Euphrates Wire) - Rebels fled.", Some("Euphrates Wire")),
            ("A title\n\nBEIRUT, Jan 18 (AFP) – Fighters", Some("AFP")),
            ("(Euphrates Wire) - Fighters", Some("Euphrates Wire")),
            ("Deir ez-Zor (Furat Press): Fighters", Some("Furat Press")),
            ("Fighters came.\n\nSource: Euphrates Wire", Some("Euphrates Wire")),
            ("They fled. (Source: Furat)\n", None),
            ("They fled.\n(Source: Furat Press)\n", Some("Furat Press")),
            (
                "They fled.\n\nSource: Islamic State makes gains against army in city of the east – WSJ",
                Some("WSJ"),
            ),
            ("قال ناشطون\n\nالمصدر: الفرات برس", Some("الفرات برس")),
            ("Free Syrian Army (FSA) - a group", None),
            ("The Syrian Observatory for Human Rights (SOHR) - a monitor", None),
            ("Fighters came (see below) and went.", None),
            ("A headline\n\nEuphrates Wire\nTuesday, 16 September 2014\n\nText", Some("Euphrates Wire")),
            ("A headline\n\nDeir ez-Zor\n16 September 2014\n\nText", None),
            ("Source: https://example.org/a", None),
            ("Source: activists on the ground", None),
            ("", None),
        ] {
            assert_eq!(of_text(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn titles_with_a_tail() {
        assert_eq!(
            split_title("Rebels leave the town - Euphrates Wire"),
            Some(("Rebels leave the town", "Euphrates Wire"))
        );
        assert_eq!(
            split_title("Rebels leave - in haste - a town | Furat"),
            Some(("Rebels leave - in haste - a town", "Furat"))
        );
        assert_eq!(split_title("Deir ez-Zor under fire"), None);
        assert_eq!(split_title("Rebels leave the town - activists"), None);
    }
}
