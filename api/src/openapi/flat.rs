//! The document for generators that cannot make anything of tagged unions: each as one object with what its cases have.

use serde_json::{Map, Value, json};

use super::closed::IN_REQUESTS;

/// Puts one object in the place of every tagged union. What all cases require is required, and the tag is one of many
/// words; so whatever is valid against the union is valid against the object.
pub(super) fn flatten(document: &mut Value) {
    let schemas = document["components"]["schemas"].take();
    let mut flat = schemas.as_object().cloned().unwrap_or_default();
    for (name, union) in schemas.as_object().into_iter().flatten() {
        let Some(mapping) = union["discriminator"]["mapping"].as_object() else { continue };
        let names = mapping.values().filter_map(|case| case.as_str()?.rsplit('/').next());
        let cases: Vec<&Value> = names
            .map(|case| {
                flat.shift_remove(case);
                &schemas[case]
            })
            .collect();
        flat.insert(name.clone(), object(&schemas, union, &cases));
    }
    document["components"]["schemas"] = Value::Object(flat);
}

fn object(schemas: &Value, union: &Value, cases: &[&Value]) -> Value {
    let mut properties = Map::new();
    for (name, property) in cases.iter().flat_map(|case| fields(case)) {
        let known = properties.remove(name);
        properties.insert(
            name.clone(),
            known.map_or_else(|| property.clone(), |known| both(schemas, &known, property)),
        );
    }
    let required: Vec<&String> = properties
        .keys()
        .filter(|name| {
            cases.iter().all(|case| {
                case["required"].as_array().is_some_and(|all| all.contains(&json!(name)))
            })
        })
        .collect();
    let mut object = json!({ "type": "object", "description": union["description"], "required": required, "properties": properties });
    for (closing, how) in [("additionalProperties", json!(false)), (IN_REQUESTS, json!(true))] {
        if cases.iter().all(|case| case[closing] == how) {
            object[closing] = how;
        }
    }
    object
}

fn fields(case: &Value) -> impl Iterator<Item = (&String, &Value)> {
    case["properties"].as_object().into_iter().flatten()
}

/// A schema for what fits one of the two: the one that both are, a choice of words, a text, or anything.
fn both(schemas: &Value, one: &Value, other: &Value) -> Value {
    let (first, second) = (bare(one), bare(other));
    if first == second {
        return one.clone();
    }
    let words = |schema: &Value| schema["enum"].as_array().cloned();
    if let (Some(mut all), Some(more)) = (words(one), words(other)) {
        all.extend(more.into_iter().filter(|word| !all.contains(word)).collect::<Vec<_>>());
        let example = all.first().cloned();
        return json!({ "type": "string", "enum": all, "description": one["description"], "examples": [example] });
    }
    let text = |schema: &Value| follow(schemas, schema)["type"] == "string";
    let mut wide = json!({ "description": one["description"] });
    if text(one) && text(other) {
        wide["type"] = json!("string");
    }
    wide
}

/// The schema without what is only for readers.
fn bare(schema: &Value) -> Value {
    let mut bare = schema.clone();
    if let Some(fields) = bare.as_object_mut() {
        fields.retain(|name, _| !matches!(name.as_str(), "description" | "examples"));
    }
    bare
}

fn follow<'a>(schemas: &'a Value, schema: &'a Value) -> &'a Value {
    let name = schema["$ref"].as_str().and_then(|reference| reference.rsplit('/').next());
    name.map_or(schema, |name| &schemas[name])
}
