//! What people are told is what has happened.

use acceptance::{Server, on_both_databases, story, year};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const COLLEAGUE: &str = "esihenkilo@lappi.example";
const BROKER: &str = "valittaja@kokemuspolku.example";

on_both_databases! {
    fn a_supervision_session_that_is_offered_and_one_that_is_cancelled_are_told_apart(server) {
        let broker = server.sign_in(BROKER);
        let session = json!({
            "node_id": region::node("Kokemuspolku ry"), "kind": "supervision",
            "invited": [region::person(&region::expert_email(1))],
            "terms": { "starts": "2027-02-01T12:00:00Z", "minutes": 90, "place": "Järjestötalo", "supervisor": "Oona", "seats": 1 },
        });
        let path = broker.post("/v1/supervision-sessions", session).expect(201).header("location").to_owned();
        let expert = server.sign_in(&region::expert_email(1));
        assert_eq!(expert.told(&path), ["supervision_offered"]);
        broker.post(&format!("{path}/cancel"), Value::Null).expect(200);
        assert_eq!(expert.told(&path), ["supervision_offered", "supervision_cancelled"]);
    }

    fn a_support_person_is_told_of_what_they_do_for_an_expert_and_not_of_what_they_did(server) {
        let (support, number) = ("tukihenkilo@lappi.example", 1);
        let expert = server.sign_in(&region::expert_email(number));
        let delegations = format!("/v1/experts/{}/delegations", region::experts::expert(number));
        let powers = |powers: &[&str]| json!({ "person": region::person(support), "powers": powers });
        expert.post(&delegations, powers(&["offers", "agreements", "fee_forms"])).expect(200);
        let story = story::preparing(server);
        let helper = server.sign_in(support);
        let offer = format!("/v1/offers/{}", story.asked.offer);
        assert_eq!(helper.told(&offer), ["offer_received"]);
        let notice = helper.items("/v1/notices").remove(0);
        assert_eq!(notice["on_behalf_of"], region::person(&region::expert_email(number)).to_string());
        assert!(notice["text"].as_str().is_some_and(|text| text.ends_with("whose support person you are")), "{notice}");
        helper.get(&offer).expect(200);
        let letters = server.mails_to(support, "");
        assert!(letters.iter().all(|letter| !letter.text.contains("/v1/offer-links/")), "the page is the expert's own");

        let agreement = story.agreement("");
        let told = || (expert.told(&agreement).len(), helper.told(&agreement).len());
        let before = told();
        story::fill_in(&story);
        helper.patch(&agreement, json!({ "closed_topics": ["lapsuus"] })).expect(200);
        let (own, theirs) = told();
        assert_eq!((own - before.0, theirs - before.1), (2, 1), "each of the other's change, the helper not of their own");

        expert.post(&delegations, powers(&["profile"])).expect(200);
        story.orderer().patch(&agreement, json!({ "closed_topics": [] })).expect(200);
        assert_eq!(told(), (own + 1, theirs), "whoever may not see it any more is not told");
    }

    fn whoever_arranges_supervision_is_told_that_an_expert_asks_for_it(server) {
        let expert = server.sign_in(&region::expert_email(1));
        let wish = |place: &str| {
            let wish = json!({ "kind": "debrief", "node_id": region::node(place) });
            expert.post("/v1/supervision-requests", wish).expect(201).header("location").to_owned()
        };
        let told = |email: &str, path: &str| server.sign_in(email).told(path);
        let path = wish("Kokemuspolku ry");
        assert_eq!(told(BROKER, &path), ["supervision_wanted"]);
        assert!(told("valittaja@tunturintuki.example", &path).is_empty() && told("keskus@lappi.example", &path).is_empty());
        expert.post(&format!("{path}/withdraw"), Value::Null).expect(200);
        let nobody_brokers_there = wish("Lapin hyvinvointialue");
        assert_eq!(told(BROKER, &nobody_brokers_there), Vec::<String>::new());
        assert_eq!(told("yhteys@lappi.example", &nobody_brokers_there), ["supervision_wanted"]);
        assert!(told("keskus@lappi.example", &nobody_brokers_there).is_empty());
    }

    fn a_wish_to_talk_in_the_feedback_is_told_as_well(server) {
        let task = year::done(server, &[year::Done::by(1)])[0];
        let expert = server.sign_in(&region::expert_email(1));
        let set = expert.get("/v1/question-sets?side=expert&state=published").expect(200).body["items"][0]["id"].clone();
        let form = json!({ "question_set": set, "answers": { "debrief": true }, "may_quote": false });
        for status in [201, 200] {
            expert.put(&format!("/v1/assignments/{task}/feedback/expert"), form.clone()).expect(status);
        }
        let waiting = expert.items("/v1/supervision-sessions?state=requested");
        let path = format!("/v1/supervision-sessions/{}", waiting[0]["id"].as_str().expect("an id"));
        assert_eq!(server.sign_in(BROKER).told(&path), ["supervision_wanted"], "once");
    }

    fn an_offer_that_nobody_answered_is_not_said_to_be_answered(server) {
        let story = story::brokering(server, 1);
        story::offers(server, &story, &[1], "parallel");
        let order = format!("/v1/orders/{}", story.order);
        let before = story.liaison.told(&order).len();
        server.advance(TimeDelta::hours(49));
        server.app.run_jobs();
        assert_eq!(server.sign_in(story::LIAISON).told(&order)[before..], ["offer_expired"]);
    }

    fn what_happens_to_a_task_is_told_to_those_who_order_for_the_unit_now(server) {
        let story = story::preparing(server);
        let (order, agreement) = (format!("/v1/orders/{}", story.asked.brokering.order), story.agreement(""));
        let (former, colleague) = (story.orderer(), server.sign_in(COLLEAGUE));
        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        let grants = administrator.items(&format!("/v1/grants?person_id={}", region::person(story::ORDERER)));
        let end = format!("/v1/grants/{}/end", grants[0]["id"].as_str().expect("an id"));
        administrator.post(&end, json!({ "reason": "siirtyi" })).expect(200);
        let elsewhere = json!({
            "person_id": region::person(story::ORDERER), "role": "liaison",
            "node_id": region::node("Satakunnan hyvinvointialue"), "from": "2026-01-01",
        });
        administrator.post("/v1/grants", elsewhere).expect(201);
        let before = [former.told(&order).len(), former.told(&agreement).len()];
        story.expert().patch(&agreement, json!({ "closed_topics": ["lapset"] })).expect(200);
        story.expert().post(&format!("{order}/messages"), json!({ "text": "Tuon omat kalvot." })).expect(201);
        story.expert().post(&story.assignment("/step-back"), Value::Null).expect(200);
        assert_eq!([former.told(&order).len(), former.told(&agreement).len()], before);
        assert!(former.told(&format!("{order}/messages")).is_empty());
        assert_eq!(colleague.told(&agreement), ["agreement_changed"]);
        assert_eq!(colleague.told(&order), ["expert_stepped_back"]);
        assert_eq!(colleague.told(&format!("{order}/messages")), ["message_received"]);
    }

    fn the_unit_is_told_of_a_task_that_was_ordered_by_phone_as_it_agrees_on_it(server) {
        let liaison = server.sign_in(story::LIAISON);
        let path = story::phoned(&liaison);
        liaison.post(&format!("{path}/submit"), Value::Null).expect(200);
        liaison.post(&format!("{path}/take"), Value::Null).expect(200);
        let order = path.trim_start_matches("/v1/orders/").parse().expect("an id");
        let orderer = server.sign_in(story::ORDERER);
        let brokering = story::Brokering { orderer, liaison, order };
        let offer = story::offers(server, &brokering, &[1], "parallel")[0];
        let expert = server.sign_in(&region::expert_email(1));
        story::accept(&expert, offer);
        let mut story = story::agreed(story::Asked { brokering, expert, offer });
        let colleague = server.sign_in(COLLEAGUE);
        for person in [story.orderer(), &colleague] {
            assert_eq!(person.told(&path), ["order_filled"]);
            assert_eq!(person.told(&story.agreement("")), ["agreement_drafted"]);
        }
        assert_eq!(story.asked.brokering.liaison.told(&story.agreement("")), ["agreement_drafted"], "who stands for the caller");
        story.expert().patch(&story.agreement(""), json!({ "closed_topics": ["lapset"] })).expect(200);
        assert_eq!(colleague.told(&story.agreement("")).len(), 2);
        story::fill_in(&story);
        story::confirm(story.expert(), story.agreement);
        story::confirm(story.orderer(), story.agreement);
        server.advance(TimeDelta::days(9));
        server.app.run_jobs();
        story.sign_in_again(server);
        for person in [story.orderer(), &server.sign_in(COLLEAGUE)] {
            assert!(person.told(&story.assignment("")).iter().any(|kind| kind == "contact_due"));
        }
    }

    fn where_nobody_orders_for_the_unit_any_more_whoever_brokers_is_told(server) {
        let story = story::preparing(server);
        let manager = server.sign_in("keskus@lappi.example");
        for email in [story::ORDERER, COLLEAGUE] {
            let path = format!("/v1/people/{}/deactivate", region::person(email));
            manager.post(&path, json!({ "reason": "työsuhde päättyi" })).expect(200);
        }
        story.expert().patch(&story.agreement(""), json!({ "closed_topics": ["lapset"] })).expect(200);
        assert_eq!(story.asked.brokering.liaison.told(&story.agreement("")), ["agreement_changed"]);
        assert_eq!(story.expert().get(&story.assignment("")).expect(200).body["orderer"], Value::Null);
    }

    fn interest_in_a_call_is_told_as_such(server) {
        let story = story::brokering(server, 1);
        let deadline = json!({ "deadline": story::in_hours(server, 24) });
        let call = story.liaison.post(&format!("/v1/orders/{}/open-call", story.order), deadline).expect(201).id();
        let interests = format!("/v1/open-calls/{call}/interests");
        server.sign_in(&region::expert_email(1)).post(&interests, json!({})).expect(201);
        assert_eq!(story.liaison.told(&interests), ["interest_expressed"]);
    }

    fn an_organisation_that_is_asked_for_experts_is_not_told_of_an_order(server) {
        let story = story::brokering(server, 1);
        let ask = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
        let asked = story.liaison.post(&format!("/v1/orders/{}/sourcing-requests", story.order), ask).expect(201).id();
        let request = format!("/v1/sourcing-requests/{asked}");
        let broker = server.sign_in("valittaja@tunturintuki.example");
        assert_eq!(broker.told(&request), ["sourcing_asked"]);
        broker.post(&format!("{request}/answer"), json!({})).expect(200);
        assert_eq!(story.liaison.told(&request), ["sourcing_answered"]);
    }

    fn members_of_a_steering_group_are_told_of_its_meetings_while_they_serve(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let group = |until: &str| {
            let member = json!({
                "organisation": region::node("Kokemuspolku ry"), "name": "Oona Ohjaus", "from": "2026-01-01",
                "person": region::person("ohjausryhma@lappi.example"), "until": until,
            });
            let stranger = json!({
                "organisation": region::node("Kokemuspolku ry"), "name": "Ei jäsen", "from": "2026-01-01",
                "person": region::person(&region::expert_email(1)),
            });
            let facts = json!({ "name": { "fi": "Ohjausryhmä" }, "members": [member, stranger] });
            let group = json!({ "area_id": region::node("Lapin hyvinvointialue"), "facts": facts });
            coordinator.post("/v1/steering-groups", group).expect(201).id()
        };
        let meeting = |group| {
            let meeting = json!({ "on": "2026-12-10", "agenda": [{ "title": "Vuosikooste" }] });
            let made = coordinator.post(&format!("/v1/steering-groups/{group}/meetings"), meeting).expect(201);
            format!("/v1/steering-meetings/{}", made.id())
        };
        let (serves, served) = (meeting(group("2030-12-31")), meeting(group("2026-02-01")));
        let member = server.sign_in("ohjausryhma@lappi.example");
        assert_eq!(member.told(&serves), ["meeting_called"]);
        member.get(&serves).expect(200);
        assert!(member.told(&served).is_empty());
        assert!(server.sign_in(&region::expert_email(1)).told(&serves).is_empty(), "who could not look at it");
    }

    fn those_are_told_of_a_meeting_who_serve_on_its_day(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let member = |from: &str, until: Option<&str>| {
            let mut member = json!({
                "organisation": region::node("Kokemuspolku ry"), "name": "Oona Ohjaus", "from": from,
                "person": region::person("ohjausryhma@lappi.example"),
            });
            if let Some(until) = until {
                member["until"] = json!(until);
            }
            member
        };
        let group = |members: Value| {
            let facts = json!({ "name": { "fi": "Ohjausryhmä" }, "members": members });
            let group = json!({ "area_id": region::node("Lapin hyvinvointialue"), "facts": facts });
            coordinator.post("/v1/steering-groups", group).expect(201).id()
        };
        let meeting = |group, on: &str| {
            let meeting = json!({ "on": on, "agenda": [{ "title": "Vuosikooste" }] });
            let made = coordinator.post(&format!("/v1/steering-groups/{group}/meetings"), meeting).expect(201);
            format!("/v1/steering-meetings/{}", made.id())
        };
        let serves = server.sign_in("ohjausryhma@lappi.example");
        let told = |path: &str| serves.told(path);
        let (coming, going) =
            (group(json!([member("2027-01-01", None)])), group(json!([member("2026-01-01", Some("2026-12-31"))])));
        assert_eq!(told(&meeting(coming, "2027-01-15")), ["meeting_called"]);
        assert_eq!(told(&meeting(coming, "2026-12-15")), [""; 0]);
        assert_eq!(told(&meeting(going, "2027-03-15")), [""; 0]);
        assert_eq!(told(&meeting(going, "2026-11-01")), [""; 0], "it has been");
        // Whoever was to come to the one day knows that it is another, and whoever comes on that one, too.
        for (group, from, to) in [(going, "2026-12-15", "2027-03-15"), (coming, "2026-12-15", "2027-01-15")] {
            let path = meeting(group, from);
            coordinator.patch(&path, json!({ "on": to })).expect(200);
            assert_eq!(told(&path).last().map(String::as_str), Some("meeting_moved"), "{from} {to}");
        }
        // Whoever joins is told of what is ahead in their term.
        let group = group(json!([]));
        let (past, near, far) = (meeting(group, "2026-11-01"), meeting(group, "2026-12-15"), meeting(group, "2027-01-15"));
        let off = meeting(group, "2027-01-16");
        coordinator.post(&format!("{off}/cancel"), json!({ "reason": "Ei aiheita." })).expect(200);
        let path = format!("/v1/steering-groups/{group}");
        let renamed = json!({ "name": { "fi": "Uusi nimi" } });
        for change in [json!({ "members": [member("2027-01-01", None)] }), renamed] {
            coordinator.patch(&path, change).expect(200);
            assert_eq!([&past, &near, &far, &off].map(|path| told(path).len()), [0, 0, 1, 0]);
        }
    }

    fn members_of_a_steering_group_are_told_if_a_meeting_that_is_ahead_is_moved(server) {
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let member = json!({
            "organisation": region::node("Kokemuspolku ry"), "name": "Oona Ohjaus", "from": "2026-01-01",
            "person": region::person("ohjausryhma@lappi.example"),
        });
        let facts = json!({ "name": { "fi": "Ohjausryhmä" }, "members": [member] });
        let group = json!({ "area_id": region::node("Lapin hyvinvointialue"), "facts": facts });
        let group = coordinator.post("/v1/steering-groups", group).expect(201).id();
        let meeting = json!({ "on": "2026-12-10", "place": "Rovaniemi", "agenda": [{ "title": "Vuosikooste" }] });
        let made = coordinator.post(&format!("/v1/steering-groups/{group}/meetings"), meeting).expect(201);
        let path = format!("/v1/steering-meetings/{}", made.id());
        let told = || server.sign_in("ohjausryhma@lappi.example").told(&path);
        for (change, times) in [
            (json!({ "on": "2026-12-10", "minutes": "Kutsu lähetetty." }), 0),
            (json!({ "on": "2026-12-17" }), 1),
            (json!({ "place": null }), 2),
        ] {
            coordinator.patch(&path, change).expect(200);
            let moved = told().iter().filter(|kind| *kind == "meeting_moved").count();
            assert_eq!(moved, times);
        }
        server.advance(TimeDelta::days(60));
        // What has been is put right in the record.
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        coordinator.patch(&path, json!({ "on": "2026-12-16", "place": "Kemi" })).expect(200);
        assert_eq!(told(), ["meeting_called", "meeting_moved", "meeting_moved"]);
    }

    fn a_published_compilation_is_told_to_those_who_steer(server) {
        let path = published(server);
        for email in ["keskus@lappi.example", "ohjausryhma@lappi.example"] {
            let person = server.sign_in(email);
            assert_eq!(person.told(&path), ["compilation_published"], "{email}");
            person.get(&path).expect(200);
        }
        for email in ["koordinaattori@lappi.example", "keskus@satakunta.example"] {
            assert!(server.sign_in(email).told(&path).is_empty(), "{email}");
        }
    }
}

/// A compilation that Lapland's coordinator has published.
fn published(server: &Server) -> String {
    year::done(server, &[year::Done::by(1)]);
    year::pass(server);
    let coordinator = server.sign_in("koordinaattori@lappi.example");
    let year = server.app.clock.now().day().year() - 1;
    let body = json!({ "area_id": region::node("Lapin hyvinvointialue"), "year": year });
    let path =
        format!("/v1/compilations/{}", coordinator.post("/v1/compilations", body).expect(201).id());
    coordinator.post(&format!("{path}/freeze"), Value::Null).expect(200);
    coordinator.post(&format!("{path}/publish"), Value::Null).expect(200);
    path
}
