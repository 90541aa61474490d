//! Bodies of requests, checked against the published schema: a bound is said once.

mod text;

use std::{
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload};
use domain::refusal::Fault;
use jsonschema::{
    JsonType, ValidationError, Validator,
    error::{TypeKind, ValidationErrorKind as Kind},
};
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
    let mut unseen = Vec::new();
    text::gather(&value, "", &mut unseen);
    let mut faults = faults(&validator, &value);
    if !unseen.is_empty() {
        faults.extend(unseen);
        faults.truncate(MOST_FAULTS);
        return Err(Problem::Invalid(faults));
    }
    let has_form = || validator.iter_errors(&value).all(|error| is_of_word(&error));
    if !faults.is_empty() && !has_form() {
        return Err(Problem::Invalid(faults));
    }
    let mut rounded = Vec::new();
    gather_rounded(&value, "", &mut rounded);
    // What else the schema lets through and the type does not is told without a pointer rather than not at all.
    let thing = serde_json::from_value(value).map_err(|_| {
        let unknown = || vec![Fault::new("", "wrong_form")];
        Problem::Invalid(if rounded.is_empty() { unknown() } else { rounded })
    })?;
    Ok((thing, faults))
}

/// The places of the numbers that are whole only because they were rounded, or that are larger than we count: JSON Schema takes
/// them for whole ones, and no type of ours does.
fn gather_rounded(value: &Value, at: &str, faults: &mut Vec<Fault>) {
    match value {
        Value::Number(number)
            if !number.is_i64() && number.as_f64().is_some_and(|number| number.fract() == 0.0) =>
        {
            faults.push(Fault::new(at, "wrong_type"));
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                gather_rounded(item, &format!("{at}/{index}"), faults);
            }
        }
        Value::Object(fields) => {
            for (name, field) in fields {
                gather_rounded(field, &place(at, name), faults);
            }
        }
        _ => {}
    }
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
        gather(&error, &mut faults);
    }
    faults.dedup();
    faults
}

fn gather(error: &ValidationError<'_>, faults: &mut Vec<Fault>) {
    if let Some(within) = within(error) {
        within.iter().for_each(|error| gather(error, faults));
        return;
    }
    let more = MOST_FAULTS.saturating_sub(faults.len());
    let at = error.instance_path().to_string();
    match error.kind() {
        Kind::Required { property } => {
            faults.push(Fault::new(format!("{at}/{}", escape(property)), "required"));
        }
        Kind::AdditionalProperties { unexpected } => {
            faults.extend(unexpected.iter().take(more).map(|name| unknown(&at, name)));
        }
        kind => faults.push(Fault::new(at, schemas::code(kind, error.instance()))),
    }
}

/// What is wrong within a value that may also be null, and is not: that it is not null says nothing.
fn within<'a>(error: &'a ValidationError<'_>) -> Option<&'a [ValidationError<'static>]> {
    let Kind::OneOfNotValid { context } = error.kind() else { return None };
    let wants_null = |error: &ValidationError<'_>| {
        matches!(error.kind(), Kind::Type { kind: TypeKind::Single(JsonType::Null) })
    };
    let mut others = context.iter().filter(|branch| !branch.iter().all(wants_null));
    match (others.next(), others.next(), context.len()) {
        (Some(only), None, 2) => Some(only),
        _ => None,
    }
}

/// Whether what is wrong is only that a word of the right form is none.
fn is_of_word(error: &ValidationError<'_>) -> bool {
    match within(error) {
        Some(within) => within.iter().all(is_of_word),
        None => schemas::is_of_word(error.kind()),
    }
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
