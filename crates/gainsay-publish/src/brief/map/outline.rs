//! Borders, rivers and lakes of the gazetteer, clipped to a frame.

use std::sync::OnceLock;

use gainsay_lexicon::gazetteer::OUTLINES;
use geojson::{GeoJson, GeometryValue, Position};

use super::super::svg::num;
use super::frame::Frame;

/// Longitude, latitude.
type Point = (f64, f64);

/// A line of the map.
pub(crate) struct Outline {
    /// Its name.
    pub name: String,
    /// border, river, lake.
    pub kind: String,
    /// Whether it encloses an area.
    pub area: bool,
    /// Longitude and latitude of its points.
    pub points: Vec<Point>,
}

/// The outlines; read once. Empty if the data cannot be read: a map without borders is still a map.
pub(crate) fn outlines() -> &'static [Outline] {
    static READ: OnceLock<Vec<Outline>> = OnceLock::new();
    READ.get_or_init(|| read(OUTLINES))
}

fn read(text: &str) -> Vec<Outline> {
    let Ok(GeoJson::FeatureCollection(collection)) = text.parse::<GeoJson>() else { return Vec::new() };
    let mut found = Vec::new();
    for feature in collection.features {
        let word = |key: &str| {
            feature.property(key).and_then(|value| value.as_str()).unwrap_or_default().to_string()
        };
        let (name, kind) = (word("name"), word("kind"));
        let Some(geometry) = &feature.geometry else { continue };
        let mut push = |area: bool, line: &[Position]| {
            let points = line
                .iter()
                .filter_map(|at| Some((*at.as_slice().first()?, *at.as_slice().get(1)?)))
                .collect();
            found.push(Outline { name: name.clone(), kind: kind.clone(), area, points });
        };
        match &geometry.value {
            GeometryValue::LineString { coordinates } => push(false, coordinates),
            GeometryValue::MultiLineString { coordinates } => {
                coordinates.iter().for_each(|line| push(false, line))
            }
            GeometryValue::Polygon { coordinates } => coordinates.iter().for_each(|ring| push(true, ring)),
            GeometryValue::MultiPolygon { coordinates } => {
                coordinates.iter().flatten().for_each(|ring| push(true, ring));
            }
            _ => {}
        }
    }
    found
}

/// The box the borders were cut to when the data was made: west, south, east, north. Beyond it there is no land to
/// tell from sea.
const CROP: [f64; 4] = [34.0, 29.0, 49.0, 38.5];

/// Whether the frame lies wholly where the borders are known.
pub(super) fn is_covered(frame: &Frame) -> bool {
    let [west, south, east, north] = frame.bounds(0.0);
    west >= CROP[0] && south >= CROP[1] && east <= CROP[2] && north <= CROP[3]
}

impl Outline {
    /// Its path on the paper, clipped a little outside the frame; empty where none of it is near.
    pub(super) fn path(&self, frame: &Frame) -> String {
        let bounds = frame.bounds(0.06);
        match self.area {
            true if is_covered(frame) || self.kind != "border" => {
                write(&[clip_ring(&self.points, bounds)], frame, "z")
            }
            // Where the paper is wider than what is known, the edge of the known is no border.
            true => write(&clip_line(&self.points, bounds, &is_on_crop), frame, ""),
            false => write(&clip_line(&self.points, bounds, &|_, _| false), frame, ""),
        }
    }

    /// A point in the midst of what is seen of it, for its name, and how much of the paper it takes (0 to 1).
    pub(super) fn middle(&self, frame: &Frame) -> Option<((f64, f64), f64)> {
        if self.area {
            let ring: Vec<(f64, f64)> = clip_ring(&self.points, frame.bounds(-0.02))
                .iter()
                .map(|(lon, lat)| frame.at(*lon, *lat))
                .collect();
            let (mut double, mut x, mut y) = (0.0, 0.0, 0.0);
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                let cross = a.0 * b.1 - b.0 * a.1;
                double += cross;
                x += (a.0 + b.0) * cross;
                y += (a.1 + b.1) * cross;
            }
            if double.abs() < 1.0 {
                return None;
            }
            let share = double.abs() / 2.0 / (frame.width * frame.height);
            return Some(((x / (3.0 * double), y / (3.0 * double)), share));
        }
        let line =
            clip_line(&self.points, frame.bounds(-0.05), &|_, _| false).into_iter().max_by_key(Vec::len)?;
        let (lon, lat) = *line.get(line.len() / 2)?;
        Some((frame.at(lon, lat), 1.0))
    }
}

