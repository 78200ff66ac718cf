//! Unsafe code: forbidden in every crate, but where a file argues for it.

use super::tree::Tree;

/// Crates that only deny unsafe code, each with the one file that allows itself some.
const ARGUED: &[(&str, &str)] = &[
    // A list of millions of places is mapped, not read.
    ("gainsay-lexicon", "crates/gainsay-lexicon/src/mapped.rs"),
    // Arrow's structs pass between two languages by pointer.
    ("gainsay-python", "crates/gainsay-python/src/capsule.rs"),
];

/// Every crate takes over the workspace's `forbid`, or denies unsafe code and allows it in the file listed here, which
/// says `SAFETY` as often as it says `unsafe`; the fuzz targets' own library forbids it too.
pub fn argued(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for one in &tree.crates {
        let manifest = format!("{}/Cargo.toml", one.folder);
        let argued = ARGUED.iter().find(|(name, _)| *name == one.name);
        let wanted = if argued.is_some() { "unsafe_code = \"deny\"" } else { "[lints]\nworkspace = true" };
        if !tree.text(&manifest).contains(wanted) {
            wrong.push(format!("{manifest}: must say `{}`", wanted.replace('\n', " ")));
        }
    }
    if !tree.text("Cargo.toml").contains("unsafe_code = \"forbid\"") {
        wrong.push("Cargo.toml: the workspace must forbid unsafe code".to_owned());
    }
    if !tree.text("fuzz/src/lib.rs").contains("#![forbid(unsafe_code)]") {
        wrong.push("fuzz/src/lib.rs: must forbid unsafe code; the targets cannot, the fuzzer's macro exports a symbol".to_owned());
    }
    let allows = concat!("allow(", "unsafe_code)");
    for (path, text) in tree.ending(".rs").filter(|(_, text)| text.contains(allows)) {
        if !ARGUED.iter().any(|(_, file)| *file == path) {
            wrong.push(format!("{path}: allows itself unsafe code; argue for it in {}", file!()));
        }
        let blocks = text.lines().filter(|line| line.contains(concat!("unsafe", " {"))).count();
        let reasons = text.matches("SAFETY:").count();
        if reasons < blocks {
            wrong.push(format!("{path}: {blocks} times unsafe, {reasons} times SAFETY"));
        }
    }
    wrong
}
