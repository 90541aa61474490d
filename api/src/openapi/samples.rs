//! Examples of properties that have none of their own: the one of the same property elsewhere, or one from the table.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::example;

/// Gives every property that is not a reference an example: first those that stand by themselves, then those that hold them.
pub(super) fn fill(schemas: &mut Value) {
    pass(schemas, |property| !property.to_string().contains("$ref"));
    pass(schemas, |_| true);
}

fn pass(schemas: &mut Value, wanted: impl Fn(&Value) -> bool) {
    let known = schemas.clone();
    let elsewhere = collect(&known);
    for (of, schema) in schemas.as_object_mut().into_iter().flatten() {
        every_property(schema, &mut |name, property| {
            if has_example(property) || !wanted(property) {
                return;
            }
            let found = match property["$ref"].as_str() {
                Some(reference) if reference.ends_with("/Localized") => in_all_languages(of, name),
                Some(_) => None,
                None => of_table(name)
                    .or_else(|| elsewhere.get(name).map(|example| (*example).clone()))
                    .filter(|example| fits(property, example))
                    .or_else(|| example::of(property, &known)),
            };
            if let Some(found) = found {
                property["examples"] = json!([found]);
            }
        });
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

/// Shows `see` every property of the schema, those of its cases, parts and items included.
fn every_property(schema: &mut Value, see: &mut impl FnMut(&str, &mut Value)) {
    let Value::Object(fields) = schema else { return };
    for (key, value) in fields {
        match (key.as_str(), value) {
            ("properties", Value::Object(properties)) => {
                for (name, property) in properties {
                    every_property(property, see);
                    see(name, property);
                }
            }
            ("items" | "additionalProperties", value) => every_property(value, see),
            ("oneOf" | "anyOf" | "allOf", Value::Array(parts)) => {
                parts.iter_mut().for_each(|part| every_property(part, see));
            }
            _ => (),
        }
    }
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
        "easy_fi" => json!("Hän etsii tehtävään sopivan ihmisen ja tukee häntä."),
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

/// What a text in all languages of such a property says. Where a place is named, a place is the example of the type itself.
fn in_all_languages(of: &str, name: &str) -> Option<Value> {
    let [fi, sv, en] = match (of, name) {
        ("ArrowView", "label") => ["Lähetä", "Skicka", "Submit"],
        ("WorkflowState", "label") => ["Lähetetty", "Skickad", "Submitted"],
        ("WorkflowView", "label") => ["Tilaus", "Beställning", "Order"],
        ("CodeEntry", "label") => {
            ["Luento tai puheenvuoro", "Föreläsning eller anförande", "Talk or lecture"]
        }
        ("CodeSetSummary" | "CodeSetView", "label") => {
            ["Tehtävätyyppi", "Uppdragstyp", "Task type"]
        }
        ("DutyView" | "NamedDuty", "name") => {
            ["Näkee henkilön tiedot", "Ser personens uppgifter", "Sees a person's details"]
        }
        ("DutyView", "reach_name") => [
            "Omassa yksikössä ja sen alla",
            "I den egna enheten och under den",
            "In the own unit and below it",
        ],
        ("RoleView", "name") => ["Välittäjä", "Förmedlare", "Broker"],
        ("RoleView", "family_name") => {
            ["Keskus ja välittäjät", "Centrum och förmedlare", "Centre and brokers"]
        }
        ("RoleView", "level_name") => ["Paikallistaso", "Lokal nivå", "Local level"],
        ("Question" | "AnswerTable", "text") => [
            "Oliko perehdytys riittävä?",
            "Var introduktionen tillräcklig?",
            "Was the orientation sufficient?",
        ],
        ("QuestionSetFacts", "name") => {
            ["Kokemustoimijan palaute", "Erfarenhetsaktörens respons", "Feedback of the expert"]
        }
        ("Choice", "name") => ["Kyllä, kokonaan", "Ja, helt", "Yes, fully"],
        ("SteeringGroupFacts", "name") => [
            "Kokemustoiminnan ohjausryhmä",
            "Styrgruppen för erfarenhetsverksamheten",
            "Steering group for experts by experience",
        ],
        ("TaskTypeFacts", "description") => [
            "Kerrot kokemuksistasi yleisölle.",
            "Du berättar om dina erfarenheter för en publik.",
            "You tell an audience about your experiences.",
        ],
        ("TaskTypeFacts", "requirements") => [
            "Kokemustoimijan koulutus.",
            "Utbildning för erfarenhetsaktörer.",
            "Training as an expert by experience.",
        ],
        _ => return None,
    };
    Some(json!({ "fi": fi, "sv": sv, "en": en }))
}
