//! Links that no answer's own fields give: along the addresses, and those that only the process knows.

use std::collections::BTreeMap;

use serde_json::json;

use super::links::{Link, Operation};

/// From what is at an address to what is above it, below it and beside it, by the identifiers that the caller has just used.
pub(super) fn along(from: &Operation, all: &[Operation], links: &mut Vec<Link>) {
    let reads = from.method == "get";
    // What answers nothing has ended what it was about.
    if !from.path.contains('{') || (!reads && from.gives.is_none()) {
        return;
    }
    let above = from.path.rsplit_once('/').map_or("", |(above, _)| above);
    for to in all.iter().filter(|to| to.id != from.id) {
        let text = if to.path == from.path && (to.method == "get" || to.changes()) {
            "What is at the same address."
        } else if to.path == above && to.method == "get" && above.ends_with('}') {
            "What it belongs to."
        } else if reads && below(&to.path, &from.path) {
            "What is below it, or can be done with it."
        } else {
            continue;
        };
        if links.iter().any(|(_, link)| link["operationId"] == to.id.as_str()) {
            continue;
        }
        let parameters: BTreeMap<String, String> = names(&to.path)
            .map(|name| (name.to_owned(), format!("$request.path.{name}")))
            .collect();
        let mut link = (
            format!("{}_at_this_address", to.id),
            json!({ "operationId": to.id, "parameters": parameters, "description": text }),
        );
        if to.path == from.path && to.changes() {
            of_this_version(&mut link);
        }
        links.push(link);
    }
}

/// Lets a link change the version that its answer tells of: that of another thing has an entity tag of its own.
pub(super) fn of_this_version((_, link): &mut Link) {
    link["parameters"]["header.If-Match"] = json!("$response.header.ETag");
}

fn below(path: &str, above: &str) -> bool {
    let rest = path.strip_prefix(above).and_then(|rest| rest.strip_prefix('/'));
    above.ends_with('}') && rest.is_some_and(|rest| !rest.contains(['/', '{']))
}

fn names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{').skip(1).filter_map(|rest| rest.split('}').next())
}

/// From one operation to another, with a parameter of it and where that comes from. What its body needs is said in words:
/// generators of clients take no body in a link.
struct Step {
    from: &'static [&'static str],
    to: &'static str,
    tell: Option<(&'static str, &'static str)>,
    text: &'static str,
}

const SIGNED_IN: &[&str] = &["sign_in_with_code", "refresh_sign_in"];

/// The steps that only the process knows: from a code to signing in, from a list to one of its entries, from what is
/// discovered to what it names.
#[rustfmt::skip]
const STEPS: &[Step] = &[
    Step { from: &["request_sign_in_code"], to: "sign_in_with_code", tell: None, text: "With the code that came." },
    Step { from: SIGNED_IN, to: "get_me", tell: None, text: "Who has signed in, by the access token of this answer." },
    Step { from: SIGNED_IN, to: "refresh_sign_in", tell: None, text: "When the access token runs out, with `refresh_token` of this answer." },
    Step { from: &["get_client_token"], to: "list_payroll_packages", tell: None, text: "With the scope `payroll`: what is to be paid." },
    Step { from: &["get_client_token"], to: "list_public_cards", tell: None, text: "With the scope `public_bank`: who may be shown." },
    Step { from: &["get_client_token", "introspect_client_token"], to: "revoke_client_token", tell: None, text: "If it may have come into other hands: with `token`, the access token." },
    Step { from: &["get_client_token"], to: "introspect_client_token", tell: None, text: "Whether it is good: with `token`, the access token." },
    Step { from: &["revoke_client_token"], to: "get_client_token", tell: None, text: "The next one." },
    Step { from: &["request_address_code"], to: "change_address", tell: None, text: "With the code that came to the new address." },
    Step { from: &["change_address"], to: "get_me", tell: None, text: "The person with the new address." },
    Step { from: &["get_me"], to: "list_notices", tell: None, text: "What the person is told." },
    Step { from: &["list_notices"], to: "read_notice", tell: Some(("notice_id", "$response.body#/items/0/id")), text: "The first notice has been read." },
    Step { from: &["read_notice"], to: "list_notices", tell: None, text: "The other notices." },
    Step { from: &["list_letters"], to: "mark_letter_sent", tell: Some(("notice_id", "$response.body#/items/0/id")), text: "The first letter is in the post." },
    Step { from: &["mark_letter_sent"], to: "list_letters", tell: None, text: "The letters that are left." },
    Step { from: &["print_payroll_agreement"], to: "get_payroll_package", tell: Some(("fee_form_id", "$request.path.fee_form_id")), text: "The package that it belongs to." },
    Step { from: &["list_code_sets"], to: "get_code_set", tell: Some(("code_set", "$response.body#/sets/0/name")), text: "The codes of the first set." },
    Step { from: &["list_workflows"], to: "get_workflow", tell: Some(("workflow_name", "$response.body#/items/0/name")), text: "The first workflow alone." },
    Step { from: &["get_catalog"], to: "get_contract", tell: None, text: "The contract that the catalogue names." },
    Step { from: &["get_catalog"], to: "get_docs", tell: None, text: "The documentation that it names." },
    Step { from: &["get_authorization_server"], to: "get_client_token", tell: None, text: "Where machines get their tokens." },
    Step { from: &["get_authorization_server"], to: "get_keys", tell: None, text: "The keys that tokens are checked with." },
];

/// The steps of the table from `from`.
pub(super) fn known(from: &Operation, links: &mut Vec<Link>) {
    for step in STEPS.iter().filter(|step| step.from.contains(&from.id.as_str())) {
        let mut link = json!({ "operationId": step.to, "description": step.text });
        if let Some((name, value)) = step.tell {
            link["parameters"] = json!({ name: value });
        }
        links.push((format!("{}_leads_to_{}", from.id, step.to), link));
    }
}
