//! Answers over a ledger: each function gives the lines of one command.
//!
//! All take a weighed corpus and an [`Ask`], the filters; none reads a file.

mod claims;
mod entities;
mod figures;
mod queue;
mod readings;
mod review;
mod series;

pub use claims::{ClaimLine, claims};
pub(crate) use claims::{line as claim_line, private};
pub(crate) use entities::actor_line;
pub use entities::{ActorLine, PlaceLine, actors, places, sources};
pub use figures::{
    access, control, control_by, displacement, disputes, events, holdings, left_out_of_control,
    left_out_of_tally, needs, sieges, tally, ties, unbiased,
};
pub(crate) use readings::Readings;

pub use readings::{OtherReading, Read};

pub use queue::{Change, Effect, QueueItem, Settle, queue};
pub use review::{ReviewLine, review};

pub use series::{Citing, Killed, Link, Month, Node, citing, days_of, months, months_of};

pub use gainsay_weigh::access::{Hand, WayIn, WayKind, WayState};
pub use gainsay_weigh::bias::Unbiased;
pub use gainsay_weigh::{Ask, HoldingPolicy, LeftOut};
