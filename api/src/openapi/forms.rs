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
    let known = document["components"]["schemas"].clone();
    let mut spelt = BTreeSet::new();
    for form in forms {
        let fields = document["components"]["schemas"][&form]["properties"].as_object_mut();
        for field in fields.into_iter().flat_map(Map::values_mut) {
            let Some(name) = named(field) else { continue };
            let mut whole = known[&name].clone();
            if let Some(words) = field.get("description") {
                whole["description"] = words.clone();
            }
            *field = whole;
            spelt.insert(name);
        }
    }
    let text = document.to_string();
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        schemas.retain(|name, _| {
            !spelt.contains(name) || text.contains(&format!("\"#/components/schemas/{name}\""))
        });
    }
}

fn named(schema: &Value) -> Option<String> {
    schema["$ref"].as_str()?.strip_prefix("#/components/schemas/").map(str::to_owned)
}
