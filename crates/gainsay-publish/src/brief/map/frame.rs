//! From degrees to the paper: equirectangular, true at the middle of the frame.

use super::super::svg::cos_degrees;

/// Kilometres in a degree of latitude (WGS84, mean).
const KM_PER_DEGREE: f64 = 111.2;

/// A window on the world and the paper it is drawn on.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    west: f64,
    north: f64,
    /// Cosine of the middle latitude: how much shorter a degree of longitude is.
    squeeze: f64,
    /// Units of paper per degree of latitude.
    scale: f64,
    /// Width of the paper.
    pub width: f64,
    /// Height of the paper.
    pub height: f64,
}

impl Frame {
    /// The frame that holds all points (longitude, latitude, in degrees) with room at the edges; at least
    /// `least` degrees of latitude high. No points give a frame around the middle of Syria.
    pub(super) fn fit(points: &[(f64, f64)], width: f64, height: f64, least: f64) -> Frame {
        let fold =
            |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64| points.iter().map(pick).reduce(best);
        let west = fold(|p| p.0, f64::min).unwrap_or(38.5);
        let east = fold(|p| p.0, f64::max).unwrap_or(38.5);
        let south = fold(|p| p.1, f64::min).unwrap_or(35.0);
        let north = fold(|p| p.1, f64::max).unwrap_or(35.0);
        let (lon, lat) = ((west + east) / 2.0, (south + north) / 2.0);
        let squeeze = cos_degrees(lat).max(0.05);
        // Room for marks and names: a fifth of the paper at the sides, an eighth above and below.
        let by_height = height * 0.75 / (north - south).max(least * 0.75);
        let by_width = width * 0.58 / ((east - west) * squeeze).max(1e-6);
        let scale = by_height.min(by_width);
        // Names stand to the right of their marks where they can, so the places stand a little to the left.
        let west = lon - width * 0.46 / (scale * squeeze);
        let north = lat + height / 2.0 / scale;
        Frame { west, north, squeeze, scale, width, height }
    }

    /// Where a point lies on the paper: right, down.
    pub(super) fn at(&self, lon: f64, lat: f64) -> (f64, f64) {
        ((lon - self.west) * self.squeeze * self.scale, (self.north - lat) * self.scale)
    }

    /// West, south, east, north of the paper, in degrees, and a margin around it.
    pub(super) fn bounds(&self, margin: f64) -> [f64; 4] {
        let (wide, high) = (self.width / (self.scale * self.squeeze), self.height / self.scale);
        let (x, y) = (wide * margin, high * margin);
        [self.west - x, self.north - high - y, self.west + wide + x, self.north + y]
    }

    /// Whether a place on the paper is inside, by a margin.
    pub(super) fn holds(&self, x: f64, y: f64, margin: f64) -> bool {
        x >= margin && y >= margin && x <= self.width - margin && y <= self.height - margin
    }

    /// A round number of kilometres that takes at most a quarter of the width, and its length on paper.
    pub(super) fn scale_bar(&self) -> (String, f64) {
        let per_km = self.scale / KM_PER_DEGREE;
        let most = self.width * 0.25 / per_km;
        let mut best = (0.1, "100 m");
        for (km, label) in STEPS {
            if *km <= most {
                best = (*km, label);
            }
        }
        (best.1.to_string(), best.0 * per_km)
    }
}

const STEPS: &[(f64, &str)] = &[
    (0.1, "100 m"),
    (0.2, "200 m"),
    (0.5, "500 m"),
    (1.0, "1 km"),
    (2.0, "2 km"),
    (5.0, "5 km"),
    (10.0, "10 km"),
    (20.0, "20 km"),
    (50.0, "50 km"),
    (100.0, "100 km"),
    (200.0, "200 km"),
    (500.0, "500 km"),
    (1000.0, "1,000 km"),
    (2000.0, "2,000 km"),
    (5000.0, "5,000 km"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_points_are_inside() {
        for points in [
            vec![(40.1, 35.3), (43.1, 36.3), (41.0, 34.4)],
            vec![(40.1, 35.3)],
            vec![(-170.0, -80.0), (170.0, 80.0)],
            vec![],
        ] {
            let frame = Frame::fit(&points, 960.0, 520.0, 0.1);
            for (lon, lat) in points {
                let (x, y) = frame.at(lon, lat);
                assert!(frame.holds(x, y, 20.0), "{lon} {lat} at {x} {y}");
            }
            assert!(frame.scale_bar().1.is_finite());
        }
    }
}
