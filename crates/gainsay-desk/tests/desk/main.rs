//! Asks the desk as pages do, over small ledgers of our own reports.

mod visitor;

mod add;
mod barred;
mod charts;
mod deciding;
mod doors;
mod rights;
mod search;
mod veil;
