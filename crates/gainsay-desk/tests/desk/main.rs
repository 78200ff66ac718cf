//! Asks the desk as pages do, over small ledgers of our own reports.

mod visitor;

mod barred;
mod deciding;
mod charts;
mod doors;
mod effects;
mod rights;
mod veil;
