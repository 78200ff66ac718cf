//! What people do with keys: look at them, take the next, put them under a passphrase, retire, copy and put back.

use std::path::{Path, PathBuf};

use gainsay_custody::keyring::{self, told};
use gainsay_custody::{Keyring, Public, Secret};
use gainsay_ledger::{Ledger, LedgerKey};
use serde::Serialize;

use super::ring::{alone, put_again, put_anew, read, ring, unlock, write};
use super::ways::{Passphrase, good, opened};
use crate::{Error, clock};

/// The keys beside a ledger, as far as anybody may know them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Shown {
    /// What people compare: 16 hexadecimal digits.
    pub id: String,
    /// The public key, 64 hexadecimal digits.
    pub key: String,
    /// Whose it is.
    pub name: String,
    /// Where it lies.
    pub file: PathBuf,
    /// Whether it is under a passphrase.
    pub sealed: bool,
    /// The entry of the ledger's log that added it; none where nothing was signed by it yet.
    pub added: Option<u64>,
    /// The entry that retired it.
    pub retired: Option<u64>,
}

/// A key that a ledger's log knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What people compare: 16 hexadecimal digits.
    pub id: String,
    /// The public key, 64 hexadecimal digits.
    pub key: String,
    /// Whose it is, as was said when it was added.
    pub name: String,
    /// The entry that added it.
    pub added: u64,
    /// When that was, UTC.
    pub at: String,
    /// The id of the key that vouches for it; none where nobody but itself does.
    pub vouched_by: Option<String>,
    /// The entry that retired it.
    pub retired: Option<u64>,
    /// Why it was retired.
    pub why: Option<String>,
}

fn line(key: LedgerKey) -> Line {
    let (retired, why) = key.retired.unzip();
    Line {
        id: key.key.id(),
        key: key.key.to_string(),
        name: key.name,
        at: key.at.to_string(),
        added: key.added,
        vouched_by: key.vouched_by.map(|by| by.id()),
        retired,
        why,
    }
}

/// All keys that the log of a ledger knows, those added first first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list(path: &Path) -> Result<Vec<Line>, Error> {
    Ok(read(path)?.keys()?.into_iter().map(line).collect())
}

/// The keys beside a ledger. Asks for no passphrase, unless the ledger itself is under one.
///
/// # Errors
/// When there are none, or they or the ledger cannot be read.
pub fn show(path: &Path) -> Result<Shown, Error> {
    let file = keyring::path(path);
    let told = told(&file)?.ok_or_else(|| {
        let file = file.display();
        Error::input(format!("{file}: there are no keys; whatever is first written makes them, `gainsay key restore FILE` puts back a copy"))
    })?;
    let key = told.public.to_string();
    let known = match path.exists() {
        true => list(path)?.into_iter().find(|line| line.key == key),
        false => None,
    };
    Ok(Shown {
        id: told.public.id(),
        key,
        name: told.name,
        file,
        sealed: told.sealed,
        added: known.as_ref().map(|line| line.added),
        retired: known.and_then(|line| line.retired),
    })
}

/// Makes the next key: the one so far vouches for it in the log, and is retired.
///
/// # Errors
/// When there is no ledger, the keys cannot be opened, or one of the two cannot be written. Cut short, it is brought to
/// its end or taken back when the keys are next opened.
pub fn next(path: &Path, by: &str, why: &str) -> Result<(Shown, Shown), Error> {
    let mut ledger = write(path, by)?;
    let old = show(path)?;
    let (file, next) = (keyring::path(path), Secret::new()?);
    let (now, held) = (clock::now()?, Keyring::clone(&*ring(path, Some(by))?));
    alone(&file, || -> Result<(), Error> {
        put_again(path, Keyring { next: Some(next.clone()), ..held.clone() })?;
        ledger.next_key(by, now, &next.public(), &held.name, why)?;
        put_again(path, Keyring { signing: next, next: None, ..held })
    })?;
    ledger.close()?;
    Ok((old, show(path)?))
}

/// Puts the keys of a ledger under another passphrase, or under none.
///
/// # Errors
/// When they cannot be opened or written, the passphrase is soon guessed, or none is wanted for the keys of an encrypted
/// ledger.
pub fn protect(path: &Path, by: &str, passphrase: Option<Passphrase>) -> Result<(), Error> {
    if let Some(passphrase) = &passphrase {
        good(passphrase)?;
    }
    let held = unlock(path, by)?;
    if passphrase.is_none() && held.ledger.is_some() {
        return Err(Error::input(
            "the ledger is encrypted under these keys, and would be open to whoever finds them; `gainsay decrypt` it first",
        ));
    }
    alone(&keyring::path(path), || put_anew(path, Keyring::clone(&held), passphrase))
}

