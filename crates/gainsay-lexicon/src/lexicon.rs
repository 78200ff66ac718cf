//! Actors, sources and public figures, with all the names reports give them.

use std::collections::BTreeMap;

use crate::history::Change;
use crate::table::{Row, TableError, rows};

/// A party to the conflict, or one that acts in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Readable and stable.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// state, government, army, armed-group, militia, coalition, police, political, tribe, agency, unit, generic.
    pub kind: String,
    /// Whose side: government, islamic-state, opposition, kurdish, jihadist, coalition …
    pub side: String,
    /// What it is a part of.
    pub part_of: Option<String>,
    /// The actor it succeeds under a new name.
    pub follows: Option<String>,
    /// First day or year under this name.
    pub from: Option<String>,
    /// Last day or year under this name.
    pub to: Option<String>,
    /// Proper names, beside the canonical one.
    pub names: Vec<String>,
    /// Common-noun phrases that stand for it ("the regime").
    pub phrases: Vec<String>,
}

/// An outlet, agency, monitor, ministry or organisation that reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceEntry {
    /// Readable and stable.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// agency, newspaper, broadcaster, site, monitor, organisation, ministry, official, party-media, social, blog.
    pub kind: String,
    /// Whose side, in the words of [`Actor::side`].
    pub side: String,
    /// The actor or source it belongs to.
    pub belongs_to: Option<String>,
    /// Country id.
    pub country: Option<String>,
    /// Web domain.
    pub domain: Option<String>,
    /// Proper names, beside the canonical one.
    pub names: Vec<String>,
    /// Common-noun phrases that stand for it ("state media").
    pub phrases: Vec<String>,
}

/// A public figure who speaks or acts for somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Readable and stable.
    pub id: String,
    /// Canonical name.
    pub name: String,
    /// Office.
    pub role: String,
    /// The actor or source they speak for.
    pub belongs_to: Option<String>,
    /// Other spellings.
    pub names: Vec<String>,
}

/// A list of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum List {
    /// Parties to the conflict.
    Actors,
    /// Who reports.
    Sources,
    /// Public figures.
    People,
}

/// Who there is.
#[derive(Debug, Default)]
pub struct Lexicon {
    /// By id.
    pub actors: BTreeMap<String, Actor>,
    /// By id.
    pub sources: BTreeMap<String, SourceEntry>,
    /// By id.
    pub people: BTreeMap<String, Person>,
    /// How actors changed, sorted by actor.
    pub history: Vec<Change>,
}

impl Lexicon {
    /// The lists under `data/lexicon`.
    ///
    /// # Errors
    /// A row that cannot be read, or an id given twice.
    pub fn load() -> Result<Lexicon, TableError> {
        let mut lexicon = Lexicon::default();
        for (file, list, text) in [
            ("actors.tsv", List::Actors, include_str!("../data/lexicon/actors.tsv")),
            ("sources.tsv", List::Sources, include_str!("../data/lexicon/sources.tsv")),
            ("people.tsv", List::People, include_str!("../data/lexicon/people.tsv")),
        ] {
            for row in rows(file, text)? {
                if !lexicon.put(list, &row) {
                    return Err(row.error("this id stands above already"));
                }
            }
        }
        lexicon.history = crate::history::load(&lexicon)?;
        Ok(lexicon)
    }

    /// Adds a row of a list, in the place of one that has its id; whether there was none.
    pub(crate) fn put(&mut self, list: List, row: &Row) -> bool {
        let own = |column: &str| row.opt(column).map(str::to_string);
        let id = row.get("id").to_string();
        let (names, phrases) = split(row.list("names"));
        match list {
            List::Actors => {
                let actor = Actor {
                    id: id.clone(),
                    name: row.get("name").into(),
                    kind: row.get("kind").into(),
                    side: row.get("side").into(),
                    part_of: own("part_of"),
                    follows: own("follows"),
                    from: own("from"),
                    to: own("to"),
                    names,
                    phrases,
                };
                self.actors.insert(id, actor).is_none()
            }
            List::Sources => {
                let source = SourceEntry {
                    id: id.clone(),
                    name: row.get("name").into(),
                    kind: row.get("kind").into(),
                    side: row.get("side").into(),
                    belongs_to: own("belongs_to"),
                    country: own("country"),
                    domain: own("domain"),
                    names,
                    phrases,
                };
                self.sources.insert(id, source).is_none()
            }
            List::People => {
                let person = Person {
                    id: id.clone(),
                    name: row.get("name").into(),
                    role: row.get("role").into(),
                    belongs_to: own("belongs_to"),
                    names: row.list("names").map(str::to_string).collect(),
                };
                self.people.insert(id, person).is_none()
            }
        }
    }

    /// The actor with this id.
    pub fn actor(&self, id: &str) -> Option<&Actor> {
        self.actors.get(id)
    }

    /// The source with this id.
    pub fn source(&self, id: &str) -> Option<&SourceEntry> {
        self.sources.get(id)
    }

    /// Whose side an actor, source or public figure is on; `None` for an unknown id.
    pub fn side(&self, id: &str) -> Option<&str> {
        if let Some(actor) = self.actors.get(id) {
            return Some(&actor.side);
        }
        if let Some(source) = self.sources.get(id) {
            return Some(&source.side);
        }
        self.people
            .get(id)?
            .belongs_to
            .as_deref()
            .filter(|owner| *owner != id)
            .and_then(|owner| self.side(owner))
    }

    /// The name of an actor, source or public figure; the id itself where unknown.
    pub fn name<'a>(&'a self, id: &'a str) -> &'a str {
        let actor = self.actors.get(id).map(|actor| &actor.name);
        let source = || self.sources.get(id).map(|source| &source.name);
        let person = || self.people.get(id).map(|person| &person.name);
        actor.or_else(source).or_else(person).map_or(id, String::as_str)
    }

    /// The actor and everything it is a part of, from itself outward.
    pub fn wholes<'a>(&'a self, id: &'a str) -> Vec<&'a str> {
        let mut chain = vec![id];
        while let Some(whole) =
            self.actors.get(chain[chain.len() - 1]).and_then(|actor| actor.part_of.as_deref())
        {
            if chain.contains(&whole) {
                break;
            }
            chain.push(whole);
        }
        chain
    }
}

/// Proper names, and the common-noun phrases marked by `~`.
fn split<'a>(names: impl Iterator<Item = &'a str>) -> (Vec<String>, Vec<String>) {
    let (phrases, names): (Vec<&str>, Vec<&str>) = names.partition(|name| name.starts_with('~'));
    let phrase = |phrase: &str| phrase.trim_start_matches('~').trim_start_matches("the ").to_lowercase();
    (names.into_iter().map(str::to_string).collect(), phrases.into_iter().map(phrase).collect())
}
