//! Schemas that take nothing unknown. A request is held against them, so that a misspelt property is noticed; an answer may have
//! more tomorrow than today, and a client whose generator was told that it may not would break then.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use super::reach;

/// The keyword of schemas that take nothing unknown in requests, and that answers have as well: there, whoever reads must be
/// ready for more.
pub(super) const IN_REQUESTS: &str = "x-closed-in-requests";

/// The keyword of JSON Schema that closes a schema, whichever way a value goes.
const CLOSING: &str = "additionalProperties";

/// Opens every schema that an answer reaches, and notes that requests find it closed.
pub(super) fn open_to_answers(document: &mut Value) {
    let mut reached = BTreeSet::new();
    let items = document["paths"].as_object().into_iter().flat_map(Map::values);
    let operations = items.flat_map(|item| item.as_object().into_iter().flat_map(Map::values));
    for operation in operations {
        reach(document, &operation["responses"], &mut reached);
    }
    let reached: BTreeSet<String> = reached.into_iter().map(str::to_owned).collect();
    let schemas = document["components"]["schemas"].as_object_mut().into_iter().flatten();
    for (_, schema) in schemas.filter(|(name, _)| reached.contains(*name)) {
        swap(schema, (CLOSING, &json!(false)), (IN_REQUESTS, &json!(true)));
    }
}

/// Closes what requests find closed: what they are held against.
pub(super) fn close(schema: &mut Value) {
    swap(schema, (IN_REQUESTS, &json!(true)), (CLOSING, &json!(false)));
}

/// Puts one keyword in the place of the other, in the schema and in all that is within it.
fn swap(schema: &mut Value, was: (&str, &Value), is: (&str, &Value)) {
    match schema {
        Value::Object(fields) => {
            if fields.get(was.0) == Some(was.1) {
                fields.remove(was.0);
                fields.insert(is.0.to_owned(), is.1.clone());
            }
            for (name, value) in fields {
                // An example is a value, not a schema.
                if !matches!(name.as_str(), "default" | "enum" | "examples") {
                    swap(value, was, is);
                }
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| swap(value, was, is)),
        _ => (),
    }
}
