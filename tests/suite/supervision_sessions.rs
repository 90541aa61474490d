//! Supervision, debriefing and recreation for experts (S2-14).

use acceptance::{on_both_databases, story};
use api::region;
use chrono::TimeDelta;
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
        let nobody = json!({ "minutes": 80, "present": [] });
        assert_eq!(broker.post(&format!("{path}/hold"), nobody).expect(409).code(), "session_ahead");
        assert_eq!(broker.get(&path).expect(200).action("hold")["why_not"]["code"], "session_ahead");

        server.advance(TimeDelta::days(80));
        let broker = server.sign_in(BROKER);
        assert_eq!(broker.get(&path).expect(200).allowed(), ["hold", "cancel"]);
        let stranger = json!({ "minutes": 80, "present": [region::person(&region::expert_email(5))] });
        let refused = broker.post(&format!("{path}/hold"), stranger).expect(400);
        assert_eq!(refused.faults(), [("#/present/0".to_owned(), "not_invited".to_owned())]);
        let one = region::person(&region::expert_email(1));
        let refused = broker.post(&format!("{path}/hold"), json!({ "minutes": 80, "present": [one, one] })).expect(400);
        assert_eq!(refused.faults(), [("#/present/1".to_owned(), "repeated".to_owned())]);
        let there = json!({ "minutes": 80, "present": [region::person(&region::expert_email(1))] });
        let held = broker.post(&format!("{path}/hold"), there).expect(200);
        assert_eq!((&held.body["state"]["name"], &held.body["state"]["minutes"]), (&json!("held"), &json!(80)));
        assert_eq!(broker.post(&format!("{path}/cancel"), Value::Null).expect(409).code(), "out_of_turn");
    }

    fn a_session_to_which_people_came_without_booking_is_recorded_as_held(server) {
        let broker = server.sign_in(BROKER);
        let mut been = offer(&[1, 2], 4);
        been["terms"]["starts"] = json!("2026-11-20T12:00:00Z");
        let path = broker.post("/v1/supervision-sessions", been).expect(201).header("location").to_owned();
        let first = server.sign_in(&region::expert_email(1));
        assert_eq!(first.told(&path), [""; 0], "nobody is invited to what has been");
        assert_eq!(first.post(&format!("{path}/book"), Value::Null).expect(409).code(), "session_begun");
        assert_eq!(first.get(&path).expect(200).action("book")["why_not"]["code"], "session_begun");
        assert_eq!(broker.post(&format!("{path}/change-terms"), terms(4)).expect(409).code(), "session_begun");
        let there = json!({ "minutes": 80, "present": [region::person(&region::expert_email(1))] });
        let held = broker.post(&format!("{path}/hold"), there.clone()).expect(200);
        assert_eq!(held.body["state"]["present"], there["present"]);
    }

    fn a_session_is_moved_and_those_invited_are_told(server) {
        let broker = server.sign_in(BROKER);
        let path = broker.post("/v1/supervision-sessions", offer(&[1, 2], 2)).expect(201).header("location").to_owned();
        let (first, second) = (server.sign_in(&region::expert_email(1)), server.sign_in(&region::expert_email(2)));
        first.post(&format!("{path}/book"), Value::Null).expect(200);
        let mut later = terms(2);
        later["starts"] = json!("2027-02-08T12:00:00Z");
        first.post(&format!("{path}/change-terms"), later.clone()).expect(403);
        server.sign_in("valittaja@lounaankokemus.example").post(&format!("{path}/change-terms"), later.clone()).expect(404);
        let moved = broker.post(&format!("{path}/change-terms"), later.clone()).expect(200);
        assert_eq!((&moved.body["state"]["name"], &moved.body["terms"]), (&json!("booked"), &later));
        assert_eq!(moved.body["participants"].as_array().map(Vec::len), Some(1));
        later["seats"] = json!(1);
        broker.post(&format!("{path}/change-terms"), later.clone()).expect(200);
        for expert in [&first, &second] {
            assert_eq!(expert.told(&path), ["supervision_offered", "supervision_moved"], "once: the seats are no matter of theirs");
        }
        later["seats"] = json!(2);
        broker.post(&format!("{path}/change-terms"), later.clone()).expect(200);
        second.post(&format!("{path}/book"), Value::Null).expect(200);
        later["seats"] = json!(1);
        let refused = broker.post(&format!("{path}/change-terms"), later).expect(400);
        assert_eq!(refused.faults(), [("#/seats".to_owned(), "below_booked".to_owned())]);
    }

    fn an_expert_asks_for_a_debriefing_and_gets_one(server) {
        let expert = server.sign_in(&region::expert_email(1));
        let wish = json!({ "kind": "debrief", "node_id": region::node(PLACE) });
        let asked = expert.post("/v1/supervision-requests", wish.clone()).expect(201);
        assert_eq!(asked.body["state"]["name"], "requested");
        assert_eq!(expert.post("/v1/supervision-requests", wish.clone()).expect(409).code(), "asked_for_already");
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

    fn a_seat_is_given_back_and_is_free_for_another(server) {
        let broker = server.sign_in(BROKER);
        let path = broker.post("/v1/supervision-sessions", offer(&[1, 2], 1)).expect(201).header("location").to_owned();
        let (first, second) = (server.sign_in(&region::expert_email(1)), server.sign_in(&region::expert_email(2)));
        assert_eq!(first.post(&format!("{path}/give-back"), Value::Null).expect(409).code(), "out_of_turn");
        let booked = first.post(&format!("{path}/book"), Value::Null).expect(200);
        assert_eq!(booked.allowed(), ["book", "give-back"]);
        let seen = second.get(&path).expect(200);
        assert_eq!((seen.allowed(), &seen.action("give-back")["why_not"]["code"]), (vec![], &json!("not_booked")));
        assert_eq!(seen.action("book")["why_not"]["code"], "session_full");
        assert_eq!(second.post(&format!("{path}/give-back"), Value::Null).expect(409).code(), "not_booked");
        broker.post(&format!("{path}/give-back"), Value::Null).expect(403);
        let free = first.post(&format!("{path}/give-back"), Value::Null).expect(200);
        assert_eq!(broker.told(&path), ["supervision_seat_free"]);
        assert_eq!((&free.body["state"]["name"], &free.body["seats_left"]), (&json!("offered"), &json!(1)));
        assert_eq!(free.body["participants"], json!([]));
        second.post(&format!("{path}/book"), Value::Null).expect(200);
        assert_eq!(first.post(&format!("{path}/withdraw"), Value::Null).expect(409).code(), "out_of_turn");
        second.post(&format!("{path}/give-back"), Value::Null).expect(200);
        assert_eq!(second.post(&format!("{path}/withdraw"), Value::Null).expect(409).code(), "not_asked_for");
    }

    fn whoever_asked_for_a_session_takes_the_request_back(server) {
        let expert = server.sign_in(&region::expert_email(1));
        let wish = json!({ "kind": "supervision", "node_id": region::node(PLACE) });
        let asked = expert.post("/v1/supervision-requests", wish.clone()).expect(201);
        assert_eq!(asked.allowed(), ["withdraw"]);
        let path = asked.header("location").to_owned();
        let broker = server.sign_in(BROKER);
        broker.post(&format!("{path}/withdraw"), Value::Null).expect(403);
        server.sign_in(&region::expert_email(2)).post(&format!("{path}/withdraw"), Value::Null).expect(404);
        let withdrawn = expert.post(&format!("{path}/withdraw"), Value::Null).expect(200);
        assert_eq!(withdrawn.body["state"]["name"], "cancelled");
        assert_eq!(broker.told(&path), ["supervision_wanted", "supervision_cancelled"]);
        assert_eq!(broker.post(&format!("{path}/offer"), terms(1)).expect(409).code(), "out_of_turn");

        let path = expert.post("/v1/supervision-requests", wish).expect(201).header("location").to_owned();
        broker.post(&format!("{path}/offer"), terms(1)).expect(200);
        expert.post(&format!("{path}/withdraw"), Value::Null).expect(200);
    }

    fn a_support_person_asks_books_and_gives_back_for_those_whose_profile_they_look_after(server) {
        let supported = region::experts::SUPPORTED;
        let theirs = region::person(&region::expert_email(supported));
        let helper = server.sign_in("tukihenkilo@lappi.example");
        let wish = |person: Value| {
            let wish = json!({ "kind": "supervision", "node_id": region::node(PLACE), "person_id": person });
            helper.post("/v1/supervision-requests", wish)
        };
        wish(json!(region::person(&region::expert_email(1)))).expect(403);
        let path = wish(json!(theirs)).expect(201).header("location").to_owned();
        let seen = helper.get(&path).expect(200);
        assert_eq!((&seen.body["invited"], seen.allowed()), (&json!([theirs]), vec!["withdraw"]));
        assert_eq!(server.sign_in(&region::expert_email(supported)).get(&path).expect(200).allowed(), ["withdraw"]);
        helper.post(&format!("{path}/withdraw"), Value::Null).expect(200);

        // Of two whom they act for, they say which.
        let expert = server.sign_in(&region::expert_email(2));
        let powers = json!({ "person": region::person("tukihenkilo@lappi.example"), "powers": ["profile"] });
        expert.post(&format!("/v1/experts/{}/delegations", region::experts::expert(2)), powers).expect(200);
        let manager = server.sign_in("keskus@lappi.example");
        let mut form = offer(&[1, 2, supported], 3);
        form["node_id"] = json!(region::node("Lapin hyvinvointialue"));
        let path = manager.post("/v1/supervision-sessions", form).expect(201).header("location").to_owned();
        assert_eq!(helper.get("/v1/supervision-sessions?state=offered").expect(200).count(), 1);
        let seat = |action: &str, number: usize| {
            let person = region::person(&region::expert_email(number));
            helper.post(&format!("{path}/{action}?person_id={person}"), Value::Null)
        };
        seat("book", 1).expect(403);
        seat("book", 3).expect(403);
        seat("book", 2).expect(200);
        let booked = seat("book", supported).expect(200);
        assert_eq!(booked.body["participants"].as_array().map(Vec::len), Some(2));
        assert_eq!(expert.get(&path).expect(200).body["participants"], json!([region::person(&region::expert_email(2))]));
        let free = seat("give-back", 2).expect(200);
        assert_eq!(free.body["participants"], json!([theirs]));
        let event = manager.get("/v1/audit-events?operation=give_back_supervision_seat").expect(200);
        assert_eq!(event.count(), 0, "it is the expert's own matter");
        let event = expert.get("/v1/audit-events?operation=give_back_supervision_seat").expect(200);
        assert_eq!(event.count(), 1, "who acted for them is on record for them");

        // Whose other powers they have, and not the profile, is nobody's supervision of theirs.
        let powers = json!({ "person": region::person("tukihenkilo@lappi.example"), "powers": ["offers"] });
        for number in [2, supported] {
            let expert = server.sign_in(&region::expert_email(number));
            expert.post(&format!("/v1/experts/{}/delegations", region::experts::expert(number)), powers.clone()).expect(200);
        }
        helper.get(&path).expect(404);
        seat("book", 2).expect(404);
    }

    fn whoever_leaves_gives_back_their_seats_and_requests_that_are_ahead(server) {
        let broker = server.sign_in(BROKER);
        let make = |seats, starts: &str| {
            let mut form = offer(&[1, 2, 3], seats);
            form["terms"]["starts"] = json!(starts);
            broker.post("/v1/supervision-sessions", form).expect(201).header("location").to_owned()
        };
        let next_year = "2027-02-01T12:00:00Z";
        let soon = story::in_hours(server, 1);
        let (ahead, full, past) = (make(3, next_year), make(1, next_year), make(3, soon.as_str()));
        let (first, second) = (server.sign_in(&region::expert_email(1)), server.sign_in(&region::expert_email(2)));
        let wish = json!({ "kind": "debrief", "node_id": region::node(PLACE) });
        let mut asked = Vec::new();
        for expert in [&first, &second] {
            asked.push(expert.post("/v1/supervision-requests", wish.clone()).expect(201).header("location").to_owned());
            for path in [&ahead, &past] {
                expert.post(&format!("{path}/book"), Value::Null).expect(200);
            }
        }
        first.post(&format!("{full}/book"), Value::Null).expect(200);
        server.advance(TimeDelta::hours(1));
        let (broker, first) = (server.sign_in(BROKER), server.sign_in(&region::expert_email(1)));
        let there = json!({ "minutes": 80, "present": [region::person(&region::expert_email(1))] });
        broker.post(&format!("{past}/hold"), there).expect(200);

        first.post(&format!("/v1/experts/{}/leave", region::experts::expert(1)), Value::Null).expect(200);
        let state = |path: &str| broker.get(path).expect(200).body;
        let participants = |path: &str| state(path)["participants"].as_array().map_or(0, Vec::len);
        assert_eq!((participants(&ahead), participants(&full), participants(&past)), (1, 0, 2));
        assert_eq!((&state(&full)["seats_left"], &state(&full)["state"]["name"]), (&json!(1), &json!("offered")));
        assert_eq!((&state(&asked[0])["state"]["name"], &state(&asked[1])["state"]["name"]), (&json!("cancelled"), &json!("requested")));
        assert_eq!(broker.told(&asked[0]), ["supervision_wanted", "supervision_cancelled"]);
        server.sign_in(&region::expert_email(3)).post(&format!("{full}/book"), Value::Null).expect(200);

        let gone = format!("/v1/people/{}/deactivate", region::person(&region::expert_email(2)));
        server.sign_in("keskus@lappi.example").post(&gone, json!({ "reason": "lähti" })).expect(200);
        assert_eq!((participants(&ahead), participants(&past)), (0, 2));
        assert_eq!(state(&asked[1])["state"]["name"], "cancelled");
    }
}
