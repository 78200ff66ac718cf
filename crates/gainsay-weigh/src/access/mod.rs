//! Which ways lead into a place on a day, and through whose hands.
//!
//! **Takes** a weighed corpus, a [`Network`] of roads, bridges and crossings, and what is asked.
//! **Gives** a [`WayIn`] for each way that ends in the place, with who holds each stop on it and the claims.
//! **Never** calls a way open that nobody speaks of, and never plans a journey: only ways that end in the place.
//!
//! A way is *cut* by a claim that its bridge or road is destroyed, or that passage is blocked; *contested* where a
//! stop is; in *other hands* where a stop is held by a side that does not hold the place; *open* where every stop is
//! held by the side that holds the place; else *unknown*. After OCHA and REACH (access severity: who controls the
//! road, what is damaged, what is let through).

mod network;

use std::collections::BTreeSet;

use gainsay_model::{ClaimId, Date, EntityId, HoldingState, Kind, Status};
use serde::Serialize;

pub use network::{Network, Way, WayKind};

use crate::days::{between, shift};
use crate::roots::Camps;
use crate::{Ask, Weighed, control, sieges};

/// A road that was blocked, or aid that came in, so many days ago says something of today.
const LATELY: i32 = 31;

/// Whether a way leads in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WayState {
    /// Every stop is held by the side that holds the place.
    Open,
    /// A stop is held by another side.
    OtherHands,
    /// A stop is fought over.
    Contested,
    /// Destroyed or blocked.
    Cut,
    /// Nobody says.
    Unknown,
}

impl WayState {
    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            WayState::Open => "open",
            WayState::OtherHands => "other-hands",
            WayState::Contested => "contested",
            WayState::Cut => "cut",
            WayState::Unknown => "unknown",
        }
    }
}

/// Who holds a stop.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Hand {
    /// The stop.
    pub place: EntityId,
    /// How sure.
    pub state: HoldingState,
    /// Who.
    pub holders: Vec<EntityId>,
    /// Days between the newest evidence and the day asked about.
    pub age_days: Option<i64>,
    /// The claims that say so.
    pub claims: Vec<ClaimId>,
}

/// One way into a place on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WayIn {
    /// The place asked about.
    pub place: EntityId,
    /// The day.
    pub at: Date,
    /// Only what had been said by this day counts.
    pub known_by: Option<Date>,
    /// The way's id in the network.
    pub way: String,
    /// Its name.
    pub name: String,
    /// What it is.
    pub kind: WayKind,
    /// Where it comes from.
    pub from: EntityId,
    /// Whether it leads in.
    pub state: WayState,
    /// Its stops from the place outward, with who holds each.
    pub hands: Vec<Hand>,
    /// Claims that it is destroyed or blocked.
    pub cut_by: Vec<ClaimId>,
    /// Claims that the place is besieged on that day.
    pub besieged_by: Vec<ClaimId>,
    /// Claims that aid came into the place in the month before.
    pub deliveries: Vec<ClaimId>,
}

