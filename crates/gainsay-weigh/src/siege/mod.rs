//! Who is cut off, by whom, from when to when, and from what.
//!
//! **Takes** a weighed corpus and what is asked.
//! **Gives** [`Siege`]s by place and time, with all who are said to besiege.
//! **Never** takes an obstruction alone for a siege, and never decides between besiegers: where voices name
//! different ones the siege is marked disputed.
//!
//! What is cut off follows the criteria of REACH and OCHA for hard-to-reach places: movement, aid, goods,
//! services (power, water); only what a claim names is printed, each with the claims that name it. Aid that came in
//! while the siege lasted stands beside it and ends nothing.

mod known;

use std::collections::{BTreeMap, BTreeSet};

use gainsay_model::{ClaimId, Cut, EntityId, Kind, Siege, Status};

pub use known::{KnownSiege, known_sieges};

use crate::days::Days;
use crate::roots::{Camps, Said, side, takes_side};
use crate::{Ask, Weighed};

/// A siege spoken of again after less than so many days, without another beginning, is the same.
const SAME_SIEGE: i64 = 31;

/// A siege while it is put together.
struct Found {
    days: Option<Days>,
    /// The side that is besieged, where said.
    side: Option<String>,
    claims: Vec<usize>,
    /// Claims that aid came in all the same.
    brought: Vec<usize>,
}

/// Sieges, by place and first day.
pub fn sieges(weighed: &Weighed, ask: &Ask) -> Vec<Siege> {
    if let Some(day) = ask.known_by {
        return sieges(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() });
    }
    let period = ask;
    let ask = Ask { from: None, to: None, ..ask.clone() };
    let at_places = told(weighed, &ask).into_iter();
    let mut sieges: Vec<Siege> = at_places.flat_map(|(place, told)| told.sieges(weighed, place)).collect();
    sieges.retain(|siege| period.in_period(days_of(siege)));
    sieges
}

/// The days of a siege; unknown where neither end is known.
fn days_of(siege: &Siege) -> Option<Days> {
    siege.from.zip(siege.to).map(|(from, to)| Days::new(from, to))
}

/// What claims say of one place's being cut off.
#[derive(Clone, Debug, Default)]
struct Told {
    /// That it is besieged.
    sieges: Vec<usize>,
    /// That something is kept out.
    blocks: Vec<usize>,
    /// That aid came in.
    brought: Vec<usize>,
}

/// What claims say, by place.
fn told<'w>(weighed: &'w Weighed, ask: &Ask) -> BTreeMap<&'w EntityId, Told> {
    let mut found: BTreeMap<&EntityId, Told> = BTreeMap::new();
    for (at, said) in weighed.said.iter().enumerate() {
        let kind = said.link.claim.kind;
        let tells = matches!(kind, Kind::Siege | Kind::Obstruction | Kind::Aid);
        if !tells || said.link.claim.status != Status::Asserted || !ask.lets(weighed, at) {
            continue;
        }
        for place in &said.link.places {
            found.entry(place).or_default().list(kind).push(at);
        }
    }
    found
}

impl Told {
    /// The claims of one of the three kinds.
    fn list(&mut self, kind: Kind) -> &mut Vec<usize> {
        match kind {
            Kind::Siege => &mut self.sieges,
            Kind::Obstruction => &mut self.blocks,
            _ => &mut self.brought,
        }
    }

    /// The sieges they are about.
    fn sieges(self, weighed: &Weighed, place: &EntityId) -> Vec<Siege> {
        let Told { sieges, blocks, brought } = self;
        let mut found = gather(weighed, sieges);
        for one in &mut found {
            let days = one.days;
            let during = |at: &&usize| {
                let day = weighed.said[**at].day();
                days.zip(day).is_some_and(|(siege, day)| siege.widen(SAME_SIEGE as i32).overlaps(day))
            };
            one.claims.extend(blocks.iter().filter(during).copied());
            one.brought = brought.iter().filter(during).copied().collect();
        }
        found.into_iter().map(|one| siege(weighed, place, one)).collect()
    }
}

