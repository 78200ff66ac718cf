//! The private persons that claims, titles and texts name: found once, kept, and the same wherever they are asked for.

use std::collections::{BTreeMap, BTreeSet};

use gainsay_lexicon::{Words, fold};
use gainsay_model::{Claim, Filler};
use serde::{Deserialize, Serialize};

use super::person;
use crate::clean::{clean, clean_lines};

/// Private persons, and which reports name them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct People {
    /// By folded name.
    pub(super) people: BTreeMap<String, Person>,
    /// Folded names by report; a report that was looked through and names nobody is there too.
    pub(super) by_report: BTreeMap<String, BTreeSet<String>>,
    /// Mentions that name a person, by their folded words: weighing makes ids of them.
    pub(super) mentions: BTreeMap<String, String>,
    /// Folded names of those to whom a report gives an office that makes them public figures, by report.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) offices: BTreeMap<String, BTreeSet<String>>,
}

/// A private person.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Person {
    /// The name as first met.
    pub spelling: String,
    /// What they do, where the words beside the name say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
}

impl People {
    /// Whether a report was looked through.
    pub fn knows(&self, report: &str) -> bool {
        self.by_report.contains_key(report)
    }

    /// How many persons there are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether nobody was found.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }

    /// Calls reports by other ids.
    pub fn rename(&mut self, id: impl Fn(&str) -> String) {
        for by in [&mut self.by_report, &mut self.offices] {
            *by = std::mem::take(by).into_iter().map(|(report, keys)| (id(&report), keys)).collect();
        }
    }

    /// Notes that a report was looked through.
    pub fn looked_through(&mut self, report: &str) {
        self.by_report.entry(report.to_owned()).or_default();
    }

    /// Takes in those that another looking-through found; of two spellings of a name the lesser stays.
    pub fn join(&mut self, other: People) {
        for (key, person) in other.people {
            let own = self.people.entry(key).or_insert_with(|| person.clone());
            if person.spelling < own.spelling {
                own.spelling = person.spelling;
            }
            own.role = match (own.role.take(), person.role) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        for (report, keys) in other.by_report {
            self.by_report.entry(report).or_default().extend(keys);
        }
        self.mentions.extend(other.mentions);
        for (report, keys) in other.offices {
            self.offices.entry(report).or_default().extend(keys);
        }
    }

    /// Whether a report makes a public figure of somebody, and nothing else that is known of them speaks against it.
    pub(super) fn is_public_in(&self, report: &str, key: &str) -> bool {
        let private = |person: &Person| person.role.as_deref().is_some_and(|role| !person::is_office(role));
        self.offices.get(report).is_some_and(|keys| keys.contains(key))
            && !self.people.get(key).is_some_and(private)
    }

    /// Whether somebody is private anywhere.
    pub(super) fn is_private(&self, key: &str, named_in: &BTreeMap<&str, Vec<&str>>) -> bool {
        match named_in.get(key) {
            Some(reports) => reports.iter().any(|report| !self.is_public_in(report, key)),
            // Of no report: the texts beside it say who is meant.
            None => !self.is_public_in("", key),
        }
    }

    /// The reports that name each.
    pub(super) fn named_in(&self) -> BTreeMap<&str, Vec<&str>> {
        let mut named: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (report, keys) in &self.by_report {
            keys.iter().for_each(|key| named.entry(key).or_default().push(report));
        }
        named
    }

    /// Notes whoever wrote a report.
    pub fn author(&mut self, words: &Words, author: &str, report: &str) {
        self.in_mention(words, author, report);
    }

    /// Notes those that running text of a report names: its text, its title, a quote.
    pub fn text(&mut self, words: &Words, text: &str, report: &str) {
        let text = clean_lines(text);
        let named = person::in_text(words, &text);
        named.private.iter().for_each(|word| self.note(&text, word, report));
        named.public.iter().for_each(|word| self.office(word.text, report));
    }

    /// Notes those that a claim names: in its quotes, and as whoever speaks, acts, suffers, or gave a place its name.
    pub fn claim(&mut self, words: &Words, claim: &Claim) {
        let report = claim.document.as_str();
        self.looked_through(report);
        for quote in &claim.evidence {
            self.text(words, &quote.exact, report);
        }
        for place in claim.place.iter().filter(|place| !is_listed(words, place)) {
            self.text(words, &place.mention, report);
        }
        for filler in claim.source.iter().chain(&claim.actor).chain(&claim.target) {
            if is_listed(words, filler) {
                continue;
            }
            for found in self.in_mention(words, &filler.mention, report) {
                // The same name in the quote may stand beside what the person does.
                for quote in &claim.evidence {
                    let quote = clean(&quote.exact);
                    if let Some(start) = quote.find(&found) {
                        let inside = person::Word { start, end: start + found.len(), text: &found };
                        self.note(&quote, &inside, report);
                    }
                }
            }
            // An id made of a mention carries a name of its own.
            if let Some(entity) = &filler.entity {
                self.in_mention(words, &entity.name, report);
            }
        }
    }

    /// Notes and gives those that words name which stand for whoever speaks, acts or suffers.
    pub(super) fn in_mention(&mut self, words: &Words, mention: &str, report: &str) -> Vec<String> {
        let mention = clean(mention);
        let mut found = person::in_mention(words, &mention);
        found.retain(|word| {
            let office = person::holds_office(&mention, word);
            if office {
                self.office(word.text, report);
            }
            !office
        });
        found.iter().for_each(|word| self.note(&mention, word, report));
        if !found.is_empty() {
            self.mention(&mention);
        }
        found.iter().map(|word| word.text.to_owned()).collect()
    }

    /// Notes a mention as an id may be made of it: an id leaves out an article before it.
    fn mention(&mut self, mention: &str) {
        let bare =
            mention.get(..4).filter(|article| article.eq_ignore_ascii_case("the ")).map(|_| &mention[4..]);
        for words in [Some(mention), bare].into_iter().flatten() {
            let known = self.mentions.entry(fold::key(words)).or_insert_with(|| mention.to_owned());
            if mention < known.as_str() {
                *known = mention.to_owned();
            }
        }
    }

    fn office(&mut self, name: &str, report: &str) {
        self.offices.entry(report.to_owned()).or_default().insert(fold::key(name));
    }

    fn note(&mut self, text: &str, word: &person::Word, report: &str) {
        let key = fold::key(word.text);
        if key.is_empty() {
            return;
        }
        if !report.is_empty() {
            self.by_report.entry(report.to_owned()).or_default().insert(key.clone());
        }
        let person = self.people.entry(key).or_default();
        if person.role.is_none() {
            person.role = person::role(text, word).map(str::to_owned);
        }
        if person.spelling.is_empty() {
            person.spelling = clean(word.text);
        }
    }
}

/// Whether the lists know what fills a slot.
fn is_listed(words: &Words, filler: &Filler) -> bool {
    filler.id().is_some_and(|id| is_known(words, id))
}

/// Whether the lists know an id.
pub(crate) fn is_known(words: &Words, id: &str) -> bool {
    words.lexicon.name(id) != id || words.gazetteer.place(id).is_some()
}
