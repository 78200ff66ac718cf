//! One claim as somebody hands it in: a JSON line in the format of the claims guidelines, not yet held to its report.
//!
//! **Takes** a JSON object, in the forms that people and models write it: a filler is a string or a list of strings that
//! stand for one thing, evidence may be a quotation without offsets.
//! **Gives** [`Handed`], or in one sentence what is wrong and what to do.
//! **Never** looks at a text.

use gainsay_model::{Claim, Count, Cut, Date, Degree, Group, Interval, Kind, Measure, Scope, Slot, Status};
use serde_json::{Map, Value};

/// So many pieces of evidence, fillers of one slot, grounds, or names of one filler a claim may have. Real ones have a
/// handful; the bound keeps checking quick.
const MOST: usize = 64;

/// The longest name of a filler, in code points.
const LONGEST_NAME: usize = 300;

/// Words of the report that are pointed at: by offsets in code points, by quoting them, or both.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cited {
    /// First code point.
    pub start: Option<usize>,
    /// One past the last.
    pub end: Option<usize>,
    /// The words there.
    pub exact: Option<String>,
}

/// What fills a slot: the mention, and then the names it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// At least one.
    pub names: Vec<String>,
    /// An id of the lexicon or gazetteer, where the reader gives one.
    pub id: Option<String>,
}

/// A claim as it was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct Handed {
    /// The report's id.
    pub document: String,
    /// What it is about.
    pub kind: Kind,
    /// How sure it sounds.
    pub status: Status,
    /// Where the report states it.
    pub evidence: Vec<Cited>,
    /// Who did it.
    pub actor: Vec<Named>,
    /// To whom.
    pub target: Vec<Named>,
    /// Where.
    pub place: Vec<Named>,
    /// Who says so.
    pub source: Vec<Named>,
    /// When.
    pub time: Option<Interval>,
    /// How many.
    pub count: Option<Count>,
    /// How much of the place.
    pub degree: Option<Degree>,
    /// The text says that it could not be confirmed.
    pub unverified: bool,
    /// With what.
    pub means: Option<String>,
    /// What is cut off.
    pub cut: Vec<Cut>,
    /// Its id among those it came with.
    pub id: Option<String>,
    /// The claim of which its count is a part, by that id.
    pub part_of: Option<String>,
    /// Who read it, where the line says so.
    pub reader: Option<String>,
    /// Words for single values.
    pub grounds: Vec<(Slot, Cited)>,
    /// The whole of it, where it is one of gainsay's own: read elsewhere by gainsay, and maybe here as well.
    pub own: Option<Box<Claim>>,
}

/// Whether a JSON object is a claim rather than a report.
pub fn is_claim(value: &Value) -> bool {
    value.get("document").is_some() && value.get("evidence").is_some() && value.get("text").is_none()
}

/// The claim of a JSON object.
///
/// # Errors
/// A field is missing, of another type or holds a word that nobody knows: what, and what to do.
pub fn handed(value: &Value) -> Result<Handed, String> {
    let Value::Object(line) = value else {
        return Err(
            "not a claim (no JSON object); write it as {\"document\": …, \"kind\": …, \"evidence\": …}"
                .into(),
        );
    };
    let document = text(line, "document")?
        .filter(|id| !id.is_empty())
        .ok_or("no field \"document\"; add the report's id")?;
    let kind = word(line, "kind", Kind::parse, Kind::ALL)?
        .ok_or("no field \"kind\"; add one of the guidelines' kinds")?;
    let evidence = many(line, "evidence", cited)?;
    if evidence.is_empty() {
        return Err("no evidence; quote the words that state it".into());
    }
    let grounds = many(line, "grounds", |one| {
        let slot = one.get("slot").and_then(Value::as_str).and_then(slot);
        let slot = slot.ok_or(
            "a ground names no slot: actor, target, place, source, time, count, status, kind or means",
        )?;
        Ok((slot, cited(one)?))
    })?;
    let reader = text(line, "reader")?;
    let own = reader.as_deref().is_some_and(|reader| reader.starts_with("gainsay "));
    let own = own.then(|| serde_json::from_value(value.clone()).ok().map(Box::new)).flatten();
    Ok(Handed {
        document,
        kind,
        status: word(line, "status", Status::parse, Status::ALL)?.unwrap_or(Status::Asserted),
        evidence,
        actor: named(line, "actor", "actor_id")?,
        target: named(line, "target", "target_id")?,
        place: named(line, "place", "place_id")?,
        source: named(line, "source", "source_id")?,
        time: time(line.get("time").unwrap_or(&Value::Null))?,
        count: count(line.get("count").unwrap_or(&Value::Null))?,
        degree: word(line, "degree", Degree::parse, Degree::ALL)?,
        unverified: flag(line, "unverified")?,
        means: text(line, "means")?,
        cut: many(line, "cut", |one| {
            let word = one.as_str().unwrap_or_default();
            Cut::parse(word).ok_or_else(|| unknown("cut", word, Cut::ALL))
        })?,
        id: text(line, "id")?,
        part_of: text(line, "part_of")?,
        reader,
        grounds,
        own,
    })
}

