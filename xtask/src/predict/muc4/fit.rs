//! Fits the weights to labelled messages: logistic regression by stochastic gradient descent (Bottou 2010).
//!
//! Fixed order, fixed steps: the same messages give the same table.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::filler::SLOTS;
use super::template::Template;
use super::weights::Weights;

/// A feature must be seen so often.
const SEEN: usize = 8;
/// Times that all examples are gone through.
const ROUNDS: u32 = 30;
/// Pull of the weights towards 0.
const DECAY: f64 = 0.02;
/// A template is given from this probability on. F1 gains from whatever is right more often than half of F1 (Lipton et
/// al. 2014): with F1 near 0.4 that is 0.2, and a little more since a wrong template brings wrong fillers.
const TEMPLATE: f64 = 0.27;
/// The same for a filler.
const FILLER: f64 = 0.18;

/// What was proposed for a message, and what is right.
pub struct Labelled {
    /// The proposals.
    pub templates: Vec<Template>,
    /// The right templates, as the corpus writes them.
    pub gold: Value,
}

/// Weights in hundredths.
pub fn fit(messages: &[Labelled]) -> BTreeMap<String, i64> {
    let mut examples = Vec::new();
    for message in messages {
        let mut used = BTreeSet::new();
        for template in &message.templates {
            let right =
                gold(message).enumerate().find(|(n, gold)| agree(template, gold) && !used.contains(n));
            used.extend(right.map(|(n, _)| n));
            examples.push((template.features.clone(), right.is_some()));
        }
    }
    let mut weights = regression(&examples, "template", TEMPLATE);
    let scores = Weights::of(weights.clone());
    let mut examples = Vec::new();
    for message in messages {
        for template in &message.templates {
            let score = scores.score(&template.features);
            for (slot, list) in SLOTS.iter().zip(&template.fillers) {
                let right: BTreeSet<String> = gold(message)
                    .filter(|gold| agree(template, gold))
                    .flat_map(|gold| mentions(&gold[slot.as_str()]))
                    .collect();
                for filler in list {
                    examples.push((filler.features_in(score), right.contains(&plain(&filler.text))));
                }
            }
        }
    }
    let fillers = regression(&examples, "filler", FILLER);
    weights.extend(fillers);
    weights
}

fn gold(message: &Labelled) -> impl Iterator<Item = &Value> {
    message.gold.as_array().into_iter().flatten()
}

fn agree(template: &Template, gold: &Value) -> bool {
    gold["incident_type"].as_str().is_some_and(|kind| kind.contains(template.kind.as_str()))
}

/// All mentions of a slot's entities, as the scorer compares them.
pub fn mentions(entities: &Value) -> Vec<String> {
    let all =
        entities.as_array().into_iter().flatten().flat_map(|entity| entity.as_array().into_iter().flatten());
    all.filter_map(|mention| mention["text"].as_str()).map(plain).collect()
}

/// Small letters without marks and articles, as the scorer compares.
fn plain(text: &str) -> String {
    let text: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    text.split_whitespace().filter(|word| !matches!(*word, "a" | "an" | "the")).collect::<Vec<_>>().join(" ")
}

/// The weights under which an example passes 0 when it is right with probability `from`; `always` is in every example.
fn regression(examples: &[(Vec<String>, bool)], always: &str, from: f64) -> BTreeMap<String, i64> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in examples.iter().flat_map(|(features, _)| features) {
        *seen.entry(feature).or_default() += 1;
    }
    let names: Vec<&str> = seen.iter().filter(|(_, times)| **times >= SEEN).map(|(name, _)| *name).collect();
    let number: BTreeMap<&str, usize> = names.iter().enumerate().map(|(n, name)| (*name, n)).collect();
    let rows: Vec<(Vec<usize>, f64)> = examples
        .iter()
        .map(|(features, right)| {
            let known = features.iter().filter_map(|feature| number.get(feature.as_str()).copied());
            (known.collect(), if *right { 1.0 } else { 0.0 })
        })
        .collect();
    let mut weights = vec![0.0_f64; names.len()];
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut state = 1_u64;
    for round in 0..ROUNDS {
        // Fisher–Yates with the generator of Knuth's MMIX.
        for at in (1..order.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            order.swap(at, usize::try_from(state >> 33).unwrap_or(0) % (at + 1));
        }
        let step = 0.1 / (1.0 + 0.3 * f64::from(round));
        for &row in &order {
            let (features, right) = &rows[row];
            let sum: f64 = features.iter().map(|&feature| weights[feature]).sum();
            let off = right - 1.0 / (1.0 + (-sum).exp());
            for &feature in features {
                weights[feature] += step * (off - DECAY * weights[feature]);
            }
        }
    }
    let bar = (from / (1.0 - from)).ln();
    let hundredths = |name: &str, weight: f64| {
        let weight = if name == always { weight - bar } else { weight };
        // Weights are a few units: the cast cannot overflow.
        #[allow(clippy::cast_possible_truncation)]
        let rounded = (weight * 100.0).round() as i64;
        (name.to_string(), rounded)
    };
    names
        .iter()
        .zip(&weights)
        .map(|(name, &weight)| hundredths(name, weight))
        .filter(|(_, w)| *w != 0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_with_right_answers_gets_weight() {
        let example = |features: &[&str], right: bool| {
            (features.iter().map(|name| (*name).to_string()).collect::<Vec<_>>(), right)
        };
        let mut examples = Vec::new();
        for _ in 0..20 {
            examples.push(example(&["filler", "good"], true));
            examples.push(example(&["filler", "bad"], false));
        }
        let weights = regression(&examples, "filler", 0.5);
        assert!(weights["good"] > 0 && weights["bad"] < 0, "{weights:?}");
        assert_eq!(weights, regression(&examples, "filler", 0.5), "the same examples give the same weights");
    }

    #[test]
    fn mentions_are_compared_as_the_scorer_does() {
        assert_eq!(plain("The \"Sol y Mar\" hotel"), "sol y mar hotel");
    }
}
