//! `gainsay access`: which ways lead into a place on a day, and through whose hands.

use anyhow::Result;
use gainsay::ask::{self, Hand, WayIn};
use gainsay::network;

use super::{Context, join};
use crate::args::{self, Filters};
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 12] = [
    "place",
    "at",
    "known_by",
    "way",
    "name",
    "kind",
    "from",
    "state",
    "hands",
    "cut_by",
    "besieged_by",
    "deliveries",
];

/// The filters, with the place among them.
pub fn filters(typed: &args::Access) -> Filters {
    let mut filters = typed.filters.clone();
    filters.place.push(typed.into.clone());
    filters
}

/// Lists ways in.
pub fn run(context: &Context, job: &Job, typed: &args::Access) -> Result<()> {
    let gazetteer = &job.shelf.words().gazetteer;
    let network = match &typed.network {
        Some(file) => network::open(file, gazetteer)?,
        None => network::builtin(gazetteer)?,
    };
    let rows = ask::access(&job.weighed, &job.ask, &network, typed.at);
    let columns = [
        left("into", |row: &WayIn| row.place.clone()),
        left("way", |row| row.name.clone()),
        left("kind", |row| row.kind.as_str().to_owned()),
        left("from", |row| row.from.clone()),
        left("state", |row| row.state.as_str().to_owned()),
        left("through whose hands", |row| join(&row.hands.iter().map(hand).collect::<Vec<_>>())),
        left("cut by", |row| join(&row.cut_by)),
        right("aid came in", |row| row.deliveries.len().to_string()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}

fn hand(hand: &Hand) -> String {
    let who = if hand.holders.is_empty() { "–".to_owned() } else { hand.holders.join(" + ") };
    format!("{}: {who} ({})", hand.place, hand.state.as_str())
}
