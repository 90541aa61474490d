//! The yearly compilation, from a draft to the open data.

use acceptance::{
    Answer, Server, on_both_databases, story,
    year::{self, Done},
};
use api::region;
use chrono::TimeDelta;
use domain::compilation::Facts;
use persistence::{
    figures::{self, Span},
    nodes,
};
use serde_json::{Value, json};

use crate::payroll::many_performed;

const COORDINATOR: &str = "koordinaattori@lappi.example";

/// Thirteen tasks by as many experts: ten of one purpose, three of another.
fn tasks() -> Vec<Done> {
    let purpose = |expert| if expert <= 10 { "staff_competence" } else { "service_development" };
    (1..=13).map(|expert| Done { purpose: purpose(expert), ..Done::by(expert) }).collect()
}

fn year(server: &Server) -> i32 {
    server.app.clock.now().day().year()
}

fn compiled(server: &Server) -> Answer {
    compiled_of(server, year(server))
}

fn compiled_of(server: &Server, year: i32) -> Answer {
    let coordinator = server.sign_in(COORDINATOR);
    let body = json!({ "area_id": region::node("Lapin hyvinvointialue"), "year": year });
    coordinator.post("/v1/compilations", body).expect(201)
}

/// What is compiled of the year once it is over, so that it can be frozen.
fn compiled_whole(server: &Server) -> Answer {
    year::pass(server);
    compiled_of(server, year(server) - 1)
}

/// What the compilation of a year is made from.
fn facts(server: &Server, year: i32) -> Facts {
    let area = region::node("Lapin hyvinvointialue");
    let span = Span::year(year).expect("a year");
    let facts = server.app.database.read(|session| {
        let path = nodes::path(session, area)?;
        figures::facts(session, &path, span)
    });
    facts.expect("it can be read")
}

fn table<'a>(compilation: &'a Value, name: &str) -> &'a Value {
    let tables = compilation["content"]["tables"].as_array().expect("tables");
    tables
        .iter()
        .find(|table| table["name"] == name)
        .unwrap_or_else(|| panic!("{name} in {compilation}"))
}

