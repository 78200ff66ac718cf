//! The word lists by which personal names are told from others: `lists.txt`, compiled in.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use gainsay_lexicon::{Words, fold};
use sha2::{Digest, Sha256};

/// The lists; all words in small letters.
#[derive(Default)]
pub(super) struct Lists {
    /// Words that make a name that of a body.
    pub bodies: BTreeSet<&'static str>,
    /// Words that begin a sentence with a capital and name nobody.
    pub common: BTreeSet<&'static str>,
    /// Words of the language that are part of no unknown name.
    pub plain: BTreeSet<&'static str>,
    /// Titles and ranks before a name.
    pub titles: BTreeSet<&'static str>,
    /// What somebody does.
    pub roles: BTreeSet<&'static str>,
    /// Particles inside a name.
    pub particles: BTreeSet<&'static str>,
    /// Given names.
    pub given: BTreeSet<&'static str>,
    /// Keys under which spellings of given names meet.
    pub given_keys: BTreeSet<String>,
    /// Words for kin.
    pub kin: BTreeSet<&'static str>,
    /// Verbs of which a person is the subject.
    pub does: BTreeSet<&'static str>,
    /// What is done to persons.
    pub suffers: BTreeSet<&'static str>,
    /// Verbs of which a person is the object.
    pub does_to: BTreeSet<&'static str>,
    /// Offices that make their holder a public figure.
    pub offices: BTreeSet<&'static str>,
    /// Words that make an office a small or a past one.
    pub lesser: BTreeSet<&'static str>,
    /// Words beside a name that is a place's.
    pub spots: BTreeSet<&'static str>,
    /// Words before a name that is a place's or a body's: articles, and where something is.
    pub where_: BTreeSet<&'static str>,
    /// What is said of persons, before "of" and the name.
    pub of_whom: BTreeSet<&'static str>,
    /// What is done to persons, before "to" and the name.
    pub to_whom: BTreeSet<&'static str>,
    /// Words of a place's name.
    pub grounds: BTreeSet<&'static str>,
    /// Arabic words that a name follows.
    pub arabic_roles: BTreeSet<&'static str>,
    /// Arabic words that are no part of a name.
    pub arabic_stops: BTreeSet<&'static str>,
}

/// Raised where persons are found by other rules than before.
const RULES: u32 = 2;

/// What tells these rules and lists from others: persons that others found are looked for anew.
pub(super) fn rules() -> String {
    let digest = Sha256::digest(include_str!("lists.txt"));
    let lists: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("{RULES} {lists}")
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
            "plain" => &mut lists.plain,
            "titles" => &mut lists.titles,
            "roles" => &mut lists.roles,
            "particles" => &mut lists.particles,
            "kin" => &mut lists.kin,
            "does" => &mut lists.does,
            "suffers" => &mut lists.suffers,
            "does-to" => &mut lists.does_to,
            "offices" => &mut lists.offices,
            "lesser" => &mut lists.lesser,
            "spots" => &mut lists.spots,
            "where" => &mut lists.where_,
            "of-whom" => &mut lists.of_whom,
            "to-whom" => &mut lists.to_whom,
            "grounds" => &mut lists.grounds,
            "arabic-roles" => &mut lists.arabic_roles,
            "arabic-stops" => &mut lists.arabic_stops,
            _ => &mut lists.given,
        };
        into.extend(line.split_whitespace());
    }
    // "Sarya" folds as "Syria" does.
    let index = &Words::builtin().index;
    lists.given_keys =
        lists.given.iter().filter(|name| index.find(name).is_empty()).map(|name| fold::key(name)).collect();
    lists
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_has_words_in_small_letters() {
        let lists = lists();
        let names =
            [&lists.bodies, &lists.common, &lists.titles, &lists.roles, &lists.particles, &lists.given];
        let beside = [&lists.kin, &lists.does, &lists.suffers, &lists.does_to, &lists.offices, &lists.lesser];
        let arabic = [
            &lists.plain,
            &lists.where_,
            &lists.of_whom,
            &lists.to_whom,
            &lists.grounds,
            &lists.arabic_roles,
            &lists.arabic_stops,
        ];
        for list in names.into_iter().chain(beside).chain(arabic) {
            assert!(list.len() > 10);
            assert!(list.iter().all(|word| *word == word.to_lowercase()));
        }
    }
}
