//! The pass `tag`: part of speech and dictionary form of every word.
//!
//! **Takes** the text and the sentences and words that `segment` gave. **Gives** one [`Tagged`] for each word, in
//! order. **Never** fails, allocates per word only the dictionary form, and gives the same answer on every
//! machine: the model's weights and sums are integers. The model is an averaged perceptron (Collins 2002) that
//! goes from left to right.

pub mod features;
pub mod lemma;
pub mod table;
pub mod weights;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gainsay_model::reading::{Sentence, Upos, Xpos};
use gainsay_model::span::Span;

use crate::many;
use crate::segment::Segments;
use features::{Look, features, titled};
use lemma::Lemmatiser;
use table::{Found, NO_SUMS, Table};
use weights::{Weights, put, put_text, take, take_text};

/// What a model file of this pass opens with: its kind and the version of its layout.
pub const MAGIC: &[u8; 8] = b"gstag\x00\x00\x02";

/// What the tagger makes of one word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tagged {
    /// Universal part of speech.
    pub upos: Upos,
    /// Penn part of speech.
    pub xpos: Xpos,
    /// Dictionary form, in small letters except for names.
    pub lemma: String,
}

/// Weights and dictionaries of the tagger.
#[derive(Clone, Debug, Default)]
pub struct TagModel {
    /// The pairs of tags it tells apart; a label is an index into them.
    pub labels: Vec<(Upos, Xpos)>,
    /// Which tags a frequent word may have: hash of the word in small letters to the number of a class, sorted.
    pub classes: Vec<(u32, u32)>,
    /// The weights.
    pub weights: Table,
    /// The dictionary forms.
    pub lemmatiser: Lemmatiser,
}

impl TagModel {
    /// The model that this build carries.
    ///
    /// # Panics
    /// Only where the embedded file is not a model, which a test rules out.
    pub fn builtin() -> &'static TagModel {
        static MODEL: OnceLock<TagModel> = OnceLock::new();
        MODEL.get_or_init(|| {
            TagModel::decode(include_bytes!("../../models/tag.bin")).expect("the embedded tagger is whole")
        })
    }

    /// The class of tags of the word whose hash in small letters is `low`; 0 where the word is rare.
    pub fn class(&self, low: u32) -> u32 {
        let at = self.classes.binary_search_by_key(&low, |&(word, _)| word);
        at.ok().and_then(|at| self.classes.get(at)).map_or(0, |&(_, class)| class)
    }

    /// The label of every word of one sentence.
    pub fn label<'a>(
        &self,
        words: impl Iterator<Item = &'a str> + Clone,
        scratch: &mut Scratch,
        into: &mut Vec<u32>,
    ) {
        let Scratch { looks, low, keys, found } = scratch;
        looks.clear();
        looks.extend(words.clone().map(|word| Look::of(word, low, |hash| self.class(hash))));
        let titled = titled(words);
        let (mut last, mut before) = (u32::MAX, u32::MAX);
        for at in 0..looks.len() {
            features(looks, at, last, before, titled, keys);
            let mut sums = NO_SUMS;
            self.weights.add(keys, found, &mut sums);
            let best = best(sums.get(..self.labels.len()).unwrap_or(&[]));
            (before, last) = (last, best as u32);
            into.push(last);
        }
    }

    /// Writes the model; `weights` are sorted by key. The file is read by [`TagModel::decode`].
    pub fn encode(&self, weights: &[(u32, Vec<(u8, i16)>)]) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        put(&mut out, self.labels.len() as u32);
        for (upos, xpos) in &self.labels {
            put_text(&mut out, upos.as_str());
            put_text(&mut out, xpos.as_str());
        }
        put(&mut out, self.classes.len() as u32);
        let mut last = 0;
        for &(word, class) in &self.classes {
            put(&mut out, word - last);
            put(&mut out, class);
            last = word;
        }
        self.lemmatiser.encode(&mut out);
        Weights::encode(self.labels.len(), weights, &mut out);
        out
    }

    /// Reads a model; `None` where `bytes` are none of this version or are cut short.
    pub fn decode(bytes: &[u8]) -> Option<TagModel> {
        let bytes = &mut bytes.strip_prefix(MAGIC.as_slice())?;
        let mut model = TagModel::default();
        for _ in 0..take(bytes)? {
            let upos = Upos::parse(&take_text(bytes)?);
            model.labels.push((upos, Xpos::parse(&take_text(bytes)?)));
        }
        let mut word = 0u32;
        for _ in 0..take(bytes)? {
            word = word.wrapping_add(take(bytes)?);
            model.classes.push((word, take(bytes)?));
        }
        model.lemmatiser = Lemmatiser::decode(bytes)?;
        model.weights = Table::decode(bytes)?;
        Some(model)
    }
}

