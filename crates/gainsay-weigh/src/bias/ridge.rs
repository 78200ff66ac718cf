//! Weighted least squares with normal priors: one symmetric system of equations, solved by Cholesky's method.

/// Equations while they are gathered.
pub(super) struct Ridge {
    n: usize,
    /// The lower triangle, row by row.
    left: Vec<f64>,
    right: Vec<f64>,
}

/// Solved equations.
pub(super) struct Solved {
    n: usize,
    /// Cholesky's factor, lower triangle, row by row.
    factor: Vec<f64>,
    values: Vec<f64>,
}

fn place(row: usize, column: usize) -> usize {
    row * (row + 1) / 2 + column
}

impl Ridge {
    /// So many unknowns and no equation yet.
    pub(super) fn new(n: usize) -> Ridge {
        Ridge { n, left: vec![0.0; n * (n + 1) / 2], right: vec![0.0; n] }
    }

    /// The unknown is nothing, with this precision.
    pub(super) fn prior(&mut self, at: usize, precision: f64) {
        self.left[place(at, at)] += precision;
    }

    /// The terms sum up to `value`, with this precision.
    pub(super) fn row(&mut self, terms: &[(usize, f64)], value: f64, precision: f64) {
        for &(a, x) in terms {
            self.right[a] += precision * x * value;
            for &(b, y) in terms.iter().filter(|(b, _)| *b <= a) {
                self.left[place(a, b)] += precision * x * y;
            }
        }
    }

    /// The most likely values; `None` where the equations do not determine them.
    pub(super) fn solve(self) -> Option<Solved> {
        let Ridge { n, left: mut factor, right } = self;
        for row in 0..n {
            for column in 0..=row {
                let (a, b) = (place(row, 0), place(column, 0));
                let known: f64 = (0..column).map(|k| factor[a + k] * factor[b + k]).sum();
                let rest = factor[a + column] - known;
                factor[a + column] = if row == column {
                    if rest <= 0.0 || !rest.is_finite() {
                        return None;
                    }
                    rest.sqrt()
                } else {
                    rest / factor[b + column]
                };
            }
        }
        let mut solved = Solved { n, factor, values: Vec::new() };
        let half = solved.forward(right);
        solved.values = solved.backward(half);
        Some(solved)
    }
}

impl Solved {
    /// The value of an unknown.
    pub(super) fn value(&self, at: usize) -> f64 {
        self.values[at]
    }

    /// The variance of a sum of terms.
    pub(super) fn variance(&self, terms: &[(usize, f64)]) -> f64 {
        let mut sum = vec![0.0; self.n];
        for &(at, share) in terms {
            sum[at] += share;
        }
        self.forward(sum).iter().map(|part| part * part).sum()
    }

    fn forward(&self, mut right: Vec<f64>) -> Vec<f64> {
        for row in 0..self.n {
            let known: f64 = (0..row).map(|k| self.factor[place(row, k)] * right[k]).sum();
            right[row] = (right[row] - known) / self.factor[place(row, row)];
        }
        right
    }

    fn backward(&self, mut right: Vec<f64>) -> Vec<f64> {
        for row in (0..self.n).rev() {
            let known: f64 = (row + 1..self.n).map(|k| self.factor[place(k, row)] * right[k]).sum();
            right[row] = (right[row] - known) / self.factor[place(row, row)];
        }
        right
    }
}
