//! Which crate may know which, and in what order they stand.

use super::tree::Tree;

/// Each crate and those of ours that it may import, in the order the data flows.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("gainsay-model", &[]),
    ("gainsay-lexicon", &["gainsay-model"]),
    ("gainsay-tables", &["gainsay-model"]),
    ("gainsay-intake", &["gainsay-model", "gainsay-tables", "gainsay-custody"]),
    ("gainsay-read", &["gainsay-model", "gainsay-lexicon"]),
    ("gainsay-weigh", &["gainsay-model", "gainsay-lexicon"]),
    ("gainsay-custody", &[]),
    ("gainsay-ledger", &["gainsay-model", "gainsay-custody"]),
    ("gainsay-publish", &["gainsay-model", "gainsay-lexicon", "gainsay-tables"]),
    (
        "gainsay",
        &[
            "gainsay-model",
            "gainsay-lexicon",
            "gainsay-tables",
            "gainsay-intake",
            "gainsay-read",
            "gainsay-weigh",
            "gainsay-custody",
            "gainsay-ledger",
            "gainsay-publish",
        ],
    ),
    ("gainsay-desk", &["gainsay"]),
    ("gainsay-cli", &["gainsay", "gainsay-desk"]),
    ("gainsay-python", &["gainsay", "gainsay-tables"]),
];

/// Crates that test and serve the others and may import them all.
const AROUND: &[&str] = &["suite", "bench", "xtask"];

/// Outside crates that one crate alone may use.
const ALONE: &[(&str, &str)] =
    &[("rusqlite", "gainsay-ledger"), ("maud", "gainsay-publish"), ("indicatif", "gainsay-cli")];

/// No import against the table.
pub fn one_way(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for one in &tree.crates {
        if AROUND.contains(&one.name.as_str()) {
            continue;
        }
        let Some((_, may)) = MAY_IMPORT.iter().find(|(name, _)| *name == one.name) else {
            wrong.push(format!("{} is not in the table of xtask/src/tidy/imports.rs", one.name));
            continue;
        };
        let ours = one.depends.iter().filter(|name| tree.crates.iter().any(|other| other.name == **name));
        wrong.extend(
            ours.filter(|name| !may.contains(&name.as_str()))
                .map(|name| format!("{} must not import {name}", one.name)),
        );
    }
    wrong
}

/// SQL, HTML and progress bars each in their own crate; tests may look at them from outside.
pub fn kept_apart(tree: &Tree) -> Vec<String> {
    let uses = tree.crates.iter().flat_map(|one| one.needs.iter().map(move |name| (one, name)));
    let wrong =
        uses.filter(|(one, name)| ALONE.iter().any(|(outside, only)| outside == name && *only != one.name));
    wrong.map(|(one, name)| format!("{} must not use {name}", one.name)).collect()
}

/// The members in Cargo.toml, the folders under `crates/`, the code map of ARCHITECTURE.md and the table above say
/// the same in the same order.
pub fn one_list(tree: &Tree) -> Vec<String> {
    let members = members(tree.text("Cargo.toml"));
    let mut wrong = Vec::new();
    let map: Vec<String> = headings(tree.text("ARCHITECTURE.md"));
    if map != members {
        wrong.push(format!("code map of ARCHITECTURE.md: {map:?}; members of Cargo.toml: {members:?}"));
    }
    let mut folders: Vec<&str> = tree.crates.iter().map(|one| one.folder.as_str()).collect();
    let mut listed: Vec<&str> = members.iter().map(String::as_str).collect();
    folders.sort_unstable();
    listed.sort_unstable();
    if folders != listed {
        wrong.push(format!("folders: {folders:?}; members of Cargo.toml: {listed:?}"));
    }
    let name =
        |folder: &String| tree.crates.iter().find(|one| one.folder == *folder).map(|one| one.name.clone());
    let names: Vec<String> = members.iter().filter_map(name).collect();
    let table: Vec<&str> = MAY_IMPORT.iter().map(|(name, _)| *name).chain(AROUND.iter().copied()).collect();
    if names != table {
        wrong.push(format!("table of imports: {table:?}; members of Cargo.toml: {names:?}"));
    }
    wrong
}

/// The strings of the list `members`.
fn members(manifest: &str) -> Vec<String> {
    let list =
        manifest.split("members = [").nth(1).and_then(|rest| rest.split(']').next()).unwrap_or_default();
    list.split('"').skip(1).step_by(2).map(str::to_string).collect()
}

/// Folders named in headings of the third level: "### `crates/gainsay-read`: …".
fn headings(text: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix("### `"));
    lines
        .filter_map(|line| line.split('`').next())
        .map(|folder| folder.trim_end_matches('/').to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_found() {
        assert_eq!(members("[workspace]\nmembers = [\n  \"a\",\n  \"b\",\n]\n[x]\ny = [\"c\"]"), ["a", "b"]);
        assert_eq!(headings("## Map\n### `crates/a`: one\ntext\n### `b/`\n### c\n"), ["crates/a", "b"]);
    }
}
