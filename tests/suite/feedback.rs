//! What each side says of a task.

use acceptance::{
    Person, Server, on_both_databases,
    year::{self, Done},
};
use api::region;
use domain::{
    assignment::AssignmentId,
    policy::{Reach, Scope},
    supervision::SessionKind,
};
use persistence::{Page, supervision_sessions};
use serde_json::{Value, json};

const COORDINATOR: &str = "koordinaattori@lappi.example";

fn set(person: &Person<'_>, side: &str) -> Value {
    person.get(&format!("/v1/question-sets?side={side}&state=published")).expect(200).body["items"]
        [0]["id"]
        .clone()
}

/// What a unit says of a task, and lets be quoted.
pub(crate) fn orderers(person: &Person<'_>) -> Value {
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

    fn whoever_permitted_quoting_takes_it_back_after_the_unit_has_closed_the_task(server) {
        let task = closed(server, 1);
        year::pass(server);
        let (expert, coordinator) = (server.sign_in(&region::expert_email(1)), server.sign_in(COORDINATOR));
        let path = format!("/v1/assignments/{task}/feedback/expert");
        let (cleared, compilation) = quoted(server, task);
        coordinator.post(&format!("{compilation}/freeze"), Value::Null).expect(200);
        let given = expert.get(&path).expect(200).body["form"].clone();
        let mut other = given.clone();
        other["answers"]["respect"] = json!(1);
        assert_eq!(expert.put(&path, other.clone()).expect(409).code(), "feedback_closed");
        other["may_quote"] = json!(false);
        assert_eq!(expert.put(&path, other).expect(409).code(), "feedback_closed");

        let mut silent = given.clone();
        silent["may_quote"] = json!(false);
        let taken = expert.put(&path, silent.clone()).expect(200);
        assert_eq!((&taken.body["form"], &taken.body["quotes"]), (&silent, &json!([])));
        assert_eq!(expert.put(&path, given).expect(409).code(), "feedback_closed");
        let quote = json!({ "question": "suggestions", "text": "Lisää aikaa." });
        assert_eq!(coordinator.post(&cleared, quote).expect(409).code(), "quote_not_permitted");
        let published = coordinator.post(&format!("{compilation}/publish"), Value::Null).expect(200);
        assert!(!published.text.contains("Lisää aikaa."), "{}", published.text);
        assert!(!coordinator.get(&format!("{compilation}/page")).expect(200).text.contains("Lisää aikaa."));
    }

    fn words_that_are_cleared_anew_leave_no_older_ones_in_what_is_not_published(server) {
        let task = closed(server, 1);
        year::pass(server);
        let (expert, coordinator) = (server.sign_in(&region::expert_email(1)), server.sign_in(COORDINATOR));
        let (clear, draft) = quoted(server, task);
        let quotes = || coordinator.get(&draft).expect(200).body["content"]["quotes"].clone();
        let text = |text: &str| json!([{ "side": "expert", "question": "suggestions", "text": text }]);
        let reword = |text: &str| coordinator.post(&clear, json!({ "question": "suggestions", "text": text })).expect(200);
        reword("Lisää aikaa, kiitos.");
        assert_eq!(quotes(), text("Lisää aikaa, kiitos."));
        coordinator.post(&format!("{draft}/freeze"), Value::Null).expect(200);
        reword("Enemmän aikaa.");
        assert_eq!(quotes(), json!([]), "what is frozen gets no new words");

        let path = format!("/v1/assignments/{task}/feedback/expert");
        let mut silent = expert.get(&path).expect(200).body["form"].clone();
        silent["may_quote"] = json!(false);
        expert.put(&path, silent).expect(200);
        let published = coordinator.post(&format!("{draft}/publish"), Value::Null).expect(200);
        assert!(!published.text.contains("aikaa"), "{}", published.text);
    }

    fn whoever_leaves_the_bank_is_quoted_no_more_but_in_what_is_published(server) {
        let (published, kept) = (closed(server, 1), closed(server, 2));
        year::pass(server);
        let (_, first) = quoted(server, published);
        let coordinator = server.sign_in(COORDINATOR);
        for action in ["freeze", "publish"] {
            coordinator.post(&format!("{first}/{action}"), Value::Null).expect(200);
        }
        let (_, second) = quoted(server, kept);
        let quotes = |compilation: &str| coordinator.get(compilation).expect(200).body["content"]["quotes"].as_array().map(Vec::len);
        assert_eq!((quotes(&first), quotes(&second)), (Some(1), Some(2)));
        for number in [1, 2] {
            let leave = format!("/v1/experts/{}/leave", region::experts::expert(number));
            server.sign_in(&region::expert_email(number)).post(&leave, Value::Null).expect(200);
        }
        assert_eq!((quotes(&first), quotes(&second)), (Some(1), Some(0)));
        let all = coordinator.get("/v1/feedback?side=expert").expect(200);
        for given in all.body["items"].as_array().expect("items") {
            assert_eq!((&given["form"]["may_quote"], &given["quotes"]), (&json!(false), &json!([])));
        }
        assert_eq!(all.count(), 2);
    }

    fn a_wish_to_talk_goes_to_the_organisation_that_supports_the_expert_now(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let expert = server.sign_in(&region::expert_email(1));
        let now = json!({ "background": [{ "organisation": region::node("Tunturin Tuki ry") }] });
        expert.patch(&format!("/v1/experts/{}", region::experts::expert(1)), now).expect(200);
        expert.put(&format!("/v1/assignments/{task}/feedback/expert"), experts(&expert, json!({ "debrief": true }))).expect(201);
        let waiting = expert.items("/v1/supervision-sessions?state=requested");
        let path = format!("/v1/supervision-sessions/{}", waiting[0]["id"].as_str().expect("an id"));
        let told = |email: &str| {
            let broker = server.sign_in(email);
            (broker.told(&path).len(), broker.get(&path).status)
        };
        assert_eq!(told("valittaja@tunturintuki.example"), (1, 200));
        assert_eq!(told("valittaja@kokemuspolku.example"), (0, 404));
    }

    fn invariant_11_what_fewer_than_five_said_is_for_the_unit_alone_which_puts_it_right(server) {
        let task = year::done(server, &[Done::by(1)])[0];
        let orderer = server.sign_in(acceptance::story::ORDERER);
        let path = format!("/v1/assignments/{task}/audience-feedback");
        let form = |respondents: u32| json!({
            "question_set": set(&orderer, "audience"), "respondents": respondents,
            "counts": [{ "question": "hope", "answer": "no", "count": 1 }],
        });
        let others = [region::expert_email(1), "keskus@lappi.example".to_owned(), "yhteys@lappi.example".to_owned(), COORDINATOR.to_owned()];
        let told = |email: &str| {
            let seen = server.sign_in(email).get(&format!("/v1/assignments/{task}/feedback"));
            (seen.status == 200).then(|| (seen.body["audience"].clone(), seen.body["few_heard"].clone()))
        };
        assert_eq!(told(acceptance::story::ORDERER), Some((Value::Null, json!(false))));
        orderer.get(&path).expect(404);
        let entered = orderer.post(&path, form(1)).expect(201);
        assert_eq!(entered.header("location"), path);
        for email in &others {
            assert_eq!(told(email), Some((Value::Null, json!(true))), "{email}");
            server.sign_in(email).get(&path).expect(if email == COORDINATOR || email.starts_with("keskus") { 404 } else { 403 });
        }
        assert_eq!(told(acceptance::story::ORDERER), Some((form(1), json!(false))));

        let no_version = orderer.call("PUT", &path, &[], Some(form(12)));
        assert_eq!(no_version.expect(428).code(), "precondition_required");
        server.sign_in(&region::expert_email(1)).call("PUT", &path, &[("if-match", "*")], Some(form(12))).expect(403);
        let right = orderer.put(&path, form(12)).expect(200);
        assert_eq!(right.body["form"], form(12));
        assert_eq!(orderer.call("PUT", &path, &[("if-match", &entered.tag())], Some(form(13))).expect(412).code(), "precondition_failed");
        for email in &others {
            assert_eq!(told(email), Some((form(12), json!(false))), "{email}");
        }
        let late = form(13);
        year::pass(server);
        let coordinator = server.sign_in(COORDINATOR);
        let compilation = compiled(&coordinator, server);
        coordinator.post(&format!("{compilation}/freeze"), Value::Null).expect(200);
        let orderer = server.sign_in(acceptance::story::ORDERER);
        assert_eq!(orderer.put(&path, late).expect(409).code(), "compilation_frozen");
    }
}

