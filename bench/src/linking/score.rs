//! Clusters against the truth, pair by pair.

use std::collections::HashMap;

/// Pairs of mentions that both, or only one of them, call one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Figures {
    both: f64,
    predicted: f64,
    true_: f64,
}

impl Figures {
    /// How many predicted pairs are true.
    pub fn precision(&self) -> f64 {
        self.both / self.predicted.max(1.0)
    }

    /// How many true pairs are predicted.
    pub fn recall(&self) -> f64 {
        self.both / self.true_.max(1.0)
    }

    /// Their harmonic mean.
    pub fn f1(&self) -> f64 {
        2.0 * self.both / (self.predicted + self.true_).max(1.0)
    }
}

/// All pairs of mentions; both lists name a cluster for each mention.
pub fn pairwise(truth: &[String], predicted: &[String]) -> Figures {
    let pairs = |sizes: HashMap<(&str, &str), usize>| -> f64 {
        sizes.into_values().map(|n| (n * n.saturating_sub(1) / 2) as f64).sum()
    };
    let count = |of: &dyn Fn(usize) -> (usize, usize)| {
        let mut sizes: HashMap<(&str, &str), usize> = HashMap::new();
        for at in 0..truth.len() {
            let (a, b) = of(at);
            let name = |list: usize| match list {
                0 => "",
                1 => truth[at].as_str(),
                _ => predicted[at].as_str(),
            };
            *sizes.entry((name(a), name(b))).or_default() += 1;
        }
        pairs(sizes)
    };
    Figures { both: count(&|_| (1, 2)), predicted: count(&|_| (0, 2)), true_: count(&|_| (1, 0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_counted() {
        let list = |names: &[&str]| names.iter().map(|name| name.to_string()).collect::<Vec<_>>();
        let figures = pairwise(&list(&["a", "a", "a", "b"]), &list(&["x", "x", "y", "y"]));
        assert_eq!(figures, Figures { both: 1.0, predicted: 2.0, true_: 3.0 });
        assert!((figures.f1() - 0.4).abs() < 1e-9);
    }
}
