//! What machine clients and their tokens need: OAuth 2.0 as its standards have it.

use acceptance::{Answer, Server, on_both_databases};
use api::region;
use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use persistence::{Session, clients};
use serde_json::json;

const FORM: (&str, &str) = ("content-type", "application/x-www-form-urlencoded");

/// Sends a form as `client` with `secret`.
fn sent(
    server: &Server,
    path: &str,
    client: &str,
    secret: &str,
    more: &[(&str, &str)],
    form: &str,
) -> Answer {
    let who = STANDARD.encode(format!("{}:{secret}", region::client(client)));
    let basic = format!("Basic {who}");
    let headers = [&[FORM, ("authorization", basic.as_str())], more].concat();
    server.stranger().send("POST", path, &headers, Some(form.as_bytes().to_vec()))
}

fn asked(server: &Server, path: &str, client: &str, form: &str) -> Answer {
    sent(server, path, client, region::PAYROLL_SECRET, &[], form)
}

/// Shuts a client out, as the administrators do.
pub(crate) fn shut_out(server: &Server, client: &str) {
    let shut = |session: &mut Session<'_>| {
        let found = clients::find(session, region::client(client).cast())?;
        let shut = found.thing.clone().revoke(server.app.clock.now());
        clients::save(session, &found, shut).map(drop)
    };
    server.app.database.write(shut).unwrap_or_else(|error: persistence::Error| panic!("{error}"));
}

