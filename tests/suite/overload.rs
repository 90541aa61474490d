//! More than the server can bear, and clients who take their time.

use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::Barrier,
    thread,
    time::{Duration, Instant},
};

use acceptance::{Kind, Server, on_both_databases, open, open_impatiently, story};
use api::{Gate, region};
use diesel::{PgConnection, connection::SimpleConnection, prelude::*};
use domain::node::NodeId;
use serde_json::{Value, json};
use uuid::Uuid;

/// A server that asks the database one thing at a time, and lets two wait.
fn narrow(kind: Kind) -> Server {
    Server::start_with(kind, |app, url| {
        app.database = open_impatiently(url, 4, Duration::from_millis(300)).expect("it opens");
        app.gate = Gate::new(1, 2, Duration::from_millis(300));
    })
}

/// Does something while nobody else can write down a code.
fn alone<T>(kind: Kind, url: &str, act: impl FnOnce() -> T) -> T {
    if kind == Kind::Postgres {
        let mut connection = PgConnection::establish(url).expect("PostgreSQL answers");
        let lock = "BEGIN; LOCK TABLE sign_in_codes IN ACCESS EXCLUSIVE MODE";
        connection.batch_execute(lock).expect("it obeys");
        let done = act();
        connection.batch_execute("ROLLBACK").expect("it obeys");
        return done;
    }
    let database = open(url, 1).expect("it opens");
    database.write(|_| -> Result<_, persistence::Error> { Ok(act()) }).expect("it commits")
}

fn overload(kind: Kind) {
    let server = narrow(kind);
    let orderer = server.sign_in("tilaaja@lappi.example");
    let statuses: Vec<(u16, String)> = alone(kind, server.database_url(), || {
        thread::scope(|scope| {
            let write = || {
                let answer = server
                    .stranger()
                    .post("/v1/sign-in/codes", serde_json::json!({ "email": "a@b.example" }));
                (answer.status, answer.header("retry-after").to_owned())
            };
            // Ten times what there is room for: one that asks, and two that wait.
            let threads: Vec<_> = (0..30).map(|_| scope.spawn(write)).collect();
            threads.into_iter().map(|thread| thread.join().expect("it answers")).collect()
        })
    });
    let turned_away = statuses.iter().filter(|(status, _)| *status == 503).count();
    assert!(turned_away >= 27, "{statuses:?}");
    for (status, retry_after) in &statuses {
        assert!(matches!(status, 202 | 429 | 503), "{statuses:?}");
        assert!(*status != 503 || retry_after == "1");
    }
    // As soon as there is room again, everything goes on: the very next one is served, and so are the others.
    orderer.get("/v1/me").expect(200);
    for number in 0..10 {
        let email = serde_json::json!({ "email": format!("{number}@b.example") });
        server.stranger().post("/v1/sign-in/codes", email).expect(202);
    }
}

#[test]
fn too_much_at_once_is_turned_away_at_once_on_sqlite() {
    overload(Kind::Sqlite);
}

#[test]
fn too_much_at_once_is_turned_away_at_once_on_postgres() {
    overload(Kind::Postgres);
}

on_both_databases! {
    fn a_body_that_does_not_come_is_cut_off(server) {
        let address = server.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("it connects");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
        let began = Instant::now();
        stream
            .write_all(b"POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{")
            .expect("it takes the beginning");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer, and then the end");
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("application/problem+json") && answer.contains("too_slow"), "{answer}");
        assert!(began.elapsed() < Duration::from_secs(15));
        server.stranger().get("/healthz").expect(200);
    }

    fn those_who_write_at_once_are_each_answered_for_themselves(server) {
        let orderer = server.sign_in(story::ORDERER);
        let titles = || -> Vec<String> {
            let orders = orderer.get("/v1/orders?limit=200").expect(200);
            let title = |order: &Value| order["form"]["task"]["title"].as_str().expect("a title").to_owned();
            let mut titles: Vec<_> = orders.body["items"].as_array().expect("items").iter().map(title).collect();
            titles.sort();
            titles
        };
        let before = titles();
        let ask = |node: NodeId, title: &str| {
            let mut form = story::form(1);
            form["task"]["title"] = json!(title);
            let headers = [("content-type", "application/json"), ("idempotency-key", title)];
            let body = json!({ "node_id": node, "form": form }).to_string().into_bytes();
            orderer.send("POST", "/v1/orders", &headers, Some(body))
        };
        let start = Barrier::new(24);
        let mut again = thread::scope(|scope| {
            let threads: Vec<_> = (0..24)
                .map(|number| {
                    let (ask, start) = (&ask, &start);
                    scope.spawn(move || {
                        start.wait();
                        let unit = region::node(story::UNIT);
                        match number % 3 {
                            0 => ask(unit, &format!("own-{number}")).expect(201),
                            // Refused in the middle of what the others write.
                            1 => ask(NodeId::new(Uuid::now_v7()), &format!("nowhere-{number}")).expect(400),
                            _ => ask(unit, "the-same").expect(201),
                        }
                        .body["id"]
                            .clone()
                    })
                })
                .collect();
            let ids = threads.into_iter().map(|thread| thread.join().expect("an answer"));
            ids.enumerate().filter(|(number, _)| number % 3 == 2).map(|(_, id)| id).collect::<Vec<_>>()
        });
        again.dedup();
        assert_eq!(again.len(), 1, "one key has one answer: {again:?}");
        let mut expected = before;
        expected.extend((0..24).step_by(3).map(|number| format!("own-{number}")));
        expected.push("the-same".to_owned());
        expected.sort();
        assert_eq!(titles(), expected);
    }

    fn odd_requests_get_an_answer_or_the_end_of_the_line(server) {
        let address = server.url.trim_start_matches("http://");
        for odd in [
            "GET /v1/../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET /v1/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "GET //v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "TRACE /v1/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
            "nonsense\r\n\r\n",
        ] {
            let mut stream = TcpStream::connect(address).expect("it connects");
            stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a timeout");
            stream.write_all(odd.as_bytes()).expect("it takes it");
            let mut answer = Vec::new();
            stream.read_to_end(&mut answer).expect("an answer, and then the end");
            let answer = String::from_utf8_lossy(&answer);
            assert!(answer.starts_with("HTTP/1.1 4"), "{odd:?} gets {answer}");
        }
    }
}
