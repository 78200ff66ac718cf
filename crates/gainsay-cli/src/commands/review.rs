//! `gainsay review`: what a person should look at first.

use anyhow::Result;
use gainsay::ask::{self, ReviewLine};

use super::{Context, join};
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 8] = ["what", "events", "score", "effect", "reasons", "claims", "roots", "settle"];

/// Lists so many things to look at, each with the commands that would settle it.
pub fn run(context: &Context, job: &Job, limit: usize) -> Result<()> {
    let mut rows = ask::review(job.shelf, &job.weighed, &job.ask);
    let all = rows.len();
    rows.truncate(limit);
    let columns = [
        left("what", |row: &ReviewLine| row.what.clone()),
        right("score", |row| row.score.to_string()),
        left("events", |row| row.events.join("\n")),
        left("would change", |row| row.effect.clone()),
        left("because", |row| row.reasons.join("\n")),
        left("voices", |row| join(&row.roots)),
        left("to settle", |row| row.settle.join("\n")),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)?;
    if all > limit && !context.quiet {
        out::tell(&format!("{} more; --limit shows them, --place, --from and --to narrow them", all - limit));
    }
    Ok(())
}
