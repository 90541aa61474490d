//! Tokens of OpenID Connect issuers that the installation trusts.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
        mpsc,
    },
    thread,
    time::Duration,
};

use acceptance::{DATA_KEY, Kind, Person, Server, on_both_databases, story};
use api::{
    Issuers, Limits, Quota, Quotas,
    config::{Cli, Command},
    region,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use clap::Parser;
use jsonwebtoken::{Algorithm, EncodingKey, Header, jwk::Jwk};
use serde_json::{Value, json};

const ORDERER: &str = "tilaaja@lappi.example";
const AUDIENCE: &str = "https://api.kokemusvayla.example";

/// An issuer on this machine that publishes the keys it is told to.
struct Issuer {
    url: String,
    keys: Mutex<Vec<u8>>,
    /// What it publishes beside them.
    odd: Mutex<Vec<Value>>,
    asked: AtomicUsize,
    gone: Mutex<bool>,
    /// Whether it takes connections and says nothing.
    silent: AtomicBool,
    /// Those that it takes then.
    left_waiting: Mutex<Vec<TcpStream>>,
    /// How many of them the other end has given up.
    given_up: AtomicUsize,
}

/// The Ed25519 key that grows from a seed of this one number, as PKCS#8 (RFC 8410).
fn key(seed: u8) -> EncodingKey {
    let mut der = STANDARD.decode("MC4CAQAwBQYDK2VwBCIEIA==").expect("base64");
    der.extend_from_slice(&[seed; 32]);
    EncodingKey::from_ed_der(&der)
}

/// The seed of a key that is not for verifying.
const FOR_OTHER_WORK: u8 = 7;

fn jwk(seed: u8) -> Value {
    let public = Jwk::from_encoding_key(&key(seed), Algorithm::EdDSA).expect("a key");
    let mut public = serde_json::to_value(public).expect("JSON");
    public["kid"] = json!(format!("key-{seed}"));
    public["use"] = json!("sig");
    if seed == FOR_OTHER_WORK {
        public["key_ops"] = json!(["deriveKey"]);
    }
    public
}

impl Issuer {
    /// Starts it with the key of one seed.
    fn start(seed: u8) -> Arc<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let url = format!("http://{}", listener.local_addr().expect("bound"));
        let (keys, asked) = (Mutex::new(vec![seed]), AtomicUsize::new(0));
        let (odd, gone) = (Mutex::default(), Mutex::new(false));
        let (silent, left_waiting, given_up) = Default::default();
        let issuer = Arc::new(Self { url, keys, odd, asked, gone, silent, left_waiting, given_up });
        let served = issuer.clone();
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                served.serve(stream);
            }
        });
        issuer
    }

    fn serve(&self, mut stream: TcpStream) {
        if self.silent.load(Ordering::SeqCst) {
            let other = stream.try_clone().expect("one more");
            self.left_waiting.lock().expect("free").push(other);
            while stream.read(&mut [0; 1024]).is_ok_and(|count| count > 0) {}
            self.given_up.fetch_add(1, Ordering::SeqCst);
            return;
        }
        let mut lines = BufReader::new(stream.try_clone().expect("one more")).lines();
        let first = lines.next().and_then(Result::ok).unwrap_or_default();
        lines.map_while(Result::ok).find(String::is_empty);
        if *self.gone.lock().expect("free") {
            return;
        }
        let body = if first.contains("/.well-known/openid-configuration ") {
            json!({ "issuer": self.url, "jwks_uri": format!("{}/keys", self.url) })
        } else {
            self.asked.fetch_add(1, Ordering::SeqCst);
            let seeds = self.keys.lock().expect("free").clone();
            let odd = self.odd.lock().expect("free").clone();
            let keys: Vec<Value> = seeds.into_iter().map(jwk).chain(odd).collect();
            json!({ "keys": keys })
        }
        .to_string();
        let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close";
        write!(stream, "{head}\r\ncontent-length: {}\r\n\r\n{body}", body.len()).expect("it reads");
    }

    fn fall_silent(&self) {
        self.silent.store(true, Ordering::SeqCst);
    }

    /// Waits until it keeps somebody waiting, and tells how many.
    fn has_kept_waiting(&self) -> usize {
        while self.left_waiting.lock().expect("free").is_empty() {
            thread::park_timeout(Duration::from_millis(5));
        }
        self.keeps_waiting()
    }

    /// How many it keeps waiting who have not given up.
    fn keeps_waiting(&self) -> usize {
        self.left_waiting.lock().expect("free").len() - self.given_up.load(Ordering::SeqCst)
    }

    /// Hangs up on those whom it keeps waiting, and speaks again.
    fn speak_again(&self) {
        self.silent.store(false, Ordering::SeqCst);
        for stream in self.left_waiting.lock().expect("free").iter() {
            // Whoever has given up is gone already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// Good claims about the orderer.
    fn claims(&self, server: &Server) -> Value {
        let now = server.app.clock.now().timestamp();
        json!({
            "iss": self.url, "aud": AUDIENCE, "sub": "orderer-at-the-issuer", "client_id": "their-app",
            "iat": now, "exp": now + 300, "jti": "1", "email": ORDERER, "email_verified": true,
            "acr": "high",
        })
    }
}

fn token(seed: u8, claims: &Value) -> String {
    signed(seed, &format!("key-{seed}"), "at+jwt", claims)
}

fn header(kid: &str, kind: &str) -> Header {
    let mut header = Header::new(Algorithm::EdDSA);
    header.typ = Some(kind.to_owned());
    header.kid = Some(kid.to_owned());
    header
}

fn signed(seed: u8, kid: &str, kind: &str, claims: &Value) -> String {
    jsonwebtoken::encode(&header(kid, kind), claims, &key(seed)).expect("it signs")
}

/// A token that demands that this extension of its header is understood.
fn demanding(extension: &str, claims: &Value) -> String {
    let header = Header { crit: Some(vec![extension.to_owned()]), ..header("key-1", "at+jwt") };
    jsonwebtoken::encode(&header, claims, &key(1)).expect("it signs")
}

/// A server that trusts `issuer` with some more settings.
fn trusting(kind: Kind, issuer: &Issuer, more: Value) -> Server {
    let mut settings = json!({
        "issuer": issuer.url, "audience": AUDIENCE, "loopback": true,
        "person": { "by": "email" }, "require": { "acr": ["high", "substantial"] },
    });
    for (name, value) in more.as_object().into_iter().flatten() {
        settings[name] = value.clone();
    }
    let text = json!({ "issuers": [settings] }).to_string();
    Server::start_with(kind, |app, _| app.issuers = Issuers::parse(&text).expect("well-formed"))
}

fn caller<'a>(server: &'a Server, token: &str) -> Person<'a> {
    server.stranger().with_token(token)
}

