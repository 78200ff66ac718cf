//! What an answer leaves out, and why: nothing is dropped in silence.
//!
//! **Takes** a weighed corpus and what is asked.
//! **Gives** the claims that a tally or an answer on holders cannot use, by reason.
//! **Never** mends a claim.

use std::collections::BTreeMap;

use gainsay_model::{ClaimId, Kind, Status};
use serde::Serialize;

use crate::tally::counts;
use crate::{Ask, Weighed};

/// Claims left out for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LeftOut {
    /// Why.
    pub reason: &'static str,
    /// Which.
    pub claims: Vec<ClaimId>,
}

/// The reasons, in the order they are looked at and shown.
const NO_DAY: &str = "without a day, nor one on which it was said";
const NO_CALENDAR: &str = "on a day that no report can mean";
const PARTLY: &str = "of days that lie only partly in the period";
const NOT_SAID: &str = "denied, possible or intended";
const PART: &str = "a part of a total that is counted";
const NO_PLACE: &str = "without a place";
const NO_ACTOR: &str = "without an actor";
const REASONS: [&str; 7] = [NO_DAY, NO_CALENDAR, PARTLY, NOT_SAID, PART, NO_PLACE, NO_ACTOR];

/// Claims with a figure about the places, actors and sources asked about, that no tally of the period counts.
pub fn left_out_of_tally(weighed: &Weighed, ask: &Ask) -> Vec<LeftOut> {
    gather(weighed, ask, |weighed, ask, at| {
        let said = &weighed.said[at];
        said.link.figure?;
        let timed = ask.from.is_some() || ask.to.is_some();
        let day = weighed.scope_day(at);
        match day {
            None if timed => Some(NO_DAY),
            Some(day) if timed && !day.plausible() && !ask.holds(Some(day)) => Some(NO_CALENDAR),
            day if !ask.in_period(day) => None,
            _ if said.link.claim.status != Status::Asserted => Some(NOT_SAID),
            day if !ask.holds(day) => Some(PARTLY),
            _ if !counts(&weighed.said, &weighed.by_id, at) => Some(PART),
            _ if nowhere(weighed, at) && !ask.place.is_empty() => Some(NO_PLACE),
            _ => None,
        }
    })
}

/// Claims about who holds what that no answer on holders uses.
pub fn left_out_of_control(weighed: &Weighed, ask: &Ask) -> Vec<LeftOut> {
    gather(weighed, ask, |weighed, _, at| {
        let said = &weighed.said[at];
        if !matches!(said.link.claim.kind, Kind::Capture | Kind::Withdrawal | Kind::Control) {
            return None;
        }
        match said.day() {
            _ if !matches!(said.link.claim.status, Status::Asserted | Status::Denied) => Some(NOT_SAID),
            None => Some(NO_DAY),
            Some(day) if !day.plausible() => Some(NO_CALENDAR),
            _ if said.link.places.is_empty() => Some(NO_PLACE),
            _ if said.link.actors.is_empty() => Some(NO_ACTOR),
            _ => None,
        }
    })
}

/// Whether neither a claim nor its event says where.
fn nowhere(weighed: &Weighed, at: usize) -> bool {
    let event = weighed.of[at].map(|event| &weighed.events[event]);
    weighed.said[at].link.places.is_empty() && event.is_none_or(|event| event.place.is_empty())
}

type Reason = fn(&Weighed, &Ask, usize) -> Option<&'static str>;

fn gather(weighed: &Weighed, ask: &Ask, reason: Reason) -> Vec<LeftOut> {
    if let Some(day) = ask.known_by {
        return gather(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() }, reason);
    }
    let mut found: BTreeMap<&str, Vec<ClaimId>> = BTreeMap::new();
    let anytime = Ask { from: None, to: None, ..ask.clone() };
    // A claim without a place can be of any place asked about.
    let anywhere = Ask { place: Vec::new(), ..anytime.clone() };
    for at in 0..weighed.said.len() {
        let asked = if nowhere(weighed, at) { &anywhere } else { &anytime };
        if let Some(reason) = reason(weighed, ask, at).filter(|_| asked.lets(weighed, at)) {
            found.entry(reason).or_default().push(weighed.said[at].id().to_string());
        }
    }
    let line = |reason: &'static str| found.remove(reason).map(|claims| LeftOut { reason, claims });
    REASONS.into_iter().filter_map(line).collect()
}
