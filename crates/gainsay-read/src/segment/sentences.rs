//! Where sentences end, within one paragraph.

use gainsay_model::span::Span;

use super::MOST_WORDS;

/// Words that open sentences far oftener than they follow an abbreviation inside one.
const STARTERS: &[&str] = &[
    "A",
    "About",
    "According",
    "After",
    "All",
    "Although",
    "Among",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "Dozens",
    "During",
    "Each",
    "Earlier",
    "Eight",
    "Eleven",
    "Even",
    "Fifteen",
    "Five",
    "For",
    "Four",
    "Fourteen",
    "From",
    "He",
    "Her",
    "His",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "Nine",
    "No",
    "On",
    "One",
    "Other",
    "Scores",
    "Seven",
    "Several",
    "Six",
    "She",
    "Since",
    "Sixteen",
    "So",
    "Some",
    "Ten",
    "That",
    "The",
    "Their",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Three",
    "To",
    "Twelve",
    "Twenty",
    "Two",
    "Under",
    "We",
    "What",
    "When",
    "While",
    "With",
    "You",
];

/// Small words that stand in running text but hardly in a list of tags.
const RUNNING: &[&str] = &[
    "a", "after", "against", "an", "are", "as", "at", "been", "by", "from", "had", "has", "have", "in", "is",
    "it", "killed", "least", "near", "on", "said", "says", "that", "to", "was", "were", "who", "will",
    "with",
];

/// What may follow `a.m.` inside a sentence though it has a capital.
const AFTER_TIME: &[&str] = &[
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "GMT",
    "UTC",
    "EST",
    "EDT",
    "ET",
    "BST",
    "CET",
    "Damascus",
    "Baghdad",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The index one past the last word of each sentence among `words`, which are all of one paragraph.
pub(super) fn ends(text: &str, words: &[Span]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < words.len() {
        if at == start
            && let Some(end) = tag_run(text, words, start)
        {
            found.push(end);
            (start, at) = (end, end);
            continue;
        }
        if at - start >= MOST_WORDS {
            // Marks that close may have led further.
            let end = cut(text, words, start, start + MOST_WORDS);
            found.push(end);
            start = end;
            at = at.max(end);
            continue;
        }
        if !terminal(of(text, words, at)) {
            at += 1;
            continue;
        }
        let mut after = at + 1;
        while after < words.len()
            && glued(words, after)
            && (closer(text, words, after) || terminal(of(text, words, after)))
        {
            after += 1;
        }
        if after < words.len() && after - start < MOST_WORDS && parts(text, words, start, at, after) {
            found.push(after);
            start = after;
        }
        at = after;
    }
    if start < words.len() {
        while words.len() - start > MOST_WORDS {
            start = cut(text, words, start, start + MOST_WORDS);
            found.push(start);
        }
        found.push(words.len());
    }
    found
}

fn of<'a>(text: &'a str, words: &[Span], at: usize) -> &'a str {
    words.get(at).map_or("", |span| span.of(text))
}

/// Whether no blank stands before word `at`.
fn glued(words: &[Span], at: usize) -> bool {
    at > 0 && words.get(at).zip(words.get(at - 1)).is_some_and(|(word, before)| word.start == before.end)
}

/// Where a sentence that is too long is cut: after a semicolon or before a blank among the last fifty words.
fn cut(text: &str, words: &[Span], start: usize, at: usize) -> usize {
    let near = || (at.saturating_sub(50).max(start + 1)..=at).rev();
    near()
        .find(|&end| of(text, words, end - 1) == ";")
        .or_else(|| near().find(|&end| !glued(words, end)))
        .unwrap_or(at)
        .max(start + 1)
}

