//! Finds actors, sources, people and places by any of their names, in any usual spelling.

use std::collections::{BTreeMap, HashMap};

use crate::fold;
use crate::gazetteer::Gazetteer;
use crate::lexicon::Lexicon;

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
    /// Consonant skeleton → folded names, for misspellings.
    skeletons: BTreeMap<String, Vec<String>>,
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
        index
    }

    fn names(&mut self, kind: NameKind, id: &str, name: &str, others: &[String]) {
        for written in std::iter::once(name).chain(others.iter().map(String::as_str)) {
            let key = fold::key(written);
            if key.is_empty() {
                continue;
            }
            let entries = self.names.entry(key.clone()).or_default();
            // Two spellings that fold alike are both kept: how a name is written tells abbreviations from words.
            if !entries.iter().any(|entry| entry.kind == kind && entry.id == id && entry.written == written) {
                entries.push(NameRef { kind, id: id.into(), written: written.into() });
                entries.sort();
            }
            let folded = self.skeletons.entry(skeleton(&key)).or_default();
            if !folded.contains(&key) {
                folded.push(key);
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

    /// Entries whose name is at most `distance` letters away and shares the consonant skeleton or nearly so:
    /// for misspellings ("IISIS", "al-Bukalaml"). Empty unless one distance is clearly the least.
    pub fn near(&self, name: &str, distance: usize) -> Vec<&NameRef> {
        let key = fold::key(name);
        let bones = skeleton(&key);
        if key.chars().count() < 4 || bones.is_empty() {
            return Vec::new();
        }
        let mut best: (usize, Vec<&NameRef>) = (distance + 1, Vec::new());
        let first = bones.chars().next().unwrap_or(' ');
        let from = first.to_string();
        for (other, keys) in self.skeletons.range(from..).take_while(|(other, _)| other.starts_with(first)) {
            if other.chars().count().abs_diff(bones.chars().count()) > distance {
                continue;
            }
            for other in keys {
                let away = edits(&key, other, best.0);
                if away < best.0 {
                    best = (away, Vec::new());
                }
                if away == best.0 && away <= distance {
                    best.1.extend(self.by_key(other));
                }
            }
        }
        let mut seen = std::collections::BTreeSet::new();
        best.1.retain(|entry| seen.insert((entry.kind, &entry.id)));
        best.1
    }
}

/// The consonants of a folded name.
fn skeleton(key: &str) -> String {
    key.chars().filter(|c| !matches!(c, 'a' | 'u')).collect()
}

/// Edits between two words (Damerau 1964, adjacent swaps as one), or `bound` if there are that many or more.
fn edits(a: &str, b: &str, bound: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) >= bound {
        return bound;
    }
    let mut rows = [vec![0; b.len() + 1], (0..=b.len()).collect::<Vec<usize>>(), vec![0; b.len() + 1]];
    for i in 1..=a.len() {
        rows[2][0] = i;
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            let mut least = (rows[1][j - 1] + same).min(rows[1][j] + 1).min(rows[2][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[0][j - 2] + 1);
            }
            rows[2][j] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][b.len()].min(bound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_count_swaps_once() {
        assert_eq!(edits("bukamal", "bukalaml", 9), 2);
        assert_eq!(edits("abc", "acb", 9), 1);
        assert_eq!(edits("", "abc", 9), 3);
        assert_eq!(edits("abcdef", "x", 3), 3);
    }
}
