//! Lists and single things out of the answers.

use std::collections::BTreeMap;

use gainsay_ledger::ClaimFilter;
use gainsay_ledger::answers::{Order, Role};
use gainsay_model::{
    Claim, ClaimId, Control, Date, Dispute, DisputeKind, EntityId, Event, Holding, Siege, SourceView, Tie,
};
use gainsay_weigh::{Ask, Kept, KnownSiege, Names, Stand, name, side};
use serde::{Deserialize, Serialize};

use super::{Answers, MonthLine, StandLine};
use crate::Error;
use crate::ask::{ActorLine, Citing, ClaimLine, Month, PlaceLine, QueueItem};
use crate::named::{self, Name};

/// An event as listed, with what was known of its dead from day to day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventLine {
    /// The event.
    #[serde(flatten)]
    pub event: Event,
    /// Versions of it cannot all be true.
    pub disputed: bool,
    /// What was known of it, from each day on.
    pub steps: Vec<StepLine>,
}

/// What a map shows of an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EventDot {
    /// Its id.
    pub id: String,
    /// What happened.
    pub kind: gainsay_model::Kind,
    /// The first of its places that has coordinates.
    pub place: Option<EntityId>,
    /// Degrees north.
    pub lat: f64,
    /// Degrees east.
    pub lon: f64,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// How many independent voices tell of it.
    pub roots: usize,
}

/// Who is said to hold a place over a stretch of days, with a number in place of the claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShortStand {
    /// The place.
    pub place: EntityId,
    /// How sure.
    pub state: gainsay_model::HoldingState,
    /// Who.
    pub holders: Vec<EntityId>,
    /// How much.
    pub degree: Option<gainsay_model::Degree>,
    /// Since when, where that is known of all holders.
    pub since: Option<Date>,
    /// How many claims are behind it.
    pub claims: usize,
    /// Days between the newest evidence and the day asked about.
    #[serde(skip)]
    pub age_days: Option<i64>,
}

/// From a day on: least, most and greatest credible dead, and how many voices had told of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLine(pub Date, pub Option<u64>, pub Option<u64>, pub Option<u64>, pub usize);

/// Who passes a claim on and last its roots, and the report whose text its report carries.
pub type Chain = (Vec<EntityId>, Option<String>);

/// So many names are held in memory.
const NAMES: usize = 20_000;

/// From the so-many-th on, at most so many.
pub type Page = (u64, u64);

impl Answers {
    /// Ids of the claims that an ask lets through, those said last first.
    ///
    /// # Errors
    /// When the answers cannot be read; so with all below.
    pub fn claims(&self, ask: &Ask, (skip, limit): Page) -> Result<Vec<ClaimId>, Error> {
        self.with_file(|file| Ok(file.claims(&self.wanted(ask), skip, limit)?))
    }

