//! Orders, from the team's need to the end.

use std::collections::BTreeSet;

use acceptance::{Person, on_both_databases, story};
use api::region;
use serde_json::{Value, json};

const UNIT: &str = story::UNIT;

fn draft(node: &str) -> Value {
    json!({ "node_id": region::node(node), "form": story::form(1) })
}

on_both_databases! {
    fn a_team_orders_and_the_order_comes_to_the_nearest_liaison(server) {
        let orderer = server.sign_in(story::ORDERER);
        let order = orderer.post("/v1/orders", draft("Päihde- ja riippuvuusyksikkö")).expect(201);
        assert_eq!(order.body["state"]["name"], "draft");
        assert!(order.allowed().contains(&"submit"), "{:?}", order.allowed());
        let path = format!("/v1/orders/{}", order.id());
        let order = orderer.post(&format!("{path}/submit"), Value::Null).expect(200);
        assert_eq!(order.body["state"]["name"], "submitted");
        assert_eq!(order.body["liaison_id"], region::person(story::LIAISON).to_string());

        let liaison = server.sign_in(story::LIAISON);
        assert_eq!(liaison.get("/v1/orders?queue=mine").expect(200).count(), 1);
        let above = server.sign_in("yhteys@lappi.example");
        assert_eq!(above.get("/v1/orders?queue=mine").expect(200).count(), 0, "it is in the nearer one's queue");
        above.get(&path).expect(200);
        let order = liaison.post(&format!("{path}/take"), Value::Null).expect(200);
        assert_eq!(order.body["state"]["name"], "brokering");
        assert!(order.allowed().contains(&"ask"));
        let told = orderer.get(&path).expect(200);
        let take = told.body["actions"].as_array().expect("actions").iter().find(|action| action["name"] == "take").expect("take").clone();
        assert_eq!((&take["allowed"], &take["why_not"]["code"]), (&json!(false), &json!("not_yours")));
        assert_eq!(told.body["asked"], Value::Null, "the orderer is not told who was asked");
    }

    fn a_draft_may_be_incomplete_and_a_submitted_order_may_not(server) {
        let orderer = server.sign_in(story::ORDERER);
        let body = json!({ "node_id": region::node(UNIT), "form": { "task": { "title": "Puheenvuoro", "what": "Kerrot." } } });
        let path = format!("/v1/orders/{}", orderer.post("/v1/orders", body).expect(201).id());
        let refused = orderer.post(&format!("{path}/submit"), Value::Null).expect(400);
        let missing: Vec<String> = refused.faults().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(missing, ["#/form/task/where", "#/form/task/when", "#/form/task/for_whom", "#/form/task/task_type"]);
        let whole = story::form(2)["task"].clone();
        let order = orderer.patch(&path, json!({ "form": { "task": whole, "experts_wanted": 2 } })).expect(200);
        assert_eq!(order.body["form"]["task"]["title"], "Puheenvuoro henkilöstön koulutuspäivässä");
        orderer.post(&format!("{path}/submit"), Value::Null).expect(200);
    }

    fn a_patch_changes_what_it_names_and_takes_away_what_is_null(server) {
        let orderer = server.sign_in(story::ORDERER);
        let path = format!("/v1/orders/{}", orderer.post("/v1/orders", draft(UNIT)).expect(201).id());
        let change = json!({ "form": { "notes": null, "task": { "audience": null, "when": { "flexible": "Myös iltapäivä käy." } } } });
        let order = orderer.patch(&path, change).expect(200);
        assert_eq!(order.body["form"]["notes"], Value::Null);
        assert_eq!(order.body["form"]["task"]["audience"], Value::Null);
        assert_eq!(order.body["form"]["task"]["when"]["start"], "2027-01-15T07:00:00Z");
        assert_eq!(order.body["form"]["task"]["when"]["flexible"], "Myös iltapäivä käy.");

        let wrong = json!({ "form": { "task": { "title": null, "task_type": "juggling", "colour": "red" }, "experts_wanted": 51 } });
        let mut faults = orderer.patch(&path, wrong).expect(400).faults();
        faults.sort();
        assert_eq!(faults, [
            ("#/form/experts_wanted", "too_big"),
            ("#/form/task/colour", "unknown_field"),
            ("#/form/task/task_type", "unknown_code"),
            ("#/form/task/title", "wrong_type"),
        ].map(|(pointer, code)| (pointer.to_owned(), code.to_owned())));
        let unknown = orderer.patch(&path, json!({ "form": { "task": { "task_type": "juggling" } } })).expect(400);
        assert_eq!(unknown.faults(), [("#/form/task/task_type".to_owned(), "unknown_code".to_owned())]);
        let unnamed = orderer.patch(&path, json!({ "form": { "task": { "title": null } } })).expect(400);
        assert_eq!(unnamed.faults(), [("#/form/task/title".to_owned(), "wrong_type".to_owned())]);

        let old = orderer.get(&path).expect(200).tag();
        orderer.patch(&path, json!({ "form": { "experts_wanted": 3 } })).expect(200);
        let stale = [("if-match", old.as_str())];
        orderer.call("PATCH", &path, &stale, Some(json!({ "form": { "experts_wanted": 4 } }))).expect(412);
        orderer.call("PATCH", &path, &[], Some(json!({ "form": { "experts_wanted": 4 } }))).expect(428);
    }

    fn every_wrong_value_of_a_form_is_pointed_to(server) {
        let orderer = server.sign_in(story::ORDERER);
        let mut body = draft(UNIT);
        body["form"]["task"]["when"]["end"] = json!("2027-01-15T06:00:00Z");
        body["form"]["task"]["where"] = json!({ "kind": "on_site" });
        body["form"]["task"]["experience"] = json!({ "themes": ["not_a_theme"] });
        body["form"]["task"]["fee_basis"] = json!("volunteer");
        body["form"]["cost_centres"] = json!([{ "cost_centre": "4410", "share": 60 }]);
        body["form"]["payer"] = json!("019aa5d0-0000-7000-8000-00000000dead");
        let refused = orderer.post("/v1/orders", body).expect(400);
        let pointers: Vec<String> = refused.faults().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, [
            "#/form/task/experience/themes/0",
            "#/form/task/where/address",
            "#/form/task/when/end",
            "#/form/task/fee",
            "#/form/cost_centres",
            "#/form/payer",
        ]);
        assert!(!refused.text.contains("not_a_theme"), "a rejected value is never repeated");
    }

    fn nobody_of_another_area_is_made_to_pay(server) {
        let orderer = server.sign_in(story::ORDERER);
        let with = |unit: &str, payer: &str| {
            let mut body = draft(unit);
            body["form"]["payer"] = json!(region::node(payer));
            body
        };
        let path = format!("/v1/orders/{}", orderer.post("/v1/orders", with(UNIT, "Kokemuspolku ry")).expect(201).id());
        for payer in ["Satakunnan hyvinvointialue", "Kuntoutuksen yksikkö", "Suomi"] {
            let refused = orderer.post("/v1/orders", with(UNIT, payer)).expect(400);
            assert_eq!(refused.wrong(), [("#/form/payer", "cannot_pay")], "{payer}");
            let patch = json!({ "form": { "payer": region::node(payer) } });
            assert_eq!(orderer.patch(&path, patch).expect(400).wrong(), [("#/form/payer", "cannot_pay")], "{payer}");
        }
        let kept = orderer.get(&path).expect(200);
        assert_eq!(kept.body["form"]["payer"], region::node("Kokemuspolku ry").to_string());

        let teacher = server.sign_in("opettaja@opisto.example");
        teacher.post("/v1/orders", with("Revontulen ammattiopisto", "Revontulen ammattiopisto")).expect(201);
    }

    fn without_a_decision_in_force_nothing_can_be_ordered(server) {
        let orderer = server.sign_in(story::ORDERER);
        let path = format!("/v1/orders/{}", orderer.post("/v1/orders", draft(UNIT)).expect(201).id());
        let manager = server.sign_in("keskus@lappi.example");
        let decisions = manager.get("/v1/decisions").expect(200);
        for decision in decisions.body["items"].as_array().expect("decisions") {
            let id = decision["id"].as_str().expect("an id");
            if manager.get(&format!("/v1/decisions/{id}")).expect(200).allowed().contains(&"revoke") {
                manager.post(&format!("/v1/decisions/{id}/revoke"), json!({ "reason": "Rekisteröity väärin." })).expect(200);
            }
        }
        let refused = orderer.post(&format!("{path}/submit"), Value::Null).expect(409);
        assert_eq!(refused.code(), "no_decision");
        assert_eq!(orderer.get(&path).expect(200).body["state"]["name"], "draft");

        let teacher = server.sign_in("opettaja@opisto.example");
        let school = format!("/v1/orders/{}", teacher.post("/v1/orders", draft("Revontulen ammattiopisto")).expect(201).id());
        let order = teacher.post(&format!("{school}/submit"), Value::Null).expect(200);
        assert_eq!(order.body["liaison_id"], region::person("yhteys@lappi.example").to_string(), "schools need no decision");
    }

    fn a_question_goes_back_to_the_orderer_and_the_answer_stays(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let asked = story.liaison.post(&format!("{path}/ask"), json!({ "question": "Onko tila esteetön?" })).expect(200);
        assert_eq!(asked.body["state"]["name"], "needs_information");
        assert_eq!(story.orderer.get(&path).expect(200).body["state"]["question"], "Onko tila esteetön?");
        assert_eq!(story.liaison.post(&format!("{path}/ask"), json!({ "question": "Entä pysäköinti?" })).expect(409).code(), "out_of_turn");
        story.liaison.post(&format!("{path}/answer"), json!({ "answer": "On." })).expect(403);
        let answered = story.orderer.post(&format!("{path}/answer"), json!({ "answer": "On." })).expect(200);
        assert_eq!(answered.body["state"]["name"], "brokering");
        assert_eq!(answered.body["clarifications"][0]["answer"], "On.");
    }

    fn a_question_that_nobody_answered_stays_when_the_order_is_filled(server) {
        let story = story::brokering(server, 2);
        let path = format!("/v1/orders/{}", story.order);
        let offer = story::offers(server, &story, &[1], "parallel")[0];
        story::accept(&server.sign_in(&region::expert_email(1)), offer);
        story.liaison.post(&format!("{path}/ask"), json!({ "question": "Onko tila esteetön?" })).expect(200);
        let filled = story.orderer.patch(&path, json!({ "form": { "experts_wanted": 1 } })).expect(200);
        assert_eq!((&filled.body["state"]["name"], &filled.body["clarifications"]), (&json!("filled"), &json!([])));
        let order = story.liaison.get(&path).expect(200);
        assert_eq!(order.body["unanswered"][0]["question"], "Onko tila esteetön?");
        assert_eq!(order.body["unanswered"][0]["asked_by"], json!(region::person(story::LIAISON)));
    }

    fn whether_somebody_is_there_is_not_told_when_an_order_is_handed_over(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}/hand-over", story.order);
        for person in ["019aa5d0-0000-7000-8000-00000000dead".to_owned(), region::person("keskus@satakunta.example").to_string()] {
            let refused = story.liaison.post(&path, json!({ "liaison_id": person })).expect(400);
            assert_eq!(refused.wrong(), [("#/liaison_id", "not_a_liaison")]);
        }
    }

    fn an_order_is_handed_to_the_broker_of_an_organisation_and_only_that_one(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let other = server.sign_in("valittaja@tunturintuki.example");
        broker.get(&path).expect(404);
        let to = json!({ "organisation_id": region::node("Kokemuspolku ry") });
        let order = story.liaison.post(&format!("{path}/hand-over"), to).expect(200);
        assert_eq!((&order.body["state"]["name"], &order.body["liaison_id"]), (&json!("brokering"), &Value::Null));
        assert_eq!(broker.get("/v1/orders?queue=mine").expect(200).count(), 1);
        assert_eq!(other.get("/v1/orders?queue=mine").expect(200).count(), 0);
        other.get(&path).expect(404);
        broker.post(&format!("{path}/take"), Value::Null).expect(200);
        let back = json!({ "liaison_id": region::person(story::LIAISON) });
        let order = broker.post(&format!("{path}/hand-over"), back).expect(200);
        assert_eq!(order.body["liaison_id"], region::person(story::LIAISON).to_string());
        broker.get(&path).expect(404);

        let unit = json!({ "organisation_id": region::node(UNIT) });
        let refused = story.liaison.post(&format!("{path}/hand-over"), unit).expect(400);
        assert_eq!(refused.faults(), [("#/organisation_id".to_owned(), "not_an_organisation".to_owned())]);
        let stranger = json!({ "liaison_id": region::person("yhteys@satakunta.example") });
        let refused = story.liaison.post(&format!("{path}/hand-over"), stranger).expect(400);
        assert_eq!(refused.faults(), [("#/liaison_id".to_owned(), "not_a_liaison".to_owned())]);
        assert_eq!(story.liaison.post(&format!("{path}/hand-over"), json!({})).expect(400).faults().len(), 2);
    }

    fn a_broker_writes_down_an_order_for_somebody_who_phoned(server) {
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let body = |caller: Value| json!({
            "node_id": region::node(UNIT),
            "handler_id": region::node("Kokemuspolku ry"),
            "orderer_id": region::person(story::ORDERER),
            "intake": "phone",
            "caller": caller,
            "form": story::form(1),
        });
        let caller = json!({ "name": "Tiina Tilaaja", "phone": "+358 40 000 0000" });
        let mut anonymous = body(Value::Null);
        anonymous.as_object_mut().expect("an object").remove("caller");
        assert_eq!(broker.post("/v1/orders", anonymous).expect(400).faults(), [("#/caller".to_owned(), "required".to_owned())]);
        let mut stranger = body(caller.clone());
        stranger["orderer_id"] = json!(region::person("tilaaja@satakunta.example"));
        assert_eq!(broker.post("/v1/orders", stranger).expect(400).faults(), [("#/orderer_id".to_owned(), "not_an_orderer".to_owned())]);

        let order = broker.post("/v1/orders", body(caller)).expect(201);
        let path = format!("/v1/orders/{}", order.id());
        assert_eq!((&order.body["intake"], &order.body["caller"]["name"]), (&json!("phone"), &json!("Tiina Tilaaja")));
        broker.post(&format!("{path}/submit"), Value::Null).expect(200);
        broker.post(&format!("{path}/take"), Value::Null).expect(200);
        server.sign_in(story::ORDERER).get(&path).expect(200);
        assert_eq!(broker.get("/v1/orders?queue=mine").expect(200).count(), 1);

        let mut without = draft(UNIT);
        without["caller"] = json!({ "name": "Joku" });
        broker.post("/v1/orders", without).expect(403);
    }

    fn nobody_sees_the_orders_of_another_unit(server) {
        let story = story::submitted(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        for stranger in ["vammais@lappi.example", "tilaaja@satakunta.example", "yhteys@satakunta.example", "opettaja@opisto.example", "valittaja@kokemuspolku.example"] {
            let stranger = server.sign_in(stranger);
            assert_eq!(stranger.get("/v1/orders").expect(200).count(), 0);
            stranger.get(&path).expect(404);
            stranger.post(&format!("{path}/submit"), Value::Null).expect(404);
            stranger.post(&format!("{path}/cancel"), json!({ "reason": "En halua." })).expect(404);
        }
        server.sign_in(&region::expert_email(1)).get(&path).expect(404);
        for member in ["esihenkilo@lappi.example", story::LIAISON, "yhteys@lappi.example", "keskus@lappi.example"] {
            assert_eq!(server.sign_in(member).get("/v1/orders").expect(200).count(), 1, "{member}");
        }
        let orderer = server.sign_in("vammais@lappi.example");
        orderer.post("/v1/orders", draft(UNIT)).expect(403);
    }

    fn an_order_is_cancelled_with_a_reason_or_left_unfilled_with_one(server) {
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        story.orderer.post(&format!("{path}/give-up"), json!({ "reason": "none_known" })).expect(403);
        assert_eq!(story.orderer.post(&format!("{path}/cancel"), json!({})).expect(400).faults(), [("#/reason".to_owned(), "required".to_owned())]);
        let order = story.orderer.post(&format!("{path}/cancel"), json!({ "reason": "Päivä siirtyi." })).expect(200);
        assert_eq!((&order.body["state"]["name"], order.allowed().len()), (&json!("cancelled"), 0));
        assert_eq!(story.liaison.post(&format!("{path}/take"), Value::Null).expect(409).code(), "out_of_turn");

        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let order = story.liaison.post(&format!("{path}/give-up"), json!({ "reason": "none_available", "note": "Kaikki olivat varattuja." })).expect(200);
        assert_eq!((&order.body["state"]["name"], &order.body["state"]["reason"]), (&json!("unfilled"), &json!("none_available")));
        assert_ne!(order.body["times"]["closed_at"], Value::Null);
    }

    fn a_unit_sees_all_of_its_orders_whether_they_are_few_or_many_and_another_one_none(server) {
        let (orderer, other) = (server.sign_in(story::ORDERER), server.sign_in("vammais@lappi.example"));
        let listed = |who: &Person<'_>, state: &str| -> BTreeSet<String> {
            let all = who.items(&format!("/v1/orders?limit=200{state}"));
            all.iter().map(|item| item["id"].as_str().expect("an id").to_owned()).collect()
        };
        let mut made = BTreeSet::new();
        for number in 1..=505 {
            made.insert(orderer.post("/v1/orders", draft(UNIT)).expect(201).id().to_string());
            // One more than what counts as few, one less, and as many.
            if [3, 499, 500, 501, 505].contains(&number) {
                assert_eq!(listed(&orderer, ""), made);
                assert_eq!(listed(&orderer, "&state=draft"), made);
                assert_eq!(listed(&orderer, "&state=filled").len() + listed(&other, "").len(), 0);
            }
        }
    }

    fn orders_are_listed_by_state_and_unit(server) {
        let story = story::submitted(server, 1);
        story.orderer.post("/v1/orders", draft(UNIT)).expect(201);
        assert_eq!(story.orderer.get("/v1/orders").expect(200).count(), 2);
        assert_eq!(story.orderer.get("/v1/orders?state=draft").expect(200).count(), 1);
        assert_eq!(story.liaison.get(&format!("/v1/orders?node_id={}", region::node(UNIT))).expect(200).count(), 2);
        assert_eq!(story.liaison.get(&format!("/v1/orders?node_id={}", region::node("Vammaispalvelujen yksikkö"))).expect(200).count(), 0);
        let first = story.orderer.get("/v1/orders?limit=1").expect(200);
        let next = first.body["next"].as_str().expect("there is more").to_owned();
        assert_eq!(story.orderer.get(&format!("/v1/orders?limit=1&cursor={next}")).expect(200).count(), 1);
    }
}
