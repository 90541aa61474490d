//! Who did what to which thing and when: one event for each change, and none about what is nobody else's matter.

use acceptance::{
    Kind, Person, on_both_databases, story,
    world::{Persona, World},
};
use api::region::{self, expert_email};
use chrono::TimeDelta;
use serde_json::{Value, json};

const ADMINISTRATOR: &str = "yllapito@kokemusvayla.example";
const CENTRE: &str = "keskus@lappi.example";
const SUPPORT: &str = "tukihenkilo@lappi.example";

/// The events that somebody sees, on all pages.
fn seen(person: &Person<'_>, filter: &str) -> Vec<Value> {
    person.items(&format!("/v1/audit-events?limit=200&{filter}"))
}

fn operations(events: &[Value]) -> Vec<&str> {
    events.iter().map(|event| event["operation"].as_str().expect("a name")).collect()
}

on_both_databases! {
    fn every_change_is_on_record_once_with_who_did_what_to_which_thing(server) {
        let story = story::submitted(server, 1);
        let path = format!("/v1/orders/{}", story.order);
        let key = [("idempotency-key", "taken-once")];
        let take = || story.liaison.call("POST", &format!("{path}/take"), &key, None).expect(200);
        assert_eq!(take().text, take().text, "the second is a repetition");
        story.orderer.post(&format!("{path}/take"), Value::Null).expect(403);
        story.orderer.get(&path).expect(200);
        let administrator = server.sign_in(ADMINISTRATOR);
        let events = seen(&administrator, &format!("thing={}", story.order));
        assert_eq!(operations(&events), ["create_order", "submit_order", "take_order"]);
        let (orderer, liaison) = (region::person(story::ORDERER), region::person(story::LIAISON));
        assert_eq!((&events[0]["person_id"], &events[0]["actor"]), (&json!(orderer), &json!("person")));
        assert_eq!((&events[0]["status"], &events[0]["path"]), (&json!(201), &json!("/v1/orders")));
        assert_eq!((&events[2]["person_id"], &events[2]["path"]), (&json!(liaison), &json!(format!("{path}/take"))));
        assert!(events.iter().all(|event| event["node_id"] == json!(region::node(story::UNIT))));
        assert_eq!(operations(&seen(&administrator, &format!("person={liaison}&operation=take_order"))), ["take_order"]);
    }

    fn each_area_sees_what_was_done_there_and_everyone_what_they_did(server) {
        let story = story::brokering(server, 1);
        let of_order = format!("thing={}", story.order);
        assert_eq!(seen(&server.sign_in(CENTRE), &of_order).len(), 3);
        assert_eq!(seen(&server.sign_in("keskus@satakunta.example"), &of_order).len(), 0);
        assert_eq!(seen(&server.sign_in("tilaaja@satakunta.example"), "").len(), 0);
        assert_eq!(operations(&seen(&story.liaison, "")), ["take_order"]);
        assert_eq!(operations(&seen(&story.orderer, &of_order)), ["create_order", "submit_order"]);
        let elsewhere = json!({ "node_id": region::node("Lounaan Kokemus ry"), "text": "Minua ei kuunneltu." });
        let other = server.sign_in("keskus@satakunta.example");
        let raised = other.post("/v1/concerns", elsewhere).expect(201).id();
        assert_eq!(seen(&server.sign_in(CENTRE), &format!("thing={raised}")).len(), 0);
        server.stranger().get("/v1/audit-events").expect(401);
        assert_eq!(seen(&server.machine("HR Lappi"), "").len(), 0);
    }

    fn what_people_do_in_their_own_matters_is_nobody_elses_to_see(server) {
        let story = story::asked(server);
        story.expert.post(&format!("/v1/offers/{}/decline", story.offer), json!({})).expect(200);
        let of_offer = format!("thing={}", story.offer);
        for outsider in [CENTRE, story::LIAISON, story::ORDERER] {
            assert_eq!(seen(&server.sign_in(outsider), &of_offer).len(), 0, "{outsider} does not learn who declined");
        }
        assert_eq!(operations(&seen(&story.expert, &of_offer)), ["decline_offer"]);
        assert_eq!(operations(&seen(&server.sign_in(ADMINISTRATOR), &of_offer)), ["decline_offer"]);
    }

    fn an_expert_sees_what_was_done_on_their_behalf(server) {
        let (expert, helper) = (server.sign_in(&expert_email(2)), server.sign_in(SUPPORT));
        let path = format!("/v1/experts/{}", region::experts::expert(2));
        let powers = json!({ "person": region::person(SUPPORT), "powers": ["profile"] });
        expert.post(&format!("{path}/delegations"), powers).expect(200);
        helper.patch(&path, json!({ "skills": "Rauhallinen puhuja." })).expect(200);
        for person in [&expert, &helper] {
            let events = seen(person, "operation=edit_expert");
            assert_eq!(events.len(), 1);
            assert_eq!(events[0]["person_id"], json!(region::person(SUPPORT)));
            assert_eq!(events[0]["on_behalf_of"], json!(region::person(&expert_email(2))));
        }
        assert_eq!(seen(&server.sign_in(CENTRE), "operation=edit_expert").len(), 0);
    }

    fn what_payroll_is_answered_again_for_its_key_is_on_record_as_a_look(server) {
        let form = story::approved(&story::performed(server));
        let hr = server.machine("HR Lappi");
        let package = format!("/v1/payroll/packages/{}", form.id());
        let send = |action: &str, body: &Value| {
            hr.call("POST", &format!("{package}/{action}"), &[("idempotency-key", action)], Some(body.clone())).expect(200)
        };
        let paid = json!({ "date": "2027-01-20", "amount": { "cents": 8000, "currency": "EUR" }, "reference": "M-1" });
        let mut expected = Vec::new();
        for (action, body) in [("acknowledge", json!({ "reference": "P-1" })), ("pay", paid)] {
            let first = send(action, &body);
            let again = send(action, &body);
            assert!(again.text == first.text && again.header("idempotent-replayed") == "true");
            assert!(again.text.contains("131052-902Y"), "it tells whom to pay");
            expected.extend([format!("{action}_payroll_package"), "get_payroll_package".to_owned()]);
        }
        let events = seen(&server.sign_in(CENTRE), &format!("thing={}", form.id()));
        let of_payroll: Vec<_> = events.into_iter().filter(|event| event["actor"] == "client").collect();
        assert_eq!(operations(&of_payroll), expected);
        let look = &of_payroll[1];
        assert_eq!((&look["path"], &look["status"]), (&json!(package), &json!(200)));
        assert_eq!(look["node_id"], of_payroll[0]["node_id"]);
    }

    fn a_machine_is_named_as_a_machine(server) {
        let form = story::approved(&story::performed(server));
        let path = format!("/v1/payroll/packages/{}/acknowledge", form.id());
        server.machine("HR Lappi").post(&path, json!({ "reference": "P-1" })).expect(200);
        let events = seen(&server.sign_in(CENTRE), "operation=acknowledge_payroll_package");
        assert_eq!((events.len(), &events[0]["client_id"]), (1, &json!(region::client("HR Lappi"))));
        assert_eq!(events[0]["actor"], "client");
        assert!(events[0]["person_id"].is_null());
    }

    fn events_are_found_by_time_page_by_page_and_nobody_changes_them(server) {
        let begin = story::in_hours(server, 0);
        story::submitted(server, 1);
        server.advance(TimeDelta::hours(5));
        let middle = story::in_hours(server, 0);
        let orderer = server.sign_in(story::ORDERER);
        orderer.post("/v1/orders", json!({ "node_id": region::node(story::UNIT), "form": story::form(1) })).expect(201);
        let found = |filter: &str| operations(&seen(&orderer, filter)).len();
        assert_eq!((found(&format!("after={begin}")), found(&format!("before={middle}")), found(&format!("after={middle}"))), (3, 2, 1));
        let page = orderer.get("/v1/audit-events?limit=2").expect(200);
        assert_eq!((page.count(), page.body["next"].is_string()), (2, true));
        for method in ["POST", "PUT", "PATCH", "DELETE"] {
            let headers = [("if-match", "*"), ("content-type", "application/json")];
            let answer = orderer.raw(method, "/v1/audit-events", &headers, Some(b"{}".to_vec()));
            assert_eq!(answer.status, 405, "{method}");
        }
    }

    fn events_are_forgotten_when_the_installation_has_decided_so(server) {
        story::submitted(server, 1);
        server.advance(TimeDelta::days(400));
        let administrator = server.sign_in(ADMINISTRATOR);
        server.app.run_jobs();
        assert_eq!(operations(&seen(&administrator, "")), ["create_order", "submit_order"], "for good, unless said otherwise");
        let node = server.node_with(|app| {
            app.audit_kept = Some(TimeDelta::days(365));
            app.clock = server.app.clock.clone();
        });
        node.app.run_jobs();
        let left = seen(&administrator, "");
        assert_eq!(operations(&left), ["forget_audit_events"], "that something was forgotten is on record");
        assert_eq!(left[0]["actor"], "service");
        node.app.run_jobs();
        assert_eq!(seen(&administrator, "").len(), 1);
    }

    fn what_the_service_does_by_itself_is_on_record_in_the_area_it_concerns(server) {
        let story = story::asked(server);
        server.advance(TimeDelta::hours(49));
        server.app.run_jobs();
        server.app.run_jobs();
        let of_offer = format!("thing={}", story.offer);
        let events = seen(&server.sign_in(CENTRE), &of_offer);
        assert_eq!(operations(&events), ["expire_offer"], "once");
        assert_eq!((&events[0]["actor"], &events[0]["node_id"]), (&json!("service"), &json!(region::node(story::UNIT))));
        assert!(events[0]["person_id"].is_null() && events[0]["client_id"].is_null());
        assert_eq!((&events[0]["path"], &events[0]["status"]), (&json!("/jobs/expire_offer"), &json!(204)));
        assert_eq!(seen(&server.sign_in("keskus@satakunta.example"), &of_offer).len(), 0);
    }

    fn what_becomes_of_an_account_by_itself_is_on_record(server) {
        let person = region::person(story::ORDERER);
        let path = format!("/v1/people/{person}/replace-address");
        let ask = || server.sign_in(ADMINISTRATOR).post(&path, json!({ "email": "uusi@lappi.example" })).expect(200);
        let of_person = format!("thing={person}");
        ask();
        server.sign_in(story::ORDERER);
        ask();
        server.advance(TimeDelta::days(3));
        let signed_in = server.sign_in_fully("uusi@lappi.example");
        let token = json!({ "refresh_token": signed_in["refresh_token"] });
        server.stranger().post("/v1/sign-in/refresh", token.clone()).expect(200);
        server.stranger().post("/v1/sign-in/refresh", token.clone()).expect(400);
        server.stranger().post("/v1/sign-in/refresh", token).expect(400);
        let expected = ["replace_address", "keep_address", "replace_address", "move_address", "end_session"];
        for email in [ADMINISTRATOR, CENTRE] {
            let events = seen(&server.sign_in(email), &of_person);
            assert_eq!(operations(&events), expected, "{email}");
            assert_eq!((&events[3]["actor"], &events[4]["actor"]), (&json!("service"), &json!("service")));
        }
        assert_eq!(seen(&server.sign_in("keskus@satakunta.example"), &of_person).len(), 0);
    }

    fn whoever_is_told_whom_to_pay_is_on_record(server) {
        let task = story::performed(server);
        let form = story::fee_form(&task);
        let upload = "/v1/attachments?purpose=tax_card&name=kortti.pdf";
        let card = task.expert().upload(upload, "application/pdf", b"%PDF-1.7\n%%EOF\n").expect(201).id();
        let given = json!({ "declared": true, "tax_card": { "given": "attached", "attachment": card } });
        let form = form.id();
        story::payroll_identity(task.expert());
        task.expert().patch(&format!("/v1/fee-forms/{form}"), given).expect(200);
        task.expert().post(&format!("/v1/fee-forms/{form}/submit"), Value::Null).expect(200);
        task.orderer().post(&format!("/v1/fee-forms/{form}/check"), json!({})).expect(200);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        task.orderer().post(&format!("/v1/fee-forms/{form}/approve"), centres).expect(200);
        let package = format!("/v1/payroll/packages/{form}");
        let content = format!("/v1/attachments/{card}/content");
        let hr = server.machine("HR Lappi");
        hr.get("/v1/payroll/packages").expect(200);
        let read = hr.get(&package).expect(200);
        let unchanged = hr.call("GET", &package, &[("if-none-match", &read.tag())], None);
        assert_eq!(unchanged.status, 304);
        hr.get(&format!("{package}/agreement")).expect(200);
        hr.get(&format!("{package}/agreement/print")).expect(200);
        hr.get(&content).expect(200);
        task.expert().get(&content).expect(200);
        task.orderer().get(&content).expect(403);
        server.machine("HR Satakunta").get(&package).expect(404);
        server.machine("HR Satakunta").get(&content).expect(404);

        let read = |events: Vec<Value>| -> Vec<Value> {
            events.into_iter().filter(|event| event["actor"] == "client").collect()
        };
        for email in [ADMINISTRATOR, CENTRE] {
            let person = server.sign_in(email);
            let of_form = read(seen(&person, &format!("thing={form}")));
            let names = ["get_payroll_package", "get_payroll_package", "get_payroll_agreement", "print_payroll_agreement"];
            assert_eq!(operations(&of_form), names, "{email}");
            let of_card = seen(&person, &format!("thing={card}"));
            let of_card: Vec<Value> = of_card.into_iter().filter(|event| event["operation"] == "get_attachment_content").collect();
            assert_eq!(of_card.len(), 1, "the expert's own look is nobody's matter");
            for event in of_form.iter().chain(&of_card) {
                assert_eq!((&event["client_id"], &event["status"]), (&json!(region::client("HR Lappi")), &json!(200)));
            }
        }
        assert_eq!(read(seen(&server.sign_in("keskus@satakunta.example"), "")).len(), 0);
    }

    fn whoever_is_shown_what_an_expert_has_told_in_confidence_is_on_record(server) {
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let expert = region::experts::expert(7);
        let path = format!("/v1/experts/{expert}");
        broker.get(&path).expect(200);
        let shown = broker.get("/v1/experts").expect(200);
        let shown: Vec<&Value> = shown.body["items"].as_array().expect("a list").iter().map(|one| &one["id"]).collect();
        assert!(shown.contains(&&json!(expert)));
        broker.get(&format!("{path}/support-notes")).expect(200);
        let own = server.sign_in(&expert_email(7));
        own.get(&path).expect(200);
        assert_eq!(own.get("/v1/experts").expect(200).count(), 1);
        server.sign_in(story::ORDERER).get(&path).expect(404);

        let names = ["get_expert", "list_experts", "list_support_notes"];
        for email in [ADMINISTRATOR, CENTRE, "valittaja@kokemuspolku.example"] {
            let person = server.sign_in(email);
            let of_expert = seen(&person, &format!("thing={expert}"));
            assert_eq!(operations(&of_expert), names, "{email}");
            assert!(of_expert.iter().all(|event| event["person_id"] == json!(region::person("valittaja@kokemuspolku.example"))));
            let listed = seen(&person, "operation=list_experts");
            assert_eq!(listed.iter().map(|event| &event["thing_id"]).collect::<Vec<_>>(), shown, "each who was shown, once");
        }
        assert_eq!(seen(&server.sign_in("keskus@satakunta.example"), "").len(), 0);
    }

    fn an_expert_sees_what_was_read_on_their_behalf(server) {
        let (expert, helper) = (server.sign_in(&expert_email(2)), server.sign_in(SUPPORT));
        let path = format!("/v1/experts/{}", region::experts::expert(2));
        let powers = json!({ "person": region::person(SUPPORT), "powers": ["profile"] });
        expert.post(&format!("{path}/delegations"), powers).expect(200);
        helper.get(&path).expect(200);
        for person in [&expert, &helper] {
            let events = seen(person, "operation=get_expert");
            assert_eq!(operations(&events), ["get_expert"]);
            assert_eq!(events[0]["on_behalf_of"], json!(region::person(&expert_email(2))));
        }
    }

    fn a_reminder_is_on_record(server) {
        let story = story::accepted(server);
        server.advance(TimeDelta::days(9));
        server.app.run_jobs();
        server.app.run_jobs();
        let events = seen(&server.sign_in(CENTRE), "operation=remind_of_task");
        assert_eq!((events.len(), &events[0]["actor"]), (1, &json!("service")));
        let assignments = server.sign_in(story::ORDERER).get("/v1/assignments").expect(200);
        assert_eq!(events[0]["thing_id"], assignments.body["items"][0]["id"]);
        drop(story);
    }
}