/// Whether a word may end a sentence.
fn terminal(word: &str) -> bool {
    match word.chars().next_back() {
        Some('.') => {
            word.chars().all(|c| c == '.')
                || word.matches('.').count() > 1
                || matches!(word, "etc." | "Inc." | "Corp." | "Ltd." | "Jr." | "Sr.")
        }
        Some('!' | '?') => true,
        Some('…' | '؟' | '۔' | '।' | '。' | '！' | '？') => true,
        _ => false,
    }
}

/// Whether word `at` closes a quotation or a bracket that began before it.
fn closer(text: &str, words: &[Span], at: usize) -> bool {
    match of(text, words, at) {
        "”" | ")" | "]" | "}" | "»" | "’" | "''" | "’’" => true,
        // A straight mark closes where a blank or nothing follows, or a capital that opens the next sentence.
        "\"" | "'" => {
            !glued(words, at + 1)
                || of(text, words, at + 1)
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_uppercase() || !c.is_alphanumeric())
        }
        _ => false,
    }
}

/// Whether one sentence ends and another begins between words `after - 1` and `after`; word `at` is the stop.
fn parts(text: &str, words: &[Span], start: usize, at: usize, after: usize) -> bool {
    let stop = of(text, words, at);
    let next = of(text, words, after);
    let first = next.chars().next().unwrap_or(' ');
    if glued(words, after) {
        // A forgotten blank: "was killed.The army".
        let before = of(text, words, at.wrapping_sub(1));
        let word =
            before.chars().count() > 2 && before.chars().all(|c| c.is_lowercase() || c.is_ascii_digit());
        return matches!(stop, "." | "!" | "?")
            && (word || after > at + 1)
            && first.is_uppercase()
            && next.chars().any(char::is_lowercase);
    }
    if stop == "." && at == start + 1 && of(text, words, start).chars().count() <= 3 {
        let head = of(text, words, start);
        if head.chars().all(|c| c.is_ascii_digit()) || head.chars().count() == 1 {
            return false;
        }
    }
    // The first letter or digit that follows, past opening marks.
    let mut look = after;
    while look < words.len().min(after + 4) && !of(text, words, look).chars().any(char::is_alphanumeric) {
        look += 1;
    }
    let opening = look > after;
    let word = of(text, words, look);
    let letter = word.chars().find(|c| c.is_alphanumeric()).unwrap_or(' ');
    if letter.is_lowercase() || matches!(first, ',' | ';' | ':' | ')' | ']' | '%') {
        return matches!(first, '•' | '●' | '▪' | '*');
    }
    if stop.len() > 1 && stop.ends_with('.') && stop.chars().any(char::is_alphabetic) {
        if matches!(stop.to_ascii_lowercase().as_str(), "a.m." | "p.m." | "etc.") {
            return !AFTER_TIME.contains(&word) && !letter.is_ascii_digit();
        }
        return STARTERS.contains(&word) || (opening && matches!(first, '“' | '"' | '[' | '‘'));
    }
    true
}

/// Where a run of tags ends that starts at word `start`: `Tags Syria Aleppo White Helmets At least 31 …`.
fn tag_run(text: &str, words: &[Span], start: usize) -> Option<usize> {
    if of(text, words, start) != "Tags" {
        return None;
    }
    let capital = |at: usize| {
        of(text, words, at).chars().next().is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    let colon = of(text, words, start + 1) == ":";
    let from = start + 1 + usize::from(colon);
    if !capital(from) && !colon {
        return None;
    }
    let mut at = from;
    while at < words.len().min(start + 60) && !terminal(of(text, words, at)) {
        if RUNNING.contains(&of(text, words, at)) {
            // Running text, which began at the last likely opener before this word, or at the last capital.
            let back = || (from + 1..at).rev().take(12);
            let opener = back().find(|&at| STARTERS.contains(&of(text, words, at)));
            let end = opener.or_else(|| back().find(|&at| capital(at) && !capital(at - 1))).unwrap_or(at - 1);
            return (end > start + 1).then_some(end);
        }
        at += 1;
    }
    (at < words.len() && at > from && !terminal(of(text, words, at))).then_some(at)
}
