//! Text cut into runs of letters, runs of digits and single marks.
//!
//! Times and amounts are written in ways that no tokenizer keeps whole or splits alike (`20.07.2016Get`, `760-day`,
//! `Feb 092015`, `8–11`). Both passes therefore match on these atoms, which depend on the text alone, and turn what
//! they found into tokens afterwards.

use std::ops::Range;

use gainsay_model::reading::{Sentence, Token, TokenId};
use gainsay_model::span::Span;

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters.
    Word,
    /// Digits 0–9.
    Digits,
    /// One other character.
    Mark,
}

/// A run of letters, a run of digits, or one mark.
#[derive(Clone, Copy, Debug)]
struct Atom {
    start: usize,
    end: usize,
    kind: Kind,
    /// White space stands before it.
    gap: bool,
}

/// All atoms of a text, and the sentences they fall into.
pub(crate) struct Atoms<'t> {
    text: &'t str,
    /// The text with A–Z in lower case: the same bytes otherwise, so offsets agree.
    lower: String,
    list: Vec<Atom>,
    /// Runs of atoms that no expression crosses.
    sentences: Vec<Range<usize>>,
}

impl<'t> Atoms<'t> {
    /// Cuts `text`; where no sentences are given, each line is one.
    pub(crate) fn of(text: &'t str, sentences: &[Sentence]) -> Atoms<'t> {
        let mut list: Vec<Atom> = Vec::with_capacity(text.len() / 5);
        let mut lines = vec![0];
        let mut gap = true;
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            if c.is_whitespace() || c.is_control() {
                gap = true;
                if c == '\n' {
                    lines.push(list.len());
                }
                continue;
            }
            let kind = if c.is_ascii_digit() {
                Kind::Digits
            } else if c.is_alphabetic() || is_combining(c) {
                Kind::Word
            } else {
                Kind::Mark
            };
            match list.last_mut() {
                Some(last) if !gap && kind != Kind::Mark && last.kind == kind => last.end = end,
                _ => list.push(Atom { start, end, kind, gap }),
            }
            gap = false;
        }
        lines.push(list.len());
        let ranges = if sentences.is_empty() {
            lines.windows(2).map(|pair| pair[0]..pair[1]).collect()
        } else {
            by_sentence(&list, sentences)
        };
        let sentences = ranges.into_iter().filter(|range: &Range<usize>| !range.is_empty()).collect();
        Atoms { text, lower: text.to_ascii_lowercase(), list, sentences }
    }

    /// The sentences, in order.
    pub(crate) fn sentences(&self) -> impl Iterator<Item = Words<'_>> {
        self.sentences.iter().map(|range| Words { atoms: self, lo: range.start, hi: range.end })
    }

    /// The atoms of the first `bytes` bytes, as if they were one sentence.
    pub(crate) fn head(&self, bytes: usize) -> Words<'_> {
        Words { atoms: self, lo: 0, hi: self.list.partition_point(|atom| atom.start < bytes) }
    }

    /// All atoms, as if they were one sentence.
    pub(crate) fn all(&self) -> Words<'_> {
        Words { atoms: self, lo: 0, hi: self.list.len() }
    }

    /// The text.
    pub(crate) fn text(&self) -> &'t str {
        self.text
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{610}'..='\u{61a}' | '\u{64b}'..='\u{65f}')
}

/// Runs of atoms by sentence; atoms between two sentences make a run of their own.
fn by_sentence(list: &[Atom], sentences: &[Sentence]) -> Vec<Range<usize>> {
    let mut ranges = Vec::with_capacity(sentences.len());
    let mut from = 0;
    for sentence in sentences {
        let start = list.partition_point(|atom| atom.start < sentence.span.start).max(from);
        let end = list.partition_point(|atom| atom.start < sentence.span.end).max(start);
        ranges.push(from..start);
        ranges.push(start..end);
        from = end;
    }
    ranges.push(from..list.len());
    ranges
}

/// The atoms of one sentence. Indices count over the whole text; outside the sentence all words are empty.
#[derive(Clone, Copy)]
pub(crate) struct Words<'a> {
    atoms: &'a Atoms<'a>,
    /// First atom.
    pub(crate) lo: usize,
    /// One past the last atom.
    pub(crate) hi: usize,
}

