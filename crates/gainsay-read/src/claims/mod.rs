//! The pass `claims`: who is said to have done what to whom, where, when, how many, and how sure.
//!
//! **Takes** all layers before it. **Gives** claims, each with the words and rules it was read from. **Never**
//! looks at another report, and never takes a speaker for an actor because they speak.

use gainsay_lexicon::Words;
use gainsay_model::{
    Amount, Attribution, Claim, Name, NameClass, Part, Report, Sentence, Span, TimeMention, Token, TokenId,
};

use crate::tree::Tree;

mod count;
mod draft;
mod fill;
mod finish;
mod inherit;
mod means;
mod merge;
mod place;
mod said;
mod status;
mod syntax;
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
    let mut drafts = count::count(&view, drafts);
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
}

impl<'a> View<'a> {
    fn of(layers: &'a Layers<'a>, words: &'a Words) -> View<'a> {
        let mut name_at = vec![None; layers.tokens.len()];
        for (id, name) in layers.names.iter().enumerate() {
            name_at[name.tokens.clone()].fill(Some(id));
        }
        View { layers, tree: Tree::of(&layers.report.text, layers.sentences, layers.tokens), words, name_at }
    }

    fn name(&self, token: TokenId) -> Option<&'a Name> {
        self.name_at[token].map(|id| &self.layers.names[id])
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
