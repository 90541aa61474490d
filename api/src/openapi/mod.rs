//! The OpenAPI document, collected from the routes, with what holds everywhere added in one place.

mod bounds;
mod closed;
mod codes;
mod descriptions;
pub(crate) mod everywhere;
mod example;
mod flat;
mod forms;
mod links;
mod onward;
mod samples;
mod shared;
mod states;
mod tags;
mod unions;
mod words;
mod yaml;

use std::{collections::BTreeSet, sync::LazyLock};

pub(crate) use self::{codes::CODE_SET, links::machine_of};

pub use self::yaml::yaml;

use serde_json::{Map, Value, json};
use utoipa::OpenApi;

use crate::{
    actions::{ActionView, WhyNot},
    deprecations::{self, Deprecation},
    problem::{FieldProblem, ProblemView},
    routes::{self, ServiceConfig},
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kokemusväylä",
        description = "The chain of an expert by experience's work: a team's need, the order, the search in the experience bank, the offer that the expert freely accepts, the agreement, the task, the fee form, payroll and the feedback from both sides.",
        contact(name = "Kokemusväylä developers", url = "https://github.com/kokemusvayla/kokemusvayla", email = "kehittajat@kokemusvayla.example"),
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/", description = "This installation: production, unless whoever runs it says that it is the demo.")),
    components(schemas(ProblemView, FieldProblem, ActionView, WhyNot)),
)]
struct Base;

/// The document, and the pattern of each route in the order of their registration.
static COLLECTED: LazyLock<(Value, Vec<String>)> = LazyLock::new(|| {
    let (mut document, mut patterns) = (Base::openapi(), Vec::new());
    routes::configure(&mut ServiceConfig::documenting(&mut document, &mut patterns));
    let mut json = serde_json::to_value(document).expect("the document is JSON");
    everywhere::complete(&mut json);
    forms::spell_out(&mut json);
    links::follow(&mut json);
    closed::open_to_answers(&mut json);
    deprecations::mark(&mut json, deprecations::TABLE);
    shared::gather(&mut json);
    (json, patterns)
});

/// The document. It is the same for every process of this build.
pub fn json() -> &'static Value {
    &COLLECTED.0
}

/// The document without tagged unions.
pub(crate) fn flat() -> Value {
    let mut document = json().clone();
    flat::flatten(&mut document);
    document
}

/// The pattern of each route, for [`ServiceConfig::serving`].
pub(crate) fn patterns() -> &'static [String] {
    &COLLECTED.1
}

/// What `value` says, or what it refers to says.
pub fn follow(value: &'static Value) -> &'static Value {
    let place = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    place.and_then(|place| json().pointer(place)).unwrap_or(value)
}

/// Gathers the names of all schemas of the document that `value` refers to, directly or by others.
pub(crate) fn reach<'a>(document: &'a Value, value: &Value, seen: &mut BTreeSet<&'a str>) {
    match value {
        Value::Object(fields) => {
            let reference = fields.get("$ref").and_then(Value::as_str);
            let reference = reference.and_then(|reference| referred(document, reference));
            if let Some((name, there)) = reference
                && name.is_none_or(|name| seen.insert(name))
            {
                reach(document, there, seen);
            }
            fields.values().for_each(|value| reach(document, value, seen));
        }
        Value::Array(items) => items.iter().for_each(|item| reach(document, item, seen)),
        _ => (),
    }
}

/// What is at the end of a reference, and its name if that is a schema.
fn referred<'a>(document: &'a Value, reference: &str) -> Option<(Option<&'a str>, &'a Value)> {
    let place = reference.strip_prefix('#')?;
    let schemas = document["components"]["schemas"].as_object();
    let name = place.strip_prefix("/components/schemas/");
    let name = name.and_then(|name| Some(schemas?.get_key_value(name)?.0.as_str()));
    Some((name, document.pointer(place)?))
}

/// A schema that stands alone: `schema` with those that it refers to, closed as requests find them. The whole document in the
/// place of those few would make whatever is made of it a thousand times as large.
pub(crate) fn alone(schema: &Value) -> Value {
    let mut names = BTreeSet::new();
    reach(json(), schema, &mut names);
    let all = &json()["components"]["schemas"];
    let held = |name: &str| {
        let mut schema = all[name].clone();
        closed::close(&mut schema);
        (name.to_owned(), schema)
    };
    let schemas: Map<String, Value> = names.into_iter().map(held).collect();
    json!({ "allOf": [schema], "components": { "schemas": schemas } })
}

/// The document with these operations on their way out.
pub fn marked(table: &[Deprecation]) -> Value {
    let mut document = json().clone();
    deprecations::mark(&mut document, table);
    document
}
