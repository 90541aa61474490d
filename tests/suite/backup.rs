//! `kokemusvayla admin backup` and `restore`: everything acknowledged is in a backup, and a backup is restored as a whole
//! or not at all.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use acceptance::{DATA_KEY, Fresh, Held, Kind, Process, Server, on_both_databases, story};
use api::{
    commands::admin,
    config::{Cli, Command},
    region::{self, expert_email},
};
use clap::Parser;
use serde_json::json;
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");
const PDF: &[u8] = b"%PDF-1.7\n% made up\n";

/// A newer one than that of the tests.
const NEW_KEY: &str = "2:dXVzaSBhdmFpbiAtIG9ubHkgZm9yIHRlc3RzIDIhISE=";

/// Another data key than that of the tests.
const OTHER_KEY: &str = "1:dG9pbmVuIGF2YWluLCBqb2thIGVpIHNvdmkgbHVra28=";

/// Runs `kokemusvayla admin` with these words on the database at `url`, and gives what it complains of.
fn told(server: &Server, url: &str, key: &str, words: &[&str]) -> Result<(), String> {
    let begin = ["kokemusvayla", "admin", "--database-url", url, "--data-key", key];
    let cli = Cli::parse_from(begin.iter().chain(words).copied());
    let Command::Admin(told) = cli.command else { panic!("{words:?} are of admin") };
    admin::run(&told, &server.app.clock).map_err(|error| error.to_string())
}

fn back_up(server: &Server, folder: &TempDir) -> PathBuf {
    let file = folder.path().join("backup");
    let words = ["backup", "--to", file.to_str().expect("text")];
    told(server, server.database_url(), DATA_KEY, &words).expect("it is backed up");
    file
}

fn restore(server: &Server, url: &str, file: &Path) -> Result<(), String> {
    told(server, url, DATA_KEY, &["restore", "--from", file.to_str().expect("text")])
}

fn kind(server: &Server) -> Kind {
    if server.database_url().starts_with("sqlite") { Kind::Sqlite } else { Kind::Postgres }
}

fn folder() -> TempDir {
    TempDir::new().expect("a folder")
}

/// Whether nothing of a restoration is in the database at `url`, so that another can be tried.
fn is_untouched(server: &Server, url: &str, file: &Path) -> bool {
    restore(server, url, file).is_ok()
}

