//! Sides on map and page: one colour and one shape each.
//!
//! Colours are those of Okabe and Ito (2008, "Color Universal Design"), told apart under every common colour
//! blindness, given so that they come near what press maps of this war use. Shape repeats what colour says, for
//! print without colour and for eyes that see none. Colour never carries text: names are always in ink.

/// Outline of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Square,
    TriangleUp,
    TriangleDown,
    Diamond,
    Hexagon,
    Pentagon,
    Plus,
    Star,
    Bar,
    Dome,
    Cross,
    /// Kept for places with several holders.
    Circle,
    /// Kept for places of which nobody says who holds them.
    Dot,
}

/// How one side is drawn.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Side {
    /// Id, as in the lexicon.
    pub id: &'static str,
    /// Name in the legend.
    pub label: &'static str,
    /// Shape of the mark.
    pub shape: Shape,
    /// Fill and outline on light paper; an outline has a contrast of at least 3 with it.
    pub light: [&'static str; 2],
    /// Fill and outline on dark paper.
    pub dark: [&'static str; 2],
}

/// All sides. The last but one stands for whoever is on none of these, the last for nobody known.
pub(crate) const SIDES: &[Side] = &[
    // Vermillion: the nearest to the red of press maps that stays apart from green.
    side(
        "government",
        "Syrian government side",
        Shape::Square,
        ["#d55e00", "#a34600"],
        ["#f0853a", "#f59d5e"],
    ),
    // Near black, as its flag; near white in the dark.
    side("islamic-state", "Islamic State", Shape::TriangleUp, ["#2a2a2a", "#1c1c1c"], ["#ececec", "#f4f4f4"]),
    // Bluish green: the green of press maps, apart from vermillion.
    side("opposition", "Opposition", Shape::Diamond, ["#009e73", "#00714f"], ["#23c295", "#4fd3ab"]),
    // Yellow, as on press maps; its outline is a dark ochre, as yellow has no contrast with paper.
    side("kurdish", "Kurdish-led forces", Shape::Hexagon, ["#f0e442", "#756a00"], ["#f0e442", "#f0e442"]),
    // Reddish purple: the one warm colour left.
    side(
        "jihadist",
        "Other jihadist groups",
        Shape::TriangleDown,
        ["#cc79a7", "#9c3f73"],
        ["#e08fbe", "#eaa7cd"],
    ),
    side("coalition", "US-led coalition", Shape::Plus, ["#0072b2", "#005a8c"], ["#4da8dd", "#6bb9e6"]),
    side("turkey", "Turkey and allies", Shape::Star, ["#56b4e9", "#1d74a8"], ["#8accf2", "#8accf2"]),
    side("iraq", "Iraqi government side", Shape::Bar, ["#e69f00", "#8a5f00"], ["#f4b93c", "#f4b93c"]),
    side("israel", "Israel", Shape::Pentagon, ["#6a51a3", "#54408a"], ["#a892da", "#b7a4e2"]),
    side("neutral", "On no side", Shape::Dome, ["#9aa0a6", "#60666c"], ["#8c9299", "#a7adb3"]),
    side("other", "Others", Shape::Cross, ["#9aa0a6", "#60666c"], ["#8c9299", "#a7adb3"]),
    side("unknown", "Not known", Shape::Dot, ["#c4c7ca", "#6f757b"], ["#565b61", "#9aa0a6"]),
];

const fn side(
    id: &'static str,
    label: &'static str,
    shape: Shape,
    light: [&'static str; 2],
    dark: [&'static str; 2],
) -> Side {
    Side { id, label, shape, light, dark }
}

/// The row for a side's id; `other` for ids not listed, `unknown` for none.
pub(crate) fn of(id: &str) -> &'static Side {
    let fallback = if id.is_empty() { "unknown" } else { "other" };
    let at = |id: &str| SIDES.iter().find(|side| side.id == id);
    at(id).or_else(|| at(fallback)).unwrap_or(&SIDES[0])
}

/// Custom properties for all sides: `--government` and `--government-line`.
pub(crate) fn css() -> String {
    let vars = |pick: &dyn Fn(&Side) -> [&'static str; 2]| -> String {
        SIDES
            .iter()
            .map(|side| format!("--{0}:{1};--{0}-line:{2};", side.id, pick(side)[0], pick(side)[1]))
            .collect()
    };
    let (light, dark) = (vars(&|side| side.light), vars(&|side| side.dark));
    format!(":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n")
}

/// The path of a shape around the origin, inside a circle of radius `r`.
pub(crate) fn path(shape: Shape, r: f64) -> String {
    // Corners in hundredths of the radius; sizes are set so that all shapes weigh alike.
    let corners: &[(i32, i32)] = match shape {
        Shape::Square => &[(-82, -82), (82, -82), (82, 82), (-82, 82)],
        Shape::TriangleUp => &[(0, -108), (102, 78), (-102, 78)],
        Shape::TriangleDown => &[(0, 108), (-102, -78), (102, -78)],
        Shape::Diamond => &[(0, -115), (100, 0), (0, 115), (-100, 0)],
        Shape::Hexagon => &[(-52, -92), (52, -92), (105, 0), (52, 92), (-52, 92), (-105, 0)],
        Shape::Pentagon => &[(0, -108), (103, -33), (64, 90), (-64, 90), (-103, -33)],
        Shape::Plus => &[
            (-36, -105),
            (36, -105),
            (36, -36),
            (105, -36),
            (105, 36),
            (36, 36),
            (36, 105),
            (-36, 105),
            (-36, 36),
            (-105, 36),
            (-105, -36),
            (-36, -36),
        ],
        Shape::Star => {
            &[(0, -125), (34, -34), (125, 0), (34, 34), (0, 125), (-34, 34), (-125, 0), (-34, -34)]
        }
        Shape::Bar => &[(-115, -55), (115, -55), (115, 55), (-115, 55)],
        Shape::Dome => &[(-105, 60), (-91, -8), (-53, -52), (0, -70), (53, -52), (91, -8), (105, 60)],
        Shape::Cross => &[
            (-50, -100),
            (0, -50),
            (50, -100),
            (100, -50),
            (50, 0),
            (100, 50),
            (50, 100),
            (0, 50),
            (-50, 100),
            (-100, 50),
            (-50, 0),
            (-100, -50),
        ],
        Shape::Circle | Shape::Dot => {
            let r = if shape == Shape::Dot { r * 0.62 } else { r };
            let (r, d) = (super::svg::num(r), super::svg::num(2.0 * r));
            return format!("M-{r} 0a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z");
        }
    };
    let point = |(x, y): &(i32, i32)| {
        let at = |v: i32| super::svg::num(f64::from(v) * r / 100.0);
        format!("{} {}", at(*x), at(*y))
    };
    format!("M{}z", corners.iter().map(point).collect::<Vec<_>>().join("L"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance after WCAG 2.1.
    fn luminance(hex: &str) -> f64 {
        let part = |at: usize| {
            let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a) + 0.05, luminance(b) + 0.05);
        if a > b { a / b } else { b / a }
    }

    #[test]
    fn outlines_stand_off_from_paper() {
        for side in SIDES {
            assert!(contrast(side.light[1], "#fbfaf7") >= 3.0, "{} on light", side.id);
            assert!(contrast(side.dark[1], "#15171a") >= 3.0, "{} on dark", side.id);
        }
    }

    #[test]
    fn sides_differ_in_shape() {
        for (at, side) in SIDES.iter().enumerate() {
            assert!(SIDES[..at].iter().all(|other| other.shape != side.shape), "{}", side.id);
        }
    }
}
