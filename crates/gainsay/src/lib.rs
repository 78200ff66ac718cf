//! gainsay: from reports of a conflict to a brief in which every figure leads to the words it came from.
//!
//! The whole way on one page; each line is one crate's or module's work:
//!
//! ```no_run
//! use std::path::Path;
//! use gainsay::{Input, ask, keep, rebuild, shelf::Shelf};
//!
//! # fn main() -> Result<(), gainsay::Error> {
//! let ledger = Path::new("gainsay.gpkg");
//! // A ledger: one file, its log begun.
//! keep::init(ledger, "me")?;
//! // Bytes to reports (intake), reports to claims (read), both into the ledger, and all of it weighed.
//! let inputs = [Input::from_arg("reports/")];
//! let summary = keep::add(ledger, &inputs, "me", &mut |_| {})?;
//! println!("{} reports, {} claims; refused: {:?}", summary.added, summary.claims, summary.refused);
//! // Claims out of the ledger, and weighed: voices, events, disputes.
//! let shelf = Shelf::open(ledger)?;
//! let weighed = shelf.weigh(None);
//! // Answers: who holds what, who died and who says so, who is cut off.
//! let day = "2014-06-20".parse().expect("a day");
//! for line in ask::control(&weighed, &ask::Ask::default(), day) {
//!     println!("{}: {:?}, {}", line.name, line.holders, line.state.as_str());
//! }
//! // Every hash and the chain of the log, checked.
//! assert!(rebuild::verify(ledger)?.faults.is_empty());
//! # Ok(())
//! # }
//! ```
//!
//! Without a ledger, [`extract`] reads inputs to claims and [`annotate`] to all layers; [`eval`] scores either
//! against labelled data. Only this crate reads the clock ([`clock`]).

pub mod clock;
pub mod error;

pub mod extract;
pub mod steps;
mod stream;

pub mod keys;

pub mod annotate;

pub mod fetch;
pub mod inputs;
pub mod keep;
mod posing;
pub mod readers;
pub mod watch;

pub mod credit;
pub mod decide;
pub mod shelf;
pub mod words;

pub mod named;
pub mod names;
pub mod search;

pub mod answers;
pub mod ask;
pub mod network;
pub mod show;
pub mod why;

pub mod atrest;
pub mod custody;
pub mod rebuild;
pub mod remove;
pub mod veil;

pub mod archive;
pub mod whole;

pub mod brief;
pub mod cards;
pub mod export;
pub mod site;

pub mod eval;

pub use error::Error;
pub use gainsay_intake::{Columns, Fields, Input, Meter};
pub use gainsay_ledger::{Fault, Head, Shared};
pub use gainsay_lexicon::{Place, Words};
pub use gainsay_model as model;
pub use gainsay_publish::csv;
pub use gainsay_read::code::{CodeRow, Killed, code};
pub use gainsay_weigh::stages;
pub use gainsay_weigh::{Flow, Point, Weighed};
