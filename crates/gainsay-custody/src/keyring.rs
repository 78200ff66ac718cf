//! The keys of one ledger, in a file beside it: `<ledger>.keys`, readable by its owner alone.
//!
//! It holds the key that signs, what pseudonyms are made from, and the ledger's own key where that is encrypted. Under a
//! passphrase all of it is sealed but the public half, so that it can be told whose keys these are.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::seal::{Sealed, seal};
use crate::{Error, Public, Secret, hex, random};

const PURPOSE: &str = "keys";

/// A file longer than this is no file of keys.
const MOST_BYTES: u64 = 64 * 1024;

/// The keys of one ledger.
#[derive(Clone)]
pub struct Keyring {
    /// Whose signing key it is.
    pub name: String,
    /// The key that signs entries of the log.
    pub signing: Secret,
    /// The key that signs in its place from the entry on by which the log knows it: written down before that entry is,
    /// so that whatever is cut short between the two leaves a key that may sign.
    pub next: Option<Secret>,
    /// What pseudonyms and the salts of entries are made from; who has it can tell whom a pseudonym stands for.
    pub pseudonyms: Zeroizing<[u8; 32]>,
    /// The key that the ledger itself is encrypted under, if it is.
    pub ledger: Option<Zeroizing<[u8; 32]>>,
}

/// As it is written down.
#[derive(Serialize, Deserialize)]
struct Written {
    format: String,
    name: String,
    public: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    sealed: Option<Sealed>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plain: Option<Plain>,
}

/// As it goes through a pipe.
#[derive(Serialize, Deserialize)]
struct Handed {
    name: String,
    plain: Plain,
}

#[derive(Serialize, Deserialize)]
struct Plain {
    signing: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    next: Option<String>,
    pseudonyms: String,
    ledger: Option<String>,
}

const FORMAT: &str = "gainsay-keys/1";

/// Where the keys of a ledger lie.
pub fn path(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".keys");
    PathBuf::from(name)
}

/// What can be told of a file of keys without a passphrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Whose it is.
    pub name: String,
    /// The public half of the signing key.
    pub public: Public,
    /// Whether a passphrase is needed.
    pub sealed: bool,
}

impl Keyring {
    /// New keys for somebody; the ledger is not encrypted.
    ///
    /// # Errors
    /// When the system gives no random bits.
    pub fn new(name: &str) -> Result<Keyring, Error> {
        let pseudonyms = Zeroizing::new(random()?);
        Ok(Keyring { name: name.to_owned(), signing: Secret::new()?, next: None, pseudonyms, ledger: None })
    }

    /// A secret for one purpose, made from the one of pseudonyms; none of them tells anything of it or of another.
    /// SHA-256 over `gainsay-derived/1`, the purpose and the secret, each with its length before it.
    pub fn derived(&self, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut hash = Sha256::new();
        for field in [b"gainsay-derived/1".as_slice(), purpose.as_bytes(), &*self.pseudonyms] {
            hash.update((field.len() as u64).to_be_bytes());
            hash.update(field);
        }
        Zeroizing::new(hash.finalize().into())
    }

    /// The keys in a file; `None` where there is no such file.
    ///
    /// # Errors
    /// When it cannot be read, is no file of keys, or is sealed and the passphrase does not fit or is not given
    /// ([`Error::is_wrong_passphrase`]).
    pub fn read(path: &Path, passphrase: Option<&str>) -> Result<Option<Keyring>, Error> {
        let Some(written) = written(path)? else { return Ok(None) };
        let wrong = |what: &str| Error::new(format!("{}: {what}", path.display()));
        let plain = match (written.plain, &written.sealed) {
            (Some(plain), None) => plain,
            (None, Some(sealed)) => {
                let passphrase = passphrase.ok_or_else(|| Error {
                    what: format!("{}: is under a passphrase; give it", path.display()),
                    wrong_passphrase: true,
                })?;
                let opened = sealed
                    .open(PURPOSE, passphrase)
                    .map_err(|error| Error { what: format!("{}: {error}", path.display()), ..error })?;
                serde_json::from_slice(&opened).map_err(|_| wrong("holds no keys under its seal"))?
            }
            _ => return Err(wrong("is no file of keys")),
        };
        let keyring = Keyring::of(written.name, &plain).map_err(|error| wrong(&error.to_string()))?;
        if keyring.signing.public().to_string() != written.public {
            return Err(wrong("its public key is not that of its secret one"));
        }
        Ok(Some(keyring))
    }

    fn of(name: String, plain: &Plain) -> Result<Keyring, Error> {
        let wrong = || Error::new("holds a key that is not 64 digits");
        let key = |digits: &String| hex::array::<32>(digits).ok_or_else(wrong);
        Ok(Keyring {
            name,
            signing: Secret::from_seed(key(&plain.signing)?),
            next: plain.next.as_ref().map(key).transpose()?.map(Secret::from_seed),
            pseudonyms: Zeroizing::new(key(&plain.pseudonyms)?),
            ledger: plain.ledger.as_ref().map(key).transpose()?.map(Zeroizing::new),
        })
    }

