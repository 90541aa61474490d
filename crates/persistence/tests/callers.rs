//! Who calls is looked up anew as soon as anything has been written, by this process or by another one.

mod opened;
mod settled;

use chrono::TimeDelta;
use domain::{
    grant::{Grant, Terms},
    policy::{Actor, Power, Role},
    time::{Day, Moment},
};
use persistence::{Database, Error, Result, Session, callers, grants, revoked_tokens, sign_in};
use tempfile::TempDir;
use uuid::Uuid;

use self::{
    opened::{id, open},
    settled::settle,
};

const SESSION: Uuid = Uuid::from_u128(7);

fn noon() -> Moment {
    Moment::from_timestamp(1_780_056_000).expect("a moment")
}

fn grant(raw: u128, role: Role, until: Option<Day>) -> Grant {
    let terms = Terms {
        person_id: id(2),
        role,
        node_id: id(1),
        from: noon().day(),
        until,
        deputy_for: None,
        responsibility: None,
        phases: Vec::new(),
    };
    Grant { id: id(raw), terms, ended: None, record: Vec::new(), introduction: None }
}

/// Somebody who is a liaison until this day, and has signed in for a week.
fn sign_in(session: &mut Session<'_>) -> Result<()> {
    settle(session)?;
    grants::add(session, grant(3, Role::Liaison, Some(noon().day())))?;
    sign_in::begin(session, SESSION, id(2), "digest", noon(), noon().plus(TimeDelta::days(7)))
}

fn caller(database: &Database, now: Moment) -> Result<Actor> {
    database.read(|session| callers::person(session, SESSION, id(2), now))
}

fn signed_in() -> (TempDir, Database) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = open(&folder, None);
    database.write(sign_in).expect("signed in");
    (folder, database)
}

#[test]
fn whoever_signs_out_in_another_process_is_out_at_once() {
    let (folder, database) = signed_in();
    for _ in 0..2 {
        assert_eq!(caller(&database, noon()).expect("signed in").grants.len(), 1);
    }
    let other = open(&folder, None);
    let ended: Result<()> = other.write(|session| sign_in::revoke(session, SESSION, noon()));
    ended.expect("it is over");
    assert!(matches!(caller(&database, noon()), Err(Error::NotFound)));
}

#[test]
fn whoever_gets_a_role_has_it_at_once() {
    let (_folder, database) = signed_in();
    assert_eq!(caller(&database, noon()).expect("signed in").grants.len(), 1);
    let grant = grant(4, Role::Broker, None);
    database.write(|session| grants::add(session, grant.clone())).expect("it is given");
    assert_eq!(caller(&database, noon()).expect("signed in").grants.len(), 2);
}

#[test]
fn a_role_ends_with_its_last_day_though_nothing_is_written() {
    let (_folder, database) = signed_in();
    assert_eq!(caller(&database, noon()).expect("signed in").grants.len(), 1);
    let tomorrow = noon().plus(TimeDelta::days(1));
    assert_eq!(caller(&database, tomorrow).expect("signed in").grants, []);
}

#[test]
fn somebody_acts_for_an_expert_on_the_days_on_which_they_are_a_support_person() {
    let (_folder, database) = signed_in();
    let allow = |session: &mut Session<'_>| callers::delegate(session, id(2), id(2), Power::Offers);
    database.write(allow).expect("it is allowed");
    let count = |now: Moment| caller(&database, now).expect("signed in").delegations.len();
    let told = |now: Moment| {
        let day = now.day();
        let asked = database.read(|session| callers::delegates(session, id(2), Power::Offers, day));
        asked.expect("asked").len()
    };
    assert_eq!((count(noon()), told(noon())), (0, 0), "a liaison acts for nobody");
    for (number, until) in [(4, Some(noon().day())), (5, None)] {
        let grant = grant(number, Role::SupportPerson, until);
        database.write(|session| grants::add(session, grant.clone())).expect("it is given");
        let tomorrow = noon().plus(TimeDelta::days(1));
        let after = usize::from(until.is_none());
        assert_eq!((count(noon()), told(noon())), (1, 1));
        assert_eq!((count(tomorrow), told(tomorrow)), (after, after));
    }
}

#[test]
fn a_session_ends_by_itself_though_nothing_is_written() {
    let (_folder, database) = signed_in();
    let end = noon().plus(TimeDelta::days(7));
    assert!(caller(&database, end.plus(TimeDelta::seconds(-1))).is_ok());
    assert!(matches!(caller(&database, end), Err(Error::NotFound)));
}

#[test]
fn a_session_is_that_of_its_own_person_only() {
    let (_folder, database) = signed_in();
    assert!(caller(&database, noon()).is_ok());
    let other = database.read(|session| callers::person(session, SESSION, id(5), noon()));
    assert!(matches!(other, Err(Error::NotFound)));
}

#[test]
fn a_token_that_was_taken_back_is_forgotten_when_its_time_is_over() {
    let (_folder, database) = signed_in();
    let token = Uuid::from_u128(9);
    let at = |minutes: i64| noon().plus(TimeDelta::minutes(minutes));
    let holds = || database.read(|session| revoked_tokens::holds(session, token)).expect("asked");
    assert!(!holds());
    for _ in 0..2 {
        database
            .write(|session| revoked_tokens::revoke(session, token, at(15)))
            .expect("taken back");
    }
    database.write(|session| revoked_tokens::forget(session, at(15))).expect("none is over");
    assert!(holds());
    database.write(|session| revoked_tokens::forget(session, at(16))).expect("it is over");
    assert!(!holds());
}