/// Everything that has happened in the world, of every kind, leaves nothing but references.
#[test]
fn an_event_has_no_name_no_text_no_secret_and_nothing_of_health() {
    let world = World::of(Kind::Sqlite);
    let server = world.copy();
    let events = seen(&world.caller(&server, Persona::named("administrator")), "");
    assert!(events.len() > 50, "much has happened: {}", events.len());
    for event in &events {
        for (name, value) in event.as_object().expect("an event") {
            let text = value.as_str().unwrap_or_default();
            let is_id = || text.parse::<uuid::Uuid>().is_ok();
            let fine = match name.as_str() {
                "id" | "person_id" | "client_id" | "on_behalf_of" | "node_id" | "thing_id" => {
                    is_id()
                }
                "status" => value.as_u64().is_some_and(|status| (200..300).contains(&status)),
                "at" => text.ends_with('Z'),
                "trace_id" => text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit()),
                "actor" => ["person", "client", "visitor", "service", "operator"].contains(&text),
                "operation" => acceptance::operations().iter().any(|one| one.name == text),
                "path" => text.split('/').all(|part| {
                    part.parse::<uuid::Uuid>().is_ok()
                        || api::json()["paths"]
                            .as_object()
                            .expect("paths")
                            .keys()
                            .any(|path| path.split('/').any(|known| known == part))
                        || ["expert", "orderer"].contains(&part)
                }),
                other => panic!("{other} is new"),
            };
            assert!(fine, "{name}: {value}");
        }
    }
}
