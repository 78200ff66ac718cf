//! Answers as tables: all that stands in their JSON lines stands in their columns.

use arrow_array::cast::AsArray;
use arrow_array::types::{Date32Type, Float64Type, Int64Type};
use arrow_array::{Array, RecordBatch};
use arrow_schema::DataType;
use gainsay_model::{Control, Dispute, Event, Holding, Siege, SourceView, Tally, Tie};
use gainsay_tables::{Table, Writer, lines};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A cell as JSON, to hold against the line it was made of.
fn value(array: &dyn Array, row: usize) -> Value {
    if array.is_null(row) {
        return Value::Null;
    }
    match array.data_type() {
        DataType::Utf8 => array.as_string::<i32>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row).into(),
        DataType::Float64 => array.as_primitive::<Float64Type>().value(row).into(),
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Date32 => array.as_primitive::<Date32Type>().value_as_date(row).unwrap().to_string().into(),
        DataType::List(_) => {
            let items = array.as_list::<i32>().value(row);
            (0..items.len()).map(|item| value(&items, item)).collect()
        }
        DataType::Struct(fields) => {
            let parts = array.as_struct();
            let part = |(at, field): (usize, &arrow_schema::FieldRef)| {
                (field.name().clone(), value(parts.column(at), row))
            };
            fields.iter().enumerate().map(part).collect::<Map<String, Value>>().into()
        }
        other => panic!("{other}"),
    }
}

fn row(batch: &RecordBatch, at: usize) -> Value {
    let fields = batch.schema();
    let cells = fields.fields().iter().zip(batch.columns());
    cells
        .map(|(field, column)| (field.name().clone(), value(column, at)))
        .collect::<Map<String, Value>>()
        .into()
}

/// Nulls left out, and pairs in the place of the one object that tables hold as pairs.
fn bare(value: &Value) -> Value {
    match value {
        Value::Object(parts) => {
            let parts = parts.iter().filter(|(_, part)| !part.is_null());
            parts
                .map(|(name, part)| (name.clone(), if name == "evidence" { pairs(part) } else { bare(part) }))
                .collect::<Map<_, _>>()
                .into()
        }
        Value::Array(items) => items.iter().map(bare).collect(),
        other => other.clone(),
    }
}

fn pairs(value: &Value) -> Value {
    match value {
        Value::Object(parts) => {
            parts.iter().map(|(cut, claims)| json!({"cut": cut, "claims": claims})).collect()
        }
        other => other.clone(),
    }
}

/// `full` is a line with every field filled, `empty` one with as many missing as may be.
fn holds<T: Serialize + DeserializeOwned>(table: Table, full: Value, empty: Value) {
    let rows: Vec<T> =
        [&full, &empty, &full].map(|line| serde_json::from_value(line.clone()).unwrap()).into();
    let batch = lines::batch(table.schema(), &rows).unwrap();
    for (at, line) in rows.iter().enumerate() {
        let line = serde_json::to_value(line).unwrap();
        assert_eq!(bare(&row(&batch, at)), bare(&line), "{}", table.as_str());
    }
    // Every column has a field: what is filled comes out filled.
    assert_eq!(bare(&row(&batch, 0)), bare(&full), "{}", table.as_str());
    let mut writer = Writer::new(Vec::new(), table.schema()).unwrap();
    writer.write(&batch).unwrap();
    let file = writer.finish().unwrap();
    let read = gainsay_tables::Batches::of_bytes(file, "t.parquet", &[]).unwrap();
    assert_eq!(read.map(|batch| batch.unwrap().num_rows()).sum::<usize>(), 3);
    assert_eq!(lines::batch::<T>(table.schema(), &[]).unwrap().num_rows(), 0);
}

#[test]
fn events() {
    let toll = json!({"low": 3, "best": 5, "high": 9, "policy": "ucdp/1"});
    let none = json!({"low": null, "best": null, "high": null, "policy": ""});
    let grade = json!({"occurrence": "confirmed", "attribution": "disputed", "count": "weak"});
    holds::<Event>(
        Table::Events,
        json!({"id": "e", "kind": "clash", "places": ["p", "q"], "time": {"start": "2014-06-03", "end": "2014-06-04"},
               "actors": ["a"], "targets": ["b"], "killed": toll, "injured": toll, "claims": ["c-1", "c-2"],
               "roots": ["r"], "grade": grade, "part_of": "f"}),
        json!({"id": "e", "kind": "clash", "places": [], "time": {"start": null, "end": null}, "actors": [],
               "targets": [], "killed": none, "injured": none, "claims": [], "roots": [], "grade": grade}),
    );
}

