//! A ledger's own words: the lists that a desk brings, beside the ledger or in a folder of their own.
//!
//! A ledger `war.gpkg` has its lists in the folder `war.gpkg.words`. Its log says which they are and binds them by
//! their hashes, so that whoever is handed the ledger can tell whether they have the words it was read with.
//!
//! **Takes** a ledger or a folder. **Gives** the words that reports are read and claims are linked by.
//! **Never** changes a reading: what was read before lists changed stays as it was until it is read again ([`again`]).

mod add;
mod again;
mod bound;
mod change;
mod folder;
mod spill;

use std::path::{Path, PathBuf};
use std::sync::{PoisonError, RwLock};

use gainsay_ledger::Ledger;
use gainsay_lexicon::Words;

pub use add::{Added, Said, Source, Unadded};
pub use again::{Again, again};
pub use bound::{faults, note, older};
pub use folder::{List, Made, Manifest};
pub use gainsay_lexicon::brought::csv::Columns;
pub use gainsay_lexicon::brought::tables::{Holds, Table};
pub use gainsay_lexicon::brought::{Bad, Refused};

use crate::Error;
use change::Change;

/// The folder that a ledger's lists lie in.
pub fn folder_of(ledger: &Path) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(".words");
    PathBuf::from(name)
}

/// The words of a ledger: the built-in ones, and those of the lists beside it.
///
/// # Errors
/// When a list is missing, damaged or of another version.
pub fn of(ledger: &Path) -> Result<&'static Words, Error> {
    change::end(ledger)?;
    folder::words(&folder_of(ledger))
}

static SETTLED: RwLock<Option<&'static Words>> = RwLock::new(None);

/// Makes a ledger's words those of the whole program ([`settled`]): for a desk, which serves one ledger.
///
/// # Errors
/// As [`of`].
pub fn settle(ledger: &Path) -> Result<(), Error> {
    let words = of(ledger)?;
    *SETTLED.write().unwrap_or_else(PoisonError::into_inner) = Some(words);
    Ok(())
}

/// The words that were settled on; the built-in ones where none were.
pub fn settled() -> &'static Words {
    SETTLED.read().unwrap_or_else(PoisonError::into_inner).unwrap_or_else(Words::builtin)
}

/// The words of a folder of lists.
///
/// # Errors
/// As [`of`]; and when there is no such folder, or no list in it.
pub fn in_folder(folder: &Path) -> Result<&'static Words, Error> {
    if Manifest::of(folder)?.is_none() {
        return Err(Error::input(format!(
            "{}: holds no word lists; add some with `gainsay --words {} gazetteer add …`",
            folder.display(),
            folder.display()
        )));
    }
    folder::words(folder)
}

/// Where lists are added to or taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Where<'w> {
    /// A ledger, and who does it: its log tells of every change.
    Ledger(&'w Path, &'w str),
    /// A folder of its own.
    Folder(&'w Path),
}

impl Where<'_> {
    /// The folder.
    pub fn folder(&self) -> PathBuf {
        match self {
            Where::Ledger(ledger, _) => folder_of(ledger),
            Where::Folder(folder) => folder.to_path_buf(),
        }
    }

    /// The lists that are there, the one that wins over the others first.
    ///
    /// # Errors
    /// When they cannot be read.
    pub fn lists(&self) -> Result<Vec<List>, Error> {
        Ok(Manifest::of(&self.folder())?.map(|(manifest, _)| manifest.lists).unwrap_or_default())
    }
}

/// Adds a list, in the place of one of its name; `progress` is told which part is done, and how many bytes were gone through.
///
/// # Errors
/// Every bad line, or whatever else stands in the way; nothing is changed then.
pub fn add(
    to: Where<'_>,
    source: &Source,
    said: &Said,
    progress: &mut (dyn FnMut(f64, u64) + Send),
) -> Result<Added, Unadded> {
    let ledger = bound::open(to)?;
    let (added, change) = add::add(&to.folder(), source, said, progress)?;
    let did = if added.replaced { "replaced" } else { "added" };
    take(change, ledger, to, did, &added.list.name)?;
    Ok(added)
}

/// Takes a list away.
///
/// # Errors
/// When there is none of this name, or something stands in the way; nothing is changed then.
pub fn remove(from: Where<'_>, name: &str) -> Result<List, Error> {
    let ledger = bound::open(from)?;
    let (list, change) = add::remove(&from.folder(), name)?;
    take(change, ledger, from, "removed", name)?;
    Ok(list)
}

/// Takes a change, and tells the log of it where there is a ledger.
fn take(change: Change, ledger: Option<Ledger>, to: Where<'_>, did: &str, name: &str) -> Result<(), Error> {
    if let (Some(mut ledger), Where::Ledger(_, by)) = (ledger, to) {
        if let Err(error) = bound::tell(&mut ledger, by, did, name, &change.manifest) {
            change.undo();
            return Err(error);
        }
        ledger.close()?;
    }
    change.done()
}

/// Checks a table for the codebook or the lexicon, and changes nothing. How many rows it has.
///
/// # Errors
/// Every bad row.
pub fn check(
    file: &Path,
    holds: Option<Holds>,
    of_codebook: bool,
    words: &Words,
) -> Result<(Holds, usize), Unadded> {
    let unread = |error| Error::input(format!("{}: cannot be read: {error}", file.display()));
    let bytes = std::fs::read(file).map_err(unread)?;
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let table = Table::read(&name, &bytes, holds, of_codebook)?;
    table.check(words)?;
    Ok((table.holds, table.len()))
}

#[cfg(test)]
mod tests;
