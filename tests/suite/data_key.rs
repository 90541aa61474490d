//! A new data key.

use std::{fs, os::unix::fs::PermissionsExt, time::Duration};

use acceptance::{DATA_KEY, Fresh, Kind, Process, Server, on_both_databases, open};
use api::{
    Key,
    commands::admin,
    config::{Cli, Command},
};
use chrono::TimeDelta;
use clap::Parser;
use persistence::{
    Database, Keyring, Settings,
    signing_keys::{self, SigningKey},
};
use serde_json::json;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");

/// Another key, for tests only.
const NEW_KEY: &str = "2:dXVzaSBhdmFpbiAtIG9ubHkgZm9yIHRlc3RzIDIhISE=";

/// Another one, of which nobody knows.
const OTHER_KEY: &str = "1:dG9pbmVuIGF2YWluLCBqb2thIGVpIHNvdmkgbHVra28=";

/// Runs `kokemusvayla` with these words on the database at `url`, and gives what it complains of.
fn told(server: &Server, url: &str, key: [&str; 2], words: &[&str]) -> Result<(), String> {
    let begin = ["kokemusvayla", "admin", "--database-url", url];
    let cli = Cli::parse_from(begin.iter().chain(&key).chain(words).copied());
    let Command::Admin(told) = cli.command else { panic!("{words:?} are of admin") };
    admin::run(&told, &server.app.clock).map_err(|error| error.to_string())
}

fn signing_keys(url: &str) -> Vec<(String, bool)> {
    let database = open(url, 1).expect("it opens");
    let keys = database.read(signing_keys::all).expect("it can be read");
    keys.into_iter().map(|key| (key.id, key.retired.is_some())).collect()
}

const TASKS: [&[&str]; 4] = [
    &["rotate-keys"],
    &["list-clients"],
    &["create-administrator", "--email", "uusi@yllapito.example", "--name", "Uusi"],
    &["create-node", "--area", "21", "--level", "organisation", "--name", "Uusi ry"],
];

on_both_databases! {
    fn nothing_is_done_with_a_data_key_that_does_not_fit(server) {
        let (url, before) = (server.database_url(), signing_keys(server.database_url()));
        for words in TASKS {
            let refused = told(server, url, ["--data-key", OTHER_KEY], words).expect_err("another key");
            assert!(refused.contains("data key does not fit"), "{refused}");
        }
        assert_eq!(signing_keys(url), before);
        let words = ["kokemusvayla", "serve", "--database-url", url, "--data-key", OTHER_KEY];
        let Command::Serve(serve) = Cli::parse_from(words).command else { panic!("it is told to serve") };
        assert!(serve.app(&server.app.clock).is_err());
        told(server, url, ["--data-key", DATA_KEY], TASKS[0]).expect("the key fits");
        assert_eq!(signing_keys(url).len(), before.len() + 1);
    }

    fn no_data_key_is_made_where_something_is_sealed(server) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("kokemusvayla.key");
        let (url, key) = (server.database_url(), ["--data-key-file", file.to_str().expect("text")]);
        for words in TASKS {
            let refused = told(server, url, key, words).expect_err("there is no key");
            assert!(refused.contains("the data key is needed"), "{refused}");
        }
        assert!(!file.exists());
        assert_eq!(signing_keys(url).len(), 1);
    }

    fn a_data_key_is_made_at_the_very_first_start(server) {
        let kind = if server.database_url().starts_with("sqlite") { Kind::Sqlite } else { Kind::Postgres };
        let (fresh, folder) = (Fresh::empty(kind), tempfile::tempdir().expect("a folder"));
        let files = ["first.key", "second.key"].map(|name| folder.path().join(name));
        let [first, second] = files.each_ref().map(|file| ["--data-key-file", file.to_str().expect("text")]);
        told(server, fresh.url(), first, TASKS[2]).expect("nothing is there yet");
        let mode = PermissionsExt::mode(&fs::metadata(&files[0]).expect("it is there").permissions());
        assert_eq!(mode & 0o777, 0o600);
        told(server, fresh.url(), first, TASKS[0]).expect("it is the same key");
        told(server, fresh.url(), second, TASKS[0]).expect_err("a token is signed with what is sealed");
        assert!(!files[1].exists());
    }

    fn a_signing_key_of_another_data_key_does_not_keep_the_others_from_signing(server) {
        let url = server.database_url();
        let other = Database::open(Settings {
            url: url.to_owned(), connections: 1, timeout: Duration::from_secs(10), full_sync: false,
            keys: Keyring::parse(OTHER_KEY).expect("a key"), files: None,
        }).expect("it opens");
        let lost = SigningKey { id: "lost".to_owned(), private: b"lost".to_vec(), created: server.app.clock.now() };
        other.write(|session| signing_keys::rotate(session, &lost)).expect("it is kept");
        server.advance(TimeDelta::hours(1));
        let now = server.app.clock.now();
        server.app.tokens.use_keys(Key::load(&server.app.database, now).expect("one opens"));
        server.sign_in("tilaaja@lappi.example").get("/v1/me").expect(200);
        let process = Process::start(PROGRAM, url);
        server.stranger().at(&process.url).get("/readyz").expect(200);
        // A new one is taken into use as always.
        told(server, url, ["--data-key", DATA_KEY], TASKS[0]).expect("the key fits");
        server.advance(TimeDelta::hours(1));
        let keys = Key::load(&server.app.database, server.app.clock.now()).expect("two open");
        assert_eq!(keys.len(), 1, "{keys:?}");
        assert_eq!(format!("{:?}", keys[0]), format!("Key({})", signing_keys(url)[0].0));
    }

    fn a_new_data_key_ends_nothing(server) {
        let coordinator = server.sign_in("keskus@lappi.example");
        let refresh = server.sign_in_fully("tilaaja@lappi.example")["refresh_token"].clone();
        let page = coordinator.get("/v1/nodes?limit=1").expect(200);
        let body = json!({ "email": "tilaaja@lappi.example" });
        let ask = |person: &acceptance::Person<'_>| {
            person.call("POST", "/v1/sign-in/codes", &[("idempotency-key", "before")], Some(body.clone())).expect(202)
        };
        ask(&server.stranger());
        let keys = format!("{NEW_KEY},{DATA_KEY}");
        let mut command = Process::command(PROGRAM, server.database_url());
        let process = Process::spawn(command.env("KOKEMUSVAYLA_DATA_KEY", keys));
        let coordinator = coordinator.at(&process.url);
        coordinator.get("/v1/me").expect(200);
        coordinator.get(&format!("/v1/nodes?limit=1&cursor={}", page.body["next"].as_str().expect("a cursor"))).expect(200);
        let stranger = server.stranger().at(&process.url);
        assert_eq!(ask(&stranger).header("idempotent-replayed"), "true");
        stranger.post("/v1/sign-in/refresh", json!({ "refresh_token": refresh })).expect(200);
    }
}
