//! From each answer there are links to what can follow.

use crate::operations::operations;

/// What nothing follows: what is read for its own sake, and what is over.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "create_access_request", "discard_attachment", "look_at_card", "get_code_set", "get_contract", "get_keys",
    "get_security_contact", "get_docs", "get_docs_page", "get_expense_rates", "get_supply_and_demand", "get_lead_times",
    "get_open_data", "get_health", "get_readiness", "answer_offer_link_page", "list_roles", "sign_out", "get_workflow",
];

#[test]
fn every_link_leads_to_an_operation_that_takes_it() {
    let document = api::json();
    let links = document["components"]["links"].as_object().expect("there are links");
    for (name, link) in links {
        let to = operations().find(|(_, one)| one["operationId"] == link["operationId"]);
        let (place, operation) = to.unwrap_or_else(|| panic!("{name} leads nowhere"));
        for parameter in link["parameters"].as_object().into_iter().flatten().map(|(name, _)| name)
        {
            let mut known =
                operation["parameters"].as_array().into_iter().flatten().map(api::follow);
            let (at, plain) = parameter.split_once('.').unwrap_or(("path", parameter));
            let at = if plain == "cursor" { "query" } else { at };
            assert!(
                known.any(|one| one["name"] == plain && one["in"] == at),
                "{name}: {place} has no {parameter}"
            );
        }
    }
    let leads_nowhere: Vec<&str> = operations()
        .flat_map(|(_, operation)| {
            let answers = operation["responses"].as_object().into_iter().flatten();
            answers
                .filter(|(status, answer)| status.starts_with('2') && !answer["links"].is_object())
                .map(|_| operation["operationId"].as_str().unwrap_or_default())
        })
        .collect();
    assert_eq!(leads_nowhere, ENDS);
    // Whoever follows a link to a change brings the entity tag along.
    let change = &links["edit_expert"]["parameters"];
    assert_eq!(change["header.If-Match"], "$response.header.ETag");
}

/// A draft leads to its being submitted; what was accepted is not accepted again.
#[test]
fn links_follow_the_workflows() {
    let links = |id: &str, status: &str| -> Vec<&str> {
        let (_, operation) =
            operations().find(|(_, one)| one["operationId"] == id).expect("it is there");
        operation["responses"][status]["links"]
            .as_object()
            .into_iter()
            .flatten()
            .map(|(name, _)| name.as_str())
            .collect()
    };
    assert!(links("create_order", "201").contains(&"submit_order"));
    assert!(links("create_order", "201").contains(&"get_order"));
    assert!(links("submit_order", "200").contains(&"take_order"));
    assert!(!links("accept_offer", "200").contains(&"accept_offer"));
    assert!(!links("cancel_order", "200").contains(&"submit_order"));
    assert!(links("list_orders", "200").contains(&"first_order"));
}
