//! Behaviour of the ledger file, from outside.

mod adding;
mod deriving;
mod geopackage;
mod killing;
mod older;
mod refusing;
mod samples;
mod sharing;
mod signing;
mod speed;
mod tampering;
