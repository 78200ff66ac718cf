//! One panel of the map: land and water, marks, names, scale bar.

use std::collections::BTreeMap;

use super::super::svg::{escape, num};
use super::cluster::spread;
use super::frame::Frame;
use super::label::{Room, width};
use super::outline::{is_covered, outlines};
use super::spot::Spot;

/// What a panel shows.
pub(super) struct Panel<'s> {
    /// Letter and heading; none for the main panel.
    pub letter: Option<(char, String)>,
    /// Where it lies on the picture.
    pub x: f64,
    pub y: f64,
    /// The window.
    pub frame: Frame,
    /// The places whose marks it draws.
    pub spots: Vec<&'s Spot>,
    /// Other panels to point at: letter, the box of its places in degrees.
    pub insets: Vec<(char, [f64; 4])>,
    /// Radius of a mark.
    pub r: f64,
    /// Size of letters.
    pub size: f64,
}

impl Panel<'_> {
    /// The panel as a nested picture, and how many names found no room.
    pub(super) fn draw(&self, prefix: &str) -> (String, usize) {
        let frame = &self.frame;
        let (wide, high) = (num(frame.width), num(frame.height));
        let mut out = format!(
            "<svg x=\"{}\" y=\"{}\" width=\"{wide}\" height=\"{high}\" viewBox=\"0 0 {wide} {high}\" class=\"panel\">",
            num(self.x),
            num(self.y)
        );
        let covered = is_covered(frame);
        let ground = if covered { "sea" } else { "land" };
        out.push_str(&format!("<rect class=\"{ground}\" width=\"{wide}\" height=\"{high}\"/>"));
        for kind in ["border", "river", "lake"] {
            for outline in outlines().iter().filter(|outline| outline.kind == kind) {
                let path = outline.path(frame);
                if !path.is_empty() {
                    let class = if kind == "border" && covered { "border land" } else { kind };
                    out.push_str(&format!("<path class=\"{class}\" d=\"{path}\"/>"));
                }
            }
        }
        let mut room = Room::new(frame.width, frame.height);
        out.push_str(&self.furniture(&mut room));
        let (marks, left) = self.marks(&mut room, prefix);
        out.push_str(&self.names_of_land(&mut room));
        out.push_str(&marks);
        out.push_str(&format!(
            "<rect class=\"edge\" x=\".5\" y=\".5\" width=\"{}\" height=\"{}\"/>",
            num(frame.width - 1.0),
            num(frame.height - 1.0)
        ));
        out.push_str("</svg>");
        (out, left)
    }

    /// Scale bar, north, the letter, and the boxes of other panels.
    fn furniture(&self, room: &mut Room) -> String {
        let frame = &self.frame;
        let mut out = String::new();
        let (label, length) = frame.scale_bar();
        let (x, y) = (14.0, frame.height - 14.0);
        out.push_str(&format!(
            "<path class=\"scale\" d=\"M{0} {1}v4h{2}v-4\"/><text class=\"small\" x=\"{3}\" y=\"{4}\" text-anchor=\"middle\">{label}</text>",
            num(x), num(y - 4.0), num(length), num(x + length / 2.0), num(y - 7.0)
        ));
        room.take([x - 4.0, y - 9.0 - self.size, x + length.max(width(&label, self.size)) + 4.0, y + 4.0]);
        let (x, y) = (frame.width - 20.0, 16.0);
        out.push_str(&format!(
            "<path class=\"north\" d=\"M{0} {1}l5 13l-5 -3.4l-5 3.4z\"/><text class=\"small\" x=\"{0}\" y=\"{2}\" text-anchor=\"middle\">N</text>",
            num(x), num(y - 6.0), num(y + 19.0)
        ));
        room.take([x - 10.0, 4.0, x + 10.0, y + 24.0]);
        if let Some((letter, title)) = &self.letter {
            out.push_str(&format!(
                "<rect class=\"tag\" x=\"8\" y=\"8\" width=\"20\" height=\"20\" rx=\"3\"/><text class=\"letter\" x=\"18\" y=\"22.5\" text-anchor=\"middle\">{letter}</text>"
            ));
            out.push_str(&format!("<text class=\"title\" x=\"36\" y=\"22.5\">{}</text>", escape(title)));
            room.take([6.0, 6.0, 42.0 + width(title, self.size), 30.0]);
        }
        for (letter, [west, south, east, north]) in &self.insets {
            let ((left, top), (right, bottom)) = (frame.at(*west, *north), frame.at(*east, *south));
            let pad = self.r + 3.0;
            let [left, top, right, bottom] = [left - pad, top - pad, right + pad, bottom + pad];
            out.push_str(&format!(
                "<rect class=\"inset\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>",
                num(left),
                num(top),
                num(right - left),
                num(bottom - top)
            ));
            room.take([left, top, right, bottom]);
            let (x, y) = (right + 3.0, top);
            out.push_str(&format!(
                "<rect class=\"tag\" x=\"{}\" y=\"{}\" width=\"18\" height=\"18\" rx=\"3\"/><text class=\"letter\" x=\"{}\" y=\"{}\" text-anchor=\"middle\">{letter}</text>",
                num(x), num(y), num(x + 9.0), num(y + 13.5)
            ));
            room.take([x, y, x + 20.0, y + 20.0]);
        }
        out
    }

    /// Marks and their names, in one group; first of all the marks take their room.
    fn marks(&self, room: &mut Room, prefix: &str) -> (String, usize) {
        let mut points: Vec<(f64, f64)> =
            self.spots.iter().map(|spot| self.frame.at(spot.lon, spot.lat)).collect();
        let home = points.clone();
        spread(&mut points, self.r * 2.0 + 1.5, self.r * 3.0);
        let mut patterns: BTreeMap<String, String> = BTreeMap::new();
        for (spot, (x, y)) in self.spots.iter().zip(&points) {
            let r = self.r + if spot.besieged { 5.0 } else { 1.0 };
            room.take([x - r, y - r, x + r, y + r]);
            patterns.extend(spot.definition(prefix));
        }
        let mut out = String::from("<defs>");
        patterns.values().for_each(|pattern| out.push_str(pattern));
        out.push_str("</defs>");
        let (mut names, mut marks, mut left) = (String::new(), String::new(), 0);
        for (at, spot) in self.spots.iter().enumerate() {
            let (x, y) = points[at];
            let away = (x - home[at].0).abs() + (y - home[at].1).abs();
            if away > self.r {
                out.push_str(&format!(
                    "<path class=\"leader\" d=\"M{} {}L{} {}\"/>",
                    num(x),
                    num(y),
                    num(home[at].0),
                    num(home[at].1)
                ));
            }
            let r = self.r + if spot.besieged { 4.0 } else { 0.0 };
            match room.beside(&spot.name, self.size, x, y, r) {
                Some(placed) => names.push_str(&format!(
                    "<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
                    num(placed.x),
                    num(placed.y),
                    placed.anchor,
                    escape(&spot.name)
                )),
                None => left += 1,
            }
            // The weightiest is drawn last, on top.
            marks.insert_str(0, &spot.draw(x, y, self.r, prefix));
        }
        out.push_str(&format!(
            "<g class=\"names\" style=\"font-size:{}px\" aria-hidden=\"true\">{names}</g>{marks}",
            num(self.size)
        ));
        (out, left)
    }

    /// Names of countries, rivers and lakes, where there is room left.
    fn names_of_land(&self, room: &mut Room) -> String {
        let mut out = String::new();
        let mut done: Vec<&str> = Vec::new();
        for kind in ["border", "river", "lake"] {
            for outline in outlines().iter().filter(|outline| outline.kind == kind) {
                if done.contains(&outline.name.as_str()) {
                    continue;
                }
                // Within a town the country needs no name.
                if kind == "border" && self.letter.is_some() {
                    continue;
                }
                let Some(((x, y), share)) = outline.middle(&self.frame) else { continue };
                let least = if kind == "lake" { 0.004 } else { 0.06 };
                let (class, size, spacing, name) = match kind {
                    "border" => ("country", self.size * 0.95, self.size * 0.22, outline.name.to_uppercase()),
                    _ => ("water", self.size * 0.92, 0.0, outline.name.clone()),
                };
                if share < least || !self.frame.holds(x, y, 4.0) {
                    continue;
                }
                let y = if kind == "river" { y - size * 0.7 } else { y };
                if let Some(placed) = room.around(&name, size, spacing, x, y) {
                    done.push(&outline.name);
                    out.push_str(&format!(
                        "<text class=\"{class}\" x=\"{}\" y=\"{}\" text-anchor=\"{}\" style=\"font-size:{}px;letter-spacing:{}px\" aria-hidden=\"true\">{}</text>",
                        num(placed.x), num(placed.y), placed.anchor, num(size), num(spacing), escape(&name)
                    ));
                }
            }
        }
        out
    }
}
