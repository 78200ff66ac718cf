//! What a site is made of.

use gainsay_model::{ClaimId, Date, Degree, EntityId, HoldingState};

use crate::brief::BriefInput;

/// Everything one site shows: what a brief shows, and how it was known from day to day.
#[derive(Clone, Copy)]
pub struct SiteInput<'a> {
    /// What a brief of the same period and area is made of.
    pub brief: BriefInput<'a>,
    /// Who is said to hold what, over both times.
    pub stands: &'a [Stand],
    /// Sieges, over both times.
    pub sieges: &'a [Siege],
    /// The dead of each event, in the order of the brief's events, as they were known from day to day.
    pub steps: &'a [Vec<Step>],
}

/// Who holds a place over a stretch of days, as known over another.
#[derive(Clone, Debug, PartialEq)]
pub struct Stand {
    /// The place.
    pub place: EntityId,
    /// First day.
    pub from: Date,
    /// Last day; `None` while it lasts.
    pub to: Option<Date>,
    /// First day on which it was known so; the last of the calendar where nobody knows when it was said.
    pub known_from: Date,
    /// Last day on which it was known so; `None` while it is.
    pub known_to: Option<Date>,
    /// How sure.
    pub state: HoldingState,
    /// Who.
    pub holders: Vec<EntityId>,
    /// How much.
    pub degree: Option<Degree>,
    /// Stretches of which somebody speaks, in order.
    pub spoken: Vec<(Date, Date)>,
    /// The claims behind it.
    pub claims: Vec<ClaimId>,
}

/// A siege, as known over a stretch of days.
#[derive(Clone, Debug, PartialEq)]
pub struct Siege {
    /// First day on which it was known so.
    pub known_from: Date,
    /// Last day on which it was known so; `None` while it is.
    pub known_to: Option<Date>,
    /// The siege.
    pub siege: gainsay_model::Siege,
}

/// The dead of an event as they were known from one day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// From which day on.
    pub day: Date,
    /// Least credible, most credible, greatest credible.
    pub killed: [Option<u64>; 3],
    /// Independent voices that had told of it.
    pub roots: usize,
}
