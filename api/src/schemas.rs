//! What the contract's schemas may say beyond JSON Schema: formats with a check digit, and the code set of a word.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock, PoisonError, RwLock},
};

use domain::{
    check_digits::{self, Check, Wrong},
    codes::{self, CodeSet},
    time::{Day, Moment},
};
use jsonschema::{
    Keyword, ValidationError, ValidationOptions, Validator, error::ValidationErrorKind as Kind,
    paths::Location,
};
use serde_json::{Map, Value};

use crate::openapi::{self, CODE_SET};

/// The validator for a schema that may refer to the published components, made once.
///
/// # Panics
///
/// If it is no schema.
pub fn validator(schema: &Value) -> Arc<Validator> {
    static MADE: LazyLock<RwLock<HashMap<String, Arc<Validator>>>> = LazyLock::new(RwLock::default);
    let key = schema.to_string();
    // Who panics with it in hand leaves it as it was.
    if let Some(made) = MADE.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
        return made.clone();
    }
    let made = options().build(&openapi::alone(schema));
    let made = Arc::new(made.unwrap_or_else(|error| panic!("{schema} is a schema: {error}")));
    MADE.write().unwrap_or_else(PoisonError::into_inner).insert(key, made.clone());
    made
}

fn options() -> ValidationOptions<'static> {
    // A day and a moment are what the domain takes for one, so that each that it does not take is pointed to.
    let options = jsonschema::options()
        .should_validate_formats(true)
        .with_format("date", |text: &str| Day::parse(text).is_some())
        .with_format("date-time", |text: &str| Moment::parse(text).is_some());
    check_digits::FORMATS
        .into_iter()
        .fold(options, |options, (name, check)| {
            options.with_format(name, move |text: &str| check(text).is_none())
        })
        .with_keyword(CODE_SET, of_set)
}

fn of_set<'a>(
    _: &'a Map<String, Value>,
    name: &'a Value,
    _: Location,
) -> Result<Box<dyn for<'i> Keyword<'i>>, ValidationError<'a>> {
    let set = name.as_str().and_then(codes::set);
    set.map(|set| Box::new(OfSet(set)) as _)
        .ok_or_else(|| ValidationError::custom("there is no such code set"))
}

struct OfSet(&'static CodeSet);

impl<'i> Keyword<'i> for OfSet {
    fn validate(&self, instance: &'i Value) -> Result<(), ValidationError<'i>> {
        if self.is_valid(instance) {
            Ok(())
        } else {
            Err(ValidationError::custom("there is no such code in the set"))
        }
    }

    fn is_valid(&self, instance: &'i Value) -> bool {
        // What is no text is told by the type.
        instance.as_str().is_none_or(|code| self.0.has(code))
    }
}

/// Whether what is wrong is only that a word of the right form is none: another code than those of its set, or one whose
/// check digit is another.
pub(crate) fn is_of_word(kind: &Kind) -> bool {
    match kind {
        Kind::Custom { .. } => true,
        Kind::Format { format } => check_of(format).is_some(),
        _ => false,
    }
}

/// The code, in the catalogue of field errors, of what is wrong with `instance`.
pub(crate) fn code(kind: &Kind, instance: &Value) -> &'static str {
    match kind {
        Kind::Type { .. } => "wrong_type",
        Kind::MinLength { .. } => "too_short",
        Kind::MaxLength { .. } => "too_long",
        Kind::Minimum { .. } | Kind::ExclusiveMinimum { .. } => "too_small",
        Kind::Maximum { .. } | Kind::ExclusiveMaximum { .. } => "too_big",
        Kind::MinItems { .. } | Kind::MinProperties { .. } => "too_few",
        Kind::MaxItems { .. } | Kind::MaxProperties { .. } => "too_many",
        Kind::Enum { .. } | Kind::Constant { .. } => "not_allowed",
        Kind::UniqueItems => "repeated",
        Kind::Custom { .. } => "unknown_code",
        Kind::Format { format } => of_format(format, instance).code(),
        _ => "wrong_form",
    }
}

fn of_format(format: &str, instance: &Value) -> Wrong {
    let wrong = check_of(format).zip(instance.as_str()).and_then(|(check, text)| check(text));
    wrong.unwrap_or(Wrong::Malformed)
}

fn check_of(format: &str) -> Option<Check> {
    check_digits::FORMATS.into_iter().find(|(name, _)| *name == format).map(|(_, check)| check)
}
