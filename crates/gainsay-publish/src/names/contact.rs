//! What somebody could be found by: telephone numbers, e-mail addresses, handles, number plates, numbers of cards.
//!
//! They are hidden whoever's they are, for nobody can tell by looking; those of bodies and known sources stay where their
//! words say so.

use std::ops::Range;

use gainsay_lexicon::Words;

use super::lists::lists;

/// What a number or address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Contact {
    Phone,
    Mail,
    Handle,
    Number,
}

impl Contact {
    /// The word before its code.
    pub fn word(self) -> &'static str {
        match self {
            Contact::Phone => "Phone",
            Contact::Mail => "Mail",
            Contact::Handle => "Handle",
            Contact::Number => "Number",
        }
    }
}

/// Words beside which a short number is a telephone's.
const PHONES: &[&str] = &[
    "call",
    "calls",
    "cell",
    "contact",
    "mobile",
    "number",
    "phone",
    "tel",
    "telephone",
    "viber",
    "whatsapp",
    "الهاتف",
    "هاتف",
    "جوال",
    "واتساب",
    "رقم",
];
/// Words beside which a number is a plate's, a card's or a prisoner's.
const CARDS: &[&str] = &[
    "card",
    "id",
    "identity",
    "licence",
    "license",
    "number",
    "passport",
    "plate",
    "plates",
    "registration",
    "هوية",
    "لوحة",
    "جواز",
    "رقم",
];
/// Words that may stand between one of these and its number.
const LINKS: &[&str] = &[
    "a", "al", "az", "bears", "bearing", "at", "ez", "her", "him", "his", "is", "me", "my", "no", "nr", "on",
    "or", "reads", "the", "their", "them", "under", "us", "was", "were", "with", "zor",
];
/// Words before "number" that make it a thing's.
const THINGS: &[&str] = &[
    "bill",
    "case",
    "decision",
    "decree",
    "docket",
    "document",
    "file",
    "flight",
    "law",
    "order",
    "page",
    "reference",
    "report",
    "resolution",
    "serial",
    "total",
    "vote",
];
/// Who reads these mailboxes is nobody in particular.
const BOXES: &[&str] = &[
    "admin", "contact", "desk", "editor", "editors", "hello", "help", "info", "mail", "media", "news",
    "office", "press", "support", "tips",
];
/// Hosts whose addresses begin with a handle.
const SOCIAL: &[&str] =
    &["facebook.com/", "instagram.com/", "t.me/", "tiktok.com/", "twitter.com/", "x.com/", "vk.com/"];