/// A task that the expert has done and that the unit has closed.
fn closed(server: &Server, number: usize) -> AssignmentId {
    let task = year::done(server, &[Done::by(number)])[0];
    let expert = server.sign_in(&region::expert_email(number));
    let mut form = experts(&expert, json!({ "respect": 5, "suggestions": "Lisää aikaa." }));
    form["may_quote"] = json!(true);
    expert.put(&format!("/v1/assignments/{task}/feedback/expert"), form).expect(201);
    let orderer = server.sign_in(acceptance::story::ORDERER);
    orderer.post(&format!("/v1/assignments/{task}/close"), Value::Null).expect(200);
    task
}

/// The draft of last year, with what the expert said of the task cleared for quoting; and where it is cleared.
fn quoted(server: &Server, task: AssignmentId) -> (String, String) {
    let coordinator = server.sign_in(COORDINATOR);
    let given = coordinator.get(&format!("/v1/assignments/{task}/feedback/expert")).expect(200);
    let clear = format!("/v1/feedback/{}/clear-quote", given.id());
    let quote = json!({ "question": "suggestions", "text": "Lisää aikaa." });
    coordinator.post(&clear, quote).expect(200);
    let draft = compiled(&coordinator, server);
    let text = coordinator.get(&draft).expect(200).text;
    assert!(text.contains("Lisää aikaa."), "{text}");
    (clear, draft)
}

/// The draft of last year.
fn compiled(coordinator: &Person<'_>, server: &Server) -> String {
    let year = server.app.clock.now().day().year() - 1;
    let body = json!({ "area_id": region::node("Lapin hyvinvointialue"), "year": year });
    format!("/v1/compilations/{}", coordinator.post("/v1/compilations", body).expect(201).id())
}
