//! Markdown: links that lead somewhere, one sentence a line.

use super::tree::Tree;

/// Folders whose paths are checked where they stand between backticks.
const FOLDERS: &[&str] = &["crates/", "suite/", "examples/", "xtask/", ".ci/"];

/// Every link to a file, and every path of ours between backticks, exists.
pub fn links(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in tree.ending(".md") {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        for (line, words) in text.lines().enumerate() {
            let place = format!("{path}:{}", line + 1);
            for target in targets(words) {
                let file = target.split('#').next().unwrap_or_default();
                if !file.is_empty()
                    && !file.contains("://")
                    && !file.starts_with("mailto:")
                    && !tree.holds(&join(folder, file))
                {
                    wrong.push(format!("{place}: no file {target}"));
                }
            }
            for named in words
                .split('`')
                .skip(1)
                .step_by(2)
                .filter(|named| FOLDERS.iter().any(|folder| named.starts_with(folder)))
            {
                let plain = !named.contains([' ', '*', '<', '{', '…', ':'])
                    && named.chars().all(|c| !c.is_uppercase() || named.contains('.'));
                if plain && !tree.holds(named) {
                    wrong.push(format!("{place}: no file or folder {named}"));
                }
            }
        }
    }
    wrong
}

fn targets(line: &str) -> Vec<&str> {
    line.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect()
}

/// `file` as seen from `folder`.
fn join(folder: &str, file: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// One sentence a line in the documents at the root and of the suite, outside tables, quotes and code.
pub fn sentences(tree: &Tree) -> Vec<String> {
    let ours = tree.ending(".md").filter(|(path, _)| !path.contains('/') || path.starts_with("suite/"));
    let mut wrong = Vec::new();
    for (path, text) in ours {
        let mut code = false;
        for (line, words) in text.lines().enumerate() {
            code ^= words.trim_start().starts_with("```");
            let plain =
                !code && !words.starts_with(['|', '>', '-', '(']) && !words.trim_start().starts_with("```");
            if plain && several(words) {
                wrong.push(format!("{path}:{}: more than one sentence", line + 1));
            }
        }
    }
    wrong
}

/// Whether a full stop and a capital stand inside the line.
fn several(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(". ");
    line.match_indices(". ").any(|(at, _)| {
        let short = line[..at].ends_with(|c: char| c.is_uppercase())
            || line[..at].ends_with("e.g")
            || line[..at].ends_with("i.e");
        !short && line[at + 2..].starts_with(char::is_uppercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_found_and_joined() {
        assert_eq!(targets("see [a](b.md) and [c](../d.md#e)"), ["b.md", "../d.md#e"]);
        assert_eq!(join("suite/read", "../README.md"), "suite/README.md");
    }

    #[test]
    fn sentences_are_told_from_abbreviations() {
        assert!(several("One. Two."));
        assert!(!several("The U.S. Army left."));
        assert!(!several("1. Step one."));
    }
}
