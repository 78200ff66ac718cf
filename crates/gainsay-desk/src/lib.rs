//! The desk: a web server on one ledger, for people to read, confirm, correct and publish.
//!
//! **Takes** a ledger and where to listen.
//! **Gives** an API under `/api`, described at `/api/openapi.json`, and the pages that work from it.
//! **Never** decides anything itself, asks another host for anything that nobody asked for, or runs what a report holds.
//!
//! [`serve`] runs until it is told to stop; [`router`] is the same as a service, for tests.

mod api;
mod desk;
mod error;
mod pages;
mod security;

use std::net::SocketAddr;
use std::path::PathBuf;

pub use api::veil::Veiled;
pub use desk::Desk;
pub use error::ApiError;

/// How the desk is served.
#[derive(Clone, Debug)]
pub struct Options {
    /// The ledger.
    pub ledger: PathBuf,
    /// Where to listen; beyond loopback only where there are accounts.
    pub listen: SocketAddr,
}

/// Serves the desk until the program is told to stop; `say` gets the lines that people at the terminal should see.
///
/// # Errors
/// When the ledger cannot be opened, the address cannot be listened on, or lies beyond loopback and nobody has an
/// account.
pub fn serve(options: Options, say: &mut dyn FnMut(&str)) -> Result<(), gainsay::Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| gainsay::Error::io("the desk cannot start", error))?;
    runtime.block_on(async {
        let desk = Desk::open(options.clone())?;
        let listener = tokio::net::TcpListener::bind(options.listen)
            .await
            .map_err(|error| gainsay::Error::io(format!("cannot listen on {}", options.listen), error))?;
        let here = listener.local_addr().unwrap_or(options.listen);
        say(&format!("the desk is at http://{here}/"));
        axum::serve(listener, router(desk))
            .with_graceful_shutdown(async {
                let _ = tokio::signal::ctrl_c().await;
            })
            .await
            .map_err(|error| gainsay::Error::io("the desk stopped", error))
    })
}

/// The desk as a service.
pub fn router(desk: Desk) -> axum::Router {
    api::veil::over(desk.clone(), api::router(desk).fallback(pages::page))
}
