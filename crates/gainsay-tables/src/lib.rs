//! Reports, claims and answers as Arrow tables, and Parquet files of them.
//!
//! | table | a row | written by | read by |
//! | --- | --- | --- | --- |
//! | [`Table::Reports`] | a report | [`reports::batch`] | [`reports::rows`], [`reports::open`] |
//! | [`Table::Claims`] | a claim | [`claims::batch`] | [`claims::rows`], [`claims::open`] |
//! | all others | a line of the answer of that name | [`lines::batch`] | other programs |
//!
//! Columns are called as the fields of the JSON lines are; a filler is `{mention, name, id}`. Columns are found by
//! name, in any order, and may be any of Arrow's types of text, number, day or list; what a file lacks is null.
//!
//! **Takes** rows of the nouns, or record batches and Parquet files of anybody's.
//! **Gives** record batches, Parquet files, rows; for each bad row one warning, for a bad file one error.
//! **Never** panics on a file, holds more than a few batches of it, or writes other bytes for the same rows.

pub mod error;

mod schema;

mod cells;

pub mod claims;
pub mod lines;
pub mod reports;

mod file;
mod footer;
mod write;

pub use error::Error;
pub use file::Batches;
pub use schema::{FORMAT, Table};
pub use write::{Writer, pieces};
