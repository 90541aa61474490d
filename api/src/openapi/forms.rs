//! Values of forms, each written where it is. By name, OpenAPI Generator makes of them a client in Rust that does not compile.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// Puts the schemas that fields of forms refer to in the place of the reference, and takes away those that nothing else
/// refers to.
pub(super) fn spell_out(document: &mut Value) {
    let forms: BTreeSet<String> = document["paths"]
        .as_object()
        .into_iter()
        .flat_map(Map::values)
        .filter_map(Value::as_object)
        .flat_map(Map::values)
        .filter_map(|operation| {
            let body = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"];
            named(&body["schema"])
        })
        .collect();
    let mut spelt = BTreeSet::new();
    for form in forms {
        for (field, name) in references(&document["components"]["schemas"][&form]) {
            let schemas = &mut document["components"]["schemas"];
            let mut whole = schemas[&name].clone();
            let place = &mut schemas[&form]["properties"][&field];
            if let Some(words) = place.get_mut("description") {
                whole["description"] = words.take();
            }
            *place = whole;
            spelt.insert(name);
        }
    }
    spelt.retain(|name| !refers(document, &format!("#/components/schemas/{name}")));
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.retain(|name, _| !spelt.contains(name));
    }
}

/// The fields of a form that refer to something, and its name.
fn references(form: &Value) -> Vec<(String, String)> {
    let fields = form["properties"].as_object().into_iter().flatten();
    fields.filter_map(|(field, schema)| Some((field.clone(), named(schema)?))).collect()
}

/// Whether `reference` is anywhere in `value`.
fn refers(value: &Value, reference: &str) -> bool {
    match value {
        Value::String(text) => text == reference,
        Value::Array(values) => values.iter().any(|value| refers(value, reference)),
        Value::Object(fields) => fields.values().any(|value| refers(value, reference)),
        _ => false,
    }
}

fn named(schema: &Value) -> Option<String> {
    schema["$ref"].as_str()?.strip_prefix("#/components/schemas/").map(str::to_owned)
}
