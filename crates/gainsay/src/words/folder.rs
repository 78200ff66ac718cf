//! The folder that a ledger's own lists lie in: a manifest and a file for each list.
//!
//! **Takes** a folder. **Gives** the words of it: the built-in ones, and what the lists add.
//! **Never** writes into a list's file: a list is written under another name, brought to the disk and renamed.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use gainsay_lexicon::brought::tables::{Holds, Table};
use gainsay_lexicon::mapped::Mapped;
use gainsay_lexicon::{Brought, Gazetteer, Words, brought::PlaceList};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{Error, whole};

/// What the manifest is called.
pub(super) const MANIFEST: &str = "words.json";

/// The longest manifest that is read, in bytes.
const LONGEST: u64 = 4 << 20;

/// A file that a list was made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// Its name, without its folder.
    pub file: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// A list in the folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    /// What it is called.
    pub name: String,
    /// `places`, `actors`, `sources`, `people`, or a table of the codebook as `codebook:frames`.
    pub holds: String,
    /// `geonames`, `cod`, `csv` or `table`.
    pub format: String,
    /// The file in the folder.
    pub file: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// Its length in bytes.
    pub bytes: u64,
    /// How many rows it has.
    pub rows: u64,
    /// How many names, by their keys; 0 of a table.
    pub names: u64,
    /// Under which licence whoever made it gives it.
    pub licence: String,
    /// Where it comes from.
    pub origin: String,
    /// What it was made of.
    pub made_of: Vec<Made>,
}

/// The lists of a folder, the one that wins first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of this form.
    pub version: u32,
    /// The lists.
    pub lists: Vec<List>,
}

impl Manifest {
    /// The manifest of a folder, with the SHA-256 of its bytes; `None` where there is none.
    ///
    /// # Errors
    /// When it cannot be read, or is none.
    pub fn of(folder: &Path) -> Result<Option<(Manifest, String)>, Error> {
        let path = folder.join(MANIFEST);
        let file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Error::io(format!("{}: cannot be read", path.display()), error)),
        };
        let mut bytes = Vec::new();
        file.take(LONGEST)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::io(format!("{}: cannot be read", path.display()), error))?;
        let wrong = |what: String| Error::wrong(format!("{}: {what}", path.display()));
        let manifest: Manifest = serde_json::from_slice(&bytes).map_err(|error| {
            wrong(format!("is no list of word lists ({error}); put back the folder as it was"))
        })?;
        if manifest.version != 1 {
            return Err(wrong(format!("is of version {}, this gainsay reads 1", manifest.version)));
        }
        // A file is one of the folder, whatever the manifest says.
        let plain = |list: &&List| Path::new(&list.file).file_name() != Some(list.file.as_ref());
        if let Some(list) = manifest.lists.iter().find(plain) {
            return Err(wrong(format!("`{}` does not lie in the folder", list.file)));
        }
        Ok(Some((manifest, hash(&bytes))))
    }

    /// Writes it: at once, or not at all. The SHA-256 of its bytes.
    ///
    /// # Errors
    /// When the disk refuses.
    pub(super) fn write(&self, path: &Path) -> Result<String, Error> {
        let mut bytes = serde_json::to_vec_pretty(self).map_err(|error| Error::wrong(error.to_string()))?;
        bytes.push(b'\n');
        whole::write(path, &bytes)?;
        Ok(hash(&bytes))
    }
}

/// Brings a folder's entries to the disk, where the system can.
pub(super) fn sync(folder: &Path) -> std::io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256 of a file, and its length.
///
/// # Errors
/// When it cannot be read.
pub(super) fn hash_of(path: &Path) -> std::io::Result<(String, u64)> {
    let mut file = File::open(path)?;
    let (mut hash, mut buffer, mut length) = (Sha256::new(), vec![0; 1 << 20], 0);
    loop {
        let read = file.read(&mut buffer)?;
        if read == 0 {
            return Ok((hex(&hash.finalize()), length));
        }
        hash.update(&buffer[..read]);
        length += read as u64;
    }
}

/// The words of a folder; the built-in ones where it holds no lists. They are loaded once for each manifest, and live
/// until the program ends.
///
/// # Errors
/// When a list is missing, damaged or of another version.
pub fn words(folder: &Path) -> Result<&'static Words, Error> {
    static LOADED: Mutex<BTreeMap<PathBuf, (String, &'static Words)>> = Mutex::new(BTreeMap::new());
    let Some((manifest, sha256)) = Manifest::of(folder)? else { return Ok(Words::builtin()) };
    if manifest.lists.is_empty() {
        return Ok(Words::builtin());
    }
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let key = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    if let Some((known, words)) = loaded.get(&key).filter(|(known, _)| *known == sha256) {
        debug_assert_eq!(*known, sha256);
        return Ok(words);
    }
    let words: &'static Words = Box::leak(Box::new(load(folder, &manifest)?));
    loaded.insert(key, (sha256, words));
    Ok(words)
}

