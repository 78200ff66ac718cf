//! The dead who are named: a floor under every count, and lists that can be matched.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use gainsay_lexicon::{fold, table};
use gainsay_model::{EntityId, Filler, Kind, Measure, Status};

use crate::table::rules;
use crate::{Ask, Weighed};

/// Named dead by the root that names them, each under a key under which spellings of one name meet.
///
/// Two people of one name are one here: for a floor that errs to the safe side, for matching lists it does not.
pub fn victims(weighed: &Weighed, ask: &Ask) -> BTreeMap<EntityId, BTreeSet<String>> {
    if let Some(day) = ask.known_by {
        return victims(&weighed.known_by(day), &Ask { known_by: None, ..ask.clone() });
    }
    let mut lists: BTreeMap<EntityId, BTreeSet<String>> = BTreeMap::new();
    for at in weighed.asked(ask) {
        for key in names(weighed, at, Status::Asserted) {
            for root in &weighed.said[at].voice.roots {
                lists.entry(root.clone()).or_default().insert(key.clone());
            }
        }
    }
    lists
}

/// How many different dead these claims name; whose death one of them denies is not counted.
pub(super) fn named_dead(weighed: &Weighed, claims: &[usize]) -> u64 {
    let all = |status: Status| -> BTreeSet<String> {
        claims.iter().flat_map(|&at| names(weighed, at, status)).collect()
    };
    let denied = all(Status::Denied);
    all(Status::Asserted).difference(&denied).count() as u64
}

/// The names of the dead in one claim.
fn names(weighed: &Weighed, at: usize, status: Status) -> Vec<String> {
    let claim = weighed.said[at].link.claim;
    let dead = claim.kind == Kind::Casualties
        && claim.status == status
        && claim.count.as_ref().is_some_and(|count| count.what == Measure::Killed);
    let lexicon = weighed.corpus.names.lexicon;
    let person = |filler: &&Filler| match filler.id() {
        Some(id) => lexicon.people.contains_key(id),
        None => is_name(&filler.mention),
    };
    let named = claim.target.iter().filter(|_| dead).filter(person);
    named.map(|filler| fold::key(filler.name())).filter(|key| !key.is_empty()).collect()
}

/// Whether words are a person's name: two or more, each with a capital, in scripts that have them, or one of those
/// that stand small inside names; none of them a word for a group.
fn is_name(mention: &str) -> bool {
    let small = small_words();
    let words: Vec<&str> = mention.split_whitespace().collect();
    let named = |word: &&&str| {
        let lower = word.to_lowercase();
        let stem = ["al-", "el-", "as-", "ar-", "an-", "ad-", "az-"]
            .iter()
            .find_map(|article| word.strip_prefix(article))
            .unwrap_or(word);
        !rules().groups.contains_key(lower.as_str())
            && (small.contains(lower.as_str())
                || stem.chars().next().is_some_and(|first| first.is_uppercase() || fold::is_arabic(word)))
    };
    let capital = |word: &&str| !small.contains(word.to_lowercase().as_str());
    words.len() >= 2 && words.iter().filter(named).count() == words.len() && words.iter().any(capital)
}

/// The words of `data/name_words.tsv`.
///
/// # Panics
/// Never in a released build: a test loads the table.
fn small_words() -> &'static BTreeSet<&'static str> {
    static WORDS: OnceLock<BTreeSet<&'static str>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let rows = table::rows("name_words.tsv", include_str!("../../data/name_words.tsv"));
        rows.unwrap_or_else(|error| panic!("{error}")).iter().map(|row| row.get("word")).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_groups() {
        for name in ["Ahmad al-Ali", "Omar Hassan", "Umm Khalid", "أحمد العلي"] {
            assert!(is_name(name), "{name}");
        }
        for other in ["five people", "Syrian soldiers", "Ahmad", "civilians", "a Civilian", ""] {
            assert!(!is_name(other), "{other}");
        }
    }
}
