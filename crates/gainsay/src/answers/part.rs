//! A part of a ledger, for all that `gainsay::ask` answers.

use std::collections::BTreeSet;

use gainsay_model::{Claim, Dispute, Event, SourceView};
use gainsay_weigh::{Ask, Kept, Weighed, together};
use serde::de::DeserializeOwned;

use super::Answers;
use crate::Error;
use crate::shelf::Shelf;

/// What an ask is about: the claims that it lets through, all claims of their events, their reports' heads and disputes.
///
/// A place that no list holds is in it where it is asked about itself; not where its governorate is, under which the whole
/// ledger shows it.
pub struct Part {
    shelf: Shelf,
    kept: Vec<Kept>,
    events: Vec<Event>,
    disputes: Vec<Dispute>,
    sources: Vec<SourceView>,
}

impl Answers {
    /// The part of the ledger that an ask is about. Its claims are without their words; the ledger has these. Asked as
    /// known on an earlier day, it holds what was said later too: answers leave that out. What lasts, holdings, sieges and
    /// ways in, is asked of a part of all days, for it has a history; lists and tallies of one of a period.
    ///
    /// # Errors
    /// When the answers or the ledger cannot be read.
    pub fn part(&self, ask: &Ask) -> Result<Part, Error> {
        self.taken(ask, true)
    }

    /// As [`Answers::part`], for figures alone: without disputes, sources and heads of reports.
    ///
    /// # Errors
    /// When the answers or the ledger cannot be read.
    pub fn figures(&self, ask: &Ask) -> Result<Part, Error> {
        self.taken(ask, false)
    }

    fn taken(&self, ask: &Ask, whole: bool) -> Result<Part, Error> {
        let wanted = self.wanted(&Ask { known_by: None, ..ask.clone() });
        let found = self.with_file(|file| Ok(file.part(&wanted, whole)?))?;
        let mut kept: Vec<Kept> = Vec::with_capacity(found.kept.len());
        for bytes in &found.kept {
            kept.push(postcard::from_bytes(bytes).map_err(|_| self.unreadable())?);
        }
        let claims: Vec<Claim> = kept.iter().map(Kept::claim).collect();
        let mut reports: BTreeSet<String> = ask.report.iter().cloned().collect();
        let mut sources = Vec::new();
        if whole {
            reports.extend(claims.iter().map(|claim| claim.document.clone()));
            let heard: BTreeSet<&str> = kept.iter().flat_map(Kept::heard).collect();
            let heard: Vec<&str> = heard.into_iter().collect();
            sources = self.with_file(|file| Ok(file.sources(&heard)?))?;
        }
        let ids: Vec<&str> = reports.iter().map(String::as_str).collect();
        let shelf =
            self.with_ledger(|ledger| Shelf::part(ledger, &ids, claims, &self.decided, &self.letters))?;
        Ok(Part {
            events: self.parsed(&found.events)?,
            disputes: self.parsed(&found.disputes)?,
            sources: self.parsed(&sources)?,
            shelf,
            kept,
        })
    }

    /// Things written as JSON in the answers.
    pub(super) fn parsed<T: DeserializeOwned>(&self, lines: &[String]) -> Result<Vec<T>, Error> {
        lines.iter().map(|line| self.parse(line)).collect()
    }

    pub(super) fn parse<T: DeserializeOwned>(&self, line: &str) -> Result<T, Error> {
        serde_json::from_str(line).map_err(|_| self.unreadable())
    }

    pub(super) fn unreadable(&self) -> Error {
        let path = super::path_of(&self.ledger);
        Error::wrong(format!(
            "{}: holds answers that cannot be read; remove it, and it is made anew",
            path.display()
        ))
    }
}

impl Part {
    /// The claims, without their words, and the heads of their reports.
    pub fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The part as it was weighed. Its sources are those of its claims; nothing is offered.
    pub fn weighed(&self) -> Weighed<'_> {
        let Shelf { heads, claims, .. } = &self.shelf;
        let (events, disputes) = (self.events.clone(), self.disputes.clone());
        let mut weighed = together(self.shelf.words(), heads, claims, &self.kept, events, disputes);
        weighed.sources = self.sources.clone();
        weighed
    }
}
