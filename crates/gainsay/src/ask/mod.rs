//! Answers over a ledger: each function gives the lines of one command.
//!
//! All take a weighed corpus and an [`Ask`], the filters; none reads a file.

mod claims;
mod entities;
mod figures;

pub(crate) use claims::line as claim_line;
pub use claims::{ClaimLine, claims};
pub use entities::{ActorLine, PlaceLine, actors, places, sources};
pub use figures::{control, displacement, disputes, events, sieges, tally, ties};

pub use gainsay_weigh::Ask;
