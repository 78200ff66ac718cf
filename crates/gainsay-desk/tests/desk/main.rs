//! Asks the desk as pages do, over small ledgers of our own reports.

mod fits;
mod visitor;

mod barred;
mod deciding;
mod charts;
mod accounts;
mod doors;
mod pages;
mod rights;

mod veil;

// Looks at all routes.
mod described;
