//! What areas and units set for themselves, and that the chain obeys it.

use acceptance::{Person, Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const LAPLAND: &str = "Lapin hyvinvointialue";
const DIVISION: &str = "Mielen hyvinvoinnin palvelut";

fn settings(node: &str) -> String {
    format!("/v1/nodes/{}/settings", region::node(node))
}

/// The centre of Lapland sets something at a node.
fn set(server: &Server, node: &str, what: Value) {
    server.sign_in("keskus@lappi.example").patch(&settings(node), what).expect(200);
}

fn in_force(person: &Person<'_>, node: &str) -> Value {
    person.get(&format!("{}/in-force", settings(node))).expect(200).body
}

on_both_databases! {
    fn what_an_area_sets_holds_below_until_something_nearer_says_otherwise(server) {
        let orderer = server.sign_in(story::ORDERER);
        assert_eq!(in_force(&orderer, story::UNIT)["settings"], json!({}));
        set(server, LAPLAND, json!({ "offer_hours": 72, "cancellation": { "notice_hours": 48, "pay_percent": 50 } }));
        set(server, DIVISION, json!({ "offer_hours": 24, "order_fields": ["purpose"] }));
        let found = in_force(&orderer, story::UNIT);
        assert_eq!(found["settings"]["offer_hours"], 24);
        assert_eq!(found["settings"]["cancellation"]["pay_percent"], 50);
        assert!(found["set_at"].as_array().expect("sources").contains(
            &json!({ "name": "cancellation", "node_id": region::node(LAPLAND) })));
        assert_eq!(in_force(&orderer, "Vammaispalvelujen yksikkö")["settings"]["offer_hours"], 72);
        set(server, DIVISION, json!({ "offer_hours": null }));
        assert_eq!(in_force(&orderer, story::UNIT)["settings"]["offer_hours"], 72);
        let own = orderer.get(&settings(DIVISION)).expect(200);
        assert_eq!(own.body["own"], json!({ "order_fields": ["purpose"] }));
        assert_eq!(own.body["record"].as_array().map(Vec::len), Some(2));
        assert_eq!(in_force(&orderer, "Kuntoutuksen yksikkö")["settings"], json!({}), "another area is another matter");
    }

    fn only_those_who_manage_an_area_change_its_settings(server) {
        let change = json!({ "offer_hours": 72 });
        for email in [story::ORDERER, story::LIAISON, "keskus@satakunta.example", "koordinaattori@lappi.example"] {
            server.sign_in(email).patch(&settings(LAPLAND), change.clone()).expect(403);
        }
        let manager = server.sign_in("keskus@lappi.example");
        let tag = manager.get(&settings(LAPLAND)).expect(200).tag();
        manager.call("PATCH", &settings(LAPLAND), &[], Some(change.clone())).expect(428);
        manager.call("PATCH", &settings(LAPLAND), &[("if-match", &tag)], Some(change.clone())).expect(200);
        manager.call("PATCH", &settings(LAPLAND), &[("if-match", &tag)], Some(change)).expect(412);
        let wrong = json!({ "offer_hours": 0, "order_approval": "nobody", "colour": "red" });
        let faults = manager.patch(&settings(LAPLAND), wrong).expect(400);
        let mut pointers: Vec<&str> = faults.wrong().into_iter().map(|(pointer, _)| pointer).collect();
        pointers.sort_unstable();
        assert_eq!(pointers, ["#/colour", "#/offer_hours", "#/order_approval"]);
        let twice = manager.patch(&settings(LAPLAND), json!({ "order_fields": ["length", "length"] })).expect(400);
        assert_eq!(twice.wrong(), [("#/order_fields/1", "repeated")]);
        let nowhere = format!("/v1/nodes/{}/settings", uuid::Uuid::now_v7());
        manager.get(&nowhere).expect(404);
    }

    fn where_an_area_wants_it_its_centre_approves_orders_before_they_are_brokered(server) {
        set(server, LAPLAND, json!({ "order_approval": "centre" }));
        let story = story::submitted(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let order = story.orderer.get(&path).expect(200);
        assert_eq!(order.body["approval"], json!({ "name": "wanted", "from": "centre" }));
        assert!(!order.allowed().contains(&"approve"));
        for (person, action, why) in [(&story.orderer, "approve", "not_yours"), (&story.liaison, "take", "not_approved")] {
            let action = person.get(&path).expect(200).action(action);
            assert_eq!((&action["why_not"]["code"], &action["turn"]), (&json!(why), &json!(["centre_manager"])));
        }
        assert_eq!(story.liaison.times_told("order_received"), 0, "nobody brokers it yet");
        assert_eq!(story.liaison.post(&format!("{path}/take"), Value::Null).expect(409).code(), "not_approved");
        story.orderer.post(&format!("{path}/approve"), Value::Null).expect(403);
        server.sign_in("esihenkilo@lappi.example").post(&format!("{path}/approve"), Value::Null).expect(403);
        server.sign_in("keskus@satakunta.example").post(&format!("{path}/approve"), Value::Null).expect(404);

        let centre = server.sign_in("keskus@lappi.example");
        assert_eq!(centre.times_told("order_needs_approval"), 1);
        assert!(centre.get(&path).expect(200).allowed().contains(&"approve"));
        let order = centre.post(&format!("{path}/approve"), Value::Null).expect(200);
        assert_eq!((&order.body["approval"]["name"], &order.body["state"]["name"]), (&json!("given"), &json!("submitted")));
        assert_eq!((story.liaison.times_told("order_received"), story.orderer.times_told("order_approved")), (1, 1));
        assert_eq!(centre.post(&format!("{path}/approve"), Value::Null).expect(409).code(), "out_of_turn");
        story.liaison.post(&format!("{path}/take"), Value::Null).expect(200);
    }

    fn an_order_that_is_not_approved_goes_back_with_a_reason(server) {
        set(server, LAPLAND, json!({ "order_approval": "centre" }));
        let story = story::submitted(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let centre = server.sign_in("keskus@lappi.example");
        story.orderer.post(&format!("{path}/send-back"), json!({ "reason": "Ei." })).expect(403);
        assert_eq!(centre.post(&format!("{path}/send-back"), json!({})).expect(400).wrong(), [("#/reason", "required")]);
        let order = centre.post(&format!("{path}/send-back"), json!({ "reason": "Määräraha on käytetty." })).expect(200);
        assert_eq!((&order.body["state"]["name"], &order.body["approval"]["name"]), (&json!("draft"), &json!("refused")));
        assert_eq!(story.orderer.times_told("order_sent_back"), 1);
        assert_eq!(story.orderer.get(&path).expect(200).body["approval"]["reason"], "Määräraha on käytetty.");
        set(server, story::UNIT, json!({ "order_approval": "not_needed" }));
        let order = story.orderer.post(&format!("{path}/submit"), Value::Null).expect(200);
        assert_eq!(order.body["approval"], json!({ "name": "not_needed" }));
        story.liaison.post(&format!("{path}/take"), Value::Null).expect(200);
    }

    fn where_a_unit_approves_its_orders_nobody_approves_their_own(server) {
        set(server, story::UNIT, json!({ "order_approval": "unit" }));
        let story = story::submitted(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        assert_eq!(story.orderer.post(&format!("{path}/approve"), Value::Null).expect(409).code(), "own_order");
        server.sign_in("vammais@lappi.example").post(&format!("{path}/approve"), Value::Null).expect(404);
        story.liaison.post(&format!("{path}/approve"), Value::Null).expect(403);
        let own = story.orderer.get(&path).expect(200).action("approve");
        assert_eq!((&own["why_not"]["code"], &own["turn"]), (&json!("own_order"), &json!(["orderer", "centre_manager"])));
        let head = server.sign_in("esihenkilo@lappi.example");
        assert_eq!(head.times_told("order_needs_approval"), 1);
        assert_eq!(server.sign_in("keskus@lappi.example").times_told("order_needs_approval"), 0);
        head.post(&format!("{path}/approve"), Value::Null).expect(200);
        let wider = json!({ "form": { "experts_wanted": 4 } });
        let order = story.orderer.patch(&path, wider).expect(200);
        assert_eq!(order.body["approval"]["name"], "wanted", "what was approved was another order");
        assert_eq!(head.times_told("order_needs_approval"), 2);
        story.orderer.patch(&path, json!({ "form": { "experts_wanted": 5 } })).expect(200);
        assert_eq!(head.times_told("order_needs_approval"), 2, "it waits for them already");
    }

    fn an_approved_order_is_not_changed_behind_its_approval_while_a_question_is_open(server) {
        set(server, story::UNIT, json!({ "order_approval": "unit" }));
        let story = story::submitted(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let head = server.sign_in("esihenkilo@lappi.example");
        head.post(&format!("{path}/approve"), Value::Null).expect(200);
        story.liaison.post(&format!("{path}/ask"), json!({ "question": "Montako?" })).expect(200);
        let changed = story.orderer.patch(&path, json!({ "form": { "experts_wanted": 50 } })).expect(200);
        assert_eq!(changed.body["approval"]["name"], "wanted");
        assert_eq!(head.times_told("order_needs_approval"), 1, "the question is answered first");
        story.orderer.post(&format!("{path}/answer"), json!({ "answer": "Viisikymmentä." })).expect(200);
        assert_eq!(head.times_told("order_needs_approval"), 2);
        assert_eq!(story.liaison.post(&format!("{path}/take"), Value::Null).expect(409).code(), "not_approved");
        head.post(&format!("{path}/approve"), Value::Null).expect(200);
        story.liaison.post(&format!("{path}/take"), Value::Null).expect(200);
    }

    fn an_order_says_what_its_area_wants_it_to(server) {
        set(server, LAPLAND, json!({ "order_fields": ["environment", "cost_centres", "development_target"] }));
        let orderer = server.sign_in(story::ORDERER);
        let begin = format!("/v1/nodes/{}/order-form", region::node(story::UNIT));
        let required = orderer.get(&begin).expect(200).body["required"].clone();
        assert!(required.as_array().expect("pointers").contains(&json!("/form/task/environment")));
        let body = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        let path = format!("/v1/orders/{}", orderer.post("/v1/orders", body).expect(201).id());
        let refused = orderer.post(&format!("{path}/submit"), Value::Null).expect(400);
        assert_eq!(refused.wrong(), [("#/form/task/environment", "required"), ("#/form/task/development_target", "required")]);
        let more = json!({ "form": { "task": { "environment": "hospital", "development_target": "Kotiutus on hajanaista." } } });
        orderer.patch(&path, more).expect(200);
        orderer.post(&format!("{path}/submit"), Value::Null).expect(200);
        let less = json!({ "form": { "task": { "environment": null } } });
        assert_eq!(orderer.patch(&path, less).expect(400).wrong(), [("#/form/task/environment", "required")]);
        let school = server.sign_in("opettaja@opisto.example");
        let begin = format!("/v1/nodes/{}/order-form", region::node("Kuntoutuksen yksikkö"));
        assert_eq!(school.get(&begin).expect(200).body["required"].as_array().map(Vec::len), Some(4));
    }

    fn an_order_begins_with_what_is_known_and_can_be_made_again(server) {
        let centre = server.sign_in("keskus@lappi.example");
        centre.patch(&format!("/v1/nodes/{}", region::node(DIVISION)), json!({ "cost_centre": "4400" })).expect(200);
        set(server, LAPLAND, json!({ "fee_basis": "expenses_only" }));
        let story = story::submitted(server, 1);
        let begin = story.orderer.get(&format!("/v1/nodes/{}/order-form", region::node(story::UNIT))).expect(200);
        assert_eq!(begin.body["fee_basis"], "expenses_only");
        assert_eq!(begin.body["approval"], "not_needed");
        assert_eq!(begin.body["cost_centres"][0]["share"], 100);

        let path = format!("/v1/orders/{}/copy", story.order);
        let again = story.orderer.post(&path, Value::Null).expect(201);
        assert_eq!((&again.body["state"]["name"], &again.body["accepted"]), (&json!("draft"), &json!(0)));
        assert_eq!(again.body["form"]["task"]["title"], "Puheenvuoro henkilöstön koulutuspäivässä");
        assert_eq!(again.body["form"]["task"]["when"], Value::Null);
        assert_ne!(again.id(), story.order);
        story.liaison.post(&path, Value::Null).expect(403);
        server.sign_in("tilaaja@satakunta.example").post(&path, Value::Null).expect(404);
    }

    fn offers_expire_as_the_area_has_set_unless_whoever_asks_says_otherwise(server) {
        let story = story::brokering(server, 2);
        let path = format!("/v1/orders/{}/offers", story.order);
        let refused = story.liaison.post(&path, json!({ "card_ids": [story::card(1)] })).expect(400);
        assert_eq!(refused.wrong(), [("#/expires_at", "required")]);
        set(server, LAPLAND, json!({ "offer_hours": 72 }));
        let made = story.liaison.post(&path, json!({ "card_ids": [story::card(1)] })).expect(201);
        let at = made.body["items"][0]["expires_at"].as_str().expect("a moment").to_owned();
        assert!(story::in_hours(server, 71) < at && at <= story::in_hours(server, 72), "{at}");
        let own = json!({ "card_ids": [story::card(2)], "expires_at": story::in_hours(server, 5) });
        let made = story.liaison.post(&path, own).expect(201);
        assert!(made.body["items"][0]["expires_at"].as_str().expect("a moment") < story::in_hours(server, 6).as_str());
    }

    fn an_agreement_begins_with_the_cancellation_terms_of_the_area_and_the_first_contact_has_its_deadline(server) {
        set(server, LAPLAND, json!({ "cancellation": { "notice_hours": 72, "pay_percent": 60 }, "contact_days": 2 }));
        let story = story::preparing(server);
        let agreement = story.expert().get(&story.agreement("")).expect(200);
        assert_eq!(agreement.body["content"]["fee"]["cancellation"], json!({ "notice_hours": 72, "pay_percent": 60 }));
        server.app.run_jobs();
        assert_eq!(story.orderer().times_told("contact_due"), 0);
        server.advance(TimeDelta::days(3));
        server.app.run_jobs();
        assert_eq!(server.sign_in(story::ORDERER).times_told("contact_due"), 1);
    }

    fn whoever_has_not_sent_the_fee_form_or_the_feedback_is_reminded_once(server) {
        set(server, LAPLAND, json!({ "fee_form_days": 7, "feedback_days": 14 }));
        let mut story = story::performed(server);
        server.advance(TimeDelta::days(8));
        server.app.run_jobs();
        server.app.run_jobs();
        story.sign_in_again(server);
        assert_eq!((story.expert().times_told("fee_form_due"), story.orderer().times_told("fee_form_due")), (1, 0));
        let before = story.orderer().times_told("feedback_wanted");
        server.advance(TimeDelta::days(8));
        server.app.run_jobs();
        server.app.run_jobs();
        story.sign_in_again(server);
        assert_eq!(story.expert().times_told("fee_form_due"), 1, "once is enough");
        assert_eq!(story.orderer().times_told("feedback_wanted"), before + 1);
    }

    fn whoever_has_sent_the_fee_form_is_not_reminded_of_it(server) {
        set(server, LAPLAND, json!({ "fee_form_days": 7 }));
        let mut story = story::performed(server);
        story::fee_submitted(&story);
        server.advance(TimeDelta::days(8));
        server.app.run_jobs();
        story.sign_in_again(server);
        assert_eq!(story.expert().times_told("fee_form_due"), 0);
    }

    fn where_it_takes_two_people_whoever_checked_a_fee_form_does_not_approve_it(server) {
        set(server, story::UNIT, json!({ "fee_approval": "two_people" }));
        let story = story::performed(server);
        let path = format!("/v1/fee-forms/{}", story::fee_checked(&story).id());
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        assert!(!story.orderer().get(&path).expect(200).allowed().contains(&"approve"));
        let tag = story.orderer().get(&path).tag();
        let approve = |who: &Person<'_>| who.call("POST", &format!("{path}/approve"), &[("if-match", &tag)], Some(centres.clone()));
        assert_eq!(approve(story.orderer()).expect(409).code(), "same_approver");
        let head = server.sign_in("esihenkilo@lappi.example");
        let form = approve(&head).expect(200);
        assert_eq!(form.body["state"]["name"], "approved");
    }

    fn it_takes_as_many_people_as_when_the_fee_form_was_sent(server) {
        let story = story::performed(server);
        let path = format!("/v1/fee-forms/{}", story::fee_form(&story).id());
        set(server, story::UNIT, json!({ "fee_approval": "two_people" }));
        story::payroll_identity(story.expert());
        let ready = json!({ "tax_card": { "given": "hr_fetches" }, "declared": true });
        story.expert().patch(&path, ready).expect(200);
        story.expert().post(&format!("{path}/submit"), Value::Null).expect(200);
        story.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        let why = story.orderer().get(&path).expect(200).action("approve")["why_not"]["code"].clone();
        assert_eq!(why, "same_approver");
    }

    fn where_it_takes_two_people_nobody_approves_what_they_were_not_shown(server) {
        set(server, story::UNIT, json!({ "fee_approval": "two_people" }));
        let story = story::performed(server);
        let form = story::fee_checked(&story);
        let path = format!("/v1/fee-forms/{}", form.id());
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        let head = server.sign_in("esihenkilo@lappi.example");
        let approve = |headers: &[(&str, &str)]| head.call("POST", &format!("{path}/approve"), headers, Some(centres.clone()));
        let seen = head.get(&path).expect(200).tag();
        let mut dear = form.body["claimed"]["claim"].clone();
        dear["fee_lines"][0]["rate"]["cents"] = json!(900_000);
        let check = json!({ "approved": dear, "reason": "Näin sovittiin." });
        story.orderer().post(&format!("{path}/check"), check).expect(200);
        assert_eq!(approve(&[]).expect(428).code(), "precondition_required");
        assert_eq!(approve(&[("if-match", &seen)]).expect(412).code(), "precondition_failed");
        let now = head.get(&path).expect(200);
        assert_eq!(now.body["state"]["name"], "checked");
        approve(&[("if-match", &now.tag())]).expect(200);
    }
}
