//! Says once what many operations say: parameters and problems become components that operations refer to.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::words;

/// Gathers what is the same at several operations.
pub(super) fn gather(document: &mut Value) {
    let mut responses = Gathered::default();
    let mut parameters = Gathered::default();
    let items = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in
        items.flat_map(|item| item.as_object_mut().into_iter().flat_map(Map::values_mut))
    {
        for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
            if let Some(name) = named(status) {
                responses.refer(name, "responses", response);
            }
        }
        for parameter in operation["parameters"].as_array_mut().into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default();
            if parameter["in"] == "header" || matches!(name, "cursor" | "limit") {
                let name = words::camel(name);
                parameters.refer(&name, "parameters", parameter);
            }
        }
    }
    document["components"]["responses"] = Value::Object(responses.whole);
    document["components"]["parameters"] = Value::Object(parameters.whole);
}

/// Components of one kind, and what each of them is called.
#[derive(Default)]
struct Gathered {
    whole: Map<String, Value>,
    names: BTreeMap<String, String>,
}

impl Gathered {
    /// Makes `value` a reference to the component that says the same.
    fn refer(&mut self, name: &str, kind: &str, value: &mut Value) {
        let name = self.names.entry(value.to_string()).or_insert_with(|| {
            let free = |name: &String| !self.whole.contains_key(name);
            let numbered = (2..).map(|number| format!("{name}{number}"));
            let name = std::iter::once(name.to_owned()).chain(numbered).find(free);
            name.unwrap_or_default()
        });
        let reference = json!({ "$ref": format!("#/components/{kind}/{name}") });
        let value = std::mem::replace(value, reference);
        self.whole.entry(name.clone()).or_insert(value);
    }
}

/// What an answer that is the same nearly everywhere is called.
fn named(status: &str) -> Option<&'static str> {
    Some(match status {
        "304" => "NotModified",
        "400" => "BadRequest",
        "401" => "Unauthenticated",
        "403" => "Forbidden",
        "404" => "NotFound",
        "405" => "MethodNotAllowed",
        "406" => "NotAcceptable",
        "408" => "TooSlow",
        "409" => "Conflict",
        "412" => "PreconditionFailed",
        "413" => "TooLarge",
        "415" => "UnsupportedMediaType",
        "422" => "KeyReused",
        "428" => "PreconditionRequired",
        "429" => "TooManyRequests",
        "500" => "Internal",
        "503" => "Overloaded",
        _ => return None,
    })
}
