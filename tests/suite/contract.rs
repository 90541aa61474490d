//! `openapi.yaml` says what the code says.

use std::collections::BTreeSet;

use acceptance::{golden, on_both_databases, operations};
use serde_json::{Value, json};

/// `make openapi` rewrites the file.
#[test]
fn the_file_is_up_to_date() {
    golden("openapi.yaml", &api::yaml());
}

/// Every reference in a document, wherever it stands.
fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str));
            fields.values().for_each(|field| references(field, found));
        }
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        _ => {}
    }
}

/// The names of all schemas that what is under `key` in each operation leads to.
fn reached(document: &Value, key: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let items = document["paths"].as_object().into_iter().flatten();
    let operations = items.flat_map(|(_, item)| item.as_object().into_iter().flatten());
    let mut pending: Vec<&Value> = operations.map(|(_, operation)| &operation[key]).collect();
    while let Some(value) = pending.pop() {
        let mut found = Vec::new();
        references(value, &mut found);
        for place in found {
            if names.insert(place.to_owned()) {
                pending.push(document.pointer(&place[1..]).expect("it is there"));
            }
        }
    }
    names.retain(|place| place.starts_with("#/components/schemas/"));
    names
}

/// Whether nothing unknown may be in a schema, or in anything within it.
fn is_closed(schema: &Value) -> bool {
    match schema {
        Value::Object(fields) => {
            fields.get("additionalProperties") == Some(&json!(false))
                || fields.get("unevaluatedProperties") == Some(&json!(false))
                || fields.values().any(is_closed)
        }
        Value::Array(values) => values.iter().any(is_closed),
        _ => false,
    }
}

/// RFC 6749 (3.2) has these ignore what they do not know.
const OPEN_TO_ALL: [&str; 2] = ["ClientTokenRequest", "TokenForm"];

/// A generated client that lets nothing unknown in would break with the next property.
#[test]
fn an_answer_may_always_have_more_than_the_contract_says_today() {
    let document = api::json();
    let (answered, sent) = (reached(document, "responses"), reached(document, "requestBody"));
    for place in &answered {
        assert!(!is_closed(&document["components"]["schemas"][&place[21..]]), "{place}");
    }
    // What is sent is closed, and what is in answers as well says so in another way.
    for place in sent.iter().filter(|place| !OPEN_TO_ALL.contains(&&place[21..])) {
        let schema = document.pointer(&place[1..]).expect("it is there");
        let (closed, keyword) = match answered.contains(place) {
            true => (json!(true), "x-closed-in-requests"),
            false => (json!(false), "additionalProperties"),
        };
        if schema["properties"].is_object() {
            assert_eq!(schema[keyword], closed, "{place} {keyword}");
        }
    }
}

on_both_databases! {
    fn a_request_has_nothing_unknown_in_what_answers_have_as_well(server) {
        let person = server.sign_in("tilaaja@lappi.example");
        let one = operations().iter().find(|one| one.name == "create_order").expect("it is there");
        let mut body = one.example.clone().expect("an example");
        body["form"]["surplus"] = json!(1);
        body["form"]["task"]["surplus"] = json!(1);
        let faults = person.post(&one.path, body).expect(400).faults();
        let told = |at: &str| faults.iter().any(|(place, code)| place == at && code == "unknown_field");
        assert!(told("#/form/surplus") && told("#/form/task/surplus"), "{faults:?}");
    }

    fn a_version_is_required_where_nothing_is_done_without(server) {
        let person = server.sign_in("keskus@lappi.example");
        let mut required = 0;
        for one in operations() {
            let operation = &api::json()["paths"][&one.path][one.method.to_lowercase()];
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let mut parameters = parameters.map(api::follow);
            let Some(version) = parameters.find(|one| one["name"] == "If-Match") else { continue };
            let path: Vec<&str> = one
                .path
                .split('/')
                .map(|part| match part {
                    "{side}" => "expert",
                    part if part.starts_with('{') => "019aa5d0-0000-7000-8000-0000000000ff",
                    part => part,
                })
                .collect();
            let kind = one.kind.as_deref().unwrap_or_default();
            let mut headers = vec![("content-type", kind)];
            if version["required"] != true {
                // There is another way.
                headers.push(("if-none-match", "*"));
            }
            let body = one.example.as_ref().map(|body| body.to_string().into_bytes());
            if body.is_none() {
                headers.remove(0);
            }
            let answer = person.raw(&one.method, &path.join("/"), &headers, body);
            assert_eq!(answer.status == 428, version["required"] == true, "{}: {}", one.name, answer.text);
            required += usize::from(answer.status == 428);
        }
        assert_eq!(required, 13);
    }

    fn generators_that_take_no_tagged_unions_get_the_contract_without(server) {
        let whole = server.stranger().get("/v1/openapi.json").expect(200).body;
        let flat = server.stranger().get("/v1/openapi.json?unions=flat").expect(200).body;
        let of = |document: &Value| document["components"]["schemas"]["OrderState"].clone();
        assert!(of(&whole)["oneOf"].is_array());
        let state = of(&flat);
        assert_eq!(state["required"], serde_json::json!(["name"]));
        assert_eq!(state["properties"]["name"]["enum"].as_array().map(Vec::len), of(&whole)["oneOf"].as_array().map(Vec::len));
        assert!(state["properties"]["question"].is_object());
        assert!(!flat.to_string().contains("discriminator"));
        let mut found = Vec::new();
        references(&flat, &mut found);
        assert!(found.len() > 1000);
        for reference in found {
            assert!(flat.pointer(&reference[1..]).is_some(), "{reference} is there");
        }
        let refused = server.stranger().get("/v1/openapi.json?unions=none").expect(400);
        assert_eq!(refused.faults()[0].0, "unions");
    }
}
