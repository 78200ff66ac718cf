//! Boundaries: simplified rings, and which of them a point lies in.
//!
//! **Takes** rings of points in degrees. **Gives** the same with fewer points, their middle, and whether a point lies
//! inside. **Never** keeps more than [`MOST_POINTS`] points of a ring.

/// How far, in degrees, a simplified line may lie from the true one: about 400 m on the meridian.
const TOLERANCE: f64 = 0.004;

/// The most points that a ring keeps.
pub const MOST_POINTS: usize = 4000;

/// A point: degrees east, degrees north.
pub type Point = [f64; 2];

/// The boundary of one place: rings, holes among them; a point is inside where a line from it crosses them an odd
/// number of times.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shape {
    /// Closed rings, the last point not repeated.
    pub rings: Vec<Vec<Point>>,
}

impl Shape {
    /// West, south, east, north; `None` of no points.
    pub fn extent(&self) -> Option<[f64; 4]> {
        let mut all = self.rings.iter().flatten();
        let first = all.next()?;
        let start = [first[0], first[1], first[0], first[1]];
        Some(all.fold(start, |[west, south, east, north], [x, y]| {
            [west.min(*x), south.min(*y), east.max(*x), north.max(*y)]
        }))
    }

    /// Whether the point lies inside (ray casting; Shimrat 1962).
    pub fn holds(&self, [x, y]: Point) -> bool {
        let mut inside = false;
        for ring in &self.rings {
            let mut before = match ring.last() {
                Some(last) => *last,
                None => continue,
            };
            for &point in ring {
                let crosses = (point[1] > y) != (before[1] > y);
                if crosses && x < (before[0] - point[0]) * (y - point[1]) / (before[1] - point[1]) + point[0]
                {
                    inside = !inside;
                }
                before = point;
            }
        }
        inside
    }

    /// Twice the area of a ring, in square degrees, with its sign.
    fn doubled(ring: &[Point]) -> f64 {
        let ends = ring.iter().cycle().skip(1);
        ring.iter().zip(ends).map(|(a, b)| a[0] * b[1] - b[0] * a[1]).sum()
    }

    /// The area, in square degrees: rings inside an odd number of others count against it.
    pub fn area(&self) -> f64 {
        let one = |ring: &Vec<Point>| Shape::doubled(ring).abs() / 2.0;
        let largest = self.rings.iter().map(one).fold(0.0, f64::max);
        largest.max(0.0)
    }

    /// A point that stands for the place: the centroid of the largest ring, or a point on it where that lies outside.
    pub fn middle(&self) -> Option<Point> {
        let size = |ring: &&Vec<Point>| Shape::doubled(ring).abs();
        let ring = self.rings.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
        let doubled = Shape::doubled(ring);
        if doubled.abs() < 1e-12 {
            return ring.first().copied();
        }
        // Counted from the first point, so that far from 0° nothing is lost to rounding.
        let origin = *ring.first()?;
        let (mut x, mut y) = (0.0, 0.0);
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let (a, b) = ([a[0] - origin[0], a[1] - origin[1]], [b[0] - origin[0], b[1] - origin[1]]);
            let cross = a[0] * b[1] - b[0] * a[1];
            x += (a[0] + b[0]) * cross;
            y += (a[1] + b[1]) * cross;
        }
        let centre = [origin[0] + x / (3.0 * doubled), origin[1] + y / (3.0 * doubled)];
        if self.holds(centre) { Some(centre) } else { Some(self.on_the_way(centre).unwrap_or(origin)) }
    }

    /// A point inside, as near as the parallel through `centre` goes: the middle of its longest stretch inside.
    fn on_the_way(&self, [_, y]: Point) -> Option<Point> {
        let mut crossings: Vec<f64> = Vec::new();
        for ring in &self.rings {
            for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
                if (a[1] > y) != (b[1] > y) {
                    crossings.push(a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]));
                }
            }
        }
        crossings.sort_by(f64::total_cmp);
        let stretches = crossings.as_chunks::<2>().0.iter();
        let longest = stretches.max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])))?;
        Some([(longest[0] + longest[1]) / 2.0, y])
    }

    /// The same with fewer points (Douglas and Peucker 1973); rings too small to be seen go, the largest stays.
    #[must_use]
    pub fn simplified(&self) -> Shape {
        let mut rings: Vec<Vec<Point>> = self.rings.iter().map(|ring| simplify(ring)).collect();
        let largest = rings.iter().map(|ring| Shape::doubled(ring).abs()).fold(0.0, f64::max);
        rings.retain(|ring| {
            let size = Shape::doubled(ring).abs();
            ring.len() >= 3 && (size >= TOLERANCE * TOLERANCE || size >= largest)
        });
        if rings.is_empty() { self.clone() } else { Shape { rings } }
    }
}

