//! The desk as a service, asked as pages ask it, on small ledgers of our own.

mod ledger;

mod charts;
mod veil;
