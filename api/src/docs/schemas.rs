//! Forms and answers by name: on the page of the subject that alone uses them, or on a page of their own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use serde_json::{Map, Value};

use super::{
    Page,
    html::{anchor, escape, inline, prose, table},
    operation::{self, tag_of},
};
use crate::openapi::{self, CODE_SET};

/// The page of those that several subjects use.
const SHARED: &str = "schemas";

/// The page of each, by name.
static PAGES: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (_, _, operation) in operation::all() {
        let mut seen = BTreeSet::new();
        openapi::reach(openapi::json(), operation, &mut seen);
        for name in seen {
            users.entry(name).or_default().insert(tag_of(operation));
        }
    }
    let page = |tags: BTreeSet<&str>| match tags.iter().next() {
        Some(tag) if tags.len() == 1 => anchor(tag),
        _ => SHARED.to_owned(),
    };
    users.into_iter().map(|(name, tags)| (name, page(tags))).collect()
});

/// The page of those that several subjects use.
pub(super) fn page() -> Page {
    let body = String::from("<p>Forms and answers that several subjects use, by name.</p>\n")
        + &each(SHARED, "h2");
    let title = "Shared forms".to_owned();
    Page { name: SHARED.to_owned(), title, language: "en", body, examples: false }
}

/// Those that only this tag uses.
pub(super) fn of(tag: &str) -> String {
    let all = each(&anchor(tag), "h3");
    if all.is_empty() { all } else { format!("<h2 id=\"forms\">Forms and answers</h2>\n{all}") }
}

fn each(page: &str, level: &str) -> String {
    let all = openapi::json()["components"]["schemas"].as_object().into_iter().flatten();
    let here = all.filter(|(name, _)| page_of(name) == page);
    here.map(|(name, schema)| {
        let name = escape(name);
        format!(
            "<{level} id=\"{name}\"><code>{name}</code></{level}>\n{}{}",
            described(schema),
            content(schema)
        )
    })
    .collect()
}

fn page_of(name: &str) -> &str {
    PAGES.get(name).map_or(SHARED, String::as_str)
}

fn content(schema: &Value) -> String {
    if schema["properties"].is_object() {
        return properties(schema);
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(all) = schema[choice].as_array() {
            return all.iter().map(|one| described(one) + &content(one)).collect();
        }
    }
    format!("<p>{}</p>\n", kind(schema))
}

fn described(schema: &Value) -> String {
    schema["description"].as_str().map(prose).unwrap_or_default()
}

fn properties(schema: &Value) -> String {
    let required = |name: &str| {
        schema["required"].as_array().is_some_and(|names| names.iter().any(|one| one == name))
    };
    let row = |(name, property): (&String, &Value)| {
        format!(
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escape(name),
            kind(property),
            if required(name) { "always" } else { "if known" },
            inline(property["description"].as_str().unwrap_or_default()),
        )
    };
    let rows: String = schema["properties"].as_object().into_iter().flatten().map(row).collect();
    table("Properties", &["name", "type", "there", "what it is"], &rows)
}

/// What a value is, with its bounds.
pub(super) fn kind(schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|name| name.rsplit('/').next()) {
        let page = page_of(name);
        return format!("<a href=\"/docs/{page}#{0}\">{0}</a>", escape(name));
    }
    if let Some(values) = schema["enum"].as_array() {
        let values: Vec<String> = values
            .iter()
            .map(|value| format!("<code>{}</code>", escape(value.as_str().unwrap_or("null"))))
            .collect();
        return format!("one of {}", values.join(", "));
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(all) = schema[choice].as_array() {
            let word = if choice == "allOf" { " and " } else { " or " };
            return all.iter().map(kind).collect::<Vec<_>>().join(word);
        }
    }
    if let Some(set) = schema[CODE_SET].as_str() {
        return format!("code of <a href=\"/v1/codes/{0}\">{0}</a>", escape(set));
    }
    let name = match &schema["type"] {
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or ")
        }
        kind => kind.as_str().unwrap_or("anything").to_owned(),
    };
    match (name.as_str(), schema.as_object()) {
        ("array", _) => format!("list of {}", kind(&schema["items"])),
        (_, Some(fields)) => format!("{name}{}", bounds(fields)),
        _ => name,
    }
}

fn bounds(fields: &Map<String, Value>) -> String {
    let said =
        |key: &str| fields.get(key).filter(|value| !value.is_null()).map(ToString::to_string);
    let range = |least: &str, most: &str, unit: &str| match (said(least), said(most)) {
        (Some(least), Some(most)) if least == most => Some(format!("{least}{unit}")),
        (Some(least), Some(most)) => Some(format!("{least}–{most}{unit}")),
        (Some(least), None) => Some(format!("at least {least}{unit}")),
        (None, Some(most)) => Some(format!("at most {most}{unit}")),
        (None, None) => None,
    };
    let parts = [
        fields.get("format").and_then(Value::as_str).map(escape),
        range("minLength", "maxLength", " characters"),
        range("minimum", "maximum", ""),
        fields
            .get("pattern")
            .and_then(Value::as_str)
            .map(|pattern| format!("<code>{}</code>", escape(pattern))),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}
