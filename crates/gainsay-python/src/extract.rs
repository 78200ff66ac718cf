//! Texts to claims, batch by batch: read on all threads, handed over in order, little of it in memory.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, SchemaRef};
use gainsay::model::{Claim, Reading};
use gainsay::{Fields, Words};
use gainsay_tables::reports::ReportRow;
use gainsay_tables::{claims, pieces, reports};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use rayon::ThreadPool;
use rayon::prelude::*;

use crate::capsule;
use crate::error::Fault;
use crate::source::{Given, SUBJECT, Source, words};
use crate::table::Table;
use crate::wait::{pool, wait};

/// So many texts are read before what was found in them is handed over.
const AT_ONCE: usize = 512;

/// And about so many bytes of them: a row's share of its batch is taken for its size.
const AT_ONCE_BYTES: usize = 4 << 20;

/// So many warnings are kept in words; the others are counted.
const KEPT: usize = 1000;

/// The fields that may be given beside the texts.
const FIELDS: [&str; 7] = ["published", "publisher", "author", "title", "url", "id", "language"];

/// What was not read, and why.
#[derive(Default)]
struct Warnings {
    kept: Vec<String>,
    more: usize,
}

impl Warnings {
    fn add(&mut self, warning: String) {
        if self.kept.len() < KEPT { self.kept.push(warning) } else { self.more += 1 }
    }

    fn all(&self) -> Vec<String> {
        let more = (self.more > 0).then(|| format!("{SUBJECT}: {} more warnings were not kept", self.more));
        self.kept.iter().cloned().chain(more).collect()
    }
}

/// Reads batches to claims.
struct Reader {
    source: Source,
    given: Vec<(&'static str, Given)>,
    words: &'static Words,
    pool: Arc<ThreadPool>,
    /// What is left of the batch that came last.
    left: Option<RecordBatch>,
    done: VecDeque<RecordBatch>,
    /// How many rows came before.
    rows: usize,
    warnings: Arc<Mutex<Warnings>>,
    ended: bool,
}

impl Reader {
    fn of(
        source: &Bound<'_, PyAny>,
        given: &Bound<'_, PyDict>,
        threads: Option<usize>,
        by: Option<PathBuf>,
    ) -> PyResult<Reader> {
        let mut fields = Vec::new();
        for name in FIELDS {
            if let Some(value) = given.get_item(name)?.filter(|value| !value.is_none()) {
                fields.push((name, Given::of(&value, name)?));
            }
        }
        let words = source.py().detach(|| words(by.as_deref()))?;
        let source = Source::of(source)?;
        if let Some(length) = source.length {
            check_lengths(&fields, length, true)?;
        }
        if source.schema.column_with_name("text").is_none() {
            let batch = RecordBatch::new_empty(source.schema.clone());
            reports::rows(&batch, SUBJECT, 1).map_err(Fault::from)?;
        }
        Ok(Reader {
            source,
            given: fields,
            words,
            pool: pool(threads)?,
            left: None,
            done: VecDeque::new(),
            rows: 0,
            warnings: Arc::default(),
            ended: false,
        })
    }

