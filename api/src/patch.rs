//! Merge patches (RFC 7396): what is not named stays, what is null goes, objects are merged member by member.

use domain::refusal::Fault;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::{
    ToSchema,
    openapi::{
        Object, OneOfBuilder, Ref, RefOr, Schema,
        schema::{SchemaType, Type},
    },
};

use crate::{
    body,
    problem::{Problem, Result},
};

/// The schema of a patch of what `whole` describes: nothing is required, and everything that may be missing may be null.
/// The members named in `parts` are patched by the schema given there.
pub(crate) fn schema(
    whole: RefOr<Schema>,
    parts: &[(&str, &str)],
    description: &str,
) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut object)) = whole else { return whole };
    let required = std::mem::take(&mut object.required);
    for (name, property) in &mut object.properties {
        if let Some((_, part)) = parts.iter().find(|(member, _)| member == name) {
            *property = RefOr::Ref(Ref::from_schema_name(*part));
        }
        if !required.contains(name) {
            *property = or_null(property.clone());
        }
    }
    object.description = Some(description.to_owned());
    RefOr::T(Schema::Object(object))
}

/// The schema of a patch, in which one more thing can be changed.
pub(crate) fn with(schema: RefOr<Schema>, name: &str, property: RefOr<Schema>) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut object)) = schema else { return schema };
    object.properties.insert(name.to_owned(), property);
    RefOr::T(Schema::Object(object))
}

/// The schema of a patch, in which something cannot be changed.
pub(crate) fn without(schema: RefOr<Schema>, name: &str) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut object)) = schema else { return schema };
    object.properties.shift_remove(name);
    RefOr::T(Schema::Object(object))
}

fn or_null(schema: RefOr<Schema>) -> RefOr<Schema> {
    let kinds = |kind: &SchemaType| match kind {
        SchemaType::Type(kind) => Some(SchemaType::Array(vec![kind.clone(), Type::Null])),
        SchemaType::Array(_) | SchemaType::AnyValue => None,
    };
    match schema {
        RefOr::T(Schema::Object(mut object)) if kinds(&object.schema_type).is_some() => {
            object.schema_type = kinds(&object.schema_type).unwrap_or_default();
            return RefOr::T(Schema::Object(object));
        }
        RefOr::T(Schema::Array(mut array)) if kinds(&array.schema_type).is_some() => {
            array.schema_type = kinds(&array.schema_type).unwrap_or_default();
            return RefOr::T(Schema::Array(array));
        }
        _ => {}
    }
    let null = Object::with_type(SchemaType::new(Type::Null));
    let description = "What it becomes; `null` takes it away.";
    OneOfBuilder::new().item(schema).item(null).description(Some(description)).into()
}

/// Applies `patch` to `whole`, and checks the outcome against the schema of `T`. `at` is where the patch is in the body.
///
/// # Errors
///
/// [`Problem::Invalid`] if the outcome does not fit the schema.
pub(crate) fn apply<T: Serialize + DeserializeOwned + ToSchema + 'static>(
    whole: &T,
    patch: &Map<String, Value>,
    at: &str,
) -> Result<T> {
    let mut value = serde_json::to_value(whole).map_err(Problem::internal)?;
    merge(&mut value, &Value::Object(patch.clone()));
    // Which words are wrong was found in the patch.
    body::read(value).map(|(patched, _)| patched).map_err(|problem| match problem {
        Problem::Invalid(faults) => Problem::Invalid(
            faults
                .into_iter()
                .map(|fault| Fault::new(format!("{at}{}", fault.pointer), fault.code))
                .collect(),
        ),
        problem => problem,
    })
}

/// Merges `patch` into `target` (RFC 7396).
pub(crate) fn merge(target: &mut Value, patch: &Value) {
    let Value::Object(members) = patch else {
        *target = patch.clone();
        return;
    };
    if !target.is_object() {
        *target = Value::Object(Map::new());
    }
    let Value::Object(object) = target else { return };
    for (name, member) in members {
        if member.is_null() {
            object.shift_remove(name);
        } else {
            merge(object.entry(name.clone()).or_insert(Value::Null), member);
        }
    }
}
