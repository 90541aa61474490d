//! Merge patches (RFC 7396): what is not named stays, what is null goes, objects are merged member by member.

use domain::refusal::Fault;
use persistence::{Session, Stored};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use utoipa::{
    ToSchema,
    openapi::{
        Object, OneOfBuilder, Ref, RefOr, Schema,
        schema::{AdditionalProperties, SchemaType, Type},
    },
};

use crate::{
    body,
    problem::{Problem, Result},
};

/// Defines the body of a PATCH: a merge patch of a thing, with what its schema says, without members that cannot be changed, and
/// with one that is kept elsewhere.
macro_rules! merge_patch {
    (
        $(#[$meta:meta])*
        $vis:vis struct $name:ident of $whole:ty: $description:literal
        $(, without $gone:literal)*
        $(, with $more:literal as $kind:ty)?
    ) => {
        $(#[$meta])*
        #[derive(Clone, serde::Deserialize)]
        #[serde(transparent)]
        $vis struct $name($vis serde_json::Map<String, serde_json::Value>);

        impl utoipa::PartialSchema for $name {
            fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
                let schema = $crate::patch::schema::<$whole>($description);
                $(let schema = $crate::patch::without(schema, $gone);)*
                $(let schema = $crate::patch::with(schema, $more, <$kind as utoipa::PartialSchema>::schema());)?
                schema
            }
        }

        impl utoipa::ToSchema for $name {
            fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
                <$whole as utoipa::ToSchema>::schemas(schemas);
                $crate::patch::gather_parts::<$whole>(schemas);
            }
        }
    };
}
pub(crate) use merge_patch;

/// Schemas by their names.
type Schemas = Vec<(String, RefOr<Schema>)>;

/// The schema of a patch of a `T`: nothing is required, everything that may be missing may be null, and what is an object is
/// patched in turn. What is in a list is not: a list is replaced as a whole.
pub(crate) fn schema<T: ToSchema>(description: &str) -> RefOr<Schema> {
    let mut known = Vec::new();
    T::schemas(&mut known);
    patched(T::schema(), &known, description)
}

/// Adds the patches of the objects in a `T`, each by the name of what it patches.
pub(crate) fn gather_parts<T: ToSchema>(schemas: &mut Schemas) {
    let mut known = Vec::new();
    T::schemas(&mut known);
    gather(&T::schema(), &known, schemas);
}

fn gather(whole: &RefOr<Schema>, known: &Schemas, schemas: &mut Schemas) {
    let RefOr::T(Schema::Object(object)) = whole else { return };
    for (name, part) in object.properties.values().filter_map(|property| part(property, known)) {
        let patch = format!("{name}{PATCH}");
        if !schemas.iter().any(|(name, _)| *name == patch) {
            let description = object_of(part).and_then(|object| object.description.clone());
            let description = format!("{}\n\n{MERGE}", description.unwrap_or_default());
            schemas.push((patch, patched(part.clone(), known, description.trim())));
            gather(part, known, schemas);
        }
    }
}

/// What the name of a patch ends with.
const PATCH: &str = "Patch";

/// What is said of every part of a patch.
const MERGE: &str = "A merge patch: what is not named stays, what is null goes.";

/// The object that a property refers to, with its name.
fn part<'a>(property: &RefOr<Schema>, known: &'a Schemas) -> Option<(&'a str, &'a RefOr<Schema>)> {
    let reference = match property {
        RefOr::Ref(reference) => reference,
        RefOr::T(Schema::AllOf(all)) => only(&all.items)?,
        RefOr::T(Schema::OneOf(one)) => only(&one.items)?,
        RefOr::T(_) => return None,
    };
    let name = reference.ref_location.rsplit('/').next()?;
    let (name, part) = known.iter().find(|(known, _)| known == name)?;
    object_of(part).filter(|object| !object.properties.is_empty())?;
    Some((name, part))
}

/// The one reference among these.
fn only(items: &[RefOr<Schema>]) -> Option<&Ref> {
    match items {
        [RefOr::Ref(reference)] => Some(reference),
        _ => None,
    }
}

fn object_of(schema: &RefOr<Schema>) -> Option<&Object> {
    match schema {
        RefOr::T(Schema::Object(object)) => Some(object),
        _ => None,
    }
}

fn patched(whole: RefOr<Schema>, known: &Schemas, description: &str) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut object)) = whole else { return whole };
    let required = std::mem::take(&mut object.required);
    for (name, property) in &mut object.properties {
        let what = described(property);
        if let Some((part, _)) = part(property, known) {
            let mut patch = Ref::from_schema_name(format!("{part}{PATCH}"));
            patch.description = what.clone().unwrap_or_default();
            *property = RefOr::Ref(patch);
        }
        if !required.contains(name) {
            *property = or_null(property.clone(), what);
        }
    }
    object.description = Some(description.to_owned());
    // Nothing is taken that is not there to be changed, whatever it is a patch of.
    object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
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

/// What is said of a property that refers to something.
fn described(property: &RefOr<Schema>) -> Option<String> {
    let description = match property {
        RefOr::Ref(reference) => Some(reference.description.clone()),
        RefOr::T(Schema::AllOf(all)) => all.description.clone(),
        RefOr::T(Schema::OneOf(one)) => one.description.clone(),
        RefOr::T(_) => None,
    };
    description.filter(|description| !description.is_empty())
}

/// What may also be null, with what is said of it, if that is not in `schema`.
fn or_null(schema: RefOr<Schema>, what: Option<String>) -> RefOr<Schema> {
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
    let schema = match schema {
        RefOr::Ref(reference) => RefOr::Ref(Ref::new(reference.ref_location)),
        schema => schema,
    };
    let what = what.unwrap_or_else(|| "What it becomes.".to_owned());
    let description = format!("{what} `null` takes it away.");
    OneOfBuilder::new().item(schema).item(null).description(Some(description)).into()
}

/// Applies `patch` to `whole`, which is a `T` or nothing yet, and checks the outcome against the schema of `T`. `at` is where the
/// patch is in the body.
///
/// # Errors
///
/// [`Problem::Invalid`] if the outcome does not fit the schema.
pub(crate) fn apply<T: DeserializeOwned + ToSchema + 'static>(
    whole: &impl Serialize,
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

/// Saves what a patch has made of the `stored` thing. What changes nothing makes no new version: the tag that others have of it
/// stays good.
///
/// # Errors
///
/// Those of `save`.
pub(crate) fn save<T: PartialEq>(
    session: &mut Session<'_>,
    stored: Stored<T>,
    patched: T,
    save: impl FnOnce(&mut Session<'_>, &Stored<T>, T) -> persistence::Result<Stored<T>>,
) -> Result<Stored<T>> {
    if patched == stored.thing { Ok(stored) } else { Ok(save(session, &stored, patched)?) }
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
