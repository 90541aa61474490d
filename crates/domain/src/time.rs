//! Points in time and calendar days.

use std::{borrow::Cow, fmt};

use chrono::{
    DateTime, Datelike, Days, NaiveDate, NaiveTime, SubsecRound, TimeDelta, Timelike, Utc,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat,
        schema::{SchemaType, Type},
    },
};

/// A calendar day in Finland.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Day(NaiveDate);

/// A moment in UTC, to the second, so that it reads back from either database as it was written.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Moment(DateTime<Utc>);

impl Moment {
    /// The moment `seconds` after the beginning of 1970, if that can be written as a date.
    pub fn from_timestamp(seconds: i64) -> Option<Self> {
        DateTime::from_timestamp(seconds, 0).map(Self)
    }

    /// Seconds since the beginning of 1970.
    pub fn timestamp(self) -> i64 {
        self.0.timestamp()
    }

    /// The day it is in Finland at this moment: dates and working days are Europe/Helsinki.
    pub fn day(self) -> Day {
        Day(self.0.with_timezone(&chrono_tz::Europe::Helsinki).date_naive())
    }

    /// The hour and the minute it is in Finland at this moment.
    pub fn clock(self) -> (u32, u32) {
        let time = self.0.with_timezone(&chrono_tz::Europe::Helsinki).time();
        (time.hour(), time.minute())
    }

    /// The moment `delta` later.
    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self(self.0 + delta)
    }

    /// How long after `earlier` this is.
    pub fn since(self, earlier: Self) -> TimeDelta {
        self.0 - earlier.0
    }
}

impl From<DateTime<Utc>> for Moment {
    fn from(at: DateTime<Utc>) -> Self {
        Self(at.trunc_subsecs(0))
    }
}

impl From<Moment> for DateTime<Utc> {
    fn from(at: Moment) -> Self {
        at.0
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        DateTime::<Utc>::deserialize(deserializer).map(Self::from)
    }
}

impl PartialSchema for Moment {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .max_length(Some(35))
            .description(Some("A moment, in UTC, to the second."))
            .examples(["2026-11-22T10:00:00Z"])
            .into()
    }
}

impl ToSchema for Moment {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Moment")
    }
}

impl Day {
    /// The day of a year, a month and a day of the month, if there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).map(Self)
    }

    /// The last moment of the day in Finland.
    #[must_use]
    pub fn end(self) -> Moment {
        let midnight = self.later(1).0.and_time(NaiveTime::MIN);
        let midnight = midnight.and_local_timezone(chrono_tz::Europe::Helsinki).earliest();
        let midnight = midnight.map(|at| Moment::from(at.to_utc()));
        midnight.expect("clocks in Finland never skip midnight").plus(TimeDelta::seconds(-1))
    }

    /// Whether it is the first of a month.
    pub fn begins_month(self) -> bool {
        self.0.day() == 1
    }

    /// Whether it is the last of a month.
    pub fn ends_month(self) -> bool {
        self.0.succ_opt().is_some_and(|next| next.day() == 1)
    }

    /// The day so many days later.
    #[must_use]
    pub fn later(self, days: u32) -> Self {
        self.0.checked_add_days(Days::new(days.into())).map_or(self, Self)
    }

    /// The year it is in.
    pub fn year(self) -> i32 {
        self.0.year()
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl From<NaiveDate> for Day {
    fn from(day: NaiveDate) -> Self {
        Self(day)
    }
}

impl From<Day> for NaiveDate {
    fn from(day: Day) -> Self {
        day.0
    }
}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(SchemaType::new(Type::String))
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .min_length(Some(10))
            .max_length(Some(10))
            .description(Some("A calendar day in Finland."))
            .examples(["2026-12-01"])
            .into()
    }
}

impl ToSchema for Day {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Day")
    }
}
