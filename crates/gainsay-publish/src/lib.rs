//! Publish: from what was weighed to what people read.
//!
//! [`brief`] writes the brief, one self-contained HTML page or the same as Markdown, in which every figure leads
//! to the words it was read from. Publishing decides nothing: it shows what it is given, escapes all that comes
//! from reports, and puts pseudonyms in the place of private persons unless told otherwise.
//! [`export`] writes the same for other programs, in the formats that they read, and says what these cannot hold.

pub mod brief;
mod clean;
pub mod coarse;
pub mod csv;
pub mod export;
pub mod names;
pub mod regions;
pub mod site;

pub use brief::{BriefInput, Displaced, DisplacementKind, NamePolicy, ReportHead, html, markdown};
