//! What is answered to whoever sends a request again under the same idempotency key.

use std::collections::{BTreeMap, BTreeSet};

use acceptance::{
    Answer, Kind, Person, Server, on_both_databases,
    story::{self, Asked},
    world::{Try, World, for_everyone},
    year::{self, Done},
};
use api::region::{self, expert_email};
use serde_json::{Value, json};

use crate::feedback;

const ADMINISTRATOR: &str = "yllapito@kokemusvayla.example";

fn under_a_key(person: &Person<'_>, path: &str, body: &Value) -> Answer {
    let body = Some(body.clone()).filter(|body| !body.is_null());
    person.call("POST", path, &[("idempotency-key", "the-same")], body)
}

fn is_replayed(answer: &Answer) -> bool {
    answer.header("idempotent-replayed") == "true"
}

/// Ends every role that somebody holds. Gives what can be given to them again.
fn end_roles(server: &Server, email: &str) -> Vec<Value> {
    let administrator = server.sign_in(ADMINISTRATOR);
    let held = administrator.items(&format!("/v1/grants?person_id={}", region::person(email)));
    let of = |grant: &Value, name: &str| {
        let terms = if grant["terms"].is_object() { &grant["terms"] } else { grant };
        terms[name].clone()
    };
    let ended = held.iter().filter(|grant| grant["state"] != "ended").map(|grant| {
        let end = format!("/v1/grants/{}/end", grant["id"].as_str().expect("an id"));
        administrator.post(&end, json!({ "reason": "siirtyi" })).expect(200);
        json!({
            "person_id": region::person(email), "role": of(grant, "role"), "node_id": of(grant, "node_id"),
            "from": server.app.clock.now().day(),
        })
    });
    ended.collect()
}

