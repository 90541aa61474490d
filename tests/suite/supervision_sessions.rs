//! Supervision, debriefing and recreation for experts (S2-14).

use acceptance::{on_both_databases, story};
use api::region;
use serde_json::{Value, json};

const BROKER: &str = "valittaja@kokemuspolku.example";
const PLACE: &str = "Kokemuspolku ry";

fn terms(seats: i32) -> Value {
    json!({ "starts": "2027-02-01T12:00:00Z", "minutes": 90, "place": "Järjestötalo", "supervisor": "Oona", "seats": seats })
}

fn offer(numbers: &[usize], seats: i32) -> Value {
    let invited: Vec<_> =
        numbers.iter().map(|number| region::person(&region::expert_email(*number))).collect();
    json!({ "node_id": region::node(PLACE), "kind": "supervision", "invited": invited, "terms": terms(seats) })
}

on_both_databases! {
    fn supervision_is_offered_booked_and_held(server) {
        let broker = server.sign_in(BROKER);
        let made = broker.post("/v1/supervision-sessions", offer(&[1, 2], 1)).expect(201);
        let path = made.header("location").to_owned();
        let (first, second) = (server.sign_in(&region::expert_email(1)), server.sign_in(&region::expert_email(2)));
        let booked = first.post(&format!("{path}/book"), Value::Null).expect(200);
        assert_eq!((&booked.body["state"]["name"], &booked.body["seats_left"]), (&json!("booked"), &json!(0)));
        assert_eq!(booked.body["invited"].as_array().map(Vec::len), Some(1), "an expert sees only themselves");
        assert_eq!(second.post(&format!("{path}/book"), Value::Null).expect(409).code(), "session_full");
        first.post(&format!("{path}/hold"), json!({ "minutes": 80, "present": [] })).expect(403);

        let stranger = json!({ "minutes": 80, "present": [region::person(&region::expert_email(5))] });
        let refused = broker.post(&format!("{path}/hold"), stranger).expect(400);
        assert_eq!(refused.faults(), [("#/present/0".to_owned(), "not_invited".to_owned())]);
        let there = json!({ "minutes": 80, "present": [region::person(&region::expert_email(1))] });
        let held = broker.post(&format!("{path}/hold"), there).expect(200);
        assert_eq!((&held.body["state"]["name"], &held.body["state"]["minutes"]), (&json!("held"), &json!(80)));
        assert_eq!(broker.post(&format!("{path}/cancel"), Value::Null).expect(409).code(), "out_of_turn");
    }

    fn an_expert_asks_for_a_debriefing_and_gets_one(server) {
        let expert = server.sign_in(&region::expert_email(1));
        let wish = json!({ "kind": "debrief", "node_id": region::node(PLACE) });
        let asked = expert.post("/v1/supervision-requests", wish.clone()).expect(201);
        assert_eq!(asked.body["state"]["name"], "requested");
        let path = asked.header("location").to_owned();
        let broker = server.sign_in(BROKER);
        assert_eq!(broker.get("/v1/supervision-sessions?state=requested").expect(200).count(), 1);
        let offered = broker.post(&format!("{path}/offer"), terms(1)).expect(200);
        assert_eq!(offered.body["terms"]["supervisor"], "Oona");
        expert.post(&format!("{path}/book"), Value::Null).expect(200);
        broker.post("/v1/supervision-requests", wish).expect(403);
    }

    fn sessions_are_listed_to_those_they_concern_alone(server) {
        let broker = server.sign_in(BROKER);
        let path = broker.post("/v1/supervision-sessions", offer(&[1], 4)).expect(201).header("location").to_owned();
        let count = |email: &str| server.sign_in(email).get("/v1/supervision-sessions").expect(200).count();
        assert_eq!(count(BROKER), 1);
        assert_eq!(count(&region::expert_email(1)), 1);
        for email in [&region::expert_email(2), "valittaja@lounaankokemus.example", "tilaaja@lappi.example"] {
            assert_eq!(count(email), 0, "{email}");
            server.sign_in(email).get(&path).expect(404);
        }
        server.sign_in(BROKER).post(&format!("{path}/book"), Value::Null).expect(403);
    }

    fn only_experts_are_invited_and_only_by_their_own_organisation(server) {
        let broker = server.sign_in(BROKER);
        let mut wrong = offer(&[1], 4);
        wrong["invited"] = json!([region::person("tilaaja@lappi.example")]);
        let refused = broker.post("/v1/supervision-sessions", wrong).expect(400);
        assert_eq!(refused.faults(), [("#/invited/0".to_owned(), "unknown_reference".to_owned())]);
        server.sign_in("valittaja@lounaankokemus.example").post("/v1/supervision-sessions", offer(&[1], 4)).expect(404);
    }

    fn nobody_invites_experts_whom_they_may_not_know_by_name(server) {
        let told = |email: &str, form: Value| server.sign_in(email).post("/v1/supervision-sessions", form).expect(400).faults();
        let at = |place: &str, numbers: &[usize]| {
            let mut form = offer(numbers, 4);
            form["node_id"] = json!(region::node(place));
            form
        };
        let unknown = vec![("#/invited/0".to_owned(), "unknown_reference".to_owned())];
        let mut nobody = offer(&[1], 4);
        nobody["invited"] = json!(["019aa5d0-0000-7000-8000-00000000dead"]);
        assert_eq!(told(BROKER, nobody), unknown);
        assert_eq!(told(BROKER, offer(&[31], 4)), unknown, "an expert of another organisation is as nobody");
        assert_eq!(told("keskus@lappi.example", at("Lapin hyvinvointialue", &[31])), unknown);
        server.sign_in("keskus@lappi.example").post("/v1/supervision-sessions", at("Lapin hyvinvointialue", &[1, 25])).expect(201);

        let liaison = story::LIAISON;
        let unit = "Mielen hyvinvoinnin palvelut";
        assert_eq!(told(liaison, at(unit, &[1])), unknown, "a liaison knows cards, and no names");
        story::accepted(server);
        server.sign_in(liaison).post("/v1/supervision-sessions", at(unit, &[1])).expect(201);
    }
}
