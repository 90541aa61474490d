//! `openapi.yaml` says what the code says.

use acceptance::{golden, on_both_databases};
use serde_json::Value;

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

on_both_databases! {
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
