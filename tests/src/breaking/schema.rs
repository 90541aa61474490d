//! The same for schemas: what a client sends may only be taken more freely, what it reads may only be said more exactly.

use std::collections::HashSet;

use serde_json::{Map, Value};

use super::follow;

/// Which way a value goes.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub(super) enum Way {
    /// From the client to us.
    Request,
    /// From us to the client.
    Answer,
}

/// A comparison, and what it found.
pub(super) struct Compare<'a> {
    pub(super) old: &'a Value,
    pub(super) new: &'a Value,
    pub(super) found: Vec<String>,
    seen: HashSet<(String, String, Way)>,
}

/// Bounds that refuse more the larger they are, and those that refuse more the smaller they are.
const LEAST: &[&str] = &["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"];
const MOST: &[&str] = &["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"];

impl<'a> Compare<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value) -> Self {
        Self { old, new, found: Vec::new(), seen: HashSet::new() }
    }

    pub(super) fn say(&mut self, place: &str, what: &str) {
        let line = format!("{place}: {what}");
        if !self.found.contains(&line) {
            self.found.push(line);
        }
    }

    /// Compares two schemas. What is named is compared once for each way, at the place of its name.
    pub(super) fn schemas(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let named = (was["$ref"].as_str(), is["$ref"].as_str());
        let place = match named {
            (Some(before), Some(now)) => {
                if !self.seen.insert((before.to_owned(), now.to_owned(), way)) {
                    return;
                }
                let name = before.rsplit('/').next().unwrap_or(before);
                if way == Way::Request {
                    format!("{name} (sent)")
                } else {
                    format!("{name} (read)")
                }
            }
            _ => place.to_owned(),
        };
        let (was, is) = (follow(self.old, was).clone(), follow(self.new, is).clone());
        self.kinds(&place, way, &was, &is);
        self.values(&place, way, &was, &is);
        if way == Way::Request {
            self.bounds(&place, &was, &is);
        }
        self.properties(&place, way, &was, &is);
        for part in ["items", "additionalProperties", "propertyNames"] {
            if was[part].is_object() && is[part].is_object() {
                self.schemas(&format!("{place}/{part}"), way, &was[part], &is[part]);
            }
        }
        let (tag, other) =
            (&was["discriminator"]["propertyName"], &is["discriminator"]["propertyName"]);
        if !tag.is_null() && tag != other {
            self.say(&place, "its cases are told apart in another way");
        }
        for part in ["oneOf", "anyOf", "allOf"] {
            self.choices(&format!("{place}/{part}"), way, &was[part], &is[part]);
        }
    }

    fn kinds(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let (before, now) = (kinds(was), kinds(is));
        let (given, wanted) = directed(way, &before, &now);
        if !wanted.is_empty()
            && (given.is_empty() || given.iter().any(|kind| !wanted.contains(kind)))
        {
            self.say(place, &format!("type changed from {before:?} to {now:?}"));
        }
        let (given, wanted) = directed(way, &was["format"], &is["format"]);
        if !wanted.is_null() && given != wanted {
            self.say(place, "format changed");
        }
    }

    fn values(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let (before, now) = (values(was), values(is));
        let (given, wanted) = directed(way, &before, &now);
        // Where the reader takes everything, nothing is lost.
        let Some(wanted) = wanted else { return };
        match given {
            None => self.say(place, "values are limited to a list, or no longer"),
            Some(given) => {
                for value in given.iter().filter(|value| !wanted.contains(value)) {
                    let what =
                        if way == Way::Request { "no longer taken" } else { "new in an answer" };
                    self.say(place, &format!("value {value} is {what}"));
                }
            }
        }
    }

    fn bounds(&mut self, place: &str, was: &Value, is: &Value) {
        let number = |schema: &Value, name: &str| schema[name].as_f64();
        for name in LEAST {
            let now = number(is, name).unwrap_or(f64::NEG_INFINITY);
            let nothing = if name.contains("inimum") { f64::NEG_INFINITY } else { 0.0 };
            if now > number(was, name).unwrap_or(nothing) {
                self.say(place, &format!("{name} raised"));
            }
        }
        for name in MOST {
            let now = number(is, name).unwrap_or(f64::INFINITY);
            if now < number(was, name).unwrap_or(f64::INFINITY) {
                self.say(place, &format!("{name} lowered"));
            }
        }
        for name in ["pattern", "multipleOf"] {
            if !is[name].is_null() && was[name] != is[name] {
                self.say(place, &format!("{name} changed"));
            }
        }
        if is["uniqueItems"] == true && was["uniqueItems"] != true {
            self.say(place, "items must be unique");
        }
    }

    fn properties(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let needed = |schema: &Value| schema["required"].as_array().cloned().unwrap_or_default();
        let (before, now) = (needed(was), needed(is));
        for name in now.iter().filter(|name| way == Way::Request && !before.contains(name)) {
            self.say(place, &format!("{name} became required"));
        }
        for name in before.iter().filter(|name| way == Way::Answer && !now.contains(name)) {
            let there = name.as_str().is_some_and(|name| !is["properties"][name].is_null());
            if there {
                self.say(place, &format!("{name} may be left out"));
            }
        }
        let none = Map::new();
        for (name, property) in was["properties"].as_object().unwrap_or(&none) {
            let other = &is["properties"][name];
            if other.is_null() {
                self.say(place, &format!("property {name} removed"));
            } else {
                self.schemas(&format!("{place}.{name}"), way, property, other);
            }
        }
        let closed = |schema: &Value| schema["additionalProperties"] == false;
        if way == Way::Request && closed(is) && !closed(was) {
            self.say(place, "unknown properties are refused");
        }
    }

    /// Cases of a union: none that was taken may go, none that is read may come.
    fn choices(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let (Some(before), Some(now)) = (was.as_array(), is.as_array()) else {
            if was.is_array() != is.is_array() {
                self.say(place, "union came or went");
            }
            return;
        };
        for (number, case) in before.iter().enumerate() {
            match find(now, case, number) {
                Some(other) => self.schemas(&format!("{place}/{number}"), way, case, other),
                None if way == Way::Request => {
                    self.say(place, &format!("case {} removed", name(case, number)))
                }
                None => (),
            }
        }
        for (number, case) in now.iter().enumerate() {
            if way == Way::Answer && find(before, case, number).is_none() {
                self.say(place, &format!("case {} is new in an answer", name(case, number)));
            }
        }
    }
}

