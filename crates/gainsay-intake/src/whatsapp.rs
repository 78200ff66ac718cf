//! A chat that WhatsApp exported as text to reports, a message each.
//!
//! **Takes** the export of a telephone: `[18/01/2016, 09:15:32] Sender: words` (iOS), `18/01/2016, 09:15 - Sender: words`
//! (Android); clocks of 12 and 24 hours, European and Arabic digits, words over several lines. **Gives** every message
//! with words, short ones too, since a desk asks for what was said and not for what was long; the chat, by the file's
//! name, as outlet, and the sender as author. **Never** takes a sender for an outlet, writes one into the text or the
//! id, or reads what WhatsApp itself says ("… joined", "Media omitted").

use gainsay_model::Field;
use jiff::civil::Date;

use crate::batch::{Batch, Source};
use crate::decode;
use crate::fields::Fields;
use crate::formats::{Format, Reading};
use crate::handover::{Handover, print, slug};

/// An exported chat.
pub(crate) const FORMAT: Format = Format {
    name: "a WhatsApp chat",
    extensions: &["txt"],
    media: &[],
    begins: |head| is_chat(&String::from_utf8_lossy(head)),
    read: Reading::Many(read),
};

/// How many lines at the head are looked at to know an export.
const LOOKED_AT: usize = 12;

/// Whether a text is such an export: one of its first lines opens a message by a sender, and no line before it is more
/// than WhatsApp's own.
pub(crate) fn is_chat(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(LOOKED_AT).collect();
    let opening: Vec<Opening> = lines.iter().filter_map(|line| opening(line)).collect();
    let first = lines.first().is_some_and(|line| self::opening(line).is_some());
    first && opening.iter().any(|opening| sender(opening.rest).is_some()) && opening.len() * 2 >= lines.len()
}

/// Hands over the messages of the chat.
pub(crate) fn read(raw: &[u8], source: &Source, batch: &mut Batch) {
    let mut to = Handover { source, batch };
    let text = match decode::plain(raw) {
        Ok(text) => text,
        Err(why) => return to.warn(why.line, why.message),
    };
    let messages = messages(&text);
    let (order, sure) = Order::of(&messages);
    let chat = chat_of(&source.name);
    let (mut taken, mut before, mut same) = (0, String::new(), 0);
    for message in &messages {
        let Some((sender, words)) = sender(message.rest) else { continue };
        let words = said(words, message.more);
        if words.is_empty() {
            continue;
        }
        let day = order.day(message.numbers);
        // By the minute and the words, so that a later export of the same chat gives the same id.
        let minute = day.map_or("undated".to_owned(), |day| day.to_string());
        let print = print(&words);
        let key = format!("{minute}-{:02}{:02}-{print}", message.clock.0, message.clock.1);
        same = if key == before { same + 1 } else { 0 };
        let nth = if same > 0 { format!("-{}", same + 1) } else { String::new() };
        let id = format!("{}/{key}{nth}", slug(&chat));
        before = key;
        taken += 1;
        let guessed = if sure || day.is_none() { Vec::new() } else { vec![Field::Published] };
        let said = Fields {
            id: Some(id.clone()),
            text: Some(words),
            published: day.map(|day| day.to_string()),
            publisher: Some(chat.clone()),
            author: Some(sender.to_owned()),
            guessed,
            ..Fields::default()
        };
        to.give(said, message.whole.as_bytes(), &message.line.to_string(), Some(message.line), || id);
    }
    if taken == 0 {
        to.warn(None, "the chat holds no message with words; export it again");
    }
}

/// How a message opens.
struct Opening<'a> {
    numbers: [u32; 3],
    clock: (u32, u32),
    rest: &'a str,
}

/// A message as it stands.
struct Message<'a> {
    numbers: [u32; 3],
    clock: (u32, u32),
    /// The rest of its first line.
    rest: &'a str,
    /// Its further lines.
    more: &'a str,
    whole: &'a str,
    line: usize,
}

fn messages(text: &str) -> Vec<Message<'_>> {
    let mut messages: Vec<Message> = Vec::new();
    let (mut at, mut start) = (0, 0);
    for (n, line) in text.split_inclusive('\n').enumerate() {
        let end = at + line.len();
        if let Some(opening) = opening(line.trim_end_matches(['\n', '\r'])) {
            start = at;
            let Opening { numbers, clock, rest } = opening;
            messages.push(Message { numbers, clock, rest, more: "", whole: line, line: n + 1 });
        } else if let Some(last) = messages.last_mut() {
            let first_line = text[start..].find('\n').map_or(end, |break_| start + break_ + 1);
            last.more = &text[first_line..end];
            last.whole = &text[start..end];
        }
        at = end;
    }
    messages.iter_mut().for_each(|message| message.whole = message.whole.trim_end_matches(['\n', '\r']));
    messages
}

