//! The reference: a page for each tag, and one with every operation in a line, by step of the process.

use std::{collections::BTreeSet, fmt::Write};

use serde_json::Value;

use super::{
    Page,
    examples::{self, Example, Request},
    html::{anchor, capital, escape, inline, prose, table},
    markdown::{block, choices},
    operation::{self, Operation, name_of},
    schemas::{self, kind},
    states,
};
use crate::openapi;

/// Every page of the reference.
pub(super) fn pages() -> impl Iterator<Item = Page> {
    tags().map(of).chain([overview()])
}

/// Every tag, in the order of the chain.
pub(super) fn tags() -> impl Iterator<Item = &'static str> {
    let tags = openapi::json()["tags"].as_array().into_iter().flatten();
    tags.filter_map(|tag| tag["name"].as_str())
}

/// Every operation in a line.
fn overview() -> Page {
    let mut body = String::from(
        "<p>Every operation, by step of the process. Each page has the operations of one subject in full: parameters, body, answers, examples, and the forms that only they use. <a href=\"/docs/schemas\">Shared forms</a> has the rest.</p>\n",
    );
    for group in openapi::json()["x-tagGroups"].as_array().into_iter().flatten() {
        let step = group["name"].as_str().unwrap_or_default();
        let _ = writeln!(body, "<h2 id=\"{}\">{}</h2>", anchor(step), escape(step));
        for tag in group["tags"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            let page = anchor(tag);
            let _ =
                writeln!(body, "<h3><a href=\"/docs/{page}\">{}</a></h3>", escape(&capital(tag)));
            body += &prose(described(tag));
            let rows: String = operation::of(tag).map(|operation| line(&page, operation)).collect();
            body += &table(&capital(tag), &["method", "path", "what it does"], &rows);
        }
    }
    Page {
        name: "reference".to_owned(),
        title: "Reference".to_owned(),
        language: "en",
        body,
        examples: false,
    }
}

fn line(page: &str, (method, path, operation): Operation) -> String {
    format!(
        "<tr><td class=\"method\">{}</td><td><code>{}</code></td><td><a href=\"/docs/{page}#{}\">{}</a></td></tr>\n",
        method.to_uppercase(),
        escape(path),
        name_of(operation),
        inline(operation["summary"].as_str().unwrap_or_default()),
    )
}

/// The page of a tag.
fn of(tag: &'static str) -> Page {
    let mut body = prose(described(tag));
    body += &machines(tag);
    body.extend(operation::of(tag).map(article));
    body += &schemas::of(tag);
    Page { name: anchor(tag), title: capital(tag), language: "en", body, examples: true }
}

fn described(tag: &str) -> &'static str {
    let tags = openapi::json()["tags"].as_array().into_iter().flatten();
    let mut found = tags.filter(|one| one["name"] == tag);
    found.next().and_then(|one| one["description"].as_str()).unwrap_or_default()
}

/// Links to the machines of the things that the tag is about.
fn machines(tag: &str) -> String {
    let found: BTreeSet<&str> = operation::of(tag)
        .filter_map(|(_, path, _)| openapi::machine_of(path))
        .map(|machine| machine.name)
        .collect();
    if found.is_empty() {
        return String::new();
    }
    let links: Vec<String> = found.into_iter().map(states::link).collect();
    format!("<p>States: {}.</p>\n", links.join(", "))
}

fn article((method, path, operation): Operation) -> String {
    let mut text = format!(
        "<h2 id=\"{}\">{}</h2>\n<p class=\"request\"><span class=\"method\">{}</span> <code>{}</code></p>\n",
        name_of(operation),
        inline(operation["summary"].as_str().unwrap_or_default()),
        method.to_uppercase(),
        escape(path),
    );
    if operation["deprecated"] == true {
        text += "<p><strong>On its way out:</strong> see <a href=\"/docs/versions\">Versions</a>.</p>\n";
    }
    text += &prose(operation["description"].as_str().unwrap_or_default());
    if operation::public(operation) {
        text += "<p>Needs no signing in.</p>\n";
    }
    text += &parameters(operation);
    // A merge patch is the same under another name.
    for (form, content) in
        operation["requestBody"]["content"].as_object().into_iter().flatten().take(1)
    {
        let _ = writeln!(
            text,
            "<h3>Body</h3>\n<p><code>{}</code>: {}</p>",
            escape(form),
            kind(&content["schema"])
        );
    }
    text += &example(method, path, operation);
    text + &answers(operation)
}

