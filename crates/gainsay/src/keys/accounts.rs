//! Keys of those who share a ledger: each signs what they do by their own, and the ledger's keys vouch for it.

use std::path::Path;

use gainsay_custody::seal::{Sealed, seal};
use gainsay_custody::{Public, Secret};
use gainsay_ledger::{Ledger, Signer};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use super::ring::{read, unlock, write};
use crate::{Error, clock};

const PURPOSE: &str = "account";

/// A key under the password of an account, as it is written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    public: String,
    sealed: Sealed,
}

/// A key that signs in somebody's name. It is wiped when nobody holds it any more.
#[derive(Clone, Debug)]
pub struct Signing {
    secret: Secret,
    name: String,
}

impl Signing {
    /// The public half.
    pub fn public(&self) -> Public {
        self.secret.public()
    }

    /// Has all that is written through this open ledger signed by this key from now on. The ledger's own key vouches for
    /// it first, where the log does not know it yet.
    ///
    /// # Errors
    /// When the ledger's keys cannot be had, the key was retired, or the log cannot be written.
    pub fn sign(&self, ledger: &mut Ledger) -> Result<(), Error> {
        let path = ledger.path().to_owned();
        let ring = unlock(&path, &self.name)?;
        if !knows_in(ledger, self.public())? {
            ledger.add_key(&ring.name, clock::now()?, &self.public(), &self.name)?;
        }
        ledger.sign_by(Signer { secret: self.secret.clone(), salts: ring.derived("salts") });
        Ok(())
    }
}

impl Locked {
    /// A new key under a password.
    ///
    /// # Errors
    /// When the system gives no random bits.
    pub fn new(password: &str) -> Result<Locked, Error> {
        Locked::of(&Secret::new()?, password)
    }

    fn of(secret: &Secret, password: &str) -> Result<Locked, Error> {
        let seed = Zeroizing::new(secret.seed());
        Ok(Locked { public: secret.public().to_string(), sealed: seal(PURPOSE, password, &*seed)? })
    }

    /// The public half, 64 hexadecimal digits.
    pub fn public(&self) -> &str {
        &self.public
    }

    /// The key, for an account of this name.
    ///
    /// # Errors
    /// When the password is another one, or what was written down was changed.
    pub fn open(&self, name: &str, password: &str) -> Result<Signing, Error> {
        Ok(Signing { secret: self.secret(password)?, name: name.to_owned() })
    }

    fn secret(&self, password: &str) -> Result<Secret, Error> {
        let seed = self.sealed.open(PURPOSE, password)?;
        let seed = Zeroizing::new(<[u8; 32]>::try_from(&**seed).map_err(|_| Error::wrong("is no key"))?);
        let secret = Secret::from_seed(*seed);
        match secret.public().to_string() == self.public {
            true => Ok(secret),
            false => Err(Error::wrong("the key of the account is not the one that is written beside it")),
        }
    }

    /// The same key under another password.
    ///
    /// # Errors
    /// As [`Locked::open`].
    pub fn again(&self, old: &str, new: &str) -> Result<Locked, Error> {
        Locked::of(&self.secret(old)?, new)
    }
}

/// Retires the key of somebody's account, where the log knows it and it is not retired yet; gives the entry. `signs` is
/// whose key signs that, where it is not the ledger's own.
///
/// # Errors
/// When the ledger's keys cannot be had, or the log cannot be written.
pub fn retire(
    path: &Path,
    by: &str,
    signs: Option<&Signing>,
    key: &str,
    why: &str,
) -> Result<Option<u64>, Error> {
    let Some(public) = Public::parse(key) else { return Ok(None) };
    let known = read(path)?.keys()?;
    if !known.iter().any(|known| known.key == public && known.retired.is_none()) {
        return Ok(None);
    }
    let mut ledger = write(path, by)?;
    if let Some(signing) = signs {
        signing.sign(&mut ledger)?;
    }
    let entry = ledger.retire_key(by, clock::now()?, &public, why)?;
    ledger.close()?;
    Ok(Some(entry))
}

fn knows_in(ledger: &Ledger, key: Public) -> Result<bool, Error> {
    Ok(ledger.keys()?.iter().any(|known| known.key == key))
}
