//! The server is killed in the middle of its work, and asked to stop.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use acceptance::{BEGINNING, Person, Process, on_both_databases, story};
use api::region;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");

/// An order whose title says which one it is.
fn order(title: &str) -> Value {
    let mut form = story::form(1);
    form["task"]["title"] = json!(title);
    json!({ "node_id": region::node(story::UNIT), "form": form })
}

/// Asks for an order, unless the server is gone.
fn ask(person: &Person<'_>, title: &str) -> Option<(u16, Value)> {
    let headers = [("content-type", "application/json"), ("idempotency-key", title)];
    let answer = person
        .try_raw("POST", "/v1/orders", &headers, Some(order(title).to_string().into_bytes()))
        .ok()?;
    Some((answer.status, answer.body))
}

/// What the things of a listing have in a field, with how often each is there.
fn all(person: &Person<'_>, listing: &str, field: &str) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    for item in person.items(listing) {
        if let Some(text) = item[field].as_str() {
            *found.entry(text.to_owned()).or_default() += 1;
        }
    }
    found
}

/// How often the server is killed: a few times, or as often as `make faults` says.
fn rounds() -> usize {
    std::env::var("KILL_ROUNDS").map_or(3, |rounds| rounds.parse().expect("a number"))
}

/// Waits until something has happened, and not forever.
fn wait_until<What: Display>(what: impl Fn() -> What, happened: impl Fn() -> bool) {
    let began = Instant::now();
    while !happened() {
        assert!(began.elapsed() < Duration::from_secs(60), "not within a minute: {}", what());
        thread::park_timeout(Duration::from_millis(5));
    }
}

