//! The bounds that the contract says are the bounds that the server enforces: one value at each bound, and one beyond it,
//! for every property of every body and for every parameter.
//!
//! Bodies and parameters are checked before anything is looked up, so the things in the addresses need not exist: what
//! fits is answered with whatever else stands in the way, and never with a fault at that place.

use std::collections::BTreeMap;

use acceptance::{Answer, Person, on_both_databases};
use serde_json::{Value, json};
use uuid::Uuid;

on_both_databases! {
    fn every_bound_of_a_body_is_enforced_where_the_contract_draws_it(server) {
        let person = server.sign_in("keskus@lappi.example");
        let mut wrong = Vec::new();
        let mut tried = 0;
        for (method, path, operation) in operations() {
            let content = &operation["requestBody"]["content"]["application/json"];
            if content.is_null() {
                continue;
            }
            let mut trials = Vec::new();
            collect(&content["schema"], &content["example"], "", &mut trials, 0);
            for trial in trials {
                let mut body = content["example"].clone();
                if !trial.put(&mut body) || body.to_string().len() > MOST {
                    continue;
                }
                tried += 1;
                let answer = send(&person, &method, &address(&path), body);
                if let Err(error) = trial.judge("pointer", "#", &answer) {
                    wrong.push(format!("{method} {path} {error}"));
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(tried > 3000, "{tried}");
    }

    fn every_bound_of_a_query_is_enforced_where_the_contract_draws_it(server) {
        let person = server.sign_in("keskus@lappi.example");
        let mut wrong = Vec::new();
        let mut tried = 0;
        for (method, path, operation) in operations() {
            let all: Vec<&'static Value> = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .map(api::follow)
                // A cursor is signed: whatever is not one of ours has a problem of its own.
                .filter(|parameter| parameter["in"] == "query" && parameter["name"] != "cursor")
                .collect();
            let mut usual = BTreeMap::new();
            for parameter in all.iter().filter(|parameter| parameter["required"] == true) {
                usual.insert(name_of(parameter), text(&example_of(parameter)));
            }
            for parameter in &all {
                let mut trials = Vec::new();
                one(api::follow(&parameter["schema"]), &example_of(parameter), "", &mut trials);
                for trial in trials {
                    let mut query = usual.clone();
                    let Change::To(value) = &trial.change else { continue };
                    query.insert(name_of(parameter), text(value));
                    let pairs: Vec<String> =
                        query.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
                    tried += 1;
                    let target = format!("{}?{}", address(&path), pairs.join("&"));
                    let body = operation["requestBody"].is_object();
                    let headers: &[(&str, &str)] =
                        if body { &[("content-type", "application/octet-stream")] } else { &[] };
                    let answer = person.raw(&method, &target, headers, body.then(|| PDF.to_vec()));
                    if let Err(error) = trial.judge("parameter", name_of(parameter), &answer) {
                        wrong.push(format!("{method} {path} {error}"));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(tried > 300, "{tried}");
    }

    fn every_bound_of_a_header_is_enforced_where_the_contract_draws_it(server) {
        let mut person = server.sign_in("keskus@lappi.example");
        let mut wrong = Vec::new();
        let (mut tried, mut keys) = (0, 0);
        for (method, path, operation) in operations() {
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            for parameter in parameters.map(api::follow).filter(|one| one["in"] == "header") {
                let (name, schema) = (name_of(parameter), api::follow(&parameter["schema"]));
                let mut trials = Vec::new();
                one(schema, &example_of(parameter), "", &mut trials);
                if name == KEY {
                    quotes(schema, &mut trials);
                }
                // What is no header at all does not come so far, nor do spaces around one.
                let line = |text: &str| {
                    text.trim() == text && text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
                };
                for trial in trials {
                    let Change::To(Value::String(value)) = &trial.change else { continue };
                    let value = value.as_str();
                    if !line(value) {
                        continue;
                    }
                    tried += 1;
                    let content = &operation["requestBody"]["content"]["application/json"];
                    let body = Some(&content["example"]).filter(|body| !body.is_null());
                    let kind = ("content-type", "application/json");
                    let headers = if body.is_some() { vec![kind, (name, value)] } else { vec![(name, value)] };
                    let body = body.map(|body| body.to_string().into_bytes());
                    let answer = person.raw(&method, &address(&path), &headers, body);
                    let judged = match name {
                        KEY => trial.judge_key(&answer),
                        _ => trial.judge("parameter", name, &answer),
                    };
                    keys += usize::from(answer.code() == "bad_idempotency_key");
                    if let Err(error) = judged {
                        wrong.push(format!("{method} {path} {error}"));
                    }
                }
            }
            if path.starts_with("/v1/sign-out") {
                person = server.sign_in("keskus@lappi.example");
            }
        }
        assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
        assert!(tried > 1000 && keys > 100, "{tried} and {keys}");
    }
}

/// The header that is judged by a problem of its own.
const KEY: &str = "Idempotency-Key";

/// A small file.
const PDF: &[u8] = b"%PDF-1.7\n% made up\n";

/// The keyword that says which set of codes a word is from.
const CODE_SET: &str = "x-code-set";

/// A word that has the form of a code and is in no set.
const NO_CODE: &str = "a code of no set";

/// How large a body may be: what is larger is refused for that.
const MOST: usize = 200_000;

/// How deep properties are followed.
const DEEPEST: usize = 6;

/// The codes that the schema's own checks give.
const OF_SCHEMA: &[&str] = &[
    "not_allowed",
    "out_of_range",
    "required",
    "too_big",
    "too_few",
    "too_long",
    "too_many",
    "too_short",
    "too_small",
    "unknown_field",
    "wrong_form",
    "wrong_type",
];

/// One value at or beyond a bound.
struct Trial {
    /// Where, as a JSON Pointer.
    at: String,
    change: Change,
    /// Whether the contract takes it.
    fits: bool,
    why: String,
}

enum Change {
    To(Value),
    Away,
}

impl Trial {
    /// Puts the value into `body`, if there is such a place.
    fn put(&self, body: &mut Value) -> bool {
        let Some((parent, last)) = self.at.rsplit_once('/') else { return false };
        let Some(parent) = body.pointer_mut(parent) else { return false };
        match (&self.change, parent) {
            (Change::To(value), Value::Object(fields)) => {
                fields.insert(last.to_owned(), value.clone());
            }
            (Change::Away, Value::Object(fields)) => {
                fields.remove(last);
            }
            (Change::To(value), Value::Array(list)) => match last.parse::<usize>() {
                Ok(number) if number < list.len() => list[number] = value.clone(),
                _ => return false,
            },
            _ => return false,
        }
        true
    }

    /// The same for an idempotency key, which has a problem of its own. It is looked at after the body and the caller, and not at
    /// all where nothing is kept under it: what is refused for those says nothing of it.
    fn judge_key(&self, answer: &Answer) -> Result<(), String> {
        let refused = answer.code() == "bad_idempotency_key";
        let before = matches!(answer.status, 400 | 401 | 403 | 404 | 415) && !refused;
        if answer.status < 500 && (refused != self.fits || before && !self.fits) {
            return Ok(());
        }
        Err(format!("{KEY}: {}, but: {}", self.why, answer.text))
    }

    /// Whether the answer is what the contract says of such a value.
    fn judge(&self, kind: &str, start: &str, answer: &Answer) -> Result<(), String> {
        let place =
            if kind == "pointer" { format!("{start}{}", self.at) } else { start.to_owned() };
        let faults = answer.faults();
        let here =
            faults.iter().any(|(at, code)| *at == place && OF_SCHEMA.contains(&code.as_str()));
        let nowhere =
            faults.iter().any(|(at, code)| (at == "#" || at.is_empty()) && code == "wrong_form");
        // Whether a word means something is told with what the rules say, after what stands before them.
        let before_rules = matches!(answer.status, 403 | 404 | 409 | 412);
        let unknown = || faults.contains(&(place.clone(), "unknown_code".to_owned()));
        let fine = match (answer.status, self.fits) {
            (500.., _) => false,
            _ if self.why == NO_CODE => before_rules || unknown(),
            (_, true) => !here && !nowhere,
            (400, false) => here,
            (_, false) => false,
        };
        if fine {
            return Ok(());
        }
        let wanted = if self.fits { "taken" } else { "refused" };
        Err(format!("{place}: {} should be {wanted}, but: {} {faults:?}", self.why, answer.status))
    }
}

/// What is to be tried of everything in `schema`, of which `example` is one.
fn collect(
    schema: &'static Value,
    example: &Value,
    at: &str,
    trials: &mut Vec<Trial>,
    depth: usize,
) {
    let schema = api::follow(schema);
    if depth > DEEPEST {
        return;
    }
    if !at.is_empty() {
        one(schema, example, at, trials);
    }
    let needed = |name: &str| {
        schema["required"].as_array().is_some_and(|names| names.iter().any(|one| one == name))
    };
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}/{name}");
        if needed(name) {
            trials.push(Trial {
                at: at.clone(),
                change: Change::Away,
                fits: false,
                why: "its absence".to_owned(),
            });
        }
        if !example[name].is_null() {
            collect(property, &example[name], &at, trials, depth + 1);
        }
    }
    let closed = schema["additionalProperties"] == false || schema["x-closed-in-requests"] == true;
    if schema["properties"].is_object() && closed {
        let at = format!("{at}/surplus");
        trials.push(Trial {
            at,
            change: Change::To(json!(1)),
            fits: false,
            why: "an unknown property".to_owned(),
        });
    }
    if schema["items"].is_object() && example[0] != Value::Null {
        collect(&schema["items"], &example[0], &format!("{at}/0"), trials, depth + 1);
    }
    for case in ["oneOf", "anyOf", "allOf"] {
        for choice in schema[case].as_array().into_iter().flatten().map(api::follow) {
            // Of a choice only what is the same in each: whether null is one.
            if choice["type"] == "null" {
                trials.push(Trial {
                    at: at.to_owned(),
                    change: Change::To(Value::Null),
                    fits: true,
                    why: "null".to_owned(),
                });
            }
        }
    }
}

/// What is to be tried of a single value.
fn one(schema: &Value, example: &Value, at: &str, trials: &mut Vec<Trial>) {
    let mut push = |value: Value, fits: bool, why: &str| {
        trials.push(Trial {
            at: at.to_owned(),
            change: Change::To(value),
            fits,
            why: why.to_owned(),
        });
    };
    let is = |kind: &str| match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|one| one == kind),
        one => one == kind,
    };
    if schema["enum"].is_array() {
        push(json!("something_else"), false, "a value that is not in the list");
        for value in schema["enum"].as_array().into_iter().flatten() {
            push(value.clone(), true, "a value of the list");
        }
        return;
    }
    if schema[CODE_SET].is_string() && takes(schema, "zzz") {
        push(json!("zzz"), false, NO_CODE);
    }
    if is("string") {
        let least = length(schema, "minLength").unwrap_or(0);
        let most = length(schema, "maxLength").unwrap_or(usize::MAX);
        for (length, fits) in [(least, true), (most, true), (most.saturating_add(1), false)] {
            if length < 70_000 {
                words(schema, length, fits, &mut push);
            }
        }
        if least > 0 {
            words(schema, least - 1, false, &mut push);
        }
        let odd = ["\u{1}", "é €", "-- \u{7f}", "x y"]
            .map(|odd| odd.repeat(least.div_ceil(odd.len()).max(1)));
        if let Some(odd) =
            odd.into_iter().find(|odd| odd.chars().count() <= most && !takes(schema, odd))
        {
            push(json!(odd), false, "another form");
        }
    }
    if is("integer") {
        let bound = |name: &str| schema[name].as_i64();
        if let Some(least) = bound("minimum") {
            push(json!(least), true, "the minimum");
            push(json!(least - 1), false, "less than the minimum");
        }
        if let Some(most) = bound("maximum") {
            push(json!(most), true, "the maximum");
            push(json!(most + 1), false, "more than the maximum");
        }
    }
    if is("array") {
        let item = &example[0];
        if let Some(most) = length(schema, "maxItems").filter(|_| !item.is_null()) {
            push(json!(vec![item; most + 1]), false, "too many");
            if schema["uniqueItems"] != true {
                push(json!(vec![item; most]), true, "as many as there may be");
            }
        }
        match length(schema, "minItems") {
            Some(0) | None => push(json!([]), true, "nothing"),
            Some(least) => push(json!(vec![item; least - 1]), false, "too few"),
        }
    }
}

/// A text of this length, if one can be made that is right or wrong for its length alone.
fn words(schema: &Value, length: usize, fits: bool, push: &mut impl FnMut(Value, bool, &str)) {
    let letters = ["a", "1", "A", "0", "+"];
    let made = letters.map(|letter| letter.repeat(length));
    let found = made.iter().find(|text| takes(schema, text) == fits);
    if let Some(text) = found {
        push(json!(text), fits, &format!("{length} characters"));
    }
}

/// The same in quotes, as structured headers have it: with none or one character, at both ends of what there is room for, and
/// with a quote that is not closed.
fn quotes(schema: &Value, trials: &mut Vec<Trial>) {
    let most = length(schema, "maxLength").unwrap_or_default();
    let lengths = [0, 1, most.saturating_sub(3), most.saturating_sub(2), most.saturating_sub(1)];
    let quoted = lengths.map(|length| format!("\"{}\"", "a".repeat(length)));
    let bare = [most.saturating_sub(2), most.saturating_sub(1)].map(|length| "a".repeat(length));
    let open = ["\"".to_owned(), "\"a".to_owned(), "a\"".to_owned(), "a b".to_owned()];
    for text in quoted.into_iter().chain(bare).chain(open) {
        trials.push(Trial {
            at: String::new(),
            fits: takes(schema, &text),
            why: format!("{} characters: {}", text.len(), &text[..text.len().min(5)]),
            change: Change::To(json!(text)),
        });
    }
}

/// Whether a text has the form that the schema says. Whether it is one of a set of codes is no matter of its form.
fn takes(schema: &Value, text: &str) -> bool {
    let mut form = schema.clone();
    form.as_object_mut().and_then(|fields| fields.shift_remove(CODE_SET));
    api::schemas::validator(&form).is_valid(&json!(text))
}

fn length(schema: &Value, name: &str) -> Option<usize> {
    schema[name].as_u64().and_then(|length| usize::try_from(length).ok())
}

/// Every operation with its method and its path.
fn operations() -> impl Iterator<Item = (String, String, &'static Value)> {
    let paths = api::json()["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        item.as_object()
            .into_iter()
            .flatten()
            .map(|(method, operation)| (method.to_uppercase(), path.clone(), operation))
            .collect::<Vec<_>>()
    })
}

/// The path with something in the place of each name.
fn address(path: &str) -> String {
    let part = |part: &str| match part.strip_prefix('{') {
        Some(name) if name.ends_with("_id}") => Uuid::now_v7().to_string(),
        Some("side}") => "expert".to_owned(),
        Some(_) => "order".to_owned(),
        None => part.to_owned(),
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn send(person: &Person<'_>, method: &str, path: &str, body: Value) -> Answer {
    let headers = [("content-type", "application/json"), ("if-match", "\"1.0\"")];
    person.raw(method, path, &headers, Some(body.to_string().into_bytes()))
}

fn name_of(parameter: &Value) -> &str {
    parameter["name"].as_str().unwrap_or_default()
}

fn example_of(parameter: &'static Value) -> Value {
    let schema = api::follow(&parameter["schema"]);
    [&parameter["example"], &schema["examples"][0], &schema["enum"][0]]
        .into_iter()
        .find(|value| !value.is_null())
        .cloned()
        .unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn escape(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => {
            char::from(byte).to_string()
        }
        byte => format!("%{byte:02X}"),
    };
    text.bytes().map(byte).collect()
}
