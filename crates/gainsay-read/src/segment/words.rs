//! Words and marks, cut as the English Web Treebank of Universal Dependencies cuts them.
//!
//! Two departures, both for names of the region: `al-Ma’amel`, `e-Zor`, `Abdel-Rahman`, `Tel-Abyad` are one word
//! each, and so are designations such as `F-16`, whose number counts nothing.

use gainsay_model::span::Span;

use super::address::address;
use super::chars::{apostrophe, blank, char_at, char_before, hyphen, run, wordy};

/// First parts that stay with what follows them whatever the case: `non-ISIS`, `anti-tank`.
const PREFIXES: &[&str] = &[
    "anti", "arch", "bi", "co", "counter", "de", "e", "ex", "inter", "intra", "mega", "micro", "mid", "mini",
    "multi", "neo", "non", "pan", "para", "post", "pre", "pro", "proto", "pseudo", "psycho", "quasi", "re",
    "semi", "socio", "sub", "super", "trans", "ultra", "un", "vice",
];

/// Articles and their assimilations in Romanised Arabic; one word with a capitalised name after them.
const ARTICLES: &[&str] = &[
    "a", "ad", "adh", "al", "an", "ar", "as", "ash", "at", "ath", "az", "e", "ed", "el", "en", "er", "es",
    "esh", "et", "ez", "i", "il", "ud", "ul", "ur", "us", "uz",
];

/// Words that open a name of two capitalised parts: `Abdel-Rahman`, `Tel-Abyad`, `Ban Ki-moon`.
const NAME_OPENERS: &[&str] = &[
    "abd", "abdel", "abdul", "abdur", "abo", "abu", "ain", "ayn", "bab", "bani", "bayt", "beit", "bir",
    "deir", "jabal", "jebel", "jean", "kafr", "kfar", "khan", "ki", "marie", "ras", "saif", "salah", "sayf",
    "seif", "tal", "tall", "tel", "tell", "um", "umm", "wadi",
];

/// Words that close such a name.
const NAME_CLOSERS: &[&str] = &["din", "eddin", "eddine", "islam", "rahman", "ullah", "allah"];

/// Abbreviations that keep their stop wherever they stand.
const ABBREVIATIONS: &[&str] = &[
    "adm", "approx", "assn", "asst", "attn", "ave", "blvd", "brig", "capt", "cf", "cmdr", "col", "comm",
    "corp", "cpl", "dept", "dr", "eg", "esp", "esq", "est", "etc", "fig", "ft", "gen", "gov", "hon", "inc",
    "jr", "lt", "ltd", "maj", "messrs", "mr", "mrs", "ms", "mt", "nos", "ph", "pres", "prof", "pvt", "rep",
    "reps", "ret", "rev", "sec", "sen", "sens", "sgt", "spec", "sr", "st", "supt", "univ", "viz", "vol",
    "vs",
];

/// Abbreviations that keep their stop before a number, a comma or a small letter.
const BEFORE_NUMBER: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec", "no", "art", "para",
    "pp", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun",
];

/// Endings that the treebank cuts off a word.
const CLITICS: &[&str] = &["s", "re", "ve", "ll", "d", "m"];

/// Words that the treebank cuts though nothing shows the seam: the word and the length of its first part.
const FUSED: &[(&str, usize)] = &[
    ("cannot", 3),
    ("gonna", 3),
    ("wanna", 3),
    ("gotta", 3),
    ("gimme", 3),
    ("lemme", 3),
    ("dont", 2),
    ("doesnt", 4),
    ("didnt", 3),
    ("isnt", 2),
    ("wasnt", 3),
    ("arent", 3),
    ("werent", 4),
    ("hasnt", 3),
    ("havent", 4),
    ("hadnt", 3),
    ("couldnt", 5),
    ("wouldnt", 5),
    ("shouldnt", 6),
    ("wont", 2),
    ("cant", 2),
    ("thats", 4),
    ("theres", 5),
    ("im", 1),
    ("ive", 1),
    ("youre", 3),
    ("theyre", 4),
    ("weve", 2),
    ("theyve", 4),
    ("shes", 3),
    ("whats", 4),
    ("outta", 3),
];

/// Before these `its` is `it's` without its apostrophe.
const IT_IS: &[&str] = &["a", "an", "the", "not", "been", "just", "so", "too", "really", "because", "like"];

/// Units that the treebank cuts off a number written together with them.
const UNITS: &[&str] =
    &["am", "pm", "km", "kg", "mm", "cm", "m", "k", "mn", "bn", "km2", "gmt", "mins", "hrs"];

