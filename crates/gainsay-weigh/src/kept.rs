//! A weighed corpus kept apart claim by claim, and any part of it put together again.
//!
//! **Takes** a weighed corpus, or claims that were kept of one with their events and disputes.
//! **Gives** [`Kept`] claims, each with all that answers need of it, and a [`Weighed`] over any of them.
//! **Never** weighs anew: whom a claim names, who stands behind it and which event it is about were found over all
//! claims. What a part is asked is answered as the whole would answer it, as long as the part holds every claim that
//! the ask lets through, the events of these, and the totals that they are parts of.
//!
//! Words and offsets are not kept: no answer needs them, and the ledger has them.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use gainsay_model::{
    Claim, ClaimId, Count, Cut, Date, Degree, Dispute, EntityId, EntityRef, Event, Filler, Ground, Group,
    Interval, Kind, Measure, Scope, Slot, Status,
};
use serde::{Deserialize, Serialize};

use crate::corpus::{Corpus, Names, ReportHead};
use crate::days::Days;
use crate::link::Linked;
use crate::range::Range;
use crate::roots::{Said, Voice};
use crate::{Weighed, chain};

/// Words, and the id and name of whom they mean where that was read.
type Mention = (String, Option<(String, String)>);
/// What is counted, at least, at most, of whom, over what stretch.
type Counted = (Measure, Option<u64>, Option<u64>, Option<Group>, Option<Scope>);

/// A claim as it was weighed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kept {
    id: ClaimId,
    document: String,
    kind: Kind,
    status: Status,
    actor: Vec<Mention>,
    target: Vec<Mention>,
    place: Vec<Mention>,
    source: Vec<Mention>,
    time: Option<(Option<Date>, Option<Date>)>,
    count: Option<Counted>,
    degree: Option<Degree>,
    unverified: bool,
    means: Option<String>,
    cut: Vec<Cut>,
    part_of: Option<ClaimId>,
    /// The rules that read what kind of claim it is.
    rules: Vec<String>,
    outlet: EntityId,
    credited: Option<EntityId>,
    said: Option<Date>,
    when: Option<(Date, Date)>,
    actors: Vec<EntityId>,
    targets: Vec<EntityId>,
    places: Vec<EntityId>,
    home: bool,
    sources: Vec<(EntityId, String)>,
    group: String,
    figure: Option<(Measure, Option<u64>, Option<u64>)>,
    roots: Vec<EntityId>,
    carriers: Vec<EntityId>,
    own: bool,
    circular: Option<Vec<EntityId>>,
    copy_of: Option<String>,
    altered: bool,
    first: Option<Date>,
    event: Option<String>,
    /// The governorate that its report tells most of.
    told_of: Option<EntityId>,
}

/// By what a kept claim can be looked up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Keys {
    /// The claim's id.
    pub id: ClaimId,
    /// Its report.
    pub report: String,
    /// The event it is about.
    pub event: Option<String>,
    /// The total it is a part of.
    pub part_of: Option<ClaimId>,
    /// The day it was said.
    pub said: Option<Date>,
    /// The days of its matter: by its own word, else by its event's, else the day it was first said.
    pub days: Option<(Date, Date)>,
    /// Where it is; where it names no known place, where its event is.
    pub places: Vec<EntityId>,
    /// Who does it and to whom it is done.
    pub parties: Vec<EntityId>,
    /// Whoever can be asked for as its source: roots, those cited, those who pass it on, its outlet.
    pub sources: Vec<EntityId>,
    /// Of these, those whose word it is, as "according to" asks for it.
    pub according_to: Vec<EntityId>,
}