/// Where the highest score stands, the first of those alike.
pub fn best(scores: &[i16]) -> usize {
    let most = scores.iter().copied().max().unwrap_or(0);
    scores.iter().position(|&score| score == most).unwrap_or(0)
}

/// Space that the tagger uses again for every sentence.
#[derive(Debug, Default)]
pub struct Scratch {
    looks: Vec<Look>,
    low: String,
    keys: Vec<u32>,
    found: Found,
}

/// Tags every word of a report.
pub fn tag(text: &str, segments: &Segments, model: &TagModel) -> Vec<Tagged> {
    let mut labels = Vec::with_capacity(segments.words.len());
    for (first, part) in many::parts(&segments.sentences, |sentences| some(text, sentences, segments, model))
    {
        labels.resize(first.max(labels.len()), 0);
        labels.extend(part);
    }
    labels.resize(segments.words.len(), 0);
    mend(text, segments, model, &mut labels);
    let mut known: BTreeMap<(&str, u32), String> = BTreeMap::new();
    let mut low = String::new();
    let tagged = |(span, &label): (&Span, &u32)| {
        let (upos, xpos) = model.labels.get(label as usize).copied().unwrap_or_default();
        let word = span.of(text);
        let lemma = known.entry((word, label)).or_insert_with(|| {
            low.clear();
            low.extend(word.chars().flat_map(char::to_lowercase));
            let known = form(word).filter(|_| upos == Upos::Verb).map(|(_, verb)| verb.to_owned());
            known.unwrap_or_else(|| model.lemmatiser.lemma(word, &low, (label, (upos, xpos))))
        });
        Tagged { upos, xpos, lemma: lemma.clone() }
    };
    segments.words.iter().zip(&labels).map(tagged).collect()
}

/// The labels of the words of some sentences that follow each other, from the first one's first token on.
fn some(text: &str, sentences: &[Sentence], segments: &Segments, model: &TagModel) -> (usize, Vec<u32>) {
    let first = sentences.first().map_or(0, |sentence| sentence.tokens.start);
    let (mut scratch, mut labels) = (Scratch::default(), Vec::new());
    for sentence in sentences {
        let words = segments.words.get(sentence.tokens.clone()).unwrap_or(&[]);
        labels.resize(labels.len().max(sentence.tokens.start.saturating_sub(first)), 0);
        model.label(words.iter().map(|span| span.of(text)), &mut scratch, &mut labels);
    }
    (first, labels)
}

/// Forms that in reports are verbs, and too rare in treebanks to be known from them, with their tags and verbs.
const FORMS: [(&str, Xpos, &str); 8] = [
    ("denies", Xpos::Vbz, "deny"),
    ("fled", Xpos::Vbd, "flee"),
    ("fought", Xpos::Vbd, "fight"),
    ("overran", Xpos::Vbd, "overrun"),
    ("overthrew", Xpos::Vbd, "overthrow"),
    ("speaks", Xpos::Vbz, "speak"),
    ("swore", Xpos::Vbd, "swear"),
    ("withdrew", Xpos::Vbd, "withdraw"),
];

/// The tag and the verb of such a form.
fn form(word: &str) -> Option<(Xpos, &'static str)> {
    FORMS.iter().find(|(form, ..)| *form == word).map(|&(_, tag, verb)| (tag, verb))
}

/// Makes verbs of these where the model takes them for something else.
fn mend(text: &str, segments: &Segments, model: &TagModel, labels: &mut [u32]) {
    for (span, label) in segments.words.iter().zip(labels) {
        let verb = model.labels.get(*label as usize).is_some_and(|(upos, _)| *upos == Upos::Verb);
        let Some((tag, _)) = form(span.of(text)).filter(|_| !verb) else { continue };
        if let Some(right) = model.labels.iter().position(|&label| label == (Upos::Verb, tag)) {
            *label = right as u32;
        }
    }
}
