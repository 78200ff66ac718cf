//! The words of a report, in which mentions are looked for: letter by letter, by transliteration, and by whom the lists
//! know under them.
//!
//! Two spellings of a name meet under one key (`gainsay_lexicon::fold`); what is no name is compared by its letters alone.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

use gainsay_lexicon::{NameKind, NameRef, Words, fold};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names of more words than this are not looked for in the lists.
const LONGEST: usize = 7;

/// So many words of a report are looked up in the lists; what stands behind them is found by its letters alone.
const LISTED: usize = 200_000;

/// Words that a mention may begin with, and that name nothing.
const ARTICLES: &[&str] = &["the", "a", "an"];

/// One word.
struct Word {
    /// In small letters, without marks.
    letters: String,
    /// Its part of a name's key; empty for an article of Arabic names.
    key: String,
    /// Where it stands, in bytes.
    span: Range<usize>,
}

/// An entry of a list that some words name.
struct Listed {
    kind: NameKind,
    id: String,
    words: Range<usize>,
}

/// A report's words.
pub struct Told {
    words: Vec<Word>,
    by_letters: HashMap<String, Vec<usize>>,
    by_key: HashMap<String, Vec<usize>>,
    listed: Vec<Listed>,
}

/// Where something stands, in bytes of the text, and by which rule it was found.
pub type Place = (Range<usize>, &'static str);

impl Told {
    /// The words of a text, and whom the lists know under them.
    pub fn of(text: &str, lists: &Words) -> Told {
        let words = words_of(text);
        let (mut by_letters, mut by_key): (HashMap<String, Vec<usize>>, HashMap<String, Vec<usize>>) =
            Default::default();
        for (at, word) in words.iter().enumerate() {
            by_letters.entry(word.letters.clone()).or_default().push(at);
            if !word.key.is_empty() {
                by_key.entry(word.key.clone()).or_default().push(at);
            }
        }
        let listed = listed(text, &words, lists);
        Told { words, by_letters, by_key, listed }
    }

    /// The words that stand wholly between two bytes.
    pub fn between(&self, bytes: &Range<usize>) -> Range<usize> {
        let first = self.words.partition_point(|word| word.span.start < bytes.start);
        let last = self.words.partition_point(|word| word.span.end <= bytes.end);
        first..last.max(first)
    }

    /// Where a mention stands among these words, the last time.
    pub fn find(&self, mention: &str, among: &Range<usize>) -> Option<Place> {
        let mut wanted = words_of(mention);
        let articles = wanted.iter().take_while(|word| ARTICLES.contains(&word.letters.as_str())).count();
        if articles < wanted.len() {
            wanted.drain(..articles);
        }
        let first = wanted.first()?;
        let starts = self.by_letters.get(&first.letters).map_or(&[][..], Vec::as_slice);
        let same = |&&at: &&usize| {
            among.contains(&at)
                && at + wanted.len() <= among.end
                && wanted.iter().zip(&self.words[at..]).all(|(a, b)| a.letters == b.letters)
        };
        if let Some(&at) = starts.iter().rev().find(same) {
            return Some((self.bytes(at..at + wanted.len()), "readers.stands"));
        }
        self.spelled(mention, &wanted, among)
    }

    /// Where a name stands in another spelling of its letters.
    fn spelled(&self, mention: &str, wanted: &[Word], among: &Range<usize>) -> Option<Place> {
        let key: String = wanted.iter().map(|word| word.key.as_str()).collect();
        let is_name = mention.chars().any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
        if !is_name || key.chars().count() < 4 {
            return None;
        }
        let mut best: Option<Range<usize>> = None;
        for (end, _) in key.char_indices().skip(1).chain([(key.len(), ' ')]) {
            for &at in self.by_key.get(&key[..end]).into_iter().flatten() {
                let Some(last) = self.spells(&key, at, among) else { continue };
                if best.as_ref().is_none_or(|best| best.start < at) {
                    best = Some(at..last + 1);
                }
            }
        }
        best.map(|words| (self.bytes(words), "readers.spelling"))
    }

    /// The last of the words from `at` on whose keys together are this one.
    fn spells(&self, key: &str, at: usize, among: &Range<usize>) -> Option<usize> {
        if !among.contains(&at) {
            return None;
        }
        let mut rest = key;
        for (n, word) in self.words[at..among.end].iter().enumerate().take(2 * LONGEST) {
            rest = rest.strip_prefix(word.key.as_str())?;
            if rest.is_empty() {
                return Some(at + n);
            }
        }
        None
    }

    /// Where one of these entries is named among these words, the last time.
    pub fn named(&self, ids: &BTreeSet<String>, among: &Range<usize>) -> Option<Place> {
        let inside = |listed: &&Listed| {
            among.start <= listed.words.start && listed.words.end <= among.end && ids.contains(&listed.id)
        };
        let found = self.listed.iter().rev().find(inside)?;
        Some((self.bytes(found.words.clone()), "readers.lexicon"))
    }

    /// The entries that these words name.
    pub fn ids(&self, among: &Range<usize>, kinds: &[NameKind]) -> BTreeSet<String> {
        let inside = |listed: &&Listed| {
            among.start <= listed.words.start && listed.words.end <= among.end && kinds.contains(&listed.kind)
        };
        self.listed.iter().filter(inside).map(|listed| listed.id.clone()).collect()
    }

    /// All its words.
    pub fn all(&self) -> Range<usize> {
        0..self.words.len()
    }

    /// The words in small letters, each with where it stands.
    pub fn letters(&self, among: &Range<usize>) -> impl DoubleEndedIterator<Item = (&str, &Range<usize>)> {
        self.words[among.clone()].iter().map(|word| (word.letters.as_str(), &word.span))
    }

    fn bytes(&self, words: Range<usize>) -> Range<usize> {
        let last = words.end.saturating_sub(1);
        self.words[words.start].span.start..self.words[last].span.end
    }
}

/// The words of a text: letters and digits with what stands inside a word; a genitive's ending is none of it.
fn words_of(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let inside = |c: char| c.is_alphanumeric() || is_combining_mark(c) || is_mark(c);
    let ends = text.char_indices().chain([(text.len(), ' ')]);
    for (byte, c) in ends {
        match (start, inside(c)) {
            (None, true) if c.is_alphanumeric() => start = Some(byte),
            (Some(from), false) => {
                words.extend(word(&text[from..byte], from));
                start = None;
            }
            _ => {}
        }
    }
    words
}

/// Apostrophes, and the signs that stand for ayn and hamza: inside a word they part nothing.
fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | 'ʿ' | 'ʾ' | 'ʻ' | 'ʼ' | 'ˈ' | '\u{640}')
}

