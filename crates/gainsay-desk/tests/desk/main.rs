//! Asks the desk as pages do, over small ledgers of our own reports.

mod ledger;
mod visitor;

mod add;
mod charts;
mod doors;
mod search;
mod veil;
