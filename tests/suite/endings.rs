//! How tasks, orders and what was asked come to their end, and who learns of it.

use acceptance::{
    Server, on_both_databases,
    story::{self, Agreed, Brokering},
};
use api::region;
use chrono::TimeDelta;
use persistence::agreements;
use serde_json::{Value, json};
use uuid::Uuid;

fn cancel(party: &str) -> Value {
    json!({ "party": party, "reason": "Koulutuspäivä siirtyy." })
}

/// An order for two of which one expert has accepted, and their assignment.
fn one_of_two(server: &Server) -> (Brokering<'_>, Uuid, Uuid) {
    let story = story::brokering(server, 2);
    let offer = story::offers(server, &story, &[1], "parallel")[0];
    story::accept(&server.sign_in(&region::expert_email(1)), offer);
    let tasks = story.orderer.items(&format!("/v1/assignments?order={}", story.order));
    let task = tasks[0]["id"].as_str().and_then(|id| id.parse().ok()).expect("an assignment");
    (story, offer, task)
}

/// An accepted task whose proposed time has passed before anything was agreed.
fn overtaken(server: &Server) -> Agreed<'_> {
    let mut story = story::preparing(server);
    story::after_the_task(server, &mut story);
    story
}

fn order_of(story: &Agreed<'_>) -> Value {
    let order = format!("/v1/orders/{}", story.asked.brokering.order);
    story.asked.brokering.liaison.get(&order).expect(200).body
}

