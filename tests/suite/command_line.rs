//! What is said to whoever starts the program with settings that cannot work.

use std::{
    fs,
    os::unix::fs::PermissionsExt,
    process::{Command, Output},
};

use acceptance::DATA_KEY;
use api::config::Cli;
use clap::Parser;
use diesel::{SqliteConnection, connection::SimpleConnection, prelude::*};
use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");

/// What becomes of the program with these words and variables, on a new database in `folder`.
fn run(folder: &TempDir, words: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(PROGRAM);
    command
        .args(words)
        .env("DATABASE_URL", format!("sqlite:{}", folder.path().join("db").display()))
        .env("KOKEMUSVAYLA_DATA_KEY", DATA_KEY)
        .envs(variables.iter().copied());
    command.output().expect("the program starts")
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

#[test]
fn what_cannot_work_is_refused_by_the_name_of_its_flag() {
    for (flag, value) in [
        ("--database-timeout", "0"),
        ("--patience", "0"),
        ("--body-time", "0"),
        ("--answer-time", "0"),
        ("--idle-time", "0"),
        ("--drain", "3601"),
        ("--drain", "18446744073709551615"),
        ("--grace", "18446744073709551615"),
        ("--mail-from", "not an address"),
        ("--mail-from", ""),
    ] {
        let refused = Cli::try_parse_from(["kokemusvayla", "serve", flag, value]);
        let why = refused.expect_err("it cannot work").to_string();
        assert!(why.contains(flag), "{flag} {value}: {why}");
    }
}

#[test]
fn a_mail_server_that_is_none_is_refused_before_anything_is_done_and_without_its_password() {
    for url in ["", "smtp://", "http://user:salainen@mail.example"] {
        let folder = folder();
        let done = run(&folder, &["serve", "--smtp-url", url], &[]);
        let why = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && why.contains("--smtp-url "), "{url}: {why}");
        assert!(!why.contains("salainen"), "{why}");
        assert!(!folder.path().join("db").exists(), "{url}");
    }
}

#[test]
fn a_place_to_listen_that_is_none_is_refused_by_the_name_of_its_flag() {
    let listen = ["serve", "--listen", "127.0.0.1:0"];
    let done = run(&folder(), &listen, &[("KOKEMUSVAYLA_METRICS_LISTEN", "")]);
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && why.contains("--metrics-listen \"\": "), "{why}");
    let done = run(&folder(), &["serve", "--listen", "nowhere"], &[]);
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && why.contains("--listen \"nowhere\": "), "{why}");
}

#[test]
fn a_flag_is_set_by_any_usual_word_in_its_variable() {
    for word in ["1", "true", "yes", "on", "0", "false", "no", "off"] {
        let done = run(&folder(), &["migrate"], &[("KOKEMUSVAYLA_FULL_SYNC", word)]);
        assert!(done.status.success(), "{word}: {}", String::from_utf8_lossy(&done.stderr));
    }
    let done = run(&folder(), &["migrate"], &[("KOKEMUSVAYLA_FULL_SYNC", "perhaps")]);
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && why.contains("--full-sync"), "{why}");
}

#[test]
fn a_data_key_that_is_none_is_refused_by_the_name_of_its_flag_and_is_not_shown() {
    let one = DATA_KEY.strip_prefix("1:").expect("its number");
    let twice = format!("{DATA_KEY},1:{one}");
    let behind = format!("{DATA_KEY},2:salainen");
    for key in ["", "1", "1:abc", "salainen", "256:salainen", &twice, &behind] {
        let folder = folder();
        let done = run(&folder, &["migrate"], &[("KOKEMUSVAYLA_DATA_KEY", key)]);
        let why = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && why.contains("--data-key: "), "{key}: {why}");
        assert!(!why.contains("does not fit") && !why.contains("salainen"), "{why}");
        assert!(!why.contains(one), "{why}");
        assert!(!folder.path().join("db").exists(), "{key}");
    }
    let folder = folder();
    let file = folder.path().join("a.key");
    std::fs::write(&file, "1:salainen").expect("it is written");
    let mut command = Command::new(PROGRAM);
    command.args(["migrate", "--data-key-file"]).arg(&file);
    let database = format!("sqlite:{}", folder.path().join("db").display());
    let done = command.env("DATABASE_URL", database).output().expect("the program starts");
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(
        !done.status.success() && why.contains("--data-key-file ") && why.contains("a.key"),
        "{why}"
    );
    assert!(!why.contains("salainen"), "{why}");
}

#[test]
fn a_database_that_is_no_file_is_refused_by_the_name_of_its_flag() {
    for url in [
        "sqlite:",
        "sqlite::memory:",
        "sqlite:file:x?mode=memory",
        "sqlite://nowhere.db",
        "mysql://localhost/db",
    ] {
        let done =
            run(&folder(), &["serve", "--listen", "127.0.0.1:0", "--database-url", url], &[]);
        let why = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && why.contains("--database-url: "), "{url}: {why}");
    }
}

