//! The pass `parse`: on which word every word depends, and how.
//!
//! **Takes** the text, its sentences and words, and their tags. **Gives** head and relation of each word: in each
//! sentence one word is the root, and there are no cycles and no crossing arcs. **Never** fails, and gives the
//! same answer on every machine: weights and sums are integers and ties go to the lower label. The model is an
//! averaged perceptron over the moves of a transition system, trained with a dynamic oracle (Goldberg and Nivre
//! 2013).

pub mod features;
pub mod search;
pub mod state;

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use gainsay_model::reading::{Rel, Sentence, TokenId, Upos};

use crate::many;
use crate::segment::Segments;
use crate::tag::Tagged;
use crate::tag::features::lower;
use crate::tag::table::Table;
use crate::tag::weights::{Weights, put, put_text, take, take_text, text_hash};
use features::Word;
use search::Search;
use state::Move;

/// What a model file of this pass opens with: its kind and the version of its layout.
pub const MAGIC: &[u8; 8] = b"gspar\x00\x00\x01";

/// Weights of the parser.
#[derive(Clone, Debug, Default)]
pub struct ParseModel {
    /// The relations it tells apart. Label 0 is a shift; then come the left arcs, then the right arcs.
    pub rels: Vec<Rel>,
    /// The weights.
    pub weights: Table,
}

impl ParseModel {
    /// The model that this build carries.
    ///
    /// # Panics
    /// Only where the embedded file is not a model, which a test rules out.
    pub fn builtin() -> &'static ParseModel {
        static MODEL: OnceLock<ParseModel> = OnceLock::new();
        MODEL.get_or_init(|| {
            ParseModel::decode(include_bytes!("../../models/parse.bin"))
                .expect("the embedded parser is whole")
        })
    }

    /// How many labels there are.
    pub fn labels(&self) -> usize {
        1 + 2 * self.rels.len()
    }

    /// The move that a label stands for.
    pub fn step(&self, label: usize) -> Move {
        let rels = self.rels.len();
        match label {
            0 => Move::Shift,
            left if left <= rels => Move::Left((left - 1) as u8),
            right => Move::Right((right - 1 - rels) as u8),
        }
    }

    /// The number of the relation `rel`.
    pub fn rel_number(&self, rel: Rel) -> u8 {
        self.rels.iter().position(|&known| known == rel).unwrap_or(0) as u8
    }

    /// Writes the model; `weights` are sorted by key. The file is read by [`ParseModel::decode`].
    pub fn encode(&self, weights: &[(u32, Vec<(u8, i16)>)]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        put(&mut out, self.rels.len() as u32);
        for rel in &self.rels {
            put_text(&mut out, rel.as_str());
        }
        Weights::encode(self.labels(), weights, &mut out);
        out
    }

    /// Reads a model; `None` where `bytes` are none of this version or are cut short.
    pub fn decode(bytes: &[u8]) -> Option<ParseModel> {
        let bytes = &mut bytes.strip_prefix(MAGIC.as_slice())?;
        let mut model = ParseModel::default();
        for _ in 0..take(bytes)? {
            model.rels.push(Rel::parse(&take_text(bytes)?));
        }
        model.weights = Table::decode(bytes)?;
        Some(model)
    }
}

/// What the parser looks at in one word; `low` is scratch space.
pub fn word(form: &str, tagged: &Tagged, spaced: bool, low: &mut String) -> Word {
    lower(form, low);
    let ending = low.char_indices().rev().nth(2).and_then(|(at, _)| low.get(at..)).unwrap_or(low);
    let capital = form.chars().next().is_some_and(char::is_uppercase);
    let mut made = Word {
        form: text_hash(low),
        ending: text_hash(ending),
        tag: (tagged.upos as u32) << 8 | tagged.xpos as u32,
        upos: tagged.upos as u32,
        look: u32::from(spaced) << 1 | u32::from(capital),
        lemma: 0,
    };
    lower(&tagged.lemma, low);
    // One day is like another, and one month: few follow a verb in the treebanks, as in "said Monday that".
    made.lemma =
        if tagged.upos == Upos::Propn { calendar(low) } else { None }.unwrap_or_else(|| text_hash(low));
    made
}

/// What stands for the dictionary form of a day of the week, and of a month.
fn calendar(low: &str) -> Option<u32> {
    match low {
        "monday" | "tuesday" | "wednesday" | "thursday" | "friday" | "saturday" | "sunday" => Some(7),
        "january" | "february" | "march" | "april" | "may" | "june" | "july" | "august" | "september"
        | "october" | "november" | "december" => Some(9),
        _ => None,
    }
}

/// Head and relation of every word of a report; heads count over the whole report, `None` is a root.
pub fn parse(text: &str, segments: &Segments, tags: &[Tagged], model: &ParseModel) -> Vec<Arc> {
    let mut found = vec![(None, Rel::default()); segments.words.len()];
    let parts = many::parts(&segments.sentences, |sentences| some(text, sentences, segments, tags, model));
    for (first, arcs) in parts.into_iter().flatten() {
        found.iter_mut().skip(first).zip(arcs).for_each(|(slot, arc)| *slot = arc);
    }
    found
}

/// A word's head and its relation to it.
type Arc = (Option<TokenId>, Rel);

/// The trees of some sentences, each with its first token.
fn some(
    text: &str,
    sentences: &[Sentence],
    segments: &Segments,
    tags: &[Tagged],
    model: &ParseModel,
) -> Vec<(TokenId, Vec<Arc>)> {
    let mut search = Search::default();
    let (mut words, mut low) = (Vec::new(), String::new());
    let tree = |sentence: &Sentence| {
        let first = sentence.tokens.start;
        let spans = segments.words.get(sentence.tokens.clone()).unwrap_or(&[]);
        let tags = tags.get(sentence.tokens.clone()).unwrap_or(&[]);
        words.clear();
        let mut end = 0;
        for (span, tagged) in spans.iter().zip(tags) {
            words.push(word(span.of(text), tagged, span.start > end, &mut low));
            end = span.end;
        }
        let nodes = search.run(&words, model).nodes.iter().take(words.len());
        let arc = |head: usize, rel: usize| match head < words.len() {
            true => (Some(first + head), model.rels.get(rel).copied().unwrap_or_default()),
            false => (None, Rel::Root),
        };
        (first, nodes.map(|node| arc(usize::from(node.head), usize::from(node.rel))).collect())
    };
    sentences.iter().map(tree).collect()
}
