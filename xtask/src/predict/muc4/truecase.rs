//! Gives a text in one case its capitals back: for corpora that have lost them, which the reader does not expect.
//!
//! A word is written as a listed name writes it; small where the table of small words or a usual English ending says
//! so; with a capital otherwise, since what no English text knows is mostly a name (after Lita et al. 2003, without
//! their language model). Letters change their case and nothing else: offsets stay.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use gainsay_lexicon::Words;

/// How words are written.
pub struct Cases {
    small: BTreeSet<&'static str>,
    /// Words of listed names, by the first word in small letters; the longest first.
    names: BTreeMap<String, Vec<String>>,
}

impl Cases {
    /// From the table of small words and the names of a lexicon and gazetteer.
    pub fn of(words: &Words) -> Cases {
        let table = include_str!("../../../data/muc4/small.txt");
        let small = table.lines().filter(|line| !line.starts_with('#')).collect();
        let mut names: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let actors =
            words.lexicon.actors.values().flat_map(|actor| std::iter::once(&actor.name).chain(&actor.names));
        let places = words
            .gazetteer
            .places
            .values()
            .flat_map(|place| std::iter::once(&place.name).chain(&place.names));
        let demonyms = words.codebook.demonyms.keys();
        for name in actors.chain(places).chain(demonyms) {
            let first = name.split_whitespace().next().unwrap_or_default().to_lowercase();
            names.entry(first).or_default().push(name.clone());
        }
        names.values_mut().for_each(|list| list.sort_by_key(|name| std::cmp::Reverse(name.len())));
        Cases { small, names }
    }

    /// The text with capitals where they belong.
    pub fn restore(&self, text: &str) -> String {
        let lower = text.to_lowercase();
        let words = split(&lower);
        let mut out = lower.clone().into_bytes();
        let mut set = |range: Range<usize>, written: &str| {
            if written.len() == range.len() {
                out[range].copy_from_slice(written.as_bytes());
            }
        };
        let mut capital: Vec<bool> = vec![false; words.len()];
        let mut at = 0;
        while at < words.len() {
            let start = words[at].start;
            if let Some(name) = self.name(&lower, start) {
                set(start..start + name.len(), name);
                while at < words.len() && words[at].start < start + name.len() {
                    capital[at] = true;
                    at += 1;
                }
                continue;
            }
            let word = &lower[words[at].clone()];
            if !self.is_small(word) {
                capital[at] = true;
                let spelled = match letters_of_a_body(&lower, &words[at]) {
                    true => word.to_uppercase(),
                    false => capitalised(word),
                };
                set(words[at].clone(), &spelled);
            }
            at += 1;
        }
        for at in (0..words.len()).rev() {
            let word = &lower[words[at].clone()];
            // "President Cerezo", "La Libertad", and the first word of a sentence.
            let before_name = (TITLES.contains(&word) || OPENING.contains(&word))
                && capital.get(at + 1) == Some(&true)
                && lower[words[at].end..words[at + 1].start].trim_matches('.') == " ";
            if !capital[at] && (before_name || opens(&lower, words[at].start)) {
                set(words[at].clone(), &capitalised(word));
            }
        }
        String::from_utf8(out).unwrap_or(lower)
    }

    /// The longest listed name that stands at a byte of the text, as it is written.
    fn name(&self, lower: &str, start: usize) -> Option<&str> {
        let rest = &lower[start..];
        let first = rest.split_whitespace().next()?;
        let first = first.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let keys = [first, first.trim_end_matches('.'), first.trim_end_matches("'s")];
        let fits = |name: &&String| {
            rest.get(..name.len()).is_some_and(|head| head == name.to_lowercase())
                && !rest[name.len()..].starts_with(|c: char| c.is_alphanumeric())
        };
        keys.iter().filter_map(|key| self.names.get(*key)).flatten().find(fits).map(String::as_str)
    }