fn whoever_the_issuer_knows_is_let_in_and_nobody_else(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    issuer.keys.lock().expect("free").push(FOR_OTHER_WORK);
    let good = issuer.claims(&server);
    let me = caller(&server, &token(1, &good)).get("/v1/me").expect(200);
    assert_eq!(
        (&me.body["facts"]["email"], &me.body["roles"][0]["role"]),
        (&json!(ORDERER), &json!("orderer"))
    );
    let now = good["iat"].as_i64().expect("a time");
    let with = |name: &str, value: Value| {
        let mut claims = good.clone();
        claims[name] = value;
        token(1, &claims)
    };
    let without = |name: &str| {
        let mut claims = good.clone();
        claims.as_object_mut().expect("an object").remove(name);
        token(1, &claims)
    };
    let mut wrong = vec![
        ("another issuer", with("iss", json!("http://127.0.0.1:1"))),
        ("another audience", with("aud", json!("https://elsewhere.example"))),
        ("our own issuer", with("iss", json!(acceptance::ISSUER))),
        ("out of date", with("exp", json!(now - 10))),
        ("good for ever", with("exp", json!(now + 10_000_000))),
        ("a time that is none", with("exp", json!(i64::MAX))),
        ("from the future", with("iat", json!(now + 100))),
        ("not yet", with("nbf", json!(now + 100))),
        ("an unverified address", with("email_verified", json!(false))),
        ("an address that somebody says is verified", with("email_verified", json!("true"))),
        ("somebody unknown", with("email", json!("ei.ole@missaan.example"))),
        ("too weakly identified", with("acr", json!("low"))),
        ("an empty subject", with("sub", json!(""))),
        ("an identity token", signed(1, "key-1", "JWT", &good)),
        ("a key of nobody", signed(1, "key-9", "at+jwt", &good)),
        ("another's key", signed(2, "key-1", "at+jwt", &good)),
        ("a key that is not for verifying", token(FOR_OTHER_WORK, &good)),
        ("a demand that nobody here understands", demanding("exp-policy", &good)),
        ("our own key", server.app.tokens.sign_anything("at+jwt", &good).expect("it signs")),
    ];
    let all = ["iss", "aud", "sub", "iat", "exp", "email", "email_verified", "acr"];
    wrong.extend(all.map(|name| (name, without(name))));
    for (what, token) in wrong {
        let answer = caller(&server, &token).get("/v1/me");
        assert_eq!((answer.status, answer.code()), (401, "unauthenticated"), "{what}");
    }
    assert!(issuer.asked() <= 2, "a made-up key is asked for once");
}

