//! Keys of ledgers, in people's hands: found, opened, made, changed.
//!
//! **Takes** a ledger's path, and once for the process the [`Ways`] by which it comes by a passphrase.
//! **Gives** ledgers opened with their keys at hand ([`read`], [`write`]), what pseudonyms are made from
//! ([`pseudonyms`]), and what `gainsay key` does ([`manage`]).
//! **Never** asks for a passphrase before it is needed, prints a secret, or puts new keys in the place of others.
//!
//! The keys of a ledger lie beside it, in `<ledger>.keys`. Where there are none they are made by whoever first writes.

pub mod accounts;
pub mod manage;
mod ring;
mod ways;

#[cfg(test)]
mod tests;

pub use accounts::{Locked, Signing};
pub use gainsay_custody::keyring::path as path_of;
pub use gainsay_custody::{Keyring, Public};
pub(crate) use ring::{at_hand, derive};
pub use ring::{chosen, hand_over, make, pseudonyms, put, read, ring, take_over, unlock, write};
pub(crate) use ways::given;
pub use ways::{Passphrase, Ways, good, settle};

use crate::Error;

impl From<gainsay_custody::Error> for Error {
    fn from(error: gainsay_custody::Error) -> Error {
        Error::input(error.to_string())
    }
}