on_both_databases! {
    fn what_was_answered_in_a_role_is_not_told_again_once_it_has_ended(server) {
        let story = story::submitted(server, 1);
        let order = format!("/v1/orders/{}", story.order);
        let take = || under_a_key(&story.liaison, &format!("{order}/take"), &Value::Null);
        let first = take().expect(200);
        let again = take().expect(200);
        assert!(is_replayed(&again) && again.text == first.text);

        let ended = end_roles(server, story::LIAISON);
        story.liaison.get(&order).expect(404);
        let told = take().expect(409);
        assert_eq!((told.code(), told.header("location"), is_replayed(&told)), ("already_done", "", false));
        assert!(!told.text.contains("Puheenvuoro") && !told.text.contains(story::UNIT), "{}", told.text);
        let other = under_a_key(&story.liaison, &format!("{order}/take"), &json!({ "misspelt": 1 }));
        assert_eq!(other.expect(400).code(), "invalid", "it is another request");
        let events = server.sign_in(ADMINISTRATOR).items(&format!("/v1/audit-events?thing={}", story.order));
        let taken = events.iter().filter(|event| event["operation"] == "take_order").count();
        assert_eq!(taken, 1, "it is not done twice");

        // Whoever has the role again may know again.
        for grant in ended {
            server.sign_in(ADMINISTRATOR).post("/v1/grants", grant).expect(201);
        }
        assert!(is_replayed(&take().expect(200)));
    }

    fn whoever_made_something_is_told_where_it_is_also_after_their_role_has_ended(server) {
        let orderer = server.sign_in(story::ORDERER);
        let body = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        let order = || under_a_key(&orderer, "/v1/orders", &body);
        let first = order().expect(201);
        // What somebody is trusted with besides takes nothing away.
        let more = json!({
            "person_id": region::person(story::ORDERER), "role": "network_member",
            "node_id": region::node(story::UNIT), "from": server.app.clock.now().day(),
        });
        server.sign_in(ADMINISTRATOR).post("/v1/grants", more).expect(201);
        assert!(is_replayed(&order().expect(201)));
        end_roles(server, story::ORDERER);
        let told = order().expect(409);
        assert_eq!((told.code(), told.header("location")), ("already_done", first.header("location")));
        assert!(!told.text.contains("Puheenvuoro"));
    }

    fn a_support_person_is_told_nothing_again_that_the_expert_has_taken_back(server) {
        let aino = server.sign_in(&expert_email(1));
        let path = format!("/v1/experts/{}", region::experts::expert(1));
        let helper = "tukihenkilo@lappi.example";
        let powers = json!({ "person": region::person(helper), "powers": ["profile"] });
        aino.post(&format!("{path}/delegations"), powers).expect(200);
        let helper_here = server.sign_in(helper);
        let say = || under_a_key(&helper_here, &format!("{path}/availability"), &json!({ "availability": "not_now" }));
        say().expect(200);
        assert!(is_replayed(&say().expect(200)));
        let taken = json!({ "person": region::person(helper) });
        aino.post(&format!("{path}/delegations/withdraw"), taken).expect(200);
        assert_eq!(say().expect(409).code(), "already_done");
    }

    fn what_an_agreement_said_of_needs_is_not_told_again_once_they_are_withdrawn(server) {
        let brokering = story::brokering(server, 1);
        let offer = story::offers(server, &brokering, &[1], "parallel")[0];
        let expert = server.sign_in(&expert_email(1));
        let profile = format!("/v1/experts/{}", region::experts::expert(1));
        let needs = json!({ "adjustments": ["step_free", "breaks"], "consent": true });
        expert.post(&format!("{profile}/needs"), needs).expect(200);
        story::accept(&expert, offer);
        let task = story::agreed(Asked { brokering, expert, offer });
        story::fill_in(&task);
        let revision = task.orderer().get(&task.agreement("")).expect(200).body["revision"].clone();
        let confirm = || under_a_key(task.orderer(), &task.agreement("/confirm"), &json!({ "revision": revision }));
        let first = confirm().expect(200);
        assert_eq!(first.body["content"]["support"]["adjustments"].as_array().map(Vec::len), Some(2));
        let again = confirm().expect(200);
        assert!(is_replayed(&again) && again.text == first.text, "nothing has changed");
        task.expert().post(&format!("{profile}/needs/withdraw"), Value::Null).expect(200);
        let seen = task.orderer().get(&task.agreement("")).expect(200);
        assert_eq!(seen.body["content"]["support"]["adjustments"], json!([]));
        let told = confirm().expect(409);
        assert_eq!((told.code(), is_replayed(&told)), ("already_done", false));
    }

    fn whoever_enrolled_an_expert_is_not_told_again_what_they_have_taken_back(server) {
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let ngo = region::node("Kokemuspolku ry");
        let form = json!({
            "person": region::person("kouluttaja@kokemuspolku.example"), "node": ngo,
            "profile": {
                "titles": ["expert_by_experience"], "perspective": "own", "languages": ["fi"], "areas": ["21"], "modes": ["on_site"],
                "background": [{ "organisation": ngo }],
            },
            "themes": [{ "theme": "grief", "visibility": ["bank_search"] }],
            "recorded_consent": { "text": "Minut saa lisätä.", "channel": "phone", "day": "2026-11-01" },
        });
        let enrol = || under_a_key(&broker, "/v1/experts", &form);
        let first = enrol().expect(201);
        assert_eq!(first.body["themes"], json!(["grief"]));
        assert!(is_replayed(&enrol().expect(201)));
        let place = first.header("location").to_owned();
        let expert = server.sign_in("kouluttaja@kokemuspolku.example");
        expert.post(&format!("{place}/availability"), json!({ "availability": "not_now" })).expect(200);
        assert!(is_replayed(&enrol().expect(201)), "nothing was taken back");
        expert.post(&format!("{place}/consents/withdraw"), json!({ "theme": "grief" })).expect(200);
        let told = enrol().expect(409);
        assert_eq!((told.code(), told.header("location")), ("already_done", place.as_str()));
        expert.post(&format!("{place}/leave"), Value::Null).expect(200);
        broker.get(&place).expect(404);
        assert!(!enrol().expect(409).text.contains("grief"));
    }

    fn what_was_brokered_is_not_told_again_to_whoever_has_handed_it_over(server) {
        let story = story::brokering(server, 1);
        let order = format!("/v1/orders/{}", story.order);
        let to = json!({ "organisation_id": region::node("Kokemuspolku ry") });
        story.liaison.post(&format!("{order}/hand-over"), to).expect(200);
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let take = || under_a_key(&broker, &format!("{order}/take"), &Value::Null);
        take().expect(200);
        assert!(is_replayed(&take().expect(200)));
        let back = json!({ "liaison_id": region::person(story::LIAISON) });
        broker.post(&format!("{order}/hand-over"), back).expect(200);
        broker.get(&order).expect(404);
        assert_eq!(take().expect(409).code(), "already_done");
    }

    fn where_somebody_lives_is_not_told_again_to_whoever_served_them_once_they_have_left(server) {
        let aino = server.sign_in(&expert_email(1));
        let person = format!("/v1/people/{}", region::person(&expert_email(1)));
        aino.patch(&person, json!({ "channel": "post", "address": "Keksittykuja 7, 99999 Keksilä" })).expect(200);
        let keskus = server.sign_in("keskus@lappi.example");
        let role = json!({
            "person_id": region::person(&expert_email(1)), "role": "network_member",
            "node_id": region::node("Kokemuspolku ry"), "from": "2026-01-01",
        });
        keskus.post("/v1/grants", role).expect(201);
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let letter = broker.items("/v1/letters").remove(0);
        let sent = format!("/v1/letters/{}/sent", letter["id"].as_str().expect("an id"));
        let send = || under_a_key(&broker, &sent, &Value::Null);
        assert!(send().expect(200).text.contains("Keksittykuja"));
        assert!(is_replayed(&send().expect(200)));
        aino.post(&format!("/v1/experts/{}/leave", region::experts::expert(1)), Value::Null).expect(200);
        let again = send().expect(409);
        assert_eq!(again.code(), "already_done");
        assert!(!again.text.contains("Keksittykuja"));
    }

    fn what_was_cleared_for_quoting_is_not_told_again_once_it_may_not_be_quoted(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let orderer = server.sign_in(story::ORDERER);
        let place = format!("/v1/assignments/{task}/feedback/orderer");
        let mut form = feedback::orderers(&orderer);
        let given = orderer.put(&place, form.clone()).expect(201);
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let path = format!("/v1/feedback/{}/clear-quote", given.id());
        let clear = || under_a_key(&coordinator, &path, &json!({ "question": "change", "text": "Kysymme ensin." }));
        clear().expect(200);
        assert!(is_replayed(&clear().expect(200)));
        form["may_quote"] = json!(false);
        orderer.put(&place, form).expect(200);
        let again = clear().expect(409);
        assert!(!again.text.contains("Kysymme"));
    }

    fn a_card_is_shown_as_it_is_now_whatever_key_comes_along(server) {
        let story = story::brokering(server, 1);
        let look = || {
            let path = format!("/v1/bank/cards/{}?order={}", story::card(1), story.order);
            story.liaison.call("GET", &path, &[("idempotency-key", "the-same")], None)
        };
        assert!(!is_replayed(&look().expect(200)) && !is_replayed(&look().expect(200)));
        let aino = server.sign_in(&expert_email(1));
        let seen = aino.get(&format!("/v1/experts/{}/lookups", region::experts::expert(1))).expect(200);
        assert_eq!(seen.count(), 2, "each look is on record");
        aino.post(&format!("/v1/experts/{}/leave", region::experts::expert(1)), Value::Null).expect(200);
        look().expect(404);
    }
}

