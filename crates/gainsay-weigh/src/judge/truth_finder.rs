//! TruthFinder (Yin, Han and Yu 2008, IEEE TKDE 20(6)).

use super::{Judged, Votes};

/// A source is trusted as far as its values are believed on average; a value is believed by the logistic of the
/// sum of `-ln(1 - trust)` over those who give it, and of what values like it lend it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TruthFinder {
    /// Trust to begin with.
    pub trust: f64,
    /// How far sources are taken for independent: 1 wholly, 0 not at all (the paper's gamma).
    pub damping: f64,
    /// How much one value's worth counts for another's that it speaks for (the paper's rho).
    pub support: f64,
    /// How often trust and belief are computed from each other.
    pub rounds: u32,
}

impl Default for TruthFinder {
    /// Trust and support are the paper's (section 4.1). Damping stands between the paper's 0.3 and 1: on all four
    /// visible sets of truth with gold, 0.55 to 0.65 choose alike. Twenty rounds are twice what the paper needed.
    fn default() -> TruthFinder {
        TruthFinder { trust: 0.9, damping: 0.6, support: 0.5, rounds: 20 }
    }
}

/// Trust is kept this far from 1: several identical sources would drive it there, and `ln 0` is no number.
const SHORT_OF_ONE: f64 = 1e-9;
/// Beyond this the logistic is 0 or 1 to the last bit.
const FLAT: f64 = 500.0;

impl TruthFinder {
    /// Trust and belief, both from 0 to 1.
    pub fn judge(&self, votes: &Votes) -> Judged {
        let spoken = votes.spoken();
        let like: Vec<Vec<(usize, usize, f64)>> = votes
            .facts
            .iter()
            .map(|fact| {
                let pairs = (0..fact.values.len())
                    .flat_map(|from| (0..fact.values.len()).map(move |to| (from, to)))
                    .filter(|(from, to)| from != to);
                let support = pairs
                    .map(|(from, to)| (from, to, fact.values[from].value.speaks_for(&fact.values[to].value)));
                support.filter(|(.., much)| *much != 0.0).collect()
            })
            .collect();
        let mut trust = vec![self.trust; votes.sources.len()];
        let mut belief = votes.all(0.0);
        for _ in 0..self.rounds {
            let mut score = votes.all(0.0);
            for (fact, value, source) in votes.each() {
                score[fact][value] -= libm::log(1.0 - trust[source].min(1.0 - SHORT_OF_ONE));
            }
            for (fact, pairs) in like.iter().enumerate() {
                let own = score[fact].clone();
                for &(from, to, much) in pairs {
                    score[fact][to] += self.support * much * own[from];
                }
            }
            let logistic = |score: f64| {
                let x = (self.damping * score).clamp(-FLAT, FLAT);
                1.0 / (1.0 + libm::exp(-x))
            };
            belief = score
                .into_iter()
                .map(|values| values.into_iter().map(logistic).collect::<Vec<f64>>())
                .collect();
            let mut sum = vec![0.0; trust.len()];
            for (fact, value, source) in votes.each() {
                sum[source] += belief[fact][value];
            }
            trust = sum.into_iter().zip(&spoken).map(|(sum, spoken)| sum / spoken.max(1.0)).collect();
        }
        Judged { trust, belief }
    }
}
