//! What in a new contract would break a client of the old one: the lists of GitHub and Stripe as code.
//!
//! A client breaks if what it sends is refused, or if what it reads is not there or not what it was. To add an operation, an
//! optional parameter or property, a header or a status from 400 up breaks nobody.

mod schema;

use serde_json::{Map, Value, json};

use self::schema::{Compare, Way};

/// Everything in `new` that would break a client of `old`, each as one line: the place, and what happened to it.
pub fn breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut compare = Compare::new(old, new);
    items(&mut compare, "paths");
    items(&mut compare, "webhooks");
    compare.found
}

fn items(compare: &mut Compare<'_>, part: &str) {
    let (old, new) = (compare.old, compare.new);
    for (path, item) in old[part].as_object().into_iter().flatten() {
        for (method, was) in item.as_object().into_iter().flatten() {
            let is = &new[part][path][method];
            let place = format!("{} {path}", method.to_uppercase());
            if is.is_null() {
                compare.say(&place, "operation removed");
            } else if part == "webhooks" {
                // We send it and the client reads it.
                bodies(compare, &place, Way::Answer, &was["requestBody"], &is["requestBody"]);
            } else {
                operation(compare, &place, was, is);
            }
        }
    }
}

fn operation(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    if was["operationId"] != is["operationId"] {
        compare.say(place, "operationId changed: generated clients lose the function");
    }
    security(compare, place, was, is);
    parameters(compare, place, was, is);
    let body = &is["requestBody"];
    if body["required"] == true && was["requestBody"]["required"] != true {
        compare.say(place, "a body became required");
    }
    bodies(compare, &format!("{place} body"), Way::Request, &was["requestBody"], body);
    for (status, answer) in was["responses"].as_object().into_iter().flatten() {
        let place = format!("{place} {status}");
        let answer = follow(compare.old, answer);
        let now = follow(compare.new, &is["responses"][status]);
        if now.is_null() {
            if status.starts_with('2') {
                compare.say(&place, "success removed");
            }
            continue;
        }
        for (name, header) in answer["headers"].as_object().into_iter().flatten() {
            let header = follow(compare.old, header);
            let other = follow(compare.new, &now["headers"][name]);
            let place = format!("{place} header {name}");
            if other.is_null() {
                compare.say(&place, "removed");
            } else {
                compare.schemas(&place, Way::Answer, &header["schema"], &other["schema"]);
            }
        }
        bodies(compare, &place, Way::Answer, answer, now);
    }
}

/// A client that could call before must be able to call now, in the same way.
fn security(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    let ways = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let (before, now) = (ways(&was["security"]), ways(&is["security"]));
    let open = |ways: &[Value]| ways.is_empty() || ways.contains(&json!({}));
    if open(&now) {
        return;
    }
    if open(&before) {
        compare.say(place, "signing in became needed");
    }
    for way in before {
        let granted = |one: &Value| covers(one, &way);
        if way != json!({}) && !now.iter().any(granted) {
            compare.say(place, &format!("security {way} no longer does"));
        }
    }
}

/// Whether whoever has what `way` asks for has what `one` asks for.
fn covers(one: &Value, way: &Value) -> bool {
    one.as_object().into_iter().flatten().all(|(scheme, scopes)| {
        way[scheme].as_array().is_some_and(|had| {
            scopes.as_array().into_iter().flatten().all(|scope| had.contains(scope))
        })
    })
}

fn parameters(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    let list = |document: &'_ Value, operation: &Value| -> Map<String, Value> {
        let all = operation["parameters"].as_array().cloned().unwrap_or_default();
        all.iter()
            .map(|one| follow(document, one).clone())
            .map(|one| (format!("{} {}", one["in"], one["name"]).replace('"', ""), one))
            .collect()
    };
    let (before, now) = (list(compare.old, was), list(compare.new, is));
    for (name, parameter) in &before {
        let place = format!("{place} {name}");
        match now.get(name) {
            None => compare.say(&place, "parameter removed"),
            Some(other) => {
                if other["required"] == true && parameter["required"] != true {
                    compare.say(&place, "parameter became required");
                }
                if ["style", "explode"].iter().any(|key| parameter[*key] != other[*key]) {
                    compare.say(&place, "parameter is written in another way");
                }
                compare.schemas(&place, Way::Request, &parameter["schema"], &other["schema"]);
            }
        }
    }
    for (name, parameter) in &now {
        if parameter["required"] == true && !before.contains_key(name) {
            compare.say(&format!("{place} {name}"), "required parameter added");
        }
    }
}

fn bodies(compare: &mut Compare<'_>, place: &str, way: Way, was: &Value, is: &Value) {
    for (kind, content) in was["content"].as_object().into_iter().flatten() {
        let now = &is["content"][kind];
        if now.is_null() {
            compare.say(place, &format!("{kind} removed"));
        } else {
            compare.schemas(place, way, &content["schema"], &now["schema"]);
        }
    }
}

/// What `value` says, or what it refers to says.
fn follow<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let place = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    place.and_then(|place| document.pointer(place)).unwrap_or(value)
}