/// Retires a key that is not the one beside the ledger: lost, stolen, of somebody who left. `key` is an id, a public key
/// or the beginning of one. The key's line before, and the entry that retires it.
///
/// # Errors
/// When no key or several are meant, it is retired, or is the one beside the ledger.
pub fn retire(path: &Path, by: &str, key: &str, why: &str) -> Result<(Line, u64), Error> {
    let found = find(&list(path)?, key)?;
    if let Some(entry) = found.retired {
        return Err(Error::input(format!("the key {} was retired by entry {entry}", found.id)));
    }
    let mut ledger = write(path, by)?;
    if ring(path, Some(by))?.signing.public().to_string() == found.key {
        return Err(Error::input(format!(
            "the key {} is the one that signs here; `gainsay key new --why TEXT` puts the next in its place",
            found.id
        )));
    }
    let public = Public::parse(&found.key).ok_or_else(|| Error::wrong("the log holds a key that is none"))?;
    let entry = ledger.retire_key(by, clock::now()?, &public, why)?;
    ledger.close()?;
    Ok((found, entry))
}

fn find(lines: &[Line], key: &str) -> Result<Line, Error> {
    let typed = key.to_lowercase();
    let fits =
        |line: &&Line| typed.len() >= 4 && (line.id.starts_with(&typed) || line.key.starts_with(&typed));
    let mut found = lines.iter().filter(fits);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(one.clone()),
        (Some(_), Some(_)) => Err(Error::input(format!("several keys begin with `{key}`; give more of it"))),
        _ => Err(Error::input(format!("no key of this ledger is `{key}`; `gainsay key list` lists them"))),
    }
}

/// Writes a copy of the keys, under a passphrase of its own, where there is no file yet.
///
/// # Errors
/// When they cannot be opened, the passphrase is soon guessed, or there is a file already.
pub fn backup(path: &Path, by: &str, to: &Path, passphrase: &str) -> Result<Shown, Error> {
    good(passphrase)?;
    let shown = show(path)?;
    let held = unlock(path, by)?;
    match held.create(to, Some(passphrase))? {
        true => Ok(shown),
        false => Err(Error::input(format!("{}: there is a file already; choose another name", to.display()))),
    }
}

/// What was put back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// The keys that are beside the ledger now.
    pub shown: Shown,
    /// Where those lie now that were there before.
    pub aside: Option<PathBuf>,
}

/// Puts a copy of keys beside a ledger, under the passphrase of the copy. Keys that are there already are kept aside.
///
/// # Errors
/// When the copy cannot be opened, or the disk refuses; the keys that were there are then still there.
pub fn restore(path: &Path, from: &Path) -> Result<Restored, Error> {
    let file = keyring::path(path);
    let copy = told(from)?.ok_or_else(|| Error::input(format!("{}: no such file", from.display())))?;
    let (ring, passphrase) = match copy.sealed {
        true => {
            let (ring, passphrase) = opened(from, None, true, |one| Keyring::read(from, Some(one)))?;
            (ring, Some(passphrase))
        }
        false => (Keyring::read(from, None)?, None),
    };
    let ring = ring.ok_or_else(|| Error::input(format!("{}: no such file", from.display())))?;
    if ring.ledger.is_none() && Ledger::is_encrypted(path).unwrap_or(false) {
        return Err(Error::input(format!(
            "{}: was made before the ledger was encrypted, and holds no key to it; nobody could read the ledger by it",
            from.display()
        )));
    }
    let aside = alone(&file, || -> Result<Option<PathBuf>, Error> {
        let aside = match told(&file) {
            Ok(None) => None,
            // The same signing key may stand beside another secret: that of the ledger, for one.
            Ok(Some(there)) => {
                let held = Keyring::read(&file, passphrase.as_ref().map(|word| word.as_str()));
                let same = held.is_ok_and(|held| held.is_some_and(|held| held.line() == ring.line()));
                (!same).then(|| there.public.id())
            }
            Err(_) => Some("damaged".to_owned()),
        };
        let aside = aside.map(|name| keep_aside(&file, &name)).transpose()?;
        put_anew(path, ring, passphrase)?;
        Ok(aside)
    })?;
    Ok(Restored { shown: show(path)?, aside })
}

/// Copies a file of keys beside itself, under a name that no other one has; gives the name.
fn keep_aside(file: &Path, name: &str) -> Result<PathBuf, Error> {
    let bytes = std::fs::read(file).ok();
    for number in 1..100 {
        let mut aside = file.as_os_str().to_owned();
        aside.push(if number == 1 { format!(".{name}") } else { format!(".{name}-{number}") });
        let aside = PathBuf::from(aside);
        if !aside.exists() || std::fs::read(&aside).ok() == bytes {
            keyring::copy(file, &aside)?;
            return Ok(aside);
        }
    }
    Err(Error::input(format!("{}: a hundred are kept aside; move some away", file.display())))
}

/// Whether the log of a ledger knows other keys than the ones beside it, and not these: a copy of another ledger's.
///
/// # Errors
/// When the ledger cannot be read.
pub fn is_strange(path: &Path, key: &str) -> Result<bool, Error> {
    let known = Ledger::keys(&read(path)?)?;
    Ok(!known.is_empty() && known.iter().all(|known| known.key.to_string() != key))
}
