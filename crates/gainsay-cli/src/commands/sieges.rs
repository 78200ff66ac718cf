//! `gainsay sieges`: who is cut off, by whom, from when to when.

use anyhow::Result;
use gainsay::ask;
use gainsay::model::{Cut, Siege};

use super::{Context, join, or_dash};
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 10] =
    ["place", "target", "besiegers", "from", "to", "cut", "disputed", "claims", "evidence", "deliveries"];

/// Lists sieges.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::sieges(&job.weighed, &job.ask);
    let columns = [
        left("place", |row: &Siege| row.place.clone()),
        left("target", |row| or_dash(row.target.as_ref())),
        left("besiegers", |row| join(&row.besiegers)),
        left("from", |row| or_dash(row.from)),
        left("to", |row| or_dash(row.to)),
        left("cut", |row| join(&row.cut.iter().map(|cut: &Cut| cut.as_str()).collect::<Vec<_>>())),
        left("disputed", |row| if row.disputed { "yes" } else { "no" }.to_owned()),
        right("claims", |row| row.claims.len().to_string()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}
