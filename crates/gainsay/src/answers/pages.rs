//! What the pages of places, actors, sources and reports ask besides lists.

use std::collections::BTreeSet;

use gainsay_ledger::StoredReport;
use gainsay_ledger::answers::Role;
use gainsay_model::{ClaimId, Control, Date, EntityId, Holding, SourceView};
use gainsay_weigh::Ask;
use gainsay_weigh::access::WayIn;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Answers;
use super::lists::Page;
use crate::ask::{ActorLine, PlaceLine};
use crate::decide::{Decision, Entry};
use crate::{Error, network};

/// Ways in are worked out over at most so many claims; a place of more is a region.
const CLAIMS: u64 = 1_500;

/// A report as listed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ReportLine {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// The outlet, as written.
    pub publisher: Option<String>,
    /// The day it was said.
    pub published: Option<Date>,
    /// Its language.
    pub language: Option<String>,
    /// Claims that were read from it.
    pub claims: u64,
}

impl Answers {
    /// Who is said to hold one place on a day; where nobody speaks of it alone, who holds all of what it lies in.
    ///
    /// # Errors
    /// When the answers cannot be read; so with all below.
    pub fn control_of(
        &self,
        place: &str,
        at: Date,
        known_by: Option<Date>,
        by: Option<&str>,
    ) -> Result<Vec<Control>, Error> {
        let around = self.words.gazetteer.ancestors(place);
        let ids: Vec<EntityId> =
            around.iter().map(|outer| outer.id.clone()).chain([place.to_owned()]).collect();
        let lines = self.control_in(&ids, at, known_by, by)?;
        let own = lines.iter().find(|line| line.place == place).cloned();
        let whole = || {
            around.iter().find_map(|outer| {
                let line = lines.iter().find(|line| line.place == outer.id)?;
                let all = line.degree == Some(gainsay_model::Degree::Full)
                    && line.state != gainsay_model::HoldingState::Contested;
                let inherited_from = Some(outer.id.clone());
                let (place, name) = (place.to_owned(), self.name(place));
                all.then(|| Control { place, name, inherited_from, ..line.clone() })
            })
        };
        Ok(own.or_else(whole).into_iter().collect())
    }

    /// Who held one place from when to when.
    ///
    /// # Errors
    /// As [`Answers::control_of`].
    pub fn holdings_of(
        &self,
        place: &str,
        known_by: Option<Date>,
        by: Option<&str>,
    ) -> Result<Vec<Holding>, Error> {
        self.holdings_in(&[place.to_owned()], known_by, by)
    }

    /// The ways into a place on a day; none for a region.
    ///
    /// # Errors
    /// As [`Answers::control_of`].
    pub fn access(&self, place: &str, at: Date, ask: &Ask) -> Result<Vec<WayIn>, Error> {
        let gazetteer = &self.words.gazetteer;
        let network = network::builtin(gazetteer)?;
        let leads = |id: &EntityId| gazetteer.within(id, place) || gazetteer.within(place, id);
        let ways = network.ways.iter().filter(|way| {
            way.between.iter().any(leads) || way.place.as_ref().is_some_and(|own| own == place)
        });
        let mut stops: BTreeSet<EntityId> = BTreeSet::from([place.to_owned()]);
        let mut any = false;
        for way in ways {
            any = true;
            stops.extend(way.between.iter().chain(&way.through).chain(&way.place).cloned());
        }
        let here = Ask { place: stops.into_iter().collect(), ..Ask::default() };
        if !any || self.count_claims(&here)? > CLAIMS {
            return Ok(Vec::new());
        }
        let part = self.figures(&here)?;
        let ask = Ask {
            place: vec![place.to_owned()],
            known_by: ask.known_by,
            according_to: ask.according_to.clone(),
            ..Ask::default()
        };
        Ok(gainsay_weigh::access::access(&part.weighed(), &ask, &network, at))
    }

    /// The places that claims name and that lie in a place.
    pub fn within(&self, place: &str) -> Vec<EntityId> {
        let inside = |id: &&EntityId| id.as_str() != place && self.words.gazetteer.within(id, place);
        self.places.iter().filter(inside).cloned().collect()
    }

    /// An actor with all that answers for it.
    pub fn parts_of(&self, actor: &str) -> BTreeSet<EntityId> {
        let lexicon = &self.words.lexicon;
        let parts = self.parties.iter().filter(|id| lexicon.answers_to(id, actor, None)).cloned();
        parts.chain([actor.to_owned()]).collect()
    }

    /// What the word lists know of an actor that no claim names.
    pub fn listed_actor(&self, id: &str) -> Option<ActorLine> {
        let known = self.words.lexicon.actor(id)?;
        Some(ActorLine {
            id: id.to_owned(),
            name: known.name.clone(),
            kind: known.kind.clone(),
            side: self.side(id),
            part_of: known.part_of.clone(),
            ..ActorLine::default()
        })
    }

    /// Places whose name or spellings hold some letters, the most told of first, and how many there are.
    ///
    /// # Errors
    /// As [`Answers::control_of`].
    pub fn places_like(&self, like: Option<&str>, page: Page) -> Result<(Vec<PlaceLine>, u64), Error> {
        self.like(Role::Place, like, page)
    }

    /// Actors whose name or spellings hold some letters.
    ///
    /// # Errors
    /// As [`Answers::control_of`].
    pub fn actors_like(&self, like: Option<&str>, page: Page) -> Result<(Vec<ActorLine>, u64), Error> {
        self.like(Role::Actor, like, page)
    }

    /// Sources whose name holds some letters.
    ///
    /// # Errors
    /// As [`Answers::control_of`].
    pub fn sources_like(&self, like: Option<&str>, page: Page) -> Result<(Vec<SourceView>, u64), Error> {
        self.like(Role::Source, like, page)
    }

    fn like<T: DeserializeOwned>(
        &self,
        role: Role,
        like: Option<&str>,
        (skip, limit): Page,
    ) -> Result<(Vec<T>, u64), Error> {
        let (lines, total) = self.with_file(|file| Ok(file.lines_like(role, like, skip, limit)?))?;
        Ok((self.parsed(&lines)?, total))
    }

    /// Reports, those said last first, and how many there are; of days, of an outlet, in a language where asked.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn reports(
        &self,
        (from, to): (Option<Date>, Option<Date>),
        outlet: Option<&str>,
        language: Option<&str>,
        (skip, limit): Page,
    ) -> Result<(Vec<ReportLine>, u64), Error> {
        let (lines, total) =
            self.with_file(|file| Ok(file.reports((from, to), outlet, language, (skip, limit))?))?;
        Ok((self.parsed(&lines)?, total))
    }

    /// A report as it is kept; `None` where there is none of that id.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn report(&self, id: &str) -> Result<Option<StoredReport>, Error> {
        self.with_ledger(|ledger| Ok(ledger.report(id)?))
    }

    /// Ids of all claims that were read from a report, those that were rejected too.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn claims_of_report(&self, id: &str) -> Result<Vec<ClaimId>, Error> {
        let filter = gainsay_ledger::ClaimFilter::of_report(id);
        let claims = self.with_ledger(|ledger| Ok(ledger.claims(&filter)?))?;
        Ok(claims.into_iter().map(|claim| claim.id).collect())
    }

    /// What was decided of a source, in order.
    pub fn decisions_of_source(&self, id: &str) -> Vec<Entry> {
        let of = |entry: &&Entry| matches!(&entry.decision, Decision::Rate { source, .. } if source == id);
        self.decided.entries.iter().filter(of).cloned().collect()
    }
}
