//! What changed in the period: places, sieges, tolls, disputes, in short sentences.

use std::collections::BTreeMap;

use gainsay_model::{Date, DisputeKind, Holding, HoldingState, Siege};

use super::disputes;
use super::doc::{Block, Item, Line, Run, Section, join, soft, strong, text};
use super::phrase;
use super::view::View;

/// Builds the section.
pub(crate) fn section(view: &View) -> Section {
    let mut blocks = Vec::new();
    let (changed, first) = holdings(view);
    part(&mut blocks, "Places that changed hands", changed);
    if !first.is_empty() {
        blocks.push(Block::Sub("changes-first".into(), "Places heard of for the first time".into()));
        blocks.push(Block::List("plain", first));
    }
    part(&mut blocks, "New sieges", sieges(view));
    part(&mut blocks, "Tolls that were revised", revisions(view));
    part(&mut blocks, "What sources disagree on", disputed(view));
    if blocks.is_empty() {
        blocks.push(super::doc::aside("Nothing is reported to have changed in this period."));
    }
    Section { id: "changes", title: "What changed", short: "what changed", blocks }
}

fn part(blocks: &mut Vec<Block>, title: &str, items: Vec<Line>) {
    if items.is_empty() {
        return;
    }
    let id = format!("changes-{}", title.split(' ').next_back().unwrap_or_default());
    blocks.push(Block::Sub(id, title.into()));
    blocks.push(Block::List(
        "plain",
        items.into_iter().map(|line| Item { id: None, lines: vec![line] }).collect(),
    ));
}

/// Whether a day lies in the period.
fn within(view: &View, day: Date) -> bool {
    view.input.from.is_none_or(|from| from <= day) && day <= view.input.to
}

/// A place's id and one of its holdings.
type Place<'a> = (&'a str, &'a Holding);

/// Places that changed hands, and those of which nothing was known before, by holder.
fn holdings(view: &View) -> (Vec<Line>, Vec<Item>) {
    let mut by_place: BTreeMap<&str, Vec<&Holding>> = BTreeMap::new();
    for holding in view.input.holdings {
        by_place.entry(&holding.place).or_default().push(holding);
    }
    let before: BTreeMap<&str, HoldingState> =
        view.input.controls_before.iter().map(|control| (control.place.as_str(), control.state)).collect();
    let mut changed: Vec<(Date, &str, Line)> = Vec::new();
    let mut first: BTreeMap<(HoldingState, Vec<String>), Vec<Place>> = BTreeMap::new();
    for (place, mut holdings) in by_place {
        holdings.sort_by_key(|holding| holding.from);
        let mut last: Option<&Holding> = None;
        for holding in holdings {
            let known_before = before.get(place).is_some_and(|state| *state != HoldingState::Unknown);
            if within(view, holding.from) && holding.state != HoldingState::Unknown {
                match last {
                    Some(last) if last.holders != holding.holders || last.state != holding.state => {
                        changed.push((holding.from, place, change(view, Some(last), holding)));
                    }
                    None if known_before => changed.push((holding.from, place, change(view, None, holding))),
                    None => {
                        let key = (holding.state, holding.holders.clone());
                        first.entry(key).or_default().push((place, holding));
                    }
                    _ => {}
                }
            }
            if holding.state != HoldingState::Unknown {
                last = Some(holding);
            }
        }
    }
    changed.sort_by_key(|(day, place, _)| (*day, *place));
    let first = first.into_iter().map(|((state, holders), mut places)| {
        let mut line = view.actors(&holders);
        line.extend([text(" "), view.state(state), text(": ")]);
        places.sort_by_key(|(place, holding)| (holding.from, *place));
        let place = |(place, holding): &Place| {
            vec![
                view.place(place),
                soft(format!(" ({})", phrase::day(holding.from))),
                text(" "),
                view.cite(&holding.claims),
            ]
        };
        line.extend(join(places.iter().map(place).collect(), ", ", ", "));
        Item { id: None, lines: vec![line] }
    });
    (changed.into_iter().map(|(_, _, line)| line).collect(), first.collect())
}