impl Weighed<'_> {
    /// Every claim as it is kept, with its keys, by id.
    pub fn kept(&self) -> impl Iterator<Item = (Keys, Kept)> + '_ {
        (0..self.said.len()).map(|at| (self.keys(at), self.keep(at)))
    }

    /// As [`Weighed::kept`], those said first first; those of no known day before all.
    pub fn kept_as_said(&self) -> impl Iterator<Item = (Keys, Kept)> + '_ {
        let mut order: Vec<usize> = (0..self.said.len()).collect();
        order.sort_by_key(|&at| (self.said[at].link.said, self.said[at].id()));
        order.into_iter().map(|at| (self.keys(at), self.keep(at)))
    }

    /// By what every claim is looked up, by id.
    pub fn all_keys(&self) -> impl Iterator<Item = Keys> + '_ {
        (0..self.said.len()).map(|at| self.keys(at))
    }

    /// By what a claim is looked up; `None` where it is not weighed.
    pub fn keys_of(&self, claim: &str) -> Option<Keys> {
        self.by_id.get(claim).map(|&at| self.keys(at))
    }

    /// Whose word a claim is, as "according to" asks for it; sorted.
    pub(crate) fn said_according_to(&self, at: usize) -> Vec<EntityId> {
        let (said, link) = (&self.said[at], &self.said[at].link);
        let written = link.credited.is_none() && said.voice.copy_of.is_none();
        let outlet = Some(&link.outlet).filter(|outlet| written && !outlet.is_empty());
        sorted(speaking(said).into_iter().chain(outlet.cloned()))
    }

    fn keys(&self, at: usize) -> Keys {
        let (said, link) = (&self.said[at], &self.said[at].link);
        let outlet = Some(&link.outlet).filter(|outlet| !outlet.is_empty());
        Keys {
            id: link.claim.id.clone(),
            report: link.claim.document.clone(),
            event: self.of[at].map(|event| self.events[event].id.clone()),
            part_of: link.claim.part_of.clone(),
            said: link.said,
            days: self.scope_day(at).map(|days| (days.from, days.to)),
            places: sorted(self.places(at).cloned()),
            parties: sorted(link.actors.iter().chain(&link.targets).cloned()),
            sources: sorted(
                speaking(said).into_iter().chain(said.voice.carriers.iter().chain(outlet).cloned()),
            ),
            according_to: self.said_according_to(at),
        }
    }

    fn keep(&self, at: usize) -> Kept {
        let said = &self.said[at];
        let event = self.of[at].map(|event| self.events[event].id.clone());
        Kept::of(said, event, self.homes.get(said.link.claim.document.as_str()).cloned())
    }
}

impl Kept {
    /// A claim with whom it names and who stands behind it, the event it is about, and the governorate that its report
    /// tells most of.
    pub(crate) fn of(said: &Said, event: Option<String>, told_of: Option<EntityId>) -> Kept {
        let Said { link, voice, first } = said;
        let claim = link.claim;
        let rules = claim.grounds.iter().filter(|ground| ground.slot == Slot::Kind);
        Kept {
            id: claim.id.clone(),
            document: claim.document.clone(),
            kind: claim.kind,
            status: claim.status,
            actor: mentions(&claim.actor),
            target: mentions(&claim.target),
            place: mentions(&claim.place),
            source: mentions(&claim.source),
            time: claim.time.map(|time| (time.start, time.end)),
            count: claim
                .count
                .as_ref()
                .map(|count| (count.what, count.low, count.high, count.group, count.scope)),
            degree: claim.degree,
            unverified: claim.unverified,
            means: claim.means.clone(),
            cut: claim.cut.clone(),
            part_of: claim.part_of.clone(),
            rules: rules.map(|ground| ground.rule.clone()).collect(),
            outlet: link.outlet.clone(),
            credited: link.credited.clone(),
            said: link.said,
            when: link.when.map(|days| (days.from, days.to)),
            actors: link.actors.clone(),
            targets: link.targets.clone(),
            places: link.places.clone(),
            home: link.home,
            sources: link.sources.clone(),
            group: link.group.clone(),
            figure: link.figure.map(|(measure, range)| (measure, range.low, range.high)),
            roots: voice.roots.clone(),
            carriers: voice.carriers.clone(),
            own: voice.own,
            circular: voice.circular.as_deref().cloned(),
            copy_of: voice.copy_of.clone(),
            altered: voice.altered,
            first: *first,
            event,
            told_of,
        }
    }

    /// The claim's id.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The same, about an event.
    pub(crate) fn about(mut self, event: Option<String>, group: Option<String>) -> Kept {
        self.event = event;
        self.group = group.unwrap_or(self.group);
        self
    }

    /// The governorate that its report tells most of.
    pub(crate) fn told_of(&self) -> Option<&EntityId> {
        self.told_of.as_ref()
    }

