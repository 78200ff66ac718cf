//! From a weighed ledger to a brief: everything in the period and area, with every claim it stands on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use gainsay_lexicon::{Place, Words};
use gainsay_model::{
    Claim, ClaimId, Control, Date, Dispute, EntityId, Event, Holding, Policy, Report, Siege, SourceView,
    Tally, Tie,
};
use gainsay_publish::names::People;
use gainsay_publish::regions::{Region, Regions};
use gainsay_publish::{BriefInput, Displaced, DisplacementKind, NamePolicy, ReportHead};
use gainsay_weigh::{Ask, Flow, Point, Weighed};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::answers::Answers;
use crate::shelf::Shelf;
use crate::{Error, ask, keys};

/// In what form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One self-contained page.
    Html,
    /// Markdown.
    Markdown,
}

/// How a brief or a site is wanted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// The headline; one is made where it is left out.
    pub title: Option<&'a str>,
    /// Names of private persons as the reports give them, in the place of pseudonyms.
    pub show_names: bool,
    /// What keeps pseudonyms from being guessed; made from the ledger's keys where it is left out, so that one
    /// ledger always gives the same pseudonyms.
    pub salt: Option<&'a str>,
    /// Coordinates are moved to the middle of squares of so many kilometres; 0 leaves them.
    pub coarsen_km: u32,
    /// Places are called by the region that they lie in.
    pub region: Option<Region>,
}

/// What is known of a source, by its id, where weighing found out about sources elsewhere.
pub type SourceOf<'a> = &'a dyn Fn(&str) -> Option<SourceView>;

/// The brief on what is asked.
///
/// # Errors
/// When there is no dated report to brief on, or the ledger cannot be read.
pub fn brief(
    path: &Path,
    shelf: &Shelf,
    weighed: &Weighed,
    asked: &Ask,
    form: Form,
    wanted: &Wanted,
) -> Result<String, Error> {
    Ok(write(&Gathered::of(path, shelf, weighed, asked, wanted, None)?, form))
}

/// The brief on a part of the answers of a ledger.
///
/// # Errors
/// As [`brief`], and when the answers cannot be read.
pub fn brief_from(answers: &Answers, asked: &Ask, form: Form, wanted: &Wanted) -> Result<String, Error> {
    let part = answers.part(asked)?;
    let source = |id: &str| answers.source(id).ok().flatten();
    let gathered =
        Gathered::of(answers.ledger(), part.shelf(), &part.weighed(), asked, wanted, Some(&source))?;
    Ok(write(&gathered, form))
}

fn write(gathered: &Gathered, form: Form) -> String {
    match form {
        Form::Html => gainsay_publish::html(&gathered.input()),
        Form::Markdown => gainsay_publish::markdown(&gathered.input()),
    }
}

/// Everything in a period and area, with every claim it stands on.
pub(crate) struct Gathered<'a> {
    title: String,
    from: Option<Date>,
    /// The last day of the period.
    pub to: Date,
    known_by: Option<Date>,
    place: Option<&'a Place>,
    reports: Vec<ReportHead>,
    claims: Vec<Claim>,
    /// The events of the period, by id.
    pub events: Vec<Event>,
    disputes: Vec<Dispute>,
    tallies: Vec<Tally>,
    controls: Vec<Control>,
    controls_before: Vec<Control>,
    holdings: Vec<Holding>,
    sieges: Vec<Siege>,
    ties: Vec<Tie>,
    displacement: Vec<Displaced>,
    sources: Vec<SourceView>,
    words: &'a Words,
    names: NamePolicy,
    people: People,
    coarsen_km: u32,
    /// Regions that places are called by.
    pub regions: Option<Regions<'a>>,
    salt: String,
}

impl<'a> Gathered<'a> {
    pub(crate) fn of(
        path: &Path,
        shelf: &'a Shelf,
        weighed: &Weighed,
        asked: &Ask,
        wanted: &Wanted,
        source: Option<SourceOf>,
    ) -> Result<Gathered<'a>, Error> {
        let ledger = keys::read(path)?;
        let last = shelf.heads.iter().filter_map(|head| head.published).max();
        let Some(to) = asked.to.or(asked.known_by).or(last) else {
            return Err(Error::input(
                "no report in the ledger has a date; give the period with --from and --to",
            ));
        };
        let words = shelf.words();
        let place = area(shelf, &asked.place);
        let period = Ask { to: Some(to), ..asked.clone() };
        let always = Ask { from: None, to: None, ..asked.clone() };

