//! The gate: a change of the contract that would break a client is declared, or it is not made.

use std::{fs, path::Path};

use acceptance::breaks;
use serde_json::{Value, json};

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What has been released is in `docs/released/`; what breaks it is in `docs/breaking.yaml`, and the changelog says so.
#[test]
fn nothing_breaks_a_client_unless_it_is_declared() {
    let released: Value =
        serde_norway::from_str(&read("docs/released/openapi.yaml")).expect("it is YAML");
    let declared: Value = serde_norway::from_str(&read("docs/breaking.yaml")).expect("it is YAML");
    let declared: Vec<&str> = declared["breaks"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|one| {
            assert!(one["reason"].is_string(), "{one} has a reason");
            one["change"].as_str()
        })
        .collect();
    let found = breaks(&released, api::json());
    let undeclared: Vec<&String> =
        found.iter().filter(|one| !declared.contains(&one.as_str())).collect();
    assert!(
        undeclared.is_empty(),
        "this would break clients; undo it, or declare it in docs/breaking.yaml and CHANGELOG.md \
         as docs/versioning.md has it:\n{undeclared:#?}"
    );
    for change in &declared {
        assert!(found.iter().any(|one| one == change), "{change} is declared, but not so");
    }
    assert!(declared.is_empty() || read("CHANGELOG.md").contains("**Breaking:**"));
}

#[test]
fn a_document_breaks_nothing_of_itself() {
    assert_eq!(breaks(api::json(), api::json()), Vec::<String>::new());
}

/// A small contract that has everything that can break.
fn contract() -> Value {
    let thing = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let page = |schema: Value| json!({ "content": { "application/json": { "schema": schema } } });
    json!({
        "paths": {
            "/v1/things": {
                "get": {
                    "operationId": "list_things",
                    "security": [{ "bearer": [] }, { "client": ["things"] }],
                    "parameters": [
                        { "name": "state", "in": "query", "schema": thing("State") },
                        { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 200 } },
                    ],
                    "responses": {
                        "200": { "headers": { "Link": {}, "Retry-After": { "schema": { "type": "integer" } } }, "content": { "application/json": { "schema": { "type": "array", "items": thing("View") } } } },
                        "404": page(thing("View")),
                    },
                },
                "post": {
                    "operationId": "create_thing",
                    "security": [],
                    "requestBody": { "content": { "application/json": { "schema": thing("Form") }, "text/csv": { "schema": {} } } },
                    "responses": { "201": page(thing("View")), "202": page(thing("View")) },
                },
            },
        },
        "webhooks": { "thing.made": { "post": { "requestBody": { "content": { "application/json": { "schema": thing("View") } } } } } },
        "components": { "schemas": {
            "State": { "type": "string", "enum": ["draft", "done"] },
            "Form": {
                "type": "object", "required": ["name"],
                "properties": {
                    "name": { "type": "string", "minLength": 1, "maxLength": 100 },
                    "note": { "type": ["string", "null"], "maxLength": 500 },
                    "state": { "$ref": "#/components/schemas/State" },
                    "parts": { "type": "array", "maxItems": 10, "items": { "type": "string" } },
                },
            },
            "View": {
                "type": "object", "required": ["id", "state"],
                "properties": {
                    "id": { "type": "string", "format": "uuid" },
                    "state": { "type": "string", "enum": ["draft", "done"] },
                    "size": { "type": "integer" },
                    "outcome": { "oneOf": [{ "$ref": "#/components/schemas/Good" }, { "$ref": "#/components/schemas/Bad" }], "discriminator": { "propertyName": "kind" } },
                },
            },
            "Good": { "type": "object", "properties": { "mark": { "type": "integer" } } },
            "Bad": { "type": "object", "properties": { "why": { "type": "string" } } },
            "Ugly": { "type": "object" },
        } },
    })
}

/// A change: where, and what is there then. Nothing there means that it is taken away.
type Change = (&'static str, &'static str, Option<Value>);

fn changed((_, place, value): &Change) -> Value {
    let mut contract = contract();
    let (parent, last) = place.rsplit_once('/').expect("a pointer");
    let parent = contract.pointer_mut(parent).unwrap_or_else(|| panic!("{place} is there"));
    match (parent, value) {
        (Value::Object(fields), Some(value)) => {
            fields.insert(last.replace("~1", "/"), value.clone());
        }
        (Value::Object(fields), None) => {
            fields.remove(&last.replace("~1", "/")).unwrap_or_else(|| panic!("{place} is there"));
        }
        (Value::Array(list), Some(value)) => list.push(value.clone()),
        (Value::Array(list), None) => {
            list.remove(last.parse().expect("a number"));
        }
        (other, _) => panic!("{other} holds nothing"),
    }
    contract
}

const GET: &str = "/paths/~1v1~1things/get";

