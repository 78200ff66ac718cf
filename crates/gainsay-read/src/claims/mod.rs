//! The pass `claims`: who is said to have done what to whom, where, when, how many, and how sure.
//!
//! **Takes** all layers before it. **Gives** claims, each with the words and rules it was read from. **Never**
//! looks at another report, and never takes a speaker for an actor because they speak.

use std::collections::BTreeSet;

use gainsay_lexicon::Words;
use gainsay_model::{
    Amount, Attribution, Claim, Name, NameClass, Part, Report, Sentence, Span, TimeMention, Token, TokenId,
};

use crate::tree::Tree;

mod clause;
mod count;
mod draft;
mod fill;
mod finish;
mod inherit;
mod means;
mod merge;
mod place;
mod roles;
mod said;
mod status;
mod tolls;
mod trigger;
mod victims;
mod when;
mod who;

pub use finish::READER;

#[cfg(test)]
mod tests;

/// The layers that the pass reads.
pub struct Layers<'a> {
    /// The report.
    pub report: &'a Report,
    /// Its sentences.
    pub sentences: &'a [Sentence],
    /// Its tokens with their tree.
    pub tokens: &'a [Token],
    /// Its names.
    pub names: &'a [Name],
    /// Its times.
    pub times: &'a [TimeMention],
    /// Its amounts.
    pub amounts: &'a [Amount],
    /// Who says what.
    pub attributions: &'a [Attribution],
}

/// All claims of a report, in order of their first evidence.
pub fn claims(layers: &Layers, words: &Words) -> Vec<Claim> {
    let view = View::of(layers, words);
    // Words that state a kind of claim, by the codebook's frames.
    let triggers = trigger::triggers(&view);
    // What fills their roles in the tree.
    let mut drafts = fill::fill(&view, &triggers);
    // What they were done with, and what kind of strike that makes them.
    means::means(&view, &mut drafts);
    // How many of whom: one draft a number.
    let drafts = count::count(&view, drafts);
    // Tolls that the order of the words tells.
    let mut drafts = tolls::tolls(&view, drafts);
    // When.
    when::when(&view, &mut drafts);
    // Who says so, and how sure it sounds.
    said::said(&view, &mut drafts);
    status::status(&view, &mut drafts);
    // What the sentence leaves unsaid because another draft says it.
    inherit::inherit(&view, &mut drafts);
    // An attack of nobody on nobody, a place held by nobody: words of background, no claim.
    drafts.retain(|draft| !draft.is_background());
    // One proposition of one source is one claim, however often it is said.
    let drafts = merge::merge(&view, drafts);
    finish::finish(&view, drafts)
}

/// What every part of the pass looks at.
struct View<'a> {
    layers: &'a Layers<'a>,
    tree: Tree<'a>,
    words: &'a Words,
    /// The name that covers each token.
    name_at: Vec<Option<usize>>,
    /// The attributions whose content touches each sentence, in order.
    said_in: Vec<Vec<usize>>,
    /// The cues of all attributions.
    cues: BTreeSet<Span>,
    /// The parts of each amount, in order.
    parts: Vec<Vec<usize>>,
}

impl<'a> View<'a> {
    fn of(layers: &'a Layers<'a>, words: &'a Words) -> View<'a> {
        let mut name_at = vec![None; layers.tokens.len()];
        for (id, name) in layers.names.iter().enumerate() {
            name_at[name.tokens.clone()].fill(Some(id));
        }
        let mut said_in: Vec<Vec<usize>> = vec![Vec::new(); layers.sentences.len()];
        for (id, said) in layers.attributions.iter().enumerate() {
            for span in &said.content {
                let first = layers.sentences.partition_point(|sentence| sentence.span.end <= span.start);
                let touched = layers.sentences[first..].iter().take_while(|one| one.span.start < span.end);
                for over in &mut said_in[first..first + touched.count()] {
                    if over.last() != Some(&id) {
                        over.push(id);
                    }
                }
            }
        }
        let cues = layers.attributions.iter().map(|said| said.cue).collect();
        let mut parts = vec![Vec::new(); layers.amounts.len()];
        for (id, amount) in layers.amounts.iter().enumerate() {
            if let Some(whole) = amount.part_of {
                parts[whole].push(id);
            }
        }
        let tree = Tree::of(&layers.report.text, layers.sentences, layers.tokens);
        View { layers, tree, words, name_at, said_in, cues, parts }
    }

    /// The attributions whose content touches the sentence of a token, in order.
    fn said_around(&self, token: TokenId) -> impl Iterator<Item = &'a Attribution> {
        let over = &self.said_in[self.tree.sentence(token)];
        over.iter().map(|&id| &self.layers.attributions[id])
    }

    /// Whether a token is the cue of an attribution.
    fn is_cue(&self, token: TokenId) -> bool {
        self.cues.contains(&self.tree.tokens[token].span)
    }

    /// The amounts that begin in the sentence of a token, as indices.
    fn amounts_around(&self, token: TokenId) -> std::ops::Range<usize> {
        let own = &self.tree.sentences[self.tree.sentence(token)].tokens;
        let at = |token| self.layers.amounts.partition_point(|amount| amount.tokens.start < token);
        at(own.start)..at(own.end)
    }

    /// The times that begin in a sentence, as indices.
    fn times_in(&self, sentence: usize) -> std::ops::Range<usize> {
        let own = &self.tree.sentences[sentence].tokens;
        let at = |token| self.layers.times.partition_point(|time| time.tokens.start < token);
        at(own.start)..at(own.end)
    }

    fn name(&self, token: TokenId) -> Option<&'a Name> {
        self.name_at[token].map(|id| &self.layers.names[id])
    }

    /// The names that end before a token, nearest first.
    fn names_before(&self, token: TokenId) -> impl Iterator<Item = &'a Name> {
        let names = self.layers.names;
        names[..names.partition_point(|name| name.tokens.end <= token)].iter().rev()
    }

    fn class(&self, token: TokenId) -> Option<NameClass> {
        self.name(token).map(|name| name.class)
    }

    fn part(&self, token: TokenId) -> Part {
        self.tree.sentences[self.tree.sentence(token)].part
    }

    /// Whether the word is a place: a name of one, or a noun for one.
    fn is_place(&self, token: TokenId) -> bool {
        self.class(token) == Some(NameClass::Place)
    }

    fn text(&self, span: Span) -> &'a str {
        span.of(self.tree.text)
    }
}
