//! What a search must know of a ledger at once: for each report its day, outlet and language, for each of its claims
//! the kind and whom it names. Texts and words stay in the ledger.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

use gainsay_ledger::{ClaimKey, Ledger, ReportKey};
use gainsay_lexicon::{NameKind, Words};
use gainsay_model::{Claim, Date, EntityId, Filler, Kind};
use gainsay_weigh::slug;
use rayon::prelude::*;

use super::bits::Bits;
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
    /// Its claims among [`Catalogue::claims`].
    claims: (u32, u32),
}

/// A claim in short.
struct Short {
    number: u32,
    row: u32,
    kind: u8,
}

/// Claims as they are read, before they are put in the order of their reports.
#[derive(Default)]
struct Gathered {
    /// The report's row, the claim's number and kind, and where its names end.
    claims: Vec<(u32, u32, u8, u32)>,
    /// Whom they name, one claim's after the other's.
    named: Vec<u32>,
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
    /// Rows of reports, those said last first.
    pub newest: Vec<u32>,
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
    /// Claims, in the order of their reports, then of the text.
    claims: Vec<Short>,
    /// The claims that name each entity.
    naming: Vec<Vec<u32>>,
    /// The reports of each entity that is an outlet.
    reports_of: HashMap<u32, Vec<u32>>,
    by_id: HashMap<String, u32>,
    /// Ids that mentions without one were taken for, by role.
    taken: HashMap<(usize, String), Option<u32>>,
}

