//! Every operation of the contract says all that its callers need.

use api::schemas::validator;
use serde_json::{Map, Value};

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
        let description = operation["description"].as_str().unwrap_or_default();
        if description.starts_with("Gives:") || description.split_whitespace().count() < 6 {
            bare.push(format!("{name} does not say when to call it: {description}"));
        }
        for parameter in operation["parameters"].as_array().into_iter().flatten().map(api::follow) {
            if parameter["description"].as_str().unwrap_or_default().is_empty() {
                bare.push(format!("{name}: parameter {} is not described", parameter["name"]));
            }
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

#[test]
fn no_two_operations_have_the_same_name() {
    let mut names: Vec<&str> =
        operations().filter_map(|(_, operation)| operation["operationId"].as_str()).collect();
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(count, names.len());
}

#[test]
fn every_tag_is_described_and_used() {
    let tags: Vec<&Value> = api::json()["tags"].as_array().into_iter().flatten().collect();
    for (name, operation) in operations() {
        for tag in operation["tags"].as_array().into_iter().flatten() {
            let found = tags.iter().find(|one| one["name"] == *tag);
            let text = found.and_then(|tag| tag["description"].as_str()).unwrap_or_default();
            assert!(!text.is_empty() && !text.starts_with("Operations on"), "{name}: {tag}");
        }
    }
}

#[test]
fn every_answer_declares_its_headers() {
    let mut bare = Vec::new();
    for (name, operation) in operations() {
        let (method, _) = name.split_once(' ').expect("a method and a path");
        let public = operation["security"].as_array().is_some_and(Vec::is_empty);
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            let headers = &api::follow(response)["headers"];
            let mut wanted = vec![
                "API-Version",
                "Content-Language",
                "RateLimit",
                "RateLimit-Policy",
                "Traceparent",
                "X-Request-Id",
            ];
            match status.as_str() {
                "201" => wanted.push("Location"),
                "401" => wanted.push("WWW-Authenticate"),
                "405" => wanted.push("Allow"),
                "429" | "503" => wanted.push("Retry-After"),
                _ => (),
            }
            let done = status.starts_with('2');
            if done && method == "POST" {
                wanted.push("Idempotent-Replayed");
            }
            if done && is_page(operation) {
                wanted.push("Link");
            }
            // Whoever gets an entity tag can ask whether there is another one. Which answers have one is held by each.
            let tagged = !headers["ETag"].is_null();
            let asks = !operation["responses"]["304"].is_null();
            if method == "GET" && status == "200" && tagged != asks {
                bare.push(format!("{name} has an ETag and no 304, or the other way round"));
            }
            let sometimes = ["Idempotent-Replayed", "Link"];
            for header in wanted.iter().filter(|header| !sometimes.contains(header)) {
                if api::follow(&headers[*header])["required"] != true {
                    bare.push(format!(
                        "{name} {status}: {header} always comes, and is not said to"
                    ));
                }
            }
            let missing = wanted.iter().filter(|header| headers[**header].is_null());
            bare.extend(missing.map(|header| format!("{name} {status} does not name {header}")));
            // What anybody may read is open to the scripts of other sites, and nothing else is.
            let open = !headers["Access-Control-Allow-Origin"].is_null();
            if open != (public && method == "GET") {
                bare.push(format!("{name} {status} is wrong about the scripts of other sites"));
            }
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

#[test]
fn every_property_is_described_and_has_an_example() {
    let mut bare = Vec::new();
    for (name, schema) in schemas() {
        for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
            let refers = schema["$ref"].is_string();
            if !refers && !schema["description"].is_string() {
                bare.push(format!("{name}.{property} is not described"));
            }
            let listed = schema["items"]["$ref"].is_string();
            let closed = schema["enum"].is_array() || schema["oneOf"].is_array();
            match schema["examples"].as_array() {
                Some(examples) => {
                    for error in examples.iter().flat_map(|one| faults(schema, one)) {
                        bare.push(format!("{name}.{property}: its example is wrong: {error}"));
                    }
                }
                None if refers || listed || closed => (),
                None => bare.push(format!("{name}.{property} has no example")),
            }
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

#[test]
fn every_value_is_bounded() {
    let mut bare = Vec::new();
    for (name, schema) in schemas() {
        unbounded(name, schema, &mut bare);
    }
    for (name, operation) in operations() {
        for parameter in operation["parameters"].as_array().into_iter().flatten().map(api::follow) {
            unbounded(&format!("{name} {}", parameter["name"]), &parameter["schema"], &mut bare);
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

/// What in `schema` has no bounds: texts need two lengths and a form, numbers and lists two ends.
fn unbounded(at: &str, schema: &Value, bare: &mut Vec<String>) {
    let is = |kind: &str| match &schema["type"] {
        Value::Array(kinds) => kinds.iter().any(|one| one == kind),
        one => one == kind,
    };
    let mut need = |keys: &[&str]| {
        let missing = keys.iter().filter(|key| schema[**key].is_null());
        bare.extend(missing.map(|key| format!("{at} has no {key}")));
    };
    let closed = schema["enum"].is_array() || !schema["const"].is_null();
    if is("string") && !closed {
        need(&["minLength", "maxLength"]);
        if schema["format"].is_null() {
            need(&["pattern"]);
        }
    }
    if (is("integer") || is("number")) && !closed {
        need(&["minimum", "maximum", "format"]);
    }
    if is("array") {
        need(&["minItems", "maxItems", "items"]);
    }
    if schema["additionalProperties"].is_object() {
        need(&["maxProperties"]);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        unbounded(&format!("{at}.{name}"), property, bare);
    }
    for part in ["items", "additionalProperties", "propertyNames"] {
        if schema[part].is_object() {
            unbounded(&format!("{at}/{part}"), &schema[part], bare);
        }
    }
    for part in ["oneOf", "anyOf", "allOf"] {
        for (number, one) in schema[part].as_array().into_iter().flatten().enumerate() {
            unbounded(&format!("{at}/{part}/{number}"), one, bare);
        }
    }
}

#[test]
fn every_tagged_union_says_what_tells_its_cases_apart() {
    let mut bare = Vec::new();
    for (name, schema) in schemas() {
        let Some(cases) = schema["oneOf"].as_array() else { continue };
        let objects = cases.iter().all(|case| case["$ref"].is_string() || case["type"] == "object");
        let Some(mapping) = schema["discriminator"]["mapping"].as_object().filter(|_| objects)
        else {
            if objects {
                bare.push(format!("{name} has no discriminator"));
            }
            continue;
        };
        let tag = schema["discriminator"]["propertyName"].as_str().unwrap_or_default();
        assert_eq!(mapping.len(), cases.len(), "{name}");
        for (value, reference) in mapping {
            let case = reference.as_str().and_then(|place| api::json().pointer(&place[1..]));
            let told = case.is_some_and(|case| case["properties"][tag]["enum"][0] == *value);
            assert!(told, "{name}: {value} leads nowhere");
        }
    }
    assert!(bare.is_empty(), "{}", bare.join("\n"));
}

/// OpenAPI Generator makes a client in Rust of a value by name that does not compile.
#[test]
fn values_of_forms_are_written_where_they_are() {
    let mut forms = 0;
    for (place, operation) in operations() {
        let body = &operation["requestBody"]["content"]["application/x-www-form-urlencoded"];
        let Value::Object(fields) = &api::follow(&body["schema"])["properties"] else { continue };
        forms += 1;
        for (name, field) in fields {
            assert!(field.get("$ref").is_none() && field["type"] == "string", "{place}: {name}");
        }
    }
    assert!(forms >= 2);
}

#[test]
fn the_document_says_who_is_behind_it() {
    let info = &api::json()["info"];
    for field in [
        "/title",
        "/description",
        "/version",
        "/contact/name",
        "/contact/email",
        "/license/identifier",
    ] {
        assert!(
            info.pointer(field)
                .is_some_and(|value| value.as_str().is_some_and(|text| !text.is_empty())),
            "{field}"
        );
    }
}

fn schemas() -> impl Iterator<Item = (&'static String, &'static Value)> {
    api::json()["components"]["schemas"].as_object().into_iter().flatten()
}

fn is_page(operation: &Value) -> bool {
    let schema = &operation["responses"]["200"]["content"]["application/json"]["schema"]["$ref"];
    schema.as_str().is_some_and(|name| name.ends_with("Page"))
}

fn faults(schema: &Value, example: &Value) -> Vec<String> {
    validator(schema).iter_errors(example).map(|error| error.to_string()).collect()
}

#[test]
fn every_operation_says_what_can_go_wrong() {
    let mut bare = Vec::new();
    for (name, operation) in operations() {
        for (status, response) in operation["responses"].as_object().into_iter().flatten() {
            let response = api::follow(response);
            let problem = &response["content"]["application/problem+json"];
            if status.as_str() >= "400" && problem.is_null() {
                bare.push(format!("{name} answers {status} without a problem document"));
            }
        }
        for status in ["400", "405", "406", "429", "500", "503"] {
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
        let bodies =
            bodies.map(|(status, response)| (status.as_str(), &api::follow(response)["content"]));
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
                for error in faults(&content["schema"], example) {
                    wrong.push(format!("{name}, {place}: {error}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every operation with its method and path.
pub(crate) fn operations() -> impl Iterator<Item = (String, &'static Value)> {
    let paths = api::json()["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let operations: Option<&Map<String, Value>> = item.as_object();
        let named = |(method, operation): (&String, &'static Value)| {
            (format!("{} {path}", str::to_uppercase(method)), operation)
        };
        operations.into_iter().flatten().map(named).collect::<Vec<_>>()
    })
}
