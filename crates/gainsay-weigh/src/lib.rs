//! Weighing: claims to voices, events, disputes, and to the answers over them.
//!
//! **Takes** claims from wherever they come and the heads of their reports ([`Corpus`]).
//! **Gives** [`Weighed`]: the roots of every claim, sources, events, disputes; and from it the answers [`tally()`],
//! [`control()`], [`holdings`], [`sieges`], [`ties`], [`displacement()`], each figure with its claims.
//! **Never** reads text, a file or the clock; never drops a claim; never counts a copy as a voice.
//!
//! Everything is deterministic and independent of the order of the input: ordered maps, ties broken by content,
//! whole numbers in every decision. The rules that a user may want to read are tables under `data/`.

pub mod ask;
pub mod corpus;
mod days;
pub mod range;
pub mod stages;
mod table;

mod control;
mod displacement;
mod kept;
mod left_out;
mod numbered;
mod order;
pub mod readers;
mod disputes;
mod events;
mod link;
mod roots;
mod siege;
mod tally;
mod tie;
mod what_if;

pub mod access;
pub mod bias;
pub mod grade;
pub mod judge;
pub mod recapture;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gainsay_model::{Claim, ClaimId, Date, Dispute, EntityId, Event, SourceView};

pub use ask::{Ask, resolve};
pub use control::{HoldingPolicy, Stand, control, control_by, holdings, stands};
pub use corpus::{Corpus, Names, ReportHead};
pub use displacement::{Flow, Point, displacement, need};
pub use events::{Offer, Step, information};
pub use kept::{Kept, Keys, together};
pub use left_out::{LeftOut, left_out_of_control, left_out_of_tally};
pub use link::{Decision, Link, NameOffer, Whose, links, slug};
pub use range::Range;
pub use siege::{KnownSiege, known_sieges, sieges};
pub use tally::{EventFigure, event_figures, event_tallies, tally, victims};
pub use tie::ties;
pub use what_if::{Counted, WhatIf};

use events::Events;
use roots::Said;

/// A corpus weighed.
pub struct Weighed<'a> {
    /// The independent voices behind each claim.
    pub roots: BTreeMap<ClaimId, Vec<EntityId>>,
    /// Every outlet, cited source and root, by id.
    pub sources: Vec<SourceView>,
    /// Events, by id.
    pub events: Vec<Event>,
    /// Disputes and revisions, by id.
    pub disputes: Vec<Dispute>,
    /// The event each claim is about, where it is about one.
    pub event_of: BTreeMap<ClaimId, String>,
    /// Pairs of events that are likely one, each with what speaks for it: offered, never done.
    pub offers: Vec<Offer>,
    /// Names that no list holds and that are likely spellings of one another: offered, never done.
    pub name_offers: Vec<NameOffer>,
    /// Claims that pass on another figure than the voice they cite gives in its own reports.
    pub misquotes: Vec<ClaimId>,
    /// Entities that count as another, by spelling or because people said so.
    counts_as: BTreeMap<EntityId, EntityId>,
    /// The governorate that each report tells most of.
    homes: BTreeMap<&'a str, EntityId>,
    corpus: Corpus<'a>,
    said: Vec<Said<'a>>,
    by_id: BTreeMap<&'a str, usize>,
    members: Vec<Vec<usize>>,
    of: Vec<Option<usize>>,
    /// Put together of kept claims, and not weighed just now.
    kept: bool,
    /// Claims by where they or their events are; made when first asked for.
    by_place: OnceLock<ask::ByPlace>,
    /// Who holds what by all voices; made when first asked for.
    held: OnceLock<control::Stretches>,
}

/// Weighs a corpus.
pub fn weigh<'a>(corpus: &Corpus<'a>) -> Weighed<'a> {
    weigh_watched(corpus, &mut |_| {})
}

