//! The map: drawn from the gazetteer alone, once for wide and once for narrow paper.
//!
//! Equirectangular, fitted to the places concerned. Where places lie so close that their marks would cover each
//! other, they get a panel of their own, which the main one points at. Every mark is a link to the place's row.

mod cluster;
mod frame;
mod label;
mod legend;
mod outline;
mod panel;
mod spot;

use std::collections::BTreeSet;

use gainsay_model::HoldingState;

use super::doc::{Block, Section, aside, text};
use super::phrase;
use super::svg::num;
use super::view::View;
use cluster::{dense, near};
use frame::Frame;
use legend::{describe, legend};
use panel::Panel;
use spot::{Spot, spots};

/// Space between panels.
const GAP: f64 = 12.0;
/// Most panels beside the main one.
const INSETS: usize = 3;

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let spots = spots(view);
    let mut blocks = Vec::new();
    if spots.is_empty() {
        blocks.push(aside("No place with known coordinates is said to be held by anyone."));
    } else {
        let (wide, [left, outside]) = draw(&spots, Paper::WIDE);
        let (narrow, _) = draw(&spots, Paper::NARROW);
        let words = describe(view, &spots);
        let html = format!(
            "<div class=\"wide\">{}</div><div class=\"narrow\">{}</div>{}",
            svg(&wide, "w", &words),
            svg(&narrow, "n", &words),
            legend(&spots)
        );
        let mut notes = format!(
            "{words} Every mark leads to the place’s row under “Who holds what”, which says the same in words."
        );
        if left > 0 {
            notes.push_str(&format!(" {} found no room.", phrase::count(left, "name", "names")));
        }
        if outside > 0 {
            notes.push_str(&format!(
                " {} beyond its edges.",
                phrase::count(outside, "place lies", "places lie")
            ));
        }
        blocks.push(Block::Picture(html, vec![text(notes)]));
    }
    let without = view.controls.len()
        - view
            .controls
            .iter()
            .filter(|control| view.input.words.gazetteer.place(&control.place).is_some())
            .count();
    if without > 0 {
        let words = phrase::count(
            without,
            "place is not in the gazetteer and has",
            "places are not in the gazetteer and have",
        );
        blocks.push(aside(format!("{words} no point on the map.")));
    }
    Section { id: "map", title: "Who holds what, on the map", short: "map", blocks }
}

/// The size of the paper and of what is on it.
#[derive(Clone, Copy)]
struct Paper {
    width: f64,
    /// Height of a panel that takes the whole width.
    height: f64,
    /// Panels side by side.
    columns: usize,
    r: f64,
    size: f64,
    prefix: &'static str,
}

impl Paper {
    const WIDE: Paper = Paper { width: 960.0, height: 540.0, columns: 2, r: 7.0, size: 13.0, prefix: "w-" };
    /// Smaller marks and letters where there are many.
    fn for_spots(self, count: usize) -> Paper {
        let (r, size) = match count {
            ..=40 => (self.r, self.size),
            41..=120 => (5.5, 12.0),
            _ => (4.0, 11.0),
        };
        Paper { r, size, ..self }
    }

    const NARROW: Paper = Paper { width: 400.0, height: 400.0, columns: 1, r: 7.0, size: 13.0, prefix: "n-" };
}

/// A finished picture.
struct Picture {
    width: f64,
    height: f64,
    body: String,
}

