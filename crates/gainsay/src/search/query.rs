//! What was typed into a search, taken apart: names and words that must stand in a report, and words that must not.

use gainsay_ledger::Phrase;
use gainsay_lexicon::{NameKind, NameRef, Words, fold};
use gainsay_model::EntityId;
use unicode_normalization::UnicodeNormalization;

use super::spelling;
use crate::Error;

/// The longest search, in characters.
const LONGEST: usize = 500;
/// The most words.
const MOST: usize = 24;
/// The longest name, in words.
const NAME: usize = 6;
/// A word of so many letters is looked for as the beginning of one, where it is the last that was typed.
const BEGUN: usize = 2;
/// A spelling that reports themselves use as often is a word of its own, not a slip for a name.
const USUAL: usize = 50;

/// One thing that must be there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Term {
    /// As it was typed.
    pub typed: String,
    /// Whom it names; nobody where it is a word like others.
    pub ids: Vec<(NameKind, EntityId)>,
    /// The words that stand for it; the first are those that were typed.
    pub phrases: Vec<Phrase>,
    /// Other spellings of the name, as lists write them.
    pub also: Vec<String>,
}

/// A search, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// What must be there, all of it.
    pub terms: Vec<Term>,
    /// What must not.
    pub none: Vec<Phrase>,
}

/// A word or a quoted phrase as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Typed {
    text: String,
    quoted: bool,
    left_out: bool,
    /// Nothing stands behind it, not even a space.
    last: bool,
}

impl Query {
    /// Takes a search apart; `heard` says in how many reports a word stands.
    ///
    /// # Errors
    /// When it is longer than 500 characters or has more than 24 words.
    pub fn of(
        typed: &str,
        words: &Words,
        heard: &mut dyn FnMut(&Phrase) -> Result<usize, Error>,
    ) -> Result<Query, Error> {
        if typed.chars().nth(LONGEST).is_some() {
            return Err(Error::input(format!("a search has at most {LONGEST} characters; make it shorter")));
        }
        let pieces = pieces(&clean(typed));
        if pieces.len() > MOST {
            return Err(Error::input(format!("a search has at most {MOST} words; leave some out")));
        }
        let mut query = Query::default();
        let mut at = 0;
        while at < pieces.len() {
            let piece = &pieces[at];
            let exact = Phrase { words: piece.text.clone(), begun: false };
            if piece.left_out {
                query.none.push(exact);
                at += 1;
            } else if piece.quoted {
                let (typed, phrases) = (piece.text.clone(), vec![exact]);
                query.terms.push(Term { typed, ids: Vec::new(), phrases, also: Vec::new() });
                at += 1;
            } else if let Some((term, length)) = name(&pieces[at..], words, heard)? {
                query.terms.push(term);
                at += length;
            } else {
                query.terms.push(word(piece));
                at += 1;
            }
        }
        Ok(query)
    }
}

/// Without marks of direction, controls and characters that nobody sees.
fn clean(typed: &str) -> String {
    let shown = |c: char| match c {
        '\u{61c}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}'
        | '\u{feff}' => None,
        '“' | '”' | '„' | '«' | '»' | '＂' => Some('"'),
        c if c.is_control() => Some(' '),
        c => Some(c),
    };
    typed.nfc().filter_map(shown).collect()
}

/// The words and quoted phrases, without those that have neither letter nor digit.
fn pieces(text: &str) -> Vec<Typed> {
    let mut pieces: Vec<Typed> = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if first.is_whitespace() {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let left_out = first == '-' && rest.len() > 1 && !rest[1..].starts_with(char::is_whitespace);
        let body = if left_out { &rest[1..] } else { rest };
        let (text, after, quoted) = match body.strip_prefix('"') {
            // A quote that is never closed goes on to the end.
            Some(inner) => match inner.split_once('"') {
                Some((inside, after)) => (inside, after, true),
                None => (inner, "", true),
            },
            None => {
                let end = body.find(|c: char| c.is_whitespace() || c == '"').unwrap_or(body.len());
                (&body[..end], &body[end..], false)
            }
        };
        if text.chars().any(char::is_alphanumeric) {
            pieces.push(Typed { text: text.trim().to_owned(), quoted, left_out, last: after.is_empty() });
        }
        rest = after;
    }
    pieces
}

/// The longest name that the pieces begin with, and how many of them it takes.
fn name(
    pieces: &[Typed],
    words: &Words,
    heard: &mut dyn FnMut(&Phrase) -> Result<usize, Error>,
) -> Result<Option<(Term, usize)>, Error> {
    let plain = pieces.iter().take_while(|piece| !piece.quoted && !piece.left_out).count().min(NAME);
    let typed = |length: usize| -> String {
        pieces[..length].iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" ")
    };
    for length in (1..=plain).rev() {
        let typed = typed(length);
        let found = words.index.find(&typed);
        let listed = found.iter().any(|name| spelling::same(&name.written, &typed));
        if found.is_empty() || !(listed || is_slip(&typed, heard)?) {
            continue;
        }
        return Ok(Some((named(&typed, pieces[length - 1].last, found.iter(), words), length)));
    }
    for length in (1..=plain.min(2)).rev() {
        let typed = typed(length);
        let begun = pieces[length - 1].last;
        if typed.chars().count() < 4 || heard(&Phrase { words: typed.clone(), begun })? > 0 {
            continue;
        }
        let near = words.index.near(&typed, 2);
        if !near.is_empty() {
            return Ok(Some((named(&typed, begun, near.into_iter(), words), length)));
        }
    }
    Ok(None)
}

