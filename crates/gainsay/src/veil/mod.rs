//! The veil: private persons kept from those who may not know them, in every answer.
//!
//! **Takes** the private persons of a ledger ([`PrivateNames`], found once and kept with the answers) and any JSON or
//! CSV that the desk gives.
//! **Gives** the same with pseudonyms in the place of names, also inside quotes, titles and the text of a report, whose
//! marks are set anew; ids and addresses made of names become signs that only the veil reads.
//! **Never** touches what the word lists know: public figures, groups and places keep their names.

mod asked;
mod ids;
mod walk;

#[cfg(test)]
mod tests;

use std::path::Path;

use gainsay_lexicon::Words;
use gainsay_model::Report;
use gainsay_publish::names::{self, Hidden, People};

pub use gainsay_publish::names::Edit;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Error;
use crate::shelf::Shelf;

/// The private persons that a ledger names. Never given to anybody; what their pseudonyms are made from is kept apart, in
/// the ledger's keys ([`crate::keys::pseudonyms`]).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrivateNames {
    people: People,
}

/// What tells the rules that private persons are found by from those of other versions.
pub(crate) fn rules() -> String {
    names::rules()
}

/// So many texts are in memory at once while names are looked for.
const AT_ONCE: usize = 512;

impl PrivateNames {
    /// Looks through the texts, titles and claims of a ledger. Of reports that were looked through `before` only
    /// claims that people corrected are looked at again.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn gather(path: &Path, shelf: &Shelf, before: Option<PrivateNames>) -> Result<PrivateNames, Error> {
        let ledger = crate::keys::read(path)?;
        let words = shelf.words();
        let mut people = before.map(|before| before.people).unwrap_or_default();
        let decided = shelf.decided.of_claims();
        let claims: Vec<_> = shelf
            .all()
            // What somebody else read may have come long after the report.
            .filter(|claim| {
                let later = claim.reader.contains('@') || decided.contains_key(claim.id.as_str());
                later || !people.knows(&claim.document)
            })
            .collect();
        let new: Vec<&str> =
            shelf.heads.iter().map(|head| head.id.as_str()).filter(|id| !people.knows(id)).collect();
        for some in new.chunks(AT_ONCE) {
            let mut texts = Vec::with_capacity(some.len());
            for id in some {
                texts.extend(ledger.report(id)?.map(|stored| stored.report));
            }
            look_through(&mut people, words, &texts);
        }
        let found = claims.par_chunks(AT_ONCE).map(|claims| {
            let mut people = People::default();
            claims.iter().for_each(|claim| people.claim(words, claim));
            people
        });
        for found in found.collect::<Vec<_>>() {
            people.join(found);
        }
        Ok(PrivateNames { people })
    }

    /// The same of reports and claims that no ledger keeps; and the salt of their pseudonyms, which whoever has the
    /// reports can make again, and needs no pseudonyms.
    pub fn loose(reports: &[Report], shelf: &Shelf) -> (PrivateNames, String) {
        let words = shelf.words();
        let mut people = People::default();
        reports.chunks(AT_ONCE).for_each(|some| look_through(&mut people, words, some));
        shelf.claims.iter().for_each(|claim| people.claim(words, claim));
        // Pseudonyms stay what they are as long as the reports do.
        let all: String = shelf.heads.iter().map(|head| head.sha_text.as_str()).collect();
        (PrivateNames { people }, gainsay_ledger::text_hash(&all))
    }

    /// How many private persons there are.
    pub fn len(&self) -> usize {
        self.people.len()
    }

    /// Whether the ledger names none.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty()
    }
}

/// Looks for private persons in titles, outlets and texts.
fn look_through(people: &mut People, words: &Words, reports: &[Report]) {
    let found = reports.par_iter().map(|report| {
        let mut people = People::default();
        people.looked_through(&report.id);
        people.text(words, report.title.as_deref().unwrap_or_default(), &report.id);
        people.text(words, report.publisher.as_deref().unwrap_or_default(), &report.id);
        people.author(words, report.author.as_deref().unwrap_or_default(), &report.id);
        people.text(words, &report.text, &report.id);
        people
    });
    for found in found.collect::<Vec<_>>() {
        people.join(found);
    }
}

