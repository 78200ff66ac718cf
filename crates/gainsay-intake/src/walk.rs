//! Files and folders to a sorted run of files.
//!
//! Folders are walked depth first, by file name; links are followed, but never back into a folder they lie in.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use gainsay_model::Warning;

use crate::beside;
use crate::formats::{self, ACCEPTED};

/// A file to read.
#[derive(Debug)]
pub(crate) struct Found {
    /// Where it is.
    pub path: PathBuf,
    /// Its name without whatever lies above the input that led to it.
    pub name: String,
    /// Whether it is a pipe or a device that was named: decided by how it begins.
    pub is_pipe: bool,
}

/// What has been met so far in the batch, so that nothing is taken twice.
#[derive(Default)]
pub(crate) struct Walk {
    files: BTreeSet<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Walk {
    /// Calls `each` for every file at or below `path`, and for everything there that cannot be read.
    pub fn input(&mut self, path: &Path, each: &mut dyn FnMut(Result<Found, Warning>)) {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(meta) = look(path, each) else { return };
        if meta.is_dir() {
            let mut met = 0;
            self.folder(path, &name, &mut Vec::new(), &mut |found| {
                met += 1;
                each(found);
            });
            if met == 0 {
                each(Err(warn(path, format!("the folder holds no report; give a folder with {ACCEPTED}"))));
            }
        } else if meta.is_file() {
            self.file(path, name, each);
        } else {
            each(Ok(Found { path: path.to_owned(), name, is_pipe: true }));
        }
    }

    fn folder(
        &mut self,
        path: &Path,
        name: &str,
        above: &mut Vec<PathBuf>,
        each: &mut dyn FnMut(Result<Found, Warning>),
    ) {
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if above.contains(&real) {
            each(Err(warn(
                path,
                "links back to a folder it lies in, so it was not followed; remove the link",
            )));
            return;
        }
        if !self.folders.insert(real.clone()) {
            return;
        }
        let mut names = match fs::read_dir(path).and_then(|entries| {
            entries.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<Vec<_>>>()
        }) {
            Ok(names) => names,
            Err(error) => {
                each(Err(warn(path, unreadable("folder", &error))));
                return;
            }
        };
        names.sort();
        above.push(real);
        for file_name in names {
            let shown = file_name.to_string_lossy();
            if shown.starts_with('.') {
                continue;
            }
            let path = path.join(&file_name);
            let name = if name.is_empty() { shown.into_owned() } else { format!("{name}/{shown}") };
            let Some(meta) = look(&path, each) else { continue };
            if meta.is_dir() {
                self.folder(&path, &name, above, each);
            } else if meta.is_file() {
                self.file(&path, name, each);
            } else {
                each(Err(warn(&path, "is no file but a pipe or a device; take it out of the folder")));
            }
        }
        above.pop();
    }

    fn file(&mut self, path: &Path, name: String, each: &mut dyn FnMut(Result<Found, Warning>)) {
        if beside::speaks_for_another(path) {
            return;
        }
        if !formats::is_named(&name) {
            each(Err(warn(path, format!("not a kind of file that is read; accepted are {ACCEPTED}"))));
            return;
        }
        let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        if self.files.insert(real) {
            each(Ok(Found { path: path.to_owned(), name, is_pipe: false }));
        }
    }
}

fn look(path: &Path, each: &mut dyn FnMut(Result<Found, Warning>)) -> Option<fs::Metadata> {
    match fs::metadata(path) {
        Ok(meta) => Some(meta),
        Err(error) => {
            let dangling = error.kind() == std::io::ErrorKind::NotFound && path.is_symlink();
            let message = if dangling {
                "is a link to something that is not there; remove it or mend it".to_owned()
            } else {
                unreadable("file", &error)
            };
            each(Err(warn(path, message)));
            None
        }
    }
}

/// What to tell about a path that the system would not open.
pub(crate) fn unreadable(what: &str, error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "there is no such file or folder; check the name".to_owned(),
        ErrorKind::PermissionDenied => format!("no permission to read this {what}; change its permissions"),
        _ => format!("the {what} cannot be read ({error}); check it and try again"),
    }
}

/// A warning about a path.
pub(crate) fn warn(path: &Path, message: impl Into<String>) -> Warning {
    Warning { subject: path.display().to_string(), line: None, message: message.into() }
}
