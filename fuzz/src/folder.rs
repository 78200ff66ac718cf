//! A folder for one run of a target, and what may lie in it afterwards.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

/// What lies beside the file under attack; nothing may ever touch it.
const CANARY: &[u8] = b"nobody has any business here";

/// A folder that is removed in the end.
pub struct Folder(TempDir);

impl Folder {
    /// A new one, with a file in it that is nobody's business.
    pub fn new() -> Folder {
        let folder = tempfile::Builder::new().prefix("gainsay-fuzz-").tempdir().expect("a folder");
        fs::write(folder.path().join("canary"), CANARY).expect("a file");
        Folder(folder)
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file into it.
    pub fn put(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, bytes).expect("a file");
        path
    }

    /// Holds it to the law of all that opens a stranger's file: nothing else is touched, nothing else is made, but for
    /// files whose names begin with one of these.
    ///
    /// # Panics
    /// When something is.
    pub fn check(&self, own: &[&str]) {
        assert_eq!(fs::read(self.0.path().join("canary")).expect("the canary"), CANARY);
        for entry in fs::read_dir(self.0.path()).expect("the folder").flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            assert!(name == "canary" || own.iter().any(|own| name.starts_with(own)), "made {name}");
        }
    }
}

impl Default for Folder {
    fn default() -> Folder {
        Folder::new()
    }
}
