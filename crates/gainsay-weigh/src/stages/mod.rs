//! Weighing in stages, for archives that no one machine weighs: each stage looks only at rows that share a key.
//!
//! **Takes** rows of tables ([`Row`]): of the first, reports and claims; of the later, what earlier stages gave.
//! **Gives** rows of further tables, and of the last the claims as weighed, the events, and the event of each claim.
//! **Never** decides anything in another way than [`weigh`](crate::weigh()): both call the same functions, and the same
//! claims give the same entities, roots and events, however rows are spread.
//!
//! [`PLAN`] says in which order stages run and what brings rows together before each (Dean and Ghemawat 2004,
//! "MapReduce"): whoever runs it (Spark, or the test of this crate) needs to know nothing else. Disputes, offers, sources
//! and what people have decided are left to one machine.

mod plan;
mod rows;

use std::collections::BTreeMap;

use gainsay_model::{Claim, EntityId, Event};

pub use plan::{How, PLAN, Step};
pub(crate) use rows::{Carried, EventRow, Out, Piles, all, event_of, event_row, get, own, read, row};
pub use rows::{Row, StageError, Table};

use crate::corpus::{Names, ReportHead};
use crate::kept::Kept;
use crate::{events, link, roots};

/// What every task of a step is given beside its rows: the names that count as another.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    pub(crate) counts_as: BTreeMap<EntityId, EntityId>,
}

impl Beside {
    /// Of the rows of the table that [`Step::beside`] names.
    ///
    /// # Errors
    /// When a row is none of that table.
    pub fn of(rows: &[Row]) -> Result<Beside, StageError> {
        let one = |row: &Row| Ok((own(&row.key)?, rows::get(row)?));
        Ok(Beside { counts_as: rows.iter().map(one).collect::<Result<_, StageError>>()? })
    }
}

/// The row that a report is weighed by.
pub fn report_row(head: &ReportHead) -> Row {
    row(Table::Report, head.id.as_bytes(), head)
}

/// The row that a claim is weighed by.
pub fn claim_row(claim: &Claim) -> Row {
    row(Table::Claim, claim.document.as_bytes(), &Carried::new(claim))
}

/// The claim of a row of [`Table::Weighed`].
///
/// # Errors
/// When it is no such row.
pub fn weighed(row: &Row) -> Result<Kept, StageError> {
    rows::get(row)
}

/// The event of a row of [`Table::Events`].
///
/// # Errors
/// When it is no such row.
pub fn event(row: &Row) -> Result<Event, StageError> {
    rows::get(row).map(event_of)
}

/// Runs one step on rows of the tables it takes. Of every key that is among them all rows must be; of steps that take
/// all at once ([`How::All`]) all rows of all keys. The order of rows changes nothing.
///
/// # Errors
/// When the step is none that runs here, or a row is none of its table.
pub fn run(step: &str, names: &Names, beside: &Beside, mut rows: Vec<Row>) -> Result<Vec<Row>, StageError> {
    rows.sort_unstable();
    let (rows, mut out) = (&rows[..], Out::default());
    let to = &mut out;
    match step {
        "link" => link::staged::link(names, rows, to),
        "names" => link::staged::names(names, rows, to),
        "settle" => link::staged::settle(names, &beside.counts_as, rows, to),
        "one text" => roots::staged::one_text(rows, to),
        "sketches" => roots::staged::sketches(rows, to),
        "families" => roots::staged::families(rows, to),
        "near texts" => roots::staged::near_texts(rows, to),
        "passages" => roots::staged::passages(rows, to),
        "one wording" => roots::staged::one_wording(rows, to),
        "originals" => roots::staged::originals(rows, to),
        "voices" => roots::staged::voices(names, rows, to),
        "follow" => roots::staged::follow(rows, to),
        "tellings" => events::staged::tellings(names, rows, to),
        "lists" => events::staged::lists(names, rows, to),
        "neighbours" => events::staged::neighbours(names, rows, to),
        "first of pairs" => events::staged::first_of_pairs(rows, to),
        "links" => events::staged::links(names, rows, to),
        "components" => events::staged::components(rows, to),
        "join" => events::staged::join(names, rows, to),
        "denied places" => events::settled::denied_places(names, rows, to),
        "denied events" => events::settled::denied_events(names, rows, to),
        "denials" => events::settled::denials(rows, to),
        "repeats" => events::settled::repeats(rows, to),
        "gather" => events::settled::gather(names, rows, to),
        "totals" => events::settled::totals(rows, to),
        "build" => events::settled::build(names, rows, to),
        "parts" => events::settled::parts(names, rows, to),
        "number" => events::settled::number(rows, to),
        "wholes" => events::settled::wholes(rows, to),
        "finish" => events::settled::finish(rows, to),
        "claims" => events::settled::claims(rows, to),
        _ => Err(StageError::Step(step.into())),
    }?;
    Ok(out.rows())
}