fn slot(word: &str) -> Option<Slot> {
    Slot::parse(word)
}

/// A text field; a number is taken as it is written.
fn text(line: &Map<String, Value>, field: &str) -> Result<Option<String>, String> {
    match line.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim().to_owned()).filter(|text| !text.is_empty())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(_) => Err(format!("\"{field}\" is not text; mend it")),
    }
}

fn flag(line: &Map<String, Value>, field: &str) -> Result<bool, String> {
    match line.get(field) {
        None | Some(Value::Null) => Ok(false),
        Some(Value::Bool(flag)) => Ok(*flag),
        Some(_) => Err(format!("\"{field}\" is neither true nor false; mend it")),
    }
}

/// A word of a closed list, by itself or alone in a list.
fn word<T: std::fmt::Display>(
    line: &Map<String, Value>,
    field: &str,
    parse: fn(&str) -> Option<T>,
    all: &[T],
) -> Result<Option<T>, String> {
    let word = match line.get(field) {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(word)) => word,
        Some(Value::Array(words)) => match words.as_slice() {
            [Value::String(word)] => word,
            _ => return Err(format!("\"{field}\" holds several values; choose one")),
        },
        Some(_) => return Err(format!("\"{field}\" is not text; mend it")),
    };
    parse(word.trim()).map(Some).ok_or_else(|| unknown(field, word, all))
}

fn unknown<T: std::fmt::Display>(field: &str, word: &str, all: &[T]) -> String {
    let all: Vec<String> = all.iter().map(T::to_string).collect();
    // What is no plain word may be anything, also somebody's name: it is not said again.
    let plain = word.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'_' | b'-'));
    let own = if plain { short(word) } else { "…".to_owned() };
    format!("no {field} is called `{own}`; one of {}", all.join(", "))
}

/// A list, or one thing by itself.
fn many<T>(
    line: &Map<String, Value>,
    field: &str,
    one: impl Fn(&Value) -> Result<T, String>,
) -> Result<Vec<T>, String> {
    match line.get(field) {
        None | Some(Value::Null) => Ok(Vec::new()),
        Some(Value::Array(many)) if many.len() > MOST => {
            Err(format!("\"{field}\" has more than {MOST} entries; split the claim"))
        }
        Some(Value::Array(many)) => many.iter().map(one).collect(),
        Some(alone) => Ok(vec![one(alone)?]),
    }
}

fn cited(value: &Value) -> Result<Cited, String> {
    if let Value::String(exact) = value {
        return Ok(Cited { exact: Some(exact.clone()), ..Cited::default() });
    }
    let Value::Object(object) = value else {
        return Err("evidence is neither {start, end, exact} nor quoted words; mend it".into());
    };
    let offset = |field: &str| match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(number) => whole(number)
            .map(|at| Some(usize::try_from(at).unwrap_or(usize::MAX)))
            .ok_or_else(|| format!("evidence: \"{field}\" is no whole number; count code points from 0")),
    };
    let exact = match object.get("exact") {
        None | Some(Value::Null) => None,
        Some(Value::String(exact)) => Some(exact.clone()),
        Some(_) => return Err("evidence: \"exact\" is not text; quote the report's words".into()),
    };
    let cited = Cited { start: offset("start")?, end: offset("end")?, exact };
    match (&cited.exact, cited.start, cited.end) {
        (None, Some(_), Some(_)) | (Some(_), ..) => Ok(cited),
        _ => Err("evidence without words or offsets; quote the report's words in \"exact\"".into()),
    }
}

