//! Number words: what "dozens" comes to, what "at least" does to a number, which numbers count nothing.
//!
//! The table is `data/codebook/numbers.tsv`; its first row names it (`guidelines/1`), and a user may hand in another.

use std::collections::{BTreeMap, BTreeSet};

use crate::table::{TableError, rows};

/// What words beside a number do to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hedge {
    /// At least so many ("more than 50", "50 or more").
    Floor,
    /// At most so many ("up to 50").
    Ceiling,
    /// The number itself ("around 50").
    About,
    /// The number itself, as a running total ("rose to 50").
    Toll,
}

/// The number words of one table.
#[derive(Clone, Debug, Default)]
pub struct NumberWords {
    name: String,
    vague: BTreeMap<String, (u64, u64)>,
    before: BTreeMap<String, Hedge>,
    after: BTreeMap<String, Hedge>,
    single: BTreeSet<String>,
    named: BTreeSet<String>,
    measure: BTreeSet<String>,
}

impl NumberWords {
    /// The table that comes with gainsay.
    ///
    /// # Errors
    /// The first line that cannot be read.
    pub fn load() -> Result<NumberWords, TableError> {
        NumberWords::parse("numbers.tsv", include_str!("../data/codebook/numbers.tsv"))
    }

    /// A table from its text; `file` is named in errors.
    ///
    /// # Errors
    /// A class that does not exist, a vague word without two whole numbers, the lower first, or no name.
    pub fn parse(file: &str, text: &str) -> Result<NumberWords, TableError> {
        let mut table = NumberWords::default();
        for row in rows(file, text)? {
            let words = row.get("words").to_lowercase();
            match row.get("class") {
                "name" => table.name = words,
                "vague" => {
                    let number = |column: &str| row.get(column).parse::<u64>().ok();
                    let range = number("low").zip(number("high")).filter(|(low, high)| low <= high);
                    let range = range
                        .ok_or_else(|| row.error("a vague word needs `low` and `high`, whole numbers"))?;
                    table.vague.insert(words, range);
                }
                "floor" => _ = table.before.insert(words, Hedge::Floor),
                "ceiling" => _ = table.before.insert(words, Hedge::Ceiling),
                "about" => _ = table.before.insert(words, Hedge::About),
                "toll" => _ = table.before.insert(words, Hedge::Toll),
                "floor_after" => _ = table.after.insert(words, Hedge::Floor),
                "ceiling_after" => _ = table.after.insert(words, Hedge::Ceiling),
                "about_after" => _ = table.after.insert(words, Hedge::About),
                "single" => _ = table.single.insert(words),
                "named" => _ = table.named.insert(words),
                "measure" => _ = table.measure.insert(words),
                class => {
                    return Err(row.error(format!("no class `{class}`; the head of the file lists them")));
                }
            }
        }
        if table.name.is_empty() {
            let message = "no row of class `name`: every table has a name and version".to_string();
            return Err(TableError { file: file.to_string(), line: 1, message });
        }
        Ok(table)
    }

    /// The table's name and version, "guidelines/1".
    pub fn name(&self) -> &str {
        &self.name
    }

    /// From how many to how many a vague word or phrase means ("tens of thousands").
    pub fn vague(&self, words: &str) -> Option<(u64, u64)> {
        self.vague.get(words).copied()
    }

    /// What words right before a number do to it.
    pub fn before(&self, words: &str) -> Option<Hedge> {
        self.before.get(words).copied()
    }

    /// What words right behind a number do to it.
    pub fn after(&self, words: &str) -> Option<Hedge> {
        self.after.get(words).copied()
    }

    /// Whether "a" before the noun is a count of one.
    pub fn is_single(&self, noun: &str) -> bool {
        self.single.contains(noun)
    }

    /// Whether a number behind the word is a name.
    pub fn is_named(&self, word: &str) -> bool {
        self.named.contains(word)
    }

    /// Whether a number before the word or words counts no people and no things.
    pub fn is_measure(&self, words: &str) -> bool {
        self.measure.contains(words)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_reads_as_the_guidelines_say() {
        let words = NumberWords::load().unwrap();
        assert_eq!(words.name(), "guidelines/1");
        assert_eq!(words.vague("dozens"), Some((24, 99)));
        assert_eq!(words.vague("tens of thousands"), Some((10_000, 99_999)));
        assert_eq!(words.before("at least"), Some(Hedge::Floor));
        assert_eq!(words.after("or more"), Some(Hedge::Floor));
        assert_eq!(words.before("rose to"), Some(Hedge::Toll));
        assert!(words.is_single("child") && words.is_named("brigade") && words.is_measure("km"));
    }

    #[test]
    fn a_bad_table_is_refused_with_its_line() {
        let error =
            NumberWords::parse("mine.tsv", "class\twords\tlow\thigh\nvague\tdozens\t99\t24\n").unwrap_err();
        assert_eq!(error.to_string(), "mine.tsv:2: a vague word needs `low` and `high`, whole numbers");
        let error =
            NumberWords::parse("mine.tsv", "class\twords\tlow\thigh\nvauge\tdozens\t24\t99\n").unwrap_err();
        assert_eq!(error.to_string(), "mine.tsv:2: no class `vauge`; the head of the file lists them");
        assert!(NumberWords::parse("mine.tsv", "class\twords\tlow\thigh\n").is_err());
    }
}
