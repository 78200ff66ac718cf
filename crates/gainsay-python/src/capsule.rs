//! Arrow's C structs in Python's capsules (the Arrow PyCapsule interface): the one place with unsafe code.
//!
//! Given out, a capsule owns the struct, and the struct's own `release` frees the buffers, whoever runs it: a consumer
//! that moved the struct out has set `release` to null, and then dropping the capsule frees nothing.
//!
//! Taken in, a struct is moved out of the capsule of whoever made it, `release` set to null there. That what it points
//! to is as Arrow demands is the maker's promise, as it is between any two libraries that speak this interface; that
//! the capsule is of the right kind is checked by its name. Texts and offsets are then checked once more, since what
//! works upon them counts on it.
#![allow(unsafe_code)]

use std::ffi::CStr;
use std::sync::Arc;

use arrow_array::ffi::{FFI_ArrowArray, FFI_ArrowSchema, from_ffi};
use arrow_array::ffi_stream::{ArrayStreamReader, FFI_ArrowArrayStream};
use arrow_array::{Array, ArrayReader, ArrayRef, RecordBatchReader, make_array, new_empty_array};
use arrow_schema::{ArrowError, Field, FieldRef, Schema};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};

use crate::error::Fault;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// A schema, for `__arrow_c_schema__`.
pub(crate) fn of_schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let given = FFI_ArrowSchema::try_from(schema).map_err(|error| Fault::Own(error.to_string()))?;
    PyCapsule::new_with_value(py, given, SCHEMA)
}

/// Batches to come, for `__arrow_c_stream__`.
pub(crate) fn of_stream(
    py: Python<'_>,
    batches: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'_, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(batches), STREAM)
}

/// Arrays of one type, as somebody hands them over.
pub(crate) struct Arrays {
    /// Of which type; a table's rows are structs.
    pub(crate) field: FieldRef,
    /// One after another.
    pub(crate) arrays: Box<dyn Iterator<Item = Result<ArrayRef, Fault>> + Send>,
}

/// What an object gives by `__arrow_c_stream__` or `__arrow_c_array__`; `None` where it has neither.
///
/// # Errors
/// What these methods raise; capsules of another kind, used before, or damaged within.
pub(crate) fn take(object: &Bound<'_, PyAny>) -> PyResult<Option<Arrays>> {
    if object.hasattr("__arrow_c_stream__")? {
        let given = object.call_method0("__arrow_c_stream__")?;
        return stream(given.cast::<PyCapsule>().map_err(|_| no_capsule("__arrow_c_stream__"))?).map(Some);
    }
    if object.hasattr("__arrow_c_array__")? {
        let given = object.call_method0("__arrow_c_array__")?;
        let pair = given.cast::<PyTuple>().map_err(|_| no_capsule("__arrow_c_array__"))?;
        let (schema, array) = (pair.get_item(0)?, pair.get_item(1)?);
        let schema = schema.cast::<PyCapsule>().map_err(|_| no_capsule("__arrow_c_array__"))?;
        let array = array.cast::<PyCapsule>().map_err(|_| no_capsule("__arrow_c_array__"))?;
        return one(schema, array).map(Some);
    }
    Ok(None)
}

fn stream(capsule: &Bound<'_, PyCapsule>) -> PyResult<Arrays> {
    let pointer = capsule.pointer_checked(Some(STREAM))?.cast::<FFI_ArrowArrayStream>();
    // SAFETY: a capsule of this name holds such a struct, by the interface, for as long as it lives, and it lives in
    // `capsule`; nobody else looks at it while we are attached. It is moved out, and an empty one left in its place.
    let reader = unsafe { ArrayStreamReader::from_raw(pointer.as_ptr()) };
    let reader = reader.map_err(|error| told(&error))?;
    let field = reader.field().clone();
    Ok(Arrays {
        field,
        arrays: Box::new(reader.map(|array| array.map_err(|error| told(&error)).and_then(checked))),
    })
}

fn one(schema: &Bound<'_, PyCapsule>, array: &Bound<'_, PyCapsule>) -> PyResult<Arrays> {
    let schema = schema.pointer_checked(Some(SCHEMA))?.cast::<FFI_ArrowSchema>();
    let array = array.pointer_checked(Some(ARRAY))?.cast::<FFI_ArrowArray>();
    // SAFETY: as in `stream`; the schema is only looked at, the array is moved out and an empty one left in its place.
    let (schema, array) = unsafe { (schema.as_ref(), FFI_ArrowArray::from_raw(array.as_ptr())) };
    if array.is_released() {
        return Err(Fault::Input("the Arrow array was used before; hand it over anew".to_owned()).into());
    }
    let field = Arc::new(Field::try_from(schema).map_err(|error| told(&error))?);
    // SAFETY: array and schema come from one call of `__arrow_c_array__`, so the one describes the other.
    let data = unsafe { from_ffi(array, schema) }.map_err(|error| told(&error))?;
    Ok(Arrays { field, arrays: Box::new(std::iter::once(checked(make_array(data)))) })
}

/// The same, with nothing left to chance in lists that hold nothing: Java's Arrow hands over offsets of empty columns that
/// nobody has written, and which nobody is to read.
fn whole(array: ArrayRef) -> Result<ArrayRef, Fault> {
    if array.is_empty() {
        return Ok(new_empty_array(array.data_type()));
    }
    let data = array.to_data();
    if data.child_data().is_empty() {
        return Ok(array);
    }
    let child = |child| whole(make_array(child)).map(|child| child.to_data());
    let children = data.child_data().iter().cloned().map(child).collect::<Result<Vec<_>, Fault>>()?;
    let data = data.into_builder().child_data(children).build().map_err(|error| told(&error))?;
    Ok(make_array(data))
}

/// What came from elsewhere, with texts that are UTF-8 and offsets that lie within.
fn checked(array: ArrayRef) -> Result<ArrayRef, Fault> {
    let array = whole(array)?;
    array.to_data().validate_full().map_err(|error| told(&error))?;
    Ok(array)
}

/// What another library says went wrong. Python's exceptions come through C as words, with all of their trace.
fn told(error: &ArrowError) -> Fault {
    const MOST: usize = 200;
    let said = error.to_string();
    if said.contains("KeyboardInterrupt") {
        return Fault::Interrupted;
    }
    let line = said.split_whitespace().collect::<Vec<&str>>().join(" ");
    let cut = line.chars().count().saturating_sub(MOST);
    let end: String = line.chars().skip(cut).collect();
    let dots = if cut > 0 { "…" } else { "" };
    Fault::Input(format!("the Arrow data cannot be taken in ({dots}{end})"))
}

fn no_capsule(method: &str) -> PyErr {
    Fault::Input(format!("{method} gave no Arrow capsule; look at the object's library")).into()
}
