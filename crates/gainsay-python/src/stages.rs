//! Weighing in stages: tables of rows in, tables of rows out; whoever brings rows together runs elsewhere.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{BinaryType, ByteArrayType, LargeBinaryType};
use arrow_array::{Array, ArrayRef, BinaryArray, GenericByteArray, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema, SchemaRef};
use gainsay::Words;
use gainsay::shelf::Shelf;
use gainsay::stages::{self, Beside, How, PLAN, Row};
use gainsay_tables::lines;
use pyo3::prelude::*;
use serde::Serialize;

use crate::error::Fault;
use crate::ledger::{all_claims, all_reports};
use crate::source::Source;
use crate::table::Table;
use crate::wait::{pool, wait};

/// A step of the plan: its name, how its rows are brought together, the tables it takes and gives, and the one beside.
type PlanLine = (&'static str, &'static str, Vec<&'static str>, Vec<&'static str>, Option<&'static str>);

/// The steps of weighing, in their order.
#[pyfunction]
pub(crate) fn stage_plan() -> Vec<PlanLine> {
    let names = |tables: &[stages::Table]| tables.iter().map(|table| table.as_str()).collect();
    let line = |step: &stages::Step| {
        let how = match step.how {
            How::Group => "group",
            How::All => "all",
            How::Components => "components",
            How::ByLeast => "by least",
            How::Rank => "rank",
        };
        let beside = step.beside.map(stages::Table::as_str);
        (step.name, how, names(step.takes), names(step.gives), beside)
    };
    PLAN.iter().map(line).collect()
}

/// The rows that reports are weighed by.
#[pyfunction]
pub(crate) fn stage_reports(py: Python<'_>, reports: &Bound<'_, PyAny>) -> PyResult<Table> {
    let source = Source::of_table(reports)?;
    work(py, move || {
        let mut warnings = Vec::new();
        let (shelf, _) = Shelf::loose(&all_reports(source, &mut warnings)?, Vec::new());
        Ok((shelf.heads.iter().map(stages::report_row).collect(), warnings))
    })
}

/// Reports as they are read: with ids, and with days, outlets and headlines found in their texts where they have none.
#[pyfunction]
pub(crate) fn read_reports(py: Python<'_>, reports: &Bound<'_, PyAny>) -> PyResult<Table> {
    let source = Source::of_table(reports)?;
    let (batch, warnings) = wait(py, &*pool(Some(1))?, move |_| {
        let mut warnings = Vec::new();
        let reports = all_reports(source, &mut warnings)?;
        Ok::<_, Fault>((gainsay_tables::reports::batch(&reports)?, warnings))
    })??;
    Ok(Table::new(batch.schema(), vec![batch], warnings))
}

/// The rows that claims are weighed by.
#[pyfunction]
pub(crate) fn stage_claims(py: Python<'_>, claims: &Bound<'_, PyAny>) -> PyResult<Table> {
    let source = Source::of_table(claims)?;
    work(py, move || {
        let mut warnings = Vec::new();
        let claims = all_claims(source, &mut warnings)?;
        Ok((claims.iter().map(stages::claim_row).collect(), warnings))
    })
}

/// One step, to be run on any number of rows.
#[pyclass(frozen, module = "gainsay._gainsay")]
pub(crate) struct Stage {
    step: String,
    beside: Arc<Beside>,
}

#[pymethods]
impl Stage {
    #[new]
    #[pyo3(signature = (step, beside = None))]
    fn new(step: String, beside: Option<&Bound<'_, PyAny>>) -> PyResult<Stage> {
        let beside = match beside {
            Some(beside) => Beside::of(&rows(Source::of_table(beside)?)?).map_err(fault)?,
            None => Beside::default(),
        };
        Ok(Stage { step, beside: Arc::new(beside) })
    }

    /// What the step gives for rows of the tables it takes; of every key among them all rows must be there.
    fn run(&self, py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Table> {
        let source = Source::of_table(table)?;
        let (step, beside) = (self.step.clone(), self.beside.clone());
        work(py, move || {
            let given =
                stages::run(&step, &Words::builtin().into(), &beside, rows(source)?).map_err(fault)?;
            Ok((given, Vec::new()))
        })
    }
}

/// Events, of rows of the table `events`.
#[pyfunction]
pub(crate) fn stage_events(py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Table> {
    let rows = rows(Source::of_table(table)?)?;
    let schema = gainsay_tables::Table::Events.schema();
    let of = schema.clone();
    let batch = wait(py, &*pool(Some(1))?, move |_| {
        let events = rows.iter().map(stages::event).collect::<Result<Vec<_>, _>>().map_err(fault)?;
        lines::batch(of, &events).map_err(Fault::from)
    })?;
    Ok(Table::new(schema, vec![batch?], Vec::new()))
}

/// One name in a claim, and whom it was taken for.
#[derive(Serialize)]
struct Named {
    slot: &'static str,
    id: String,
    mention: Option<String>,
}

/// A claim as weighed.
#[derive(Serialize)]
struct Line {
    claim: String,
    document: String,
    event: Option<String>,
    copy_of: Option<String>,
    outlet: String,
    roots: Vec<String>,
    chain: Vec<String>,
    entities: Vec<Named>,
}

/// The columns of [`Line`].
fn line_schema() -> SchemaRef {
    let text = |name: &str| Field::new(name, DataType::Utf8, true);
    let list = |name: &str, of: DataType| {
        Field::new(name, DataType::List(Arc::new(Field::new("item", of, true))), true)
    };
    let named = DataType::Struct(vec![text("slot"), text("id"), text("mention")].into());
    Arc::new(Schema::new(vec![
        text("claim"),
        text("document"),
        text("event"),
        text("copy_of"),
        text("outlet"),
        list("roots", DataType::Utf8),
        list("chain", DataType::Utf8),
        list("entities", named),
    ]))
}

/// Claims as weighed, of rows of the table `weighed`.
#[pyfunction]
pub(crate) fn stage_weighed(py: Python<'_>, table: &Bound<'_, PyAny>) -> PyResult<Table> {
    let rows = rows(Source::of_table(table)?)?;
    let batch = wait(py, &*pool(Some(1))?, move |_| {
        let line = |row: &Row| -> Result<Line, Fault> {
            let kept = stages::weighed(row).map_err(fault)?;
            let slots = ["place", "actor", "target", "source"].into_iter().zip(kept.named());
            let named = |slot, (id, mention): (&str, Option<&str>)| Named {
                slot,
                id: id.to_owned(),
                mention: mention.map(str::to_owned),
            };
            Ok(Line {
                claim: kept.id().to_owned(),
                document: kept.claim().document,
                event: kept.event().map(str::to_owned),
                copy_of: kept.copy_of().map(str::to_owned),
                outlet: kept.outlet().to_owned(),
                roots: kept.roots().to_vec(),
                chain: kept.chain(),
                entities: slots
                    .flat_map(|(slot, all)| all.into_iter().map(move |one| named(slot, one)))
                    .collect(),
            })
        };
        let all = rows.iter().map(line).collect::<Result<Vec<Line>, Fault>>()?;
        lines::batch(line_schema(), &all).map_err(Fault::from)
    })?;
    Ok(Table::new(line_schema(), vec![batch?], Vec::new()))
}

/// Does work that gives rows, on one thread: whoever runs stages has as many processes as cores.
fn work(
    py: Python<'_>,
    of: impl FnOnce() -> Result<(Vec<Row>, Vec<String>), Fault> + Send + 'static,
) -> PyResult<Table> {
    let (rows, warnings) = wait(py, &*pool(Some(1))?, move |_| of())??;
    Ok(table(&rows, warnings)?)
}

fn fault(error: stages::StageError) -> Fault {
    Fault::Input(error.to_string())
}

/// Rows as a table: the name of each one's table, its key, and what it says.
fn table(rows: &[Row], warnings: Vec<String>) -> Result<Table, Fault> {
    let field = |name: &str, of: DataType| Field::new(name, of, false);
    let schema = Arc::new(Schema::new(vec![
        field("of", DataType::Utf8),
        field("key", DataType::Binary),
        field("row", DataType::Binary),
    ]));
    // An array's offsets count to 2 GiB: rows are handed over in as many batches as they need.
    const MOST: usize = 256 << 20;
    let mut batches = Vec::new();
    let mut rest = rows;
    while !rest.is_empty() {
        let mut bytes = 0;
        let fits = |row: &&Row| {
            bytes += row.key.len() + row.row.len();
            bytes <= MOST
        };
        let (here, more) = rest.split_at(rest.iter().take_while(fits).count().max(1));
        rest = more;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(here.iter().map(|row| Some(row.of.as_str())).collect::<StringArray>()),
            Arc::new(here.iter().map(|row| Some(&row.key)).collect::<BinaryArray>()),
            Arc::new(here.iter().map(|row| Some(&row.row)).collect::<BinaryArray>()),
        ];
        let batch = RecordBatch::try_new(schema.clone(), columns);
        batches.push(batch.map_err(|error| Fault::Own(error.to_string()))?);
    }
    Ok(Table::new(schema, batches, warnings))
}

/// The rows of a table.
fn rows(source: Source) -> Result<Vec<Row>, Fault> {
    let mut rows = Vec::new();
    for batch in source.batches {
        let batch = batch?;
        let column = |name: &str| {
            let column = batch.column_by_name(name);
            column.ok_or_else(|| Fault::Input(format!("rows have no column {name}; give what a stage gave")))
        };
        let (of, keys, says) = (column("of")?, bytes(column("key")?)?, bytes(column("row")?)?);
        let of =
            of.as_string_opt::<i32>().ok_or_else(|| Fault::Input("of: no column of texts".to_owned()))?;
        for ((of, key), row) in of.iter().zip(keys).zip(says) {
            let name = of.unwrap_or_default();
            let known = stages::Table::parse(name);
            let of = known.ok_or_else(|| Fault::Input(format!("no stage has a table {name:?}")))?;
            rows.push(Row { key, of, row });
        }
    }
    Ok(rows)
}

fn bytes(column: &ArrayRef) -> Result<Vec<Vec<u8>>, Fault> {
    fn of<T: ByteArrayType<Native = [u8]>>(array: &GenericByteArray<T>) -> Vec<Vec<u8>> {
        array.iter().map(|bytes| bytes.unwrap_or_default().to_vec()).collect()
    }
    match column.data_type() {
        DataType::Binary => Ok(of::<BinaryType>(column.as_bytes())),
        DataType::LargeBinary => Ok(of::<LargeBinaryType>(column.as_bytes())),
        other => Err(Fault::Input(format!("a column of bytes was wanted, not of {other}"))),
    }
}
