//! From each answer there are links to what can follow.

use serde_json::Value;

use crate::operations::operations;

/// What nothing follows: what is read for its own sake, and what is over.
#[rustfmt::skip]
const ENDS: &[&str] = &[
    "create_access_request", "discard_attachment", "look_at_card", "get_code_set", "get_contract", "get_keys",
    "get_security_contact", "get_docs", "get_docs_page", "get_expense_rates", "get_supply_and_demand", "get_lead_times",
    "get_open_data", "get_health", "get_readiness", "answer_offer_link_page", "list_roles", "sign_out", "sign_out_everywhere", "get_workflow",
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
            let (at, plain) = match parameter.split_once('.') {
                Some((at, plain)) => (vec![at], plain),
                None => (vec!["path", "query"], parameter.as_str()),
            };
            assert!(
                known.any(|one| one["name"] == plain && at.iter().any(|at| one["in"] == *at)),
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

/// Whoever goes along a link need not make anything up: all that its operation cannot do without comes along, and is there.
#[test]
fn every_link_brings_along_what_its_operation_needs() {
    let mut wrong = Vec::new();
    let mut followed = 0;
    for (place, from) in operations() {
        let path = place.split(' ').nth(1).unwrap_or_default();
        for (status, answer) in from["responses"].as_object().into_iter().flatten() {
            let answer = api::follow(answer);
            for (name, link) in answer["links"].as_object().into_iter().flatten() {
                followed += 1;
                let link = api::follow(link);
                let given: Vec<(&str, &str)> = link["parameters"]
                    .as_object()
                    .into_iter()
                    .flatten()
                    .map(|(key, value)| (key.as_str(), value.as_str().unwrap_or_default()))
                    .collect();
                let (_, to) = operations()
                    .find(|(_, one)| one["operationId"] == link["operationId"])
                    .expect("it leads to an operation");
                let needed = to["parameters"].as_array().into_iter().flatten().map(api::follow);
                for needed in needed.filter(|one| one["required"] == true) {
                    let placed = format!(
                        "{}.{}",
                        needed["in"].as_str().unwrap_or_default(),
                        needed["name"].as_str().unwrap_or_default()
                    );
                    let is_it = |key: &str| needed["name"] == key || placed == key;
                    if !given.iter().any(|(key, _)| is_it(key)) {
                        wrong.push(format!("{place} {status} {name}: no {}", needed["name"]));
                    }
                }
                for (key, value) in given {
                    if !is_there(value, path, from, answer) {
                        wrong.push(format!("{place} {status} {name}: {key} has no {value}"));
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(followed > 500, "{followed}");
}

/// The entity tag of an answer is that of what it shows, and of nothing beside or below it.
#[test]
fn an_entity_tag_is_brought_only_to_what_it_is_of() {
    let shown = |operation: &Value, status: &str| {
        let content = &operation["responses"][status]["content"]["application/json"];
        content["schema"]["$ref"].as_str().map(ToOwned::to_owned)
    };
    let (mut wrong, mut brought) = (Vec::new(), 0);
    for (place, from) in operations() {
        let at = place.split(' ').nth(1).unwrap_or_default();
        for (status, answer) in from["responses"].as_object().into_iter().flatten() {
            for (name, link) in api::follow(answer)["links"].as_object().into_iter().flatten() {
                let link = api::follow(link);
                if link["parameters"]["header.If-Match"] != "$response.header.ETag" {
                    continue;
                }
                brought += 1;
                let (to, _) = operations()
                    .find(|(_, one)| one["operationId"] == link["operationId"])
                    .expect("it leads to an operation");
                let to = to.split(' ').nth(1).unwrap_or_default();
                let getter = operations().find(|(place, _)| *place == format!("GET {to}"));
                let same = getter.and_then(|(_, getter)| shown(getter, "200"));
                if to != at && (same.is_none() || same != shown(from, status)) {
                    wrong.push(format!("{place} {status} {name}: the tag of another thing"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(brought > 20, "{brought}");
}

/// Whether a runtime expression stands for something in the request to `path` or in the answer to it.
fn is_there(expression: &str, path: &str, from: &'static Value, answer: &'static Value) -> bool {
    if let Some(pointer) = expression.strip_prefix("$response.body#/") {
        return pointer
            .split('/')
            .try_fold(&answer["content"]["application/json"]["schema"], |schema, step| {
                let schema = api::follow(schema);
                let item = step.parse::<usize>().is_ok();
                let next = if item { &schema["items"] } else { &schema["properties"][step] };
                Some(next).filter(|next| next.is_object())
            })
            .is_some();
    }
    if let Some(name) = expression.strip_prefix("$response.header.") {
        return answer["headers"][name].is_object();
    }
    if let Some(name) = expression.strip_prefix("$request.path.") {
        return path.contains(&format!("{{{name}}}"));
    }
    let asked = expression.strip_prefix("$request.query.");
    let mut known = from["parameters"].as_array().into_iter().flatten().map(api::follow);
    asked.is_some_and(|name| known.any(|one| one["in"] == "query" && one["name"] == name))
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
    // What has no `id` is named by what its address is made of.
    assert!(links("list_payroll_packages", "200").contains(&"first_payroll_package"));
    assert!(links("get_payroll_package", "200").contains(&"acknowledge_payroll_package"));
    let first = &api::json()["components"]["links"]["first_payroll_package"]["parameters"];
    assert_eq!(first["fee_form_id"], "$response.body#/items/0/fee_form_id");
}
