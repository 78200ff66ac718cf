//! Weights of features: what a template, or a filler, must look like to be given. Fitted by `predict muc4-fit`.

use std::collections::BTreeMap;

use gainsay_lexicon::table::{TableError, rows};

/// Weights in hundredths, by feature.
#[derive(Default)]
pub struct Weights(BTreeMap<String, i64>);

impl Weights {
    /// The table `xtask/data/muc4/weights.tsv`.
    ///
    /// # Errors
    /// A row that cannot be read.
    pub fn load() -> Result<Weights, TableError> {
        let mut weights = BTreeMap::new();
        for row in rows("weights.tsv", include_str!("../../../data/muc4/weights.tsv"))? {
            let weight = row.get("weight").parse().map_err(|_| row.error("the weight is no whole number"))?;
            weights.insert(row.get("feature").to_string(), weight);
        }
        Ok(Weights(weights))
    }

    /// From what was fitted.
    pub fn of(weights: BTreeMap<String, i64>) -> Weights {
        Weights(weights)
    }

    /// The sum of the weights of the features: above 0 it is given.
    pub fn score(&self, features: &[String]) -> i64 {
        features.iter().filter_map(|feature| self.0.get(feature)).sum()
    }
}
