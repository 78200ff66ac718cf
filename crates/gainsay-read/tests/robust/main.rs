//! Bad text: nothing panics, nothing hangs, every layer obeys its laws, and what is not read is said so.

mod growth;
mod languages;
mod laws;
mod layers;
mod nasty;
mod readings;