/// Every one of a text, in order, in bytes.
pub(super) fn in_text(words: &Words, text: &str) -> Vec<(Range<usize>, Contact)> {
    let mut found = Vec::new();
    if text.contains('@') {
        at_signs(words, text, &mut found);
    }
    if text.contains(".com/") || text.contains("t.me/") {
        profiles(words, text, &mut found);
    }
    match text.chars().any(|c| digit(c) != c) {
        false => numbers(text, &mut found),
        true => {
            // Arabic, Persian and full-width digits are as good as ours, and of other lengths.
            let starts: Vec<usize> = text
                .char_indices()
                .flat_map(|(at, c)| vec![at; digit(c).len_utf8()])
                .chain([text.len()])
                .collect();
            let mut of_ours = Vec::new();
            numbers(&text.chars().map(digit).collect::<String>(), &mut of_ours);
            found.extend(of_ours.into_iter().map(|(at, kind)| (starts[at.start]..starts[at.end], kind)));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found.dedup_by(|next, last| next.0.start < last.0.end);
    found
}

/// The digit that a digit of another script stands for; other characters as they are.
pub(super) fn digit(c: char) -> char {
    let zero = [0x660, 0x6f0, 0xff10].into_iter().find(|zero| (*zero..*zero + 10).contains(&u32::from(c)));
    zero.and_then(|zero| char::from_digit(u32::from(c) - zero, 10)).unwrap_or(c)
}

fn at_signs(words: &Words, text: &str, found: &mut Vec<(Range<usize>, Contact)>) {
    let local = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+');
    for (at, _) in text.match_indices('@') {
        let start = text[..at]
            .char_indices()
            .rev()
            .take_while(|(_, c)| local(*c))
            .last()
            .map_or(at, |(from, _)| from);
        let tail = text[at + 1..].char_indices().take_while(|(_, c)| local(*c)).last();
        let end = tail.map_or(at + 1, |(from, c)| at + 1 + from + c.len_utf8());
        let end = at + 1 + text[at + 1..end].trim_end_matches(['.', '-', '_', '+']).len();
        let (own, host) = (&text[start..at], &text[at + 1..end]);
        if own.is_empty() && host.chars().count() >= 2 && !is_body(words, host) {
            found.push((at..end, Contact::Handle));
        } else if !own.is_empty() && is_host(host) && !BOXES.contains(&own.to_lowercase().as_str()) {
            found.push((start..end, Contact::Mail));
        }
    }
}

/// A name on the web: labels parted by dots, the last of letters alone.
fn is_host(host: &str) -> bool {
    host.rsplit_once('.').is_some_and(|(rest, top)| {
        !rest.is_empty() && (2..=24).contains(&top.len()) && top.bytes().all(|b| b.is_ascii_alphabetic())
    })
}

fn profiles(words: &Words, text: &str, found: &mut Vec<(Range<usize>, Contact)>) {
    for host in SOCIAL {
        for (at, _) in text.match_indices(host) {
            let whole = text[..at].chars().next_back().is_none_or(|c| !c.is_alphanumeric() && c != '-');
            if let Some(handle) = handle(&text[at + host.len()..]).filter(|_| whole) {
                let from = at + host.len();
                if !is_body(words, handle) {
                    found.push((from..from + handle.len(), Contact::Handle));
                }
            }
        }
    }
}

/// The handle that a path begins with.
fn handle(path: &str) -> Option<&str> {
    let end = path
        .find(|c: char| !(c.is_alphanumeric() || matches!(c, '_' | '.' | '-' | '@')))
        .unwrap_or(path.len());
    let handle = path[..end].trim_end_matches(['.', '-']);
    (handle.len() >= 2
        && !["i", "share", "watch", "status", "groups", "pages", "hashtag", "search"].contains(&handle))
    .then_some(handle)
}

/// Whether an address is the page of somebody on a social network whom no list knows.
pub(super) fn is_profile(words: &Words, url: &str) -> bool {
    let mut found = Vec::new();
    profiles(words, &url.to_lowercase(), &mut found);
    !found.is_empty()
}

/// Whether a handle is a body's, or one the lists know.
fn is_body(words: &Words, handle: &str) -> bool {
    let plain = handle.replace(['_', '.', '-'], " ");
    let mut small = false;
    let mut parted = String::with_capacity(plain.len() + 4);
    for c in plain.chars() {
        if small && c.is_uppercase() {
            parted.push(' ');
        }
        small = c.is_lowercase();
        parted.push(c);
    }
    let body = |word: &str| {
        let initials = word.len() >= 3 && word.bytes().all(|b| b.is_ascii_uppercase());
        lists().bodies.contains(word.to_lowercase().as_str())
            || initials && !words.index.find(word).is_empty()
    };
    !words.index.find(&parted).is_empty() || parted.split_whitespace().any(body)
}

/// Runs of digits with what parts them.
fn numbers(text: &str, found: &mut Vec<(Range<usize>, Contact)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let opens = bytes[at].is_ascii_digit()
            || (bytes[at] == b'+' && bytes.get(at + 1).is_some_and(u8::is_ascii_digit));
        if !opens {
            at += 1;
            continue;
        }
        let start = at;
        let mut end = at + 1;
        let mut cursor = at + 1;
        while cursor < bytes.len() {
            let next = bytes.get(cursor + 1).is_some_and(u8::is_ascii_digit);
            match bytes[cursor] {
                b'0'..=b'9' => end = cursor + 1,
                b' ' | b'-' | b'.' | b'/' | b')' | b'(' if next => {}
                b')' | b' '
                    if bytes.get(cursor + 1).is_some_and(|b| matches!(b, b' ' | b'('))
                        && bytes.get(cursor + 2).is_some_and(u8::is_ascii_digit) => {}
                _ => break,
            }
            cursor += 1;
        }
        at = cursor.max(end);
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let inside = |c: Option<char>| {
            c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '~' | '%' | '=' | '#'))
        };
        let path = before.is_some_and(|c| matches!(c, '/' | '-' | '.' | ',' | ':' | '@'));
        let run = &text[start..end];
        if inside(before)
            || inside(after)
            || (path && !run.starts_with('+'))
            || after == Some(':')
            || after == Some('-')
        {
            continue;
        }
        if let Some(kind) = kind(text, start, run) {
            found.push((start..end, kind));
        }
    }
}

