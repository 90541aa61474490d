//! How identifiers, moments and days look in a row.

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{
    id::Id,
    time::{Day, Moment},
};
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{Error, Result};

pub(crate) fn from_id<T>(id: Id<T>) -> String {
    id.to_string()
}

pub(crate) fn to_id<T>(table: &'static str, text: &str) -> Result<Id<T>> {
    Uuid::parse_str(text).map(Id::new).map_err(|_| Error::corrupt(table, text, "id"))
}

pub(crate) fn from_moment(at: Moment) -> NaiveDateTime {
    DateTime::<Utc>::from(at).naive_utc()
}

pub(crate) fn to_moment(at: NaiveDateTime) -> Moment {
    at.and_utc().into()
}

pub(crate) fn from_day(day: Day) -> NaiveDate {
    day.into()
}

/// The name that an enum has in the contract, for a column that queries filter by.
pub(crate) fn from_name<T: Serialize>(name: &T) -> String {
    match serde_json::to_value(name) {
        Ok(serde_json::Value::String(name)) => name,
        other => unreachable!("only enums without data have names, and this is {other:?}"),
    }
}

/// Reads an enum from the name that [`from_name`] gave it.
pub(crate) fn to_name<T: DeserializeOwned>(table: &'static str, name: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned()))
        .map_err(|_| Error::corrupt(table, name, "name"))
}
