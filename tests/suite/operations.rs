//! Every operation of the contract says all that its callers need.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, Mutex},
};

use jsonschema::Validator;
use serde_json::{Map, Value, json};

#[test]
fn every_operation_is_described() {
    let mut bare = Vec::new();
    for (name, operation) in operations() {
        for field in ["summary", "description", "operationId"] {
            if operation[field].as_str().unwrap_or_default().is_empty() {
                bare.push(format!("{name} has no {field}"));
            }
        }
        if !operation["tags"][0].is_string() {
            bare.push(format!("{name} has no tag"));
        }
        if !operation["security"].is_array() {
            bare.push(format!("{name} does not say whether one has to sign in"));
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            if parameter["description"].as_str().unwrap_or_default().is_empty() {
                bare.push(format!("{name}: parameter {} is not described", parameter["name"]));
            }
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

#[test]
fn every_property_is_described() {
    let mut bare = Vec::new();
    for (name, schema) in api::json()["components"]["schemas"].as_object().into_iter().flatten() {
        for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
            let described = schema["description"].is_string() || schema["$ref"].is_string();
            if !described {
                bare.push(format!("{name}.{property}"));
            }
        }
    }
    assert!(bare.is_empty(), "not described: {}", bare.join(", "));
}

#[test]
fn every_operation_says_what_can_go_wrong() {
    let mut bare = Vec::new();
    for (name, operation) in operations() {
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            let problem = &response["content"]["application/problem+json"];
            if status.as_str() >= "400" && problem.is_null() {
                bare.push(format!("{name} answers {status} without a problem document"));
            }
        }
        for status in ["405", "406", "429", "500", "503"] {
            if operation["responses"][status].is_null() {
                bare.push(format!("{name} does not know {status}"));
            }
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

#[test]
fn every_body_has_an_example_that_fits_its_schema() {
    let mut wrong = Vec::new();
    for (name, operation) in operations() {
        let bodies = operation["responses"].as_object().into_iter().flatten();
        let bodies = bodies.map(|(status, response)| (status.as_str(), &response["content"]));
        for (place, contents) in
            bodies.chain([("the request", &operation["requestBody"]["content"])])
        {
            for (kind, content) in contents.as_object().into_iter().flatten() {
                if kind == "application/octet-stream" {
                    continue;
                }
                let Some(example) = content.get("example") else {
                    wrong.push(format!("{name}, {place}: there is no example"));
                    continue;
                };
                for error in validator(&content["schema"]).iter_errors(example) {
                    wrong.push(format!("{name}, {place}: {} {error}", error.instance_path()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn validator(schema: &Value) -> Arc<Validator> {
    static MADE: LazyLock<Mutex<HashMap<String, Arc<Validator>>>> = LazyLock::new(Mutex::default);
    let make = || {
        let whole = json!({ "allOf": [schema], "components": api::json()["components"] });
        let options = jsonschema::options().should_validate_formats(true);
        Arc::new(options.build(&whole).expect("the schemas are JSON Schema"))
    };
    let mut made = MADE.lock().expect("nobody panics while holding it");
    made.entry(schema.to_string()).or_insert_with(make).clone()
}

/// Every operation with its method and path.
fn operations() -> impl Iterator<Item = (String, &'static Value)> {
    let paths = api::json()["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let operations: Option<&Map<String, Value>> = item.as_object();
        let named = |(method, operation): (&String, &'static Value)| {
            (format!("{} {path}", str::to_uppercase(method)), operation)
        };
        operations.into_iter().flatten().map(named).collect::<Vec<_>>()
    })
}