/// Fillers: a string, or a list of strings and of lists that stand for one thing each.
fn named(line: &Map<String, Value>, field: &str, ids: &str) -> Result<Vec<Named>, String> {
    let wrong = || format!("\"{field}\" is neither a string nor a list of strings; mend it");
    let name = |value: &Value| -> Result<String, String> {
        let name = value.as_str().map(str::trim).filter(|name| !name.is_empty()).ok_or_else(wrong)?;
        if name.chars().count() > LONGEST_NAME {
            return Err(format!(
                "a name in \"{field}\" is longer than {LONGEST_NAME} characters; give the name alone"
            ));
        }
        Ok(name.to_owned())
    };
    let mut fillers = many(line, field, |one| match one {
        Value::Array(names) if names.is_empty() || names.len() > MOST => Err(wrong()),
        Value::Array(names) => {
            let names = names.iter().filter(|name| !name.is_null());
            Ok(Named { names: names.map(name).collect::<Result<_, _>>()?, id: None })
        }
        one => Ok(Named { names: vec![name(one)?], id: None }),
    })?;
    if fillers.iter().any(|filler| filler.names.is_empty()) {
        return Err(wrong());
    }
    if let Some(Value::Array(ids)) = line.get(ids) {
        for (filler, id) in fillers.iter_mut().zip(ids) {
            filler.id = id.as_str().filter(|id| !id.is_empty()).map(str::to_owned);
        }
    }
    Ok(fillers)
}

fn time(value: &Value) -> Result<Option<Interval>, String> {
    let day = |value: &Value| -> Result<Option<Date>, String> {
        match value {
            Value::Null => Ok(None),
            Value::String(day) => {
                let iso = day.get(..10).unwrap_or(day);
                let read = iso
                    .parse::<Date>()
                    .map_err(|_| format!("its time `{}` is no day; write it as 2016-01-18", short(day)))?;
                Ok(Some(read))
            }
            _ => Err("its time is no day; write it as 2016-01-18".into()),
        }
    };
    let interval = match value {
        Value::Null => return Ok(None),
        Value::Object(time) => Interval {
            start: day(time.get("start").unwrap_or(&Value::Null))?,
            end: day(time.get("end").unwrap_or(&Value::Null))?,
        },
        one => day(one)?.map_or(Interval { start: None, end: None }, Interval::day),
    };
    match (interval.start, interval.end) {
        (None, None) => Ok(None),
        (Some(start), Some(end)) if start > end => {
            Err(format!("its time ends on {end}, before it starts on {start}; mend it"))
        }
        _ => Ok(Some(interval)),
    }
}

fn count(value: &Value) -> Result<Option<Count>, String> {
    let object = match value {
        Value::Null => return Ok(None),
        Value::Object(object) => object,
        _ => return Err("its count is not {what, low, high}; mend it".into()),
    };
    let number = |field: &str| match object.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(number) => whole(number)
            .map(Some)
            .ok_or_else(|| format!("count: \"{field}\" is no whole number from 0 up; mend it")),
    };
    let what = word(object, "what", Measure::parse, Measure::ALL)?;
    let what = what.ok_or("its count does not say \"what\" is counted; add killed, injured, displaced …")?;
    let (low, high) = (number("low")?, number("high")?);
    match (low, high) {
        (None, None) => return Err("its count has neither low nor high; leave the count out".into()),
        (Some(low), Some(high)) if low > high => {
            return Err(format!("its count has low {low} above high {high}; mend it"));
        }
        _ => {}
    }
    Ok(Some(Count {
        what,
        low,
        high,
        group: word(object, "group", Group::parse, Group::ALL)?,
        scope: word(object, "scope", Scope::parse, Scope::ALL)?,
    }))
}

