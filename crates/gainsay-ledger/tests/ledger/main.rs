//! Behaviour of the ledger file, from outside.

mod adding;
mod deriving;
mod encrypted;
mod geopackage;
mod hostile;
mod killing;
mod migrating;
mod older;
mod refusing;
mod samples;
mod sharing;
mod signing;
mod speed;
mod tampering;