/// Smileys, which are one mark each.
const SMILEYS: &[&str] = &[":-)", ":-(", ";-)", ":)", ":(", ";)", ":D", ":P", ":/)"];

/// The words and marks of `within`, in order; none is empty and none holds white space.
pub(super) fn words(text: &str, within: Span) -> Vec<Span> {
    let mut found = Vec::with_capacity(within.end.saturating_sub(within.start) / 5 + 1);
    let mut at = within.start;
    while let Some(c) = char_at(text, at).filter(|_| at < within.end) {
        if blank(c) {
            at += c.len_utf8();
            continue;
        }
        let from = found.len();
        word_at(text, at, within.end, c, &mut found);
        at = match found.get(from..).and_then(|new| new.last()) {
            Some(last) if last.end > at => last.end,
            _ => {
                found.truncate(from);
                let end = at + c.len_utf8();
                found.push(Span::new(at, end));
                end
            }
        };
    }
    found
}

/// Pushes the word or words that start at byte `at`, whose character is `c`.
fn word_at(text: &str, at: usize, end: usize, c: char, found: &mut Vec<Span>) {
    if let Some(stop) = address(text, at, end) {
        return found.push(Span::new(at, stop));
    }
    let next = at + c.len_utf8();
    if matches!(c, '#' | '@') {
        let stop = run(text, next, end, wordy);
        let named = text.get(next..stop).is_some_and(|name| name.chars().any(char::is_alphabetic));
        return found.push(Span::new(at, if named { stop } else { next }));
    }
    if c.is_ascii_digit() {
        return number(text, at, end, found);
    }
    if apostrophe(c) {
        return after_apostrophe(text, at, next, end, found);
    }
    if wordy(c) {
        return letters(text, at, end, found);
    }
    let rest = text.get(at..end).unwrap_or("");
    if let Some(smiley) = SMILEYS.iter().find(|s| rest.starts_with(**s)) {
        let stop = at + smiley.len();
        if char_at(text, stop).is_none_or(|after| !wordy(after)) {
            return found.push(Span::new(at, stop));
        }
    }
    let stop = match c {
        '.' | '!' | '?' => run(text, at, end, |x| matches!(x, '.' | '!' | '?')),
        '-' | '=' => run(text, at, end, |x| matches!(x, '-' | '=')),
        '*' | '~' | '<' | '>' | '_' | '+' | '–' | '—' | '$' | '/' | '\\' | '|' => {
            run(text, at, end, |x| x == c)
        }
        '£' | '€' | '%' | '"' | '“' | '”' | '(' | ')' | '[' | ']' | ',' | ';' | ':' => next,
        // A picture sign keeps the signs that modify it: skin tones, joiners, flags.
        _ => run(
            text,
            next,
            end,
            |x| matches!(x, '\u{fe00}'..='\u{fe0f}' | '\u{200d}' | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0020}'..='\u{e007f}'),
        ),
    };
    found.push(Span::new(at, stop));
}

/// The most separators in one number: a longer run of figures and marks is cut, for what it ends in decides what it
/// is, and a run of a million figures must not be walked to its end from every one of them.
const MOST_JOINTS: usize = 200;

/// A number with its separators, its ordinal ending or its unit.
fn number(text: &str, at: usize, end: usize, found: &mut Vec<Span>) {
    let bytes = text.as_bytes();
    let digit = |i: usize| i < end && bytes.get(i).is_some_and(u8::is_ascii_digit);
    let mut stop = run(text, at, end, |c| c.is_ascii_digit());
    let mut joints = 0;
    while stop < end
        && joints < MOST_JOINTS
        && digit(stop + 1)
        && matches!(bytes.get(stop), Some(b',' | b'.' | b':' | b'/'))
    {
        stop = run(text, stop + 1, end, |c| c.is_ascii_digit());
        joints += 1;
    }
    if joints == 0
        && let Some(dated) = dashed(text, at, end)
    {
        return found.push(Span::new(at, dated));
    }
    let tail = run(text, stop, end, wordy);
    if tail > stop {
        let ending = text.get(stop..tail).unwrap_or("").to_lowercase();
        if UNITS.contains(&ending.as_str()) {
            found.push(Span::new(at, stop));
            return found.push(Span::new(stop, tail));
        }
        if !matches!(ending.as_str(), "st" | "nd" | "rd" | "th" | "s") {
            return letters(text, at, end, found);
        }
    }
    // The 1990's: the clitic stands apart.
    found.push(Span::new(at, tail));
}

