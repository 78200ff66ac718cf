//! Claims as a table, both ways: what goes in comes out the same.

mod columns;
mod rows;

use std::path::Path;

use arrow_array::RecordBatch;
use gainsay_model::{Claim, Warning};
use serde_json::{Value, json};

use crate::{Batches, Error};

pub use columns::{batch, size};

/// Columns that every table of claims has.
const NEEDED: &[&str] = &["document", "kind", "evidence"];

const COLUMNS: &[&str] = &[
    "id",
    "document",
    "kind",
    "evidence",
    "status",
    "actor",
    "target",
    "place",
    "time",
    "count",
    "source",
    "degree",
    "unverified",
    "means",
    "cut",
    "part_of",
    "reader",
    "grounds",
];

/// A claim's JSON line as a row of a table: a filler `[mention, name]`, whose id stands in a field beside it, becomes
/// `{mention, name, id}`. Other fields stay as they are.
pub fn row_of_line(mut line: Value) -> Value {
    let Value::Object(fields) = &mut line else { return line };
    for slot in ["actor", "target", "place", "source"] {
        let ids = fields.remove(&format!("{slot}_id")).unwrap_or_default();
        let Some(Value::Array(fillers)) = fields.get_mut(slot) else { continue };
        for (at, filler) in fillers.iter_mut().enumerate() {
            let id = ids.get(at).cloned().unwrap_or_default();
            let said = filler.get(0).unwrap_or(filler).clone();
            let name = filler.get(1).cloned().unwrap_or_default();
            *filler = json!({"mention": said, "name": name, "id": id});
        }
    }
    line
}

/// The claims of a batch, a warning in the place of each that cannot be one; rows are numbered from `first`, and
/// `subject` is what messages call the table.
///
/// A filler is `{mention, name, id}` or a text; what a row lacks is as in a JSON line that lacks it.
///
/// # Errors
/// A column that is needed and not there, or of another type: which one, and what to do.
pub fn rows(batch: &RecordBatch, subject: &str, first: usize) -> Result<Vec<Result<Claim, Warning>>, Error> {
    rows::rows(batch, subject, first)
}

/// The claims of a Parquet file, in order, a few at a time in memory. After an error nothing more comes.
pub struct Rows {
    batches: Batches,
    rows: std::vec::IntoIter<Result<Claim, Warning>>,
    next: usize,
}

/// Opens a Parquet file of claims.
///
/// # Errors
/// No such file, no Parquet, no column `document`, `kind` or `evidence`, made by a newer gainsay: what is wrong and
/// what to do.
pub fn open(path: &Path) -> Result<Rows, Error> {
    Rows::of(Batches::open(path, COLUMNS)?)
}

/// As [`open`], of a file that is held in memory; `name` is what messages call it.
///
/// # Errors
/// As [`open`].
pub fn open_bytes(bytes: Vec<u8>, name: &str) -> Result<Rows, Error> {
    Rows::of(Batches::of_bytes(bytes, name, COLUMNS)?)
}

impl Rows {
    fn of(batches: Batches) -> Result<Rows, Error> {
        rows::check(&batches.schema(), batches.name())?;
        Ok(Rows { batches, rows: Vec::new().into_iter(), next: 1 })
    }

    /// How many rows the file says it has.
    pub fn expected(&self) -> u64 {
        self.batches.expected_rows()
    }
}

impl Iterator for Rows {
    type Item = Result<Result<Claim, Warning>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(row) = self.rows.next() {
                return Some(Ok(row));
            }
            let rows = self.batches.next()?.and_then(|batch| rows(&batch, self.batches.name(), self.next));
            match rows {
                Ok(rows) => {
                    self.next += rows.len();
                    self.rows = rows.into_iter();
                }
                Err(error) => {
                    self.batches.close();
                    return Some(Err(error));
                }
            }
        }
    }
}
