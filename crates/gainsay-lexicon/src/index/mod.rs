//! Finds actors, sources, people and places by any of their names, in any usual spelling.
//!
//! A name that folds to a listed one is found at once; any other is compared by the weights of `translit` with the
//! listed names whose consonants are nearest.

mod candidates;
mod near;

use std::collections::HashMap;

use crate::fold;
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;
pub use candidates::Candidates;
pub use near::{LIKELY, LONGEST_NEAR, MARGIN, SLIP};

/// Which list a name belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// An actor.
    Actor,
    /// A source.
    Source,
    /// A public figure.
    Person,
    /// A place.
    Place,
}

/// An entry that bears a name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct NameRef {
    /// Which list it is in.
    pub kind: NameKind,
    /// Its id.
    pub id: String,
    /// The name as the list writes it.
    pub written: String,
}

/// Names and phrases of all lists, folded.
#[derive(Debug, Default)]
pub struct NameIndex {
    /// Folded proper name → entries, sorted.
    names: HashMap<String, Vec<NameRef>>,
    /// Lower-case common-noun phrase, words joined by single spaces → entries.
    phrases: HashMap<String, Vec<NameRef>>,
    /// All names once, for spellings that fold to none of them.
    near: near::Near,
}

impl NameIndex {
    /// An index over both lists.
    pub fn of(lexicon: &Lexicon, gazetteer: &Gazetteer) -> NameIndex {
        let mut index = NameIndex::default();
        for actor in lexicon.actors.values() {
            index.names(NameKind::Actor, &actor.id, &actor.name, &actor.names);
            index.phrases(NameKind::Actor, &actor.id, &actor.phrases);
        }
        for source in lexicon.sources.values() {
            index.names(NameKind::Source, &source.id, &source.name, &source.names);
            index.phrases(NameKind::Source, &source.id, &source.phrases);
        }
        for person in lexicon.people.values() {
            index.names(NameKind::Person, &person.id, &person.name, &person.names);
        }
        for place in gazetteer.places.values() {
            index.names(NameKind::Place, &place.id, &place.name, &place.names);
        }
        index.near = near::Near::of(&index.names);
        index
    }

    fn names(&mut self, kind: NameKind, id: &str, name: &str, others: &[String]) {
        for written in std::iter::once(name).chain(others.iter().map(String::as_str)) {
            let key = fold::key(written);
            if key.is_empty() {
                continue;
            }
            let entries = self.names.entry(key).or_default();
            // Two spellings that fold alike are both kept: how a name is written tells abbreviations from words.
            if !entries.iter().any(|entry| entry.kind == kind && entry.id == id && entry.written == written) {
                entries.push(NameRef { kind, id: id.into(), written: written.into() });
                entries.sort();
            }
        }
    }

    fn phrases(&mut self, kind: NameKind, id: &str, phrases: &[String]) {
        for phrase in phrases {
            let entries = self.phrases.entry(phrase.clone()).or_default();
            if !entries.iter().any(|entry| entry.kind == kind && entry.id == id) {
                entries.push(NameRef { kind, id: id.into(), written: phrase.clone() });
                entries.sort();
            }
        }
    }

    /// Entries whose name folds to `key` (see [`fold::key`]).
    pub fn by_key(&self, key: &str) -> &[NameRef] {
        self.names.get(key).map_or(&[], Vec::as_slice)
    }

    /// Entries that bear this name, in any usual spelling.
    pub fn find(&self, name: &str) -> &[NameRef] {
        self.by_key(&fold::key(name))
    }

    /// Entries that the common-noun phrase stands for; lower case, words joined by single spaces.
    pub fn phrase(&self, phrase: &str) -> &[NameRef] {
        self.phrases.get(phrase).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests;
