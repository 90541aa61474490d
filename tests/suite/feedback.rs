//! What each side says of a task.

use acceptance::{
    Person, on_both_databases,
    year::{self, Done},
};
use api::region;
use domain::{
    policy::{Reach, Scope},
    supervision::SessionKind,
};
use persistence::{Page, supervision_sessions};
use serde_json::{Value, json};

fn set(person: &Person<'_>, side: &str) -> Value {
    person.get(&format!("/v1/question-sets?side={side}&state=published")).expect(200).body["items"]
        [0]["id"]
        .clone()
}

fn orderers(person: &Person<'_>) -> Value {
    json!({
        "question_set": set(person, "orderer"),
        "answers": { "matched_need": 5, "again": true, "change": "Kysymme ensin, Tiina lupasi." },
        "may_quote": true,
    })
}

fn experts(person: &Person<'_>, answers: Value) -> Value {
    json!({ "question_set": set(person, "expert"), "answers": answers, "may_quote": false })
}

on_both_databases! {
    fn each_side_answers_once_and_may_change_its_answers(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let path = format!("/v1/assignments/{task}/feedback");
        let expert = server.sign_in(&region::expert_email(1));
        let mine = format!("{path}/expert");
        let form = experts(&expert, json!({ "respect": 5, "oral_feedback": true }));
        let first = expert.put(&mine, form.clone()).expect(201);
        assert_eq!(first.header("location"), mine);
        let again = [("if-none-match", "*")];
        assert_eq!(expert.call("PUT", &mine, &again, Some(form)).expect(412).code(), "precondition_failed");
        let changed = expert.put(&mine, experts(&expert, json!({ "respect": 2 }))).expect(200);
        assert_eq!(changed.body["form"]["answers"], json!({ "respect": 2 }));

        let orderer = server.sign_in(acceptance::story::ORDERER);
        orderer.put(&format!("{path}/orderer"), orderers(&orderer)).expect(201);
        let seen = expert.get(&path).expect(200);
        assert_eq!(seen.body["changes"], json!(["Kysymme ensin, Tiina lupasi."]));
        assert_eq!((&seen.body["sides"][0]["given"], &seen.body["sides"][0]["feedback"]), (&json!(true), &Value::Null));
        assert_eq!(seen.body["sides"][1]["feedback"]["form"]["answers"]["respect"], 2);
        expert.get(&format!("{path}/orderer")).expect(403);
    }

    fn answers_that_do_not_fit_are_refused_with_all_their_faults(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let expert = server.sign_in(&region::expert_email(1));
        let path = format!("/v1/assignments/{task}/feedback/expert");
        let wrong = experts(&expert, json!({ "respect": "well", "oral_feedback": 3, "weather": 1 }));
        let refused = expert.put(&path, wrong).expect(400);
        let faults: Vec<_> = refused.faults().into_iter().map(|(place, code)| format!("{place} {code}")).collect();
        assert_eq!(faults, [
            "#/answers/weather no_such_question",
            "#/answers/respect not_on_the_scale",
            "#/answers/oral_feedback not_yes_or_no",
        ]);
        let other = json!({ "question_set": set(&expert, "orderer"), "answers": {}, "may_quote": false });
        assert_eq!(expert.put(&path, other).expect(400).faults()[0].1, "wrong_side");
        expert.put(&format!("/v1/assignments/{task}/feedback/audience"), json!({})).expect(400);
    }

    fn nobody_speaks_for_the_other_side(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let path = format!("/v1/assignments/{task}/feedback");
        let orderer = server.sign_in(acceptance::story::ORDERER);
        orderer.put(&format!("{path}/expert"), experts(&orderer, json!({}))).expect(403);
        let expert = server.sign_in(&region::expert_email(1));
        expert.put(&format!("{path}/orderer"), orderers(&expert)).expect(403);
        let another = server.sign_in(&region::expert_email(2));
        another.get(&path).expect(404);
        another.put(&format!("{path}/expert"), experts(&another, json!({}))).expect(404);
        server.sign_in("tilaaja@satakunta.example").get(&path).expect(404);
    }

    fn a_wish_to_talk_the_task_through_becomes_a_request_and_no_answer(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let path = format!("/v1/assignments/{task}/feedback/expert");
        let expert = server.sign_in(&region::expert_email(1));
        let form = experts(&expert, json!({ "debrief": true, "safe": 1 }));
        let given = expert.put(&path, form.clone()).expect(201);
        assert_eq!(given.body["form"]["answers"], json!({ "safe": 1 }));
        expert.put(&path, form).expect(200);
        let own = Scope(vec![Reach::Own(region::person(&region::expert_email(1)))]);
        let page = Page { after: None, limit: 10 };
        let waiting = server
            .app
            .database
            .read(|session| supervision_sessions::list(session, &own, Some("requested"), page))
            .unwrap_or_else(|error: persistence::Error| panic!("{error}"));
        assert_eq!(waiting.len(), 1);
        assert_eq!((waiting[0].kind, waiting[0].assignment), (SessionKind::Debrief, Some(task)));
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        assert!(!coordinator.get("/v1/feedback").expect(200).text.contains("debrief"));
    }

    fn missing_feedback_is_listed_for_those_it_concerns(server) {
        let tasks = year::done(server, &[Done::by(1), Done::by(2)]);
        let first = server.sign_in(&region::expert_email(1));
        let orderer = server.sign_in(acceptance::story::ORDERER);
        let missing = |person: &Person<'_>, side: &str| {
            person.get(&format!("/v1/feedback/missing{side}")).expect(200).count()
        };
        assert_eq!((missing(&first, ""), missing(&orderer, "")), (1, 2));
        first.put(&format!("/v1/assignments/{}/feedback/expert", tasks[0]), experts(&first, json!({}))).expect(201);
        assert_eq!((missing(&first, "?side=expert"), missing(&first, "?side=orderer")), (0, 1));
        assert_eq!((missing(&orderer, "?side=expert"), missing(&orderer, "?side=orderer")), (1, 2));
        let sides = first.get("/v1/feedback/missing").expect(200).body["items"][0]["sides"].clone();
        assert_eq!(sides, json!(["orderer"]));
        assert_eq!(missing(&server.sign_in("tilaaja@satakunta.example"), ""), 0);
    }

    fn the_coordinator_clears_words_for_quoting(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let orderer = server.sign_in(acceptance::story::ORDERER);
        let given = orderer.put(&format!("/v1/assignments/{task}/feedback/orderer"), orderers(&orderer)).expect(201);
        let clear = format!("/v1/feedback/{}/clear-quote", given.id());
        let quote = json!({ "question": "change", "text": "Kysymme ensin." });
        let coordinator = server.sign_in("koordinaattori@lappi.example");
        let cleared = coordinator.post(&clear, quote.clone()).expect(200);
        assert_eq!(cleared.body["quotes"], json!([quote]));
        let wrong = json!({ "question": "again", "text": "Kyllä." });
        assert_eq!(coordinator.post(&clear, wrong).expect(400).faults()[0].1, "not_answered_in_words");
        assert_eq!(coordinator.get("/v1/feedback?changes=true").expect(200).count(), 1);
        assert_eq!(coordinator.get("/v1/feedback?side=expert").expect(200).count(), 0);
        orderer.post(&clear, quote.clone()).expect(404);

        let expert = server.sign_in(&region::expert_email(1));
        let form = experts(&expert, json!({ "suggestions": "Enemmän aikaa." }));
        let given = expert.put(&format!("/v1/assignments/{task}/feedback/expert"), form).expect(201);
        let quote = json!({ "question": "suggestions", "text": "Enemmän aikaa." });
        let refused = coordinator.post(&format!("/v1/feedback/{}/clear-quote", given.id()), quote).expect(409);
        assert_eq!(refused.code(), "quote_not_permitted");
    }

    fn the_feedback_of_one_area_is_not_seen_in_another(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let orderer = server.sign_in(acceptance::story::ORDERER);
        orderer.put(&format!("/v1/assignments/{task}/feedback/orderer"), orderers(&orderer)).expect(201);
        let here = server.sign_in("koordinaattori@lappi.example");
        let there = server.sign_in("koordinaattori@satakunta.example");
        let count = |person: &Person<'_>| person.get("/v1/feedback").expect(200).count();
        assert_eq!((count(&here), count(&there), count(&orderer)), (1, 0, 0));
    }

    fn the_audience_is_heard_in_counts(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let orderer = server.sign_in(acceptance::story::ORDERER);
        let path = format!("/v1/assignments/{task}/audience-feedback");
        let form = |yes: u32| json!({
            "question_set": set(&orderer, "audience"), "respondents": 20,
            "counts": [{ "question": "hope", "answer": "yes", "count": yes }, { "question": "hope", "answer": "no", "count": 5 }],
        });
        assert_eq!(orderer.post(&path, form(16)).expect(400).faults()[0].1, "more_than_respondents");
        orderer.post(&path, form(15)).expect(201);
        assert_eq!(orderer.post(&path, form(15)).expect(409).code(), "exists");
        let seen = orderer.get(&format!("/v1/assignments/{task}/feedback")).expect(200);
        assert_eq!(seen.body["audience"]["respondents"], 20);
        server.sign_in(&region::expert_email(1)).post(&path, form(15)).expect(403);
    }
}