/// Whether a spelling that folds to a name's may be meant for it: it is long enough, and no word that reports use.
fn is_slip(typed: &str, heard: &mut dyn FnMut(&Phrase) -> Result<usize, Error>) -> Result<bool, Error> {
    let least = if fold::is_arabic(typed) { 3 } else { 4 };
    let phrase = Phrase { words: typed.to_owned(), begun: false };
    Ok(fold::key(typed).chars().count() >= least && heard(&phrase)? < USUAL)
}

/// The term of a name.
fn named<'n>(typed: &str, last: bool, found: impl Iterator<Item = &'n NameRef>, words: &Words) -> Term {
    let mut ids: Vec<(NameKind, EntityId)> = found.map(|name| (name.kind, name.id.clone())).collect();
    ids.sort();
    ids.dedup();
    let begun = last && typed.chars().count() > BEGUN;
    let (also, phrases) = spelling::of_names(typed, begun, &ids, words);
    Term { typed: typed.to_owned(), ids, phrases, also }
}

/// A word that names nobody, with the forms it may take.
fn word(piece: &Typed) -> Term {
    let begun = piece.last && piece.text.chars().count() > BEGUN;
    Term {
        typed: piece.text.clone(),
        ids: Vec::new(),
        phrases: spelling::of_word(&piece.text, begun),
        also: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(typed: &str) -> Query {
        Query::of(typed, Words::builtin(), &mut |_| Ok(0)).unwrap()
    }

    fn typed(typed: &str) -> Vec<String> {
        parse(typed).terms.into_iter().map(|term| term.typed).collect()
    }

    #[test]
    fn quotes_keep_words_together_and_a_dash_leaves_them_out() {
        let query = parse("\"barrel bomb\" hospital -school -\"field hospital\"");
        let terms: Vec<&str> = query.terms.iter().map(|term| term.typed.as_str()).collect();
        assert_eq!(terms, ["barrel bomb", "hospital"]);
        let none: Vec<&str> = query.none.iter().map(|phrase| phrase.words.as_str()).collect();
        assert_eq!(none, ["school", "field hospital"]);
        assert_eq!(query.terms[0].phrases, [Phrase { words: "barrel bomb".into(), begun: false }]);
        assert_eq!(typed("«قذائف هاون» حي"), ["قذائف هاون", "حي"]);
        assert_eq!(typed("\"never closed"), ["never closed"]);
    }

    #[test]
    fn the_last_word_may_go_on_until_a_space_follows() {
        let begun = |text: &str| parse(text).terms.last().unwrap().phrases[0].begun;
        assert!(begun("shell"));
        assert!(!begun("shell "));
        assert!(!begun("\"shell\""));
        assert!(!begun("sh"));
    }

    #[test]
    fn signs_that_mean_something_to_the_index_mean_nothing_here() {
        assert_eq!(typed("a* OR NEAR(b c) AND ^d"), ["a*", "OR", "NEAR(b", "c)", "AND", "^d"]);
        assert_eq!(typed("- -- \" \"\" * ()"), Vec::<String>::new());
        assert_eq!(typed("report:x"), ["report:x"]);
    }

    #[test]
    fn marks_of_direction_and_zeros_are_no_letters() {
        assert_eq!(typed("\u{202e}sieg\u{200f}e\u{0}now\u{2069} "), ["siege", "now"]);
        assert_eq!(parse("\u{200f}القصير").terms[0].ids, parse("القصير").terms[0].ids);
    }

    #[test]
    fn a_search_has_bounds() {
        let long = "x".repeat(1 << 20);
        let refused =
            |typed: &str| Query::of(typed, Words::builtin(), &mut |_| Ok(0)).unwrap_err().to_string();
        assert!(refused(&long).contains("at most 500 characters"));
        assert!(refused(&"x ".repeat(60)).contains("at most 24 words"));
    }

    #[test]
    fn a_name_in_any_spelling_stands_for_all_of_them() {
        for spelled in ["qsayr", "القصير", "Qusair", "al-Qusayr", "kusair"] {
            let query = parse(spelled);
            let [term] = query.terms.as_slice() else { panic!("{spelled}: {query:?}") };
            assert!(term.ids.iter().any(|(_, id)| id == "qusayr"), "{spelled}: {:?}", term.ids);
            let has = |words: &str| term.phrases.iter().any(|phrase| phrase.words == words);
            assert!(has("القصير") && has("Qusair") && has("بالقصير"), "{spelled}: {:?}", term.phrases);
            assert!(term.also.iter().any(|name| name == "القصير") || spelled == "القصير");
        }
    }

    #[test]
    fn a_name_of_several_words_is_one_term() {
        let query = parse("shelling deir ez zor hospital");
        let terms: Vec<&str> = query.terms.iter().map(|term| term.typed.as_str()).collect();
        assert_eq!(terms, ["shelling", "deir ez zor", "hospital"]);
        assert!(!query.terms[1].ids.is_empty());
    }

    #[test]
    fn a_word_that_reports_use_often_is_no_slip_for_a_name() {
        let often = Query::of("qsayr", Words::builtin(), &mut |_| Ok(USUAL)).unwrap();
        assert!(often.terms[0].ids.is_empty(), "{often:?}");
    }
}
