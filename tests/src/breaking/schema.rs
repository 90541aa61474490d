//! The same for schemas: what a client sends may only be taken more freely, what it reads may only be said more exactly.

mod choice;
mod whole;

use std::collections::HashSet;

use serde_json::{Map, Value};

use self::whole::{spread, whole};
use super::{changed, shown};

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
    within: Vec<(String, String, Way)>,
}

/// Bounds that refuse more the larger they are, and those that refuse more the smaller they are.
const LEAST: &[&str] = &["minLength", "minimum", "exclusiveMinimum", "minItems", "minProperties"];
const MOST: &[&str] = &["maxLength", "maximum", "exclusiveMaximum", "maxItems", "maxProperties"];

/// What our contract says of every text that has no other form: there are no control characters in it.
const ANY_TEXT: &str = r"^[^\x00-\x08\x0B\x0C\x0E-\x1F\x7F]*$";

/// What limits values in a way that is not looked into: it is the same, or it is another limit.
const OTHER: &[&str] = &[
    "allOf",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "dependentRequired",
    "dependentSchemas",
    "else",
    "if",
    "maxContains",
    "minContains",
    "not",
    "patternProperties",
    "prefixItems",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Formats of numbers, each with those that hold all of its values.
const WIDER: &[(&str, &[&str])] =
    &[("int32", &["int64", "double"]), ("int64", &["double"]), ("float", &["double"])];

impl<'a> Compare<'a> {
    pub(super) fn new(old: &'a Value, new: &'a Value) -> Self {
        Self { old, new, found: Vec::new(), seen: HashSet::new(), within: Vec::new() }
    }

    pub(super) fn say(&mut self, place: &str, what: &str) {
        let line = format!("{place}: {what}");
        if !self.found.contains(&line) {
            self.found.push(line);
        }
    }

    /// Compares two schemas. What is named is compared once for each way, at the place of its name.
    pub(super) fn schemas(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let named = (name_of(was), name_of(is));
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
        // What is put together from several things has no name to be known by, and may hold itself.
        let (was, is) = (spread(self.old, was), spread(self.new, is));
        let within = (was.to_string(), is.to_string(), way);
        if self.within.contains(&within) {
            return;
        }
        self.within.push(within);
        self.together(&place, way, &was, &is);
        self.within.pop();
    }

    fn together(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        if self.choices(place, way, was, is) {
            return;
        }
        let (was, is) = (whole(self.old, was), whole(self.new, is));
        self.kinds(place, way, &was, &is);
        self.values(place, way, &was, &is);
        self.bounds(place, way, &was, &is);
        self.ways(place, way, &was, &is);
        self.properties(place, way, &was, &is);
        self.parts(place, way, &was, &is);
        for name in OTHER {
            let (_, wanted) = directed(way, &was[*name], &is[*name]);
            if !wanted.is_null() && was[*name] != is[*name] {
                self.say(place, &changed(name, &was[*name], &is[*name]));
            }
        }
    }

    fn kinds(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let (before, now) = (kinds(was), kinds(is));
        let (given, wanted) = directed(way, &before, &now);
        let taken = |kind: &String| {
            wanted.contains(kind) || (kind == "integer" && wanted.iter().any(|one| one == "number"))
        };
        if !wanted.is_empty() && (given.is_empty() || !given.iter().all(taken)) {
            self.say(place, &format!("type changed from {before:?} to {now:?}"));
        }
        let (given, wanted) = directed(way, &was["format"], &is["format"]);
        let wider = WIDER.iter().any(|(format, wider)| {
            *given == **format && wanted.as_str().is_some_and(|wanted| wider.contains(&wanted))
        });
        if !wanted.is_null() && given != wanted && !wider {
            self.say(place, &changed("format", &was["format"], &is["format"]));
        }
    }

    fn values(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let (before, now) = (values(was), values(is));
        let (given, wanted) = directed(way, &before, &now);
        // Where the reader takes everything, nothing is lost.
        let Some(wanted) = wanted else { return };
        match given {
            None => {
                let list = |values: &Option<Vec<Value>>| {
                    values.clone().map(Value::from).unwrap_or_default()
                };
                self.say(place, &changed("the list of values", &list(&before), &list(&now)));
            }
            Some(given) => {
                for value in given.iter().filter(|value| !wanted.contains(value)) {
                    let what =
                        if way == Way::Request { "no longer taken" } else { "new in an answer" };
                    self.say(place, &format!("value {value} is {what}"));
                }
            }
        }
    }

    /// Requests may not be bound more closely than they were, answers not more loosely.
    fn bounds(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        if way == Way::Answer && is_opaque(place, was) {
            return;
        }
        let (given, wanted) = directed(way, was, is);
        let number = |schema: &Value, name: &str| schema[name].as_f64();
        let (up, down) =
            if way == Way::Request { ("raised", "lowered") } else { ("lowered", "raised") };
        let told = |what: &str, name: &str| {
            format!("{name} {what} from {} to {}", shown(&was[name]), shown(&is[name]))
        };
        for name in LEAST {
            let least = number(wanted, name).unwrap_or(f64::NEG_INFINITY);
            let nothing = if name.contains("inimum") { f64::NEG_INFINITY } else { 0.0 };
            if least > number(given, name).unwrap_or(nothing) {
                self.say(place, &told(up, name));
            }
        }
        for name in MOST {
            let most = number(wanted, name).unwrap_or(f64::INFINITY);
            if most < number(given, name).unwrap_or(f64::INFINITY) {
                self.say(place, &told(down, name));
            }
        }
        // Whatever has a form of its own is some text.
        let narrower = way == Way::Answer && was["pattern"] == ANY_TEXT && !is["pattern"].is_null();
        for name in
            ["pattern", "multipleOf"].into_iter().filter(|name| *name != "pattern" || !narrower)
        {
            if !wanted[name].is_null() && given[name] != wanted[name] {
                self.say(place, &changed(name, &was[name], &is[name]));
            }
        }
        if wanted["uniqueItems"] == true && given["uniqueItems"] != true {
            let what = if way == Way::Request { "must be unique" } else { "may be repeated" };
            self.say(place, &format!("items {what}"));
        }
    }

    /// What goes one way only, and what is taken for what is left out.
    fn ways(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        let (only, what) = match way {
            Way::Request => ("readOnly", "is only read: it is no longer taken"),
            Way::Answer => ("writeOnly", "is only sent: it is no longer answered"),
        };
        if is[only] == true && was[only] != true {
            self.say(place, what);
        }
        if way == Way::Request && !was["default"].is_null() && was["default"] != is["default"] {
            self.say(place, &changed("default", &was["default"], &is["default"]));
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
        // A schema can be closed to those who send alone.
        let closed = |schema: &Value| schema["additionalProperties"] == false;
        let refuses = |schema: &Value| closed(schema) || schema["x-closed-in-requests"] == true;
        if way == Way::Request && refuses(is) && !refuses(was) {
            self.say(place, "unknown properties are refused");
        }
        if way == Way::Answer && closed(was) {
            let more = is["properties"].as_object().unwrap_or(&none).keys();
            for name in more.filter(|name| was["properties"][*name].is_null()) {
                self.say(place, &format!("property {name} is new in an answer that had no others"));
            }
        }
    }

    /// What a list or a map holds. Whoever takes a certain thing is not given anything at all.
    fn parts(&mut self, place: &str, way: Way, was: &Value, is: &Value) {
        for part in ["items", "additionalProperties", "propertyNames"] {
            let (before, now) = (&was[part], &is[part]);
            let (given, wanted) = directed(way, before, now);
            if before.is_object() && now.is_object() {
                self.schemas(&format!("{place}/{part}"), way, before, now);
            } else if wanted.is_object() && *given != false {
                let what = if way == Way::Request { "are limited" } else { "can be anything" };
                self.say(place, &format!("{part} {what}"));
            } else if way == Way::Answer && before.is_object() && *now == false {
                self.say(place, &format!("{part} removed"));
            }
        }
        let told = |schema: &Value| schema["discriminator"].clone();
        let (before, now) = (told(was), told(is));
        let tag = &before["propertyName"];
        if !tag.is_null() && *tag != now["propertyName"] {
            self.say(
                place,
                &format!(
                    "its cases are told apart by {}, and were by {tag}",
                    shown(&now["propertyName"])
                ),
            );
        }
        for (value, case) in before["mapping"].as_object().into_iter().flatten() {
            let other = &now["mapping"][value];
            if case != other && (way == Way::Request || !other.is_null()) {
                self.say(place, &changed(&format!("the case {value:?}"), case, other));
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

/// What a schema is called that says nothing but whose name it is. What stands beside a name in words for people says nothing.
fn name_of(schema: &Value) -> Option<&str> {
    let said = |key: &String| key != "$ref" && !is_words(key);
    let name = schema["$ref"].as_str()?;
    (!schema.as_object()?.keys().any(said)).then_some(name)
}

/// Whether a keyword is only for people.
fn is_words(key: &str) -> bool {
    key.starts_with("x-")
        || matches!(key, "description" | "title" | "summary" | "example" | "examples" | "$comment")
}

/// Whether nobody may count on how a text of an answer looks: it is an identifier, a cursor or a token.
fn is_opaque(place: &str, schema: &Value) -> bool {
    let last = place.rsplit(['.', ' ']).next().unwrap_or(place);
    schema["format"] == "uuid"
        || ["id", "cursor", "token"]
            .iter()
            .any(|name| last == *name || last.ends_with(&format!("_{name}")))
        || matches!(last, "next" | "ETag")
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