    /// How many claims an ask lets through.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn count_claims(&self, ask: &Ask) -> Result<u64, Error> {
        if let Some((claims, _)) = self.counted(ask)? {
            return Ok(claims);
        }
        self.with_file(|file| Ok(file.count_claims(&self.wanted(ask))?))
    }

    /// Claims by their ids, in the order of these, with corrections laid over them; those that the ledger does not hold
    /// are left out.
    ///
    /// # Errors
    /// When the answers or the ledger cannot be read.
    pub fn lines(&self, ids: &[ClaimId]) -> Result<Vec<ClaimLine>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let mut kept: BTreeMap<ClaimId, Kept> = BTreeMap::new();
        for bytes in self.with_file(|file| Ok(file.kept(ids)?))? {
            let one: Kept = postcard::from_bytes(&bytes).map_err(|_| self.unreadable())?;
            kept.insert(one.claim().id, one);
        }
        let filter = ClaimFilter { ids: Some(ids.to_vec()), ..ClaimFilter::default() };
        let (claims, heads) = self.with_ledger(|ledger| {
            let claims = ledger.claims(&filter)?;
            let mut reports: Vec<&str> = claims.iter().map(|claim| claim.document.as_str()).collect();
            reports.sort_unstable();
            reports.dedup();
            let heads = ledger.report_rows_of(&reports)?;
            Ok((claims, heads))
        })?;
        let heads: BTreeMap<&str, _> = heads.iter().map(|head| (head.id.as_str(), head)).collect();
        let decided = self.decided.of_claims();
        let (good, rejected) = self.decided.lay_over(claims)?;
        // Where several readers read a claim alike, the first's stands for it.
        let mut claims: BTreeMap<ClaimId, Claim> = BTreeMap::new();
        for claim in good.into_iter().chain(rejected) {
            claims.entry(claim.id.clone()).or_insert(claim);
        }
        let line = |id: &ClaimId| {
            let claim = claims.get(id)?.clone();
            let head = heads.get(claim.document.as_str());
            let roots = kept.get(id).map(|kept| kept.roots().to_vec()).unwrap_or_default();
            Some(ClaimLine {
                report: claim.document.clone(),
                outlet: head.and_then(|head| head.publisher.clone()),
                published: head.and_then(|head| head.published),
                sides: roots.iter().map(|root| self.side(root)).collect(),
                roots,
                event: kept.get(id).and_then(|kept| kept.event().map(str::to_owned)),
                decided: decided.get(id.as_str()).map(|word| (*word).to_owned()),
                read: Default::default(),
                private: crate::ask::private(&claim),
                claim,
            })
        };
        Ok(ids.iter().filter_map(line).collect())
    }

    /// The claims that an ask lets through, as they were weighed.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub(super) fn weighed_claims(&self, ask: &Ask) -> Result<Vec<Kept>, Error> {
        let ids = self.claims(ask, (0, i64::MAX as u64))?;
        let kept = self.with_file(|file| Ok(file.kept(&ids)?))?;
        kept.iter().map(|bytes| postcard::from_bytes(bytes).map_err(|_| self.unreadable())).collect()
    }

    /// The names of ids, each once; sources that no list knows by what claims tell of them.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn names<'i>(
        &self,
        ids: impl IntoIterator<Item = &'i str>,
    ) -> Result<BTreeMap<EntityId, Name>, Error> {
        let mut names = BTreeMap::new();
        let mut unknown = Vec::new();
        {
            let known = self.names.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            for id in ids {
                match known.get(id) {
                    Some(name) => _ = names.insert(id.to_owned(), name.clone()),
                    None => unknown.push(id),
                }
            }
        }
        let found = named::names(self, unknown)?;
        let mut known = self.names.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if known.len() > NAMES {
            known.clear();
        }
        known.extend(found.iter().map(|(id, name)| (id.clone(), name.clone())));
        names.extend(found);
        Ok(names)
    }

    /// Who passes each of these claims on and last its roots, as [`gainsay_weigh::Weighed::chain`], and the report whose
    /// text its report carries; in the order of the ids that are weighed.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn chains(&self, ids: &[ClaimId]) -> Result<BTreeMap<ClaimId, Chain>, Error> {
        let mut chains = BTreeMap::new();
        for bytes in self.with_file(|file| Ok(file.kept(ids)?))? {
            let one: Kept = postcard::from_bytes(&bytes).map_err(|_| self.unreadable())?;
            chains.insert(one.claim().id, (one.chain(), one.copy_of().map(str::to_owned)));
        }
        Ok(chains)
    }

    /// Events of which an ask lets through a claim.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn events(&self, ask: &Ask, order: Order, (skip, limit): Page) -> Result<Vec<EventLine>, Error> {
        let lines = self.with_file(|file| Ok(file.events(&self.wanted(ask), order, skip, limit)?))?;
        lines.iter().map(|line| self.event_line(line)).collect()
    }

    /// How many events these are.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn count_events(&self, ask: &Ask) -> Result<u64, Error> {
        if let Some((_, events)) = self.counted(ask)? {
            return Ok(events);
        }
        self.with_file(|file| Ok(file.count_events(&self.wanted(ask))?))
    }

    /// The claims and events of one place with all it contains, where nothing else is asked.
    fn counted(&self, ask: &Ask) -> Result<Option<(u64, u64)>, Error> {
        match ask.place.as_slice() {
            [place] if *ask == (Ask { place: vec![place.clone()], ..Ask::default() }) => {
                self.with_file(|file| Ok(file.counts(place)?))
            }
            _ => Ok(None),
        }
    }

    /// One event; `None` where there is none of that id.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn event(&self, id: &str) -> Result<Option<EventLine>, Error> {
        let line = self.with_file(|file| Ok(file.event(id)?))?;
        line.map(|line| self.event_line(&line)).transpose()
    }

    fn event_line(&self, line: &gainsay_ledger::answers::Line) -> Result<EventLine, Error> {
        Ok(EventLine {
            event: self.parse(&line.json)?,
            disputed: line.disputed,
            steps: self.parse(&line.steps)?,
        })
    }

    /// Disputes of which an ask lets through a claim, the latest first, and how many there are.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn disputes(
        &self,
        ask: &Ask,
        kind: Option<DisputeKind>,
        revision: Option<bool>,
        page: Page,
    ) -> Result<(Vec<Dispute>, u64), Error> {
        let kind = kind.map(DisputeKind::as_str);
        let (lines, total) =
            self.with_file(|file| Ok(file.disputes(&self.wanted(ask), kind, revision, page)?))?;
        Ok((self.parsed(&lines)?, total))
    }

    /// One dispute; `None` where there is none of that id.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn dispute(&self, id: &str) -> Result<Option<Dispute>, Error> {
        let line = self.with_file(|file| Ok(file.dispute(id)?))?;
        line.map(|line| self.parse(&line)).transpose()
    }

    /// Who is said to hold each place on a day, as known on a day or today, by all voices or one.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn control(&self, at: Date, known_by: Option<Date>, by: Option<&str>) -> Result<Vec<Control>, Error> {
        let known = known_by.unwrap_or(Date::MAX);
        let lines = self.with_file(|file| Ok(file.stands_at(at, known, by)?))?;
        let stands: Vec<Stand> = self.parsed(&lines)?;
        Ok(stands.into_iter().map(|stand| self.line(stand, at, known_by, by)).collect())
    }

    /// As [`Answers::control`], of these places alone.
    pub fn control_in(
        &self,
        places: &[EntityId],
        at: Date,
        known_by: Option<Date>,
        by: Option<&str>,
    ) -> Result<Vec<Control>, Error> {
        let known = known_by.unwrap_or(Date::MAX);
        let lines = self.with_file(|file| Ok(file.stands_of(places, known, by)?))?;
        let mut stands: Vec<Stand> = self.parsed(&lines)?;
        stands.retain(|stand| stand.from <= at && stand.to.is_none_or(|to| at <= to));
        Ok(stands.into_iter().map(|stand| self.line(stand, at, known_by, by)).collect())
    }

    fn line(&self, stand: Stand, at: Date, known_by: Option<Date>, by: Option<&str>) -> Control {
        Control {
            name: self.name(&stand.place),
            at,
            known_by,
            according_to: by.map(str::to_owned),
            age_days: stand.age_days(at),
            place: stand.place,
            state: stand.state,
            holders: stand.holders,
            degree: stand.degree,
            since: stand.since,
            inherited_from: None,
            claims: stand.claims,
        }
    }

    /// As [`Answers::control`], for a map: with the number of claims in their place.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn stands(
        &self,
        at: Date,
        known_by: Option<Date>,
        by: Option<&str>,
    ) -> Result<Vec<ShortStand>, Error> {
        let known = known_by.unwrap_or(Date::MAX);
        let lines = self.with_file(|file| Ok(file.short_stands_at(at, known, by)?))?;
        lines.into_iter().map(|(line, age_days)| Ok(ShortStand { age_days, ..self.parse(&line)? })).collect()
    }

    /// What a map shows of events, the most deadly first; with what was known of their dead from day to day, and whether
    /// versions of them cannot all be true.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn dots(&self, ask: &Ask, limit: u64) -> Result<Vec<(EventDot, Vec<StepLine>, bool)>, Error> {
        let lines = self.with_file(|file| Ok(file.dots(&self.wanted(ask), limit)?))?;
        lines
            .iter()
            .map(|line| Ok((self.parse(&line.json)?, self.parse(&line.steps)?, line.disputed)))
            .collect()
    }

    /// Who held these places from when to when, each with all it contains.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn holdings(
        &self,
        places: &[EntityId],
        known_by: Option<Date>,
        by: Option<&str>,
    ) -> Result<Vec<Holding>, Error> {
        self.holdings_in(&self.inside(places), known_by, by)
    }

    /// Who held these places from when to when, and none that they contain.
    pub(super) fn holdings_in(
        &self,
        places: &[EntityId],
        known_by: Option<Date>,
        by: Option<&str>,
    ) -> Result<Vec<Holding>, Error> {
        let known = known_by.unwrap_or(Date::MAX);
        let lines = self.with_file(|file| Ok(file.stands_of(places, known, by)?))?;
        let mut stands: Vec<Stand> = self.parsed(&lines)?;
        stands.sort_by(|a, b| (&a.place, a.from).cmp(&(&b.place, b.from)));
        let mut holdings: Vec<Holding> = Vec::new();
        for Stand { place, from, to, state, holders, degree, claims, .. } in stands {
            let line = Holding { place, state, holders, degree, from, to, claims };
            let key = |line: &Holding| (line.place.clone(), line.state, line.holders.clone(), line.degree);
            let next = |last: &Holding| last.to.and_then(|to| to.tomorrow().ok()) == Some(line.from);
            match holdings.last_mut() {
                Some(last) if next(last) && key(last) == key(&line) => {
                    last.to = line.to;
                    last.claims.extend(line.claims);
                    last.claims.sort();
                    last.claims.dedup();
                }
                _ => holdings.push(line),
            }
        }
        Ok(holdings)
    }

    /// Sieges that last on any day of a span, as known on a day or today, by all voices or one.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn sieges(
        &self,
        days: (Date, Date),
        known_by: Option<Date>,
        by: Option<&str>,
    ) -> Result<Vec<Siege>, Error> {
        let known = known_by.unwrap_or(Date::MAX);
        let lines = self.with_file(|file| Ok(file.sieges_at(days, known, by)?))?;
        let sieges: Vec<KnownSiege> = self.parsed(&lines)?;
        Ok(sieges.into_iter().map(|known| known.siege).collect())
    }

    /// Sieges of these places, each with all it contains.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn sieges_of(
        &self,
        places: &[EntityId],
        known_by: Option<Date>,
        by: Option<&str>,
    ) -> Result<Vec<Siege>, Error> {
        let known = known_by.unwrap_or(Date::MAX);
        let lines = self.with_file(|file| Ok(file.sieges_of(&self.inside(places), known, by)?))?;
        let sieges: Vec<KnownSiege> = self.parsed(&lines)?;
        Ok(sieges.into_iter().map(|known| known.siege).collect())
    }

    /// Places with all that they contain.
    fn inside(&self, places: &[EntityId]) -> Vec<EntityId> {
        let ask = Ask { place: places.to_vec(), ..Ask::default() };
        self.wanted(&ask).of.into_iter().flat_map(|(_, ids)| ids).collect()
    }

    /// What is known of a place that claims name.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn place(&self, id: &str) -> Result<Option<PlaceLine>, Error> {
        let line = self.with_file(|file| Ok(file.line(Role::Place, id)?))?;
        line.map(|line| self.parse(&line)).transpose()
    }

    /// What is known of an actor that claims name.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn actor(&self, id: &str) -> Result<Option<ActorLine>, Error> {
        let line = self.with_file(|file| Ok(file.line(Role::Actor, id)?))?;
        line.map(|line| self.parse(&line)).transpose()
    }

    /// What is known of a source.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn source(&self, id: &str) -> Result<Option<SourceView>, Error> {
        let line = self.with_file(|file| Ok(file.line(Role::Source, id)?))?;
        line.map(|line| self.parse(&line)).transpose()
    }

    /// The places that claims name, the most told of first.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn places(&self, (skip, limit): Page) -> Result<Vec<PlaceLine>, Error> {
        let lines = self.with_file(|file| Ok(file.lines(Role::Place, skip, limit)?))?;
        lines.iter().map(|(_, _, json)| self.parse(json)).collect()
    }

    /// The actors that claims name, the most told of first.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn actors(&self, (skip, limit): Page) -> Result<Vec<ActorLine>, Error> {
        let lines = self.with_file(|file| Ok(file.lines(Role::Actor, skip, limit)?))?;
        lines.iter().map(|(_, _, json)| self.parse(json)).collect()
    }

    /// The sources, the most heard first.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn sources(&self, (skip, limit): Page) -> Result<Vec<SourceView>, Error> {
        let lines = self.with_file(|file| Ok(file.lines(Role::Source, skip, limit)?))?;
        lines.iter().map(|(_, _, json)| self.parse(json)).collect()
    }

    /// What a person should look at, what would change most first, and how many there are; of one sort where asked.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn queue(&self, what: Option<&str>, (skip, limit): Page) -> Result<(Vec<QueueItem>, u64), Error> {
        let (lines, total) = self.with_file(|file| Ok(file.queue(what, skip, limit)?))?;
        Ok((self.parsed(&lines)?, total))
    }

    /// One thing to look at.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn queue_item(&self, id: &str) -> Result<Option<QueueItem>, Error> {
        let line = self.with_file(|file| Ok(file.queue_item(id)?))?;
        line.map(|line| self.parse(&line)).transpose()
    }

    /// Things to look at that are of an event.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn queue_of(&self, event: &str) -> Result<Vec<QueueItem>, Error> {
        let lines = self.with_file(|file| Ok(file.queue_of(event)?))?;
        self.parsed(&lines)
    }

    /// How an actor stood to others, the latest last.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn ties(&self, actor: &str) -> Result<Vec<Tie>, Error> {
        self.made(&format!("ties/{actor}"))
    }

    /// How a source's figures stand to others'.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn standing(&self, source: &str) -> Result<StandLine, Error> {
        self.made(&format!("figures/{source}"))
    }

    /// What each month holds, in order.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn months(&self) -> Result<Vec<MonthLine>, Error> {
        self.made("months")
    }

    /// What happened month by month, with the range of the dead.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn series(&self) -> Result<Vec<Month>, Error> {
        self.made("series")
    }

    /// Who passes on whose word in all that was said.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn network(&self) -> Result<Citing, Error> {
        self.made("network")
    }

    /// The days on which who holds some place changes.
    ///
    /// # Errors
    /// As [`Answers::claims`].
    pub fn changes(&self) -> Result<Vec<Date>, Error> {
        self.made("changes")
    }

    /// A long answer that was made once; empty where it was not.
    fn made<T: serde::de::DeserializeOwned + Default>(&self, name: &str) -> Result<T, Error> {
        let line = self.with_file(|file| Ok(file.made(name)?))?;
        line.map_or_else(|| Ok(T::default()), |line| self.parse(&line))
    }

    /// The name of an actor, place, source or root, for people to read.
    pub fn name(&self, id: &str) -> String {
        name(&Names::from(self.words), id)
    }

    /// Whose side an actor, source or root is on; empty where unknown.
    pub fn side(&self, id: &str) -> String {
        side(&Names::from(self.words), id)
    }
}
