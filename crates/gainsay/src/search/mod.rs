//! Search: reports by their words, claims by whom they name and by their words, names in any spelling or script.
//!
//! **Takes** what somebody typed, and filters.
//! **Gives** reports with the words that were looked for, claims, and names; a page at a time.
//! **Never** weighs, and never changes the ledger: texts are found by the ledger's own index of words, all else by a
//! small catalogue that is kept in memory and follows the ledger.

mod catalogue;
mod directory;
mod query;
mod spelling;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, RwLock, RwLockReadGuard};

pub use gainsay_ledger::{Found, Piece};
use gainsay_ledger::{Ledger, Phrase, Sought};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Date, EntityId, Kind};

use crate::Error;
use catalogue::{Catalogue, Row};
use directory::Directory;
pub use directory::{Named, Sort};
use query::{Query, Term};

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
    /// Ids of places; each with all it contains.
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

/// The filters, in the catalogue's numbers; `None` lets everything through.
struct Filter {
    place: Option<BTreeSet<u32>>,
    outlet: Option<BTreeSet<u32>>,
    outlet_id: BTreeSet<u32>,
    language: Option<BTreeSet<u32>>,
    kind: Vec<Kind>,
    from: Option<Date>,
    to: Option<Date>,
}

impl Search {
    /// Over the ledger at this path, which is read when something is first asked or [`Search::make`] is called.
    pub fn over(ledger: &Path) -> Search {
        Search {
            ledger: ledger.to_owned(),
            words: Words::builtin(),
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
            None => Ledger::open_read_only(&self.ledger)?,
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
                sound = known.catalogue.entry < last && known.catalogue.follow(ledger, self.words)?;
                if known.catalogue.heard.len() != claims {
                    known.unlisted = Directory::unlisted(&known.catalogue, self.words);
                }
            }
            if sound {
                return Ok(());
            }
        }
        let catalogue = Catalogue::of(ledger, self.words)?;
        Directory::builtin();
        let unlisted = Directory::unlisted(&catalogue, self.words);
        *self.known.write().unwrap_or_else(PoisonError::into_inner) = Some(Known { catalogue, unlisted });
        Ok(())
    }

    fn filter(&self, asked: &Asked, catalogue: &Catalogue) -> Filter {
        let place = (!asked.place.is_empty()).then(|| {
            let within = |id: &String| {
                asked.place.iter().any(|outer| outer == id || self.words.gazetteer.within(id, outer))
            };
            let all = catalogue.entities.all().iter().enumerate();
            all.filter(|(_, id)| within(id)).map(|(at, _)| at as u32).collect()
        });
        let outlet = (!asked.outlet.is_empty()).then(|| {
            let wanted: Vec<String> = asked.outlet.iter().map(|name| spelling::flat(name)).collect();
            let all = catalogue.outlets.all().iter().enumerate();
            all.filter(|(_, name)| wanted.contains(&spelling::flat(name))).map(|(at, _)| at as u32).collect()
        });
        let ids = asked.outlet.iter().flat_map(|name| {
            let found = self.words.index.find(name).iter().map(|name| name.id.as_str());
            found.chain([name.as_str()]).filter_map(|id| catalogue.entities.find(id)).collect::<Vec<_>>()
        });
        let language = (!asked.language.is_empty())
            .then(|| asked.language.iter().filter_map(|code| catalogue.languages.find(code)).collect());
        Filter {
            place,
            outlet,
            outlet_id: ids.collect(),
            language,
            kind: asked.kind.clone(),
            from: asked.from,
            to: asked.to,
        }
    }
}

impl Filter {
    /// Whether it lets a report through, all but for its claims.
    fn passes(&self, row: &Row) -> bool {
        let within = |number: Option<u32>, set: &Option<BTreeSet<u32>>| {
            set.as_ref().is_none_or(|set| number.is_some_and(|number| set.contains(&number)))
        };
        (within(row.outlet, &self.outlet) || row.outlet_id.is_some_and(|id| self.outlet_id.contains(&id)))
            && within(row.language, &self.language)
            && self.from.is_none_or(|from| row.day.is_some_and(|day| day >= from))
            && self.to.is_none_or(|to| row.day.is_some_and(|day| day <= to))
    }

