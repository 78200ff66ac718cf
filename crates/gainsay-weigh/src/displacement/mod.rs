//! Displacement and need as series: how many are away, how many fled, how many need help, never added up.
//!
//! **Takes** a weighed corpus and what is asked.
//! **Gives** one [`Point`] per voice, place and day.
//! **Never** adds stock (how many are displaced by then) to flow (how many fled in a span), nor two voices.
//!
//! Need and life under siege are stock: they are told anew each time and never sum up.

use std::collections::BTreeMap;

use gainsay_model::{ClaimId, Date, EntityId, Kind, Measure, Scope, Status};
use serde::{Deserialize, Serialize};

use crate::days::Days;
use crate::range::Range;
use crate::{Ask, Weighed};

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Flow {
    /// How many are displaced by that day, since whatever began it.
    Stock,
    /// How many fled in the span.
    Flow,
}

/// One figure by one voice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// From where, or where; empty where nobody says.
    pub place: Vec<EntityId>,
    /// First day.
    pub from: Option<Date>,
    /// Last day; for stock the day it was so.
    pub to: Option<Date>,
    /// Stock or flow.
    pub what: Flow,
    /// At least.
    pub low: Option<u64>,
    /// At most.
    pub high: Option<u64>,
    /// Of whom.
    pub group: String,
    /// The independent voice.
    pub root: EntityId,
    /// Whose side that is on.
    pub side: String,
    /// The text says it could not be confirmed.
    pub unverified: bool,
    /// The claims that say so.
    pub claims: Vec<ClaimId>,
    /// What is counted: `displaced`, `in_need` or `besieged`.
    pub measure: Measure,
}

type Key = (Option<Days>, Vec<EntityId>, Flow, Measure, Range, String, EntityId);

/// The series of displacement, by day, place and voice.
pub fn displacement(weighed: &Weighed, ask: &Ask) -> Vec<Point> {
    series(weighed, ask, &[Kind::Displacement], &[Measure::Displaced])
}

/// The series of people in need and people under siege, by day, place and voice.
pub fn need(weighed: &Weighed, ask: &Ask) -> Vec<Point> {
    let kinds = [Kind::Need, Kind::Siege, Kind::Obstruction, Kind::Aid, Kind::Displacement];
    series(weighed, ask, &kinds, &[Measure::InNeed, Measure::Besieged])
}

fn series(weighed: &Weighed, ask: &Ask, kinds: &[Kind], measures: &[Measure]) -> Vec<Point> {
    if let Some(day) = ask.known_by {
        return series(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() }, kinds, measures);
    }
    let mut points: BTreeMap<Key, (bool, Vec<ClaimId>)> = BTreeMap::new();
    for (at, said) in weighed.said.iter().enumerate() {
        let claim = said.link.claim;
        let Some((measure, range)) = said.link.figure.filter(|(measure, _)| measures.contains(measure))
        else {
            continue;
        };
        if !kinds.contains(&claim.kind) || claim.status != Status::Asserted || !ask.lets(weighed, at) {
            continue;
        }
        let what = match claim.count.as_ref().and_then(|count| count.scope) {
            Some(Scope::Cumulative) => Flow::Stock,
            _ if measure != Measure::Displaced => Flow::Stock,
            _ => Flow::Flow,
        };
        for root in &said.voice.roots {
            let key = (
                said.day(),
                said.link.places.clone(),
                what,
                measure,
                range,
                said.link.group.clone(),
                root.clone(),
            );
            let (unverified, claims) = points.entry(key).or_default();
            *unverified |= claim.unverified;
            claims.push(claim.id.clone());
        }
    }
    let point = |((days, place, what, measure, range, group, root), (unverified, claims)): (
        Key,
        (bool, Vec<ClaimId>),
    )| {
        Point {
            measure,
            place,
            from: days.map(|days| days.from),
            to: days.map(|days| days.to),
            what,
            low: range.low,
            high: range.high,
            group,
            side: weighed.side(&root),
            root,
            unverified,
            claims,
        }
    };
    points.into_iter().map(point).collect()
}