fn a_new_key_is_noticed_and_made_up_ones_are_no_burden(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    let me = |seed: u8| caller(&server, &token(seed, &issuer.claims(&server))).get("/v1/me").status;
    assert_eq!((me(1), me(1), issuer.asked()), (200, 200, 1));
    issuer.keys.lock().expect("free").insert(0, 2);
    assert_eq!((me(2), issuer.asked()), (401, 1), "it was asked just now");
    server.advance(TimeDelta::seconds(31));
    assert_eq!((me(2), me(1), issuer.asked()), (200, 200, 2));
    for seed in 10..30 {
        assert_eq!(me(seed), 401);
    }
    assert_eq!(issuer.asked(), 2);
    // The old key goes, and is forgotten when the keys are asked for anew.
    issuer.keys.lock().expect("free").retain(|seed| *seed == 2);
    server.advance(TimeDelta::minutes(11));
    assert_eq!((me(2), me(1), issuer.asked()), (200, 401, 3));
    // While the issuer is away, what is known of it still holds, and not for ever.
    *issuer.gone.lock().expect("free") = true;
    server.advance(TimeDelta::hours(1));
    assert_eq!(me(2), 200);
    server.advance(TimeDelta::hours(24));
    let refused = caller(&server, &token(2, &issuer.claims(&server))).get("/v1/me").expect(503);
    assert_eq!(refused.code(), "issuer_unreachable", "nobody knows whether the key is still good");
    assert_eq!(refused.header("retry-after"), "10", "it is asked again then");
    *issuer.gone.lock().expect("free") = false;
    server.advance(TimeDelta::seconds(10));
    assert_eq!(me(2), 200);
}

/// The issuer takes connections and says nothing: nobody waits until it is given up, which is after five seconds.
fn an_issuer_that_says_nothing_keeps_nobody_waiting_whose_key_is_known(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    let me = |seed: u8| caller(&server, &token(seed, &issuer.claims(&server))).get("/v1/me").status;
    assert_eq!((me(1), issuer.asked()), (200, 1));
    server.advance(TimeDelta::minutes(11));
    issuer.fall_silent();
    for _ in 0..3 {
        assert_eq!((me(1), issuer.has_kept_waiting()), (200, 1), "one asks, and nobody waits");
    }
    issuer.speak_again();
    assert_eq!(me(2), 401, "whoever names a key that is not known waits until that is over");
    server.advance(TimeDelta::seconds(31));
    assert_eq!((me(2), me(1), issuer.asked()), (401, 200, 2));
}