fn breaking() -> Vec<Change> {
    let schema = |rest: &str| -> &'static str { format!("/components/schemas/{rest}").leak() };
    let get = |rest: &str| -> &'static str { format!("{GET}/{rest}").leak() };
    let post = |rest: &str| -> &'static str { format!("/paths/~1v1~1things/post/{rest}").leak() };
    vec![
        ("a property of an answer is removed", schema("View/properties/size"), None),
        (
            "a parameter that is required is added",
            get("parameters/-"),
            Some(json!({ "name": "area", "in": "query", "required": true, "schema": {} })),
        ),
        ("a type is changed", schema("View/properties/size"), Some(json!({ "type": "string" }))),
        ("a path is removed", "/paths/~1v1~1things", None),
        ("a method is removed", "/paths/~1v1~1things/post", None),
        (
            "an answer has a new value",
            schema("View/properties/state/enum"),
            Some(json!(["draft", "done", "lost"])),
        ),
        (
            "an answer can be null",
            schema("View/properties/size"),
            Some(json!({ "type": ["integer", "null"] })),
        ),
        ("an answer may leave something out", schema("View/required"), Some(json!(["id"]))),
        ("a request needs something more", schema("Form/required"), Some(json!(["name", "note"]))),
        ("a maximum is lowered", schema("Form/properties/name/maxLength"), Some(json!(99))),
        ("a minimum is raised", schema("Form/properties/name/minLength"), Some(json!(2))),
        ("a parameter's maximum is lowered", get("parameters/1/schema/maximum"), None)
            .with(get("parameters/1/schema/maximum"), json!(100)),
        ("a webhook is removed", "/webhooks/thing.made", None),
        ("a webhook's property is removed", schema("View/properties/outcome"), None),
        ("signing in is needed", post("security"), Some(json!([{ "bearer": [] }]))),
        ("a way to sign in is removed", get("security"), Some(json!([{ "bearer": [] }]))),
        (
            "a scope is needed",
            get("security"),
            Some(json!([{ "bearer": ["more"] }, { "client": ["things"] }])),
        ),
        ("a success is removed", post("responses/202"), None),
        ("a parameter is removed", get("parameters/0"), None),
        ("a header is removed", get("responses/200/headers/Link"), None),
        (
            "a header's type is changed",
            get("responses/200/headers/Retry-After/schema"),
            Some(json!({ "type": "string" })),
        ),
        ("a parameter is written in another way", get("parameters/0/explode"), Some(json!(false))),
        (
            "a union's cases are told apart by something else",
            schema("View/properties/outcome/discriminator/propertyName"),
            Some(json!("name")),
        ),
        ("a type of body is removed", post("requestBody/content/text~1csv"), None),
        ("a value is no longer taken", schema("State/enum"), Some(json!(["draft"]))),
        ("a pattern is added", schema("Form/properties/name/pattern"), Some(json!("^[a-z]+$"))),
        (
            "null is no longer taken",
            schema("Form/properties/note"),
            Some(json!({ "type": "string", "maxLength": 500 })),
        ),
        ("unknown properties are refused", schema("Form/additionalProperties"), Some(json!(false))),
        ("a property is no longer taken", schema("Form/properties/note"), None),
        ("a list takes less", schema("Form/properties/parts/maxItems"), Some(json!(9))),
        ("a format is changed", schema("View/properties/id/format"), Some(json!("date"))),
        (
            "a union has a new case in an answer",
            schema("View/properties/outcome/oneOf/-"),
            Some(json!({ "$ref": "#/components/schemas/Ugly" })),
        ),
        ("the name of an operation is changed", get("operationId"), Some(json!("index_things"))),
        ("a body is required", post("requestBody/required"), Some(json!(true))),
    ]
}

/// For the table's sake: another value instead of nothing.
trait With {
    fn with(self, place: &'static str, value: Value) -> Self;
}

impl With for Change {
    fn with(self, place: &'static str, value: Value) -> Self {
        (self.0, place, Some(value))
    }
}

fn harmless() -> Vec<Change> {
    vec![
        (
            "a property of answers is added",
            "/components/schemas/View/properties/more",
            Some(json!({ "type": "string" })),
        ),
        (
            "a property of requests is added",
            "/components/schemas/Form/properties/more",
            Some(json!({ "type": "string" })),
        ),
        (
            "a path is added",
            "/paths/~1v1~1others",
            Some(json!({ "get": { "operationId": "list_others" } })),
        ),
        (
            "a parameter is added",
            "/paths/~1v1~1things/get/parameters/-",
            Some(json!({ "name": "area", "in": "query", "schema": {} })),
        ),
        (
            "a header is added",
            "/paths/~1v1~1things/get/responses/200/headers/ETag",
            Some(json!({})),
        ),
        ("an error is added", "/paths/~1v1~1things/get/responses/409", Some(json!({}))),
        ("an error is removed", "/paths/~1v1~1things/get/responses/404", None),
        (
            "a maximum of requests is raised",
            "/components/schemas/Form/properties/name/maxLength",
            Some(json!(101)),
        ),
        ("less is required of requests", "/components/schemas/Form/required", Some(json!([]))),
        (
            "an answer promises more",
            "/components/schemas/View/required",
            Some(json!(["id", "state", "size"])),
        ),
        (
            "requests take one more value",
            "/components/schemas/State/enum",
            Some(json!(["draft", "done", "lost"])),
        ),
        (
            "an answer has fewer values",
            "/components/schemas/View/properties/state/enum",
            Some(json!(["draft"])),
        ),
        ("words are changed", "/components/schemas/View/description", Some(json!("Something."))),
        (
            "an example is changed",
            "/components/schemas/View/properties/size/examples",
            Some(json!([3])),
        ),
        ("a webhook is added", "/webhooks/thing.lost", Some(json!({ "post": {} }))),
        (
            "another way to sign in is added",
            "/paths/~1v1~1things/get/security/-",
            Some(json!({ "key": [] })),
        ),
    ]
}

#[test]
fn every_seeded_break_is_found() {
    for change in breaking() {
        assert!(!breaks(&contract(), &changed(&change)).is_empty(), "{}", change.0);
    }
}

#[test]
fn nothing_harmless_is_taken_for_a_break() {
    for change in harmless() {
        assert_eq!(breaks(&contract(), &changed(&change)), Vec::<String>::new(), "{}", change.0);
    }
}
