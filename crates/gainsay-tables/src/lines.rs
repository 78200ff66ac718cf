//! Lines of any answer as a record batch: the fields of their JSON objects become the columns of that name.
//!
//! **Takes** a schema and things that are written as JSON objects.
//! **Gives** a record batch of these columns; a field without a column is left out, a column without a field is null,
//! and an object where a list of pairs is wanted (`{"aid": […]}`) becomes a row for each key.
//! **Never** turns one type into another: a number in a column of texts is an error.

use std::sync::Arc;

use arrow_array::{
    ArrayRef, BooleanArray, Date32Array, Float64Array, Int64Array, ListArray, RecordBatch,
    RecordBatchOptions, StringArray, StructArray,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, FieldRef, Fields, SchemaRef};
use serde::Serialize;
use serde_json::Value;

use crate::Error;
use crate::cells::{day_of, days_since_epoch};

/// Rows as one batch with the columns of `schema`, in their order.
///
/// # Errors
/// A row that is no object, or a field that is not of its column's type: which one.
pub fn batch<'a, T: Serialize + 'a>(
    schema: SchemaRef,
    rows: impl IntoIterator<Item = &'a T>,
) -> Result<RecordBatch, Error> {
    let values = rows.into_iter().map(serde_json::to_value).collect::<Result<Vec<Value>, _>>();
    let values = values.map_err(|error| Error::new("table", error.to_string()))?;
    if !values.iter().all(Value::is_object) {
        return Err(Error::new("table", "a row is no object"));
    }
    let columns = schema.fields().iter().map(|field| {
        let cells: Vec<Option<&Value>> = values.iter().map(|value| value.get(field.name())).collect();
        array(field, &cells, field.name())
    });
    let columns = columns.collect::<Result<Vec<ArrayRef>, Error>>()?;
    let options = RecordBatchOptions::new().with_row_count(Some(values.len()));
    RecordBatch::try_new_with_options(schema, columns, &options)
        .map_err(|error| Error::new("table", error.to_string()))
}

/// One column, or one part of a column, of the cells that belong there. `path` is what messages call it.
fn array(field: &Field, cells: &[Option<&Value>], path: &str) -> Result<ArrayRef, Error> {
    let cells: Vec<Option<&Value>> = cells.iter().map(|cell| cell.filter(|value| !value.is_null())).collect();
    // The value itself is not said: it may be a private person's name.
    let wrong = |value: &Value| {
        let what = match value {
            Value::Null => "nothing",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "a text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        Error::new(path, format!("{what} is no {}", field.data_type()))
    };
    macro_rules! each {
        ($of:expr) => {
            cells.iter().map(|cell| cell.map(|value| $of(value).ok_or_else(|| wrong(value))).transpose())
        };
    }
    Ok(match field.data_type() {
        DataType::Utf8 => {
            let texts = each!(Value::as_str).collect::<Result<Vec<Option<&str>>, Error>>()?;
            fits(path, texts.iter().flatten().map(|text| text.len()).sum())?;
            Arc::new(StringArray::from(texts))
        }
        DataType::Int64 => Arc::new(each!(Value::as_i64).collect::<Result<Int64Array, Error>>()?),
        DataType::Float64 => Arc::new(each!(Value::as_f64).collect::<Result<Float64Array, Error>>()?),
        DataType::Boolean => Arc::new(each!(Value::as_bool).collect::<Result<BooleanArray, Error>>()?),
        DataType::Date32 => {
            let day = |value: &Value| value.as_str().and_then(day_of).map(days_since_epoch);
            Arc::new(each!(day).collect::<Result<Date32Array, Error>>()?)
        }
        DataType::Struct(fields) => Arc::new(row(field, fields, &cells, path)?),
        DataType::List(item) => Arc::new(list(field, item, &cells, path, &wrong)?),
        other => return Err(Error::new(path, format!("columns of {other} are not written"))),
    })
}

/// Arrow counts the bytes of a column's texts, and the items of its lists, with 31 bits.
fn fits(path: &str, size: usize) -> Result<(), Error> {
    let most = i32::MAX as usize;
    let fault = || Error::new(path, "more than 2 GiB in one piece of a table; write it in smaller pieces");
    (size <= most).then_some(()).ok_or_else(fault)
}

fn row(field: &Field, fields: &Fields, cells: &[Option<&Value>], path: &str) -> Result<StructArray, Error> {
    let parts = fields.iter().map(|part| {
        let inner: Vec<Option<&Value>> =
            cells.iter().map(|cell| cell.and_then(|value| value.get(part.name()))).collect();
        // Below a row that is missing nothing is there, whatever the part demands.
        let part = part.as_ref().clone().with_nullable(part.is_nullable() || field.is_nullable());
        array(&part, &inner, &format!("{path}.{}", part.name()))
    });
    let parts = parts.collect::<Result<Vec<ArrayRef>, Error>>()?;
    let nulls = field.is_nullable().then(|| cells.iter().map(Option::is_some).collect::<NullBuffer>());
    StructArray::try_new_with_length(fields.clone(), parts, nulls, cells.len())
        .map_err(|error| Error::new(path, error.to_string()))
}

fn list(
    field: &Field,
    item: &FieldRef,
    cells: &[Option<&Value>],
    path: &str,
    wrong: &dyn Fn(&Value) -> Error,
) -> Result<ListArray, Error> {
    let mut lengths = Vec::with_capacity(cells.len());
    let mut inner: Vec<Option<&Value>> = Vec::new();
    let mut keys: Vec<Option<Value>> = Vec::new();
    for cell in cells {
        let before = inner.len();
        match cell {
            Some(Value::Array(items)) => inner.extend(items.iter().map(Some)),
            Some(Value::Object(entries)) => {
                keys.extend(entries.keys().map(|key| Some(Value::from(key.as_str()))));
                inner.extend(entries.values().map(Some));
            }
            Some(other) => return Err(wrong(other)),
            None => {}
        }
        lengths.push(inner.len() - before);
    }
    fits(path, inner.len())?;
    let of_pairs = match item.data_type() {
        DataType::Struct(fields) if fields.len() == 2 && keys.len() == inner.len() && !keys.is_empty() => {
            Some(fields)
        }
        _ => None,
    };
    let values: ArrayRef = match of_pairs {
        Some(fields) => {
            let keys: Vec<Option<&Value>> = keys.iter().map(Option::as_ref).collect();
            let parts = vec![array(&fields[0], &keys, path)?, array(&fields[1], &inner, path)?];
            let built = StructArray::try_new(fields.clone(), parts, None);
            Arc::new(built.map_err(|error| Error::new(path, error.to_string()))?)
        }
        None if !keys.is_empty() => return Err(Error::new(path, "an object where a list is wanted")),
        None => array(item, &inner, path)?,
    };
    let nulls = field.is_nullable().then(|| cells.iter().map(Option::is_some).collect::<NullBuffer>());
    ListArray::try_new(item.clone(), OffsetBuffer::from_lengths(lengths), values, nulls)
        .map_err(|error| Error::new(path, error.to_string()))
}