/// The day, the minute and what follows, where a line opens a message.
fn opening(line: &str) -> Option<Opening<'_>> {
    let line = line.trim_start_matches(MARKS);
    let (head, rest) = match line.strip_prefix('[') {
        Some(inner) => inner.split_once(']').filter(|(head, _)| head.len() < 60)?,
        None => {
            let dash = line.char_indices().take(40).find(|(at, _)| line[*at..].starts_with(" - "))?.0;
            (&line[..dash], &line[dash + 3..])
        }
    };
    let mut numbers: Vec<u32> = Vec::with_capacity(6);
    let mut words = String::new();
    let mut within = false;
    let mut seconds_or_day = 0;
    for c in head.chars() {
        if let Some(digit) = digit(c) {
            if within {
                let last = numbers.last_mut()?;
                *last = last.checked_mul(10)?.checked_add(digit)?;
            } else {
                numbers.push(digit);
            }
            within = true;
            continue;
        }
        within = false;
        match c {
            '/' | '.' | '-' | '\u{200F}' | '\u{200E}' if numbers.len() <= 3 => seconds_or_day += 1,
            ':' | '.' | ',' | '،' | '-' | '/' => {}
            c if c.is_whitespace() || MARKS.contains(&c) => {}
            c if c.is_alphabetic() => words.extend(c.to_lowercase()),
            _ => return None,
        }
    }
    let [a, b, c, hour, minute, ..] = numbers.as_slice() else { return None };
    let half = half(&words)?;
    let fits = numbers.len() <= 6 && seconds_or_day >= 2 && *minute < 60 && *hour < 25;
    let hour = match half {
        Some(true) => hour % 12 + 12,
        Some(false) => hour % 12,
        None => *hour,
    };
    fits.then(|| Opening {
        numbers: [*a, *b, *c],
        clock: (hour, *minute),
        rest: rest.trim_start_matches([' ', '\u{200E}', '\u{200F}']),
    })
}

/// Signs that steer the direction of writing, and narrow blanks.
const MARKS: &[char] =
    &['\u{200E}', '\u{200F}', '\u{202A}', '\u{202B}', '\u{202C}', '\u{202F}', '\u{FEFF}', '\u{A0}'];

/// Whether the words in a clock say the second half of the day; none where there are no words.
#[allow(clippy::option_option)]
fn half(words: &str) -> Option<Option<bool>> {
    match words {
        "" => Some(None),
        "am" | "ص" | "صباحا" | "дп" | "vorm" => Some(Some(false)),
        "pm" | "م" | "مساء" | "пп" | "nachm" => Some(Some(true)),
        _ => None,
    }
}

fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{0660}'..='\u{0669}' => Some(c as u32 - 0x0660),
        '\u{06F0}'..='\u{06F9}' => Some(c as u32 - 0x06F0),
        _ => None,
    }
}

/// The sender and the words; none of a line that is WhatsApp's own.
fn sender(rest: &str) -> Option<(&str, &str)> {
    let (sender, words) =
        rest.split_once(": ").or_else(|| rest.strip_suffix(':').map(|sender| (sender, "")))?;
    let sender = sender.trim_matches(MARKS).trim();
    let fits = !sender.is_empty() && sender.chars().count() <= 60 && !sender.contains(['“', '"', '«']);
    // iOS marks what it says itself, even under a name.
    let own = words.starts_with('\u{200E}') && is_notice(words);
    (fits && !own).then_some((sender, words))
}

/// The words of a message: without what stands for a picture, and without "edited".
fn said(first: &str, more: &str) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for line in std::iter::once(first).chain(more.lines()) {
        let bare = line.trim_matches(|c: char| MARKS.contains(&c) || c == '\r').trim_end();
        let bare = EDITED.iter().fold(bare, |line, mark| line.strip_suffix(mark).unwrap_or(line)).trim_end();
        if !is_notice(bare) {
            lines.push(bare);
        }
    }
    lines.join("\n").trim().to_owned()
}

/// What stands behind a message that was changed later.
const EDITED: [&str; 3] =
    ["<This message was edited>", "<تم تعديل هذه الرسالة>", "<Ce message a été modifié>"];

/// What WhatsApp puts in the place of words.
fn is_notice(line: &str) -> bool {
    let line = line.trim_matches(|c: char| MARKS.contains(&c) || c.is_whitespace()).to_lowercase();
    let bare = line.trim_end_matches('.');
    [
        "<media omitted>",
        "<تم استبعاد الوسائط>",
        "<médias omis>",
        "<без медиафайлов>",
        "<без медіафайлів>",
        "null",
    ]
    .contains(&bare)
        || [
            "this message was deleted",
            "you deleted this message",
            "waiting for this message",
            "تم حذف هذه الرسالة",
        ]
        .iter()
        .any(|start| bare.starts_with(start))
        || [
            "image omitted",
            "video omitted",
            "audio omitted",
            "gif omitted",
            "sticker omitted",
            "document omitted",
            "contact card omitted",
        ]
        .iter()
        .any(|end| bare.ends_with(end) && bare.chars().count() < 120)
        || bare.starts_with("<attached: ") && bare.ends_with('>')
        || bare.ends_with("(file attached)")
        || bare.ends_with("(الملف مرفق)")
        || bare.contains("end-to-end encrypted")
        || ["missed voice call", "missed video call", "location: https://maps"]
            .iter()
            .any(|start| bare.starts_with(start))
}