/// What is given and what is taken: for a request the client gives as before and we take as now.
fn directed<'a, T: ?Sized>(way: Way, was: &'a T, is: &'a T) -> (&'a T, &'a T) {
    match way {
        Way::Request => (was, is),
        Way::Answer => (is, was),
    }
}

fn kinds(schema: &Value) -> Vec<String> {
    match &schema["type"] {
        Value::Array(kinds) => {
            kinds.iter().filter_map(|kind| kind.as_str().map(str::to_owned)).collect()
        }
        Value::String(kind) => vec![kind.clone()],
        _ => Vec::new(),
    }
}

fn values(schema: &Value) -> Option<Vec<Value>> {
    schema["enum"].as_array().cloned().or_else(|| schema.get("const").map(|one| vec![one.clone()]))
}

fn name(case: &Value, number: usize) -> String {
    let named =
        case["$ref"].as_str().and_then(|name| name.rsplit('/').next()).or(case["type"].as_str());
    named.map_or_else(|| number.to_string(), str::to_owned)
}

fn find<'a>(cases: &'a [Value], case: &Value, number: usize) -> Option<&'a Value> {
    let wanted = name(case, number);
    cases.iter().enumerate().find(|(number, one)| name(one, *number) == wanted).map(|(_, one)| one)
}
