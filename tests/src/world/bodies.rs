//! What is sent with each operation: the example of the contract, about things of the world.

use api::region;
use serde_json::{Value, json};

use super::World;
use crate::{Operation, story};

/// The identifier that examples have.
const EXAMPLE: &str = "019aa5d0-0000-7000-8000-000000000001";

const PDF: &[u8] = b"%PDF-1.7\n% made up\n";

/// The query that an operation needs, with its question mark.
pub(super) fn query(world: &World, operation: &Operation) -> String {
    let pairs: Vec<String> = operation
        .needs
        .iter()
        .map(|name| match name.as_str() {
            "order" => format!("order={}", world.which("order_id", "being brokered")),
            "from" => "from=2026-01-01".to_owned(),
            "until" => "until=2026-12-31".to_owned(),
            "task_type" => "task_type=lecture".to_owned(),
            "minutes" => "minutes=90".to_owned(),
            "purpose" => "purpose=receipt".to_owned(),
            "name" => "name=kuitti.pdf".to_owned(),
            other => panic!("{} needs {other}, which the world does not know", operation.name),
        })
        .collect();
    if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
}

/// The body of an operation, if it takes one.
pub(super) fn body(world: &World, operation: &Operation) -> Option<Vec<u8>> {
    match operation.kind.as_deref()? {
        "application/octet-stream" => Some(PDF.to_vec()),
        "application/x-www-form-urlencoded" if operation.name == "answer_offer_link_page" => {
            let digest = &world.things("description_digest")[0].value;
            Some(format!("answer=decline&description_digest={digest}").into_bytes())
        }
        "application/x-www-form-urlencoded" => Some(
            format!(
                "grant_type=client_credentials&token=wrong&client_id={}&client_secret=wrong",
                region::client("HR Lappi")
            )
            .into_bytes(),
        ),
        _ => {
            let example = operation.example.clone()?;
            let mut body = special(world, &operation.name, example);
            settle(world, &operation.name, "", &mut body);
            Some(body.to_string().into_bytes())
        }
    }
}

/// The example, changed where it would not be decided by what the caller may do.
fn special(world: &World, name: &str, mut body: Value) -> Value {
    let ngo = || json!(region::node("Kokemuspolku ry"));
    match name {
        // The form of the story, for the unit itself: on behalf of someone who phoned is another matter.
        "create_order" => json!({ "node_id": region::node(story::UNIT), "form": story::form(1) }),
        "approve_access_request" => {
            json!({ "role": "orderer", "node_id": region::node(story::UNIT), "until": "2027-12-31" })
        }
        "create_grant" => {
            body["role"] = json!("orderer");
            remove(body, "deputy_for")
        }
        "hand_over_order" => remove(body, "liaison_id"),
        "create_node" => {
            body["level"] = json!("team");
            body
        }
        "create_supervision_session" | "request_supervision_session" => {
            body["node_id"] = ngo();
            remove(remove(body, "assignment_id"), "person_id")
        }
        "enrol_expert" => {
            body["person"] = json!(region::person("kouluttaja@kokemuspolku.example"));
            body["node"] = ngo();
            body
        }
        "delegate" => {
            body["person"] = json!(region::person("kouluttaja@kokemuspolku.example"));
            body
        }
        "express_interest" => remove(body, "person_id"),
        // Whoever is the reader instead is another matter.
        "raise_concern" => remove(body, "to"),
        "create_person" => {
            body["facts"]["email"] = json!("uusi@uusi.example");
            body
        }
        // Who looks after an area's address and node is another matter.
        "patch_person" => json!({ "phone": "+358 40 111 1111" }),
        "create_decision" => remove(body, "attachment_id"),
        "add_document_version" => remove(body, "attachment"),
        "edit_fee_form" => json!({ "declared": true }),
        "accept_offer" | "accept_offer_link" | "record_offer_answer" => {
            body["description_digest"] = json!(world.things("description_digest")[0].value);
            body
        }
        "perform_assignment" => json!({ "date": "2027-01-15", "minutes": 120 }),
        _ => body,
    }
}

fn remove(mut body: Value, name: &str) -> Value {
    body.as_object_mut().expect("an object").remove(name);
    body
}

/// Puts things of the world where the example names made-up ones.
fn settle(world: &World, operation: &str, key: &str, value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.iter_mut().for_each(|(key, value)| settle(world, operation, key, value));
        }
        Value::Array(items) => {
            items.iter_mut().for_each(|item| settle(world, operation, key, item));
        }
        Value::String(text) if text == EXAMPLE => {
            *text = named(world, key)
                .unwrap_or_else(|| panic!("{operation} names {key}: what is it in the world?"));
        }
        _ => (),
    }
}

fn named(world: &World, key: &str) -> Option<String> {
    let expert = region::person(&region::expert_email(1)).to_string();
    Some(match key {
        "node_id" | "node" | "payer" | "parent_id" | "units_involved" => {
            region::node(story::UNIT).to_string()
        }
        "successor_id" => region::node("Vammaispalvelujen yksikkö").to_string(),
        "area_id" => region::node("Lapin hyvinvointialue").to_string(),
        "organisation" => region::node("Kokemuspolku ry").to_string(),
        "organisation_id" => region::node("Tunturin Tuki ry").to_string(),
        "order_id" => world.which("order_id", "being brokered").to_string(),
        // What a concern is about.
        "id" => world.which("order_id", "filled").to_string(),
        "documents" => world.which("document_id", "published").to_string(),
        "steering_group_id" => world.id("steering_group_id").to_string(),
        "compilation" | "compilation_id" => world.id("compilation_id").to_string(),
        "receipts" => world.id("attachment_id").to_string(),
        "fee_form" => world.id("fee_form_id").to_string(),
        "question_set" => world.id("question_set_id").to_string(),
        "card_ids" => world.id("card_id").to_string(),
        "offer_id" => world.id("accepted_offer_id").to_string(),
        "candidate_id" => region::experts::expert(9).to_string(),
        "assignment_id" => world.id("assignment_id").to_string(),
        "person" | "person_id" | "invited" | "present" => expert,
        _ => return None,
    })
}
