//! Displacement: totals as of a day, and movements within a span, never added to each other.

use super::doc::{Block, Fit, Row, Run, Section, Table, Tone, aside, chip, soft, strong, text};
use super::input::{Displaced, DisplacementKind};
use super::phrase;
use super::view::View;

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let mut blocks = Vec::new();
    for (kind, title) in [
        (DisplacementKind::Stock, "Totals, as they stood on a day"),
        (DisplacementKind::Flow, "Movements within a span"),
    ] {
        let mut series: Vec<&Displaced> =
            view.input.displacement.iter().filter(|one| one.kind == kind).collect();
        series.sort_by_key(|one| (one.to.or(one.from), one.from, &one.place, &one.root, one.low));
        if !series.is_empty() {
            let rows = series.into_iter().map(|one| row(view, one)).collect();
            blocks.push(Block::Table(Table {
                caption: vec![strong(title)],
                head: ["When", "How many", "Where", "Who says so"].map(String::from).to_vec(),
                rows,
                fits: vec![Fit::Tight, Fit::Words, Fit::Words, Fit::Words],
            }));
        }
    }
    if blocks.is_empty() {
        blocks.push(aside("No number of displaced people is reported."));
    }
    Section { id: "displacement", title: "Displacement", short: "displacement", blocks }
}

fn row(view: &View, one: &Displaced) -> Row {
    let when = match one.kind {
        DisplacementKind::Stock => one.to.or(one.from).map(phrase::day),
        DisplacementKind::Flow => phrase::span(one.from, one.to),
    };
    let range = phrase::range(one.low, one.high).unwrap_or_else(|| "number unknown".into());
    let mut many = vec![strong(range)];
    if !matches!(one.group.as_str(), "" | "all") {
        many.push(soft(format!(" {}", view.group(&one.group))));
    }
    many.extend([text(" "), view.cite(&one.claims)]);
    let place = if one.place.is_empty() { vec![soft("not said")] } else { view.places(&one.place) };
    let side = if one.side.is_empty() { view.names.side(&one.root) } else { one.side.clone() };
    let mut who = vec![Run::Side(side, view.names.who(&one.root))];
    if one.unverified {
        who.extend([text(" "), chip(Tone::Weak, "could not be confirmed")]);
    }
    Row {
        id: None,
        cells: vec![vec![when.map_or(soft("day not known"), text)], many, place, who],
        foot: false,
    }
}