fn an_issuer_that_says_nothing_is_not_asked_where_nobody_has_to_be_known(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    issuer.fall_silent();
    let nobody = caller(&server, &token(9, &issuer.claims(&server)));
    for path in ["/healthz", "/readyz", "/v1/codes", "/docs"] {
        nobody.get(path).expect(200);
    }
    nobody.raw("GET", "/v1/nothing", &[], None).expect(404);
    nobody.raw("OPTIONS", "/v1/me", &[], None).expect(204);
    nobody.raw("DELETE", "/v1/me", &[], None).expect(405);
    assert_eq!(issuer.keeps_waiting(), 0);
}

/// Whoever reads what anybody may read takes it out of their own quota, also by a token of another issuer.
fn a_guest_who_is_known_reads_out_of_their_own_quota(kind: Kind) {
    let issuer = Issuer::start(1);
    let text = json!({ "issuers": [{
        "issuer": issuer.url, "audience": AUDIENCE, "loopback": true, "person": { "by": "email" },
    }] });
    let server = Server::start_with(kind, |app, _| {
        app.issuers = Issuers::parse(&text.to_string()).expect("well-formed");
        let person = Quota { requests: 7, seconds: 60 };
        app.limits = Limits::new(Quotas { person, ..Quotas::GENEROUS }, Vec::new());
    });
    let guest = caller(&server, &token(1, &issuer.claims(&server)));
    guest.get("/v1/me").expect(200);
    let read = guest.get("/v1/codes").expect(200);
    assert!(
        read.header("ratelimit").starts_with("\"default\";r=5;"),
        "{}",
        read.header("ratelimit")
    );
}

fn only_so_many_wait_for_a_key_that_nobody_knows(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    let token = token(1, &issuer.claims(&server));
    let me = || caller(&server, &token).get("/v1/me");
    issuer.fall_silent();
    let (tell, told) = mpsc::channel();
    let refused = |answer: acceptance::Answer| {
        let answer = answer.expect(503);
        assert_eq!(answer.code(), "issuer_unreachable");
        let again: u64 = answer.header("retry-after").parse().expect("seconds");
        assert!((1..=10).contains(&again), "{again}");
    };
    thread::scope(|scope| {
        for _ in 0..40 {
            let (tell, me) = (tell.clone(), &me);
            scope.spawn(move || tell.send(me()).expect("somebody listens"));
        }
        for _ in 0..8 {
            refused(told.recv().expect("an answer"));
        }
        assert_eq!(issuer.has_kept_waiting(), 1, "one asks for all, and the others wait for that");
        issuer.speak_again();
        for _ in 8..40 {
            refused(told.recv().expect("an answer"));
        }
    });
    // It says when it is worth while to try again, and it is.
    refused(me());
    assert_eq!(issuer.asked(), 0);
    server.advance(TimeDelta::seconds(10));
    me().expect(200);
}

fn a_key_that_nobody_understands_leaves_the_others_good(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    let with = |name: &str, value: Value| {
        let mut key = jwk(2);
        key[name] = value;
        key
    };
    *issuer.odd.lock().expect("free") = vec![
        with("kid", json!(5)),
        with("x5c", json!("text")),
        with("key_ops", json!("verify")),
        json!({ "kty": "oct", "k": "c2VjcmV0", "kid": "key-1" }),
        json!("no key"),
    ];
    caller(&server, &token(1, &issuer.claims(&server))).get("/v1/me").expect(200);
    caller(&server, &token(2, &issuer.claims(&server))).get("/v1/me").expect(401);
}