/// Where a date or telephone number written with hyphens ends: `2014-06-03`, `16-11-2014`, `713-853-3989`.
fn dashed(text: &str, at: usize, end: usize) -> Option<usize> {
    // The longest such form has 14 characters; no more is looked at.
    let near = (at..end).take(16).take_while(|&i| text.as_bytes().get(i).is_some_and(u8::is_ascii)).count();
    let stop = run(text, at, at + near, |c| c.is_ascii_digit() || c == '-');
    let body = text.get(at..stop)?.trim_end_matches('-');
    let parts: Vec<usize> = body.split('-').map(str::len).collect();
    let fits = matches!(parts.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4] | [3, 3, 4] | [1, 3, 3, 4]);
    let closed = char_at(text, at + body.len()).is_none_or(|c| !wordy(c));
    (fits && closed).then_some(at + body.len())
}

/// What an apostrophe at the start of a word begins: `'90s`, `'s` after a bracket, `'em`, or a quotation.
fn after_apostrophe(text: &str, at: usize, next: usize, end: usize, found: &mut Vec<Span>) {
    let stop = run(text, next, end, wordy);
    let body = text.get(next..stop).unwrap_or("").to_lowercase();
    let glued = char_before(text, at)
        .is_some_and(|c| !blank(c) && !matches!(c, '(' | '[' | '"' | '“' | '‘' | '-' | '—'));
    let decade = body.len() == 3 && body.ends_with('s') && body.bytes().take(2).all(|b| b.is_ascii_digit());
    let cut = matches!(body.as_str(), "em" | "til" | "tis" | "twas" | "cause");
    if decade || cut || (glued && CLITICS.contains(&body.as_str())) {
        return found.push(Span::new(at, stop));
    }
    let double = run(text, at, end.min(at + 2 * (next - at)), |c| char_at(text, at) == Some(c));
    found.push(Span::new(at, double.max(next)));
}

/// A word of letters, with whatever hyphens, apostrophes and stops belong to it.
fn letters(text: &str, at: usize, end: usize, found: &mut Vec<Span>) {
    if let Some(stop) = initials(text, at, end) {
        return found.push(Span::new(at, stop));
    }
    let mut from = at;
    let mut stop = part(text, at, end);
    while let Some(mark) = char_at(text, stop).filter(|&c| stop < end && hyphen(c)) {
        let after = stop + mark.len_utf8();
        if after >= end || !char_at(text, after).is_some_and(wordy) {
            break;
        }
        let follow = part(text, after, end);
        if stays(text.get(from..stop).unwrap_or(""), text.get(after..follow).unwrap_or("")) {
            stop = follow;
            continue;
        }
        clitics(text, from, stop, found);
        found.push(Span::new(stop, after));
        if char_at(text, after).is_some_and(|c| c.is_ascii_digit()) || initials(text, after, end).is_some() {
            // What follows the hyphen is scanned afresh: it may be a number or an abbreviation.
            return;
        }
        (from, stop) = (after, follow);
    }
    if char_at(text, stop) == Some('.') && stop < end && abbreviated(text, from, stop, end) {
        stop += 1;
        return found.push(Span::new(from, stop));
    }
    clitics(text, from, stop, found);
}

/// Where a part of a word ends: letters, with apostrophes and `&` between letters.
fn part(text: &str, at: usize, end: usize) -> usize {
    let mut stop = run(text, at, end, wordy);
    while let Some(c) = char_at(text, stop).filter(|_| stop < end) {
        let after = stop + c.len_utf8();
        let upper = |x: Option<char>| x.is_some_and(char::is_uppercase);
        let joins = if c == '&' {
            upper(char_before(text, stop)) && upper(char_at(text, after)) && stop - at <= 3
        } else {
            apostrophe(c) && char_at(text, after).is_some_and(char::is_alphabetic)
        };
        if !joins || after >= end {
            break;
        }
        stop = run(text, after, end, wordy);
    }
    stop
}

/// Whether two parts joined by a hyphen stay one word.
fn stays(first: &str, second: &str) -> bool {
    let capital = |part: &str| part.chars().next().is_some_and(char::is_uppercase);
    let last = first.rsplit(hyphen).next().unwrap_or(first);
    let low = last.to_lowercase();
    let second_low = second.to_lowercase();
    if low == "al" || low == "el" {
        return true;
    }
    if ARTICLES.contains(&low.as_str()) && capital(second) && (last.len() < first.len() || !all_upper(last)) {
        return true;
    }
    if last.len() == first.len() && PREFIXES.contains(&low.as_str()) {
        return second.chars().next().is_some_and(char::is_alphabetic);
    }
    if capital(first) && NAME_OPENERS.contains(&low.as_str()) {
        return capital(second) || low == "ki" || ARTICLES.contains(&second_low.as_str());
    }
    if capital(first)
        && (matches!(second_low.as_str(), "al" | "el" | "ul" | "ud" | "ed")
            || capital(second) && NAME_CLOSERS.contains(&second_low.as_str()))
    {
        return true;
    }
    // F-16, Su-24, S-300: a designation, not a count.
    capital(first)
        && first.len() <= 4
        && !second.is_empty()
        && second.bytes().all(|b| b.is_ascii_digit())
        && second.len() <= 3
}

