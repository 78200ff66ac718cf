//! Asks the desk as pages do, over small ledgers of our own reports.

mod fits;
mod visitor;

mod add;
mod barred;
mod charts;
mod accounts;
mod deciding;
mod doors;
mod pages;
mod effects;
mod rights;

mod search;
mod veil;

// Looks at all routes.
mod described;