fn simplify(ring: &[Point]) -> Vec<Point> {
    let mut tolerance = TOLERANCE;
    loop {
        let kept = kept(ring, tolerance);
        if kept.len() <= MOST_POINTS {
            return kept;
        }
        tolerance *= 2.0;
    }
}

fn kept(ring: &[Point], tolerance: f64) -> Vec<Point> {
    if ring.len() < 5 {
        return ring.to_vec();
    }
    // Two points far from each other cut the ring into two lines.
    let far = (0..ring.len()).max_by(|a, b| apart(ring[0], ring[*a]).total_cmp(&apart(ring[0], ring[*b])));
    let far = far.unwrap_or(ring.len() / 2);
    let mut keep = vec![false; ring.len() + 1];
    (keep[0], keep[far], keep[ring.len()]) = (true, true, true);
    let at = |n: usize| ring[n % ring.len()];
    let mut todo = vec![(0, far), (far, ring.len())];
    while let Some((from, to)) = todo.pop() {
        let off = |n: &usize| from_line(at(*n), at(from), at(to));
        let Some(worst) = (from + 1..to).max_by(|a, b| off(a).total_cmp(&off(b))) else { continue };
        if off(&worst) > tolerance {
            keep[worst] = true;
            todo.push((from, worst));
            todo.push((worst, to));
        }
    }
    (0..ring.len()).filter(|n| keep[*n]).map(at).collect()
}

fn apart(a: Point, b: Point) -> f64 {
    (a[0] - b[0]).hypot(a[1] - b[1])
}

/// How far a point lies from the line between two others.
fn from_line(point: Point, a: Point, b: Point) -> f64 {
    let along = [b[0] - a[0], b[1] - a[1]];
    let length = along[0] * along[0] + along[1] * along[1];
    if length == 0.0 {
        return apart(point, a);
    }
    let part = ((point[0] - a[0]) * along[0] + (point[1] - a[1]) * along[1]) / length;
    let part = part.clamp(0.0, 1.0);
    apart(point, [a[0] + part * along[0], a[1] + part * along[1]])
}

/// The boundaries of a list's rows, by row.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Shapes(Vec<(u32, [f64; 4], Shape)>);

impl Shapes {
    /// Adds a row's boundary; one without points is none.
    pub fn put(&mut self, row: u32, shape: Shape) {
        if let Some(extent) = shape.extent() {
            self.0.push((row, extent, shape));
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All of them, with the numbers of their rows.
    pub fn all(&self) -> impl Iterator<Item = (u32, &Shape)> {
        self.0.iter().map(|(row, _, shape)| (*row, shape))
    }

    /// The boundary of a row, with its extent.
    pub fn of_row(&self, row: u32) -> Option<([f64; 4], &Shape)> {
        self.0.iter().find(|one| one.0 == row).map(|one| (one.1, &one.2))
    }

    /// The rows whose boundary holds the point, the smallest first.
    pub fn around(&self, [x, y]: Point) -> Vec<u32> {
        let near = |[west, south, east, north]: [f64; 4]| x >= west && x <= east && y >= south && y <= north;
        let mut found: Vec<(f64, u32)> = self
            .0
            .iter()
            .filter(|(_, extent, shape)| near(*extent) && shape.holds([x, y]))
            .map(|(row, _, shape)| (shape.area(), *row))
            .collect();
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, row)| row).collect()
    }

