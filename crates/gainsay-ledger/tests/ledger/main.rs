//! Behaviour of the ledger file, from outside.

mod adding;
mod deriving;
mod encrypted;
mod geopackage;
mod hostile;
mod killing;
mod migrating;
mod older;
mod powercut;
mod refusing;
mod removing;
mod samples;
mod sealed;
mod sharing;
mod signing;
mod speed;
mod tampering;
