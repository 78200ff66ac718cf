//! Asks the desk as pages do, over small ledgers of our own reports.

mod visitor;

mod charts;
mod accounts;
mod doors;
mod pages;
mod rights;
mod veil;
