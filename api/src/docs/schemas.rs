//! The page of schemas.

use serde_json::{Map, Value};

use super::html::{escape, inline, page as frame, prose, table};

/// The page.
pub(super) fn page(document: &Value) -> String {
    let mut main = String::from("<p>Every form and every answer, by name.</p>\n");
    for (name, schema) in document["components"]["schemas"].as_object().into_iter().flatten() {
        main += &format!("<h2 id=\"{0}\"><code>{0}</code></h2>\n", escape(name));
        if let Some(description) = schema["description"].as_str() {
            main += &prose(description);
        }
        main += &content(schema);
    }
    frame("Schemas", &main)
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
        return format!("<a href=\"/docs/schemas#{0}\">{0}</a>", escape(name));
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
