//! Days as reports write them: `2016-01-18`, `18/01/2016`, `June 23, 2014`, `23rd of June 2014`, `٤ حزيران 2014`.
//!
//! A day needs its year: `Jan 18` alone is none. Of two readings of `05/07/2016` the day comes first.

use jiff::civil::Date;

/// A word, a number or one other sign of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// The characters.
    pub text: &'a str,
    /// Where they begin, in bytes.
    pub start: usize,
    /// Letters, digits, or neither.
    pub shape: Shape,
    /// Nothing stands between this and the token before.
    pub glued: bool,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Letters, apostrophes among them.
    Word,
    /// Digits, European or Arabic.
    Number,
    /// One other character.
    Sign,
}

impl Token<'_> {
    /// Whether it is this sign.
    pub fn is(&self, sign: char) -> bool {
        self.shape == Shape::Sign && self.text.starts_with(sign)
    }

    fn number(&self) -> Option<u32> {
        if self.shape != Shape::Number || self.text.chars().count() > 8 {
            return None;
        }
        self.text.chars().try_fold(0, |sum, char| Some(sum * 10 + digit(char)?))
    }

    fn digits(&self) -> usize {
        if self.shape == Shape::Number { self.text.chars().count() } else { 0 }
    }
}

fn digit(char: char) -> Option<u32> {
    match char {
        '0'..='9' => Some(char as u32 - '0' as u32),
        '\u{0660}'..='\u{0669}' => Some(char as u32 - 0x0660),
        '\u{06F0}'..='\u{06F9}' => Some(char as u32 - 0x06F0),
        _ => None,
    }
}

/// Cuts a text into tokens; white space is dropped.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let shape = |char: char| match char {
        _ if digit(char).is_some() => Some(Shape::Number),
        '\'' | '’' | '\u{064B}'..='\u{0652}' => Some(Shape::Word),
        _ if char.is_alphabetic() => Some(Shape::Word),
        _ if char.is_whitespace() || matches!(char, '\u{200E}' | '\u{200F}' | '\u{200B}' | '\u{FEFF}') => {
            None
        }
        _ => Some(Shape::Sign),
    };
    let mut tokens: Vec<Token> = Vec::new();
    let mut end = usize::MAX;
    for (start, char) in text.char_indices() {
        let Some(shape) = shape(char) else { continue };
        let glued = end == start;
        end = start + char.len_utf8();
        match tokens.last_mut() {
            Some(last) if glued && last.shape == shape && shape != Shape::Sign => {
                last.text = &text[last.start..end];
            }
            _ => tokens.push(Token { text: &text[start..end], start, shape, glued }),
        }
    }
    tokens
}

/// An ISO day, alone or at the head of a datetime: `2016-01-18`, `20160118`, `2016-01-18T09:00:00+02:00`. The day is
/// taken as written, in the zone it was written in.
pub(crate) fn iso(written: &str) -> Option<Date> {
    let written = written.trim();
    let number = |range: std::ops::Range<usize>| {
        let digits = written.get(range)?;
        digits.bytes().all(|byte| byte.is_ascii_digit()).then(|| digits.parse().ok())?
    };
    let bytes = written.as_bytes();
    let (day, rest) = if bytes.len() >= 10 && bytes[4] == b'-' && bytes[7] == b'-' {
        (day(number(0..4)?, number(5..7)?, number(8..10)?)?, &bytes[10..])
    } else {
        (day(number(0..4)?, number(4..6)?, number(6..8)?)?, bytes.get(8..)?)
    };
    matches!(rest, [] | [b'T' | b't' | b' ', ..]).then_some(day)
}

/// Every day that is written in some words with its year, in order, in the forms that pages date themselves in.
pub fn all(written: &str) -> Vec<Date> {
    let tokens = tokens(written);
    (0..tokens.len()).filter_map(|at| Some(date_at(&tokens, at)?.0)).collect()
}

/// The day, in UTC, of a number of seconds since 1970, or of milliseconds, which are a thousand times as many.
pub(crate) fn of_unix(number: i64) -> Option<Date> {
    // Seconds of the years 1973 to 5138 have fewer digits than milliseconds of 1973.
    let seconds = if number.abs() >= 100_000_000_000 { number / 1000 } else { number };
    let day = jiff::Timestamp::from_second(seconds).ok()?.to_zoned(jiff::tz::TimeZone::UTC).date();
    (1971..=2100).contains(&day.year()).then_some(day)
}

/// The first day that is written anywhere in a short text, as a page's date field is.
pub(crate) fn anywhere(written: &str) -> Option<Date> {
    let head: String = written.chars().take(100).collect();
    let tokens = tokens(&head);
    (0..tokens.len()).find_map(|at| Some(date_at(&tokens, at)?.0))
}

