//! `gainsay events`: what several claims are held to be about.

use anyhow::Result;
use gainsay::ask;
use gainsay::model::Event;
use gainsay::model::Toll;
use gainsay::show;

use super::{Context, join};
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 11] =
    ["id", "kind", "places", "time", "actors", "targets", "killed", "injured", "claims", "roots", "grade"];

/// Lists events.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::events(&job.weighed, &job.ask);
    let columns = [
        left("when", |row: &Event| show::interval(row.time)),
        left("kind", |row| row.kind.to_string()),
        left("place", |row| join(&row.place)),
        left("actors", |row| join(&row.actors)),
        left("targets", |row| join(&row.targets)),
        right("killed", |row| toll(&row.killed)),
        right("injured", |row| toll(&row.injured)),
        right("claims", |row| row.claims.len().to_string()),
        right("voices", |row| row.roots.len().to_string()),
        left("id", |row| row.id.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}

/// Low–best–high, or one number where they are one.
pub fn toll(toll: &Toll) -> String {
    low_best_high(toll.low, toll.best, toll.high)
}

/// As [`toll`], of its parts.
pub fn low_best_high(low: Option<u64>, best: Option<u64>, high: Option<u64>) -> String {
    let one = |count: Option<u64>| count.map_or_else(|| "?".to_owned(), |count| count.to_string());
    match (low, best, high) {
        (None, None, None) => String::new(),
        (low, best, high) if low == best && best == high => one(low),
        (low, None, high) => format!("{}–{}", one(low), one(high)),
        (low, best, high) => format!("{}–{}–{}", one(low), one(best), one(high)),
    }
}
