//! What those see who watch over the service.

use std::{
    collections::BTreeSet,
    fs,
    io::Write,
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use acceptance::{Kind, Process, Server, logged, on_both_databases};
use api::{Limits, Quota, Quotas};
use serde_json::{Value, json};

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");
const CHAIN: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const TRACEPARENT: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

/// The value of the series that begins like this.
fn value(text: &str, series: &str) -> Option<f64> {
    text.lines().find_map(|line| line.strip_prefix(series)?.trim().parse().ok())
}

/// The names of metrics that a text mentions.
fn names(text: &str) -> BTreeSet<String> {
    let word = |rest: &str| -> String {
        rest.chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect()
    };
    let base = |name: &str| {
        let ends = ["_bucket", "_count", "_sum"];
        ends.iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name).to_owned()
    };
    text.split("kokemusvayla_").skip(1).map(|rest| base(&word(rest))).collect()
}

/// The log's lines about requests.
fn requests(process: &Process) -> Vec<Value> {
    let read = |line: &String| serde_json::from_str(line).expect("each line is JSON");
    let lines: Vec<Value> = process.log().iter().map(read).collect();
    lines.into_iter().filter(|line| line["target"] == "request").collect()
}

on_both_databases! {
    fn figures_tell_routes_and_nobody(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        orderer.get("/v1/me").expect(200);
        let order = uuid::Uuid::nil();
        orderer.get(&format!("/v1/orders/{order}")).expect(404);
        orderer.get(&format!("/v1/orders/{order}?x=salaisuus")).expect(400);
        orderer.raw("GET", "/v1/salaisuus", &[], None);
        orderer.raw("SALAISUUS", "/v1/me", &[], None);
        server.app.run_jobs();
        let text = server.app.metrics.text(&server.app);
        let requests = |labels: &str| value(&text, &format!("kokemusvayla_http_requests_total{{{labels}}}"));
        assert_eq!(requests("method=\"GET\",route=\"/v1/me\",status=\"200\""), Some(1.0));
        assert_eq!(requests("method=\"GET\",route=\"/v1/orders/{order_id}\",status=\"404\""), Some(1.0));
        assert_eq!(requests("method=\"GET\",route=\"/v1/orders/{order_id}\",status=\"400\""), Some(1.0));
        assert_eq!(requests("method=\"GET\",route=\"none\",status=\"404\""), Some(1.0));
        assert_eq!(requests("method=\"other\",route=\"none\",status=\"405\""), Some(1.0));
        assert_eq!(value(&text, "kokemusvayla_http_requests_in_progress"), Some(0.0));
        assert_eq!(value(&text, "kokemusvayla_database_connections{state=\"most\"}"), Some(8.0));
        assert_eq!(value(&text, "kokemusvayla_job_runs_total{name=\"forget\",outcome=\"done\"}"), Some(1.0));
        assert!(value(&text, "kokemusvayla_process_resident_memory_bytes").expect("bytes") > 1e6);
        for secret in ["salaisuus", "SALAISUUS", "tilaaja", "127.0.0.1", &order.to_string()] {
            assert!(!text.contains(secret), "{secret} is in the figures");
        }
    }

    fn a_chain_of_calls_goes_through(server) {
        let stranger = server.stranger();
        let given = stranger.call("GET", "/healthz", &[("traceparent", TRACEPARENT)], None).expect(200);
        assert!(given.header("traceparent").starts_with(&format!("00-{CHAIN}-")));
        assert_ne!(given.header("traceparent"), TRACEPARENT, "it is a span of its own");
        assert_eq!(given.header("x-request-id"), CHAIN);
        let refused = stranger.call("GET", "/v1/me", &[("traceparent", TRACEPARENT)], None).expect(401);
        assert_eq!(refused.body["request_id"], CHAIN);
        let own = [("traceparent", TRACEPARENT), ("x-request-id", "mine")];
        let both = stranger.call("GET", "/v1/me", &own, None).expect(401);
        assert_eq!(both.body["request_id"], "mine");
        assert!(both.header("traceparent").contains(CHAIN));
        // It is written to the log: what names somebody is not taken, wherever it stands in it.
        for odd in ["131052-902Y", "maksu.131052-902y.1", "FI2112345600000785", "FI21-1234-5600-0007-85", "a b", ""] {
            let own = [("traceparent", TRACEPARENT), ("x-request-id", odd)];
            let refused = stranger.call("GET", "/v1/me", &own, None).expect(401);
            assert_eq!((refused.header("x-request-id"), &refused.body["request_id"]), (CHAIN, &json!(CHAIN)), "{odd}");
        }
        for fine in ["019aa5d0-0000-7000-8000-00000000abcd", "01JDXQ5K7Z8F9M2N3P4Q5R6S7T", "order_42.try-1"] {
            assert_eq!(stranger.call("GET", "/v1/me", &[("x-request-id", fine)], None).header("x-request-id"), fine);
        }
        for odd in ["nonsense", "00-0-0-0", "00-00000000000000000000000000000000-00f067aa0ba902b7-01"] {
            let begun = stranger.call("GET", "/v1/me", &[("traceparent", odd)], None).expect(401);
            let (id, trace) = (begun.header("x-request-id"), begun.header("traceparent"));
            assert_eq!((id.len(), trace.contains(id)), (32, true), "{trace}");
        }
    }

    fn the_log_says_as_much_as_it_is_told_to_and_names_the_chain(server) {
        let me = server.sign_in("tilaaja@lappi.example");
        let mut process = Process::start(PROGRAM, server.database_url());
        me.at(&process.url).call("GET", "/v1/me", &[("traceparent", TRACEPARENT)], None).expect(200);
        while requests(&process).is_empty() {
            thread::park_timeout(Duration::from_millis(5));
        }
        let line = &requests(&process)[0];
        assert_eq!((&line["trace_id"], &line["request_id"]), (&json!(CHAIN), &json!(CHAIN)));
        assert_eq!((&line["route"], &line["status"]), (&json!("/v1/me"), &json!(200)));
        assert!(process.metrics().contains("route=\"/v1/me\""));
        for _ in 0..20 {
            me.at(&process.url).get("/v1/me").expect(200);
        }
        assert!(process.stop(), "it ends well");
        // Nothing that it said is lost when it stops, though it is said together.
        while requests(&process).len() < 21 {
            thread::park_timeout(Duration::from_millis(5));
        }
        let quiet = "warn,api::commands=info";
        let mut process = Process::spawn(Process::command(PROGRAM, server.database_url()).env("RUST_LOG", quiet));
        me.at(&process.url).get("/v1/me").expect(200);
        assert!(process.stop(), "it ends well");
        assert_eq!(requests(&process).len(), 0);
        // What is said of one thing says nothing of the others.
        let narrow = "api::issuers=debug,requst=debug";
        let mut process = Process::spawn(Process::command(PROGRAM, server.database_url()).env("RUST_LOG", narrow));
        me.at(&process.url).get("/v1/me").expect(200);
        assert!(process.stop(), "it ends well");
        while requests(&process).is_empty() {
            thread::park_timeout(Duration::from_millis(5));
        }
    }
}

