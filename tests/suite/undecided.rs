//! A fee form never waits unseen: somebody is told whose turn it is, or that there is nobody.

use acceptance::{Person, Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const CENTRE: &str = "keskus@lappi.example";
const HEAD: &str = "esihenkilo@lappi.example";
const NEW: &str = "tukihenkilo@lappi.example";

/// The address of the unit.
fn unit() -> String {
    format!("/v1/nodes/{}", region::node(story::UNIT))
}

/// Ends the orderer roles that this person has.
fn end_roles(server: &Server, email: &str) {
    let centre = server.sign_in(CENTRE);
    let held = format!("/v1/grants?role=orderer&person_id={}", region::person(email));
    for grant in centre.items(&held) {
        let end = format!("/v1/grants/{}/end", grant["id"].as_str().expect("an id"));
        centre.post(&end, json!({ "reason": "siirtyi" })).expect(200);
    }
}

/// The centre lets a person order for the unit.
fn appoint<'a>(server: &'a Server, email: &str) -> Person<'a> {
    let from = server.app.clock.now().day();
    let terms = json!({
        "person_id": region::person(email), "role": "orderer", "node_id": region::node(story::UNIT), "from": from,
    });
    server.sign_in(CENTRE).post("/v1/grants", terms).expect(201);
    server.sign_in(email)
}

/// Whether the form says to this person that nobody can have it approved.
fn says_so(person: &Person<'_>, form: &str) -> bool {
    let form = person.get(form).expect(200).body;
    let warnings = form["warnings"].as_array().expect("a list");
    warnings
        .iter()
        .any(|warning| warning["code"] == "nobody_decides" && warning["pointer"] == "/state")
}