/// The day that is written from token `at` on, and the token after it.
pub(crate) fn date_at(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    numeric(tokens, at).or_else(|| day_first(tokens, at)).or_else(|| month_first(tokens, at))
}

/// `2016-01-18`, `18/01/2016`, `28.04.2017`; the same sign twice, without blanks.
fn numeric(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let [first, sign, second, again, third] = tokens.get(at..at + 5)? else { return None };
    let glued = [sign, second, again, third].iter().all(|token| token.glued);
    if !glued || sign.text != again.text || !["-", "/", "."].contains(&sign.text) {
        return None;
    }
    if at > 0 && first.glued && (tokens[at - 1].shape == Shape::Number || tokens[at - 1].is('/')) {
        return None;
    }
    let (a, b, c) = (first.number()?, second.number()?, third.number()?);
    let found = match (first.digits(), second.digits(), third.digits()) {
        (4, 1..=2, 1..=2) => day(a, b, c)?,
        (1..=2, 1..=2, 4) => day(c, b, a).or_else(|| day(c, a, b))?,
        _ => return None,
    };
    Some((found, at + 5))
}

/// `23 June 2014`, `23rd of June, 2014`, `18-Jan-2016`.
fn day_first(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let first = tokens.get(at)?;
    if first.digits() > 2 {
        return None;
    }
    let number = first.number()?;
    let mut next = skip_ordinal(tokens, at + 1);
    if tokens.get(next).is_some_and(|token| token.text.eq_ignore_ascii_case("of") || token.is('-')) {
        next += 1;
    }
    let (month, next) = month_at(tokens, next)?;
    let (year, next) = year_at(tokens, next)?;
    Some((day(year, month, number)?, next))
}

/// `June 23, 2014`, `Jan. 18th 2016`, and `Apr 232017`, whose blank was lost.
fn month_first(tokens: &[Token], at: usize) -> Option<(Date, usize)> {
    let (month, mut next) = month_at(tokens, at)?;
    if tokens.get(next).is_some_and(|token| token.is('.')) {
        next += 1;
    }
    let token = tokens.get(next)?;
    let number = token.number()?;
    if matches!(token.digits(), 5 | 6) {
        return Some((day(number % 10_000, month, number / 10_000)?, next + 1));
    }
    if token.digits() > 2 {
        return None;
    }
    let (year, next) = year_at(tokens, skip_ordinal(tokens, next + 1))?;
    Some((day(year, month, number)?, next))
}

fn skip_ordinal(tokens: &[Token], at: usize) -> usize {
    let ordinal = |token: &Token| {
        token.glued && ["st", "nd", "rd", "th", "er"].iter().any(|end| token.text.eq_ignore_ascii_case(end))
    };
    if tokens.get(at).is_some_and(ordinal) { at + 1 } else { at }
}

fn year_at(tokens: &[Token], mut at: usize) -> Option<(u32, usize)> {
    while tokens.get(at).is_some_and(|token| [',', '،', '.', '-', '/'].iter().any(|sign| token.is(*sign))) {
        at += 1;
    }
    let token = tokens.get(at)?;
    (token.digits() == 4).then(|| Some((token.number()?, at + 1)))?
}

/// The month named from token `at` on, and the token after it; of `شباط/فبراير` both words.
fn month_at(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let (month, next) = month_word(tokens, at)?;
    if tokens.get(next).is_some_and(|token| token.is('/'))
        && let Some((second, after)) = month_word(tokens, next + 1)
        && second == month
    {
        return Some((month, after));
    }
    Some((month, next))
}

fn month_word(tokens: &[Token], at: usize) -> Option<(u32, usize)> {
    let first = tokens.get(at).filter(|token| token.shape == Shape::Word)?.text.to_lowercase();
    if let Some(second) = tokens.get(at + 1) {
        let pair = format!("{first} {}", second.text);
        if let Some(month) = lookup(&pair) {
            return Some((month, at + 2));
        }
    }
    lookup(&first).map(|month| (month, at + 1))
}

/// Whether a word names a month.
pub(crate) fn is_month(word: &str) -> bool {
    lookup(&word.to_lowercase()).is_some()
}

fn lookup(name: &str) -> Option<u32> {
    MONTHS.iter().find(|(_, names)| names.contains(&name)).map(|(month, _)| *month)
}

