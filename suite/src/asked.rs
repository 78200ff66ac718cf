//! The questions of `expected.jsonl` put to the example reports, one function for each kind of question.

mod counts;
mod names;
mod places;
mod said;

use std::collections::BTreeSet;

use gainsay::Weighed;
use gainsay_lexicon::{NameKind, Words};
use gainsay_model::{Claim, ClaimId, Date};
use gainsay_weigh::{Names, resolve};
use serde_json::Value;

use crate::examples::{Examples, examples};
use crate::files;

/// One question, and what may be answered.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its line, counted from 1.
    pub line: usize,
    /// A name made of what is asked, the same as long as the question is.
    pub name: String,
    value: Value,
}

/// The questions, in order.
///
/// # Errors
/// A line that is no JSON object with `ask`, or two questions that are one.
pub fn rows() -> Result<Vec<Row>, String> {
    let path = crate::examples::folder().join("expected.jsonl");
    let mut rows: Vec<Row> = Vec::new();
    for (at, line) in files::text(&path)?.lines().enumerate() {
        let value: Value = serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))?;
        let name = name(&value);
        if rows.iter().any(|row| row.name == name) {
            return Err(format!("line {}: asked twice: {name}", at + 1));
        }
        rows.push(Row { line: at + 1, name, value });
    }
    Ok(rows)
}

/// What is asked, in a few words: the fields that ask, not those that answer.
fn name(row: &Value) -> String {
    const ASKING: [&str; 16] = [
        "id",
        "report",
        "place",
        "name",
        "a",
        "b",
        "tie",
        "target",
        "kind",
        "measure",
        "group",
        "at",
        "from",
        "to",
        "known_by",
        "according_to",
    ];
    let mut words = vec![row["ask"].as_str().unwrap_or("?").to_string()];
    for field in ASKING {
        match &row[field] {
            Value::String(word) => {
                words.push(if field == "known_by" { format!("known by {word}") } else { word.clone() })
            }
            Value::Array(many) if !many.is_empty() => words.push(list(many)),
            _ => {}
        }
    }
    for field in ["count", "values", "reports", "names"] {
        let told = words.len() > 3 && field != "values";
        if let (Value::Array(many), false) = (&row[field], told) {
            words.push(list(many));
        }
    }
    if let Some(about) = row["about"].as_object() {
        words.extend(about.values().filter_map(|word| word.as_str().map(str::to_string)));
    }
    words.join(" ")
}

fn list(values: &[Value]) -> String {
    values
        .iter()
        .map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_string))
        .collect::<Vec<_>>()
        .join("+")
}

impl Row {
    /// Asks.
    ///
    /// # Errors
    /// What is answered, where that is not what is expected.
    pub fn ask(&self) -> Result<(), String> {
        let asked = Asked { row: &self.value, examples: examples()?, words: Words::builtin() };
        match self.value["ask"].as_str().unwrap_or_default() {
            "names" => names::names(&asked),
            "not_place" => names::not_place(&asked),
            "side" => names::side(&asked),
            "control" => places::control(&asked),
            "siege" => places::siege(&asked),
            "event" => places::event(&asked),
            "displacement" => places::displacement(&asked),
            "tie" => places::tie(&asked),
            "tally" => counts::tally(&asked),
            "dispute" => counts::dispute(&asked),
            "no_dispute" => counts::no_dispute(&asked),
            "revision" => counts::revision(&asked),
            "source" => said::source(&asked),
            "copies" => said::copies(&asked),
            "chain" => said::chain(&asked),
            "unverified" => said::unverified(&asked),
            "denied" => said::denied(&asked),
            other => Err(format!("nobody knows how to ask for `{other}`")),
        }
    }
}

/// A question with what it is put to.
struct Asked<'a> {
    row: &'a Value,
    examples: &'static Examples,
    words: &'static Words,
}

impl Asked<'_> {
    fn weighed(&self) -> Weighed<'static> {
        self.examples.shelf.weigh(self.day("known_by"))
    }

    fn text(&self, field: &str) -> &str {
        self.row[field].as_str().unwrap_or_default()
    }

    fn day(&self, field: &str) -> Option<Date> {
        self.row[field].as_str().and_then(|day| day.parse().ok())
    }

    fn list(&self, field: &str) -> Vec<&str> {
        strings(&self.row[field])
    }

    fn numbers(&self, field: &str) -> Vec<Option<u64>> {
        self.row[field].as_array().into_iter().flatten().map(Value::as_u64).collect()
    }

    /// All ids of a name, as typed on the command line.
    fn ids(&self, name: &str, kinds: &[NameKind]) -> Vec<String> {
        resolve(name, &Names::from(self.words), kinds)
    }

    fn place(&self) -> Vec<String> {
        self.ids(self.text("place"), &[NameKind::Place])
    }

    fn speaker(&self, name: &str) -> Vec<String> {
        self.ids(name, &[NameKind::Source, NameKind::Person, NameKind::Actor])
    }

    fn claim(&self, id: &ClaimId) -> Option<&'static Claim> {
        self.examples.shelf.claims.iter().find(|claim| claim.id == *id)
    }

    /// The reports that claims stand in.
    fn reports(&self, claims: &[ClaimId]) -> BTreeSet<&'static str> {
        claims.iter().filter_map(|id| self.claim(id)).map(|claim| claim.document.as_str()).collect()
    }

    /// Whether claims stand in all reports that the row names.
    fn in_all(&self, claims: &[ClaimId]) -> bool {
        let found = self.reports(claims);
        self.list("reports").iter().all(|report| found.contains(report))
    }

    /// Whether a claim stands in any of them.
    fn in_any(&self, claims: &[ClaimId]) -> bool {
        let found = self.reports(claims);
        self.list("reports").iter().any(|report| found.contains(report))
    }

    /// Claims of the row's report and kind.
    fn claims(&self) -> impl Iterator<Item = &'static Claim> {
        let (report, kind) = (self.text("report").to_string(), self.text("kind").to_string());
        let all = self.examples.shelf.claims.iter();
        all.filter(move |claim| claim.document == report && (kind.is_empty() || claim.kind.as_str() == kind))
    }
}

fn strings(value: &Value) -> Vec<&str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

/// A group as the program calls it: a party's name stands for all on its side.
fn group(name: &str) -> &str {
    match name {
        "islamic-state" => "islamic-state-side",
        "rebels" => "opposition-side",
        other => other,
    }
}

fn ok(is: bool, otherwise: impl FnOnce() -> String) -> Result<(), String> {
    if is { Ok(()) } else { Err(otherwise()) }
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_question_has_a_name_of_its_own() {
        let rows = super::rows().unwrap();
        assert!(rows.len() > 100);
    }
}
