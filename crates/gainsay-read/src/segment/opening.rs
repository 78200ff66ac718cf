//! Blocks: paragraphs, and what a text that has lost its line breaks opens with: its date and its title.

use gainsay_model::reading::Part;
use gainsay_model::span::Span;

use super::chars::{blank, char_at, line_end, wordy};

/// A stretch of text that no sentence crosses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) span: Span,
    pub(super) paragraph: usize,
    /// What it is, where the cutting shows it.
    pub(super) part: Option<Part>,
}

/// The fewest letters and digits a title must have to be looked for.
const SHORTEST_TITLE: usize = 12;

/// The blocks of `text`, in order; none is blank.
pub(super) fn blocks(text: &str, title: Option<&str>) -> Vec<Block> {
    let mut found = Vec::new();
    let mut paragraph = 0;
    let mut at = 0;
    for line in text.split(line_end) {
        let span = Span::new(at, at + line.len());
        at = span.end + char_at(text, span.end).map_or(0, char::len_utf8);
        if line.chars().all(blank) {
            continue;
        }
        let mut from = span.start;
        if paragraph < 3 {
            from = opening(text, span, title, paragraph, &mut found);
        }
        if text.get(from..span.end).is_some_and(|rest| !rest.chars().all(blank)) {
            found.push(Block { span: Span::new(from, span.end), paragraph, part: None });
        }
        paragraph += 1;
    }
    found
}

/// Splits date and title off the front of the line `span`; gives where the rest begins.
fn opening(text: &str, span: Span, title: Option<&str>, paragraph: usize, found: &mut Vec<Block>) -> usize {
    let mut from = span.start;
    let mut titled = false;
    for _ in 0..5 {
        let here = skip(text, from, span.end);
        let Some(rest) = text.get(here..span.end) else { break };
        if let Some(length) = banner_length(rest) {
            from = here + length;
            found.push(Block { span: Span::new(here, from), paragraph, part: Some(Part::Furniture) });
        } else if let Some(length) = title.filter(|_| !titled).and_then(|title| title_length(rest, title)) {
            titled = true;
            from = here + length;
            // A stop that stands alone after the title belongs to it.
            let stop = skip(text, from, span.end);
            if text.get(stop..span.end).is_some_and(|tail| tail.starts_with(". ")) {
                from = stop + 1;
            }
            found.push(Block { span: Span::new(here, from), paragraph, part: Some(Part::Headline) });
        } else if let Some(length) = date_length(rest).or_else(|| match title {
            _ if titled => byline_length(rest),
            Some(title) if here > span.start || rest.starts_with("Posted") => lead_length(rest, title),
            _ => None,
        }) {
            from = here + length;
            found.push(Block { span: Span::new(here, from), paragraph, part: Some(Part::Furniture) });
        } else {
            break;
        }
    }
    from
}

fn skip(text: &str, from: usize, end: usize) -> usize {
    super::chars::run(text, from, end, blank)
}

/// How many bytes of `rest` are the title, whole or up to the name of the outlet after ` | ` or ` - `; only
/// letters and digits count.
pub(super) fn title_length(rest: &str, title: &str) -> Option<usize> {
    let main = [" | ", "- ", " – ", " — "].iter().filter_map(|mark| title.find(mark)).min();
    let bounds = [Some(title.len()), main];
    bounds.into_iter().flatten().find_map(|bound| {
        let mut wanted = title
            .get(..bound)?
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .peekable();
        let mut count = 0;
        for (offset, c) in rest.char_indices() {
            if wanted.peek().is_none() {
                // Nothing of the title is left; marks that are glued to it go with it.
                let tail = rest.get(offset..)?;
                if wordy(c) || count < SHORTEST_TITLE {
                    return None;
                }
                let marks = tail.find(|c: char| blank(c) || wordy(c)).unwrap_or(tail.len());
                return Some(offset + marks);
            }
            for small in c.to_lowercase().filter(|_| c.is_alphanumeric()) {
                if wanted.next() != Some(small) {
                    return None;
                }
                count += 1;
            }
        }
        (wanted.peek().is_none() && count >= SHORTEST_TITLE).then_some(rest.len())
    })
}

/// What one word of a dateline is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Piece {
    Weekday,
    Month,
    Day,
    Year,
    Whole,
    Clock,
    Label,
}

