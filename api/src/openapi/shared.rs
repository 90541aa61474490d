//! Says once what many operations say: parameters and problems become components that operations refer to.

use std::collections::HashMap;

use serde_json::{Map, Value, json};

use super::{
    everywhere::{self, PROBLEMS},
    words,
};

/// Gathers what is the same at several operations.
pub(super) fn gather(document: &mut Value) {
    let mut responses = Gathered::of(everywhere::problems());
    let mut parameters = Gathered::default();
    let items = document["paths"].as_object_mut().into_iter().flat_map(Map::values_mut);
    for operation in
        items.flat_map(|item| item.as_object_mut().into_iter().flat_map(Map::values_mut))
    {
        for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
            let named = PROBLEMS.iter().find(|(problem, ..)| problem == status);
            if let Some((_, name, _)) = named
                && response["$ref"].is_null()
            {
                let open = !response["headers"][everywhere::TO_ANYBODY].is_null();
                let name = if open { format!("Open{name}") } else { (*name).to_owned() };
                responses.refer(&name, "responses", response);
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
    names: HashMap<Value, String>,
}

impl Gathered {
    /// Begins with the components that there are.
    fn of(whole: Map<String, Value>) -> Self {
        let names = whole.iter().map(|(name, value)| (value.clone(), name.clone())).collect();
        Self { whole, names }
    }

    /// Makes `value` a reference to the component that says the same.
    fn refer(&mut self, name: &str, kind: &str, value: &mut Value) {
        let refer = |name: &str| json!({ "$ref": format!("#/components/{kind}/{name}") });
        if let Some(name) = self.names.get(value) {
            *value = refer(name);
            return;
        }
        let free = |name: &String| !self.whole.contains_key(name);
        let numbered = (2..).map(|number| format!("{name}{number}"));
        let name = std::iter::once(name.to_owned()).chain(numbered).find(free).unwrap_or_default();
        let value = std::mem::replace(value, refer(&name));
        self.whole.insert(name.clone(), value.clone());
        self.names.insert(value, name);
    }
}