fn a_moment_may_have_a_fraction_and_an_address_nothing_but_other_capitals(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    let with = |changes: Value| {
        let mut claims = issuer.claims(&server);
        for (name, value) in changes.as_object().expect("an object") {
            claims[name] = value.clone();
        }
        caller(&server, &token(1, &claims)).get("/v1/me").status
    };
    let now = server.app.clock.now().timestamp() as f64;
    assert_eq!(with(json!({ "iat": now - 0.5, "nbf": now - 0.25, "exp": now + 300.75 })), 200);
    assert_eq!(with(json!({ "exp": now - 9.5 })), 401);
    assert_eq!(with(json!({ "exp": 1e300 })), 401);
    assert_eq!(with(json!({ "email": ORDERER.to_uppercase() })), 200);
    for email in ["\u{212a}eskus@lappi.example", &format!(" {ORDERER}"), &format!("{ORDERER}\n")] {
        assert_eq!(with(json!({ "email": email })), 401, "{email:?}");
    }
}

/// The subject is the same, and who is meant by it is not.
fn what_somebody_was_answered_is_told_to_nobody_whom_their_token_names_later(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    let send = |email: &str| {
        let mut claims = issuer.claims(&server);
        claims["email"] = json!(email);
        let body = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        let key = [("idempotency-key", "mine")];
        caller(&server, &token(1, &claims)).call("POST", "/v1/orders", &key, Some(body))
    };
    let first = send(ORDERER).expect(201);
    let other = send("tilaaja@satakunta.example");
    assert_eq!((other.status, other.header("idempotent-replayed")), (403, ""));
    let again = send(ORDERER).expect(201);
    assert_eq!((again.header("idempotent-replayed"), again.id()), ("true", first.id()));
}

fn an_issuer_can_only_take_roles_away(kind: Kind) {
    let issuer = Issuer::start(1);
    let roles = json!({ "claim": "groups", "map": { "Tilaajat": ["orderer"], "Kaikki": ["platform_admin", "liaison"] } });
    let server = trusting(kind, &issuer, json!({ "roles": roles }));
    let orders = |groups: Value| {
        let mut claims = issuer.claims(&server);
        claims["groups"] = groups;
        caller(&server, &token(1, &claims)).get("/v1/me").expect(200).body["roles"].clone()
    };
    assert_eq!(orders(json!(["Tilaajat", "Muut"]))[0]["role"], "orderer");
    assert_eq!(orders(json!("Tilaajat"))[0]["role"], "orderer");
    for groups in [json!(["Kaikki"]), json!([]), json!(null), json!(7), json!("tilaajat")] {
        assert_eq!(orders(groups.clone()), json!([]), "{groups}");
    }
}

/// Whether a code goes to this address.
fn is_sent_codes(server: &Server, email: &str) -> bool {
    let before = server.app.mailer.sent().len();
    server.stranger().post("/v1/sign-in/codes", json!({ "email": email })).expect(202);
    server.letters(before).iter().any(|letter| letter.to == email)
}

fn whoever_came_by_another_issuer_has_the_account_from_their_first_request_on(kind: Kind) {
    let issuer = Issuer::start(1);
    let server = trusting(kind, &issuer, json!({}));
    let guest = || caller(&server, &token(1, &issuer.claims(&server)));
    let path = format!("/v1/people/{}", region::person(ORDERER));
    guest().get("/v1/me").expect(200);
    let manager = server.sign_in("keskus@lappi.example");
    let other = json!({ "email": "keskuksen.oma@lappi.example" });
    assert_eq!(manager.patch(&path, other.clone()).expect(409).code(), "has_signed_in");
    let version = manager.get(&path).tag();
    guest().get("/v1/me").expect(200);
    guest().get("/v1/orders").expect(200);
    assert_eq!(manager.get(&path).tag(), version, "what only reads writes nothing from then on");
    // Whoever still comes has not lost the account, whatever they ask for, and whether or not they get it.
    let comings: [&dyn Fn() -> u16; 3] =
        [&|| guest().get("/v1/me").status, &|| guest().get("/v1/orders").status, &|| {
            guest().post("/v1/sign-out", Value::Null).status
        }];
    for (come, status) in comings.into_iter().zip([200, 200, 403]) {
        let admin = server.sign_in("yllapito@kokemusvayla.example");
        admin.post(&format!("{path}/replace-address"), other.clone()).expect(200);
        assert_eq!(come(), status);
        server.advance(TimeDelta::days(3));
        assert!(!is_sent_codes(&server, "keskuksen.oma@lappi.example"));
    }
    let admin = server.sign_in("yllapito@kokemusvayla.example");
    admin.post(&format!("{path}/replace-address"), other).expect(200);
    server.advance(TimeDelta::days(3));
    assert!(is_sent_codes(&server, "keskuksen.oma@lappi.example"), "nobody came");
}

