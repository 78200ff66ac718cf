//! Parquet files, read a few rows at a time.

use std::collections::HashMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use arrow_array::RecordBatch;
use arrow_schema::{DataType, Field, FieldRef, Schema, SchemaRef};
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder,
};
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetMetaData};
use parquet::file::reader::ChunkReader;

use crate::{Error, footer};

/// Most rows of a batch.
const MOST_ROWS: i64 = 1024;

/// How many bytes a batch is to have, about, by what the file says of itself.
const BATCH_BYTES: i64 = 16 << 20;

/// The batches of a Parquet file, in order; only columns that were asked for. After an error nothing more comes.
pub struct Batches {
    name: String,
    schema: SchemaRef,
    rows: u64,
    reader: Option<ParquetRecordBatchReader>,
}

impl Batches {
    /// Opens a file for these columns, or for all where none are named; those that it lacks are not there.
    ///
    /// # Errors
    /// No such file, no Parquet, encrypted, damaged: what is wrong and what to do.
    pub fn open(path: &Path, columns: &[&str]) -> Result<Batches, Error> {
        let name = path.display().to_string();
        let fault = |error: std::io::Error| Error::new(&name, format!("cannot be opened ({error})"));
        let file = File::open(path).map_err(fault)?;
        if file.metadata().map_err(fault)?.is_dir() {
            return Err(Error::new(&name, "a folder, not a Parquet file; name the files in it"));
        }
        Batches::of(file, &name, columns)
    }

    /// As [`open`](Batches::open), of a file that is held in memory; `name` is what messages call it.
    ///
    /// # Errors
    /// As [`open`](Batches::open).
    pub fn of_bytes(bytes: Vec<u8>, name: &str, columns: &[&str]) -> Result<Batches, Error> {
        Batches::of(Bytes::from(bytes), name, columns)
    }

    fn of<R: ChunkReader + 'static>(file: R, name: &str, columns: &[&str]) -> Result<Batches, Error> {
        let fault = |error: ParquetError| Error::new(name, told(&error));
        let begun = guarded(name, || {
            if !is_cheap(&file) {
                return Err(Error::new(name, damaged("its footer tells of more than it holds")));
            }
            // Types as Parquet has them, whatever program wrote the file.
            let options = ArrowReaderOptions::new().with_skip_arrow_metadata(true);
            let found = ArrowReaderMetadata::load(&file, options).map_err(fault)?;
            placed(found.metadata())
                .ok_or_else(|| Error::new(name, damaged("its footer contradicts itself")))?;
            // One text that a million rows share stays one in memory.
            let shared = Schema::new(found.schema().fields().iter().map(viewed).collect::<Vec<FieldRef>>());
            let options = ArrowReaderOptions::new().with_schema(Arc::new(shared));
            let metadata = ArrowReaderMetadata::try_new(found.metadata().clone(), options).map_err(fault)?;
            let rows = u64::try_from(metadata.metadata().file_metadata().num_rows()).unwrap_or_default();
            let size = batch_rows(metadata.metadata());
            let builder =
                ParquetRecordBatchReaderBuilder::new_with_metadata(file, metadata).with_batch_size(size);
            let wanted = |field: &FieldRef| columns.is_empty() || columns.contains(&field.name().as_str());
            let roots: Vec<usize> = builder
                .schema()
                .fields()
                .iter()
                .enumerate()
                .filter(|(_, field)| wanted(field))
                .map(|(at, _)| at)
                .collect();
            let said = builder.metadata().file_metadata().key_value_metadata().into_iter().flatten();
            let said = said.filter(|pair| pair.key.starts_with("gainsay:"));
            let said = said.filter_map(|pair| Some((pair.key.clone(), pair.value.clone()?)));
            let said: HashMap<String, String> = said.collect();
            let schema = Arc::new(builder.schema().as_ref().clone().with_metadata(said));
            let mask = ProjectionMask::roots(builder.parquet_schema(), roots);
            let reader = builder.with_projection(mask).build().map_err(fault)?;
            Ok((schema, rows, reader))
        });
        let (schema, rows, reader) = begun?;
        Ok(Batches { name: name.to_owned(), schema, rows, reader: Some(reader) })
    }

    /// What messages call the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// All columns of the file, also those that were not asked for, and what of its metadata is ours.
    pub fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }

    /// How many rows the file says it has.
    pub fn expected_rows(&self) -> u64 {
        self.rows
    }

    /// Nothing more is read.
    pub(crate) fn close(&mut self) {
        self.reader = None;
    }
}

