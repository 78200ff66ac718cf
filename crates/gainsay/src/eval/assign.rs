//! Maximum-weight one-to-one assignment (Kuhn 1955, Munkres 1957, in the O(n³) form with potentials).

/// Pairs of a row and a column with a weight above nothing, by column; no weight may be below zero.
///
/// Where several assignments weigh the same, the one that this order of steps comes to first is given.
pub fn assign(weights: &[Vec<f64>]) -> Vec<(usize, usize)> {
    let rows = weights.len();
    let columns = weights.first().map_or(0, Vec::len);
    if rows == 0 || columns == 0 {
        return Vec::new();
    }
    let size = rows.max(columns);
    let big = weights.iter().flatten().copied().fold(f64::NEG_INFINITY, f64::max) + 1.0;
    let cost = |row: usize, column: usize| {
        big - weights.get(row).and_then(|weights| weights.get(column)).copied().unwrap_or(0.0)
    };
    let mut row_potential = vec![0.0; size + 1];
    let mut column_potential = vec![0.0; size + 1];
    // The row (from 1) that each column (from 1) has; column 0 holds the row that is being placed.
    let mut matched = vec![0; size + 1];
    for row in 1..=size {
        let mut way = vec![0; size + 1];
        let mut least = vec![f64::INFINITY; size + 1];
        let mut seen = vec![false; size + 1];
        let mut column = 0;
        matched[0] = row;
        loop {
            seen[column] = true;
            let here = matched[column];
            let (mut delta, mut next) = (f64::INFINITY, 0);
            for other in 1..=size {
                if seen[other] {
                    continue;
                }
                let reduced = cost(here - 1, other - 1) - row_potential[here] - column_potential[other];
                if reduced < least[other] {
                    (least[other], way[other]) = (reduced, column);
                }
                if least[other] < delta {
                    (delta, next) = (least[other], other);
                }
            }
            for other in 0..=size {
                if seen[other] {
                    row_potential[matched[other]] += delta;
                    column_potential[other] -= delta;
                } else {
                    least[other] -= delta;
                }
            }
            column = next;
            if matched[column] == 0 {
                break;
            }
        }
        while column != 0 {
            matched[column] = matched[way[column]];
            column = way[column];
        }
    }
    (1..=columns)
        .filter(|&column| matched[column] <= rows && weights[matched[column] - 1][column - 1] > 0.0)
        .map(|column| (matched[column] - 1, column - 1))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_whole_beats_the_best_pair() {
        assert_eq!(assign(&[vec![5.0, 4.0], vec![4.0, 0.0]]), [(1, 0), (0, 1)]);
        assert_eq!(assign(&[vec![0.0, 2.0, 1.0]]), [(0, 1)]);
        assert_eq!(assign(&[vec![1.0], vec![3.0]]), [(1, 0)]);
        assert_eq!(assign(&[]), []);
        assert_eq!(assign(&[vec![], vec![]]), []);
    }
}