fn word(written: &str, from: usize) -> Option<Word> {
    let bare = written.trim_end_matches(is_mark);
    let bare = ["'s", "’s"].iter().find_map(|ending| bare.strip_suffix(ending)).unwrap_or(bare);
    let letters: String =
        bare.nfkd().filter(|c| !is_combining_mark(*c) && !is_mark(*c)).flat_map(char::to_lowercase).collect();
    let known = !letters.is_empty();
    known.then(|| Word { letters, key: fold::key_of_part(bare), span: from..from + bare.len() })
}

/// Whom the lists know under the words of a text, in order.
fn listed(text: &str, words: &[Word], lists: &Words) -> Vec<Listed> {
    let mut found = Vec::new();
    for start in 0..words.len().min(LISTED) {
        let (mut key, mut phrase) = (String::new(), String::new());
        for end in start + 1..=(start + LONGEST).min(words.len()) {
            let word = &words[end - 1];
            key.push_str(&word.key);
            phrase =
                if phrase.is_empty() { word.letters.clone() } else { format!("{phrase} {}", word.letters) };
            let written = &text[words[start].span.start..word.span.end];
            let names = lists.index.by_key(&key).iter().filter(|name| is_named(written, name));
            for name in names.chain(lists.index.phrase(&phrase)) {
                found.push(Listed { kind: name.kind, id: name.id.clone(), words: start..end });
            }
            let Some(demonym) =
                lists.codebook.demonyms.get(word.letters.as_str()).filter(|_| end == start + 1)
            else {
                continue;
            };
            let place = demonym.place.iter().map(|id| (NameKind::Place, id));
            for (kind, id) in place.chain(demonym.actor.iter().map(|id| (NameKind::Actor, id))) {
                found.push(Listed { kind, id: id.clone(), words: start..end });
            }
        }
    }
    found
}

/// Whether words that fold to a name are that name: a word in small letters is none, and a short one is written as listed.
fn is_named(written: &str, name: &NameRef) -> bool {
    let capital = written.chars().any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
    let short = written.chars().filter(|c| c.is_alphanumeric()).count() <= 4;
    capital
        && (!short
            || written
                .nfkd()
                .filter(|c| c.is_alphanumeric())
                .eq(name.written.nfkd().filter(|c| c.is_alphanumeric())))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Daesh’s fighters left Deir Ezzor on Sunday. Syrian warplanes struck the al-Qousour district, \
        the group said. As usual, it was not known who was behind it.";

    fn told() -> Told {
        Told::of(TEXT, Words::builtin())
    }

    fn stands(mention: &str) -> Option<(&'static str, &'static str)> {
        let told = told();
        told.find(mention, &told.all()).map(|(at, rule)| (&TEXT[at], rule))
    }

    #[test]
    fn a_mention_stands_in_its_words_whatever_the_case_and_article() {
        assert_eq!(stands("The Group"), Some(("group", "readers.stands")));
        assert_eq!(stands("syrian warplanes"), Some(("Syrian warplanes", "readers.stands")));
        assert_eq!(stands("Daesh"), Some(("Daesh", "readers.stands")));
        assert_eq!(stands("warplanes struck Qousour"), None);
        assert_eq!(stands("Turkish warplanes"), None);
        assert_eq!(stands("plane"), None);
        assert_eq!(stands("the"), Some(("the", "readers.stands")));
        assert_eq!(stands("…"), None);
    }

    #[test]
    fn a_name_stands_in_another_spelling_and_a_noun_does_not() {
        assert_eq!(stands("Deir ez-Zor"), Some(("Deir Ezzor", "readers.spelling")));
        assert_eq!(stands("al-Qusour"), Some(("Qousour", "readers.spelling")));
        assert_eq!(stands("Deir Hafir"), None);
        assert_eq!(stands("wurplanes"), None);
    }

    #[test]
    fn the_lists_know_whom_words_name() {
        let told = told();
        let ids = told.ids(&told.all(), &[NameKind::Actor]);
        assert!(ids.contains("islamic-state"), "{ids:?}");
        let daesh = BTreeSet::from(["islamic-state".to_owned()]);
        assert_eq!(told.named(&daesh, &told.all()).map(|(at, _)| &TEXT[at]), Some("Daesh’s fighters"));
        // Only among the words that are asked about.
        assert!(told.named(&daesh, &told.between(&(44..TEXT.len()))).is_none());
        assert!(told.find("Deir Ezzor", &told.between(&(44..TEXT.len()))).is_none());
    }
}