impl Catalogue {
    /// The catalogue of a ledger.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn of(ledger: &Ledger, words: &Words) -> Result<Catalogue, Error> {
        let mut catalogue = Catalogue::default();
        catalogue.follow(ledger, words)?;
        catalogue.naming.iter_mut().for_each(Vec::shrink_to_fit);
        Ok(catalogue)
    }

    /// Takes in what was added since. False where a report that was known was read anew: it is then of no use, and is
    /// to be made again.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn follow(&mut self, ledger: &Ledger, words: &Words) -> Result<bool, Error> {
        let (before, last) = (self.entry, ledger.last_entry()?);
        let known = self.rows.len();
        ledger.report_keys(before, |key| self.report(key, words))?;
        let mut gathered = Gathered::default();
        let mut chunk: Vec<ClaimKey> = Vec::new();
        ledger.claim_keys(before, |key| {
            chunk.push(key);
            if chunk.len() == CHUNK {
                self.gather(std::mem::take(&mut chunk), &mut gathered, words);
            }
        })?;
        self.gather(chunk, &mut gathered, words);
        // What was added while this was read is met again the next time; what is in it already is passed over.
        self.entry = last;
        let sound = gathered.claims.iter().all(|(row, ..)| *row as usize >= known);
        self.place(gathered);
        if self.rows.len() > known {
            self.newest = (0..self.rows.len() as u32).collect();
            let rows = &self.rows;
            let newest = |at: &u32| {
                let row = &rows[*at as usize];
                (Reverse(row.day), Reverse(row.number))
            };
            self.newest.sort_unstable_by_key(newest);
        }
        Ok(sound)
    }

    fn report(&mut self, key: ReportKey, words: &Words) {
        if self.by_id.contains_key(&key.id) {
            return;
        }
        let at = self.rows.len() as u32;
        self.by_id.insert(key.id, at);
        let outlet_id = key.publisher.as_deref().and_then(|name| self.taken(2, name, words));
        if let (Some(id), Some(name)) = (outlet_id, &key.publisher) {
            self.hear(id, 2, name, 0);
            self.reports_of.entry(id).or_default().push(at);
        }
        self.rows.push(Row {
            number: key.number,
            day: key.published.and_then(|day| day.parse().ok()),
            outlet: key.publisher.map(|name| self.outlets.number(&name)),
            outlet_id,
            language: key.language.map(|language| self.languages.number(&language)),
            claims: (0, 0),
        });
    }

    /// Reads claims, and whom they name.
    fn gather(&mut self, keys: Vec<ClaimKey>, gathered: &mut Gathered, words: &Words) {
        let claims: Vec<Option<Claim>> =
            keys.par_iter().map(|key| serde_json::from_str(&key.json).ok()).collect();
        for (key, claim) in keys.iter().zip(claims) {
            let (Some(claim), Some(&row)) = (claim, self.by_id.get(&key.report)) else { continue };
            let number = u32::try_from(key.number).unwrap_or(u32::MAX);
            let (from, to) = self.rows[row as usize].claims;
            if self.claims[from as usize..to as usize].iter().any(|own| own.number == number) {
                continue;
            }
            let named = self.named(&claim, words);
            gathered.named.extend(named);
            let kind = Kind::ALL.iter().position(|own| *own == claim.kind).unwrap_or(usize::MAX);
            let kind = u8::try_from(kind).unwrap_or(u8::MAX);
            gathered.claims.push((row, number, kind, gathered.named.len() as u32));
        }
    }

    /// Puts claims in their places, report by report.
    fn place(&mut self, gathered: Gathered) {
        let starts = std::iter::once(0).chain(gathered.claims.iter().map(|claim| claim.3));
        let mut all: Vec<((u32, u32, u8, u32), u32)> = gathered.claims.iter().copied().zip(starts).collect();
        // Several readers may have read a report, one long after the other.
        all.sort_by_key(|((row, ..), _)| *row);
        for ((row, number, kind, end), start) in all {
            let at = self.claims.len() as u32;
            let claims = &mut self.rows[row as usize].claims;
            if claims.1 != at {
                claims.0 = at;
            }
            claims.1 = at + 1;
            self.claims.push(Short { number, row, kind });
            for entity in &gathered.named[start as usize..end as usize] {
                self.naming[*entity as usize].push(at);
            }
        }
    }

    /// A report's claims, by their places among all.
    pub fn claims_of(&self, row: u32) -> std::ops::Range<u32> {
        self.rows.get(row as usize).map_or(0..0, |row| row.claims.0..row.claims.1)
    }

    /// The number in the ledger of a claim.
    pub fn number(&self, claim: u32) -> i64 {
        i64::from(self.claims[claim as usize].number)
    }

    /// The claims that name one of these, and those of reports that are theirs.
    pub fn claims_naming(&self, ids: &[u32]) -> Bits {
        let mut bits = Bits::none(self.claims.len());
        for id in ids {
            self.naming[*id as usize].iter().for_each(|claim| bits.put(*claim));
            for row in self.reports_of.get(id).into_iter().flatten() {
                let claims = self.claims_of(*row);
                bits.fill(claims.start as usize, claims.end as usize);
            }
        }
        bits
    }

    /// The reports with a claim that names one of these, and those that are theirs.
    pub fn rows_naming(&self, ids: &[u32]) -> Bits {
        let mut bits = Bits::none(self.rows.len());
        for id in ids {
            self.naming[*id as usize].iter().for_each(|claim| bits.put(self.row_of(*claim)));
            self.reports_of.get(id).into_iter().flatten().for_each(|row| bits.put(*row));
        }
        bits
    }

    /// The claims of these kinds that name one of these places; of all kinds and places where nothing is said.
    pub fn claims_about(&self, kinds: &[Kind], places: Option<&[u32]>) -> Bits {
        let mut bits = match places {
            Some(places) => {
                let mut bits = Bits::none(self.claims.len());
                let naming = places.iter().flat_map(|id| &self.naming[*id as usize]);
                naming.for_each(|claim| bits.put(*claim));
                bits
            }
            None => Bits::all(self.claims.len()),
        };
        if !kinds.is_empty() {
            let mut wanted = Bits::none(self.claims.len());
            for (at, claim) in self.claims.iter().enumerate() {
                if Kind::ALL.get(usize::from(claim.kind)).is_some_and(|kind| kinds.contains(kind)) {
                    wanted.put(at as u32);
                }
            }
            bits.keep(&wanted);
        }
        bits
    }

    /// The reports that hold one of these claims.
    pub fn rows_of(&self, claims: &Bits) -> Bits {
        let mut bits = Bits::none(self.rows.len());
        for row in 0..self.rows.len() as u32 {
            if self.claims_of(row).any(|claim| claims.has(claim)) {
                bits.put(row);
            }
        }
        bits
    }

    /// The row of the report that a claim is of.
    fn row_of(&self, claim: u32) -> u32 {
        self.claims[claim as usize].row
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
            self.naming.resize_with(at as usize + 1, Vec::new);
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
            words.gazetteer.place(id).is_some()
                || words.lexicon.actors.contains_key(id)
                || words.lexicon.sources.contains_key(id)
                || words.lexicon.people.contains_key(id)
        };
        let all = self.entities.all().iter().zip(&self.heard);
        all.filter(|(id, _)| !listed(id)).map(|(id, heard)| (id.as_str(), heard)).collect()
    }

    /// The row of a report's number.
    pub fn row(&self, number: i64) -> Option<u32> {
        // Numbers run on without gaps as long as nobody else wrote the file.
        let guess = usize::try_from(number - 1)
            .ok()
            .filter(|at| self.rows.get(*at).is_some_and(|row| row.number == number));
        let found = guess.or_else(|| self.rows.binary_search_by_key(&number, |row| row.number).ok());
        found.and_then(|at| u32::try_from(at).ok())
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
