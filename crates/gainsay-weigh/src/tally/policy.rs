//! What a policy makes of the figures of one event: the rows of `data/policies.tsv`, applied.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use gainsay_lexicon::table::{self, TableError};
use gainsay_model::Policy;

use super::figure::Figure;
use super::ucdp::{Estimate, ucdp};
use crate::range::Range;
use crate::roots::Camps;

/// One row of the table.
pub(crate) struct Rules {
    low: &'static str,
    best: &'static str,
    high: &'static str,
    vague: &'static str,
    /// At least as many as are named.
    names: bool,
    /// Name and version.
    id: String,
}

struct Tables {
    policies: BTreeMap<&'static str, Rules>,
    /// By column, how a vague number as said is read.
    vague: BTreeMap<&'static str, Vec<(Range, Range)>>,
}

/// The tables.
///
/// # Panics
/// Never in a released build: a test loads every table.
fn tables() -> &'static Tables {
    static TABLES: OnceLock<Tables> = OnceLock::new();
    TABLES.get_or_init(|| load().unwrap_or_else(|error| panic!("{error}")))
}

fn load() -> Result<Tables, TableError> {
    let mut tables = Tables { policies: BTreeMap::new(), vague: BTreeMap::new() };
    for row in table::rows("vague.tsv", include_str!("../../data/vague.tsv"))? {
        let range = |column: &str| {
            let text = row.get(column);
            let (low, high) = text.split_once('-').unwrap_or((text, text));
            let end = |text: &str| text.parse().map_err(|_| row.error(format!("no number: {text}")));
            Ok(Range { low: Some(end(low)?), high: Some(end(high)?) })
        };
        for column in ["said", "airwars", "acled"] {
            tables.vague.entry(column).or_default().push((range("said")?, range(column)?));
        }
    }
    for row in table::rows("policies.tsv", include_str!("../../data/policies.tsv"))? {
        let one_of = |column: &str, known: &[&str]| {
            let word = row.get(column);
            let wrong = || row.error(format!("{column} is one of {}, not {word}", known.join(", ")));
            known.contains(&word).then_some(word).ok_or_else(wrong)
        };
        let rules = Rules {
            low: one_of("low", &["least", "best"])?,
            best: one_of("best", &["voices", "least", "none"])?,
            high: one_of("high", &["greatest", "best"])?,
            vague: one_of("vague", &["said", "airwars", "acled"])?,
            names: one_of("floor", &["names", "none"])? == "names",
            id: format!("{}/{}", row.get("policy"), row.get("version")),
        };
        tables.policies.insert(row.get("policy"), rules);
    }
    Ok(tables)
}

/// The rules of a policy.
///
/// # Panics
/// Never in a released build: a test asks for every policy.
pub(crate) fn rules(policy: Policy) -> &'static Rules {
    let found = tables().policies.values().find(|rules| rules.id == policy.as_str());
    found.unwrap_or_else(|| panic!("policies.tsv has no {}", policy.as_str()))
}

impl Rules {
    /// Whether it gives a best figure.
    pub(crate) fn chooses(&self) -> bool {
        self.best != "none"
    }

    /// Whether names of the dead set a floor.
    pub(crate) fn by_name(&self) -> bool {
        self.names
    }

    /// A range as the policy reads it.
    fn read(&self, range: Range) -> Range {
        let known = &tables().vague[self.vague];
        known.iter().find(|(said, _)| *said == range).map_or(range, |(_, read)| *read)
    }

    /// Low, best and high of figures of one measure and group of one event, of which so many dead are named.
    pub(crate) fn estimate(&self, camps: &Camps, figures: &[Figure], named: u64) -> Estimate {
        let read: Vec<Figure> = figures
            .iter()
            .map(|figure| Figure { range: self.read(figure.range), ..figure.clone() })
            .collect();
        let mut made = ucdp(camps, &read);
        if self.best == "least" {
            made.best = read.iter().map(|figure| figure.range.point()).min();
            made.rule = if read.len() == 1 { "one voice" } else { "the most conservative" };
        }
        if self.best == "none" && self.names {
            made.rule = if read.len() == 1 { "one voice" } else { "least and greatest" };
        }
        made.low = if self.low == "best" { made.best } else { made.low };
        made.high = if self.high == "best" { made.best } else { made.high };
        if self.names && named > made.low.unwrap_or(0) {
            made.low = Some(named);
            made.high = made.high.max(made.low);
            made.rule = "raised to the dead who are named";
        }
        made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_has_a_row_of_its_version() {
        for policy in Policy::ALL {
            assert_eq!(rules(*policy).id, policy.as_str());
        }
    }

    #[test]
    fn dozens_are_read_by_the_policy() {
        let dozens = Range { low: Some(24), high: Some(99) };
        assert_eq!(rules(Policy::Airwars).read(dozens), Range { low: Some(12), high: Some(24) });
        assert_eq!(rules(Policy::Acled).read(dozens), Range { low: Some(12), high: Some(12) });
        assert_eq!(rules(Policy::Ucdp).read(dozens), dozens);
    }
}
