//! What the map shows in words, and what its marks mean.

use std::collections::BTreeSet;

use gainsay_model::HoldingState;

use super::super::phrase;
use super::super::sides::SIDES;
use super::super::svg::escape;
use super::super::view::View;
use super::spot::Spot;

/// The map in a sentence or two.
pub(super) fn describe(view: &View, spots: &[Spot]) -> String {
    let mut words = vec![format!("Who is said to hold what on {}.", phrase::day(view.input.to))];
    let count = |state: HoldingState| spots.iter().filter(|spot| spot.state == state).count();
    let mut parts = Vec::new();
    for side in SIDES {
        let held = spots
            .iter()
            .filter(|spot| spot.sides == [side.id] && spot.state != HoldingState::Contested)
            .count();
        if held > 0 {
            parts.push(format!("{} {held}", side.label));
        }
    }
    for (state, label) in [(HoldingState::Contested, "contested"), (HoldingState::Unknown, "not known")] {
        if count(state) > 0 {
            parts.push(format!("{label} {}", count(state)));
        }
    }
    words.push(format!("Of {}: {}.", phrase::count(spots.len(), "place", "places"), parts.join(", ")));
    words.join(" ")
}

/// What the marks mean: the sides on this map, then the ways a mark is filled.
pub(super) fn legend(spots: &[Spot]) -> String {
    let shown: BTreeSet<&str> = spots.iter().flat_map(|spot| spot.sides.iter().copied()).collect();
    let sample = |sides: Vec<&'static str>, state: HoldingState, disputed: bool, besieged: bool| Spot {
        anchor: None,
        name: String::new(),
        title: String::new(),
        lon: 0.0,
        lat: 0.0,
        sides,
        state,
        disputed,
        besieged,
        area: false,
        rank: 0,
        size: 0,
    };
    let mut rows: Vec<(Spot, &str)> = Vec::new();
    for side in SIDES.iter().filter(|side| shown.contains(side.id)) {
        rows.push((sample(vec![side.id], HoldingState::Held, false, false), side.label));
    }
    let first = SIDES.iter().find(|side| shown.contains(side.id)).map_or("other", |side| side.id);
    let has = |test: &dyn Fn(&Spot) -> bool| spots.iter().any(test);
    let several: Vec<&'static str> =
        spots.iter().find(|spot| spot.sides.len() > 1).map_or(vec![], |spot| spot.sides.clone());
    if has(&|spot| spot.state == HoldingState::Claimed) {
        rows.push((
            sample(vec![first], HoldingState::Claimed, false, false),
            "Outline only: claimed, on one voice or one side’s word",
        ));
    }
    if !several.is_empty() {
        rows.push((
            sample(several, HoldingState::Contested, false, false),
            "Striped in two colours: contested",
        ));
    }
    if has(&|spot| spot.disputed && spot.sides.len() == 1) {
        rows.push((
            sample(vec![first], HoldingState::Held, true, false),
            "Hatched: sources contradict each other",
        ));
    }
    if has(&|spot| spot.besieged) {
        rows.push((sample(vec![first], HoldingState::Held, false, true), "Dotted ring: besieged"));
    }
    if has(&|spot| spot.state == HoldingState::Unknown) {
        rows.push((sample(vec![], HoldingState::Unknown, false, false), "Grey: nobody says who holds it"));
    }
    let mut out = String::from("<ul class=\"legend\">");
    for (at, (spot, label)) in rows.iter().enumerate() {
        let prefix = format!("l{at}-");
        let definition = spot
            .definition(&prefix)
            .map(|(_, pattern)| format!("<defs>{pattern}</defs>"))
            .unwrap_or_default();
        out.push_str(&format!(
            "<li><svg viewBox=\"-13 -13 26 26\" aria-hidden=\"true\">{definition}{}</svg>{}</li>",
            spot.mark(7.0, &prefix),
            escape(label)
        ));
    }
    out.push_str("</ul>");
    out
}
