//! What ReliefWeb's interface answers with (`data[].fields`) to reports.
//!
//! **Takes** the JSON of `/v1/reports` and `/v2/reports`. **Gives** a report for each, with those who issued it as
//! outlet and the day of the original. **Never** puts the countries it is filed under into the text.

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::fields::Fields;
use crate::handover::{Handover, filled};
use crate::record;

/// Whether an answer of ReliefWeb's lies before us, by its fields and the first of its data.
pub(crate) fn is_answer(fields: &[String], value: &RawValue) -> bool {
    fields.iter().any(|field| field == "data")
        && items(value.get()).is_some_and(|items| {
            let first = items.first().and_then(|item| serde_json::from_str::<Value>(item.get()).ok());
            first.is_some_and(|first| first["fields"].is_object())
        })
}

fn items(json: &str) -> Option<Vec<&RawValue>> {
    #[derive(Deserialize)]
    struct Answer<'a> {
        #[serde(borrow)]
        data: Vec<&'a RawValue>,
    }
    serde_json::from_str::<Answer>(json).ok().map(|answer| answer.data)
}

/// Hands over the reports of the answer.
pub(crate) fn read(text: &str, to: &mut Handover) {
    let (mut line, mut counted) = (1, 0);
    for (n, item) in items(text).unwrap_or_default().into_iter().enumerate() {
        let json = item.get();
        let at = json.as_ptr() as usize - text.as_ptr() as usize;
        line += text[counted..at].matches('\n').count();
        counted = at;
        let said = serde_json::from_str::<Value>(json)
            .map_err(|error| record::broken(&error))
            .and_then(|item| said(&item));
        match said {
            Ok(said) => to.give(said, json.as_bytes(), &line.to_string(), Some(line), || {
                format!("reliefweb/{}", n + 1)
            }),
            Err(message) => to.warn(Some(line), message),
        }
    }
}

fn said(item: &Value) -> Result<Fields, String> {
    let fields = &item["fields"];
    let text = |name: &str| filled(fields[name].as_str().map(str::to_owned));
    let number = match &item["id"] {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => fields["id"].as_u64().map(|id| id.to_string()),
    };
    let Some(body) = text("body-html").or_else(|| text("body")) else {
        let which = number.map(|id| format!(" {id}")).unwrap_or_default();
        return Err(format!(
            "ReliefWeb's report{which} has no body; ask for the fields body-html, title, date, source, url"
        ));
    };
    let dates = ["original", "created", "changed"];
    Ok(Fields {
        id: number.map(|id| format!("reliefweb/{id}")),
        text: Some(record::unmarked(body)?),
        published: dates.iter().find_map(|name| filled(fields["date"][name].as_str().map(str::to_owned))),
        publisher: names(&fields["source"]),
        author: None,
        title: text("title"),
        url: text("url_alias")
            .or_else(|| text("url"))
            .or_else(|| filled(item["href"].as_str().map(str::to_owned))),
        language: fields["language"][0]["code"].as_str().map(str::to_owned),
        guessed: Vec::new(),
    })
}

/// The names of those who issued it.
fn names(sources: &Value) -> Option<String> {
    let one =
        |source: &Value| filled(source["name"].as_str().or(source["shortname"].as_str()).map(str::to_owned));
    let names: Vec<String> = match sources {
        Value::Array(many) => many.iter().filter_map(one).collect(),
        single => one(single).into_iter().collect(),
    };
    (!names.is_empty()).then(|| names.join(", "))
}
