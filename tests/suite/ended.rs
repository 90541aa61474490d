//! Organisations whose work has ended, and experts who are supported by another one than before (S0-33).

use acceptance::{Person, Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const ENDING: &str = "Kokemuspolku ry";
const BROKER: &str = "valittaja@kokemuspolku.example";
const SUCCESSOR: &str = "Tunturin Tuki ry";
const NEXT: &str = "valittaja@tunturintuki.example";
const ADMINISTRATOR: &str = "yllapito@kokemusvayla.example";

/// Lets another organisation go on with the work from tomorrow.
fn succeed(server: &Server, ending: &str, successor: &str) -> Value {
    let last_day = server.app.clock.now().day();
    let body = json!({ "successor_id": region::node(successor), "last_day": last_day });
    let path = format!("/v1/nodes/{}/succeed", region::node(ending));
    server.sign_in(ADMINISTRATOR).post(&path, body).expect(200).body
}

fn expert(number: usize) -> String {
    format!("/v1/experts/{}", region::experts::expert(number))
}

/// Names the organisation that supports the expert.
fn supported_by(person: &Person<'_>, number: usize, organisation: &str) -> acceptance::Answer {
    let background = json!([{ "organisation": region::node(organisation) }]);
    person.patch(&expert(number), json!({ "background": background }))
}

fn ask(person: &Person<'_>, place: &str) -> acceptance::Answer {
    ask_for(person, "supervision", place)
}

fn ask_for(person: &Person<'_>, kind: &str, place: &str) -> acceptance::Answer {
    person.post("/v1/supervision-requests", json!({ "kind": kind, "node_id": region::node(place) }))
}

fn terms() -> Value {
    json!({ "starts": "2027-02-01T12:00:00Z", "minutes": 90, "place": "Järjestötalo", "supervisor": "Oona", "seats": 2 })
}

on_both_databases! {
    fn whoever_worked_for_an_organisation_that_has_ended_reads_nobody_there_any_more(server) {
        let reading = |email: &str| {
            let broker = server.sign_in(email);
            let listed = broker.get("/v1/experts?limit=100").expect(200).count();
            let letters = broker.get("/v1/letters").expect(200).count();
            let one = broker.get(&expert(1)).status;
            let notes = broker.get(&format!("{}/support-notes", expert(1))).status;
            (listed > 0, letters > 0, one, notes)
        };
        let post = json!({ "channel": "post" });
        let first = server.sign_in(&region::expert_email(1));
        first.patch(&format!("/v1/people/{}", region::person(&region::expert_email(1))), post).expect(200);
        let there = format!("/v1/nodes/{}/appointments", region::node(ENDING));
        let in_charge = |role: &str| {
            let found = server.sign_in(story::ORDERER).get(&there).expect(200).body["items"].clone();
            found.as_array().expect("a list").iter().filter(|one| one["role"] == role).count()
        };
        succeed(server, ENDING, SUCCESSOR);
        assert_eq!((reading(BROKER), in_charge("broker")), ((true, true, 200, 200), 1), "until its last day");
        assert_eq!(server.sign_in(BROKER).times_told("role_expiring"), 1);

        server.advance(TimeDelta::days(3));
        assert_eq!((reading(BROKER), in_charge("broker")), ((false, false, 404, 404), 0));
        assert_eq!(reading(NEXT), (true, false, 404, 404), "nobody's expert passes on by itself");
        let broker = server.sign_in(BROKER);
        let note = json!({ "text": "Soitin tänään." });
        broker.post(&format!("{}/support-notes", expert(1)), note).expect(404);
        let grants = broker.items("/v1/grants");
        assert_eq!((grants.len(), &grants[0]["in_force"]), (1, &json!(false)));
    }

    fn whom_an_ended_organisation_supports_chooses_another_one(server) {
        succeed(server, ENDING, SUCCESSOR);
        let first = server.sign_in(&region::expert_email(1));
        assert_eq!(first.told(&expert(1)), ["supporter_ending"]);
        let other = server.sign_in(&region::expert_email(25));
        assert!(other.told(&expert(25)).is_empty(), "somebody else supports them");
        supported_by(&other, 25, ENDING).expect(200);
        assert_eq!(other.told(&expert(25)), ["supporter_ending"], "until its last day it supports whoever chooses it");
        supported_by(&other, 25, SUCCESSOR).expect(200);
        ask(&first, ENDING).expect(409);

        server.advance(TimeDelta::days(3));
        let other = server.sign_in(&region::expert_email(25));
        let refused = supported_by(&other, 25, ENDING).expect(409);
        assert_eq!((refused.code(), refused.wrong()), ("node_ended", vec![("#/background/0/organisation", "node_ended")]));
        let first = server.sign_in(&region::expert_email(1));
        let words = json!({ "introduction": "Kerron omasta polustani." });
        first.patch(&expert(1), words).expect(200);
        server.sign_in(NEXT).get(&expert(1)).expect(404);
        supported_by(&first, 1, SUCCESSOR).expect(200);
        server.sign_in(NEXT).get(&expert(1)).expect(200);
        ask(&first, SUCCESSOR).expect(201);
    }

    fn nobody_enrols_to_be_supported_by_an_organisation_that_has_ended(server) {
        succeed(server, ENDING, SUCCESSOR);
        server.advance(TimeDelta::days(3));
        let profile = |organisation: &str| json!({
            "titles": ["experience_actor"], "perspective": "own", "areas": ["21"], "languages": ["fi"], "modes": ["on_site"],
            "introduction": "Puhun suoraan.",
            "background": [{ "organisation": region::node(organisation) }],
        });
        let teacher = server.sign_in("opettaja@opisto.example");
        let refused = teacher.post("/v1/experts", json!({ "profile": profile(ENDING) })).expect(409);
        assert_eq!((refused.code(), refused.wrong()), ("node_ended", vec![("#/profile/background/0/organisation", "node_ended")]));
        teacher.post("/v1/experts", json!({ "profile": profile(SUCCESSOR) })).expect(201);
    }

    fn nothing_begins_at_an_organisation_that_has_ended(server) {
        let story = story::brokering(server, 1);
        let end = region::node(ENDING);
        let broker = region::person(BROKER);
        let grant = server.sign_in(ADMINISTRATOR).items(&format!("/v1/grants?person_id={broker}"))[0]["id"].clone();
        let renew = format!("/v1/grants/{}/renew", grant.as_str().expect("an id"));
        succeed(server, ENDING, SUCCESSOR);
        server.advance(TimeDelta::days(3));
        let (liaison, manager) = (server.sign_in(story::LIAISON), server.sign_in("keskus@lappi.example"));
        let order = format!("/v1/orders/{}", story.order);
        let decision = json!({
            "node_id": end, "body": "Hallitus", "decided_on": "2026-01-01", "reference": "HALL 1", "from": "2026-01-01",
            "signatory": { "name": "Helena Hallitus", "title": "puheenjohtaja" },
        });
        for (refused, at) in [
            (liaison.post(&format!("{order}/hand-over"), json!({ "organisation_id": end })), "#/organisation_id"),
            (liaison.post(&format!("{order}/sourcing-requests"), json!({ "organisation_id": end })), "#/organisation_id"),
            (manager.post(&renew, json!({ "until": "2099-01-01" })), "#/until"),
            (manager.post("/v1/decisions", decision), "#/node_id"),
        ] {
            let told = (refused.status, refused.code(), refused.wrong());
            assert_eq!(told, (409, "node_ended", vec![(at, "node_ended")]), "{}", refused.text);
        }
        liaison.post(&format!("{order}/hand-over"), json!({ "organisation_id": region::node(SUCCESSOR) })).expect(200);
    }

    fn orders_of_an_organisation_that_has_ended_go_back_also_those_that_nobody_there_had_taken(server) {
        let (taken, waiting) = (story::brokering(server, 1), story::brokering(server, 1));
        let broker = server.sign_in(BROKER);
        let path = |order| format!("/v1/orders/{order}");
        for story in [&taken, &waiting] {
            let to = json!({ "organisation_id": region::node(ENDING) });
            story.liaison.post(&format!("{}/hand-over", path(story.order)), to).expect(200);
        }
        broker.post(&format!("{}/take", path(taken.order)), Value::Null).expect(200);
        succeed(server, ENDING, SUCCESSOR);
        server.app.run_jobs();
        assert_eq!(broker.get("/v1/orders").expect(200).count(), 2, "until its last day");

        server.advance(TimeDelta::days(3));
        server.app.run_jobs();
        let liaison = server.sign_in(story::LIAISON);
        for story in [&taken, &waiting] {
            let back = liaison.get(&path(story.order)).expect(200).body;
            assert_eq!((&back["handler_id"], &back["liaison_id"]), (&Value::Null, &json!(region::person(story::LIAISON))));
            assert_eq!(liaison.told(&path(story.order)).last().map(String::as_str), Some("order_handed_over"));
            server.sign_in(BROKER).get(&path(story.order)).expect(404);
        }
        assert_eq!(server.sign_in(BROKER).get("/v1/orders").expect(200).count(), 0);
    }

    fn an_organisation_that_ended_long_ago_gives_its_orders_back_at_once(server) {
        let story = story::brokering(server, 1);
        let order = format!("/v1/orders/{}", story.order);
        story.liaison.post(&format!("{order}/hand-over"), json!({ "organisation_id": region::node(ENDING) })).expect(200);
        let body = json!({ "successor_id": region::node(SUCCESSOR), "last_day": "2020-01-01" });
        let path = format!("/v1/nodes/{}/succeed", region::node(ENDING));
        server.sign_in(ADMINISTRATOR).post(&path, body).expect(200);
        assert_eq!(server.sign_in(BROKER).get("/v1/experts").expect(200).count(), 0);
        let back = story.liaison.get(&order).expect(200).body;
        assert_eq!((&back["handler_id"], &back["liaison_id"]), (&Value::Null, &json!(region::person(story::LIAISON))));
    }

    fn what_hangs_under_an_ended_organisation_ends_with_it(server) {
        let manager = server.sign_in("keskus@lappi.example");
        let facts = json!({ "name": { "fi": "Pohjoinen" }, "contact": {} });
        let unit = json!({ "parent_id": region::node(ENDING), "level": "unit", "facts": facts });
        let unit = manager.post("/v1/nodes", unit).expect(201).id();
        let role = |role: &str| json!({ "person_id": region::person(story::LIAISON), "role": role, "node_id": unit, "from": "2026-01-01" });
        let grant = manager.post("/v1/grants", role("broker")).expect(201).id();
        let onward = format!("/v1/nodes/{unit}/succeed");
        let within = manager.post(
            &format!("/v1/nodes/{}/succeed", region::node(ENDING)), json!({ "successor_id": unit, "last_day": "2026-12-31" }),
        );
        assert_eq!(within.expect(400).wrong(), [("#/successor_id", "ends_with_it")]);
        let ended = succeed(server, ENDING, SUCCESSOR)["history"]["ended"].clone();
        let seen = manager.get(&format!("/v1/nodes/{unit}")).expect(200).body["history"].clone();
        assert_eq!((&seen["ended"], &seen["successor"]), (&ended, &Value::Null));
        let mut beyond = role("trainer");
        beyond["until"] = json!("2099-12-31");
        assert_eq!(manager.post("/v1/grants", beyond).expect(409).code(), "node_ended");
        let later = manager.post(&onward, json!({ "successor_id": region::node(SUCCESSOR), "last_day": "2099-12-31" }));
        assert_eq!(later.expect(409).wrong(), [("#/last_day", "node_ended")]);
        manager.post(&onward, json!({ "successor_id": region::node(SUCCESSOR), "last_day": ended })).expect(200);

        server.advance(TimeDelta::days(3));
        let manager = server.sign_in("keskus@lappi.example");
        assert_eq!(manager.get(&format!("/v1/grants/{grant}")).expect(200).body["in_force"], false);
    }

    fn an_organisation_appoints_people_until_its_last_day_and_not_beyond(server) {
        let (end, today) = (format!("/v1/nodes/{}/succeed", region::node(ENDING)), server.app.clock.now().day());
        let announced = json!({ "successor_id": region::node(SUCCESSOR), "last_day": today.later(5) });
        server.sign_in(ADMINISTRATOR).post(&end, announced).expect(200);
        let manager = server.sign_in("keskus@lappi.example");
        let role = |days: Value| {
            let mut terms = json!({
                "person_id": region::person(story::LIAISON), "role": "broker", "node_id": region::node(ENDING),
            });
            terms.as_object_mut().expect("an object").extend(days.as_object().expect("an object").clone());
            manager.post("/v1/grants", terms)
        };
        let beyond = role(json!({ "from": today, "until": today.later(6) })).expect(409);
        assert_eq!((beyond.code(), beyond.wrong()), ("node_ended", vec![("#/until", "node_ended")]));
        assert_eq!(role(json!({ "from": today.later(6) })).expect(409).code(), "node_ended");
        let given = role(json!({ "from": today, "until": today.later(5) })).expect(201);
        assert_eq!(given.body["in_force"], true);
        server.sign_in(story::LIAISON).get(&expert(1)).expect(200);
        server.advance(TimeDelta::days(6));
        let over = server.sign_in("keskus@lappi.example").get(&format!("/v1/grants/{}", given.id())).expect(200);
        assert_eq!(over.body["in_force"], false);
        server.sign_in(story::LIAISON).get(&expert(1)).expect(404);
    }

    fn whoever_ordered_finishes_what_is_left_once_the_unit_has_ended(server) {
        let mut story = story::performed(server);
        let form = story::fee_submitted(&story).id();
        succeed(server, story::UNIT, "Vammaispalvelujen yksikkö");
        server.advance(TimeDelta::days(3));
        story.sign_in_again(server);
        story.orderer().post(&format!("/v1/fee-forms/{form}/check"), json!({})).expect(200);
        let manager = server.sign_in("keskus@lappi.example");
        let another = json!({
            "person_id": region::person("tukihenkilo@lappi.example"), "role": "orderer",
            "node_id": region::node(story::UNIT), "from": server.app.clock.now().day(),
        });
        manager.post("/v1/grants", another).expect(201);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        server.sign_in("tukihenkilo@lappi.example").post(&format!("/v1/fee-forms/{form}/approve"), centres).expect(200);
        let order = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        assert_eq!(story.orderer().post("/v1/orders", order).expect(409).code(), "node_ended");
    }

    fn what_is_claimed_at_an_area_that_has_ended_is_paid_through_its_own_payroll_client_and_never_the_successors(server) {
        let mut story = story::performed(server);
        let form = story::fee_submitted(&story).id();
        succeed(server, "Lapin hyvinvointialue", "Satakunnan hyvinvointialue");
        server.advance(TimeDelta::days(3));
        story.sign_in_again(server);
        let path = format!("/v1/fee-forms/{form}");
        story.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        story.orderer().post(&format!("{path}/approve"), centres).expect(200);

        let (own, successors) = (server.machine("HR Lappi"), server.machine("HR Satakunta"));
        let waiting = "/v1/payroll/packages?state=approved";
        assert_eq!(successors.get(waiting).expect(200).count(), 0);
        successors.get(&format!("/v1/payroll/packages/{form}")).expect(404);
        let listed = own.get(waiting).expect(200);
        assert_eq!((listed.count(), &listed.body["items"][0]["fee_form_id"]), (1, &json!(form)));
        let package = format!("/v1/payroll/packages/{form}");
        let total = own.get(&package).expect(200).body["approved"]["sums"]["total"].clone();
        own.post(&format!("{package}/acknowledge"), json!({ "reference": "P-1" })).expect(200);
        let today = server.app.clock.now().day();
        own.post(&format!("{package}/pay"), json!({ "date": today, "amount": total, "reference": "M-1" })).expect(200);
    }

    fn what_was_asked_of_an_organisation_goes_along_to_the_one_that_supports_the_expert_next(server) {
        let first = server.sign_in(&region::expert_email(1));
        let (broker, next) = (server.sign_in(BROKER), server.sign_in(NEXT));
        let place = |asked: acceptance::Answer| asked.expect(201).header("location").to_owned();
        let offered = place(ask(&first, ENDING));
        broker.post(&format!("{offered}/offer"), terms()).expect(200);
        let asked = place(ask(&first, ENDING));
        let above = place(ask_for(&first, "debrief", "Lapin hyvinvointialue"));
        next.get(&asked).expect(404);
        supported_by(&first, 1, SUCCESSOR).expect(200);

        broker.get(&asked).expect(404);
        broker.post(&format!("{asked}/offer"), terms()).expect(404);
        assert_eq!(next.told(&asked), ["supervision_wanted"]);
        assert_eq!(next.items("/v1/supervision-sessions?state=requested").len(), 1);
        next.post(&format!("{asked}/offer"), terms()).expect(200);
        assert_eq!(broker.get(&offered).expect(200).body["node_id"], json!(region::node(ENDING)), "what was offered stays");
        assert_eq!(first.get(&above).expect(200).body["node_id"], json!(region::node("Lapin hyvinvointialue")));

        // Where no organisation supports them, the centre of the area is asked.
        let asked = ask(&first, SUCCESSOR).expect(201).header("location").to_owned();
        first.patch(&expert(1), json!({ "background": [] })).expect(200);
        next.get(&asked).expect(404);
        assert_eq!(server.sign_in("yhteys@lappi.example").told(&asked), ["supervision_wanted"]);
    }

    fn what_was_asked_of_an_organisation_that_has_ended_waits_for_nobody(server) {
        let asked = ask(&server.sign_in(&region::expert_email(1)), ENDING).expect(201).header("location").to_owned();
        let story = story::brokering(server, 1);
        let path = format!("/v1/orders/{}/sourcing-requests", story.order);
        let sourcing = story.liaison.post(&path, json!({ "organisation_id": region::node(ENDING) })).expect(201);
        let sourcing = format!("/v1/sourcing-requests/{}", sourcing.id());
        succeed(server, ENDING, SUCCESSOR);
        server.app.run_jobs();
        assert!(story.liaison.told(&sourcing).is_empty(), "they may still answer today");

        server.advance(TimeDelta::days(1));
        server.app.run_jobs();
        server.app.run_jobs();
        let liaison = server.sign_in(story::LIAISON);
        assert_eq!(liaison.told(&sourcing), ["sourcing_unanswered"]);
        assert_eq!(liaison.get(&sourcing).expect(200).body["state"]["name"], "withdrawn");
        let area = server.sign_in("yhteys@lappi.example");
        assert_eq!(area.told(&asked), ["supervision_wanted"]);
        area.post(&format!("{asked}/offer"), terms()).expect(200);
        let events = format!("/v1/audit-events?thing={}", asked.rsplit('/').next().expect("an id"));
        let events = server.sign_in("keskus@lappi.example").items(&events);
        assert!(events.iter().any(|event| event["operation"] == "pass_on_supervision"), "{events:?}");
    }

    fn an_expert_asks_their_own_organisation_and_no_other(server) {
        let first = server.sign_in(&region::expert_email(1));
        for place in [SUCCESSOR, "Lounaan Kokemus ry", "Satakunnan hyvinvointialue"] {
            assert_eq!(ask(&first, place).expect(400).wrong(), [("#/node_id", "not_theirs")], "{place}");
        }
        ask(&first, ENDING).expect(201);
        ask_for(&first, "debrief", "Lapin hyvinvointialue").expect(201);
    }

    fn whoever_has_left_the_bank_neither_asks_for_support_nor_books_a_seat(server) {
        let invited = json!([region::person(&region::expert_email(1))]);
        let session = json!({ "node_id": region::node(ENDING), "kind": "supervision", "invited": invited, "terms": terms() });
        let path = server.sign_in(BROKER).post("/v1/supervision-sessions", session).expect(201).header("location").to_owned();
        let first = server.sign_in(&region::expert_email(1));
        first.post(&format!("{path}/book"), Value::Null).expect(200);
        first.post(&format!("{}/leave", expert(1)), Value::Null).expect(200);
        assert_eq!(first.get(&path).expect(200).action("book")["why_not"]["code"], "left_bank");
        assert_eq!(first.post(&format!("{path}/book"), Value::Null).expect(409).code(), "left_bank");
        assert_eq!(ask(&first, ENDING).expect(409).code(), "left_bank");

        first.post(&format!("{}/availability", expert(1)), json!({ "availability": "available" })).expect(200);
        first.post(&format!("{path}/book"), Value::Null).expect(200);
        ask(&first, ENDING).expect(201);
    }
}
