//! `kokemusvayla sandbox`: an installation to develop against, in which nobody is real.

use std::{os::unix::fs::PermissionsExt, process::Command};

use acceptance::{DATA_KEY, Fresh, Kind, Process};
use api::region;
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");

/// Defines tests that run on a blank database of each kind.
macro_rules! on_blank_databases {
    ($(fn $name:ident($url:ident) $body:block)*) => {$(
        mod $name {
            use super::*;

            fn test($url: &str) $body

            #[test]
            fn sqlite() {
                test(Fresh::empty(Kind::Sqlite).url());
            }

            #[test]
            fn postgres() {
                test(Fresh::empty(Kind::Postgres).url());
            }
        }
    )*};
}

/// What is answered: the status and the body.
fn call(method: &str, url: &str, token: Option<&str>, body: Option<Value>) -> (u16, Value) {
    let agent: ureq::Agent =
        ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut request = ureq::http::Request::builder().method(method).uri(url);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let sent = match body {
        Some(body) => agent.run(
            request.header("content-type", "application/json").body(body.to_string()).expect("one"),
        ),
        None => agent.run(request.body(()).expect("a request")),
    };
    let mut answer = sent.expect("it answers");
    let text = answer.body_mut().read_to_string().expect("text");
    (answer.status().as_u16(), serde_json::from_str(&text).unwrap_or(Value::Null))
}

/// Signs in as those do who develop against a sandbox: with the code that the controls show.
fn sign_in(sandbox: &Process, email: &str) -> String {
    let codes = format!("{}/v1/sign-in/codes", sandbox.url);
    assert_eq!(call("POST", &codes, None, Some(json!({ "email": email }))).0, 202);
    let letters = format!("{}/letters?to={email}", sandbox.controls());
    let (_, letters) = call("GET", &letters, None, None);
    let code = &letters["items"][0]["code"];
    assert!(code.is_string(), "the letter is there as soon as the code was asked for: {letters}");
    let tokens = format!("{}/v1/sign-in/tokens", sandbox.url);
    let (status, body) = call("POST", &tokens, None, Some(json!({ "email": email, "code": code })));
    assert_eq!(status, 200, "{body}");
    body["access_token"].as_str().expect("a token").to_owned()
}

