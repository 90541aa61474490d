//! That the gate finds what breaks a client, each of the seeded cases and what they have led to, and takes nothing harmless for it.

use acceptance::breaks;
use serde_json::{Value, json};

/// A small contract that has everything that can break.
fn contract() -> Value {
    let thing = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let page = |schema: Value| json!({ "content": { "application/json": { "schema": schema } } });
    json!({
        "servers": [{ "url": "/" }],
        "paths": {
            "/v1/things": {
                "get": {
                    "operationId": "list_things",
                    "security": [{ "bearer": [] }, { "client": ["things"] }],
                    "parameters": [
                        { "name": "state", "in": "query", "schema": thing("State") },
                        { "name": "limit", "in": "query", "schema": { "type": "integer", "minimum": 1, "maximum": 200, "default": 50 } },
                    ],
                    "responses": {
                        "200": { "headers": { "Link": {}, "Retry-After": { "schema": { "type": "integer" } }, "Tag": { "required": true, "schema": { "type": "string", "pattern": "^[a-z]+$" } } }, "links": { "first": { "operationId": "get_thing", "parameters": { "thing_id": "$response.body#/0/id" } } }, "content": { "application/json": { "schema": { "type": "array", "items": thing("View") } } } },
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
        "components": { "securitySchemes": {
            "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" },
            "client": { "type": "http", "scheme": "basic" },
        }, "schemas": {
            "State": { "type": "string", "enum": ["draft", "done"] },
            "Form": {
                "type": "object", "required": ["name"],
                "properties": {
                    "name": { "type": "string", "minLength": 1, "maxLength": 100 },
                    "note": { "type": ["string", "null"], "maxLength": 500 },
                    "state": { "$ref": "#/components/schemas/State" },
                    "parts": { "type": "array", "maxItems": 10, "items": { "type": "string" } },
                    "count": { "type": "integer" },
                    "kin": { "$ref": "#/components/schemas/Kin" },
                    "shut": { "$ref": "#/components/schemas/Shut" },
                    "choice": { "oneOf": [{ "$ref": "#/components/schemas/Good" }, { "$ref": "#/components/schemas/Bad" }], "discriminator": { "propertyName": "kind", "mapping": { "good": "#/components/schemas/Good", "bad": "#/components/schemas/Bad" } } },
                },
            },
            "View": {
                "type": "object", "required": ["id", "state"],
                "properties": {
                    "id": { "type": "string", "format": "uuid", "maxLength": 36, "pattern": "^[0-9a-f-]{36}$" },
                    "next": { "type": "string", "maxLength": 200 },
                    "title": { "type": "string", "pattern": r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$" },
                    "label": { "type": "string", "minLength": 1, "maxLength": 50, "pattern": "^[a-z]*$" },
                    "parts": { "type": "array", "maxItems": 5, "items": { "type": "integer", "minimum": 0, "maximum": 9 } },
                    "sum": { "$ref": "#/components/schemas/Sum" },
                    "state": { "type": "string", "enum": ["draft", "done"] },
                    "size": { "type": "integer" },
                    "outcome": { "oneOf": [{ "$ref": "#/components/schemas/Good" }, { "$ref": "#/components/schemas/Bad" }], "discriminator": { "propertyName": "kind", "mapping": { "good": "#/components/schemas/Good", "bad": "#/components/schemas/Bad" } } },
                    "marks": { "type": "array", "items": { "type": "integer" } },
                    "kin": { "$ref": "#/components/schemas/Kin" },
                },
            },
            "Sum": { "type": "object", "additionalProperties": false, "properties": { "cents": { "type": "integer" } } },
            "Shut": { "type": "object", "additionalProperties": false, "properties": { "name": { "type": "string" } } },
            "Good": { "type": "object", "properties": { "mark": { "type": "integer" } } },
            "Bad": { "type": "object", "properties": { "why": { "type": "string" } } },
            "Ugly": { "type": "object" },
            "Kin": { "type": "object", "properties": { "name": { "type": "string", "maxLength": 100 } } },
            "Less": { "type": "object", "properties": { "name": { "type": "string", "maxLength": 50 } } },
            "More": { "type": "object", "properties": { "name": { "type": "string", "maxLength": 200 }, "age": { "type": "integer" } } },
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
        (Value::Array(list), Some(value)) => match last.parse::<usize>() {
            Ok(number) => list[number] = value.clone(),
            Err(_) => list.push(value.clone()),
        },
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
    let scheme =
        |rest: &str| -> &'static str { format!("/components/securitySchemes/{rest}").leak() };
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
        ("a server is elsewhere", "/servers/0/url", Some(json!("/api"))),
        (
            "a token comes in another way",
            scheme("bearer"),
            Some(json!({ "type": "apiKey", "in": "header", "name": "Authorization" })),
        ),
        ("a secret comes in another way", scheme("client/scheme"), Some(json!("digest"))),
        ("a way to sign in is not there", scheme("client"), None),
        ("whether one has to sign in is not said", get("security"), None),
        ("another success is possible", get("responses/202"), Some(json!({}))),
        ("whoever asks is sent elsewhere", get("responses/302"), Some(json!({}))),
        ("an answer's list holds anything", schema("View/properties/marks/items"), None),
        (
            "a request's list holds only something",
            schema("Form/properties/parts/items"),
            Some(json!({ "type": "string", "minLength": 1 })),
        ),
        (
            "a parameter is written as a document",
            get("parameters/1"),
            Some(
                json!({ "name": "limit", "in": "query", "content": { "application/json": { "schema": { "type": "integer" } } } }),
            ),
        ),
        (
            "a required parameter is added to the path",
            "/paths/~1v1~1things/parameters",
            Some(json!([{ "name": "area", "in": "query", "required": true, "schema": {} }])),
        ),
        (
            "a property needs another one",
            schema("Form/dependentRequired"),
            Some(json!({ "name": ["note"] })),
        ),
        (
            "a request may not be something",
            schema("Form/properties/name/not"),
            Some(json!({ "const": "nobody" })),
        ),
        (
            "a request is also something else",
            schema("Form/allOf"),
            Some(json!([{ "required": ["note"] }])),
        ),
        (
            "a case of a union is another thing",
            schema("View/properties/outcome/discriminator/mapping/bad"),
            Some(json!("#/components/schemas/Good")),
        ),
        ("a link is removed", get("responses/200/links/first"), None),
        (
            "a link leads elsewhere",
            get("responses/200/links/first/operationId"),
            Some(json!("get_part")),
        ),
        (
            "a link brings another value along",
            get("responses/200/links/first/parameters/thing_id"),
            Some(json!("$response.body#/1/id")),
        ),
        (
            "a header has another form",
            get("responses/200/headers/Tag/schema/pattern"),
            Some(json!("^[0-9]+$")),
        ),
        ("a header may be left out", get("responses/200/headers/Tag/required"), None),
        ("null is possible in an answer", schema("View/properties/kin"), Some(or_null("Kin"))),
        (
            "what a request takes besides null takes less",
            schema("Form/properties/kin"),
            Some(or_null("Less")),
        ),
        (
            "what a request takes is another union",
            schema("Form/properties/kin"),
            Some(json!({ "oneOf": [{ "type": "null" }, { "type": "string" }] })),
        ),
        (
            "a part of what a request is made of takes less",
            schema("Form/allOf"),
            Some(json!([{ "properties": { "name": { "maxLength": 99 } } }])),
        ),
        (
            "a part of what a request is made of wants another form",
            schema("Form/allOf"),
            Some(json!([{ "properties": { "name": { "pattern": "^a$" } } }])),
        ),
        (
            "a request takes less than what has the name",
            schema("Form/properties/state"),
            Some(json!({ "$ref": "#/components/schemas/State", "enum": ["draft"] })),
        ),
        (
            "a request wants more than what has the name",
            schema("Form/properties/kin"),
            Some(json!({ "$ref": "#/components/schemas/Kin", "required": ["name"] })),
        ),
        (
            "another value is taken for what is left out",
            get("parameters/1/schema/default"),
            Some(json!(10)),
        ),
        ("no value is taken for what is left out", get("parameters/1/schema/default"), None),
        ("what was sent is only read", schema("Form/properties/note/readOnly"), Some(json!(true))),
        ("what was read is only sent", schema("View/properties/size/writeOnly"), Some(json!(true))),
        (
            "nothing tells the cases of a request apart",
            schema("Form/properties/choice/discriminator"),
            None,
        ),
        (
            "the cases of a request are said in another way",
            schema("Form/properties/choice"),
            Some(any_of(&["Good", "Bad"])),
        ),
        (
            "the cases of an answer are said in another way",
            schema("View/properties/outcome"),
            Some(any_of(&["Good", "Bad"])),
        ),
        (
            "a text of an answer is longer",
            schema("View/properties/label/maxLength"),
            Some(json!(51)),
        ),
        ("a text of an answer has no end", schema("View/properties/label/maxLength"), None),
        (
            "a text of an answer can be empty",
            schema("View/properties/label/minLength"),
            Some(json!(0)),
        ),
        ("a text of an answer has any form", schema("View/properties/label/pattern"), None),
        ("an answer has control characters", schema("View/properties/title/pattern"), None),
        ("a list of an answer is longer", schema("View/properties/parts/maxItems"), None),
        (
            "a number of an answer is larger",
            schema("View/properties/parts/items/maximum"),
            Some(json!(10)),
        ),
        (
            "a number of an answer is below nought",
            schema("View/properties/parts/items/minimum"),
            None,
        ),
        (
            "what is sent and answered is longer",
            schema("Kin/properties/name/maxLength"),
            Some(json!(101)),
        ),
        (
            "an answer that had no other properties has one more",
            schema("Sum/properties/currency"),
            Some(json!({ "type": "string" })),
        ),
        (
            "unknown properties are refused of those who send",
            schema("Form/x-closed-in-requests"),
            Some(json!(true)),
        ),
        (
            "an answer's fraction was whole",
            schema("View/properties/size/type"),
            Some(json!("number")),
        ),
    ]
}

/// Null, or what has this name.
fn or_null(name: &str) -> Value {
    json!({ "oneOf": [{ "type": "null" }, { "$ref": format!("#/components/schemas/{name}") }] })
}

/// Any of what has these names.
fn any_of(names: &[&str]) -> Value {
    let cases: Vec<Value> = names
        .iter()
        .map(|name| json!({ "$ref": format!("#/components/schemas/{name}") }))
        .collect();
    json!({ "anyOf": cases, "discriminator": contract()["components"]["schemas"]["Form"]["properties"]["choice"]["discriminator"] })
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
        (
            "how a parameter is written is said, as it is",
            "/paths/~1v1~1things/get/parameters/0",
            Some(
                json!({ "name": "state", "in": "query", "style": "form", "explode": true, "schema": { "$ref": "#/components/schemas/State" } }),
            ),
        ),
        (
            "an answer is also something else",
            "/components/schemas/View/allOf",
            Some(json!([{ "properties": { "more": { "type": "string" } }, "required": ["more"] }])),
        ),
        (
            "a request takes fractions",
            "/components/schemas/Form/properties/count",
            Some(json!({ "type": "number" })),
        ),
        (
            "a request takes null, and what it took",
            "/components/schemas/Form/properties/kin",
            Some(or_null("More")),
        ),
        (
            "whoever asks whether something is new is told so",
            "/paths/~1v1~1things/get/responses/304",
            Some(json!({})),
        ),
        (
            "signing in is not needed any more, and that is said",
            "/paths/~1v1~1things/get/security",
            Some(json!([])),
        ),
        (
            "a link is added",
            "/paths/~1v1~1things/get/responses/200/links/last",
            Some(json!({ "operationId": "get_thing" })),
        ),
        (
            "a link brings more along",
            "/paths/~1v1~1things/get/responses/200/links/first/parameters/more",
            Some(json!("$request.query.state")),
        ),
        (
            "a part of what a request is made of says the same again",
            "/components/schemas/Form/allOf",
            Some(json!([{ "properties": { "name": { "maxLength": 100, "minLength": 0 } } }])),
        ),
        (
            "words stand beside a name",
            "/components/schemas/Form/properties/kin",
            Some(json!({ "$ref": "#/components/schemas/Kin", "description": "Whose it is." })),
        ),
        (
            "an answer says more exactly what has the name",
            "/components/schemas/View/properties/kin",
            Some(json!({ "$ref": "#/components/schemas/Kin", "maxProperties": 3 })),
        ),
        (
            "it is said what is taken for what is left out",
            "/components/schemas/Form/properties/note/default",
            Some(json!("nothing")),
        ),
        (
            "what is read is said to be only read",
            "/components/schemas/View/properties/size/readOnly",
            Some(json!(true)),
        ),
        (
            "what is sent is said to be only sent",
            "/components/schemas/Form/properties/note/writeOnly",
            Some(json!(true)),
        ),
        (
            "a case of a request has one more name",
            "/components/schemas/Form/properties/choice/discriminator/mapping/worse",
            Some(json!("#/components/schemas/Bad")),
        ),
        (
            "a request takes null or what it took, which is said in another way",
            "/components/schemas/Form/properties/kin",
            Some(json!({ "anyOf": [{ "type": "null" }, { "$ref": "#/components/schemas/Kin" }] })),
        ),
        (
            "a text of an answer is shorter",
            "/components/schemas/View/properties/label/maxLength",
            Some(json!(49)),
        ),
        (
            "some text of an answer gets a form",
            "/components/schemas/View/properties/title/pattern",
            Some(json!("^[a-z]+$")),
        ),
        (
            "an identifier is longer",
            "/components/schemas/View/properties/id/maxLength",
            Some(json!(64)),
        ),
        ("an identifier looks otherwise", "/components/schemas/View/properties/id/pattern", None),
        ("a cursor is longer", "/components/schemas/View/properties/next/maxLength", None),
        ("an answer may have more some day", "/components/schemas/Sum/additionalProperties", None),
        (
            "what is closed to those who send is said to be so to them alone",
            "/components/schemas/Shut",
            Some(
                json!({ "type": "object", "x-closed-in-requests": true, "properties": { "name": { "type": "string" } } }),
            ),
        ),
        (
            "how tokens are written is said otherwise",
            "/components/securitySchemes/bearer/bearerFormat",
            Some(json!("opaque")),
        ),
    ]
}

#[test]
fn every_seeded_break_is_found() {
    for change in breaking() {
        assert!(!breaks(&contract(), &changed(&change)).is_empty(), "{}", change.0);
    }
}

/// Else whoever has declared that something breaks could break it further, and nobody would be told.
#[test]
fn what_was_declared_is_no_leave_for_a_later_break_of_the_same_place() {
    let name = "/components/schemas/Form/properties/name";
    let size = "/components/schemas/View/properties/size";
    let to = |place: &str, key: &str, value: Value| -> Change {
        ("", format!("{place}/{key}").leak(), Some(value))
    };
    let pairs = [
        (to(name, "maxLength", json!(99)), to(name, "maxLength", json!(1))),
        (to(name, "minLength", json!(2)), to(name, "minLength", json!(50))),
        (to(name, "pattern", json!("^[a-z]+$")), to(name, "pattern", json!("^a$"))),
        (to(name, "multipleOf", json!(2)), to(name, "multipleOf", json!(4))),
        (to(name, "format", json!("uuid")), to(name, "format", json!("date"))),
        (to(name, "enum", json!(["a", "b"])), to(name, "enum", json!(["a"]))),
        (to(name, "not", json!({ "const": "a" })), to(name, "not", json!({}))),
        (to(size, "type", json!("string")), to(size, "type", json!("boolean"))),
        (to(GET, "operationId", json!("a")), to(GET, "operationId", json!("b"))),
    ];
    for (declared, later) in &pairs {
        let first = breaks(&contract(), &changed(declared));
        let second = breaks(&contract(), &changed(later));
        assert!(!first.is_empty() && !second.is_empty(), "{}", declared.1);
        assert!(second.iter().any(|line| !first.contains(line)), "{first:?} declares {second:?}");
    }
}

#[test]
fn nothing_harmless_is_taken_for_a_break() {
    for change in harmless() {
        assert_eq!(breaks(&contract(), &changed(&change)), Vec::<String>::new(), "{}", change.0);
    }
}
