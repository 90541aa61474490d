//! What in a new contract would break a client of the old one: the lists of GitHub and Stripe as code.
//!
//! A client breaks if what it sends is refused, or if what it reads is not there or not what it was. To add an operation, an
//! optional parameter or property, a header or a status from 400 up breaks nobody.

mod codes;
mod declared;
mod parameters;
mod schema;

use serde_json::{Value, json};

use self::schema::{Compare, Way};
pub use self::{
    codes::{broken_codes, codes},
    declared::{
        Changelog, Declaration, announced_too_late, declarations, gone_too_early, ill_declared,
    },
};

/// What an item of a path holds under the name of a method.
const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Everything in `new` that would break a client of `old`, each as one line: the place, and what happened to it. A line names
/// what was there and what is: to declare it declares no later break of the same place.
pub fn breaks(old: &Value, new: &Value) -> Vec<String> {
    let mut compare = Compare::new(old, new);
    servers(&mut compare, "the contract", old, new);
    schemes(&mut compare);
    items(&mut compare, "paths");
    items(&mut compare, "webhooks");
    compare.found
}

/// A client must find the service where it was.
fn servers(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    let listed = |value: &Value| -> Vec<Value> {
        let all = value["servers"].as_array().into_iter().flatten();
        all.map(|server| server["url"].clone()).collect()
    };
    let now = listed(is);
    for url in listed(was).into_iter().filter(|url| !now.contains(url)) {
        compare.say(place, &format!("server {url} removed"));
    }
}

/// How one signs in, by each name that operations use for it.
fn schemes(compare: &mut Compare<'_>) {
    let (old, new) = (compare.old, compare.new);
    let all = &new["components"]["securitySchemes"];
    for (name, was) in old["components"]["securitySchemes"].as_object().into_iter().flatten() {
        let place = format!("security scheme {name}");
        let (was, is) = (follow(old, was), follow(new, &all[name]));
        if is.is_null() {
            compare.say(&place, "removed");
            continue;
        }
        for key in ["type", "scheme", "in", "name", "flows", "openIdConnectUrl"] {
            if was[key] != is[key] {
                compare.say(&place, &changed(key, &was[key], &is[key]));
            }
        }
    }
}

/// What each item of the part holds: its path, a key, and what is there.
fn items_of<'a>(
    document: &'a Value,
    part: &str,
) -> impl Iterator<Item = (&'a str, &'a str, &'a Value)> {
    let items = document[part].as_object().into_iter().flatten();
    items.flat_map(|(path, item)| {
        let held = item.as_object().into_iter().flatten();
        held.map(move |(key, value)| (path.as_str(), key.as_str(), value))
    })
}

fn items(compare: &mut Compare<'_>, part: &str) {
    let (old, new) = (compare.old, compare.new);
    for (path, item) in old[part].as_object().into_iter().flatten() {
        let now = &new[part][path];
        servers(compare, path, item, now);
        let operations = item.as_object().into_iter().flatten();
        for (method, was) in operations.filter(|(name, _)| METHODS.contains(&name.as_str())) {
            let is = &now[method];
            let place = format!("{} {path}", method.to_uppercase());
            if is.is_null() {
                compare.say(&place, "operation removed");
            } else if part == "webhooks" {
                // We send it and the client reads it.
                bodies(compare, &place, Way::Answer, &was["requestBody"], &is["requestBody"]);
            } else {
                parameters::compare(compare, &place, (item, was), (now, is));
                operation(compare, &place, was, is);
            }
        }
    }
}

fn operation(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    if was["operationId"] != is["operationId"] {
        compare.say(
            place,
            &format!(
                "{}: generated clients lose the function",
                changed("operationId", &was["operationId"], &is["operationId"])
            ),
        );
    }
    servers(compare, place, was, is);
    security(compare, place, was, is);
    // Days are written so that the earlier one is the lesser text. That it goes on after all breaks nobody.
    if let (Some(before), Some(now)) = (was["x-sunset"].as_str(), is["x-sunset"].as_str())
        && now < before
    {
        compare.say(place, &format!("it ends on {now}, and was to end on {before}"));
    }
    let (before, body) =
        (follow(compare.old, &was["requestBody"]), follow(compare.new, &is["requestBody"]));
    if body["required"] == true && before["required"] != true {
        compare.say(place, "a body became required");
    }
    bodies(compare, &format!("{place} body"), Way::Request, before, body);
    for (status, answer) in was["responses"].as_object().into_iter().flatten() {
        let place = format!("{place} {status}");
        let answer = follow(compare.old, answer);
        let now = follow(compare.new, &is["responses"][status]);
        if now.is_null() {
            if is_success(status) {
                compare.say(&place, "success removed");
            }
            continue;
        }
        headers(compare, &place, answer, now);
        links(compare, &place, answer, now);
        bodies(compare, &place, Way::Answer, answer, now);
    }
    for (status, _) in is["responses"].as_object().into_iter().flatten() {
        if is_success(status) && was["responses"][status].is_null() {
            compare.say(&format!("{place} {status}"), "success is new");
        }
    }
}

/// Whether whoever asks has got what they asked for, or is sent on. That nothing is new (304) is told only to those who ask.
fn is_success(status: &str) -> bool {
    status.starts_with(['2', '3']) && status != "304"
}

fn headers(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    for (name, header) in was["headers"].as_object().into_iter().flatten() {
        let header = follow(compare.old, header);
        let other = follow(compare.new, &is["headers"][name]);
        let place = format!("{place} header {name}");
        if other.is_null() {
            compare.say(&place, "removed");
            continue;
        }
        if header["required"] == true && other["required"] != true {
            compare.say(&place, "may be left out");
        }
        compare.schemas(&place, Way::Answer, &header["schema"], &other["schema"]);
    }
}

/// What follows an answer: a client that goes along a link finds it again, to the same operation with the same parameters.
fn links(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    for (name, link) in was["links"].as_object().into_iter().flatten() {
        let (before, now) = (follow(compare.old, link), follow(compare.new, &is["links"][name]));
        if now.is_null() {
            compare.say(place, &format!("link {name} removed"));
            continue;
        }
        let place = match link["$ref"].as_str() {
            Some(_) => format!("link {name}"),
            None => format!("{place} link {name}"),
        };
        for key in ["operationId", "operationRef", "requestBody", "server"] {
            if before[key] != now[key] {
                compare.say(&place, &changed(key, &before[key], &now[key]));
            }
        }
        for (parameter, value) in before["parameters"].as_object().into_iter().flatten() {
            let other = &now["parameters"][parameter];
            if other != value {
                compare.say(&place, &changed(&format!("parameter {parameter}"), value, other));
            }
        }
    }
}

/// A client that could call before must be able to call now, in the same way.
fn security(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    let said = |document: &Value, operation: &Value| {
        let own = operation["security"].as_array().cloned();
        own.or_else(|| document["security"].as_array().cloned())
    };
    let (before, now) = (said(compare.old, was), said(compare.new, is));
    if before.is_some() && now.is_none() {
        compare.say(place, "whether one has to sign in is no longer said");
    }
    let (before, now) = (before.unwrap_or_default(), now.unwrap_or_default());
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

/// That something changed, with what it was and what it is.
fn changed(what: &str, was: &Value, is: &Value) -> String {
    format!("{what} changed from {} to {}", shown(was), shown(is))
}

/// A value in a line. What is not there is called so.
fn shown(value: &Value) -> String {
    if value.is_null() { "nothing".to_owned() } else { value.to_string() }
}

/// What `value` says, or what it refers to says.
fn follow<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let place = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    place.and_then(|place| document.pointer(place)).unwrap_or(value)
}
