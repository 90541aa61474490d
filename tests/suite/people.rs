//! People, and what they see of each other.

use acceptance::on_both_databases;
use api::region;
use serde_json::{Value, json};

fn newcomer(node: &str, email: &str) -> Value {
    json!({
        "node_id": region::node(node),
        "facts": { "name": "Ulla Uusi", "email": email, "language": "fi" }
    })
}

on_both_databases! {
    fn a_manager_registers_a_person_who_signs_in_and_changes_their_own_details(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let made = keskus.post("/v1/people", newcomer("Kokemuspolku ry", "ulla@uusi.example"));
        assert_eq!((made.status, &made.body["facts"]["channel"]), (201, &json!("email")));
        let path = format!("/v1/people/{}", made.body["id"].as_str().expect("an id"));

        let ulla = server.sign_in("ulla@uusi.example");
        let changed = ulla.patch(&path, json!({ "channel": "post", "address": "Kuja 1, 99999 Kylä" }));
        assert_eq!((changed.status, &changed.body["facts"]["channel"]), (200, &json!("post")));
        assert_eq!(ulla.get("/v1/me").body["id"], made.body["id"]);
        assert_eq!(ulla.patch(&path, json!({ "email": "toinen@uusi.example" })).status, 403);
        assert_eq!(ulla.patch(&path, json!({ "node_id": region::node("Suomi") })).status, 403);
    }

    fn an_email_address_is_of_one_person(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let taken = keskus.post("/v1/people", newcomer("Kokemuspolku ry", "TILAAJA@lappi.example"));
        assert_eq!((taken.status, taken.code()), (409, "email_taken"));
        let path = format!("/v1/people/{}", region::person("tilaaja@lappi.example"));
        let taken = keskus.patch(&path, json!({ "email": "yhteys@lappi.example" }));
        assert_eq!((taken.status, taken.code()), (409, "email_taken"));
        assert_eq!(keskus.patch(&path, json!({ "email": "tiina@lappi.example" })).status, 200);
        assert_eq!(server.sign_in("tiina@lappi.example").get("/v1/me").status, 200);
    }

    fn nobody_takes_over_someone_with_roles_beyond_their_reach(server) {
        let yllapito = server.sign_in("yllapito@kokemusvayla.example");
        yllapito.post("/v1/grants", json!({
            "person_id": region::person("tilaaja@lappi.example"), "role": "liaison",
            "node_id": region::node("Satakunnan hyvinvointialue"), "from": "2026-01-01"
        })).expect(201);
        let keskus = server.sign_in("keskus@lappi.example");
        let path = format!("/v1/people/{}", region::person("tilaaja@lappi.example"));
        keskus.patch(&path, json!({ "title": "sairaanhoitaja" })).expect(200);
        keskus.patch(&path, json!({ "email": "oma@lappi.example" })).expect(403);
        yllapito.patch(&path, json!({ "email": "tiina@lappi.example" })).expect(200);
    }

    fn null_takes_away_what_need_not_be_known_of_a_person(server) {
        let tiina = server.sign_in("tilaaja@lappi.example");
        let path = format!("/v1/people/{}", tiina.id());
        tiina.patch(&path, json!({ "title": "sairaanhoitaja", "channel": "sms" })).expect(200);
        let patched = tiina.patch(&path, json!({ "phone": null, "address": null, "title": null, "channel": null })).expect(200);
        let facts = json!({ "name": "Tiina Tilaaja", "email": "tilaaja@lappi.example", "language": "fi", "channel": "email" });
        assert_eq!(patched.body["facts"], facts);
        for needed in ["name", "language"] {
            let refused = tiina.patch(&path, json!({ needed: null })).expect(400);
            assert_eq!(refused.wrong()[0].0, format!("#/{needed}"));
        }
        tiina.patch(&path, json!({ "node_id": null })).expect(400);
    }

    fn a_liaison_does_not_learn_the_names_of_experts(server) {
        let leena = server.sign_in("yhteys@lappi.example");
        leena.get(&format!("/v1/people/{}", region::person("kokemus01@posti.example"))).expect(404);
        assert_eq!(leena.get("/v1/people?limit=200").expect(200).count(), 1);
        assert_eq!(leena.get("/v1/letters").expect(200).count(), 0);
    }

    fn wrong_details_of_a_person_are_all_told(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let answer = keskus.post("/v1/people", json!({
            "node_id": region::node("Kokemuspolku ry"),
            "facts": { "name": "", "email": "ei osoite", "language": "fi", "age": 40 }
        }));
        assert_eq!(answer.status, 400);
        let mut faults: Vec<_> = answer.wrong().into_iter().map(|(pointer, _)| pointer).collect();
        faults.sort_unstable();
        faults.dedup();
        assert_eq!(faults, ["#/facts/age", "#/facts/email", "#/facts/name"]);
        let unknown = keskus.post("/v1/people", json!({
            "node_id": "019aa5d0-0000-7000-8000-000000000001",
            "facts": { "name": "Ulla", "email": "ulla@uusi.example", "language": "fi" }
        }));
        assert_eq!(unknown.wrong(), [("#/node_id", "unknown_reference")]);
    }

    fn nobody_registers_people_elsewhere(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let tilaaja = server.sign_in("tilaaja@lappi.example");
        assert_eq!(keskus.post("/v1/people", newcomer("Lounaan Kokemus ry", "ulla@uusi.example")).status, 403);
        assert_eq!(tilaaja.post("/v1/people", newcomer("Kokemuspolku ry", "ulla@uusi.example")).status, 403);
    }

    fn another_area_does_not_learn_who_is_here(server) {
        let path = format!("/v1/people/{}", region::person("tilaaja@lappi.example"));
        assert_eq!(server.sign_in("tilaaja@lappi.example").get(&path).status, 200);
        assert_eq!(server.sign_in("keskus@lappi.example").get(&path).status, 200);
        assert_eq!(server.sign_in("keskus@satakunta.example").get(&path).status, 404);
        assert_eq!(server.sign_in("opettaja@opisto.example").get(&path).status, 404);
        let patch = server.sign_in("keskus@satakunta.example").patch(&path, json!({ "name": "Toinen" }));
        assert_eq!(patch.status, 404);
    }

    fn each_area_lists_its_own_people(server) {
        let listed = |email: &str| -> Vec<String> {
            let answer = server.sign_in(email).get("/v1/people?limit=200");
            assert_eq!(answer.status, 200);
            let items = answer.body["items"].as_array().expect("a list").clone();
            items.iter().map(|person| person["facts"]["email"].as_str().expect("an address").to_owned()).collect()
        };
        let (lapland, satakunta) = (listed("keskus@lappi.example"), listed("keskus@satakunta.example"));
        assert!(lapland.contains(&"tilaaja@lappi.example".to_owned()));
        assert!(satakunta.contains(&"tilaaja@satakunta.example".to_owned()));
        assert!(lapland.iter().all(|person| !satakunta.contains(person)));
        assert_eq!(listed("tilaaja@lappi.example"), ["tilaaja@lappi.example"]);

        let school = region::node("Revontulen ammattiopisto");
        let answer = server.sign_in("keskus@lappi.example").get(&format!("/v1/people?node_id={school}"));
        assert_eq!(answer.body["items"].as_array().map(Vec::len), Some(1));
    }

    fn i_see_who_i_am_and_what_i_am_trusted_with(server) {
        let me = server.sign_in("tilaaja@lappi.example").get("/v1/me");
        assert_eq!(me.status, 200);
        assert_eq!(me.body["facts"]["name"], "Tiina Tilaaja");
        assert_eq!(me.body["roles"][0]["role"], "orderer");
        assert_eq!(me.body["roles"][0]["node_id"], json!(region::node("Päihde- ja riippuvuusyksikkö")));
    }
}