fn all_upper(part: &str) -> bool {
    part.chars().count() > 1 && part.chars().all(char::is_uppercase)
}

/// Where an abbreviation of single letters ends: `U.S.`, `a.m.`, `e.g.`; and `J.` before a capitalised name.
fn initials(text: &str, at: usize, end: usize) -> Option<usize> {
    let mut stop = at;
    let mut count = 0;
    while let Some(letter) = char_at(text, stop).filter(|c| c.is_alphabetic() && stop < end) {
        let after = stop + letter.len_utf8();
        let closed = char_at(text, after).is_none_or(|c| !wordy(c));
        if char_at(text, after) == Some('.') && after < end {
            stop = after + 1;
            count += 1;
            if count > 8 {
                return None;
            }
        } else if count > 0 && closed {
            // "U.S" with the last stop forgotten.
            return Some(after);
        } else {
            break;
        }
    }
    if count >= 2 {
        // "p.m..." keeps one stop, the rest is an ellipsis; a letter after the last stop means it was none of ours.
        return char_at(text, stop).is_none_or(|c| !c.is_alphabetic()).then_some(stop);
    }
    let initial = count == 1
        && char_at(text, at).is_some_and(char::is_uppercase)
        && char_at(text, stop).is_some_and(|c| c == ' ')
        && char_at(text, stop + 1).is_some_and(char::is_uppercase)
        && !matches!(text.get(at..stop), Some("I."));
    initial.then_some(stop)
}

/// Whether the stop at byte `stop` belongs to the abbreviation before it.
fn abbreviated(text: &str, from: usize, stop: usize, end: usize) -> bool {
    if char_at(text, stop + 1).is_some_and(|c| c == '.' || wordy(c)) && stop + 1 < end {
        return false;
    }
    let Some(word) = text.get(from..stop).filter(|word| word.len() <= 6) else { return false };
    let low = word.to_lowercase();
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    if matches!(low.as_str(), "etc" | "vs" | "cf" | "approx" | "esp" | "viz") {
        return true;
    }
    let next = text.get(stop + 1..end).unwrap_or("").trim_start().chars().next();
    if capital && ABBREVIATIONS.contains(&low.as_str()) {
        return next.is_some() || matches!(low.as_str(), "inc" | "ltd" | "corp" | "jr" | "sr");
    }
    let no_stop = next.is_some_and(|c| c.is_ascii_digit() || c == ',' || c.is_lowercase());
    capital
        && BEFORE_NUMBER.contains(&low.as_str())
        && no_stop
        && (low != "no" || next.is_some_and(|c| c.is_ascii_digit()))
}

/// The word that follows byte `at` after one blank, if it is made of letters.
fn next_word(text: &str, at: usize) -> &str {
    let rest = text.get(at..).and_then(|rest| rest.strip_prefix(' ')).unwrap_or("");
    rest.get(..rest.bytes().take(10).take_while(u8::is_ascii_alphabetic).count()).unwrap_or("")
}

/// Pushes a word, with the endings that the treebank cuts off it.
fn clitics(text: &str, from: usize, stop: usize, found: &mut Vec<Span>) {
    let word = text.get(from..stop).unwrap_or("");
    let mut push = |at: usize| {
        found.push(Span::new(from, at));
        found.push(Span::new(at, stop));
    };
    if let Some((offset, c)) = word.char_indices().rfind(|&(offset, c)| offset > 0 && apostrophe(c)) {
        let ending = word.get(offset + c.len_utf8()..).unwrap_or("").to_lowercase();
        let before = word.get(..offset).unwrap_or("");
        if CLITICS.contains(&ending.as_str()) {
            return push(from + offset);
        }
        if ending == "t" && before.len() > 1 && before.ends_with(['n', 'N']) {
            return push(from + offset - 1);
        }
    } else if word.len() <= 8 {
        let low = word.to_lowercase();
        if low == "its" && IT_IS.contains(&next_word(text, stop)) {
            return push(from + 2);
        }
        if let Some(&(_, cut)) =
            FUSED.iter().find(|(fused, _)| *fused == low).filter(|_| low.len() == word.len())
        {
            return push(from + cut);
        }
    }
    found.push(Span::new(from, stop));
}
