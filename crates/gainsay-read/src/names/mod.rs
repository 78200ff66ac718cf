//! The pass `names`: who and what the words name.
//!
//! **Takes** tokens with their tree. **Gives** names, in order, none overlapping another, each with whom it may
//! stand for and, for "they" or "the city", the name it stands for. **Never** decides who did what.

use gainsay_lexicon::Words;
use gainsay_model::{Name, Sentence, Token};

use crate::tree::Tree;

mod brought;
mod compose;
mod coref;
mod known;
pub mod learned;
mod lexical;
mod nouns;
mod outlets;
mod place;
mod things;
mod unknown;

pub use known::known;
pub(crate) use lexical::CALENDAR;
pub use things::with_things;

#[cfg(test)]
mod tests;

/// All names and phrases that stand for one.
pub fn names(text: &str, sentences: &[Sentence], tokens: &[Token], words: &Words) -> Vec<Name> {
    let tree = Tree::of(text, sentences, tokens);
    let mut found = Found::new(tokens.len());
    // Names that stand in the lists, in any usual spelling, and phrases that stand for a side.
    lexical::lexical(&tree, words, &mut found);
    // Capitalised words that no list knows, classed by what stands around them.
    unknown::unknown(&tree, words, &mut found);
    // "Badia Monitor", "Levant Dispatch": outlets that no list knows.
    outlets::outlets(&tree, &mut found);
    // "regime warplanes", "Turkish forces": a name or adjective before a noun for those who fight.
    compose::compose(&tree, words, &mut found);
    // Bare nouns for people, forces and places.
    nouns::nouns(&tree, words, &mut found);
    let mut names = found.into_names();
    // Which of several places of one name is meant.
    place::choose(&tree, words, &mut names);
    // Places that only a list knows which the user brought.
    brought::brought(&tree, words, &mut names);
    // "they", "the group", "the city": whom they stand for.
    coref::coref(&tree, words, &mut names);
    names
}

/// Names found so far; a token belongs to at most one.
struct Found {
    taken: Vec<Option<usize>>,
    names: Vec<Option<Name>>,
}

impl Found {
    fn new(tokens: usize) -> Found {
        Found { taken: vec![None; tokens], names: Vec::new() }
    }

    /// Adds a name; whatever names lie inside it are swallowed.
    fn add(&mut self, name: Name) {
        let id = self.names.len();
        for token in name.tokens.clone() {
            if let Some(old) = self.taken[token]
                && let Some(swallowed) = self.names[old].take()
            {
                self.taken[swallowed.tokens].fill(None);
            }
        }
        self.taken[name.tokens.clone()].fill(Some(id));
        self.names.push(Some(name));
    }

    fn at(&self, token: usize) -> Option<&Name> {
        self.taken[token].and_then(|id| self.names[id].as_ref())
    }

    fn free(&self, token: usize) -> bool {
        self.taken[token].is_none()
    }

    fn into_names(self) -> Vec<Name> {
        let mut names: Vec<Name> = self.names.into_iter().flatten().collect();
        names.sort_by_key(|name| (name.tokens.start, name.tokens.end));
        names
    }
}

/// The token of a run that heads it: the one whose own head lies outside.
fn head_of(tree: &Tree, tokens: std::ops::Range<usize>) -> usize {
    let outside = |&id: &usize| tree.head(id).is_none_or(|head| !tokens.contains(&head));
    tokens.clone().rev().find(outside).unwrap_or(tokens.end - 1)
}
