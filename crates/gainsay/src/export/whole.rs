//! Files that are there whole or not at all: written beside their place, and moved there when they are done.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use gainsay_publish::export::{Format, Loss, Open};

use super::{LOSS, Made};
use crate::Error;

/// Whether something may be written there.
///
/// # Errors
/// When it is there already and is not to be replaced, or is of another sort, or the folder around it is missing.
pub(super) fn check(path: &Path, is_folder: bool, force: bool) -> Result<(), Error> {
    let shown = path.display();
    if path.file_name().is_none() {
        return Err(Error::input(format!("{shown}: no name for a file; name one")));
    }
    let around = path.parent().filter(|around| !around.as_os_str().is_empty());
    if around.is_some_and(|around| !around.is_dir()) {
        return Err(Error::input(format!("{shown}: the folder around it does not exist; make it first")));
    }
    let Ok(there) = fs::symlink_metadata(path) else {
        let told = loss_of(path);
        // One of ours without its file was left by a run that was cut short.
        let kept = fs::symlink_metadata(&told).is_ok() && !is_loss(&told);
        return if kept && !is_folder && !force { Err(already(&told)) } else { Ok(()) };
    };
    crate::whole::spare(path)?;
    match (is_folder, there.is_dir()) {
        (false, true) => Err(Error::input(format!("{shown}: is a folder; name a file in it"))),
        (true, false) => Err(Error::input(format!(
            "{shown}: is a file; tables are written to a folder, or one of them with --what"
        ))),
        (true, true) if is_empty(path) => Ok(()),
        (true, true) if force && !is_ours(path) => {
            Err(Error::input(format!("{shown}: is there and no export of gainsay's; name another folder")))
        }
        _ if force => Ok(()),
        _ => Err(already(path)),
    }
}

fn already(path: &Path) -> Error {
    Error::input(format!("{}: is there already; name another, or replace it with --force", path.display()))
}

fn is_empty(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|mut inside| inside.next().is_none())
}

/// Whether a folder is an export of ours: its loss report says what was written.
fn is_ours(folder: &Path) -> bool {
    is_loss(&folder.join(LOSS))
}

/// Whether a file is a loss report of ours.
fn is_loss(path: &Path) -> bool {
    let text = fs::read_to_string(path).unwrap_or_default();
    let loss: serde_json::Value = serde_json::from_str(&text).unwrap_or_default();
    loss.get("written").is_some() && loss.get("format").is_some()
}

/// Where the loss report of a file lies.
fn loss_of(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".loss.json");
    path.with_file_name(name)
}

fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    path.with_file_name(name)
}

fn cannot(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    move |error| Error::io(format!("{}: cannot be written", path.display()), error)
}

/// A file that `make` writes to where it is told; then it and its loss report are moved to their places.
pub(super) fn file(
    path: &Path,
    force: bool,
    loss: Loss,
    make: impl FnOnce(&Path) -> Result<(), Error>,
) -> Result<Made, Error> {
    let new = beside(path);
    let _ = fs::remove_file(&new);
    let done = make(&new).and_then(|()| finish(path, &new, force, &loss));
    if done.is_err() {
        let _ = fs::remove_file(&new);
    }
    done.map(|()| Made { files: vec![path.to_owned(), loss_of(path)], loss })
}

/// A file that is written as a stream.
pub(super) fn stream(
    path: &Path,
    force: bool,
    make: impl FnOnce(Box<dyn Write + Send>) -> io::Result<Loss>,
) -> Result<Made, Error> {
    let new = beside(path);
    let write = || {
        let _ = fs::remove_file(&new);
        let out = BufWriter::with_capacity(1 << 16, File::create_new(&new)?);
        make(Box::new(out))
    };
    let done = write().map_err(cannot(path)).and_then(|loss| finish(path, &new, force, &loss).map(|()| loss));
    if done.is_err() {
        let _ = fs::remove_file(&new);
    }
    done.map(|loss| Made { files: vec![path.to_owned(), loss_of(path)], loss })
}

/// Puts a file that is written, and its loss report, in their places.
fn finish(path: &Path, new: &Path, force: bool, loss: &Loss) -> Result<(), Error> {
    // Somebody may have written there in the meantime.
    check(path, false, force)?;
    let told = loss_of(path);
    let told_new = beside(&told);
    let put = || {
        File::open(new)?.sync_all()?;
        fs::write(&told_new, loss.json())?;
        fs::rename(&told_new, &told)?;
        fs::rename(new, path)
    };
    put().map_err(|error| {
        let _ = fs::remove_file(&told_new);
        cannot(path)(error)
    })
}

/// A folder of tables with their loss report.
pub(super) fn folder(
    path: &Path,
    force: bool,
    make: impl FnOnce(Open) -> io::Result<Loss>,
    format: Format,
) -> Result<Made, Error> {
    let new = beside(path);
    let mut files = Vec::new();
    let write = || {
        clear(&new)?;
        fs::create_dir(&new)?;
        let mut open = |noun: gainsay_publish::export::Noun| -> io::Result<Box<dyn Write + Send>> {
            let name = format!("{}.{}", noun.as_str(), format.extension());
            files.push(path.join(&name));
            Ok(Box::new(BufWriter::with_capacity(1 << 16, File::create_new(new.join(name))?)))
        };
        let loss = make(&mut open)?;
        fs::write(new.join(LOSS), loss.json())?;
        Ok(loss)
    };
    let done = write().map_err(cannot(path)).and_then(|loss| {
        check(path, true, force)?;
        replace(path, &new).map_err(cannot(path))?;
        Ok(loss)
    });
    if done.is_err() {
        let _ = clear(&new);
    }
    files.push(path.join(LOSS));
    done.map(|loss| Made { files, loss })
}

fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Puts the new folder in the place of what is there; that comes back where it fails.
fn replace(path: &Path, new: &Path) -> io::Result<()> {
    if fs::symlink_metadata(path).is_err() {
        return fs::rename(new, path);
    }
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".old");
    let old = path.with_file_name(name);
    clear(&old)?;
    fs::rename(path, &old)?;
    if let Err(error) = fs::rename(new, path) {
        let _ = fs::rename(&old, path);
        return Err(error);
    }
    clear(&old)
}
