//! Custody: what leaves the house as proof that a ledger is what it was.
//!
//! **Takes** a ledger, and what came back from outside: answers of timestamp services, published notes, keys that are
//! trusted.
//! **Gives** signed notes of where the log stood ([`checkpoint`]), answers kept beside them ([`stamp`]), a statement of
//! what was checked and found ([`state`]), the custody of one report ([`of_report`]), and a bundle of everything
//! behind an event ([`bundle`]).
//! **Never** asks anybody outside: requests are written to be sent by a person, answers are checked offline.

mod bundle;
mod checkpoint;
mod of_report;
mod page;
mod stamp;
mod statement;

pub use bundle::{Bundled, bundle};
pub use checkpoint::{Made, checkpoint, earlier};
pub use of_report::{Custody, Fetched, of_report};
pub use page::Form;
pub use stamp::{Means, Stamped, stamp};
pub use statement::{Asked, CheckpointLine, FaultLine, KeyLine, StampLine, Statement, state};

/// UTC to the second: `2016-01-18T09:30:00Z`.
fn second(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
