//! Changes of lists, of which a kill leaves all or nothing: manifest and log say the same.
//!
//! The new manifest is written beside the old one, the log is told of it, and then it takes the old one's place. A
//! change that was cut short is ended by whoever comes next if the log tells of it, and taken back if not.
//!
//! **Takes** a folder. **Gives** a change of it. **Never** takes a list's file away before the log knows better.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::folder::{self, MANIFEST, Manifest};
use super::spill::PART;
use super::{bound, folder_of};
use crate::{Error, keys};

/// What the manifest is called that the log is not told of yet.
const NEW: &str = "words.json.new";

/// A change that is ready: the folder is held until it is done or taken back.
pub(super) struct Change {
    folder: PathBuf,
    /// What the lists will be, with the SHA-256 of the manifest.
    pub manifest: (Manifest, String),
    _alone: File,
}

impl Change {
    /// Makes ready what the lists will be.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn ready(folder: &Path, manifest: Manifest, alone: File) -> Result<Change, Error> {
        let sha256 = manifest.write(&folder.join(NEW))?;
        Ok(Change { folder: folder.to_owned(), manifest: (manifest, sha256), _alone: alone })
    }

    /// Puts the new manifest in the old one's place, and takes lists away that it does not name.
    ///
    /// # Errors
    /// When the disk refuses.
    pub fn done(self) -> Result<(), Error> {
        put(&self.folder).map_err(|error| refused(&self.folder, error))
    }

    /// Takes it back.
    pub fn undo(self) {
        let _ = fs::remove_file(self.folder.join(NEW));
    }
}

fn put(folder: &Path) -> std::io::Result<()> {
    fs::rename(folder.join(NEW), folder.join(MANIFEST))?;
    folder::sync(folder)?;
    tidy(folder)
}

/// Ends a change of a ledger's lists that was cut short, as the log has it. Where somebody is at it, or nothing can be
/// written, all stays as it is.
///
/// # Errors
/// When the ledger cannot be read.
pub(super) fn end(ledger: &Path) -> Result<(), Error> {
    let folder = folder_of(ledger);
    let new = folder.join(NEW);
    if !new.exists() {
        return Ok(());
    }
    let Ok(_alone) = hold(&folder) else { return Ok(()) };
    let known = bound::manifest(&keys::read(ledger)?)?;
    let same = folder::hash_of(&new).is_ok_and(|(hash, _)| known == Some(hash));
    let _ = if same { put(&folder) } else { fs::remove_file(&new) };
    Ok(())
}

/// Holds the folder against others who change it, makes it where there is none, and takes away what programs that were
/// cut short left.
///
/// # Errors
/// When another program is at it, or the disk refuses.
pub(super) fn alone(folder: &Path) -> Result<File, Error> {
    fs::create_dir_all(folder).map_err(|error| refused(folder, error))?;
    let lock = hold(folder)?;
    let _ = fs::remove_file(folder.join(NEW));
    tidy(folder).map_err(|error| refused(folder, error))?;
    Ok(lock)
}

fn hold(folder: &Path) -> Result<File, Error> {
    let open = File::options().create(true).truncate(false).write(true).open(folder.join(".lock"));
    let lock = open.map_err(|error| refused(folder, error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(fs::TryLockError::WouldBlock) => Err(Error::busy(format!(
            "{}: another gainsay is changing the lists; wait for it",
            folder.display()
        ))),
        Err(fs::TryLockError::Error(error)) => Err(refused(folder, error)),
    }
}

/// Takes away half lists, and whole ones that the manifest does not name; whoever has one mapped keeps its bytes. Where
/// there is no manifest, or none that can be read, nobody knows which they are.
fn tidy(folder: &Path) -> std::io::Result<()> {
    let lists = Manifest::of(folder).ok().flatten().map(|(manifest, _)| manifest.lists);
    for entry in fs::read_dir(folder)?.flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let list = name.strip_prefix('.').and_then(|name| name.strip_suffix(".checked")).unwrap_or(&name);
        let named = lists.as_ref().is_none_or(|lists| lists.iter().any(|own| own.file == list));
        if name.ends_with(PART) || is_list(list) && !named {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

/// Whether a file's name is that of a list: what it is called, twelve digits of its hash, an ending.
fn is_list(name: &str) -> bool {
    let mut parts = name.rsplit('.');
    let (ending, hash) = (parts.next(), parts.next().unwrap_or_default());
    let hex = |c: char| c.is_ascii_digit() || ('a'..='f').contains(&c);
    matches!(ending, Some("places" | "tsv")) && hash.len() == 12 && hash.chars().all(hex)
}

fn refused(folder: &Path, error: std::io::Error) -> Error {
    Error::io(format!("{}: cannot be written", folder.display()), error)
}