#[test]
fn two_slashes_are_refused_with_the_forms_that_are_right() {
    let done = run(&folder(), &["migrate", "--database-url", "sqlite://kokemusvayla.db"], &[]);
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(why.contains("sqlite:FILE") && why.contains("sqlite:///FILE"), "{why}");
    let folder = folder();
    let place = folder.path().join("three.db");
    let done =
        run(&folder, &["migrate", "--database-url", &format!("sqlite://{}", place.display())], &[]);
    assert!(done.status.success() && place.exists(), "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn whoever_starts_on_a_database_that_others_can_read_is_told() {
    let folder = folder();
    assert!(run(&folder, &["migrate"], &[]).status.success());
    let file = folder.path().join("db");
    // It ends as soon as it would listen.
    let serve = ["serve", "--listen", "nowhere"];
    let told =
        |done: Output| String::from_utf8_lossy(&done.stderr).contains("others on this machine");
    assert!(!told(run(&folder, &serve, &[])), "a new one is nobody else's");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o644)).expect("it is ours");
    assert!(told(run(&folder, &serve, &[])));
}

#[test]
fn what_is_of_no_use_on_a_new_database_makes_none() {
    let dead = "019aa5d0-0000-7000-8000-00000000dead";
    let tasks: [&[&str]; 7] = [
        &["list-clients"],
        &["revoke-client", "--id", dead],
        &["rotate-keys"],
        &["send-now"],
        &["reseal"],
        &["create-client", "--area", "21", "--name", "HR", "--scope", "payroll"],
        &["backup", "--to", "-"],
    ];
    for words in tasks {
        let folder = folder();
        let done = run(&folder, &[&["admin"], words].concat(), &[]);
        let why = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && why.contains("there is no such database"), "{why}");
        assert!(done.stdout.is_empty() && !folder.path().join("db").exists(), "{words:?}");
        fs::write(folder.path().join("db"), "").expect("it is written");
        let done = run(&folder, &[&["admin"], words].concat(), &[]);
        let why = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && why.contains("nothing in this database"), "{why}");
    }
    let folder = folder();
    let first =
        ["admin", "create-administrator", "--name", "Eka", "--email", "eka@kokemusvayla.example"];
    assert!(run(&folder, &first, &[]).status.success());
    let none = run(&folder, &["admin", "list-clients"], &[]);
    assert!(none.status.success() && none.stdout.is_empty());
    assert!(String::from_utf8_lossy(&none.stderr).contains("no machine client"));
}

#[test]
fn a_secret_is_not_shown_of_a_client_that_is_not_kept() {
    let folder = folder();
    assert!(run(&folder, &["migrate"], &[]).status.success());
    let file = folder.path().join("db").display().to_string();
    let mut database = SqliteConnection::establish(&file).expect("it opens");
    // What fails no earlier than when the transaction is to be kept.
    let late = "CREATE TABLE late (id TEXT REFERENCES nodes (id) DEFERRABLE INITIALLY DEFERRED);
        CREATE TRIGGER late AFTER INSERT ON clients BEGIN INSERT INTO late VALUES ('nothing'); END";
    database.batch_execute(late).expect("SQLite obeys");
    let words = ["admin", "create-client", "--area", "21", "--name", "HR", "--scope", "payroll"];
    let done = run(&folder, &words, &[]);
    assert!(!done.status.success());
    assert!(done.stdout.is_empty(), "{}", String::from_utf8_lossy(&done.stdout));
    database.batch_execute("DROP TRIGGER late").expect("SQLite obeys");
    let done = run(&folder, &words, &[]);
    assert!(String::from_utf8_lossy(&done.stdout).contains("client_secret: "));
}

#[test]
fn a_level_that_is_none_is_refused_and_a_name_that_is_none_is_told_of() {
    let folder = folder();
    let done = run(&folder, &["migrate"], &[("RUST_LOG", "info,request=debgu")]);
    let why = String::from_utf8_lossy(&done.stderr);
    assert!(!done.status.success() && why.contains("RUST_LOG") && why.contains("debgu"), "{why}");
    assert!(!folder.path().join("db").exists());
    let done = run(&folder, &["migrate"], &[("RUST_LOG", "wran")]);
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && told.contains("RUST_LOG") && told.contains("wran"), "{told}");
    assert!(told.starts_with("{\"at\":"), "it is JSON: {told}");
}

#[test]
fn a_variable_that_no_setting_reads_is_told_of_by_its_name_alone() {
    let misspelt = [
        ("KOKEMUSVAYLA_SMTP_ULR", "smtp://user:salainen@mail.example"),
        ("KOKEMUSVAYLA_SANDBOX_LISTEN", "127.0.0.1:0"),
    ];
    let done = run(&folder(), &["migrate"], &misspelt);
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && told.contains("KOKEMUSVAYLA_SMTP_ULR"), "{told}");
    assert!(!told.contains("salainen") && !told.contains("KOKEMUSVAYLA_DATA_KEY"), "{told}");
    assert!(!told.contains("SANDBOX_LISTEN"), "another command reads it: {told}");
}

#[test]
fn a_password_in_a_database_url_that_is_malformed_is_told_to_nobody() {
    for url in ["postgres://user:sala sana@host/db", "postgres://user:sala/sana@host/db"] {
        let done = run(&folder(), &["migrate", "--database-url", url], &[]);
        let told = [done.stdout, done.stderr].concat();
        let told = String::from_utf8_lossy(&told);
        assert!(!done.status.success() && told.contains("--database-url: "), "{url}: {told}");
        assert!(!told.contains("sala") && !told.contains("sana"), "{told}");
    }
}
