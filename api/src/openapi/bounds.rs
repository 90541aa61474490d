//! Bounds of schemas that say none themselves, but for how long a text is. They are enforced as all are: bodies and parameters
//! are checked against the published schema.

use serde_json::{Map, Value, json};

/// Text without control characters, but with line breaks and tabs: what both databases store and every reader shows.
pub(super) const TEXT: &str = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$";

/// The largest whole number that every JSON reader takes exactly (RFC 8259, 6).
const MOST_EXACT: u64 = 9_007_199_254_740_991;

/// Puts right what the generator leaves odd, and bounds every text, number and list.
pub(super) fn tidy(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            choose(fields);
            bound(fields);
            name_cases(fields);
            if let Some(example) = fields.remove("example") {
                fields.entry("examples").or_insert_with(|| json!([example]));
            }
            for (name, value) in fields {
                // An example is a value, not a schema.
                if !matches!(name.as_str(), "default" | "enum" | "examples") {
                    tidy(value);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(tidy),
        _ => (),
    }
}

/// What optional parameters may not be is null: they are left out instead.
pub(super) fn not_null(schema: &mut Value) {
    if let Some(kinds) = schema["type"].as_array() {
        let kinds: Vec<Value> = kinds.iter().filter(|kind| *kind != "null").cloned().collect();
        if let [kind] = kinds.as_slice() {
            schema["type"] = kind.clone();
        }
    }
    let one = schema["oneOf"].as_array().and_then(|all| {
        let kept: Vec<&Value> = all.iter().filter(|one| one["type"] != "null").collect();
        if let [kept] = kept.as_slice() { Some((*kept).clone()) } else { None }
    });
    if let Some(one) = one {
        *schema = one;
    }
}

/// A choice of one is no choice.
fn choose(fields: &mut Map<String, Value>) {
    let only = match fields.get("oneOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([only]) => only.as_object().cloned(),
        _ => None,
    };
    if let Some(only) = only {
        fields.remove("oneOf");
        for (key, value) in only {
            fields.entry(key).or_insert(value);
        }
    }
}

/// The property that tells the cases of a union apart.
fn name_cases(fields: &mut Map<String, Value>) {
    let properties = fields.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut) {
        let case = property["enum"].as_array().is_some_and(|values| values.len() == 1);
        if case && property.get("description").is_none() {
            property["description"] = json!("Which of the cases this is.");
        }
    }
}

fn bound(fields: &mut Map<String, Value>) {
    let is = |kind: &str| match fields.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|one| one == kind),
        Some(one) => one == kind,
        None => false,
    };
    let closed = fields.contains_key("enum") || fields.contains_key("const");
    if is("string") && !closed {
        text(fields);
    } else if is("integer") && !closed {
        let wide = fields.get("format").is_none_or(|format| format == "int64");
        usually(fields, "format", json!("int64"));
        usually(fields, "minimum", json!(0));
        usually(fields, "maximum", json!(if wide { MOST_EXACT } else { 2_147_483_647 }));
    } else if is("array") {
        usually(fields, "minItems", json!(0));
        usually(fields, "maxItems", json!(domain::record::MOST));
        // Lists of words are lists of names and the like, not of prose.
        let word = fields.get_mut("items").filter(|items| items["type"] == "string");
        if let Some(word) = word.and_then(Value::as_object_mut) {
            usually(word, "maxLength", json!(200));
        }
    } else if is("object") && fields.get("additionalProperties").is_some_and(Value::is_object) {
        usually(fields, "maxProperties", json!(1000));
    }
}

fn text(fields: &mut Map<String, Value>) {
    let form = match fields.get("format").and_then(Value::as_str) {
        Some("binary") => return,
        Some("date") => Some((10, Some(10), None)),
        Some("date-time") => Some((20, Some(35), None)),
        Some("email") => Some((3, Some(254), Some(r"^[^@\s]+@[^@\s]+$"))),
        Some("uri" | "uri-reference") => Some((1, Some(2000), Some(r"^\S+$"))),
        _ => None,
    };
    // A pattern that wants a character at least says so.
    let filled = fields
        .get("pattern")
        .and_then(Value::as_str)
        .is_some_and(|pattern| pattern.ends_with("+$") || pattern.ends_with("}$"));
    // How long a text can be is said where it is declared, and a test of the suite sees to it: nothing fits all.
    let (least, most, pattern) = form.unwrap_or((u64::from(filled), None, Some(TEXT)));
    usually(fields, "minLength", json!(least));
    if let Some(most) = most {
        usually(fields, "maxLength", json!(most));
    }
    if let Some(pattern) = pattern {
        usually(fields, "pattern", json!(pattern));
    }
}

fn usually(fields: &mut Map<String, Value>, name: &str, value: Value) {
    fields.entry(name).or_insert(value);
}
