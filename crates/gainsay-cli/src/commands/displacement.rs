//! `gainsay displacement`: figures of people who fled or are displaced, by voice; never added up.

use anyhow::Result;
use gainsay::{Flow, ask};

use super::{Context, points};
use crate::job::Job;

/// Lists figures.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    let rows = ask::displacement(&job.weighed, &job.ask);
    points::list(context, &rows, |row| if row.what == Flow::Stock { "displaced" } else { "fled" }.to_owned())
}
