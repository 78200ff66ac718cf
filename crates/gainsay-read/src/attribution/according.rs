//! "according to X", "citing X", "quoted by X", and such phrases in a row: who stands behind whom.
//!
//! **Takes** the tree and the names. **Gives** an attribution a phrase: alone it speaks for its sentence, where a
//! sentence has several each speaks for its own stretch, and those right behind each other are one chain about one
//! stretch. **Never** lets a phrase inside a quotation speak for what stands outside it.

use std::ops::Range;

use gainsay_model::{Attribution, NameClass, Source, Status, TokenId};

use super::{View, attributed};
use crate::tree::Tree;

/// Where a phrase right behind another one stands in the chain.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// "according to X": around what stands before it, and before what follows it.
    According,
    /// "quoted by X": around the one before it.
    By,
    /// "citing X", "which quoted X": behind the one before it.
    Citing,
}

/// A phrase that names who says so.
struct Phrase {
    manner: Manner,
    /// Its cue, its source and what is between, as tokens.
    tokens: Range<TokenId>,
    /// The last word of the cue.
    cue: TokenId,
    head: TokenId,
    sources: Vec<Source>,
    /// The tokens that it can speak for: its sentence, or its quotation.
    stretch: Range<TokenId>,
}

pub(super) fn according(view: &View, sentence: usize, found: &mut Vec<Attribution>) {
    let tokens = view.tree.sentences[sentence].tokens.clone();
    let mut phrases: Vec<Phrase> = Vec::new();
    for id in tokens.clone() {
        if phrases.last().is_none_or(|last| id > last.cue) {
            phrases.extend(phrase(view, &tokens, id));
        }
    }
    let mut from = 0;
    while from < phrases.len() {
        let row = 1
            + (from + 1..phrases.len()).take_while(|&n| follows(view, &phrases[n - 1], &phrases[n])).count();
        speaks(view, &phrases, from..from + row, found);
        from += row;
    }
}

/// The words of a cue: how it links, and its last token.
fn cue(tree: &Tree, id: TokenId) -> Option<(Manner, TokenId)> {
    let word = |n: usize| tree.tokens.get(id + n).map(|_| tree.lower(id + n)).unwrap_or_default();
    let cites =
        |n: usize| matches!(&*word(n), "cited" | "quoted" | "cites" | "quotes" | "citing" | "quoting");
    match &*word(0) {
        "according" => Some((Manner::According, if word(1) == "to" { id + 1 } else { id }))
            .filter(|(_, last)| *last > id),
        "citing" | "quoting" => Some((Manner::Citing, id)),
        "quoted" | "cited" | "carried" | "relayed" if word(1) == "by" => Some((Manner::By, id + 1)),
        "which" | "who" if cites(1) => Some((Manner::Citing, id + 1)),
        "which" | "who" if matches!(&*word(1), "was" | "had" | "has" | "in") && cites(2) => {
            Some((Manner::Citing, id + 2))
        }
        "which" | "who" if word(1) == "in" && word(2) == "turn" && cites(3) => Some((Manner::Citing, id + 3)),
        _ => by_count(tree, id).map(|last| (Manner::According, last)),
    }
}

/// The phrase whose cue begins here: the first name or noun after it that can speak is its source.
fn phrase(view: &View, sentence: &Range<TokenId>, id: TokenId) -> Option<Phrase> {
    let tree = &view.tree;
    let (manner, last) = cue(tree, id)?;
    let far = sentence.end.min(last + 12);
    let speaks = |id: TokenId| Some((id, view.sources(id))).filter(|(_, sources)| !sources.is_empty());
    let tops = |id: &TokenId| {
        let heads =
            tree.head(*id).is_none_or(|up| up <= last || up > id + 6 || !(last..id + 6).contains(&up));
        heads
            || view.name_at[*id].is_some_and(|name| {
                view.names[name].head == *id && view.names[name].class != NameClass::Place
            })
    };
    // "according to activists quoted by Reuters": the activists, though the tree hangs them elsewhere.
    let next = (last + 1..far).find(|&id| cue(tree, id).is_some()).unwrap_or(far);
    let (head, mut sources) = (last + 1..next)
        .filter(tops)
        .find_map(speaks)
        .or_else(|| (last + 1..next).rev().find_map(speaks).filter(|_| next < far))
        .or_else(|| (next..far).filter(tops).find_map(speaks))?;
    // "…, according to X, and 12 in Homs, according to Y": whoever stands behind the next cue is its own.
    if head < next && next < far.max(head + 1) {
        sources.retain(|source| source.span.start < tree.tokens[next].span.start);
    }
    let end = sources.iter().map(|source| source.span.end).max().unwrap_or_default();
    let after =
        (last + 1..sentence.end).find(|&id| tree.tokens[id].span.start >= end).unwrap_or(sentence.end);
    let spans = sources.iter().map(|source| source.span);
    let quote = view.quote(spans.fold(tree.tokens[id].span, gainsay_model::Span::cover));
    let stretch = quote.map_or(sentence.clone(), |quote| view.tokens_in(sentence, quote));
    Some(Phrase { manner, tokens: id..after, cue: last, head, sources, stretch })
}

