//! What weighing needs of a ledger, taken out of it: claims, and the heads of their reports.

use std::path::Path;

use gainsay_ledger::{ClaimFilter, Derived, Ledger, Place};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Date};
use gainsay_weigh::grade::Letters;
use gainsay_weigh::{Corpus, ReportHead, Weighed, weigh};

use crate::decide::Decided;
use crate::{Error, credit};

/// The claims of a ledger and the heads of their reports, as they stand under what people decided; no texts.
pub struct Shelf {
    /// Heads of the reports, in the order they were added.
    pub heads: Vec<ReportHead>,
    /// Claims, in the order of their reports, with corrections laid over them.
    pub claims: Vec<Claim>,
    /// Claims that were rejected: shown, and not weighed.
    pub rejected: Vec<Claim>,
    /// What people decided.
    pub decided: Decided,
    /// The letters that sources were given.
    pub letters: Letters,
    weighing: Vec<gainsay_weigh::Decision>,
    words: &'static Words,
}

impl Shelf {
    /// Opens a ledger for reading and takes out what weighing needs.
    ///
    /// # Errors
    /// When it is no ledger, a newer one, an older one, or cannot be read.
    pub fn open(path: &Path) -> Result<Shelf, Error> {
        Shelf::of(&Ledger::open_read_only(path)?)
    }

    /// Takes out of an open ledger what weighing needs.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn of(ledger: &Ledger) -> Result<Shelf, Error> {
        let words = Words::builtin();
        let reports = ledger.reports()?;
        let heads = reports
            .into_iter()
            .map(|stored| ReportHead {
                credited: credit::credited(&stored.report.text, words),
                dated: gainsay_intake::published_of(&stored.report.text),
                fingerprint: gainsay_intake::fingerprint(&stored.report.text),
                id: stored.report.id,
                published: stored.report.published,
                publisher: stored.report.publisher,
                title: stored.report.title,
                url: stored.report.url,
                sha_text: stored.text_sha256,
            })
            .collect();
        let decided = Decided::of(ledger)?;
        let (claims, rejected) = decided.lay_over(ledger.claims(&ClaimFilter::default())?)?;
        let (letters, weighing) = (decided.letters(), decided.for_weighing());
        Ok(Shelf { heads, claims, rejected, decided, letters, weighing, words })
    }

    /// The claim with this id, weighed or rejected.
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        self.claims.iter().chain(&self.rejected).find(|claim| claim.id == id)
    }

    /// The word lists that names are looked up in.
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// All of it weighed; only what had been said by `known_by`, where that is given.
    pub fn weigh(&self, known_by: Option<Date>) -> Weighed<'_> {
        let corpus = Corpus::new(&self.heads, &self.claims, self.words);
        let mut weighed = weigh(&Corpus { known_by, decisions: &self.weighing, ..corpus });
        for source in &mut weighed.sources {
            source.letter = self.letters.of(&source.id, known_by).to_string();
        }
        weighed
    }

    /// What a ledger keeps for other programs to read.
    pub(crate) fn derived(&self) -> Derived {
        let weighed = self.weigh(None);
        let named = self.claims.iter().flat_map(|claim| &claim.place).filter_map(|place| place.id());
        let shown = weighed.events.iter().flat_map(|event| &event.place).map(String::as_str);
        let mut ids: Vec<&str> = named.chain(shown).collect();
        ids.sort_unstable();
        ids.dedup();
        let place = |id: &&str| {
            let place = self.words.gazetteer.place(id)?;
            Some(Place {
                id: place.id.clone(),
                name: place.name.clone(),
                kind: place.kind.clone(),
                parent: place.parent.clone(),
                lon_lat: Some((place.lon, place.lat)),
            })
        };
        Derived {
            places: ids.iter().filter_map(place).collect(),
            events: weighed.events,
            disputes: weighed.disputes,
            sources: weighed.sources,
        }
    }
}
