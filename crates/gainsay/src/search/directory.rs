//! Names by how they begin, as somebody types: those of the lists, and those that only the ledger knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};

use gainsay_lexicon::{NameKind, Words, fold};
use gainsay_model::EntityId;
use serde::Serialize;

use super::catalogue::Catalogue;
use super::spelling::flat;

/// Beginnings that fit more names than this are looked through no further.
const LOOKED: usize = 4_000;
/// Names that are only near are offered where fewer begin so.
const FEW: usize = 3;

/// What a name belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// A place.
    Place,
    /// An actor, or a public figure.
    Actor,
    /// A source or outlet.
    Source,
}

/// An entity that a typed name may mean.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its id.
    pub id: EntityId,
    /// What it is.
    #[serde(rename = "type")]
    pub sort: Sort,
    /// Its name.
    pub name: String,
    /// Town, bridge, army, newspaper …; empty where unknown.
    pub kind: String,
    /// The name that fits what was typed.
    pub matched: String,
}

/// A name under a key.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// Folded, or flat; from a word of the name on.
    key: String,
    sort: Sort,
    id: EntityId,
    written: String,
    /// Whether the key begins with the name's first word.
    whole: bool,
}

/// Names sorted by their keys.
#[derive(Default)]
pub(super) struct Directory {
    keys: Vec<Key>,
}

