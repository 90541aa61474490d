//! The gate: a change of the contract that would break a client is declared, or it is not made.

use std::{fs, path::Path};

use acceptance::{
    Changelog, Declaration, announced_too_late, breaks, broken_codes, codes, declarations, golden,
    gone_too_early, ill_declared,
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
    assert_eq!(announced_too_late(&released, api::json(), today), Vec::<String>::new());
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
    let whole = json!({ "paths": { "/v1/things": { "get": {}, "post": {} } } });
    let without = json!({ "paths": { "/v1/things": { "get": {} } } });
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

fn ending(sunset: Option<&str>) -> Value {
    let mut document =
        json!({ "paths": { "/v1/things": { "get": { "operationId": "list_things" } } } });
    if let Some(sunset) = sunset {
        let operation = &mut document["paths"]["/v1/things"]["get"];
        operation["deprecated"] = json!(true);
        operation["x-sunset"] = json!(sunset);
    }
    document
}

#[test]
fn an_end_that_was_announced_does_not_come_nearer() {
    let was = ending(Some("2029-01-01"));
    let line = "GET /v1/things: it ends on 2028-12-31, and was to end on 2029-01-01";
    assert_eq!(breaks(&was, &ending(Some("2028-12-31"))), [line]);
    for later in [Some("2029-01-01"), Some("2029-01-02"), None] {
        assert_eq!(breaks(&was, &ending(later)), Vec::<String>::new(), "{later:?}");
    }
}

/// A day in the past since when it was so would tell nobody: who reads what is released hears of it now.
#[test]
fn an_end_is_announced_two_years_ahead_of_the_day_on_which_others_hear_of_it() {
    let late = |released: &Value, sunset: &str| {
        announced_too_late(released, &ending(Some(sunset)), day("2027-01-31"))
    };
    let said = ["GET /v1/things ends on 2029-01-30"];
    assert_eq!(late(&ending(None), "2029-01-30"), said);
    assert_eq!(late(&json!({}), "2029-01-30"), said);
    assert_eq!(late(&ending(None), "2029-01-31"), Vec::<String>::new());
    assert_eq!(late(&ending(Some("2028-01-01")), "2028-01-01"), Vec::<String>::new());
    assert_eq!(late(&ending(None), "soon"), ["GET /v1/things ends on soon"]);
    assert_eq!(
        announced_too_late(&ending(None), &ending(None), day("2027-01-31")),
        Vec::<String>::new()
    );
}

#[test]
fn a_document_breaks_nothing_of_itself() {
    assert_eq!(breaks(api::json(), api::json()), Vec::<String>::new());
}