/// Month names in lower case: English, Arabic of the Levant, of Egypt, of the Maghreb; French, Russian, Ukrainian.
const MONTHS: &[(u32, &[&str])] = &[
    (1, &["january", "jan", "كانون الثاني", "يناير", "جانفي", "janvier", "janv", "января", "січня"]),
    (
        2,
        &[
            "february",
            "feb",
            "febr",
            "شباط",
            "فبراير",
            "فيفري",
            "février",
            "févr",
            "fevrier",
            "февраля",
            "лютого",
        ],
    ),
    (3, &["march", "mar", "آذار", "اذار", "مارس", "mars", "марта", "березня"]),
    (4, &["april", "apr", "نيسان", "أبريل", "ابريل", "إبريل", "أفريل", "avril", "avr", "апреля", "квітня"]),
    (5, &["may", "أيار", "ايار", "مايو", "ماي", "mai", "мая", "травня"]),
    (6, &["june", "jun", "حزيران", "يونيو", "جوان", "juin", "июня", "червня"]),
    (7, &["july", "jul", "تموز", "يوليو", "جويلية", "يوليوز", "juillet", "juil", "июля", "липня"]),
    (8, &["august", "aug", "آب", "أغسطس", "اغسطس", "أوت", "غشت", "août", "aout", "августа", "серпня"]),
    (
        9,
        &[
            "september",
            "sept",
            "sep",
            "أيلول",
            "ايلول",
            "سبتمبر",
            "شتنبر",
            "septembre",
            "сентября",
            "вересня",
        ],
    ),
    (10, &["october", "oct", "تشرين الأول", "تشرين الاول", "أكتوبر", "اكتوبر", "octobre", "октября", "жовтня"]),
    (11, &["november", "nov", "تشرين الثاني", "نوفمبر", "نونبر", "novembre", "ноября", "листопада"]),
    (
        12,
        &[
            "december",
            "dec",
            "كانون الأول",
            "كانون الاول",
            "ديسمبر",
            "دجنبر",
            "décembre",
            "decembre",
            "декабря",
            "грудня",
        ],
    ),
];

/// A text without the days and hours in it.
pub(crate) fn without(text: &str) -> String {
    let tokens = tokens(text);
    let mut rest = String::new();
    let mut at = 0;
    while at < tokens.len() {
        match date_at(&tokens, at) {
            Some((_, next)) => at = next,
            None => {
                if tokens[at].shape == Shape::Word
                    && !matches!(tokens[at].text, "am" | "pm" | "AM" | "PM" | "GMT" | "UTC")
                {
                    rest += tokens[at].text;
                    rest.push(' ');
                }
                at += 1;
            }
        }
    }
    rest
}

/// A day of the years 1900 to 2100; other numbers are no year of a report.
fn day(year: u32, month: u32, day: u32) -> Option<Date> {
    if !(1900..=2100).contains(&year) {
        return None;
    }
    Date::new(year as i16, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn many_ways_to_write_a_day() {
        for (written, expected) in [
            ("June 23, 2014", date(2014, 6, 23)),
            ("23 June 2014", date(2014, 6, 23)),
            ("23rd of June, 2014", date(2014, 6, 23)),
            ("Sun 05 Jul 2015", date(2015, 7, 5)),
            ("Jan. 18th 2016", date(2016, 1, 18)),
            ("18-Jan-2016", date(2016, 1, 18)),
            ("2016-01-18", date(2016, 1, 18)),
            ("2016/01/18 10:00", date(2016, 1, 18)),
            ("18/01/2016", date(2016, 1, 18)),
            ("05/07/2016", date(2016, 7, 5)),
            ("01/18/2016", date(2016, 1, 18)),
            ("28.04.2017Get short URL", date(2017, 4, 28)),
            ("Apr 232017", date(2017, 4, 23)),
            ("Mon, 18 Jan 2016 10:00:00 GMT", date(2016, 1, 18)),
            ("4 حزيران 2014", date(2014, 6, 4)),
            ("١٨ كانون الثاني/يناير ٢٠١٦", date(2016, 1, 18)),
            ("Publié le 06 octobre 2015 à 18h55", date(2015, 10, 6)),
            ("1er août 2015", date(2015, 8, 1)),
            ("18 сентября 2017 (14:20)", date(2017, 9, 18)),
            ("Понеділок, 18 січня 2016, 10:30", date(2016, 1, 18)),
            ("12 جويلية 2016", date(2016, 7, 12)),
        ] {
            assert_eq!(anywhere(written), Some(expected), "{written}");
        }
    }

    #[test]
    fn what_is_no_day() {
        for written in [
            "Jan 18",
            "April 2014",
            "31 June 2014",
            "8-11",
            "1/2",
            "2014",
            "40/40/2014",
            "May 12, 3014",
            "10.5.1 2",
        ] {
            assert_eq!(anywhere(written), None, "{written}");
        }
    }

    #[test]
    fn iso_days() {
        for written in ["2016-01-18", "20160118", "2016-01-18T23:59:00-05:00", " 2016-01-18 10:00 "] {
            assert_eq!(iso(written), Some(date(2016, 1, 18)), "{written}");
        }
        for written in ["2016-1-18", "2016-01", "2016-13-01", "2016-01-180", "201601181", "é016-01-18", ""] {
            assert_eq!(iso(written), None, "{written}");
        }
    }
}