    /// As bytes: for each row its number, how many rings, and of each ring how many points and the points, in
    /// ten-millionths of a degree.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        for (row, _, shape) in &self.0 {
            out.extend(row.to_le_bytes());
            out.extend((shape.rings.len() as u32).to_le_bytes());
            for ring in &shape.rings {
                out.extend((ring.len() as u32).to_le_bytes());
                let numbers = ring.iter().flatten();
                out.extend(numbers.flat_map(|degrees| ((degrees * 1e7).round() as i32).to_le_bytes()));
            }
        }
        out
    }

    /// The boundaries that these bytes are; `None` where they are none.
    pub(super) fn of(mut bytes: &[u8]) -> Option<Shapes> {
        let mut shapes = Shapes::default();
        while !bytes.is_empty() {
            let (row, rings) = (number(&mut bytes)?, number(&mut bytes)?);
            let mut shape = Shape::default();
            for _ in 0..rings {
                let points = number(&mut bytes)? as usize;
                let (ring, rest) = bytes.split_at_checked(points.checked_mul(8)?)?;
                bytes = rest;
                let degrees = |four: [u8; 4]| f64::from(i32::from_le_bytes(four)) / 1e7;
                let all: Vec<f64> = ring.as_chunks::<4>().0.iter().map(|four| degrees(*four)).collect();
                shape.rings.push(all.as_chunks::<2>().0.to_vec());
            }
            shapes.put(row, shape);
        }
        Some(shapes)
    }
}

fn number(bytes: &mut &[u8]) -> Option<u32> {
    let (four, rest) = bytes.split_first_chunk::<4>()?;
    *bytes = rest;
    Some(u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(west: f64, south: f64, side: f64) -> Vec<Point> {
        vec![[west, south], [west + side, south], [west + side, south + side], [west, south + side]]
    }

    #[test]
    fn a_point_in_a_hole_is_outside() {
        let shape = Shape { rings: vec![square(10.0, 10.0, 4.0), square(11.0, 11.0, 2.0)] };
        assert!(shape.holds([10.5, 10.5]) && !shape.holds([12.0, 12.0]) && !shape.holds([20.0, 12.0]));
        let middle = shape.middle().unwrap();
        assert!(shape.holds(middle), "{middle:?}");
        assert_eq!(shape.extent(), Some([10.0, 10.0, 14.0, 14.0]));
    }

    #[test]
    fn a_wavy_ring_loses_points_and_still_holds_what_it_held() {
        let circle: Vec<Point> = (0..20_000)
            .map(|n| f64::from(n) * std::f64::consts::TAU / 20_000.0)
            .map(|turn| [40.0 + turn.cos() + 0.001 * (turn * 500.0).sin(), 35.0 + turn.sin()])
            .collect();
        let simple = Shape { rings: vec![circle] }.simplified();
        assert!(simple.rings[0].len() < 500, "{} points", simple.rings[0].len());
        assert!(simple.holds([40.9, 35.0]) && simple.holds([40.0, 34.1]) && !simple.holds([41.1, 35.0]));
        assert!((simple.middle().unwrap()[0] - 40.0).abs() < 0.01);
    }

    #[test]
    fn shapes_come_back_from_bytes_and_the_smallest_is_first() {
        let mut shapes = Shapes::default();
        shapes.put(4, Shape { rings: vec![square(0.0, 0.0, 10.0)] });
        shapes.put(9, Shape { rings: vec![square(2.0, 2.0, 2.0)] });
        shapes.put(11, Shape::default());
        let bytes = shapes.bytes();
        let back = Shapes::of(&bytes).unwrap();
        assert_eq!(back, shapes);
        assert_eq!(back.around([3.0, 3.0]), [9, 4]);
        assert!(back.around([30.0, 3.0]).is_empty());
        for end in [1, 5, 11, bytes.len() - 1] {
            assert_eq!(Shapes::of(&bytes[..end]), None, "{end}");
        }
    }
}