/// Loads the words of a manifest.
pub(super) fn load(folder: &Path, manifest: &Manifest) -> Result<Words, Error> {
    let (mut places, mut tables) = (Vec::new(), Vec::new());
    for list in &manifest.lists {
        match Holds::parse(&list.holds) {
            Some(holds) => tables.push(table(folder, list, holds)?),
            None if list.holds == "places" => places.push(open(folder, list)?),
            None => {
                return Err(broken(
                    folder,
                    list,
                    &format!("holds `{}`, which this gainsay does not know", list.holds),
                ));
            }
        }
    }
    let brought = Brought::of(places);
    Words::with(brought, &tables).map_err(|refused| Error::wrong(format!("{}: {refused}", folder.display())))
}

/// The places of a manifest, beside those built in: much less than all words.
pub(super) fn gazetteer(folder: &Path, manifest: &Manifest) -> Result<Gazetteer, Error> {
    let lists = manifest.lists.iter().filter(|list| list.holds == "places");
    let lists = lists.map(|list| open(folder, list)).collect::<Result<_, _>>()?;
    let built_in = Gazetteer::load().map_err(|error| Error::wrong(error.to_string()))?;
    Ok(Gazetteer { brought: Brought::of(lists), ..built_in })
}

/// Whether a list can be opened.
pub(super) fn opens(folder: &Path, list: &List) -> Result<(), Error> {
    match Holds::parse(&list.holds) {
        Some(holds) => table(folder, list, holds).map(drop),
        None => open(folder, list).map(drop),
    }
}

fn broken(folder: &Path, list: &List, what: &str) -> Error {
    let path = folder.join(&list.file);
    let command = match list.holds.as_str() {
        "places" => "gazetteer",
        holds if holds.starts_with("codebook:") => "codebook",
        _ => "lexicon",
    };
    let name = &list.name;
    Error::wrong(format!("{}: {what}; put it back, or `gainsay {command} remove {name}`", path.display()))
}

fn table(folder: &Path, list: &List, holds: Holds) -> Result<Table, Error> {
    let bytes =
        std::fs::read(folder.join(&list.file)).map_err(|error| broken(folder, list, &error.to_string()))?;
    if hash(&bytes) != list.sha256 {
        return Err(broken(folder, list, "was changed since it was added"));
    }
    Table::read(&list.file, &bytes, Some(holds), matches!(holds, Holds::Codebook(_)))
        .map_err(|refused| broken(folder, list, &refused.to_string()))
}

/// Maps a list; one that was not opened since it was written is first held against its checksums, section by section.
fn open(folder: &Path, list: &List) -> Result<PlaceList, Error> {
    let broken = |what: String| broken(folder, list, &what);
    let file = File::open(folder.join(&list.file)).map_err(|error| broken(error.to_string()))?;
    let length = file.metadata().map_err(|error| broken(error.to_string()))?.len();
    if length != list.bytes {
        return Err(broken(format!("has {length} bytes where it had {}", list.bytes)));
    }
    let bytes = Mapped::of(&file).map_err(|error| broken(error.to_string()))?;
    let places = PlaceList::open(&list.name, Arc::new(bytes)).map_err(broken)?;
    let now = stamp(&file);
    let path = stamp_of(folder, list);
    if now.is_none() || std::fs::read_to_string(&path).ok() != now {
        places.layout().check(&file).map_err(broken)?;
        // Where it cannot be written, the next to open it checks again.
        now.map(|now| std::fs::write(&path, now));
    }
    Ok(places)
}

/// Where it is noted that a list was held against its checksums: for a list of the whole world that takes seconds, and
/// every program that opens the ledger would wait for it. `verify` reads all of it whatever is noted here.
pub(super) fn stamp_of(folder: &Path, list: &List) -> PathBuf {
    folder.join(format!(".{}.checked", list.file))
}

/// A file as it stands: how long it is and when it was last written.
fn stamp(file: &File) -> Option<String> {
    let meta = file.metadata().ok()?;
    let written = meta.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Some(format!("{} {}.{:09}\n", meta.len(), written.as_secs(), written.subsec_nanos()))
}
