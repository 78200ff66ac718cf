//! A Parquet file of reports, a row each, a few at a time in memory; the columns are those of JSON lines.

use std::io::{BufRead, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};

use gainsay_tables::reports::{ReportRow, Rows, open, open_bytes};
use serde_json::{Map, Value};

use crate::batch::{Batch, stem};
use crate::fields::Fields;
use crate::formats::{Format, Reading};
use crate::handover::Handover;
use crate::limits::{MAX_FILE_BYTES, mebibytes};
use crate::source::Source;

/// A table of reports.
pub(crate) const FORMAT: Format = Format {
    name: "Parquet",
    extensions: &["parquet"],
    media: &["application/vnd.apache.parquet"],
    begins: |head| head.starts_with(b"PAR1"),
    read: Reading::Stream(read),
};

fn read(reader: &mut dyn BufRead, source: &Source, batch: &mut Batch) {
    let rows = match &source.path {
        Some(path) => guarded(|| open(path)),
        None => {
            // It is read from its end.
            let mut bytes = Vec::new();
            if let Err(error) = reader.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes) {
                return batch.failed(source, &error);
            }
            if bytes.len() as u64 > MAX_FILE_BYTES {
                let most = mebibytes(MAX_FILE_BYTES);
                let message =
                    "a Parquet file that is no file of its own (in an archive, or from a pipe) is read up to";
                return batch.warn(source, None, format!("{message} {most}; save it and give it by itself"));
            }
            guarded(|| open_bytes(bytes, &source.name))
        }
    };
    let mut rows = match rows {
        Ok(rows) => rows,
        Err(message) => return tell(source, batch, message),
    };
    let mut met = false;
    while let Some(row) = next(&mut rows) {
        met = true;
        match row {
            Ok(row) => hand(row, source, batch),
            Err(message) => return tell(source, batch, message),
        }
    }
    if !met {
        batch.warn(source, None, "the table holds no report; fill it or take it out");
    }
}

fn tell(source: &Source, batch: &mut Batch, message: String) {
    if !source.is_told_above() {
        batch.warn(source, None, message);
    }
}

/// The next row, or what is wrong.
fn next(rows: &mut Rows) -> Option<Result<ReportRow, String>> {
    let mut end = false;
    let row = guarded(|| match rows.next() {
        Some(row) => row,
        None => {
            end = true;
            Ok(ReportRow::default())
        }
    });
    (!end).then_some(row)
}

/// What a library gives that is large, and that files are made to break.
fn guarded<T>(work: impl FnOnce() -> Result<T, gainsay_tables::Error>) -> Result<T, String> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(done) => done.map_err(|error| error.message),
        Err(_) => Err("is a Parquet file that cannot be read; write it again".to_owned()),
    }
}

/// A row has no bytes of its own in the file: as its raw bytes, it is kept as a JSON line of its cells.
fn hand(row: ReportRow, source: &Source, batch: &mut Batch) {
    let ReportRow { row: number, id, text, published, publisher, author, title, url, language, guessed } =
        row;
    let fields = Fields { id, text, published, publisher, author, title, url, language, guessed };
    let cells = [
        ("id", &fields.id),
        ("text", &fields.text),
        ("published", &fields.published),
        ("publisher", &fields.publisher),
        ("author", &fields.author),
        ("title", &fields.title),
        ("url", &fields.url),
        ("language", &fields.language),
    ];
    let raw: Map<String, Value> = cells
        .into_iter()
        .filter_map(|(name, cell)| Some((name.to_owned(), Value::String(cell.clone()?))))
        .collect();
    let raw = Value::Object(raw).to_string();
    let spare = || format!("{}-{number}", stem(&source.name));
    let mut to = Handover { source, batch };
    to.give(fields, raw.as_bytes(), &number.to_string(), Some(number), spare);
}
