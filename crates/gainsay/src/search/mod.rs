//! Search: reports by their words, claims by whom they name and by their words, names in any spelling or script.
//!
//! **Takes** what somebody typed, and filters.
//! **Gives** reports with the words that were looked for, claims, and names; a page at a time.
//! **Never** weighs, and never changes the ledger: texts are found by the ledger's own index of words, all else by a
//! small catalogue that is kept in memory and follows the ledger.

mod bits;
mod catalogue;
mod directory;
mod query;
mod snippet;
mod spelling;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

use gainsay_ledger::{Action, Ledger, Phrase, Sought};
use gainsay_lexicon::{NameKind, Words};
use gainsay_model::{Claim, Date, EntityId, Kind};

use crate::Error;
use bits::Bits;
use catalogue::Catalogue;
use directory::Directory;
pub use directory::{Named, Sort};
use query::{Query, Term};
use snippet::Finder;
pub use snippet::Piece;

/// Up to so many reports found are put in order by how well they fit; of more, the newest come first.
const RANKED: usize = 2_000;
/// So many claims are read from the ledger at most to find those with the words of a search.
const READ: usize = 1_500;
/// So many at a time.
const AT_ONCE: usize = 60;
/// So many names are given.
const NAMES: usize = 10;
/// So many connections to the ledger are kept.
const KEPT: usize = 8;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asked {
    /// What was typed.
    pub typed: String,
    /// Places, by any name or their ids; each with all it contains.
    pub place: Vec<EntityId>,
    /// First day it was said.
    pub from: Option<Date>,
    /// Last day it was said.
    pub to: Option<Date>,
    /// Outlets, as reports or lists write them, or their ids.
    pub outlet: Vec<String>,
    /// Languages, as codes.
    pub language: Vec<String>,
    /// Kinds of claims.
    pub kind: Vec<Kind>,
}

/// Which page of what was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// How many were on the pages before.
    pub after: usize,
    /// How many to give.
    pub limit: usize,
}

/// A page of something.
#[derive(Clone, Debug, PartialEq)]
pub struct Listed<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// How many there are in all, where that is known.
    pub total: Option<usize>,
    /// Where the next page begins.
    pub next: Option<usize>,
}

/// A report that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its id.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// The outlet, as written.
    pub publisher: Option<String>,
    /// The day it was said.
    pub published: Option<String>,
    /// The language, as a code.
    pub language: Option<String>,
    /// Words of its text around what was looked for; its first words where that does not stand in it.
    pub pieces: Vec<Piece>,
}

/// Other spellings that were looked for beside a typed name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Also {
    /// As it was typed.
    pub typed: String,
    /// Whom it may mean.
    pub ids: Vec<EntityId>,
    /// The other spellings.
    pub spellings: Vec<String>,
}

/// Searching in one ledger.
pub struct Search {
    ledger: PathBuf,
    words: &'static Words,
    known: RwLock<Option<Known>>,
    /// Held while the catalogue is made or follows.
    making: Mutex<()>,
    spare: Mutex<Vec<Ledger>>,
}

struct Known {
    catalogue: Catalogue,
    unlisted: Directory,
}

/// A search that was taken apart, with the reports that its words stand in.
pub struct Asking<'s> {
    search: &'s Search,
    ledger: &'s Ledger,
    known: &'s Known,
    query: Query,
    sought: Sought,
    filter: Filter,
}

/// What the filters let through; `None` is everything.
struct Filter {
    /// Reports, whatever their claims.
    rows: Option<Bits>,
    /// Claims, whatever their reports.
    claims: Option<Bits>,
}

impl Search {
    /// Over the ledger at this path, which is read when something is first asked or [`Search::make`] is called.
    pub fn over(ledger: &Path) -> Search {
        Search {
            ledger: ledger.to_owned(),
            // Where the lists are damaged, whatever else opens the ledger says so.
            words: crate::words::of(ledger).unwrap_or_else(|_| Words::builtin()),
            known: RwLock::new(None),
            making: Mutex::new(()),
            spare: Mutex::new(Vec::new()),
        }
    }

