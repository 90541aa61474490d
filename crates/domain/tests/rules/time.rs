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

#[test]
fn a_moment_is_of_a_year_from_1_to_9999_wherever_it_was_written() {
    let reads = |text: &str| serde_json::from_value::<Moment>(text.into()).ok();
    let (first, last) = (moment("0001-01-01T00:00:00Z"), moment("9999-12-31T23:59:59Z"));
    assert_eq!(reads("9999-12-31T21:59:59-02:00"), Some(last));
    assert_eq!(reads("0001-01-01T14:00:00+14:00"), Some(first));
    for outside in [
        "9999-12-31T23:00:00-12:00",
        "9999-12-31T22:00:00-02:00",
        "0000-01-01T00:00:00+14:00",
        "0000-12-31T23:59:59Z",
        "0001-01-01T13:59:59+14:00",
        "+10000-01-01T00:00:01Z",
        "-0001-01-01T00:00:00Z",
    ] {
        assert_eq!(Moment::parse(outside), None, "{outside}");
        // It may have been stored before there were bounds.
        let nearest =
            if outside.contains("9999") || outside.contains("10000") { last } else { first };
        assert_eq!(reads(outside), Some(nearest), "{outside}");
    }
    assert_eq!(Moment::from_timestamp(last.timestamp() + 1), None);
    assert_eq!(Moment::from_timestamp(first.timestamp() - 1), None);
    assert_eq!(Moment::from_timestamp(first.timestamp()), Some(first));
    // What is counted on stays within, and what is written is text of the same length, which sorts as it should.
    for delta in [TimeDelta::seconds(1), TimeDelta::days(400_000), TimeDelta::MAX] {
        assert_eq!((last.plus(delta), first.plus(-delta)), (last, first), "{delta}");
        assert_eq!(Moment::from(DateTime::<Utc>::MAX_UTC), last);
        assert_eq!(Moment::from(DateTime::<Utc>::MIN_UTC), first);
    }
    assert_eq!(
        serde_json::to_value(last.plus(TimeDelta::days(1))).expect("JSON"),
        "9999-12-31T23:59:59Z"
    );
}

#[test]
fn a_text_of_a_moment_is_one_of_rfc_3339() {
    for text in ["2026-11-22T10:00:00Z", "2026-11-22t10:00:00.5z", "2026-11-22T12:00:00+02:00"] {
        assert_eq!(Moment::parse(text).map(|at| at.timestamp()), Some(1_795_341_600), "{text}");
    }
    for text in [
        "2026-11-22 10:00:00Z",
        "2026-11-22T10:00:00",
        "2026-11-22T12:00:00\u{2212}02:00",
        "2026-11-22",
        "",
    ] {
        assert_eq!(Moment::parse(text), None, "{text}");
    }
    // A second that only UTC has is told as the one before it: one of the databases has no place for it.
    assert_eq!(moment("2016-12-31T23:59:60Z"), moment("2016-12-31T23:59:59Z"));
}

#[test]
fn a_day_is_of_a_year_from_1_to_9999() {
    let reads = |text: &str| serde_json::from_value::<Day>(text.into()).ok();
    let (first, last) = (day("0001-01-01"), day("9999-12-31"));
    for (outside, nearest) in
        [("0000-12-31", first), ("+10000-01-01", last), ("-0001-12-31", first)]
    {
        // It may have been stored before there were bounds.
        assert_eq!((reads(outside), Day::parse(outside)), (Some(nearest), None), "{outside}");
    }
    assert_eq!((Day::new(0, 12, 31), Day::new(10_000, 1, 1)), (None, None));
    assert_eq!((Day::parse("9999-12-31"), Day::parse("2026-2-1")), (Some(last), None));
    assert_eq!((last.later(1), last.later(u32::MAX)), (last, last));
    assert_eq!((Day::from(NaiveDate::MIN), Day::from(NaiveDate::MAX)), (first, last));
    // In Finland the next year has begun.
    assert_eq!(moment("9999-12-31T23:00:00Z").day(), last);
    assert_eq!(last.end(), moment("9999-12-31T21:59:59Z"));
}
