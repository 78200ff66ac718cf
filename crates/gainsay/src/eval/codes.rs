//! One coded row a report against human codes of it (FA-KES: province, who did it, by what, and how many died).

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use super::lines::{BadLine, Row, objects};
use super::python::{dumps, fixed};

/// P-codes of governorates to the names the codes use.
const PROVINCES: [(&str, &str); 12] = [
    ("damascus", "SY01 SY03"),
    ("aleppo", "SY02"),
    ("homs", "SY04"),
    ("hama", "SY05"),
    ("lattakia", "SY06"),
    ("idlib", "SY07"),
    ("hasakeh", "SY08"),
    ("deir ezzor", "SY09"),
    ("tartous", "SY10"),
    ("raqqa", "SY11"),
    ("daraa", "SY12"),
    ("quneitra", "SY14"),
];

/// Actors' ids to the codes.
const ACTORS: [(&str, &str); 6] = [
    (
        "syrian government or russian troops",
        "syrian-government russia iran hezbollah national-defence-forces pro-government-militias",
    ),
    ("international coalition forces", "us-led-coalition united-states france united-kingdom turkey"),
    ("the organization of the islamic state in iraq and the levant - isis", "islamic-state"),
    (
        "armed opposition groups",
        "syrian-opposition free-syrian-army islamic-front jaysh-al-islam ahrar-al-sham jaish-al-fatah unidentified-rebels",
    ),
    ("self administration forces", "ypg syrian-democratic-forces pkk asayish"),
    ("al-nusra front", "al-nusra-front hayat-tahrir-al-sham"),
];

/// Means to the codes' causes.
const CAUSES: [(&str, &str); 5] = [
    ("shelling", "airstrike barrel_bomb drone artillery mortar rocket missile"),
    ("explosion", "car_bomb suicide_bomb mine ied explosion"),
    ("chemical and toxic gases", "chemical"),
    ("execution", "execution"),
    ("shooting", "gunfire"),
];

const CATEGORIES: [&str; 3] = ["province", "actor", "cause"];
const NUMBERS: [&str; 4] = ["civilians", "noncivilians", "children", "women"];

