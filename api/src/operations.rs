//! The operations of the contract as data: what the edge turns away by.

use std::{collections::HashMap, sync::LazyLock};

use actix_web::http::Method;
use serde_json::Value;

use crate::openapi;

/// What the edge knows of an operation.
#[derive(Debug)]
pub(crate) struct Facts {
    /// Its `operationId`.
    pub(crate) id: String,
    /// The path, with the names of its parameters.
    pub(crate) pattern: String,
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
}

/// How large a JSON body may be.
const MOST_JSON: usize = 256 * 1024;

/// How large an attachment may be.
pub(crate) const MOST_FILE: usize = 10 * 1024 * 1024;

static OPERATIONS: LazyLock<HashMap<String, HashMap<String, Facts>>> = LazyLock::new(|| {
    let mut operations: HashMap<String, HashMap<String, Facts>> = HashMap::new();
    for (pattern, item) in openapi::json()["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let known = operations.entry(pattern.clone()).or_default();
            known.insert(method.to_uppercase(), facts(pattern, operation));
        }
    }
    operations
});

fn facts(pattern: &str, operation: &'static Value) -> Facts {
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
    let file = consumes.iter().any(|kind| kind == "application/octet-stream");
    Facts {
        id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
        pattern: pattern.to_owned(),
        produces,
        most: if file { MOST_FILE } else { MOST_JSON },
        consumes,
        parameters: operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
            .map(openapi::follow)
            .collect(),
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

/// The operation of `method` on the path with this pattern.
pub(crate) fn find(pattern: &str, method: &Method) -> Option<&'static Facts> {
    OPERATIONS.get(pattern)?.get(method.as_str())
}

/// All operations.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = &'static Facts> {
    OPERATIONS.values().flat_map(|methods| methods.values())
}

/// The methods that the path with this pattern knows, as in `Allow`.
pub(crate) fn allow(pattern: &str) -> Option<String> {
    let mut methods: Vec<&str> = OPERATIONS.get(pattern)?.keys().map(String::as_str).collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.push("OPTIONS");
    methods.sort_unstable();
    Some(methods.join(", "))
}