/// Whether a phrase stands right behind another one, so that both speak for the same words.
fn follows(view: &View, one: &Phrase, other: &Phrase) -> bool {
    let between = one.tokens.end..other.tokens.start;
    let glue = |id: TokenId| {
        let word = view.tree.lower(id);
        GLUE.contains(&&*word) || !word.chars().any(char::is_alphanumeric) && !QUOTES.contains(&&*word)
    };
    one.stretch == other.stretch && between.len() <= 4 && between.into_iter().all(glue)
}

/// Words that may stand between two phrases of one chain.
const GLUE: &[&str] =
    &["and", "in", "turn", "itself", "themselves", "also", "report", "reports", "statement", "dispatch"];
const QUOTES: &[&str] = &["\"", "“", "”", "«", "»", "``", "''"];

/// The attributions of a row of phrases.
fn speaks(view: &View, phrases: &[Phrase], row: Range<usize>, found: &mut Vec<Attribution>) {
    let tree = &view.tree;
    let (first, last) = (&phrases[row.start], &phrases[row.end - 1]);
    let within = first.stretch.clone();
    let before = phrases[..row.start].iter().rev().find(|other| other.stretch == within);
    let next = phrases[row.end..].iter().find(|other| other.stretch == within);
    let opening = first.tokens.start <= within.start + 1;
    let content: Vec<TokenId> = if opening {
        (last.tokens.end..next.map_or(within.end, |next| next.tokens.start)).collect()
    } else {
        // What follows the last source is still what it says.
        let rest = if next.is_none() { last.tokens.end..within.end } else { 0..0 };
        (before.map_or(within.start, |before| before.tokens.end)..first.tokens.start).chain(rest).collect()
    };
    // "According to activists." by itself says nothing.
    if content.is_empty() {
        return;
    }
    for phrase in &phrases[row.clone()] {
        // Whoever stands around another phrase of the row says that phrase as well.
        let around = |other: &&Phrase| match phrase.manner {
            Manner::Citing => false,
            Manner::According if opening => {
                other.tokens.start > phrase.tokens.start && other.manner != Manner::By
            }
            Manner::According | Manner::By => {
                other.tokens.start < phrase.tokens.start && !joined(tree, other, phrase)
            }
        };
        let others = phrases[row.clone()].iter().filter(around).flat_map(|other| other.tokens.clone());
        let mut content: Vec<TokenId> = content.iter().copied().chain(others).collect();
        let own = |id: TokenId| {
            let at = tree.tokens[id].span;
            id == phrase.head || phrase.sources.iter().any(|source| source.span.overlaps(at))
        };
        content.retain(|&id| !own(id));
        let cue = tree.tokens[phrase.tokens.start].span.cover(tree.tokens[phrase.cue].span);
        let sources = phrase.sources.clone();
        found.push(attributed(view, sources, cue, content, Status::Asserted, "attribution.phrase"));
    }
}

/// "according to X and according to Y": two side by side, neither behind the other.
fn joined(tree: &Tree, one: &Phrase, other: &Phrase) -> bool {
    (one.tokens.end..other.tokens.start).any(|id| tree.lower(id) == "and")
}

/// Nouns for what somebody has counted.
pub(super) const COUNTS: [&str; 7] =
    ["count", "counts", "tally", "reckoning", "account", "estimate", "estimates"];

/// "by the count of X": the last word before whose count it is.
fn by_count(tree: &Tree, id: TokenId) -> Option<TokenId> {
    let word = |n: usize| tree.tokens.get(id + n).map(|_| tree.lower(id + n)).unwrap_or_default();
    let fits = word(0) == "by" && word(1) == "the" && COUNTS.contains(&word(2).as_str()) && word(3) == "of";
    fits.then_some(id + 3)
}