on_both_databases! {
    fn what_was_acknowledged_before_a_backup_is_there_when_it_is_restored(server) {
        let (orderer, folder) = (server.sign_in(story::ORDERER), folder());
        let upload = "/v1/attachments?purpose=receipt&name=kuitti.pdf";
        let expert = server.sign_in(&expert_email(1));
        let receipt = expert.upload(upload, "application/octet-stream", PDF).expect(201);
        let (over, acknowledged) = (AtomicBool::new(false), Mutex::new(Vec::new()));
        let order = || json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        let mut before = Vec::new();
        let file = folder.path().join("backup");
        let words = ["backup", "--to", file.to_str().expect("text")];
        let backed_up = thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| while !over.load(Ordering::SeqCst) {
                    let id = orderer.post("/v1/orders", order()).expect(201).id();
                    acknowledged.lock().expect("free").push(id);
                });
            }
            let began = Instant::now();
            while before.len() < 20 && began.elapsed() < Duration::from_secs(60) {
                thread::park_timeout(Duration::from_millis(1));
                before.clone_from(&acknowledged.lock().expect("free"));
            }
            let backed_up = told(server, server.database_url(), DATA_KEY, &words);
            over.store(true, Ordering::SeqCst);
            backed_up
        });
        backed_up.expect("it is backed up");
        assert!(before.len() >= 20, "orders were made before");
        // Into the same kind of database, and into SQLite from both.
        for kind in [kind(server), Kind::Sqlite] {
            let fresh = Fresh::empty(kind);
            restore(server, fresh.url(), &file).expect("it is restored");
            let process = Process::start(PROGRAM, fresh.url());
            let restored = orderer.at(&process.url);
            for id in &before {
                let path = format!("/v1/orders/{id}");
                let (then, now) = (orderer.get(&path).expect(200), restored.get(&path).expect(200));
                assert_eq!((&then.body, then.header("etag")), (&now.body, now.header("etag")));
            }
            let content = format!("{}/content", receipt.header("location"));
            assert_eq!(expert.at(&process.url).get(&content).expect(200).text.as_bytes(), PDF);
            restored.post("/v1/orders", order()).expect(201);
        }
    }

    fn a_backup_moves_from_one_database_to_the_other_and_back_without_a_difference(server) {
        let (first, second, third) = (folder(), folder(), folder());
        story::submitted(server, 2);
        let here = back_up(server, &first);
        let there = Fresh::empty(Kind::Sqlite);
        restore(server, there.url(), &here).expect("it is restored");
        let words = |folder: &TempDir| folder.path().join("backup").display().to_string();
        told(server, there.url(), DATA_KEY, &["backup", "--to", &words(&second)]).expect("again");
        let back = Fresh::empty(kind(server));
        restore(server, back.url(), &second.path().join("backup")).expect("it is restored");
        told(server, back.url(), DATA_KEY, &["backup", "--to", &words(&third)]).expect("again");
        let rows = |folder: &TempDir| {
            let text = fs::read_to_string(folder.path().join("backup")).expect("text");
            let mut rows: Vec<Vec<Option<String>>> = text
                .lines()
                .filter(|line| line.starts_with('['))
                .map(|line| serde_json::from_str(line).expect("a row"))
                .collect();
            rows.sort_unstable();
            rows
        };
        assert!(rows(&first).len() > 100, "the region is in it");
        assert_eq!(rows(&first), rows(&second));
        assert_eq!(rows(&first), rows(&third));
    }

    fn a_backup_that_is_not_whole_or_not_the_same_is_refused_and_leaves_nothing(server) {
        let folder = folder();
        let file = back_up(server, &folder);
        let whole = fs::read_to_string(&file).expect("text");
        let fresh = Fresh::empty(kind(server));
        let refused = |text: &str| {
            let other = folder.path().join("other");
            fs::write(&other, text).expect("it is written");
            restore(server, fresh.url(), &other).expect_err("it is not whole")
        };
        assert!(refused(&whole[..whole.len() / 2]).contains("not whole"), "it breaks off");
        let (without_end, _) = whole.trim_end().rsplit_once('\n').expect("lines");
        assert!(refused(&format!("{without_end}\n")).contains("its end is missing"));
        assert!(refused(&whole.replacen("Lapin", "Lupin", 1)).contains("not what was written"));
        assert!(refused(&format!("{whole}{{}}\n")).contains("after its end"));
        assert!(refused("").contains("no beginning") && refused("hello\n").contains("does not begin"));
        assert!(refused(&whole.replacen("\"schema\":[", "\"schema\":[\"99991231000000\",", 1)).contains("does not know"));
        assert!(refused(&whole.replacen("kokemusvayla-backup-1", "kokemusvayla-backup-9", 1)).contains("does not fit"));
        assert!(is_untouched(server, fresh.url(), &file));
    }

    fn a_backup_is_restored_into_an_empty_database_only(server) {
        let folder = folder();
        let file = back_up(server, &folder);
        let refused = restore(server, server.database_url(), &file).expect_err("people live there");
        assert!(refused.contains("not empty"), "{refused}");
        server.sign_in(story::ORDERER).get("/v1/me").expect(200);
    }

    fn a_backup_is_of_no_use_without_the_data_key_and_says_so_in_time(server) {
        let folder = folder();
        let file = back_up(server, &folder);
        let fresh = Fresh::empty(kind(server));
        let name = file.to_str().expect("text");
        let refused = told(server, fresh.url(), OTHER_KEY, &["restore", "--from", name]);
        assert!(refused.expect_err("another key").contains("data key does not fit"));
        let other = folder.path().join("other");
        let words = ["backup", "--to", other.to_str().expect("text")];
        let refused = told(server, server.database_url(), OTHER_KEY, &words);
        assert!(refused.expect_err("another key").contains("data key does not fit"));
        assert!(!other.exists() && !folder.path().join("other.partial").exists());
        assert!(is_untouched(server, fresh.url(), &file));
    }

    fn a_backup_is_not_restored_with_a_data_key_that_opens_only_some_of_it(server) {
        let folder = folder();
        let both = format!("{NEW_KEY},{DATA_KEY}");
        let file = folder.path().join("backup");
        let name = file.to_str().expect("text");
        // The words that a backup begins with are sealed with the new one, and what the installation began with is not.
        told(server, server.database_url(), &both, &["backup", "--to", name]).expect("it is backed up");
        let fresh = Fresh::empty(kind(server));
        let refused = told(server, fresh.url(), NEW_KEY, &["restore", "--from", name]);
        assert!(refused.expect_err("one is missing").contains("data key does not fit"));
        told(server, fresh.url(), &both, &["restore", "--from", name]).expect("nothing of it was left");
        told(server, fresh.url(), &both, &["list-clients"]).expect("it can be used");
    }

    fn a_backup_overwrites_nothing_is_for_its_owner_only_and_holds_no_sealed_thing_readably(server) {
        let folder = folder();
        let email = expert_email(1);
        let path = format!("/v1/people/{}/payroll-identity", region::person(&email));
        let identity = json!({ "hetu": "131052-902Y", "iban": "FI21 1234 5600 0007 85", "address": "Kuja 1" });
        server.sign_in(&email).put(&path, identity).expect(201);
        let file = back_up(server, &folder);
        assert!(!fs::read_to_string(&file).expect("text").contains("131052-902Y"));
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&file).expect("it is there").permissions());
        assert_eq!(mode & 0o777, 0o600);
        let words = ["backup", "--to", file.to_str().expect("text")];
        let refused = told(server, server.database_url(), DATA_KEY, &words);
        assert!(refused.expect_err("a file is there").contains("there already"));
    }

    fn a_folder_that_cannot_be_written_to_is_refused_at_start(server) {
        let folder = folder();
        let start = |files: &Path| {
            let words = ["kokemusvayla", "serve", "--database-url", server.database_url(), "--data-key", DATA_KEY, "--files"];
            let cli = Cli::parse_from(words.iter().map(|word| word.as_ref()).chain([files.as_os_str()]));
            let Command::Serve(serve) = cli.command else { panic!("it is told to serve") };
            serve.app(&server.app.clock).map(drop).map_err(|error| error.to_string())
        };
        let nowhere = folder.path().join("nowhere");
        assert!(start(&nowhere).expect_err("it is not there").contains("--files"));
        fs::write(&nowhere, "").expect("it is written");
        assert!(start(&nowhere).expect_err("it is no folder").contains("--files"));
        start(folder.path()).expect("it can be written to");
        assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1, "nothing is left of the trial");
    }

    fn files_of_a_folder_are_in_the_backup_and_go_to_a_folder_or_into_the_database(server) {
        let (files, elsewhere, folder) = (folder(), folder(), folder());
        let mut command = Process::command(PROGRAM, server.database_url());
        let process = Process::spawn(command.env("KOKEMUSVAYLA_FILES", files.path()));
        let (email, upload) = (expert_email(1), "/v1/attachments?purpose=receipt&name=kuitti.pdf");
        let expert = server.sign_in(&email);
        let made = expert.at(&process.url).upload(upload, "application/octet-stream", PDF).expect(201);
        let (place, name) = (made.header("location").to_owned(), made.id().to_string());
        assert!(files.path().join(&name).is_file());
        let file = folder.path().join("backup");
        let within = |files: &TempDir, url: &str, words: &[&str]| {
            let begin = ["--files", files.path().to_str().expect("text")];
            told(server, url, DATA_KEY, &[&begin, words].concat())
        };
        let text = file.to_str().expect("text");
        let lost = folder.path().join("lost");
        let words = ["backup", "--to", lost.to_str().expect("text")];
        let refused = told(server, server.database_url(), DATA_KEY, &words);
        assert!(refused.expect_err("a file is missing").contains("1 attachments have no file"));
        assert!(!lost.exists() && !folder.path().join("lost.partial").exists());
        let words = [&words[..], &["--without-lost-files"]].concat();
        told(server, server.database_url(), DATA_KEY, &words).expect("it was asked for");
        restore(server, Fresh::empty(Kind::Sqlite).url(), &lost).expect("it is whole otherwise");
        within(&files, server.database_url(), &["backup", "--to", text]).expect("it is backed up");
        let (inside, outside) = (Fresh::empty(kind(server)), Fresh::empty(Kind::Sqlite));
        restore(server, inside.url(), &file).expect("it is restored");
        let process = Process::start(PROGRAM, inside.url());
        let content = expert.at(&process.url).get(&format!("{place}/content")).expect(200);
        assert_eq!(content.text.as_bytes(), PDF);
        let broken = folder.path().join("broken");
        let whole = fs::read_to_string(&file).expect("text");
        fs::write(&broken, whole.trim_end()).expect("it is written");
        let words = ["restore", "--from", broken.to_str().expect("text")];
        within(&elsewhere, outside.url(), &words).expect_err("its end breaks off");
        assert!(!elsewhere.path().join(&name).exists(), "nothing is left of it");
        within(&elsewhere, outside.url(), &["restore", "--from", text]).expect("it is restored");
        assert_eq!(fs::read(elsewhere.path().join(&name)).expect("it is there"), PDF);
        let another = Fresh::empty(Kind::Sqlite);
        let refused = within(&elsewhere, another.url(), &["restore", "--from", text]);
        assert!(refused.expect_err("a file is there").contains("has"));
        assert!(elsewhere.path().join(&name).is_file(), "what was there stays");
    }
}

