//! What speaks for a link, and how much: `data/linking.tsv` and the nouns of `data/name_nouns.tsv`, read once.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gainsay_lexicon::table;

/// The tables of linking.
pub(super) struct Points {
    /// Points and reason by feature and case.
    cases: BTreeMap<(&'static str, &'static str), (i32, &'static str)>,
    /// What a noun beside a name says of it: kinds of place, or `party`, or `never`.
    nouns: BTreeMap<&'static str, Vec<&'static str>>,
}

/// The tables.
///
/// # Panics
/// Never in a released build: a test loads every table.
pub(super) fn points() -> &'static Points {
    static POINTS: OnceLock<Points> = OnceLock::new();
    POINTS.get_or_init(|| load().unwrap_or_else(|error| panic!("{error}")))
}

fn load() -> Result<Points, table::TableError> {
    let mut points = Points { cases: BTreeMap::new(), nouns: BTreeMap::new() };
    for row in table::rows("linking.tsv", include_str!("../../data/linking.tsv"))? {
        let own = row.get("points").parse().map_err(|_| row.error("points are a whole number"))?;
        points.cases.insert((row.get("feature"), row.get("case")), (own, row.get("reason")));
    }
    for row in table::rows("name_nouns.tsv", include_str!("../../data/name_nouns.tsv"))? {
        points.nouns.insert(row.get("word"), row.list("means").collect());
    }
    Ok(points)
}

impl Points {
    /// Points of a case; none where the table leaves it out.
    pub(super) fn of(&self, feature: &'static str, case: &'static str) -> i32 {
        self.cases.get(&(feature, case)).map_or(0, |(points, _)| *points)
    }

    /// Why a case counts.
    pub(super) fn reason(&self, feature: &'static str, case: &'static str) -> &'static str {
        self.cases.get(&(feature, case)).map_or("", |(_, reason)| reason)
    }

    /// What a noun says of the name beside it; nothing where it is no such noun.
    pub(super) fn noun(&self, word: &str) -> &[&'static str] {
        self.nouns.get(word).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_load_and_hold_what_the_rules_ask_for() {
        let points = points();
        assert!(points.of("name", "listed") > points.of("bound", "near"));
        assert!(points.of("bound", "join") > points.of("bound", "apart"));
        assert_eq!(points.noun("province"), ["governorate"]);
        assert!(points.noun("raqqa").is_empty());
        assert_eq!(points.of("no", "such"), 0);
    }
}