/// One report's code; a category that is not known is null.
#[derive(Clone, Debug, Default, PartialEq)]
struct Code {
    categories: [Option<&'static str>; 3],
    numbers: [f64; 4],
}

/// Which code stands for `word`.
fn code_of(table: &[(&'static str, &str)], word: Option<&Value>) -> Option<&'static str> {
    let word = word?.as_str().filter(|word| !word.is_empty())?;
    table.iter().find(|(_, words)| words.split(' ').any(|known| known == word)).map(|(code, _)| *code)
}

impl Code {
    fn of(row: &Row) -> Code {
        let killed =
            |field: &str| row.get("killed").and_then(|killed| killed.get(field)).and_then(Value::as_f64);
        Code {
            categories: [
                code_of(&PROVINCES, row.get("admin1")),
                code_of(&ACTORS, row.get("actor")),
                code_of(&CAUSES, row.get("means")),
            ],
            numbers: ["civilians", "combatants", "children", "women"]
                .map(|field| killed(field).unwrap_or(0.0)),
        }
    }
}

/// How many of one field are right.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Accuracy {
    /// The field.
    pub field: &'static str,
    /// The share of reports with a known code that have it right.
    pub accuracy: f64,
    /// How many have a known code.
    pub known: usize,
    /// For numbers: how many give any, and the share of these that is right.
    pub given: Option<(usize, f64)>,
}

/// A wrong field: its name, its gold and its predicted code.
pub type Off = (&'static str, Value, Value);

/// The result.
#[derive(Clone, Debug, PartialEq)]
pub struct Score {
    /// Field by field.
    pub fields: Vec<Accuracy>,
    /// The share of reports whose four numbers are all right.
    pub fatal: f64,
    /// The mean of the seven accuracies.
    pub mean: f64,
    /// Ids of reports with a wrong field, with each such field's gold and predicted code.
    pub errors: Vec<(String, Vec<Off>)>,
}

/// Scores rows; both are JSON lines. The last row of an id counts.
///
/// # Errors
/// The first line that cannot be read: whether it is of the gold, its number, counted from 1, and what is wrong.
pub fn score(gold: &str, pred: &str) -> Result<Score, (bool, usize, String)> {
    let gold = by_id(gold).map_err(|(line, what)| (true, line, what))?;
    let pred: BTreeMap<String, Code> = by_id(pred)
        .map_err(|(line, what)| (false, line, what))?
        .into_iter()
        .map(|(id, row)| (id, Code::of(&row)))
        .collect();
    let none = Code::default();
    let rows: Vec<(&String, &Row, &Code)> =
        gold.iter().map(|(id, row)| (id, row, pred.get(id).unwrap_or(&none))).collect();
    let fields: Vec<Accuracy> = (0..CATEGORIES.len() + NUMBERS.len()).map(|at| accuracy(at, &rows)).collect();
    let fatal = rows.iter().filter(|(_, row, code)| (3..7).all(|at| right(at, row, code))).count();
    let error = |(id, row, code): &(&String, &Row, &Code)| {
        let off: Vec<_> = (0..7)
            .filter(|&at| known(at, row) && !right(at, row, code))
            .map(|at| (field(at), gold_of(at, row).clone(), pred_of(at, code)))
            .collect();
        (!off.is_empty()).then(|| ((*id).clone(), off))
    };
    Ok(Score {
        fatal: share(fatal, rows.len()),
        mean: fields.iter().map(|field| field.accuracy).sum::<f64>() / fields.len() as f64,
        errors: rows.iter().filter_map(error).collect(),
        fields,
    })
}

/// Rows in the order of their first appearance; the last of an id counts.
fn by_id(text: &str) -> Result<Vec<(String, Row)>, BadLine> {
    let mut at: BTreeMap<String, usize> = BTreeMap::new();
    let mut rows: Vec<(String, Row)> = Vec::new();
    for (line, row) in objects(text)? {
        let Some(id) = row.get("id").and_then(Value::as_str).map(str::to_owned) else {
            return Err((line, "has no `id`".to_owned()));
        };
        match at.get(&id) {
            Some(&at) => rows[at].1 = row,
            None => {
                at.insert(id.clone(), rows.len());
                rows.push((id, row));
            }
        }
    }
    Ok(rows)
}

fn field(at: usize) -> &'static str {
    CATEGORIES.get(at).or_else(|| NUMBERS.get(at - 3)).copied().unwrap_or_default()
}

fn gold_of(at: usize, row: &Row) -> &Value {
    row.get(field(at)).unwrap_or(&Value::Null)
}

fn pred_of(at: usize, code: &Code) -> Value {
    match at {
        0..3 => code.categories[at].into(),
        _ if code.numbers[at - 3].fract() == 0.0 => (code.numbers[at - 3] as i64).into(),
        _ => code.numbers[at - 3].into(),
    }
}

fn known(at: usize, row: &Row) -> bool {
    gold_of(at, row) != "unknown"
}

fn right(at: usize, row: &Row, code: &Code) -> bool {
    match at {
        0..3 => gold_of(at, row).as_str() == code.categories[at],
        _ => gold_of(at, row).as_f64() == Some(code.numbers[at - 3]),
    }
}

fn share(some: usize, all: usize) -> f64 {
    if all > 0 { some as f64 / all as f64 } else { 0.0 }
}

fn accuracy(at: usize, rows: &[(&String, &Row, &Code)]) -> Accuracy {
    let known: Vec<_> = rows.iter().filter(|(_, row, _)| known(at, row)).collect();
    let right_of =
        |rows: &[&&(&String, &Row, &Code)]| rows.iter().filter(|(_, row, code)| right(at, row, code)).count();
    let some: Vec<_> = known
        .iter()
        .filter(|(_, row, _)| at >= 3 && gold_of(at, row).as_f64().is_some_and(|number| number > 0.0))
        .collect();
    let hits = known.iter().filter(|(_, row, code)| right(at, row, code)).count();
    let given = (!some.is_empty()).then(|| (some.len(), share(right_of(&some), some.len())));
    Accuracy { field: field(at), accuracy: share(hits, known.len()), known: known.len(), given }
}

impl Score {
    /// The table that people read.
    pub fn table(&self) -> String {
        let mut table = String::new();
        for Accuracy { field, accuracy, known, given } in &self.fields {
            table += &format!("{field:13} {} of {known}", fixed(*accuracy, 3));
            if let Some((some, share)) = given {
                table += &format!("   of the {some} that give any: {}", fixed(*share, 3));
            }
            table.push('\n');
        }
        table += &format!("fatal         {}\nmean          {}\n", fixed(self.fatal, 4), fixed(self.mean, 4));
        table
    }

    /// One JSON object on one line.
    pub fn json(&self) -> String {
        let mut object = Map::new();
        for Accuracy { field, accuracy, known, given } in &self.fields {
            let mut one = serde_json::json!({ "accuracy": accuracy, "known": known });
            if let Some((some, share)) = given {
                one["given"] = serde_json::json!({ "known": some, "accuracy": share });
            }
            object.insert((*field).to_owned(), one);
        }
        object.insert("fatal".to_owned(), self.fatal.into());
        object.insert("mean".to_owned(), self.mean.into());
        dumps(&object)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_right_field_by_field() {
        let gold = r#"{"id":"a","province":"damascus","actor":"unknown","cause":"shelling","civilians":3,"noncivilians":0,"children":1,"women":0}"#;
        let pred = r#"{"id":"a","admin1":"SY03","actor":"russia","means":"mortar","killed":{"civilians":3,"children":0}}"#;
        let score = score(gold, pred).unwrap();
        let shares: Vec<f64> = score.fields.iter().map(|field| field.accuracy).collect();
        assert_eq!(shares, [1.0, 0.0, 1.0, 1.0, 1.0, 0.0, 1.0]);
        assert_eq!(score.fatal, 0.0);
        assert_eq!(score.errors, [("a".to_owned(), vec![("children", 1.into(), 0.into())])]);
    }
}
