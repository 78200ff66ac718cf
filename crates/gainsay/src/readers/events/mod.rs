//! Other people's events as claims with their source: UCDP GED, ACLED, and any table with a map of its columns.
//!
//! Each row is a report of whoever publishes the table, and its bytes are kept; its text is a line for each of its fields.
//! What the row says are claims by a reader that is the table's codes alone, so that they are read the same by everybody.
//! Whom the row names as its source stands as the claim's source: a wire story that is told there again adds no voice.

mod acled;
mod ged;
mod laid;
mod mapped;
mod names;

#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use gainsay_intake::{EventRow, EventTable, event_table, events_in};
use gainsay_ledger::{Ledger, NewReport};
use gainsay_lexicon::Words;
use gainsay_model::{Claim, Report, Warning};
use jiff::Timestamp;
use rayon::prelude::*;

use crate::Error;
use crate::keep::Summary;
use laid::Laid;
pub use mapped::Map;

/// With what rows are taken in; weighing knows by it that their texts are no running text.
pub const TOOL: &str = concat!("gainsay-events ", env!("CARGO_PKG_VERSION"));

/// So many rows are read and written at a time.
const BATCH: usize = 1_000;

/// How a table's rows are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Table {
    /// UCDP's Georeferenced Event Dataset.
    Ged,
    /// ACLED's export.
    Acled,
    /// Another, by a map of its columns.
    Mapped(Box<Map>),
}

impl Table {
    /// What `--events` means: `ged`, `acled`, or the file of a map.
    ///
    /// # Errors
    /// When it is neither word and no map.
    pub fn named(written: &str) -> Result<Table, Error> {
        match written {
            "ged" => Ok(Table::Ged),
            "acled" => Ok(Table::Acled),
            path => Ok(Table::Mapped(Box::new(Map::open(&PathBuf::from(path))?))),
        }
    }

    /// What a file's columns tell; `None` where they tell nothing.
    pub fn of(path: &Path) -> Option<Table> {
        Some(match event_table(path)? {
            EventTable::Ged => Table::Ged,
            EventTable::Acled => Table::Acled,
        })
    }

    fn reader(&self) -> &'static str {
        match self {
            Table::Ged => ged::READER,
            Table::Acled => acled::READER,
            Table::Mapped(_) => mapped::READER,
        }
    }

    fn read(&self, row: &EventRow, lists: &Words) -> Result<(Report, Vec<Claim>), String> {
        let laid = Laid::of(row);
        let (report, claims) = match self {
            Table::Ged => ged::read(&laid, lists),
            Table::Acled => acled::read(&laid, lists),
            Table::Mapped(map) => mapped::read(&laid, map, lists),
        }?;
        let plain = report.id.len() <= 200 && !report.id.chars().any(|c| c.is_whitespace() || c.is_control());
        if !plain {
            return Err("its id is too long or holds blanks; mend it".to_owned());
        }
        Ok((report, claims))
    }
}

/// Takes the rows of a table into a ledger, batch by batch, each in one transaction. Rows that are there already change
/// nothing; what was told of to `progress` is on the disk.
///
/// # Errors
/// When the ledger cannot be read or written; batches that were written before stay.
pub fn take(
    ledger: &mut Ledger,
    (path, table): (&Path, &Table),
    (by, at): (&str, Timestamp),
    summary: &mut Summary,
    progress: &mut dyn FnMut(&Summary),
) -> Result<(), Error> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut failed: Option<Error> = None;
    let mut batch: Vec<EventRow> = Vec::new();
    let mut flush = |batch: &mut Vec<EventRow>, summary: &mut Summary| -> bool {
        let rows = std::mem::take(batch);
        match write(ledger, (path, &name, table), rows, (by, at), summary) {
            Ok(()) => progress(summary),
            Err(error) => failed = Some(error),
        }
        failed.is_none()
    };
    let read = events_in(path, &mut |row| {
        match row {
            Ok(row) => batch.push(row),
            Err(warning) => summary.refused.push(warning),
        }
        batch.len() < BATCH || flush(&mut batch, summary)
    });
    summary.refused.extend(read.err());
    if !batch.is_empty() {
        flush(&mut batch, summary);
    }
    failed.map_or(Ok(()), Err)
}

fn write(
    ledger: &mut Ledger,
    (path, name, table): (&Path, &str, &Table),
    rows: Vec<EventRow>,
    (by, at): (&str, Timestamp),
    summary: &mut Summary,
) -> Result<(), Error> {
    let lists = crate::words::of(ledger.path())?;
    let read: Vec<_> = rows.into_par_iter().map(|row| (table.read(&row, lists), row)).collect();
    let mut reports: Vec<NewReport> = Vec::with_capacity(read.len());
    for (read, row) in read {
        match read {
            Ok((report, claims)) => reports.push(NewReport {
                report,
                raw: row.raw,
                raw_name: format!("{name}:{}", row.line),
                tool: TOOL.to_owned(),
                reader: table.reader().to_owned(),
                claims,
                beside: Vec::new(),
                by: by.to_owned(),
                at,
            }),
            Err(message) => {
                let subject = path.display().to_string();
                summary.refused.push(Warning { subject, line: Some(row.line), message });
            }
        }
    }
    let result = ledger.add(&reports)?;
    let mut added = result.added.iter().peekable();
    for new in &reports {
        if added.next_if(|id| **id == new.report.id).is_some() {
            summary.claims += new.claims.len();
        }
    }
    summary.added += result.added.len();
    summary.unchanged += result.unchanged.len();
    summary.refused.extend(result.refused);
    // Rows of one wording are no copies of each other.
    summary.notes.extend(result.notes.into_iter().filter(|note| !note.message.contains("same text")));
    Ok(())
}