    /// The next batch of claims, which may be an empty one; `None` at the end.
    fn next(&mut self, py: Python<'_>) -> PyResult<Option<RecordBatch>> {
        if let Some(batch) = self.done.pop_front() {
            return Ok(Some(batch));
        }
        if self.ended {
            return Ok(None);
        }
        // Whatever goes wrong below, nothing is read twice.
        self.ended = true;
        let Some(batch) = self.some(py)? else {
            check_lengths(&self.given, self.rows, true)?;
            return Ok(None);
        };
        let first = self.rows;
        self.rows += batch.num_rows();
        check_lengths(&self.given, self.rows, false)?;
        let mut rows = reports::rows(&batch, SUBJECT, first + 1).map_err(Fault::from)?;
        drop(batch);
        for (name, given) in &self.given {
            for row in &mut rows {
                let at = row.row - 1;
                let field = field(row, name);
                if field.is_none() {
                    *field = given.at(at);
                }
            }
        }
        let words = self.words;
        let read = wait(py, &self.pool, move |stop| read(rows, words, stop))?;
        let (claims, warnings) = read;
        let mut kept = self.warnings.lock().unwrap_or_else(PoisonError::into_inner);
        warnings.into_iter().for_each(|warning| kept.add(warning));
        drop(kept);
        for piece in pieces(&claims, claims::size) {
            self.done.push_back(claims::batch(piece).map_err(Fault::from)?);
        }
        self.ended = false;
        let empty = || RecordBatch::new_empty(gainsay_tables::Table::Claims.schema());
        Ok(Some(self.done.pop_front().unwrap_or_else(empty)))
    }

    /// The next rows to be read, few enough to hold.
    fn some(&mut self, py: Python<'_>) -> PyResult<Option<RecordBatch>> {
        while self.left.as_ref().is_none_or(|left| left.num_rows() == 0) {
            let source = &mut self.source.batches;
            let next = Mutex::new(source);
            let next = py.detach(|| next.lock().unwrap_or_else(PoisonError::into_inner).next());
            py.check_signals()?;
            match next {
                Some(batch) => self.left = Some(batch?),
                None => return Ok(None),
            }
        }
        let Some(left) = self.left.take() else { return Ok(None) };
        let row = (left.get_array_memory_size() / left.num_rows().max(1)).max(1);
        let many = (AT_ONCE_BYTES / row).clamp(1, AT_ONCE).min(left.num_rows());
        self.left = Some(left.slice(many, left.num_rows() - many));
        Ok(Some(left.slice(0, many)))
    }
}

/// That lists given beside the texts are as long as these: of so many rows, which are all or the first of them.
fn check_lengths(given: &[(&'static str, Given)], rows: usize, all: bool) -> Result<(), Fault> {
    let wrong = |length: usize| length < rows || all && length > rows;
    let Some((name, many)) =
        given.iter().find_map(|(name, given)| Some((name, given.len().filter(|many| wrong(*many))?)))
    else {
        return Ok(());
    };
    let rows = if all { rows.to_string() } else { format!("{rows} or more") };
    Err(Fault::Input(format!("{name} has {many} values for {rows} texts; give one for each, or one for all")))
}

fn field<'a>(row: &'a mut ReportRow, name: &str) -> &'a mut Option<String> {
    match name {
        "published" => &mut row.published,
        "publisher" => &mut row.publisher,
        "author" => &mut row.author,
        "title" => &mut row.title,
        "url" => &mut row.url,
        "language" => &mut row.language,
        _ => &mut row.id,
    }
}

/// Reads rows to claims, and says which could not be read.
fn read(rows: Vec<ReportRow>, words: &Words, stop: &AtomicBool) -> (Vec<Claim>, Vec<String>) {
    let one = |row: ReportRow| -> (Vec<Claim>, Vec<String>) {
        if stop.load(Ordering::Relaxed) {
            return (Vec::new(), Vec::new());
        }
        // Rows are counted from 0 in Python, as everything is there.
        let at = row.row - 1;
        let ReportRow { row: _, id, text, published, publisher, author, title, url, language, guessed } = row;
        let fields = Fields { id, text, published, publisher, author, title, url, language, guessed };
        match fields.seen(|| at.to_string()) {
            Ok((report, complaint)) => {
                let Reading { claims, warnings, .. } = gainsay::extract::read(&report, words);
                let warnings = warnings.into_iter().map(|warning| warning.message).chain(complaint);
                (claims, warnings.map(|message| format!("{SUBJECT}[{at}]: {message}")).collect())
            }
            Err(message) => (Vec::new(), vec![format!("{SUBJECT}[{at}]: {message}")]),
        }
    };
    let read: Vec<(Vec<Claim>, Vec<String>)> = rows.into_par_iter().map(one).collect();
    let (claims, warnings): (Vec<Vec<Claim>>, Vec<Vec<String>>) = read.into_iter().unzip();
    (claims.into_iter().flatten().collect(), warnings.into_iter().flatten().collect())
}

/// Claims of texts, all at once.
#[pyfunction]
#[pyo3(signature = (texts, given, threads = None, words = None))]
pub(crate) fn extract(
    py: Python<'_>,
    texts: &Bound<'_, PyAny>,
    given: &Bound<'_, PyDict>,
    threads: Option<usize>,
    words: Option<PathBuf>,
) -> PyResult<Table> {
    let mut reader = Reader::of(texts, given, threads, words)?;
    let mut batches = Vec::new();
    while let Some(batch) = reader.next(py)? {
        if batch.num_rows() > 0 {
            batches.push(batch);
        }
    }
    let warnings = reader.warnings.lock().unwrap_or_else(PoisonError::into_inner).all();
    Ok(Table::new(gainsay_tables::Table::Claims.schema(), batches, warnings))
}

/// Where the reader of some batches is.
enum State {
    /// Here.
    Idle(Box<Reader>),
    /// Reading, for another thread.
    Busy,
    /// With another library, which reads on.
    Gone,
}

/// Claims of texts, batch by batch.
#[pyclass(frozen, module = "gainsay._gainsay")]
pub(crate) struct Batches {
    // Never locked while anybody waits: whoever waits for the lock may hold the interpreter.
    state: Mutex<State>,
    warnings: Arc<Mutex<Warnings>>,
}

impl Batches {
    fn swap(&self, state: State) -> State {
        std::mem::replace(&mut *self.state.lock().unwrap_or_else(PoisonError::into_inner), state)
    }

