//! A site as a folder: written beside its place and moved there whole, so that nothing half-written stays.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use gainsay_publish::site::{MARK, MARK_LINE};

use crate::Error;
use crate::archive::Put;

/// Writes a site to a folder and says how many files it has; a site of ours that is there is replaced.
///
/// # Errors
/// When something else lies there, the folder around it is missing or may not be written, or the site cannot be made;
/// what was there is then still there.
pub fn folder(path: &Path, make: impl FnOnce(Put) -> Result<(), Error>) -> Result<usize, Error> {
    let shown = path.display();
    let there = fs::symlink_metadata(path).is_ok();
    if there && !is_site(path) {
        return Err(Error::input(format!("{shown}: is there and no site of gainsay's; name another folder")));
    }
    let beside = beside(path, "new").ok_or_else(|| Error::input(format!("{shown}: no name for a folder")))?;
    let cannot = |error: io::Error| Error::io(format!("{shown}: cannot be written"), error);
    clear(&beside).map_err(cannot)?;
    match fs::create_dir(&beside) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            return Err(Error::input(format!("{shown}: the folder around it does not exist; make it first")));
        }
        Err(error) => return Err(cannot(error)),
    }
    let mut files = 0;
    let mut put = |name: &str, bytes: &[u8]| {
        let file = beside.join(name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        files += 1;
        fs::write(file, bytes)
    };
    let done = make(&mut put).and_then(|()| replace(path, &beside, there).map_err(cannot));
    if done.is_err() {
        // What was begun is of no use to anybody.
        let _ = clear(&beside);
    }
    done.map(|()| files)
}

/// Whether a folder is a site of ours, or empty.
fn is_site(path: &Path) -> bool {
    let mark = fs::read_to_string(path.join(MARK)).unwrap_or_default();
    let empty = || fs::read_dir(path).is_ok_and(|mut inside| inside.next().is_none());
    mark.starts_with(MARK_LINE) || empty()
}

fn beside(path: &Path, what: &str) -> Option<PathBuf> {
    let name = path.file_name()?.to_string_lossy().into_owned();
    Some(path.with_file_name(format!(".{name}.{what}")))
}

fn clear(path: &Path) -> io::Result<()> {
    match fs::remove_dir_all(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Puts the new folder in the place of the old one; the old one comes back where that fails.
fn replace(path: &Path, new: &Path, there: bool) -> io::Result<()> {
    if !there {
        return fs::rename(new, path);
    }
    let old = beside(path, "old").unwrap_or_default();
    clear(&old)?;
    fs::rename(path, &old)?;
    if let Err(error) = fs::rename(new, path) {
        let _ = fs::rename(&old, path);
        return Err(error);
    }
    clear(&old)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder of this test's own, gone when it ends.
    struct Own(PathBuf);

    impl Own {
        fn new(name: &str) -> Own {
            let path = std::env::temp_dir().join(format!("gainsay-site-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            fs::create_dir(&path).unwrap();
            Own(path)
        }
    }

    impl Drop for Own {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn write(path: &Path, text: &str) -> Result<usize, Error> {
        folder(path, |put| {
            put(MARK, MARK_LINE.as_bytes()).unwrap();
            put("place/a.html", text.as_bytes()).unwrap();
            Ok(())
        })
    }

    #[test]
    fn a_site_is_replaced_whole_and_nothing_else_is() {
        let own = Own::new("replaced");
        let site = own.0.join("site");
        assert_eq!(write(&site, "one").unwrap(), 2);
        fs::write(site.join("left.html"), "of an older site").unwrap();
        write(&site, "two").unwrap();
        assert_eq!(fs::read_to_string(site.join("place/a.html")).unwrap(), "two");
        assert!(!site.join("left.html").exists());
        // A folder of somebody else's stays as it is.
        let other = own.0.join("other");
        fs::create_dir(&other).unwrap();
        fs::write(other.join("thesis.txt"), "years").unwrap();
        assert!(write(&other, "x").unwrap_err().is_input());
        assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
        let file = own.0.join("file");
        fs::write(&file, "x").unwrap();
        assert!(write(&file, "x").unwrap_err().is_input());
        assert!(write(&own.0.join("no/such/folder"), "x").unwrap_err().is_input());
    }

    #[test]
    fn what_breaks_off_leaves_nothing_and_takes_nothing_away() {
        let own = Own::new("broken");
        let site = own.0.join("site");
        write(&site, "whole").unwrap();
        let failed = folder(&site, |put| {
            put("half.html", b"half").unwrap();
            Err(Error::input("no more"))
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(site.join("place/a.html")).unwrap(), "whole");
        assert_eq!(fs::read_dir(&own.0).unwrap().count(), 1, "nothing stands beside it");
    }
}