/// The ways into each place asked about on a day, by place and way; a place that the network does not know has none.
pub fn access(weighed: &Weighed, ask: &Ask, network: &Network, at: Date) -> Vec<WayIn> {
    if let Some(day) = ask.known_by {
        let known = Ask { known_by: None, ..ask.clone() };
        let lines = access(&weighed.known_by(day), &known, network, at);
        return lines.into_iter().map(|line| WayIn { known_by: Some(day), ..line }).collect();
    }
    let gazetteer = weighed.corpus.names.gazetteer;
    let one = |a: &str, b: &str| gazetteer.within(a, b) || gazetteer.within(b, a);
    let ask = Ask { from: None, to: None, kind: None, ..ask.clone() };
    let mut lines = Vec::new();
    for place in ask.place.iter().collect::<BTreeSet<_>>() {
        let here = Ask { place: vec![place.clone()], ..ask.clone() };
        let Some(own) = control(weighed, &here, at).into_iter().next() else { continue };
        let besieged = sieges(weighed, &here);
        let besieged = besieged.iter().filter(|siege| {
            siege.from.is_some_and(|from| from <= at)
                && siege.to.is_none_or(|to| between(to, at) <= i64::from(LATELY))
        });
        let besieged: BTreeSet<ClaimId> = besieged.flat_map(|siege| siege.claims.clone()).collect();
        let deliveries = lately(weighed, &here, at, &[Kind::Aid], &[place]);
        for way in &network.ways {
            let [a, b] = &way.between;
            let stop = way.place.as_ref().is_some_and(|own| own == place);
            let from = match (one(a, place), one(b, place)) {
                _ if stop => b,
                (true, false) => b,
                (false, true) => a,
                // Within the place, or nowhere near.
                _ => continue,
            };
            let outward = way.through.iter();
            let outward: Vec<&EntityId> = if from == a { outward.rev().collect() } else { outward.collect() };
            let stops = way.place.iter().chain(outward).chain([from]);
            let mut seen = BTreeSet::new();
            let hands: Vec<Hand> = stops
                .filter(|stop| seen.insert((*stop).clone()))
                .map(|stop| hand(weighed, &Ask { place: vec![stop.clone()], ..ask.clone() }, stop, at))
                .collect();
            let blocked: Vec<&EntityId> = way.place.iter().chain(&way.through).collect();
            let mut cut_by = lately(weighed, &ask, at, &[Kind::Obstruction], &blocked);
            cut_by.extend(destroyed(weighed, &ask, at, way));
            cut_by.sort();
            cut_by.dedup();
            lines.push(WayIn {
                place: place.clone(),
                at,
                known_by: None,
                way: way.id.clone(),
                name: way.name.clone(),
                kind: way.kind,
                from: from.clone(),
                state: state(weighed, &own.holders, &hands, !cut_by.is_empty()),
                hands,
                cut_by,
                besieged_by: besieged.iter().cloned().collect(),
                deliveries: deliveries.clone(),
            });
        }
    }
    lines.sort_by(|a, b| (&a.place, &a.way).cmp(&(&b.place, &b.way)));
    lines
}

fn hand(weighed: &Weighed, ask: &Ask, stop: &EntityId, at: Date) -> Hand {
    let line = control(weighed, ask, at).into_iter().next();
    let (state, holders, age_days, claims) = match line {
        Some(line) => (line.state, line.holders, line.age_days, line.claims),
        None => (HoldingState::Unknown, Vec::new(), None, Vec::new()),
    };
    Hand { place: stop.clone(), state, holders, age_days, claims }
}

fn state(weighed: &Weighed, own: &[EntityId], hands: &[Hand], cut: bool) -> WayState {
    let camps = Camps::new(weighed.corpus.names);
    let ours = |hand: &Hand| hand.holders.iter().any(|a| own.iter().any(|b| camps.one_side(a, b)));
    let any = |state: HoldingState| hands.iter().any(|hand| hand.state == state);
    let known = |hand: &&Hand| hand.state != HoldingState::Unknown;
    match () {
        () if cut => WayState::Cut,
        () if any(HoldingState::Contested) => WayState::Contested,
        () if !own.is_empty() && hands.iter().filter(known).any(|hand| !ours(hand)) => WayState::OtherHands,
        () if own.is_empty() || any(HoldingState::Unknown) => WayState::Unknown,
        () => WayState::Open,
    }
}

/// Asserted claims of these kinds at these places in the month up to a day.
fn lately(weighed: &Weighed, ask: &Ask, at: Date, kinds: &[Kind], places: &[&EntityId]) -> Vec<ClaimId> {
    let ask = Ask { place: Vec::new(), ..ask.clone() };
    let fits = |&n: &usize| {
        let said = &weighed.said[n];
        let link = &said.link;
        kinds.contains(&link.claim.kind)
            && link.claim.status == Status::Asserted
            && link.places.iter().any(|place| places.contains(&place))
            && said.day().is_some_and(|day| shift(at, -LATELY) <= day.to && day.from <= at)
            && ask.lets(weighed, n)
    };
    (0..weighed.said.len()).filter(fits).map(|n| weighed.said[n].id().to_string()).collect()
}

/// Claims that the way itself, not something beside it, is destroyed, up to a day: nobody tells of repairs.
fn destroyed(weighed: &Weighed, ask: &Ask, at: Date, way: &Way) -> Vec<ClaimId> {
    let Some(own) = &way.place else { return Vec::new() };
    let ask = Ask { place: Vec::new(), ..ask.clone() };
    let fits = |&n: &usize| {
        let said = &weighed.said[n];
        let link = &said.link;
        link.claim.kind == Kind::Destruction
            && link.claim.status == Status::Asserted
            && (link.places.contains(own) || link.targets.contains(own))
            && said.day().is_some_and(|day| day.from <= at)
            && ask.lets(weighed, n)
    };
    (0..weighed.said.len()).filter(fits).map(|n| weighed.said[n].id().to_string()).collect()
}
