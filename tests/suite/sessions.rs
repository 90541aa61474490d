//! A session that begins while all of its person's are to end. SQLite has one writer; on PostgreSQL both go on at once.

use std::{
    thread::{self, ScopedJoinHandle},
    time::Duration,
};

use acceptance::{Answer, Kind, Server, story::ORDERER};
use api::region;
use diesel::{PgConnection, connection::SimpleConnection, prelude::*, sql_types::BigInt};
use serde_json::{Value, json};

const WAITING: &str = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

/// A code for the orderer, who has signed in before, as it is used.
fn code(server: &Server) -> Value {
    server.sign_in(ORDERER);
    let before = server.app.mailer.sent().len();
    server.stranger().post("/v1/sign-in/codes", json!({ "email": ORDERER })).expect(202);
    json!({ "email": ORDERER, "code": server.code_to(ORDERER, before) })
}

/// Lets somebody sign in, and `end` be done before they have: until it is over, or waits for them. Gives what both were answered.
fn meanwhile(
    server: &Server,
    code: Value,
    end: impl FnOnce() -> Answer + Send,
) -> (Answer, Answer) {
    let mut connection =
        PgConnection::establish(server.database_url()).expect("PostgreSQL answers");
    let lock = "BEGIN; LOCK TABLE refresh_tokens IN EXCLUSIVE MODE";
    connection.batch_execute(lock).expect("it obeys");
    thread::scope(|scope| {
        let begin = || server.stranger().post("/v1/sign-in/tokens", code);
        let beginning = scope.spawn(begin);
        wait(&mut connection, 1, &beginning);
        let ending = scope.spawn(end);
        wait(&mut connection, 2, &ending);
        connection.batch_execute("ROLLBACK").expect("it obeys");
        (beginning.join().expect("it answers"), ending.join().expect("it answers"))
    })
}

/// Waits until so many wait for others, or the thread is done.
fn wait(connection: &mut PgConnection, most: i64, thread: &ScopedJoinHandle<'_, Answer>) {
    for _ in 0..1000 {
        let count = diesel::dsl::sql::<BigInt>(&format!("({WAITING})"));
        let waiting: i64 = diesel::select(count).get_result(connection).expect("a number");
        if waiting >= most || thread.is_finished() {
            return;
        }
        thread::park_timeout(Duration::from_millis(5));
    }
    panic!("nobody waits, and nobody is done");
}

/// Whoever was let in is out by now.
fn is_over(server: &Server, begun: &Answer) {
    if begun.status != 200 {
        assert_eq!((begun.status, begun.code()), (400, "bad_code"));
        return;
    }
    let token = begun.body["access_token"].as_str().expect("a token");
    server.stranger().with_token(token).get("/v1/me").expect(401);
    let refresh = json!({ "refresh_token": begun.body["refresh_token"] });
    server.stranger().post("/v1/sign-in/refresh", refresh).expect(400);
}

#[test]
fn whoever_is_deactivated_as_they_sign_in_is_out_on_postgres() {
    let server = Server::start(Kind::Postgres);
    let (code, manager) = (code(&server), server.sign_in("keskus@lappi.example"));
    let path = format!("/v1/people/{}/deactivate", region::person(ORDERER));
    let (begun, ended) =
        meanwhile(&server, code, || manager.post(&path, json!({ "reason": "muutti" })));
    ended.expect(200);
    is_over(&server, &begun);
}

#[test]
fn whoever_signs_in_with_an_address_that_is_being_changed_is_out_on_postgres() {
    let server = Server::start(Kind::Postgres);
    let (code, orderer) = (code(&server), server.sign_in(ORDERER));
    let before = server.app.mailer.sent().len();
    orderer.post("/v1/me/address-codes", json!({ "email": "tiina@uusi.example" })).expect(202);
    let proof = server.code_to("tiina@uusi.example", before);
    let new = json!({ "email": "tiina@uusi.example", "code": proof });
    let (begun, ended) = meanwhile(&server, code, || orderer.post("/v1/me/address", new));
    ended.expect(200);
    orderer.get("/v1/me").expect(200);
    is_over(&server, &begun);
}