on_both_databases! {
    fn a_task_that_others_cancel_while_more_are_looked_for_is_not_said_to_be_the_experts_doing(server) {
        for party in ["orderer", "broker", "circumstances"] {
            let (story, offer, task) = one_of_two(server);
            let before = [&story.liaison, &story.orderer].map(|person| person.times_told("expert_stepped_back"));
            let cancelled = story.liaison.times_told("assignment_cancelled");
            story.orderer.post(&format!("/v1/assignments/{task}/cancel"), cancel(party)).expect(200);
            let offer = story.liaison.get(&format!("/v1/offers/{offer}")).expect(200).body["state"].clone();
            assert_eq!((&offer["name"], &offer["reason"]), (&json!("withdrawn"), &json!("task_cancelled")), "{party}");
            let after = [&story.liaison, &story.orderer].map(|person| person.times_told("expert_stepped_back"));
            assert_eq!(before, after, "{party}");
            assert_eq!(story.liaison.times_told("assignment_cancelled"), cancelled + 1, "{party}");
            let order = story.liaison.get(&format!("/v1/orders/{}", story.order)).expect(200);
            assert_eq!((&order.body["state"]["name"], &order.body["accepted"]), (&json!("brokering"), &json!(0)));
        }
        let (story, offer, task) = one_of_two(server);
        let before = story.liaison.times_told("expert_stepped_back");
        story.orderer.post(&format!("/v1/assignments/{task}/cancel"), cancel("expert")).expect(200);
        let offer = story.liaison.get(&format!("/v1/offers/{offer}")).expect(200);
        assert_eq!(offer.body["state"]["reason"], "stepped_back");
        assert_eq!(story.liaison.times_told("expert_stepped_back"), before + 1);
    }

    fn a_place_that_the_unit_did_without_is_not_looked_for_again(server) {
        let story = story::brokering(server, 2);
        let offers = story::offers(server, &story, &[1, 2], "parallel");
        for (number, offer) in (1..).zip(&offers) {
            story::accept(&server.sign_in(&region::expert_email(number)), *offer);
        }
        let task = |number: usize| {
            let own = server.sign_in(&region::expert_email(number)).items("/v1/assignments").remove(0);
            format!("/v1/assignments/{}", own["id"].as_str().expect("an id"))
        };
        story.orderer.post(&format!("{}/cancel", task(1)), cancel("orderer")).expect(200);
        let offer = story.liaison.get(&format!("/v1/offers/{}", offers[0])).expect(200);
        assert_eq!(offer.body["state"]["reason"], "task_cancelled");
        server.sign_in(&region::expert_email(2)).post(&format!("{}/step-back", task(2)), Value::Null).expect(200);
        let order = format!("/v1/orders/{}", story.order);
        let left = story.orderer.get(&order).expect(200);
        assert_eq!((&left.body["state"]["name"], &left.body["accepted"]), (&json!("brokering"), &json!(0)));
        assert!(left.allowed().contains(&"cancel"));
        story.orderer.post(&format!("{order}/cancel"), json!({ "reason": "Ei tarvitakaan." })).expect(200);
    }

    fn what_an_expert_has_accepted_keeps_its_time_and_place_in_the_order(server) {
        let (story, _, _) = one_of_two(server);
        let order = format!("/v1/orders/{}", story.order);
        let change = |task: Value| story.orderer.patch(&order, json!({ "form": { "task": task } }));
        let start = story::in_hours(server, 24 * 60);
        let when = json!({ "start": start, "end": story::in_hours(server, 24 * 60 + 2) });
        let place = json!({ "kind": "on_site", "address": "Toinen katu 2, 96100 Rovaniemi" });
        let refused = change(json!({ "when": when, "where": place })).expect(400);
        let wrong = [("#/form/task/when", "accepted_as_it_is"), ("#/form/task/where", "accepted_as_it_is")];
        assert_eq!(refused.wrong(), wrong);
        change(json!({ "title": "Toinen otsikko" })).expect(200);
        let seen = story.orderer.get(&order).expect(200);
        assert!(!seen.allowed().contains(&"cancel"), "somebody has accepted");
        let refused = story.orderer.post(&format!("{order}/cancel"), json!({ "reason": "Ei tarvita." })).expect(409);
        assert_eq!(refused.code(), "already_accepted");
    }

    fn a_task_that_others_cancelled_is_none_that_an_expert_has_had(server) {
        let (story, _, task) = one_of_two(server);
        let seen = || {
            let criteria = json!({ "required": {} });
            let body = json!({ "order_id": story.order, "criteria": criteria });
            let found = story.liaison.post("/v1/bank/searches", body).expect(201);
            let items = found.body["items"].as_array().expect("cards").clone();
            let card = story::card(1).to_string();
            let own = items.into_iter().find(|item| item["card"]["id"] == card).expect("the card");
            own["recent_tasks"].clone()
        };
        assert_eq!(seen(), 1);
        story.orderer.post(&format!("/v1/assignments/{task}/cancel"), cancel("orderer")).expect(200);
        assert_eq!(seen(), 0);
    }

    fn whoever_brokers_is_told_of_a_cancelled_task_also_once_the_order_has_ended(server) {
        let (story, _, task) = one_of_two(server);
        story.liaison.post(&format!("/v1/orders/{}/give-up", story.order), json!({ "reason": "none_available" })).expect(200);
        let before = story.liaison.times_told("assignment_cancelled");
        story.orderer.post(&format!("/v1/assignments/{task}/cancel"), cancel("orderer")).expect(200);
        assert_eq!(story.liaison.times_told("assignment_cancelled"), before + 1);
        let notices = story.liaison.items("/v1/notices?limit=200");
        let notice = notices.iter().find(|notice| notice["kind"] == "assignment_cancelled").expect("a notice");
        assert_eq!(notice["reference"], format!("/v1/orders/{}", story.order));
        assert_eq!(story.orderer.times_told("assignment_cancelled"), 0);
    }

    fn what_an_order_merely_proposes_binds_nobody(server) {
        let story = overtaken(server);
        let seen = story.expert().get(&story.assignment("")).expect(200);
        assert!(seen.allowed().contains(&"step-back"), "{:?}", seen.allowed());
        story.expert().post(&story.assignment("/step-back"), Value::Null).expect(200);
        assert_eq!(order_of(&story)["state"]["name"], "brokering");
    }

    fn an_order_whose_proposed_time_has_passed_ends_with_its_last_task(server) {
        let story = overtaken(server);
        story.orderer().post(&story.assignment("/cancel"), cancel("orderer")).expect(200);
        assert_eq!(order_of(&story)["state"]["name"], "cancelled");
    }

    fn what_an_expert_who_leaves_had_not_agreed_on_goes_back_although_its_proposed_time_has_passed(server) {
        let story = overtaken(server);
        let person = format!("/v1/people/{}/deactivate", region::person(&region::expert_email(1)));
        server.sign_in("keskus@lappi.example").post(&person, json!({ "reason": "kuollut" })).expect(200);
        assert_eq!(order_of(&story)["state"]["name"], "brokering");
        assert_eq!(story.orderer().get(&story.assignment("")).expect(200).body["state"]["name"], "stepped_back");
    }

    fn what_can_be_done_with_a_task_agrees_with_its_agreed_time(server) {
        let mut story = story::confirmed(server);
        story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
        let why = |story: &Agreed<'_>, name: &str| {
            let seen = story.expert().get(&story.assignment("")).expect(200);
            seen.action(name)["why_not"]["code"].clone()
        };
        assert_eq!(["perform", "no-show", "step-back"].map(|name| why(&story, name)), [json!("task_ahead"), json!("task_ahead"), Value::Null]);
        story::after_the_task(server, &mut story);
        assert_eq!(["perform", "no-show", "step-back"].map(|name| why(&story, name)), [Value::Null, Value::Null, json!("task_begun")]);
    }

    fn a_task_is_recorded_as_done_from_its_agreed_day_on(server) {
        let mut story = story::confirmed(server);
        story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
        let on = |date: &str| json!({ "date": date, "minutes": 120 });
        for date in ["2020-02-03", story::in_hours(server, 0)[..10].as_ref()] {
            for person in [story.expert(), story.orderer()] {
                let early = person.post(&story.assignment("/perform"), on(date)).expect(409);
                assert_eq!(early.code(), "task_ahead", "{date}");
            }
        }
        // By word of mouth it was moved to an earlier day.
        let earlier = story::in_hours(server, 48)[..10].to_owned();
        story::after_the_task(server, &mut story);
        let refused = story.expert().post(&story.assignment("/perform"), on("2020-02-03")).expect(400);
        assert_eq!(refused.wrong(), [("#/date", "before_agreed")]);
        let done = story.expert().post(&story.assignment("/perform"), on(&earlier)).expect(200);
        assert_eq!(done.body["state"]["performance"]["date"], earlier);
    }

    fn an_amendment_does_not_outlive_its_task(server) {
        let mut story = story::confirmed(server);
        story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
        let amendment = story.expert().post(&story.agreement("/amend"), Value::Null).expect(201).id();
        story::after_the_task(server, &mut story);
        story.orderer().post(&story.assignment("/perform"), json!({ "date": "2027-01-15", "minutes": 120 })).expect(200);
        let path = format!("/v1/agreements/{amendment}");
        let lapsed = story.expert().get(&path).expect(200);
        assert_eq!((&lapsed.body["state"]["name"], &lapsed.body["waits_for"]), (&json!("lapsed"), &json!([])));
        assert_eq!(story.expert().post(&format!("{path}/confirm"), json!({ "revision": 1 })).expect(409).code(), "out_of_turn");
        assert_eq!(story.expert().get(&story.assignment("")).expect(200).body["agreement_drafting"], Value::Null);
        let in_force = story.expert().get(&story.agreement("")).expect(200);
        assert_eq!(in_force.body["state"]["name"], "in_force");
        assert_eq!(in_force.action("amend")["why_not"]["code"], "assignment_ended");

        // One of before, when they did.
        let (kept, now) = (domain::id::Id::new(Uuid::now_v7()), server.app.clock.now());
        let kept = server.app.database.write(|session| -> persistence::Result<_> {
            let agreement = agreements::find(session, domain::id::Id::new(story.agreement))?;
            let amendment = agreement.amend(kept, 1, now).expect("it is in force");
            agreements::add(session, domain::agreement::Agreement { version: 3, ..amendment })
        });
        let path = format!("/v1/agreements/{}", kept.expect("it is kept").id);
        let seen = story.orderer().get(&path).expect(200);
        assert_eq!((&seen.body["waits_for"], seen.allowed()), (&json!([]), vec![]));
        for person in [story.expert(), story.orderer()] {
            assert_eq!(person.post(&format!("{path}/confirm"), json!({ "revision": 1 })).expect(409).code(), "assignment_ended");
        }
        let change = story.orderer().patch(&path, json!({ "closed_topics": ["lapsuus"] })).expect(409);
        assert_eq!(change.code(), "assignment_ended");
        assert_eq!(story.expert().get(&story.assignment("")).expect(200).body["agreement_drafting"], Value::Null);
    }

    fn an_order_is_closed_once_none_of_its_tasks_is_still_to_be_done(server) {
        let mut story = story::confirmed(server);
        let order = format!("/v1/orders/{}", story.asked.brokering.order);
        story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
        let liaison = server.sign_in(story::LIAISON);
        assert_eq!(liaison.get(&order).expect(200).action("close")["why_not"]["code"], "tasks_ahead");
        assert_eq!(liaison.post(&format!("{order}/close"), Value::Null).expect(409).code(), "tasks_ahead");
        story::after_the_task(server, &mut story);
        story.expert().post(&story.assignment("/no-show"), json!({ "absent": "orderer" })).expect(200);
        let liaison = &story.asked.brokering.liaison;
        assert_eq!(liaison.get(&order).expect(200).action("close")["allowed"], true);
        assert_eq!(liaison.post(&format!("{order}/close"), Value::Null).expect(200).body["state"]["name"], "closed");
    }

    fn whoever_takes_no_tasks_any_more_is_passed_over_when_their_turn_comes(server) {
        let story = story::brokering(server, 1);
        let offers = story::offers(server, &story, &[1, 2, 3, 5], "in_turn");
        let of = |number: usize| format!("/v1/experts/{}", region::experts::expert(number));
        let [second, third] = [2, 3].map(|number| server.sign_in(&region::expert_email(number)));
        second.post(&format!("{}/availability", of(2)), json!({ "availability": "not_now" })).expect(200);
        third.post(&format!("{}/leave", of(3)), Value::Null).expect(200);
        let first = server.sign_in(&region::expert_email(1));
        first.post(&format!("/v1/offers/{}/decline", offers[0]), json!({})).expect(200);
        let state = |offer: Uuid| story.liaison.get(&format!("/v1/offers/{offer}")).expect(200).body["state"].clone();
        for offer in [offers[1], offers[2]] {
            assert_eq!((&state(offer)["name"], &state(offer)["reason"]), (&json!("withdrawn"), &json!("not_available")));
        }
        assert_eq!(state(offers[3])["name"], "sent");
        for (expert, offer) in [(&second, offers[1]), (&third, offers[2])] {
            expert.get(&format!("/v1/offers/{offer}")).expect(404);
            assert_eq!(expert.times_told("offer_received") + expert.times_told("offer_closed"), 0);
        }
    }

    fn nobody_is_asked_in_turn_about_a_task_that_has_begun(server) {
        let story = story::brokering(server, 1);
        let offers = story::offers(server, &story, &[1, 2], "in_turn");
        server.advance(TimeDelta::days(90));
        server.app.run_jobs();
        let liaison = server.sign_in(story::LIAISON);
        let name = |offer: Uuid| liaison.get(&format!("/v1/offers/{offer}")).expect(200).body["state"]["name"].clone();
        assert_eq!([offers[0], offers[1]].map(name), ["expired", "withdrawn"]);
        assert_eq!(server.sign_in(&region::expert_email(2)).times_told("offer_received"), 0);
    }

    fn whoever_leaves_the_bank_is_asked_nothing_more_and_what_interested_them_is_forgotten(server) {
        let story = story::brokering(server, 2);
        let deadline = json!({ "deadline": story::in_hours(server, 24) });
        let call = story.liaison.post(&format!("/v1/orders/{}/open-call", story.order), deadline).expect(201).id();
        let interests = format!("/v1/open-calls/{call}/interests");
        let expert = server.sign_in(&region::expert_email(1));
        expert.post(&interests, json!({ "message": "Kerron mielelläni sairaudestani." })).expect(201);
        let offer = story::offers(server, &story, &[2], "parallel")[0];
        let row = story::offers(server, &story, &[3, 5, 15], "in_turn");
        assert!(story.liaison.get(&interests).expect(200).text.contains("sairaudestani"));
        for number in [1, 15, 2, 3] {
            let path = format!("/v1/experts/{}/leave", region::experts::expert(number));
            server.sign_in(&region::expert_email(number)).post(&path, Value::Null).expect(200);
        }
        let left = story.liaison.get(&interests).expect(200);
        assert_eq!((&left.body["items"][0]["state"], &left.body["items"][0]["message"]), (&json!("withdrawn"), &Value::Null));
        let name = |offer: Uuid| story.liaison.get(&format!("/v1/offers/{offer}")).expect(200).body["state"]["name"].clone();
        assert_eq!([offer, row[0], row[1], row[2]].map(name), ["withdrawn", "withdrawn", "sent", "withdrawn"]);
        let told = ["interest_expressed", "offer_answered", "expert_not_available"].map(|kind| story.liaison.times_told(kind));
        assert_eq!(told, [1, 0, 2], "who was never asked has left in silence");
    }

    fn what_was_agreed_stays_when_the_expert_leaves_the_bank(server) {
        let story = story::confirmed(server);
        let path = format!("/v1/experts/{}/leave", region::experts::expert(1));
        story.expert().post(&path, Value::Null).expect(200);
        assert_eq!(story.expert().get(&story.assignment("")).expect(200).body["state"]["name"], "confirmed");
        assert_eq!(order_of(&story)["state"]["name"], "filled");
    }

    fn an_expert_leaves_also_while_the_time_of_an_offer_has_run_out_and_nobody_wrote_that_down(server) {
        let story = story::brokering(server, 1);
        let offers = story::offers(server, &story, &[1, 2], "in_turn");
        server.advance(TimeDelta::hours(49));
        let person = format!("/v1/people/{}/deactivate", region::person(&region::expert_email(1)));
        server.sign_in("keskus@lappi.example").post(&person, json!({ "reason": "muutti pois" })).expect(200);
        let liaison = server.sign_in(story::LIAISON);
        let name = |offer: Uuid| liaison.get(&format!("/v1/offers/{offer}")).expect(200).body["state"]["name"].clone();
        assert_eq!([offers[0], offers[1]].map(name), ["expired", "sent"]);
        server.app.run_jobs();
        assert_eq!(liaison.get(&format!("/v1/offers/{}", offers[0])).expect(200).body["state"]["name"], "expired");
    }

    fn nothing_that_was_still_to_be_sent_goes_to_those_who_have_left(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let veera = || server.sign_in("valittaja@kokemuspolku.example");
        let path = format!("/v1/people/{}", region::person("kokemus01@posti.example"));
        let role = |role: &str| json!({
            "person_id": region::person("kokemus01@posti.example"), "role": role,
            "node_id": region::node("Kokemuspolku ry"), "from": "2026-01-01",
        });
        server.sign_in("kokemus01@posti.example").patch(&path, json!({ "channel": "post" })).expect(200);
        keskus.post("/v1/grants", role("network_member")).expect(201);
        assert_eq!(veera().get("/v1/letters").expect(200).count(), 1);
        keskus.post(&format!("{path}/deactivate"), json!({ "reason": "kuollut" })).expect(200);
        assert_eq!(veera().get("/v1/letters").expect(200).count(), 0);
        keskus.post(&format!("{path}/reactivate"), Value::Null).expect(200);
        assert_eq!(veera().get("/v1/letters").expect(200).count(), 1, "they have come back");
    }

    fn nobody_is_asked_for_feedback_once_the_year_is_frozen(server) {
        let settings = format!("/v1/nodes/{}/settings", region::node("Lapin hyvinvointialue"));
        let keskus = server.sign_in("keskus@lappi.example");
        keskus.patch(&settings, json!({ "feedback_days": 365 })).expect(200);
        let mut story = story::performed(server);
        assert_eq!(story.expert().get("/v1/feedback/missing").expect(200).count(), 1);
        acceptance::year::pass(server);
        story.sign_in_again(server);
        let before = story.expert().times_told("feedback_wanted");
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let year = json!({ "area_id": region::node("Lapin hyvinvointialue"), "year": 2027 });
        let compilation = coordinator.post("/v1/compilations", year).expect(201).id();
        coordinator.post(&format!("/v1/compilations/{compilation}/freeze"), Value::Null).expect(200);
        assert_eq!(story.expert().get("/v1/feedback/missing").expect(200).count(), 0);
        server.advance(TimeDelta::days(16));
        server.app.run_jobs();
        story.sign_in_again(server);
        assert_eq!(story.expert().times_told("feedback_wanted"), before);
    }

    fn what_concerns_an_ended_order_reaches_whoever_may_broker_it_now(server) {
        let (story, _, task) = one_of_two(server);
        story.liaison.post(&format!("/v1/orders/{}/give-up", story.order), json!({ "reason": "none_available" })).expect(200);
        let manager = server.sign_in("keskus@lappi.example");
        let person = region::person(story::LIAISON);
        for grant in manager.items(&format!("/v1/grants?person_id={person}")) {
            let path = format!("/v1/grants/{}/end", grant["id"].as_str().expect("an id"));
            manager.post(&path, json!({ "reason": "siirtyi toisiin tehtäviin" })).expect(200);
        }
        let before = story.liaison.times_told("expert_stepped_back");
        let expert = server.sign_in(&region::expert_email(1));
        expert.post(&format!("/v1/assignments/{task}/step-back"), Value::Null).expect(200);
        assert_eq!(story.liaison.times_told("expert_stepped_back"), before, "whose role has ended");
        assert_eq!(server.sign_in("yhteys@lappi.example").times_told("expert_stepped_back"), 1);
    }

    fn a_fee_form_waits_for_those_who_may_check_it_now(server) {
        let mut story = story::performed(server);
        let manager = server.sign_in("keskus@lappi.example");
        let person = region::person(story::ORDERER);
        for grant in manager.items(&format!("/v1/grants?person_id={person}")) {
            let path = format!("/v1/grants/{}/end", grant["id"].as_str().expect("an id"));
            manager.post(&path, json!({ "reason": "siirtyi toisiin tehtäviin" })).expect(200);
        }
        story.sign_in_again(server);
        story::fee_submitted(&story);
        assert_eq!(story.orderer().times_told("fee_submitted"), 0);
        assert_eq!(server.sign_in("esihenkilo@lappi.example").times_told("fee_submitted"), 1);
    }
}
