//! Asks the desk as pages do, over small ledgers of our own reports.

mod fits;
mod visitor;

mod accounts;
mod add;
mod barred;
mod charts;
mod deciding;
mod described;
mod doors;
mod effects;
mod leaks;
mod pages;
mod rights;
mod search;
mod signing;
mod publish;
mod veil;
