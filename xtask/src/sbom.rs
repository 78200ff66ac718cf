//! What the program is made of: a bill of materials (CycloneDX 1.5, JSON), and the licences that travel with it.
//!
//! Made of what `cargo metadata` and the two lock files say; neither clock nor network nor chance is in it, so the same
//! commit gives the same bytes.

mod bill;
mod licences;
mod packages;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};
use serde_json::Value;

use packages::Package;

/// The system whose program is described where none is named.
const SYSTEM: &str = "x86_64-unknown-linux-gnu";

/// `cargo xtask sbom [--licences] [--system TRIPLE] [-o FILE]`.
///
/// # Errors
/// Bad arguments, a lock file that does not fit, a file that cannot be written.
pub fn run(args: &[String]) -> anyhow::Result<()> {
    let (mut system, mut out, mut licences) = (SYSTEM.to_owned(), None, false);
    let mut args = args.iter();
    while let Some(arg) = args.next() {
        let mut value = || args.next().cloned().with_context(|| format!("{arg} needs a value"));
        match arg.as_str() {
            "--licences" => licences = true,
            "--system" => system = value()?,
            "-o" => out = Some(PathBuf::from(value()?)),
            _ => bail!("usage: cargo xtask sbom [--licences] [--system TRIPLE] [-o FILE]"),
        }
    }
    let packages = of_workspace(&system)?;
    let text = match licences {
        true => licences::text(&packages)?,
        false => bill::text(&packages)?,
    };
    match out {
        Some(path) => std::fs::write(&path, text).with_context(|| path.display().to_string()),
        None => {
            use std::io::Write;
            Ok(std::io::stdout().write_all(text.as_bytes())?)
        }
    }
}

/// Every package that is built into the program for a system, and those of its pages.
fn of_workspace(system: &str) -> anyhow::Result<Vec<Package>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let told = Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".into()))
        .args(["metadata", "--format-version", "1", "--locked", "--filter-platform", system])
        .current_dir(&root)
        .output()
        .context("cargo metadata")?;
    if !told.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&told.stderr).trim());
    }
    let metadata: Value = serde_json::from_slice(&told.stdout)?;
    let lock = std::fs::read_to_string(root.join("Cargo.lock")).context("Cargo.lock")?;
    let pages = root.join("crates/gainsay-desk/web/package-lock.json");
    let pages: Value = serde_json::from_str(&std::fs::read_to_string(&pages).context("package-lock.json")?)?;
    let mut packages = packages::of_cargo(&metadata, &packages::sums(&lock))?;
    packages.extend(packages::of_npm(&pages)?);
    Ok(packages)
}
