//! Whether JSON is what a schema of OpenAPI 3.1 says: as much of JSON Schema as the description uses.

use serde_json::Value;

/// What of `value` is not as `schema` says, each with where it stands; nothing where all of it is. `api` is the whole
/// description, in which references lead on.
pub fn misfits(api: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    look(api, schema, value, "", &mut found);
    found
}

fn look(api: &Value, schema: &Value, value: &Value, at: &str, found: &mut Vec<String>) {
    // `true` fits everything.
    let Some(says) = schema.as_object() else { return };
    for (key, said) in says {
        match key.as_str() {
            "$ref" => {
                let target = said.as_str().unwrap_or_default();
                match target.strip_prefix('#').and_then(|pointer| api.pointer(pointer)) {
                    Some(schema) => look(api, schema, value, at, found),
                    None => found.push(format!("{at}: the description holds no {target}")),
                }
            }
            "type" => {
                let kinds: Vec<&str> = match said {
                    Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
                    one => one.as_str().into_iter().collect(),
                };
                if !kinds.iter().any(|kind| is(value, kind)) {
                    found.push(format!("{at}: {value} is no {}", kinds.join(" or ")));
                }
            }
            "enum" if !list(said).contains(value) => found.push(format!("{at}: {value} is none of {said}")),
            "const" if said != value => found.push(format!("{at}: {value} is not {said}")),
            "required" if value.is_object() => {
                let missing =
                    list(said).iter().filter(|name| value.get(name.as_str().unwrap_or("")).is_none());
                found.extend(missing.map(|name| format!("{at}: {name} is missing")));
            }
            "properties" => {
                for (name, schema) in said.as_object().into_iter().flatten() {
                    if let Some(inner) = value.get(name) {
                        look(api, schema, inner, &format!("{at}/{name}"), found);
                    }
                }
            }
            "additionalProperties" => {
                let named = says.get("properties").and_then(Value::as_object);
                for (name, inner) in value.as_object().into_iter().flatten() {
                    if named.is_some_and(|named| named.contains_key(name)) {
                    } else if *said == Value::Bool(false) {
                        found.push(format!("{at}: nothing is said of {name}"));
                    } else {
                        look(api, said, inner, &format!("{at}/{name}"), found);
                    }
                }
            }
            "items" => {
                let rest = says.get("prefixItems").map_or(0, |first| list(first).len());
                for (number, inner) in list(value).iter().enumerate().skip(rest) {
                    match said {
                        Value::Bool(false) => found.push(format!("{at}: has more than {rest}")),
                        _ => look(api, said, inner, &format!("{at}/{number}"), found),
                    }
                }
            }
            "prefixItems" => {
                for (number, (schema, inner)) in list(said).iter().zip(list(value)).enumerate() {
                    look(api, schema, inner, &format!("{at}/{number}"), found);
                }
            }
            "allOf" => list(said).iter().for_each(|schema| look(api, schema, value, at, found)),
            "anyOf" | "oneOf" => {
                let tries: Vec<Vec<String>> =
                    list(said).iter().map(|schema| misfits(api, schema, value)).collect();
                if !tries.iter().any(Vec::is_empty) {
                    let nearest = tries.into_iter().min_by_key(Vec::len).unwrap_or_default();
                    found.extend(nearest.into_iter().map(|what| format!("{at}{what}")));
                }
            }
            "minimum" if value.is_number() && value.as_f64() < said.as_f64() => {
                found.push(format!("{at}: {value} is below {said}"))
            }
            _ => {}
        }
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn is(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => false,
    }
}

#[test]
fn what_does_not_fit_is_found() {
    use serde_json::json;
    let api = json!({"components": {"schemas": {"Day": {"type": ["string", "null"]}}}});
    let schema = json!({
        "type": "object",
        "required": ["day", "counts"],
        "properties": {
            "day": {"$ref": "#/components/schemas/Day"},
            "counts": {"type": "array", "items": {"type": "integer", "minimum": 0}},
            "one": {"oneOf": [{"type": "null"}, {"type": "string", "enum": ["a", "b"]}]},
        },
    });
    let fits = |value| misfits(&api, &schema, &value);
    assert_eq!(fits(json!({"day": null, "counts": [1, 2], "one": "a"})), Vec::<String>::new());
    assert_eq!(fits(json!({"day": 7, "counts": [1]})), ["/day: 7 is no string or null"]);
    assert_eq!(fits(json!({"day": "d"})), [": \"counts\" is missing"]);
    assert_eq!(fits(json!({"day": "d", "counts": [-1, "x"]})).len(), 2);
    assert_eq!(fits(json!({"day": "d", "counts": [], "one": "c"})).len(), 1);
    assert_eq!(misfits(&api, &json!({"$ref": "#/none"}), &json!(1)).len(), 1);
}
