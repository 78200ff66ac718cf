//! Labelled and predicted lines as the scorer sees them: gold and predictions differ only in how many values a
//! field accepts.

use std::collections::BTreeSet;

use gainsay_model::{Date, Interval, Span};
use serde_json::{Map, Value};

use super::fold::Folded;

/// One JSON object.
pub type Row = Map<String, Value>;

/// A line that cannot be read: its number, counted from 1, and what is wrong with it.
pub type BadLine = (usize, String);

/// One filler: every string that may stand for it.
pub type Names = Vec<Folded>;

/// How many, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Count {
    /// Acceptable measures.
    pub what: Vec<String>,
    /// Lower bound.
    pub low: Option<f64>,
    /// Upper bound.
    pub high: Option<f64>,
}

/// One claim, gold or predicted.
#[derive(Clone, Debug)]
pub struct Line {
    /// The report.
    pub document: String,
    /// Acceptable kinds; in a prediction one.
    pub kind: Vec<String>,
    /// Code points.
    pub evidence: Vec<Span>,
    /// Acceptable statuses; in a prediction one.
    pub status: Vec<String>,
    /// Who did it.
    pub actor: Vec<Names>,
    /// To whom.
    pub target: Vec<Names>,
    /// Where.
    pub place: Vec<Names>,
    /// Who says it.
    pub source: Vec<Names>,
    /// When; `None` where the line gives no time at all.
    pub time: Option<Interval>,
    /// How many.
    pub count: Option<Count>,
    /// May be found or not.
    pub optional: bool,
    /// As it was written.
    pub raw: Value,
}

/// Reads JSON lines; blank ones are skipped.
///
/// # Errors
/// The first line that cannot be read.
pub fn objects(text: &str) -> Result<Vec<(usize, Row)>, BadLine> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(at, line)| match serde_json::from_str(line) {
            Ok(Value::Object(object)) => Ok((at + 1, object)),
            Ok(_) => Err((at + 1, "is no JSON object; give one claim or row a line".to_owned())),
            Err(error) => Err((at + 1, format!("is no JSON: {error}"))),
        })
        .collect()
}

/// Reads a file of claims, gold or predicted.
///
/// # Errors
/// The first line that cannot be read.
pub fn claims(text: &str) -> Result<Vec<Line>, BadLine> {
    objects(text)?.into_iter().map(|(at, object)| Line::of(object).map_err(|what| (at, what))).collect()
}

impl Line {
    fn of(object: Row) -> Result<Line, String> {
        let document = match object.get("document") {
            Some(Value::String(document)) => document.clone(),
            _ => return Err("has no `document`".to_owned()),
        };
        let kind = values(&object, "kind")?;
        if kind.is_empty() {
            return Err("has no `kind`".to_owned());
        }
        let mut status = values(&object, "status")?;
        if status.iter().all(String::is_empty) {
            status = vec!["asserted".to_owned()];
        }
        Ok(Line {
            document,
            kind,
            evidence: evidence(object.get("evidence"))?,
            status,
            actor: fillers(&object, "actor")?,
            target: fillers(&object, "target")?,
            place: fillers(&object, "place")?,
            source: fillers(&object, "source")?,
            time: time(object.get("time"))?,
            count: count(object.get("count"))?,
            optional: object.get("optional").and_then(Value::as_bool).unwrap_or(false),
            raw: Value::Object(object),
        })
    }
}

/// One string or a list of them.
fn values(object: &Row, field: &str) -> Result<Vec<String>, String> {
    let wrong = || format!("`{field}` is neither a string nor a list of strings");
    match object.get(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::String(one)) => Ok(vec![one.clone()]),
        Some(Value::Array(many)) => {
            many.iter().map(|value| value.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}

/// A list of fillers, each one string or a list of strings.
fn fillers(object: &Row, field: &str) -> Result<Vec<Names>, String> {
    let wrong = || format!("`{field}` is no list of strings or lists of strings");
    let names = |filler: &Value| match filler {
        Value::String(one) => Ok(vec![Folded::of(one)]),
        Value::Array(many) => {
            let mut names = Vec::with_capacity(many.len());
            for name in many {
                match name {
                    Value::Null => {}
                    Value::String(name) if name.is_empty() => {}
                    Value::String(name) => names.push(Folded::of(name)),
                    _ => return Err(wrong()),
                }
            }
            Ok(names)
        }
        _ => Err(wrong()),
    };
    match object.get(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(many)) => many.iter().map(names).collect(),
        Some(_) => Err(wrong()),
    }
}

fn evidence(value: Option<&Value>) -> Result<Vec<Span>, String> {
    let wrong = || "has no `evidence` with `start` and `end`".to_owned();
    let span = |value: &Value| {
        let end = |field: &str| {
            value.get(field).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok()).ok_or_else(wrong)
        };
        Ok(Span::new(end("start")?, end("end")?))
    };
    match value {
        Some(Value::Array(many)) => many.iter().map(span).collect(),
        Some(one @ Value::Object(_)) => Ok(vec![span(one)?]),
        _ => Err(wrong()),
    }
}

fn time(value: Option<&Value>) -> Result<Option<Interval>, String> {
    let Some(value) = value.filter(|value| !empty(value)) else { return Ok(None) };
    let end = |field: &str| match value.get(field) {
        None | Some(Value::Null) => Ok(None),
        // A day that is none counts as not given.
        Some(Value::String(day)) => Ok(day.get(..10).unwrap_or(day).parse::<Date>().ok()),
        Some(_) => Err(format!("`time.{field}` is no ISO date")),
    };
    match value {
        Value::Object(_) => Ok(Some(Interval { start: end("start")?, end: end("end")? })),
        _ => Err("`time` is no object with `start` and `end`".to_owned()),
    }
}

fn count(value: Option<&Value>) -> Result<Option<Count>, String> {
    let Some(value) = value.filter(|value| !empty(value)) else { return Ok(None) };
    let Value::Object(object) = value else { return Err("`count` is no object".to_owned()) };
    let bound = |field: &str| match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::Number(number)) => Ok(number.as_f64()),
        Some(_) => Err(format!("`count.{field}` is no number")),
    };
    Ok(Some(Count { what: values(object, "what")?, low: bound("low")?, high: bound("high")? }))
}

fn empty(value: &Value) -> bool {
    value.is_null() || value.as_object().is_some_and(Map::is_empty)
}

/// The documents that the lines are of.
pub fn documents(lines: &[Line]) -> BTreeSet<&str> {
    lines.iter().map(|line| line.document.as_str()).collect()
}
