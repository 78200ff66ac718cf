//! `gainsay disputes`: claims about one thing that cannot all be true.

use anyhow::Result;
use gainsay::ask;
use gainsay::model::{Dispute, Subject};

use super::{Context, join};
use crate::job::Job;
use crate::out::{self, left, right};

const FIELDS: [&str; 6] = ["id", "kind", "about", "sides", "spread", "revision"];

/// Lists disputes and revisions.
pub fn run(context: &Context, job: &Job) -> Result<()> {
    // A word may be a kind of dispute, a kind of claim, or both.
    let typed = &job.ask;
    let by_claim = ask::Ask { kind: typed.kind.filter(|_| job.dispute.is_none()), ..typed.clone() };
    let mut rows = ask::disputes(&job.weighed, &by_claim);
    rows.retain(|row| job.dispute.is_none_or(|kind| kind == row.kind));
    let columns = [
        left("kind", |row: &Dispute| {
            let revision = if row.revision { " (revision)" } else { "" };
            format!("{}{revision}", row.kind.as_str())
        }),
        left("about", |row| about(&row.about)),
        left("sides", sides),
        right("spread", |row| row.spread.map(|spread| format!("{spread:.1}")).unwrap_or_default()),
        left("id", |row| row.id.clone()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)
}

/// What a dispute is about, in a few words.
pub fn about(about: &Subject) -> String {
    let mut words: Vec<String> = Vec::new();
    words.extend(about.event.clone());
    words.extend(about.place.clone());
    words.extend(about.pair.as_ref().map(|[a, b]| format!("{a} and {b}")));
    words.extend(about.group.clone());
    words.extend(about.measure.map(|measure| measure.to_string()));
    join(&words)
}

fn sides(dispute: &Dispute) -> String {
    let side = |side: &gainsay::model::DisputeSide| format!("{} ({})", side.value, join(&side.roots));
    dispute.sides.iter().map(side).collect::<Vec<_>>().join(" / ")
}
