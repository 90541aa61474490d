//! Queries of requests, checked against the published parameters, and the cursors of listings.

use std::{
    collections::BTreeSet,
    future::{Ready, ready},
    ops::Deref,
};

use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Data};
use domain::refusal::Fault;
use persistence::Page;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use utoipa::IntoParams;
use uuid::Uuid;

use crate::{
    App,
    body::{self, MOST_FAULTS},
    cursor,
    meta::Meta,
    operations,
    problem::{Problem, Result, is_plain},
    schemas,
    secret::Pepper,
};

/// How many things a page holds unless the caller says otherwise.
pub(crate) const USUAL: u16 = 50;

/// How many things a page holds at the most.
pub(crate) const MOST: u16 = 200;

/// The parameters of a query that fit `T`, and those of paging, which every listing has.
#[derive(Clone, Debug)]
pub(crate) struct Query<T> {
    pub(crate) filter: T,
    pub(crate) page: Page,
    path: String,
    /// The filters as given, which a cursor belongs to.
    filters: String,
    pepper: Pepper,
}

/// A query without filters.
#[derive(Clone, Copy, Debug, serde::Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct NoFilter {}

impl<T> Deref for Query<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.filter
    }
}

impl<T> Query<T> {
    /// The cursor of the page after the thing with this identifier.
    pub(crate) fn cursor_after(&self, last: Uuid) -> String {
        cursor::make(&self.pepper, &self.path, &self.filters, last)
    }

    /// The address of the page with this cursor.
    pub(crate) fn link(&self, cursor: &str) -> String {
        let filters =
            if self.filters.is_empty() { String::new() } else { format!("{}&", self.filters) };
        format!("{}?{filters}limit={}&cursor={cursor}", self.path, self.page.limit)
    }
}

impl<T: DeserializeOwned + IntoParams + 'static> FromRequest for Query<T> {
    type Error = Problem;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request))
    }
}

/// Fails if there are parameters where the contract has none. Where it has some, [`Query`] tells what is wrong with them all.
///
/// Pages that people open from a message are let be: programs between add parameters of their own to addresses.
///
/// # Errors
///
/// [`Problem::InvalidParameters`].
pub(crate) fn check_none(facts: &operations::Facts, query: &str) -> Result<()> {
    let page = facts.public && facts.produces.iter().any(|kind| kind == "text/html");
    if query.is_empty() || page || facts.parameters_in("query").next().is_some() {
        return Ok(());
    }
    let pairs = pairs(query)?;
    let mut faults: Vec<Fault> =
        pairs.iter().take(MOST_FAULTS).map(|(name, _)| unknown(name)).collect();
    if faults.is_empty() {
        faults.push(unknown(""));
    }
    Err(Problem::InvalidParameters(faults))
}

/// The names and values of a query.
fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    serde_urlencoded::from_str(query).map_err(|_| Problem::Malformed)
}

/// That there is no parameter of this name, which is told unless it is odd: it is the caller's own, and may hold anything.
fn unknown(name: &str) -> Fault {
    Fault::new(if is_plain(name) { name } else { "" }, "unknown_parameter")
}

fn read<T: DeserializeOwned>(request: &HttpRequest) -> Result<Query<T>> {
    let meta = Meta::of(request);
    let pepper =
        request.app_data::<Data<App>>().map(|app| app.pepper.clone()).ok_or(Problem::NotFound)?;
    let parameters: Vec<&Value> =
        meta.operation.map(|facts| facts.parameters_in("query").collect()).unwrap_or_default();
    let Parts { given, cursor, limit, mut filters } = take_apart(&meta.query, &parameters)?;
    let filter: T = serde_json::from_value(Value::Object(given))
        .map_err(|_| Problem::InvalidParameters(vec![Fault::new("", "wrong_form")]))?;
    filters.sort();
    let filters = serde_urlencoded::to_string(&filters).map_err(Problem::internal)?;
    let page = Page { after: None, limit };
    let mut query = Query { filter, page, path: meta.path.clone(), filters, pepper };
    if let Some(cursor) = cursor {
        let after = cursor::read(&query.pepper, &query.path, &query.filters, &cursor);
        query.page.after = Some(after.ok_or(Problem::BadCursor)?);
    }
    Ok(query)
}

/// What is in a query.
pub(crate) struct Parts {
    /// What the filters say, each as the type that its schema gives it.
    pub(crate) given: Map<String, Value>,
    cursor: Option<String>,
    pub(crate) limit: u16,
    /// The filters as they were written.
    filters: Vec<(String, String)>,
}

/// Takes a query apart, and checks it against `parameters`.
pub(crate) fn take_apart(query: &str, parameters: &[&Value]) -> Result<Parts> {
    let mut faults = Vec::new();
    let mut given = Map::new();
    let (mut cursor, mut limit, mut filters) = (None, USUAL, Vec::new());
    let mut seen = BTreeSet::new();
    for (name, text) in pairs(query)? {
        let Some(parameter) = parameters.iter().find(|one| one["name"] == name) else {
            faults.push(unknown(&name));
            continue;
        };
        if !seen.insert(name.clone()) {
            faults.push(Fault::new(name, "duplicate"));
            continue;
        }
        match name.as_str() {
            "cursor" => cursor = Some(text),
            "limit" => match text.parse() {
                Ok(number) if (1..=MOST).contains(&number) => limit = number,
                Ok(_) => faults.push(Fault::new("limit", "out_of_range")),
                Err(_) => faults.push(Fault::new("limit", "wrong_type")),
            },
            _ => {
                filters.push((name.clone(), text.clone()));
                check(&parameter["schema"], &name, text, &mut given, &mut faults);
            }
        }
    }
    for parameter in parameters {
        let name = parameter["name"].as_str().unwrap_or_default();
        if parameter["required"] == true
            && !given.contains_key(name)
            && !faults.iter().any(|fault| fault.pointer == name)
        {
            faults.push(Fault::new(name, "required"));
        }
    }
    if !faults.is_empty() {
        faults.truncate(MOST_FAULTS);
        return Err(Problem::InvalidParameters(faults));
    }
    Ok(Parts { given, cursor, limit, filters })
}

/// Reads one parameter as its schema says and checks it.
fn check(
    schema: &Value,
    name: &str,
    text: String,
    given: &mut Map<String, Value>,
    faults: &mut Vec<Fault>,
) {
    let kind = match &schema["type"] {
        Value::Array(kinds) => kinds.first().cloned().unwrap_or_default(),
        kind => kind.clone(),
    };
    let value = match kind.as_str() {
        Some("integer") => text.parse::<i64>().ok().map(Value::from),
        Some("boolean") => text.parse::<bool>().ok().map(Value::from),
        _ => Some(Value::from(text)),
    };
    let Some(value) = value else {
        faults.push(Fault::new(name, "wrong_type"));
        return;
    };
    let found = body::faults(&schemas::validator(schema), &value);
    faults.extend(found.into_iter().map(|fault| Fault::new(name, fault.code)));
    given.insert(name.to_owned(), value);
}
