//! Where the files of the suite lie, and how they are found.

use std::path::{Path, PathBuf};

/// The root of the project.
pub fn root() -> PathBuf {
    let suite = Path::new(env!("CARGO_MANIFEST_DIR"));
    suite.parent().unwrap_or(suite).to_path_buf()
}

/// The folder of the suite.
pub fn suite() -> PathBuf {
    root().join("suite")
}

/// Every file below `folder` whose name ends so, sorted by path.
///
/// # Errors
/// A folder that cannot be read.
pub fn below(folder: &Path, ending: &str) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.to_string_lossy().ends_with(ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A file's text.
///
/// # Errors
/// A file that cannot be read, by its path below the root.
pub fn text(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", short(path)))
}

/// A path as people name it: below the root of the project.
pub fn short(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
