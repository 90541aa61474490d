//! People leave, and some come back.

use acceptance::{Person, Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const MANAGER: &str = "keskus@lappi.example";

fn path(email: &str) -> String {
    format!("/v1/people/{}", region::person(email))
}

/// The competence centre deactivates somebody.
fn deactivate(server: &Server, email: &str) {
    let left = server
        .sign_in(MANAGER)
        .post(&format!("{}/deactivate", path(email)), json!({ "reason": "työsuhde päättyi" }))
        .expect(200);
    assert_eq!(left.body["state"], "deactivated");
}

/// Whether a person has been told that something of this kind waits at that address.
fn told(person: &Person<'_>, kind: &str, reference: &str) -> bool {
    person.told(reference).iter().any(|one| one == kind)
}

on_both_databases! {
    fn whoever_leaves_is_shut_out_at_once_and_their_roles_end(server) {
        let signed_in = server.sign_in_fully(story::ORDERER);
        let orderer = server.stranger().with_token(signed_in["access_token"].as_str().expect("a token"));
        orderer.get("/v1/orders").expect(200);
        deactivate(server, story::ORDERER);

        assert_eq!(orderer.get("/v1/orders").expect(401).code(), "unauthenticated");
        let refresh = json!({ "refresh_token": signed_in["refresh_token"] });
        assert_eq!(server.stranger().post("/v1/sign-in/refresh", refresh).expect(400).code(), "bad_refresh_token");
        let manager = server.sign_in(MANAGER);
        let grants = manager.get(&format!("/v1/grants?person_id={}", region::person(story::ORDERER))).expect(200);
        assert_eq!((grants.count(), &grants.body["items"][0]["state"]), (1, &json!("ended")));
        let seen = manager.get(&path(story::ORDERER)).expect(200);
        assert_eq!(seen.body["record"][0]["reason"], "työsuhde päättyi");
        assert_eq!(seen.allowed(), ["reactivate"]);
        let again = manager.post(&format!("{}/deactivate", path(story::ORDERER)), json!({ "reason": "x" })).expect(409);
        assert_eq!(again.code(), "out_of_turn");
    }

    fn nobody_signs_in_as_somebody_who_has_left(server) {
        // A code that was sent before is worth nothing, and no more are sent.
        let before = server.app.mailer.sent().len();
        server.stranger().post("/v1/sign-in/codes", json!({ "email": story::ORDERER })).expect(202);
        let code = server.code_to(story::ORDERER, before);
        deactivate(server, story::ORDERER);
        let signing_in = json!({ "email": story::ORDERER, "code": code });
        assert_eq!(server.stranger().post("/v1/sign-in/tokens", signing_in).expect(400).code(), "bad_code");
        let before = server.app.mailer.sent().len();
        server.stranger().post("/v1/sign-in/codes", json!({ "email": story::ORDERER })).expect(202);
        server.sign_in("vammais@lappi.example");
        let sent = server.app.mailer.sent();
        assert!(sent[before..].iter().all(|letter| letter.to != story::ORDERER));
    }

    fn whoever_comes_back_signs_in_again_without_their_old_roles(server) {
        deactivate(server, story::ORDERER);
        let manager = server.sign_in(MANAGER);
        let role = json!({
            "person_id": region::person(story::ORDERER), "role": "orderer",
            "node_id": region::node(story::UNIT), "from": "2026-01-01",
        });
        assert_eq!(manager.post("/v1/grants", role.clone()).expect(409).code(), "person_deactivated");
        let back = manager.post(&format!("{}/reactivate", path(story::ORDERER)), Value::Null).expect(200);
        assert_eq!((&back.body["state"], back.body["record"].as_array().map(Vec::len)), (&json!("active"), Some(2)));
        let orderer = server.sign_in(story::ORDERER);
        assert_eq!(orderer.get("/v1/me").expect(200).body["roles"], json!([]));
        let order = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        orderer.post("/v1/orders", order.clone()).expect(403);
        manager.post("/v1/grants", role).expect(201);
        orderer.post("/v1/orders", order).expect(201);
    }

    fn an_expert_who_leaves_is_asked_for_nothing_more(server) {
        let story = story::brokering(server, 1);
        let offers = story::offers(server, &story, &[1, 3], "in_turn");
        let expert = server.sign_in(&region::expert_email(1));
        let powers = json!({ "person": region::person("tukihenkilo@lappi.example"), "powers": ["offers"] });
        expert.post(&format!("/v1/experts/{}/delegations", region::experts::expert(1)), powers).expect(200);
        deactivate(server, &region::expert_email(1));

        assert_eq!(story.liaison.get(&format!("/v1/offers/{}", offers[0])).expect(200).body["state"]["name"], "withdrawn");
        assert_eq!(story.liaison.get(&format!("/v1/offers/{}", offers[1])).expect(200).body["state"]["name"], "sent");
        let helper = server.sign_in("tukihenkilo@lappi.example");
        let acts_for = helper.get("/v1/me").expect(200).body["acts_for"].to_string();
        assert!(!acts_for.contains(&region::person(&region::expert_email(1)).to_string()), "{acts_for}");
        helper.get(&format!("/v1/offers/{}", offers[0])).expect(404);
        let card = json!({ "card_ids": [story::card(1)], "expires_at": story::in_hours(server, 5) });
        let refused = story.liaison.post(&format!("/v1/orders/{}/offers", story.order), card).expect(400);
        assert_eq!(refused.wrong(), [("#/card_ids/0", "not_available")]);
    }

    fn what_is_owed_to_an_expert_who_has_died_is_claimed_by_whoever_they_let_claim(server) {
        let story = story::performed(server);
        let (expert, profile) = (region::person(&region::expert_email(1)), format!("/v1/experts/{}", region::experts::expert(1)));
        let helper = |powers: &[&str]| {
            let powers = json!({ "person": region::person("tukihenkilo@lappi.example"), "powers": powers });
            story.expert().post(&format!("{profile}/delegations"), powers).expect(200);
        };
        helper(&["profile", "agreements", "fee_forms"]);
        deactivate(server, &region::expert_email(1));
        let helper = server.sign_in("tukihenkilo@lappi.example");
        let acts_for = helper.get("/v1/me").expect(200).body["acts_for"].clone();
        let powers: Vec<_> = acts_for.as_array().expect("a list").iter().filter(|one| one.to_string().contains(&expert.to_string())).collect();
        assert!(powers.len() == 1 && powers[0].to_string().contains("fee_forms"), "{acts_for}");
        helper.get(&profile).expect(404);
        helper.get(&story.assignment("")).expect(404);

        let form = helper.post(&story.assignment("/fee-forms"), json!({})).expect(201);
        let path = format!("/v1/fee-forms/{}", form.id());
        let account = json!({ "hetu": "131052-902Y", "iban": "FI2112345600000785", "address": "Kuolinpesä, Kuvitteellinen kuja 1, 99999 Esimerkkilä" });
        helper.put(&format!("/v1/people/{expert}/payroll-identity"), account).expect(201);
        helper.patch(&path, json!({ "tax_card": { "given": "hr_fetches" }, "declared": true })).expect(200);
        helper.post(&format!("{path}/submit"), Value::Null).expect(200);
        story.orderer().post(&format!("{path}/return"), json!({ "reason": "Tunnit puuttuvat." })).expect(200);
        assert!(told(&helper, "fee_returned", &path), "they put it right");
        helper.patch(&path, json!({ "declared": true })).expect(200);
        helper.post(&format!("{path}/submit"), Value::Null).expect(200);
        story.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        assert_eq!(story.orderer().post(&format!("{path}/approve"), centres).expect(200).body["state"]["name"], "approved");
        assert!(told(&helper, "fee_approved", &path));
    }

    fn where_nobody_was_let_claim_what_is_owed_to_an_expert_who_has_died_is_settled_elsewhere(server) {
        let story = story::performed(server);
        let powers = json!({ "person": region::person("tukihenkilo@lappi.example"), "powers": ["offers", "agreements"] });
        story.expert().post(&format!("/v1/experts/{}/delegations", region::experts::expert(1)), powers).expect(200);
        deactivate(server, &region::expert_email(1));
        for caller in ["tukihenkilo@lappi.example", "valittaja@kokemuspolku.example", MANAGER, story::LIAISON, story::ORDERER] {
            let refused = server.sign_in(caller).post(&story.assignment("/fee-forms"), json!({}));
            assert!([403, 404].contains(&refused.status), "{caller}: {}", refused.text);
        }
    }

    fn the_themes_of_an_expert_who_has_left_are_shown_to_nobody(server) {
        let veera = server.sign_in("valittaja@kokemuspolku.example");
        let profile = format!("/v1/experts/{}", region::experts::expert(1));
        let themes = || {
            let one = veera.get(&profile).expect(200).body;
            let listed = veera.items("/v1/experts?limit=200").into_iter().find(|expert| expert["id"] == one["id"]);
            assert_eq!(listed.expect("it is listed")["themes"], one["themes"]);
            one["themes"].as_array().map_or(0, Vec::len)
        };
        assert!(themes() > 0);
        deactivate(server, &region::expert_email(1));
        assert_eq!(themes(), 0);
    }

    fn the_tasks_that_an_expert_leaves_behind_go_back_to_brokering(server) {
        let story = story::confirmed(server);
        deactivate(server, &region::expert_email(1));
        let order = story.orderer().get(&format!("/v1/orders/{}", story.asked.brokering.order)).expect(200);
        assert_eq!(order.body["state"]["name"], "brokering");
        let assignment = story.orderer().get(&story.assignment("")).expect(200);
        assert_eq!(assignment.body["state"]["name"], "stepped_back");
        let notices = story.orderer().get("/v1/notices?limit=200").expect(200);
        assert!(notices.text.contains("expert_stepped_back"), "{}", notices.text);
    }

    fn the_orders_of_a_liaison_who_leaves_go_to_the_next_one_and_at_last_wait_for_anyone(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let offer = story::offers(server, &story, &[1], "parallel")[0];
        deactivate(server, story::LIAISON);
        let next = server.sign_in("yhteys@lappi.example");
        let order = next.get(&path).expect(200);
        assert_eq!(order.body["liaison_id"], json!(region::person("yhteys@lappi.example")));
        assert_eq!(order.body["state"]["name"], "brokering");
        assert!(told(&next, "order_handed_over", &path));
        assert_eq!(next.get("/v1/orders?queue=mine").expect(200).count(), 1);

        // What comes later reaches the one who has the order now.
        let asks = json!({ "text": "Onko paikalla esteetön kulku?" });
        let expert = server.sign_in(&region::expert_email(1));
        expert.post(&format!("/v1/offers/{offer}/messages"), asks).expect(201);
        assert!(told(&next, "message_received", &format!("/v1/offers/{offer}/messages")));
        expert.post(&format!("/v1/offers/{offer}/decline"), json!({})).expect(200);
        assert!(told(&next, "offer_answered", &path));

        // Nobody else is appointed: the centre is told, which can appoint somebody.
        deactivate(server, "yhteys@lappi.example");
        let manager = server.sign_in(MANAGER);
        assert_eq!(manager.get(&path).expect(200).body["liaison_id"], Value::Null);
        assert!(told(&manager, "order_handed_over", &path));
        let role = json!({
            "person_id": region::person("opettaja@opisto.example"), "role": "liaison",
            "node_id": region::node(story::UNIT), "from": "2026-01-01",
        });
        manager.post("/v1/grants", role).expect(201);
        let new = server.sign_in("opettaja@opisto.example");
        assert_eq!(new.get("/v1/orders?queue=mine").expect(200).count(), 1);
        new.post(&format!("{path}/take"), Value::Null).expect(200);
        story.orderer.get(&path).expect(200);
    }

    fn what_waits_for_somebody_of_a_unit_who_left_reaches_the_others(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        deactivate(server, story::ORDERER);
        let question = json!({ "question": "Onko tilassa induktiosilmukka?" });
        story.liaison.post(&format!("{path}/ask"), question).expect(200);
        let colleague = server.sign_in("esihenkilo@lappi.example");
        assert!(told(&colleague, "order_needs_information", &path));
        assert!(!told(&server.sign_in("vammais@lappi.example"), "order_needs_information", &path), "of another unit");
        colleague.post(&format!("{path}/answer"), json!({ "answer": "On." })).expect(200);
        let offer = story::offers(server, &story, &[2], "parallel")[0];
        story::accept(&server.sign_in(&region::expert_email(2)), offer);
        assert!(told(&colleague, "order_filled", &path));
        server.advance(TimeDelta::days(9));
        server.app.run_jobs();
        let colleague = server.sign_in("esihenkilo@lappi.example");
        let notices = colleague.get("/v1/notices?limit=200").expect(200);
        assert!(notices.text.contains("contact_due"), "{}", notices.text);
    }

    fn an_expert_is_given_somebody_who_is_there_to_reach_the_unit(server) {
        let story = story::confirmed(server);
        let contact = || story.expert().get(&story.assignment("")).expect(200).body["orderer"].clone();
        assert_eq!(contact()["person_id"], json!(region::person(story::ORDERER)));
        deactivate(server, story::ORDERER);
        let (now, colleague) = (contact(), region::person("esihenkilo@lappi.example"));
        assert_eq!((&now["person_id"], &now["name"], &now["email"]), (&json!(colleague), &json!("Eero Esihenkilö"), &json!("esihenkilo@lappi.example")));
    }

    fn an_order_that_was_handed_to_an_organisation_goes_back_to_its_queue(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let to = json!({ "organisation_id": region::node("Kokemuspolku ry") });
        story.liaison.post(&format!("{path}/hand-over"), to).expect(200);
        let role = json!({
            "person_id": region::person("kouluttaja@kokemuspolku.example"), "role": "broker",
            "node_id": region::node("Kokemuspolku ry"), "from": "2026-01-01",
        });
        server.sign_in(MANAGER).post("/v1/grants", role).expect(201);
        server.sign_in("valittaja@kokemuspolku.example").post(&format!("{path}/take"), Value::Null).expect(200);
        deactivate(server, "valittaja@kokemuspolku.example");
        let colleague = server.sign_in("kouluttaja@kokemuspolku.example");
        let order = colleague.get(&path).expect(200);
        assert_eq!((&order.body["liaison_id"], &order.body["state"]["name"]), (&Value::Null, &json!("brokering")));
        assert!(told(&colleague, "order_handed_over", &path));
        assert_eq!(colleague.get("/v1/orders?queue=mine").expect(200).count(), 1);

        // When nobody brokers there any more, it comes back to the liaison.
        colleague.post(&format!("{path}/take"), Value::Null).expect(200);
        deactivate(server, "kouluttaja@kokemuspolku.example");
        let order = story.liaison.get(&path).expect(200);
        assert_eq!(order.body["liaison_id"], json!(region::person(story::LIAISON)));
        assert_eq!(order.body["handler_id"], Value::Null);
        assert!(told(&story.liaison, "order_handed_over", &path));
        let to = json!({ "organisation_id": region::node("Kokemuspolku ry") });
        let refused = story.liaison.post(&format!("{path}/hand-over"), to).expect(400);
        assert_eq!(refused.faults(), [("#/organisation_id".to_owned(), "nobody_brokers".to_owned())]);
    }

    fn whoever_loses_the_role_loses_the_orders_and_keeps_those_they_may_still_broker(server) {
        let story = story::submitted(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let manager = server.sign_in(MANAGER);
        let at = |node: &str| json!({
            "person_id": region::person(story::LIAISON), "role": "liaison", "node_id": region::node(node), "from": "2026-01-01",
        });
        let second = manager.post("/v1/grants", at(story::UNIT)).expect(201);
        let first = manager.get(&format!("/v1/grants?person_id={}&limit=1", region::person(story::LIAISON))).expect(200);
        let end = |grant: &Value| {
            let place = format!("/v1/grants/{}/end", grant.as_str().expect("an id"));
            manager.post(&place, json!({ "reason": "siirtyi toisiin tehtäviin" })).expect(200);
        };
        end(&first.body["items"][0]["id"]);
        assert_eq!(manager.get(&path).expect(200).body["liaison_id"], json!(region::person(story::LIAISON)));
        end(&second.body["id"]);
        let order = manager.get(&path).expect(200);
        assert_eq!(order.body["liaison_id"], json!(region::person("yhteys@lappi.example")));
        assert_eq!(order.body["state"]["name"], "submitted");
        story.liaison.get(&path).expect(404);
    }

    fn orders_are_passed_on_when_a_role_runs_out_by_itself(server) {
        let today = story::in_hours(server, 0)[..10].to_owned();
        let role = json!({
            "person_id": region::person("vammais@lappi.example"), "role": "liaison",
            "node_id": region::node(story::UNIT), "from": "2026-01-01", "until": today,
        });
        server.sign_in(MANAGER).post("/v1/grants", role).expect(201);
        let story = story::submitted(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let of = |email: &str| json!(region::person(email));
        assert_eq!(story.liaison.get(&path).expect(200).body["liaison_id"], of("vammais@lappi.example"));
        server.app.run_jobs();
        assert_eq!(story.liaison.get(&path).expect(200).body["liaison_id"], of("vammais@lappi.example"));
        server.advance(TimeDelta::days(2));
        server.app.run_jobs();
        server.app.run_jobs();
        let liaison = server.sign_in(story::LIAISON);
        assert_eq!(liaison.get(&path).expect(200).body["liaison_id"], of(story::LIAISON));
        assert!(told(&liaison, "order_handed_over", &path));
        let events = server.sign_in(MANAGER).get(&format!("/v1/audit-events?thing={}&operation=reassign_order", story.order)).expect(200);
        assert_eq!((events.count(), &events.body["items"][0]["actor"]), (1, &json!("service")));
    }

    fn of_many_orders_none_is_left_behind(server) {
        let story = story::submitted(server, 1);
        let form = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        for _ in 0..60 {
            let order = story.orderer.post("/v1/orders", form.clone()).expect(201).id();
            story.orderer.post(&format!("/v1/orders/{order}/submit"), Value::Null).expect(200);
        }
        deactivate(server, story::LIAISON);
        let next = server.sign_in("yhteys@lappi.example");
        assert_eq!(next.get("/v1/orders?queue=mine&limit=200").expect(200).count(), 61);
    }

    fn what_an_expert_has_done_is_paid_all_the_same(server) {
        let story = story::performed(server);
        let form = story::fee_checked(&story);
        deactivate(server, &region::expert_email(1));
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        story.orderer().post(&format!("/v1/fee-forms/{}/approve", form.id()), centres).expect(200);
        let package = server.machine("HR Lappi").get(&format!("/v1/payroll/packages/{}", form.id())).expect(200);
        assert_eq!(package.body["payee"]["identity"]["hetu"], "131052-902Y");
    }

    fn the_experts_whom_somebody_acted_for_lose_them_when_they_leave(server) {
        let expert = server.sign_in(&region::expert_email(1));
        let own = format!("/v1/experts/{}", region::experts::expert(1));
        let powers = json!({ "person": region::person("tukihenkilo@lappi.example"), "powers": ["offers"] });
        expert.post(&format!("{own}/delegations"), powers).expect(200);
        deactivate(server, "tukihenkilo@lappi.example");
        assert_eq!(expert.get(&own).expect(200).body["own"]["delegations"], json!([]));
        server.sign_in(MANAGER).post(&format!("{}/reactivate", path("tukihenkilo@lappi.example")), Value::Null).expect(200);
        let back = server.sign_in("tukihenkilo@lappi.example");
        assert_eq!(back.get("/v1/me").expect(200).body["acts_for"], json!([]));
    }

    fn nobody_deactivates_themselves_or_those_beyond_their_reach(server) {
        let reason = json!({ "reason": "kokeilu" });
        let manager = server.sign_in(MANAGER);
        let own = format!("{}/deactivate", path(MANAGER));
        assert_eq!(manager.post(&own, reason.clone()).expect(409).code(), "own_account");
        assert!(manager.get(&path(MANAGER)).expect(200).allowed().is_empty());
        manager.post(&format!("{}/deactivate", path("yllapito@kokemusvayla.example")), reason.clone()).expect(404);
        let orderer = format!("{}/deactivate", path(story::ORDERER));
        server.sign_in("keskus@satakunta.example").post(&orderer, reason.clone()).expect(404);
        server.sign_in(story::ORDERER).post(&orderer, reason.clone()).expect(403);
        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        administrator.post("/v1/grants", json!({
            "person_id": region::person(story::ORDERER), "role": "liaison",
            "node_id": region::node("Satakunnan hyvinvointialue"), "from": "2026-01-01",
        })).expect(201);
        manager.post(&orderer, reason.clone()).expect(403);
        administrator.post(&orderer, reason).expect(200);
    }
}