on_both_databases! {
    fn nothing_acknowledged_is_lost_when_the_server_is_killed(server) {
        let orderer = server.sign_in(story::ORDERER);
        let acknowledged = Mutex::new(Vec::new());
        let open = Mutex::new(Vec::new());
        for round in 0..rounds() {
            let mut process = Process::start(PROGRAM, server.database_url());
            let person = orderer.at(&process.url);
            let over = AtomicBool::new(false);
            thread::scope(|scope| {
                for client in 0..4 {
                    let (person, over, acknowledged, open) = (&person, &over, &acknowledged, &open);
                    scope.spawn(move || {
                        for number in 0.. {
                            let title = format!("round-{round}-client-{client}-order-{number}");
                            match ask(person, &title) {
                                Some((201, body)) => {
                                    acknowledged.lock().expect("free").push((title, body["id"].clone()));
                                }
                                _ => {
                                    open.lock().expect("free").push(title);
                                    assert!(over.load(Ordering::SeqCst), "it was not killed yet");
                                    return;
                                }
                            }
                        }
                    });
                }
                // Some orders later, and in no step with them.
                let enough = acknowledged.lock().expect("free").len() + 1 + round % 7;
                wait_until(|| "orders are made", || acknowledged.lock().expect("free").len() >= enough);
                thread::park_timeout(Duration::from_micros(1_700 * (round as u64 * 31 % 23)));
                over.store(true, Ordering::SeqCst);
                process.kill();
            });
        }
        let process = Process::start(PROGRAM, server.database_url());
        let person = orderer.at(&process.url);
        let acknowledged = acknowledged.into_inner().expect("free");
        assert!(acknowledged.len() >= 3, "some orders were made");
        for (title, id) in &acknowledged {
            let found = person.get(&format!("/v1/orders/{}", id.as_str().expect("an id"))).expect(200);
            assert_eq!(found.body["form"]["task"]["title"], json!(title));
            let (status, again) = ask(&person, title).expect("it answers");
            assert_eq!((status, &again["id"]), (201, id), "the first answer is given again");
        }
        for title in open.into_inner().expect("free") {
            let (status, first) = ask(&person, &title).expect("it answers");
            let (_, second) = ask(&person, &title).expect("it answers");
            assert_eq!((status, &first["id"]), (201, &second["id"]));
        }
        let titles = all(&person, "/v1/orders?limit=200", "title");
        assert!(titles.values().all(|count| *count == 1), "nothing is there twice");
    }

    fn what_was_done_is_told_and_nothing_else_however_often_the_server_is_killed(server) {
        let (orderer, liaison) = (server.sign_in(story::ORDERER), server.sign_in(story::LIAISON));
        let mut submitted = BTreeSet::new();
        for round in 0..rounds() {
            let mut process = Process::start(PROGRAM, server.database_url());
            let person = orderer.at(&process.url);
            let (done, over) = (AtomicUsize::new(0), AtomicBool::new(false));
            thread::scope(|scope| {
                let submit = scope.spawn(|| {
                    let mut answers = Vec::new();
                    for number in 0.. {
                        let title = format!("told-{round}-{number}");
                        let Some((201, made)) = ask(&person, &title) else { break };
                        let path = format!("/v1/orders/{}/submit", made["id"].as_str().expect("an id"));
                        let Ok(answer) = person.try_raw("POST", &path, &[], None) else { break };
                        assert_eq!(answer.status, 200);
                        answers.push(made["id"].as_str().expect("an id").to_owned());
                        done.fetch_add(1, Ordering::SeqCst);
                    }
                    assert!(over.load(Ordering::SeqCst), "it was not killed yet");
                    answers
                });
                wait_until(|| "orders are submitted", || done.load(Ordering::SeqCst) > round % 5);
                thread::park_timeout(Duration::from_micros(1_300 * (round as u64 * 29 % 23)));
                over.store(true, Ordering::SeqCst);
                process.kill();
                submitted.extend(submit.join().expect("it submits"));
            });
        }
        // Who was not answered may have submitted all the same.
        let now = "/v1/orders?state=submitted&limit=200";
        let is = all(&orderer, now, "id");
        assert!(is.keys().cloned().collect::<BTreeSet<_>>().is_superset(&submitted));
        let told = |field| all(&liaison, "/v1/notices?limit=200", field);
        let of_order = |reference: &String| reference.trim_start_matches("/v1/orders/").to_owned();
        let references = told("reference");
        assert_eq!(references.keys().map(of_order).collect::<Vec<_>>(), is.into_keys().collect::<Vec<_>>());
        assert!(references.values().all(|times| *times == 1), "{references:?}");

        // Then those who send are killed in the middle, and what they had begun is taken up again after a while: after a
        // day at the latest, however often it was tried.
        let beginning: DateTime<Utc> = BEGINNING.parse().expect("a moment");
        let is_sent = || told("sent_at").values().sum::<u32>() as usize == references.len();
        let last = (rounds() / 3).min(5);
        for round in (0..=last).take_while(|_| !is_sent()) {
            let now = beginning + TimeDelta::days(round as i64 + 1);
            let mut command = Process::command(PROGRAM, server.database_url());
            let mut process = Process::spawn(command.env("KOKEMUSVAYLA_TEST_NOW", now.to_rfc3339()));
            // PostgreSQL may commit what it was told to after whoever told it is gone: then nothing is left to print.
            let begun = || round < last && !process.printed().is_empty();
            let says = || format!("all is sent, which says {:?} {:?}", process.printed(), process.log());
            wait_until(says, || begun() || is_sent());
            process.kill();
        }
        assert!(is_sent());
    }

    fn what_has_begun_is_finished_when_the_server_is_asked_to_stop(server) {
        let orderer = server.sign_in(story::ORDERER);
        let mut process = Process::start(PROGRAM, server.database_url());
        let person = orderer.at(&process.url);
        let statuses = Mutex::new(Vec::new());
        thread::scope(|scope| {
            for client in 0..4 {
                let (person, statuses) = (&person, &statuses);
                scope.spawn(move || {
                    for number in 0.. {
                        let Some((status, _)) = ask(person, &format!("{client}-{number}")) else { return };
                        statuses.lock().expect("free").push(status);
                    }
                });
            }
            wait_until(|| "requests are answered", || statuses.lock().expect("free").len() >= 8);
            assert!(process.stop(), "it ends well");
        });
        assert!(statuses.into_inner().expect("free").iter().all(|status| *status == 201));
    }
}
