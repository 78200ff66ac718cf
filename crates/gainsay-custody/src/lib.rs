//! Custody: what makes it hard to say later that something else was written, and easy to show that it was not.
//!
//! **Takes** bytes and passphrases. **Gives** Ed25519 signatures ([`key`]), secrets under a passphrase ([`seal`]), the
//! keys that lie beside a ledger ([`keyring`]), notes that say where a log stood ([`note`]), and time stamps over them: of
//! an authority ([`tsp`]) and of OpenTimestamps ([`ots`]).
//! **Never** knows a ledger, a report or a clock.

pub mod hex;
pub mod key;
pub mod keyring;
pub mod note;
pub mod ots;
pub mod seal;
pub mod tsp;

mod der;

pub use key::{Public, Secret, Signature};
pub use keyring::Keyring;
pub use note::Note;

use std::fmt;

/// What went wrong, in one line.
#[derive(Debug)]
pub struct Error {
    what: String,
    wrong_passphrase: bool,
}

impl Error {
    pub(crate) fn new(what: impl Into<String>) -> Error {
        Error { what: what.into(), wrong_passphrase: false }
    }

    /// Whether a passphrase was wrong or is needed, so that it may be asked for again.
    pub fn is_wrong_passphrase(&self) -> bool {
        self.wrong_passphrase
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)
    }
}

impl std::error::Error for Error {}

/// Random bytes from the system.
///
/// # Errors
/// When the system gives none.
pub fn random<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)
        .map_err(|error| Error::new(format!("the system gives no random bits: {error}")))?;
    Ok(bytes)
}
