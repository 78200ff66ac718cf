//! One report as JSON: `id, text, published, publisher, author, title, url, language`. Other fields are ignored.
//!
//! An object without `text`, or under a column map, is read by [`Columns`].

use gainsay_model::Report;
use serde::Deserialize;
use serde_json::Value;

use crate::columns::{Columns, Part};
use crate::fields::Fields;
use crate::handover::filled;
use crate::{dates, html};

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    id: Option<Value>,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    published: Option<String>,
    #[serde(default)]
    publisher: Option<String>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    language: Option<String>,
}

/// What is said of a line that holds a claim where a report is looked for; whoever takes claims knows it by this.
pub const A_CLAIM: &str =
    "a claim, not a report; `gainsay add` takes it, with --reader NAME@VERSION where no reader is named";

/// The report that `json` holds, and what is wrong with its date if anything is. `spare` is its id where it has
/// none.
///
/// # Errors
/// Broken JSON, a field of the wrong type, no text: what is wrong and what to do, in one sentence.
pub(crate) fn report(
    json: &str,
    columns: &Columns,
    spare: impl FnOnce() -> String,
) -> Result<(Report, Option<String>), String> {
    // Derived structs would also take an array, field by field.
    if !json.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(json).is_ok() {
        return Err("not a report (no JSON object); write it as {\"id\": …, \"text\": …}".to_owned());
    }
    let said = if columns.is_empty() {
        // Our own format, unless it has no text; then what stands in its place may be called otherwise.
        let own: Result<Record, _> = serde_json::from_str(json);
        match own {
            Ok(record) if record.text.is_some() => own_format(record)?,
            Ok(_) => by_columns(json, columns)?,
            Err(error) => return Err(broken(&error)),
        }
    } else {
        by_columns(json, columns)?
    };
    said.report(spare)
}

fn own_format(record: Record) -> Result<Fields, String> {
    Ok(Fields {
        id: record.id.as_ref().map(id).transpose()?.flatten(),
        text: record.text,
        published: record.published,
        publisher: record.publisher,
        author: record.author,
        title: record.title,
        url: record.url,
        language: record.language,
        guessed: Vec::new(),
    })
}

fn by_columns(json: &str, columns: &Columns) -> Result<Fields, String> {
    let object: Value = serde_json::from_str(json).map_err(|error| broken(&error))?;
    if columns.is_empty() && object.get("document").is_some() && object.get("evidence").is_some() {
        return Err(A_CLAIM.to_owned());
    }
    let part = |part: Part| columns.value(part, &object).filter(|value| !value.is_null());
    let Some(text) = part(Part::Text).and_then(prose) else {
        let fields: Vec<&str> =
            object.as_object().into_iter().flat_map(|fields| fields.keys()).map(String::as_str).collect();
        return Err(match fields.as_slice() {
            [] | [_] if columns.is_empty() => "the report has no field \"text\"; add it".to_owned(),
            _ => columns.no_text("field", fields.into_iter()),
        });
    };
    Ok(Fields {
        id: part(Part::Id).map(id).transpose()?.flatten(),
        text: Some(unmarked(text)?),
        published: part(Part::Published).and_then(day),
        publisher: part(Part::Publisher).and_then(name),
        author: part(Part::Author).and_then(name),
        title: part(Part::Title).and_then(name),
        url: part(Part::Url).and_then(name),
        language: part(Part::Language).and_then(name),
        guessed: Vec::new(),
    })
}

fn id(value: &Value) -> Result<Option<String>, String> {
    match value {
        Value::Null => Ok(None),
        Value::String(id) => Ok(filled(Some(id.clone()))),
        Value::Number(id) => Ok(Some(id.to_string())),
        _ => Err("its id is neither text nor a number; mend it".to_owned()),
    }
}

/// A text, or the paragraphs of an array.
fn prose(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(many) => {
            let paragraphs: Vec<String> = many.iter().filter_map(prose).collect();
            (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
        }
        _ => None,
    }
}

/// A text or a number; of an object its name; of an array all of these.
fn name(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(object) => {
            ["name", "title", "code"].iter().find_map(|key| object.get(*key)?.as_str().map(str::to_owned))
        }
        Value::Array(many) => {
            let names: Vec<String> = many.iter().filter(|one| !one.is_array()).filter_map(name).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        _ => None,
    }
}

/// A day as written, or of a number of seconds or milliseconds since 1970.
fn day(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(
            number
                .as_i64()
                .and_then(dates::of_unix)
                .map_or_else(|| number.to_string(), |day| day.to_string()),
        ),
        _ => name(value),
    }
}