/// Draws the panels: first the whole, then each cluster.
fn draw(spots: &[Spot], paper: Paper) -> (Picture, [usize; 2]) {
    let at = |spot: &Spot| (spot.lon, spot.lat);
    // Places of which nothing is known do not stretch the map.
    let told: Vec<&Spot> =
        spots.iter().filter(|spot| spot.state != HoldingState::Unknown || spot.besieged).collect();
    let told: Vec<&Spot> = if told.is_empty() { spots.iter().collect() } else { told };
    // Nor do places in another part of the world.
    let all: Vec<(f64, f64)> = told.iter().map(|spot| at(spot)).collect();
    let told: Vec<&Spot> =
        told.into_iter().zip(near(&all)).filter(|(_, near)| *near).map(|(spot, _)| spot).collect();
    let points: Vec<(f64, f64)> = told.iter().map(|spot| at(spot)).collect();
    let paper = paper.for_spots(told.len());
    let half = (paper.width - GAP) / 2.0;

    let fit = |width: f64| Frame::fit(&points, width, paper.height, 0.06);
    let found = |frame: &Frame| {
        let on_paper: Vec<(f64, f64)> = told.iter().map(|spot| frame.at(spot.lon, spot.lat)).collect();
        let mut found = dense(&on_paper, paper.r * 2.4, 3, frame.width.min(frame.height) * 0.4);
        found.truncate(INSETS);
        found
    };
    // One cluster beside the whole: two halves. More: the whole above, clusters in rows below.
    let mut main = fit(paper.width);
    let mut groups = found(&main);
    let halves = paper.columns == 2 && groups.len() % 2 == 1 && groups.len() < 3;
    if halves {
        main = fit(half);
        groups = found(&main);
        groups.truncate(1);
    }
    let mut inside: BTreeSet<&str> = BTreeSet::new();
    let mut insets: Vec<(char, [f64; 4])> = Vec::new();
    let mut panels: Vec<Panel> = Vec::new();
    let mut y = if halves || groups.is_empty() { 0.0 } else { paper.height + GAP };
    for (number, group) in groups.iter().enumerate() {
        let letter = char::from(b'A' + u8::try_from(number).unwrap_or(0));
        let points: Vec<(f64, f64)> = group.iter().map(|member| at(told[*member])).collect();
        let edge = |pick: fn(&(f64, f64)) -> f64, best: fn(f64, f64) -> f64| {
            points.iter().map(pick).reduce(best).unwrap_or(0.0)
        };
        insets.push((
            letter,
            [
                edge(|p| p.0, f64::min),
                edge(|p| p.1, f64::min),
                edge(|p| p.0, f64::max),
                edge(|p| p.1, f64::max),
            ],
        ));
        let last_alone = number + 1 == groups.len() && number % 2 == 0 && !halves;
        let (x, width, height) = match (halves, paper.columns) {
            (true, _) => (half + GAP, half, paper.height),
            (_, 2) if !last_alone => {
                (if number % 2 == 0 { 0.0 } else { half + GAP }, half, paper.height * 0.8)
            }
            _ => (0.0, paper.width, paper.height * 0.8),
        };
        let frame = Frame::fit(&points, width, height, 0.02);
        let seen = |spot: &&Spot| {
            let (x, y) = frame.at(spot.lon, spot.lat);
            frame.holds(x, y, paper.r * 2.0)
        };
        let members: Vec<&Spot> = spots.iter().filter(seen).collect();
        inside.extend(members.iter().map(|spot| spot.title.as_str()));
        let title = title(&members);
        panels.push(Panel {
            letter: Some((letter, title)),
            x,
            y,
            frame,
            spots: members,
            insets: Vec::new(),
            r: paper.r,
            size: paper.size,
        });
        if paper.columns == 1 || number % 2 == 1 || last_alone {
            y += height + GAP;
        }
    }
    // Places of which nothing is known are drawn where the map shows their spot anyway.
    let seen = |spot: &&Spot| {
        let (x, y) = main.at(spot.lon, spot.lat);
        main.holds(x, y, paper.r * 2.0) && !inside.contains(spot.title.as_str())
    };
    let main_spots: Vec<&Spot> = spots.iter().filter(seen).collect();
    panels.insert(
        0,
        Panel {
            letter: None,
            x: 0.0,
            y: 0.0,
            frame: main,
            spots: main_spots,
            insets,
            r: paper.r,
            size: paper.size,
        },
    );

    let height = panels.iter().map(|panel| panel.y + panel.frame.height).fold(0.0, f64::max);
    let (mut body, mut left) = (String::new(), 0);
    for (number, panel) in panels.iter().enumerate() {
        let (drawn, without) = panel.draw(&format!("{}{number}-", paper.prefix));
        body.push_str(&drawn);
        left += without;
    }
    let shown: BTreeSet<&str> =
        panels.iter().flat_map(|panel| panel.spots.iter().map(|spot| spot.title.as_str())).collect();
    let outside = spots.iter().filter(|spot| !shown.contains(spot.title.as_str())).count();
    (Picture { width: paper.width, height, body }, [left, outside])
}

/// What a panel is called: its greatest place.
fn title(spots: &[&Spot]) -> String {
    let greatest = spots.iter().min_by_key(|spot| (spot.size, spot.rank, spot.name.clone()));
    greatest.map_or(String::new(), |spot| format!("{} and around", spot.name))
}

fn svg(picture: &Picture, id: &str, words: &str) -> String {
    format!(
        "<svg class=\"map\" viewBox=\"0 0 {} {}\" role=\"group\" aria-labelledby=\"map-{id}\"><title id=\"map-{id}\">{}</title>{}</svg>",
        num(picture.width),
        num(picture.height),
        super::svg::escape(words),
        picture.body
    )
}
