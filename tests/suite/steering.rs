//! Steering groups, their meetings, and what is developed because of them.

use acceptance::{Answer, Person, on_both_databases};
use api::region;
use serde_json::{Value, json};

fn group() -> Value {
    json!({
        "area_id": region::node("Lapin hyvinvointialue"),
        "facts": {
            "name": { "fi": "Lapin ohjausryhmä" },
            "members": [{
                "organisation": region::node("Kokemuspolku ry"), "name": "Oona Ohjaus", "chair": true,
                "person": region::person("ohjausryhma@lappi.example"), "from": "2026-01-01", "until": "2027-12-31",
            }],
        },
    })
}

fn founded(coordinator: &Person<'_>) -> Answer {
    coordinator.post("/v1/steering-groups", group()).expect(201)
}

on_both_databases! {
    fn a_steering_group_meets_and_decides(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let path = format!("/v1/steering-groups/{}", founded(&coordinator).id());
        let meeting = json!({ "on": "2026-12-10", "place": "Rovaniemi", "agenda": [{ "title": "Vuosikooste" }] });
        let meeting = coordinator.post(&format!("{path}/meetings"), meeting).expect(201);
        let decided = json!({
            "agenda": [{ "title": "Vuosikooste", "decision": "Perehdytystä kehitetään." }],
            "minutes": "Kokous avattiin kello 9.",
        });
        let there = format!("/v1/steering-meetings/{}", meeting.id());
        let written = coordinator.patch(&there, decided).expect(200);
        assert_eq!(written.body["facts"]["place"], "Rovaniemi");
        let member = server.sign_in("ohjausryhma@lappi.example");
        assert_eq!(member.get(&format!("{path}/meetings")).expect(200).count(), 1);
        assert_eq!(member.get(&there).expect(200).body["facts"]["minutes"], "Kokous avattiin kello 9.");
        member.patch(&there, json!({ "minutes": "Toisin" })).expect(403);
        let renamed = coordinator.patch(&path, json!({ "name": { "fi": "Uusi nimi" } })).expect(200);
        assert_eq!(renamed.body["facts"]["members"][0]["chair"], true);
    }

    fn a_term_does_not_end_before_it_begins(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let mut wrong = group();
        wrong["facts"]["members"][0]["until"] = json!("2025-12-31");
        let refused = coordinator.post("/v1/steering-groups", wrong).expect(400);
        assert_eq!(refused.faults(), [("#/facts/members/0/until".to_owned(), "before_from".to_owned())]);
    }

    fn a_development_action_goes_from_a_proposal_to_its_outcome(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let group = founded(&coordinator).id();
        let action = json!({
            "steering_group_id": group,
            "facts": { "title": "Palkkiot viipyvät", "owner": "Henkilöstöpalvelut", "due": "2027-03-01" },
        });
        let action = coordinator.post("/v1/development-actions", action).expect(201);
        assert_eq!(action.allowed(), ["edit", "agree", "drop"]);
        let path = format!("/v1/development-actions/{}", action.id());
        let outcome = json!({ "outcome": "Palkkio maksetaan kahdessa viikossa." });
        assert_eq!(coordinator.post(&format!("{path}/complete"), outcome.clone()).expect(409).code(), "out_of_turn");
        coordinator.post(&format!("{path}/agree"), json!(null)).expect(200);
        coordinator.patch(&path, json!({ "owner": "Keskus" })).expect(200);
        coordinator.post(&format!("{path}/start"), json!(null)).expect(200);
        let done = coordinator.post(&format!("{path}/complete"), outcome).expect(200);
        assert_eq!(done.body["state"]["name"], "done");
        assert_eq!(done.body["facts"]["owner"], "Keskus");
        let rewritten = coordinator.patch(&path, json!({ "title": "Toinen", "owner": "Muu" })).expect(409);
        assert_eq!(rewritten.code(), "out_of_turn");
        let kept = coordinator.get(&path).expect(200);
        assert_eq!((&kept.body["facts"]["title"], kept.allowed()), (&json!("Palkkiot viipyvät"), vec![]));
        let dropped = coordinator.post(&format!("{path}/drop"), json!({ "reason": "Ei enää" })).expect(409);
        assert_eq!(dropped.code(), "out_of_turn");
        assert_eq!(coordinator.get("/v1/development-actions?state=done").expect(200).count(), 1);
        assert_eq!(coordinator.get("/v1/development-actions?state=agreed").expect(200).count(), 0);
    }

    fn what_was_dropped_is_not_rewritten(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let group = founded(&coordinator).id();
        let action = json!({ "steering_group_id": group, "facts": { "title": "Perehdytys", "owner": "Keskus" } });
        let action = coordinator.post("/v1/development-actions", action).expect(201);
        let path = format!("/v1/development-actions/{}", action.id());
        let dropped = coordinator.post(&format!("{path}/drop"), json!({ "reason": "Ei enää" })).expect(200);
        assert_eq!(dropped.action("edit")["why_not"]["code"], "not_now");
        assert_eq!(coordinator.patch(&path, json!({ "owner": "Muu" })).expect(409).code(), "out_of_turn");
    }

    fn a_meeting_that_is_called_off_says_so_and_changes_no_more(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let path = format!("/v1/steering-groups/{}", founded(&coordinator).id());
        let meeting = json!({ "on": "2026-12-10", "agenda": [{ "title": "Vuosikooste" }] });
        let made = coordinator.post(&format!("{path}/meetings"), meeting).expect(201);
        assert_eq!((&made.body["state"]["name"], made.allowed()), (&json!("called"), vec!["edit", "cancel"]));
        let there = format!("/v1/steering-meetings/{}", made.id());
        let why = json!({ "reason": "Kooste ei ole valmis." });
        let member = server.sign_in("ohjausryhma@lappi.example");
        member.post(&format!("{there}/cancel"), why.clone()).expect(403);
        server.sign_in("koordinaattori@satakunta.example").post(&format!("{there}/cancel"), why.clone()).expect(404);
        let cancelled = coordinator.post(&format!("{there}/cancel"), why.clone()).expect(200);
        assert_eq!((&cancelled.body["state"]["name"], cancelled.allowed()), (&json!("cancelled"), vec![]));
        let listed = member.get(&format!("{path}/meetings")).expect(200).body;
        assert_eq!(listed["items"][0]["state"]["reason"], "Kooste ei ole valmis.");
        assert_eq!(member.told(&there), ["meeting_called", "meeting_cancelled"]);
        assert_eq!(coordinator.post(&format!("{there}/cancel"), why).expect(409).code(), "out_of_turn");
        assert_eq!(coordinator.patch(&there, json!({ "minutes": "Avattiin." })).expect(409).code(), "out_of_turn");
    }

    fn a_group_steers_an_area_and_its_members_are_known(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let mut of_a_unit = group();
        of_a_unit["area_id"] = json!(region::node("Mielen hyvinvoinnin palvelut"));
        let refused = coordinator.post("/v1/steering-groups", of_a_unit).expect(400);
        assert_eq!(refused.faults(), [("#/area_id".to_owned(), "not_an_area".to_owned())]);
        let nobody = json!("019aa5d0-0000-7000-8000-00000000dead");
        let mut mistyped = group();
        mistyped["facts"]["members"][0]["person"] = nobody.clone();
        mistyped["facts"]["members"][0]["organisation"] = nobody.clone();
        let unknown = |at: &str| (at.to_owned(), "unknown_reference".to_owned());
        let refused = coordinator.post("/v1/steering-groups", mistyped.clone()).expect(400);
        let both = [unknown("#/facts/members/0/organisation"), unknown("#/facts/members/0/person")];
        assert_eq!(refused.faults(), both);
        let path = format!("/v1/steering-groups/{}", founded(&coordinator).id());
        let mut members = group()["facts"]["members"].as_array().expect("members").clone();
        members.push(mistyped["facts"]["members"][0].clone());
        let refused = coordinator.patch(&path, json!({ "members": members })).expect(400);
        assert_eq!(refused.faults(), [unknown("#/members/1/organisation"), unknown("#/members/1/person")]);
    }

    fn the_steering_of_one_area_is_not_seen_in_another(server) {
        let here = server.sign_in("koordinaattori@lappi.example");
        let group = founded(&here).id();
        let action = json!({ "steering_group_id": group, "facts": { "title": "Perehdytys", "owner": "Keskus" } });
        let action = here.post("/v1/development-actions", action.clone()).expect(201).id();
        let there = server.sign_in("koordinaattori@satakunta.example");
        for listing in ["/v1/steering-groups", "/v1/development-actions"] {
            assert_eq!((here.get(listing).expect(200).count(), there.get(listing).expect(200).count()), (1, 0));
        }
        there.get(&format!("/v1/steering-groups/{group}")).expect(404);
        there.get(&format!("/v1/steering-groups/{group}/meetings")).expect(404);
        there.get(&format!("/v1/development-actions/{action}")).expect(404);
        there.post(&format!("/v1/development-actions/{action}/agree"), json!(null)).expect(404);
        there.post("/v1/steering-groups", self::group()).expect(404);
        let expert = server.sign_in("kokemus01@posti.example");
        assert_eq!(expert.get("/v1/steering-groups").expect(200).count(), 0);
        let liaison = server.sign_in("yhteys.mieli@lappi.example");
        assert_eq!(liaison.get("/v1/steering-groups").expect(200).count(), 1);
    }
}
