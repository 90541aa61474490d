//! Examples of properties that have none of their own: the one of the same property elsewhere, or one from the table.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::example;

/// Gives every property that is not a reference an example.
pub(super) fn fill(schemas: &mut Value) {
    let known = schemas.clone();
    let elsewhere = collect(&known);
    for schema in schemas.as_object_mut().into_iter().flat_map(Map::values_mut) {
        for (name, property) in properties_mut(schema) {
            if has_example(property) || property.get("$ref").is_some() {
                continue;
            }
            let found = elsewhere
                .get(name.as_str())
                .map(|example| (*example).clone())
                .filter(|example| fits(property, example))
                .or_else(|| of_table(name).filter(|example| fits(property, example)))
                .or_else(|| example::of(property, &known));
            if let Some(found) = found {
                property["examples"] = json!([found]);
            }
        }
    }
}

fn collect(schemas: &Value) -> BTreeMap<&str, &Value> {
    let mut found = BTreeMap::new();
    for schema in schemas.as_object().into_iter().flat_map(Map::values) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            if let Some(example) = property["examples"].get(0) {
                found.entry(name.as_str()).or_insert(example);
            }
        }
    }
    found
}

fn properties_mut(schema: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    schema.get_mut("properties").and_then(Value::as_object_mut).into_iter().flatten()
}

fn has_example(property: &Value) -> bool {
    property["examples"].get(0).is_some()
}

/// Whether the schema, which refers to nothing, takes the example.
fn fits(schema: &Value, example: &Value) -> bool {
    let mut whole = schema.clone();
    if whole.to_string().contains("$ref") {
        return false;
    }
    whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    jsonschema::is_valid(&whole, example)
}

fn of_table(name: &str) -> Option<Value> {
    Some(match name {
        "answer" => json!("Ryhmässä on kahdeksan osallistujaa."),
        "approved_reason" => json!("Matkaa oli sovittua vähemmän."),
        "attachments" => json!(["019aa5d0-0000-7000-8000-000000000001"]),
        "author" => json!("Liisa Lahti"),
        "closed_topics" => json!(["lääkitys"]),
        "cost_centre" => json!("4120"),
        "debrief_contact" => json!("Liisa Lahti, 040 000 0000"),
        "description_digest" => {
            json!("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
        }
        "deviation_reason" => json!("Tehtävä kestää tavallista pidempään."),
        "given_by" => json!("Osastonhoitaja"),
        "message" => json!("Tehtävä kiinnostaa minua."),
        "minutes" => json!(90),
        "modes" => json!(["on_site"]),
        "next" => json!("AZqlkAAAcACAAAAAAAAAAQ"),
        "note" => json!("Sovittiin puhelimessa."),
        "outcome" => json!("Odotustilaan tuli opasteet."),
        "participants" => json!(12),
        "pay_percent" => json!(50),
        "question" => json!("Kuinka monta osallistujaa on?"),
        "reason" => json!("Ajankohta ei sovi."),
        "reference" => json!("2026-12-118"),
        "revision" => json!(2),
        "seats_left" => json!(3),
        "terms" => json!("Nauhoitetta käytetään vain koulutuksessa."),
        "text" => json!("Kiitos, hyvä ja selkeä puheenvuoro."),
        "title" => json!("Puheenvuoro hoitajien koulutuksessa"),
        _ => return None,
    })
}
