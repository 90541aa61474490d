//! People who leave and come back, and the address that they sign in with.

use chrono::TimeDelta;
use domain::{
    localized::Language,
    person::{
        Channel, Facts, Person,
        address::{USABLE, WAIT},
        email_key,
        standing::{Event, WORKFLOW},
    },
    refusal::{Refusal, Rule},
    time::Moment,
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::full::full;
use crate::made_up::id;
use crate::table;

const OLD: &str = "aino@vanha.example";
const NEW: &str = "Aino@Uusi.example";

fn at(seconds: i64) -> Moment {
    Moment::from_timestamp(1_780_000_000 + seconds).expect("in range")
}

fn aino() -> Person {
    let facts = Facts {
        name: "Aino Esimerkki".to_owned(),
        email: OLD.to_owned(),
        phone: None,
        address: None,
        language: Language::Fi,
        channel: Channel::Email,
        title: None,
    };
    Person::new(id(1), id(2), facts)
}

fn deactivate(by: u128) -> Event {
    Event::Deactivate { by: id(by), reason: "työsuhde päättyi".to_owned() }
}

#[test]
fn the_whole_table() {
    let left = aino().apply(deactivate(9), at(0)).expect("she is active");
    let states = [("active", aino()), ("deactivated", left)];
    let events = [
        ("deactivate", "deactivate", deactivate(9)),
        ("deactivate oneself", "deactivate", deactivate(1)),
        ("reactivate", "reactivate", Event::Reactivate { by: id(9) }),
    ];
    let table = table::table(&WORKFLOW, &states, &events, |person, event| {
        person.apply(event, at(1)).map(|person| person.state.name())
    });
    expect_file!["../golden/person.txt"].assert_eq(&table);
}

#[test]
fn nobody_is_reached_by_a_channel_without_what_it_leads_to() {
    let wrong = |channel, phone: Option<&str>, address: Option<&str>| {
        let (phone, address) = (phone.map(str::to_owned), address.map(str::to_owned));
        let facts = Facts { channel, phone, address, ..aino().facts };
        let fault = facts.faults("/facts").pop();
        fault.map(|fault| (fault.pointer, fault.code))
    };
    let missing = |pointer: &str| Some((pointer.to_owned(), "channel_needs_it"));
    assert_eq!(wrong(Channel::Email, None, None), None);
    assert_eq!(wrong(Channel::Post, Some("040"), None), missing("/facts/address"));
    assert_eq!(wrong(Channel::Post, Some("040"), Some(" ")), missing("/facts/address"));
    assert_eq!(wrong(Channel::Post, None, Some("Kuja 1")), None);
    for channel in [Channel::Sms, Channel::Phone] {
        assert_eq!(wrong(channel, None, Some("Kuja 1")), missing("/facts/phone"));
        assert_eq!(wrong(channel, Some("040"), None), None);
    }
}

#[test]
fn what_became_of_somebody_stays_on_record() {
    let left = aino().apply(deactivate(9), at(0)).expect("she is active");
    let back = left.apply(Event::Reactivate { by: id(8) }, at(5)).expect("she has left");
    let told: Vec<_> = back.record.iter().map(|entry| (entry.by, entry.at)).collect();
    assert_eq!(told, [(id(9), at(0)), (id(8), at(5))]);
    assert_eq!(back.record[0].reason.as_deref(), Some("työsuhde päättyi"));
}

#[test]
fn an_address_is_corrected_only_before_it_was_signed_in_with() {
    let corrected = aino().correct_address(NEW.to_owned()).expect("she has never signed in");
    assert_eq!(corrected.facts.email, NEW);
    let here = aino().arrive(at(0)).expect("it is the first time");
    let refused = here.clone().correct_address(NEW.to_owned());
    assert_eq!(refused, Err(Refusal::Rule(Rule::HasSignedIn)));
    assert!(here.correct_address(OLD.to_uppercase()).is_ok(), "it is the same address");
}

#[test]
fn an_address_is_nobody_elses_however_much_alike_it_looks() {
    let with = |email: &str| {
        let mut person = aino();
        person.facts.email = email.to_owned();
        person
    };
    let kalle = with("kalle@x.example");
    assert!(kalle.has_address("Kalle@X.example"));
    for other in ["\u{212a}alle@x.example", " kalle@x.example", "kalle@x.example\u{a0}", ""] {
        assert!(!kalle.has_address(other), "{other:?}");
        let signed_in = kalle.arrive(at(0)).expect("it is the first time");
        assert!(signed_in.correct_address(other.to_owned()).is_err(), "{other:?}");
    }
    assert!(!with("äiti@x.example").has_address("Äiti@x.example"));
    assert_eq!(email_key("äiti@x.example"), email_key("Äiti@X.example"), "no two people have both");
    assert_eq!(email_key("kalle@x.example"), email_key("\u{212a}alle@x.example"));
}

#[test]
fn another_address_is_asked_for_by_somebody_else_and_for_those_who_are_there() {
    assert_eq!(
        aino().ask_address(NEW.to_owned(), id(1), at(0)),
        Err(Refusal::Rule(Rule::OwnAccount))
    );
    let left = aino().apply(deactivate(9), at(0)).expect("she is active");
    let refused = left.ask_address(NEW.to_owned(), id(9), at(0));
    assert_eq!(refused, Err(Refusal::Rule(Rule::PersonDeactivated)));
    let asked = aino().ask_address(NEW.to_owned(), id(9), at(0)).expect("she is active");
    let left = asked.apply(deactivate(9), at(1)).expect("she is active");
    assert!(!left.awaits(NEW, at(0).plus(WAIT)));
}

proptest! {
    /// Until the time to object is over, and once the old address was signed in with, nothing but the old address counts.
    #[test]
    fn an_address_that_was_asked_for_is_good_between_two_moments(seconds in 0_i64..3_000_000) {
        let asked = aino().ask_address(NEW.to_owned(), id(9), at(0)).expect("she is active");
        let now = at(seconds);
        let waited = now.since(at(0)) >= WAIT && now.since(at(0)) < WAIT + USABLE;
        prop_assert_eq!(asked.awaits(&NEW.to_lowercase(), now), waited);
        prop_assert!(!asked.awaits("somebody@else.example", now));
        let here = asked.arrive(at(1)).expect("it takes back what was asked");
        prop_assert!(!here.awaits(NEW, now));
        let moved = asked.move_to(NEW.to_owned(), now);
        prop_assert_eq!((moved.facts.email.as_str(), moved.new_address.is_none()), (NEW, true));
    }
}

#[test]
fn signing_in_again_changes_nothing() {
    let here = aino().arrive(at(0)).expect("it is the first time");
    assert_eq!(here.signed_in, Some(at(0)));
    assert!(here.arrive(at(0).plus(TimeDelta::days(9))).is_none());
}

#[test]
fn whoever_was_sent_away_on_and_on_can_still_be_sent_away() {
    let back = full(aino(), |person| {
        person.apply(deactivate(9), at(0))?.apply(Event::Reactivate { by: id(9) }, at(1))
    });
    back.apply(deactivate(9), at(2)).expect("deactivates");
}
