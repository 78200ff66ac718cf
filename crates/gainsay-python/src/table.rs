//! A table as Python holds it: record batches that every Arrow library can look at.

use std::fs::File;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arrow_array::{RecordBatch, RecordBatchIterator};
use arrow_ipc::reader::StreamReader;
use arrow_ipc::writer::StreamWriter;
use arrow_schema::{ArrowError, SchemaRef};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyCapsule, PyDict, PyList};

use crate::capsule;
use crate::error::Fault;
use crate::rows;
use crate::source::Source;

/// The columns of a table.
#[pyclass(frozen, module = "gainsay._gainsay")]
pub(crate) struct Schema {
    pub(crate) inner: SchemaRef,
}

#[pymethods]
impl Schema {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::of_schema(py, &self.inner)
    }

    #[getter]
    fn names(&self) -> Vec<String> {
        self.inner.fields().iter().map(|field| field.name().clone()).collect()
    }

    #[getter]
    fn metadata(&self) -> std::collections::BTreeMap<String, String> {
        self.inner.metadata().iter().map(|(key, value)| (key.clone(), value.clone())).collect()
    }

    fn __len__(&self) -> usize {
        self.inner.fields().len()
    }

    fn __eq__(&self, other: &Schema) -> bool {
        self.inner == other.inner
    }

    fn __repr__(&self) -> String {
        let field = |field: &Arc<arrow_schema::Field>| format!("{}: {}", field.name(), field.data_type());
        let lines: Vec<String> = self.inner.fields().iter().map(field).collect();
        format!("gainsay.Schema\n{}", lines.join("\n"))
    }
}

/// Rows and columns, as Arrow record batches.
#[pyclass(frozen, module = "gainsay._gainsay")]
pub(crate) struct Table {
    pub(crate) schema: SchemaRef,
    pub(crate) batches: Vec<RecordBatch>,
    warnings: Vec<String>,
}

impl Table {
    pub(crate) fn new(schema: SchemaRef, batches: Vec<RecordBatch>, warnings: Vec<String>) -> Table {
        Table { schema, batches, warnings }
    }

    fn ipc(&self) -> Result<Vec<u8>, ArrowError> {
        let mut writer = StreamWriter::try_new(Vec::new(), &self.schema)?;
        self.batches.iter().try_for_each(|batch| writer.write(batch))?;
        writer.into_inner()
    }

    fn parquet(&self, path: &Path) -> Result<(), Fault> {
        let fault =
            |error: std::io::Error| Fault::Input(format!("{}: cannot be written ({error})", path.display()));
        let beside = path.with_extension(format!("part-{}", std::process::id()));
        let written = File::create(&beside).map_err(fault).and_then(|file| {
            let mut writer = gainsay_tables::Writer::new(file, self.schema.clone())?;
            self.batches.iter().try_for_each(|batch| writer.write(batch))?;
            writer.finish()?.sync_all().map_err(fault)?;
            std::fs::rename(&beside, path).map_err(fault)
        });
        if written.is_err() {
            // There may be nothing to take away.
            let _ = std::fs::remove_file(&beside);
        }
        written
    }
}

/// A library that may be missing.
fn library<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyModule>> {
    let missing = |_| Fault::Input(format!("{name} is not installed; run `pip install {name}`"));
    Ok(py.import(name).map_err(missing)?)
}

/// What makes a pickled table anew: a function, and what to call it with.
type Pickled<'py> = (Bound<'py, PyAny>, (Bound<'py, PyBytes>, Vec<String>));

#[pymethods]
impl Table {
    /// Takes over any table of Arrow's; its buffers stay where they are.
    #[new]
    fn of(py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Table> {
        let source = Source::of_table(table)?;
        let schema = source.schema.clone();
        let batches = py.detach(|| source.batches.collect::<Result<Vec<RecordBatch>, Fault>>())?;
        Ok(Table { schema, batches, warnings: Vec::new() })
    }

    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Whoever asks for other types is free to convert; the interface allows to give what there is.
        let _ = requested_schema;
        let batches = self.batches.clone().into_iter().map(Ok);
        capsule::of_stream(py, Box::new(RecordBatchIterator::new(batches, self.schema.clone())))
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::of_schema(py, &self.schema)
    }

    fn __len__(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    #[getter]
    fn schema(&self) -> Schema {
        Schema { inner: self.schema.clone() }
    }

    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.clone()
    }

    #[getter]
    fn nbytes(&self) -> usize {
        self.batches.iter().map(RecordBatch::get_array_memory_size).sum()
    }

    /// The same table as pyarrow's, sharing its buffers.
    fn to_pyarrow<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        library(this.py(), "pyarrow")?.call_method1("table", (this,))
    }

    /// The same table as pandas'; nested columns become lists and dicts.
    #[pyo3(signature = (**options))]
    fn to_pandas<'py>(
        this: &Bound<'py, Self>,
        options: Option<&Bound<'py, PyDict>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        library(this.py(), "pandas")?;
        Table::to_pyarrow(this)?.call_method("to_pandas", (), options)
    }

    /// The same table as polars', sharing its buffers where polars can.
    fn to_polars<'py>(this: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        library(this.py(), "polars")?.call_method1("DataFrame", (this,))
    }

    /// The rows as dicts; needs no other library.
    fn to_pylist<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        rows::list(py, &self.batches)
    }

    /// Writes a Parquet file, whole or not at all; the same table gives the same bytes.
    fn write_parquet(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        Ok(py.detach(|| self.parquet(&path))?)
    }

    fn __repr__(&self) -> String {
        let what = self.schema.metadata().get("gainsay:table").map_or("", String::as_str);
        let names: Vec<&str> = self.schema.fields().iter().map(|field| field.name().as_str()).collect();
        let (rows, plural) = (self.__len__(), if self.__len__() == 1 { "" } else { "s" });
        format!("<gainsay.Table {what}: {rows} row{plural}; {}>", names.join(", ")).replace(" : ", ": ")
    }

    fn __reduce__<'py>(&self, py: Python<'py>) -> PyResult<Pickled<'py>> {
        let written = py.detach(|| self.ipc()).map_err(|error| Fault::Own(error.to_string()))?;
        let read = py.get_type::<Table>().getattr("_of_ipc")?;
        Ok((read, (PyBytes::new(py, &written), self.warnings.clone())))
    }

    /// The table that [`Table::__reduce__`] wrote.
    #[staticmethod]
    fn _of_ipc(py: Python<'_>, bytes: Vec<u8>, warnings: Vec<String>) -> PyResult<Table> {
        let read = py.detach(|| -> Result<Table, ArrowError> {
            let reader = StreamReader::try_new(Cursor::new(bytes), None)?;
            let schema = reader.schema();
            let batches = reader.collect::<Result<Vec<RecordBatch>, ArrowError>>()?;
            Ok(Table { schema, batches, warnings })
        });
        read.map_err(|error| Fault::Input(format!("no pickled table ({error})")).into())
    }
}
