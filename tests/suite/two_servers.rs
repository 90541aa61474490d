//! Two server processes on one PostgreSQL behave as one.

use std::{
    collections::BTreeSet,
    sync::{
        Barrier, Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use acceptance::{Fresh, Kind, Person, Process, Server, on_postgres, story};
use api::{Limits, Quota, Quotas, region};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{id::Id, notice::Kind as Notice};
use persistence::notices;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");

/// Two processes on the database of a server.
fn two(server: &Server) -> (Process, Process) {
    thread::scope(|scope| {
        let start = || Process::start(PROGRAM, server.database_url());
        let other = scope.spawn(start);
        (start(), other.join().expect("it starts"))
    })
}

/// Waits until something has happened, and not forever.
fn wait_until(what: &str, happened: impl Fn() -> bool) {
    let began = Instant::now();
    while !happened() {
        assert!(began.elapsed() < Duration::from_secs(60), "{what} within a minute");
        thread::park_timeout(Duration::from_millis(20));
    }
}

fn order(title: &str) -> Value {
    let mut form = story::form(1);
    form["task"]["title"] = json!(title);
    json!({ "node_id": region::node(story::UNIT), "form": form })
}

/// Asks for an order, unless the server is gone.
fn ask(person: &Person<'_>, title: &str) -> Option<(u16, Value)> {
    let headers = [("content-type", "application/json"), ("idempotency-key", title)];
    let body = Some(order(title).to_string().into_bytes());
    let answer = person.try_raw("POST", "/v1/orders", &headers, body).ok()?;
    Some((answer.status, answer.body["id"].clone()))
}

on_postgres! {
    fn who_begins_at_one_goes_on_at_the_other(server) {
        let (one, other) = two(server);
        let (here, there) = (server.stranger().at(&one.url), server.stranger().at(&other.url));
        here.post("/v1/sign-in/codes", json!({ "email": story::ORDERER })).expect(202);
        // The letter comes line by line.
        let code = || -> String {
            let printed = one.printed().join("\n");
            let letter = printed.split(story::ORDERER).nth(1).unwrap_or_default();
            letter.chars().filter(char::is_ascii_digit).take(8).collect()
        };
        wait_until("a code", || code().len() == 8);
        let code = code();
        let given = there.post("/v1/sign-in/tokens", json!({ "email": story::ORDERER, "code": code })).expect(200).body;
        let person = here.with_token(given["access_token"].as_str().expect("a token"));
        person.get("/v1/me").expect(200);
        let next = here.post("/v1/sign-in/refresh", json!({ "refresh_token": given["refresh_token"] })).expect(200).body;
        // A refresh token that is used twice ends the session, wherever it is used.
        there.post("/v1/sign-in/refresh", json!({ "refresh_token": given["refresh_token"] })).expect(400);
        here.post("/v1/sign-in/refresh", json!({ "refresh_token": next["refresh_token"] })).expect(400);
        person.get("/v1/me").expect(401);
        // A cursor made here is good there.
        let coordinator = server.sign_in("keskus@lappi.example");
        let mut seen = BTreeSet::new();
        let mut path = "/v1/nodes?limit=3".to_owned();
        for turn in 0.. {
            let page = coordinator.at(if turn % 2 == 0 { &one.url } else { &other.url }).get(&path).expect(200);
            for item in page.body["items"].as_array().expect("items") {
                assert!(seen.insert(item["id"].to_string()), "nothing is shown twice");
            }
            let Some(cursor) = page.body["next"].as_str() else { break };
            path = format!("/v1/nodes?limit=3&cursor={cursor}");
        }
        let all = coordinator.get("/v1/nodes?limit=200").expect(200);
        assert_eq!(seen.len(), all.count());
    }

    fn one_key_has_one_effect_however_often_and_wherever_it_is_sent(server) {
        let (one, other) = two(server);
        let orderer = server.sign_in(story::ORDERER);
        for round in 0..5 {
            let title = format!("order-{round}");
            let start = Barrier::new(8);
            let answers: Vec<(u16, Value)> = thread::scope(|scope| {
                let threads: Vec<_> = (0..8).map(|number| {
                    let person = orderer.at(if number % 2 == 0 { &one.url } else { &other.url });
                    let (title, start) = (&title, &start);
                    scope.spawn(move || {
                        start.wait();
                        ask(&person, title).expect("it answers")
                    })
                }).collect();
                threads.into_iter().map(|thread| thread.join().expect("it ends")).collect()
            });
            assert!(answers.iter().all(|answer| *answer == answers[0] && answer.0 == 201), "{answers:?}");
        }
        assert_eq!(orderer.get("/v1/orders?limit=200").expect(200).count(), 5);
    }

    fn an_order_for_one_gets_one_acceptance_wherever_experts_accept(server) {
        let (one, other) = two(server);
        let brokering = story::brokering(server, 1);
        let offers = story::offers(server, &brokering, &[1, 2, 3, 4, 5, 6], "parallel");
        let start = Barrier::new(offers.len());
        let statuses: Vec<u16> = thread::scope(|scope| {
            let threads: Vec<_> = offers.iter().enumerate().map(|(number, offer)| {
                let expert = server.sign_in(&region::expert_email(number + 1));
                let expert = expert.at(if number % 2 == 0 { &one.url } else { &other.url });
                let start = &start;
                scope.spawn(move || {
                    let shown = expert.get(&format!("/v1/offers/{offer}")).expect(200);
                    let body = json!({ "description_digest": shown.body["description_digest"] });
                    start.wait();
                    expert.post(&format!("/v1/offers/{offer}/accept"), body).status
                })
            }).collect();
            threads.into_iter().map(|thread| thread.join().expect("it ends")).collect()
        });
        let (won, lost): (Vec<u16>, Vec<u16>) = statuses.iter().partition(|status| **status == 200);
        assert_eq!((won.len(), lost.len()), (1, 5), "{statuses:?}");
        assert!(lost.iter().all(|status| *status == 409), "{statuses:?}");
    }

    fn when_one_is_killed_the_other_carries_on(server) {
        let (mut one, other) = two(server);
        let orderer = server.sign_in(story::ORDERER);
        let (over, open, made) = (AtomicBool::new(false), Mutex::new(Vec::new()), Mutex::new(0));
        thread::scope(|scope| {
            for client in 0..4 {
                let url = if client % 2 == 0 { &one.url } else { &other.url };
                let (person, over, open, made) = (orderer.at(url), &over, &open, &made);
                scope.spawn(move || {
                    for number in 0.. {
                        let title = format!("{client}-{number}");
                        match ask(&person, &title) {
                            Some((201, _)) => *made.lock().expect("free") += 1,
                            Some(answer) => panic!("{answer:?}"),
                            None => {
                                assert!(client % 2 == 0, "the other one answers");
                                return open.lock().expect("free").push(title);
                            }
                        }
                        if client % 2 == 1 && over.load(Ordering::SeqCst) {
                            return;
                        }
                    }
                });
            }
            wait_until("some orders", || *made.lock().expect("free") >= 20);
            one.kill();
            let then = *made.lock().expect("free");
            wait_until("more orders", || *made.lock().expect("free") >= then + 20);
            over.store(true, Ordering::SeqCst);
        });
        let there = orderer.at(&other.url);
        for title in open.into_inner().expect("free") {
            let (first, second) = (ask(&there, &title).expect("it answers"), ask(&there, &title).expect("it answers"));
            assert_eq!((first.0, &first.1), (201, &second.1));
            *made.lock().expect("free") += 1;
        }
        let found = there.items("/v1/orders?limit=200").len();
        assert_eq!(found, *made.lock().expect("free"), "nothing is lost, and nothing is there twice");
    }

    fn a_rotated_key_is_good_at_both_before_either_signs_with_it(server) {
        let node = server.node();
        let kids = |url: &str| -> BTreeSet<String> {
            let keys = server.stranger().at(url).get("/.well-known/jwks.json").expect(200).body;
            keys["keys"].as_array().expect("keys").iter().map(|key| key["kid"].to_string()).collect()
        };
        let later = |seconds: i64| {
            for app in [&server.app, &node.app] {
                app.clock.advance(TimeDelta::seconds(seconds));
            }
        };
        later(60);
        let old = server.sign_in(story::ORDERER);
        let rotated = std::process::Command::new(PROGRAM)
            .args(["admin", "rotate-keys"])
            .env("DATABASE_URL", server.database_url())
            .env("KOKEMUSVAYLA_DATA_KEY", acceptance::DATA_KEY)
            .env("KOKEMUSVAYLA_TEST_NOW", DateTime::<Utc>::from(server.app.clock.now()).to_rfc3339())
            .output()
            .expect("it runs");
        assert!(rotated.status.success(), "{rotated:?}");
        server.app.run_jobs();
        let young = server.sign_in(story::ORDERER);
        young.at(&node.url).get("/v1/me").expect(200);
        node.app.run_jobs();
        assert_eq!((kids(&server.url), kids(&server.url).len()), (kids(&node.url), 2));
        later(30);
        server.app.run_jobs();
        let new = server.sign_in(story::ORDERER);
        let kid = |person: &Person<'_>| person.token().split('.').next().map(str::to_owned);
        assert_eq!(kid(&old), kid(&young));
        assert_ne!(kid(&old), kid(&new), "the new key signs");
        for person in [&old, &young, &new] {
            person.get("/v1/me").expect(200);
            person.at(&node.url).get("/v1/me").expect(200);
        }
    }

    fn what_one_node_is_enough_for_is_done_once(server) {
        let node = server.node();
        let now = server.app.clock.now();
        let people = [story::ORDERER, story::LIAISON, "keskus@lappi.example"];
        server.app.database.write(|session| -> persistence::Result<()> {
            for number in 0..60 {
                let id = Id::new(uuid::Uuid::now_v7());
                let person = region::person(people[number % people.len()]);
                notices::tell(session, person, Notice::ContactDue, &format!("/v1/assignments/{number}"), id, now)?;
            }
            Ok(())
        }).expect("they are told");
        thread::scope(|scope| {
            for app in [&server.app, &node.app, &server.app, &node.app] {
                scope.spawn(|| app.run_jobs());
            }
        });
        wait_until("all letters", || {
            server.app.run_jobs();
            server.app.mailer.sent().len() + node.app.mailer.sent().len() >= 60
        });
        let mut texts: Vec<String> = [&server.app, &node.app].iter()
            .flat_map(|app| app.mailer.sent())
            .map(|letter| letter.text)
            .filter(|text| text.contains("/v1/assignments/"))
            .collect();
        let all = texts.len();
        texts.sort();
        texts.dedup();
        assert_eq!((all, texts.len()), (60, 60), "each is sent once");
    }

    fn jobs_go_over_to_the_other_when_their_doer_stops(server) {
        let fresh = Fresh::empty(Kind::Postgres);
        // Both begin with an empty database at the same time: one makes the schema, the other waits for it.
        let (one, other) = thread::scope(|scope| {
            let start = || Process::start(PROGRAM, fresh.url());
            let other = scope.spawn(start);
            (start(), other.join().expect("it starts"))
        });
        for process in [&one, &other] {
            server.stranger().at(&process.url).get("/readyz").expect(200);
        }
        let done = "kokemusvayla_job_runs_total{name=\"expire_offers\",outcome=\"done\"} ";
        let times = |line: &str| line.strip_prefix(done).is_some_and(|times| times != "0");
        let does = |process: &Process| process.metrics().lines().any(times);
        wait_until("one of them does the jobs", || does(&one) || does(&other));
        let (mut doer, rest) = if does(&one) { (one, other) } else { (other, one) };
        assert!(!does(&rest), "the other one rests");
        assert!(doer.stop(), "it ends well");
        wait_until("the other one goes on", || does(&rest));
    }

    fn each_node_counts_requests_for_itself(server) {
        let strict = || {
            let address = Quota { requests: 2, seconds: 60 };
            Limits::new(Quotas { address, ..Quotas::GENEROUS }, Vec::new())
        };
        let (one, other) = (server.node_with(|app| app.limits = strict()), server.node_with(|app| app.limits = strict()));
        let ask = |url: &str| server.stranger().at(url).get("/v1/codes").status;
        assert_eq!([ask(&one.url), ask(&one.url), ask(&one.url)], [200, 200, 429]);
        assert_eq!([ask(&other.url), ask(&other.url), ask(&other.url)], [200, 200, 429]);
    }
}
