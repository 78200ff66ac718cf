//! Sums, Average·Log and Investment (Pasternack and Roth 2010, COLING, "Knowing what to believe").

use super::{Judged, Votes, by_greatest};

/// Sums: a source is worth what its values are worth, and they what their sources are (after Kleinberg 1999, hubs
/// and authorities). Both are divided by their greatest in each round.
pub fn sums(votes: &Votes, rounds: u32) -> Judged {
    rounds_of(votes, rounds, |_, sum| sum)
}

/// Average·Log: as [`sums`], with the mean over a source's values times the logarithm of how many there are.
pub fn average_log(votes: &Votes, rounds: u32) -> Judged {
    rounds_of(votes, rounds, |spoken, sum| if spoken > 0.0 { sum / spoken * libm::log(spoken) } else { 0.0 })
}

fn rounds_of(votes: &Votes, rounds: u32, worth: impl Fn(f64, f64) -> f64) -> Judged {
    let spoken = votes.spoken();
    let mut judged = Judged { trust: vec![1.0; votes.sources.len()], belief: votes.all(1.0) };
    for _ in 0..rounds {
        let mut trust = vec![0.0; votes.sources.len()];
        for (fact, value, source) in votes.each() {
            trust[source] += judged.belief[fact][value];
        }
        judged.trust = trust.into_iter().zip(&spoken).map(|(sum, &spoken)| worth(spoken, sum)).collect();
        by_greatest(judged.trust.iter_mut());
        judged.belief = votes.all(0.0);
        for (fact, value, source) in votes.each() {
            judged.belief[fact][value] += judged.trust[source];
        }
        by_greatest(judged.belief.iter_mut().flatten());
    }
    judged
}

/// Investment: each source lends its trust in equal shares to its values, and gets back of each value's worth as
/// much as it had lent of all that was lent to it. A value's worth grows with a power, 1.2 in the paper, of what is
/// lent to it; to begin with it is its share of the votes.
pub fn investment(votes: &Votes, growth: f64, rounds: u32) -> Judged {
    let spoken = votes.spoken();
    let mut trust = vec![1.0; votes.sources.len()];
    let mut belief: Vec<Vec<f64>> = votes
        .facts
        .iter()
        .map(|fact| {
            let all: usize = fact.values.iter().map(|heard| heard.by.len()).sum();
            fact.values.iter().map(|heard| heard.by.len() as f64 / all.max(1) as f64).collect()
        })
        .collect();
    let lent = |trust: &[f64]| {
        let mut lent = votes.all(0.0);
        for (fact, value, source) in votes.each() {
            lent[fact][value] += trust[source] / spoken[source];
        }
        lent
    };
    for _ in 0..rounds {
        let all = lent(&trust);
        let mut back = vec![0.0; trust.len()];
        for (fact, value, source) in votes.each() {
            if all[fact][value] > 0.0 {
                back[source] += belief[fact][value] * (trust[source] / spoken[source]) / all[fact][value];
            }
        }
        by_greatest(back.iter_mut());
        trust = back;
        belief = lent(&trust);
        belief.iter_mut().flatten().for_each(|lent| *lent = libm::pow(*lent, growth));
        by_greatest(belief.iter_mut().flatten());
    }
    Judged { trust, belief }
}
