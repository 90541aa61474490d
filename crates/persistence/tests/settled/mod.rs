//! A database of one's own, and the least that everything else needs: a node, and somebody there.

// Each file of tests is a program of its own and uses what it needs.
#![allow(dead_code, reason = "not every program that has this needs all of it")]

use std::{path::PathBuf, time::Duration};

use domain::{
    id::Id,
    localized::{Language, Localized},
    node::{Contact, Facts, History, Level, Node, Path},
    person::{self, Person},
};
use persistence::{Database, Keyring, Result, Session, Settings, nodes, people};
use tempfile::TempDir;
use uuid::Uuid;

pub(crate) fn id<T>(raw: u128) -> Id<T> {
    Id::new(Uuid::from_u128(raw))
}

/// The database in this folder, as each process opens it.
pub(crate) fn open(folder: &TempDir, files: Option<PathBuf>) -> Database {
    let database = Database::open(Settings {
        url: format!("sqlite:{}", folder.path().join("db").display()),
        connections: 1,
        timeout: Duration::from_secs(5),
        full_sync: false,
        keys: Keyring::parse("1:a29rZW11c3bDpHlsw6QgLSBvbmx5IGZvciB0ZXN0cyE=").expect("a key"),
        files,
    })
    .expect("it opens");
    database.migrate().expect("it migrates");
    database
}

/// Puts the node 1 in place, and the person 2.
pub(crate) fn settle(session: &mut Session<'_>) -> Result<()> {
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
    Ok(())
}
