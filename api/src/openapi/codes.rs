//! Which code set a word is from, said so that programs can read it as well: `x-code-set`.
//!
//! A list of the codes themselves would break clients whenever one is added. [`crate::schemas`] holds values against the set.

use domain::codes;
use serde_json::{Map, Value, json};

use super::bounds::TEXT;

/// The keyword that names a code set.
pub(crate) const CODE_SET: &str = "x-code-set";

/// How descriptions say that a value is a code.
const SAYS: &str = "from the code set `";

/// What every code looks like, and how long it is at the most, unless the contract says more of it.
const FORM: (&str, usize) = ("^[a-z0-9_]+$", 60);

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
        if schema["pattern"] == TEXT {
            let (pattern, most) = FORM;
            schema["pattern"] = json!(pattern);
            schema["minLength"] = json!(1);
            schema["maxLength"] = json!(most);
        }
        if schema["examples"].is_null() {
            schema["examples"] = set.codes().take(1).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::codes;
    use serde_json::{Value, json};

    use super::{CODE_SET, FORM};

    fn named<'a>(value: &'a Value, sets: &mut BTreeSet<&'a str>) {
        sets.extend(value[CODE_SET].as_str());
        match value {
            Value::Object(fields) => fields.values().for_each(|value| named(value, sets)),
            Value::Array(values) => values.iter().for_each(|value| named(value, sets)),
            _ => (),
        }
    }

    #[test]
    fn every_code_of_the_contract_has_the_form_that_it_says_codes_have() {
        let (pattern, most) = FORM;
        let form = jsonschema::validator_for(&json!({ "pattern": pattern, "maxLength": most }));
        let form = form.expect("a schema");
        let mut sets = BTreeSet::new();
        named(crate::openapi::json(), &mut sets);
        assert!(!sets.is_empty());
        let sets = sets.into_iter().map(|name| codes::set(name).expect("it is there"));
        for code in sets.flat_map(|set| set.codes()) {
            assert!(form.is_valid(&json!(code)), "{code}");
        }
    }
}