#[test]
fn the_dashboard_and_the_alerts_name_figures_that_there_are() {
    let server = Server::start_with(Kind::Sqlite, |app, _| {
        let address = Quota { requests: 1, seconds: 60 };
        app.limits = Limits::new(Quotas { address, ..Quotas::GENEROUS }, Vec::new());
    });
    server.stranger().get("/v1/codes").expect(200);
    server.stranger().get("/v1/codes").expect(429);
    server.app.run_jobs();
    let known = names(&server.app.metrics.text(&server.app));
    for file in ["alerts.yaml", "alerts.test.yaml", "dashboard.json"] {
        let path = format!("{}/../docs/operations/{file}", env!("CARGO_MANIFEST_DIR"));
        let named = names(&fs::read_to_string(path).expect("the file can be read"));
        assert!(named.len() >= 4, "{file} names some");
        let missing: Vec<&String> = named.difference(&known).collect();
        assert!(missing.is_empty(), "{file} names {missing:?}, which the server does not show");
    }
}

/// Waits until a figure is as it should be.
fn wait_for(server: &Server, series: &str, wanted: f64) {
    let began = Instant::now();
    loop {
        let found = value(&server.app.metrics.text(&server.app), &format!("kokemusvayla_{series}"));
        if found == Some(wanted) {
            return;
        }
        assert!(began.elapsed() < Duration::from_secs(20), "{series} is {found:?}");
        thread::park_timeout(Duration::from_millis(5));
    }
}

#[test]
fn a_request_whose_client_hangs_up_is_counted_and_logged() {
    let server = Server::start_with(Kind::Sqlite, |app, _| app.body_time = Duration::from_secs(60));
    let mut stream =
        TcpStream::connect(server.url.trim_start_matches("http://")).expect("it connects");
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").expect("it is taken");
    assert!(stream.peek(&mut [0]).expect("an answer") > 0);
    let head = "POST /v1/sign-in/codes HTTP/1.1\r\nHost: x\r\nX-Request-Id: hangs-up\r\n\
                Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{";
    stream.write_all(head.as_bytes()).expect("it is taken");
    wait_for(&server, "http_requests_in_progress", 1.0);
    // Whoever closes without having read the answer before resets the connection.
    drop(stream);
    wait_for(&server, "http_requests_in_progress", 0.0);
    let gone = "http_requests_total{method=\"POST\",route=\"/v1/sign-in/codes\",status=\"499\"}";
    wait_for(&server, gone, 1.0);
    let lines = logged();
    let told = lines.iter().filter(|line| line.contains("hangs-up") && line.contains(" 499 "));
    assert_eq!(told.count(), 1);
}

#[test]
fn every_job_is_among_the_figures_before_it_is_done_for_the_first_time() {
    let server = Server::start(Kind::Sqlite);
    let text = server.app.metrics.text(&server.app);
    let now = server.app.clock.now().timestamp();
    for job in ["use_keys", "measure", "send_notices", "expire_offers", "pass_on_orders", "forget"]
    {
        let since =
            format!("kokemusvayla_job_last_success_timestamp_seconds{{name=\"{job}\"}} {now}");
        assert!(text.lines().any(|line| line == since), "{since}");
        let failed = format!("kokemusvayla_job_runs_total{{name=\"{job}\",outcome=\"failed\"}} 0");
        assert!(text.lines().any(|line| line == failed), "{failed}");
    }
}
