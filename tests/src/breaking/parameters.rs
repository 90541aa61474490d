//! The same for parameters: those of an operation, and those of its path.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    follow,
    schema::{Compare, Way},
};

/// Compares the parameters of an operation: of its item of the path, and its own.
pub(super) fn compare(
    compare: &mut Compare<'_>,
    place: &str,
    was: (&Value, &Value),
    is: (&Value, &Value),
) {
    let (before, now) = (all(compare.old, was), all(compare.new, is));
    for (name, (shared, parameter)) in &before {
        let here = format!("{place} {name}");
        match now.get(name) {
            None => compare.say(&here, "parameter removed"),
            // What many operations share is told once.
            Some((other, now)) if shared.is_some() && shared == other => {
                one(compare, &format!("parameter {name}"), parameter, now);
            }
            Some((_, now)) => one(compare, &here, parameter, now),
        }
    }
    for (name, (_, parameter)) in &now {
        if parameter["required"] == true && !before.contains_key(name) {
            compare.say(&format!("{place} {name}"), "required parameter added");
        }
    }
}

fn one(compare: &mut Compare<'_>, place: &str, was: &Value, is: &Value) {
    if is["required"] == true && was["required"] != true {
        compare.say(place, "parameter became required");
    }
    let (before, now) = (written(was), written(is));
    if before != now {
        compare.say(place, &format!("parameter is written as {now}, and was as {before}"));
    }
    compare.schemas(place, Way::Request, &was["schema"], &is["schema"]);
    for (kind, content) in was["content"].as_object().into_iter().flatten() {
        compare.schemas(place, Way::Request, &content["schema"], &is["content"][kind]["schema"]);
    }
}

/// By what each is told apart, the name that it is shared by, and what it says. Those of the operation come before those of the
/// path.
fn all(
    document: &Value,
    (item, operation): (&Value, &Value),
) -> BTreeMap<String, (Option<String>, Value)> {
    let lists = [&item["parameters"], &operation["parameters"]];
    let listed = lists.into_iter().flat_map(|list| list.as_array().into_iter().flatten());
    listed
        .map(|one| (one["$ref"].as_str().map(str::to_owned), follow(document, one).clone()))
        .map(|one| (format!("{} {}", one.1["in"], one.1["name"]).replace('"', ""), one))
        .collect()
}

/// How the value of a parameter is written, also where what is usual is not said.
fn written(parameter: &Value) -> Value {
    if let Some(contents) = parameter["content"].as_object() {
        return json!({ "content": contents.keys().collect::<Vec<_>>() });
    }
    let usual = match parameter["in"].as_str() {
        Some("path" | "header") => "simple",
        _ => "form",
    };
    let style = parameter["style"].as_str().unwrap_or(usual);
    let explode = parameter["explode"].as_bool().unwrap_or(style == "form");
    let reserved = parameter["allowReserved"] == true;
    json!({ "style": style, "explode": explode, "allowReserved": reserved })
}
