//! Scores on labelled data, to the digit those of the scorers that come with it.
//!
//! [`claims`] compares predicted claims with gold claims, [`codes`] one coded row a report with human codes. Both
//! are done as the published scorers do them, with their order of operations and their rounding.

pub mod lines;

pub mod fold;
pub mod slots;

pub mod assign;
pub mod claims;
pub mod codes;

pub mod python;