#[test]
fn disputes() {
    let side = json!({"value": "5-9", "sources": ["s"], "roots": ["s"], "claims": ["c"]});
    holds::<Dispute>(
        Table::Disputes,
        json!({"id": "d", "kind": "count", "sides": [side, side], "spread": 1.8, "revision": true,
               "about": {"event": "e", "place": "p", "pair": ["a", "b"], "measure": "killed", "group": "all"}}),
        json!({"id": "d", "kind": "tie", "about": {}, "sides": [], "spread": null, "revision": false}),
    );
}

#[test]
fn tallies() {
    let source = json!({"source": "s", "root": "r", "side": "", "low": 1, "high": null, "claims": ["c"]});
    let filled = json!({"source": "s", "root": "r", "side": "x", "low": 1, "high": 2, "claims": ["c"]});
    let tally = |scope: Value, low: Value, by: Value| {
        json!({"scope": scope, "measure": "killed", "group": "all", "policy": "ucdp/1", "low": low, "best": low,
               "high": low, "by_source": by, "rule": "median"})
    };
    let scope = json!({"place": "p", "from": "2014-06-01", "to": "2014-06-30", "event": "e"});
    holds::<Tally>(
        Table::Tally,
        tally(scope, json!(4), json!([filled])),
        tally(json!({}), Value::Null, json!([source])),
    );
}

#[test]
fn states_that_last() {
    holds::<Holding>(
        Table::Holdings,
        json!({"place": "p", "state": "held", "holders": ["a"], "degree": "full", "from": "2014-06-03",
               "to": "2014-06-09", "claims": ["c"]}),
        json!({"place": "p", "state": "unknown", "holders": [], "degree": null, "from": "2014-06-03", "to": null,
               "claims": []}),
    );
    holds::<Control>(
        Table::Control,
        json!({"place": "p", "name": "P", "at": "2014-06-20", "known_by": "2014-06-21", "according_to": "s",
               "state": "claimed", "holders": ["a"], "degree": "partial", "since": "2014-06-03", "age_days": 3,
               "inherited_from": "q", "claims": ["c"]}),
        json!({"place": "p", "name": "P", "at": "2014-06-20", "known_by": null, "according_to": null,
               "state": "unknown", "holders": [], "degree": null, "since": null, "age_days": null,
               "inherited_from": null, "claims": []}),
    );
    holds::<Siege>(
        Table::Sieges,
        json!({"place": "p", "target": "people", "besiegers": ["a"], "from": "2014-06-03", "to": "2014-06-09",
               "cut": ["aid", "water"], "disputed": true, "claims": ["c", "d"],
               "evidence": {"aid": ["c"], "water": ["c", "d"]}, "deliveries": ["e"]}),
        json!({"place": "p", "target": null, "besiegers": [], "from": null, "to": null, "cut": [], "disputed": false,
               "claims": [], "evidence": {}, "deliveries": []}),
    );
    holds::<Tie>(
        Table::Ties,
        json!({"a": "a", "b": "b", "tie": "truce", "from": "2014-06-03", "to": "2014-06-09", "according_to": ["s"],
               "status": "denied", "claims": ["c"]}),
        json!({"a": "a", "b": "b", "tie": "fight", "from": null, "to": null, "according_to": [],
               "status": "asserted", "claims": []}),
    );
}

#[test]
fn sources() {
    holds::<SourceView>(
        Table::Sources,
        json!({"id": "s", "name": "S", "kind": "agency", "side": "x", "belongs_to": "b", "cites": ["c"],
               "cited_by": ["d"], "reposts": ["e"], "circular": [["s", "c"], ["s", "d"]], "copies": [["r-1", "r-2"]],
               "reports": 4, "claims": 9, "letter": "C"}),
        json!({"id": "s", "name": "", "kind": "", "side": "", "belongs_to": null, "cites": [], "cited_by": [],
               "reposts": [], "circular": [[]], "copies": [], "reports": 0, "claims": 0, "letter": "F"}),
    );
}

#[test]
fn a_field_of_another_type_is_said() {
    let line = json!({"id": 7, "kind": "clash"});
    let error = lines::batch(Table::Events.schema(), &[line]).unwrap_err().to_string();
    assert_eq!(error, "id: a number is no Utf8");
    assert_eq!(
        lines::batch(Table::Events.schema(), &[json!(7)]).unwrap_err().to_string(),
        "table: a row is no object"
    );
}