    fn plain(&self) -> Plain {
        Plain {
            signing: hex::of(&self.signing.seed()),
            next: self.next.as_ref().map(|next| hex::of(&next.seed())),
            pseudonyms: hex::of(&*self.pseudonyms),
            ledger: self.ledger.as_ref().map(|key| hex::of(&**key)),
        }
    }

    /// The keys as one line, for a pipe to another process of the same person's; never for a disk.
    pub fn line(&self) -> Zeroizing<String> {
        let handed = Handed { name: self.name.clone(), plain: self.plain() };
        Zeroizing::new(serde_json::to_string(&handed).expect("digits are JSON"))
    }

    /// The keys of such a line.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_line(line: &str) -> Result<Keyring, Error> {
        let handed: Handed =
            serde_json::from_str(line).map_err(|_| Error::new("no keys were handed over"))?;
        Keyring::of(handed.name, &handed.plain)
    }

    /// Writes the keys, under a passphrase if one is given; the file that was there is replaced as a whole.
    ///
    /// # Errors
    /// When the disk refuses; the file is then as it was.
    pub fn write(&self, path: &Path, passphrase: Option<&str>) -> Result<(), Error> {
        let text = self.text(passphrase)?;
        replace(path, &text).map_err(|error| refused(path, &error))
    }

    /// As [`Keyring::write`], where there is no file of that name; `false`, and nothing written, where there is one.
    ///
    /// # Errors
    /// When the disk refuses; there is no file then.
    pub fn create(&self, path: &Path, passphrase: Option<&str>) -> Result<bool, Error> {
        let text = self.text(passphrase)?;
        match put(path, &text, |new, path| std::fs::hard_link(new, path)) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
            // A file system that knows no second names.
            Err(_) if path.exists() => Ok(false),
            Err(_) => replace(path, &text).map(|()| true).map_err(|error| refused(path, &error)),
        }
    }

    fn text(&self, passphrase: Option<&str>) -> Result<Zeroizing<String>, Error> {
        let plain = self.plain();
        let (plain, sealed) = match passphrase {
            None => (Some(plain), None),
            Some(passphrase) => {
                let bytes = Zeroizing::new(serde_json::to_vec(&plain).expect("digits are JSON"));
                (None, Some(seal(PURPOSE, passphrase, &bytes)?))
            }
        };
        let public = self.signing.public().to_string();
        let written = Written { format: FORMAT.into(), name: self.name.clone(), public, sealed, plain };
        Ok(Zeroizing::new(serde_json::to_string_pretty(&written).expect("digits are JSON") + "\n"))
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring({}, {:?})", self.name, self.signing)
    }
}

/// What a file of keys tells without a passphrase; `None` where there is no such file.
///
/// # Errors
/// When it cannot be read or is no file of keys.
pub fn told(path: &Path) -> Result<Option<Told>, Error> {
    let Some(written) = written(path)? else { return Ok(None) };
    let public = Public::parse(&written.public)
        .ok_or_else(|| Error::new(format!("{}: is no file of keys", path.display())))?;
    Ok(Some(Told { name: written.name, public, sealed: written.sealed.is_some() }))
}

/// Copies a file of keys as it is, in the place of what stood there: a crash leaves the one or the other whole.
///
/// # Errors
/// When the one cannot be read or the other not be written.
pub fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let read = std::fs::read_to_string(from).map(Zeroizing::new);
    let text = read.map_err(|error| Error::new(format!("{}: {error}", from.display())))?;
    replace(to, &text).map_err(|error| refused(to, &error))
}

fn written(path: &Path) -> Result<Option<Written>, Error> {
    let wrong = |what: &str| Error::new(format!("{}: {what}", path.display()));
    let text = match std::fs::metadata(path) {
        // A pipe would be waited for, and a device read without end.
        Ok(meta) if !meta.is_file() => return Err(wrong("is no file of keys: no file of its own")),
        Ok(meta) if meta.len() > MOST_BYTES => return Err(wrong("is no file of keys: too long")),
        Ok(_) => std::fs::read_to_string(path),
        Err(error) => Err(error),
    };
    match text {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(wrong(&error.to_string())),
        Ok(text) => match serde_json::from_str::<Written>(&text) {
            Ok(written) if written.format == FORMAT => Ok(Some(written)),
            _ => Err(wrong("is no file of keys, or one of a newer gainsay")),
        },
    }
}

fn refused(path: &Path, error: &io::Error) -> Error {
    Error::new(format!("cannot write {}: {error}", path.display()))
}