    /// The claim without its words.
    pub fn claim(&self) -> Claim {
        let ground = |rule: &String| Ground { slot: Slot::Kind, start: 0, end: 0, rule: rule.clone() };
        Claim {
            id: self.id.clone(),
            document: self.document.clone(),
            kind: self.kind,
            evidence: Vec::new(),
            status: self.status,
            actor: fillers(&self.actor),
            target: fillers(&self.target),
            place: fillers(&self.place),
            time: self.time.map(|(start, end)| Interval { start, end }),
            count: self.count.map(|(what, low, high, group, scope)| Count { what, low, high, group, scope }),
            source: fillers(&self.source),
            degree: self.degree,
            unverified: self.unverified,
            means: self.means.clone(),
            cut: self.cut.clone(),
            part_of: self.part_of.clone(),
            reader: String::new(),
            grounds: self.rules.iter().map(ground).collect(),
        }
    }

    /// The places, doers, those done to, and sources that its mentions were taken for, each with its words where these
    /// can be told apart.
    pub fn named(&self) -> [Vec<(&str, Option<&str>)>; 4] {
        fn with<'k>(ids: Vec<&'k str>, mentions: &'k [Mention]) -> Vec<(&'k str, Option<&'k str>)> {
            let told = ids.len() == mentions.len();
            let words = |n: usize| told.then(|| mentions[n].0.as_str());
            ids.into_iter().enumerate().map(|(n, id)| (id, words(n))).collect()
        }
        [
            with(self.places.iter().map(String::as_str).collect(), &self.place),
            with(self.actors.iter().map(String::as_str).collect(), &self.actor),
            with(self.targets.iter().map(String::as_str).collect(), &self.target),
            with(self.sources.iter().map(|(id, _)| id.as_str()).collect(), &self.source),
        ]
    }

    /// All who are heard in it: roots, those cited, those who pass it on, its outlet.
    pub fn heard(&self) -> impl Iterator<Item = &str> {
        let cited = self.sources.iter().map(|(id, _)| id);
        self.roots.iter().chain(cited).chain(&self.carriers).chain([&self.outlet]).map(String::as_str)
    }

    /// The independent voices behind it.
    pub fn roots(&self) -> &[EntityId] {
        &self.roots
    }

    /// Who passes it on, from the page it stands on inward, and last its roots.
    pub fn chain(&self) -> Vec<EntityId> {
        chain(&self.carriers, &self.roots)
    }

    /// The report whose text its report carries, where that is a copy.
    pub fn copy_of(&self) -> Option<&str> {
        self.copy_of.as_deref()
    }

    /// Who published its report.
    pub fn outlet(&self) -> &str {
        &self.outlet
    }

    /// What it is about.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The event it is about.
    pub fn event(&self) -> Option<&str> {
        self.event.as_deref()
    }

    /// The claim as it was weighed, beside itself ([`Kept::claim`]).
    pub(crate) fn said<'a>(self, claim: &'a Claim) -> Said<'a> {
        let link = Linked {
            claim,
            outlet: self.outlet,
            credited: self.credited,
            said: self.said,
            when: self.when.map(|(from, to)| Days::new(from, to)),
            actors: self.actors,
            targets: self.targets,
            places: self.places,
            home: self.home,
            sources: self.sources,
            group: self.group,
            figure: self.figure.map(|(measure, low, high)| (measure, Range { low, high })),
        };
        let voice = Voice {
            roots: self.roots,
            carriers: self.carriers,
            own: self.own,
            circular: self.circular.map(Arc::new),
            copy_of: self.copy_of,
            altered: self.altered,
        };
        Said { link, voice, first: self.first }
    }
}

