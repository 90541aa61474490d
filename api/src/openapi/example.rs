//! Examples of whole bodies, put together from those of their fields.

use serde_json::{Map, Value, json};

/// An example that is valid against `schema`, if its fields say enough.
pub(super) fn of(schema: &Value, schemas: &Value) -> Option<Value> {
    build(schema, schemas, &mut Vec::new())
}

/// Names that `within` holds are being built: a schema that holds itself ends there.
fn build<'a>(schema: &'a Value, schemas: &'a Value, within: &mut Vec<&'a str>) -> Option<Value> {
    if let Some(example) = schema.get("example").or_else(|| schema["examples"].get(0)) {
        return Some(example.clone());
    }
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        if within.contains(&name) {
            return None;
        }
        within.push(name);
        let built = build(&schemas[name], schemas, within);
        within.pop();
        return built;
    }
    if let Some(value) =
        schema.get("const").or_else(|| schema["enum"].get(0)).or_else(|| schema.get("default"))
    {
        return Some(value.clone());
    }
    if let Some(all) = schema["allOf"].as_array() {
        let mut whole = Map::new();
        for part in all {
            whole.extend(build(part, schemas, within)?.as_object()?.clone());
        }
        return Some(Value::Object(whole));
    }
    for choice in ["oneOf", "anyOf"] {
        if let Some(all) = schema[choice].as_array() {
            return all
                .iter()
                .filter(|one| one["type"] != "null")
                .find_map(|one| build(one, schemas, within));
        }
    }
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.iter().find(|kind| *kind != "null")?.as_str()?,
        kind => kind.as_str()?,
    };
    match kind {
        "object" => object(schema, schemas, within),
        "array" => {
            let item = build(&schema["items"], schemas, within);
            Some(item.map_or_else(|| json!([]), |item| json!([item])))
        }
        "string" => Some(json!(text(schema))),
        "integer" | "number" => Some(schema.get("minimum").cloned().unwrap_or_else(|| json!(1))),
        "boolean" => Some(json!(true)),
        _ => None,
    }
}

fn object<'a>(schema: &'a Value, schemas: &'a Value, within: &mut Vec<&'a str>) -> Option<Value> {
    let mut whole = Map::new();
    let required = |name: &str| {
        schema["required"].as_array().is_some_and(|names| names.iter().any(|one| one == name))
    };
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        match build(property, schemas, within) {
            Some(value) => {
                whole.insert(name.clone(), value);
            }
            None if required(name) => return None,
            None => (),
        }
    }
    Some(Value::Object(whole))
}

/// The SHA-256 of nothing.
const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

fn text(schema: &Value) -> String {
    let text = match schema["format"].as_str() {
        Some("date") => "2026-12-01",
        Some("date-time") => "2026-12-01T10:00:00Z",
        Some("uuid") => "019aa5d0-0000-7000-8000-000000000001",
        Some("email") => "aino@example.fi",
        Some("uri" | "uri-reference") => "https://www.example.fi",
        _ if schema["pattern"] == "^[0-9a-f]{64}$" => DIGEST,
        _ => "esimerkki",
    };
    let least = usize::try_from(schema["minLength"].as_u64().unwrap_or(0)).unwrap_or(0);
    if text.len() < least { text.repeat(least / text.len() + 1) } else { text.to_owned() }
}
