//! CSV: the fields of the JSON lines, objects within them as `outer.inner`, lists joined by `;`.

use std::io::Write;

use anyhow::Result;
use serde::Serialize;
use serde_json::{Map, Value};

/// Writes the rows under a header: first `fields`, then whatever else the rows have.
pub fn write<T: Serialize>(out: &mut impl Write, fields: &[&str], rows: &[T]) -> Result<()> {
    let mut header: Vec<String> = Vec::new();
    let mut flat: Vec<Map<String, Value>> = Vec::with_capacity(rows.len());
    for row in rows {
        let mut one = Map::new();
        flatten(&mut one, "", serde_json::to_value(row)?);
        flat.push(one);
    }
    for key in flat.iter().flat_map(Map::keys) {
        if !header.contains(key) {
            header.push(key.clone());
        }
    }
    let inside = |field: &str, key: &str| {
        key == field || key.strip_prefix(field).is_some_and(|rest| rest.starts_with('.'))
    };
    for field in fields {
        if !header.iter().any(|key| inside(field, key)) {
            header.push((*field).to_owned());
        }
    }
    // A field that is null in one row and an object in another stands in the object's columns.
    let outer: Vec<String> = header
        .iter()
        .filter(|key| header.iter().any(|other| other != *key && inside(key, other)))
        .cloned()
        .collect();
    header.retain(|key| !outer.contains(key));
    let place = |key: &str| fields.iter().position(|field| inside(field, key)).unwrap_or(fields.len());
    header.sort_by_key(|key| place(key));
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(&header)?;
    for row in &flat {
        csv.write_record(header.iter().map(|key| row.get(key).map(cell).unwrap_or_default()))?;
    }
    csv.flush()?;
    Ok(())
}

fn flatten(flat: &mut Map<String, Value>, prefix: &str, value: Value) {
    match value {
        Value::Object(object) if !object.is_empty() || prefix.is_empty() => {
            for (key, value) in object {
                let key = if prefix.is_empty() { key } else { format!("{prefix}.{key}") };
                flatten(flat, &key, value);
            }
        }
        value => {
            flat.insert(prefix.to_owned(), value);
        }
    }
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(many) if !many.iter().any(|one| one.is_array() || one.is_object()) => {
            many.iter().map(cell).collect::<Vec<_>>().join(";")
        }
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn objects_become_columns_and_lists_cells() {
        let rows = [
            json!({"id": "a", "time": {"start": "2014-06-03", "end": null}, "roots": ["x", "y"]}),
            json!({"id": "b, c", "time": null, "roots": []}),
        ];
        let mut out = Vec::new();
        write(&mut out, &["id", "roots", "time"], &rows).unwrap();
        let expected = "id,roots,time.start,time.end\na,x;y,2014-06-03,\n\"b, c\",,,\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn an_empty_list_has_its_header() {
        let mut out = Vec::new();
        write::<Value>(&mut out, &["id", "kind"], &[]).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "id,kind\n");
    }
}
