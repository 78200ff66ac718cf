//! Keys that this process holds for ledgers: by which their log is signed, and under which they are encrypted.
//!
//! They are handed in once for a file, and asked for when first needed, so that nobody is asked for a passphrase by a
//! command that needs none.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock};

use gainsay_custody::Secret;
use zeroize::Zeroizing;

use crate::Error;

/// Who signs what is written into the log.
#[derive(Clone)]
pub struct Signer {
    /// The key.
    pub secret: Secret,
    /// What the salts of entries are made from: while it is secret, the hash of a payload that was removed tells
    /// nothing of it.
    pub salts: Zeroizing<[u8; 32]>,
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({:?})", self.secret)
    }
}

/// The keys held for one ledger.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Who signs; where there is none, entries are not signed.
    pub signer: Option<Signer>,
    /// The key that the file is encrypted under.
    pub cipher: Option<Zeroizing<[u8; 32]>>,
}

type Source = Box<dyn Fn() -> Result<Held, String> + Send + Sync>;

struct Promised {
    source: Source,
    held: OnceLock<Result<Held, String>>,
}

static HELD: Mutex<BTreeMap<PathBuf, Arc<Promised>>> = Mutex::new(BTreeMap::new());

/// Tells where the keys of a ledger are to be had; `source` is asked at most once, when they are first needed. What was
/// told of this file before no longer holds.
pub fn hold(path: &Path, source: impl Fn() -> Result<Held, String> + Send + Sync + 'static) {
    let promised = Promised { source: Box::new(source), held: OnceLock::new() };
    table().insert(name(path), Arc::new(promised));
}

/// As [`hold`], with the keys themselves, or why they cannot be had.
pub fn have(path: &Path, held: Result<Held, String>) {
    let promised = Promised { source: Box::new(|| Ok(Held::default())), held: OnceLock::from(held) };
    table().insert(name(path), Arc::new(promised));
}

/// As [`hold`], where nothing was told of this file before.
pub fn offer(path: &Path, source: impl Fn() -> Result<Held, String> + Send + Sync + 'static) {
    let promised = Promised { source: Box::new(source), held: OnceLock::new() };
    table().entry(name(path)).or_insert_with(|| Arc::new(promised));
}

/// The keys held for a ledger; nobody's where nothing was told of it.
///
/// # Errors
/// When they cannot be had: a passphrase that does not fit, for one.
pub(crate) fn held(path: &Path) -> Result<Held, Error> {
    let promised = table().get(&name(path)).cloned();
    let Some(promised) = promised else { return Ok(Held::default()) };
    // Not under the lock: the source may ask a person.
    promised.held.get_or_init(|| (promised.source)()).clone().map_err(|what| Error::refused(path, what))
}

/// The keys held for a ledger, where they were asked for before and had: nobody is asked.
pub(crate) fn at_hand(path: &Path) -> Option<Held> {
    let promised = table().get(&name(path)).cloned()?;
    promised.held.get().and_then(|held| held.clone().ok())
}

fn table() -> std::sync::MutexGuard<'static, BTreeMap<PathBuf, Arc<Promised>>> {
    HELD.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// One name for a file, however it is spelled, whether it is there yet or not.
fn name(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(file)) => folder.join(file),
        _ => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_asked_for_once_and_found_by_any_spelling() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.gpkg");
        assert!(held(&path).unwrap().signer.is_none());
        let asked = Arc::new(Mutex::new(0));
        let counted = asked.clone();
        hold(&path, move || {
            *counted.lock().unwrap() += 1;
            Ok(Held { cipher: Some(Zeroizing::new([1; 32])), ..Held::default() })
        });
        let other = folder.path().join(".").join("x.gpkg");
        assert!(held(&other).unwrap().cipher.is_some() && held(&path).unwrap().cipher.is_some());
        assert_eq!(*asked.lock().unwrap(), 1);
        offer(&path, || Err("nobody asks this".to_owned()));
        assert!(held(&path).unwrap().cipher.is_some());
        hold(&path, || Err("the passphrase does not fit".to_owned()));
        assert!(held(&path).unwrap_err().to_string().contains("does not fit"));
    }
}
