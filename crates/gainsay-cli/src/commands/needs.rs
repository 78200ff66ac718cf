//! `gainsay needs`: figures of people in need or under siege, by voice; never added up.

use anyhow::Result;
use gainsay::ask;

use super::{Context, points};
use crate::job::Job;

/// Lists figures.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::needs(&job.weighed, &job.ask);
    points::list(context, &rows, |row| row.measure.to_string().replace('_', " "))
}
