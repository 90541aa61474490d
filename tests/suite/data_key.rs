//! A new data key.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use acceptance::{DATA_KEY, Fresh, Held, Kind, Person, Process, Server, on_both_databases, open};
use api::{
    Key,
    commands::admin,
    config::{Cli, Command},
    region::{self, expert_email},
};
use chrono::{DateTime, TimeDelta, Utc};
use clap::Parser;
use domain::time::Moment;
use persistence::{
    Database, Keyring, Settings, idempotency,
    signing_keys::{self, SigningKey},
};
use serde_json::{Value, json};

const PDF: &[u8] = b"%PDF-1.7\n% made up\n";
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

/// The new key in front of the old one.
fn both() -> String {
    format!("{NEW_KEY},{DATA_KEY}")
}

fn open_with(url: &str, keys: &str) -> Database {
    Database::open(Settings {
        url: url.to_owned(),
        connections: 2,
        timeout: Duration::from_secs(10),
        full_sync: false,
        keys: Keyring::parse(keys).expect("keys"),
        files: None,
    })
    .expect("it opens")
}

fn kind(server: &Server) -> Kind {
    if server.database_url().starts_with("sqlite") { Kind::Sqlite } else { Kind::Postgres }
}

/// A database with everything that is in the one of the server, which goes on using its own.
fn copy(server: &Server) -> Fresh {
    let (fresh, folder) = (Fresh::empty(kind(server)), tempfile::tempdir().expect("a folder"));
    let file = folder.path().join("backup");
    let (key, file) = (["--data-key", DATA_KEY], file.to_str().expect("text"));
    told(server, server.database_url(), key, &["backup", "--to", file]).expect("it is backed up");
    told(server, fresh.url(), key, &["restore", "--from", file]).expect("it is restored");
    fresh
}

/// A server of its own with these keys.
fn process(url: &str, keys: &str, files: Option<&Path>) -> Process {
    let mut command = Process::command(PROGRAM, url);
    if let Some(files) = files {
        command.env("KOKEMUSVAYLA_FILES", files);
    }
    Process::spawn(command.env("KOKEMUSVAYLA_DATA_KEY", keys))
}

/// When what is kept here was made.
fn moment() -> Moment {
    let moment: DateTime<Utc> = acceptance::BEGINNING.parse().expect("a moment");
    moment.into()
}

/// Keeps an answer that is sealed with the first of these keys.
fn keep(url: &str, keys: &str, name: &str, answer: &[u8]) {
    let at = moment();
    open_with(url, keys)
        .write(|session| -> persistence::Result<()> {
            idempotency::reserve(session, name, "print", at)?;
            idempotency::keep(session, name, answer)
        })
        .expect("it is kept");
}

/// The answer that was kept.
fn kept(url: &str, keys: &str, name: &str) -> Vec<u8> {
    let at = moment();
    let known = open_with(url, keys)
        .write(|session| idempotency::reserve(session, name, "print", at))
        .expect("it opens");
    let idempotency::Known::Answer(answer) = known else { panic!("it is there") };
    answer
}

const IDENTITY: [&str; 3] = ["131052-902Y", "FI21 1234 5600 0007 85", "Kuja 1"];

fn identity_of(number: usize) -> String {
    format!("/v1/people/{}/payroll-identity", region::person(&expert_email(number)))
}

fn give_identity(expert: &Person<'_>, number: usize) {
    let [hetu, iban, address] = IDENTITY;
    expert
        .put(&identity_of(number), json!({ "hetu": hetu, "iban": iban, "address": address }))
        .expect(201);
}

fn upload(expert: &Person<'_>, name: &str) -> String {
    let path = format!("/v1/attachments?purpose=tax_card&name={name}.pdf");
    let made = expert.upload(&path, "application/octet-stream", PDF).expect(201);
    format!("{}/content", made.header("location"))
}

