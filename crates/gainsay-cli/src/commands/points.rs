//! Figures of people, by voice, as `displacement` and `needs` list them.

use anyhow::Result;
use gainsay::{Point, show};

use super::{Context, join, or_dash};
use crate::out::{self, left, right};

const FIELDS: [&str; 12] = [
    "place",
    "from",
    "to",
    "what",
    "low",
    "high",
    "group",
    "root",
    "side",
    "unverified",
    "claims",
    "measure",
];

/// Lists figures, a row each; `what` words what a figure counts.
pub fn list(context: &Context, rows: &[Point], what: fn(&Point) -> String) -> Result<()> {
    let columns = [
        left("from", |row: &Point| or_dash(row.from)),
        left("to", |row| or_dash(row.to)),
        left("place", |row| join(&row.place)),
        left("what", what),
        right("people", |row| show::range(row.low, row.high)),
        left("group", |row| row.group.clone()),
        left("by whose word", |row| row.root.clone()),
        left("side", |row| row.side.clone()),
        right("claims", |row| row.claims.len().to_string()),
    ];
    out::list(context.format, &columns, &FIELDS, rows)
}