/// Weighs a corpus, a line per pass, and tells `watch` the name of each pass when it is done.
pub fn weigh_watched<'a>(corpus: &Corpus<'a>, watch: &mut dyn FnMut(&'static str)) -> Weighed<'a> {
    let link::Linking { linked, counts_as, offers: name_offers, homes } = link::link(corpus);
    watch("link");
    let mut said = roots::roots(corpus, linked);
    watch("roots");
    let by_id: BTreeMap<&str, usize> =
        said.iter().enumerate().map(|(at, said)| (said.link.claim.id.as_str(), at)).collect();
    let Events { events, members, of, offers } = events::events(corpus, &mut said, &by_id);
    watch("events");
    let roots = said.iter().map(|said| (said.id().to_string(), said.voice.roots.clone())).collect();
    let event_of = said
        .iter()
        .zip(&of)
        .filter_map(|(said, of)| Some((said.id().to_string(), events[(*of)?].id.clone())));
    let event_of = event_of.collect();
    let sources = roots::views(&corpus.names, &said);
    watch("sources");
    let (disputes, misquotes) = (Vec::new(), Vec::new());
    let mut weighed = Weighed {
        roots,
        sources,
        events,
        disputes,
        event_of,
        offers,
        name_offers,
        misquotes,
        counts_as,
        homes,
        corpus: *corpus,
        said,
        by_id,
        members,
        of,
        kept: false,
        by_place: OnceLock::new(),
        held: OnceLock::new(),
    };
    (weighed.disputes, weighed.misquotes) = disputes::disputes(&weighed);
    watch("disputes");
    weighed
}

/// The name of an actor, place, source or root, for people to read.
pub fn name(names: &Names, id: &str) -> String {
    match names.gazetteer.place(id) {
        Some(place) => place.name.clone(),
        None => link::plain(names, id),
    }
}

/// Whose side an actor, source or root is on; empty where unknown.
pub fn side(names: &Names, id: &str) -> String {
    roots::side(names, id)
}

/// Those who pass something on, and last its roots.
fn chain(carriers: &[EntityId], roots: &[EntityId]) -> Vec<EntityId> {
    let last = carriers.last();
    carriers.iter().chain(roots.iter().filter(|root| last != Some(root))).cloned().collect()
}

impl<'a> Weighed<'a> {
    /// Whether the gazetteer, or a list that a user brought, knows a place of this id.
    pub fn is_listed_place(&self, id: &str) -> bool {
        self.corpus.names.gazetteer.place(id).is_some()
    }

    /// The same corpus as it stood when only reports up to this day had been said. A part of kept claims is not weighed
    /// anew for that: only what had been said by then stands in it, named and joined as all claims are today.
    pub fn known_by(&self, day: Date) -> Weighed<'a> {
        if self.kept {
            return self.said_by(day);
        }
        weigh(&Corpus { known_by: Some(day), ..self.corpus })
    }

    /// Whose side an actor, source or root is on; empty where unknown.
    pub fn side(&self, id: &str) -> String {
        roots::side(&self.corpus.names, id)
    }

    /// The name of an actor, place, source or root, for people to read.
    pub fn name(&self, id: &str) -> String {
        name(&self.corpus.names, id)
    }

    /// Who passes the claim on, from the page it stands on inward, and last its roots: the chain to print.
    pub fn chain(&self, claim: &str) -> Vec<EntityId> {
        let Some(said) = self.by_id.get(claim).map(|&at| &self.said[at]) else { return Vec::new() };
        chain(&said.voice.carriers, &said.voice.roots)
    }

    /// The report whose text the claim's report carries, where it is a copy.
    pub fn copy_of(&self, claim: &str) -> Option<&str> {
        self.by_id.get(claim).and_then(|&at| self.said[at].voice.copy_of.as_deref())
    }

    /// Claims that an ask lets through, by id.
    pub fn claims(&self, ask: &Ask) -> Vec<&'a Claim> {
        self.asked(ask).into_iter().map(|at| self.said[at].link.claim).collect()
    }

    /// Events of which the ask lets through a claim, by id.
    pub fn events(&self, ask: &Ask) -> Vec<&Event> {
        let lets = |members: &Vec<usize>| members.iter().any(|&at| ask.lets(self, at));
        self.events
            .iter()
            .zip(&self.members)
            .filter(|(_, members)| lets(members))
            .map(|(event, _)| event)
            .collect()
    }

    /// Disputes of which the ask lets through a claim, by id.
    pub fn disputes(&self, ask: &Ask) -> Vec<&Dispute> {
        let lets = |id: &ClaimId| self.by_id.get(id.as_str()).is_some_and(|&at| ask.lets(self, at));
        self.disputes
            .iter()
            .filter(|dispute| dispute.sides.iter().any(|side| side.claims.iter().any(lets)))
            .collect()
    }
}
