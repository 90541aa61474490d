//! The databases: how they are opened, made and left.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    panic::{AssertUnwindSafe, catch_unwind},
    thread,
    time::{Duration, Instant},
};

use acceptance::{Fresh, Held, Kind, open, open_impatiently};
use api::region;
use persistence::{Error, Session, nodes};

/// Defines tests of an empty database that run on both kinds.
macro_rules! on_both_kinds {
    ($(fn $name:ident($kind:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            fn test($kind: Kind) $body

            #[test]
            fn sqlite() {
                test(Kind::Sqlite);
            }

            #[test]
            fn postgres() {
                test(Kind::Postgres);
            }
        }
    )*};
}

on_both_kinds! {
    fn nodes_that_start_at_once_make_the_schema_once(kind) {
        let fresh = Fresh::empty(kind);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let database = open(fresh.url(), 2).expect("it opens");
                    database.migrate().expect("it is made, or there already");
                    region::tree::settle(&database).expect("the areas are there");
                    assert!(database.is_current().expect("it says"));
                });
            }
        });
    }

    fn a_panic_in_the_middle_leaves_nothing_behind(kind) {
        let fresh = Fresh::new(kind);
        let database = open(fresh.url(), 2).expect("it opens");
        let panicked = catch_unwind(AssertUnwindSafe(|| {
            database.write(|session| -> Result<(), Error> {
                let nation = nodes::root(session)?.expect("a nation");
                let mut changed = nation.thing.clone();
                changed.facts.name.fi = "Muualla".to_owned();
                nodes::save(session, &nation, changed)?;
                panic!("in the middle");
            })
        }));
        assert!(panicked.is_err());
        let name = database.read(nodes::root).expect("a read").expect("a nation");
        assert_eq!(name.facts.name.fi, "Suomi");
        database.write(|session| nodes::save(session, &name, name.thing.clone())).expect("the lock is free");
    }

    fn a_part_that_ends_badly_is_undone_without_the_rest(kind) {
        let fresh = Fresh::new(kind);
        let database = open(fresh.url(), 2).expect("it opens");
        let rename = |session: &mut Session<'_>, name: &str| -> Result<(), Error> {
            let nation = nodes::root(session)?.expect("a nation");
            let mut changed = nation.thing.clone();
            changed.facts.name.fi = name.to_owned();
            nodes::save(session, &nation, changed).map(drop)
        };
        let name = |session: &mut Session<'_>| Ok::<_, Error>(nodes::root(session)?.expect("a nation").thing.facts.name.fi);
        let names = database.write(|session| -> Result<_, Error> {
            session.part(|session| rename(session, "Ensin"))?;
            let undone = session.part(|session| -> Result<(), Error> {
                rename(session, "Sitten")?;
                assert_eq!(name(session)?, "Sitten");
                Err(Error::NotFound)
            });
            assert!(matches!(undone, Err(Error::NotFound)), "{undone:?}");
            let then = name(session)?;
            session.part(|session| rename(session, "Lopuksi"))?;
            Ok((then, name(session)?))
        });
        assert_eq!(names.expect("it commits"), ("Ensin".to_owned(), "Lopuksi".to_owned()));
        assert_eq!(database.read(name).expect("a read"), "Lopuksi");
    }

    fn who_saves_over_something_newer_is_told_so(kind) {
        let fresh = Fresh::new(kind);
        let database = open(fresh.url(), 2).expect("it opens");
        let read = || database.read(nodes::root).expect("a read").expect("a nation");
        let (first, second) = (read(), read());
        database.write(|session| nodes::save(session, &first, first.thing.clone())).expect("the first one saves");
        let stale = database.write(|session| nodes::save(session, &second, second.thing.clone()));
        assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
    }
}

mod who_migrates_waits_for_another_node_however_long_it_takes {
    use super::*;

    #[test]
    fn postgres() {
        let fresh = Fresh::empty(Kind::Postgres);
        let timeout = Duration::from_millis(300);
        let mut held = Held::by("SELECT pg_advisory_xact_lock(727)", fresh.url());
        thread::scope(|scope| {
            let migrated = scope.spawn(|| {
                let database = open_impatiently(fresh.url(), 2, timeout).expect("it opens");
                database.migrate()
            });
            held.until(1, || migrated.is_finished());
            // A question may take four times as long as the wait for a lock.
            let began = Instant::now();
            while began.elapsed() < timeout * 6 {
                assert!(!migrated.is_finished(), "it waits");
                thread::park_timeout(Duration::from_millis(50));
            }
            held.release();
            migrated.join().expect("it ends").expect("it is migrated");
        });
    }
}