impl Iterator for Batches {
    type Item = Result<RecordBatch, Error>;

    fn next(&mut self) -> Option<Result<RecordBatch, Error>> {
        let reader = self.reader.as_mut()?;
        let next = guarded(&self.name, || {
            reader.next().transpose().map_err(|error| Error::new(&self.name, damaged(&error.to_string())))
        });
        let next = next.transpose();
        if !matches!(next, Some(Ok(_))) {
            self.reader = None;
        }
        next
    }
}

/// Whether the footer may be read; where there is none, the library says why.
fn is_cheap<R: ChunkReader>(file: &R) -> bool {
    // Its length, in four bytes, and `PAR1` end the file.
    let tail = file.len().checked_sub(8).and_then(|at| Some((at, file.get_bytes(at, 8).ok()?)));
    let Some((end, tail)) = tail.filter(|(_, tail)| tail.ends_with(b"PAR1")) else { return true };
    let length = u64::from(u32::from_le_bytes([tail[0], tail[1], tail[2], tail[3]]));
    let footer = end.checked_sub(length).and_then(|from| file.get_bytes(from, length as usize).ok());
    footer.is_none_or(|footer| footer::is_plain(&footer))
}

/// The library checks less of a damaged file than it might; where that makes it stop short, the file is at fault.
fn guarded<T>(name: &str, read: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    let fault = |_| Err(Error::new(name, damaged("its pages contradict each other")));
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(fault)
}

fn told(error: &ParquetError) -> String {
    let said = error.to_string();
    if said.contains("encrypt") {
        return "the Parquet file is encrypted; decrypt it first".to_owned();
    }
    format!("no Parquet file, or cut short ({said}); write it anew")
}

fn damaged(said: &str) -> String {
    if said.contains("Disabled feature") {
        let how = "write it with snappy, gzip, lz4 or zstd";
        return format!("the Parquet file is packed in a way that is not read; {how}");
    }
    format!("the Parquet file is damaged ({said}); rows before it were read, write it anew")
}

/// That the footer's places and sizes are none below 0: the library takes that for granted.
fn placed(metadata: &ParquetMetaData) -> Option<()> {
    let chunks = metadata.row_groups().iter().flat_map(|group| group.columns());
    let holds = |chunk: &ColumnChunkMetaData| {
        let start = chunk.dictionary_page_offset().unwrap_or_else(|| chunk.data_page_offset());
        start >= 0 && chunk.compressed_size() >= 0 && start.checked_add(chunk.compressed_size()).is_some()
    };
    chunks.into_iter().all(holds).then_some(())
}

/// How many rows to a batch, so that it holds [`BATCH_BYTES`], about.
fn batch_rows(metadata: &ParquetMetaData) -> usize {
    let row = |group: &parquet::file::metadata::RowGroupMetaData| {
        group.total_byte_size().max(0) / group.num_rows().max(1)
    };
    let largest = metadata.row_groups().iter().map(row).max().unwrap_or_default();
    usize::try_from((BATCH_BYTES / largest.max(1)).clamp(1, MOST_ROWS)).unwrap_or(1)
}

/// The same field, its texts as views.
fn viewed(field: &FieldRef) -> FieldRef {
    let of = |inner: &FieldRef| viewed(inner);
    let data_type = match field.data_type() {
        DataType::Utf8 | DataType::LargeUtf8 => DataType::Utf8View,
        DataType::Struct(fields) => DataType::Struct(fields.iter().map(of).collect()),
        DataType::List(item) => DataType::List(of(item)),
        DataType::LargeList(item) => DataType::LargeList(of(item)),
        other => other.clone(),
    };
    Arc::new(Field::new(field.name(), data_type, field.is_nullable()).with_metadata(field.metadata().clone()))
}
