//! Some words of a text around what was looked for.

use std::collections::{BTreeSet, HashMap};

use gainsay_ledger::Phrase;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// So many words are shown.
const SHOWN: usize = 34;
/// So many of them stand before the first that was looked for.
const BEFORE: usize = 7;
/// So many places in a text are weighed against each other.
const WEIGHED: usize = 400;

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Its words.
    pub text: String,
    /// Whether they are what was looked for.
    pub hit: bool,
}

/// What is looked for, made ready to be found in texts.
pub(super) struct Finder {
    /// Phrases as words, by their first; and whether the last word may go on.
    by_first: HashMap<String, Vec<(Vec<String>, bool)>>,
    /// Beginnings of words.
    begun: Vec<String>,
}

/// A word of a text: where it stands, in bytes, and how it is compared.
struct Word {
    start: usize,
    end: usize,
    folded: String,
}

impl Finder {
    pub fn of<'p>(phrases: impl Iterator<Item = &'p Phrase>) -> Finder {
        let mut finder = Finder { by_first: HashMap::new(), begun: Vec::new() };
        for phrase in phrases {
            let words: Vec<String> = words_of(&phrase.words).into_iter().map(|word| word.folded).collect();
            match words.as_slice() {
                [] => {}
                [one] if phrase.begun => finder.begun.push(one.clone()),
                [first, ..] => {
                    finder.by_first.entry(first.clone()).or_default().push((words.clone(), phrase.begun));
                }
            }
        }
        finder
    }

    /// How many words from this one on are what was looked for; 0 where none.
    fn length(&self, words: &[Word]) -> usize {
        let first = &words[0].folded;
        let fits = |(phrase, begun): &(Vec<String>, bool)| {
            phrase.len() <= words.len()
                && phrase.iter().zip(words).enumerate().all(|(at, (own, word))| {
                    *own == word.folded || (*begun && at + 1 == phrase.len() && word.folded.starts_with(own))
                })
        };
        let whole = self.by_first.get(first).into_iter().flatten().filter(|phrase| fits(phrase));
        let longest = whole.map(|(phrase, _)| phrase.len()).max().unwrap_or(0);
        longest.max(usize::from(self.begun.iter().any(|begun| first.starts_with(begun))))
    }

    /// The words around the place where most of what was looked for stands, the first such place; the first words
    /// where it does not stand in the text.
    pub fn cut(&self, text: &str) -> Vec<Piece> {
        let words = words_of(text);
        let mut hits: Vec<(usize, usize)> = Vec::new();
        for at in 0..words.len() {
            let length = self.length(&words[at..]);
            match hits.last_mut() {
                _ if length == 0 => {}
                Some(last) if last.1 > at => last.1 = last.1.max(at + length),
                _ => hits.push((at, at + length)),
            }
        }
        let from = |hit: usize| hits[hit].0.saturating_sub(BEFORE);
        let worth = |hit: &usize| {
            let end = from(*hit) + SHOWN;
            let near = hits[*hit..].iter().take_while(|own| own.1 <= end);
            let different: BTreeSet<&str> =
                near.flat_map(|own| words[own.0..own.1].iter().map(|word| word.folded.as_str())).collect();
            different.len()
        };
        let mut best = (0, 0);
        for hit in 0..hits.len().min(WEIGHED) {
            let worth = worth(&hit);
            if worth > best.0 {
                best = (worth, from(hit));
            }
        }
        let (first, last) = (best.1, (best.1 + SHOWN).min(words.len()));
        let start = if first == 0 { 0 } else { words[first].start };
        let end = if last == words.len() { text.len() } else { words[last - 1].end };
        let mut pieces: Vec<Piece> = Vec::new();
        let mut put = |text: &str, hit: bool| match pieces.last_mut().filter(|piece| piece.hit == hit) {
            _ if text.is_empty() => {}
            Some(piece) => piece.text.push_str(text),
            None => pieces.push(Piece { text: text.to_owned(), hit }),
        };
        if first > 0 {
            put("…", false);
        }
        let mut done = start;
        for (from, to) in hits.iter().filter(|hit| hit.0 >= first && hit.1 <= last) {
            put(&text[done..words[*from].start], false);
            put(&text[words[*from].start..words[*to - 1].end], true);
            done = words[*to - 1].end;
        }
        put(&text[done..end], false);
        if last < words.len() {
            put("…", false);
        }
        pieces
    }
}

/// The words of a text: runs of letters and digits, with the marks on them.
fn words_of(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let marks = open && is_combining_mark(c);
        if !c.is_alphanumeric() && !marks {
            open = false;
            continue;
        }
        if !open {
            words.push(Word { start: at, end: at, folded: String::new() });
            open = true;
        }
        let Some(word) = words.last_mut() else { continue };
        word.end = at + c.len_utf8();
        if c.is_ascii() {
            word.folded.push(c.to_ascii_lowercase());
        } else {
            let plain = std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c));
            word.folded.extend(plain.flat_map(char::to_lowercase));
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, phrases: &[(&str, bool)]) -> String {
        let phrases: Vec<Phrase> =
            phrases.iter().map(|(words, begun)| Phrase { words: (*words).into(), begun: *begun }).collect();
        let pieces = Finder::of(phrases.iter()).cut(text);
        pieces
            .iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text.clone() })
            .collect()
    }

    #[test]
    fn words_that_were_looked_for_are_marked() {
        let text = "Fighters took al-Qusayr; القُصير fell, and Qusayrites fled <b>Homs</b>.";
        assert_eq!(
            cut(text, &[("al qusayr", false), ("القصير", false), ("homs", false)]),
            "Fighters took [al-Qusayr]; [القُصير] fell, and Qusayrites fled <b>[Homs]</b>."
        );
        assert_eq!(
            cut(text, &[("qusay", true)]),
            "Fighters took al-[Qusayr]; القُصير fell, and [Qusayrites] fled <b>Homs</b>."
        );
        assert_eq!(cut("Kobanî", &[("kobani", false)]), "[Kobanî]");
        assert_eq!(cut("nothing here", &[("x", false)]), "nothing here");
        assert_eq!(cut("", &[("x", false)]), "");
        assert_eq!(cut("a", &[("!", true), ("", false)]), "a");
    }

    #[test]
    fn of_a_long_text_the_place_is_shown_where_most_stands() {
        let text = format!("{} one {} one two. {}", "a ".repeat(50), "b ".repeat(50), "c ".repeat(50));
        let shown = cut(&text, &[("one", false), ("two", false)]);
        assert!(
            shown.starts_with("…b b") && shown.ends_with("c…") && shown.contains("[one] [two]. c"),
            "{shown}"
        );
        assert!(shown.split_whitespace().count() <= SHOWN + 1, "{shown}");
    }
}