#[test]
fn only_known_databases_are_opened() {
    for url in [
        "mysql://localhost/db",
        "kokemusvayla.db",
        "host=127.0.0.1 dbname=postgres",
        "sqlite:",
        "sqlite::memory:",
        "sqlite:file::memory:?cache=shared",
        "sqlite:file:nothing?mode=memory",
        "",
    ] {
        assert!(matches!(open(url, 1), Err(Error::Url)), "{url:?}");
    }
}

#[test]
fn a_postgres_url_that_nobody_could_mean_is_refused_at_once_and_nothing_of_it_is_repeated() {
    for url in [
        "postgres:user:salasana@host/db",
        "postgres:host=localhost password=salasana",
        "postgres://user:sala sana@host/db",
        "postgres://user:sala\tsana@host/db",
        "postgres://user:salasana%@host/db",
        "postgres://user:sala%zzsana@host/db",
        "postgres://user:sala%00sana@host/db",
        "postgres://user:sala@sana@host/db",
        "postgres://user:sala/sana@host/db",
        "postgres://user:1234/sala@host/db",
        "postgres://user:salasana",
        "postgres://user:x@host:salasana/db",
        "postgres://user:x@[salasana/db",
        "postgres://user:x@[::1]salasana/db",
        "postgres://user:x@host/db?salasana",
        "postgres://user:x@host/db?password",
        "postgres://user:x@host/db?salasana=1",
        "postgres://user:x@host/db?password=sala=sana",
        "postgres://user:x@host/db?sslmode=require&salasana=1",
        "postgresql://user:x@ho#salasana/db",
    ] {
        let refused = open(url, 1).err();
        let told = refused.as_ref().map(ToString::to_string).unwrap_or_default();
        assert!(matches!(refused, Some(Error::PostgresUrl(_))), "{url}: {told}");
        assert!(!told.contains("sala") && !told.contains("sana"), "{url}: {told}");
    }
    // These are what somebody may mean, though nobody is there.
    for url in [
        "postgresql://user:sala%20s%40n%2F@127.0.0.1:1/db?connect_timeout=1&application_name=x",
        "postgres://user:p?&=#!$*@127.0.0.1:1,127.0.0.1:2/db?connect_timeout=1",
        "postgres://%2Fnowhere%2Fat%2Fall/db?connect_timeout=1",
        "postgres:///db?host=/nowhere&user=x&connect_timeout=1",
        "postgres://[::1]:1/db?connect_timeout=1&sslmode=disable",
    ] {
        let opened = open_impatiently(url, 1, Duration::from_millis(200));
        assert!(matches!(opened, Err(Error::Pool(_))), "{url}");
    }
}

#[test]
fn a_postgres_that_is_not_there_does_not_become_a_file() {
    let gone = open("postgres://127.0.0.1:1/nothing?connect_timeout=1", 1);
    assert!(matches!(gone, Err(Error::Pool(_))));
    assert!(!std::path::Path::new("postgres").exists());
}

#[test]
fn a_new_database_is_read_by_its_owner_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().join("a new one.db");
    let named = place.display().to_string();
    for (number, url) in
        [format!("sqlite:{named}"), format!("sqlite:file://{}?x=1", named.replace(' ', "%20"))]
            .iter()
            .enumerate()
    {
        let database = open(url, 1).expect("it opens");
        database.migrate().expect("it is made");
        let files: Vec<_> = fs::read_dir(folder.path())
            .expect("the folder is there")
            .map(|file| file.expect("a file"))
            .collect();
        assert_eq!(files.len(), 3, "the database, what is written ahead, and who reads it");
        for file in &files {
            let mode = file.metadata().expect("it is there").permissions().mode();
            assert_eq!(mode & 0o777, 0o600, "{url}: {:?}", file.path());
        }
        assert!(database.exposed().is_empty());
        let all = fs::Permissions::from_mode(0o644);
        fs::set_permissions(&place, all).expect("it is ours");
        assert_eq!(database.exposed(), std::slice::from_ref(&place), "{number}");
        drop(database);
        files.iter().for_each(|file| drop(fs::remove_file(file.path())));
    }
}
