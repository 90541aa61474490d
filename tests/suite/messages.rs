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

    fn whoever_orders_for_the_unit_and_has_accepted_writes_as_the_expert(server) {
        let story = story::brokering(server, 2);
        let offers = story::offers(server, &story, &[1, 2], "parallel");
        let (both, other) = (server.sign_in(&region::expert_email(1)), server.sign_in(&region::expert_email(2)));
        story::accept(&both, offers[0]);
        story::accept(&other, offers[1]);
        let role = json!({
            "person_id": region::person(&region::expert_email(1)), "role": "orderer",
            "node_id": region::node(story::UNIT), "from": "2026-01-01",
        });
        server.sign_in("keskus@lappi.example").post("/v1/grants", role).expect(201);
        let path = format!("/v1/orders/{}/messages", story.order);
        other.post(&path, json!({ "text": "Tuon omat kalvot." })).expect(201);
        for body in [json!({ "text": "Tulen junalla." }), json!({ "text": "Tulen junalla.", "offer_id": offers[0] })] {
            let said = both.post(&path, body).expect(201);
            assert_eq!((&said.body["party"], &said.body["offer_id"]), (&json!("expert"), &json!(offers[0])));
        }
        assert_eq!(story.orderer.told(&path), ["message_received"], "the unit learns of it, once of all");
        let said = both.post(&path, json!({ "text": "Hienoa!", "offer_id": offers[1] })).expect(201);
        assert_eq!(said.body["party"], "orderer", "to the other expert they speak for the unit");
        assert_eq!(both.get(&path).expect(200).count(), 4, "which sees all that is said on its order");
        assert_eq!(other.get(&path).expect(200).count(), 2);
    }

    fn of_many_messages_people_are_told_once_until_they_have_read_that_or_a_day_is_over(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}/messages", story.order);
        let say = || story.orderer.post(&path, json!({ "text": "Hei!" })).expect(201);
        let liaison = server.sign_in(story::LIAISON);
        let told = || liaison.told(&path).len();
        for _ in 0..5 {
            say();
        }
        assert_eq!(told(), 1);
        let notices = liaison.items("/v1/notices?limit=200");
        let notice = notices.iter().find(|notice| notice["reference"] == path.as_str()).expect("they are told");
        liaison.post(&format!("/v1/notices/{}/read", notice["id"].as_str().expect("an id")), Value::Null).expect(200);
        say();
        say();
        assert_eq!(told(), 2, "they have read what was told before");
        server.app.run_jobs();
        server.advance(chrono::TimeDelta::hours(25));
        let orderer = server.sign_in(story::ORDERER);
        for _ in 0..2 {
            orderer.post(&path, json!({ "text": "Hei!" })).expect(201);
        }
        assert_eq!(server.sign_in(story::LIAISON).told(&path).len(), 3, "a day is over");
    }

    fn there_is_room_for_so_many_messages_on_an_order_and_about_an_offer(server) {
        let story = story::asked(server);
        let order = format!("/v1/orders/{}/messages", story.brokering.order);
        let offer = format!("/v1/offers/{}/messages", story.offer);
        let (orderer, expert) = (&story.brokering.orderer, &story.expert);
        for (person, path) in [(orderer, &order), (expert, &offer)] {
            let say = || person.post(path, json!({ "text": "Hei!" }));
            for _ in 0..900 {
                say().expect(201);
            }
            assert_eq!(say().expect(409).code(), "record_full");
        }
    }

    fn a_message_says_something(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}/messages", story.order);
        for nothing in ["   ", "\n\t", "\u{200B}\u{FEFF}", "\u{3164}"] {
            let refused = story.orderer.post(&path, json!({ "text": nothing })).expect(400);
            assert_eq!(refused.wrong(), [("#/text", "blank")], "{nothing:?}");
        }
        let me = format!("/v1/people/{}", region::person(story::ORDERER));
        let name = |name: &str| story.orderer.patch(&me, json!({ "name": name }));
        assert_eq!(name("\u{200B}").expect(400).wrong(), [("#/name", "blank")]);
        assert_eq!(name("Tiina \u{202E}Tilaaja").expect(400).wrong(), [("#/name", "hidden_character")]);
        name("Áile-Tiina O’Tilaaja").expect(200);
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
