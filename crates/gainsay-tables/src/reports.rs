//! Reports as a table, both ways.
//!
//! What is read is a [`ReportRow`]: the cells as they were written. Making a report of it, with ids where there are
//! none and days in all the ways in which people write them, is intake's work, and the same for every format.

use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, RecordBatch, StringArray};
use gainsay_model::{Date, Field, Report};

use crate::cells::{Column, Written, days_since_epoch};
use crate::write::{Lists, of_columns};
use crate::{Batches, Error, Table};

/// A report's row, as it was written: nothing trimmed, nothing guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportRow {
    /// Which row of the table it is, counted from 1.
    pub row: usize,
    /// Its id; numbers as text.
    pub id: Option<String>,
    /// The text.
    pub text: Option<String>,
    /// The day, where the column holds days or moments: ISO; else the text as it stands.
    pub published: Option<String>,
    /// The outlet.
    pub publisher: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// The language.
    pub language: Option<String>,
    /// Which fields were guessed, where the table is one of ours.
    pub guessed: Vec<Field>,
}

const COLUMNS: &[&str] =
    &["id", "text", "published", "publisher", "author", "title", "url", "language", "guessed"];

/// Reports as one batch. Hold to [`pieces`](crate::pieces) where there are many.
///
/// # Errors
/// Texts of more than 2 GiB in all.
pub fn batch(reports: &[Report]) -> Result<RecordBatch, Error> {
    crate::write::fits(Table::Reports, reports.iter().map(size).sum())?;
    let text = |of: fn(&Report) -> Option<&str>| -> ArrayRef {
        Arc::new(reports.iter().map(of).collect::<StringArray>())
    };
    let guessed = reports.iter().map(|report| report.guessed.iter().map(|field| word(*field)));
    let columns: Vec<ArrayRef> = vec![
        text(|report| Some(&report.id)),
        text(|report| Some(&report.text)),
        Arc::new(
            reports.iter().map(|report| report.published.map(days_since_epoch)).collect::<Date32Array>(),
        ),
        text(|report| report.publisher.as_deref()),
        text(|report| report.author.as_deref()),
        text(|report| report.title.as_deref()),
        text(|report| report.url.as_deref()),
        text(|report| report.language.as_deref()),
        Lists::of_texts(guessed),
    ];
    of_columns(Table::Reports, columns)
}

/// How many bytes of a table a report takes, about.
pub fn size(report: &Report) -> usize {
    let others = [&report.publisher, &report.author, &report.title, &report.url, &report.language];
    report.id.len()
        + report.text.len()
        + others.iter().filter_map(|field| field.as_ref()).map(String::len).sum::<usize>()
}

/// The rows of a batch, numbered from `first`; `subject` is what messages call the table.
///
/// # Errors
/// No column `text`, or a column of another type: which one, and what to do.
pub fn rows(batch: &RecordBatch, subject: &str, first: usize) -> Result<Vec<ReportRow>, Error> {
    let column = |name: &str| {
        let array = batch.column_by_name(name)?.clone();
        Some(Column { array, subject: subject.to_owned(), path: name.to_owned() })
    };
    let Some(texts) = column("text") else {
        return Err(Error::new(subject, missing(batch.schema_ref())));
    };
    let mut rows: Vec<ReportRow> = Vec::with_capacity(batch.num_rows());
    for (at, text) in texts.texts()?.into_iter().enumerate() {
        rows.push(ReportRow { row: first + at, text: text.map(str::to_owned), ..ReportRow::default() });
    }
    if let Some(column) = column("id") {
        rows.iter_mut().zip(column.ids()?).for_each(|(row, id)| row.id = id);
    }
    if let Some(column) = column("published") {
        rows.iter_mut().zip(column.days()?).for_each(|(row, day)| row.published = day.map(said));
    }
    type Of = fn(&mut ReportRow) -> &mut Option<String>;
    let others: [(&str, Of); 5] = [
        ("publisher", |row| &mut row.publisher),
        ("author", |row| &mut row.author),
        ("title", |row| &mut row.title),
        ("url", |row| &mut row.url),
        ("language", |row| &mut row.language),
    ];
    for (name, field) in others {
        let Some(column) = column(name) else { continue };
        for (row, text) in rows.iter_mut().zip(column.texts()?) {
            *field(row) = text.map(str::to_owned);
        }
    }
    if let Some(column) = column("guessed") {
        let (ranges, items) = column.lists()?;
        let items = items.texts()?;
        for (row, range) in rows.iter_mut().zip(ranges) {
            let words = range.map_or(&[][..], |range| &items[range]);
            row.guessed = words.iter().flatten().filter_map(|text| field(text)).collect();
        }
    }
    Ok(rows)
}

/// The cells of one column as the fields of a report called `name` are written: ids may be numbers, `published` may
/// hold days or moments, all else is text. `subject` is what messages call the table.
///
/// # Errors
/// A column of another type: which one, and what to do.
pub fn cells(array: ArrayRef, name: &str, subject: &str) -> Result<Vec<Option<String>>, Error> {
    let column = Column { array, subject: subject.to_owned(), path: name.to_owned() };
    match name {
        "id" => column.ids(),
        "published" => Ok(column.days()?.into_iter().map(|day| day.map(said)).collect()),
        _ => Ok(column.texts()?.into_iter().map(|text| text.map(str::to_owned)).collect()),
    }
}

fn said(written: Written<'_>) -> String {
    match written {
        Written::Day(day) => Date::to_string(&day),
        Written::OutOfBounds => "a day out of bounds".to_owned(),
        Written::Text(text) => text.to_owned(),
    }
}

fn missing(schema: &arrow_schema::Schema) -> String {
    let has: Vec<&str> = schema.fields().iter().take(8).map(|field| field.name().as_str()).collect();
    let known = "id, text, published, publisher, author, title, url, language";
    format!("no column \"text\" (there are: {}); name the columns {known}", has.join(", "))
}

fn word(field: Field) -> &'static str {
    match field {
        Field::Published => "published",
        Field::Publisher => "publisher",
        Field::Author => "author",
        Field::Title => "title",
        Field::Language => "language",
    }
}

fn field(text: &str) -> Option<Field> {
    [Field::Published, Field::Publisher, Field::Author, Field::Title, Field::Language]
        .into_iter()
        .find(|field| word(*field) == text)
}

/// The reports of a Parquet file, in order, a few at a time in memory. After an error nothing more comes.
pub struct Rows {
    batches: Batches,
    rows: std::vec::IntoIter<ReportRow>,
    next: usize,
}

/// Opens a Parquet file of reports.
///
/// # Errors
/// No such file, no Parquet, no column `text`: what is wrong and what to do.
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
        if batches.schema().column_with_name("text").is_none() {
            return Err(Error::new(batches.name(), missing(&batches.schema())));
        }
        Ok(Rows { batches, rows: Vec::new().into_iter(), next: 1 })
    }

    /// How many rows the file says it has.
    pub fn expected(&self) -> u64 {
        self.batches.expected_rows()
    }
}

impl Iterator for Rows {
    type Item = Result<ReportRow, Error>;

    fn next(&mut self) -> Option<Result<ReportRow, Error>> {
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
