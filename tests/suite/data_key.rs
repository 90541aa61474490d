//! A new data key.

use acceptance::{DATA_KEY, Process, on_both_databases};
use serde_json::json;

const PROGRAM: &str = env!("CARGO_BIN_EXE_kokemusvayla-to-kill");

/// Another key, for tests only.
const NEW_KEY: &str = "2:dXVzaSBhdmFpbiAtIG9ubHkgZm9yIHRlc3RzIDIhISE=";

on_both_databases! {
    fn a_new_data_key_ends_nothing(server) {
        let coordinator = server.sign_in("keskus@lappi.example");
        let refresh = server.sign_in_fully("tilaaja@lappi.example")["refresh_token"].clone();
        let page = coordinator.get("/v1/nodes?limit=1").expect(200);
        let body = json!({ "email": "tilaaja@lappi.example" });
        let ask = |person: &acceptance::Person<'_>| {
            person.call("POST", "/v1/sign-in/codes", &[("idempotency-key", "before")], Some(body.clone())).expect(202)
        };
        ask(&server.stranger());
        let keys = format!("{NEW_KEY},{DATA_KEY}");
        let mut command = Process::command(PROGRAM, server.database_url());
        let process = Process::spawn(command.env("KOKEMUSVAYLA_DATA_KEY", keys));
        let coordinator = coordinator.at(&process.url);
        coordinator.get("/v1/me").expect(200);
        coordinator.get(&format!("/v1/nodes?limit=1&cursor={}", page.body["next"].as_str().expect("a cursor"))).expect(200);
        let stranger = server.stranger().at(&process.url);
        assert_eq!(ask(&stranger).header("idempotent-replayed"), "true");
        stranger.post("/v1/sign-in/refresh", json!({ "refresh_token": refresh })).expect(200);
    }
}