    fn is_small(&self, word: &str) -> bool {
        let word = word.strip_suffix("'s").or_else(|| word.strip_suffix('\'')).unwrap_or(word);
        if word.starts_with(|c: char| c.is_ascii_digit()) || word.len() == 1 {
            return true;
        }
        if let Some((left, right)) = word.split_once('-') {
            return self.is_small(left) && self.is_small(right);
        }
        let known = |stem: &str| stem.len() > 2 && self.small.contains(stem);
        let stem = |end: &str| word.strip_suffix(end);
        let plain = ["s", "es", "ed", "d", "ing", "ly", "er", "ers", "ment", "n't"];
        let mute = ["ing", "ation", "able"];
        self.small.contains(word)
            || plain.iter().filter_map(|end| stem(end)).any(known)
            || mute.iter().filter_map(|end| stem(end)).any(|stem| known(&format!("{stem}e")))
            || ["ies", "ied"].iter().filter_map(|end| stem(end)).any(|stem| known(&format!("{stem}y")))
            || ["un", "re", "anti", "counter", "non", "over", "dis", "narco"]
                .iter()
                .any(|prefix| word.strip_prefix(prefix).is_some_and(|rest| rest.len() > 3 && known(rest)))
            || ENDINGS.iter().any(|end| word.len() > end.len() + 3 && word.ends_with(end))
    }
}

/// Endings that names of people and places hardly have.
const ENDINGS: &[&str] = &[
    "ability", "ance", "ate", "ated", "ates", "ating", "ation", "ations", "ative", "ence", "ency", "ful",
    "fully", "ible", "ically", "iness", "ing", "ingly", "ings", "ism", "ists", "ity", "ive", "ization",
    "ize", "ized", "izes", "izing", "less", "ments", "ness", "ous", "ously", "ship", "tion", "tional",
    "tions", "tures",
];

/// Words that are part of a name before one.
const TITLES: &[&str] = &[
    "archbishop",
    "bishop",
    "captain",
    "col",
    "colonel",
    "congressman",
    "deputy",
    "dr",
    "father",
    "gen",
    "general",
    "judge",
    "lieutenant",
    "lt",
    "major",
    "minister",
    "monsignor",
    "msgr",
    "president",
    "priest",
    "senator",
    "sergeant",
];

/// Small words that open names.
const OPENING: &[&str] = &["el", "la", "las", "los", "san", "santa", "santo"];

/// Runs of letters, digits, inner hyphens and apostrophes.
fn split(text: &str) -> Vec<Range<usize>> {
    let inside = |c: char| c.is_alphanumeric() || c == '-' || c == '\'';
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, inside(c)) {
            (None, true) if c.is_alphanumeric() => start = Some(at),
            (Some(from), false) => {
                let end = from + text[from..at].trim_end_matches(['-', '\'']).len();
                words.push(from..end);
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// A short word in brackets with nothing beside it stands for the body named before it: "(URNG)".
fn letters_of_a_body(text: &str, word: &Range<usize>) -> bool {
    word.len() <= 6
        && (text[..word.start].ends_with(['(', '[']) && text[word.end..].starts_with([')', ']'])
            || !text[word.clone()].contains(['a', 'e', 'i', 'o', 'u', 'y']))
}

/// Whether a sentence begins at a byte.
fn opens(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end_matches(['"', '(', '[', '\'']);
    let bare = before.trim_end();
    bare.is_empty() || bare.ends_with(['.', '?', '!']) && before.len() > bare.len() || before.ends_with("   ")
}

/// With capitals at the start, after a hyphen, and after a one-letter particle ("D'Aubuisson").
fn capitalised(word: &str) -> String {
    let mut up = true;
    let mut out = String::with_capacity(word.len());
    for (at, c) in word.chars().enumerate() {
        out.push(if up { c.to_ascii_uppercase() } else { c });
        up = c == '-' || c == '\'' && at == 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cases() -> Cases {
        Cases::of(&super::super::words::words().expect("the lists load"))
    }

    #[test]
    fn names_get_their_capitals_and_words_stay_small() {
        let given = "the fmln rebels attacked the house of mayor ramon quintanilla in san miguel.  shining path \
                     members dynamited two pylons near ayacucho, colonel d'ambrosio said.";
        let wanted = "The FMLN rebels attacked the house of mayor Ramon Quintanilla in San Miguel.  Shining Path \
                      members dynamited two pylons near Ayacucho, Colonel D'Ambrosio said.";
        assert_eq!(cases().restore(given), wanted);
    }

    #[test]
    fn only_the_case_changes() {
        let given = "THE \"SOL Y MAR\" HOTEL -- 5 KM FROM LIMA -- WAS BOMBED BY THE (CRP).    ¿QUE?";
        let cased = cases().restore(given);
        assert_eq!(cased.to_lowercase(), given.to_lowercase());
        assert!(cased.contains("(CRP)"), "{cased}");
    }
}
