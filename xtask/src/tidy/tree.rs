//! The project's files, read once, and its crates as cargo knows them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;

/// Folders that hold nothing of ours.
const NOT_OURS: &[&str] = &["target", "out", "__pycache__", "node_modules", "dist"];

/// Text files by their path below the root, with `/` between folders, and crates by name.
pub struct Tree {
    /// Path to text; files that are no UTF-8 are left out.
    pub files: BTreeMap<String, String>,
    /// Crates in the order of the names.
    pub crates: Vec<Crate>,
    root: PathBuf,
}

/// A crate of the workspace.
pub struct Crate {
    /// Its name.
    pub name: String,
    /// Its folder below the root.
    pub folder: String,
    /// Everything it depends on, for building, running or testing.
    pub depends: Vec<String>,
    /// What it depends on without its tests.
    pub needs: Vec<String>,
}

impl Tree {
    /// Reads the project.
    ///
    /// # Errors
    /// A folder that cannot be read, or a manifest that cargo does not understand.
    pub fn read() -> anyhow::Result<Tree> {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = here.parent().unwrap_or(here).to_path_buf();
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
                let path = entry?.path();
                let name = path.file_name().unwrap_or_default().to_string_lossy().to_string();
                if path.is_dir() {
                    let ours = !NOT_OURS.contains(&name.as_str())
                        && (!name.starts_with('.') || name == ".ci" || name == ".cargo");
                    folders.extend(ours.then_some(path));
                } else if name == ".git" {
                    // In a further worktree of git it is a file, which says where the repository lies.
                } else if let Ok(text) = std::fs::read_to_string(&path) {
                    let below =
                        path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                    files.insert(below, text);
                }
            }
        }
        let crates = crates(&root)?;
        Ok(Tree { files, crates, root })
    }

    /// The text of one file; empty where there is none.
    pub fn text(&self, path: &str) -> &str {
        self.files.get(path).map_or("", String::as_str)
    }

    /// Files that end so, by path.
    pub fn ending<'a>(&'a self, ending: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files
            .iter()
            .filter(move |(path, _)| path.ends_with(ending))
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Whether a file or folder is there, text or not.
    pub fn holds(&self, path: &str) -> bool {
        self.root.join(path).exists()
    }
}

fn crates(root: &Path) -> anyhow::Result<Vec<Crate>> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = std::process::Command::new(cargo);
    command.current_dir(root).args(["metadata", "--no-deps", "--offline", "--format-version", "1"]);
    let output = command.output().context("cargo metadata")?;
    anyhow::ensure!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_string();
    let list = |value: &serde_json::Value| value.as_array().cloned().unwrap_or_default();
    let one = |package: &serde_json::Value| {
        let manifest = PathBuf::from(text(&package["manifest_path"]));
        let folder =
            manifest.parent().and_then(|folder| folder.strip_prefix(root).ok()).map(Path::to_path_buf);
        let dependencies = list(&package["dependencies"]);
        let names = |tests: bool| {
            let counts = |one: &&serde_json::Value| tests || one["kind"] != "dev";
            dependencies.iter().filter(counts).map(|one| text(&one["name"])).collect()
        };
        Crate {
            name: text(&package["name"]),
            folder: folder.unwrap_or_default().to_string_lossy().to_string(),
            depends: names(true),
            needs: names(false),
        }
    };
    let mut crates: Vec<Crate> = list(&metadata["packages"]).iter().map(one).collect();
    crates.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(crates)
}

/// Source of a crate without its tests: what stands before the first `#[cfg(test)]` that opens a module.
pub fn untested(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// Whether a file holds nothing but tests.
pub fn is_test(path: &str) -> bool {
    let in_folder = path.split('/').any(|part| part == "tests" || part == "testing" || part == "benches");
    in_folder || path.ends_with("/tests.rs") || path.ends_with("/testing.rs")
}
