//! What of experts was told to whom. The chain that leads to a disclosure is in the tests of offers.

use acceptance::{Person, Server, on_both_databases, story};
use api::region::{self, expert_email, experts::SUPPORTED};
use domain::{
    disclosure::{Acceptance, DisclosedField, Disclosure, DisclosureId},
    id::Id,
};
use persistence::{disclosures, experts, people};
use serde_json::json;
use uuid::Uuid;

const ORDERER: &str = "tilaaja@lappi.example";

/// What accepting an offer leads to, here without the offer.
fn accepted(server: &Server, number: usize, node: &str, orderer: &str) -> DisclosureId {
    let unique = Uuid::now_v7();
    server
        .app
        .database
        .write(|session| {
            let expert = experts::find(session, region::experts::expert(number))?;
            let person = people::find(session, expert.person)?;
            let acceptance = Acceptance {
                id: Id::new(unique),
                order: Id::new(Uuid::from_u128(5)),
                offer: Id::new(unique),
                assignment: Id::new(unique),
                to_node: region::node(node),
                to_person: region::person(orderer),
                at: server.app.clock.now(),
            };
            let (disclosure, details) = Disclosure::on_acceptance(
                acceptance,
                &expert,
                &person.facts,
                DisclosedField::USUAL,
            );
            disclosures::record(session, disclosure, &details).map(|stored| stored.thing.id)
        })
        .expect("it is recorded")
}

on_both_databases! {
    fn invariant_02_the_orderer_learns_the_agreed_details_and_the_expert_sees_it(server) {
        let id = accepted(server, 7, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let place = format!("/v1/disclosures/{id}");
        let told = server.sign_in(ORDERER).get(&place).expect(200);
        assert!(told.body["details"]["name"].is_string() && told.body["details"]["email"].is_string());
        assert_eq!(told.body["details"]["adjustments"], json!(["step_free", "breaks"]));
        assert!(told.body["details"]["address"].is_null() && told.body["details"]["themes"].is_null());
        assert_eq!(told.body["fields"], json!(["name", "phone", "email", "adjustments"]));
        let expert = server.sign_in(&expert_email(7));
        let own = expert.get(&format!("/v1/experts/{}/disclosures", region::experts::expert(7))).expect(200);
        assert_eq!(own.body["items"][0]["to_person_name"], "Tiina Tilaaja");
        assert_eq!(own.body["items"][0]["ground"]["name"], "acceptance");
        assert_eq!(expert.get(&place).expect(200).body["details"], told.body["details"]);
    }

    fn a_theme_whose_consent_is_taken_back_is_hidden_from_those_it_was_told_to(server) {
        let asked = story::asked(server);
        let consents = format!("/v1/experts/{}/consents", region::experts::expert(1));
        let consent = json!({ "theme": "grief", "visibility": ["named_disclosure"] });
        asked.expert.post(&consents, consent).expect(200);
        let offer = format!("/v1/offers/{}", asked.offer);
        let digest = asked.expert.get(&offer).expect(200).body["description_digest"].clone();
        let yes = json!({ "description_digest": digest, "disclose": ["name", "themes"] });
        asked.expert.post(&format!("{offer}/accept"), yes).expect(200);
        let told = &asked.brokering.orderer.items("/v1/disclosures")[0];
        let place = format!("/v1/disclosures/{}", told["id"].as_str().expect("an id"));
        let themes = |person: &Person<'_>| person.get(&place).expect(200).body["details"]["themes"].clone();
        assert!(themes(&asked.brokering.orderer).as_array().is_some_and(|all| all.contains(&json!("grief"))));
        asked.expert.post(&format!("{consents}/withdraw"), json!({ "theme": "grief" })).expect(200);
        assert!(themes(&asked.brokering.orderer).as_array().is_none_or(|all| !all.contains(&json!("grief"))));
        assert!(themes(&asked.expert).as_array().is_some_and(|all| all.contains(&json!("grief"))), "on record for the expert");
        // What they agree to from now on is for later tasks.
        let consent = json!({ "theme": "grief", "visibility": ["named_disclosure"] });
        for hours in [0, 1] {
            server.advance(chrono::TimeDelta::hours(hours));
            let expert = server.sign_in(&expert_email(1));
            expert.post(&consents, consent.clone()).expect(200);
            let orderer = server.sign_in(ORDERER);
            assert!(themes(&orderer).as_array().is_none_or(|all| !all.contains(&json!("grief"))), "{hours}");
            expert.post(&format!("{consents}/withdraw"), json!({ "theme": "grief" })).expect(200);
        }
    }

    fn the_liaison_sees_that_it_was_told_and_not_what(server) {
        let id = accepted(server, 1, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let seen = server.sign_in("yhteys@lappi.example").get(&format!("/v1/disclosures/{id}")).expect(200);
        assert!(seen.body["details"].is_null());
        assert!(!seen.text.contains("posti.example"));
    }

    fn nobody_else_learns_of_it(server) {
        let id = accepted(server, 1, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let place = format!("/v1/disclosures/{id}");
        for outsider in ["vammais@lappi.example", "tilaaja@satakunta.example", "yhteys@satakunta.example", &expert_email(2)] {
            server.sign_in(outsider).get(&place).expect(404);
            assert_eq!(server.sign_in(outsider).get("/v1/disclosures").expect(200).count(), 0, "{outsider}");
        }
        server.machine("HR Lappi").get(&place).expect(404);
    }

    fn each_area_lists_its_own_disclosures(server) {
        accepted(server, 1, "Päihde- ja riippuvuusyksikkö", ORDERER);
        accepted(server, 39, "Kuntoutuksen yksikkö", "tilaaja@satakunta.example");
        let listed = |email: &str| server.sign_in(email).get("/v1/disclosures").expect(200);
        for (email, node) in [
            (ORDERER, "Päihde- ja riippuvuusyksikkö"),
            ("yhteys@lappi.example", "Päihde- ja riippuvuusyksikkö"),
            ("tilaaja@satakunta.example", "Kuntoutuksen yksikkö"),
        ] {
            let found = listed(email);
            assert_eq!(found.count(), 1, "{email}");
            assert_eq!(found.body["items"][0]["to_node_id"], region::node(node).to_string());
        }
        let other = format!("/v1/disclosures?order={}", Uuid::from_u128(6));
        assert_eq!(server.sign_in(ORDERER).get(&other).expect(200).count(), 0);
    }

    fn a_support_person_with_power_over_the_profile_sees_what_was_told(server) {
        accepted(server, SUPPORTED, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let place = format!("/v1/experts/{}/disclosures", region::experts::expert(SUPPORTED));
        assert_eq!(server.sign_in("tukihenkilo@lappi.example").get(&place).expect(200).count(), 1);
        server.sign_in("valittaja@kokemuspolku.example").get(&place).expect(403);
    }

    fn the_details_are_not_readable_in_the_database(server) {
        let id = accepted(server, 1, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let body = server.app.database.read(|session| disclosures::find(session, id)).expect("it is there");
        let body = serde_json::to_string(&body.thing).expect("plain");
        assert!(!body.contains("posti.example"));
    }
}