mod what_is_discarded_while_a_backup_is_written_is_not_lost {
    use super::*;

    #[test]
    fn postgres() {
        let server = &Server::start(Kind::Postgres);
        let (files, folder) = (folder(), folder());
        let mut command = Process::command(PROGRAM, server.database_url());
        let process = Process::spawn(command.env("KOKEMUSVAYLA_FILES", files.path()));
        let expert = server.sign_in(&expert_email(1)).at(&process.url);
        let upload = "/v1/attachments?purpose=receipt&name=kuitti.pdf";
        let made = expert.upload(upload, "application/octet-stream", PDF).expect(201);
        let discard = format!("{}/discard", made.header("location"));
        let (file, url) = (folder.path().join("backup"), server.database_url());
        let words = ["--files", files.path().to_str().expect("text"), "backup", "--to"];
        let words = [&words[..], &[file.to_str().expect("text")]].concat();
        // The first table that is read, when it is settled already what there is.
        let mut held = Held::by("LOCK TABLE access_requests IN ACCESS EXCLUSIVE MODE", url);
        thread::scope(|scope| {
            let written = scope.spawn(|| told(server, url, DATA_KEY, &words));
            held.until(1, || written.is_finished());
            expert.post(&discard, serde_json::Value::Null).expect(204);
            held.release();
            written.join().expect("it ends").expect("it is backed up");
        });
        restore(server, Fresh::empty(Kind::Sqlite).url(), &file).expect("it is restored");
    }
}
