//! Tokens that must not let anyone in.

use acceptance::{ISSUER, Server, on_both_databases};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};

use crate::client_tokens::shut_out;

/// A key pair of Ed25519 that is not the server's: from RFC 8037, appendix A.
const FOREIGN: &str = "MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g";

/// What is asked for where no token came.
const REALM: &str = "Bearer realm=\"kokemusvayla\"";

fn part(value: &Value) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn parts(token: &str) -> (Value, Value, String) {
    let pieces: Vec<&str> = token.split('.').collect();
    let read = |piece: &str| {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(piece).expect("base64")).expect("JSON")
    };
    (read(pieces[0]), read(pieces[1]), pieces[2].to_owned())
}

/// The good token with something changed: in its header, in its claims, or in how it is signed.
fn forgeries(good: &str, refresh: &str, key: &Value) -> Vec<(&'static str, String)> {
    let (header, claims, signature) = parts(good);
    let with = |mut value: Value, name: &str, new: Value| {
        value[name] = new;
        value
    };
    let without = |mut value: Value, name: &str| {
        value.as_object_mut().expect("an object").remove(name);
        value
    };
    let old =
        |header: &Value, claims: &Value| format!("{}.{}.{signature}", part(header), part(claims));
    let foreign = {
        use base64::engine::general_purpose::STANDARD;
        EncodingKey::from_ed_der(&STANDARD.decode(FOREIGN).expect("base64"))
    };
    let signed = |kid: Option<&str>, kind: &str, claims: &Value| {
        let mut header = Header::new(Algorithm::EdDSA);
        header.kid = kid.map(str::to_owned);
        header.typ = Some(kind.to_owned());
        jsonwebtoken::encode(&header, claims, &foreign).expect("it signs")
    };
    let kid = header["kid"].as_str().expect("a kid");
    let hmac = |secret: &[u8]| {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(kid.to_owned());
        header.typ = Some("at+jwt".to_owned());
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret)).expect("it signs")
    };
    let exp = claims["exp"].as_i64().expect("a time");
    vec![
        ("nothing", String::new()),
        ("the refresh token", refresh.to_owned()),
        ("doubled", format!("{good}{good}")),
        ("two in one", format!("{good} {good}")),
        ("a huge one", "a".repeat(30_000)),
        ("a huge claim", old(&header, &with(claims.clone(), "x", json!("a".repeat(20_000))))),
        ("detached", format!("{}..{signature}", part(&header))),
        ("cut short", good[..good.len() - 10].to_owned()),
        ("padded", format!("{good}==")),
        ("HMAC with the public key", hmac(key["x"].as_str().unwrap_or_default().as_bytes())),
        (
            "HMAC with the bytes of the public key",
            hmac(&URL_SAFE_NO_PAD.decode(key["x"].as_str().unwrap_or_default()).expect("base64")),
        ),
        (
            "a critical header that nobody knows",
            old(&with(header.clone(), "crit", json!(["x"])), &claims),
        ),
        (
            "the address of a key set",
            old(&with(header.clone(), "jku", json!("https://evil.example/jwks")), &claims),
        ),
        (
            "the address of a certificate",
            old(&with(header.clone(), "x5u", json!("https://evil.example/x5u")), &claims),
        ),
        ("a name with SQL", signed(Some("' OR '1'='1"), "at+jwt", &claims)),
        ("no token at all", "abc".to_owned()),
        ("two parts", good.rsplit_once('.').expect("parts").0.to_owned()),
        ("four parts", format!("{good}.e30")),
        ("no signature", format!("{}.{}.", part(&header), part(&claims))),
        (
            "alg none",
            format!("{}.{}.", part(&with(header.clone(), "alg", json!("none"))), part(&claims)),
        ),
        ("alg none with the signature", old(&with(header.clone(), "alg", json!("none")), &claims)),
        (
            "alg HS256 with the signature",
            old(&with(header.clone(), "alg", json!("HS256")), &claims),
        ),
        (
            "alg ES256 with the signature",
            old(&with(header.clone(), "alg", json!("ES256")), &claims),
        ),
        ("HMAC with an empty secret", hmac(b"")),
        ("HMAC with the key's name", hmac(kid.as_bytes())),
        ("a foreign key under our name", signed(Some(kid), "at+jwt", &claims)),
        ("a foreign key under its own name", signed(Some("foreign"), "at+jwt", &claims)),
        ("a foreign key without a name", signed(None, "at+jwt", &claims)),
        ("a name with a path", signed(Some("../../etc/passwd"), "at+jwt", &claims)),
        ("an identity token", signed(Some(kid), "JWT", &claims)),
        ("the type changed", old(&with(header.clone(), "typ", json!("JWT")), &claims)),
        ("the type removed", old(&without(header.clone(), "typ"), &claims)),
        ("the key's name removed", old(&without(header.clone(), "kid"), &claims)),
        (
            "a key of its own in the header",
            old(&with(header.clone(), "jwk", json!({ "kty": "OKP" })), &claims),
        ),
        (
            "another person",
            old(
                &header,
                &with(claims.clone(), "sub", json!("019aa5d0-0000-7000-8000-000000000001")),
            ),
        ),
        (
            "another session",
            old(
                &header,
                &with(claims.clone(), "sid", json!("019aa5d0-0000-7000-8000-000000000001")),
            ),
        ),
        ("a scope added", old(&header, &with(claims.clone(), "scope", json!("payroll")))),
        (
            "another issuer",
            old(&header, &with(claims.clone(), "iss", json!("https://evil.example"))),
        ),
        (
            "another audience",
            old(&header, &with(claims.clone(), "aud", json!("https://evil.example"))),
        ),
        ("a later end", old(&header, &with(claims.clone(), "exp", json!(exp + 3600)))),
        ("no end", old(&header, &without(claims.clone(), "exp"))),
        ("an end as text", old(&header, &with(claims.clone(), "exp", json!("tomorrow")))),
        ("the signature's last letter changed", change_last(good)),
        (
            "a signature of zeroes",
            format!("{}.{}.{}", part(&header), part(&claims), URL_SAFE_NO_PAD.encode([0; 64])),
        ),
    ]
}

