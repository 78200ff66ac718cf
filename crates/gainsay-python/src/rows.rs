//! Rows as Python's own dicts, for those who have no library for tables.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::{DataType, FieldRef};
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList};

use crate::error::Fault;

/// All rows, in order.
///
/// # Errors
/// A column of a type that none of gainsay's tables has.
pub(crate) fn list<'py>(py: Python<'py>, batches: &[RecordBatch]) -> PyResult<Bound<'py, PyList>> {
    let date = py.import("datetime")?.getattr("date")?.getattr("fromordinal")?;
    let list = PyList::empty(py);
    for batch in batches {
        let schema = batch.schema();
        for row in 0..batch.num_rows() {
            list.append(dict(py, &date, schema.fields().iter().zip(batch.columns()), row)?)?;
        }
    }
    Ok(list)
}

fn dict<'py, 'a>(
    py: Python<'py>,
    date: &Bound<'py, PyAny>,
    parts: impl Iterator<Item = (&'a FieldRef, &'a arrow_array::ArrayRef)>,
    row: usize,
) -> PyResult<Bound<'py, PyDict>> {
    let dict = PyDict::new(py);
    for (field, array) in parts {
        dict.set_item(field.name(), cell(py, date, array.as_ref(), row)?)?;
    }
    Ok(dict)
}

fn cell<'py>(
    py: Python<'py>,
    date: &Bound<'py, PyAny>,
    array: &dyn Array,
    row: usize,
) -> PyResult<Bound<'py, PyAny>> {
    /// What Python calls 1970-01-01: the days since the first of January of the year 1.
    const EPOCH: i32 = 719_163;
    if array.is_null(row) {
        return Ok(py.None().into_bound(py));
    }
    match array.data_type() {
        DataType::Utf8 => {
            array.as_string::<i32>().value(row).into_pyobject(py).map(Bound::into_any).map_err(Into::into)
        }
        DataType::LargeUtf8 => {
            array.as_string::<i64>().value(row).into_pyobject(py).map(Bound::into_any).map_err(Into::into)
        }
        DataType::Utf8View => {
            array.as_string_view().value(row).into_pyobject(py).map(Bound::into_any).map_err(Into::into)
        }
        DataType::Int64 => Ok(array.as_primitive::<Int64Type>().value(row).into_pyobject(py)?.into_any()),
        DataType::Float64 => Ok(array.as_primitive::<Float64Type>().value(row).into_pyobject(py)?.into_any()),
        DataType::Boolean => Ok(array.as_boolean().value(row).into_pyobject(py)?.to_owned().into_any()),
        // Days before the year 1 are none in Python.
        DataType::Date32 => match array.as_primitive::<Date32Type>().value(row).saturating_add(EPOCH) {
            day @ 1.. => date.call1((day,)),
            _ => Ok(py.None().into_bound(py)),
        },
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            let list = PyList::empty(py);
            for at in 0..items.len() {
                list.append(cell(py, date, items.as_ref(), at)?)?;
            }
            Ok(list.into_any())
        }
        DataType::Struct(fields) => {
            Ok(dict(py, date, fields.iter().zip(array.as_struct().columns()), row)?.into_any())
        }
        other => Err(Fault::Input(format!("a column of {other} has no plain rows; use to_pyarrow()")).into()),
    }
}