impl Directory {
    /// The names of the lists; of those that a user brought the ones that are held in memory. Made once for each words
    /// of the run, which live as long.
    pub fn listed(words: &'static Words) -> &'static Directory {
        static MADE: Mutex<Vec<(&'static Words, &'static Directory)>> = Mutex::new(Vec::new());
        let mut made = MADE.lock().unwrap_or_else(PoisonError::into_inner);
        let known = made.iter().find(|(own, _)| std::ptr::eq(*own, words)).map(|(_, directory)| *directory);
        known.unwrap_or_else(|| {
            let mut directory = Directory::default();
            for place in words.gazetteer.places.values() {
                directory.put_all(Sort::Place, &place.id, &place.name, &place.names);
            }
            for actor in words.lexicon.actors.values() {
                directory.put_all(Sort::Actor, &actor.id, &actor.name, &actor.names);
            }
            for source in words.lexicon.sources.values() {
                directory.put_all(Sort::Source, &source.id, &source.name, &source.names);
            }
            for person in words.lexicon.people.values() {
                directory.put_all(Sort::Actor, &person.id, &person.name, &person.names);
            }
            let directory: &'static Directory = Box::leak(Box::new(directory.sorted()));
            made.push((words, directory));
            directory
        })
    }

    /// The names that only a ledger knows.
    pub fn unlisted(catalogue: &Catalogue, words: &Words) -> Directory {
        let mut directory = Directory::default();
        for (id, heard) in catalogue.unlisted(words) {
            directory.put(sort_of(heard.roles), id, &heard.mention);
        }
        directory.sorted()
    }

    fn put_all(&mut self, sort: Sort, id: &str, name: &str, names: &[String]) {
        std::iter::once(name)
            .chain(names.iter().map(String::as_str))
            .for_each(|name| self.put(sort, id, name));
    }

    fn put(&mut self, sort: Sort, id: &str, written: &str) {
        let flat = flat(written);
        let words: Vec<&str> = flat.split_whitespace().collect();
        for at in 0..words.len() {
            let rest = words[at..].join(" ");
            for key in BTreeSet::from([fold::key(&rest), rest]) {
                if key.is_empty() {
                    continue;
                }
                let (id, written) = (id.to_owned(), written.to_owned());
                self.keys.push(Key { key, sort, id, written, whole: at == 0 });
            }
        }
    }

    fn sorted(mut self) -> Directory {
        self.keys.sort_unstable();
        self.keys.dedup();
        self.keys.shrink_to_fit();
        self
    }

    fn beginning(&self, key: &str) -> &[Key] {
        let start = self.keys.partition_point(|own| own.key.as_str() < key);
        let length =
            self.keys[start..].iter().take(LOOKED).take_while(|own| own.key.starts_with(key)).count();
        &self.keys[start..start + length]
    }
}

/// As what it is named most.
fn sort_of([place, actor, source]: [u32; 3]) -> Sort {
    match () {
        () if place >= actor && place >= source && place > 0 => Sort::Place,
        () if actor >= source && actor > 0 => Sort::Actor,
        () => Sort::Source,
    }
}

/// The entities whose names begin with what was typed, those whose name it is first, then those that claims name most;
/// where few do, those whose names are near.
pub(super) fn names(
    typed: &str,
    sort: Option<Sort>,
    most: usize,
    (catalogue, unlisted): (&Catalogue, &Directory),
    words: &'static Words,
) -> Vec<Named> {
    let flat_typed = flat(typed).trim().to_owned();
    let folded = fold::key(typed);
    if flat_typed.is_empty() {
        return Vec::new();
    }
    // How well it fits, then how often it is named.
    let mut best: BTreeMap<(Sort, &str), (u8, &str)> = BTreeMap::new();
    for directory in [Directory::listed(words), unlisted] {
        for (key, loose) in [(flat_typed.as_str(), false), (folded.as_str(), true)] {
            if key.is_empty() || (loose && key.chars().count() < 2) {
                continue;
            }
            for own in directory.beginning(key).iter().filter(|own| sort.is_none_or(|sort| sort == own.sort))
            {
                let fits = match (own.key == key, own.whole, loose) {
                    (true, true, false) => 0,
                    (true, true, true) => 1,
                    (false, true, false) => 2,
                    (false, true, true) => 3,
                    (_, false, false) => 4,
                    (_, false, true) => 5,
                };
                let kept = best.entry((own.sort, own.id.as_str())).or_insert((u8::MAX, own.written.as_str()));
                if fits < kept.0 {
                    *kept = (fits, own.written.as_str());
                }
            }
        }
    }
    // Millions of names are not gone through by their beginnings: a brought place is found by its whole name.
    let brought = words.gazetteer.bearing(typed, &[]);
    let places = brought.iter().filter(|_| sort.is_none_or(|sort| sort == Sort::Place)).take(FEW);
    for place in places.filter_map(|found| Some((found.exact, words.gazetteer.found(found)?))) {
        best.entry((Sort::Place, &place.1.id)).or_insert((u8::from(!place.0), &place.1.name));
    }
    if best.len() < FEW && typed.chars().count() >= 3 {
        let wanted =
            |name: &gainsay_lexicon::NameRef| sort.is_none_or(|sort| sort == sort_of_kind(name.kind));
        let near = words.index.ranked(typed, FEW, wanted);
        for (name, _) in near.into_iter().filter(|(_, alike)| *alike > 0) {
            best.entry((sort_of_kind(name.kind), &name.id)).or_insert((6, &name.written));
        }
    }
    let count = |id: &str| -> u32 {
        let heard = catalogue.entities.find(id).and_then(|at| catalogue.heard.get(at as usize));
        heard.map_or(0, |heard| heard.roles.iter().sum())
    };
    let mut found: Vec<(u8, u32, usize, Named)> = best
        .into_iter()
        .map(|((sort, id), (fits, matched))| {
            let (name, kind) =
                described(sort, id, words).unwrap_or_else(|| (matched.to_owned(), String::new()));
            let named = Named { id: id.to_owned(), sort, name, kind, matched: matched.to_owned() };
            // A name that begins so and one that sounds so are alike good; how often it is named decides.
            (fits / 2, count(id), matched.len(), named)
        })
        .collect();
    found.sort_by(|a, b| (a.0, b.1, a.2, &a.3.id).cmp(&(b.0, a.1, b.2, &b.3.id)));
    found.truncate(most);
    found.into_iter().map(|(.., named)| named).collect()
}

fn sort_of_kind(kind: NameKind) -> Sort {
    match kind {
        NameKind::Place => Sort::Place,
        NameKind::Actor | NameKind::Person => Sort::Actor,
        NameKind::Source => Sort::Source,
    }
}

/// Name and kind, as the lists have them.
fn described(sort: Sort, id: &str, words: &Words) -> Option<(String, String)> {
    match sort {
        Sort::Place => words.gazetteer.place(id).map(|place| (place.name.clone(), place.kind.clone())),
        Sort::Source => words.lexicon.source(id).map(|source| (source.name.clone(), source.kind.clone())),
        Sort::Actor => {
            let actor = words.lexicon.actor(id).map(|actor| (actor.name.clone(), actor.kind.clone()));
            actor.or_else(|| {
                words.lexicon.people.get(id).map(|person| (person.name.clone(), "person".to_owned()))
            })
        }
    }
}