/// What a run of digits is, by its form and by the words before it.
fn kind(text: &str, start: usize, run: &str) -> Option<Contact> {
    let digits = run.bytes().filter(u8::is_ascii_digit).count();
    let parts: Vec<&str> = run.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    // Days, and figures in thousands, are none.
    let day =
        parts.len() == 3 && (parts[0].len() == 4 || parts[2].len() == 4) && digits <= 8 && !run.contains(' ');
    let years =
        parts.iter().all(|part| part.len() == 4 && (part.starts_with("19") || part.starts_with("20")));
    if day || years {
        return None;
    }
    if run.starts_with('+') && (8..=15).contains(&digits) {
        return Some(Contact::Phone);
    }
    if run.starts_with("00") && (10..=17).contains(&digits)
        || run.starts_with('0') && !run.contains('.') && (9..=11).contains(&digits)
    {
        // A card's number may look like one; its words are nearer.
        return Some(if near(text, start, 3, &CARDS[..5]) { Contact::Number } else { Contact::Phone });
    }
    // "25000 refugees", "150000 of them": a count; "case number 2014/88": of a thing.
    if is_count(&text[start + run.len()..]) {
        return None;
    }
    match beside(text, start, CARDS) {
        Some(true) if digits >= 5 => Some(Contact::Number),
        Some(_) => None,
        None => (digits >= 6 && beside(text, start, PHONES) == Some(true)).then_some(Contact::Phone),
    }
}

/// Whether what stands behind a number is what it counts.
fn is_count(behind: &str) -> bool {
    let Some(next) = behind.strip_prefix(' ') else { return false };
    let word: String = next.chars().take_while(|c| c.is_alphabetic()).collect();
    !word.is_empty()
        && word.chars().all(char::is_lowercase)
        && word.is_ascii()
        && !["and", "at", "for", "from", "if", "in", "is", "on", "or", "to", "was", "were", "with"]
            .contains(&word.as_str())
}

/// Whether the words before a place lead from one of these to it, as in "her card bears the number 1"; `Some(false)`
/// where the word is of a thing: "case number".
fn beside(text: &str, start: usize, of: &[&str]) -> Option<bool> {
    let from = text[..start].rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
    let words: Vec<&str> =
        text[from..start].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    for (at, word) in words.iter().enumerate().rev().take(6) {
        let lower = word.to_lowercase();
        if of.contains(&lower.as_str()) {
            let before = at.checked_sub(1).map(|before| words[before].to_lowercase()).unwrap_or_default();
            return Some(!THINGS.contains(&before.as_str()));
        }
        // Between the word and its number stand no other nouns but a plate's town.
        let town = word.chars().next().is_some_and(|c| c.is_uppercase() || !c.is_ascii());
        if !town && !LINKS.contains(&lower.as_str()) {
            return None;
        }
    }
    None
}

/// Whether one of these words stands among so many before a place, in the same sentence.
fn near(text: &str, start: usize, many: usize, of: &[&str]) -> bool {
    let from = text[..start].rfind(['.', '!', '?', '\n']).map_or(0, |at| at + 1);
    let words = text[from..start].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    words.iter().rev().take(many).any(|word| of.contains(&word.to_lowercase().as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_could_be_found_by() {
        for (text, found) in [
            ("Call +963 944 123 456 or 0944 123 456.", &["+963 944 123 456", "0944 123 456"][..]),
            ("write to amal.k@example.org, or @amal_k", &["amal.k@example.org", "@amal_k"]),
            ("write to press@example.org; @SANA_English and @HalabNewsNetwork", &[]),
            ("a car with the plate Aleppo 713 204", &["713 204"]),
            ("her identity card, 04010188213, was taken", &["04010188213"]),
            ("https://twitter.com/amal_k/status/12", &["amal_k"]),
            ("On 2014-06-03, 1,250,000 people; 35.33, 40.14; 12,000; 2011-2014; 30.06.2014; 2013/2014", &[]),
            ("2014-06-04T05:06:07Z and f0123456789ab and 10:30 and No. 45", &[]),
            ("the battle of wisam@sana", &[]),
            (
                "اتصل على ٠٩٤٤١٢٣٤٥٦ اليوم أو +٩٦٣ ٩٤٤ ١٢٣ ٤٥٦، قتل ١٢٠ شخصا في ٢٠١٤",
                &["٠٩٤٤١٢٣٤٥٦", "+٩٦٣ ٩٤٤ ١٢٣ ٤٥٦"],
            ),
            (
                "Registration of 25000 refugees; contact was lost with 150000 people; the number of displaced was 250000",
                &[],
            ),
            (
                "UNHCR case number 12345-6789; a number 123456 of people; call for 500000 dollars; file number 2014/88123",
                &[],
            ),
            ("The passport office processed 40000 applications, phone lines of 300000 homes were cut", &[]),
            (
                "Prisoner number 2013/88214, with the number plate Aleppo 713 205, card ID 08120045517",
                &["2013/88214", "713 205", "08120045517"],
            ),
        ] {
            let ranges = in_text(Words::builtin(), text);
            let words: Vec<&str> = ranges.iter().map(|(range, _)| &text[range.clone()]).collect();
            assert_eq!(words, found, "{text}");
        }
    }
}
