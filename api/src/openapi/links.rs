//! Links from each answer to what can follow, derived: from the types of answers, from the identifiers in them, and from
//! the workflows.

use std::collections::BTreeMap;

use domain::workflow::{self, Workflow};
use serde_json::{Map, Value, json};

use super::{onward, words};

/// An operation as far as links go.
pub(super) struct Operation {
    pub(super) path: String,
    pub(super) method: String,
    pub(super) id: String,
    /// The name of the schema of its answer.
    pub(super) gives: Option<String>,
    /// The parameters that it cannot do without, each with where it is.
    needs: Vec<(String, String)>,
}

impl Operation {
    /// Whether its path has a parameter of this name.
    fn names(&self, parameter: &str) -> bool {
        self.path.split('/').any(|part| part.strip_prefix('{') == Some(&format!("{parameter}}}")))
    }

    /// Whether it changes what is at its address.
    pub(super) fn changes(&self) -> bool {
        matches!(self.method.as_str(), "put" | "patch")
    }
}

/// The name of a link, and where it leads.
pub(super) type Link = (String, Value);

/// Adds the links of every answer.
pub(super) fn follow(document: &mut Value) {
    let operations = read(document);
    let schemas = document["components"]["schemas"].clone();
    let mut links = Map::new();
    for from in &operations {
        let mut following = Vec::new();
        if let Some(gives) = &from.gives {
            let items = schemas[gives]["properties"]["items"]["items"]["$ref"].as_str();
            match items {
                Some(item) if gives.ends_with("Page") => {
                    of_page(from, last(item), &schemas, &operations, &mut following)
                }
                _ => of_thing(from, gives, &schemas, &operations, &mut following),
            }
            of_fields(&schemas[gives], &operations, &mut following);
        }
        onward::along(from, &operations, &mut following);
        onward::known(from, &mut following);
        let view = from.gives.as_ref().map_or(&Value::Null, |gives| &schemas[gives]);
        following.retain_mut(|(_, link)| supply(from, view, &operations, link));
        for (name, link) in &mut following {
            if links.get(name).is_some_and(|known| known != link) {
                *name = format!("{name}_after_{}", from.id);
            }
            links.insert(name.clone(), link.clone());
        }
        let answers = &mut document["paths"][&from.path][&from.method]["responses"];
        for (_, answer) in answers
            .as_object_mut()
            .into_iter()
            .flatten()
            .filter(|(status, _)| status.starts_with('2'))
        {
            let mut named = Map::new();
            for (name, _) in &following {
                named.insert(name.clone(), json!({ "$ref": format!("#/components/links/{name}") }));
            }
            if !named.is_empty() {
                answer["links"] = Value::Object(named);
            }
        }
    }
    document["components"]["links"] = Value::Object(links);
}

fn read(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            let gives = ["200", "201", "202"].iter().find_map(|status| {
                operation["responses"][*status]["content"]["application/json"]["schema"]["$ref"]
                    .as_str()
            });
            operations.push(Operation {
                path: path.clone(),
                method: method.clone(),
                id: operation["operationId"].as_str().unwrap_or_default().to_owned(),
                gives: gives.map(|name| last(name).to_owned()),
                needs: needs(operation),
            });
        }
    }
    operations
}

fn needs(operation: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    let needed = parameters.filter(|one| one["required"] == true);
    needed.map(|one| (text(&one["in"]), text(&one["name"]))).collect()
}

/// Adds to a link what its operation cannot do without, if it is known when the answer is there. Whether all of it is.
fn supply(from: &Operation, view: &Value, all: &[Operation], link: &mut Value) -> bool {
    let to = all.iter().find(|to| link["operationId"] == to.id.as_str());
    to.is_some_and(|to| {
        to.needs.iter().all(|(place, name)| {
            let has = |field: &str| view["properties"][field].is_object();
            let id = format!("{name}_id");
            let placed = format!("{place}.{name}");
            let value = match place.as_str() {
                _ if link["parameters"][name].is_string() => return true,
                _ if link["parameters"][&placed].is_string() => return true,
                _ if to.id == from.id => format!("$request.{place}.{name}"),
                "path" if from.names(name) => format!("$request.path.{name}"),
                _ if has(name) => format!("$response.body#/{name}"),
                _ if has(&id) => format!("$response.body#/{id}"),
                _ => return false,
            };
            link["parameters"][name] = json!(value);
            true
        })
    })
}

/// From a listing to its first thing, and to its next page.
fn of_page(
    from: &Operation,
    item: &str,
    schemas: &Value,
    all: &[Operation],
    links: &mut Vec<Link>,
) {
    let below = |one: &&Operation| {
        one.method == "get" && one.path.ends_with("_id}") && collection_of(&one.path) == from.path
    };
    let getter = getter_of(item, from, all).or_else(|| all.iter().find(below));
    let first =
        getter.and_then(|getter| Some((getter, identifier(&schemas[item], "/items/0", getter)?)));
    if let Some((getter, value)) = first {
        links.push(link(
            &format!("first_{}", getter.id.trim_start_matches("get_")),
            getter,
            &value,
            "The first thing of the page.",
        ));
    }
    links.push((
        format!("next_{}", from.id),
        json!({ "operationId": from.id, "parameters": { "cursor": "$response.body#/next" }, "description": "The next page, if there is one. The filters are those of this one." }),
    ));
}