        let mut events: Vec<_> = weighed.events(&period).into_iter().cloned().collect();
        let mut disputes = ask::disputes(weighed, &period);
        if let Some(day) = asked.known_by {
            as_known(weighed, day, &mut events, &mut disputes);
        }
        let tallies = ask::tally(weighed, &period, Policy::Ucdp, None, None);
        let controls = ask::control(weighed, &always, to);
        let controls_before = asked.from.map(|from| ask::control(weighed, &always, from)).unwrap_or_default();
        let holdings = ask::holdings(weighed, &period);
        let sieges = ask::sieges(weighed, &period);
        let ties = ask::ties(weighed, &period, &[], &[]);
        let points = ask::displacement(weighed, &period);
        let sources = match source {
            None => ask::sources(weighed, &period),
            Some(source) => {
                let claims = weighed.claims(&period);
                let heard: BTreeSet<EntityId> =
                    claims.iter().flat_map(|claim| weighed.chain(&claim.id)).collect();
                heard.iter().filter_map(|id| source(id)).collect()
            }
        };

        let mut cited: BTreeSet<ClaimId> =
            weighed.claims(&period).into_iter().map(|claim| claim.id.clone()).collect();
        let mut cite = |claims: &[ClaimId]| cited.extend(claims.iter().cloned());
        controls.iter().chain(&controls_before).for_each(|line: &Control| cite(&line.claims));
        events.iter().for_each(|event| cite(&event.claims));
        disputes.iter().flat_map(|dispute| &dispute.sides).for_each(|side| cite(&side.claims));
        tallies.iter().flat_map(|tally| &tally.by_source).for_each(|source| cite(&source.claims));
        holdings.iter().for_each(|holding| cite(&holding.claims));
        sieges.iter().for_each(|siege| cite(&siege.claims));
        ties.iter().for_each(|tie| cite(&tie.claims));
        points.iter().for_each(|point| cite(&point.claims));
        let mut claims: Vec<Claim> =
            shelf.claims.iter().filter(|claim| cited.contains(&claim.id)).cloned().collect();
        // A part of the answers holds claims without their words.
        for claim in claims.iter_mut().filter(|claim| claim.evidence.is_empty()) {
            if let Some(whole) = ledger.claim(&claim.id)? {
                (claim.evidence, claim.grounds, claim.reader) = (whole.evidence, whole.grounds, whole.reader);
            }
        }
        let documents: BTreeSet<&str> = claims.iter().map(|claim| claim.document.as_str()).collect();
        let mut reports = Vec::with_capacity(documents.len());
        let mut people = People::default();
        for id in documents {
            let Some(stored) = ledger.report(id)? else { continue };
            let report: Report = stored.report;
            if !wanted.show_names {
                people.text(words, &report.text, &report.id);
                people.author(words, report.author.as_deref().unwrap_or_default(), &report.id);
            }
            reports.push(ReportHead::from(&report));
        }
        claims.iter().filter(|_| !wanted.show_names).for_each(|claim| people.claim(words, claim));
        let unknown = unknown_places(words, claims.iter());
        let mut gathered = Gathered {
            title: wanted.title.map_or_else(|| headline(place), str::to_owned),
            from: asked.from,
            to,
            known_by: asked.known_by,
            place,
            reports,
            claims,
            events,
            disputes,
            tallies,
            controls,
            controls_before,
            holdings,
            sieges,
            ties,
            displacement: points.into_iter().map(displaced).collect(),
            sources,
            words,
            names: if wanted.show_names { NamePolicy::Names } else { NamePolicy::Pseudonyms },
            people,
            coarsen_km: wanted.coarsen_km,
            regions: None,
            salt: match wanted.salt {
                Some(salt) => keys::chosen(salt)?,
                None => keys::pseudonyms(path)?,
            },
        };
        if let Some(region) = wanted.region {
            let regions = Regions::new(words, region, &gathered.salt, unknown.iter().map(String::as_str));
            gathered.coarsen(&regions, wanted.title.is_none())?;
            gathered.regions = Some(regions);
        }
        Ok(gathered)
    }

    /// An id as it is shown: of the region where places are coarse.
    pub(crate) fn id(&self, id: &str) -> String {
        self.regions.as_ref().and_then(|regions| regions.id(id)).unwrap_or_else(|| id.to_owned())
    }

    /// Calls places by their regions in all that is shown.
    fn coarsen(&mut self, regions: &Regions<'a>, headline: bool) -> Result<(), Error> {
        fn each<T: Serialize + DeserializeOwned>(all: &mut Vec<T>, regions: &Regions) -> Result<(), Error> {
            let fault = |error: serde_json::Error| {
                Error::wrong(format!("what is shown cannot be made coarse: {error}"))
            };
            let mut value = serde_json::to_value(&*all).map_err(fault)?;
            regions.json(&mut value);
            *all = serde_json::from_value(value).map_err(fault)?;
            Ok(())
        }
        let id = |id: &str| regions.id(id).unwrap_or_else(|| id.to_owned());
        self.place = self.place.map(|place| regions.outer(&place.id).unwrap_or(place));
        if headline {
            self.title = self::headline(self.place);
        }
        // Whoever is named in a report is looked up by its id.
        self.people.rename(id);
        for report in &mut self.reports {
            report.id = id(&report.id);
            report.title = report.title.as_deref().map(|title| regions.text(title));
            report.publisher = report.publisher.as_deref().map(|name| regions.text(name));
            report.url = None;
        }
        for point in &mut self.displacement {
            point
                .place
                .iter_mut()
                .chain([&mut point.root])
                .chain(&mut point.claims)
                .for_each(|own| *own = id(own));
        }
        each(&mut self.claims, regions)?;
        each(&mut self.events, regions)?;
        each(&mut self.disputes, regions)?;
        each(&mut self.tallies, regions)?;
        each(&mut self.controls, regions)?;
        each(&mut self.controls_before, regions)?;
        each(&mut self.holdings, regions)?;
        each(&mut self.sieges, regions)?;
        each(&mut self.ties, regions)?;
        each(&mut self.sources, regions)
    }

    /// What publishing takes.
    pub(crate) fn input(&self) -> BriefInput<'_> {
        BriefInput {
            title: &self.title,
            from: self.from,
            to: self.to,
            known_by: self.known_by,
            place: self.place,
            reports: &self.reports,
            claims: &self.claims,
            events: &self.events,
            disputes: &self.disputes,
            tallies: &self.tallies,
            controls: &self.controls,
            controls_before: &self.controls_before,
            holdings: &self.holdings,
            sieges: &self.sieges,
            ties: &self.ties,
            displacement: &self.displacement,
            sources: &self.sources,
            words: self.words,
            names: self.names,
            people: Some(&self.people),
            coarsen_km: self.coarsen_km,
            salt: &self.salt,
        }
    }
}

