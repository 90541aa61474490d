//! Until when experts answer: never longer than until the task begins, and they are told before and after it runs out.

use acceptance::{Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

/// When the task of the stories begins, and how many hours after now that still is.
const STARTS: &str = "2027-01-15";

fn starts(story: &story::Brokering<'_>) -> Value {
    let order = story.liaison.get(&format!("/v1/orders/{}", story.order)).expect(200).body;
    order["form"]["task"]["when"]["start"].clone()
}

fn state(server: &Server, offer: Uuid) -> Value {
    server.sign_in(story::LIAISON).get(&format!("/v1/offers/{offer}")).expect(200).body["state"]
        .clone()
}

/// Lets time pass until a day after the task.
fn pass_the_task(server: &Server) {
    let now = server.app.clock.now().day();
    let days = (0..200).find(|days| json!(now.later(*days)) == STARTS).expect("it is ahead");
    server.advance(TimeDelta::days(i64::from(days) + 1));
}

on_both_databases! {
    fn nobody_is_let_think_about_a_task_that_has_begun(server) {
        let story = story::brokering(server, 1);
        let order = format!("/v1/orders/{}", story.order);
        let long = story::in_hours(server, 24 * 300);
        let offers = json!({ "card_ids": [story::card(1)], "expires_at": long });
        let made = story.liaison.post(&format!("{order}/offers"), offers).expect(201);
        assert_eq!(made.body["items"][0]["expires_at"], starts(&story));
        let call = story.liaison.post(&format!("{order}/open-call"), json!({ "deadline": long })).expect(201);
        assert_eq!(call.body["deadline"], starts(&story));
        let soon = story::in_hours(server, 5);
        let offers = json!({ "card_ids": [story::card(2)], "expires_at": soon });
        let made = story.liaison.post(&format!("{order}/offers"), offers).expect(201);
        assert_eq!(made.body["items"][0]["expires_at"], soon);
    }

    fn no_interest_is_taken_in_a_task_that_was_moved_forward_and_has_begun(server) {
        let story = story::brokering(server, 1);
        let order = format!("/v1/orders/{}", story.order);
        let deadline = story::in_hours(server, 24 * 20);
        let call = story.liaison.post(&format!("{order}/open-call"), json!({ "deadline": deadline })).expect(201).id();
        let sooner = json!({ "form": { "task": { "when": { "start": story::in_hours(server, 48), "end": story::in_hours(server, 50) } } } });
        story.orderer.patch(&order, sooner).expect(200);
        let interests = format!("/v1/open-calls/{call}/interests");
        server.sign_in(&region::expert_email(1)).post(&interests, json!({})).expect(201);
        server.advance(TimeDelta::hours(49));
        let late = server.sign_in(&region::expert_email(2)).post(&interests, json!({})).expect(409);
        assert_eq!(late.code(), "call_closed");
    }

    fn whose_turn_has_not_come_when_the_task_begins_is_not_asked_and_waits_no_longer(server) {
        let story = story::brokering(server, 1);
        let long = story::in_hours(server, 24 * 300);
        let body = json!({ "card_ids": [story::card(1), story::card(2), story::card(3)], "mode": "in_turn", "expires_at": long });
        let made = story.liaison.post(&format!("/v1/orders/{}/offers", story.order), body).expect(201).body;
        let offer = |at: usize| made["items"][at]["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        pass_the_task(server);
        server.app.run_jobs();
        assert_eq!(state(server, offer(0))["name"], "expired");
        for waiting in [offer(1), offer(2)] {
            let state = state(server, waiting);
            assert_eq!((&state["name"], &state["reason"]), (&json!("withdrawn"), &json!("task_begun")));
        }
        assert_eq!(server.sign_in(&region::expert_email(2)).get("/v1/offers").expect(200).count(), 0, "they never learn of it");
        let again = json!({ "card_ids": [story::card(4)], "mode": "in_turn", "expires_at": story::in_hours(server, 5) });
        let path = format!("/v1/orders/{}/offers", story.order);
        assert_eq!(server.sign_in(story::LIAISON).post(&path, again).expect(409).code(), "task_begun");
    }

    fn an_expert_is_reminded_a_day_before_the_time_runs_out_and_told_when_it_has(server) {
        let story = story::brokering(server, 2);
        let offer = |card: usize, hours: i64| {
            let body = json!({ "card_ids": [story::card(card)], "expires_at": story::in_hours(server, hours) });
            let made = story.liaison.post(&format!("/v1/orders/{}/offers", story.order), body).expect(201).body;
            format!("/v1/offers/{}", made["items"][0]["id"].as_str().expect("an id"))
        };
        let (long, short) = (offer(1, 72), offer(2, 48));
        let told = |number: usize, offer: &str| server.sign_in(&region::expert_email(number)).told(offer);
        server.advance(TimeDelta::hours(47));
        server.app.run_jobs();
        assert_eq!((told(1, &long), told(2, &short)), (vec!["offer_received".to_owned()], vec!["offer_received".to_owned()]));
        server.advance(TimeDelta::hours(2));
        let before = server.letters(0).len();
        server.app.run_jobs();
        server.app.run_jobs();
        assert_eq!(told(1, &long), ["offer_received", "offer_ending"]);
        assert_eq!(told(2, &short), ["offer_received", "offer_closed"], "two days are short enough to remember");
        let mail = server.letters(before).into_iter().find(|letter| letter.to == region::expert_email(1)).expect("a mail");
        assert!(mail.text.contains("/v1/offer-links/"), "{}", mail.text);
        let shown = server.sign_in(&region::expert_email(1)).items("/v1/notices");
        let text = shown.last().expect("a notice")["text"].as_str().expect("a text").to_owned();
        assert!(text.contains("free to decline") && text.contains("26"), "{text}");
        server.advance(TimeDelta::hours(24));
        server.app.run_jobs();
        assert_eq!(told(1, &long), ["offer_received", "offer_ending", "offer_closed"]);
    }
}
