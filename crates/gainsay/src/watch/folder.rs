//! A folder that is looked at again and again: which of its files are new or changed, and lie still.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::state::Seen;

/// How deep folders are followed.
const DEEPEST: usize = 64;

/// Most files that are looked at in a folder and below.
const MOST: usize = 1_000_000;

/// How programs call what they have not finished writing.
const UNFINISHED: [&str; 7] = [".part", ".partial", ".crdownload", ".tmp", ".temp", ".swp", "~"];

/// The files below a folder, as they are now; hidden and unfinished ones are left out, and `own`, the ledger and what
/// lies beside it. Links to folders are not followed.
///
/// # Errors
/// When the folder itself cannot be read.
pub(super) fn look(folder: &Path, own: &Path) -> std::io::Result<BTreeMap<PathBuf, Seen>> {
    let mut found = BTreeMap::new();
    let mut open = vec![(folder.to_owned(), 0)];
    let own = own.to_string_lossy().into_owned();
    while let Some((at, depth)) = open.pop() {
        let entries = match fs::read_dir(&at) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(error),
            // It may be gone since, or not ours to read: its files are not there.
            Err(_) => continue,
        };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            let is_own = path.to_string_lossy().starts_with(&own);
            if name.starts_with('.')
                || is_own
                || UNFINISHED.iter().any(|end| name.to_lowercase().ends_with(end))
            {
                continue;
            }
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            if is_folder && depth < DEEPEST {
                open.push((path, depth + 1));
                continue;
            }
            let Ok(meta) = fs::metadata(&path) else { continue };
            if meta.is_file() && found.len() < MOST {
                let changed = meta.modified().ok().and_then(|at| at.duration_since(UNIX_EPOCH).ok());
                let changed = changed.and_then(|at| i64::try_from(at.as_nanos()).ok()).unwrap_or_default();
                found.insert(path, Seen { size: meta.len(), changed });
            }
        }
    }
    Ok(found)
}

/// Of the files as they are `now`, those that are not as they were when they were `taken`: first those that lie still,
/// as they did at the look `before`, then those that do not.
pub(super) fn ready(
    taken: &BTreeMap<String, Seen>,
    before: &BTreeMap<PathBuf, Seen>,
    now: &BTreeMap<PathBuf, Seen>,
) -> (Vec<PathBuf>, Vec<PathBuf>) {
    let new = now.iter().filter(|(path, seen)| taken.get(&*path.to_string_lossy()) != Some(seen));
    let (still, moving): (Vec<_>, Vec<_>) =
        new.partition(|(path, seen)| before.get(*path) == Some(seen) && seen.size > 0);
    let paths = |files: Vec<(&PathBuf, &Seen)>| files.into_iter().map(|(path, _)| path.clone()).collect();
    (paths(still), paths(moving))
}
