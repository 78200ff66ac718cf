//! `gainsay control`: who holds which place on a day.

use anyhow::Result;
use gainsay::ask::{self, HoldingPolicy};
use gainsay::model::Control;

use super::{Context, join, left_out, or_dash};
use crate::args;
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 12] = [
    "place",
    "name",
    "at",
    "known_by",
    "according_to",
    "state",
    "holders",
    "degree",
    "since",
    "age_days",
    "inherited_from",
    "claims",
];

/// Lists places with their holders.
pub fn run(context: &Context, job: &Job, typed: &args::Control) -> Result<()> {
    let policy = match typed.policy {
        args::Hands::Voices => HoldingPolicy::Voices,
        args::Hands::Acled => HoldingPolicy::Acled,
    };
    let rows = ask::control_by(&job.weighed, &job.ask, typed.at, policy);
    let columns = [
        left("place", |row: &Control| row.name.clone()),
        left("state", |row| row.state.as_str().to_owned()),
        left("holders", |row| join(&row.holders)),
        left("degree", |row| or_dash(row.degree)),
        left("since", |row| or_dash(row.since)),
        right("age (days)", |row| or_dash(row.age_days)),
        left("as part of", |row| or_dash(row.inherited_from.as_ref())),
        right("claims", |row| row.claims.len().to_string()),
        left("id", |row| row.place.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)?;
    left_out(context, &ask::left_out_of_control(&job.weighed, &job.ask));
    Ok(())
}
