//! The pages of operations: one for each tag, and the overview.

use serde_json::{Map, Value};

use super::{
    html::{anchor, escape, inline, page as frame, prose, table},
    schemas::kind,
};
use crate::openapi;

const BEGINNING: &str = "A person asks for a one-time code with `POST /v1/sign-in/codes` and trades it for an access token with `POST /v1/sign-in/tokens`; a machine client gets one from `POST /v1/oauth/token`. Requests carry it as `Authorization: Bearer …`.

A changing request names the version it changes in `If-Match`, and every POST takes an `Idempotency-Key`, so that it can be tried again without harm. Listings are paged with `cursor`. What goes wrong is a problem document in Finnish, Swedish or English, as `Accept-Language` asks.";

/// An operation with its method and path.
type Operation = (&'static str, &'static str, &'static Value);

/// Every tag, in the order of the chain.
pub(super) fn tags(document: &'static Value) -> Vec<String> {
    let tags = document["tags"].as_array().into_iter().flatten();
    tags.filter_map(|tag| tag["name"].as_str().map(str::to_owned)).collect()
}

/// The first page: how to begin, and every operation in a line.
pub(super) fn overview(document: &'static Value) -> String {
    let mut main = prose(document["info"]["description"].as_str().unwrap_or_default());
    main += "<h2>How to begin</h2>\n";
    main += &prose(BEGINNING);
    main += "<h2>Operations</h2>\n";
    for tag in tags(document) {
        let row = |(method, path, operation): Operation| {
            format!(
                "<tr><td class=\"method\">{}</td><td><code>{}</code></td><td><a href=\"/docs/{}#{}\">{}</a></td></tr>\n",
                method.to_uppercase(),
                escape(path),
                anchor(&tag),
                name_of(operation),
                inline(operation["summary"].as_str().unwrap_or_default()),
            )
        };
        let rows: String = of(document, &tag).map(row).collect();
        main += &format!("<h3>{}</h3>\n{}", escape(&capital(&tag)), described(document, &tag));
        main += &table(&capital(&tag), &["method", "path", "what it does"], &rows);
    }
    frame("The API", &main)
}

/// The page of a tag.
pub(super) fn page(document: &'static Value, tag: &str) -> String {
    let articles: String = of(document, tag).map(article).collect();
    frame(&capital(tag), &(described(document, tag) + &articles))
}

fn described(document: &'static Value, tag: &str) -> String {
    let tags = document["tags"].as_array().into_iter().flatten();
    let found = tags.filter(|one| one["name"] == tag).find_map(|one| one["description"].as_str());
    found.map(prose).unwrap_or_default()
}

fn article((method, path, operation): Operation) -> String {
    let mut text = format!(
        "<h2 id=\"{}\">{}</h2>\n<p><span class=\"method\">{}</span> <code>{}</code></p>\n",
        name_of(operation),
        inline(operation["summary"].as_str().unwrap_or_default()),
        method.to_uppercase(),
        escape(path),
    );
    text += &prose(operation["description"].as_str().unwrap_or_default());
    if operation["security"].as_array().is_some_and(Vec::is_empty) {
        text += "<p>Needs no signing in.</p>\n";
    }
    text += &parameters(operation);
    // A merge patch is the same under another name.
    for (form, content) in
        operation["requestBody"]["content"].as_object().into_iter().flatten().take(1)
    {
        text += &format!(
            "<h3>Body</h3>\n<p><code>{}</code>: {}</p>\n",
            escape(form),
            kind(&content["schema"])
        );
        text += &example(content, "Example of the body");
    }
    text + &answers(operation)
}

fn parameters(operation: &'static Value) -> String {
    let row = |parameter: &'static Value| {
        let parameter = openapi::follow(parameter);
        format!(
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escape(parameter["name"].as_str().unwrap_or_default()),
            escape(parameter["in"].as_str().unwrap_or_default()),
            if parameter["required"] == true { "yes" } else { "no" },
            kind(&parameter["schema"]),
            inline(parameter["description"].as_str().unwrap_or_default()),
        )
    };
    let rows: String = operation["parameters"].as_array().into_iter().flatten().map(row).collect();
    if rows.is_empty() {
        return rows;
    }
    table("Parameters", &["name", "in", "needed", "type", "what it is"], &rows)
}

fn answers(operation: &'static Value) -> String {
    let mut rows = String::new();
    let mut shown = String::new();
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        let response = openapi::follow(response);
        let content: Option<(&String, &Value)> =
            response["content"].as_object().and_then(|content| content.iter().next());
        rows += &format!(
            "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>\n",
            escape(status),
            inline(response["description"].as_str().unwrap_or_default()),
            content.map(|(_, content)| kind(&content["schema"])).unwrap_or_default(),
        );
        if let Some((_, content)) = content.filter(|_| status.starts_with('2')) {
            shown += &example(content, "Example of the answer");
        }
    }
    table("Answers", &["status", "when", "body"], &rows) + &shown
}

fn example(content: &Value, title: &str) -> String {
    let Some(example) = content.get("example") else { return String::new() };
    let text = match example {
        Value::String(text) => text.clone(),
        example => serde_json::to_string_pretty(example).unwrap_or_default(),
    };
    format!("<h3>{title}</h3>\n<pre tabindex=\"0\">{}</pre>\n", escape(&text))
}

fn all(document: &'static Value) -> impl Iterator<Item = Operation> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let operations: Option<&Map<String, Value>> = item.as_object();
        operations
            .into_iter()
            .flatten()
            .map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
    })
}

fn of(document: &'static Value, tag: &str) -> impl Iterator<Item = Operation> {
    all(document).filter(move |(_, _, operation)| tag_of(operation) == tag)
}

fn tag_of(operation: &Value) -> &str {
    operation["tags"][0].as_str().unwrap_or("other")
}

fn name_of(operation: &Value) -> String {
    escape(operation["operationId"].as_str().unwrap_or_default())
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
