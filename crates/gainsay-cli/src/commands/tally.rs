//! `gainsay tally`: counts by source and under a policy.

use anyhow::{Result, bail};
use gainsay::ask::{self, Ask};
use gainsay::model::{BySource, Measure, Policy, Tally, TallyScope};
use gainsay::show;

use super::events::low_best_high;
use super::{Context, join, left_out};
use crate::args;
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 9] = ["scope", "measure", "group", "policy", "low", "best", "high", "by_source", "rule"];

/// Lists tallies.
pub fn run(context: &Context, job: &Job, typed: &args::Tally) -> Result<()> {
    if let Some(id) = &typed.event
        && !job.weighed.events.iter().any(|event| event.id == *id)
    {
        bail!(gainsay::Error::input(format!("no event has the id `{id}`; `gainsay events` lists them")));
    }
    let policy = match typed.policy {
        args::Policy::Ucdp => Policy::Ucdp,
        args::Policy::BySource => Policy::BySource,
        args::Policy::Airwars => Policy::Airwars,
        args::Policy::Acled => Policy::Acled,
    };
    let asked = Ask { event: typed.event.clone(), ..job.ask.clone() };
    let rows = ask::tally(&job.weighed, &asked, policy, typed.measure, typed.group.as_deref());
    let columns = [
        left("where", |row: &Tally| scope(&row.scope)),
        left("measure", |row| row.measure.to_string()),
        left("group", |row| row.group.clone()),
        right("low–best–high", |row| low_best_high(row.low, row.best, row.high)),
        left("by whose word", |row| join(&row.by_source.iter().map(voice).collect::<Vec<_>>())),
        left("rule", |row| row.rule.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)?;
    left_out(context, &ask::left_out_of_tally(&job.weighed, &asked));
    Ok(())
}

fn scope(scope: &TallyScope) -> String {
    scope.event.as_ref().or(scope.place.as_ref()).cloned().unwrap_or_else(|| "everywhere".to_owned())
}

fn voice(voice: &BySource) -> String {
    let side = if voice.side.is_empty() { String::new() } else { format!(" ({})", voice.side) };
    format!("{}{side}: {}", voice.root, show::range(voice.low, voice.high))
}

/// What is counted, as it was typed.
///
/// # Errors
/// When nothing is counted so.
pub fn measure(text: &str) -> Result<Measure, String> {
    let known = || Measure::ALL.iter().map(|measure| measure.as_str()).collect::<Vec<_>>().join(", ");
    Measure::parse(text).ok_or_else(|| format!("one of {}", known()))
}
