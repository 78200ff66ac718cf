//! Windows of the map: the whole, and closer ones where places lie too close together.

use super::cluster::dense;
use super::frame::Frame;

/// Longitude, latitude.
pub(super) type Point = (f64, f64);

/// Space between windows.
const GAP: f64 = 12.0;
/// Most windows beside the whole.
const CLOSER: usize = 3;
/// Least height of a closer window, in degrees: four kilometres, as points are hardly truer than one.
const LEAST: f64 = 0.04;

/// The size of the paper and of what is on it.
#[derive(Clone, Copy)]
pub(super) struct Paper {
    pub width: f64,
    /// Height of a panel that takes the whole width.
    pub height: f64,
    /// Panels side by side.
    pub columns: usize,
    pub r: f64,
    pub size: f64,
    pub prefix: &'static str,
}

impl Paper {
    pub(super) const WIDE: Paper =
        Paper { width: 960.0, height: 540.0, columns: 2, r: 7.0, size: 13.0, prefix: "w-" };
    /// Smaller marks and letters where there are many.
    pub(super) fn for_spots(self, count: usize) -> Paper {
        let (r, size) = match count {
            ..=40 => (self.r, self.size),
            41..=120 => (5.5, 12.0),
            _ => (4.0, 11.0),
        };
        Paper { r, size, ..self }
    }

    pub(super) const NARROW: Paper =
        Paper { width: 400.0, height: 400.0, columns: 1, r: 7.0, size: 13.0, prefix: "n-" };
}

/// A window: what it shows, and where it lies on the picture.
pub(super) struct Window {
    /// The window of which it shows a part closer; `None` for the whole.
    pub parent: Option<usize>,
    /// Its letter; `None` for the whole.
    pub letter: Option<char>,
    /// West, south, east, north of the points it was made for.
    pub bounds: [f64; 4],
    /// The window.
    pub frame: Frame,
    /// Left.
    pub x: f64,
    /// Top.
    pub y: f64,
}

/// A part of the map to show closer.
struct Zoom {
    parent: usize,
    points: Vec<Point>,
}

/// Lays out the windows. One closer window stands beside the whole; several stand in rows below it.
pub(super) fn windows(points: &[Point], paper: &Paper) -> Vec<Window> {
    let half = (paper.width - GAP) / 2.0;
    let whole = |width: f64| Frame::fit(points, width, paper.height, 0.06);
    let mut main = whole(paper.width);
    let mut zooms = zooms(points, main, paper);
    let beside = paper.columns == 2 && zooms.len() == 1;
    if beside {
        main = whole(half);
        zooms = self::zooms(points, main, paper);
        zooms.truncate(1);
    }
    let mut windows =
        vec![Window { parent: None, letter: None, bounds: bounds(points), frame: main, x: 0.0, y: 0.0 }];
    let mut y = if beside { 0.0 } else { paper.height + GAP };
    let count = zooms.len();
    for (number, zoom) in zooms.into_iter().enumerate() {
        let alone = paper.columns == 1 || (number + 1 == count && number % 2 == 0);
        let (x, width, height) = match (beside, alone) {
            (true, _) => (half + GAP, half, paper.height),
            (_, true) => (0.0, paper.width, paper.height * 0.8),
            _ => (if number % 2 == 0 { 0.0 } else { half + GAP }, half, paper.height * 0.8),
        };
        windows.push(Window {
            parent: Some(zoom.parent),
            letter: Some(char::from(b'A' + u8::try_from(number).unwrap_or_default())),
            bounds: bounds(&zoom.points),
            frame: Frame::fit(&zoom.points, width, height, LEAST),
            x,
            y,
        });
        if alone || number % 2 == 1 {
            y += height + GAP;
        }
    }
    windows
}

/// Parts where three marks or more would cover each other: first those of the whole, then those inside them.
fn zooms(points: &[Point], main: Frame, paper: &Paper) -> Vec<Zoom> {
    let mut found: Vec<Zoom> = Vec::new();
    let mut open = vec![(0, points.to_vec(), main)];
    while let Some((parent, points, frame)) = open.first().cloned() {
        open.remove(0);
        let on_paper: Vec<Point> = points.iter().map(|(lon, lat)| frame.at(*lon, *lat)).collect();
        for group in dense(&on_paper, paper.r * 2.4, 3, frame.width.min(frame.height) * 0.4) {
            // A part as great as the whole shows nothing closer.
            if found.len() == CLOSER || group.len() == points.len() && parent > 0 {
                break;
            }
            let inner: Vec<Point> = group.iter().map(|at| points[*at]).collect();
            let closer = Frame::fit(&inner, (paper.width - GAP) / 2.0, paper.height * 0.8, LEAST);
            found.push(Zoom { parent, points: inner.clone() });
            open.push((found.len(), inner, closer));
        }
    }
    found
}

/// West, south, east, north.
fn bounds(points: &[Point]) -> [f64; 4] {
    let edge = |pick: fn(&Point) -> f64, best: fn(f64, f64) -> f64| {
        points.iter().map(pick).reduce(best).unwrap_or(0.0)
    };
    [edge(|p| p.0, f64::min), edge(|p| p.1, f64::min), edge(|p| p.0, f64::max), edge(|p| p.1, f64::max)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dense_town_gets_a_closer_window() {
        let mut points: Vec<Point> = (0..6).map(|n| (40.1 + f64::from(n) * 0.01, 35.3)).collect();
        points.extend([(43.1, 36.3), (36.3, 33.5)]);
        let windows = windows(&points, &Paper::WIDE);
        assert_eq!(windows.len(), 2);
        assert_eq!(windows[1].parent, Some(0));
        assert!(windows[1].x > windows[0].frame.width);
    }

    #[test]
    fn places_at_one_point_end() {
        let windows = windows(&[(40.0, 35.0); 50], &Paper::NARROW);
        assert!(windows.len() <= 1 + CLOSER);
    }
}