/// Puts a new file in the place of the old one: a crash leaves the one or the other whole.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    put(path, text, |new, path| std::fs::rename(new, path))
}

/// Where a new file of keys lies until it has its name; who is cut short leaves it there.
pub fn half(path: &Path) -> PathBuf {
    let mut new = path.as_os_str().to_owned();
    new.push(".new");
    PathBuf::from(new)
}

/// Writes a new file aside, and then gives it its name.
fn put(path: &Path, text: &str, name: impl FnOnce(&Path, &Path) -> io::Result<()>) -> io::Result<()> {
    let new = half(path);
    // What somebody who was cut short left behind. Who writes at the same time is kept out by the caller.
    match std::fs::remove_file(&new) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let write = || {
        let mut file = options.create_new(true).write(true).open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        name(&new, path)
    };
    let written = write();
    // Gone where it was renamed; a second name, or half a file, where not.
    let _ = std::fs::remove_file(&new);
    written?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Makes the new name outlive a power cut, where the system can say so.
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_back_with_and_without_a_passphrase() {
        let folder = tempfile::tempdir().unwrap();
        let path = path(&folder.path().join("x.gpkg"));
        assert!(Keyring::read(&path, None).unwrap().is_none());
        let mut keys = Keyring::new("amal").unwrap();
        for passphrase in [None, Some("open sesame")] {
            keys.ledger = passphrase.map(|_| Zeroizing::new([9; 32]));
            keys.write(&path, passphrase).unwrap();
            let back = Keyring::read(&path, passphrase).unwrap().unwrap();
            assert_eq!((back.name.as_str(), back.signing.public()), ("amal", keys.signing.public()));
            assert_eq!((back.pseudonyms, back.ledger), (keys.pseudonyms.clone(), keys.ledger.clone()));
            let told = told(&path).unwrap().unwrap();
            assert_eq!((told.public, told.sealed), (keys.signing.public(), passphrase.is_some()));
        }
        assert!(Keyring::read(&path, None).err().unwrap().is_wrong_passphrase());
        assert!(Keyring::read(&path, Some("open")).err().unwrap().is_wrong_passphrase());
        let text = std::fs::read_to_string(&path).unwrap();
        for secret in [hex::of(&keys.signing.seed()), hex::of(&*keys.pseudonyms), hex::of(&[9; 32])] {
            assert!(!text.contains(&secret));
        }
    }

    #[test]
    fn a_second_keyring_takes_nobodys_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.keys");
        let (first, second) = (Keyring::new("amal").unwrap(), Keyring::new("huda").unwrap());
        assert!(first.create(&path, None).unwrap() && !second.create(&path, None).unwrap());
        assert_eq!(told(&path).unwrap().unwrap().public, first.signing.public());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left aside");
        assert!(second.create(&folder.path().join("none/x.keys"), None).is_err());
    }

    #[test]
    fn the_next_key_and_all_others_go_through_a_pipe() {
        let mut keys = Keyring::new("amal").unwrap();
        keys.next = Some(Secret::from_seed([3; 32]));
        let back = Keyring::from_line(&keys.line()).unwrap();
        assert_eq!(back.next.unwrap().public(), Secret::from_seed([3; 32]).public());
        assert_eq!((back.signing.public(), back.pseudonyms), (keys.signing.public(), keys.pseudonyms));
        assert!(Keyring::from_line("{}").is_err());
    }

    #[test]
    fn secrets_of_several_purposes_differ_and_stay() {
        let keys = Keyring { pseudonyms: Zeroizing::new([5; 32]), ..Keyring::new("amal").unwrap() };
        let other = Keyring { pseudonyms: Zeroizing::new([6; 32]), ..keys.clone() };
        assert_eq!(keys.derived("a"), keys.clone().derived("a"));
        assert_ne!(keys.derived("a"), keys.derived("b"));
        assert_ne!(keys.derived("a"), other.derived("a"));
        let shown = format!("{keys:?}");
        assert!(!shown.contains(&hex::of(&keys.signing.seed())) && !shown.contains("[5"), "{shown}");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_but_its_owner_reads_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.keys");
        Keyring::new("amal").unwrap().write(&path, None).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn what_is_no_file_of_keys_is_said_so() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.keys");
        for text in ["", "{}", "[]", r#"{"format":"gainsay-keys/1","name":"","public":""}"#] {
            std::fs::write(&path, text).unwrap();
            assert!(Keyring::read(&path, None).is_err(), "{text}");
        }
        std::fs::write(&path, " ".repeat(1 << 20)).unwrap();
        assert!(Keyring::read(&path, None).err().unwrap().to_string().contains("too long"));
    }

    #[cfg(unix)]
    #[test]
    fn what_never_ends_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("x.keys");
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        assert!(told(&path).unwrap_err().to_string().contains("no file of its own"));
    }
}