fn change_last(token: &str) -> String {
    let (head, signature) = token.rsplit_once('.').expect("parts");
    let mut bytes = URL_SAFE_NO_PAD.decode(signature).expect("base64");
    bytes[63] ^= 1;
    format!("{head}.{}", URL_SAFE_NO_PAD.encode(bytes))
}

/// A token with these claims that the server's own key has signed.
fn signed_by_the_server(server: &Server, kind: &str, claims: &Value) -> String {
    server.app.tokens.sign_anything(kind, claims).expect("it signs")
}

on_both_databases! {
    fn no_forged_token_lets_anyone_in(server) {
        let signed_in = server.sign_in_fully("tilaaja@lappi.example");
        let orderer = server.stranger().with_token(signed_in["access_token"].as_str().expect("a token"));
        let key = server.stranger().get("/.well-known/jwks.json").expect(200).body["keys"][0].clone();
        let table = forgeries(orderer.token(), signed_in["refresh_token"].as_str().expect("a token"), &key);
        assert!(table.len() >= 25);
        for (what, token) in table {
            let answer = orderer.with_token(&token).raw("GET", "/v1/me", &[], None);
            assert_eq!((what, answer.status), (what, 401));
            assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
            // RFC 6750, 3.1: it is the token, and nobody is told what is wrong with it.
            let asks = if what == "nothing" { REALM.to_owned() } else { format!("{REALM}, error=\"invalid_token\"") };
            assert_eq!(answer.header("www-authenticate"), asks, "{what}");
        }
        assert_eq!(server.stranger().get("/v1/me").expect(401).header("www-authenticate"), REALM);
        orderer.get("/v1/me").expect(200);
    }

    fn a_token_is_shown_once_in_its_header_and_nowhere_else(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let (stranger, token) = (server.stranger(), orderer.token());
        let bearer = format!("Bearer {token}");
        let status = |headers: &[(&str, &str)]| stranger.raw("GET", "/v1/me", headers, None).status;
        assert_eq!(status(&[("authorization", &bearer)]), 200);
        assert_eq!(status(&[("authorization", &format!("bearer {token}"))]), 200, "RFC 9110: any case");
        assert_eq!(status(&[("authorization", &bearer), ("authorization", &bearer)]), 401);
        assert_eq!(status(&[("authorization", "Bearer x"), ("authorization", &bearer)]), 401);
        for scheme in ["Basic", "DPoP", "Token", "Bearer,", ""] {
            assert_eq!(status(&[("authorization", &format!("{scheme} {token}"))]), 401, "{scheme}");
        }
        assert_eq!(status(&[("authorization", token)]), 401);
        assert_eq!(status(&[("cookie", &format!("access_token={token}"))]), 401);
        assert_eq!(status(&[("x-access-token", token)]), 401);
        let query = format!("/v1/me?access_token={token}");
        assert_eq!(stranger.raw("GET", &query, &[], None).status, 401);
    }

    fn a_client_that_is_shut_out_is_out_at_once_and_never_a_person(server) {
        let hr = server.machine("HR Lappi");
        hr.get("/v1/payroll/packages").expect(200);
        hr.get("/v1/me").expect(403);
        shut_out(server, "HR Lappi");
        let refused = hr.get("/v1/payroll/packages").expect(401);
        assert!(refused.header("www-authenticate").ends_with("error=\"invalid_token\""), "{refused:?}");
    }

    fn even_our_own_key_does_not_sign_a_wrong_token_good(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let (_, claims, _) = parts(orderer.token());
        let with = |name: &str, value: Value| {
            let mut claims = claims.clone();
            claims[name] = value;
            claims
        };
        let now = claims["iat"].as_i64().expect("a time");
        let mut no_session = claims.clone();
        no_session.as_object_mut().expect("an object").remove("sid");
        for name in ["iss", "aud", "sub", "client_id", "iat", "nbf", "exp", "jti"] {
            let mut claims = claims.clone();
            claims.as_object_mut().expect("an object").remove(name);
            let token = signed_by_the_server(server, "at+jwt", &claims);
            let answer = orderer.with_token(&token).raw("GET", "/v1/me", &[], None);
            assert_eq!((name, answer.status), (name, 401));
        }
        for (what, kind, claims) in [
            ("expired a moment ago", "at+jwt", with("exp", json!(now - 6))),
            ("another person in the same session", "at+jwt", with("sub", json!("019aa5d0-0000-7000-8000-000000000001"))),
            ("an identity token", "JWT", claims.clone()),
            ("another issuer", "at+jwt", with("iss", json!("https://evil.example"))),
            ("another audience", "at+jwt", with("aud", json!(["https://evil.example"]))),
            ("expired", "at+jwt", with("exp", json!(now - 60))),
            ("not yet good", "at+jwt", with("nbf", json!(now + 600))),
            ("issued in the future", "at+jwt", with("iat", json!(now + 600))),
            ("too long a life", "at+jwt", with("exp", json!(now + 86_400))),
            ("neither session nor scope", "at+jwt", no_session),
            ("an unknown scope", "at+jwt", with("scope", json!("everything"))),
            ("a session of nobody", "at+jwt", with("sid", json!("019aa5d0-0000-7000-8000-000000000001"))),
        ] {
            let token = signed_by_the_server(server, kind, &claims);
            let answer = orderer.with_token(&token).raw("GET", "/v1/me", &[], None);
            assert_eq!((what, answer.status), (what, 401));
        }
        let good = signed_by_the_server(server, "at+jwt", &claims);
        orderer.with_token(&good).get("/v1/me").expect(200);
        assert_eq!(claims["iss"], ISSUER);
    }

    fn a_refresh_token_used_twice_ends_the_session(server) {
        let stranger = server.stranger();
        let first = server.sign_in_fully("tilaaja@lappi.example");
        let refresh = |token: &Value| stranger.post("/v1/sign-in/refresh", json!({ "refresh_token": token }));
        let second = refresh(&first["refresh_token"]).expect(200);
        let person = stranger.with_token(second.body["access_token"].as_str().expect("a token"));
        person.get("/v1/me").expect(200);
        assert_eq!(refresh(&first["refresh_token"]).expect(400).code(), "bad_refresh_token");
        person.get("/v1/me").expect(401);
        refresh(&second.body["refresh_token"]).expect(400);
    }

    fn the_public_keys_are_published(server) {
        let keys = server.stranger().get("/.well-known/jwks.json").expect(200);
        assert_eq!(keys.body["keys"][0]["crv"], "Ed25519");
        let orderer = server.sign_in("tilaaja@lappi.example");
        assert_eq!(parts(orderer.token()).0["kid"], keys.body["keys"][0]["kid"]);
        let server = server.stranger().get("/.well-known/oauth-authorization-server").expect(200);
        assert_eq!(server.body["issuer"], ISSUER);
    }
}