    /// Makes the catalogue, or lets it follow the ledger where it is made. Takes some seconds for a million claims.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn make(&self) -> Result<(), Error> {
        self.with(|_, _| Ok(()))
    }

    /// Whether the catalogue is made.
    pub fn is_made(&self) -> bool {
        self.read().is_some()
    }

    /// Takes a search apart and hands it to `answer`.
    ///
    /// # Errors
    /// When what was typed is too long, or the ledger cannot be read; those of `answer`.
    pub fn ask<T>(
        &self,
        asked: &Asked,
        answer: impl FnOnce(&Asking<'_>) -> Result<T, Error>,
    ) -> Result<T, Error> {
        self.with(|ledger, known| {
            let mut heard = |phrase: &Phrase| -> Result<usize, Error> {
                let sought = Sought { all: vec![vec![phrase.clone()]], none: Vec::new() };
                Ok(ledger.reports_with(&sought)?.len())
            };
            let query = Query::of(&asked.typed, self.words, &mut heard)?;
            let all = query.terms.iter().map(|term| term.phrases.clone()).collect();
            let sought = Sought { all, none: query.none.clone() };
            let filter = self.filter(asked, &known.catalogue);
            answer(&Asking { search: self, ledger, known, query, sought, filter })
        })
    }

    /// The entities whose names begin with what was typed, at most ten.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn suggest(&self, typed: &str, sort: Option<Sort>) -> Result<Vec<Named>, Error> {
        let typed: String = typed.chars().take(80).collect();
        self.with(|_, known| {
            let names = (&known.catalogue, &known.unlisted);
            Ok(directory::names(&typed, sort, NAMES, names, self.words))
        })
    }

    /// Calls `job` with a connection and the catalogue as it stands with the ledger.
    fn with<T>(&self, job: impl FnOnce(&Ledger, &Known) -> Result<T, Error>) -> Result<T, Error> {
        let spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let ledger = match spare {
            Some(ledger) => ledger,
            None => crate::keys::read(&self.ledger)?,
        };
        self.follow(&ledger)?;
        let known = self.read();
        let Some(stands) = known.as_ref() else { return Err(Error::wrong("the ledger was not read")) };
        let done = job(&ledger, stands)?;
        drop(known);
        let mut spare = self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        if spare.len() < KEPT {
            spare.push(ledger);
        }
        Ok(done)
    }

    fn read(&self) -> RwLockReadGuard<'_, Option<Known>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Makes the catalogue where there is none, and takes in what is new. While another does so, what is known serves.
    fn follow(&self, ledger: &Ledger) -> Result<(), Error> {
        let last = ledger.last_entry()?;
        let stands = self.read().as_ref().map(|known| known.catalogue.entry);
        if stands == Some(last) {
            return Ok(());
        }
        let _making = match stands {
            None => self.making.lock().unwrap_or_else(PoisonError::into_inner),
            Some(_) => match self.making.try_lock() {
                Ok(making) => making,
                Err(_) => return Ok(()),
            },
        };
        let mut sound = true;
        if self.read().is_some() {
            let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
            if let Some(known) = known.as_mut().filter(|known| known.catalogue.entry != last) {
                let claims = known.catalogue.heard.len();
                let before = known.catalogue.entry;
                // A removed report is still in it, with all its names.
                let removed =
                    ledger.entries_of(Action::ReportRemoved)?.last().is_some_and(|one| one.seq > before);
                sound = before < last && !removed && known.catalogue.follow(ledger, self.words)?;
                if known.catalogue.heard.len() != claims {
                    known.unlisted = Directory::unlisted(&known.catalogue, self.words);
                }
            }
            if sound {
                return Ok(());
            }
        }
        let catalogue = Catalogue::of(ledger, self.words)?;
        Directory::listed(self.words);
        let unlisted = Directory::unlisted(&catalogue, self.words);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Known { catalogue, unlisted });
        Ok(())
    }

    fn filter(&self, asked: &Asked, catalogue: &Catalogue) -> Filter {
        Filter { rows: self.rows(asked, catalogue), claims: self.claims(asked, catalogue) }
    }

    /// Reports of the days, outlets and languages that are asked for.
    fn rows(&self, asked: &Asked, catalogue: &Catalogue) -> Option<Bits> {
        let days = asked.from.is_some() || asked.to.is_some();
        if !days && asked.outlet.is_empty() && asked.language.is_empty() {
            return None;
        }
        let wanted: Vec<String> = asked.outlet.iter().map(|name| spelling::flat(name)).collect();
        let outlets = catalogue.outlets.all().iter().map(|name| wanted.contains(&spelling::flat(name)));
        let outlets: Vec<bool> = outlets.collect();
        let found = asked.outlet.iter().flat_map(|name| {
            let listed = self.words.index.find(name).iter().map(|name| name.id.as_str());
            listed.chain([name.as_str()]).filter_map(|id| catalogue.entities.find(id)).collect::<Vec<_>>()
        });
        let ids: BTreeSet<u32> = found.collect();
        let languages: Vec<u32> =
            asked.language.iter().filter_map(|code| catalogue.languages.find(code)).collect();
        let mut bits = Bits::none(catalogue.rows.len());
        for (at, row) in catalogue.rows.iter().enumerate() {
            let theirs = asked.outlet.is_empty()
                || row.outlet.is_some_and(|outlet| outlets[outlet as usize])
                || row.outlet_id.is_some_and(|id| ids.contains(&id));
            let spoken =
                asked.language.is_empty() || row.language.is_some_and(|own| languages.contains(&own));
            let then = asked.from.is_none_or(|from| row.day.is_some_and(|day| day >= from))
                && asked.to.is_none_or(|to| row.day.is_some_and(|day| day <= to));
            if theirs && spoken && then {
                bits.put(at as u32);
            }
        }
        Some(bits)
    }

    /// Claims of the kinds and places that are asked for.
    fn claims(&self, asked: &Asked, catalogue: &Catalogue) -> Option<Bits> {
        if asked.place.is_empty() && asked.kind.is_empty() {
            return None;
        }
        let listed = |name: &String| -> Vec<EntityId> {
            let found = self.words.index.find(name).iter().filter(|found| found.kind == NameKind::Place);
            let mut ids: Vec<EntityId> = found.map(|found| found.id.clone()).collect();
            if ids.is_empty() {
                ids = named_so(&self.words.gazetteer, name);
            }
            let is_id = self.words.gazetteer.place(name).is_some() || ids.is_empty();
            if is_id { vec![name.clone()] } else { ids }
        };
        let wanted: Vec<EntityId> = asked.place.iter().flat_map(listed).collect();
        let within =
            |id: &String| wanted.iter().any(|outer| outer == id || self.words.gazetteer.within(id, outer));
        let places: Option<Vec<u32>> = (!asked.place.is_empty()).then(|| {
            let all = catalogue.entities.all().iter().enumerate();
            all.filter(|(_, id)| within(id)).map(|(at, _)| at as u32).collect()
        });
        Some(catalogue.claims_about(&asked.kind, places.as_deref()))
    }
}

