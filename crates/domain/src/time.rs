//! Points in time and calendar days.

use std::{borrow::Cow, fmt};

use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveTime, TimeDelta, Timelike, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, RefOr, Schema, SchemaFormat,
        schema::{SchemaType, Type},
    },
};

/// A calendar day in Finland, of a year with four digits: see [`Moment`].
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(transparent)]
pub struct Day(NaiveDate);

/// A moment in UTC, to the second, so that it reads back from either database as it was written.
///
/// **Invariant:** it is of a year from 1 to 9999. RFC 3339 has four digits for a year, and a database that keeps moments as
/// text takes one with five for the earliest of all.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Moment(DateTime<Utc>);

/// The first second of the year 1, counted from the beginning of 1970.
const FIRST_SECOND: i64 = -62_135_596_800;

/// The last second of the year 9999.
const LAST_SECOND: i64 = 253_402_300_799;

impl Moment {
    /// The moment `seconds` after the beginning of 1970, if that is of a year from 1 to 9999.
    pub fn from_timestamp(seconds: i64) -> Option<Self> {
        let within = (FIRST_SECOND..=LAST_SECOND).contains(&seconds);
        DateTime::from_timestamp(seconds, 0).filter(|_| within).map(Self)
    }

    /// The moment that a text of RFC 3339 tells, if it is of a year from 1 to 9999 in UTC, wherever its own offset is from.
    pub fn parse(text: &str) -> Option<Self> {
        // The library lets a blank stand between day and time, and a sign that is not ASCII before an offset.
        let strict = text.is_ascii() && matches!(text.as_bytes().get(10), Some(b'T' | b't'));
        let at = DateTime::parse_from_rfc3339(text).ok().filter(|_| strict)?;
        Self::from_timestamp(at.timestamp())
    }

    /// Seconds since the beginning of 1970.
    pub fn timestamp(self) -> i64 {
        self.0.timestamp()
    }

    /// The day it is in Finland at this moment: dates and working days are Europe/Helsinki.
    pub fn day(self) -> Day {
        self.0.with_timezone(&chrono_tz::Europe::Helsinki).date_naive().into()
    }

    /// The hour and the minute it is in Finland at this moment.
    pub fn clock(self) -> (u32, u32) {
        let time = self.0.with_timezone(&chrono_tz::Europe::Helsinki).time();
        (time.hour(), time.minute())
    }

    /// The moment `delta` later, or the last one there is.
    #[must_use]
    pub fn plus(self, delta: TimeDelta) -> Self {
        Self::nearest(self.timestamp().saturating_add(delta.num_seconds()))
    }

    /// The moment `seconds` after the beginning of 1970, or the first or the last one there is.
    fn nearest(seconds: i64) -> Self {
        let within = DateTime::from_timestamp(seconds.clamp(FIRST_SECOND, LAST_SECOND), 0);
        Self(within.unwrap_or(DateTime::UNIX_EPOCH))
    }

    /// How long after `earlier` this is.
    pub fn since(self, earlier: Self) -> TimeDelta {
        self.0 - earlier.0
    }
}

impl From<DateTime<Utc>> for Moment {
    /// The moment, or the first or the last one there is.
    fn from(at: DateTime<Utc>) -> Self {
        Self::nearest(at.timestamp())
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
    /// What is stored may be older than the bounds, and is then the first or the last moment there is. What is sent is held to
    /// them before it comes here: the published format of a moment is what [`Moment::parse`] takes.
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
            .description(Some("A moment, in UTC, to the second, of a year from 0001 to 9999."))
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
    /// The day of a year from 1 to 9999, a month and a day of the month, if there is one.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).and_then(Self::within)
    }

    /// The day that a full date of RFC 3339 tells, if it is of a year from 1 to 9999.
    pub fn parse(text: &str) -> Option<Self> {
        let strict =
            text.len() == 10 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'-'));
        text.parse().ok().filter(|_| strict).and_then(Self::within)
    }

    /// The day, if its year is from 1 to 9999.
    fn within(day: NaiveDate) -> Option<Self> {
        (1..=9999).contains(&day.year()).then_some(Self(day))
    }

    /// The last moment of the day in Finland.
    #[must_use]
    pub fn end(self) -> Moment {
        let next = self.0.succ_opt().unwrap_or(self.0);
        let midnight = next.and_time(NaiveTime::MIN);
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

    /// The day so many days later, or the last one there is.
    #[must_use]
    pub fn later(self, days: u32) -> Self {
        self.0.checked_add_days(Days::new(days.into())).unwrap_or(NaiveDate::MAX).into()
    }

    /// The day so many days earlier, or the first one there is.
    #[must_use]
    pub fn earlier(self, days: u32) -> Self {
        let day = self.0.checked_sub_days(Days::new(days.into())).and_then(Self::within);
        day.unwrap_or_else(|| NaiveDate::from_ymd_opt(1, 1, 1).unwrap_or(self.0).into())
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
    /// The day, or the first or the last one there is.
    fn from(day: NaiveDate) -> Self {
        let nearest = if day.year() < 1 { (1, 1, 1) } else { (9999, 12, 31) };
        let nearest = || NaiveDate::from_ymd_opt(nearest.0, nearest.1, nearest.2);
        Self::within(day).or_else(|| nearest().map(Self)).unwrap_or(Self(day))
    }
}

impl<'de> Deserialize<'de> for Day {
    /// What is stored may be older than the bounds, and is then the first or the last day there is, as with [`Moment`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        NaiveDate::deserialize(deserializer).map(Self::from)
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
            .description(Some("A calendar day in Finland, of a year from 0001 to 9999."))
            .examples(["2026-12-01"])
            .into()
    }
}

impl ToSchema for Day {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("Day")
    }
}
