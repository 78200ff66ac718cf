//! What may not stand in source files.

use super::tree::{Tree, is_test, untested};

/// Crates that know neither clock nor disk nor network.
const CORE: &[&str] = &["gainsay-model", "gainsay-lexicon", "gainsay-read", "gainsay-weigh"];

/// Ways to the world outside.
const WORLD: &[&str] =
    &["std::fs", "std::env", "std::net", "std::process", "std::io::stdin", "File::open", "env::var"];

/// Ways to the clock.
const CLOCK: &[&str] = &["SystemTime::now", "Instant::now", "Timestamp::now", "Zoned::now"];

/// The one file that reads the clock, and the folder whose tests and tools may.
const CLOCKS: &[&str] = &["crates/gainsay/src/clock.rs", "bench/", "xtask/", "crates/gainsay-cli/"];

/// Lines a source file may have; tables and tests may have more.
const LINES: usize = 600;
const LINES_OF_TABLES: usize = 800;

/// No clock, file, environment or network in the core; no clock but one in the rest.
pub fn pure(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in tree.ending(".rs").filter(|(path, _)| !is_test(path)) {
        let core = CORE.iter().any(|name| path.starts_with(&format!("crates/{name}/src/")));
        let clocked = CLOCKS.iter().any(|allowed| path.starts_with(allowed));
        for (line, words) in untested(text).lines().enumerate() {
            let code = words.split("//").next().unwrap_or(words);
            let world = WORLD.iter().filter(|_| core);
            let clock = CLOCK.iter().filter(|_| !clocked);
            let found = world.chain(clock).filter(|way| code.contains(**way));
            wrong.extend(found.map(|way| format!("{path}:{}: {way}", line + 1)));
        }
    }
    wrong
}

/// Every source file opens with `//!`.
pub fn opened(tree: &Tree) -> Vec<String> {
    let silent = tree.ending(".rs").filter(|(_, text)| !text.starts_with("//!"));
    silent.map(|(path, _)| format!("{path} does not open with //!")).collect()
}

/// No source file is too long to be read in one sitting.
pub fn short(tree: &Tree) -> Vec<String> {
    let lines = tree.ending(".rs").map(|(path, text)| (path, text.lines().count()));
    let most = |path: &str| if is_test(path) || path.contains("/table") { LINES_OF_TABLES } else { LINES };
    lines
        .filter(|(path, lines)| *lines > most(path))
        .map(|(path, lines)| format!("{path} has {lines} lines, at most {}", most(path)))
        .collect()
}

/// No stubs, no tests that are passed over.
pub fn finished(tree: &Tree) -> Vec<String> {
    // Put together, so that this file is none of those it looks for.
    let marks = [["todo", "!("].concat(), ["unimplemented", "!("].concat(), ["#[", "ignore"].concat()];
    let mut wrong = Vec::new();
    for (path, text) in tree.ending(".rs") {
        for (line, words) in text.lines().enumerate() {
            let found = marks.iter().filter(|mark| words.contains(mark.as_str()));
            wrong.extend(found.map(|mark| format!("{path}:{}: {mark}", line + 1)));
        }
    }
    wrong
}

/// No file names a folder of one machine.
pub fn portable(tree: &Tree) -> Vec<String> {
    let homes = ["work", "farm", "root"].map(|home| format!("/{home}/"));
    let mut wrong = Vec::new();
    for (path, text) in &tree.files {
        for (line, words) in text.lines().enumerate() {
            if homes.iter().any(|home| begins(words, home)) {
                wrong.push(format!("{path}:{}", line + 1));
            }
        }
    }
    wrong
}

/// Whether `home` stands in a line as the beginning of a path.
fn begins(line: &str, home: &str) -> bool {
    line.match_indices(home).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '.')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_one_machine_begins_at_the_root() {
        let home = ["/", "work", "/"].concat();
        assert!(begins(&format!("see {home}a"), &home));
        assert!(!begins(&format!("see frame{home}a and ..{home}b"), &home));
    }
}