/// Whatever somebody was answered about experts, once those have left, it is told to nobody again.
#[test]
fn no_answer_tells_again_of_those_who_have_left() {
    let world = World::of(Kind::Sqlite);
    let posts: Vec<Try> =
        world.all_tries().into_iter().filter(|one| one.operation.method == "POST").collect();
    let told = for_everyone(|persona| {
        let server = world.copy();
        let person = world.caller(&server, persona);
        let call = |one: &Try| {
            let body = world.body(one.operation);
            let kind = one.operation.kind.clone().unwrap_or_default();
            let mut headers = vec![("idempotency-key", "one-for-all")];
            headers.extend(body.is_some().then_some(("content-type", kind.as_str())));
            person.send("POST", &one.path, &headers, body)
        };
        let telling: Vec<&Try> = posts
            .iter()
            .filter(|one| {
                let answer = call(one);
                answer.status < 300 && tells_of_health(&answer.body, "")
            })
            .collect();
        server.app.database.write(all_leave).expect("they leave");
        for one in &telling {
            let answer = call(one);
            let tells = is_replayed(&answer) && tells_of_health(&answer.body, "");
            assert!(
                !tells,
                "{} {} {}: {}",
                persona.name, one.operation.name, one.which, answer.text
            );
        }
        telling.iter().map(|one| one.operation.name.clone()).collect::<BTreeSet<_>>()
    });
    let all: BTreeSet<String> = told.into_iter().flatten().collect();
    assert!(all.len() >= 4, "{all:?}");
}

