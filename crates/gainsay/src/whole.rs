//! Files that are there whole or not at all.
//!
//! **Takes** a name and what is to stand under it. **Gives** the file, on the disk. **Never** leaves half of it under that
//! name, nor takes away what stood there before the new is whole; never puts anything in the place of a ledger or its keys.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use gainsay_custody::keyring;
use gainsay_ledger::Ledger;

use crate::Error;

/// Puts a file in its place: written beside it as `.NAME.new`, synced, and moved. Through a link the file that it leads
/// to is replaced; what is no file (a pipe, a terminal) is written to as it is.
///
/// # Errors
/// When a ledger or its keys bear that name, the folder does not exist or may not be written, or the disk is full; what
/// stood there is then still there, and nothing lies beside it.
pub fn write(path: &Path, bytes: impl AsRef<[u8]>) -> Result<(), Error> {
    spare(path)?;
    put(path, bytes.as_ref()).map_err(|error| {
        let shown = path.display();
        match error.kind() {
            io::ErrorKind::NotFound => {
                Error::input(format!("{shown}: the folder does not exist; make it first"))
            }
            io::ErrorKind::IsADirectory => Error::input(format!("{shown}: is a folder; name a file in it")),
            _ => Error::io(format!("{shown}: cannot be written"), error),
        }
    })
}

/// Refuses to write where a ledger or its keys are: a slip of the hand must cost neither.
///
/// # Errors
/// When the file is one.
pub(crate) fn spare(path: &Path) -> Result<(), Error> {
    match is_ledgers(path) {
        true => Err(Error::input(format!(
            "{}: is a ledger, or the keys of one; choose another name",
            path.display()
        ))),
        false => Ok(()),
    }
}

fn is_ledgers(path: &Path) -> bool {
    // Not opened where it need not be: closing a file drops the locks that this program holds on it.
    if !path.is_file() || keyring::path(path).exists() {
        return path.is_file();
    }
    let mut first = [0; 16];
    let read = File::open(path).and_then(|mut file| file.read_exact(&mut first));
    read.is_ok() && first == *b"SQLite format 3\0" && Ledger::open_read_only(path).is_ok()
        || matches!(keyring::told(path), Ok(Some(_)))
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = match fs::metadata(path) {
        Ok(there) if there.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
        Ok(there) if !there.is_file() => return fs::write(path, bytes),
        Ok(_) => fs::canonicalize(path)?,
        Err(_) => path.to_owned(),
    };
    let new = beside(&path);
    let write = || {
        let _ = fs::remove_file(&new);
        let mut file = File::create_new(&new)?;
        if let Ok(there) = fs::metadata(&path) {
            file.set_permissions(there.permissions())?;
        }
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, &path)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&new);
    })?;
    // Makes the new name outlive a power cut, where the system can say so.
    let _ = File::open(folder(&path)).and_then(|folder| folder.sync_all());
    Ok(())
}

fn beside(path: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".new");
    path.with_file_name(name)
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_and_its_keys_are_never_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("l.gpkg");
        crate::keep::init(&path, "amal").unwrap();
        let (keys, alone) = (keyring::path(&path), folder.path().join("alone.gpkg"));
        std::fs::copy(&path, &alone).unwrap();
        for path in [&path, &keys, &alone] {
            let before = std::fs::read(path).unwrap();
            assert!(write(path, "a note").unwrap_err().to_string().contains("choose another name"));
            assert_eq!(std::fs::read(path).unwrap(), before);
        }
        // An encrypted one looks like nothing at all, but for what lies beside it.
        std::fs::write(&path, [7; 4096]).unwrap();
        assert!(write(&path, "a note").is_err());
    }

    #[test]
    fn a_file_is_replaced_whole_and_nothing_lies_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("brief.html");
        write(&path, "one").unwrap();
        // What a killed run left.
        fs::write(folder.path().join(".brief.html.new"), "half of wh").unwrap();
        write(&path, "two").unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), "two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        assert!(write(folder.path(), "x").unwrap_err().to_string().contains("is a folder"));
        let nowhere = folder.path().join("no/such/brief.html");
        assert!(write(&nowhere, "x").unwrap_err().to_string().contains("the folder does not exist"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_stays_a_link_and_what_is_no_file_is_written_to() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, "new").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(fs::read_to_string(&file).unwrap(), "new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        write(Path::new("/dev/null"), "gone").unwrap();
        assert!(!fs::symlink_metadata("/dev/null").unwrap().is_file());
    }
}
