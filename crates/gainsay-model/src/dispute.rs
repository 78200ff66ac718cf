//! A dispute: claims about one thing that cannot all be true.

use serde::{Deserialize, Serialize};

use crate::EntityId;
use crate::claim::{ClaimId, Measure};

/// What is disputed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum DisputeKind {
    /// How many.
    Count,
    /// Who did it.
    Actor,
    /// Whether it happened.
    Occurrence,
    /// Who holds a place.
    Holder,
    /// Where.
    Place,
    /// When.
    Time,
    /// How two actors stand to each other.
    Tie,
}

impl DisputeKind {
    /// The word that stands for it.
    pub fn as_str(self) -> &'static str {
        match self {
            DisputeKind::Count => "count",
            DisputeKind::Actor => "actor",
            DisputeKind::Occurrence => "occurrence",
            DisputeKind::Holder => "holder",
            DisputeKind::Place => "place",
            DisputeKind::Time => "time",
            DisputeKind::Tie => "tie",
        }
    }
}

/// What a dispute is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// An event's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event: Option<String>,
    /// A place's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<EntityId>,
    /// Two actors' ids.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pair: Option<[EntityId; 2]>,
    /// What is counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<Measure>,
    /// Of whom: `government-side`, `islamic-state-side`, `civilians`, `all` …
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// One version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DisputeSide {
    /// What this side says: a number or range as text, an actor's id, `asserted`, `denied`.
    pub value: String,
    /// Who says it.
    pub sources: Vec<EntityId>,
    /// The independent voices behind them.
    pub roots: Vec<EntityId>,
    /// In which claims.
    pub claims: Vec<ClaimId>,
}

/// Claims about one thing that cannot all be true, side by side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Dispute {
    /// Readable and stable.
    pub id: String,
    /// What is disputed.
    pub kind: DisputeKind,
    /// About what.
    pub about: Subject,
    /// The versions, at least two.
    pub sides: Vec<DisputeSide>,
    /// For counts: greatest over least value; null otherwise.
    pub spread: Option<f64>,
    /// True where the same root says something newer: no dispute but a revision.
    pub revision: bool,
}
