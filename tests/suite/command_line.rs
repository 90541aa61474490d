//! What is said to whoever starts the program with settings that cannot work.

use std::process::{Command, Output};

use acceptance::DATA_KEY;
use api::config::Cli;
use clap::Parser;
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
    for url in ["sqlite:", "sqlite::memory:", "sqlite:file:x?mode=memory", "mysql://localhost/db"] {
        let done =
            run(&folder(), &["serve", "--listen", "127.0.0.1:0", "--database-url", url], &[]);
        let why = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && why.contains("--database-url: "), "{url}: {why}");
    }
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
