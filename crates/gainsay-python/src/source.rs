//! What is handed over to be read: a table of reports, a column of texts, or a list of them.

use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::{ArrayRef, RecordBatch, RecordBatchOptions, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use gainsay::Words;
use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};

use crate::capsule::{self, Arrays};
use crate::error::Fault;

/// What messages call what was handed over.
pub(crate) const SUBJECT: &str = "reports";

/// Batches to be read.
pub(crate) struct Source {
    /// Their columns.
    pub(crate) schema: SchemaRef,
    /// One after another.
    pub(crate) batches: Box<dyn Iterator<Item = Result<RecordBatch, Fault>> + Send>,
    /// How many rows there are, where that is known before.
    pub(crate) length: Option<usize>,
}

impl Source {
    /// Of any object: a table, a column of texts, or a list of texts.
    ///
    /// # Errors
    /// When it is none of these: what it is, and what to give.
    pub(crate) fn of(object: &Bound<'_, PyAny>) -> PyResult<Source> {
        if let Ok(list) = object.cast::<PyList>() {
            let texts: ArrayRef = Arc::new(StringArray::from_iter(&list_of(list, "texts")?));
            let length = Some(texts.len());
            let column = Source::of_column(texts.data_type().clone(), Box::new(std::iter::once(Ok(texts))));
            return Ok(Source { length, ..column });
        }
        let Some(Arrays { field, arrays }) = capsule::take(object)? else {
            let kind = object.get_type().name()?.to_string();
            let what = format!(
                "{kind} cannot be read; give a list of texts, an Arrow column, or a table of reports"
            );
            return Err(Fault::Input(what).into());
        };
        Ok(match field.data_type() {
            DataType::Struct(_) => Source::of_rows(&field, arrays),
            other => Source::of_column(other.clone(), arrays),
        })
    }

    /// Of a table and nothing else.
    ///
    /// # Errors
    /// As [`Source::of`].
    pub(crate) fn of_table(object: &Bound<'_, PyAny>) -> PyResult<Source> {
        match capsule::take(object)? {
            Some(Arrays { field, arrays }) if matches!(field.data_type(), DataType::Struct(_)) => {
                Ok(Source::of_rows(&field, arrays))
            }
            _ => {
                let kind = object.get_type().name()?.to_string();
                let what = format!("{kind} is no Arrow table; give one of pyarrow, polars, pandas or DuckDB");
                Err(Fault::Input(what).into())
            }
        }
    }

    fn of_rows(field: &Field, arrays: Box<dyn Iterator<Item = Result<ArrayRef, Fault>> + Send>) -> Source {
        let fields = match field.data_type() {
            DataType::Struct(fields) => fields.clone(),
            _ => Default::default(),
        };
        let schema = Arc::new(Schema::new(fields).with_metadata(field.metadata().clone()));
        let of = schema.clone();
        let batch = move |array: ArrayRef| {
            let options = RecordBatchOptions::new().with_row_count(Some(array.len()));
            let columns = array.as_struct().columns().to_vec();
            RecordBatch::try_new_with_options(of.clone(), columns, &options)
                .map_err(|error| Fault::Input(format!("the Arrow table cannot be taken in ({error})")))
        };
        Source { schema, batches: Box::new(arrays.map(move |array| array.and_then(&batch))), length: None }
    }

    fn of_column(kind: DataType, arrays: Box<dyn Iterator<Item = Result<ArrayRef, Fault>> + Send>) -> Source {
        let schema = Arc::new(Schema::new(vec![Field::new("text", kind, true)]));
        let of = schema.clone();
        let batch = move |array: ArrayRef| {
            RecordBatch::try_new(of.clone(), vec![array])
                .map_err(|error| Fault::Input(format!("the Arrow column cannot be taken in ({error})")))
        };
        Source { schema, batches: Box::new(arrays.map(move |array| array.and_then(&batch))), length: None }
    }
}

/// The words to read by: gainsay's own, with the lists of a folder, or those beside a ledger.
///
/// # Errors
/// When there is no such folder or ledger, or a list is damaged.
pub(crate) fn words(of: Option<&Path>) -> Result<&'static Words, Fault> {
    let found = match of {
        None => return Ok(Words::builtin()),
        Some(folder) if folder.is_dir() => gainsay::words::in_folder(folder),
        Some(ledger) if ledger.is_file() => gainsay::words::of(ledger),
        Some(other) => {
            Err(gainsay::Error::input(format!("{}: no folder of lists, and no ledger", other.display())))
        }
    };
    found.map_err(|error| Fault::Input(error.to_string()))
}

/// What is given beside the texts, for one of a report's fields.
#[derive(Clone, Debug)]
pub(crate) enum Given {
    /// The same for all.
    All(String),
    /// One for each text, in order.
    Each(Vec<Option<String>>),
}

impl Given {
    /// One text for all, a list, or a column of Arrow's; `name` is the field's.
    ///
    /// # Errors
    /// When it is none of these.
    pub(crate) fn of(object: &Bound<'_, PyAny>, name: &str) -> PyResult<Given> {
        if let Ok(text) = object.cast::<PyString>() {
            return Ok(Given::All(text.to_string()));
        }
        if let Ok(list) = object.cast::<PyList>() {
            return Ok(Given::Each(list_of(list, name)?));
        }
        let Some(Arrays { arrays, .. }) = capsule::take(object)? else {
            let kind = object.get_type().name()?.to_string();
            let what = format!("{name} is {kind}; give one text for all, a list, or an Arrow column");
            return Err(Fault::Input(what).into());
        };
        let mut all = Vec::new();
        for array in arrays {
            all.extend(gainsay_tables::reports::cells(array?, name, SUBJECT).map_err(Fault::from)?);
        }
        Ok(Given::Each(all))
    }

    /// What is given for a row.
    pub(crate) fn at(&self, row: usize) -> Option<String> {
        match self {
            Given::All(text) => Some(text.clone()),
            Given::Each(texts) => texts.get(row).cloned().flatten(),
        }
    }

    /// For how many rows; `None` for any number.
    pub(crate) fn len(&self) -> Option<usize> {
        match self {
            Given::All(_) => None,
            Given::Each(texts) => Some(texts.len()),
        }
    }
}

/// A list of texts and `None`s.
fn list_of(list: &Bound<'_, PyList>, name: &str) -> PyResult<Vec<Option<String>>> {
    let mut texts = Vec::with_capacity(list.len());
    for (at, item) in list.iter().enumerate() {
        if item.is_none() {
            texts.push(None);
            continue;
        }
        let Ok(text) = item.cast::<PyString>() else {
            let kind = item.get_type().name()?.to_string();
            return Err(Fault::Input(format!("{name}[{at}] is {kind}; give text or None")).into());
        };
        // Half a surrogate pair is no Unicode; Python lets it stand.
        let Ok(text) = text.to_str() else {
            return Err(
                Fault::Input(format!("{name}[{at}] holds half a character; encode it as UTF-8")).into()
            );
        };
        texts.push(Some(text.to_owned()));
    }
    Ok(texts)
}
