//! Names on the map: placed one after the other, the weightiest first, where they touch nothing.

/// A box on the paper: left, top, right, bottom.
pub(super) type Area = [f64; 4];

/// Where a name stands.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    /// Start of the words (or their middle or end, by the anchor), and their base line.
    pub x: f64,
    pub y: f64,
    /// start, middle, end.
    pub anchor: &'static str,
}

/// What is taken on a panel.
pub(super) struct Room {
    width: f64,
    height: f64,
    taken: Vec<Area>,
}

impl Room {
    /// An empty panel.
    pub(super) fn new(width: f64, height: f64) -> Room {
        Room { width, height, taken: Vec::new() }
    }

    /// Takes a box.
    pub(super) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// Whether a box lies on the panel and touches nothing taken, `but` aside.
    fn is_free(&self, area: Area) -> bool {
        let inside =
            area[0] >= 3.0 && area[1] >= 3.0 && area[2] <= self.width - 3.0 && area[3] <= self.height - 3.0;
        let apart = |other: &Area| {
            area[2] <= other[0] || other[2] <= area[0] || area[3] <= other[1] || other[3] <= area[1]
        };
        inside && self.taken.iter().all(apart)
    }

    /// A place for a name beside a mark of radius `r` at `x`, `y`, taken if there is one: right, left, below, above,
    /// then the corners.
    pub(super) fn beside(&mut self, text: &str, size: f64, x: f64, y: f64, r: f64) -> Option<Placed> {
        let (wide, high) = (width(text, size), size);
        let gap = r + 4.0;
        let near = r * 0.7 + 2.0;
        let spots: [(f64, f64, &'static str); 8] = [
            (x + gap, y + high * 0.35, "start"),
            (x - gap, y + high * 0.35, "end"),
            (x, y + gap + high * 0.75, "middle"),
            (x, y - gap, "middle"),
            (x + near, y - near, "start"),
            (x + near, y + near + high * 0.7, "start"),
            (x - near, y - near, "end"),
            (x - near, y + near + high * 0.7, "end"),
        ];
        self.first(&spots, wide, high)
    }

    /// A place for a name in the midst of something, taken if there is one.
    pub(super) fn around(&mut self, text: &str, size: f64, spacing: f64, x: f64, y: f64) -> Option<Placed> {
        let wide = width(text, size) + spacing * text.chars().count() as f64;
        let step = size * 1.6;
        let mut spots: Vec<(f64, f64, &'static str)> = Vec::new();
        for (dx, dy) in [
            (0.0, 0.0),
            (0.0, -1.0),
            (0.0, 1.0),
            (-2.0, 0.0),
            (2.0, 0.0),
            (0.0, 2.0),
            (0.0, -2.0),
            (-3.0, 2.0),
            (3.0, -2.0),
            (-4.0, 0.0),
            (4.0, 0.0),
        ] {
            spots.push((x + dx * step, y + dy * step, "middle"));
        }
        self.first(&spots, wide, size)
    }

    fn first(&mut self, spots: &[(f64, f64, &'static str)], wide: f64, high: f64) -> Option<Placed> {
        for (x, y, anchor) in spots.iter().copied() {
            let left = match anchor {
                "start" => x,
                "end" => x - wide,
                _ => x - wide / 2.0,
            };
            let area = [left - 1.5, y - high * 0.82, left + wide + 1.5, y + high * 0.28];
            if self.is_free(area) {
                self.take(area);
                return Some(Placed { x, y, anchor });
            }
        }
        None
    }
}

/// Width of words in a plain sans serif, guessed from the letters and a little too wide.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let letter = |c: char| match c {
        'i' | 'l' | 'j' | 'I' | '.' | ',' | '\'' | '’' | '|' | ':' => 0.3,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' => 0.37,
        'm' | 'w' | 'M' | 'W' => 0.9,
        c if c.is_uppercase() => 0.7,
        c if ('\u{600}'..='\u{6ff}').contains(&c) => 0.55,
        c if c.is_ascii() => 0.57,
        _ => 0.8,
    };
    text.chars().map(letter).sum::<f64>() * size * 1.04
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_never_touch() {
        let mut room = Room::new(300.0, 200.0);
        let mut placed = 0;
        for at in 0..60 {
            let (x, y) = (f64::from(at % 10) * 30.0, f64::from(at / 10) * 35.0);
            placed += usize::from(room.beside("Deir ez-Zor", 12.0, x, y, 5.0).is_some());
        }
        assert!(placed > 5 && placed < 60, "{placed}");
        for (at, a) in room.taken.iter().enumerate() {
            for b in &room.taken[..at] {
                assert!(a[2] <= b[0] || b[2] <= a[0] || a[3] <= b[1] || b[3] <= a[1]);
            }
        }
    }
}
