//! What weighing needs of a ledger, taken out of it: claims, and the heads of their reports.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use gainsay_ledger::{ClaimFilter, Derived, Ledger, Place, ReportRow, TextHead, reader_name};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Date, Report};
use gainsay_weigh::grade::Letters;
use gainsay_weigh::readers::{Beside, SideBySide, side_by_side};
use gainsay_weigh::{Ask, Corpus, ReportHead, Weighed, weigh_watched};
use rayon::prelude::*;

use crate::decide::Decided;
use crate::steps::Work;
use crate::{Error, credit, keys};

/// The claims of a ledger and the heads of their reports, as they stand under what people decided; no texts.
pub struct Shelf {
    /// Heads of the reports, in the order they were added.
    pub heads: Vec<ReportHead>,
    /// Claims, in the order of their reports, with corrections laid over them.
    pub claims: Vec<Claim>,
    /// Claims that were rejected: shown, and not weighed.
    pub rejected: Vec<Claim>,
    /// Claims beside which another reader's stand: shown, and not weighed.
    pub beside: Vec<Beside>,
    /// What people decided.
    pub decided: Arc<Decided>,
    /// The letters that sources were given.
    pub letters: Letters,
    /// What was found out of texts that the ledger has no head of yet.
    found: Vec<TextHead>,
    weighing: Vec<gainsay_weigh::Decision>,
    words: &'static Words,
}

impl Shelf {
    /// Opens a ledger for reading and takes out what weighing needs.
    ///
    /// # Errors
    /// When it is no ledger, a newer one, an older one, or cannot be read.
    pub fn open(path: &Path) -> Result<Shelf, Error> {
        Shelf::of(&keys::read(path)?)
    }

    /// As [`Shelf::open`], with the claims of these readers alone, by name or by name and version; of all where empty.
    ///
    /// # Errors
    /// As [`Shelf::open`]; when none of these readers has read anything in the ledger.
    pub fn open_read_by(path: &Path, readers: &[String]) -> Result<Shelf, Error> {
        Shelf::take(&keys::read(path)?, readers, true)
    }

