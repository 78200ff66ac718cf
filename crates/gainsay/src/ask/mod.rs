//! Answers over a ledger: each function gives the lines of one command.
//!
//! All take a weighed corpus and an [`Ask`], the filters; none reads a file.

mod claims;
mod entities;
mod figures;

pub use claims::{ClaimLine, claims};
pub(crate) use claims::line as claim_line;
pub use entities::{ActorLine, PlaceLine, actors, places, sources};
pub use figures::{EventLine, control, disputes, displacement, events, sieges, tally, ties};

pub use gainsay_weigh::Ask;
