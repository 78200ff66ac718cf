//! Who copies whom, from values alone, and votes that copies do not add to: ACCU (Dong, Berti-Equille and
//! Srivastava 2009, PVLDB 2(1), "Integrating conflicting data: the role of source dependence").

use std::collections::{BTreeMap, BTreeSet};

use super::{Judged, Votes};

/// What is assumed of sources and of copying.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Copying {
    /// How often an independent source errs (the paper's epsilon).
    pub error: f64,
    /// How much of what it says a copier copies (c).
    pub copied: f64,
    /// How many false values there are to choose from (n).
    pub false_values: f64,
    /// How often two sources depend on each other at all (alpha).
    pub prior: f64,
}

impl Default for Copying {
    /// The paper's own (section 5.1), as in the worked examples.
    fn default() -> Copying {
        Copying { error: 0.2, copied: 0.8, false_values: 10.0, prior: 0.2 }
    }
}

/// Errors on a number that people round to are shared by chance so many times as often.
const ROUND: f64 = 2.0;

impl Copying {
    /// The chance that two sources depend on each other, from 0 to 1: they share so many true values, so many false
    /// ones, and differ on so many (the paper's equation 5; one direction).
    pub fn dependence(&self, shared_true: f64, shared_false: f64, different: f64) -> f64 {
        self.chance(
            shared_true * self.on_true()
                + shared_false * self.on_false(self.error)
                + different * self.on_different(),
        )
    }

    fn chance(&self, evidence: f64) -> f64 {
        let against = libm::log((1.0 - self.prior) / self.prior) + evidence;
        1.0 / (1.0 + libm::exp(against.clamp(-500.0, 500.0)))
    }

    /// How much a shared true value speaks against dependence: hardly at all for it.
    fn on_true(&self) -> f64 {
        libm::log((1.0 - self.error) / (1.0 - self.error + self.copied * self.error))
    }

    /// How much a shared false value does, with so much chance of an error.
    fn on_false(&self, error: f64) -> f64 {
        libm::log(error / (self.copied * self.false_values + error - self.copied * error))
    }

    /// How much a value on which they differ does.
    fn on_different(&self) -> f64 {
        -libm::log(1.0 - self.copied)
    }
}

/// What the vote of a source weighs that is right so often (from 0 to 1, both left out), with so many false values:
/// `ln(n * a / (1 - a))`.
pub fn vote(accuracy: f64, false_values: f64) -> f64 {
    libm::log(false_values * accuracy / (1.0 - accuracy))
}

/// The votes for one value together: each weighs less by the chance that it copies one counted before it.
pub fn discounted(votes: &[f64], copied: f64, dependence: impl Fn(usize, usize) -> f64) -> f64 {
    let one = |(at, vote): (usize, &f64)| {
        (0..at).fold(*vote, |vote, before| vote * (1.0 - copied * dependence(at, before)))
    };
    votes.iter().enumerate().map(one).sum()
}

/// ACCU with copying: dependence, beliefs and accuracies, computed from each other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Accu {
    /// What is assumed.
    pub copying: Copying,
    /// How often each source is right, to begin with.
    pub accuracy: f64,
    /// How often all is computed.
    pub rounds: u32,
}

impl Default for Accu {
    fn default() -> Accu {
        Accu { copying: Copying::default(), accuracy: 0.8, rounds: 8 }
    }
}

/// Pairs are sought among so many sources of one fact; more would be every source with every other.
const MOST: usize = 64;
/// Accuracies are kept from 0 and 1, where a vote has no weight that is a number.
const LEAST: f64 = 0.01;

/// A pair of sources, the lesser first, and the facts on which both speak with the value of each.
type Pairs = BTreeMap<(usize, usize), Vec<(usize, usize, usize)>>;

impl Accu {
    /// Trust is how often a source is right, belief how likely a value is; and the chance of dependence of every
    /// two sources that share a fact.
    pub fn judge(&self, votes: &Votes) -> (Judged, BTreeMap<(usize, usize), f64>) {
        let pairs = pairs(votes);
        let spoken = votes.spoken();
        let mut trust = vec![self.accuracy; votes.sources.len()];
        // To begin with nobody copies.
        let mut belief: Vec<Vec<f64>> =
            votes.facts.iter().map(|fact| self.believe(fact, &trust, &BTreeMap::new())).collect();
        let mut depends = BTreeMap::new();
        for _ in 0..self.rounds {
            depends = self.dependence(votes, &pairs, &belief);
            belief = votes.facts.iter().map(|fact| self.believe(fact, &trust, &depends)).collect();
            let mut sum = vec![0.0; trust.len()];
            for (fact, value, source) in votes.each() {
                sum[source] += belief[fact][value];
            }
            trust = sum
                .iter()
                .zip(&spoken)
                .map(|(sum, spoken)| (sum / spoken.max(1.0)).clamp(LEAST, 1.0 - LEAST))
                .collect();
        }
        (Judged { trust, belief }, depends)
    }

    fn dependence(&self, votes: &Votes, pairs: &Pairs, belief: &[Vec<f64>]) -> BTreeMap<(usize, usize), f64> {
        let rules = &self.copying;
        let (on_true, on_different) = (rules.on_true(), rules.on_different());
        let (on_false, on_round) =
            (rules.on_false(rules.error), rules.on_false((rules.error * ROUND).min(0.5)));
        let evidence = |&(fact, ours, theirs): &(usize, usize, usize)| {
            if ours != theirs {
                return on_different;
            }
            let right = belief[fact][ours];
            let round = votes.facts[fact].values[ours].value.is_round();
            right * on_true + (1.0 - right) * if round { on_round } else { on_false }
        };
        pairs.iter().map(|(pair, shared)| (*pair, rules.chance(shared.iter().map(evidence).sum()))).collect()
    }

    fn believe(
        &self,
        fact: &super::Fact,
        trust: &[f64],
        depends: &BTreeMap<(usize, usize), f64>,
    ) -> Vec<f64> {
        let scores: Vec<f64> = fact
            .values
            .iter()
            .map(|heard| {
                let mut by = heard.by.clone();
                by.sort_by(|a, b| trust[*b].total_cmp(&trust[*a]).then(a.cmp(b)));
                let weights: Vec<f64> =
                    by.iter().map(|&source| vote(trust[source], self.copying.false_values)).collect();
                discounted(&weights, self.copying.copied, |a, b| {
                    let pair = (by[a].min(by[b]), by[a].max(by[b]));
                    depends.get(&pair).copied().unwrap_or(0.0)
                })
            })
            .collect();
        let most = scores.iter().copied().fold(0.0, f64::max);
        // Values that nobody gives are believed too, each as one without a vote.
        let unsaid = (self.copying.false_values + 1.0 - scores.len() as f64).max(0.0) * libm::exp(-most);
        let all: f64 = scores.iter().map(|score| libm::exp(score - most)).sum::<f64>() + unsaid;
        scores.into_iter().map(|score| libm::exp(score - most) / all).collect()
    }
}

fn pairs(votes: &Votes) -> Pairs {
    let mut pairs = Pairs::new();
    for (at, fact) in votes.facts.iter().enumerate() {
        let values = fact.values.iter().enumerate();
        let by: BTreeSet<(usize, usize)> =
            values.flat_map(|(value, heard)| heard.by.iter().map(move |&source| (source, value))).collect();
        let by: Vec<(usize, usize)> = by.into_iter().take(MOST).collect();
        for (n, &(a, ours)) in by.iter().enumerate() {
            for &(b, theirs) in &by[n + 1..] {
                pairs.entry((a, b)).or_default().push((at, ours, theirs));
            }
        }
    }
    pairs
}