/// From a thing to itself and to what can be done with it.
fn of_thing(
    from: &Operation,
    gives: &str,
    schemas: &Value,
    all: &[Operation],
    links: &mut Vec<Link>,
) {
    let Some(getter) = getter_of(gives, from, all) else { return };
    let Some(body) = identifier(&schemas[gives], "", getter) else { return };
    let body = body.as_str();
    if from.id != getter.id {
        links.push(link(&getter.id, getter, body, "The thing as it is now, with its entity tag."));
    }
    let reached = machine_of(&getter.path)
        .zip(action_of(&from.path, &getter.path))
        .and_then(|(machine, action)| following(machine, action));
    for to in all {
        if to.path == getter.path && to.changes() && to.id != from.id {
            let mut link = link(&to.id, to, body, "Changes what is known of it.");
            onward::of_this_version(&mut link);
            links.push(link);
        }
        let Some(action) = action_of(&to.path, &getter.path) else { continue };
        let fits = reached.as_ref().is_none_or(|actions| {
            actions.contains(&action)
                || !machine_of(&getter.path).is_some_and(|machine| knows(machine, action))
        });
        if fits && to.path != from.path {
            let text = if to.method == "get" {
                "More about it."
            } else {
                "What can be done with it next; its `actions` say whether the caller may."
            };
            links.push(link(&to.id, to, body, text));
        }
    }
}

/// From the identifiers in an answer to the things that they are of.
fn of_fields(schema: &Value, all: &[Operation], links: &mut Vec<Link>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let is_id = property["$ref"].as_str().is_some_and(|name| name.ends_with("/Id"));
        let parameter = format!("{{{name}}}");
        let getter = all.iter().find(|one| {
            one.method == "get" && one.path.rsplit('/').next() == Some(parameter.as_str())
        });
        if let Some(getter) = getter.filter(|_| is_id && name != "id") {
            links.push(link(
                name,
                getter,
                &format!("$response.body#/{name}"),
                "The thing that it belongs to.",
            ));
        }
    }
}

/// The operation that gets one thing of this type, if its address has no other names in it.
fn getter_of<'a>(schema: &str, from: &Operation, all: &'a [Operation]) -> Option<&'a Operation> {
    let mut getters = all.iter().filter(|one| {
        one.method == "get"
            && one.gives.as_deref() == Some(schema)
            && one.path.ends_with("_id}")
            && one.path.matches('{').count() == 1
    });
    let first = getters.clone().next();
    getters.find(|one| from.path.starts_with(collection_of(&one.path))).or(first)
}

/// Where in an answer the identifier stands that `getter` asks for: in the field `id`, or in one of the parameter's name.
fn identifier(view: &Value, at: &str, getter: &Operation) -> Option<String> {
    let named = parameter_of(getter)?;
    let mut fields = ["id", named].into_iter();
    let field = fields.find(|field| view["properties"][*field].is_object())?;
    Some(format!("$response.body#{at}/{field}"))
}

/// The first parameter in the path of an operation.
fn parameter_of(operation: &Operation) -> Option<&str> {
    operation.path.split('{').nth(1).and_then(|rest| rest.split('}').next())
}

fn link(name: &str, to: &Operation, value: &str, text: &str) -> Link {
    let parameters = BTreeMap::from([(parameter_of(to).unwrap_or_default(), value)]);
    let link = json!({ "operationId": to.id, "parameters": parameters, "description": text });
    (name.to_owned(), link)
}

fn collection_of(path: &str) -> &str {
    path.rsplit_once("/{").map_or(path, |(collection, _)| collection)
}

/// The machine of the things at this address.
pub(crate) fn machine_of(path: &str) -> Option<&'static Workflow> {
    let plural = path.split("/{").next()?.rsplit('/').next()?;
    workflow::named(words::singular(plural))
}

/// The last word of `path`, if the rest is `thing`.
pub(super) fn action_of<'a>(path: &'a str, thing: &str) -> Option<&'a str> {
    path.strip_prefix(thing)?.strip_prefix('/').filter(|rest| !rest.contains('/'))
}

fn knows(machine: &Workflow, action: &str) -> bool {
    machine.arrows.iter().any(|arrow| arrow.action == action)
}

/// The actions that lead on from where `action` leads to, unless the machine does not know it.
fn following(machine: &Workflow, action: &str) -> Option<Vec<&'static str>> {
    let reached: Vec<&str> = machine
        .arrows
        .iter()
        .filter(|arrow| arrow.action == action)
        .flat_map(|arrow| arrow.to.iter().copied())
        .collect();
    let on = machine
        .arrows
        .iter()
        .filter(|arrow| arrow.from.iter().any(|state| reached.contains(state)))
        .map(|arrow| arrow.action);
    (!reached.is_empty()).then(|| on.collect())
}

fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