/// What stands first where a chat writes day, month and year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Order {
    Day,
    Month,
    Year,
}

impl Order {
    /// The order that all messages agree with, and whether it is beyond doubt: by numbers that are no month; else by
    /// which order lets the days go forward only. Day first where nothing tells.
    fn of(messages: &[Message]) -> (Order, bool) {
        if messages.iter().all(|message| message.numbers[0] > 31) {
            return (Order::Year, true);
        }
        let above = |at: usize| messages.iter().any(|message| message.numbers[at] > 12);
        match (above(0), above(1)) {
            (true, false) => return (Order::Day, true),
            (false, true) => return (Order::Month, true),
            // Neither order fits all: whichever fits a message is taken for it, and marked.
            (true, true) => return (Order::Day, false),
            (false, false) => {}
        }
        let forward = |order: Order| {
            let days: Vec<Option<Date>> =
                messages.iter().map(|message| order.exact(message.numbers)).collect();
            days.windows(2).all(|pair| pair[0] <= pair[1])
        };
        match (forward(Order::Day), forward(Order::Month)) {
            (true, false) => (Order::Day, true),
            (false, true) => (Order::Month, true),
            _ => (Order::Day, false),
        }
    }

    fn day(self, numbers: [u32; 3]) -> Option<Date> {
        self.exact(numbers).or_else(|| match self {
            Order::Day => Order::Month.exact(numbers),
            Order::Month => Order::Day.exact(numbers),
            Order::Year => None,
        })
    }

    fn exact(self, [a, b, c]: [u32; 3]) -> Option<Date> {
        let (year, month, day) = match self {
            Order::Day => (c, b, a),
            Order::Month => (c, a, b),
            Order::Year => (a, b, c),
        };
        let year = if year < 100 { 2000 + year } else { year };
        // WhatsApp began in 2009.
        let year = i16::try_from(year).ok().filter(|year| (2009..=2100).contains(year))?;
        Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
    }
}

/// The chat's name, by the file's: `WhatsApp Chat with Deir News.txt`, `WhatsApp Chat - Deir News.zip/_chat.txt`.
fn chat_of(name: &str) -> String {
    let mut parts = name.rsplit('/');
    let mut own = parts.next().unwrap_or(name);
    if own.trim_start_matches('_').to_ascii_lowercase().starts_with("chat.") {
        own = parts.next().unwrap_or(own);
    }
    let stem = match own.rsplit_once('.') {
        Some((stem, ending)) if ending.len() <= 4 && !stem.is_empty() => stem,
        _ => own,
    };
    let leads = [
        "WhatsApp Chat with ",
        "WhatsApp Chat - ",
        "محادثة واتساب مع ",
        "دردشة واتساب مع ",
        "Discussion WhatsApp avec ",
        "Chat de WhatsApp con ",
        "Чат WhatsApp с ",
    ];
    let bare = leads.iter().find_map(|lead| stem.strip_prefix(lead)).unwrap_or(stem);
    bare.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(line: &str) -> Option<([u32; 3], (u32, u32), &str)> {
        opening(line).map(|opening| (opening.numbers, opening.clock, opening.rest))
    }

    #[test]
    fn every_form_of_opening() {
        for (line, expected) in [
            ("18/01/2016, 09:15 - A: x", ([18, 1, 2016], (9, 15), "A: x")),
            ("\u{200E}[18/01/2016, 21:15:32] A: x", ([18, 1, 2016], (21, 15), "A: x")),
            ("[1/18/16, 9:15:32\u{202F}PM] A: x", ([1, 18, 16], (21, 15), "A: x")),
            ("1/18/16, 12:05 AM - A: x", ([1, 18, 16], (0, 5), "A: x")),
            ("18.01.16, 09:15 - A: x", ([18, 1, 16], (9, 15), "A: x")),
            ("2016-01-18, 09:15 - A: x", ([2016, 1, 18], (9, 15), "A: x")),
            ("18/1/2016 9:15 p. m. - A: x", ([18, 1, 2016], (21, 15), "A: x")),
            ("١٨\u{200F}/١\u{200F}/٢٠١٦، ٩:١٥ م - أ: خبر", ([18, 1, 2016], (21, 15), "أ: خبر")),
        ] {
            assert_eq!(numbers(line), Some(expected), "{line}");
        }
        for line in
            ["18/01/2016", "At 09:15 - he said: x", "12 - 15 dead: x", "[see 1.2.3] a: b", "", "- a: b"]
        {
            assert_eq!(numbers(line), None, "{line}");
        }
    }

    #[test]
    fn a_chat_is_called_by_its_file() {
        for (name, chat) in [
            ("in/WhatsApp Chat with Deir News.txt", "Deir News"),
            ("WhatsApp Chat - Deir News.zip/_chat.txt", "Deir News"),
            ("furat.txt", "furat"),
        ] {
            assert_eq!(chat_of(name), chat);
        }
    }
}
