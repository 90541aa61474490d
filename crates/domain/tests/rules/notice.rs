//! A notice goes out again until it has been sent, ever more seldom, and what was done first counts.

use chrono::TimeDelta;
use domain::{
    id::Id,
    localized::Language,
    notice::{Kind, Notice, next_try},
    person::{Channel, Facts},
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

fn reached(channel: Channel, address: Option<&str>, phone: Option<&str>) -> Facts {
    Facts {
        name: "Aino Esimerkki".to_owned(),
        email: "aino@example.fi".to_owned(),
        phone: phone.map(str::to_owned),
        address: address.map(str::to_owned),
        language: Language::Fi,
        channel,
        title: None,
    }
}

#[test]
fn what_waits_goes_the_way_that_leads_to_the_person_now() {
    use Channel::{Email, Phone, Post, Sms};
    let waiting = |channel| Notice { channel, ..notice().tried(at(1)) };
    let letters = reached(Post, Some("Kuja 1"), None);
    let mails = reached(Email, None, Some("040 000 0000"));
    let way = |channel, before: &Facts, now: &Facts| {
        let moved = waiting(channel).redirected(before, now, at(9))?;
        assert_eq!((moved.tries, moved.next_try_at), (0, at(9)), "it is due");
        Some(moved.channel)
    };
    assert_eq!(way(Post, &letters, &mails), Some(Email));
    assert_eq!(way(Email, &mails, &letters), Some(Post));
    assert_eq!(way(Phone, &mails, &letters), Some(Post), "there is no number any more");
    let both = reached(Post, Some("Kuja 1"), Some("040 000 0000"));
    assert_eq!(way(Phone, &mails, &both), None, "it was chosen for the occasion");
    assert_eq!(
        way(Sms, &reached(Sms, None, Some("1")), &reached(Phone, None, Some("1"))),
        Some(Phone)
    );
    assert_eq!(way(Email, &mails, &reached(Email, None, None)), None);
    let elsewhere = Facts { email: "aino@uusi.example".to_owned(), ..mails.clone() };
    assert_eq!(way(Email, &mails, &elsewhere), Some(Email), "it was sent to nowhere before");
    assert_eq!(
        way(Post, &letters, &Facts { address: Some("Kuja 2".to_owned()), ..letters.clone() }),
        None
    );
    let sent = waiting(Post).sent(at(2));
    assert_eq!(sent.redirected(&letters, &mails, at(9)), None);
}

#[test]
fn what_does_not_wait_any_more_is_dropped_unless_it_was_sent() {
    let dropped = notice().dropped(at(1)).expect("it waits");
    assert_eq!((dropped.dropped_at, dropped.sent_at, dropped.waits()), (Some(at(1)), None, false));
    assert_eq!(dropped.clone().dropped(at(2)), None);
    let (mails, letters) =
        (reached(Channel::Email, None, None), reached(Channel::Post, Some("Kuja 1"), None));
    assert_eq!(dropped.redirected(&mails, &letters, at(2)), None);
    assert_eq!(notice().sent(at(1)).dropped(at(2)), None);
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