on_both_databases! {
    fn invariant_11_small_figures_are_hidden_with_those_they_could_be_subtracted_from(server) {
        year::done(server, &tasks());
        let compilation = compiled(server).body;
        let purposes = table(&compilation, "orders_by_purpose");
        assert_eq!(purposes["total"], 13);
        for row in purposes["rows"].as_array().expect("rows") {
            assert_eq!(row["count"], Value::Null, "three are hidden, and ten with them: {purposes}");
        }
        assert_eq!(table(&compilation, "orders_by_task_type")["rows"][0]["count"], 13);
        assert_eq!(table(&compilation, "assignments_by_state")["rows"][0], json!({ "code": "performed", "count": 13 }));
        let times = compilation["content"]["lead_times"][0].clone();
        assert_eq!(times, json!({ "step": "order_to_match", "at_least": 10, "median_days": 6, "p90_days": 6 }));
    }

    fn what_was_approved_and_how_soon_it_was_paid_is_compiled_from_the_chain(server) {
        let tasks = many_performed(server, 6);
        let hr = server.machine("HR Lappi");
        let pay = |form: &Answer, date: &str| {
            let path = format!("/v1/payroll/packages/{}", form.id());
            let sum = hr.get(&path).expect(200).body["approved"]["sums"]["total"].clone();
            hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P" })).expect(200);
            hr.post(&format!("{path}/pay"), json!({ "date": date, "amount": sum, "reference": "M" })).expect(200);
        };
        // The task was on the 15th. It is the day of the payment that counts, and not that of its report.
        let forms: Vec<Answer> = tasks.iter().map(story::approved).collect();
        for (form, date) in forms.iter().zip(["2027-01-18", "2027-01-19", "2027-01-20", "2027-01-29", "2027-02-15", "2027-02-16"]) {
            pay(form, date);
        }
        let step = |compilation: &Value, name: &str| {
            let steps = compilation["content"]["lead_times"].as_array().expect("steps").clone();
            steps.into_iter().find(|step| step["step"] == name).expect("the step")
        };
        let sums = |compilation: &Value| {
            let tables = compilation["content"]["sums"].as_array().expect("sums").clone();
            tables.into_iter().find(|table| table["name"] == "approved_by_kind").expect("the table")
        };
        let compilation = compiled(server);
        let times = json!({ "step": "task_to_payment", "at_least": 5, "median_days": 5 });
        assert_eq!(step(&compilation.body, "task_to_payment"), times);
        // Two hours at 40 euros each, six times.
        let table = sums(&compilation.body);
        assert_eq!(table["total"]["cents"], 48_000, "{table}");
        assert_eq!(table["rows"][0], json!({ "code": "fees", "sum": { "cents": 48_000, "currency": "EUR" } }));

        // A correction takes the sum of what it replaces, and does not make the first payment late.
        let correction = json!({ "corrects": { "fee_form": forms[0].body["id"], "mode": "void" } });
        let void = tasks[0].expert().post(&tasks[0].assignment("/fee-forms"), correction).expect(201);
        let own = format!("/v1/fee-forms/{}", void.id());
        tasks[0].expert().patch(&own, json!({ "declared": true })).expect(200);
        tasks[0].expert().post(&format!("{own}/submit"), json!(null)).expect(200);
        let orderer = tasks[0].orderer();
        orderer.post(&format!("{own}/check"), json!({})).expect(200);
        orderer.post(&format!("{own}/approve"), json!({ "cost_centres": forms[0].body["cost_centres"] })).expect(200);
        let again = server.sign_in(COORDINATOR).post(&format!("/v1/compilations/{}/compile", compilation.id()), json!(null)).expect(200);
        assert_eq!(sums(&again.body)["total"]["cents"], 40_000);
        assert_eq!(step(&again.body, "task_to_payment"), times);
    }

    fn a_fee_counts_once_it_is_approved_and_not_while_it_is_checked_or_returned(server) {
        let task = story::performed(server);
        let path = format!("/v1/fee-forms/{}", story::fee_checked(&task).id());
        let fees = || facts(server, 2027).fees.iter().map(|fee| fee.fee.cents).collect::<Vec<_>>();
        assert_eq!(fees(), [0_i64; 0], "only checked");
        task.orderer().post(&format!("{path}/return"), json!({ "reason": "Tunnit?" })).expect(200);
        assert_eq!(fees(), [0_i64; 0], "returned");
        task.expert().patch(&path, json!({ "declared": true })).expect(200);
        task.expert().post(&format!("{path}/submit"), json!(null)).expect(200);
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        let form = task.orderer().post(&format!("{path}/approve"), centres).expect(200);
        assert_eq!(fees(), [8000]);
        let (hr, package) = (server.machine("HR Lappi"), format!("/v1/payroll/packages/{}", form.id()));
        hr.post(&format!("{package}/acknowledge"), json!({ "reference": "P" })).expect(200);
        let payment = json!({ "date": "2027-01-20", "amount": form.body["approved"]["sums"]["total"], "reference": "M" });
        hr.post(&format!("{package}/pay"), payment).expect(200);
        let void = json!({ "corrects": { "fee_form": form.body["id"], "mode": "void" } });
        let void = format!("/v1/fee-forms/{}", task.expert().post(&task.assignment("/fee-forms"), void).expect(201).id());
        task.expert().patch(&void, json!({ "declared": true })).expect(200);
        task.expert().post(&format!("{void}/submit"), json!(null)).expect(200);
        task.orderer().post(&format!("{void}/check"), json!({})).expect(200);
        assert_eq!(fees(), [8000], "a correction that is only checked takes nothing away");
    }

    fn a_task_is_of_the_year_in_which_it_was_done_however_far_from_when_it_was_agreed_to_be(server) {
        let mut task = story::confirmed(server);
        task.orderer().post(&task.assignment("/deliver"), json!({})).expect(201);
        story::after_the_task(server, &mut task);
        let tasks = |year| facts(server, year).assignments.len();
        assert_eq!((tasks(2026), tasks(2027)), (0, 1), "as it was agreed");
        let done = json!({ "date": "2026-11-25", "minutes": 120 });
        task.orderer().post(&task.assignment("/perform"), done).expect(200);
        assert_eq!((tasks(2026), tasks(2027)), (1, 0));
        let performed = facts(server, 2026).assignments[0].performed;
        assert_eq!(performed.map(|at| at.day().to_string()), Some("2026-11-25".to_owned()));
    }

    fn the_answers_of_few_are_told_as_an_average_or_not_at_all(server) {
        let done = year::done(server, &tasks());
        let coordinator = server.sign_in(COORDINATOR);
        let set = coordinator.get("/v1/question-sets?side=expert").expect(200).body["items"][0]["id"].clone();
        for (number, task) in (1..).zip(&done).take(10) {
            let expert = server.sign_in(&region::expert_email(number));
            let answers = json!({ "respect": if number <= 3 { 3 } else { 5 }, "safe": if number == 1 { 4 } else { 5 } });
            let form = json!({ "question_set": set, "answers": answers, "may_quote": false });
            expert.put(&format!("/v1/assignments/{task}/feedback/expert"), form).expect(201);
        }
        let compilation = compiled(server).body;
        let answers = |question: &str| {
            let all = compilation["content"]["answers"].as_array().expect("answers");
            all.iter().find(|one| one["question"] == question).cloned().expect("asked")
        };
        let shown = |answers: &Value| {
            answers["table"]["rows"].as_array().into_iter().flatten().filter(|row| !row["count"].is_null()).count()
        };
        let respect = answers("respect");
        assert_eq!((&respect["average"], shown(&respect)), (&json!(4.4), 0), "{respect}");
        let safe = answers("safe");
        assert_eq!((&safe["average"], shown(&safe)), (&Value::Null, 0), "one of ten gave four: {safe}");
    }

    fn a_compilation_is_frozen_under_a_number_and_published_once(server) {
        let done = year::done(server, &tasks());
        let coordinator = server.sign_in(COORDINATOR);
        let draft = compiled(server);
        assert_eq!(draft.allowed(), ["compile"]);
        let body = json!({ "area_id": region::node("Lapin hyvinvointialue"), "year": year(server) });
        assert_eq!(coordinator.post("/v1/compilations", body.clone()).expect(409).code(), "exists");
        let path = format!("/v1/compilations/{}", draft.id());
        year::done(server, &[Done::by(14)]);
        let again = coordinator.post(&format!("{path}/compile"), json!(null)).expect(200);
        assert_eq!(table(&again.body, "orders_by_task_type")["total"], 14);
        assert_eq!(coordinator.post(&format!("{path}/publish"), json!(null)).expect(409).code(), "out_of_turn");

        let too_early = |who: &acceptance::Person<'_>| {
            assert_eq!(who.post(&format!("{path}/freeze"), json!(null)).expect(409).code(), "year_not_over");
        };
        too_early(&coordinator);
        year::pass(server);
        let coordinator = server.sign_in(COORDINATOR);
        too_early(&coordinator);
        let whole = coordinator.post(&format!("{path}/compile"), json!(null)).expect(200);
        assert_eq!(whole.allowed(), ["compile", "freeze"]);
        let frozen = coordinator.post(&format!("{path}/freeze"), json!(null)).expect(200);
        assert_eq!(frozen.body["number"], 1);
        assert_eq!(coordinator.post(&format!("{path}/compile"), json!(null)).expect(409).code(), "out_of_turn");

        let expert = server.sign_in(&region::expert_email(1));
        let set = expert.get("/v1/question-sets?side=expert").expect(200).body["items"][0]["id"].clone();
        let late = json!({ "question_set": set, "answers": {}, "may_quote": false });
        let late = expert.put(&format!("/v1/assignments/{}/feedback/expert", done[0]), late).expect(409);
        assert_eq!(late.code(), "compilation_frozen");

        expert.get(&path).expect(404);
        coordinator.post(&format!("{path}/publish"), json!(null)).expect(200);
        assert_eq!(expert.get(&path).expect(200).body["state"]["name"], "published");

        let second = coordinator.post("/v1/compilations", body).expect(201);
        let path = format!("/v1/compilations/{}", second.id());
        assert_eq!(coordinator.post(&format!("{path}/freeze"), json!(null)).expect(200).body["number"], 2);
        assert_eq!(coordinator.post(&format!("{path}/publish"), json!(null)).expect(409).code(), "already_published");
    }

    fn a_compilation_is_read_as_csv_and_as_a_page(server) {
        year::done(server, &tasks());
        let coordinator = server.sign_in(COORDINATOR);
        let path = format!("/v1/compilations/{}", compiled(server).id());
        let csv = coordinator.get(&format!("{path}/csv")).expect(200);
        assert!(csv.header("content-type").starts_with("text/csv"));
        assert!(csv.text.starts_with("table,row,measure,value,hidden\n"));
        assert!(csv.text.contains("orders_by_task_type,lecture,count,13,false\n"), "{}", csv.text);
        assert!(csv.text.contains("orders_by_purpose,service_development,count,,true\n"), "{}", csv.text);
        for (language, title) in [("fi", "Vuosikooste"), ("sv", "Årlig sammanställning"), ("en", "Yearly compilation")] {
            let page = coordinator.get(&format!("{path}/page?language={language}")).expect(200);
            assert!(page.header("content-type").starts_with("text/html"));
            assert!(page.text.contains(&format!("<html lang=\"{language}\">")));
            assert_eq!(page.header("content-language"), language);
            assert!(page.text.contains(title) && page.text.contains("<svg") && !page.text.contains("<script"));
            assert!(!page.text.contains("compilation-"), "a text is missing: {}", page.text);
        }
    }

    fn the_open_data_holds_what_was_published_and_needs_no_signing_in(server) {
        year::done(server, &tasks());
        let stranger = server.stranger();
        let compilation = compiled_whole(server).id();
        let before = stranger.get("/v1/figures/open-data").expect(200).text;
        assert_eq!(before, "area,year,table,row,measure,value,hidden\n");
        let coordinator = server.sign_in(COORDINATOR);
        for action in ["freeze", "publish"] {
            coordinator.post(&format!("/v1/compilations/{compilation}/{action}"), json!(null)).expect(200);
        }
        let line = format!("21,{},orders_by_task_type,lecture,count,13,false", year(server) - 1);
        assert!(stranger.get("/v1/figures/open-data").expect(200).text.contains(&line));
    }

    fn a_listing_shows_to_everybody_what_they_can_read_alone(server) {
        let path = format!("/v1/compilations/{}", compiled_whole(server).id());
        let coordinator = server.sign_in(COORDINATOR);
        for action in ["freeze", "publish"] {
            coordinator.post(&format!("{path}/{action}"), json!(null)).expect(200);
        }
        let seen = |who: &acceptance::Person<'_>| (who.get("/v1/compilations").expect(200).count(), who.get(&path).status);
        assert_eq!(seen(&coordinator), (1, 200));
        for person in [&region::expert_email(1), "koordinaattori@satakunta.example"] {
            assert_eq!(seen(&server.sign_in(person)), (1, 200), "{person}");
        }
        for machine in ["HR Lappi", "HR Satakunta", "Kokemuspolun verkkosivu"] {
            assert_eq!(seen(&server.machine(machine)), (0, 404), "{machine}");
        }
    }

    fn only_an_area_is_compiled_and_only_by_its_coordinator(server) {
        let coordinator = server.sign_in(COORDINATOR);
        let unit = json!({ "area_id": region::node(acceptance::story::UNIT), "year": 2026 });
        assert_eq!(coordinator.post("/v1/compilations", unit).expect(400).faults()[0].1, "not_an_area");
        let elsewhere = json!({ "area_id": region::node("Satakunnan hyvinvointialue"), "year": 2026 });
        coordinator.post("/v1/compilations", elsewhere).expect(404);
        let here = json!({ "area_id": region::node("Lapin hyvinvointialue"), "year": 2026 });
        server.sign_in("ohjausryhma@lappi.example").post("/v1/compilations", here).expect(403);
    }

    fn the_drafts_of_one_area_are_not_seen_in_another(server) {
        let draft = compiled(server).id();
        let there = server.sign_in("koordinaattori@satakunta.example");
        let manager = server.sign_in("keskus@lappi.example");
        let listed = manager.get("/v1/compilations").expect(200);
        let whole = manager.get(&format!("/v1/compilations/{draft}")).expect(200);
        assert_eq!((listed.count(), &listed.body["items"][0]["actions"]), (1, &whole.body["actions"]));
        assert_eq!(there.get("/v1/compilations").expect(200).count(), 0);
        for what in ["", "/csv", "/page"] {
            there.get(&format!("/v1/compilations/{draft}{what}")).expect(404);
        }
    }

    fn invariant_11_nobody_can_subtract_one_compilation_from_another_of_the_year(server) {
        year::done(server, &tasks());
        let first = compiled_whole(server).id();
        let coordinator = server.sign_in(COORDINATOR);
        coordinator.post(&format!("/v1/compilations/{first}/freeze"), json!(null)).expect(200);
        // One more of last year's tasks is written down after the first was frozen.
        server.advance(TimeDelta::days(-10));
        year::done(server, &tasks()[..1]);
        server.advance(TimeDelta::days(10));
        let second = compiled_of(server, year(server) - 1).id();
        let steering = server.sign_in("ohjausryhma@lappi.example");
        let unseen = |id: &uuid::Uuid| {
            for what in ["", "/csv", "/page"] {
                steering.get(&format!("/v1/compilations/{id}{what}")).expect(404);
            }
        };
        unseen(&first);
        unseen(&second);
        assert_eq!(steering.get("/v1/compilations").expect(200).count(), 0);
        coordinator.post(&format!("/v1/compilations/{first}/publish"), json!(null)).expect(200);
        steering.get(&format!("/v1/compilations/{first}")).expect(200);
        coordinator.post(&format!("/v1/compilations/{second}/freeze"), json!(null)).expect(200);
        unseen(&second);
        let refused = coordinator.post(&format!("/v1/compilations/{second}/publish"), json!(null)).expect(409);
        assert_eq!(refused.code(), "already_published");
    }

    fn the_steering_group_receives_the_compilation(server) {
        let draft = compiled_whole(server).id();
        let coordinator = server.sign_in(COORDINATOR);
        let group = json!({ "area_id": region::node("Lapin hyvinvointialue"), "facts": { "name": { "fi": "Ohjausryhmä" } } });
        let group = coordinator.post("/v1/steering-groups", group).expect(201).id();
        let receive = format!("/v1/steering-groups/{group}/receive-compilation");
        let body = json!({ "compilation_id": draft });
        assert_eq!(coordinator.post(&receive, body.clone()).expect(400).faults()[0].1, "unknown_reference");
        for action in ["freeze", "publish"] {
            let refused = coordinator.post(&receive, body.clone()).expect(400);
            assert_eq!(refused.faults()[0].1, "unknown_reference", "its members read what is published");
            coordinator.post(&format!("/v1/compilations/{draft}/{action}"), json!(null)).expect(200);
        }
        let received = coordinator.post(&receive, body.clone()).expect(200);
        assert_eq!(received.body["received"][0]["compilation"], json!(draft));
        let twice = coordinator.post(&receive, body).expect(200);
        assert_eq!(twice.body["received"].as_array().map(Vec::len), Some(1));
    }
}