fn piece(word: &str) -> Option<Piece> {
    let low = word.trim_matches([',', '.', ';', '|', ':', '(', ')', '–', '-', '—']).to_lowercase();
    let digits = low.bytes().take_while(u8::is_ascii_digit).count();
    if digits > 0 {
        let tail = low.get(digits..).unwrap_or("");
        let year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
        let fields: Vec<&str> = low.split(['-', '.', '/']).collect();
        let numeric =
            |field: &&str| !field.is_empty() && field.len() <= 4 && field.bytes().all(|b| b.is_ascii_digit());
        return if fields.len() == 3 && fields.iter().all(numeric) && (year(fields[0]) || year(fields[2])) {
            Some(Piece::Whole)
        } else if tail.is_empty() && year(&low) {
            Some(Piece::Year)
        } else if tail.is_empty() && (5..=6).contains(&digits) && low.get(digits - 4..).is_some_and(year) {
            Some(Piece::Whole)
        } else if digits <= 2 && matches!(tail, "" | "st" | "nd" | "rd" | "th") {
            Some(Piece::Day)
        } else if digits <= 2 && (tail.starts_with(':') || matches!(tail, "am" | "pm")) {
            Some(Piece::Clock)
        } else {
            None
        };
    }
    const MONTHS: &[&str] = &[
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "sept",
    ];
    const WEEKDAYS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "tues",
        "thur",
        "thurs",
    ];
    let named =
        |names: &[&str]| names.iter().any(|name| *name == low || (low.len() == 3 && name.starts_with(&low)));
    if !word.chars().next().is_some_and(char::is_uppercase) {
        return matches!(
            low.as_str(),
            "am" | "pm" | "at" | "on" | "of" | "title" | "updated" | "publication"
        )
        .then_some(Piece::Label);
    }
    if named(MONTHS) {
        Some(Piece::Month)
    } else if named(WEEKDAYS) {
        Some(Piece::Weekday)
    } else {
        match low.as_str() {
            "published" | "updated" | "posted" | "last" | "date" | "title" | "created" => Some(Piece::Label),
            "am" | "pm" | "gmt" | "utc" | "est" | "edt" | "bst" | "cet" => Some(Piece::Clock),
            _ => None,
        }
    }
}

/// How many bytes at the front of `rest` are a full date, with its weekday, clock and labels; the running text
/// that follows, if any, must open like a sentence.
pub(super) fn date_length(rest: &str) -> Option<usize> {
    let (mut day, mut month, mut year) = (false, false, false);
    let mut end = 0;
    let mut good = None;
    for word in rest.split(blank).take(14) {
        end += word.len();
        if !word.is_empty() {
            let fits = match piece(word) {
                Some(Piece::Day) => !std::mem::replace(&mut day, true),
                Some(Piece::Month) => !std::mem::replace(&mut month, true),
                Some(Piece::Year) => day && month && !std::mem::replace(&mut year, true),
                Some(Piece::Whole) if year => false,
                Some(Piece::Whole) => {
                    (day, month, year) = (true, true, true);
                    true
                }
                Some(Piece::Weekday | Piece::Clock) => true,
                Some(Piece::Label) => {
                    !year || word.ends_with(':') || matches!(word, "AM" | "PM" | "am" | "pm" | "at")
                }
                None => false,
            };
            if !fits {
                break;
            }
            if day && month && year {
                good = Some(end);
            }
        }
        end += rest.get(end..).and_then(|tail| tail.chars().next()).map_or(0, char::len_utf8);
    }
    let good = good?;
    let by = rest.get(good..).is_some_and(|tail| tail.trim_start().starts_with("by "));
    let next = rest.get(good..)?.chars().find(|c| c.is_alphanumeric());
    next.is_none_or(|c| !c.is_lowercase() || by).then_some(good)
}

/// How many bytes at the front of `rest` are the banner of a page: its phrase, what stands before it, and the one
/// or two counters after it.
fn banner_length(rest: &str) -> Option<usize> {
    const BANNER: &str = "Get short URL";
    let near = rest.char_indices().nth(80).map_or(rest.len(), |(at, _)| at);
    let mut end = rest.get(..near)?.find(BANNER)? + BANNER.len();
    for _ in 0..2 {
        let number = super::chars::run(rest, end, rest.len(), blank);
        let stop = super::chars::run(rest, number, rest.len(), |c| c.is_ascii_digit());
        if stop > number && char_at(rest, stop).is_none_or(blank) {
            end = stop;
        }
    }
    Some(end)
}

/// How many bytes after a date, and at most six words, stand before the title: `by Asharq Al-Awsat English`.
fn lead_length(rest: &str, title: &str) -> Option<usize> {
    let mut at = 0;
    for word in rest.split(blank).take(7) {
        let here = rest.get(at..)?;
        if at > 0 && !word.is_empty() && title_length(here, title).is_some() {
            return Some(at);
        }
        at += word.len();
        at += rest.get(at..)?.chars().next()?.len_utf8();
    }
    None
}

/// How many bytes after a title are an agency's or a writer's name and a date: `AFP Friday 2 May 2014`.
fn byline_length(rest: &str) -> Option<usize> {
    let mut at = 0;
    for word in rest.split(blank).take(4) {
        if let Some(length) = rest.get(at..).filter(|_| at > 0 && !word.is_empty()).and_then(date_length) {
            return Some(at + length);
        }
        if !word.is_empty() && !word.chars().next().is_some_and(char::is_uppercase) {
            return None;
        }
        at += word.len();
        at += rest.get(at..)?.chars().next()?.len_utf8();
    }
    None
}
