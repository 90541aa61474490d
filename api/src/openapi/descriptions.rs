//! Descriptions that follow from others, so that they are written once.

use domain::{
    policy::{Action, Who},
    workflow::Arrow,
};
use serde_json::{Map, Value, json};

use super::{links, words};
use crate::call::name_of;

/// Describes the properties of schemas that say nothing themselves.
pub(super) fn of_schemas(schemas: &mut Value) {
    let known = schemas.clone();
    for (name, schema) in schemas.as_object_mut().into_iter().flatten() {
        let whole = name.strip_suffix("Patch").map(|name| &known[name]["properties"]);
        for (name, property) in properties(schema) {
            if property["description"].is_null()
                && let Some(text) = of_property(name, property, whole, &known)
            {
                property["description"] = json!(text);
            }
        }
    }
}

/// Adds to what an operation says of itself what its machine says of it: where it leads, and who may.
pub(super) fn of_operation(path: &str, operation: &mut Value) {
    let Some((thing, action)) = path.rsplit_once('/') else { return };
    let Some(machine) = links::machine_of(thing).filter(|_| thing.ends_with("_id}")) else {
        return;
    };
    let arrows: Vec<&Arrow> =
        machine.arrows.iter().filter(|arrow| arrow.action == action).collect();
    let Some(first) = arrows.first() else { return };
    let (mut from, mut to, mut who) = (Vec::new(), Vec::new(), Vec::new());
    for arrow in &arrows {
        arrow.from.iter().for_each(|state| once(&mut from, *state));
        arrow.to.iter().for_each(|state| once(&mut to, *state));
        let doers = arrow.may.map(Action::doers).unwrap_or_default();
        doers.iter().for_each(|one| once(&mut who, doer(one)));
    }
    let mut text = operation["description"].as_str().unwrap_or_default().trim_end().to_owned();
    let leads = if from == to {
        format!(
            "It can be done while the {} is {}.",
            machine.name.replace('-', " "),
            words::either(&from)
        )
    } else {
        format!("It leads from {} to {}.", words::either(&from), words::either(&to))
    };
    text += &format!("\n\n{leads}");
    if first.may.is_some() && !who.is_empty() {
        text += &format!(" Who may: {}.", who.join("; "));
    }
    operation["description"] = json!(text);
}

fn once<T: PartialEq>(list: &mut Vec<T>, one: T) {
    if !list.contains(&one) {
        list.push(one);
    }
}

fn doer(who: &Who) -> String {
    match who {
        Who::Anyone => "everyone who has signed in".to_owned(),
        Who::Asked(role) => {
            format!("`{}` at the organisation that is asked, or above", name_of(role))
        }
        Who::Below(role) => format!("`{}` at its node or above", name_of(role)),
        Who::Client(scope) => format!("a machine client with the scope `{}`", name_of(scope)),
        Who::Delegate(power) => {
            format!("whoever acts for that person in the matter `{}`", name_of(power))
        }
        Who::Handler(role) => {
            format!("`{}` at the organisation that handles it, or above", name_of(role))
        }
        Who::Member(role) => format!("`{}` at its node, above or below", name_of(role)),
        Who::Named(role) => format!("`{}` whom it names", name_of(role)),
        Who::Own => "the person whom it is about".to_owned(),
        Who::Party => "those whom it names".to_owned(),
    }
}

/// The properties of a patch are those of what it changes; a reference is described by what it refers to.
fn of_property(
    name: &str,
    property: &Value,
    whole: Option<&Value>,
    schemas: &Value,
) -> Option<String> {
    let changed = whole.and_then(|whole| whole[name]["description"].as_str());
    if let Some(text) = changed {
        return Some(text.to_owned());
    }
    if name == "actions" {
        return Some("What can be done with it now, by whom, and why not.".to_owned());
    }
    let list = &property["items"];
    of_reference(if list.is_object() { list } else { property }, schemas).map(|text| text + ".")
}

/// The first words of what a schema refers to.
fn of_reference(schema: &Value, schemas: &Value) -> Option<String> {
    let name = schema["$ref"].as_str()?.rsplit('/').next()?;
    let text = schemas[name]["description"].as_str()?.lines().next()?;
    Some(text.trim_end_matches('.').to_owned())
}

fn properties(schema: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    let properties: Option<&mut Map<String, Value>> =
        schema.get_mut("properties").and_then(Value::as_object_mut);
    properties.into_iter().flatten()
}
