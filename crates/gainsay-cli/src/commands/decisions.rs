//! `gainsay decisions`: what people decided.

use anyhow::Result;
use gainsay::decide::{Decision, Entry, decided};

use super::{Context, or_dash};
use crate::Outcome;
use crate::out::{self, left, right};

const FIELDS: [&str; 18] = [
    "entry",
    "at",
    "by",
    "decision",
    "claim",
    "values",
    "a",
    "b",
    "source",
    "of",
    "slot",
    "mention",
    "id",
    "letter",
    "since",
    "undoes",
    "why",
    "undone_by",
];

/// Lists all decisions of the log, with those that were undone.
pub fn run(context: &Context) -> Result<Outcome> {
    let rows = decided(context.ledger)?;
    let columns = [
        right("entry", |row: &Entry| row.entry.to_string()),
        left("when", |row| row.at.clone()),
        left("by", |row| row.by.clone()),
        left("what", |row| what(&row.decision)),
        left("why", |row| row.why.clone()),
        right("undone by", |row| or_dash(row.undone_by)),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)?;
    Ok(Outcome::Done)
}

/// A decision as people read it.
pub fn what(decision: &Decision) -> String {
    match decision {
        Decision::Confirm { claim } => format!("{claim} confirmed"),
        Decision::Reject { claim } => format!("{claim} rejected"),
        Decision::Correct { claim, values } => {
            let values: Vec<String> = values
                .iter()
                .filter(|(field, _)| !field.ends_with("_id"))
                .map(|(field, value)| format!("{field}={value}"))
                .collect();
            format!("{claim} corrected: {}", values.join(" "))
        }
        Decision::Merge { a, b } => format!("{a} and {b} are one"),
        Decision::Split { a, b } => format!("{a} and {b} are two"),
        Decision::OneEvent { a, b } => format!("{a} and {b} are about one event"),
        Decision::TwoEvents { a, b } => format!("{a} and {b} are about two events"),
        Decision::Link { of, slot, mention, id } => format!("in {of} the {slot} “{mention}” is {id}"),
        Decision::Rate { source, letter, since } => {
            let since = since.map(|day| format!(" since {day}")).unwrap_or_default();
            format!("{source} is rated {letter}{since}")
        }
        Decision::Undo { entry } => format!("entry {entry} undone"),
    }
}
