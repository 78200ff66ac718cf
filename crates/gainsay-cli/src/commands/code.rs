//! `gainsay code`: one coded row a report, its main event, without a ledger.

use anyhow::Result;
use gainsay::{CodeRow, code};

use super::{Context, extract, or_dash};
use crate::Outcome;
use crate::args::Inputs;
use crate::out::{self, left, right};

const FIELDS: [&str; 5] = ["id", "admin1", "actor", "means", "killed"];

/// Prints a row a report.
pub fn run(context: &Context, typed: &Inputs) -> Result<Outcome> {
    let words = context.words()?;
    let mut rows: Vec<CodeRow> = Vec::new();
    let outcome = extract::each(context, typed, |read| {
        rows.push(code(&read.intake.report, &read.reading, words));
        Ok(())
    })?;
    let columns = [
        left("report", |row: &CodeRow| row.id.clone()),
        left("admin1", |row| or_dash(row.admin1.as_ref())),
        left("actor", |row| or_dash(row.actor.as_ref())),
        left("means", |row| or_dash(row.means.as_ref())),
        right("civilians", |row| row.killed.civilians.to_string()),
        right("combatants", |row| row.killed.combatants.to_string()),
        right("children", |row| row.killed.children.to_string()),
        right("women", |row| row.killed.women.to_string()),
    ];
    out::list(context.format, &columns, &FIELDS, &rows)?;
    Ok(outcome)
}
