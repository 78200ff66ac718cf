//! Files that lie beside the ledger, for the eyes of whoever runs the desk alone.

use std::fs::{File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use gainsay::Error;

/// The file that lies beside the ledger under its name and this ending.
pub fn beside(ledger: &Path, ending: &str) -> PathBuf {
    let mut name = ledger.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// What the file holds; none where there is no such file.
///
/// # Errors
/// When it cannot be read.
pub fn read(path: &Path) -> Result<Option<String>, Error> {
    match std::fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::io(format!("{}", path.display()), error)),
    }
}

/// Puts a new file in the place of the old one: whoever reads sees the one or the other whole, after a crash too.
/// Nobody but its owner may read it.
///
/// # Errors
/// When the disk refuses.
pub fn replace(path: &Path, text: &str) -> Result<(), Error> {
    let new = beside(path, ".new");
    let write = || -> io::Result<()> {
        // What a crash left behind may have other permissions.
        match std::fs::remove_file(&new) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut file = private().create_new(true).write(true).open(&new)?;
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&new, path)?;
        sync_folder(path);
        Ok(())
    };
    write().map_err(|error| {
        // Half of it is of no use to anybody.
        let _ = std::fs::remove_file(&new);
        Error::io(format!("cannot write {}", path.display()), error)
    })
}

/// Runs something while no other program changes the files beside this ledger.
pub fn alone<T>(path: &Path, run: impl FnOnce() -> T) -> T {
    let folder = folder(path);
    // A file system that knows no locks is no reason to refuse work.
    let held = File::open(folder).ok().filter(|folder| folder.lock().is_ok());
    let done = run();
    drop(held);
    done
}

/// Options for a file that nobody but its owner may read.
pub fn private() -> OpenOptions {
    #[cfg_attr(not(unix), allow(unused_mut))]
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options
}

/// Makes sure that a new name in a folder outlives a power cut, where the system can say so.
pub fn sync_folder(path: &Path) {
    if let Ok(folder) = File::open(folder(path)) {
        let _ = folder.sync_all();
    }
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}
