//! `gainsay ties`: how two actors stood to each other, and who says so.

use anyhow::Result;
use gainsay::ask;
use gainsay::model::{Tie, TieKind};

use super::{Context, join, or_dash};
use crate::args;
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 8] = ["a", "b", "tie", "from", "to", "according_to", "status", "claims"];

/// Lists ties.
pub fn run(context: &Context, job: &Job, typed: &args::Ties) -> Result<()> {
    let (a, b) = (job.actor(&typed.a)?, job.actor(&typed.b)?);
    let rows = ask::ties(&job.weighed, &job.ask, &a, &b);
    let columns = [
        left("from", |row: &Tie| or_dash(row.from)),
        left("to", |row| or_dash(row.to)),
        left("a", |row| row.a.clone()),
        left("tie", |row| tie(row.tie).to_owned()),
        left("b", |row| row.b.clone()),
        left("status", |row| row.status.to_string()),
        left("according to", |row| join(&row.according_to)),
        right("claims", |row| row.claims.len().to_string()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}

fn tie(tie: TieKind) -> &'static str {
    match tie {
        TieKind::Fight => "fight",
        TieKind::Cooperate => "cooperate",
        TieKind::Avoid => "avoid",
        TieKind::Truce => "truce",
        TieKind::Join => "join",
        TieKind::Split => "split",
    }
}
