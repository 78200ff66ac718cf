//! `events`, `disputes`, `tally`, `control`, `sieges`, `ties`, `displacement`: what weighing makes of claims.
//!
//! Where a name fits several entities all are answered, told apart by their ids.

use gainsay_model::{
    ClaimId, Control, Date, Dispute, EntityId, Event, Grade, Interval, Kind, Measure, Policy, Siege, Tally, Tie, Toll,
};
use gainsay_weigh::{Ask, Point, Weighed};
use serde::Serialize;

/// One line of `gainsay events`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct EventLine {
    /// Day, kind, place.
    pub id: String,
    /// What happened.
    pub kind: Kind,
    /// Where.
    pub places: Vec<EntityId>,
    /// When.
    pub time: Interval,
    /// Who did it, by any claim.
    pub actors: Vec<EntityId>,
    /// To whom.
    pub targets: Vec<EntityId>,
    /// Dead.
    pub killed: Toll,
    /// Wounded.
    pub injured: Toll,
    /// The claims about it.
    pub claims: Vec<ClaimId>,
    /// The independent voices behind them.
    pub roots: Vec<EntityId>,
    /// How well founded.
    pub grade: Grade,
}

impl From<&Event> for EventLine {
    fn from(event: &Event) -> EventLine {
        let event = event.clone();
        EventLine {
            id: event.id,
            kind: event.kind,
            places: event.place,
            time: event.time,
            actors: event.actors,
            targets: event.targets,
            killed: event.killed,
            injured: event.injured,
            claims: event.claims,
            roots: event.roots,
            grade: event.grade,
        }
    }
}

/// Events of which the ask lets through a claim, by id.
pub fn events(weighed: &Weighed, ask: &Ask) -> Vec<EventLine> {
    weighed.events(ask).into_iter().map(EventLine::from).collect()
}

/// Disputes of which the ask lets through a claim, by id.
pub fn disputes(weighed: &Weighed, ask: &Ask) -> Vec<Dispute> {
    weighed.disputes(ask).into_iter().cloned().collect()
}

/// Counts by source and under a policy: of one measure and group where these are given, for each place asked about.
pub fn tally(
    weighed: &Weighed,
    ask: &Ask,
    policy: Policy,
    measure: Option<Measure>,
    group: Option<&str>,
) -> Vec<Tally> {
    let of = |ask: &Ask| gainsay_weigh::tally(weighed, ask, policy);
    let tallies = each(&ask.place, |place| of(&Ask { place, ..ask.clone() }));
    let wanted = |tally: &Tally| {
        measure.is_none_or(|measure| measure == tally.measure) && group.is_none_or(|group| group == tally.group)
    };
    tallies.into_iter().filter(wanted).collect()
}

/// Who holds each place asked about on a day, by each source asked about.
pub fn control(weighed: &Weighed, ask: &Ask, at: Date) -> Vec<Control> {
    each(&ask.according_to, |according_to| {
        gainsay_weigh::control(weighed, &Ask { according_to, ..ask.clone() }, at)
    })
}

/// Who is cut off, by whom, from when to when.
pub fn sieges(weighed: &Weighed, ask: &Ask) -> Vec<Siege> {
    gainsay_weigh::sieges(weighed, ask)
}

/// How any of these actors stood to any of those, over time.
pub fn ties(weighed: &Weighed, ask: &Ask, a: &[EntityId], b: &[EntityId]) -> Vec<Tie> {
    gainsay_weigh::ties(weighed, ask, a, b)
}

/// Who fled, by each voice.
pub fn displacement(weighed: &Weighed, ask: &Ask) -> Vec<Point> {
    gainsay_weigh::displacement(weighed, ask)
}

/// The answers for each id by itself, or for none where none is given; each line once.
fn each<T: PartialEq>(ids: &[EntityId], answer: impl Fn(Vec<EntityId>) -> Vec<T>) -> Vec<T> {
    if ids.len() < 2 {
        return answer(ids.to_vec());
    }
    let mut lines = Vec::new();
    for line in ids.iter().flat_map(|id| answer(vec![id.clone()])) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}
