//! The desk: a web server on one ledger, for people to read, confirm, correct and publish.
//!
//! **Takes** a ledger and where to listen.
//! **Gives** an API under `/api`, described at `/api/openapi.json`, and the pages that work from it.
//! **Never** decides anything itself, asks another host for anything that nobody asked for, or runs what a report holds.
//!
//! [`serve`] runs until it is told to stop; [`router`] is the same as a service, for tests.

mod api;
mod cache;
mod desk;
mod doors;
mod error;
mod limits;
mod pages;
mod renew;
mod review;
mod security;
mod serve;
mod settings;

use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use axum::Router;
use axum::middleware::from_fn_with_state;

pub use desk::Desk;
pub use error::ApiError;
pub use security::{Accounts, Admitted, Audit, Line as Account, Role, Who};
pub use serve::serve;

/// The port that the desk listens on where none is named.
pub const PORT: u16 = 8420;

/// How the desk is served.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ledger.
    pub ledger: PathBuf,
    /// Where to listen; beyond loopback only where there are accounts.
    pub listen: SocketAddr,
    /// Names that the desk is asked by besides its address, where somebody forwards requests to it.
    pub hosts: Vec<String>,
    /// The program that makes answers anew, in a process of its own; this one where none is named.
    pub program: Option<PathBuf>,
    /// By which name the log knows whoever comes by the one-time link.
    pub by: String,
}

impl Options {
    /// A ledger served to this computer alone.
    pub fn on(ledger: impl Into<PathBuf>) -> Options {
        Options {
            ledger: ledger.into(),
            listen: (Ipv4Addr::LOCALHOST, PORT).into(),
            hosts: Vec::new(),
            program: None,
            by: "local".to_owned(),
        }
    }
}

/// The desk as a service: what lies outermost comes last.
pub fn router(desk: Desk) -> Router {
    let answers = api::router(desk.clone()).fallback(pages::page);
    let answers = api::veil::over(desk.clone(), answers);
    // Everything below stands before a request finds its route.
    let guarded =
        Router::new().fallback_service(answers).layer(from_fn_with_state(desk.clone(), security::guard));
    limits::limited(guarded).layer(from_fn_with_state(desk, security::headers))
}
