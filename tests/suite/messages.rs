//! The conversation of the three parties (S2-10, S2-19).

use acceptance::{on_both_databases, story};
use api::region;
use serde_json::{Value, json};

on_both_databases! {
    fn the_three_parties_talk_and_nobody_else_listens(server) {
        let story = story::accepted(server);
        let path = format!("/v1/orders/{}/messages", story.brokering.order);
        let say = |text: &str, offer: Value| match offer {
            Value::Null => json!({ "text": text }),
            offer => json!({ "text": text, "offer_id": offer }),
        };
        story.brokering.orderer.post(&path, say("Sopisiko kello kymmenen?", json!(story.offer))).expect(201);
        let answer = story.expert.post(&path, say("Sopii.", Value::Null)).expect(201);
        assert_eq!((&answer.body["party"], &answer.body["offer_id"]), (&json!("expert"), &json!(story.offer)));
        story.brokering.liaison.post(&path, say("Hienoa!", json!(story.offer))).expect(201);
        story.brokering.liaison.post(&path, say("Kustannuspaikka puuttuu.", Value::Null)).expect(201);
        assert_eq!(story.brokering.orderer.get(&path).expect(200).count(), 4);
        let heard = story.expert.get(&path).expect(200);
        assert_eq!(heard.count(), 3, "what names no offer is between the orderer and the broker");
        assert!(!heard.text.contains("Kustannuspaikka"));
        let parties: Vec<&str> = heard.body["items"].as_array().expect("items").iter().filter_map(|message| message["party"].as_str()).collect();
        assert_eq!(parties, ["orderer", "expert", "broker"]);

        for stranger in ["vammais@lappi.example", "tilaaja@satakunta.example", "yhteys@satakunta.example"] {
            let stranger = server.sign_in(stranger);
            stranger.get(&path).expect(404);
            stranger.post(&path, say("Hei!", Value::Null)).expect(404);
        }
        server.sign_in(&region::expert_email(2)).get(&path).expect(404);
    }

    fn an_expert_takes_part_once_they_have_accepted_and_only_in_their_own_conversation(server) {
        let story = story::brokering(server, 2);
        let offers = story::offers(server, &story, &[1, 2], "parallel");
        let path = format!("/v1/orders/{}/messages", story.order);
        let (first, second) = (server.sign_in(&region::expert_email(1)), server.sign_in(&region::expert_email(2)));
        first.get(&path).expect(404);
        story::accept(&first, offers[0]);
        story::accept(&second, offers[1]);
        first.post(&path, json!({ "text": "Tuon omat kalvot." })).expect(201);
        assert_eq!(second.get(&path).expect(200).count(), 0);
        let foreign = second.post(&path, json!({ "text": "Hei!", "offer_id": offers[0] })).expect(400);
        assert_eq!(foreign.faults(), [("#/offer_id".to_owned(), "unknown_reference".to_owned())]);
        assert_eq!(story.orderer.get(&path).expect(200).count(), 1);
    }
}
