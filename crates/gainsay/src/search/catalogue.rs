//! What a search must know of a ledger at once: for each report its day, outlet and language, for each of its claims
//! the kind and whom it names. Texts and words stay in the ledger.

use std::collections::{BTreeMap, HashMap};

use gainsay_ledger::{ClaimKey, Ledger, ReportKey};
use gainsay_lexicon::{NameKind, Words};
use gainsay_model::{Claim, Date, EntityId, Filler, Kind};
use gainsay_weigh::slug;
use rayon::prelude::*;

use crate::Error;

/// So many claims are parsed at a time, on all cores.
const CHUNK: usize = 20_000;

/// Strings, each once, by number.
#[derive(Default)]
pub(super) struct Numbered {
    numbers: HashMap<String, u32>,
    strings: Vec<String>,
}

impl Numbered {
    fn number(&mut self, string: &str) -> u32 {
        if let Some(number) = self.numbers.get(string) {
            return *number;
        }
        let number = self.strings.len() as u32;
        self.strings.push(string.to_owned());
        self.numbers.insert(string.to_owned(), number);
        number
    }

    /// The number of a string; `None` where it is not here.
    pub fn find(&self, string: &str) -> Option<u32> {
        self.numbers.get(string).copied()
    }

    /// The strings, by number.
    pub fn all(&self) -> &[String] {
        &self.strings
    }
}

/// A report.
pub(super) struct Row {
    /// Its number in the ledger.
    pub number: i64,
    /// The day it was said.
    pub day: Option<Date>,
    /// Its outlet as written, among [`Catalogue::outlets`].
    pub outlet: Option<u32>,
    /// Its outlet, among [`Catalogue::entities`].
    pub outlet_id: Option<u32>,
    /// Its language, among [`Catalogue::languages`].
    pub language: Option<u32>,
    /// Its claims.
    claims: Vec<Short>,
    /// Whom these name, one claim's after the other's.
    named: Vec<u32>,
}

/// A claim in short.
struct Short {
    number: u32,
    kind: u8,
    /// Where its names end in those of the report.
    ends: u32,
}

/// A claim of the catalogue.
#[derive(Clone, Copy)]
pub(super) struct Entry<'c> {
    /// Its number in the ledger.
    pub number: i64,
    /// What it is about.
    pub kind: Option<Kind>,
    /// Whom and what it names, among [`Catalogue::entities`].
    pub named: &'c [u32],
}

/// Who is named: a place, an actor, a source, and how reports write it.
#[derive(Clone, Debug, Default)]
pub(super) struct Heard {
    /// Claims that name it as a place, as an actor, as a source.
    pub roles: [u32; 3],
    /// As a report wrote it first.
    pub mention: String,
}

/// All of it.
#[derive(Default)]
pub(super) struct Catalogue {
    /// Reports, in the order they were added.
    pub rows: Vec<Row>,
    /// Outlets as written.
    pub outlets: Numbered,
    /// Languages.
    pub languages: Numbered,
    /// Ids of entities.
    pub entities: Numbered,
    /// What is known of each.
    pub heard: Vec<Heard>,
    /// The last entry of the log that is in it.
    pub entry: u64,
    by_id: HashMap<String, u32>,
    /// Ids that mentions without one were taken for, by role.
    taken: HashMap<(usize, String), Option<u32>>,
}

impl Row {
    /// Its claims, in the order of the text.
    pub fn claims(&self) -> impl Iterator<Item = Entry<'_>> {
        let starts = std::iter::once(0).chain(self.claims.iter().map(|claim| claim.ends as usize));
        self.claims.iter().zip(starts).map(|(claim, start)| Entry {
            number: i64::from(claim.number),
            kind: Kind::ALL.get(usize::from(claim.kind)).copied(),
            named: &self.named[start..claim.ends as usize],
        })
    }
}

