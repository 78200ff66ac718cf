//! A tally: the counts of an event, or of a place and period, by source and under a policy.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::EntityId;
use crate::claim::{ClaimId, Measure};

/// How low, best and high are chosen from what the sources say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Policy {
    /// No choice: every source's figure side by side.
    BySource,
    /// Low–best–high after Sundberg and Melander 2013; a tie takes the low one.
    Ucdp,
    /// Ranges with the dead who are named as their floor, after Airwars.
    Airwars,
    /// One number, the most conservative, after ACLED.
    Acled,
}

impl Policy {
    /// All of them.
    pub const ALL: &[Policy] = &[Policy::BySource, Policy::Ucdp, Policy::Airwars, Policy::Acled];

    /// Name and version, as printed with every figure.
    pub fn as_str(self) -> &'static str {
        match self {
            Policy::BySource => "by-source/1",
            Policy::Ucdp => "ucdp/1",
            Policy::Airwars => "airwars/1",
            Policy::Acled => "acled/1",
        }
    }
}

/// Of where and when a tally is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TallyScope {
    /// The place, with all it contains.
    pub place: Option<EntityId>,
    /// First day.
    pub from: Option<Date>,
    /// Last day.
    pub to: Option<Date>,
    /// The event.
    pub event: Option<String>,
}

/// What one source says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BySource {
    /// Who gives the figure.
    pub source: EntityId,
    /// The independent voice behind it.
    pub root: EntityId,
    /// Whose side that is on.
    pub side: String,
    /// At least.
    pub low: Option<u64>,
    /// At most.
    pub high: Option<u64>,
    /// The claims that say so.
    pub claims: Vec<ClaimId>,
}

/// Low, best, high and what stands behind them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tally {
    /// Where and when.
    pub scope: TallyScope,
    /// What is counted.
    pub measure: Measure,
    /// Of whom: `government-side`, `islamic-state-side`, `civilians`, `children`, `all` …
    pub group: String,
    /// Policy and version.
    pub policy: String,
    /// Least credible.
    pub low: Option<u64>,
    /// Most credible; null under `by-source` and `airwars`.
    pub best: Option<u64>,
    /// Greatest credible.
    pub high: Option<u64>,
    /// Each source's figure.
    pub by_source: Vec<BySource>,
    /// The rule that chose `best`.
    pub rule: String,
}
