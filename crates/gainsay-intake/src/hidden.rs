//! Characters that no screen shows, taken out of words: with them a report says `5` and `0` where everybody reads
//! `50`, and names somebody whom no list knows.
//!
//! Only what stands inside a word or a number goes, and what never has a picture anywhere. Joiners stay in scripts that
//! are written with them, marks of direction stay where they part words of two directions. The raw bytes keep all.

use std::borrow::Cow;
use std::collections::BTreeSet;

use gainsay_model::Report;

/// Takes hidden characters out of a report's text and fields.
///
/// Gives one line to tell of it where they stood where no writer puts them; soft hyphens go without a word. The line
/// holds code points and no words of the report.
pub fn unhide(report: &mut Report) -> Option<String> {
    let mut found = Found::default();
    if let Cow::Owned(text) = seen(&report.text, &mut found) {
        report.text = text;
    }
    let Report { id, publisher, author, title, url, .. } = report;
    for field in
        [Some(id), publisher.as_mut(), author.as_mut(), title.as_mut(), url.as_mut()].into_iter().flatten()
    {
        if let Cow::Owned(value) = plain(field, &mut found) {
            *field = value;
        }
    }
    found.told()
}

/// What was found.
#[derive(Default)]
struct Found {
    /// Characters taken out that nobody puts there in good faith.
    out: usize,
    kinds: BTreeSet<char>,
    /// Signs that turn a text round stand in it.
    turned: bool,
}

impl Found {
    fn told(&self) -> Option<String> {
        let kinds: Vec<String> =
            self.kinds.iter().take(4).map(|c| format!("U+{:04X}", u32::from(*c))).collect();
        let out = (self.out > 0).then(|| {
            let kinds = kinds.join(", ");
            format!("{} characters that no screen shows ({kinds}) stood in it and are taken out", self.out)
        });
        let turned = self.turned.then(|| "signs in it turn words and numbers round, so that a screen shows them otherwise than they are read".to_owned());
        match (out, turned) {
            (None, None) => None,
            (out, turned) => {
                let told: Vec<String> = out.into_iter().chain(turned).collect();
                Some(format!(
                    "{}; look at it before you rely on it: its raw bytes are kept as they came",
                    told.join("; ")
                ))
            }
        }
    }
}

/// A text without hidden characters inside its words.
fn seen<'t>(text: &'t str, found: &mut Found) -> Cow<'t, str> {
    found.turned |= text.contains(['\u{202d}', '\u{202e}']);
    if !text.contains(hides) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(hides) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let run = from.find(|c| !hides(c)).unwrap_or(from.len());
        let (hidden, after) = from.split_at(run);
        let inside = within(&out, after);
        for c in hidden.chars() {
            if pictureless(c) || inside.is_some_and(|script| !(script == Script::Joining && joiner(c))) {
                if c != '\u{ad}' {
                    found.out += 1;
                    found.kinds.insert(c);
                }
            } else {
                out.push(c);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    match out.len() == text.len() {
        true => Cow::Borrowed(text),
        false => Cow::Owned(out),
    }
}

/// A field of one line, without any hidden character but the joiners of scripts that need them.
fn plain<'t>(field: &'t str, found: &mut Found) -> Cow<'t, str> {
    if !field.contains(|c| hides(c) || turns(c)) {
        return Cow::Borrowed(field);
    }
    let mut out = String::with_capacity(field.len());
    let mut chars = field.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let joins = joiner(c) && joined(out.chars().next_back(), next) == Some(Script::Joining);
        if !hides(c) && !turns(c) || joins {
            out.push(c);
        } else if !matches!(c, '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}') {
            found.out += 1;
            found.kinds.insert(c);
        }
    }
    Cow::Owned(out)
}

/// Whether a text shows nothing at all.
pub(crate) fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || hides(c) || turns(c))
}

/// Whether `c` shows nothing and parts nothing: format characters of Unicode (general category Cf), fillers, and
/// control characters that are no white space.
fn hides(c: char) -> bool {
    pictureless(c)
        || joiner(c)
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}')
        || matches!(c, '\u{180b}'..='\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}'..='\u{2064}')
        || matches!(c, '\u{3164}' | '\u{feff}' | '\u{ffa0}')
        || c.is_control() && !c.is_whitespace()
}

