//! Assignments, from the acceptance to the task done (S4-22, S4-24, S4-28 … S4-32, S2-17).

use acceptance::{on_both_databases, story};
use api::region;
use serde_json::{Value, json};

const DONE: &str = r#"{ "date": "2027-01-15", "minutes": 120, "participants": 14 }"#;

fn done() -> Value {
    serde_json::from_str(DONE).expect("JSON")
}

fn cancellation(pay_percent: Option<i32>) -> Value {
    let mut body = json!({ "party": "orderer", "reason": "Koulutuspäivä siirtyy." });
    if let Some(percent) = pay_percent {
        body["pay_percent"] = json!(percent);
    }
    body
}

on_both_databases! {
    fn an_acceptance_leads_to_an_assignment_that_both_parties_see(server) {
        let story = story::preparing(server);
        let seen = story.expert().get(&story.assignment("")).expect(200);
        assert_eq!(seen.body["state"]["name"], "preparing");
        assert_eq!(seen.body["orderer"]["email"], story::ORDERER, "the expert knows whom to call");
        assert_eq!(seen.body["orderer"]["name"], "Tiina Tilaaja");
        let seen = story.orderer().get(&story.assignment("")).expect(200);
        assert!(seen.body["expert"]["name"].is_string(), "the orderer knows who comes: {}", seen.text);
        assert_eq!(seen.body["contact_overdue"], false);
        assert!(seen.allowed().contains(&"record-contact"), "{:?}", seen.allowed());
        assert!(!seen.allowed().contains(&"perform"), "{:?}", seen.allowed());
        assert!(!seen.allowed().contains(&"step-back"), "{:?}", seen.allowed());
    }

    fn assignments_are_listed_to_their_parties_and_not_to_another_area(server) {
        let story = story::preparing(server);
        let listed = story.orderer().get("/v1/assignments?state=preparing").expect(200);
        let whole = story.orderer().get(&format!("/v1/assignments/{}", listed.body["items"][0]["id"].as_str().expect("an id")));
        assert_eq!((listed.count(), &listed.body["items"][0]["actions"]), (1, &whole.expect(200).body["actions"]));
        assert_eq!(story.orderer().get("/v1/assignments?state=closed").expect(200).count(), 0);
        assert_eq!(story.asked.brokering.liaison.get("/v1/assignments").expect(200).count(), 1);
        for email in ["tilaaja@satakunta.example", "yhteys@satakunta.example", "vammais@lappi.example"] {
            let stranger = server.sign_in(email);
            assert_eq!(stranger.get("/v1/assignments").expect(200).count(), 0, "{email}");
            stranger.get(&story.assignment("")).expect(404);
            stranger.post(&story.assignment("/close"), Value::Null).expect(404);
            stranger.get(&story.agreement("")).expect(404);
        }
    }

    fn contacts_are_recorded_and_missed_ones_told(server) {
        let mut story = story::preparing(server);
        server.advance(chrono::TimeDelta::days(9));
        story.sign_in_again(server);
        assert_eq!(story.orderer().get(&story.assignment("")).expect(200).body["contact_overdue"], true);
        let contact = json!({ "channel": "phone", "note": "Sovittiin tutustumiskäynti." });
        let told = story.orderer().post(&story.assignment("/record-contact"), contact).expect(200);
        assert_eq!((&told.body["contact_overdue"], told.body["contacts"].as_array().map(Vec::len)), (&json!(false), Some(1)));
        let ahead = json!({ "channel": "phone", "at": "2030-01-01T00:00:00Z" });
        let refused = story.expert().post(&story.assignment("/record-contact"), ahead).expect(400);
        assert_eq!(refused.faults(), [("#/at".to_owned(), "in_future".to_owned())]);
    }

    fn the_orderer_is_reminded_of_the_first_contact_once(server) {
        let mut story = story::preparing(server);
        let reminders = |story: &story::Agreed<'_>| {
            let notices = story.orderer().get("/v1/notices").expect(200);
            let all = notices.body["items"].as_array().cloned().unwrap_or_default();
            all.iter().filter(|notice| notice["kind"] == "contact_due").count()
        };
        server.app.run_jobs();
        assert_eq!(reminders(&story), 0);
        server.advance(chrono::TimeDelta::days(9));
        story.sign_in_again(server);
        server.app.run_jobs();
        server.app.run_jobs();
        assert_eq!(reminders(&story), 1);
        let told = story.orderer().call("GET", "/v1/notices", &[("accept-language", "fi")], None).expect(200);
        assert!(told.text.contains("Yhteydenoton määräaika on kulunut"), "nobody has agreed on a time: {}", told.text);
    }

    fn the_expert_gets_to_know_the_place(server) {
        let story = story::confirmed(server);
        let today: chrono::NaiveDate = server.app.clock.now().day().into();
        let visit = json!({ "date": today.to_string() });
        story.expert().post(&story.assignment("/record-visit"), visit.clone()).expect(403);
        let told = story.orderer().post(&story.assignment("/record-visit"), visit).expect(200);
        assert_eq!(told.body["visit"]["date"], today.to_string());
    }

    fn a_task_is_not_done_before_everything_is_delivered(server) {
        let mut story = story::confirmed(server);
        story::after_the_task(server, &mut story);
        let refused = story.orderer().post(&story.assignment("/perform"), done()).expect(409);
        assert_eq!(refused.code(), "not_delivered");

        let only = json!({ "forms": ["expert_feedback_form"] });
        let part = story.orderer().post(&story.assignment("/deliver"), only).expect(201);
        assert_eq!(part.body["deliverables"], json!(["orientation", "expert_feedback_form"]));
        assert_eq!(story.orderer().post(&story.assignment("/perform"), done()).expect(409).code(), "not_delivered");

        story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
        let told = story.expert().post(&story.assignment("/perform"), done()).expect(200);
        assert_eq!(told.body["state"]["performance"]["minutes"], 120);
    }

    fn a_task_is_done_without_the_deliveries_for_a_recorded_reason(server) {
        let mut story = story::confirmed(server);
        let reason = json!({ "reason": "Sama tehtävä kuin viime viikolla." });
        story.asked.brokering.liaison.post(&story.assignment("/waive-delivery"), reason.clone()).expect(403);
        story.orderer().post(&story.assignment("/waive-delivery"), json!({ "reason": "" })).expect(400);
        let told = story.orderer().post(&story.assignment("/waive-delivery"), reason).expect(200);
        assert_eq!(told.body["delivery_waiver"]["reason"], "Sama tehtävä kuin viime viikolla.");
        story::after_the_task(server, &mut story);
        story.orderer().post(&story.assignment("/perform"), done()).expect(200);
    }

    fn the_expert_gets_the_material_in_their_language_and_marks_it_read(server) {
        let story = story::preparing(server);
        let delivered = story.asked.brokering.liaison.post(&story.assignment("/deliver"), json!({ "note": "Lue rauhassa." }));
        let delivered = delivered.expect(201);
        assert_eq!(delivered.body["documents"][0]["language"], "fi");
        assert_eq!(delivered.body["documents"][0]["title"], "Tervetuloa kokemustehtävään");
        let path = delivered.header("location").to_owned();
        story.orderer().post(&format!("{path}/read"), Value::Null).expect(403);
        let read = story.expert().post(&format!("{path}/read"), Value::Null).expect(200);
        let again = story.expert().post(&format!("{path}/read"), Value::Null).expect(200);
        assert_eq!(read.body["read"], again.body["read"]);
        assert_eq!(story.orderer().get(&story.assignment("/deliveries")).expect(200).body["items"][0]["read"], read.body["read"]);
        let stranger = server.sign_in("tilaaja@satakunta.example");
        stranger.get(&path).expect(404);
        stranger.get(&story.assignment("/deliveries")).expect(404);
        let far = stranger.get("/v1/documents?kind=orientation").expect(200);
        let elsewhere = far.body["items"].as_array().expect("documents").iter().find(|one| {
            one["facts"]["name"] == "Tervetuloa kokemustehtävään Satakunnassa"
        });
        let wanted = json!({ "documents": [elsewhere.expect("a document")["id"]] });
        let refused = story.orderer().post(&story.assignment("/deliver"), wanted).expect(400);
        assert_eq!(refused.faults(), [("#/documents/0".to_owned(), "unknown_reference".to_owned())]);
    }

    fn the_material_is_easy_for_whoever_needs_it_so_if_the_unit_was_told(server) {
        let needs = json!({ "adjustments": ["easy_language"], "consent": true });
        let delivered = |disclose: Value| {
            let asked = story::asked(server);
            asked.expert.post(&format!("/v1/experts/{}/needs", region::experts::expert(1)), needs.clone()).expect(200);
            let path = format!("/v1/offers/{}", asked.offer);
            let digest = asked.expert.get(&path).expect(200).body["description_digest"].clone();
            let yes = json!({ "description_digest": digest, "disclose": disclose });
            asked.expert.post(&format!("{path}/accept"), yes).expect(200);
            let assignments = asked.brokering.orderer.items("/v1/assignments?limit=200");
            let new = assignments.iter().find(|one| one["order_id"] == json!(asked.brokering.order)).expect("it began");
            let deliver = format!("/v1/assignments/{}/deliver", new["id"].as_str().expect("an id"));
            move || asked.brokering.orderer.post(&deliver, json!({})).expect(201).body["documents"][0].clone()
        };
        let told = delivered(json!(["name", "adjustments"]));
        assert_eq!((&told()["easy"], &told()["title"]), (&json!(true), &json!("Tervetuloa tehtävään")));
        let untold = delivered(json!(["name"]));
        assert_eq!(untold()["easy"], json!(false), "what is delivered does not tell what the expert did not");
        // One's own language comes before an easy one.
        let expert = server.sign_in(&region::expert_email(1));
        expert.patch(&format!("/v1/people/{}", region::person(&region::expert_email(1))), json!({ "language": "sv" })).expect(200);
        assert_eq!((&told()["easy"], &told()["language"]), (&json!(false), &json!("sv")));
    }

    fn the_material_is_plain_once_the_need_is_taken_back_or_the_expert_has_left(server) {
        let own = format!("/v1/experts/{}", region::experts::expert(1));
        for end in ["needs/withdraw", "leave"] {
            let asked = story::asked(server);
            let needs = json!({ "adjustments": ["easy_language"], "consent": true });
            asked.expert.post(&format!("{own}/needs"), needs).expect(200);
            story::accept(&asked.expert, asked.offer);
            let tasks = asked.brokering.orderer.items(&format!("/v1/assignments?order={}", asked.brokering.order));
            let deliver = format!("/v1/assignments/{}/deliver", tasks[0]["id"].as_str().expect("an id"));
            let easy = || asked.brokering.orderer.post(&deliver, json!({})).expect(201).body["documents"][0]["easy"].clone();
            assert_eq!(easy(), true);
            asked.expert.post(&format!("{own}/{end}"), Value::Null).expect(200);
            assert_eq!(easy(), false, "{end}");
        }
    }

    fn oral_feedback_is_recorded_and_the_assignment_closed(server) {
        let story = story::performed(server);
        let feedback = json!({ "date": "2027-01-15", "given_by": "Osastonhoitaja", "note": "Kiitos!" });
        let told = story.expert().post(&story.assignment("/record-oral-feedback"), feedback).expect(200);
        assert_eq!(told.body["oral_feedback"]["given_by"], "Osastonhoitaja");
        story.expert().post(&story.assignment("/close"), Value::Null).expect(403);
        let closed = story.orderer().post(&story.assignment("/close"), Value::Null).expect(200);
        assert_eq!(closed.body["state"]["name"], "closed");
        assert_eq!(story.orderer().post(&story.assignment("/close"), Value::Null).expect(409).code(), "out_of_turn");
        assert_eq!(story.orderer().post(&story.assignment("/cancel"), cancellation(None)).expect(409).code(), "out_of_turn");
    }

    fn an_early_cancellation_costs_nothing_and_a_late_one_what_was_agreed(server) {
        let story = story::confirmed(server);
        let early = story.orderer().post(&story.assignment("/cancel"), cancellation(None)).expect(200);
        assert_eq!((&early.body["state"]["name"], &early.body["state"]["pay_percent"]), (&json!("cancelled"), &json!(0)));
    }

    fn a_late_cancellation_is_paid_as_agreed_and_never_less(server) {
        let mut story = story::confirmed(server);
        story::after_the_task(server, &mut story);
        story.expert().post(&story.assignment("/cancel"), cancellation(None)).expect(403);
        let refused = story.orderer().post(&story.assignment("/cancel"), cancellation(Some(20))).expect(400);
        assert_eq!(refused.faults(), [("#/pay_percent".to_owned(), "below_agreed".to_owned())]);
        let late = story.orderer().post(&story.assignment("/cancel"), cancellation(None)).expect(200);
        assert_eq!(late.body["state"]["pay_percent"], 50);
    }

    fn before_anything_is_agreed_there_is_no_share_of_the_fee_to_pay(server) {
        let story = story::preparing(server);
        let refused = story.orderer().post(&story.assignment("/cancel"), cancellation(Some(50))).expect(400);
        assert_eq!(refused.wrong(), [("#/pay_percent", "nothing_agreed")]);
        story.orderer().post(&story.assignment("/cancel"), cancellation(None)).expect(200);
        assert_eq!(story.expert().post(&story.assignment("/fee-forms"), json!({})).expect(409).code(), "nothing_payable");
    }

    fn nobody_is_missed_before_the_time_and_an_absent_unit_pays(server) {
        let mut story = story::confirmed(server);
        let absent = json!({ "absent": "orderer" });
        let early = story.expert().post(&story.assignment("/no-show"), absent.clone()).expect(409);
        assert_eq!(early.code(), "task_ahead");
        story::after_the_task(server, &mut story);
        let told = story.expert().post(&story.assignment("/no-show"), absent).expect(200);
        assert_eq!((&told.body["state"]["name"], &told.body["state"]["pay_percent"]), (&json!("no_show"), &json!(50)));
    }

    fn stepping_back_returns_the_order_to_brokering(server) {
        let story = story::confirmed(server);
        let order = format!("/v1/orders/{}", story.asked.brokering.order);
        assert_eq!(story.orderer().get(&order).expect(200).body["state"]["name"], "filled");
        story.orderer().post(&story.assignment("/step-back"), Value::Null).expect(403);
        let told = story.expert().post(&story.assignment("/step-back"), Value::Null).expect(200);
        assert_eq!(told.body["state"]["name"], "stepped_back");
        assert_eq!(story.asked.brokering.liaison.get(&order).expect(200).body["state"]["name"], "brokering");
        let offer = story.expert().get(&format!("/v1/offers/{}", story.asked.offer)).expect(200);
        assert_eq!(offer.body["state"]["name"], "withdrawn");
        assert_eq!(story.expert().post(&story.assignment("/step-back"), Value::Null).expect(409).code(), "out_of_turn");
    }

    fn it_is_too_late_to_step_back_once_the_task_has_begun(server) {
        let mut story = story::confirmed(server);
        story::after_the_task(server, &mut story);
        assert_eq!(story.expert().post(&story.assignment("/step-back"), Value::Null).expect(409).code(), "task_begun");
    }

    fn the_broker_brings_the_expert_and_the_unit_together(server) {
        let story = story::preparing(server);
        let path = story.assignment("/introduce");
        let meeting = json!({ "at": "2027-01-08T10:00:00Z", "channel": "video", "place": "Kokemuspolun etähuone", "note": "Käydään läpi päivän kulku." });
        story.expert().post(&path, meeting.clone()).expect(403);
        story.orderer().post(&path, meeting.clone()).expect(403);
        server.sign_in("yhteys@satakunta.example").post(&path, meeting.clone()).expect(404);
        let liaison = server.sign_in(story::LIAISON);
        let faults = liaison.post(&path, json!({ "channel": "smoke" })).expect(400);
        assert_eq!(faults.wrong().len(), 2);
        assert!(liaison.get(&story.assignment("")).expect(200).allowed().contains(&"introduce"));
        let made = liaison.post(&path, meeting).expect(200);
        assert_eq!(made.body["introduction"]["by"], region::person(story::LIAISON).to_string());
        for party in [story.expert(), story.orderer()] {
            let seen = party.get(&story.assignment("")).expect(200);
            assert_eq!((&seen.body["introduction"]["channel"], &seen.body["introduction"]["at"]), (&json!("video"), &json!("2027-01-08T10:00:00Z")));
            assert!(party.get("/v1/notices").expect(200).text.contains("parties_introduced"));
        }
        let moved = json!({ "at": "2027-01-09T10:00:00Z", "channel": "meeting" });
        assert_eq!(liaison.post(&path, moved).expect(200).body["introduction"]["channel"], "meeting");
        let reason = json!({ "party": "orderer", "reason": "Päivä peruttiin." });
        story.orderer().post(&story.assignment("/cancel"), reason).expect(200);
        let late = json!({ "at": "2027-01-09T10:00:00Z", "channel": "meeting" });
        assert_eq!(liaison.post(&path, late).expect(409).code(), "out_of_turn");
    }

    fn an_order_whose_last_task_the_unit_cancels_is_cancelled_with_it(server) {
        let story = story::preparing(server);
        let order = format!("/v1/orders/{}", story.asked.brokering.order);
        assert_eq!(story.orderer().get(&order).expect(200).body["state"]["name"], "filled");
        let reason = json!({ "party": "orderer", "reason": "Koulutuspäivä peruttiin." });
        story.orderer().post(&story.assignment("/cancel"), reason).expect(200);
        let seen = story.orderer().get(&order).expect(200);
        assert_eq!((&seen.body["state"]["name"], &seen.body["state"]["reason"]), (&json!("cancelled"), &json!("Koulutuspäivä peruttiin.")));
        assert!(story.asked.brokering.liaison.get("/v1/notices").expect(200).text.contains("order_cancelled"));
    }

    fn an_order_whose_expert_cannot_come_returns_to_brokering(server) {
        let story = story::confirmed(server);
        let order = format!("/v1/orders/{}", story.asked.brokering.order);
        let reason = json!({ "party": "expert", "reason": "Sairastui." });
        story.orderer().post(&story.assignment("/cancel"), reason).expect(200);
        let seen = story.orderer().get(&order).expect(200);
        assert_eq!((&seen.body["state"]["name"], &seen.body["accepted"]), (&json!("brokering"), &json!(0)));
        let offers = story::offers(server, &story.asked.brokering, &[2], "parallel");
        story::accept(&server.sign_in(&region::expert_email(2)), offers[0]);
        assert_eq!(story.orderer().get(&order).expect(200).body["state"]["name"], "filled");
    }

    fn an_order_goes_on_when_one_of_its_tasks_is_cancelled(server) {
        let brokering = story::brokering(server, 2);
        let offers = story::offers(server, &brokering, &[1, 2], "parallel");
        for (number, offer) in (1..).zip(&offers) {
            story::accept(&server.sign_in(&region::expert_email(number)), *offer);
        }
        let tasks = brokering.orderer.get(&format!("/v1/assignments?order={}", brokering.order)).expect(200);
        let ids: Vec<&str> = tasks.body["items"].as_array().expect("items").iter().filter_map(|item| item["id"].as_str()).collect();
        let cancel = |id: &str| brokering.orderer.post(&format!("/v1/assignments/{id}/cancel"), json!({ "party": "orderer", "reason": "Yksi riittää." })).expect(200);
        let state = || brokering.orderer.get(&format!("/v1/orders/{}", brokering.order)).expect(200).body["state"]["name"].clone();
        cancel(ids[0]);
        assert_eq!(state(), "filled");
        let order = brokering.orderer.get(&format!("/v1/orders/{}", brokering.order)).expect(200);
        assert_eq!((&order.body["accepted"], &order.body["form"]["experts_wanted"]), (&json!(1), &json!(1)));
        cancel(ids[1]);
        assert_eq!(state(), "cancelled");
    }
}
