//! Places so close that their marks would cover each other: they get a panel of their own.

/// Groups of points nearer to each other than `reach`, through others or directly; only groups of at least `least`,
/// the greatest first, then by their first member.
pub(super) fn clusters(points: &[(f64, f64)], reach: f64, least: usize) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..points.len()).collect();
    for a in 0..points.len() {
        for b in 0..a {
            let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
            if dx * dx + dy * dy < reach * reach {
                let (from, to) = (group[a].max(group[b]), group[a].min(group[b]));
                group.iter_mut().filter(|own| **own == from).for_each(|own| *own = to);
            }
        }
    }
    let mut found: Vec<Vec<usize>> = Vec::new();
    for at in 0..points.len() {
        match found.iter_mut().find(|members| group[members[0]] == group[at]) {
            Some(members) => members.push(at),
            None => found.push(vec![at]),
        }
    }
    found.retain(|members| members.len() >= least);
    found.sort_by_key(|members| (std::cmp::Reverse(members.len()), members[0]));
    found
}

/// Groups worth a panel of their own: at least `least` points nearer than `reach` to each other, and together no
/// wider or higher than `most`. A group that is wider is searched for denser ones inside.
pub(super) fn dense(points: &[(f64, f64)], reach: f64, least: usize, most: f64) -> Vec<Vec<usize>> {
    let mut found = Vec::new();
    for group in clusters(points, reach, least) {
        let inside: Vec<(f64, f64)> = group.iter().map(|at| points[*at]).collect();
        let spread = |pick: fn(&(f64, f64)) -> f64| {
            let values = inside.iter().map(pick);
            values.clone().fold(f64::MIN, f64::max) - values.fold(f64::MAX, f64::min)
        };
        if spread(|p| p.0).max(spread(|p| p.1)) <= most {
            found.push(group);
        } else if reach > 1.0 {
            let inner = dense(&inside, reach * 0.6, least, most);
            found.extend(inner.into_iter().map(|members| members.into_iter().map(|at| group[at]).collect()));
        }
    }
    found.sort_by_key(|members: &Vec<usize>| (std::cmp::Reverse(members.len()), members[0]));
    found
}

/// The points that lie together: those not many times further from the middle than most are.
pub(super) fn near(points: &[(f64, f64)]) -> Vec<bool> {
    let middle = |pick: fn(&(f64, f64)) -> f64| {
        let mut values: Vec<f64> = points.iter().map(pick).collect();
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied().unwrap_or_default()
    };
    let (x, y) = (middle(|p| p.0), middle(|p| p.1));
    let away = |p: &(f64, f64)| (p.0 - x).abs().max((p.1 - y).abs());
    let mut distances: Vec<f64> = points.iter().map(away).collect();
    distances.sort_by(f64::total_cmp);
    // Four of five places tell how far is far; half a country is never too far.
    let usual = distances.get(distances.len() * 4 / 5).copied().unwrap_or_default();
    let most = (usual * 2.5).max(4.0);
    points.iter().map(|point| away(point) <= most).collect()
}

/// Pushes marks that cover each other apart, a little at a time and never far; the same for the same input.
pub(super) fn spread(points: &mut [(f64, f64)], apart: f64, most: f64) {
    let home = points.to_vec();
    for _ in 0..24 {
        for a in 1..points.len() {
            for b in 0..a {
                let (dx, dy) = (points[a].0 - points[b].0, points[a].1 - points[b].1);
                let square = dx * dx + dy * dy;
                if square >= apart * apart {
                    continue;
                }
                let length = square.sqrt();
                // Marks at one spot part along a direction of their own.
                let (ux, uy) = if length < 0.01 {
                    let turn = (a * 7 + b * 3) % 8;
                    (
                        [1.0, 0.7, 0.0, -0.7, -1.0, -0.7, 0.0, 0.7][turn],
                        [0.0, 0.7, 1.0, 0.7, 0.0, -0.7, -1.0, -0.7][turn],
                    )
                } else {
                    (dx / length, dy / length)
                };
                let push = (apart - length) / 2.0 * 0.6;
                points[a] = (points[a].0 + ux * push, points[a].1 + uy * push);
                points[b] = (points[b].0 - ux * push, points[b].1 - uy * push);
            }
        }
        for (point, home) in points.iter_mut().zip(&home) {
            let (dx, dy) = (point.0 - home.0, point.1 - home.1);
            let length = (dx * dx + dy * dy).sqrt();
            if length > most {
                *point = (home.0 + dx / length * most, home.1 + dy / length * most);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_points_are_one_group() {
        let points = [(0.0, 0.0), (5.0, 0.0), (10.0, 0.0), (90.0, 0.0), (94.0, 0.0)];
        assert_eq!(clusters(&points, 6.0, 3), vec![vec![0, 1, 2]]);
        assert_eq!(clusters(&points, 6.0, 2), vec![vec![0, 1, 2], vec![3, 4]]);
    }

    #[test]
    fn marks_part_but_stay_near() {
        let mut points = vec![(50.0, 50.0); 5];
        spread(&mut points, 12.0, 16.0);
        for (at, a) in points.iter().enumerate() {
            assert!((a.0 - 50.0).hypot(a.1 - 50.0) <= 16.01);
            for b in &points[..at] {
                assert!((a.0 - b.0).hypot(a.1 - b.1) > 6.0);
            }
        }
    }
}
