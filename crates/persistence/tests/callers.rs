//! Who calls is looked up anew as soon as anything has been written, by this process or by another one.

use std::time::Duration;

use chrono::TimeDelta;
use domain::{
    grant::{Grant, Terms},
    id::Id,
    localized::{Language, Localized},
    node::{Contact, Facts, History, Level, Node, Path},
    person::{self, Person},
    policy::{Actor, Role},
    time::{Day, Moment},
};
use persistence::{
    Database, Error, Keyring, Result, Session, Settings, callers, grants, nodes, people, sign_in,
};
use tempfile::TempDir;
use uuid::Uuid;

const SESSION: Uuid = Uuid::from_u128(7);

fn id<T>(raw: u128) -> Id<T> {
    Id::new(Uuid::from_u128(raw))
}

fn noon() -> Moment {
    Moment::from_timestamp(1_780_056_000).expect("a moment")
}

/// As each process opens it.
fn open(folder: &TempDir) -> Database {
    let database = Database::open(Settings {
        url: format!("sqlite:{}", folder.path().join("db").display()),
        connections: 1,
        timeout: Duration::from_secs(5),
        full_sync: false,
        keys: Keyring::parse("1:a29rZW11c3bDpHlsw6QgLSBvbmx5IGZvciB0ZXN0cyE=").expect("a key"),
        files: None,
    })
    .expect("it opens");
    database.migrate().expect("it migrates");
    database
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
    Grant { id: id(raw), terms, ended: None, record: Vec::new() }
}

/// Somebody who is a liaison until this day, and has signed in for a week.
fn settle(session: &mut Session<'_>) -> Result<()> {
    let facts = Facts {
        name: Localized::fi("Suomi"),
        kind: None,
        area_code: None,
        y_tunnus: None,
        contact: Contact::default(),
        cost_centre: None,
    };
    let path = Path::root(id(1));
    nodes::add(
        session,
        Node { id: id(1), path, level: Level::Nation, facts, history: History::default() },
    )?;
    let facts = person::Facts {
        name: "Aino Esimerkki".to_owned(),
        email: "aino@example.fi".to_owned(),
        phone: None,
        address: None,
        language: Language::Fi,
        title: None,
        channel: person::Channel::default(),
    };
    people::add(session, Person::new(id(2), id(1), facts))?;
    let today = noon().day();
    grants::add(session, grant(3, Role::Liaison, Some(today)))?;
    sign_in::begin(session, SESSION, id(2), "digest", noon(), noon().plus(TimeDelta::days(7)))
}

fn caller(database: &Database, now: Moment) -> Result<Actor> {
    database.read(|session| callers::person(session, SESSION, id(2), now))
}

fn settled() -> (TempDir, Database) {
    let folder = tempfile::tempdir().expect("a folder");
    let database = open(&folder);
    database.write(settle).expect("it is settled");
    (folder, database)
}

#[test]
fn whoever_signs_out_in_another_process_is_out_at_once() {
    let (folder, database) = settled();
    for _ in 0..2 {
        assert_eq!(caller(&database, noon()).expect("signed in").grants.len(), 1);
    }
    let other = open(&folder);
    let ended: Result<()> = other.write(|session| sign_in::revoke(session, SESSION, noon()));
    ended.expect("it is over");
    assert!(matches!(caller(&database, noon()), Err(Error::NotFound)));
}

#[test]
fn whoever_gets_a_role_has_it_at_once() {
    let (_folder, database) = settled();
    assert_eq!(caller(&database, noon()).expect("signed in").grants.len(), 1);
    let grant = grant(4, Role::Broker, None);
    database.write(|session| grants::add(session, grant.clone())).expect("it is given");
    assert_eq!(caller(&database, noon()).expect("signed in").grants.len(), 2);
}

#[test]
fn a_role_ends_with_its_last_day_though_nothing_is_written() {
    let (_folder, database) = settled();
    assert_eq!(caller(&database, noon()).expect("signed in").grants.len(), 1);
    let tomorrow = noon().plus(TimeDelta::days(1));
    assert_eq!(caller(&database, tomorrow).expect("signed in").grants, []);
}

#[test]
fn a_session_ends_by_itself_though_nothing_is_written() {
    let (_folder, database) = settled();
    let end = noon().plus(TimeDelta::days(7));
    assert!(caller(&database, end.plus(TimeDelta::seconds(-1))).is_ok());
    assert!(matches!(caller(&database, end), Err(Error::NotFound)));
}

#[test]
fn a_session_is_that_of_its_own_person_only() {
    let (_folder, database) = settled();
    assert!(caller(&database, noon()).is_ok());
    let other = database.read(|session| callers::person(session, SESSION, id(5), noon()));
    assert!(matches!(other, Err(Error::NotFound)));
}