/// Whether there is a theme, an adjustment or what an expert tells of themself in it, but for what is only asked for.
fn tells_of_health(value: &Value, at: &str) -> bool {
    const TOLD: [&str; 6] =
        ["themes", "adjustments", "skills", "introduction", "needs", "service_experience"];
    match value {
        Value::Object(fields) => fields.iter().any(|(name, field)| {
            let asked = ["criteria", "experience", "required", "wished", "form", "description"]
                .contains(&name.as_str());
            !asked && tells_of_health(field, name)
        }),
        Value::Array(items) => items.iter().any(|item| tells_of_health(item, at)),
        Value::String(_) => TOLD.contains(&at),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn all_leave(session: &mut persistence::Session<'_>) -> persistence::Result<()> {
    for number in 1..=40 {
        let Ok(expert) = persistence::experts::find(session, region::experts::expert(number))
        else {
            continue;
        };
        let left = expert.thing.clone().leave(expert.enrolled_at);
        persistence::experts::save(session, &expert, left)?;
    }
    Ok(())
}

/// Only a POST has a key: whatever else is sent again is answered as things are then.
#[test]
fn a_key_has_no_effect_on_anything_but_a_post() {
    let world = World::of(Kind::Sqlite);
    let others: Vec<Try> =
        world.all_tries().into_iter().filter(|one| one.operation.method != "POST").collect();
    let done = for_everyone(|persona| {
        let server = world.copy();
        let person = world.caller(&server, persona);
        let mut done: BTreeMap<&str, usize> = BTreeMap::new();
        for one in &others {
            let method = one.operation.method.as_str();
            let there = if method == "GET" { None } else { Some(person.get(&one.path)) };
            let tag = there.as_ref().map(Answer::tag).unwrap_or_default();
            let call = || {
                let body = world.body(one.operation);
                let kind = one.operation.kind.clone().unwrap_or_default();
                let mut headers = vec![("idempotency-key", "one-for-all")];
                headers.extend(body.is_some().then_some(("content-type", kind.as_str())));
                match &there {
                    None => {}
                    Some(there) if there.status == 200 => headers.push(("if-match", &tag)),
                    Some(_) => headers.push(("if-none-match", "*")),
                }
                person.send(method, &one.path, &headers, body)
            };
            for answer in [call(), call()] {
                let told = (persona.name, &one.operation.name, &one.which);
                assert!(!is_replayed(&answer), "{told:?}");
                assert_ne!(answer.status, 422, "{told:?}");
                if answer.status < 300 {
                    *done.entry(method).or_default() += 1;
                }
            }
        }
        done
    });
    for method in ["GET", "PATCH", "PUT"] {
        let times: usize = done.iter().filter_map(|done| done.get(method)).sum();
        assert!(times > 0, "somebody did what is done by {method}");
    }
}
