//! How much one may ask for.

use acceptance::{Kind, Server};
use api::{Limits, Quota, Quotas};
use chrono::TimeDelta;
use serde_json::json;

use crate::access_requests;

const ORDERER: &str = "tilaaja@lappi.example";
const TYPE: &str = "https://iana.org/assignments/http-problem-types#quota-exceeded";

/// A server that lets everybody ask little.
fn strict(kind: Kind) -> Server {
    Server::start_with(kind, |app, _| {
        let quotas = Quotas {
            person: Quota { requests: 4, seconds: 60 },
            client: Quota { requests: 2, seconds: 60 },
            address: Quota { requests: 20, seconds: 60 },
            sign_in: Quota { requests: 7, seconds: 60 },
            ..Quotas::GENEROUS
        };
        app.limits = Limits::new(quotas, vec!["127.0.0.1".parse().expect("an address")]);
    })
}

fn a_person_who_asks_too_much_is_told_when_to_go_on(kind: Kind) {
    let server = strict(kind);
    let orderer = server.sign_in(ORDERER);
    let first = orderer.get("/v1/me").expect(200);
    assert_eq!(first.header("ratelimit-policy"), "\"default\";q=4;w=60");
    assert_eq!(first.header("ratelimit"), "\"default\";r=3;t=15");
    // To hear that nothing has changed costs nothing.
    for _ in 0..10 {
        let same = orderer.call("GET", "/v1/me", &[("if-none-match", &first.tag())], None);
        assert!(same.expect(304).header("ratelimit").starts_with("\"default\";r=3;t="));
    }
    // What is refused counts like what is granted.
    orderer.get("/v1/orders?nonsense=1").expect(400);
    orderer.raw("GET", "/v1/nonsense", &[], None);
    orderer.get("/v1/me").expect(200);
    let refused = orderer.get("/v1/me").expect(429);
    assert_eq!((&refused.body["type"], refused.code()), (&json!(TYPE), "too_many_requests"));
    assert_eq!(refused.body["violated-policies"], json!(["default"]));
    assert!(refused.header("ratelimit").starts_with("\"default\";r=0;t="), "{refused:?}");
    assert!((1..=15).contains(&refused.header("retry-after").parse().expect("seconds")));
    // Others are not concerned, and whoever watches over the service is always told.
    server.sign_in("yhteys@lappi.example").get("/v1/me").expect(200);
    orderer.get("/healthz").expect(200);
    server.advance(TimeDelta::seconds(15));
    orderer.get("/v1/me").expect(200);
    orderer.get("/v1/me").expect(429);
}

fn a_machine_and_a_stranger_have_quotas_of_their_own(kind: Kind) {
    let server = strict(kind);
    let hr = server.machine("HR Lappi");
    let first = hr.get("/v1/codes/languages").expect(200);
    assert_eq!(first.header("ratelimit"), "\"default\";r=1;t=30");
    hr.get("/v1/codes/languages").expect(200);
    hr.get("/v1/codes/languages").expect(429);
    let stranger = server.stranger();
    let here = stranger.get("/v1/codes/languages").expect(200);
    assert_eq!(here.header("ratelimit-policy"), "\"default\";q=20;w=60");
    // The test is a proxy that the server trusts: it may speak for others.
    let from = [("x-forwarded-for", "192.0.2.1")];
    let elsewhere = stranger.call("GET", "/v1/codes/languages", &from, None).expect(200);
    assert_eq!(elsewhere.header("ratelimit"), "\"default\";r=19;t=3");
}

fn trying_to_sign_in_is_limited_apart(kind: Kind) {
    let server = strict(kind);
    let guess = || {
        let body = json!({ "email": ORDERER, "code": "00000000" });
        server.stranger().post("/v1/sign-in/tokens", body)
    };
    let first = guess().expect(400);
    assert_eq!(first.header("ratelimit-policy"), "\"default\";q=20;w=60, \"sign-in\";q=7;w=60");
    for _ in 0..6 {
        guess().expect(400);
    }
    let refused = guess().expect(429);
    assert_eq!(refused.body["violated-policies"], json!(["sign-in"]));
    server.stranger().get("/v1/codes/languages").expect(200);
}

fn a_proxy_that_adds_a_line_of_its_own_is_heeded(kind: Kind) {
    let server = strict(kind);
    let ask = |made_up: &str| {
        let from = [("x-forwarded-for", made_up), ("x-forwarded-for", "192.0.2.1")];
        let answer = server.stranger().call("GET", "/v1/codes/languages", &from, None).expect(200);
        answer.header("ratelimit").to_owned()
    };
    assert_eq!(ask("198.51.100.7"), "\"default\";r=19;t=3");
    assert_eq!(ask("198.51.100.8"), "\"default\";r=18;t=6");
}

fn a_household_is_one_place_for_what_the_database_counts_too(kind: Kind) {
    let server = Server::start_with(kind, |app, _| {
        let quotas =
            Quotas { codes_from_address: Quota { requests: 3, seconds: 900 }, ..Quotas::GENEROUS };
        app.limits = Limits::new(quotas, vec!["127.0.0.1".parse().expect("an address")]);
    });
    let send = |path: &str, from: &str, body| {
        server.stranger().call("POST", path, &[("x-forwarded-for", from)], Some(body))
    };
    let household = |number: usize| format!("2001:db8:0:1::{number}");
    let code = |from: &str, number: usize| {
        send("/v1/sign-in/codes", from, json!({ "email": format!("{number}@b.example") })).status
    };
    assert_eq!([1, 2, 3, 4].map(|number| code(&household(number), number)), [202, 202, 202, 429]);
    assert_eq!(code("2001:db8:0:2::1", 5), 202);
    let access = |number: usize| {
        let form = access_requests::form(&format!("{number}@b.example"));
        send("/v1/access-requests", &household(number), form).status
    };
    assert_eq!((1..=10).map(access).filter(|status| *status == 201).count(), 10);
    assert_eq!(access(11), 429);
}

#[test]
fn limits_hold_on_sqlite() {
    a_person_who_asks_too_much_is_told_when_to_go_on(Kind::Sqlite);
    a_machine_and_a_stranger_have_quotas_of_their_own(Kind::Sqlite);
    trying_to_sign_in_is_limited_apart(Kind::Sqlite);
    a_proxy_that_adds_a_line_of_its_own_is_heeded(Kind::Sqlite);
    a_household_is_one_place_for_what_the_database_counts_too(Kind::Sqlite);
}

#[test]
fn limits_hold_on_postgres() {
    a_person_who_asks_too_much_is_told_when_to_go_on(Kind::Postgres);
    a_machine_and_a_stranger_have_quotas_of_their_own(Kind::Postgres);
    trying_to_sign_in_is_limited_apart(Kind::Postgres);
    a_proxy_that_adds_a_line_of_its_own_is_heeded(Kind::Postgres);
    a_household_is_one_place_for_what_the_database_counts_too(Kind::Postgres);
}
