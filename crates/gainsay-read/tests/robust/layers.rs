//! Layers made up: trees and tags that no parser would give, so that the passes after it are held to their laws
//! whatever the parser comes to say. The fuzz targets use them too.

use gainsay_lexicon::Words;
use gainsay_model::{Amount, Attribution, Date, Name, Rel, Report, Span, TimeMention, Token, Upos, Xpos};
use gainsay_read::segment::{self, Segments};
use gainsay_read::{amounts, attribution, claims, names, times};

use super::laws;

/// A report in English, published on a day in the midst of what the lists know.
pub fn report(text: &str) -> Report {
    Report {
        id: "r".into(),
        text: text.into(),
        published: "2016-03-15".parse().ok(),
        publisher: None,
        author: None,
        title: None,
        url: None,
        language: Some("en".into()),
        guessed: Vec::new(),
    }
}

/// Numbers that look like chance and are the same each time (Marsaglia 2003, xorshift, p. 4).
pub struct Dice(pub u64);

impl Dice {
    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.max(1);
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % bound.max(1)
    }
}

/// Tokens over the words of a text: any tag, any tree, any relation. A word that the lists know in this form keeps
/// it as its lemma and mostly bears the tag that makes the passes look at it.
pub fn garbled(text: &str, segments: &Segments, seed: u64) -> Vec<Token> {
    let mut dice = Dice(seed);
    let mut tokens: Vec<Token> = Vec::with_capacity(segments.words.len());
    for sentence in &segments.sentences {
        // Words join the tree in any order, each under one that is in it already.
        let mut order: Vec<usize> = sentence.tokens.clone().collect();
        for last in (1..order.len()).rev() {
            order.swap(last, dice.below(last + 1));
        }
        let mut heads = vec![None; order.len()];
        for (n, &id) in order.iter().enumerate().skip(1) {
            // Near heads and far ones, bushes and chains.
            let up = if dice.below(3) == 0 { n - 1 } else { dice.below(n) };
            heads[id - sentence.tokens.start] = Some(order[up]);
        }
        for (id, head) in sentence.tokens.clone().zip(heads) {
            let span: Span = segments.words[id];
            let low = span.of(text).to_lowercase();
            let capital = span.of(text).starts_with(char::is_uppercase);
            let common = [Upos::Verb, Upos::Noun, Upos::Propn, Upos::Adj];
            let upos = match dice.below(4) {
                0 => Upos::ALL[dice.below(Upos::ALL.len())],
                1 if capital => Upos::Propn,
                _ => common[dice.below(common.len())],
            };
            let lemma = match low.strip_suffix("ed").filter(|stem| stem.len() > 2) {
                Some(stem) if dice.below(2) == 0 => stem.to_owned(),
                _ => low,
            };
            let rel = if head.is_none() { Rel::Root } else { Rel::ALL[dice.below(Rel::ALL.len())] };
            tokens.push(Token { span, lemma, upos, xpos: Xpos::ALL[dice.below(Xpos::ALL.len())], head, rel });
        }
    }
    tokens
}

/// A text with made-up tokens.
pub struct Made<'t> {
    /// The text.
    pub text: &'t str,
    /// Its sentences and words.
    pub segments: Segments,
    /// Its tokens.
    pub tokens: Vec<Token>,
}

impl<'t> Made<'t> {
    /// Cuts a text and makes its tokens up.
    pub fn of(text: &'t str, seed: u64) -> Made<'t> {
        let segments = segment::segment(text, None);
        laws::segments(text, &segments);
        let tokens = garbled(text, &segments, seed);
        laws::tokens(text, &segments.sentences, &segments.words, &tokens);
        Made { text, segments, tokens }
    }

    /// Its names, held to their laws.
    pub fn names(&self) -> Vec<Name> {
        let names = names::names(self.text, &self.segments.sentences, &self.tokens, Words::builtin());
        laws::names(self.text, &self.tokens, &names);
        names
    }

    /// Its times, held to their laws.
    pub fn times(&self, published: Option<Date>) -> Vec<TimeMention> {
        let times = times::times(self.text, &self.segments.sentences, &self.tokens, published);
        laws::times(self.text, &self.tokens, &times);
        times
    }

    /// Its amounts, held to their laws.
    pub fn amounts(&self, times: &[TimeMention]) -> Vec<Amount> {
        let numbers = &Words::builtin().numbers;
        let amounts = amounts::amounts(self.text, &self.segments.sentences, &self.tokens, times, numbers);
        laws::amounts(self.text, &self.tokens, &amounts);
        amounts
    }

    /// Its attributions, held to their laws.
    pub fn attributions(&self, names: &[Name]) -> Vec<Attribution> {
        let (sentences, words) = (&self.segments.sentences, Words::builtin());
        let said = attribution::attribution(self.text, sentences, &self.tokens, names, words);
        laws::attributions(self.text, &said);
        said
    }
}

/// Runs the passes after the parser over made-up tokens and holds each to its laws.
pub fn check(text: &str, seed: u64) {
    let made = Made::of(text, seed);
    let report = report(text);
    let names = made.names();
    let times = made.times(report.published);
    let amounts = made.amounts(&times);
    let attributions = made.attributions(&names);
    let layers = claims::Layers {
        report: &report,
        sentences: &made.segments.sentences,
        tokens: &made.tokens,
        names: &names,
        times: &times,
        amounts: &amounts,
        attributions: &attributions,
    };
    laws::claims(&report, &claims::claims(&layers, Words::builtin()));
}
