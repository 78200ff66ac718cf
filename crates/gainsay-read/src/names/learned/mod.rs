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

use std::sync::OnceLock;

use gainsay_lexicon::Words;
use gainsay_model::{Sentence, Span, Token, TokenId};

use super::{Found, lexical};
use crate::tag::weights::{Places, Weights, put, take};
use crate::tree::Tree;
use features::Sight;
use sorts::Sorts;
use states::{STATES, best, runs, through};

pub use states::MentionClass;

/// What a model file of this kind opens with: its kind and the version of its layout.
pub const MAGIC: &[u8; 8] = b"gsnam\x00\x00\x01";

/// A run of words that the model takes for a mention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands.
    pub span: Span,
    /// Its tokens.
    pub tokens: std::ops::Range<TokenId>,
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

    /// The scores of the states of each word, one word after another.
    pub fn scores(&self, sight: &Sight) -> Vec<i32> {
        let (mut keys, mut places) = (Vec::new(), Places::default());
        let mut scores = vec![0; sight.len() * STATES];
        for (at, row) in scores.chunks_mut(STATES).enumerate() {
            sight.features(at, &mut keys);
            self.weights.score(&keys, &mut places, row);
        }
        scores
    }

    /// The mentions of one sentence: first word, word behind the last, class; words counted from its first.
    pub fn mentions(&self, sight: &Sight) -> Vec<(usize, usize, MentionClass)> {
        runs(&best(&self.scores(sight), &self.steps))
    }

    /// For each word of a sentence the class of the best sequence in which it belongs to a mention of that class or
    /// to none, and by how much that sequence is better than the best in which it does not.
    pub fn opinions(&self, sight: &Sight) -> Vec<Opinion> {
        let through = through(&self.scores(sight), &self.steps);
        let opinion = |row: &[i32]| {
            let mut values: Vec<(i32, Option<MentionClass>)> = vec![(row[states::OUTSIDE], None)];
            for class in MentionClass::ALL {
                let own = 1 + 4 * class as usize;
                values.push((row[own..own + 4].iter().copied().max().unwrap_or(i32::MIN), Some(class)));
            }
            values.sort_by_key(|&(value, class)| (std::cmp::Reverse(value), class));
            Opinion { class: values[0].1, margin: values[0].0.saturating_sub(values[1].0) }
        };
        through.chunks_exact(STATES).map(opinion).collect()
    }
}

/// What the model makes of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opinion {
    /// What the mention that it belongs to names; `None` for a word in no mention.
    pub class: Option<MentionClass>,
    /// How much better that is than anything else, in [`SCALE`]ths of a natural logarithm.
    pub margin: i32,
}

/// What a difference of one natural logarithm is in the integers of the model.
pub const SCALE: i32 = 64;

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
