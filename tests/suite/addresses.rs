//! The address that a person signs in with, and who can change it.

use acceptance::{Person, Server, on_both_databases};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const EXPERT: &str = "kokemus01@posti.example";
const NEW: &str = "aino@uusi.example";

/// The code that comes to a new address when `person` asks for one.
fn wish(server: &Server, person: &Person<'_>, email: &str) -> String {
    let before = server.app.mailer.sent().len();
    person.post("/v1/me/address-codes", json!({ "email": email })).expect(202);
    server.code_to(email, before)
}

/// Whether a code goes to this address.
fn is_sent_codes(server: &Server, email: &str) -> bool {
    let before = server.app.mailer.sent().len();
    server.stranger().post("/v1/sign-in/codes", json!({ "email": email })).expect(202);
    let sent = server.letters(before);
    sent.iter().any(|letter| letter.to == email && letter.subject.contains("koodi"))
}

fn expert() -> String {
    format!("/v1/people/{}", region::person(EXPERT))
}

on_both_databases! {
    fn people_change_the_address_they_sign_in_with_by_a_code_from_the_new_one(server) {
        let (aino, elsewhere) = (server.sign_in(EXPERT), server.sign_in(EXPERT));
        let code = wish(server, &aino, NEW);
        let wrong = if code == "00000000" { "00000001" } else { "00000000" };
        assert_eq!(aino.post("/v1/me/address", json!({ "email": NEW, "code": wrong })).expect(400).code(), "bad_code");
        assert_eq!(aino.get("/v1/me").body["facts"]["email"], EXPERT, "asking changes nothing");
        let changed = aino.post("/v1/me/address", json!({ "email": NEW, "code": code })).expect(200);
        assert_eq!(changed.body["facts"]["email"], NEW);
        assert_eq!(aino.post("/v1/me/address", json!({ "email": NEW, "code": code })).expect(400).code(), "bad_code");

        aino.get("/v1/me").expect(200);
        elsewhere.get("/v1/me").expect(401);
        let told = server.mails_to(EXPERT, "Kirjautumisosoitteesi on vaihdettu");
        assert!(!told[0].text.contains(NEW), "the old mailbox may be somebody else's by now");
        assert!(!is_sent_codes(server, EXPERT));
        assert_eq!(server.sign_in(NEW).id(), aino.id());
    }

    fn a_code_for_a_new_address_is_sent_once_for_a_key(server) {
        let aino = server.sign_in(EXPERT);
        let before = server.app.mailer.sent().len();
        let headers = [("content-type", "application/json"), ("idempotency-key", "lost-answer")];
        for _ in 0..3 {
            let body = json!({ "email": NEW }).to_string().into_bytes();
            aino.send("POST", "/v1/me/address-codes", &headers, Some(body)).expect(202);
        }
        assert_eq!(server.letters(before).len(), 1);
        let code = server.code_to(NEW, before);
        aino.post("/v1/me/address", json!({ "email": NEW, "code": code })).expect(200);
    }

    fn a_wrong_code_for_a_new_address_is_put_right_under_its_key(server) {
        let aino = server.sign_in(EXPERT);
        let code = wish(server, &aino, NEW);
        let wrong = if code == "00000000" { "00000001" } else { "00000000" };
        let send = |code: &str| {
            let headers = [("content-type", "application/json"), ("idempotency-key", "one-intention")];
            aino.send("POST", "/v1/me/address", &headers, Some(json!({ "email": NEW, "code": code }).to_string().into_bytes()))
        };
        assert_eq!(send(wrong).expect(400).code(), "bad_code");
        assert_eq!(send(&code).expect(200).header("idempotent-replayed"), "");
        assert_eq!(send(&code).expect(200).header("idempotent-replayed"), "true");
        assert_eq!(send(wrong).expect(422).code(), "idempotency_key_reused");
        let done = server.sign_in("yllapito@kokemusvayla.example").items("/v1/audit-events?limit=200");
        let changes = done.iter().filter(|event| event["operation"] == "change_address").count();
        assert_eq!(changes, 1, "what was refused is not on record");
    }

    fn a_code_for_a_new_address_is_good_for_one_person_and_one_address(server) {
        let (aino, other) = (server.sign_in(EXPERT), server.sign_in("kokemus02@posti.example"));
        let code = wish(server, &aino, NEW);
        for (person, email) in [(&other, NEW), (&aino, "toinen@uusi.example")] {
            let refused = person.post("/v1/me/address", json!({ "email": email, "code": code })).expect(400);
            assert_eq!(refused.code(), "bad_code");
        }
        let refused = server.stranger().post("/v1/sign-in/tokens", json!({ "email": NEW, "code": code })).expect(400);
        assert_eq!(refused.code(), "bad_code", "it signs nobody in");
        aino.post("/v1/me/address", json!({ "email": NEW, "code": code })).expect(200);
    }

    fn nobody_learns_by_it_whose_an_address_is_nor_gets_it(server) {
        let aino = server.sign_in(EXPERT);
        let taken = aino.post("/v1/me/address-codes", json!({ "email": "Tilaaja@lappi.example" })).expect(202);
        let free = aino.post("/v1/me/address-codes", json!({ "email": NEW })).expect(202);
        assert_eq!(taken.body, free.body);
        let code = json!({ "email": "tilaaja@lappi.example", "code": "00000000" });
        assert_eq!(aino.post("/v1/me/address", code).expect(400).code(), "bad_code");

        // Whoever registers with the address in between keeps it.
        let code = wish(server, &aino, NEW);
        let facts = json!({ "name": "Ulla Uusi", "email": NEW, "language": "fi" });
        let newcomer = json!({ "node_id": region::node("Kokemuspolku ry"), "facts": facts });
        server.sign_in("keskus@lappi.example").post("/v1/people", newcomer).expect(201);
        assert_eq!(aino.post("/v1/me/address", json!({ "email": NEW, "code": code })).expect(400).code(), "bad_code");
        assert_eq!(aino.get("/v1/me").body["facts"]["email"], EXPERT);
    }

    fn a_manager_corrects_an_address_only_until_its_owner_has_signed_in(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        keskus.patch(&expert(), json!({ "email": NEW })).expect(200);
        let aino = server.sign_in(NEW);
        for manager in [&keskus, &server.sign_in("yllapito@kokemusvayla.example")] {
            let refused = manager.patch(&expert(), json!({ "email": "keskuksen.oma@lappi.example" })).expect(409);
            assert_eq!(refused.code(), "has_signed_in");
        }
        keskus.patch(&expert(), json!({ "email": NEW, "phone": null })).expect(200);
        keskus.post(&format!("{}/replace-address", expert()), json!({ "email": "keskuksen.oma@lappi.example" })).expect(403);
        assert_eq!(aino.get("/v1/me").expect(200).body["facts"]["email"], NEW);
        assert!(!is_sent_codes(server, "keskuksen.oma@lappi.example"));
    }

    fn whoever_has_lost_the_mailbox_gets_another_address_in_time_and_the_old_one_is_told(server) {
        let before = server.sign_in(EXPERT);
        let admin = server.sign_in("yllapito@kokemusvayla.example");
        let asked = admin.post(&format!("{}/replace-address", expert()), json!({ "email": NEW })).expect(200);
        assert!(asked.body["usable_from"].is_string() && asked.body["usable_until"].is_string());
        let told = server.mails_to(EXPERT, "Kirjautumisosoitettasi ollaan vaihtamassa");
        assert!(told[0].text.contains("klo"), "{}", told[0].text);
        assert!(!is_sent_codes(server, NEW), "not before the time to object is over");
        before.get("/v1/me").expect(200);

        server.advance(TimeDelta::days(3));
        let aino = server.sign_in(NEW);
        let me = aino.get("/v1/me").expect(200);
        assert_eq!((me.body["id"].clone(), &me.body["facts"]["email"]), (json!(region::person(EXPERT)), &json!(NEW)));
        assert!(!is_sent_codes(server, EXPERT));
        assert_eq!(server.mails_to(EXPERT, "on vaihdettu").len(), 1);
    }

    fn whoever_still_has_the_mailbox_keeps_the_account(server) {
        server.sign_in(EXPERT);
        let admin = server.sign_in("yllapito@kokemusvayla.example");
        admin.post(&format!("{}/replace-address", expert()), json!({ "email": NEW })).expect(200);
        server.advance(TimeDelta::days(2));
        server.sign_in(EXPERT);
        server.advance(TimeDelta::days(2));
        assert!(!is_sent_codes(server, NEW), "signing in has cancelled it");

        let admin = server.sign_in("yllapito@kokemusvayla.example");
        admin.post(&format!("{}/replace-address", expert()), json!({ "email": NEW })).expect(200);
        server.advance(TimeDelta::days(3 + 14));
        assert!(!is_sent_codes(server, NEW), "it is not good for ever");
        server.sign_in(EXPERT);
    }

    fn nobody_asks_for_another_address_for_themselves_or_for_somebody_elsewhere(server) {
        let admin = server.sign_in("yllapito@kokemusvayla.example");
        let own = format!("/v1/people/{}/replace-address", admin.id());
        assert_eq!(admin.post(&own, json!({ "email": NEW })).expect(409).code(), "own_account");
        let path = format!("{}/replace-address", expert());
        server.sign_in("keskus@satakunta.example").post(&path, json!({ "email": NEW })).expect(404);
        server.sign_in(EXPERT).post(&path, json!({ "email": NEW })).expect(403);
        admin.post("/v1/grants", json!({
            "person_id": region::person("vammais@lappi.example"), "role": "platform_admin",
            "node_id": region::node("Lapin hyvinvointialue"), "from": "2026-01-01",
        })).expect(201);
        let of_area = server.sign_in("vammais@lappi.example");
        of_area.post(&path, json!({ "email": NEW })).expect(200);
        let above = format!("/v1/people/{}/replace-address", admin.id());
        of_area.post(&above, json!({ "email": NEW })).expect(404);
        let machine: Value = json!({ "email": NEW });
        server.machine("HR Lappi").post("/v1/me/address-codes", machine).expect(403);
    }
}
