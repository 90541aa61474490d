//! The OpenAPI document, collected from the routes, with what holds everywhere added in one place.

mod descriptions;
mod everywhere;
mod example;
mod tags;

use std::sync::LazyLock;

use actix_web::App;
use serde_json::Value;
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use crate::{
    call::{ActionView, WhyNot},
    problem::{FieldProblem, ProblemView},
    routes,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Kokemusväylä",
        description = "The chain of an expert by experience's work: a team's need, the order, the search in the experience bank, the offer that the expert freely accepts, the agreement, the task, the fee form, payroll and the feedback from both sides.",
        contact(name = "Kokemusväylä developers", url = "https://github.com/kokemusvayla/kokemusvayla", email = "kehittajat@kokemusvayla.example"),
        license(name = "MIT", identifier = "MIT"),
    ),
    servers((url = "/", description = "This installation")),
    components(schemas(ProblemView, FieldProblem, ActionView, WhyNot)),
)]
struct Base;

static JSON: LazyLock<Value> = LazyLock::new(|| {
    let (_, document) = App::new()
        .into_utoipa_app()
        .openapi(Base::openapi())
        .configure(routes::configure)
        .split_for_parts();
    let mut json = serde_json::to_value(document).expect("the document is JSON");
    everywhere::complete(&mut json);
    json
});

/// The document. It is the same for every process of this build.
pub fn json() -> &'static Value {
    &JSON
}

/// The document as it is committed.
pub fn yaml() -> String {
    let yaml = serde_norway::to_string(json()).expect("JSON is YAML");
    yaml.lines().map(|line| quoted(line) + "\n").collect()
}

/// A line in which words that older readers of YAML take for booleans stand in quotes.
fn quoted(line: &str) -> String {
    for word in ["n", "no", "off", "on", "y", "yes"] {
        for mark in [": ", "- "] {
            if let Some(start) = line.strip_suffix(word).filter(|start| start.ends_with(mark)) {
                return format!("{start}'{word}'");
            }
        }
    }
    line.to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::{json, yaml};

    #[test]
    fn both_forms_say_the_same() {
        let read: Value = serde_norway::from_str(&yaml()).expect("it is YAML");
        assert!(read == *json());
    }
}