on_both_databases! {
    fn a_client_that_signs_out_has_ended_its_token(server) {
        let hr = server.machine("HR Lappi");
        hr.get("/v1/payroll/packages").expect(200);
        hr.post("/v1/sign-out", json!(null)).expect(204);
        hr.get("/v1/payroll/packages").expect(401);
        let form = format!("token={}", hr.token());
        let state = asked(server, "/v1/oauth/introspect", "HR Lappi", &form).expect(200);
        assert_eq!(state.body, json!({ "active": false }));
        server.machine("HR Lappi").get("/v1/payroll/packages").expect(200);
    }

    /// The key is bound to the credentials: whoever knows it, or comes upon it, gets nothing that was meant for somebody else.
    fn an_idempotency_key_gives_nobody_the_token_of_another(server) {
        let get = |client: &str, secret: &str| {
            let key = [("idempotency-key", "one-for-all")];
            sent(server, "/v1/oauth/token", client, secret, &key, "grant_type=client_credentials")
        };
        let lapland = get("HR Lappi", region::PAYROLL_SECRET).expect(200);
        assert_eq!(get("HR Lappi", "made-up").expect(401).code(), "bad_client");
        assert_eq!(get("HR Satakunta", "made-up").expect(401).code(), "bad_client");
        let satakunta = get("HR Satakunta", region::PAYROLL_SECRET).expect(200);
        assert_ne!(lapland.body["access_token"], satakunta.body["access_token"]);
        let again = get("HR Lappi", region::PAYROLL_SECRET).expect(200);
        assert_eq!(again.header("idempotent-replayed"), "true");
        assert_eq!(again.body["access_token"], lapland.body["access_token"]);
    }

    fn a_client_that_is_shut_out_is_not_told_what_it_was_answered_before(server) {
        let key = [("idempotency-key", "once")];
        let get = || {
            let form = "grant_type=client_credentials";
            sent(server, "/v1/oauth/token", "HR Lappi", region::PAYROLL_SECRET, &key, form)
        };
        get().expect(200);
        assert_eq!(get().expect(200).header("idempotent-replayed"), "true");
        shut_out(server, "HR Lappi");
        assert_eq!(get().expect(401).code(), "bad_client");
    }

    fn a_token_is_said_to_be_good_only_while_it_is_whatever_key_comes_along(server) {
        let hr = server.machine("HR Lappi");
        let form = format!("token={}", hr.token());
        let about = || {
            let key = [("idempotency-key", "once")];
            sent(server, "/v1/oauth/introspect", "HR Lappi", region::PAYROLL_SECRET, &key, &form).expect(200)
        };
        assert_eq!(about().body["active"], true);
        asked(server, "/v1/oauth/revoke", "HR Lappi", &form).expect(200);
        let now = about();
        assert_eq!((&now.body, now.header("idempotent-replayed")), (&json!({ "active": false }), ""));
        let wrong = [("idempotency-key", "two words")];
        let wrong = sent(server, "/v1/oauth/introspect", "HR Lappi", region::PAYROLL_SECRET, &wrong, &form);
        assert_eq!(wrong.expect(400).code(), "bad_idempotency_key");
    }

    fn a_token_that_is_not_good_any_more_is_not_given_again(server) {
        let get = || {
            let form = "grant_type=client_credentials";
            let key = [("idempotency-key", "once")];
            let answer = sent(server, "/v1/oauth/token", "HR Lappi", region::PAYROLL_SECRET, &key, form).expect(200);
            let token = answer.body["access_token"].as_str().expect("a token").to_owned();
            (token, answer.header("idempotent-replayed") == "true")
        };
        let works = |token: &str| server.stranger().with_token(token).get("/v1/payroll/packages").status == 200;
        let (first, _) = get();
        assert_eq!(get(), (first.clone(), true));
        asked(server, "/v1/oauth/revoke", "HR Lappi", &format!("token={first}")).expect(200);
        let (second, replayed) = get();
        assert!(second != first && !replayed && works(&second));
        assert_eq!(get(), (second.clone(), true));
        server.advance(TimeDelta::minutes(11));
        let (third, replayed) = get();
        assert!(third != second && !replayed && works(&third));
        server.advance(TimeDelta::minutes(16));
        let (fourth, replayed) = get();
        assert!(!works(&third) && fourth != third && !replayed && works(&fourth));
    }

    fn a_client_asks_about_its_token_and_takes_it_back(server) {
        let (first, second) = (server.machine("HR Lappi"), server.machine("HR Lappi"));
        let about = |client: &str, token: &str| {
            asked(server, "/v1/oauth/introspect", client, &format!("token={token}")).expect(200).body
        };
        let good = about("HR Lappi", first.token());
        assert_eq!((&good["active"], &good["scope"]), (&true.into(), &"payroll".into()));
        assert_eq!(good["client_id"], region::client("HR Lappi").to_string());
        assert_eq!(good["exp"].as_i64(), good["iat"].as_i64().map(|given| given + 900));

        let revoke = |client: &str, token: &str| {
            let form = format!("token={token}&token_type_hint=access_token");
            asked(server, "/v1/oauth/revoke", client, &form).expect(200);
        };
        revoke("HR Satakunta", first.token());
        first.get("/v1/payroll/packages").expect(200);
        revoke("HR Lappi", first.token());
        revoke("HR Lappi", first.token());
        revoke("HR Lappi", "made.up.token");
        assert_eq!(first.get("/v1/payroll/packages").expect(401).code(), "unauthenticated");
        assert_eq!(about("HR Lappi", first.token()), serde_json::json!({ "active": false }));
        second.get("/v1/payroll/packages").expect(200);

        let centre = server.sign_in("yllapito@kokemusvayla.example");
        let events = centre.get("/v1/audit-events?operation=revoke_client_token").expect(200);
        assert_eq!(events.body["items"].as_array().map(Vec::len), Some(1));
        assert!(!events.text.contains(first.token()));
    }

    /// Nobody learns by it whether a token of somebody else is good.
    fn a_client_learns_nothing_of_tokens_that_are_not_its_own(server) {
        let person = server.sign_in("tilaaja@lappi.example");
        let lapland = server.machine("HR Lappi");
        for token in [person.token(), lapland.token(), "made.up.token"] {
            for path in ["/v1/oauth/introspect", "/v1/oauth/revoke"] {
                let answer = asked(server, path, "HR Satakunta", &format!("token={token}")).expect(200);
                assert_eq!(answer.body, serde_json::json!({ "active": false }), "{path}");
            }
        }
        person.get("/v1/me").expect(200);
        lapland.get("/v1/payroll/packages").expect(200);
        for path in ["/v1/oauth/introspect", "/v1/oauth/revoke"] {
            let form = format!("token={}", lapland.token());
            let stranger = server.stranger().send("POST", path, &[FORM], Some(form.clone().into_bytes()));
            assert_eq!(stranger.expect(401).body["error"], "invalid_client");
            let wrong = sent(server, path, "HR Lappi", "made-up", &[], &form);
            assert_eq!(wrong.expect(401).body["error"], "invalid_client");
            assert_eq!(asked(server, path, "HR Lappi", "nothing=here").expect(400).body["error"], "invalid_request");
        }
        lapland.get("/v1/payroll/packages").expect(200);
        server.advance(TimeDelta::minutes(16));
        let over = asked(server, "/v1/oauth/introspect", "HR Lappi", &format!("token={}", lapland.token()));
        assert_eq!(over.expect(200).body, serde_json::json!({ "active": false }));
    }

    /// Whoever made an OAuth 2.0 library reads `error` (RFC 6749, 5.2); what they add to a request is theirs (3.2).
    fn a_request_for_a_token_is_answered_in_the_words_of_its_standard(server) {
        let ask = |form: &str| asked(server, "/v1/oauth/token", "HR Lappi", form);
        for (form, error) in [
            ("grant_type=password", "unsupported_grant_type"),
            ("scope=payroll", "invalid_request"),
            ("grant_type=client_credentials&grant_type=client_credentials", "invalid_request"),
            ("grant_type=%ff%", "unsupported_grant_type"),
            ("grant_type=client_credentials&%02=a&%02=b", "invalid_request"),
            ("grant_type=client_credentials&scope=public_bank", "invalid_scope"),
            ("grant_type=client_credentials&scope=everything", "invalid_scope"),
        ] {
            let answer = ask(form).expect(400);
            assert_eq!(answer.body["error"], error, "{form}");
            assert_eq!(answer.body["code"], "invalid", "{form}");
        }
        let answer = ask("grant_type=client_credentials&scope=&audience=https%3A%2F%2Fapi.example").expect(200);
        assert_eq!(answer.body["scope"], "payroll");
    }

    /// What RFC 6749 says of how a client shows who it is (2.3), and of the answer (5.1).
    fn a_client_shows_its_secret_in_one_way_and_as_its_standard_has_it(server) {
        let form = "grant_type=client_credentials";
        let given = asked(server, "/v1/oauth/token", "HR Lappi", form).expect(200);
        assert_eq!((given.header("cache-control"), given.header("pragma")), ("no-store", "no-cache"));
        let encoded = region::PAYROLL_SECRET.replace('-', "%2D");
        sent(server, "/v1/oauth/token", "HR Lappi", &encoded, &[], form).expect(200);
        sent(server, "/v1/oauth/token", "HR Lappi", &encoded.replace("%2D", "%2B"), &[], form).expect(401);

        let own = format!("{form}&client_id={}", region::client("HR Lappi"));
        asked(server, "/v1/oauth/token", "HR Lappi", &own).expect(200);
        let other = format!("{form}&client_id={}", region::client("HR Satakunta"));
        let twice = format!("{own}&client_secret={}", region::PAYROLL_SECRET);
        for (form, pointer) in [(&other, "#/client_id"), (&twice, "#/client_secret")] {
            let refused = asked(server, "/v1/oauth/token", "HR Lappi", form).expect(400);
            assert_eq!((&refused.body["error"], refused.wrong()), (&json!("invalid_request"), vec![(pointer, "not_allowed")]));
        }
        for path in ["/v1/oauth/token", "/v1/oauth/introspect", "/v1/oauth/revoke"] {
            let json = [("content-type", "application/json")];
            let refused = server.stranger().send("POST", path, &json, Some(b"{}".to_vec())).expect(415);
            assert_eq!(refused.body["error"], "invalid_request", "{path}");
        }
    }
}