/// A whole number, also where it is written `50.0`.
fn whole(value: &Value) -> Option<u64> {
    let round =
        |number: f64| (number.fract() == 0.0 && (0.0..=9e15).contains(&number)).then_some(number as u64);
    value.as_u64().or_else(|| value.as_f64().and_then(round))
}

/// The first words of something that was handed in, for a message.
pub(super) fn short(text: &str) -> String {
    let mut short: String = text.chars().take(60).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(value: Value) -> Result<Handed, String> {
        handed(&value)
    }

    #[test]
    fn a_filler_is_a_string_or_a_list_that_stands_for_one_thing() {
        let line = json!({"document": "d", "kind": "capture", "evidence": "took the town",
            "actor": ["rebels", ["the group", "Islamic State"]], "actor_id": [null, "islamic-state"], "place": "Ayyash",
            "time": "2016-01-18"});
        let claim = read(line).unwrap();
        assert_eq!(claim.actor[0].names, ["rebels"]);
        assert_eq!(claim.actor[1].names, ["the group", "Islamic State"]);
        assert_eq!(claim.actor[1].id.as_deref(), Some("islamic-state"));
        assert_eq!((claim.place.len(), claim.status), (1, Status::Asserted));
        assert_eq!(claim.evidence, [Cited { exact: Some("took the town".into()), ..Cited::default() }]);
        assert_eq!(claim.time, Some(Interval::day("2016-01-18".parse().unwrap())));
    }

    #[test]
    fn what_is_wrong_is_told_with_what_to_do() {
        let with = |field: &str, value: Value| {
            let mut line = json!({"document": "d", "kind": "clash", "evidence": ["x"]});
            line[field] = value;
            read(line)
        };
        for (field, value, words) in [
            ("document", Value::Null, "no field \"document\""),
            ("kind", json!("skirmish"), "no kind is called `skirmish`; one of clash, capture"),
            ("kind", json!(["clash", "attack"]), "choose one"),
            ("status", json!("likely"), "no status is called `likely`"),
            ("evidence", json!([]), "no evidence"),
            ("evidence", json!([{"start": 3}]), "without words or offsets"),
            ("evidence", json!([{"start": -3, "end": 4}]), "code points from 0"),
            ("actor", json!([7]), "neither a string nor a list"),
            ("actor", json!([[]]), "neither a string nor a list"),
            ("place", json!("x".repeat(301)), "longer than 300"),
            ("time", json!({"start": "last week"}), "`last week` is no day"),
            ("time", json!({"start": "2016-02-01", "end": "2016-01-01"}), "before it starts"),
            ("count", json!({"low": 5}), "does not say \"what\""),
            ("count", json!({"what": "dead", "low": 5}), "no what is called `dead`"),
            ("count", json!({"what": "killed"}), "neither low nor high"),
            ("count", json!({"what": "killed", "low": 9, "high": 5}), "low 9 above high 5"),
            ("count", json!({"what": "killed", "low": -1}), "no whole number"),
            ("degree", json!("half"), "no degree is called `half`"),
            ("unverified", json!("yes"), "neither true nor false"),
            ("grounds", json!([{"slot": "who", "exact": "x"}]), "names no slot"),
            ("source", json!(vec!["x"; 65]), "more than 64"),
        ] {
            let why = with(field, value.clone()).unwrap_err();
            assert!(why.contains(words), "{field} {value}: {why}");
        }
        assert!(read(json!([])).unwrap_err().contains("no JSON object"));
    }

    #[test]
    fn numbers_that_a_model_writes_with_a_point_are_whole() {
        let line = json!({"document": "d", "kind": "casualties", "evidence": ["x"],
            "count": {"what": "killed", "low": 50.0, "high": null}});
        assert_eq!(read(line).unwrap().count.unwrap().low, Some(50));
    }
}
