//! The map: drawn from the gazetteer alone, once for wide and once for narrow paper.
//!
//! Equirectangular, fitted to the places concerned. Where places lie so close that their marks would cover each
//! other, they get a panel of their own, which the main one points at. Every mark is a link to the place's row.

mod cluster;
mod frame;
mod label;
mod layout;
mod legend;
pub(crate) mod outline;
mod panel;
mod spot;

use std::collections::BTreeSet;

use gainsay_model::HoldingState;

use super::doc::{Block, Section, aside, text};
use super::phrase;
use super::svg::num;
use super::view::View;
use cluster::near;
use layout::{Paper, Point, Window, windows};
use legend::{describe, legend};
use panel::Panel;
use spot::{Spot, spots};

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

/// A finished picture.
struct Picture {
    width: f64,
    height: f64,
    body: String,
}

/// Draws the panels: first the whole, then each cluster. Gives also how many names and how many places are not on it.
fn draw(spots: &[Spot], paper: Paper) -> (Picture, [usize; 2]) {
    // Places of which nothing is known, or in another part of the world, do not stretch the map.
    let told: Vec<&Spot> =
        spots.iter().filter(|spot| spot.state != HoldingState::Unknown || spot.besieged).collect();
    let told: Vec<&Spot> = if told.is_empty() { spots.iter().collect() } else { told };
    let all: Vec<Point> = told.iter().map(|spot| (spot.lon, spot.lat)).collect();
    let points: Vec<Point> =
        all.iter().zip(near(&all)).filter(|(_, near)| *near).map(|(point, _)| *point).collect();
    let paper = paper.for_spots(points.len());
    let windows = windows(&points, &paper);

    let seen = |window: &Window, spot: &Spot| {
        let (x, y) = window.frame.at(spot.lon, spot.lat);
        window.frame.holds(x, y, paper.r * 2.0)
    };
    let children = |parent: usize| windows.iter().filter(move |window| window.parent == Some(parent));
    let (mut body, mut left) = (String::new(), 0);
    let mut shown: BTreeSet<&str> = BTreeSet::new();
    for (number, window) in windows.iter().enumerate() {
        // What a closer window shows is not drawn here.
        let here = |spot: &&Spot| seen(window, spot) && !children(number).any(|inner| seen(inner, spot));
        let members: Vec<&Spot> = spots.iter().filter(here).collect();
        let whole: Vec<&Spot> = spots.iter().filter(|spot| seen(window, spot)).collect();
        shown.extend(whole.iter().map(|spot| spot.title.as_str()));
        let panel = Panel {
            letter: window
                .letter
                .map(|letter| (letter, title(&whole, window.parent.is_some_and(|parent| parent > 0)))),
            x: window.x,
            y: window.y,
            frame: window.frame,
            spots: members,
            insets: children(number).filter_map(|inner| Some((inner.letter?, inner.bounds))).collect(),
            r: paper.r,
            size: paper.size,
        };
        let (drawn, without) = panel.draw(&format!("{}{number}-", paper.prefix));
        body.push_str(&drawn);
        left += without;
    }
    let height = windows.iter().map(|window| window.y + window.frame.height).fold(0.0, f64::max);
    let outside = spots.iter().filter(|spot| !shown.contains(spot.title.as_str())).count();
    (Picture { width: paper.width, height, body }, [left, outside])
}

/// What a panel is called: its greatest place.
fn title(spots: &[&Spot], closer: bool) -> String {
    let greatest = spots.iter().min_by_key(|spot| (spot.size, spot.rank, spot.name.clone()));
    greatest.map_or(String::new(), |spot| {
        format!("{}{}", spot.name, if closer { ", closer" } else { " and around" })
    })
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