fn a_subject_can_be_a_person_by_configuration(kind: Kind) {
    let issuer = Issuer::start(1);
    let id = Server::start(kind).sign_in(ORDERER).id();
    let people = json!({ "by": "subject", "people": { "orderer-at-the-issuer": id } });
    let server = trusting(kind, &issuer, json!({ "person": people }));
    let mut claims = issuer.claims(&server);
    // What the settings do not ask for means nothing.
    claims["email"] = json!("keskus@lappi.example");
    assert_eq!(caller(&server, &token(1, &claims)).id(), id);
    claims["sub"] = json!("somebody-else");
    caller(&server, &token(1, &claims)).get("/v1/me").expect(401);
}

#[test]
fn issuers_are_trusted_as_far_as_they_should_be_on_sqlite() {
    whoever_the_issuer_knows_is_let_in_and_nobody_else(Kind::Sqlite);
    a_new_key_is_noticed_and_made_up_ones_are_no_burden(Kind::Sqlite);
    an_issuer_that_says_nothing_keeps_nobody_waiting_whose_key_is_known(Kind::Sqlite);
    an_issuer_that_says_nothing_is_not_asked_where_nobody_has_to_be_known(Kind::Sqlite);
    a_guest_who_is_known_reads_out_of_their_own_quota(Kind::Sqlite);
    only_so_many_wait_for_a_key_that_nobody_knows(Kind::Sqlite);
    a_key_that_nobody_understands_leaves_the_others_good(Kind::Sqlite);
    a_moment_may_have_a_fraction_and_an_address_nothing_but_other_capitals(Kind::Sqlite);
    what_somebody_was_answered_is_told_to_nobody_whom_their_token_names_later(Kind::Sqlite);
    an_issuer_can_only_take_roles_away(Kind::Sqlite);
    a_subject_can_be_a_person_by_configuration(Kind::Sqlite);
    whoever_came_by_another_issuer_has_the_account_from_their_first_request_on(Kind::Sqlite);
}

#[test]
fn issuers_are_trusted_as_far_as_they_should_be_on_postgres() {
    whoever_the_issuer_knows_is_let_in_and_nobody_else(Kind::Postgres);
    a_new_key_is_noticed_and_made_up_ones_are_no_burden(Kind::Postgres);
    an_issuer_that_says_nothing_keeps_nobody_waiting_whose_key_is_known(Kind::Postgres);
    an_issuer_that_says_nothing_is_not_asked_where_nobody_has_to_be_known(Kind::Postgres);
    a_guest_who_is_known_reads_out_of_their_own_quota(Kind::Postgres);
    only_so_many_wait_for_a_key_that_nobody_knows(Kind::Postgres);
    a_key_that_nobody_understands_leaves_the_others_good(Kind::Postgres);
    a_moment_may_have_a_fraction_and_an_address_nothing_but_other_capitals(Kind::Postgres);
    what_somebody_was_answered_is_told_to_nobody_whom_their_token_names_later(Kind::Postgres);
    an_issuer_can_only_take_roles_away(Kind::Postgres);
    a_subject_can_be_a_person_by_configuration(Kind::Postgres);
    whoever_came_by_another_issuer_has_the_account_from_their_first_request_on(Kind::Postgres);
}