    /// Takes out of an open ledger what weighing needs.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub fn of(ledger: &Ledger) -> Result<Shelf, Error> {
        Shelf::take(ledger, &[], true)
    }

    /// As [`Shelf::of`], with nothing taken from what was found out of texts before.
    ///
    /// # Errors
    /// As [`Shelf::of`].
    pub(crate) fn anew(ledger: &Ledger) -> Result<Shelf, Error> {
        Shelf::take(ledger, &[], false)
    }

    fn take(ledger: &Ledger, readers: &[String], kept: bool) -> Result<Shelf, Error> {
        let work = Work::begin("opening", "reports");
        let words = crate::words::of(ledger.path())?;
        let (mut heads, mut found) = (Vec::new(), Vec::new());
        for mut row in ledger.report_rows()? {
            let text = match row.head.take().filter(|_| kept) {
                Some(head) => head,
                None => {
                    let stored = ledger.report(&row.id)?;
                    found.push(match stored {
                        // A row's fields are alike in every row, and credit nobody as a page does.
                        Some(stored) if stored.tool.starts_with("gainsay-events ") => {
                            TextHead { report: row.id.clone(), ..TextHead::default() }
                        }
                        Some(stored) => head_of(&row.id, &stored.report.text, words),
                        None => head_of(&row.id, "", words),
                    });
                    found[found.len() - 1].clone()
                }
            };
            heads.push(head_row(row, text));
        }
        work.step("claims", 0.2);
        let decided = Decided::of(ledger)?;
        let mut claims = ledger.claims(&ClaimFilter::default())?;
        if !readers.is_empty() {
            let wanted = |claim: &Claim| {
                readers.iter().any(|one| *one == claim.reader || one == reader_name(&claim.reader))
            };
            let mut known: Vec<String> = claims.iter().map(|claim| claim.reader.clone()).collect();
            known.sort();
            known.dedup();
            claims.retain(wanted);
            if claims.is_empty() && !known.is_empty() {
                let (asked, known) = (readers.join(", "), known.join(", "));
                return Err(Error::input(format!("no claim was read by {asked}; the readers are {known}")));
            }
        }
        let (claims, rejected) = decided.lay_over(claims)?;
        let SideBySide { standing: claims, beside } = set_beside(claims, &rejected, &decided, words);
        let reports: BTreeSet<&str> = heads.iter().map(|head: &ReportHead| head.id.as_str()).collect();
        let weighing = decided.for_weighing(|id| reports.contains(id));
        let letters = decided.letters();
        Ok(Shelf {
            heads,
            claims,
            rejected,
            beside,
            decided: Arc::new(decided),
            letters,
            found,
            weighing,
            words,
        })
    }

    /// Reports and claims that no ledger keeps: of any reader, with nothing decided. Claims of reports that are not
    /// among them are left out; how many these are comes with it.
    pub fn loose(reports: &[Report], claims: Vec<Claim>) -> (Shelf, usize) {
        Shelf::loose_by(reports, claims, Words::builtin())
    }

    /// As [`loose`](Shelf::loose), by these words.
    pub fn loose_by(reports: &[Report], mut claims: Vec<Claim>, words: &'static Words) -> (Shelf, usize) {
        let head = |report: &Report| {
            let text = head_of(&report.id, &report.text, words);
            ReportHead {
                id: report.id.clone(),
                published: report.published,
                dated: text.dated,
                publisher: report.publisher.clone(),
                credited: text.credited,
                title: report.title.clone(),
                url: report.url.clone(),
                sha_text: gainsay_ledger::text_hash(&report.text),
                fingerprint: text.fingerprint,
            }
        };
        let heads: Vec<ReportHead> = reports.par_iter().map(head).collect();
        let at: BTreeMap<&str, usize> =
            reports.iter().enumerate().map(|(at, report)| (&*report.id, at)).collect();
        let given = claims.len();
        claims.retain(|claim| at.contains_key(claim.document.as_str()));
        let left_out = given - claims.len();
        claims.sort_by_key(|claim| at.get(claim.document.as_str()).copied());
        let (decided, letters) = (Arc::new(Decided::default()), Letters::default());
        let SideBySide { standing: claims, beside } = set_beside(claims, &[], &decided, words);
        let (rejected, found, weighing) = (Vec::new(), Vec::new(), Vec::new());
        (Shelf { heads, claims, rejected, beside, decided, letters, found, weighing, words }, left_out)
    }

    /// A part of a ledger: claims that were weighed, the heads of these reports, and what of these was rejected.
    ///
    /// # Errors
    /// When the file cannot be read or what it holds cannot be so.
    pub(crate) fn part(
        ledger: &Ledger,
        reports: &[&str],
        claims: Vec<Claim>,
        decided: &Arc<Decided>,
        letters: &Letters,
    ) -> Result<Shelf, Error> {
        let words = crate::words::of(ledger.path())?;
        let heads: Vec<ReportHead> = ledger
            .report_rows_of(reports)?
            .into_iter()
            .map(|mut row| {
                let head = row.head.take().unwrap_or_default();
                head_row(row, head)
            })
            .collect();
        let known: BTreeSet<&str> = reports.iter().copied().collect();
        let rejected: Vec<String> = decided
            .of_claims()
            .into_iter()
            .filter(|(_, word)| *word == "rejected")
            .map(|(id, _)| id.to_owned())
            .collect();
        let filter = ClaimFilter { ids: Some(rejected), ..ClaimFilter::default() };
        let mut rejected = if known.is_empty() { Vec::new() } else { ledger.claims(&filter)? };
        rejected.retain(|claim| known.contains(claim.document.as_str()));
        let (_, rejected) = decided.lay_over(rejected)?;
        let weighing = decided.for_weighing(|id| known.contains(id));
        let (decided, letters, found) = (decided.clone(), letters.clone(), Vec::new());
        Ok(Shelf { heads, claims, rejected, beside: Vec::new(), decided, letters, found, weighing, words })
    }

    /// The claim with this id, weighed, rejected or beside another.
    pub fn claim(&self, id: &str) -> Option<&Claim> {
        self.all().find(|claim| claim.id == id)
    }

    /// All claims: those that are weighed, those that were rejected, those beside others.
    pub fn all(&self) -> impl Iterator<Item = &Claim> {
        self.claims.iter().chain(&self.rejected).chain(self.beside.iter().map(|beside| &beside.claim))
    }

    /// The word lists that names are looked up in.
    pub fn words(&self) -> &'static Words {
        self.words
    }

    /// All of it weighed; only what had been said by `known_by`, where that is given.
    pub fn weigh(&self, known_by: Option<Date>) -> Weighed<'_> {
        let corpus = Corpus::new(&self.heads, &self.claims, self.words);
        let work = Work::begin("weighing", "link");
        // What lies behind when a pass is done, of the time that a million claims take.
        let mut watch = |pass: &str| match pass {
            "link" => work.step("roots", 0.16),
            "roots" => work.step("events", 0.23),
            "events" => work.step("sources", 0.92),
            "sources" => work.step("disputes", 0.95),
            _ => {}
        };
        let corpus = Corpus { known_by, decisions: &self.weighing, ..corpus };
        let mut weighed = weigh_watched(&corpus, &mut watch);
        for source in &mut weighed.sources {
            source.letter = self.letters.of(&source.id, known_by).to_string();
        }
        weighed
    }

    /// What a ledger keeps for other programs to read.
    pub(crate) fn derived(&self) -> Derived {
        self.derived_of(self.weigh(None))
    }

    /// The same, of all of it weighed.
    pub(crate) fn derived_of(&self, weighed: Weighed<'_>) -> Derived {
        let holdings = gainsay_weigh::holdings(&weighed, &Ask::default());
        let named = self.claims.iter().flat_map(|claim| &claim.place).filter_map(|place| place.id());
        let shown = weighed.events.iter().flat_map(|event| &event.place).map(String::as_str);
        let held = holdings.iter().map(|holding| holding.place.as_str());
        let mut ids: Vec<&str> = named.chain(shown).chain(held).collect();
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
            heads: self.found.clone(),
            places: ids.iter().filter_map(place).collect(),
            holdings,
            events: weighed.events,
            disputes: weighed.disputes,
            sources: weighed.sources,
        }
    }
}

/// Sets the readings of each report side by side. What a person confirmed or corrected is a person's reading.
pub(crate) fn set_beside(
    claims: Vec<Claim>,
    rejected: &[Claim],
    decided: &Decided,
    words: &Words,
) -> SideBySide {
    let known = decided.of_claims();
    let sure = |id: &str| known.get(id).is_some_and(|word| matches!(*word, "confirmed" | "corrected"));
    side_by_side(claims, rejected, &sure, words)
}

fn head_row(row: ReportRow, text: TextHead) -> ReportHead {
    ReportHead {
        id: row.id,
        published: row.published,
        dated: text.dated,
        publisher: row.publisher,
        credited: text.credited,
        title: row.title,
        url: row.url,
        sha_text: row.text_sha256,
        fingerprint: text.fingerprint,
    }
}

/// What weighing needs to know of a text.
fn head_of(report: &str, text: &str, words: &Words) -> TextHead {
    TextHead {
        report: report.to_owned(),
        credited: credit::credited(text, words),
        dated: gainsay_intake::published_of(text),
        fingerprint: gainsay_intake::fingerprint(text),
    }
}
