//! People leave, and some come back.

use acceptance::{Server, on_both_databases, story};
use api::region;
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
