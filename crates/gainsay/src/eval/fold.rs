//! When two fillers are the same: names folded to their words.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// Words that do not tell names apart.
const STOP: [&str; 24] = [
    "the", "a", "an", "of", "in", "on", "at", "and", "or", "to", "for", "by", "its", "their", "his", "her",
    "this", "that", "these", "those", "some", "other", "all", "",
];

/// Marks that are dropped.
const DROPPED: [char; 16] = ['\'', '’', '‘', '`', '´', '"', '“', '”', '#', '@', '[', ']', '(', ')', '.', ','];

/// The words of a name without marks, accents and small words, sorted, each once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded(Vec<String>);

impl Folded {
    /// The words of `name`.
    pub fn of(name: &str) -> Folded {
        let plain: String = name.nfkd().filter(|&c| canonical_combining_class(c) == 0).collect();
        let plain: String = plain
            .to_lowercase()
            .chars()
            .map(|c| if matches!(c, '_' | '-') { ' ' } else { c })
            .filter(|c| !DROPPED.contains(c))
            .collect();
        // Python splits at the separators U+001C to U+001F too.
        let words = plain.split(|c: char| c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c));
        let mut words: Vec<String> = words.filter(|word| !STOP.contains(word)).map(str::to_owned).collect();
        words.sort_unstable();
        words.dedup();
        Folded(words)
    }

    /// Whether all words of one are among the other's; nothing is the same as a name without words.
    pub fn same(&self, other: &Folded) -> bool {
        let within =
            |few: &[String], many: &[String]| few.iter().all(|word| many.binary_search(word).is_ok());
        !self.0.is_empty() && !other.0.is_empty() && (within(&self.0, &other.0) || within(&other.0, &self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_where_one_says_no_more_than_the_other() {
        let same = |a: &str, b: &str| Folded::of(a).same(&Folded::of(b));
        assert!(same("the al-Nusra Front", "Nusra"));
        assert!(same("Deir_ez-Zor", "#Deir ez Zor city"));
        assert!(same("Martin Nesirky", "U.N. spokesman Martin Nesirky"));
        assert!(!same("Deir Ezzor", "Deir ez-Zor"));
        assert!(!same("the", "the"));
        assert!(same("Ağrı", "agrı"));
    }
}