/// Whether `c` has no picture in any script and no use in a text: deprecated controls, annotation marks, and tags, with
/// which a whole sentence can be hidden behind a letter.
fn pictureless(c: char) -> bool {
    matches!(c, '\u{206a}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// The joiners, which Persian, Arabic and Indian words are written with.
fn joiner(c: char) -> bool {
    matches!(c, '\u{200c}' | '\u{200d}')
}

/// Signs that embed, override or isolate a direction.
fn turns(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    /// Written without joiners: Latin, Greek, Cyrillic, digits.
    Plain,
    /// Any other.
    Joining,
}

/// The script of the word or number that goes on from one text to the next, if one does: `5|0`, `forty|-two`, `1,|200`.
fn within(before: &str, after: &str) -> Option<Script> {
    let mut before = before.chars().rev();
    let mut after = after.chars().filter(|c| !hides(*c));
    let (a, b) = (before.next()?, after.next()?);
    let (left, mark, right) = match (links(a), links(b)) {
        (false, false) => return joined(Some(a), Some(b)),
        (false, true) => (a, b, after.next()?),
        (true, false) => (before.next()?, a, b),
        (true, true) => return None,
    };
    let numbers = left.is_numeric() && right.is_numeric();
    joined(Some(left), Some(right)).filter(|_| numbers || !matches!(mark, ',' | '.' | ':' | '/' | '٫' | '٬'))
}

/// Whether `c` stands inside words or numbers.
fn links(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '’' | ',' | '.' | ':' | '/' | '٫' | '٬')
}

/// The script of the word or number that these two characters stand in, if they stand in one.
fn joined(before: Option<char>, after: Option<char>) -> Option<Script> {
    let (a, b) = (before?, after?);
    if !(a.is_alphanumeric() && b.is_alphanumeric()) {
        return None;
    }
    let early = |c: char| matches!(c, '\0'..='\u{58f}' | '\u{1e00}'..='\u{1fff}' | '\u{ff10}'..='\u{ff5a}');
    match (early(a), early(b)) {
        (true, true) => Some(Script::Plain),
        (false, false) => Some(Script::Joining),
        // Two scripts: a mark of direction parts them.
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> (String, Option<String>) {
        let mut found = Found::default();
        let text = seen(text, &mut found).into_owned();
        (text, found.told())
    }

    #[test]
    fn what_hides_in_a_word_or_a_number_goes_and_is_told() {
        for (text, read) in [
            ("killed 5\u{200b}0 people", "killed 50 people"),
            ("killed 5\u{200d}0", "killed 50"),
            ("San\u{200b}\u{2060}a", "Sana"),
            ("killed forty\u{200b}-two", "killed forty-two"),
            ("killed forty-\u{200b}two", "killed forty-two"),
            ("killed 1\u{200b},\u{200b}200", "killed 1,200"),
            ("killed 1,\u{2060}200", "killed 1,200"),
            ("cap\u{feff}tured", "captured"),
            ("Sa\u{3164}na", "Sana"),
            ("Sa\u{34f}na", "Sana"),
            ("Sa\0na", "Sana"),
            ("دو\u{200b}ما", "دوما"),
            ("Douma.\u{e0049}\u{e0067}", "Douma."),
        ] {
            let (seen, told) = of(text);
            assert_eq!(seen, read, "{text:?}");
            assert!(told.unwrap().contains("U+"), "{text:?}");
        }
        let told = of("5\u{200b}0").1.unwrap();
        assert!(told.contains("1 characters that no screen shows (U+200B)"), "{told}");
    }

    #[test]
    fn what_scripts_need_and_what_parts_words_stays() {
        for text in [
            "می\u{200c}خواهم",
            "عام \u{200f}2015",
            "2015\u{200f}عام",
            "One.\r\nTwo.\0 ",
            "a \u{200b} b",
            "They fled.\u{200b}Shops closed,\u{200b}and",
            "\u{1f469}\u{200d}\u{1f692} at work",
            "plain",
            "",
        ] {
            assert_eq!(of(text), (text.to_owned(), None), "{text:?}");
        }
        assert_eq!(of("bom\u{ad}bard\u{ad}ment"), ("bombardment".to_owned(), None), "soft hyphens go unsaid");
    }

    #[test]
    fn a_turned_text_is_told_and_stays() {
        let (text, told) = of("killed \u{202e}05\u{202c} people");
        assert_eq!(text, "killed \u{202e}05\u{202c} people");
        assert!(told.unwrap().contains("turn words and numbers round"));
    }

    #[test]
    fn fields_hold_no_hidden_character_at_all() {
        let mut report: Report = serde_json::from_str(
            r#"{"id":"a\u200b","text":"x","publisher":"Reuters\u200b.","title":"\u202eeht fo lla","author":"می\u200cخواهم"}"#,
        )
        .unwrap();
        let told = unhide(&mut report).unwrap();
        assert_eq!((report.id.as_str(), report.publisher.as_deref()), ("a", Some("Reuters.")));
        assert_eq!(
            (report.title.as_deref(), report.author.as_deref()),
            (Some("eht fo lla"), Some("می\u{200c}خواهم"))
        );
        assert!(told.contains("U+200B, U+202E") && !told.contains("Reuters"), "{told}");
    }
}