impl Catalogue {
    /// The catalogue of a ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger, words: &Words) -> Result<Catalogue, Error> {
        let mut catalogue = Catalogue::default();
        catalogue.follow(ledger, words)?;
        Ok(catalogue)
    }

    /// Takes in what was added since. False where reports were read anew: it is then of no use, and is to be made
    /// again.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn follow(&mut self, ledger: &Ledger, words: &Words) -> Result<bool, Error> {
        let (before, last) = (self.entry, ledger.last_entry()?);
        let known = self.rows.len();
        ledger.report_keys(before, |key| self.report(key, words))?;
        let mut anew = false;
        let mut chunk: Vec<ClaimKey> = Vec::new();
        ledger.claim_keys(before, |key| {
            chunk.push(key);
            if chunk.len() == CHUNK {
                anew |= !self.claims(std::mem::take(&mut chunk), known, words);
            }
        })?;
        anew |= !self.claims(chunk, known, words);
        // What was added while this was read is taken in the next time, and a report at most once.
        self.entry = last;
        Ok(!anew)
    }

    fn report(&mut self, key: ReportKey, words: &Words) {
        if self.by_id.contains_key(&key.id) {
            return;
        }
        self.by_id.insert(key.id, self.rows.len() as u32);
        let outlet_id = key.publisher.as_deref().and_then(|name| self.taken(2, name, words));
        if let (Some(at), Some(name)) = (outlet_id, &key.publisher) {
            self.hear(at, 2, name, 0);
        }
        self.rows.push(Row {
            number: key.number,
            day: key.published.and_then(|day| day.parse().ok()),
            outlet: key.publisher.map(|name| self.outlets.number(&name)),
            outlet_id,
            language: key.language.map(|language| self.languages.number(&language)),
            claims: Vec::new(),
            named: Vec::new(),
        });
    }

    /// Takes in claims; false where one is of a report that was known before and had claims.
    fn claims(&mut self, keys: Vec<ClaimKey>, known: usize, words: &Words) -> bool {
        let claims: Vec<Option<Claim>> =
            keys.par_iter().map(|key| serde_json::from_str(&key.json).ok()).collect();
        let mut sound = true;
        for (key, claim) in keys.iter().zip(claims) {
            let (Some(claim), Some(&at)) = (claim, self.by_id.get(&key.report)) else { continue };
            let number = u32::try_from(key.number).unwrap_or(u32::MAX);
            let row = &self.rows[at as usize];
            if row.claims.iter().any(|own| own.number == number) {
                continue;
            }
            sound &= (at as usize) >= known || row.claims.is_empty();
            let named = self.named(&claim, words);
            let row = &mut self.rows[at as usize];
            row.named.extend(named);
            let kind = Kind::ALL.iter().position(|own| *own == claim.kind).unwrap_or(usize::MAX);
            row.claims.push(Short {
                number,
                kind: u8::try_from(kind).unwrap_or(u8::MAX),
                ends: row.named.len() as u32,
            });
        }
        sound
    }

    /// Whom and what a claim names, each once.
    fn named(&mut self, claim: &Claim, words: &Words) -> Vec<u32> {
        let slots: [(usize, &[Filler], bool); 4] = [
            (0, &claim.place, true),
            (1, &claim.actor, true),
            // "people", "a school": whoever is done to is somebody where a list knows them.
            (1, &claim.target, false),
            (2, &claim.source, true),
        ];
        let mut all: Vec<u32> = Vec::new();
        for (role, fillers, anybody) in slots {
            for filler in fillers {
                let at = match filler.id() {
                    Some(id) => Some(self.entity(id)),
                    None if anybody => self.taken(role, &filler.mention, words),
                    None => None,
                };
                let Some(at) = at.filter(|at| !all.contains(at)) else { continue };
                self.hear(at, role, &filler.mention, 1);
                all.push(at);
            }
        }
        all
    }

    fn hear(&mut self, at: u32, role: usize, mention: &str, more: u32) {
        let heard = &mut self.heard[at as usize];
        heard.roles[role] += more;
        if heard.mention.is_empty() {
            mention.clone_into(&mut heard.mention);
        }
    }

    fn entity(&mut self, id: &str) -> u32 {
        let at = self.entities.number(id);
        if self.heard.len() <= at as usize {
            self.heard.resize_with(at as usize + 1, Heard::default);
        }
        at
    }

    /// Whom a mention without an id is taken for: the one entry of that name, else a name that only the ledger knows.
    fn taken(&mut self, role: usize, mention: &str, words: &Words) -> Option<u32> {
        if let Some(taken) = self.taken.get(&(role, mention.to_owned())) {
            return *taken;
        }
        let kinds = kinds(role);
        let mut ids: Vec<&EntityId> = words
            .index
            .find(mention)
            .iter()
            .filter(|name| kinds.contains(&name.kind))
            .map(|name| &name.id)
            .collect();
        ids.dedup();
        let own = match ids.as_slice() {
            [one] => (*one).clone(),
            _ => slug(mention),
        };
        let taken = (!own.is_empty()).then(|| self.entity(&own));
        self.taken.insert((role, mention.to_owned()), taken);
        taken
    }

    /// How often each of the entities that only the ledger knows is named, with the name that a report gave it.
    pub fn unlisted(&self, words: &Words) -> BTreeMap<&str, &Heard> {
        let listed = |id: &str| {
            words.gazetteer.places.contains_key(id)
                || words.lexicon.actors.contains_key(id)
                || words.lexicon.sources.contains_key(id)
                || words.lexicon.people.contains_key(id)
        };
        let all = self.entities.all().iter().zip(&self.heard);
        all.filter(|(id, _)| !listed(id)).map(|(id, heard)| (id.as_str(), heard)).collect()
    }

    /// The row of a report's number.
    pub fn row(&self, number: i64) -> Option<&Row> {
        // Numbers run on without gaps as long as nobody else wrote the file.
        let guess = usize::try_from(number - 1).ok().and_then(|at| self.rows.get(at));
        guess.filter(|row| row.number == number).or_else(|| {
            let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
            self.rows.get(at)
        })
    }
}

/// The lists that a role's names stand in.
pub(super) fn kinds(role: usize) -> &'static [NameKind] {
    match role {
        0 => &[NameKind::Place],
        1 => &[NameKind::Actor, NameKind::Person],
        _ => &[NameKind::Source, NameKind::Person, NameKind::Actor],
    }
}
