//! The word lists by which personal names are told from others: `lists.txt`, compiled in.

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// The lists; all words in small letters.
#[derive(Default)]
pub(super) struct Lists {
    /// Words that make a name that of a body.
    pub bodies: BTreeSet<&'static str>,
    /// Words that begin a sentence with a capital and name nobody.
    pub common: BTreeSet<&'static str>,
    /// Titles and ranks before a name.
    pub titles: BTreeSet<&'static str>,
    /// What somebody does.
    pub roles: BTreeSet<&'static str>,
    /// Particles inside a name.
    pub particles: BTreeSet<&'static str>,
    /// Given names.
    pub given: BTreeSet<&'static str>,
}

/// The lists, read once.
pub(super) fn lists() -> &'static Lists {
    static READ: OnceLock<Lists> = OnceLock::new();
    READ.get_or_init(|| read(include_str!("lists.txt")))
}

fn read(text: &'static str) -> Lists {
    let mut lists = Lists::default();
    let mut section = "";
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = name;
            continue;
        }
        let into = match section {
            "bodies" => &mut lists.bodies,
            "common" => &mut lists.common,
            "titles" => &mut lists.titles,
            "roles" => &mut lists.roles,
            "particles" => &mut lists.particles,
            _ => &mut lists.given,
        };
        into.extend(line.split_whitespace());
    }
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words_in_small_letters() {
        let lists = lists();
        for list in
            [&lists.bodies, &lists.common, &lists.titles, &lists.roles, &lists.particles, &lists.given]
        {
            assert!(list.len() > 10);
            assert!(list.iter().all(|word| *word == word.to_lowercase()));
        }
    }
}