/// Asks for a code under a key, which answers it again.
fn ask_for_code(anybody: &Person<'_>, key: &str) -> acceptance::Answer {
    let body = json!({ "email": "tilaaja@lappi.example" });
    anybody.call("POST", "/v1/sign-in/codes", &[("idempotency-key", key)], Some(body)).expect(202)
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
        let (fresh, folder) = (Fresh::empty(kind(server)), tempfile::tempdir().expect("a folder"));
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
        let other = open_with(url, OTHER_KEY);
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

    fn a_lost_key_that_was_the_first_one_once_is_noticed(server) {
        let expert = server.sign_in(&expert_email(1));
        let (fresh, folder) = (copy(server), tempfile::tempdir().expect("a folder"));
        told(server, fresh.url(), ["--data-key", DATA_KEY], TASKS[1]).expect("it is the only one");
        let mut running = process(fresh.url(), &both(), None);
        give_identity(&expert.at(&running.url), 1);
        assert!(running.stop(), "it ends well");
        let file = folder.path().join("backup");
        let backup = ["backup", "--to", file.to_str().expect("text")];
        for words in TASKS.into_iter().chain([&backup[..], &["reseal"]]) {
            let refused = told(server, fresh.url(), ["--data-key", DATA_KEY], words).expect_err("one is lost");
            assert!(refused.contains("data key does not fit"), "{words:?}: {refused}");
        }
        let refused = told(server, fresh.url(), ["--data-key", DATA_KEY], TASKS[1]).expect_err("one is lost");
        assert!(refused.contains("number 2"), "{refused}");
        let words = ["kokemusvayla", "serve", "--database-url", fresh.url(), "--data-key", DATA_KEY];
        let Command::Serve(serve) = Cli::parse_from(words).command else { panic!("it is told to serve") };
        assert!(serve.app(&server.app.clock).is_err());
        assert!(!file.exists());
        told(server, fresh.url(), ["--data-key", &both()], &backup).expect("both fit");
    }

    fn a_key_that_came_before_keys_were_written_down_is_noticed_too(server) {
        let fresh = Fresh::new(kind(server));
        keep(fresh.url(), DATA_KEY, "old", b"old");
        keep(fresh.url(), &both(), "new", b"new");
        let list = |keys: &str| told(server, fresh.url(), ["--data-key", keys], TASKS[1]);
        assert!(list(DATA_KEY).expect_err("one is lost").contains("number 2"));
        list(&format!("{DATA_KEY},{NEW_KEY}")).expect("both fit");
        assert!(list(DATA_KEY).expect_err("it is written down now").contains("number 2"));
        list(&both()).expect("both fit");
    }

    fn what_is_sealed_anew_is_read_without_the_old_key(server) {
        let experts = [1, 2].map(|number| server.sign_in(&expert_email(number)));
        let (fresh, files) = (copy(server), tempfile::tempdir().expect("a folder"));
        let (url, folder) = (fresh.url(), files.path());
        let inside = {
            let mut old = process(url, DATA_KEY, None);
            give_identity(&experts[0].at(&old.url), 1);
            ask_for_code(&server.stranger().at(&old.url), "old");
            let inside = upload(&experts[0].at(&old.url), "inside");
            assert!(old.stop(), "it ends well");
            inside
        };
        let mut old = process(url, DATA_KEY, Some(folder));
        let outside = upload(&experts[0].at(&old.url), "outside");
        let discarded = upload(&experts[0].at(&old.url), "discarded").replace("/content", "/discard");
        assert!(old.stop(), "it ends well");
        let running = process(url, &both(), Some(folder));
        give_identity(&experts[1].at(&running.url), 2);
        experts[0].at(&running.url).post(&discarded, Value::Null).expect(204);
        let (key, place) = (both(), folder.to_str().expect("text"));
        let refused = told(server, url, ["--data-key", &key], &["reseal"]).expect_err("a file is missing");
        assert!(refused.contains("1 attachments") && refused.contains("--files"), "{refused}");
        told(server, url, ["--data-key", NEW_KEY], TASKS[1]).expect_err("the file needs the old key");
        for _ in 0..2 {
            told(server, url, ["--data-key", &key], &["--files", place, "reseal"]).expect("all is there");
        }
        let reads = |process: &Process| {
            for (number, expert) in experts.iter().enumerate() {
                let body = expert.at(&process.url).get(&identity_of(number + 1)).expect(200).body;
                assert_eq!(body["address"], IDENTITY[2], "{body}");
            }
            for card in [&inside, &outside] {
                assert_eq!(experts[0].at(&process.url).get(card).expect(200).text.as_bytes(), PDF);
            }
            let again = ask_for_code(&server.stranger().at(&process.url), "old");
            assert_eq!(again.header("idempotent-replayed"), "true");
        };
        reads(&running);
        assert_eq!(fs::read_dir(folder).expect("a folder").count(), 1, "nothing is left beside the file");
        reads(&process(url, NEW_KEY, Some(folder)));
        told(server, url, ["--data-key", DATA_KEY], TASKS[1]).expect_err("it opens nothing any more");
    }

    fn a_server_that_still_seals_with_the_old_key_keeps_it_from_being_left_out(server) {
        let fresh = Fresh::new(kind(server));
        let list = || told(server, fresh.url(), ["--data-key", NEW_KEY], TASKS[1]);
        let _running = process(fresh.url(), &format!("{DATA_KEY},{NEW_KEY}"), None);
        told(server, fresh.url(), ["--data-key", &both()], &["reseal"]).expect("both fit");
        let began = Instant::now();
        let refused = loop {
            match list() {
                Err(refused) => break refused,
                Ok(()) => thread::park_timeout(Duration::from_millis(50)),
            }
            assert!(began.elapsed() < Duration::from_secs(60), "it is asked for within a minute");
        };
        assert!(refused.contains("number 1"), "{refused}");
    }

    fn what_only_a_lost_key_opens_is_given_up_when_that_is_asked_for(server) {
        let fresh = Fresh::new(kind(server));
        keep(fresh.url(), DATA_KEY, "old", b"old");
        keep(fresh.url(), &both(), "lost", b"lost");
        let told = |words: &[&str]| told(server, fresh.url(), ["--data-key", DATA_KEY], words);
        told(TASKS[1]).expect_err("one is lost");
        told(&["reseal"]).expect_err("one is lost");
        told(&["reseal", "--give-up-lost"]).expect("it is given up");
        told(TASKS[1]).expect("nobody asks for it any more");
        assert_eq!(kept(fresh.url(), DATA_KEY, "old"), b"old");
        // With a key that opens nothing at all, nothing is given up.
        let words = ["reseal", "--give-up-lost"];
        self::told(server, fresh.url(), ["--data-key", OTHER_KEY], &words).expect_err("another key");
    }
}

mod what_changes_while_it_is_sealed_anew_is_not_overwritten {
    use super::*;

    #[test]
    fn postgres() {
        let server = &Server::start(Kind::Postgres);
        let (url, keys) = (server.database_url(), both());
        keep(url, DATA_KEY, "changed", b"before");
        let sealed = Keyring::parse(&keys).expect("keys").seal(b"after").expect("it seals");
        let hex: String = sealed.iter().map(|byte| format!("{byte:02x}")).collect();
        let change = format!(
            "UPDATE idempotency_keys SET sealed_answer = decode('{hex}', 'hex') WHERE id = 'changed'"
        );
        let mut held = Held::by(&change, url);
        thread::scope(|scope| {
            let resealed = scope.spawn(|| told(server, url, ["--data-key", &keys], &["reseal"]));
            held.until(1, || resealed.is_finished());
            held.release();
            resealed.join().expect("it ends").expect("both fit");
        });
        assert_eq!(kept(url, &keys, "changed"), b"after");
    }
}
