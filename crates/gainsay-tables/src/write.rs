//! Record batches and Parquet files of rows: the same rows, the same bytes.

use std::io::Write;
use std::sync::Arc;

use arrow_array::{ArrayRef, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::OffsetBuffer;
use arrow_schema::{DataType, Field, Fields, SchemaRef};
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;

use crate::{Error, Table};

/// Most rows of one batch.
const BATCH_ROWS: usize = 1024;

/// Most bytes of one batch, unless a single row has more.
const BATCH_BYTES: usize = 16 << 20;

/// Most rows of a row group: what a reader takes up at once.
const GROUP_ROWS: usize = 65_536;

/// Most bytes of a row group, before compression: a writer holds so much.
const GROUP_BYTES: usize = 64 << 20;

/// Rows in pieces, each small enough for a batch, cut at the same places whatever came before; `size` says how many
/// bytes a row has, about.
pub fn pieces<T>(rows: &[T], size: impl Fn(&T) -> usize) -> impl Iterator<Item = &[T]> {
    let mut left = rows;
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fits = left.iter().take(BATCH_ROWS).take_while(|row| {
            bytes += size(row);
            bytes <= BATCH_BYTES
        });
        let count = fits.count().max(1);
        let (piece, rest) = left.split_at_checked(count)?;
        left = rest;
        Some(piece)
    })
}

/// Writes one Parquet file: zstd, row groups of at most 65,536 rows and about 64 MiB, the table's name and format in
/// its metadata. The same batches give the same bytes.
pub struct Writer<W: Write + Send> {
    inner: ArrowWriter<W>,
}

impl<W: Write + Send> Writer<W> {
    /// Begins a file with these columns in `sink`.
    ///
    /// # Errors
    /// When `sink` refuses the first bytes.
    pub fn new(sink: W, schema: SchemaRef) -> Result<Writer<W>, Error> {
        let metadata: Vec<KeyValue> =
            schema.metadata().iter().map(|(key, value)| KeyValue::new(key.clone(), value.clone())).collect();
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_max_row_group_row_count(Some(GROUP_ROWS))
            .set_max_row_group_bytes(Some(GROUP_BYTES))
            // Lists are called as the format's own text calls them, so that Spark and others find them.
            .set_coerce_types(true)
            .set_key_value_metadata(Some(metadata))
            .build();
        let inner = ArrowWriter::try_new(sink, schema, Some(properties)).map_err(fault)?;
        Ok(Writer { inner })
    }

    /// Writes the rows of a batch, which has the columns of the file.
    ///
    /// # Errors
    /// Other columns, or `sink` refuses.
    pub fn write(&mut self, batch: &RecordBatch) -> Result<(), Error> {
        self.inner.write(batch).map_err(fault)
    }

    /// Ends the file and hands `sink` back. A file that was not ended is none.
    ///
    /// # Errors
    /// When `sink` refuses the last bytes.
    pub fn finish(self) -> Result<W, Error> {
        self.inner.into_inner().map_err(fault)
    }
}

fn fault(error: parquet::errors::ParquetError) -> Error {
    Error::new("Parquet file", format!("could not be written ({error}); look at the disk and begin anew"))
}

/// Arrow counts the bytes of a column's texts with 31 bits.
pub(crate) fn fits(table: Table, bytes: usize) -> Result<(), Error> {
    let fault = || Error::new(table.as_str(), "more than 2 GiB in one batch; write it in pieces");
    (bytes <= i32::MAX as usize).then_some(()).ok_or_else(fault)
}

/// Columns of a table, put together.
pub(crate) fn of_columns(table: Table, columns: Vec<ArrayRef>) -> Result<RecordBatch, Error> {
    RecordBatch::try_new(table.schema(), columns)
        .map_err(|error| Error::new(table.as_str(), error.to_string()))
}

/// Lists that grow row by row.
#[derive(Default)]
pub(crate) struct Lists {
    lengths: Vec<usize>,
}

impl Lists {
    /// One more row, of so many items.
    pub(crate) fn row(&mut self, items: usize) {
        self.lengths.push(items);
    }

    /// The lists, with all their items.
    pub(crate) fn of(self, items: ArrayRef) -> ArrayRef {
        let field = Arc::new(Field::new("item", items.data_type().clone(), false));
        Arc::new(ListArray::new(field, OffsetBuffer::from_lengths(self.lengths), items, None))
    }

    /// The lists of rows with these parts, named and all there unless they may be null.
    pub(crate) fn of_rows(self, parts: Vec<(&str, bool, ArrayRef)>) -> ArrayRef {
        let field = |(name, nullable, array): &(&str, bool, ArrayRef)| {
            Field::new(*name, DataType::clone(array.data_type()), *nullable)
        };
        let fields: Fields = parts.iter().map(field).collect();
        let arrays = parts.into_iter().map(|(_, _, array)| array).collect();
        // Parts are made row by row beside each other, so they are of one length.
        self.of(Arc::new(StructArray::new(fields, arrays, None)))
    }

    /// Lists of texts.
    pub(crate) fn of_texts<'a, I: Iterator<Item = &'a str>>(rows: impl Iterator<Item = I>) -> ArrayRef {
        let mut lists = Lists::default();
        let mut items: Vec<&str> = Vec::new();
        for row in rows {
            let before = items.len();
            items.extend(row);
            lists.row(items.len() - before);
        }
        lists.of(Arc::new(StringArray::from(items)))
    }
}
