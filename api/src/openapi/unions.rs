//! Tagged unions: each case gets a name of its own, and a `discriminator` says which value means which.

use serde_json::{Map, Value, json};

use super::words;

/// Names the cases of every tagged union among `schemas`.
pub(super) fn discriminate(schemas: &mut Value) {
    let mut cases = Map::new();
    for (name, schema) in schemas.as_object_mut().into_iter().flatten() {
        let Some(tag) = tag_of(schema) else { continue };
        let mut mapping = Map::new();
        for case in schema["oneOf"].as_array_mut().into_iter().flatten() {
            let value = case["properties"][&tag]["enum"][0].as_str().unwrap_or_default().to_owned();
            let named = format!("{name}{}", words::camel(&value));
            let reference = format!("#/components/schemas/{named}");
            let whole = std::mem::replace(case, json!({ "$ref": reference }));
            cases.insert(named, whole);
            mapping.insert(value, json!(reference));
        }
        schema["discriminator"] = json!({ "propertyName": tag, "mapping": mapping });
    }
    if let Some(schemas) = schemas.as_object_mut() {
        for (name, case) in cases {
            assert!(!schemas.contains_key(&name), "{name} is one schema only");
            schemas.insert(name, case);
        }
    }
}

/// The property that tells the cases apart: in each of them a word of its own.
fn tag_of(schema: &Value) -> Option<String> {
    let cases = schema["oneOf"].as_array().filter(|cases| cases.len() > 1)?;
    let first = cases[0]["properties"].as_object()?;
    let tells = |name: &String| {
        cases.iter().all(|case| {
            case["properties"][name]["enum"].as_array().is_some_and(|words| words.len() == 1)
        })
    };
    first.keys().find(|name| tells(name)).cloned()
}
