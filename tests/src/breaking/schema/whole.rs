//! A schema with everything that it is put together from.

use serde_json::{Map, Value};

use super::{LEAST, MOST};
use crate::breaking::follow;

/// How deep schemas are put together.
const DEEPEST: usize = 8;

/// What `schema` says, or refers to, together with all that it is also (`allOf`). What cannot be said as one stays apart.
pub(super) fn whole(document: &Value, schema: &Value) -> Value {
    merged(document, schema, 0)
}

fn merged(document: &Value, schema: &Value, depth: usize) -> Value {
    let there = follow(document, schema);
    let Some(mut fields) = there.as_object().cloned() else { return there.clone() };
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
                    known.entry(name.clone()).or_insert_with(|| property.clone());
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
