//! Fact-finders: how much to believe a voice from how far the others agree with it, and back again.
//!
//! **Takes** statements of sources about facts ([`Votes`]), after roots are collapsed: a copy is no source here.
//! **Gives** a trust for each source and a belief for each value ([`Judged`]), and [`review_order`] over a weighed
//! corpus.
//! **Never** gives a figure that is published. A coalition that repeats itself becomes reliable to all of these
//! methods (Li et al. 2014 is the plainest case), so they only say what a person should look at first.
//!
//! Rounds are counted, not run until something converges; sums are taken in the order of the facts; logarithms
//! come from a library in plain Rust. The same votes give the same bytes on every machine.

mod copying;
mod crh;
mod queue;
mod sums;
mod truth_finder;
mod votes;

pub use copying::{Accu, Copying, discounted, vote};
pub use crh::{Crh, crh};
pub use queue::{Review, review_order};
pub use sums::{average_log, investment, sums};
pub use truth_finder::TruthFinder;
pub use votes::{Fact, Heard, Statement, Value, Votes};

/// What a fact-finder makes of votes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// For each source of the votes; what the numbers mean depends on the method, more is better.
    pub trust: Vec<f64>,
    /// For each fact and each of its values; more is better, within one fact.
    pub belief: Vec<Vec<f64>>,
}

/// Beliefs that differ by less than this share are equal, so that the last bits decide nothing.
const EQUAL: f64 = 1e-9;

impl Judged {
    /// The place of the value most believed of a fact; among equals the one that was said first.
    pub fn best(&self, votes: &Votes, fact: usize) -> Option<usize> {
        let values = &votes.facts.get(fact)?.values;
        let beliefs = self.belief.get(fact)?;
        let most = beliefs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let near = |at: &usize| beliefs[*at] >= most - EQUAL * most.abs().max(EQUAL);
        (0..values.len()).filter(near).min_by_key(|&at| (values[at].first, &values[at].value))
    }

    /// How far the most believed value of a fact stands above all others: its share of the beliefs, in millionths.
    pub fn share(&self, fact: usize) -> u32 {
        let beliefs = self.belief.get(fact).map_or(&[][..], Vec::as_slice);
        let most = beliefs.iter().copied().fold(0.0, f64::max);
        let all: f64 = beliefs.iter().sum();
        if all > 0.0 { (most / all * 1e6 + 0.5) as u32 } else { 0 }
    }
}

/// Divides all by the greatest of them; leaves them where that is nothing.
fn by_greatest<'n>(numbers: impl Iterator<Item = &'n mut f64>) {
    let mut numbers: Vec<&mut f64> = numbers.collect();
    let most = numbers.iter().map(|number| **number).fold(0.0, f64::max);
    if most > 0.0 {
        numbers.iter_mut().for_each(|number| **number /= most);
    }
}
