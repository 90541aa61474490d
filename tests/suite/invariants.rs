//! What must always hold, as far as no other module proves it. ARCHITECTURE.md lists all thirteen with their tests.

use std::{fs, path::Path};

use acceptance::{Person, on_both_databases, operations, story};
use api::region;
use serde_json::{Value, json};

use crate::requirements::find;

/// The operations of the contract that make a fee form.
fn that_make_fee_forms() -> Vec<&'static str> {
    let made = |one: &&acceptance::Operation| {
        let responses = &api::json()["paths"][&one.path][one.method.to_lowercase()]["responses"];
        let schema = &responses["201"]["content"]["application/json"]["schema"]["$ref"];
        schema.as_str().is_some_and(|schema| schema.ends_with("/FeeFormView"))
    };
    operations().iter().filter(made).map(|one| one.path.as_str()).collect()
}

fn upload(person: &Person<'_>) -> Value {
    let path = "/v1/attachments?purpose=receipt&name=lippu.pdf";
    person.upload(path, "application/octet-stream", b"%PDF-1.7 keksitty").expect(201).body["id"]
        .clone()
}

on_both_databases! {
    fn invariant_03_experience_themes_are_in_no_notice_letter_url_or_package(server) {
        let themes = ["substance_use", "mental_health", "Päihteet", "Mielenterveys"];
        let mut form = story::form(1);
        form["task"]["experience"] = json!({ "themes": ["substance_use"], "perspectives": ["own"] });
        let brokering = story::brokering_with(server, &form);
        let offer = story::offers(server, &brokering, &[1], "parallel")[0];
        let expert = server.sign_in(&region::expert_email(1));
        story::accept(&expert, offer);
        let mut task = story::agreed(story::Asked { brokering, expert, offer });
        story::fill_in(&task);
        story::confirm(task.expert(), task.agreement);
        story::confirm(task.orderer(), task.agreement);
        task.orderer().post(&task.assignment("/deliver"), json!({})).expect(201);
        story::after_the_task(server, &mut task);
        task.orderer().post(&task.assignment("/perform"), json!({ "date": "2027-01-15", "minutes": 120 })).expect(200);
        let approved = story::approved(&task);
        let hr = server.machine("HR Lappi");
        let mut texts = vec![
            hr.get(&format!("/v1/payroll/packages/{}", approved.id())).expect(200).text,
            hr.get("/v1/payroll/packages").expect(200).text,
            server.sign_in("valittaja@kokemuspolku.example").get("/v1/letters").expect(200).text,
        ];
        for person in [task.expert(), task.orderer(), &task.asked.brokering.liaison] {
            texts.push(person.get("/v1/notices?limit=200").expect(200).text);
        }
        while api::send_due(&server.app).expect("the database answers") > 0 {}
        texts.extend(server.app.mailer.sent().into_iter().map(|letter| letter.subject + &letter.text));
        for theme in themes {
            assert!(texts.iter().all(|text| !text.contains(theme)), "{theme}");
        }
        for operation in operations() {
            let parameters = &api::json()["paths"][&operation.path][operation.method.to_lowercase()]["parameters"];
            let names = parameters.as_array().into_iter().flatten().filter_map(|one| one["name"].as_str());
            assert!(names.into_iter().all(|name| !name.contains("theme") && !name.contains("hetu")), "{}", operation.name);
        }
    }

    fn invariant_08_a_fee_needs_an_order_and_a_waived_one_can_have_expenses(server) {
        assert_eq!(that_make_fee_forms(), ["/v1/assignments/{assignment_id}/fee-forms"]);
        let task = story::performed(server);
        story::payroll_identity(task.expert());
        let form = story::fee_form(&task);
        assert_eq!(form.body["order_id"], json!(task.asked.brokering.order));
        let path = format!("/v1/fee-forms/{}", form.id());
        let ticket = json!({
            "kind": "public_transport", "date": "2027-01-15", "description": "Linja-auto",
            "amount": { "cents": 1250, "currency": "EUR" }, "receipts": [upload(task.expert())],
        });
        let claim = json!({ "fee_lines": [], "expenses": [ticket], "waived_fee": true });
        task.expert().patch(&path, json!({ "claim": claim, "declared": true })).expect(200);
        task.expert().post(&format!("{path}/submit"), Value::Null).expect(200);
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        let approved = task.orderer().post(&format!("{path}/approve"), centres).expect(200);
        assert_eq!(approved.body["approved"]["sums"]["total"], json!({ "cents": 1250, "currency": "EUR" }));
    }

    fn invariant_09_training_is_a_criterion_and_never_a_gate(server) {
        let trainer = server.sign_in("kouluttaja@kokemuspolku.example");
        let form = json!({
            "profile": {
                "titles": ["developer_client"], "perspective": "own", "languages": ["fi"], "areas": ["21"],
                "task_types": ["lecture"], "modes": ["on_site"],
            },
            "themes": [{ "theme": "substance_use", "visibility": ["bank_search"] }],
        });
        trainer.post("/v1/experts", form).expect(201);
        let story = story::brokering(server, 1);
        let found = |required: Value| {
            let search = json!({ "order_id": story.order, "criteria": { "required": required } });
            story.liaison.post("/v1/bank/searches", search).expect(201).body["found"].as_u64().expect("a number")
        };
        let all = found(json!({ "titles": ["developer_client"], "themes": ["substance_use"] }));
        let trained = found(json!({ "titles": ["developer_client"], "themes": ["substance_use"], "trained": true }));
        assert!(all > trained, "whoever has no training is found unless it is asked for: {all}, {trained}");
    }

    fn invariant_12_money_is_integer_cents_instants_are_utc_and_days_are_helsinkis(server) {
        // Half past ten in the evening of UTC is the next day in Helsinki.
        let evening: chrono::DateTime<chrono::Utc> = "2026-12-31T22:30:00Z".parse().expect("a moment");
        let now: chrono::DateTime<chrono::Utc> = server.app.clock.now().into();
        server.advance(evening - now);
        let centre = server.sign_in("keskus@lappi.example");
        let decision = |from: &str| {
            let form = json!({
                "node_id": region::node("Vammaispalvelujen yksikkö"), "body": "Aluehallitus", "decided_on": "2026-12-01",
                "reference": "§ 45", "from": from, "signatory": { "name": "Kaarina Johtaja", "title": "johtaja" },
            });
            centre.post("/v1/decisions", form).expect(201).body
        };
        assert_eq!(decision("2027-01-01")["in_force"], true);
        assert_eq!(decision("2027-01-02")["in_force"], false);
        let registered = decision("2027-01-03")["registered_at"].as_str().expect("a moment").to_owned();
        assert!(registered.starts_with("2026-12-31T22:3") && registered.ends_with('Z'), "{registered}");
        let schedules = centre.get("/v1/fee-schedules").expect(200);
        let item = &schedules.body["items"][0]["content"]["items"][0]["rate"];
        assert!(item["cents"].is_i64() && item["currency"] == "EUR", "{item}");
        let money = &api::json()["components"]["schemas"]["Money"]["properties"];
        assert_eq!(money["cents"]["type"], "integer");
        let orderer = server.sign_in(story::ORDERER);
        let mut form = story::form(1);
        form["task"]["fee"]["amount"]["cents"] = json!(40.5);
        let refused = orderer.post("/v1/orders", json!({ "node_id": region::node(story::UNIT), "form": form })).expect(400);
        assert_eq!(refused.faults()[0], ("#/form/task/fee/amount/cents".to_owned(), "wrong_type".to_owned()));
    }

    fn invariant_13_an_identity_code_is_no_key_and_no_way_to_sign_in(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let hetu = "131052-902Y";
        let body = json!({ "email": hetu });
        server.stranger().post("/v1/sign-in/codes", body).expect(400);
        server.stranger().raw("GET", &format!("/v1/people/{hetu}"), &[], None).expect(401);
        for persona in [task.expert(), task.orderer(), &server.sign_in("keskus@lappi.example")] {
            persona.raw("GET", &format!("/v1/people/{hetu}"), &[], None).expect(404);
            for path in ["/v1/people", "/v1/fee-forms", "/v1/assignments", "/v1/me", "/v1/grants"] {
                assert!(!persona.get(path).expect(200).text.contains(hetu), "{path}");
            }
        }
        let package = format!("/v1/payroll/packages/{}", form.id());
        assert!(server.machine("HR Lappi").get(&package).expect(200).text.contains(hetu), "to HR alone it is shown whole");
    }
}

/// The thirteen are listed in ARCHITECTURE.md with tests that exist, and carry their number.
#[test]
fn every_invariant_is_listed_with_its_tests() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    let text = fs::read_to_string(root.join("ARCHITECTURE.md")).expect("it is there");
    let section = text.split("\n## ").find(|part| part.starts_with("What must always hold"));
    let section = section.expect("ARCHITECTURE.md says what must always hold");
    for number in 1..=13 {
        let begin = format!("{number}. ");
        let item = section.split("\n").skip_while(|line| !line.starts_with(&begin));
        let item: Vec<&str> =
            item.take_while(|line| line.starts_with(&begin) || line.starts_with("   ")).collect();
        let item = item.join(" ");
        let tests: Vec<&str> = item.split('`').skip(1).step_by(2).collect();
        assert!(!tests.is_empty(), "invariant {number} has no test");
        for test in tests {
            let (source, name) = find(test);
            assert!(source.contains(&format!("fn {name}(")), "there is no test {test}");
            let numbered = name.starts_with(&format!("invariant_{number:02}_"));
            assert!(numbered || test.starts_with("domain::"), "{test} carries no number");
        }
    }
}
