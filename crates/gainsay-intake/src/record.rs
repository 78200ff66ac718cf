//! One report as JSON: `id, text, published, publisher, author, title, url, language`. Other fields are ignored.

use gainsay_model::Report;
use serde::Deserialize;
use serde_json::Value;

use crate::fields::Fields;

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

/// The report that `json` holds, and what is wrong with its date if anything is. `spare` is its id where it has
/// none.
///
/// # Errors
/// Broken JSON, a field of the wrong type, no text: what is wrong and what to do, in one sentence.
pub(crate) fn report(json: &str, spare: impl FnOnce() -> String) -> Result<(Report, Option<String>), String> {
    // Derived structs would also take an array, field by field.
    if !json.trim_start().starts_with('{') && serde_json::from_str::<serde::de::IgnoredAny>(json).is_ok() {
        return Err("not a report (no JSON object); write it as {\"id\": …, \"text\": …}".to_owned());
    }
    let record: Record = serde_json::from_str(json).map_err(|error| broken(&error))?;
    let id = match record.id {
        None | Some(Value::Null) => None,
        Some(Value::String(id)) => Some(id),
        Some(Value::Number(id)) => Some(id.to_string()),
        Some(_) => return Err("its id is neither text nor a number; mend it".to_owned()),
    };
    let Record { text, published, publisher, author, title, url, language, .. } = record;
    let fields = Fields { id, text, published, publisher, author, title, url, language, guessed: Vec::new() };
    fields.report(spare)
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

    #[test]
    fn fields_are_kept_as_they_are() {
        let json = r#"{"id":"a","text":"One.\r\nTwo.","published":"2016-01-18T23:30:00-05:00","publisher":"X",
            "title":null,"url":"","language":"en-US","more":{"x":1}}"#;
        let (report, complaint) = report(json, || unreachable!()).unwrap();
        assert_eq!((report.id.as_str(), report.text.as_str()), ("a", "One.\r\nTwo."));
        assert_eq!(report.published, Some(date(2016, 1, 18)));
        assert_eq!((report.publisher.as_deref(), report.url.as_deref()), (Some("X"), None));
        assert_eq!(report.language.as_deref(), Some("en"));
        assert_eq!((report.guessed, complaint), (vec![], None));
    }

    #[test]
    fn a_date_in_other_words_is_guessed_and_no_date_is_told() {
        let (dated, complaint) = report(r#"{"text":"x","published":"18/01/2016"}"#, || "f-1".into()).unwrap();
        assert_eq!((dated.published, dated.guessed), (Some(date(2016, 1, 18)), vec![Field::Published]));
        assert_eq!((dated.id.as_str(), complaint), ("f-1", None));
        let (undated, complaint) =
            report(r#"{"id":7,"text":"x","published":"2014-05"}"#, || unreachable!()).unwrap();
        assert_eq!((undated.id.as_str(), undated.published), ("7", None));
        assert!(complaint.unwrap().contains("2014-05"));
    }

    #[test]
    fn what_is_no_report_is_refused() {
        for (json, words) in [
            (r#"{"text":"#, "broken JSON at column"),
            (r#"{"text":7}"#, "expected a string"),
            (r#"{"id":"a"}"#, "no field \"text\""),
            (r#"{"text":" \n"}"#, "empty"),
            (r#"[]"#, "not a report"),
            (r#"{"id":[],"text":"x"}"#, "its id"),
        ] {
            let why = report(json, || "x".into()).unwrap_err();
            assert!(why.contains(words), "{json}: {why}");
        }
    }
}
