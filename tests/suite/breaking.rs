//! The gate: a change of the contract that would break a client is declared, or it is not made.

use std::{fs, path::Path};

use acceptance::{
    Changelog, Declaration, breaks, broken_codes, codes, declarations, golden, gone_too_early,
    ill_declared,
};
use chrono::{NaiveDate, Utc};
use serde_json::{Value, json};

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn yaml(path: &str) -> Value {
    serde_norway::from_str(&read(path)).expect("it is YAML")
}

fn released_codes() -> Value {
    serde_json::from_str(&read("docs/released/codes.json")).expect("it is JSON")
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// What has been released is in `docs/released/`; what breaks it is in `docs/breaking.yaml`, and the changelog says so.
#[test]
fn nothing_breaks_a_client_unless_it_is_declared() {
    let released = yaml("docs/released/openapi.yaml");
    let declared = declarations(&yaml("docs/breaking.yaml")).expect("docs/breaking.yaml");
    let mut found = breaks(&released, api::json());
    found.extend(broken_codes(&released_codes(), &codes()));
    let undeclared: Vec<&String> =
        found.iter().filter(|line| !declared.iter().any(|one| one.change == **line)).collect();
    assert!(
        undeclared.is_empty(),
        "this would break clients; undo it, or declare it in docs/breaking.yaml and CHANGELOG.md \
         as docs/versioning.md has it:\n{undeclared:#?}"
    );
    for Declaration { change, .. } in &declared {
        assert!(found.contains(change), "{change} is declared, but not so");
    }
    let text = read("CHANGELOG.md");
    let changelog = Changelog::read(&text);
    let today = Utc::now().date_naive();
    assert_eq!(ill_declared(&declared, &changelog, today), Vec::<String>::new());
    // Nobody was promised anything before the first release.
    if changelog.released.is_some() {
        assert_eq!(gone_too_early(&released, api::json(), today), Vec::<String>::new());
    }
}

/// With a release, this file is copied to `docs/released/`.
#[test]
fn the_codes_that_programs_go_by_are_those_of_the_golden_file() {
    let text = serde_json::to_string_pretty(&codes()).expect("it is JSON");
    golden("tests/golden/codes.json", &(text + "\n"));
}

fn some_codes() -> Value {
    json!({
        "fields": ["empty", "wrong_form"],
        "problems": { "stale": 409, "too_large": 413 },
        "sets": { "themes": ["2_3", "grief"], "titles": ["trainer"] },
    })
}

#[test]
fn a_code_that_is_gone_or_has_another_status_breaks() {
    let changes = [
        ("/problems", json!({ "stale": 409 }), "problem too_large: removed"),
        ("/problems/stale", json!(412), "problem stale: status changed from 409 to 412"),
        ("/fields", json!(["empty", "malformed"]), "field error wrong_form: removed"),
        ("/sets/themes", json!(["2_3"]), "code set themes: grief removed"),
        ("/sets", json!({ "themes": ["2_3", "grief"] }), "code set titles: removed"),
    ];
    for (place, value, line) in changes {
        let mut new = some_codes();
        *new.pointer_mut(place).expect("it is there") = value;
        assert_eq!(broken_codes(&some_codes(), &new), [line]);
    }
}

#[test]
fn a_code_that_is_new_breaks_nothing() {
    let mut new = some_codes();
    new["problems"]["exists"] = json!(409);
    new["fields"] = json!(["wrong_form", "in_past", "empty"]);
    new["sets"]["themes"] = json!(["grief", "addiction", "2_3"]);
    new["sets"]["areas"] = json!(["lapland"]);
    assert_eq!(broken_codes(&some_codes(), &new), Vec::<String>::new());
}

/// A theme that is taken out of the program, as it was of the released list.
#[test]
fn a_theme_that_is_taken_away_is_noticed() {
    let mut fewer = codes();
    let themes = fewer["sets"]["experience_themes"].as_array_mut().expect("the themes are there");
    let gone = themes.remove(0);
    let line = format!("code set experience_themes: {} removed", gone.as_str().expect("a code"));
    assert!(broken_codes(&released_codes(), &fewer).contains(&line), "{line}");
}

const UNRELEASED: &str = "# Changelog

## [2.0.0] - unreleased

### Changed

- **Breaking:** a theme is gone:
  `grief`.
- The field `channel` is described.

## [1.0.0] - 2027-01-31

- **Breaking:** `list_things` is gone, as it was said.
";

fn declared(change: &str, announced: &str) -> Vec<Declaration> {
    let entry = json!({ "change": change, "reason": "it is wrong", "announced": announced });
    declarations(&json!({ "breaks": [entry] })).expect("it is declared")
}

#[test]
fn a_declaration_has_a_reason_and_a_day() {
    let whole = json!({ "change": "x: removed", "reason": "it is", "announced": "2027-02-01" });
    assert!(declarations(&json!({ "breaks": [whole] })).is_ok());
    for (key, value) in [
        ("reason", json!(null)),
        ("reason", json!(" ")),
        ("announced", json!(null)),
        ("announced", json!("soon")),
        ("announced", json!("2027-02-30")),
        ("change", json!(null)),
    ] {
        let mut entry = whole.clone();
        entry[key] = value.clone();
        assert!(declarations(&json!({ "breaks": [entry] })).is_err(), "{key}: {value}");
    }
}

#[test]
fn a_declared_break_is_in_the_changelog_above_the_last_release() {
    let changelog = Changelog::read(UNRELEASED);
    assert_eq!(changelog.released, Some(day("2027-01-31")));
    let wrong = |change: &str, announced: &str| {
        ill_declared(&declared(change, announced), &changelog, day("2027-02-01")).len()
    };
    assert_eq!(wrong("code set themes: grief removed", "2027-02-01"), 0);
    // What is only said of another release, or is not said to break anybody, or is part of another name.
    assert_eq!(wrong("GET /v1/things list_things: removed", "2027-02-01"), 1);
    assert_eq!(wrong("Thing (read): property channel removed", "2027-02-01"), 1);
    assert_eq!(wrong("code set themes: grief_of_all removed", "2027-02-01"), 1);
    // On a day to come, and before the last release.
    assert_eq!(wrong("code set themes: grief removed", "2027-02-02"), 1);
    assert_eq!(wrong("code set themes: grief removed", "2027-01-30"), 1);
}

#[test]
fn what_the_last_release_said_declares_nothing_new() {
    let released = UNRELEASED.replace("- **Breaking:** a theme is gone:", "- A theme is gone:");
    let changelog = Changelog::read(&released);
    let wrong = ill_declared(
        &declared("code set themes: grief removed", "2027-02-01"),
        &changelog,
        day("2027-02-01"),
    );
    assert_eq!(wrong.len(), 2, "{wrong:?}");
}

#[test]
fn nothing_is_released_by_a_heading_without_a_day() {
    assert_eq!(Changelog::read("## [0.1.0] - unreleased\n").released, None);
}

#[test]
fn an_operation_goes_when_the_day_of_its_end_is_over() {
    let whole = contract();
    let without = changed(&("", "/paths/~1v1~1things/post", None));
    let early = |released: &Value, today: &str| gone_too_early(released, &without, day(today));
    assert_eq!(gone_too_early(&whole, &whole, day("2029-01-01")), Vec::<String>::new());
    assert_eq!(early(&whole, "2029-01-01"), ["POST /v1/things"]);
    let mut ending = whole.clone();
    ending["paths"]["/v1/things"]["post"]["x-sunset"] = json!("2029-01-01");
    assert_eq!(early(&ending, "2029-01-01"), ["POST /v1/things"], "it was not deprecated");
    ending["paths"]["/v1/things"]["post"]["deprecated"] = json!(true);
    assert_eq!(early(&ending, "2028-12-31"), ["POST /v1/things"]);
    assert_eq!(early(&ending, "2029-01-01"), Vec::<String>::new());
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
        "servers": [{ "url": "/" }],
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
                },
            },
            "View": {
                "type": "object", "required": ["id", "state"],
                "properties": {
                    "id": { "type": "string", "format": "uuid" },
                    "state": { "type": "string", "enum": ["draft", "done"] },
                    "size": { "type": "integer" },
                    "outcome": { "oneOf": [{ "$ref": "#/components/schemas/Good" }, { "$ref": "#/components/schemas/Bad" }], "discriminator": { "propertyName": "kind", "mapping": { "good": "#/components/schemas/Good", "bad": "#/components/schemas/Bad" } } },
                    "marks": { "type": "array", "items": { "type": "integer" } },
                    "kin": { "$ref": "#/components/schemas/Kin" },
                },
            },
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
