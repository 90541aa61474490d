//! Bodies of requests, checked against the published schema: a bound is said once.

use std::{
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use domain::refusal::Fault;
use jsonschema::{Validator, error::ValidationErrorKind as Kind};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::{
    json,
    meta::Meta,
    problem::{Problem, Result, is_plain},
    schemas,
};

/// A JSON body that fits the schema of `T`.
#[derive(Clone, Debug)]
pub(crate) struct Json<T>(pub(crate) T);

impl<T> Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Json<T> {
    type Error = Problem;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let meta = Meta::of(request);
        ready(json::read(&meta.body).and_then(read).map(|(thing, wrong)| {
            meta.wrong.get_or_init(|| wrong);
            Self(thing)
        }))
    }
}

/// Takes `value` for a `T`. All faults are told at once.
///
/// # Errors
///
/// [`Problem::Invalid`] if it does not fit the schema.
pub(crate) fn fit<T: DeserializeOwned + ToSchema + 'static>(value: Value) -> Result<T> {
    match read(value)? {
        (thing, wrong) if wrong.is_empty() => Ok(thing),
        (_, wrong) => Err(Problem::Invalid(wrong)),
    }
}

/// Takes `value` for a `T`, with the words in it that have the right form and are wrong all the same: they are told together
/// with what the rules of the domain find in it, by [`Meta::settle`].
///
/// # Errors
///
/// [`Problem::Invalid`] with all faults if it has not the form that its schema says.
pub(crate) fn read<T: DeserializeOwned + ToSchema + 'static>(
    value: Value,
) -> Result<(T, Vec<Fault>)> {
    let schema = json!({ "$ref": format!("#/components/schemas/{}", T::name()) });
    let validator = schemas::validator(&schema);
    let faults = faults(&validator, &value);
    let has_form = || validator.iter_errors(&value).all(|error| schemas::is_of_word(error.kind()));
    if !faults.is_empty() && !has_form() {
        return Err(Problem::Invalid(faults));
    }
    // What the schema lets through and the type does not is told without a pointer rather than not at all.
    let thing = serde_json::from_value(value)
        .map_err(|_| Problem::Invalid(vec![Fault::new("", "wrong_form")]))?;
    Ok((thing, faults))
}

/// Fails if there is something in the body of an operation that takes none: it would not be heeded.
///
/// # Errors
///
/// Those of [`json::read`], and [`Problem::Invalid`] with every field that is in it.
pub(crate) fn check_none(bytes: &[u8]) -> Result<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    let faults = match json::read(bytes)? {
        Value::Null => Vec::new(),
        Value::Object(fields) => {
            fields.keys().take(MOST_FAULTS).map(|name| unknown("", name)).collect()
        }
        _ => vec![Fault::new("", "wrong_type")],
    };
    if faults.is_empty() { Ok(()) } else { Err(Problem::Invalid(faults)) }
}

/// How many faults are told at the most: a body made of nothing else is not worth more.
pub(crate) const MOST_FAULTS: usize = 1000;

/// All that is wrong with `value`.
pub(crate) fn faults(validator: &Validator, value: &Value) -> Vec<Fault> {
    let mut faults = Vec::new();
    for error in validator.iter_errors(value) {
        if faults.len() >= MOST_FAULTS {
            break;
        }
        let at = error.instance_path().to_string();
        match error.kind() {
            Kind::Required { property } => {
                faults.push(Fault::new(format!("{at}/{}", escape(property)), "required"));
            }
            Kind::AdditionalProperties { unexpected } => {
                let more = MOST_FAULTS - faults.len();
                faults.extend(unexpected.iter().take(more).map(|name| unknown(&at, name)));
            }
            kind => faults.push(Fault::new(at, schemas::code(kind, error.instance()))),
        }
    }
    faults.dedup();
    faults
}

/// That the thing at `at` has no field of this name. The name is the caller's own and may hold anything.
fn unknown(at: &str, name: &str) -> Fault {
    Fault::new(place(at, name), "unknown_field")
}

/// The pointer to what the thing at `at` has by this name, or to the thing itself if the name is odd.
pub(crate) fn place(at: &str, name: &str) -> String {
    if is_plain(name) { format!("{at}/{name}") } else { at.to_owned() }
}

fn escape(property: &Value) -> String {
    property.as_str().unwrap_or_default().replace('~', "~0").replace('/', "~1")
}

/// A form body, as OAuth 2.0 has it, that fits the schema of `T`.
#[derive(Clone, Debug)]
pub(crate) struct Form<T>(pub(crate) T);

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Form<T> {
    type Error = Problem;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = || {
            let pairs: Vec<(String, String)> =
                serde_urlencoded::from_bytes(&Meta::of(request).body)
                    .map_err(|_| Problem::Malformed)?;
            let (mut fields, mut twice) = (serde_json::Map::new(), Vec::new());
            // RFC 6749, 3.2: what has no value is not there, and nothing is there twice.
            for (name, text) in pairs.into_iter().filter(|(_, text)| !text.is_empty()) {
                if fields.contains_key(&name) {
                    twice.push(Fault::new(format!("/{name}"), "duplicate"));
                }
                fields.insert(name, Value::from(text));
            }
            if !twice.is_empty() {
                return Err(Problem::Invalid(twice));
            }
            fit(Value::Object(fields)).map(Self)
        };
        ready(read())
    }
}
