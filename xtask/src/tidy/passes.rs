//! The passes of reading: in what order they stand, and what they may know of each other.

use super::tree::{Tree, is_test, untested};

const READ: &str = "crates/gainsay-read/src";

/// The passes in the order of the `pub mod` lines of `lib.rs`.
fn passes(tree: &Tree) -> Vec<&str> {
    let lib = tree.text("crates/gainsay-read/src/lib.rs");
    lib.lines()
        .filter_map(|line| line.strip_prefix("pub mod "))
        .map(|line| line.trim_end_matches(';'))
        .collect()
}

/// A pass knows only itself and earlier ones, and starts none of them: the entry function of a pass bears its name.
pub fn in_order(tree: &Tree) -> Vec<String> {
    let passes = passes(tree);
    let mut wrong = Vec::new();
    for (path, text) in tree.ending(".rs").filter(|(path, _)| path.starts_with(READ) && !is_test(path)) {
        let file = path.trim_start_matches(READ).trim_start_matches('/');
        let own = file.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        let Some(at) = passes.iter().position(|pass| *pass == own) else { continue };
        for (line, words) in untested(text).lines().enumerate() {
            let place = format!("{path}:{}", line + 1);
            for (other, pass) in passes.iter().enumerate().filter(|(other, _)| *other != at) {
                if !names(words, pass) {
                    continue;
                }
                if other > at {
                    wrong.push(format!("{place}: {own} comes before {pass} and must not know it"));
                } else if words.contains(&format!("crate::{pass}::{pass}("))
                    || words.contains(&format!("crate::{pass}::{pass};"))
                {
                    wrong.push(format!("{place}: {own} must take what {pass} gives, not start it"));
                }
            }
        }
    }
    wrong
}

/// Whether a line of code imports from a pass or calls into it.
fn names(line: &str, pass: &str) -> bool {
    let code = line.split("//").next().unwrap_or(line);
    code.contains(&format!("crate::{pass}::")) || code.contains(&format!("use crate::{pass};"))
}

/// Every folder of `suite/read` is named for a pass, or holds the contrast with another program, or poisoned texts.
pub fn in_suite(tree: &Tree) -> Vec<String> {
    let passes = passes(tree);
    let folders =
        tree.ending(".md").filter_map(|(path, _)| path.strip_prefix("suite/read/")?.split_once('/'));
    let wrong =
        folders.filter(|(folder, _)| !["contrast", "poisoned"].contains(folder) && !passes.contains(folder));
    wrong.map(|(folder, file)| format!("suite/read/{folder}/{file}: no pass is called {folder}")).collect()
}
