//! Moments and days: what is written in UTC is a day in Finland, also where the clocks change.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use domain::time::{Day, Moment};

fn moment(text: &str) -> Moment {
    serde_json::from_value(text.into()).expect("a moment")
}

fn day(text: &str) -> Day {
    serde_json::from_value(text.into()).expect("a day")
}

#[test]
fn the_day_and_the_clock_are_those_of_finland() {
    let cases = [
        ("2026-11-22T21:59:59Z", "2026-11-22", (23, 59)),
        ("2026-11-22T22:00:00Z", "2026-11-23", (0, 0)),
        ("2026-07-01T20:59:59Z", "2026-07-01", (23, 59)),
        ("2026-07-01T21:07:00Z", "2026-07-02", (0, 7)),
    ];
    for (at, on, clock) in cases {
        assert_eq!((moment(at).day(), moment(at).clock()), (day(on), clock), "{at}");
    }
}

#[test]
fn a_day_ends_a_second_before_the_next_one_also_when_the_clocks_change() {
    let cases = [
        ("2026-11-22", "2026-11-22T21:59:59Z"),
        ("2026-03-28", "2026-03-28T21:59:59Z"),
        ("2026-03-29", "2026-03-29T20:59:59Z"),
        ("2026-10-24", "2026-10-24T20:59:59Z"),
        ("2026-10-25", "2026-10-25T21:59:59Z"),
    ];
    for (on, end) in cases {
        assert_eq!(day(on).end(), moment(end), "{on}");
        assert_eq!(day(on).end().day(), day(on), "{on}");
    }
}

#[test]
fn months_begin_and_end_as_in_the_calendar() {
    let of_month = |text| (day(text).begins_month(), day(text).ends_month());
    assert_eq!(of_month("2026-02-01"), (true, false));
    assert_eq!(of_month("2026-02-27"), (false, false));
    assert_eq!(of_month("2026-02-28"), (false, true));
    assert_eq!(of_month("2028-02-28"), (false, false));
    assert_eq!(of_month("2028-02-29"), (false, true));
    assert_eq!(of_month("2026-12-31"), (false, true));
}

#[test]
fn a_day_is_one_of_the_calendar_and_reads_as_it_was_written() {
    assert_eq!(Day::new(2026, 2, 29), None);
    let leap = Day::new(2028, 2, 29).expect("a leap year");
    assert_eq!((leap.to_string(), leap.year()), ("2028-02-29".to_owned(), 2028));
    assert_eq!(leap.later(1), day("2028-03-01"));
    assert_eq!(leap.later(0), leap);
    assert_eq!(Day::from(NaiveDate::from(leap)), leap);
}

#[test]
fn a_moment_has_whole_seconds_and_is_counted_on() {
    let at = moment("2026-11-22T10:00:00.987Z");
    assert_eq!(at, moment("2026-11-22T12:00:00+02:00"));
    assert_eq!(serde_json::to_value(at).expect("JSON"), "2026-11-22T10:00:00Z");
    assert_eq!(Moment::from_timestamp(at.timestamp()), Some(at));
    assert_eq!(Moment::from_timestamp(i64::MAX), None);
    let later = at.plus(TimeDelta::minutes(90));
    assert_eq!(later, moment("2026-11-22T11:30:00Z"));
    assert_eq!(later.since(at), TimeDelta::minutes(90));
    assert_eq!(DateTime::<Utc>::from(at).timestamp(), at.timestamp());
}