/// One change of hands as a sentence.
fn change(view: &View, last: Option<&Holding>, now: &Holding) -> Line {
    let mut line: Line = vec![strong(phrase::day(now.from)), text(": ")];
    line.push(view.place(&now.place));
    let same = last.is_some_and(|last| last.holders == now.holders);
    match now.state {
        HoldingState::Contested => {
            line.push(text(" is contested between "));
            line.extend(view.actors(&now.holders));
        }
        HoldingState::Claimed => {
            line.push(text(if same {
                " is now only claimed by "
            } else {
                " is said, on one voice or one side’s word, to be with "
            }));
            line.extend(view.actors(&now.holders));
        }
        _ => {
            line.push(text(if same { " is now said by others too to be with " } else { " passes to " }));
            line.extend(view.actors(&now.holders));
        }
    }
    if let Some(degree) = now.degree.filter(|degree| *degree == gainsay_model::Degree::Partial) {
        line.push(soft(format!(" ({})", degree.as_str())));
    }
    if let Some(last) = last.filter(|_| !same) {
        line.push(soft("; before: "));
        line.extend(view.actors(&last.holders));
        if last.state != HoldingState::Held {
            line.extend([text(" "), view.state(last.state)]);
        }
    }
    line.extend([text(" "), view.cite(&now.claims)]);
    line
}

fn sieges(view: &View) -> Vec<Line> {
    let new = |siege: &&Siege| siege.from.is_some_and(|from| within(view, from));
    let mut sieges: Vec<&Siege> = view.input.sieges.iter().filter(new).collect();
    sieges.sort_by_key(|siege| (siege.from, &siege.place, &siege.besiegers));
    let sentence = |siege: &Siege| {
        let mut line = vec![strong(siege.from.map(phrase::day).unwrap_or_default()), text(": ")];
        line.push(view.place(&siege.place));
        if let Some(target) = &siege.target {
            line.push(soft(format!(" ({})", view.names.text(target, None))));
        }
        line.push(text(" comes under siege"));
        if !siege.besiegers.is_empty() {
            line.push(text(" by "));
            line.extend(view.actors(&siege.besiegers));
        }
        if siege.disputed {
            line.push(text("; by whom is disputed"));
        }
        line.extend([text(" "), view.cite(&siege.claims)]);
        line
    };
    sieges.into_iter().map(sentence).collect()
}

fn revisions(view: &View) -> Vec<Line> {
    let revised =
        view.disputes.iter().filter(|(dispute, _)| dispute.revision && dispute.kind == DisputeKind::Count);
    let sentence = |(dispute, anchor): &(&gainsay_model::Dispute, String)| {
        let mut sources: Vec<String> = dispute.sides.iter().flat_map(|side| side.sources.clone()).collect();
        sources.sort();
        sources.dedup();
        let values: Vec<Line> = dispute
            .sides
            .iter()
            .map(|side| vec![strong(view.value(&side.value)), text(" "), view.cite(&side.claims)])
            .collect();
        let mut line = vec![text(format!("{}: ", view.whos(&sources)))];
        line.extend(join(values, " → ", " → "));
        line.push(text(" "));
        line.extend(disputes::about(view, dispute));
        line.extend([text(" "), Run::Goto(anchor.clone(), "more".into())]);
        line
    };
    revised.map(sentence).collect()
}

fn disputed(view: &View) -> Vec<Line> {
    let open = view.disputes.iter().filter(|(dispute, _)| !dispute.revision);
    let sentence = |(dispute, anchor): &(&gainsay_model::Dispute, String)| {
        let mut line = vec![Run::Goto(anchor.clone(), phrase::dispute(dispute.kind).into()), text(": ")];
        line.extend(disputes::about(view, dispute));
        line.push(soft(" — "));
        let values: Vec<Line> =
            dispute.sides.iter().map(|side| vec![strong(view.value(&side.value))]).collect();
        line.extend(join(values, " / ", " / "));
        line
    };
    let all: Vec<Line> = open.map(sentence).collect();
    // The whole list has a section of its own; here are the widest.
    all.into_iter().take(8).collect()
}
