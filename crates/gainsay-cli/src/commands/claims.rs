//! `gainsay claims`: what is said, by whom, and where it was read.

use anyhow::Result;
use gainsay::ask::{self, ClaimLine};
use gainsay::model::{Filler, Status};
use gainsay::show;

use super::{Context, join, or_dash};
use crate::job::Job;
use crate::out::{self, left};

const FIELDS: [&str; 27] = [
    "id",
    "document",
    "report",
    "outlet",
    "published",
    "kind",
    "status",
    "actor",
    "target",
    "place",
    "time",
    "count",
    "source",
    "degree",
    "unverified",
    "roots",
    "sides",
    "event",
    "reader",
    "decided",
    "means",
    "evidence",
    "weighed",
    "beside",
    "differs",
    "readings",
    "private",
];

/// Lists claims.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::claims(job.shelf, &job.weighed, &job.ask);
    let columns = [
        left("said", |row: &ClaimLine| or_dash(row.published)),
        left("kind", kind),
        left("who → whom", parties),
        left("where", |row| names(&row.claim.place)),
        left("when", |row| row.claim.time.map(show::interval).unwrap_or_default()),
        left("how many", |row| row.claim.count.as_ref().map(show::count).unwrap_or_default()),
        left("by whose word", whose),
        left("id", |row| row.claim.id.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}

/// The voices behind it; of a claim that is not weighed, whose reading it is.
fn whose(row: &ClaimLine) -> String {
    match row.read.weighed {
        Some(false) => format!("not weighed: read by {}", row.claim.reader),
        _ => join(&row.roots),
    }
}

fn names(fillers: &[Filler]) -> String {
    join(&fillers.iter().map(Filler::name).collect::<Vec<_>>())
}

/// The kind, and the status where it is not simply said to be so.
fn kind(row: &ClaimLine) -> String {
    match row.claim.status {
        Status::Asserted => row.claim.kind.to_string(),
        status => format!("{} ({status})", row.claim.kind),
    }
}

fn parties(row: &ClaimLine) -> String {
    match (names(&row.claim.actor), names(&row.claim.target)) {
        (actors, targets) if targets.is_empty() => actors,
        (actors, targets) => format!("{actors} → {targets}").trim_start().to_owned(),
    }
}
