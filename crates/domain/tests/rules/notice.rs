//! A notice goes out again until it has been sent, ever more seldom, and what was done first counts.

use chrono::TimeDelta;
use domain::{
    id::Id,
    notice::{Kind, Notice, next_try},
    person::Channel,
    time::Moment,
};
use uuid::Uuid;

fn at(minutes: i64) -> Moment {
    Moment::from_timestamp(1_780_000_000 + 60 * minutes).expect("in range")
}

fn notice() -> Notice {
    let (id, person) = (Id::new(Uuid::from_u128(1)), Id::new(Uuid::from_u128(2)));
    Notice::new(id, person, Kind::AccessGiven, "/v1/grants/1", Channel::Email, at(0))
}

#[test]
fn a_new_notice_is_due_at_once() {
    let notice = notice();
    assert_eq!((notice.created_at, notice.next_try_at, notice.tries), (at(0), at(0), 0));
    assert_eq!((notice.sent_at, notice.read_at), (None, None));
    assert_eq!(notice.reference, "/v1/grants/1");
}

#[test]
fn each_try_waits_twice_as_long_as_the_one_before_up_to_a_day() {
    let mut notice = notice();
    let mut waited = Vec::new();
    for _ in 0..11 {
        let now = notice.next_try_at;
        notice = notice.tried(now);
        waited.push(notice.next_try_at.since(now).num_minutes());
    }
    assert_eq!(waited, [5, 10, 20, 40, 80, 160, 320, 640, 1280, 1280, 1280]);
    assert_eq!(notice.tries, 11);
    assert_eq!(next_try(u32::MAX, at(0)).since(at(0)), TimeDelta::minutes(1280));
}

#[test]
fn the_first_time_that_it_was_sent_or_read_counts() {
    let notice = notice().sent(at(1)).read(at(2)).sent(at(3)).read(at(4));
    assert_eq!((notice.sent_at, notice.read_at), (Some(at(1)), Some(at(2))));
}

#[test]
fn every_kind_has_a_text_of_its_own() {
    let mut keys: Vec<_> = Kind::ALL.iter().map(|kind| kind.key()).collect();
    assert!(
        keys.iter().all(|key| key.strip_prefix("notice-").is_some_and(|rest| !rest.is_empty()))
    );
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), Kind::ALL.len());
}
