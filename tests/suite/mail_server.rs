//! What becomes of messages when the mail server takes them, refuses them, or says nothing.

use std::{
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use acceptance::{DATA_KEY, Kind, Manner, Post, Process, Server, on_both_databases, story};
use api::{
    Limits, Mailer, Quota, Quotas,
    commands::admin,
    config::{Cli, Command},
    region,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use clap::Parser;
use domain::{id::Id, notice};
use persistence::{
    mails::{self, Mail},
    notices,
};
use serde_json::json;
use uuid::Uuid;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");
const FROM: &str = "kokemusvayla@vayla.example";

/// A server that sends through `post`, and lets anybody ask for codes as often as they like.
fn sending(kind: Kind, post: &Post) -> Server {
    Server::start_with(kind, |app, _| {
        app.mailer = Mailer::smtp(&post.url, FROM.parse().expect("an address")).expect("a URL");
        let often = Quota { requests: 100_000, seconds: 1 };
        let quotas =
            Quotas { codes_for_email: often, codes_from_address: often, ..Quotas::GENEROUS };
        app.limits = Limits::new(quotas, Vec::new());
    })
}

/// Something waits for the person, and so a notice is to be sent.
fn tell(server: &Server, email: &str) -> Uuid {
    let (id, now) = (Uuid::now_v7(), server.app.clock.now());
    let told = server.app.database.write(|session| {
        let reference = format!("/v1/orders/{id}");
        let (person, kind) = (region::person(email), notice::Kind::OrderReceived);
        notices::tell(session, person, kind, &reference, Id::new(id), now)
    });
    told.expect("it is written");
    id
}

/// Something is to be sent to an address.
fn write(server: &Server, to: &str) {
    let (id, now) = (Id::new(Uuid::now_v7()), server.app.clock.now());
    let (to, subject, text) = (to.to_owned(), "Tiedoksi".to_owned(), "Hyvää päivää".to_owned());
    let mail = Mail { id, to, subject, text, tries: 0, written_at: Some(now), next_try_at: now };
    server.app.database.write(|session| mails::add(session, mail)).expect("it is written");
}

/// Lets some minutes go by, has what is due then tried, and measures what is left.
fn pass(server: &Server, minutes: i64) {
    server.advance(TimeDelta::minutes(minutes));
    server.come_to_rest();
    server.app.run_jobs();
}

fn sends(server: &Server, kind: &str, outcome: &str) -> f64 {
    server.figure(&format!("mail_sends_total{{kind=\"{kind}\",outcome=\"{outcome}\"}}"))
}

/// What stands in a header of a letter.
fn header<'a>(letter: &'a str, name: &str) -> &'a str {
    let (head, _) = letter.split_once("\n\n").expect("a head");
    let found = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
    found.unwrap_or_else(|| panic!("{name} is in {head}"))
}

/// What a letter says, once whoever reads it has undone how it travelled.
fn says(letter: &str) -> String {
    let (_, body) = letter.split_once("\n\n").expect("a body");
    let bytes = match header(letter, "Content-Transfer-Encoding") {
        "base64" => STANDARD.decode(body.replace('\n', "")).expect("base64"),
        "quoted-printable" => {
            let joined = body.replace("=\n", "");
            let mut parts = joined.split('=');
            let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
            for part in parts {
                let (code, rest) = part.split_at(2);
                bytes.push(u8::from_str_radix(code, 16).expect("two digits"));
                bytes.extend_from_slice(rest.as_bytes());
            }
            bytes
        }
        other => panic!("{other} is no way to send letters of Finnish"),
    };
    String::from_utf8(bytes).expect("UTF-8")
}

fn hang(kind: Kind) {
    let post = Post::open(Manner::Hangs);
    let server = sending(kind, &post);
    let stranger = server.stranger();
    let ask =
        |email: &str| stranger.post("/v1/sign-in/codes", json!({ "email": email })).expect(202);
    for _ in 0..300 {
        ask(story::ORDERER);
    }
    assert_eq!(ask("ei-kukaan@muualla.example").body, ask(story::ORDERER).body, "nothing is told");
    stranger.get("/readyz").expect(200);
    stranger.get("/v1/codes").expect(200);
    let wrong = json!({ "email": story::ORDERER, "code": "00000000" });
    stranger.post("/v1/sign-in/tokens", wrong).expect(400);
    assert!(
        sends(&server, "code", "turned_away") > 0.0,
        "somebody is told that codes are not sent"
    );
    post.now(Manner::Takes);
    server.letters(0);
    assert!(!post.letters().is_empty(), "those that waited are sent");
    let all: f64 =
        ["sent", "failed", "turned_away"].map(|one| sends(&server, "code", one)).iter().sum();
    // The one to nobody is never sent, and may have been turned away.
    assert!((301.0..=302.0).contains(&all), "{all}");
}

#[test]
fn a_mail_server_that_hangs_keeps_nobody_from_anything_else_on_sqlite() {
    hang(Kind::Sqlite);
}

#[test]
fn a_mail_server_that_hangs_keeps_nobody_from_anything_else_on_postgres() {
    hang(Kind::Postgres);
}

