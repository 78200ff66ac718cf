//! Who may come in, and what they may do here.
//!
//! **Takes** every request before anything else sees it.
//! **Gives** handlers [`Who`] asks, with the [`Role`] they have; refusals as clear lines.
//! **Never** keeps a password or the token of a session in the clear, or tells a stranger which names have accounts.
//!
//! [`guard`] holds the doors; [`rights`] says from which role on a route may be used; [`Accounts`] lie in a file
//! beside the ledger and not in it, for ledgers are passed on.

mod files;
mod role;
mod rights;
mod secret;

mod accounts;
mod audit;
mod link;
mod passwords;
mod sessions;
mod tries;
mod who;

mod guard;
mod headers;
mod hosts;

pub use accounts::{Accounts, Line};
pub use audit::{Audit, Heard};
pub use files::{beside, read, replace};
pub use guard::{address, cookie, enter, guard, may};
pub use headers::headers;
pub use hosts::{Hosts, at_home};
pub use link::Link;
pub use passwords::prepare;
pub use role::Role;
pub use sessions::{Admitted, Sessions};
pub use tries::Tries;
pub use who::Who;
