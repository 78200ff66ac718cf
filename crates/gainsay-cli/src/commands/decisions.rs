//! `gainsay decisions`: what people decided.

use anyhow::Result;
use gainsay::decide::{self, Answer, Decision, Entry, Proposal};

use super::{Context, or_dash};
use crate::Outcome;
use crate::out::{self, left, right};

const FIELDS: [&str; 20] = [
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
    "proposal",
    "proposed_by",
];

const PROPOSED: [&str; 9] =
    ["entry", "at", "by", "decisions", "why", "state", "answered_by", "answered_at", "answer"];

/// Lists all decisions of the log, with those that were undone.
pub fn run(context: &Context) -> Result<Outcome> {
    let rows = decide::decided(context.ledger)?;
    let columns = [
        right("entry", |row: &Entry| row.entry.to_string()),
        left("when", |row| row.at.clone()),
        left("by", |row| match &row.proposed_by {
            Some(other) => format!("{other}, {}", row.by),
            None => row.by.clone(),
        }),
        left("what", |row| what(&row.decision)),
        left("why", |row| row.why.clone()),
        right("undone by", |row| or_dash(row.undone_by)),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)?;
    let waiting = decide::proposals(context.ledger)?;
    let waiting = waiting.iter().filter(|proposal| proposal.state == Answer::Open).count();
    if waiting > 0 && !context.quiet {
        out::tell(&format!("{waiting} proposed and not decided; --proposed lists them"));
    }
    Ok(Outcome::Done)
}

/// Lists all that was proposed, with what became of it.
pub fn proposed(context: &Context) -> Result<Outcome> {
    let rows = decide::proposals(context.ledger)?;
    let columns = [
        right("entry", |row: &Proposal| row.entry.to_string()),
        left("when", |row| row.at.clone()),
        left("by", |row| row.by.clone()),
        left("what", |row| row.decisions.iter().map(what).collect::<Vec<_>>().join("\n")),
        left("why", |row| row.why.clone()),
        left("state", |row| match row.state {
            Answer::Open => "open".to_owned(),
            Answer::Agreed => format!("agreed by {}", or_dash(row.answered_by.as_deref())),
            Answer::Refused => format!("refused by {}", or_dash(row.answered_by.as_deref())),
        }),
    ];
    out::list(context.format, &columns, &PROPOSED, &rows)?;
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
