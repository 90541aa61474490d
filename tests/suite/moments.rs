//! Moments and days at the edge of what can be written, and what happens when something has gone wrong with one of many.

use acceptance::{Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

/// Moments that no database and no other program would read as they were meant.
const OUTSIDE: [&str; 4] = [
    "9999-12-31T23:00:00-12:00",
    "9999-12-31T23:59:59-00:01",
    "0000-01-01T00:00:00+14:00",
    "0001-01-01T00:00:00+14:00",
];

/// Two years and a day, in hours.
const TOO_FAR: i64 = 24 * (2 * 366 + 1);

/// An order with one offer, which runs out in two days.
fn asked(server: &Server, number: usize) -> Uuid {
    let story = story::brokering(server, 1);
    story::offers(server, &story, &[number], "parallel")[0]
}

on_both_databases! {
    fn a_moment_outside_the_years_1_to_9999_is_pointed_to_wherever_it_is(server) {
        let story = story::brokering(server, 1);
        let (order, liaison) = (format!("/v1/orders/{}", story.order), &story.liaison);
        let centre = server.sign_in("keskus@lappi.example");
        for outside in OUTSIDE {
            let offer = json!({ "card_ids": [story::card(1)], "expires_at": outside });
            assert_eq!(liaison.post(&format!("{order}/offers"), offer).expect(400).wrong(), [("#/expires_at", "wrong_form")], "{outside}");
            let call = json!({ "deadline": outside });
            assert_eq!(liaison.post(&format!("{order}/open-call"), call).expect(400).wrong(), [("#/deadline", "wrong_form")], "{outside}");
            let when = json!({ "form": { "task": { "when": { "start": outside } } } });
            assert_eq!(story.orderer.patch(&order, when).expect(400).wrong(), [("#/form/task/when/start", "wrong_form")], "{outside}");
            let escaped = outside.replace('+', "%2B");
            for (listing, name) in [("/v1/assignments", "from"), ("/v1/audit-events", "after")] {
                let refused = centre.get(&format!("{listing}?{name}={escaped}"));
                assert_eq!(refused.expect(400).wrong(), [(name, "wrong_form")], "{listing} {outside}");
            }
        }
        let document = json!({
            "node_id": region::node(story::UNIT),
            "facts": { "kind": "orientation", "name": "Perehdytys", "phase": "in_use", "review_due": "0000-12-31" },
        });
        let refused = centre.post("/v1/documents", document).expect(400);
        assert_eq!(refused.wrong(), [("#/facts/review_due", "wrong_form")]);
        // The first and the last moment there is are read alike by both databases.
        for span in ["from=0001-01-01T00:00:00Z&until=9999-12-31T23:59:59Z", "from=9999-12-31T23:59:59Z"] {
            assert_eq!(liaison.get(&format!("/v1/assignments?{span}")).expect(200).count(), 0, "{span}");
        }
    }

    fn nobody_is_given_longer_than_two_years_to_answer(server) {
        let story = story::brokering(server, 1);
        let order = format!("/v1/orders/{}", story.order);
        for end in [story::in_hours(server, TOO_FAR), "9999-12-31T23:59:59Z".to_owned()] {
            let offer = json!({ "card_ids": [story::card(1), story::card(2)], "mode": "in_turn", "expires_at": end });
            let refused = story.liaison.post(&format!("{order}/offers"), offer).expect(400);
            assert_eq!(refused.wrong(), [("#/expires_at", "too_far_off")]);
            let refused = story.liaison.post(&format!("{order}/open-call"), json!({ "deadline": end })).expect(400);
            assert_eq!(refused.wrong(), [("#/deadline", "too_far_off")]);
        }
        let last = story::in_hours(server, TOO_FAR - 24);
        story.liaison.post(&format!("{order}/open-call"), json!({ "deadline": last })).expect(201);
        let offer = json!({ "card_ids": [story::card(1), story::card(2)], "mode": "in_turn", "expires_at": last });
        let made = story.liaison.post(&format!("{order}/offers"), offer).expect(201);
        // The next one has as long as the first, and no longer than until the task begins.
        let first = made.body["items"][0]["id"].as_str().expect("an offer").to_owned();
        server.sign_in(&region::expert_email(1)).post(&format!("/v1/offers/{first}/decline"), Value::Null).expect(200);
        let next = server.sign_in(&region::expert_email(2)).get("/v1/offers").expect(200);
        let starts = story.liaison.get(&order).expect(200).body["form"]["task"]["when"]["start"].clone();
        assert_eq!(next.body["items"][0]["expires_at"], starts);
    }

    fn what_was_stored_beyond_the_years_of_now_is_read_as_the_nearest_there_is(server) {
        let story = story::brokering(server, 1);
        let (offer, path) = (story::offers(server, &story, &[1], "parallel")[0], format!("/v1/orders/{}", story.order));
        let starts = story.liaison.get(&path).expect(200).body["form"]["task"]["when"]["start"].clone();
        let expert = server.sign_in(&region::expert_email(1));
        let own = format!("/v1/experts/{}", region::experts::expert(1));
        let training = json!({ "trainings": [{ "model": "national", "completed": "2020-06-01", "issuer": "Verkosto" }] });
        expert.patch(&own, training).expect(200);
        let expires = story.liaison.get(&format!("/v1/offers/{offer}")).expect(200).body["expires_at"].clone();
        let later = if server.database_url().starts_with("sqlite:") { "+10000" } else { "10000" };
        for (table, before, after) in [
            ("offers", &expires, "+10000-01-01T11:59:59Z"),
            ("orders", &starts, "0000-12-31T22:00:00Z"),
            ("experts", &json!("2020-06-01"), "0000-06-01"),
        ] {
            let before = before.as_str().expect("a moment or a day");
            server.tamper(&format!("UPDATE {table} SET body = REPLACE(body, '{before}', '{after}')"));
        }
        server.tamper(&format!("UPDATE offers SET expires_at = '{later}-01-01 11:59:59' WHERE id = '{offer}'"));

        let offers = story.liaison.get("/v1/offers").expect(200);
        assert_eq!(offers.body["items"][0]["expires_at"], "9999-12-31T23:59:59Z");
        assert_eq!(story.orderer.get("/v1/orders").expect(200).count(), 1);
        let order = story.orderer.get(&path).expect(200);
        assert_eq!(order.body["form"]["task"]["when"]["start"], "0001-01-01T00:00:00Z");
        let read = expert.get(&own).expect(200);
        assert!(read.text.contains("0001-01-01") && !read.text.contains("0000-06-01"), "{}", read.text);
        server.app.run_jobs();
        assert_eq!(server.failures_of("expire_offers"), 0.0);
        let open = story.liaison.get(&format!("/v1/offers/{offer}")).expect(200);
        assert_eq!(open.body["state"]["name"], "sent");
        expert.post(&format!("{own}/leave"), Value::Null).expect(200);
    }

    fn an_offer_that_cannot_expire_keeps_no_other_from_it(server) {
        let (broken, whole) = (asked(server, 1), asked(server, 2));
        server.tamper(&format!("UPDATE offers SET body = '{{}}' WHERE id = '{broken}'"));
        server.advance(TimeDelta::hours(49));
        server.app.run_jobs();
        let offer = server.sign_in(&region::expert_email(2)).get(&format!("/v1/offers/{whole}")).expect(200);
        assert_eq!(offer.body["state"]["name"], "expired");
        let expired = format!("/v1/audit-events?thing={whole}&operation=expire_offer");
        assert_eq!(server.sign_in("keskus@lappi.example").get(&expired).expect(200).count(), 1);
        assert!(server.failures_of("expire_offers") > 0.0, "it is seen that something is wrong");
    }

    fn a_task_that_cannot_be_reminded_of_keeps_no_other_from_it(server) {
        let broken = story::preparing(server);
        let second = story::brokering(server, 1);
        let offer = story::offers(server, &second, &[2], "parallel")[0];
        let expert = server.sign_in(&region::expert_email(2));
        story::accept(&expert, offer);
        let whole = expert.get("/v1/assignments").expect(200).body["items"][0]["id"].as_str().expect("a task").to_owned();
        server.tamper(&format!("UPDATE assignments SET body = '{{}}' WHERE id = '{}'", broken.assignment));
        server.advance(TimeDelta::days(30));
        server.app.run_jobs();
        let reminded = format!("/v1/audit-events?thing={whole}&operation=remind_of_task");
        assert_eq!(server.sign_in("keskus@lappi.example").get(&reminded).expect(200).count(), 1);
        assert!(server.failures_of("remind_of_contacts") > 0.0, "it is seen that something is wrong");
    }

    fn what_cannot_be_read_keeps_nothing_else_from_being_sent(server) {
        asked(server, 1);
        let due = "2000-01-01 00:00:00";
        server.tamper(&format!("UPDATE notices SET body = '{{}}', sent_at = NULL, next_try_at = '{due}'"));
        // More than are taken at a time.
        for number in 1..=25 {
            let id = Uuid::from_u128(number);
            server.tamper(&format!("INSERT INTO mails (id, next_try_at, body, version) VALUES ('{id}', '{due}', '{{}}', 1)"));
        }
        let offer = asked(server, 2);
        for _ in 0..3 {
            server.app.run_jobs();
        }
        let expert = server.sign_in(&region::expert_email(2));
        assert_eq!(expert.told(&format!("/v1/offers/{offer}")), ["offer_received"]);
        assert_eq!(server.mails_to(&region::expert_email(2), "pyyn").len(), 1);
        assert!(server.failures_of("send_notices") > 0.0, "it is seen that something is wrong");
    }

    fn a_role_that_cannot_be_read_keeps_no_other_from_being_reminded_of(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let last_day = server.app.clock.now().plus(TimeDelta::days(20)).day();
        let give = |email: &str| {
            let terms = json!({
                "person_id": region::person(email),
                "role": "liaison",
                "node_id": region::node("Kokemuspolku ry"),
                "from": "2026-01-01",
                "until": last_day,
            });
            keskus.post("/v1/grants", terms).expect(201).body["id"].as_str().expect("an id").to_owned()
        };
        let (broken, whole) = (give("keskus@lappi.example"), give("tilaaja@lappi.example"));
        server.tamper(&format!("UPDATE grants SET body = '{{}}' WHERE id = '{broken}'"));
        server.app.run_jobs();
        let told = server.sign_in("tilaaja@lappi.example").told(&format!("/v1/grants/{whole}"));
        assert_eq!(told, ["access_given", "role_expiring"]);
        assert!(server.failures_of("remind_of_roles") > 0.0, "it is seen that something is wrong");
    }
}