on_both_databases! {
    fn everything_there_is_to_discover_is_where_it_should_be(server) {
        let stranger = server.stranger();
        let catalog = stranger.get("/.well-known/api-catalog").expect(200);
        assert_eq!(catalog.header("content-type"), "application/linkset+json; profile=\"https://www.rfc-editor.org/info/rfc9727\"");
        let set = &catalog.body["linkset"];
        assert_eq!(set[0]["item"][0]["href"], set[1]["anchor"]);
        for link in ["service-desc", "service-doc", "status"] {
            let href = set[1][link][0]["href"].as_str().expect("an address");
            let path = href.strip_prefix(acceptance::ISSUER).expect("it is here");
            let found = stranger.get(path).expect(200);
            let kind = set[1][link][0]["type"].as_str().expect("a type");
            assert!(found.header("content-type").starts_with(kind), "{path}");
        }
        let metadata = stranger.get("/.well-known/oauth-authorization-server").expect(200).body;
        assert_eq!(metadata["issuer"], acceptance::ISSUER);
        let keys = stranger.get("/.well-known/jwks.json").expect(200).body;
        assert!(!keys["keys"].as_array().expect("keys").is_empty());
        // Whom to tell is for the installation to say: nothing is made up.
        assert_eq!(stranger.get("/.well-known/security.txt").expect(404).code(), "not_found");
    }
}

#[test]
fn whom_to_tell_of_a_weakness_is_said_if_the_installation_says_it() {
    let until = chrono::DateTime::from_timestamp(1_900_000_000, 0);
    let contacts = ["mailto:turva@lappi.example".to_owned()];
    let server = Server::start_with(Kind::Sqlite, |app, _| {
        app.security = api::Security::new(&contacts, until).expect("a contact");
    });
    let text = server.stranger().get("/.well-known/security.txt").expect(200).text;
    assert_eq!(
        text,
        "Contact: mailto:turva@lappi.example\nExpires: 2030-03-17T17:46:40Z\nPreferred-Languages: fi, sv, en\nCanonical: http://kokemusvayla.test/.well-known/security.txt\n"
    );
    // What is said until then holds no longer (RFC 9116, 2.5.5).
    server.advance(TimeDelta::days(366 * 4));
    server.stranger().get("/.well-known/security.txt").expect(404);
}

on_both_databases! {
    fn a_contact_that_holds_no_more_is_refused_at_start(server) {
        let start = |until: &str| {
            let cli = Cli::parse_from([
                "kokemusvayla", "serve", "--database-url", server.database_url(), "--data-key", DATA_KEY,
                "--security-contact", "mailto:turva@lappi.example", "--security-expires", until,
            ]);
            let Command::Serve(serve) = cli.command else { panic!("it is told to serve") };
            serve.app(&server.app.clock).map(drop).map_err(|error| error.to_string())
        };
        start("2030-03-17T17:46:40Z").expect("it holds");
        let refused = start("2020-03-17T17:46:40Z").expect_err("it holds no more");
        assert!(refused.contains("--security-expires"), "{refused}");
    }
}

#[test]
fn an_address_of_the_service_that_nothing_can_be_built_on_is_refused_at_start() {
    let start = |issuer: &str| Cli::try_parse_from(["kokemusvayla", "serve", "--issuer", issuer]);
    let Ok(Cli { command: Command::Serve(serve) }) = start("https://api.lappi.example/") else {
        panic!("it is an address")
    };
    assert_eq!(serve.issuer, "https://api.lappi.example");
    for issuer in ["kokemus", "ftp://x", "http://h?x=1#f", "https://h/kokemusvayla"] {
        let refused = start(issuer).expect_err(issuer).to_string();
        assert!(refused.contains("--issuer"), "{refused}");
    }
}
