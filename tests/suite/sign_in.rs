//! Signing in and out.

use acceptance::{Answer, Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use persistence::idempotency;
use serde_json::{Value, json};

const ORDERER: &str = "tilaaja@lappi.example";

/// Sends what signs in or goes on under an idempotency key.
fn keyed(server: &Server, path: &str, body: &Value) -> Answer {
    let headers = [("content-type", "application/json"), ("idempotency-key", "one-intention")];
    server.stranger().send("POST", path, &headers, Some(body.to_string().into_bytes()))
}

/// A code that was sent to the orderer, with the address, as it is used.
fn code(server: &Server) -> Value {
    let before = server.app.mailer.sent().len();
    server.stranger().post("/v1/sign-in/codes", json!({ "email": ORDERER })).expect(202);
    json!({ "email": ORDERER, "code": server.code_to(ORDERER, before) })
}

/// The same with another code.
fn wrong(code: &Value) -> Value {
    let other = if code["code"] == "00000000" { "00000001" } else { "00000000" };
    json!({ "email": ORDERER, "code": other })
}

/// What was signed in with is good for nobody.
fn is_over(server: &Server, signed_in: &Answer) {
    let token = signed_in.body["access_token"].as_str().expect("a token");
    server.stranger().with_token(token).get("/v1/me").expect(401);
    let refresh = json!({ "refresh_token": signed_in.body["refresh_token"] });
    assert_eq!(
        server.stranger().post("/v1/sign-in/refresh", refresh).expect(400).code(),
        "bad_refresh_token"
    );
}

on_both_databases! {
    fn only_the_newest_code_counts_also_once_it_was_used(server) {
        let (older, newer) = (code(server), code(server));
        let send = |code: &Value| server.stranger().post("/v1/sign-in/tokens", code.clone());
        send(&older).expect(400);
        send(&newer).expect(200);
        for used in [&older, &newer, &older] {
            assert_eq!(send(used).expect(400).code(), "bad_code");
        }
        send(&code(server)).expect(200);
    }

    fn a_wrong_code_is_put_right_under_its_key(server) {
        let code = code(server);
        assert_eq!(keyed(server, "/v1/sign-in/tokens", &wrong(&code)).expect(400).code(), "bad_code");
        let signed_in = keyed(server, "/v1/sign-in/tokens", &code).expect(200);
        assert_eq!(signed_in.header("idempotent-replayed"), "");
        assert_eq!(keyed(server, "/v1/sign-in/tokens", &wrong(&code)).expect(422).code(), "idempotency_key_reused");

        let nonsense = json!({ "refresh_token": "x".repeat(30) });
        assert_eq!(keyed(server, "/v1/sign-in/refresh", &nonsense).expect(400).code(), "bad_refresh_token");
        keyed(server, "/v1/sign-in/refresh", &json!({ "refresh_token": signed_in.body["refresh_token"] })).expect(200);
    }

    fn every_wrong_code_is_counted_also_under_one_key(server) {
        let code = code(server);
        for _ in 0..5 {
            keyed(server, "/v1/sign-in/tokens", &wrong(&code)).expect(400);
        }
        server.stranger().post("/v1/sign-in/tokens", code).expect(400);
    }

    fn tokens_are_told_again_only_while_they_are_new_and_their_session_goes_on(server) {
        let first = code(server);
        let signed_in = keyed(server, "/v1/sign-in/tokens", &first).expect(200);
        server.advance(TimeDelta::minutes(9));
        let again = keyed(server, "/v1/sign-in/tokens", &first).expect(200);
        assert_eq!((again.header("idempotent-replayed"), &again.body), ("true", &signed_in.body));
        server.advance(TimeDelta::minutes(1));
        assert_eq!(keyed(server, "/v1/sign-in/tokens", &first).expect(400).code(), "bad_code");
        server.stranger().post("/v1/sign-in/refresh", json!({ "refresh_token": signed_in.body["refresh_token"] })).expect(200);

        let second = code(server);
        let signed_in = keyed(server, "/v1/sign-in/tokens", &second).expect(200);
        let token = signed_in.body["access_token"].as_str().expect("a token");
        server.stranger().with_token(token).post("/v1/sign-out", Value::Null).expect(204);
        assert_eq!(keyed(server, "/v1/sign-in/tokens", &second).expect(400).code(), "bad_code");
        is_over(server, &signed_in);
    }

    fn tokens_that_were_kept_before_their_session_was_known_are_not_told_again(server) {
        let code = code(server);
        let signed_in = keyed(server, "/v1/sign-in/tokens", &code).expect(200);
        let keys = server.texts("SELECT id || ' ' || fingerprint AS text FROM idempotency_keys");
        let (key, request) = keys.iter().find_map(|row| row.split_once(' ')).expect("one key");
        let now = server.app.clock.now();
        let aged = server.app.database.write(|session| {
            let idempotency::Known::Answer(kept) = idempotency::reserve(session, key, request, now)? else {
                return Ok(false);
            };
            let mut kept: Value = serde_json::from_slice(&kept).expect("JSON");
            let named = kept.as_object_mut().and_then(|kept| kept.remove("session")).is_some();
            idempotency::keep(session, key, kept.to_string().as_bytes()).map(|()| named)
        });
        assert!(aged.expect("the database answers"), "it named its session");
        assert_eq!(keyed(server, "/v1/sign-in/tokens", &code).expect(400).code(), "bad_code");
        let refresh = json!({ "refresh_token": signed_in.body["refresh_token"] });
        server.stranger().post("/v1/sign-in/refresh", refresh).expect(200);
    }

    fn a_refresh_is_answered_again_only_while_it_is_new_and_its_session_goes_on(server) {
        let refresh = |signed_in: &Value| json!({ "refresh_token": signed_in["refresh_token"] });
        let first = refresh(&server.sign_in_fully(ORDERER));
        let next = keyed(server, "/v1/sign-in/refresh", &first).expect(200);
        let again = keyed(server, "/v1/sign-in/refresh", &first).expect(200);
        assert_eq!((again.header("idempotent-replayed"), &again.body), ("true", &next.body));
        let person = server.stranger().with_token(next.body["access_token"].as_str().expect("a token"));
        person.get("/v1/me").expect(200);
        person.post("/v1/sign-out", Value::Null).expect(204);
        assert_eq!(keyed(server, "/v1/sign-in/refresh", &first).expect(400).code(), "bad_refresh_token");
        is_over(server, &next);

        // Whoever comes much later with a token that was used has a copy.
        let first = refresh(&server.sign_in_fully(ORDERER));
        let next = keyed(server, "/v1/sign-in/refresh", &first).expect(200);
        server.advance(TimeDelta::minutes(10));
        assert_eq!(keyed(server, "/v1/sign-in/refresh", &first).expect(400).code(), "bad_refresh_token");
        is_over(server, &next);
    }

    fn a_person_signs_in_with_a_code_from_their_mail(server) {
        let me = server.sign_in(ORDERER).get("/v1/me").expect(200);
        assert_eq!(me.body["facts"]["email"], ORDERER);
        assert_eq!(me.body["roles"][0]["role"], "orderer");
    }

    fn nobody_learns_whether_an_address_is_known(server) {
        let ask = |email: &str| server.stranger().post("/v1/sign-in/codes", json!({ "email": email })).expect(202).body;
        assert_eq!(ask(ORDERER), ask("ei.ole@missaan.example"));
    }

    fn a_code_works_once(server) {
        server.stranger().post("/v1/sign-in/codes", json!({ "email": ORDERER })).expect(202);
        let wrong = server.stranger().post("/v1/sign-in/tokens", json!({ "email": ORDERER, "code": "00000000" }));
        assert_eq!((wrong.status, wrong.code()), (400, "bad_code"));
    }

    fn a_wrong_code_stays_wrong_when_it_is_sent_again_under_its_key(server) {
        let body = json!({ "email": ORDERER, "code": "00000000" }).to_string().into_bytes();
        let headers = [("content-type", "application/json"), ("idempotency-key", "one-try")];
        for _ in 0..2 {
            let refused = server.stranger().send("POST", "/v1/sign-in/tokens", &headers, Some(body.clone()));
            assert_eq!((refused.status, refused.code()), (400, "bad_code"));
        }
    }

    /// What is answered again is counted no more, so that it must not fill a mailbox either; and the code that comes is good.
    fn a_code_is_sent_once_for_a_key(server) {
        let before = server.app.mailer.sent().len();
        let body = json!({ "email": ORDERER }).to_string().into_bytes();
        let headers = [("content-type", "application/json"), ("idempotency-key", "lost-answer")];
        for time in 0..10 {
            let asked = server.stranger().send("POST", "/v1/sign-in/codes", &headers, Some(body.clone())).expect(202);
            assert_eq!(asked.header("idempotent-replayed") == "true", time > 0);
        }
        assert_eq!(server.letters(before).len(), 1);
        // Its SHA-256. Whoever had a copy of the database could try out every code against that of the next request.
        let digest = "d8d40c3e33754182660d75fb722b60efaa54534858339d7ea842b3f227b683f0";
        assert!(!server.stored().contains(digest), "requests are not kept so that they can be guessed");
        let code = server.code_to(ORDERER, before);
        server.stranger().post("/v1/sign-in/tokens", json!({ "email": ORDERER, "code": code })).expect(200);
    }

    fn a_key_that_cannot_be_read_is_refused(server) {
        let body = json!({ "email": ORDERER }).to_string().into_bytes();
        let headers = [("content-type", "application/json"), ("idempotency-key", "väylä")];
        let refused = server.stranger().send("POST", "/v1/sign-in/codes", &headers, Some(body));
        assert_eq!((refused.status, refused.code()), (400, "bad_idempotency_key"));
    }

    fn too_many_codes_are_refused_for_a_while(server) {
        for _ in 0..5 {
            server.stranger().post("/v1/sign-in/codes", json!({ "email": ORDERER })).expect(202);
        }
        let refused = server.stranger().post("/v1/sign-in/codes", json!({ "email": ORDERER })).expect(429);
        assert_eq!(refused.header("retry-after"), "900");
        server.advance(TimeDelta::minutes(16));
        server.stranger().post("/v1/sign-in/codes", json!({ "email": ORDERER })).expect(202);
    }

    fn an_access_token_is_good_for_a_quarter_of_an_hour(server) {
        let orderer = server.sign_in(ORDERER);
        orderer.get("/v1/me").expect(200);
        server.advance(TimeDelta::minutes(16));
        assert_eq!(orderer.get("/v1/me").expect(401).code(), "unauthenticated");
    }

    fn signing_out_ends_the_session_at_once(server) {
        let orderer = server.sign_in(ORDERER);
        let order = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        let create = || {
            let headers = [("content-type", "application/json"), ("idempotency-key", "before")];
            orderer.send("POST", "/v1/orders", &headers, Some(order.to_string().into_bytes()))
        };
        create().expect(201);
        assert_eq!(create().expect(201).header("idempotent-replayed"), "true");
        orderer.post("/v1/sign-out", json!(null)).expect(204);
        orderer.get("/v1/me").expect(401);
        assert_eq!(create().expect(401).code(), "unauthenticated", "nor is told what was answered before");
    }

    fn whoever_has_lost_a_telephone_signs_out_everywhere(server) {
        let lost = server.sign_in_fully(ORDERER);
        let refresh = |signed_in: &Value| json!({ "refresh_token": signed_in["refresh_token"] });
        server.advance(TimeDelta::days(1));
        let next = server.stranger().post("/v1/sign-in/refresh", refresh(&lost)).expect(200);
        assert_eq!(next.body["session_expires_at"], lost["session_expires_at"], "no session lasts longer by being used");
        let (found, other) = (server.sign_in(ORDERER), server.sign_in("yhteys@lappi.example"));
        found.post("/v1/sign-out/everywhere", json!(null)).expect(204);
        found.get("/v1/me").expect(401);
        server.stranger().post("/v1/sign-in/refresh", refresh(&next.body)).expect(400);
        let token = next.body["access_token"].as_str().expect("a token");
        server.stranger().with_token(token).get("/v1/me").expect(401);
        server.sign_in(ORDERER).get("/v1/me").expect(200);
        other.get("/v1/me").expect(200);
        server.machine("HR Lappi").post("/v1/sign-out/everywhere", json!(null)).expect(403);
    }

    fn a_machine_gets_a_token_for_its_scopes(server) {
        let hr = server.machine("HR Lappi");
        hr.get("/v1/me").expect(403);
        let form = format!("grant_type=client_credentials&client_id={}&client_secret=wrong", region::client("HR Lappi"));
        let kind = [("content-type", "application/x-www-form-urlencoded")];
        let refused = server.stranger().send("POST", "/v1/oauth/token", &kind, Some(form.into_bytes())).expect(401);
        assert_eq!(refused.body["error"], "invalid_client");
    }
}
