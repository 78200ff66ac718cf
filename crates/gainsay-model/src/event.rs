//! An event: what several claims are held to be about.

use serde::{Deserialize, Serialize};

use crate::EntityId;
use crate::claim::{ClaimId, Interval, Kind};

/// Low, best and high under a named policy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Toll {
    /// Least credible.
    pub low: Option<u64>,
    /// Most credible.
    pub best: Option<u64>,
    /// Greatest credible.
    pub high: Option<u64>,
    /// The policy that chose ("ucdp/1").
    pub policy: String,
}

/// How well founded an event is, on three axes that are never mixed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grade {
    /// That it happened.
    pub occurrence: String,
    /// Who did it.
    pub attribution: String,
    /// How many.
    pub count: String,
}

/// One happening, as several claims tell it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Readable and stable: day, kind, place (`2014-06-03-capture-siyasiyeh-bridge`).
    pub id: String,
    /// What happened.
    pub kind: Kind,
    /// Where.
    #[serde(rename = "places")]
    pub place: Vec<EntityId>,
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
    /// Who stands behind them: independent voices.
    pub roots: Vec<EntityId>,
    /// How well founded.
    pub grade: Grade,
    /// The event that this one is a part of: a day of an offensive, one strike of a day of strikes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part_of: Option<String>,
}
