//! What people are told is what has happened.

use acceptance::{Server, on_both_databases, story, year};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const BROKER: &str = "valittaja@kokemuspolku.example";

on_both_databases! {
    fn a_supervision_session_that_is_offered_and_one_that_is_cancelled_are_told_apart(server) {
        let broker = server.sign_in(BROKER);
        let session = json!({
            "node_id": region::node("Kokemuspolku ry"), "kind": "supervision",
            "invited": [region::person(&region::expert_email(1))],
            "terms": { "starts": "2027-02-01T12:00:00Z", "minutes": 90, "place": "Järjestötalo", "supervisor": "Oona", "seats": 1 },
        });
        let path = broker.post("/v1/supervision-sessions", session).expect(201).header("location").to_owned();
        let expert = server.sign_in(&region::expert_email(1));
        assert_eq!(expert.told(&path), ["supervision_offered"]);
        broker.post(&format!("{path}/cancel"), Value::Null).expect(200);
        assert_eq!(expert.told(&path), ["supervision_offered", "supervision_cancelled"]);
    }

    fn whoever_arranges_supervision_is_told_that_an_expert_asks_for_it(server) {
        let expert = server.sign_in(&region::expert_email(1));
        let wish = |place: &str| {
            let wish = json!({ "kind": "debrief", "node_id": region::node(place) });
            expert.post("/v1/supervision-requests", wish).expect(201).header("location").to_owned()
        };
        let told = |email: &str, path: &str| server.sign_in(email).told(path);
        let path = wish("Kokemuspolku ry");
        assert_eq!(told(BROKER, &path), ["supervision_wanted"]);
        assert!(told("valittaja@tunturintuki.example", &path).is_empty() && told("keskus@lappi.example", &path).is_empty());
        expert.post(&format!("{path}/withdraw"), Value::Null).expect(200);
        let nobody_brokers_there = wish("Lapin hyvinvointialue");
        assert_eq!(told(BROKER, &nobody_brokers_there), Vec::<String>::new());
        assert_eq!(told("yhteys@lappi.example", &nobody_brokers_there), ["supervision_wanted"]);
        assert!(told("keskus@lappi.example", &nobody_brokers_there).is_empty());
    }

    fn a_wish_to_talk_in_the_feedback_is_told_as_well(server) {
        let task = year::done(server, &[year::Done::by(1)])[0];
        let expert = server.sign_in(&region::expert_email(1));
        let set = expert.get("/v1/question-sets?side=expert&state=published").expect(200).body["items"][0]["id"].clone();
        let form = json!({ "question_set": set, "answers": { "debrief": true }, "may_quote": false });
        for status in [201, 200] {
            expert.put(&format!("/v1/assignments/{task}/feedback/expert"), form.clone()).expect(status);
        }
        let waiting = expert.items("/v1/supervision-sessions?state=requested");
        let path = format!("/v1/supervision-sessions/{}", waiting[0]["id"].as_str().expect("an id"));
        assert_eq!(server.sign_in(BROKER).told(&path), ["supervision_wanted"], "once");
    }

    fn an_offer_that_nobody_answered_is_not_said_to_be_answered(server) {
        let story = story::brokering(server, 1);
        story::offers(server, &story, &[1], "parallel");
        let order = format!("/v1/orders/{}", story.order);
        let before = story.liaison.told(&order).len();
        server.advance(TimeDelta::hours(49));
        server.app.run_jobs();
        assert_eq!(server.sign_in(story::LIAISON).told(&order)[before..], ["offer_expired"]);
    }

    fn interest_in_a_call_is_told_as_such(server) {
        let story = story::brokering(server, 1);
        let deadline = json!({ "deadline": story::in_hours(server, 24) });
        let call = story.liaison.post(&format!("/v1/orders/{}/open-call", story.order), deadline).expect(201).id();
        let interests = format!("/v1/open-calls/{call}/interests");
        server.sign_in(&region::expert_email(1)).post(&interests, json!({})).expect(201);
        assert_eq!(story.liaison.told(&interests), ["interest_expressed"]);
    }

    fn an_organisation_that_is_asked_for_experts_is_not_told_of_an_order(server) {
        let story = story::brokering(server, 1);
        let ask = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
        let asked = story.liaison.post(&format!("/v1/orders/{}/sourcing-requests", story.order), ask).expect(201).id();
        let request = format!("/v1/sourcing-requests/{asked}");
        let broker = server.sign_in("valittaja@tunturintuki.example");
        assert_eq!(broker.told(&request), ["sourcing_asked"]);
        broker.post(&format!("{request}/answer"), json!({})).expect(200);
        assert_eq!(story.liaison.told(&request), ["sourcing_answered"]);
    }

    fn members_of_a_steering_group_are_told_of_its_meetings_while_they_serve(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let group = |until: &str| {
            let member = json!({
                "organisation": region::node("Kokemuspolku ry"), "name": "Oona Ohjaus", "from": "2026-01-01",
                "person": region::person("ohjausryhma@lappi.example"), "until": until,
            });
            let stranger = json!({
                "organisation": region::node("Kokemuspolku ry"), "name": "Ei jäsen", "from": "2026-01-01",
                "person": region::person(&region::expert_email(1)),
            });
            let facts = json!({ "name": { "fi": "Ohjausryhmä" }, "members": [member, stranger] });
            let group = json!({ "area_id": region::node("Lapin hyvinvointialue"), "facts": facts });
            coordinator.post("/v1/steering-groups", group).expect(201).id()
        };
        let meeting = |group| {
            let meeting = json!({ "on": "2026-12-10", "agenda": [{ "title": "Vuosikooste" }] });
            let made = coordinator.post(&format!("/v1/steering-groups/{group}/meetings"), meeting).expect(201);
            format!("/v1/steering-meetings/{}", made.id())
        };
        let (serves, served) = (meeting(group("2030-12-31")), meeting(group("2026-02-01")));
        let member = server.sign_in("ohjausryhma@lappi.example");
        assert_eq!(member.told(&serves), ["meeting_called"]);
        member.get(&serves).expect(200);
        assert!(member.told(&served).is_empty());
        assert!(server.sign_in(&region::expert_email(1)).told(&serves).is_empty(), "who could not look at it");
    }

    fn members_of_a_steering_group_are_told_if_a_meeting_that_is_ahead_is_moved(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let member = json!({
            "organisation": region::node("Kokemuspolku ry"), "name": "Oona Ohjaus", "from": "2026-01-01",
            "person": region::person("ohjausryhma@lappi.example"),
        });
        let facts = json!({ "name": { "fi": "Ohjausryhmä" }, "members": [member] });
        let group = json!({ "area_id": region::node("Lapin hyvinvointialue"), "facts": facts });
        let group = coordinator.post("/v1/steering-groups", group).expect(201).id();
        let meeting = json!({ "on": "2026-12-10", "place": "Rovaniemi", "agenda": [{ "title": "Vuosikooste" }] });
        let made = coordinator.post(&format!("/v1/steering-groups/{group}/meetings"), meeting).expect(201);
        let path = format!("/v1/steering-meetings/{}", made.id());
        let told = || server.sign_in("ohjausryhma@lappi.example").told(&path);
        for (change, times) in [
            (json!({ "on": "2026-12-10", "minutes": "Kutsu lähetetty." }), 0),
            (json!({ "on": "2026-12-17" }), 1),
            (json!({ "place": null }), 2),
        ] {
            coordinator.patch(&path, change).expect(200);
            let moved = told().iter().filter(|kind| *kind == "meeting_moved").count();
            assert_eq!(moved, times);
        }
        server.advance(TimeDelta::days(60));
        // What has been is put right in the record.
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        coordinator.patch(&path, json!({ "on": "2026-12-16", "place": "Kemi" })).expect(200);
        assert_eq!(told(), ["meeting_called", "meeting_moved", "meeting_moved"]);
    }

    fn a_published_compilation_is_told_to_those_who_steer(server) {
        let path = published(server);
        for email in ["keskus@lappi.example", "ohjausryhma@lappi.example"] {
            let person = server.sign_in(email);
            assert_eq!(person.told(&path), ["compilation_published"], "{email}");
            person.get(&path).expect(200);
        }
        for email in ["koordinaattori@lappi.example", "keskus@satakunta.example"] {
            assert!(server.sign_in(email).told(&path).is_empty(), "{email}");
        }
    }
}

/// A compilation that Lapland's coordinator has published.
fn published(server: &Server) -> String {
    year::done(server, &[year::Done::by(1)]);
    year::pass(server);
    let coordinator = server.sign_in("koordinaattori@lappi.example");
    let year = server.app.clock.now().day().year() - 1;
    let body = json!({ "area_id": region::node("Lapin hyvinvointialue"), "year": year });
    let path =
        format!("/v1/compilations/{}", coordinator.post("/v1/compilations", body).expect(201).id());
    coordinator.post(&format!("{path}/freeze"), Value::Null).expect(200);
    coordinator.post(&format!("{path}/publish"), Value::Null).expect(200);
    path
}