/// A veil, ready to be laid over answers; cheap to share, made once for all of them.
pub struct Veil {
    words: &'static Words,
    hidden: Hidden,
    key: [u8; 32],
}

impl Veil {
    /// The veil over a ledger that names these persons, with pseudonyms made from this salt.
    pub fn new(names: &PrivateNames, salt: &str) -> Veil {
        Veil { words: crate::words::settled(), hidden: Hidden::of(&names.people, salt), key: ids::key(salt) }
    }

    /// Lays the veil over a JSON answer.
    pub fn json(&self, value: &mut Value) {
        walk::Walk::over(self, false).value(value);
    }

    /// Lays the veil over the answer to a search: what was found only by a name that is hidden is left out, so that
    /// nobody finds a name by trying.
    pub fn found(&self, value: &mut Value) {
        walk::Walk::over(self, true).value(value);
    }

    /// Text with pseudonyms; `report` is the id of the report it is from, if from one.
    pub fn text(&self, text: &str, report: Option<&str>) -> String {
        let here = report.and_then(|report| self.hidden.here(report));
        self.hidden.text(text, &here.unwrap_or_else(|| self.hidden.look(self.words, [text], [])))
    }

    /// What is written in the place of private names in a text, in bytes; `report` is the id of the report it is from.
    pub fn edits(&self, text: &str, report: Option<&str>) -> Vec<Edit> {
        let here = report.and_then(|report| self.hidden.here(report));
        self.hidden.edits(text, &here.unwrap_or_else(|| self.hidden.look(self.words, [text], [])))
    }

    /// Lays the veil over a table of comma-separated values.
    pub fn csv(&self, table: &str) -> String {
        let mut walk = walk::Walk::over(self, false);
        gainsay_publish::csv::cells(table, &mut |cell| walk.cell(cell))
    }

    /// What stands for somebody of whom it is known that this is their name, such as who wrote a report or took a
    /// decision: `what` and a code, unless the word lists know them.
    pub fn person(&self, name: &str, what: &str) -> String {
        match !self.words.index.find(name).is_empty() || names::is_generic(self.words, name) {
            true => self.text(name, None),
            false => self.hidden.nobody(name).replacen("Person", what, 1),
        }
    }

    /// The sign that stands for an id which holds a private name; other ids as they are.
    pub fn id(&self, id: &str) -> String {
        if self.is_private(id) { ids::veil(&self.key, id) } else { id.to_owned() }
    }

    /// The id that a sign stands for; `None` for whatever is no sign of this veil.
    pub fn unveil(&self, sign: &str) -> Option<String> {
        ids::unveil(&self.key, sign)
    }

    /// What is asked for by a part of an address, by somebody behind the veil: signs read, names put out of reach.
    pub fn asked(&self, words: &str) -> String {
        asked::asked(self, words)
    }

    /// Whether an id holds the name of a private person.
    fn is_private(&self, id: &str) -> bool {
        !self.is_listed(id) && self.hidden.is_in_id(id)
    }

    fn is_listed(&self, id: &str) -> bool {
        self.words.lexicon.name(id) != id || self.words.gazetteer.place(id).is_some()
    }

    /// The name of somebody or something that no list knows.
    fn name(&self, id: &str, name: &str) -> String {
        let private = self.is_private(id);
        let shown = self.hidden.mention(id).filter(|_| private).unwrap_or(name);
        let here = self.hidden.look(self.words, [shown], [shown]);
        let hidden = self.hidden.text(shown, &here);
        match private && hidden == shown && !names::is_generic(self.words, shown) || private && hidden == name
        {
            true => self.hidden.nobody(id),
            false => hidden,
        }
    }
}