impl<'a> Words<'a> {
    fn atom(&self, i: usize) -> Option<&'a Atom> {
        if (self.lo..self.hi).contains(&i) { self.atoms.list.get(i) } else { None }
    }

    /// The atom in lower case; empty outside the sentence.
    pub(crate) fn at(&self, i: usize) -> &'a str {
        self.atom(i).map_or("", |atom| &self.atoms.lower[atom.start..atom.end])
    }

    /// The atom `n` before atom `i`, in lower case; empty outside the sentence.
    pub(crate) fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |at| self.at(at))
    }

    /// The atom as written.
    pub(crate) fn raw(&self, i: usize) -> &'a str {
        self.atom(i).map_or("", |atom| &self.atoms.text[atom.start..atom.end])
    }

    /// What the atom is made of; a mark outside the sentence.
    pub(crate) fn kind(&self, i: usize) -> Kind {
        self.atom(i).map_or(Kind::Mark, |atom| atom.kind)
    }

    /// Whether it is a run of letters.
    pub(crate) fn is_word(&self, i: usize) -> bool {
        self.kind(i) == Kind::Word
    }

    /// Whether it starts with a capital letter.
    pub(crate) fn is_capital(&self, i: usize) -> bool {
        self.raw(i).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether atom `i` follows the one before it without white space.
    pub(crate) fn glued(&self, i: usize) -> bool {
        i > self.lo && self.atom(i).is_some_and(|atom| !atom.gap)
    }

    /// Whether white space, a mark or the end of the sentence stands at `i`.
    pub(crate) fn gap_or_end(&self, i: usize) -> bool {
        self.atom(i).is_none_or(|atom| atom.gap || atom.kind == Kind::Mark)
    }

    /// A figure of at most nine digits, and how many digits it has.
    pub(crate) fn figure(&self, i: usize) -> Option<(u32, usize)> {
        let raw = self.raw(i);
        let is_figure = self.kind(i) == Kind::Digits && raw.len() <= 9;
        if is_figure { raw.parse().ok().map(|value| (value, raw.len())) } else { None }
    }

    /// Whether the atoms from `i` on are these words.
    pub(crate) fn are(&self, i: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(n, word)| self.at(i + n) == *word)
    }

    /// Whether the mark at `i` is a hyphen or dash.
    pub(crate) fn is_dash(&self, i: usize) -> bool {
        matches!(self.at(i), "-" | "–" | "—" | "‑" | "‐" | "−")
    }

    /// Whether digits at `i` go on with those before them behind a space that parts thousands: `1\u{202f}200`.
    pub(crate) fn is_group(&self, i: usize) -> bool {
        let Some((before, own)) = i.checked_sub(1).and_then(|at| Some((self.atom(at)?, self.atom(i)?)))
        else {
            return false;
        };
        let mut between = self.atoms.text[before.end..own.start].chars();
        before.kind == Kind::Digits
            && own.kind == Kind::Digits
            && own.end - own.start == 3
            && between.next().is_some_and(is_thousands)
            && between.next().is_none()
    }

    /// Whether the figures from atom `from` to atom `to` (not included) are a part of a larger one, or of one that
    /// shows otherwise: `4٠`, `4½`, `1٬200`, `4,0,0`.
    pub(crate) fn is_torn(&self, from: usize, to: usize) -> bool {
        let span = self.span(from, to);
        let text = self.atoms.text;
        goes_on(text[span.end..].chars()) || goes_on(text[..span.start].chars().rev())
    }

    /// The bytes from atom `from` to atom `to` (not included).
    pub(crate) fn span(&self, from: usize, to: usize) -> Span {
        let list = &self.atoms.list;
        let start = list.get(from).map_or(self.atoms.text.len(), |atom| atom.start);
        let end = to.checked_sub(1).and_then(|last| list.get(last)).map_or(start, |atom| atom.end);
        Span::new(start, end.max(start))
    }

    /// The atom of the sentence that is all of this span.
    pub(crate) fn atom_at(&self, span: Span) -> Option<usize> {
        let at = self.atoms.list.partition_point(|atom| atom.start < span.start);
        self.atom(at).filter(|atom| atom.start == span.start && atom.end == span.end).map(|_| at)
    }

    /// Whether a line ends between atom `i` and the one before it.
    pub(crate) fn starts_line(&self, i: usize) -> bool {
        let before = i.checked_sub(1).and_then(|i| self.atoms.list.get(i)).map_or(0, |atom| atom.end);
        let start = self.atoms.list.get(i).map_or(self.atoms.text.len(), |atom| atom.start);
        i == 0 || self.atoms.text[before..start].contains('\n')
    }
}

fn is_thousands(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{2007}' | '\u{2009}' | '\u{202f}')
}

/// Whether characters beside a figure go on with it: at once, or behind marks that stand inside figures or show
/// nothing. Raised figures are notes.
fn goes_on(mut beside: impl Iterator<Item = char>) -> bool {
    let numeric =
        |c: char| c.is_numeric() && !matches!(c, '\u{b2}' | '\u{b3}' | '\u{b9}' | '\u{2070}'..='\u{2089}');
    let inside = |c: char| {
        matches!(c, ',' | '\'' | '’' | '·' | '٫' | '٬' | '،' | '⁄' | '\u{200b}'..='\u{200f}')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{20d0}'..='\u{20ff}')
            || is_combining(c)
    };
    let Some(first) = beside.next() else { return false };
    if numeric(first) {
        return true;
    }
    inside(first) && beside.by_ref().take(8).find(|c| !inside(*c)).is_some_and(numeric)
}

/// The tokens that a span touches.
pub(crate) fn tokens_of(tokens: &[Token], span: Span) -> Range<TokenId> {
    let start = tokens.partition_point(|token| token.span.end <= span.start);
    let end = tokens.partition_point(|token| token.span.start < span.end);
    start..end.max(start)
}