    fn passes_claim(&self, claim: &catalogue::Entry<'_>) -> bool {
        (self.kind.is_empty() || claim.kind.is_some_and(|kind| self.kind.contains(&kind)))
            && self.place.as_ref().is_none_or(|place| claim.named.iter().any(|named| place.contains(named)))
    }

    /// Whether it lets a report through: one claim of it has the kind and names the place.
    fn passes_report(&self, row: &Row) -> bool {
        self.passes(row)
            && ((self.kind.is_empty() && self.place.is_none())
                || row.claims().any(|claim| self.passes_claim(&claim)))
    }

    /// Whether everything is let through.
    fn is_open(&self) -> bool {
        self.place.is_none()
            && self.outlet.is_none()
            && self.language.is_none()
            && self.kind.is_empty()
            && self.from.is_none()
            && self.to.is_none()
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
        let mut numbers: Vec<i64> = match self.sought.is_empty() && self.query.none.is_empty() {
            true if self.filter.is_open() => Vec::new(),
            true => catalogue.rows.iter().map(|row| row.number).collect(),
            false => self.ledger.reports_with(&self.sought)?,
        };
        let in_words = numbers.len();
        let named = self.entities();
        if !self.query.terms.is_empty() && named.len() == self.query.terms.len() && self.query.none.is_empty()
        {
            let there: BTreeSet<i64> = numbers.iter().copied().collect();
            let names_all = |row: &&Row| {
                named.iter().all(|ids| row.claims().any(|claim| meets(claim.named, ids)) || by(row, ids))
            };
            let more = catalogue.rows.iter().filter(names_all).map(|row| row.number);
            numbers.extend(more.filter(|number| !there.contains(number)));
        }
        let passes = |number: &i64| catalogue.row(*number).is_some_and(|row| self.filter.passes_report(row));
        if !self.filter.is_open() {
            numbers.retain(passes);
        }
        let total = numbers.len();
        let newest =
            |number: &i64| (Reverse(catalogue.row(*number).and_then(|row| row.day)), Reverse(*number));
        let end = page.after.saturating_add(page.limit).min(total);
        if in_words <= RANKED && !self.sought.is_empty() {
            let wanted: BTreeSet<i64> = numbers.iter().copied().collect();
            let mut ranked = self.ledger.reports_ranked(&self.sought)?;
            ranked.retain(|number| wanted.contains(number));
            let in_order: BTreeSet<i64> = ranked.iter().copied().collect();
            numbers.retain(|number| !in_order.contains(number));
            numbers.sort_unstable_by_key(newest);
            ranked.extend(numbers);
            numbers = ranked;
        } else {
            if end > 0 && end < total {
                numbers.select_nth_unstable_by_key(end - 1, newest);
                numbers.truncate(end);
            }
            numbers.sort_unstable_by_key(newest);
        }
        let shown = numbers.get(page.after.min(end)..end).unwrap_or_default();
        let items = self.ledger.found(shown, &self.sought)?;
        Ok(Listed { items, total: Some(total), next: (end < total).then_some(end) })
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
        let mut rows: Vec<&Row> = match words.is_empty() {
            true => catalogue.rows.iter().collect(),
            false => {
                let all = words.iter().map(|term| term.phrases.clone()).collect();
                let sought = Sought { all, none: Vec::new() };
                self.ledger
                    .reports_with(&sought)?
                    .iter()
                    .filter_map(|number| catalogue.row(*number))
                    .collect()
            }
        };
        rows.retain(|row| self.filter.passes(row));
        rows.sort_unstable_by_key(|row| (Reverse(row.day), Reverse(row.number)));
        let fits = |row: &Row, claim: &catalogue::Entry<'_>| {
            self.filter.passes_claim(claim) && named.iter().all(|ids| meets(claim.named, ids) || by(row, ids))
        };
        let mut all = rows
            .iter()
            .flat_map(|row| row.claims().filter(|claim| fits(row, claim)).map(|claim| claim.number));
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

/// Whether one of them is among the named.
fn meets(named: &[u32], ids: &[u32]) -> bool {
    named.iter().any(|one| ids.contains(one))
}

/// Whether a report is one of theirs.
fn by(row: &Row, ids: &[u32]) -> bool {
    row.outlet_id.is_some_and(|id| ids.contains(&id))
}

#[cfg(test)]
mod tests;
