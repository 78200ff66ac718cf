//! `gainsay displacement`: figures of people who fled or are displaced, by voice; never added up.

use anyhow::Result;
use gainsay::{Flow, Point, ask, show};

use super::{Context, join, or_dash};
use crate::job::Job;
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

/// Lists figures.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::displacement(&job.weighed, &job.ask);
    let columns = [
        left("from", |row: &Point| or_dash(row.from)),
        left("to", |row| or_dash(row.to)),
        left("place", |row| join(&row.place)),
        left("what", |row| if row.what == Flow::Stock { "displaced" } else { "fled" }.to_owned()),
        right("people", |row| show::range(row.low, row.high)),
        left("group", |row| row.group.clone()),
        left("by whose word", |row| row.root.clone()),
        left("side", |row| row.side.clone()),
        right("claims", |row| row.claims.len().to_string()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}