/// A part of a weighed corpus: kept claims in the order of their ids, each beside its claim ([`Kept::claim`]), with
/// the heads of their reports, their events and their disputes. An event that is not among these has no claims here.
pub fn together<'a>(
    names: impl Into<Names<'a>>,
    reports: &'a [ReportHead],
    claims: &'a [Claim],
    kept: &[Kept],
    mut events: Vec<Event>,
    mut disputes: Vec<Dispute>,
) -> Weighed<'a> {
    events.sort_by(|a, b| a.id.cmp(&b.id));
    events.dedup_by(|a, b| a.id == b.id);
    disputes.sort_by(|a, b| a.id.cmp(&b.id));
    disputes.dedup_by(|a, b| a.id == b.id);
    let homes = claims
        .iter()
        .zip(kept)
        .filter_map(|(claim, kept)| Some((claim.document.as_str(), kept.told_of.clone()?)))
        .collect();
    let at = |id: &str| events.binary_search_by(|event| event.id.as_str().cmp(id)).ok();
    let of: Vec<Option<usize>> = kept.iter().map(|kept| kept.event().and_then(at)).collect();
    let said: Vec<Said> = claims.iter().zip(kept).map(|(claim, kept)| kept.clone().said(claim)).collect();
    let mut members = vec![Vec::new(); events.len()];
    for (at, event) in of.iter().enumerate().filter_map(|(at, event)| Some((at, (*event)?))) {
        members[event].push(at);
    }
    let by_id = said.iter().enumerate().map(|(at, said)| (said.link.claim.id.as_str(), at)).collect();
    let roots = said.iter().map(|said| (said.id().to_string(), said.voice.roots.clone())).collect();
    let event_of = kept.iter().filter_map(|kept| Some((kept.id.clone(), kept.event.clone()?))).collect();
    Weighed {
        roots,
        sources: Vec::new(),
        events,
        disputes,
        event_of,
        offers: Vec::new(),
        name_offers: Vec::new(),
        misquotes: Vec::new(),
        counts_as: BTreeMap::new(),
        homes,
        corpus: Corpus::new(reports, claims, names),
        said,
        by_id,
        members,
        of,
        kept: true,
        by_place: OnceLock::new(),
        held: OnceLock::new(),
    }
}

impl<'a> Weighed<'a> {
    /// A part as known by a day: only what had been said by then, linked and weighed as the whole is today.
    pub(crate) fn said_by(&self, day: Date) -> Weighed<'a> {
        let stays: Vec<usize> = (0..self.said.len())
            .filter(|&at| self.said[at].link.said.is_some_and(|said| said <= day))
            .collect();
        let said: Vec<Said<'a>> = stays.iter().map(|&at| self.said[at].clone()).collect();
        let of: Vec<Option<usize>> = stays.iter().map(|&at| self.of[at]).collect();
        let mut members = vec![Vec::new(); self.events.len()];
        for (at, event) in of.iter().enumerate().filter_map(|(at, event)| Some((at, (*event)?))) {
            members[event].push(at);
        }
        let ids = || said.iter().map(|said| said.id().to_string());
        Weighed {
            roots: ids().zip(said.iter().map(|said| said.voice.roots.clone())).collect(),
            sources: Vec::new(),
            events: self.events.clone(),
            disputes: self.disputes.clone(),
            event_of: ids().filter_map(|id| Some((id.clone(), self.event_of.get(&id)?.clone()))).collect(),
            offers: Vec::new(),
            name_offers: Vec::new(),
            misquotes: Vec::new(),
            counts_as: BTreeMap::new(),
            homes: self.homes.clone(),
            corpus: self.corpus,
            by_id: said.iter().enumerate().map(|(at, said)| (said.link.claim.id.as_str(), at)).collect(),
            said,
            members,
            of,
            kept: true,
            by_place: OnceLock::new(),
            held: OnceLock::new(),
        }
    }
}

/// Roots and those who are cited; "medical sources@Reuters" as itself and as the one who speaks.
fn speaking(said: &Said) -> Vec<EntityId> {
    let roots = said.voice.roots.iter();
    let who = roots.clone().filter_map(|root| root.split_once('@').map(|(who, _)| who.to_owned()));
    roots.cloned().chain(who).chain(said.link.sources.iter().map(|(id, _)| id.clone())).collect()
}

fn sorted(ids: impl Iterator<Item = EntityId>) -> Vec<EntityId> {
    let mut ids: Vec<EntityId> = ids.collect();
    ids.sort();
    ids.dedup();
    ids
}

fn mentions(fillers: &[Filler]) -> Vec<Mention> {
    let one = |filler: &Filler| {
        let entity = filler.entity.as_ref().map(|entity| (entity.id.clone(), entity.name.clone()));
        (filler.mention.clone(), entity)
    };
    fillers.iter().map(one).collect()
}

fn fillers(mentions: &[Mention]) -> Vec<Filler> {
    let one = |(mention, entity): &Mention| {
        let entity = entity.as_ref().map(|(id, name)| EntityRef { id: id.clone(), name: name.clone() });
        Filler { mention: mention.clone(), entity }
    };
    mentions.iter().map(one).collect()
}