on_both_databases! {
    fn the_centre_is_told_of_a_fee_form_that_nobody_can_approve_and_whoever_it_appoints_that_it_waits(server) {
        let mut story = story::performed(server);
        end_roles(server, story::ORDERER);
        end_roles(server, HEAD);
        let form = format!("/v1/fee-forms/{}", story::fee_submitted(&story).id());
        story.sign_in_again(server);
        let centre = server.sign_in(CENTRE);
        assert_eq!(centre.told(&unit()), ["nobody_decides"]);
        centre.get(&unit()).expect(200);
        centre.get(&form).expect(404);
        assert!(says_so(story.expert(), &form));

        let appointed = appoint(server, NEW);
        assert_eq!(appointed.told(&unit()), ["work_waits"]);
        assert!(!says_so(story.expert(), &form) && !says_so(&appointed, &form));
        appointed.post(&format!("{form}/check"), json!({})).expect(200);
        assert_eq!(appoint(server, HEAD).told(&unit()), ["work_waits"], "it is still to be approved");
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        appointed.post(&format!("{form}/approve"), centres).expect(200);
        assert!(!says_so(story.expert(), &form));
    }

    fn whoever_orders_from_a_later_day_on_is_told_then_what_waits(server) {
        let story = story::performed(server);
        story::fee_submitted(&story);
        let day = server.app.clock.now().day().later(2);
        let terms = json!({
            "person_id": region::person(NEW), "role": "orderer", "node_id": region::node(story::UNIT), "from": day,
        });
        let grant = server.sign_in(CENTRE).post("/v1/grants", terms).expect(201).id();
        server.advance(TimeDelta::days(1));
        server.app.run_jobs();
        assert!(server.sign_in(NEW).told(&unit()).is_empty());
        server.advance(TimeDelta::days(1));
        server.app.run_jobs();
        server.app.run_jobs();
        let appointed = server.sign_in(NEW);
        assert_eq!(appointed.told(&unit()), ["work_waits"]);
        let record = appointed.get(&format!("/v1/grants/{grant}")).expect(200).body["record"].clone();
        let changes: Vec<_> = record.as_array().expect("a list").iter().map(|entry| &entry["change"]).collect();
        assert_eq!(changes, ["given", "begun"]);
    }

    fn the_centre_is_told_when_the_last_one_who_could_approve_goes(server) {
        let story = story::performed(server);
        let form = format!("/v1/fee-forms/{}", story::fee_submitted(&story).id());
        let centre = server.sign_in(CENTRE);
        end_roles(server, HEAD);
        assert!(centre.told(&unit()).is_empty() && !says_so(story.expert(), &form), "one is left");
        let leave = format!("/v1/people/{}/deactivate", region::person(story::ORDERER));
        centre.post(&leave, json!({ "reason": "eläkkeelle" })).expect(200);
        assert_eq!(centre.told(&unit()), ["nobody_decides"]);
        assert!(says_so(story.expert(), &form));
    }

    fn the_centre_is_told_when_the_role_of_the_last_one_who_could_approve_runs_out(server) {
        let story = story::performed(server);
        let form = format!("/v1/fee-forms/{}", story::fee_submitted(&story).id());
        end_roles(server, story::ORDERER);
        let centre = server.sign_in(CENTRE);
        let held = centre.items(&format!("/v1/grants?role=orderer&person_id={}", region::person(HEAD)));
        let grant = held.iter().find(|grant| grant["state"] == "given").expect("one is left");
        let path = format!("/v1/grants/{}", grant["id"].as_str().expect("an id"));
        let today = server.app.clock.now().day();
        centre.post(&format!("{path}/renew"), json!({ "until": today })).expect(200);
        server.app.run_jobs();
        assert!(centre.told(&unit()).is_empty(), "they may still do so today");
        server.advance(TimeDelta::days(1));
        server.app.run_jobs();
        server.app.run_jobs();
        let centre = server.sign_in(CENTRE);
        assert_eq!(centre.told(&unit()), ["nobody_decides"]);
        let record = centre.get(&path).expect(200).body["record"].clone();
        assert_eq!(record.as_array().expect("a list").last().expect("an entry")["change"], "ran_out");
        assert!(says_so(&server.sign_in(&region::expert_email(1)), &form));
    }

    fn the_centre_is_told_when_the_only_one_who_could_approve_is_let_claim(server) {
        let story = story::performed(server);
        let form = format!("/v1/fee-forms/{}", story::fee_submitted(&story).id());
        let centre = server.sign_in(CENTRE);
        let terms = json!({
            "person_id": region::person(HEAD), "role": "support_person", "node_id": region::node(story::UNIT),
            "from": server.app.clock.now().day(),
        });
        centre.post("/v1/grants", terms).expect(201);
        let lets_claim = |powers: serde_json::Value| {
            let powers = json!({ "person": region::person(HEAD), "powers": powers });
            story.expert().post(&format!("/v1/experts/{}/delegations", region::experts::expert(1)), powers).expect(200);
        };
        end_roles(server, story::ORDERER);
        lets_claim(json!(["offers"]));
        assert!(centre.told(&unit()).is_empty() && !says_so(story.expert(), &form), "one is left");
        lets_claim(json!(["offers", "fee_forms"]));
        assert_eq!(centre.told(&unit()), ["nobody_decides"], "who may claim does not decide");
        assert!(says_so(story.expert(), &form));
        lets_claim(json!(["offers"]));
        assert!(!says_so(story.expert(), &form));
    }

    fn many_fee_forms_that_nobody_can_approve_are_told_once(server) {
        let story = story::performed(server);
        end_roles(server, HEAD);
        end_roles(server, story::ORDERER);
        let first = format!("/v1/fee-forms/{}", story::fee_submitted(&story).id());
        story.expert().post(&format!("{first}/withdraw"), Value::Null).expect(200);
        story::fee_submitted(&story);
        assert_eq!(server.sign_in(CENTRE).told(&unit()), ["nobody_decides"]);
    }

    fn whoever_has_nothing_waiting_for_them_is_not_told_so(server) {
        let _story = story::performed(server);
        assert!(appoint(server, NEW).told(&unit()).is_empty());
    }

    fn where_it_takes_two_people_the_second_is_told_and_the_centre_if_there_is_none(server) {
        let settings = format!("{}/settings", unit());
        let centre = server.sign_in(CENTRE);
        let tag = centre.get(&settings).tag();
        let two = json!({ "fee_approval": "two_people" });
        centre.call("PATCH", &settings, &[("if-match", &tag)], Some(two)).expect(200);
        let story = story::performed(server);
        let form = format!("/v1/fee-forms/{}", story::fee_submitted(&story).id());
        let head = server.sign_in(HEAD);
        assert_eq!(head.told(&form), ["fee_submitted"]);
        story.orderer().post(&format!("{form}/check"), json!({})).expect(200);
        assert_eq!(head.told(&form), ["fee_submitted", "fee_checked"]);
        assert_eq!(story.orderer().told(&form), ["fee_submitted"], "they have checked it");
        let centre = server.sign_in(CENTRE);
        assert!(centre.told(&unit()).is_empty());
        end_roles(server, HEAD);
        assert_eq!(centre.told(&unit()), ["nobody_decides"]);
        assert!(says_so(story.orderer(), &form));
    }

    fn the_unit_is_told_of_a_fee_form_that_was_withdrawn_if_it_has_had_it(server) {
        let story = story::performed(server);
        let draft = format!("/v1/fee-forms/{}", story::fee_form(&story).id());
        story.expert().post(&format!("{draft}/withdraw"), Value::Null).expect(200);
        assert!(story.orderer().told(&draft).is_empty());
        let form = format!("/v1/fee-forms/{}", story::fee_submitted(&story).id());
        story.expert().post(&format!("{form}/withdraw"), Value::Null).expect(200);
        assert_eq!(story.orderer().told(&form), ["fee_submitted", "fee_withdrawn"]);
    }
}