/// A text that comes as HTML without its tags; any other as it is.
///
/// # Errors
/// HTML that cannot be read.
pub(crate) fn unmarked(text: String) -> Result<String, String> {
    match html::is_marked_up(&text) {
        true => html::fragment(&text).map_err(|why| why.message),
        false => Ok(text),
    }
}

/// What a JSON error means for whoever wrote the file.
pub(crate) fn broken(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let what = said.rsplit_once(" at line ").map_or(said.as_str(), |(what, _)| what);
    match error.classify() {
        serde_json::error::Category::Data => format!("not a report ({what}); mend the field"),
        _ => format!("broken JSON at column {} ({what}); mend it", error.column()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gainsay_model::Field;
    use jiff::civil::date;

    fn read(json: &str, spare: &str) -> Result<(Report, Option<String>), String> {
        report(json, &Columns::default(), || spare.to_owned())
    }

    #[test]
    fn fields_are_kept_as_they_are() {
        let json = r#"{"id":"a","text":"One.\r\nTwo.","published":"2016-01-18T23:30:00-05:00","publisher":"X",
            "author":"A. Writer","title":null,"url":"","language":"en-US","more":{"x":1}}"#;
        let (report, complaint) = read(json, "").unwrap();
        assert_eq!((report.id.as_str(), report.text.as_str()), ("a", "One.\r\nTwo."));
        assert_eq!(report.published, Some(date(2016, 1, 18)));
        assert_eq!((report.publisher.as_deref(), report.url.as_deref()), (Some("X"), None));
        assert_eq!(report.author.as_deref(), Some("A. Writer"));
        assert_eq!(report.language.as_deref(), Some("en"));
        assert_eq!((report.guessed, complaint), (vec![], None));
    }

    #[test]
    fn a_date_in_other_words_is_guessed_and_no_date_is_told() {
        let (dated, complaint) = read(r#"{"text":"x","published":"18/01/2016"}"#, "f-1").unwrap();
        assert_eq!((dated.published, dated.guessed), (Some(date(2016, 1, 18)), vec![Field::Published]));
        assert_eq!((dated.id.as_str(), complaint), ("f-1", None));
        let (undated, complaint) = read(r#"{"id":7,"text":"x","published":"2014-05"}"#, "").unwrap();
        assert_eq!((undated.id.as_str(), undated.published), ("7", None));
        assert!(complaint.unwrap().contains("2014-05"));
    }

    #[test]
    fn what_is_no_report_is_refused() {
        for (json, words) in [
            (r#"{"text":"#, "broken JSON at column"),
            (r#"{"text":7}"#, "expected a string"),
            (r#"{"id":"a"}"#, "no field \"text\""),
            (r#"{"document":"a","kind":"clash","evidence":[]}"#, A_CLAIM),
            (r#"{"text":" \n"}"#, "empty"),
            (r#"[]"#, "not a report"),
            (r#"{"id":[],"text":"x"}"#, "its id"),
            (r#"{"id":"a","headlines":"x"}"#, "say which holds it (--map text=…) of id, headlines"),
        ] {
            let why = read(json, "x").unwrap_err();
            assert!(why.contains(words), "{json}: {why}");
        }
    }

    #[test]
    fn other_peoples_fields_are_read_by_common_name_or_map() {
        let json = r#"{"guid":9,"headline":"Bridge hit","body":"<p>A bridge was hit.</p><p>Nobody died.</p>",
            "date":1453075200,"source":{"name":"Furat Post"},"authors":["A","B"],"lang":"en"}"#;
        let (taken, complaint) = read(json, "").unwrap();
        assert_eq!((taken.id.as_str(), taken.text.as_str()), ("9", "A bridge was hit.\n\nNobody died."));
        assert_eq!((taken.published, complaint), (Some(date(2016, 1, 18)), None));
        assert_eq!(taken.publisher.as_deref(), Some("Furat Post"));
        assert_eq!(taken.author.as_deref(), Some("A, B"));
        let columns = Columns::of(&["text=post.parts", "published=post.when", "title=post.parts.0"]).unwrap();
        let json = r#"{"text":"not this","post":{"parts":["One.","Two."],"when":"2016-01-18"}}"#;
        let (taken, _) = report(json, &columns, || "f-1".to_owned()).unwrap();
        assert_eq!((taken.id.as_str(), taken.text.as_str()), ("f-1", "One.\n\nTwo."));
        assert_eq!((taken.title.as_deref(), taken.published), (Some("One."), Some(date(2016, 1, 18))));
    }

    #[test]
    fn json_that_nests_without_end_is_refused() {
        for columns in [Columns::default(), Columns::of(&["text=a"]).unwrap()] {
            let json = format!("{{\"body\":{}", "[".repeat(1_000_000));
            assert!(report(&json, &columns, || "x".into()).unwrap_err().contains("broken JSON"));
        }
    }
}