/// The places of brought lists that bear this very name.
fn named_so(gazetteer: &gainsay_lexicon::Gazetteer, name: &str) -> Vec<EntityId> {
    let found = gazetteer.bearing(name, &[]).into_iter().filter(|found| found.exact);
    found.filter_map(|found| gazetteer.found(&found)).map(|place| place.id.clone()).collect()
}

impl Filter {
    /// Whether everything is let through.
    fn is_open(&self) -> bool {
        self.rows.is_none() && self.claims.is_none()
    }

    /// Keeps the reports that it lets through: one claim of each has the kind and names the place.
    fn keep_rows(&self, rows: &mut Bits, catalogue: &Catalogue) {
        self.rows.iter().for_each(|own| rows.keep(own));
        self.claims.iter().for_each(|claims| rows.keep(&catalogue.rows_of(claims)));
    }
}

impl Asking<'_> {
    /// The entities that what was typed may name.
    pub fn names(&self) -> Vec<Named> {
        let typed: Vec<&str> = self.query.terms.iter().map(|term| term.typed.as_str()).collect();
        let names = (&self.known.catalogue, &self.known.unlisted);
        let words = self.search.words;
        let mut found = directory::names(&typed.join(" "), None, NAMES, names, words);
        for term in self.query.terms.iter().filter(|term| !term.ids.is_empty()) {
            for named in directory::names(&term.typed, None, NAMES, names, words) {
                let meant = term.ids.iter().any(|(_, id)| *id == named.id);
                if meant && !found.iter().any(|own| (own.sort, &own.id) == (named.sort, &named.id)) {
                    found.push(named);
                }
            }
        }
        found.truncate(NAMES);
        found
    }

    /// Other spellings that are looked for.
    pub fn also(&self) -> Vec<Also> {
        let named = self.query.terms.iter().filter(|term| !term.ids.is_empty());
        named
            .map(|term| Also {
                typed: term.typed.clone(),
                ids: term.ids.iter().map(|(_, id)| id.clone()).collect(),
                spellings: term.also.clone(),
            })
            .collect()
    }

    /// Reports that hold all that was typed; where names alone were typed, also those whose claims name them. All that
    /// the filters let through where nothing was typed.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn reports(&self, page: Page) -> Result<Listed<Found>, Error> {
        let catalogue = &self.known.catalogue;
        let nothing = self.sought.is_empty() && self.query.none.is_empty();
        let found = if nothing { Vec::new() } else { self.ledger.reports_with(&self.sought)? };
        let mut by_words = match nothing && !self.filter.is_open() {
            true => Bits::all(catalogue.rows.len()),
            false => Bits::none(catalogue.rows.len()),
        };
        found.iter().filter_map(|number| catalogue.row(*number)).for_each(|row| by_words.put(row));
        let mut by_names = self.named_by();
        by_names.drop(&by_words);
        if !self.filter.is_open() {
            self.filter.keep_rows(&mut by_words, catalogue);
            self.filter.keep_rows(&mut by_names, catalogue);
        }
        let total = by_words.count() + by_names.count();
        let end = page.after.saturating_add(page.limit).min(total);
        let number = |row: &u32| catalogue.rows[*row as usize].number;
        let newest =
            |rows: &Bits| catalogue.newest.iter().filter(|row| rows.has(**row)).map(number).collect();
        let numbers: Vec<i64> = if found.len() <= RANKED && !self.sought.is_empty() {
            let mut ranked = self.ledger.reports_ranked(&self.sought)?;
            ranked.retain(|number| catalogue.row(*number).is_some_and(|row| by_words.has(row)));
            let more: Vec<i64> = newest(&by_names);
            ranked.extend(more);
            ranked
        } else {
            newest(&both(by_words, by_names))
        };
        let end = end.min(numbers.len());
        let shown = numbers.get(page.after.min(end)..end).unwrap_or_default();
        let finder = Finder::of(self.sought.all.iter().flatten());
        let found = |found: gainsay_ledger::Found| Found {
            pieces: finder.cut(&found.text),
            id: found.id,
            title: found.title,
            publisher: found.publisher,
            published: found.published,
            language: found.language,
        };
        let items = self.ledger.found(shown)?.into_iter().map(found).collect();
        Ok(Listed { items, total: Some(total), next: (end < numbers.len()).then_some(end) })
    }

    /// Where names alone were typed: reports whose claims name all of them, or that are theirs.
    fn named_by(&self) -> Bits {
        let catalogue = &self.known.catalogue;
        let named = self.entities();
        let terms = self.query.terms.len();
        let Some((first, others)) = named.split_first().filter(|_| named.len() == terms) else {
            return Bits::none(catalogue.rows.len());
        };
        if !self.query.none.is_empty() {
            return Bits::none(catalogue.rows.len());
        }
        let mut rows = catalogue.rows_naming(first);
        others.iter().for_each(|ids| rows.keep(&catalogue.rows_naming(ids)));
        rows
    }

    /// Claims that name whoever was typed and hold the other words in their evidence, those said last first. How many
    /// there are in all is known where only names were typed, or few reports hold the words. `next` counts the claims
    /// that were looked at.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn claims(&self, page: Page) -> Result<Listed<Claim>, Error> {
        let nothing = Listed { items: Vec::new(), total: Some(0), next: None };
        if self.query.terms.is_empty() {
            return Ok(nothing);
        }
        let catalogue = &self.known.catalogue;
        let named = self.entities();
        let words: Vec<&Term> = self.query.terms.iter().filter(|term| !self.is_known(term)).collect();
        let mut rows = match words.is_empty() {
            true => Bits::all(catalogue.rows.len()),
            false => {
                let all = words.iter().map(|term| term.phrases.clone()).collect();
                let found = self.ledger.reports_with(&Sought { all, none: Vec::new() })?;
                let mut rows = Bits::none(catalogue.rows.len());
                found.iter().filter_map(|number| catalogue.row(*number)).for_each(|row| rows.put(row));
                rows
            }
        };
        self.filter.rows.iter().for_each(|own| rows.keep(own));
        let claims = named.iter().map(|ids| catalogue.claims_naming(ids)).chain(self.filter.claims.clone());
        let claims = claims.reduce(|mut all, own| {
            all.keep(&own);
            all
        });
        let fits = |claim: &u32| claims.as_ref().is_none_or(|claims| claims.has(*claim));
        let rows = catalogue.newest.iter().filter(|row| rows.has(**row));
        let mut all =
            rows.flat_map(|row| catalogue.claims_of(*row).filter(fits)).map(|claim| catalogue.number(claim));
        if words.is_empty() && self.query.none.is_empty() {
            let numbers: Vec<i64> = all.collect();
            let end = page.after.saturating_add(page.limit).min(numbers.len());
            let shown = numbers.get(page.after.min(end)..end).unwrap_or_default();
            let items = self.ledger.claims_numbered(shown)?.into_iter().map(|(_, claim)| claim).collect();
            let next = (end < numbers.len()).then_some(end);
            return Ok(Listed { items, total: Some(numbers.len()), next });
        }
        let mut looked = page.after;
        let (mut items, mut read) = (Vec::new(), 0);
        if looked > 0 {
            all.nth(looked - 1);
        }
        loop {
            let some: Vec<i64> = all.by_ref().take(AT_ONCE).collect();
            if some.is_empty() {
                let total = (page.after == 0).then_some(items.len());
                return Ok(Listed { items, total, next: None });
            }
            read += some.len();
            for (number, claim) in self.ledger.claims_numbered(&some)? {
                if !self.holds(&words, &claim) {
                    continue;
                }
                items.push(claim);
                if items.len() == page.limit {
                    let at = some.iter().position(|own| *own == number).unwrap_or(some.len());
                    return Ok(Listed { items, total: None, next: Some(looked + at + 1) });
                }
            }
            looked += some.len();
            if read >= READ {
                return Ok(Listed { items, total: None, next: Some(looked) });
            }
        }
    }

    /// Whether the evidence of a claim holds these words and none of those that were left out.
    fn holds(&self, words: &[&Term], claim: &Claim) -> bool {
        let text: String = claim
            .evidence
            .iter()
            .map(|evidence| spelling::flat(&evidence.exact))
            .collect::<Vec<_>>()
            .join("\n");
        let stands = |phrase: &Phrase| spelling::stands_in(phrase, &text);
        words.iter().all(|term| term.phrases.iter().any(stands)) && !self.query.none.iter().any(stands)
    }

    /// Whether somebody named by a term is named by claims.
    fn is_known(&self, term: &Term) -> bool {
        term.ids.iter().any(|(_, id)| self.known.catalogue.entities.find(id).is_some())
    }

    /// The numbers of those whom the typed names may mean, name by name; names that no claim knows are left out.
    fn entities(&self) -> Vec<Vec<u32>> {
        let terms = self.query.terms.iter().filter(|term| self.is_known(term));
        let numbers = |term: &Term| {
            term.ids.iter().filter_map(|(_, id)| self.known.catalogue.entities.find(id)).collect()
        };
        terms.map(numbers).collect()
    }
}

/// What is in one or the other.
fn both(mut one: Bits, other: Bits) -> Bits {
    one.add(&other);
    one
}

#[cfg(test)]
mod tests;
