//! A schema with everything that it is put together from.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::{LEAST, MOST, is_words, name_of};
use crate::breaking::follow;

/// How deep schemas are put together.
const DEEPEST: usize = 8;

/// What `schema` says, or refers to, together with all that it is also (`allOf`). What cannot be said as one stays apart.
pub(super) fn whole(document: &Value, schema: &Value) -> Value {
    merged(document, schema, 0)
}

/// The same of what is put together where it is used. What only has a name keeps it, and what is one thing is not looked into.
pub(super) fn spread<'a>(document: &Value, schema: &'a Value) -> Cow<'a, Value> {
    let together = schema["$ref"].is_string() && name_of(schema).is_none();
    if together || schema["allOf"].is_array() {
        return Cow::Owned(whole(document, schema));
    }
    Cow::Borrowed(schema)
}

fn merged(document: &Value, schema: &Value, depth: usize) -> Value {
    let there = follow(document, schema);
    let Some(mut fields) = there.as_object().cloned() else { return there.clone() };
    if schema["$ref"].is_string() && name_of(schema).is_none() && depth < DEEPEST {
        // What stands beside a reference holds as well.
        let mut beside = schema.as_object().cloned().unwrap_or_default();
        beside.retain(|key, _| key != "$ref" && !is_words(key));
        let both = json!({ "allOf": [{ "$ref": schema["$ref"] }, beside] });
        return merged(document, &both, depth + 1);
    }
    let Some(Value::Array(parts)) = fields.shift_remove("allOf").filter(|_| depth < DEEPEST) else {
        return Value::Object(fields);
    };
    let mut apart = Vec::new();
    for part in parts {
        let rest = join(&mut fields, &merged(document, &part, depth + 1));
        if !rest.is_empty() {
            apart.push(Value::Object(rest));
        }
    }
    if !apart.is_empty() {
        fields.insert("allOf".to_owned(), Value::Array(apart));
    }
    Value::Object(fields)
}

/// Adds to `fields` what `part` says, and gives what is left of it.
fn join(fields: &mut Map<String, Value>, part: &Value) -> Map<String, Value> {
    let mut rest = Map::new();
    for (name, value) in part.as_object().into_iter().flatten() {
        let Some(known) = fields.get_mut(name) else {
            fields.insert(name.clone(), value.clone());
            continue;
        };
        match (name.as_str(), known, value) {
            ("description" | "title" | "example" | "examples", ..) => (),
            ("required", Value::Array(known), Value::Array(more)) => {
                let more: Vec<Value> =
                    more.iter().filter(|name| !known.contains(name)).cloned().collect();
                known.extend(more);
            }
            ("properties", Value::Object(known), Value::Object(more)) => {
                for (name, property) in more {
                    match known.get_mut(name) {
                        // What two parts say of it holds together.
                        Some(one) if one != property => *one = json!({ "allOf": [one, property] }),
                        Some(_) => (),
                        None => {
                            known.insert(name.clone(), property.clone());
                        }
                    }
                }
            }
            (bound, known, value) if LEAST.contains(&bound) || MOST.contains(&bound) => {
                let (one, other) = (known.as_f64(), value.as_f64());
                let tighter = if LEAST.contains(&bound) { other > one } else { other < one };
                if tighter {
                    *known = value.clone();
                }
            }
            (_, known, value) if known == value => (),
            (name, ..) => {
                rest.insert(name.to_owned(), value.clone());
            }
        }
    }
    rest
}
