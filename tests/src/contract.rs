//! Holds answers against the OpenAPI document, which a test holds equal to `openapi.yaml`.

use std::sync::LazyLock;

use api::schemas::validator;
use serde_json::Value;

use crate::Answer;

/// An operation of the contract.
#[derive(Clone, Debug)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Operation {
    pub name: String,
    pub method: String,
    pub path: String,
    /// The example of a JSON body, if the operation takes one.
    pub example: Option<Value>,
    /// The type of body that it takes, if it takes one.
    pub kind: Option<String>,
    /// The query parameters that it cannot do without.
    pub needs: Vec<String>,
    /// Whether it needs no signing in.
    pub public: bool,
}

impl Operation {
    /// The names of the parameters of its path.
    pub fn parameters(&self) -> impl Iterator<Item = &str> {
        self.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
    }
}

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let mut operations = Vec::new();
    for (path, item) in api::json()["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let body = &operation["requestBody"]["content"]["application/json"];
            let parameters = operation["parameters"].as_array().into_iter().flatten();
            let needed = parameters.filter(|one| one["in"] == "query" && one["required"] == true);
            let names = needed.filter_map(|one| one["name"].as_str().map(str::to_owned));
            operations.push(Operation {
                name: operation["operationId"].as_str().unwrap_or_default().to_owned(),
                method: method.to_uppercase(),
                path: path.clone(),
                example: body.get("example").cloned(),
                kind: operation["requestBody"]["content"]
                    .as_object()
                    .and_then(|contents| contents.keys().next().cloned()),
                needs: names.collect(),
                public: operation["security"].as_array().is_some_and(Vec::is_empty),
            });
        }
    }
    operations
});

/// Every operation of the contract.
pub fn operations() -> &'static [Operation] {
    &OPERATIONS
}

pub(crate) fn check(method: &str, path: &str, answer: &Answer) {
    hold(api::json(), method, path, answer);
}

/// Holds an answer against a document that is the contract but for its answers.
///
/// # Panics
///
/// If it is not as the document says.
pub fn hold(document: &Value, method: &str, path: &str, answer: &Answer) {
    let status = answer.status;
    // The path with the fewest names in it is meant: `/experts/me` before `/experts/{expert_id}`.
    let template = operations()
        .iter()
        .filter(|operation| operation.method == method && matches(&operation.path, path))
        .min_by_key(|operation| operation.path.matches('{').count())
        .map(|operation| operation.path.as_str())
        .unwrap_or_else(|| panic!("{method} {path} is not in the contract"));
    let responses = &document["paths"][template][method.to_lowercase()]["responses"];
    let response = follow(document, &responses[status.to_string()]);
    assert!(
        !response.is_null(),
        "{method} {template} answers {status}, which the contract does not say: {}",
        answer.text
    );
    let wrong = headers(document, response, answer);
    assert!(wrong.is_empty(), "{method} {template} answers {status} {}", wrong.join("; "));
    let Some(contents) = response["content"].as_object() else {
        assert!(answer.text.is_empty(), "{method} {template} answers {status} with a body");
        return;
    };
    let kind = answer.header("content-type").split(';').next().unwrap_or_default().to_owned();
    let Some(content) = contents.get(&kind) else {
        panic!("{method} {template} answers {status} as {kind:?}, which the contract does not say")
    };
    if !kind.ends_with("json") {
        return;
    }
    let validator = validator(&content["schema"]);
    if let Err(error) = validator.validate(&answer.body) {
        panic!(
            "{method} {template} answers {status} with {}, but at {} {error}",
            answer.text,
            error.instance_path()
        );
    }
}

/// What is wrong with the headers of an answer: one is not there although it always is, one is there that is not declared, or
/// its value is not what it should be. Headers that mean the same in all of HTTP are declared nowhere.
fn headers(document: &Value, response: &Value, answer: &Answer) -> Vec<String> {
    let mut wrong = Vec::new();
    let declared = &response["headers"];
    for (name, header) in declared.as_object().into_iter().flatten() {
        let header = follow(document, header);
        let given: Vec<_> = answer.headers.get_all(name.as_str()).iter().collect();
        if given.is_empty() && header["required"] == true {
            wrong.push(format!("without {name}"));
        }
        for value in given {
            let text = String::from_utf8_lossy(value.as_bytes());
            let number = header["schema"]["type"] == "integer";
            let value = match text.parse::<i64>() {
                Ok(whole) if number => Value::from(whole),
                _ => Value::from(text),
            };
            if let Err(error) = validator(&header["schema"]).validate(&value) {
                wrong.push(format!("with {name}, but {error}"));
            }
        }
    }
    let more = answer.body["next"].is_string() && !declared["Link"].is_null();
    if more && !answer.headers.contains_key("link") {
        wrong.push("with a next page and without Link".to_owned());
    }
    let known = document["components"]["headers"].as_object().into_iter().flatten();
    for (name, _) in known.filter(|(name, _)| declared[name.as_str()].is_null()) {
        if answer.headers.contains_key(name.as_str()) {
            wrong.push(format!("with {name}, which the contract does not say"));
        }
    }
    wrong
}

fn follow<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let place = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#'));
    place.and_then(|place| document.pointer(place)).unwrap_or(value)
}

fn matches(template: &str, path: &str) -> bool {
    let path = path.split('?').next().unwrap_or(path);
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return true,
            (Some(segment), Some(value)) if segment == value || segment.starts_with('{') => (),
            _ => return false,
        }
    }
}
