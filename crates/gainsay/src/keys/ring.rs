//! The keys that this process holds: opened once for each ledger, when first needed.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use gainsay_custody::keyring::{self, told};
use gainsay_custody::{Keyring, Public, hex};
use gainsay_ledger::{Held, Ledger, Signer};

use super::ways::{Passphrase, opened, ways};
use crate::Error;

/// The keys of one ledger, as far as they were needed.
#[derive(Default)]
struct Kept {
    ring: Option<Arc<Keyring>>,
    /// The one they are under.
    passphrase: Option<Passphrase>,
    stamp: Option<Stamp>,
    /// Why they could not be written down, where they could not.
    fleeting: Option<String>,
}

/// What tells one file from the one that takes its place: when it was written, how long it is, where it lies.
type Stamp = (SystemTime, u64, u64);

static KEPT: Mutex<BTreeMap<PathBuf, Arc<Mutex<Kept>>>> = Mutex::new(BTreeMap::new());

/// Sees to it that a ledger's keys are asked for where they are needed; asks for nothing.
pub(crate) fn at_hand(path: &Path) {
    kept(path);
}

/// Opens a ledger to read it, with its keys at hand where it is encrypted.
///
/// # Errors
/// As [`Ledger::open_read_only`]; when it is encrypted and its keys cannot be had.
pub fn read(path: &Path) -> Result<Ledger, Error> {
    kept(path);
    Ok(Ledger::open_read_only(path)?)
}

/// Opens a ledger to write into its log; `by` is whose keys are made where there are none.
///
/// # Errors
/// As [`Ledger::open`]; when its keys cannot be had.
pub fn write(path: &Path, by: &str) -> Result<Ledger, Error> {
    kept(path);
    let ledger = Ledger::open(path)?;
    unlock(path, by)?;
    Ok(ledger)
}

/// Opens a ledger to write what is derived, which is signed where that takes no passphrase, or one that was given already.
///
/// # Errors
/// As [`Ledger::open`]; when there is a file of keys that cannot be read.
pub(crate) fn derive(path: &Path) -> Result<Ledger, Error> {
    kept(path);
    let ledger = Ledger::open(path)?;
    if told(&keyring::path(path))?.is_some_and(|told| !told.sealed) {
        ring(path, None)?;
    }
    Ok(ledger)
}

/// Opens the keys by which a ledger's log is signed, so that nobody is asked for a passphrase later; makes them where
/// there are none.
///
/// # Errors
/// When no passphrase fits, or keys can be neither read nor written.
pub fn unlock(path: &Path, by: &str) -> Result<Arc<Keyring>, Error> {
    let ring = ring(path, Some(by))?;
    match kept(path).1.lock().unwrap_or_else(PoisonError::into_inner).fleeting.as_ref() {
        Some(why) => Err(Error::input(why.clone())),
        None => Ok(ring),
    }
}

/// Makes the keys of a ledger that is about to be made; whether there were none.
///
/// # Errors
/// As [`unlock`].
pub fn make(path: &Path, by: &str) -> Result<bool, Error> {
    let new = !keyring::path(path).exists();
    unlock(path, by).map(|_| new)
}

/// The keys of a ledger: those that are beside it, else new ones, written down where that is possible. `by` is whose the
/// new ones are.
///
/// # Errors
/// When there is a file of keys that cannot be opened: no passphrase fits, it is damaged.
pub fn ring(path: &Path, by: Option<&str>) -> Result<Arc<Keyring>, Error> {
    let (path, kept) = kept(path);
    let mut kept = lock(&kept);
    let file = keyring::path(&path);
    if let Some(ring) = &kept.ring
        && (kept.fleeting.is_some() || kept.stamp.is_some() && kept.stamp == stamp(&file))
    {
        return Ok(ring.clone());
    }
    let passphrase = kept.passphrase.clone();
    let passphrase = passphrase.as_ref().map(|passphrase| passphrase.as_str());
    if let Some(ring) = kept.ring.clone()
        && alone(&file, || ring.create(&file, passphrase))?
    {
        (ways().tell)(&format!("note: {} was gone; it is there again", file.display()));
        kept.stamp = stamp(&file);
        return Ok(ring);
    }
    // Others may make keys at the same time: then theirs are taken.
    for _ in 0..2 {
        if let Some(told) = told(&file)? {
            let half = keyring::half(&file);
            if half.exists() {
                // Left by who was killed: keys are not to lie about.
                let _ = alone(&file, || std::fs::remove_file(&half));
            }
            let ring = open(&file, told.sealed, &mut kept)?;
            let ring = settle_next(&path, &file, ring, &kept)?;
            return Ok(take(&path, &mut kept, ring, None));
        }
        let ring = Keyring::new(by.unwrap_or(&ways().by))?;
        kept.passphrase = (ways().given)()?;
        let passphrase = kept.passphrase.as_ref().map(|passphrase| passphrase.as_str());
        match alone(&file, || ring.create(&file, passphrase)) {
            Ok(false) => continue,
            Ok(true) => {
                let ring = take(&path, &mut kept, ring, None);
                tell_made(&path, &file, &kept);
                return Ok(ring);
            }
            Err(error) => return Ok(take(&path, &mut kept, ring, Some(error.to_string()))),
        }
    }
    Err(Error::busy(format!("{}: others change it all the time; try again", file.display())))
}