#[test]
fn a_message_says_how_it_is_written_and_is_the_same_message_on_each_try() {
    let post = Post::open(Manner::Refuses("451 4.3.0 later"));
    let server = sending(Kind::Sqlite, &post);
    let id = tell(&server, story::LIAISON);
    pass(&server, 0);
    post.now(Manner::Takes);
    pass(&server, 6);
    let letters = post.letters();
    assert_eq!(letters.len(), 2, "it is tried again, and not once it was taken");
    for letter in &letters {
        assert!(letter.is_ascii());
        assert_eq!(header(letter, "Message-ID"), format!("<{id}@vayla.example>"));
        assert_eq!(header(letter, "MIME-Version"), "1.0");
        assert_eq!(header(letter, "Content-Type"), "text/plain; charset=utf-8");
        let text = says(letter);
        assert!(text.contains(&format!("/v1/orders/{id}")) && text.contains('ä'), "{text}");
    }
    let code = json!({ "email": story::ORDERER });
    for _ in 0..2 {
        server.stranger().post("/v1/sign-in/codes", code.clone()).expect(202);
    }
    server.letters(0);
    let ids: Vec<String> =
        post.letters()[2..].iter().map(|letter| header(letter, "Message-ID").to_owned()).collect();
    assert_eq!(ids.len(), 2);
    assert_ne!(ids[0], ids[1], "each code is another message");
}

fn stuck(kind: Kind) {
    let post = Post::open(Manner::Refuses("451 4.3.0 later"));
    let server = sending(kind, &post);
    tell(&server, story::LIAISON);
    write(&server, "joku@muualla.example");
    // Each time it is tried and refused, and put off for longer.
    for minutes in [0, 6, 7, 7] {
        pass(&server, minutes);
    }
    assert_eq!(server.figure("outbox_oldest_seconds"), 1200.0);
    assert_eq!(server.figure("outbox_due"), 2.0);
    assert!(sends(&server, "notice", "failed") >= 2.0 && sends(&server, "mail", "failed") >= 2.0);
    // An address that is wrong is a matter for whoever wrote it down, and the mail server is well.
    post.now(Manner::Refuses("550 5.1.1 no such mailbox"));
    pass(&server, 24 * 60);
    assert_eq!(server.figure("outbox_oldest_seconds"), 0.0);
    assert_eq!(server.figure("outbox_due"), 0.0);
    assert!(server.figure("outbox_set_aside") >= 2.0);
    assert!(sends(&server, "notice", "refused") >= 1.0 && sends(&server, "mail", "refused") >= 1.0);
    post.now(Manner::Takes);
    pass(&server, 2 * 24 * 60);
    assert_eq!(server.figure("outbox_set_aside"), 0.0);
    assert!(sends(&server, "notice", "sent") >= 1.0 && sends(&server, "mail", "sent") == 1.0);
}

#[test]
fn a_mail_server_that_takes_nothing_is_seen_however_often_it_is_tried_on_sqlite() {
    stuck(Kind::Sqlite);
}

#[test]
fn a_mail_server_that_takes_nothing_is_seen_however_often_it_is_tried_on_postgres() {
    stuck(Kind::Postgres);
}

fn well_again(kind: Kind) {
    let post = Post::open(Manner::Refuses("451 4.3.0 later"));
    let server = sending(kind, &post);
    tell(&server, story::LIAISON);
    write(&server, "joku@muualla.example");
    // By now they rest for more than an hour.
    for minutes in [0, 6, 11, 21, 41] {
        pass(&server, minutes);
    }
    assert_eq!(server.figure("outbox_due"), 2.0);
    post.now(Manner::Takes);
    pass(&server, 1);
    assert_eq!(server.figure("outbox_due"), 2.0, "nobody has noticed");
    tell(&server, story::ORDERER);
    pass(&server, 1);
    assert_eq!(server.figure("outbox_due"), 0.0, "what waits goes with the first that is taken");
    // What the server refuses is asked for again by whoever has put it right.
    post.now(Manner::Refuses("550 5.1.1 no such mailbox"));
    tell(&server, story::LIAISON);
    write(&server, "joku@muualla.example");
    for minutes in [0, 6] {
        pass(&server, minutes);
    }
    assert_eq!(server.figure("outbox_set_aside"), 2.0);
    post.now(Manner::Takes);
    let words =
        ["kokemusvayla", "admin", "--database-url", server.database_url(), "--data-key", DATA_KEY];
    let told = Cli::parse_from(words.into_iter().chain(["send-now"]));
    let Command::Admin(told) = told.command else { panic!("it is of admin") };
    admin::run(&told, &server.app.clock).expect("the database answers");
    pass(&server, 0);
    assert_eq!(server.figure("outbox_set_aside"), 0.0);
    assert_eq!(sends(&server, "mail", "sent"), 2.0, "each is sent once");
}

#[test]
fn what_waits_is_sent_as_soon_as_the_mail_server_takes_messages_again_on_sqlite() {
    well_again(Kind::Sqlite);
}

#[test]
fn what_waits_is_sent_as_soon_as_the_mail_server_takes_messages_again_on_postgres() {
    well_again(Kind::Postgres);
}

on_both_databases! {
    fn a_code_that_waits_for_the_mail_server_is_sent_before_the_program_ends(server) {
        let post = Post::open(Manner::Hangs);
        let mut command = Process::command(PROGRAM, server.database_url());
        let sends = [("KOKEMUSVAYLA_SMTP_URL", post.url.as_str()), ("KOKEMUSVAYLA_MAIL_FROM", FROM)];
        let mut process = Process::spawn(command.envs(sends));
        let ask = json!({ "email": story::ORDERER });
        server.stranger().at(&process.url).post("/v1/sign-in/codes", ask).expect(202);
        post.wait_for_somebody();
        process.ask_to_stop();
        let (began, address) = (Instant::now(), process.url.trim_start_matches("http://").to_owned());
        while TcpStream::connect(&address).is_ok() {
            assert!(began.elapsed() < Duration::from_secs(10), "it takes no requests any more");
            thread::park_timeout(Duration::from_millis(5));
        }
        post.now(Manner::Takes);
        assert!(process.wait(), "it ends well");
        assert_eq!(post.letters().len(), 1);
    }
}