/// Events and disputes as they were known on a day: a part of the answers holds what was said later too.
fn as_known(weighed: &Weighed, day: Date, events: &mut Vec<Event>, disputes: &mut Vec<Dispute>) {
    let said = Ask { known_by: Some(day), ..Ask::default() };
    let known: BTreeSet<&str> = weighed.claims(&said).into_iter().map(|claim| claim.id.as_str()).collect();
    let steps = weighed.events.iter().map(|event| event.id.as_str()).zip(weighed.steps());
    let steps: BTreeMap<&str, _> = steps.collect();
    for event in events.iter_mut() {
        event.claims.retain(|claim| known.contains(claim.as_str()));
        let voices = event.claims.iter().filter_map(|claim| weighed.roots.get(claim)).flatten();
        event.roots = voices.cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let step = steps.get(event.id.as_str()).and_then(|steps| steps.iter().rfind(|step| step.day <= day));
        [event.killed.low, event.killed.best, event.killed.high] = step.map_or([None; 3], |step| step.killed);
    }
    events.retain(|event| !event.claims.is_empty());
    for dispute in disputes.iter_mut() {
        for side in &mut dispute.sides {
            side.claims.retain(|claim| known.contains(claim.as_str()));
        }
        dispute.sides.retain(|side| !side.claims.is_empty());
    }
    disputes.retain(|dispute| dispute.sides.len() > 1);
}

/// Mentions of places that claims name and no list knows.
pub(crate) fn unknown_places<'c>(words: &Words, claims: impl Iterator<Item = &'c Claim>) -> Vec<String> {
    let places = claims.flat_map(|claim| &claim.place);
    let unknown = places.filter(|place| place.id().is_none_or(|id| words.gazetteer.place(id).is_none()));
    unknown.map(|place| place.mention.clone()).collect()
}

/// The area: where a name fits several places, the one that contains the most of the others.
fn area<'a>(shelf: &'a Shelf, places: &[EntityId]) -> Option<&'a Place> {
    let gazetteer = &shelf.words().gazetteer;
    let holds = |outer: &str| places.iter().filter(|place| gazetteer.within(place, outer)).count();
    let widest = places.iter().max_by_key(|place| (holds(place), std::cmp::Reverse(*place)))?;
    gazetteer.place(widest)
}

/// The place's name; the brief says the period itself.
fn headline(place: Option<&Place>) -> String {
    place.map_or_else(|| "What the reports say".to_string(), |place| place.name.clone())
}

fn displaced(point: Point) -> Displaced {
    let Point { measure: _, place, from, to, what, low, high, group, root, side, unverified, claims } = point;
    let kind = match what {
        Flow::Stock => DisplacementKind::Stock,
        Flow::Flow => DisplacementKind::Flow,
    };
    Displaced { kind, place, from, to, low, high, group, root, side, unverified, claims }
}