/// Writes keys that were changed, under the passphrase that they were opened with, and holds them from now on.
///
/// # Errors
/// When the disk refuses; the file is then as it was.
pub fn put(path: &Path, ring: Keyring) -> Result<(), Error> {
    alone(&keyring::path(path), || put_again(path, ring))
}

/// As [`put`], for whoever is alone with the keys already.
pub(super) fn put_again(path: &Path, ring: Keyring) -> Result<(), Error> {
    let (path, kept) = kept(path);
    let mut kept = lock(&kept);
    let passphrase = kept.passphrase.clone();
    put_under(&path, &mut kept, ring, passphrase)
}

/// As [`put_again`], under another passphrase, or none.
///
/// # Errors
/// As [`put`].
pub(super) fn put_anew(path: &Path, ring: Keyring, passphrase: Option<Passphrase>) -> Result<(), Error> {
    let (path, kept) = kept(path);
    put_under(&path, &mut lock(&kept), ring, passphrase)
}

fn put_under(
    path: &Path,
    kept: &mut Kept,
    ring: Keyring,
    passphrase: Option<Passphrase>,
) -> Result<(), Error> {
    ring.write(&keyring::path(path), passphrase.as_ref().map(|passphrase| passphrase.as_str()))?;
    kept.passphrase = passphrase;
    take(path, kept, ring, None);
    Ok(())
}

/// What pseudonyms, and all names that stand for private ones, are made from: 64 hexadecimal digits. Where there are no
/// keys and none can be written, those of this run alone, which is said in a line.
///
/// # Errors
/// As [`ring`].
pub fn pseudonyms(path: &Path) -> Result<String, Error> {
    let ring = ring(path, None)?;
    if let Some(why) = &lock(&kept(path).1).fleeting {
        (ways().tell)(&format!(
            "note: {why}; pseudonyms of this run are not those published before or after it"
        ));
    }
    Ok(hex::of(&*ring.derived("pseudonyms")))
}

/// The same, made from a word that somebody chose, so that pseudonyms of several ledgers agree. A short word is soon
/// guessed, for whoever has a brief may try as many as they like, if only a few in a second.
///
/// # Errors
/// When there is no memory for it.
pub fn chosen(word: &str) -> Result<String, Error> {
    Ok(hex::of(&*gainsay_custody::seal::stretched("pseudonyms", word)?))
}

/// The keys that are held for a ledger as one line, for a process of one's own that works on it; `None` where none are.
pub fn hand_over(path: &Path) -> Option<zeroize::Zeroizing<String>> {
    let (_, kept) = kept(path);
    let kept = lock(&kept);
    kept.ring.as_ref().filter(|_| kept.fleeting.is_none()).map(|ring| ring.line())
}

/// Holds the keys that another process handed over.
///
/// # Errors
/// When that is no line of keys.
pub fn take_over(path: &Path, line: &str) -> Result<(), Error> {
    let ring = Keyring::from_line(line)?;
    let (path, kept) = kept(path);
    take(&path, &mut lock(&kept), ring, None);
    Ok(())
}

/// Runs something while nobody else changes the keys beside this ledger. Not to be run inside itself.
pub(super) fn alone<T>(path: &Path, run: impl FnOnce() -> T) -> T {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A file system that knows no locks is no reason to refuse work.
    let held = File::open(folder).ok().filter(|folder| folder.lock().is_ok());
    let done = run();
    drop(held);
    done
}

/// What the ledger is told of keys.
fn held(ring: &Keyring) -> Held {
    let signer = Signer { secret: ring.signing.clone(), salts: ring.derived("salts") };
    Held { signer: Some(signer), cipher: ring.ledger.clone() }
}

/// Holds keys from now on, here and in the ledger's crate.
fn take(path: &Path, kept: &mut Kept, ring: Keyring, fleeting: Option<String>) -> Arc<Keyring> {
    let ring = Arc::new(ring);
    kept.ring = Some(ring.clone());
    kept.stamp = stamp(&keyring::path(path));
    gainsay_ledger::have(path, fleeting.clone().map_or_else(|| Ok(held(&ring)), Err));
    kept.fleeting = fleeting;
    ring
}

