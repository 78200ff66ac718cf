//! Who holds what: before and at the end, since when, on what ground.

use std::collections::BTreeMap;

use gainsay_model::{Control, DisputeKind, HoldingState};

use super::doc::{Block, Fit, Line, Row, Run, Section, Table, Tone, aside, chip, soft, strong, text};
use super::phrase;
use super::view::View;

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let mut blocks = Vec::new();
    if view.controls.is_empty() {
        blocks.push(aside("Nobody is reported to hold a place."));
    } else {
        let words = "Silence changes nothing: a place stays with whoever was last said to hold it, and its age says \
                     how old that word is.";
        blocks.push(aside(words));
    }
    let before: BTreeMap<&str, &Control> =
        view.input.controls_before.iter().map(|control| (control.place.as_str(), control)).collect();
    let mut areas: Vec<(String, Vec<Row>)> = Vec::new();
    for control in &view.controls {
        let gazetteer = &view.input.words.gazetteer;
        let area = gazetteer.governorate(&control.place);
        let area = area.map_or("Elsewhere".to_string(), |area| view.names.who(&area.id));
        if areas.last().is_none_or(|(last, _)| *last != area) {
            areas.push((area, Vec::new()));
        }
        let rows = &mut areas.last_mut().expect("one was just pushed").1;
        rows.push(row(view, control, before.get(control.place.as_str()).copied()));
    }
    let day = phrase::day(view.input.to);
    for (area, rows) in areas {
        let mut head = vec!["Place".to_string()];
        if view.input.from.is_some() {
            head.push(format!("On {}", view.input.from.map(phrase::day).unwrap_or_default()));
        }
        head.extend([format!("On {day}"), "How sure".into(), "Since".into(), "Newest word".into()]);
        let mut fits = vec![Fit::Words; head.len()];
        let last = head.len();
        fits[last - 2..].fill(Fit::Tight);
        let caption = vec![strong(area), soft(format!(" · who holds what on {day}"))];
        blocks.push(Block::Table(Table { caption, head, rows, fits }));
    }
    Section { id: "holders", title: "Who holds what", short: "who holds what", blocks }
}

fn row(view: &View, control: &Control, before: Option<&Control>) -> Row {
    let place = view.input.words.gazetteer.place(&control.place);
    let named = place.is_none() && control.name != control.place && !control.name.trim().is_empty();
    let name = if named { view.names.text(&control.name, None) } else { view.names.place(&control.place) };
    let mut first = vec![strong(name)];
    if let Some(place) = place {
        first.push(soft(format!(" {}", place.kind.replace('-', " "))));
    }
    let mut cells = vec![first];
    if view.input.from.is_some() {
        let mut line = view.holder(before);
        if let Some(before) =
            before.filter(|before| !matches!(before.state, HoldingState::Unknown | HoldingState::Held))
        {
            line.extend([text(" "), view.state(before.state)]);
        }
        cells.push(line);
    }
    let mut now = view.holder(Some(control));
    if let Some(degree) = control.degree.filter(|degree| *degree == gainsay_model::Degree::Partial) {
        now.push(soft(format!(" ({})", degree.as_str())));
    }
    if let Some(outer) = &control.inherited_from {
        now.push(soft(format!(", as {}", view.names.who(outer))));
    }
    now.extend([text(" "), view.cite(&control.claims)]);
    cells.push(now);
    cells.push(sure(view, control));
    cells.push(vec![control.since.map_or(soft("–"), |since| text(phrase::day(since)))]);
    let age = control.age_days.filter(|_| control.state != HoldingState::Unknown);
    cells.push(vec![age.map_or(soft("–"), |age| text(self::age(age)))]);
    Row { id: view.place_anchor(&control.place), cells, foot: false }
}

/// The state, and a link to every dispute over the place.
fn sure(view: &View, control: &Control) -> Line {
    let mut line = vec![view.state(control.state)];
    for (dispute, anchor) in &view.disputes {
        let here = dispute.about.place.as_deref() == Some(control.place.as_str());
        if here && dispute.kind == DisputeKind::Holder && !dispute.revision {
            line.extend([
                text(" "),
                chip(Tone::Disputed, "disputed"),
                text(" "),
                Run::Goto(anchor.clone(), "both versions".into()),
            ]);
        }
    }
    line
}

/// "today", "3 days old".
fn age(days: i64) -> String {
    match days {
        ..=0 => "of that day".into(),
        days => format!("{} old", phrase::count(usize::try_from(days).unwrap_or(0), "day", "days")),
    }
}
