//! Descriptions that follow from others, so that they are written once.

use serde_json::{Map, Value, json};

/// Describes the properties of schemas that say nothing themselves.
pub(super) fn of_schemas(schemas: &mut Value) {
    let known = schemas.clone();
    for (name, schema) in schemas.as_object_mut().into_iter().flatten() {
        let whole = name.strip_suffix("Patch").map(|name| &known[name]["properties"]);
        for (name, property) in properties(schema) {
            if property["description"].is_null()
                && let Some(text) = of_property(name, property, whole, &known)
            {
                property["description"] = json!(text);
            }
        }
    }
}

/// Describes an operation that says nothing itself by what it gives.
pub(super) fn of_operation(operation: &mut Value, schemas: &Value) {
    if operation["description"].as_str().is_some_and(|text| !text.is_empty()) {
        return;
    }
    let given = ["200", "201", "202"].iter().find_map(|status| {
        let schema = &operation["responses"][*status]["content"]["application/json"]["schema"];
        of_reference(schema, schemas)
    });
    if let Some(given) = given {
        operation["description"] = json!(format!("Gives: {given}."));
    }
}

/// The properties of a patch are those of what it changes; a reference is described by what it refers to.
fn of_property(
    name: &str,
    property: &Value,
    whole: Option<&Value>,
    schemas: &Value,
) -> Option<String> {
    let changed = whole.and_then(|whole| whole[name]["description"].as_str());
    if let Some(text) = changed {
        return Some(text.to_owned());
    }
    if name == "actions" {
        return Some("What can be done with it now, by whom, and why not.".to_owned());
    }
    let list = &property["items"];
    of_reference(if list.is_object() { list } else { property }, schemas).map(|text| text + ".")
}

/// The first words of what a schema refers to.
fn of_reference(schema: &Value, schemas: &Value) -> Option<String> {
    let name = schema["$ref"].as_str()?.rsplit('/').next()?;
    let text = schemas[name]["description"].as_str()?.lines().next()?;
    Some(text.trim_end_matches('.').to_owned())
}

fn properties(schema: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    let properties: Option<&mut Map<String, Value>> =
        schema.get_mut("properties").and_then(Value::as_object_mut);
    properties.into_iter().flatten()
}