    fn taken(&self, then: State) -> PyResult<Box<Reader>> {
        match self.swap(then) {
            State::Idle(reader) => Ok(reader),
            State::Busy => {
                self.swap(State::Busy);
                Err(Fault::Input("another thread reads these batches".to_owned()).into())
            }
            State::Gone => {
                self.swap(State::Gone);
                Err(Fault::Input("these batches were handed over already; extract anew".to_owned()).into())
            }
        }
    }
}

#[pymethods]
impl Batches {
    #[new]
    #[pyo3(signature = (texts, given, threads = None, words = None))]
    fn new(
        texts: &Bound<'_, PyAny>,
        given: &Bound<'_, PyDict>,
        threads: Option<usize>,
        words: Option<PathBuf>,
    ) -> PyResult<Batches> {
        let reader = Reader::of(texts, given, threads, words)?;
        Ok(Batches { warnings: reader.warnings.clone(), state: Mutex::new(State::Idle(Box::new(reader))) })
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Table>> {
        let mut reader = self.taken(State::Busy)?;
        let next = reader.next(py);
        self.swap(State::Idle(reader));
        let schema = gainsay_tables::Table::Claims.schema();
        Ok(next?.map(|batch| Table::new(schema, vec![batch], Vec::new())))
    }

    /// What was not read so far, and why.
    #[getter]
    fn warnings(&self) -> Vec<String> {
        self.warnings.lock().unwrap_or_else(PoisonError::into_inner).all()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::of_schema(py, &gainsay_tables::Table::Claims.schema())
    }

    /// Hands the rest over to another library, which reads on as it asks for more.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<&Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        capsule::of_stream(py, Box::new(Exported(*self.taken(State::Gone)?)))
    }
}

/// Batches that another library asks for.
struct Exported(Reader);

impl Iterator for Exported {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = Python::attach(|py| self.0.next(py).map_err(|error| error.to_string()));
        next.map_err(ArrowError::CDataInterface).transpose()
    }
}

impl RecordBatchReader for Exported {
    fn schema(&self) -> SchemaRef {
        gainsay_tables::Table::Claims.schema()
    }
}
