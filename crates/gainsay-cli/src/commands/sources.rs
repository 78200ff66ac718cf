//! `gainsay sources`: whom they cite, who cites them, whose side they are on.

use anyhow::Result;
use gainsay::ask;
use gainsay::model::SourceView;

use super::{Context, join};
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 14] = [
    "id",
    "name",
    "kind",
    "side",
    "belongs_to",
    "cites",
    "cited_by",
    "reposts",
    "circular",
    "copies",
    "reports",
    "claims",
    "letter",
    "looks_like",
];

/// Lists sources.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::sources(&job.weighed, &job.ask);
    let columns = [
        left("name", |row: &SourceView| row.name.clone()),
        left("kind", |row| row.kind.clone()),
        left("side", |row| row.side.clone()),
        right("reports", |row| row.reports.to_string()),
        right("claims", |row| row.claims.to_string()),
        left("cites", |row| join(&row.cites)),
        left("cited by", |row| join(&row.cited_by)),
        left("reposts", |row| join(&row.reposts)),
        left("circular", |row| {
            row.circular.iter().map(|circle| circle.join(" → ")).collect::<Vec<_>>().join("; ")
        }),
        right("copies", |row| row.copies.len().to_string()),
        left("letter", |row| row.letter.clone()),
        left("looks like", |row| row.looks_like.clone().unwrap_or_default()),
        left("id", |row| row.id.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}