/// The place for a ledger's keys, under one name however it is spelled. The ledger's crate is told where to ask.
fn kept(path: &Path) -> (PathBuf, Arc<Mutex<Kept>>) {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = match (folder.canonicalize(), path.file_name()) {
        (Ok(folder), Some(file)) => folder.join(file),
        _ => path.to_owned(),
    };
    let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = all.get(&name) {
        return (path.to_owned(), kept.clone());
    }
    let kept = Arc::<Mutex<Kept>>::default();
    all.insert(name, kept.clone());
    drop(all);
    let asked = path.to_owned();
    gainsay_ledger::offer(path, move || {
        // Whoever reads needs keys that are there; who writes has had them made.
        if !keyring::path(&asked).exists() {
            return Ok(Held::default());
        }
        ring(&asked, None).map(|ring| held(&ring)).map_err(|error| error.to_string())
    });
    (path.to_owned(), kept)
}

fn lock(kept: &Mutex<Kept>) -> MutexGuard<'_, Kept> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Opens a file of keys that is there.
fn open(file: &Path, sealed: bool, kept: &mut Kept) -> Result<Keyring, Error> {
    tell_if_others_read(file);
    let gone = || taken_away(file);
    if !sealed {
        kept.passphrase = None;
        return Keyring::read(file, None)?.ok_or_else(gone);
    }
    // Whoever changes keys while a desk is open is not at its terminal.
    let may_ask = kept.ring.is_none();
    let read = |passphrase: &str| Keyring::read(file, Some(passphrase));
    let (ring, passphrase) = opened(file, kept.passphrase.as_ref(), may_ask, read)?;
    kept.passphrase = Some(passphrase);
    ring.ok_or_else(gone)
}

fn taken_away(file: &Path) -> Error {
    Error::busy(format!("{} was taken away while it was read", file.display()))
}

/// A change of keys that was cut short is brought to its end, or taken back: the next key signs once the log knows it.
fn settle_next(path: &Path, file: &Path, ring: Keyring, kept: &Kept) -> Result<Keyring, Error> {
    if ring.next.is_none() {
        return Ok(ring);
    }
    alone(file, || {
        let passphrase = kept.passphrase.as_ref().map(|passphrase| passphrase.as_str());
        // Whoever was at it may have come to the end meanwhile.
        let mut ring = Keyring::read(file, passphrase)?.unwrap_or(ring);
        let Some(next) = ring.next.take() else { return Ok(ring) };
        gainsay_ledger::have(path, Ok(held(&ring)));
        if knows(path, next.public())? {
            ring.signing = next;
        }
        ring.write(file, passphrase)?;
        Ok(ring)
    })
}

/// Whether the log of a ledger knows a key.
pub(super) fn knows(path: &Path, key: Public) -> Result<bool, Error> {
    Ok(Ledger::open_read_only(path)?.keys()?.iter().any(|line| line.key == key))
}

fn stamp(file: &Path) -> Option<Stamp> {
    let meta = std::fs::metadata(file).ok()?;
    #[cfg(unix)]
    let lies = std::os::unix::fs::MetadataExt::ino(&meta);
    #[cfg(not(unix))]
    let lies = 0;
    Some((meta.modified().ok()?, meta.len(), lies))
}

/// Says that keys were made, and what they are not.
fn tell_made(path: &Path, file: &Path, kept: &Kept) {
    let tell = &ways().tell;
    let under = match kept.passphrase {
        Some(_) => "under the passphrase",
        None => "under no passphrase (`gainsay key passphrase` gives them one)",
    };
    let file = file.display();
    let known = path.exists()
        && Ledger::open_read_only(path).and_then(|ledger| ledger.keys()).is_ok_and(|keys| !keys.is_empty());
    if known {
        tell(&format!(
            "note: {file} was not there: made new keys, {under}; no earlier key vouches for them, and pseudonyms are not \
             those published before; `gainsay key restore FILE` puts back a copy"
        ));
    } else {
        tell(&format!("note: made keys, {file}, {under}; `gainsay key backup FILE` makes a copy"));
    }
}

/// Says in a line where others than its owner may read a file of keys.
fn tell_if_others_read(file: &Path) {
    #[cfg(unix)]
    if let Ok(meta) = std::fs::metadata(file) {
        let mode = std::os::unix::fs::MetadataExt::mode(&meta) & 0o777;
        if mode & 0o077 != 0 {
            (ways().tell)(&format!(
                "note: others than its owner may read {} (mode {mode:o}); `chmod 600` it",
                file.display()
            ));
        }
    }
    #[cfg(not(unix))]
    let _ = file;
}
