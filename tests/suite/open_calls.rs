//! Open calls: a task is published, and those whom it interests say so (S3-14).

use acceptance::{on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

on_both_databases! {
    fn experts_say_that_a_published_task_interests_them_and_one_is_selected(server) {
        let story = story::brokering(server, 1);
        let publish = format!("/v1/orders/{}/open-call", story.order);
        let call = story.liaison.post(&publish, json!({ "deadline": story::in_hours(server, 24) })).expect(201);
        let path = format!("/v1/open-calls/{}", call.id());
        assert_eq!(story.liaison.post(&publish, json!({ "deadline": story::in_hours(server, 24) })).expect(409).code(), "exists");

        let (first, second) = (server.sign_in(&region::expert_email(1)), server.sign_in(&region::expert_email(2)));
        let open = first.get("/v1/open-calls").expect(200);
        assert_eq!(open.count(), 1);
        assert_eq!(open.body["items"][0]["order_id"], Value::Null);
        assert!(!open.text.contains("remontti"));
        let interest = first.post(&format!("{path}/interests"), json!({ "message": "Aihe on minulle tärkeä." })).expect(201);
        assert_eq!(interest.body["state"], "expressed");
        assert_eq!(first.post(&format!("{path}/interests"), json!({})).expect(409).code(), "exists");
        let other = second.post(&format!("{path}/interests"), json!({})).expect(201);
        second.post(&format!("/v1/interests/{}/withdraw", other.id()), Value::Null).expect(200);
        second.post(&format!("/v1/interests/{}/withdraw", interest.id()), Value::Null).expect(404);

        let seen = story.liaison.get(&format!("{path}/interests")).expect(200);
        assert_eq!(seen.count(), 2);
        assert!(!seen.text.contains(&region::person(&region::expert_email(1)).to_string()), "the broker sees cards");
        assert_eq!(first.get(&format!("{path}/interests")).expect(200).count(), 1, "an expert sees their own");
        server.sign_in("yhteys@satakunta.example").get(&format!("{path}/interests")).expect(404);
        assert_eq!(story.orderer.get(&format!("{path}/interests")).expect(200).count(), 0);

        let card = seen.body["items"][0]["card_id"].clone();
        let offer = json!({ "card_ids": [card], "expires_at": story::in_hours(server, 5) });
        let offer = story.liaison.post(&format!("/v1/orders/{}/offers", story.order), offer).expect(201);
        let seen = story.liaison.get(&format!("{path}/interests")).expect(200);
        assert_eq!(seen.body["items"][0]["state"], "selected");
        let offer: uuid::Uuid = offer.body["items"][0]["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        story::accept(&first, offer);
        assert_eq!(first.get(&path).expect(200).body["state"]["name"], "closed", "the order is filled");
        assert_eq!(first.get("/v1/open-calls").expect(200).count(), 0);
    }

    fn a_call_is_for_the_experts_who_chose_the_area(server) {
        let story = story::brokering(server, 1);
        let publish = format!("/v1/orders/{}/open-call", story.order);
        let call = story.liaison.post(&publish, json!({ "deadline": story::in_hours(server, 24) })).expect(201);
        let path = format!("/v1/open-calls/{}", call.id());
        let sees = |email: &str| server.sign_in(email).get("/v1/open-calls").expect(200).count();
        for (email, count) in [
            (region::expert_email(1).as_str(), 1),
            (story::ORDERER, 1),
            (story::LIAISON, 1),
            ("keskus@lappi.example", 1),
            // Acts for an expert of the area.
            ("tukihenkilo@lappi.example", 1),
            // Another unit, another area, and its experts.
            ("vammais@lappi.example", 0),
            ("tilaaja@satakunta.example", 0),
            ("yhteys@satakunta.example", 0),
            ("kouluttaja@kokemuspolku.example", 0),
            (region::expert_email(35).as_str(), 0),
        ] {
            assert_eq!(sees(email), count, "{email}");
        }
        let elsewhere = server.sign_in(&region::expert_email(35));
        elsewhere.get(&path).expect(404);
        elsewhere.post(&format!("{path}/interests"), json!({})).expect(404);
        elsewhere.get(&format!("{path}/interests")).expect(404);

        // Whoever chooses the area as well sees its calls from then on, and so does whoever acts for them in offers.
        let own = format!("/v1/experts/{}", region::experts::expert(35));
        elsewhere.patch(&own, json!({ "areas": ["06", "21"] })).expect(200);
        assert_eq!(elsewhere.get("/v1/open-calls").expect(200).count(), 1);
        let powers = json!({ "person": region::person("tukihenkilo@lappi.example"), "powers": ["offers"] });
        elsewhere.post(&format!("{own}/delegations"), powers).expect(200);
        let helper = server.sign_in("tukihenkilo@lappi.example");
        let theirs = json!({ "person_id": region::person(&region::expert_email(35)) });
        helper.post(&format!("{path}/interests"), theirs.clone()).expect(201);
        server.sign_in(&region::expert_email(2)).post(&format!("{path}/interests"), theirs).expect(403);
        elsewhere.post(&format!("{own}/leave"), Value::Null).expect(200);
        assert_eq!(elsewhere.get("/v1/open-calls").expect(200).count(), 0);
    }

    fn what_a_national_organisation_orders_is_for_every_expert(server) {
        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        let facts = json!({ "name": { "fi": "Koko Maan Yhdistys ry" }, "kind": "ngo" });
        let nation = region::node("Suomi");
        let place = json!({ "parent_id": nation, "level": "organisation", "facts": facts });
        let node = administrator.post("/v1/nodes", place).expect(201).id();
        for (email, role) in [("opettaja@opisto.example", "orderer"), ("vammais@lappi.example", "liaison")] {
            let role = json!({ "person_id": region::person(email), "role": role, "node_id": node, "from": "2026-01-01" });
            administrator.post("/v1/grants", role).expect(201);
        }
        let orderer = server.sign_in("opettaja@opisto.example");
        let order = orderer.post("/v1/orders", json!({ "node_id": node, "form": story::form(1) })).expect(201).id();
        orderer.post(&format!("/v1/orders/{order}/submit"), Value::Null).expect(200);
        let liaison = server.sign_in("vammais@lappi.example");
        liaison.post(&format!("/v1/orders/{order}/take"), Value::Null).expect(200);
        let deadline = json!({ "deadline": story::in_hours(server, 24) });
        let call = liaison.post(&format!("/v1/orders/{order}/open-call"), deadline).expect(201).id();
        for number in [1, 35] {
            let expert = server.sign_in(&region::expert_email(number));
            assert_eq!(expert.get("/v1/open-calls").expect(200).count(), 1, "{number}");
            expert.post(&format!("/v1/open-calls/{call}/interests"), json!({})).expect(201);
        }
        assert_eq!(liaison.get(&format!("/v1/open-calls/{call}/interests")).expect(200).count(), 2);
        liaison.post(&format!("/v1/open-calls/{call}/close"), Value::Null).expect(200);
    }

    fn a_call_takes_interest_until_its_deadline_or_its_end(server) {
        let story = story::brokering(server, 1);
        let publish = format!("/v1/orders/{}/open-call", story.order);
        let late = story.liaison.post(&publish, json!({ "deadline": story::in_hours(server, -1) })).expect(400);
        assert_eq!(late.faults(), [("#/deadline".to_owned(), "in_the_past".to_owned())]);
        story.orderer.post(&publish, json!({ "deadline": story::in_hours(server, 1) })).expect(403);
        let call = story.liaison.post(&publish, json!({ "deadline": story::in_hours(server, 1) })).expect(201);
        let path = format!("/v1/open-calls/{}", call.id());
        story.orderer.post(&format!("{path}/interests"), json!({})).expect(403);
        let expert = server.sign_in(&region::expert_email(1));
        expert.post(&format!("{path}/close"), Value::Null).expect(403);
        story.liaison.post(&format!("{path}/close"), Value::Null).expect(200);
        assert_eq!(expert.post(&format!("{path}/interests"), json!({})).expect(409).code(), "call_closed");

        let call = story.liaison.post(&publish, json!({ "deadline": story::in_hours(server, 1) })).expect(201);
        server.advance(TimeDelta::hours(1));
        let expert = server.sign_in(&region::expert_email(1));
        assert_eq!(expert.get("/v1/open-calls").expect(200).count(), 0);
        let refused = expert.post(&format!("/v1/open-calls/{}/interests", call.id()), json!({})).expect(409);
        assert_eq!(refused.code(), "call_closed");
    }

    fn interest_is_of_those_who_take_tasks_now(server) {
        let story = story::brokering(server, 1);
        let deadline = json!({ "deadline": story::in_hours(server, 24) });
        let call = story.liaison.post(&format!("/v1/orders/{}/open-call", story.order), deadline).expect(201).id();
        let interests = format!("/v1/open-calls/{call}/interests");
        let expert = server.sign_in(&region::expert_email(1));
        let says = |availability: &str| {
            let path = format!("/v1/experts/{}/availability", region::experts::expert(1));
            expert.post(&path, json!({ "availability": availability })).expect(200);
        };
        says("not_now");
        assert_eq!(expert.post(&interests, json!({})).expect(409).code(), "not_available");
        assert!(story.liaison.told(&interests).is_empty());
        assert_eq!(story.liaison.get(&interests).expect(200).count(), 0);

        says("available");
        assert_eq!(expert.post(&interests, json!({})).expect(201).body["available"], true);
        let shown = || story.liaison.get(&interests).expect(200).body["items"][0]["available"].clone();
        assert_eq!(shown(), true);
        says("not_now");
        assert_eq!(shown(), false, "no offer can be sent to the card");
        says("available");
        assert_eq!(shown(), true);
    }
}
