//! The operations of the contract as data: what the edge turns away by.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::http::Method;
use matchit::Router;
use serde_json::Value;

use crate::openapi;

/// What the edge knows of an operation.
#[derive(Debug)]
pub(crate) struct Facts {
    /// Its `operationId`.
    pub(crate) id: String,
    /// The path, with the names of its parameters.
    pub(crate) pattern: &'static str,
    /// Which path of the contract that is, counted from 0.
    pub(crate) number: usize,
    /// The types that it answers with.
    pub(crate) produces: Vec<String>,
    /// The types of body that it takes; none if it takes no body.
    pub(crate) consumes: Vec<String>,
    /// Its parameters, as published.
    pub(crate) parameters: Vec<&'static Value>,
    /// Whether it needs no signing in.
    pub(crate) public: bool,
    /// How many bytes a body may have.
    pub(crate) most: usize,
    /// Whether it can name the version that it is done to.
    pub(crate) conditional: bool,
    /// Which part of the path names the thing that something posted there is done to, counted from what is before the first `/`.
    pub(crate) thing: Option<usize>,
}

/// How large a JSON body may be.
const MOST_JSON: usize = 256 * 1024;

/// How large an attachment may be.
pub(crate) const MOST_FILE: usize = 10 * 1024 * 1024;

/// What the edge knows of a path.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The path, with the names of its parameters.
    pub(crate) pattern: &'static str,
    /// Which path of the contract it is, counted from 0.
    pub(crate) number: usize,
    /// The methods that it knows, as in `Allow`.
    pub(crate) allow: String,
    operations: HashMap<String, Facts>,
}

static RESOURCES: LazyLock<Router<Resource>> = LazyLock::new(|| {
    let mut resources = Router::new();
    let paths = openapi::json()["paths"].as_object().into_iter().flatten();
    for (number, (pattern, item)) in paths.enumerate() {
        let resource = resource(number, pattern, item);
        resources.insert(pattern, resource).expect("no two paths of the contract are the same");
    }
    resources
});

fn resource(number: usize, pattern: &'static str, item: &'static Value) -> Resource {
    let operations: HashMap<String, Facts> = item
        .as_object()
        .into_iter()
        .flatten()
        .map(|(method, operation)| (method.to_uppercase(), facts(number, pattern, operation)))
        .collect();
    let mut methods: Vec<&str> = operations.keys().map(String::as_str).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.sort_unstable();
    Resource { pattern, number, allow: methods.join(", "), operations }
}

fn facts(number: usize, pattern: &'static str, operation: &'static Value) -> Facts {
    let types = |content: &Value| -> Vec<String> {
        content.as_object().into_iter().flatten().map(|(kind, _)| kind.clone()).collect()
    };
    let produces = operation["responses"]
        .as_object()
        .into_iter()
        .flatten()
        .filter(|(status, _)| status.starts_with('2'))
        .flat_map(|(_, response)| types(&response["content"]))
        .collect();
    let consumes = types(&operation["requestBody"]["content"]);
    let parameters: Vec<&'static Value> =
        operation["parameters"].as_array().into_iter().flatten().map(openapi::follow).collect();
    let file = consumes.iter().any(|kind| kind == "application/octet-stream");
    Facts {
        id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
        pattern,
        number,
        produces,
        most: if file { MOST_FILE } else { MOST_JSON },
        consumes,
        conditional: parameters.iter().any(|parameter| parameter["name"] == "If-Match"),
        thing: openapi::everywhere::acted_on(pattern).map(|thing| thing.matches('/').count()),
        parameters,
        public: operation["security"].as_array().is_some_and(Vec::is_empty),
    }
}

impl Facts {
    /// Whether its body is a file, which may be large.
    pub(crate) fn takes_file(&self) -> bool {
        self.most > MOST_JSON
    }

    /// Its parameters in the query, or in another place.
    pub(crate) fn parameters_in(&self, place: &str) -> impl Iterator<Item = &'static Value> {
        self.parameters.iter().copied().filter(move |parameter| parameter["in"] == place)
    }
}

impl Resource {
    /// The operation of `method`.
    pub(crate) fn operation(&self, method: &Method) -> Option<&Facts> {
        self.operations.get(method.as_str())
    }
}

/// The resource at `path`, as it came.
pub(crate) fn at(path: &str) -> Option<&'static Resource> {
    RESOURCES.at(path).ok().map(|found| found.value)
}

/// All operations.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = &'static Facts> {
    let paths = openapi::json()["paths"].as_object().into_iter().flatten();
    paths.filter_map(|(path, _)| at(path)).flat_map(|resource| resource.operations.values())
}
