//! Mentions of people, bodies, places and the like, by a model learned from labelled sentences.
//!
//! The model is a conditional random field over the words of a sentence (Lafferty, McCallum and Pereira 2001), with
//! labels that say where a mention begins and ends. It is trained in floating point and read in integers, so that one
//! text gets one answer on every machine.

pub mod features;
pub mod sorts;
pub mod states;

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::OnceLock;

use gainsay_lexicon::Words;
use gainsay_model::{Sentence, Span, Token, TokenId};

use super::{Found, lexical};
use crate::tag::weights::{Places, Weights, put, take};
use crate::tree::Tree;
use features::Sight;
use sorts::Sorts;
use states::{OUTSIDE, STATES, best, of_state, runs, through};

pub use states::MentionClass;

/// What a model file of this kind opens with: its kind and the version of its layout.
pub const MAGIC: &[u8; 8] = b"gsnam\x00\x00\x01";

/// A run of words that the model takes for a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<TokenId>,
    /// What it names.
    pub class: MentionClass,
}

/// Weights of the model of mentions.
#[derive(Clone, Debug, Default)]
pub struct NameModel {
    /// The sorts of nouns.
    pub sorts: Sorts,
    /// From each state to each: row by row.
    pub steps: Vec<i32>,
    /// The weights of the features.
    pub weights: Weights,
}

impl NameModel {
    /// The model that this build carries.
    ///
    /// # Panics
    /// Only where the embedded file is not a model, which a test rules out.
    pub fn builtin() -> &'static NameModel {
        static MODEL: OnceLock<NameModel> = OnceLock::new();
        MODEL.get_or_init(|| {
            NameModel::decode(include_bytes!("../../../models/names.bin"))
                .expect("the embedded model of mentions is whole")
        })
    }

    /// Reads a model; `None` where `bytes` are none of this version or are cut short.
    pub fn decode(bytes: &[u8]) -> Option<NameModel> {
        let bytes = &mut bytes.strip_prefix(MAGIC.as_slice())?;
        let sorts = Sorts::decode(bytes)?;
        let mut steps = Vec::with_capacity(STATES * STATES);
        for _ in 0..STATES * STATES {
            let zigzag = take(bytes)?;
            steps.push((zigzag >> 1) as i32 ^ -((zigzag & 1) as i32));
        }
        Some(NameModel { sorts, steps, weights: Weights::decode(bytes)? })
    }

    /// Writes the model; `weights` are sorted by key. The file is read by [`NameModel::decode`].
    pub fn encode(&self, weights: &[(u32, Vec<(u8, i16)>)]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        self.sorts.encode(&mut out);
        self.steps.iter().for_each(|&step| put(&mut out, (step << 1 ^ step >> 31) as u32));
        Weights::encode(STATES, weights, &mut out);
        out
    }

    /// The scores of the states of some words of a sentence, one word after another.
    fn scores(&self, sight: &Sight, words: Range<usize>) -> Vec<i32> {
        let (mut keys, mut places) = (Vec::new(), Places::default());
        let mut scores = vec![0; words.len() * STATES];
        for (at, row) in words.zip(scores.chunks_mut(STATES)) {
            sight.features(at, &mut keys);
            self.weights.score(&keys, &mut places, row);
        }
        scores
    }

    /// The mentions of one sentence: first word, word behind the last, class; words counted from its first.
    pub fn mentions(&self, sight: &Sight) -> Vec<(usize, usize, MentionClass)> {
        runs(&best(&self.scores(sight, 0..sight.len()), &self.steps))
    }

    /// What the mention names that the word `at` belongs to; `None` where it most likely belongs to none. Words are
    /// counted from the first of the sentence.
    ///
    /// Only the words around it are looked at: labels further away say nothing of it that its features do not.
    pub fn class_of(&self, sight: &Sight, at: usize) -> Option<MentionClass> {
        let near = at.saturating_sub(AROUND)..sight.len().min(at + AROUND + 1);
        let through = through(&self.scores(sight, near.clone()), &self.steps);
        let row = through.chunks_exact(STATES).nth(at - near.start)?;
        let mut best = OUTSIDE;
        for (state, sum) in row.iter().enumerate() {
            if *sum > row[best] {
                best = state;
            }
        }
        of_state(best).map(|(class, _)| class)
    }
}

/// How many words on either side [`NameModel::class_of`] looks at.
const AROUND: usize = 4;

/// All mentions of a report, in order.
pub fn mentions(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    words: &Words,
    model: &NameModel,
) -> Vec<Mention> {
    let mut made = Vec::new();
    for sight in sights(text, sentences, tokens, words, &model.sorts) {
        for (start, end, class) in model.mentions(&sight) {
            let tokens_of = sight.start() + start..sight.start() + end;
            let span = tokens[tokens_of.start].span.cover(tokens[tokens_of.end - 1].span);
            made.push(Mention { span, tokens: tokens_of, class });
        }
    }
    made
}

/// Each sentence, looked at for the model.
pub fn sights(
    text: &str,
    sentences: &[Sentence],
    tokens: &[Token],
    words: &Words,
    sorts: &Sorts,
) -> Vec<Sight> {
    let tree = Tree::of(text, sentences, tokens);
    let mut found = Found::new(tokens.len());
    lexical::lexical(&tree, words, &mut found);
    let sight = |sentence: &Sentence| Sight::of(&tree, words, sorts, &found, sentence.tokens.clone());
    sentences.iter().map(sight).collect()
}
