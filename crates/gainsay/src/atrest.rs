//! Ledgers that are encrypted as a whole, for a stolen laptop or a lost disk.
//!
//! **Takes** a ledger, and a passphrase for its keys where they have none yet. **Gives** it encrypted, or plain again,
//! with the names of what lies beside it and is not as it now is.
//! **Never** leaves half a ledger, keeps the key anywhere but in the ledger's file of keys, or encrypts under keys that are
//! under no passphrase: whoever took the one would have the other.
//!
//! The key is random and is used as it is; the passphrase opens the file of keys (Argon2id), and that only once a run.

use std::path::{Path, PathBuf};

use gainsay_custody::{Keyring, keyring, random};
use gainsay_ledger::{Ledger, Rewritten};
use zeroize::Zeroizing;

use crate::keys::{self, Passphrase, good, manage};
use crate::{Error, answers, keep};

/// Endings of files that lie beside a ledger and are never encrypted. `docs/at-rest.md` says what each tells.
const BESIDE: [&str; 5] = ["watch", "words", "accounts", "settings", "audit"];

/// What became of a ledger, and what else lies there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Done {
    /// Copies of before a change of schema, which are still as the ledger was.
    pub copies: Vec<PathBuf>,
    /// What lies beside it and is never encrypted.
    pub plain: Vec<PathBuf>,
}

/// Whether a ledger is encrypted.
///
/// # Errors
/// When there is no such file.
pub fn is_encrypted(path: &Path) -> Result<bool, Error> {
    Ok(Ledger::is_encrypted(path)?)
}

/// Whether the keys of a ledger still need a passphrase before it can be encrypted, and none was given beforehand.
///
/// # Errors
/// When its file of keys is none, or the passphrase that was given cannot be read.
pub fn needs_passphrase(path: &Path) -> Result<bool, Error> {
    let sealed = keyring::told(&keyring::path(path))?.is_some_and(|told| told.sealed);
    Ok(!sealed && keys::given()?.is_none())
}

/// Encrypts a ledger. Its keys are put under `passphrase`, or under the one that was given beforehand, where they are under
/// none.
///
/// # Errors
/// When it is encrypted already, another program has it open, its keys are under no passphrase and none is given, or the
/// disk refuses; it is then as it was.
pub fn encrypt(path: &Path, by: &str, passphrase: Option<Passphrase>) -> Result<Done, Error> {
    if is_encrypted(path)? {
        // What is no ledger at all is said first.
        keys::derive(path)?;
        return Err(Error::input(format!("{}: is encrypted already", path.display())));
    }
    keys::derive(path)?;
    sealed(path, by, passphrase)?;
    let ring = keys::unlock(path, by)?;
    // Copies of before a change of schema may be under an earlier one.
    let key = match &ring.ledger {
        Some(key) => key.clone(),
        None => Zeroizing::new(random::<32>()?),
    };
    // The key is on the disk before anything is encrypted under it.
    keys::put(path, Keyring { ledger: Some(key.clone()), ..Keyring::clone(&ring) })?;
    match Ledger::rewrite(path, Some(&key)) {
        Ok(rewritten) => Ok(done(path, rewritten)),
        Err(error) => {
            if Ledger::is_encrypted(path).is_ok_and(|encrypted| !encrypted) {
                let _ = keys::put(path, Keyring::clone(&ring));
            }
            Err(error.into())
        }
    }
}

/// Makes an encrypted ledger plain again.
///
/// # Errors
/// When it is not encrypted, another program has it open, its keys cannot be had, or the disk refuses; it is then as it
/// was.
pub fn decrypt(path: &Path, by: &str) -> Result<Done, Error> {
    if !is_encrypted(path)? {
        keys::derive(path)?;
        return Err(Error::input(format!("{}: is not encrypted", path.display())));
    }
    keys::derive(path)?;
    let ring = keys::unlock(path, by)?;
    let rewritten = Ledger::rewrite(path, None)?;
    // Only now: copies of before a change of schema may still need it.
    if rewritten.copies.is_empty() {
        keys::put(path, Keyring { ledger: None, ..Keyring::clone(&ring) })?;
    }
    Ok(done(path, rewritten))
}

/// Makes an empty ledger that is encrypted from the first byte.
///
/// # Errors
/// As [`keep::init`]; when its keys are under no passphrase and none is given.
pub fn init(path: &Path, by: &str, passphrase: Option<Passphrase>) -> Result<(), Error> {
    if std::fs::metadata(path).is_ok_and(|meta| meta.len() > 0) {
        return keep::init(path, by);
    }
    let file = keyring::path(path);
    let new = !file.exists();
    let make = || -> Result<(), Error> {
        sealed(path, by, passphrase)?;
        let ring = keys::unlock(path, by)?;
        if ring.ledger.is_none() {
            let key = Zeroizing::new(random::<32>()?);
            keys::put(path, Keyring { ledger: Some(key), ..Keyring::clone(&ring) })?;
        }
        keep::init(path, by)
    };
    make().inspect_err(|_| {
        if new && !path.exists() {
            let _ = std::fs::remove_file(&file);
        }
    })
}

/// Sees to it that the keys of a ledger are under a passphrase.
fn sealed(path: &Path, by: &str, passphrase: Option<Passphrase>) -> Result<(), Error> {
    let file = keyring::path(path);
    if keyring::told(&file)?.is_some_and(|told| told.sealed) {
        return Ok(());
    }
    let passphrase = match passphrase {
        Some(passphrase) => passphrase,
        None => keys::given()?.ok_or_else(|| {
            Error::input(format!(
                "{}: the keys are under no passphrase, and whoever takes the ledger would take its key with it; give one \
                 in GAINSAY_PASSPHRASE or by --passphrase-file FILE",
                file.display()
            ))
        })?,
    };
    good(&passphrase)?;
    keys::unlock(path, by)?;
    if keyring::told(&file)?.is_some_and(|told| told.sealed) {
        return Ok(());
    }
    manage::protect(path, by, Some(passphrase))
}

fn done(path: &Path, rewritten: Rewritten) -> Done {
    // Answers are made again where they are needed.
    let _ = std::fs::remove_file(answers::path_of(path));
    let named = |ending: &&str| {
        let mut name = path.as_os_str().to_owned();
        name.push(".");
        name.push(ending);
        PathBuf::from(name)
    };
    let plain = BESIDE.iter().map(named).filter(|file| file.exists()).collect();
    Done { copies: rewritten.copies, plain }
}
