//! What the pages need to know of an operation of the contract.

use serde_json::{Map, Value};

use super::html::anchor;
use crate::openapi;

/// An operation with its method and path.
pub(super) type Operation = (&'static str, &'static str, &'static Value);

/// Every operation of the contract.
pub(super) fn all() -> impl Iterator<Item = Operation> {
    let paths = openapi::json()["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let operations: Option<&Map<String, Value>> = item.as_object();
        operations
            .into_iter()
            .flatten()
            .map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
    })
}

/// Operations that people read in the order in which they are used, where that of their paths is another one.
pub(super) const IN_USE: [&str; 10] = [
    "request_sign_in_code",
    "sign_in_with_code",
    "refresh_sign_in",
    "sign_out",
    "sign_out_everywhere",
    "request_address_code",
    "change_address",
    "get_client_token",
    "introspect_client_token",
    "revoke_client_token",
];

/// The operations of a tag.
pub(super) fn of(tag: &str) -> impl Iterator<Item = Operation> {
    let mut found: Vec<Operation> =
        all().filter(|(_, _, operation)| tag_of(operation) == tag).collect();
    found.sort_by_key(|(.., operation)| {
        IN_USE.iter().position(|name| *name == name_of(operation)).unwrap_or(IN_USE.len())
    });
    found.into_iter()
}

/// The page, the name and the rest of the operation that such a request goes to.
pub(super) fn find(method: &str, path: &str) -> Option<(String, &'static str, &'static Value)> {
    let fits = |template: &str| {
        template.split('/').count() == path.split('/').count()
            && template
                .split('/')
                .zip(path.split('/'))
                .all(|(step, given)| step == given || step.starts_with('{'))
    };
    let found = all().filter(|(of, template, _)| of.eq_ignore_ascii_case(method) && fits(template));
    let (_, _, operation) = found.min_by_key(|(_, template, _)| template.matches('{').count())?;
    Some((anchor(tag_of(operation)), name_of(operation), operation))
}

/// The answer with this status, or else the first success.
pub(super) fn answer(
    operation: &'static Value,
    status: Option<u16>,
) -> Option<(&'static str, &'static Value)> {
    let wanted = status.map(|status| status.to_string());
    let mut answers = operation["responses"].as_object()?.iter();
    let (status, response) = answers.find(|(status, _)| match &wanted {
        Some(wanted) => *status == wanted,
        None => status.starts_with('2'),
    })?;
    Some((status, openapi::follow(response)))
}

/// The example of a body.
pub(super) fn example(body: &Value) -> Option<String> {
    let (_, content) = body["content"].as_object()?.iter().next()?;
    let example = content.get("example")?;
    Some(match example {
        Value::String(text) => text.clone(),
        example => serde_json::to_string_pretty(example).unwrap_or_default(),
    })
}

/// Whether it needs no signing in.
pub(super) fn public(operation: &Value) -> bool {
    operation["security"].as_array().is_some_and(Vec::is_empty)
}

pub(super) fn tag_of(operation: &Value) -> &str {
    operation["tags"][0].as_str().unwrap_or("other")
}

pub(super) fn name_of(operation: &'static Value) -> &'static str {
    operation["operationId"].as_str().unwrap_or_default()
}