/// Runs the program until it ends. Gives what it says then.
fn refused(arguments: &[&str], url: &str) -> String {
    let output = Command::new(PROGRAM)
        .args(arguments)
        .env("DATABASE_URL", url)
        .env("KOKEMUSVAYLA_DATA_KEY", DATA_KEY)
        .output()
        .expect("the program runs");
    assert!(!output.status.success(), "it does not start");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

on_blank_databases! {
    fn its_people_sign_in_with_codes_from_its_controls_and_its_clock_moves(url) {
        let mut sandbox = Process::sandbox(PROGRAM, &["--database-url", url]);
        let (_, people) = call("GET", &format!("{}/people", sandbox.controls()), None, None);
        let orderer = people["items"].as_array().expect("people").iter()
            .find(|person| person["role"] == "orderer").expect("somebody orders");
        let token = sign_in(&sandbox, orderer["email"].as_str().expect("an address"));
        let me = |sandbox: &Process, token: &str| call("GET", &format!("{}/v1/me", sandbox.url), Some(token), None);
        assert_eq!(me(&sandbox, &token).1["facts"]["name"], orderer["name"]);

        let contact = format!("{}/.well-known/security.txt", sandbox.url);
        assert_eq!(call("GET", &contact, None, None).0, 200, "an integrator sees everything that there can be");

        let clock = format!("{}/clock", sandbox.controls());
        let before = call("GET", &clock, None, None).1["now"].as_str().expect("a moment").to_owned();
        let (status, moved) = call("POST", &clock, None, Some(json!({ "advance_seconds": 172_800 })));
        assert_eq!(status, 200);
        assert_eq!((&before[..10], &moved["now"].as_str().expect("a moment")[..10]), ("2026-11-23", "2026-11-25"));
        assert_eq!(me(&sandbox, &token).0, 401, "the token has run out");

        assert!(sandbox.stop());
        let again = Process::sandbox(PROGRAM, &["--database-url", url]);
        let clock = call("GET", &format!("{}/clock", again.controls()), None, None).1;
        assert_eq!(&clock["now"].as_str().expect("a moment")[..10], "2026-11-25", "it is not in the past of what it holds");
        assert!(refused(&["serve", "--listen", "127.0.0.1:0"], url).contains("is a sandbox"));
    }

    fn its_payroll_client_finds_the_package_of_the_chain_that_was_played(url) {
        let sandbox = Process::sandbox(PROGRAM, &["--database-url", url, "--played"]);
        let (_, clients) = call("GET", &format!("{}/clients", sandbox.controls()), None, None);
        let payroll = &clients["items"][0];
        assert_eq!(payroll["client_id"], region::client("HR Lappi").to_string());
        let form = format!(
            "grant_type=client_credentials&client_id={}&client_secret={}",
            payroll["client_id"].as_str().expect("an id"), payroll["client_secret"].as_str().expect("a secret"),
        );
        let mut answer = ureq::post(format!("{}/v1/oauth/token", sandbox.url))
            .header("content-type", "application/x-www-form-urlencoded")
            .send(form)
            .expect("a token");
        let token: Value = serde_json::from_str(&answer.body_mut().read_to_string().expect("text")).expect("JSON");
        let token = token["access_token"].as_str();
        let (status, packages) = call("GET", &format!("{}/v1/payroll/packages?state=paid", sandbox.url), token, None);
        assert_eq!((status, packages["items"].as_array().map(Vec::len)), (200, Some(1)), "{packages}");
    }

    fn whoever_asks_for_more_than_a_quota_that_was_set_is_told_to_wait(url) {
        let limits = ["--rate-person", "3/600", "--rate-client", "1/600"];
        let sandbox = Process::sandbox(PROGRAM, &[&["--database-url", url, "--played"][..], &limits[..]].concat());
        let token = sign_in(&sandbox, "keskus@satakunta.example");
        let me = || call("GET", &format!("{}/v1/me", sandbox.url), Some(&token), None);
        assert_eq!([me().0, me().0, me().0], [200, 200, 200], "what was played before is not counted");
        let (status, problem) = me();
        assert_eq!((status, &problem["code"]), (429, &json!("too_many_requests")));
        assert_eq!(problem["violated-policies"], json!(["default"]));
        // What was not set is as large as ever.
        for _ in 0..130 {
            let refused = json!({ "email": "keskus@satakunta.example", "code": "00000000" });
            let (status, _) = call("POST", &format!("{}/v1/sign-in/tokens", sandbox.url), None, Some(refused));
            assert_eq!(status, 400);
        }
    }

    fn a_letter_shows_a_code_only_if_it_was_written_for_one(url) {
        let front_end = ["--front-end", "https://palvelu.example"];
        let sandbox = Process::sandbox(PROGRAM, &[&["--database-url", url, "--played"][..], &front_end[..]].concat());
        let (_, letters) = call("GET", &format!("{}/letters", sandbox.controls()), None, None);
        let letters = letters["items"].as_array().expect("letters");
        // A link is made of numbers at random, of which eight may well be digits.
        let (notices, others): (Vec<_>, Vec<_>) =
            letters.iter().partition(|letter| letter["text"].as_str().expect("a text").contains("/v1/"));
        assert!(!notices.is_empty() && notices.iter().all(|notice| notice["code"].is_null()), "{notices:?}");
        let shown = |letter: &Value| letter["code"].as_str().is_some_and(|code| {
            code.len() == 8 && letter["text"].as_str().is_some_and(|text| text.contains(code))
        });
        assert!(!others.is_empty() && others.iter().copied().all(shown), "{others:?}");
    }
}

mod a_database_that_is_not_a_sandbox_is_not_touched {
    use super::*;

    fn test(kind: Kind) {
        let fresh = Fresh::new(kind);
        let said = refused(&["sandbox", "--database-url", fresh.url()], "");
        assert!(said.contains("is not a sandbox"), "{said}");
        let database = acceptance::open(fresh.url(), 1).expect("it opens");
        let nature = database.read(persistence::sandbox::nature).expect("it is there");
        assert_eq!(nature, persistence::sandbox::Nature::Other);
    }

    #[test]
    fn sqlite() {
        test(Kind::Sqlite);
    }

    #[test]
    fn postgres() {
        test(Kind::Postgres);
    }
}

#[test]
fn controls_say_what_is_wrong_and_do_nothing() {
    let sandbox = Process::sandbox(PROGRAM, &[]);
    let clock = format!("{}/clock", sandbox.controls());
    for wrong in [
        json!({ "advance_seconds": 0 }),
        json!({ "advance_seconds": -1 }),
        json!({ "advance_seconds": i64::MAX }),
        json!({ "advance_seconds": "1" }),
        json!({ "advance_seconds": 1, "more": 1 }),
        json!([]),
    ] {
        let (status, problem) = call("POST", &clock, None, Some(wrong.clone()));
        assert_eq!((status, &problem["status"]), (400, &json!(400)), "{wrong}");
    }
    assert_eq!(
        &call("GET", &clock, None, None).1["now"].as_str().expect("a moment")[..10],
        "2026-11-23"
    );
    let wrong = format!("{}/letters?from=somebody", sandbox.controls());
    assert_eq!(call("GET", &wrong, None, None).0, 400);
    assert_eq!(call("GET", &format!("{}/v1/me", sandbox.controls()), None, None).0, 404);
    assert_eq!(
        call("GET", &format!("{}/clock", sandbox.url), None, None).0,
        404,
        "the API has no such thing"
    );
}

#[test]
fn what_nobody_named_a_database_for_is_its_own_and_goes_with_it() {
    let mut sandbox = Process::sandbox(PROGRAM, &[]);
    let inside = |sandbox: &Process| -> Vec<_> {
        std::fs::read_dir(sandbox.temporary()).expect("a folder").flatten().collect()
    };
    let [folder] = &inside(&sandbox)[..] else { panic!("one folder") };
    let mode = folder.metadata().expect("it is there").permissions().mode();
    assert_eq!(mode & 0o077, 0, "nobody else looks into it");
    assert!(sandbox.stop());
    assert!(inside(&sandbox).is_empty());
}