/// One place's claims of siege, as the sieges they are about.
fn gather(weighed: &Weighed, mut claims: Vec<usize>) -> Vec<Found> {
    let said = |at: usize| &weighed.said[at];
    let begins = |at: usize| {
        said(at).link.claim.time.is_some_and(|time| time.start.is_some() && time.start != time.end)
    };
    // Those that say when it began come first in their day, those without any day last.
    claims.sort_by_key(|&at| {
        (said(at).day().is_none(), said(at).day().map(|day| day.from), !begins(at), said(at).id())
    });
    let mut found: Vec<Found> = Vec::new();
    for at in claims {
        let (day, besieged) = (said(at).day(), besieged(weighed, said(at)));
        let same_side = |siege: &Found| siege.side.is_none() || besieged.is_none() || siege.side == besieged;
        let not_own = |siege: &Found| {
            !siege.side.as_ref().is_some_and(|side| besiegers_of_side(weighed, said(at), side))
        };
        let near = |siege: &Found| match (siege.days, day) {
            (Some(siege), Some(day)) => siege.overlaps(day) || (!begins(at) && siege.gap(day) < SAME_SIEGE),
            _ => day.is_none(),
        };
        let fits = |siege: &&mut Found| same_side(siege) && not_own(siege) && near(siege);
        // A claim without any day goes to the siege that most voices speak of.
        let voices = |siege: &Found| {
            siege.claims.iter().flat_map(|&at| &said(at).voice.roots).collect::<BTreeSet<_>>().len()
        };
        let best =
            found.iter_mut().filter(fits).max_by_key(|siege| if day.is_none() { voices(siege) } else { 0 });
        match best {
            Some(siege) => {
                siege.days = siege.days.zip(day).map(|(siege, day)| siege.cover(day)).or(siege.days).or(day);
                siege.side = siege.side.take().or(besieged);
                siege.claims.push(at);
            }
            None => found.push(Found { days: day, side: besieged, claims: vec![at], brought: Vec::new() }),
        }
    }
    found
}

/// The side that is besieged: the first that a target is of, unless it is the besiegers' own.
fn besieged(weighed: &Weighed, said: &Said) -> Option<String> {
    let mut sides = said.link.targets.iter().map(|target| side(&weighed.corpus.names, target));
    let told = sides.find(|side| takes_side(side))?;
    (!besiegers_of_side(weighed, said, &told)).then_some(told)
}

/// Whether all besiegers are of this side: nobody besieges their own.
fn besiegers_of_side(weighed: &Weighed, said: &Said, besieged: &str) -> bool {
    !said.link.actors.is_empty()
        && said.link.actors.iter().all(|actor| side(&weighed.corpus.names, actor) == besieged)
}

fn siege(weighed: &Weighed, place: &EntityId, mut found: Found) -> Siege {
    found.claims.sort_unstable();
    found.claims.dedup();
    let camps = Camps::new(weighed.corpus.names);
    let said = |at: &usize| &weighed.said[*at];
    let sieges = || found.claims.iter().map(said).filter(|said| said.link.claim.kind == Kind::Siege);
    let besiegers: BTreeSet<&EntityId> = sieges().flat_map(|said| &said.link.actors).collect();
    // Versions of who besieges, as the sets of parties that each claim names.
    let mut versions: BTreeMap<BTreeSet<EntityId>, BTreeSet<&EntityId>> = BTreeMap::new();
    for said in sieges().filter(|said| !said.link.actors.is_empty()) {
        let parties = said.link.actors.iter().map(|actor| camps.of(actor)).collect();
        versions.entry(parties).or_default().extend(&said.voice.roots);
    }
    let disputed = versions.len() > 1;
    let named = sieges().flat_map(|said| said.link.claim.target.iter().zip(&said.link.targets)).next();
    let mut evidence: BTreeMap<Cut, Vec<ClaimId>> = BTreeMap::new();
    for claim in found.claims.iter().map(|at| said(at).link.claim) {
        for cut in claim.cut.iter().copied().collect::<BTreeSet<Cut>>() {
            evidence.entry(cut).or_default().push(claim.id.clone());
        }
    }
    let target = named.map(|(_, id)| id.clone());
    Siege {
        place: place.clone(),
        target,
        besiegers: besiegers.into_iter().cloned().collect(),
        from: found.days.map(|days| days.from),
        to: found.days.map(|days| days.to),
        cut: evidence.keys().copied().collect(),
        evidence,
        deliveries: found.brought.iter().map(|at| said(at).id().to_string()).collect(),
        disputed,
        claims: found.claims.iter().map(|at| said(at).id().to_string()).collect(),
    }
}
