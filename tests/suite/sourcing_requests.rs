//! Candidates from outside the bank, through an organisation (S4-18).

use acceptance::{on_both_databases, story};
use api::region;
use serde_json::{Value, json};

on_both_databases! {
    fn an_organisation_proposes_a_candidate_who_then_gets_an_ordinary_offer(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}/sourcing-requests", story.order);
        let ask = json!({ "organisation_id": region::node("Tunturin Tuki ry"), "message": "Tunnetteko ketään sopivaa?" });
        let asked = story.liaison.post(&path, ask).expect(201);
        let request = format!("/v1/sourcing-requests/{}", asked.id());
        assert!(!asked.text.contains("remontti"), "the orderer's notes are private");

        let broker = server.sign_in("valittaja@tunturintuki.example");
        assert_eq!(broker.get("/v1/sourcing-requests").expect(200).count(), 1);
        assert_eq!(broker.get(&request).expect(200).allowed(), ["answer"]);
        // Nobody, and an expert whom another organisation supports, are the same.
        for stranger in [json!("019aa5d0-0000-7000-8000-00000000dead"), json!(region::experts::expert(9)), json!(region::experts::expert(31))] {
            let unknown = broker.post(&format!("{request}/answer"), json!({ "candidate_id": stranger })).expect(400);
            assert_eq!(unknown.wrong(), [("#/candidate_id", "unknown_reference")]);
        }
        let expert = region::experts::expert(25);
        broker.post(&format!("{request}/answer"), json!({ "candidate_id": expert, "note": "Hän on käytettävissä." })).expect(200);
        assert_eq!(broker.post(&format!("{request}/answer"), json!({})).expect(409).code(), "out_of_turn");

        let answered = story.liaison.get(&request).expect(200);
        assert_eq!(answered.body["state"]["name"], "answered");
        let card = answered.body["candidate_card_id"].clone();
        assert_eq!(card, json!(region::experts::card(25)));
        assert!(!answered.text.contains(&expert.to_string()), "who it is, is not told before they accept");
        assert_eq!(broker.get(&request).expect(200).body["state"]["candidate"], json!(expert));
        let offer = json!({ "card_ids": [card], "expires_at": story::in_hours(server, 5) });
        story.liaison.post(&format!("/v1/orders/{}/offers", story.order), offer).expect(201);
    }

    fn an_organisation_that_knows_nobody_says_so_and_others_see_nothing(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}/sourcing-requests", story.order);
        let ask = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
        let first = story.liaison.post(&path, ask.clone()).expect(201).id();
        let second = story.liaison.post(&path, ask.clone()).expect(201).id();
        let broker = server.sign_in("valittaja@tunturintuki.example");
        let answered = broker.post(&format!("/v1/sourcing-requests/{first}/answer"), json!({ "note": "Emme valitettavasti." })).expect(200);
        assert_eq!(answered.body["candidate_card_id"], Value::Null);
        broker.post(&format!("/v1/sourcing-requests/{second}/withdraw"), Value::Null).expect(403);
        let withdrawn = story.liaison.post(&format!("/v1/sourcing-requests/{second}/withdraw"), Value::Null).expect(200);
        assert_eq!(withdrawn.body["state"]["name"], "withdrawn");
        let order = format!("/v1/sourcing-requests?order_id={}", story.order);
        assert_eq!(story.liaison.get(&order).expect(200).count(), 2);
        for stranger in ["valittaja@kokemuspolku.example", "valittaja@lounaankokemus.example", "yhteys@satakunta.example", story::ORDERER] {
            let stranger = server.sign_in(stranger);
            assert_eq!(stranger.get("/v1/sourcing-requests").expect(200).count(), 0);
            stranger.get(&format!("/v1/sourcing-requests/{first}")).expect(404);
        }
        story.orderer.post(&path, ask).expect(403);
    }
}
