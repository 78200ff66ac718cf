//! Sieges and access: who is cut off, by whom, from what, and what is said on aid.

use gainsay_model::{Claim, Kind, Siege};

use super::doc::{Block, Fit, Item, Row, Run, Section, Table, Tone, aside, chip, soft, strong, text};
use super::phrase;
use super::view::View;

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let mut blocks = Vec::new();
    let mut sieges: Vec<&Siege> = view.input.sieges.iter().collect();
    sieges.sort_by_key(|siege| (siege.from.is_none(), siege.from, &siege.place, &siege.besiegers));
    if sieges.is_empty() {
        blocks.push(aside("No siege is reported."));
    } else {
        blocks.push(Block::Table(Table {
            caption: vec![strong("Places and people said to be besieged")],
            head: ["Besieged", "By", "When", "Cut off"].map(String::from).to_vec(),
            rows: sieges.into_iter().map(|siege| row(view, siege)).collect(),
            fits: vec![Fit::Words; 4],
        }));
    }
    let access = access(view);
    if !access.is_empty() {
        blocks.push(Block::Sub("access".into(), "Aid and access".into()));
        blocks.push(Block::List("events", access));
    }
    Section { id: "sieges", title: "Sieges and access", short: "sieges", blocks }
}

fn row(view: &View, siege: &Siege) -> Row {
    let mut place = vec![view.place(&siege.place)];
    if let Some(target) = siege.target.as_deref().filter(|target| !target.trim().is_empty()) {
        place.push(soft(format!(" {}", view.names.text(target, None))));
    }
    let mut by = view.actors(&siege.besiegers);
    if by.is_empty() {
        by.push(soft("nobody named"));
    }
    if siege.disputed {
        by.extend([text(" "), chip(Tone::Disputed, "disputed")]);
    }
    let when = phrase::span(siege.from, siege.to);
    let when = when.map_or(soft("days not known"), text);
    let cut: Vec<&str> = siege.cut.iter().map(|cut| phrase::cut(*cut)).collect();
    let cut = if cut.is_empty() { soft("not said") } else { text(cut.join(", ")) };
    let mut last = vec![cut, text(" "), view.cite(&siege.claims)];
    let caution = view.caution(&siege.claims);
    last.extend(caution.into_iter().flat_map(|chip| [text(" "), chip]));
    Row { id: None, cells: vec![place, by, vec![when], last], foot: false }
}

/// Claims on aid and on what is blocked, by day.
fn access(view: &View) -> Vec<Item> {
    let about = |claim: &&&Claim| matches!(claim.kind, Kind::Aid | Kind::Obstruction | Kind::Need);
    let line = |claim: &&Claim| {
        let mut line = vec![Run::Symbol(claim.kind)];
        if let Some(days) = claim.time.and_then(|time| phrase::span(time.start, time.end)) {
            line.push(text(format!("{days}: ")));
        }
        line.extend(view.claim_line(claim));
        if !claim.cut.is_empty() {
            let cut: Vec<&str> = claim.cut.iter().map(|cut| phrase::cut(*cut)).collect();
            line.push(soft(format!(" · cut: {}", cut.join(", "))));
        }
        line.push(soft(" · said by "));
        line.extend(view.speaker(claim));
        let caution = view.caution(std::slice::from_ref(&claim.id));
        line.extend(caution.into_iter().flat_map(|chip| [text(" "), chip]));
        line.extend([text(" "), view.cite(std::slice::from_ref(&claim.id))]);
        Item { id: None, lines: vec![line] }
    };
    let mut claims: Vec<&&Claim> = view.claims.iter().filter(about).collect();
    claims.sort_by_key(|claim| claim.time.and_then(|time| time.start.or(time.end)));
    claims.into_iter().map(line).collect()
}
