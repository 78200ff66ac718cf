//! `gainsay places`: where things are said to happen.

use anyhow::Result;
use gainsay::ask::{self, PlaceLine};

use super::{Context, join, or_dash};
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 9] = ["id", "name", "kind", "parent", "pcode", "lat", "lon", "mentions", "claims"];

/// Lists places.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::places(&job.weighed, job.shelf.words(), &job.ask);
    let columns = [
        left("name", |row: &PlaceLine| row.name.clone()),
        left("kind", |row| row.kind.clone()),
        left("in", |row| or_dash(row.parent.as_ref())),
        right("lat", |row| row.lat.map(|lat| format!("{lat:.4}")).unwrap_or_default()),
        right("lon", |row| row.lon.map(|lon| format!("{lon:.4}")).unwrap_or_default()),
        right("claims", |row| row.claims.to_string()),
        left("written", |row| join(&row.mentions.iter().collect::<Vec<_>>())),
        left("id", |row| row.id.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}
