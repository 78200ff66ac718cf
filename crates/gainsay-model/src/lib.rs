//! The nouns of gainsay, in the order the data meets them.
//!
//! A [`Report`] is read into a [`Reading`] (layers over its text) and that into [`Claim`]s; claims are weighed
//! into [`Event`]s, [`Dispute`]s, [`Tally`]s, [`Holding`]s and [`Siege`]s. This crate holds what these things
//! are and how they are written down as JSON lines; it does nothing to them and imports nothing of ours.

pub mod beside;
pub mod claim;
pub mod dispute;
pub mod event;
pub mod holding;
pub mod reading;
pub mod report;
pub mod source;
pub mod span;
pub mod tally;
pub mod warning;

pub use beside::{Beside, Checked};
pub use claim::{
    Claim, ClaimId, Count, Cut, Degree, EntityRef, Evidence, Filler, Ground, Group, Interval, Kind, Measure,
    Scope, Slot, Status,
};
pub use dispute::{Dispute, DisputeKind, DisputeSide, Subject};
pub use event::{Event, Grade, Toll};
pub use holding::{Control, Holding, HoldingState, Siege, Tie, TieKind};
pub use jiff::civil::Date;
pub use reading::{
    Amount, Attribution, Name, NameClass, Part, Reading, Rel, Rule, Sentence, Source, TimeMention, TimexType,
    Token, TokenId, Upos, Xpos,
};
pub use report::{Field, Report};
pub use source::SourceView;
pub use span::{CodePoints, Span};
pub use tally::{BySource, Policy, Tally, TallyScope};
pub use warning::{Warning, one_line};

/// Id of an actor, place or source: readable, lower case, stable (`islamic-state`, `siyasiyeh-bridge`).
pub type EntityId = String;
