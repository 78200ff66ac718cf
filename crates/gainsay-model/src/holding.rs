//! Holdings, sieges and ties: states that last, with the claims behind every change.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::EntityId;
use crate::claim::{ClaimId, Cut, Degree};

/// How sure it is who holds a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HoldingState {
    /// Said by the loser or by two independent voices.
    Held,
    /// Said by the gaining side, or by one voice alone.
    Claimed,
    /// Said to be held by several, or fought over.
    Contested,
    /// Nobody has said.
    Unknown,
}

impl HoldingState {
    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            HoldingState::Held => "held",
            HoldingState::Claimed => "claimed",
            HoldingState::Contested => "contested",
            HoldingState::Unknown => "unknown",
        }
    }
}

/// Who is said to hold a place from when to when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Holding {
    /// The place.
    pub place: EntityId,
    /// How sure.
    pub state: HoldingState,
    /// Who holds it; several where contested.
    pub holders: Vec<EntityId>,
    /// How much of it.
    pub degree: Option<Degree>,
    /// First day.
    pub from: Date,
    /// Last day before the next change; `None` while it lasts.
    pub to: Option<Date>,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
}

/// One line of `gainsay control`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Control {
    /// The place's id.
    pub place: EntityId,
    /// Its name.
    pub name: String,
    /// The day asked about.
    pub at: Date,
    /// Only what had been said by this day counts.
    pub known_by: Option<Date>,
    /// Only what this source says counts.
    pub according_to: Option<EntityId>,
    /// How sure.
    pub state: HoldingState,
    /// Who.
    pub holders: Vec<EntityId>,
    /// How much.
    pub degree: Option<Degree>,
    /// Since when.
    pub since: Option<Date>,
    /// Days between the newest evidence and `at`.
    pub age_days: Option<i64>,
    /// The containing place this was taken from, where it was.
    pub inherited_from: Option<EntityId>,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
}

/// A place or people cut off, from when to when.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Siege {
    /// The place.
    pub place: EntityId,
    /// Who is besieged, where said.
    pub target: Option<String>,
    /// By whom.
    pub besiegers: Vec<EntityId>,
    /// First day known.
    pub from: Option<Date>,
    /// Last day known.
    pub to: Option<Date>,
    /// What is cut off.
    pub cut: Vec<Cut>,
    /// Claims differ on by whom.
    pub disputed: bool,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
    /// The claims that say so of each thing cut off.
    #[serde(default)]
    pub evidence: BTreeMap<Cut, Vec<ClaimId>>,
    /// Claims that aid came in all the same.
    #[serde(default)]
    pub deliveries: Vec<ClaimId>,
}

/// How two actors stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TieKind {
    /// They fight.
    Fight,
    /// They work together.
    Cooperate,
    /// They are said not to fight.
    Avoid,
    /// They agreed to stop.
    Truce,
    /// One joined the other.
    Join,
    /// One left the other.
    Split,
}

/// One line of `gainsay ties`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tie {
    /// One actor.
    pub a: EntityId,
    /// The other.
    pub b: EntityId,
    /// How they stand.
    pub tie: TieKind,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// Who says so.
    pub according_to: Vec<EntityId>,
    /// How sure it sounds.
    pub status: crate::Status,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
}