fn write(lines: &[Vec<(f64, f64)>], frame: &Frame, close: &str) -> String {
    let mut out = String::new();
    for line in lines.iter().filter(|line| line.len() > 1) {
        let mut last = String::new();
        for (at, (lon, lat)) in line.iter().enumerate() {
            let (x, y) = frame.at(*lon, *lat);
            let point = format!("{} {}", num(x), num(y));
            if point != last {
                out.push(if at == 0 { 'M' } else { 'L' });
                out.push_str(&point);
                last = point;
            }
        }
        out.push_str(close);
    }
    out
}

/// A ring clipped to a box (Sutherland and Hodgman 1974).
fn clip_ring(points: &[(f64, f64)], [west, south, east, north]: [f64; 4]) -> Vec<(f64, f64)> {
    let at_lon = |lon: f64| move |a: Point, b: Point| (lon, a.1 + (b.1 - a.1) * (lon - a.0) / (b.0 - a.0));
    let at_lat = |lat: f64| move |a: Point, b: Point| (a.0 + (b.0 - a.0) * (lat - a.1) / (b.1 - a.1), lat);
    let ring = half(points, &|p| p.0 >= west, &at_lon(west));
    let ring = half(&ring, &|p| p.0 <= east, &at_lon(east));
    let ring = half(&ring, &|p| p.1 >= south, &at_lat(south));
    half(&ring, &|p| p.1 <= north, &at_lat(north))
}

type Cross = dyn Fn((f64, f64), (f64, f64)) -> (f64, f64);

/// The part of a ring on one side of a line.
fn half(points: &[(f64, f64)], inside: &dyn Fn((f64, f64)) -> bool, cross: &Cross) -> Vec<(f64, f64)> {
    let mut out = Vec::new();
    let Some(mut last) = points.last().copied() else { return out };
    for point in points.iter().copied() {
        if inside(point) != inside(last) {
            out.push(cross(last, point));
        }
        if inside(point) {
            out.push(point);
        }
        last = point;
    }
    out
}

/// Whether a segment runs along the edge of what is known.
fn is_on_crop(a: (f64, f64), b: (f64, f64)) -> bool {
    let on = |value: f64, edge: f64| (value - edge).abs() < 0.005;
    let [west, south, east, north] = CROP;
    [west, east].iter().any(|lon| on(a.0, *lon) && on(b.0, *lon))
        || [south, north].iter().any(|lat| on(a.1, *lat) && on(b.1, *lat))
}

/// The stretches of a line that come near a box, but for those left out: every segment whose own box meets it.
fn clip_line(
    points: &[Point],
    [west, south, east, north]: [f64; 4],
    left_out: &dyn Fn(Point, Point) -> bool,
) -> Vec<Vec<Point>> {
    let mut out: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let near = !left_out(a, b)
            && a.0.max(b.0) >= west
            && a.0.min(b.0) <= east
            && a.1.max(b.1) >= south
            && a.1.min(b.1) <= north;
        match (near, open) {
            (true, true) => out.last_mut().expect("open only after a push").push(b),
            (true, false) => out.push(vec![a, b]),
            _ => {}
        }
        open = near;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_outlines_are_read() {
        assert!(outlines().iter().any(|outline| outline.name == "Euphrates" && !outline.area));
        assert!(outlines().iter().any(|outline| outline.name == "Syria" && outline.area));
    }

    #[test]
    fn a_ring_around_the_box_becomes_the_box() {
        let ring = [(-9.0, -9.0), (9.0, -9.0), (9.0, 9.0), (-9.0, 9.0)];
        let clipped = clip_ring(&ring, [0.0, 0.0, 1.0, 1.0]);
        assert_eq!(clipped.len(), 4);
        assert!(clipped.iter().all(|(x, y)| (0.0..=1.0).contains(x) && (0.0..=1.0).contains(y)));
    }
}
