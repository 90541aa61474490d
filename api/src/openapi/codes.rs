//! Which code set a word is from, said so that programs can read it as well: `x-code-set`.
//!
//! A list of the codes themselves would break clients whenever one is added. [`crate::schemas`] holds values against the set.

use domain::codes;
use serde_json::{Map, Value, json};

/// The keyword that names a code set.
pub(crate) const CODE_SET: &str = "x-code-set";

/// How descriptions say that a value is a code.
const SAYS: &str = "from the code set `";

/// Names the set of every property whose description does, also of those in the cases of a union.
pub(super) fn name_sets(schema: &mut Value) {
    for cases in ["oneOf", "allOf"] {
        schema
            .get_mut(cases)
            .and_then(Value::as_array_mut)
            .into_iter()
            .flatten()
            .for_each(name_sets);
    }
    let properties = schema.get_mut("properties").and_then(Value::as_object_mut);
    for property in properties.into_iter().flat_map(Map::values_mut) {
        let description = property["description"].as_str().unwrap_or_default().to_owned();
        name_set(&description, property);
    }
}

/// Names the set that `description` does in `schema`, or in that of its items.
pub(super) fn name_set(description: &str, schema: &mut Value) {
    let Some((_, rest)) = description.split_once(SAYS) else { return };
    let name = rest.split('`').next().unwrap_or_default();
    let set = codes::set(name).expect("a description names a code set that is there");
    let schema = if schema["items"].is_object() { &mut schema["items"] } else { schema };
    let is_text = match &schema["type"] {
        Value::Array(kinds) => kinds.contains(&json!("string")),
        kind => kind == "string",
    };
    if is_text && schema["enum"].is_null() {
        schema[CODE_SET] = json!(name);
        if schema["examples"].is_null() {
            schema["examples"] = set.codes().take(1).collect();
        }
    }
}
