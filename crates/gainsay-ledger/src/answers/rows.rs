//! Rows as weighing gives them.

use gainsay_model::{Date, EntityId};

/// Everything that goes into a file of answers. What is long is given one by one.
#[derive(Debug, Default)]
pub struct AnswerRows {
    /// Events, in any order.
    pub events: Vec<EventRow>,
    /// Disputes, in any order.
    pub disputes: Vec<DisputeRow>,
    /// Places, actors and sources for lists; of each role the most told of first.
    pub lines: Vec<LineRow>,
    /// Who held what.
    pub stands: Vec<HeldRow>,
    /// Sieges.
    pub sieges: Vec<HeldRow>,
    /// What a person should look at, the most weighty first.
    pub queue: Vec<QueueRow>,
    /// Of each place with all it contains, how many claims and how many events there are.
    pub counts: Vec<(EntityId, u64, u64)>,
    /// Reports, in any order.
    pub reports: Vec<ReportListRow>,
    /// Long answers by name, as JSON.
    pub made: Vec<(String, String)>,
}

/// A claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClaimRow {
    /// Its id.
    pub id: String,
    /// Its report.
    pub report: String,
    /// Its event.
    pub event: Option<String>,
    /// The total it is a part of.
    pub part_of: Option<String>,
    /// What it is about.
    pub kind: &'static str,
    /// The day it was said.
    pub said: Option<Date>,
    /// The days of its matter.
    pub days: Option<(Date, Date)>,
    /// Places, parties, sources, and those whose word it is.
    pub of: [Vec<EntityId>; 4],
    /// The claim as it was weighed, encoded.
    pub kept: Vec<u8>,
}

/// An event.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EventRow {
    /// Its id.
    pub id: String,
    /// What happened.
    pub kind: &'static str,
    /// Its days.
    pub days: Option<(Date, Date)>,
    /// The first day anybody told of it.
    pub said: Option<Date>,
    /// The dead, for sorting; 0 where nobody says.
    pub killed: u64,
    /// How many independent voices.
    pub roots: u64,
    /// Versions of it cannot all be true.
    pub disputed: bool,
    /// Places, parties, sources, and those by whose word it is.
    pub of: [Vec<EntityId>; 4],
    /// The event, as JSON.
    pub json: String,
    /// Its dead as known from day to day, as JSON.
    pub steps: String,
    /// What a map shows of it, as JSON.
    pub dot: String,
}

/// A dispute.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DisputeRow {
    /// Its id.
    pub id: String,
    /// What is disputed.
    pub kind: &'static str,
    /// Something newer by the same voice.
    pub revision: bool,
    /// Its event.
    pub event: Option<String>,
    /// The days of what it is about.
    pub days: Option<(Date, Date)>,
    /// Its claims.
    pub claims: Vec<String>,
    /// Places, parties, sources, and those by whose word it is.
    pub of: [Vec<EntityId>; 4],
    /// The dispute, as JSON.
    pub json: String,
}

/// An entity in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct LineRow {
    /// As what.
    pub role: super::Role,
    /// Its id.
    pub id: EntityId,
    /// Claims that name it.
    pub claims: u64,
    /// Its line, as JSON.
    pub json: String,
}

/// A holding or a siege over both times.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRow {
    /// The place.
    pub place: EntityId,
    /// By whose word; by all voices where `None`.
    pub according_to: Option<EntityId>,
    /// First day; unknown days are of all time.
    pub from: Option<Date>,
    /// Last day; `None` while it lasts.
    pub to: Option<Date>,
    /// First day on which it was known so.
    pub known_from: Date,
    /// Last day on which it was known so; `None` while it is.
    pub known_to: Option<Date>,
    /// What is so, as JSON.
    pub json: String,
    /// The same with a number in place of its claims.
    pub short: String,
    /// Stretches of which somebody speaks, merged, in order.
    pub spoken: Vec<(Date, Date)>,
}

/// A report in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportListRow {
    /// Its id.
    pub id: String,
    /// The day it was said.
    pub said: Option<Date>,
    /// The outlet, as written.
    pub publisher: Option<String>,
    /// Its language.
    pub language: Option<String>,
    /// Its line, as JSON.
    pub json: String,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueRow {
    /// Its id.
    pub id: String,
    /// What sort of thing.
    pub what: String,
    /// The events it is of.
    pub events: Vec<String>,
    /// The item, as JSON.
    pub json: String,
}
