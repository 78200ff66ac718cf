//! `gainsay actors`: who does things, and to whom they are done.

use anyhow::Result;
use gainsay::ask::{self, ActorLine};

use super::{Context, join, or_dash};
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 10] =
    ["id", "name", "kind", "side", "part_of", "history", "mentions", "as_actor", "as_target", "claims"];

/// Lists actors.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::actors(&job.weighed, job.shelf.words(), &job.ask);
    let columns = [
        left("name", |row: &ActorLine| row.name.clone()),
        left("kind", |row| row.kind.clone()),
        left("side", |row| row.side.clone()),
        left("part of", |row| or_dash(row.part_of.as_ref())),
        right("claims", |row| row.claims.to_string()),
        right("does", |row| row.as_actor.to_string()),
        right("done to", |row| row.as_target.to_string()),
        left("written", |row| join(&row.mentions.iter().collect::<Vec<_>>())),
        left("id", |row| row.id.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}
