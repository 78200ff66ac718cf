//! How well founded: Admiralty letters and numbers, and Airwars' one word.
//!
//! **Takes** a weighed corpus, and the letters that people gave to sources ([`Letters`]).
//! **Gives** a [`Rating`] for each claim, and a word for an event's harm.
//! **Never** counts a copy, a carrier or a link: a claim reprinted by three papers has one root. The letter says
//! nothing of the claim and the number nothing of the source's past; they are rated apart.
//!
//! The three grades of an event (occurrence, attribution, count) are made with the event itself.

mod admiralty;
mod airwars;

pub use admiralty::{Letter, Letters, Rating, Setting, number, rate};
pub(crate) use airwars::airwars;