fn parameters(operation: &'static Value) -> String {
    let all = || operation["parameters"].as_array().into_iter().flatten();
    let row = |parameter: &'static Value| {
        format!(
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n",
            escape(parameter["name"].as_str().unwrap_or_default()),
            escape(parameter["in"].as_str().unwrap_or_default()),
            if parameter["required"] == true { "yes" } else { "no" },
            kind(&parameter["schema"]),
            inline(parameter["description"].as_str().unwrap_or_default()),
        )
    };
    let rows: String = all().filter(|one| one["$ref"].is_null()).map(row).collect();
    let mut text = String::new();
    if !rows.is_empty() {
        text += &table("Parameters", &["name", "in", "needed", "type", "what it is"], &rows);
    }
    // What means the same everywhere is told once.
    let shared: Vec<String> = all()
        .filter(|one| !one["$ref"].is_null())
        .filter_map(|one| openapi::follow(one)["name"].as_str())
        .map(|name| format!("<code>{}</code>", escape(name)))
        .collect();
    if !shared.is_empty() {
        text += &format!(
            "<p>As everywhere: {}. <a href=\"/docs/behaviour\">How the API behaves</a> tells what they do.</p>\n",
            shared.join(", ")
        );
    }
    text
}

/// A request with the examples of the contract, in every language.
fn example(method: &str, path: &str, operation: &'static Value) -> String {
    let bodies = &operation["requestBody"]["content"];
    let mut query = Vec::new();
    let mut filled = path.to_owned();
    for parameter in operation["parameters"].as_array().into_iter().flatten() {
        let parameter = openapi::follow(parameter);
        let name = parameter["name"].as_str().unwrap_or_default();
        let value = sample(parameter);
        match parameter["in"].as_str() {
            Some("path") => filled = filled.replace(&format!("{{{name}}}"), &value),
            Some("query") if parameter["required"] == true => query.push(format!("{name}={value}")),
            _ => (),
        }
    }
    if !query.is_empty() {
        filled += &format!("?{}", query.join("&"));
    }
    let conditional = matches!(method, "patch" | "put" | "delete");
    let headers = if conditional {
        vec![("If-Match".to_owned(), "\"3.5f1d0c2b9a7e4d68\"".to_owned())]
    } else {
        Vec::new()
    };
    let request = Request {
        sender: (!operation::public(operation)).then(|| "token".to_owned()),
        method: method.to_uppercase(),
        path: filled.clone(),
        headers,
        body: bodies["application/json"].get("example").cloned(),
        name: "answer".to_owned(),
        ..Request::default()
    };
    let texts = if let Some(form) = bodies.get("application/x-www-form-urlencoded") {
        examples::form(&filled, &form["example"])
    } else if bodies.get("application/octet-stream").is_some() {
        examples::file(&filled)
    } else {
        Example::Request(request).written(&mut BTreeSet::new())
    };
    format!("<h3>Request</h3>\n{}", choices(&texts))
}

/// An example of a parameter.
fn sample(parameter: &'static Value) -> String {
    let schema = openapi::follow(&parameter["schema"]);
    let said = [
        parameter.get("example"),
        schema.get("example"),
        schema["examples"].get(0),
        schema["enum"].get(0),
    ];
    match said.into_iter().flatten().next() {
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
        None => "2026".to_owned(),
    }
}

fn answers(operation: &'static Value) -> String {
    let mut text = String::new();
    let mut refused = Vec::new();
    for (status, response) in operation["responses"].as_object().into_iter().flatten() {
        if status.starts_with(['4', '5']) {
            refused.push(format!("<a href=\"/docs/problems#status-{status}\">{status}</a>"));
            continue;
        }
        let response = openapi::follow(response);
        let content = response["content"].as_object().and_then(|content| content.values().next());
        let _ = writeln!(
            text,
            "<h3>Answer {status}</h3>\n<p>{} {}</p>",
            inline(response["description"].as_str().unwrap_or_default()),
            content.map(|content| kind(&content["schema"])).unwrap_or_default(),
        );
        if let Some(example) = operation::example(response) {
            text += &block(&example, "", "Answer");
        }
    }
    text + &format!("<p class=\"errors\">Errors: {}</p>\n", refused.join(" "))
}
