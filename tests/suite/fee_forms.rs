//! A fee form's way from the expert to the unit that approves it.

use acceptance::{Answer, Person, Server, on_both_databases, story};
use api::region;
use domain::{fee_form::FeeForm, id::Id, policy::Power};
use persistence::{callers, fee_forms};
use serde_json::{Value, json};
use uuid::Uuid;

/// Gives a person the orderer's role at a unit.
fn grant(server: &Server, person: &Person<'_>, unit: &str) {
    let from = server.app.clock.now().day();
    let terms = json!({
        "person_id": person.id(), "role": "orderer", "node_id": region::node(unit), "from": from,
    });
    server.sign_in("keskus@lappi.example").post("/v1/grants", terms).expect(201);
}

/// What is claimed by a form, with fewer hours.
fn less(form: &Answer) -> Value {
    let mut claim = form.body["claimed"]["claim"].clone();
    claim["fee_lines"][0]["quantity_tenths"] = json!(10);
    claim
}

/// Lets a person handle another one's fee forms.
fn delegate(server: &Server, owner: &Person<'_>, support: &Person<'_>) {
    let (owner, support) = (Id::new(owner.id()), Id::new(support.id()));
    server
        .app
        .database
        .write(|session| callers::delegate(session, owner, support, Power::FeeForms))
        .expect("it is delegated");
}

fn euros(cents: i64) -> Value {
    json!({ "cents": cents, "currency": "EUR" })
}

fn drive(date: &str, kilometres: i64) -> Value {
    json!({
        "kind": "kilometres", "date": date, "description": "Kemi–Rovaniemi–Kemi",
        "kilometres_tenths": kilometres * 10, "vehicle": "car",
    })
}

/// The claim of a form with other expenses.
fn with_expenses(form: &Value, expenses: Value) -> Value {
    let mut claim = form["claimed"]["claim"].clone();
    claim["expenses"] = expenses;
    json!({ "claim": claim })
}

fn centres() -> Value {
    json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] })
}

/// Fills in what a form needs to be submitted, and submits it.
fn submit(person: &Person<'_>, path: &str) -> Value {
    person
        .patch(path, json!({ "tax_card": { "given": "hr_fetches" }, "declared": true }))
        .expect(200);
    person.post(&format!("{path}/submit"), json!(null)).expect(200).body
}

/// The expert claims the half of the fee that was agreed for a late cancellation, and it is approved.
fn paid_by_half(task: &story::Agreed<'_>) {
    let form = story::approved(task);
    assert_eq!(
        (&form.body["fee_percent"], &form.body["approved"]["sums"]["fees"]["cents"]),
        (&json!(50), &json!(4000))
    );
    assert_eq!(form.body["differences"], json!([]), "half of the fee is what was agreed");
}

on_both_databases! {
    fn a_unit_approves_what_an_expert_submits(server) {
        let task = story::performed(server);
        story::payroll_identity(task.expert());
        let form = story::fee_form(&task);
        assert_eq!(form.body["state"]["name"], "draft");
        let fee = form.body["claimed"]["sums"]["fees"]["cents"].as_i64().expect("an amount");
        assert!(fee > 0, "the fee is filled in from the agreement");
        let path = format!("/v1/fee-forms/{}", form.id());

        let changed = task.expert().patch(&path, with_expenses(&form.body, json!([drive("2026-11-01", 100)]))).expect(200);
        assert_eq!(changed.body["claimed"]["sums"]["compensation"], euros(5500));
        assert_eq!(changed.body["claimed"]["sums"]["total"], euros(fee + 5500));
        let submitted = submit(task.expert(), &path);
        assert_eq!(submitted["state"]["name"], "submitted");

        let seen = task.orderer().get(&path).expect(200);
        assert!(seen.allowed().contains(&"check") && !seen.allowed().contains(&"approve"));
        assert_eq!(task.orderer().get("/v1/fee-forms?state=submitted").expect(200).count(), 1);
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        let approved = task.orderer().post(&format!("{path}/approve"), centres()).expect(200);
        assert_eq!(approved.body["state"]["name"], "approved");
        assert_eq!(approved.body["approved"], approved.body["claimed"]);
        let own = task.expert().get(&path).expect(200);
        assert_eq!(own.body["state"], approved.body["state"]);
        assert!(own.body["benefits_note"].as_str().is_some_and(|note| !note.is_empty()));
    }

    fn expenses_above_what_the_area_compensates_are_pointed_out_to_everyone_who_decides(server) {
        let task = story::performed(server);
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let night = |cents: i64| json!({ "kind": "lodging", "date": "2027-01-14", "description": "Hotelli", "amount": euros(cents) });
        let capped = |answer: &Answer| {
            let warnings = answer.body["warnings"].as_array().expect("a list").clone();
            let found: Vec<Value> = warnings.into_iter().filter(|found| found["code"] == "above_area_cap").collect();
            assert!(found.iter().all(|found| found["pointer"] == "/claim/expenses" && found["detail"].is_string()), "{found:?}");
            found.len()
        };
        // The schedule of the day of the task compensates 150 euros of lodging in all.
        let within = json!([night(10_000), night(5_000)]);
        assert_eq!(capped(&task.expert().patch(&path, with_expenses(&form.body, within)).expect(200)), 0);
        let above = json!([night(10_000), night(5_001)]);
        assert_eq!(capped(&task.expert().patch(&path, with_expenses(&form.body, above)).expect(200)), 1);
        story::payroll_identity(task.expert());
        task.expert().patch(&path, json!({ "tax_card": { "given": "hr_fetches" }, "declared": true })).expect(200);
        task.expert().post(&format!("{path}/submit"), json!(null)).expect(200);
        assert_eq!(capped(&task.orderer().get(&path).expect(200)), 1, "it is a warning, and those who approve decide");
        let mut less = form.body["claimed"]["claim"].clone();
        less["expenses"] = json!([night(10_000), night(5_000)]);
        let checked = json!({ "approved": less, "reason": "Alue korvaa majoitusta enintään 150 euroa." });
        assert_eq!(capped(&task.orderer().post(&format!("{path}/check"), checked).expect(200)), 0);
        task.orderer().post(&format!("{path}/approve"), centres()).expect(200);
    }

    fn a_task_that_was_recorded_for_another_day_than_was_agreed_is_pointed_out(server) {
        let mut task = story::confirmed(server);
        task.orderer().post(&task.assignment("/deliver"), json!({})).expect(201);
        story::after_the_task(server, &mut task);
        task.orderer().post(&task.assignment("/perform"), json!({ "date": "2027-01-14", "minutes": 120 })).expect(200);
        let form = story::fee_form(&task);
        let warnings = form.body["warnings"].as_array().expect("a list").clone();
        let found: Vec<_> = warnings.iter().filter(|found| found["code"] == "another_day_than_agreed").collect();
        assert_eq!((found.len(), &found[0]["pointer"]), (1, &json!("/task_date")));
        assert!(found[0]["detail"].as_str().is_some_and(|text| !text.is_empty()));
        assert_eq!(form.body["task_date"], "2027-01-14", "the day on which it was done picks the rates");
    }

    fn a_form_that_payroll_could_not_pay_is_not_submitted(server) {
        let task = story::performed(server);
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let refused = || task.expert().post(&format!("{path}/submit"), json!(null)).expect(409).code().to_owned();
        assert_eq!(refused(), "no_payroll_identity");
        story::payroll_identity(task.expert());
        assert_eq!(refused(), "no_tax_card");
        task.expert().patch(&path, json!({ "tax_card": { "given": "missing" } })).expect(200);
        assert_eq!(refused(), "not_declared");
        let warned = task.expert().get(&path).expect(200);
        assert_eq!(warned.body["warnings"][0]["code"], "tax_card_missing");
        assert!(warned.body["warnings"][0]["detail"].as_str().is_some_and(|text| text.contains("60")));
        task.expert().patch(&path, json!({ "declared": true, "claim": { "fee_lines": [], "waived_fee": true } })).expect(200);
        assert_eq!(refused(), "nothing_claimed");
        let ticket = json!({ "kind": "public_transport", "date": "2026-11-01", "description": "Juna", "amount": euros(1250) });
        let claim = json!({ "claim": { "fee_lines": [], "waived_fee": true, "expenses": [ticket] }, "declared": true });
        task.expert().patch(&path, claim).expect(200);
        task.expert().post(&format!("{path}/submit"), json!(null)).expect(200);
    }

    fn invariant_07_the_day_of_the_trip_picks_the_rate(server) {
        let task = story::performed(server);
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        for (date, cents) in [("2025-12-31", 5900), ("2026-01-01", 5500)] {
            let changed = task.expert().patch(&path, with_expenses(&form.body, json!([drive(date, 100)]))).expect(200);
            assert_eq!(changed.body["claimed"]["sums"]["compensation"], euros(cents));
        }
        let late = task.expert().patch(&path, with_expenses(&form.body, json!([drive("2027-01-14", 100)]))).expect(400);
        assert_eq!(late.faults(), [("#/claim/expenses/0/date".to_owned(), "no_rates_for_year".to_owned())]);
        assert_eq!(late.body["errors"][0]["about"], "kilometre_car", "which figure is missing");
        let day = "2031-01-01";
        let ticket = json!({ "kind": "public_transport", "date": day, "description": "Juna", "amount": euros(100) });
        let ahead = task.expert().patch(&path, with_expenses(&form.body, json!([ticket]))).expect(400);
        assert_eq!(ahead.faults(), [("#/claim/expenses/0/date".to_owned(), "in_future".to_owned())]);
        let mut odd = drive("2026-01-01", 100);
        odd["meals"] = json!(1);
        odd["amount"] = euros(5501);
        let ticket = json!({ "kind": "public_transport", "date": "2026-11-01", "description": "Juna" });
        let wrong = task.expert().patch(&path, with_expenses(&form.body, json!([odd, ticket]))).expect(400);
        let expected = [("#/claim/expenses/0/meals", "not_for_kind"), ("#/claim/expenses/1/amount", "required")];
        assert_eq!(wrong.faults(), expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
    }

    fn invariant_04_whoever_claims_never_checks_or_approves_by_any_combination_of_roles(server) {
        let task = story::performed(server);
        let form = story::fee_submitted(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        grant(server, task.expert(), story::UNIT);
        let expert = server.sign_in(&region::expert_email(1));
        assert_eq!(expert.post(&format!("{path}/check"), json!({})).expect(409).code(), "own_claim");
        let seen = expert.get(&path).expect(200);
        assert!(!seen.allowed().contains(&"check") && !seen.allowed().contains(&"return"));
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        assert_eq!(expert.post(&format!("{path}/approve"), centres()).expect(409).code(), "own_claim");
        let back = json!({ "reason": "Ei näin." });
        assert_eq!(expert.post(&format!("{path}/return"), back).expect(409).code(), "own_claim");
        task.orderer().post(&format!("{path}/approve"), centres()).expect(200);
    }

    fn whoever_submitted_for_another_does_not_check_it(server) {
        let task = story::performed(server);
        story::payroll_identity(task.expert());
        let support = server.sign_in("tukihenkilo@lappi.example");
        delegate(server, task.expert(), &support);
        grant(server, &support, story::UNIT);
        let support = server.sign_in("tukihenkilo@lappi.example");
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        submit(&support, &path);
        assert_eq!(support.post(&format!("{path}/check"), json!({})).expect(409).code(), "own_claim");
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        assert_eq!(support.post(&format!("{path}/approve"), centres()).expect(409).code(), "own_claim");
    }

    fn whoever_may_claim_for_an_expert_is_not_told_to_check_the_claim(server) {
        let task = story::performed(server);
        let support = server.sign_in("tukihenkilo@lappi.example");
        delegate(server, task.expert(), &support);
        grant(server, &support, story::UNIT);
        story::fee_submitted(&task);
        let told = |person: &Person<'_>| {
            let notices = person.get("/v1/notices").expect(200);
            let kinds = notices.body["items"].as_array().into_iter().flatten().map(|notice| &notice["kind"]);
            kinds.filter(|kind| *kind == "fee_submitted").count()
        };
        assert_eq!((told(task.orderer()), told(&support)), (1, 0));
    }

    fn whoever_is_no_support_person_any_more_is_told_to_check_the_claim(server) {
        let task = story::performed(server);
        let support = server.sign_in("tukihenkilo@lappi.example");
        delegate(server, task.expert(), &support);
        let keskus = server.sign_in("keskus@lappi.example");
        let held = keskus.get(&format!("/v1/grants?person_id={}", support.id())).expect(200);
        let supports = held.body["items"][0]["id"].as_str().expect("an id").to_owned();
        grant(server, &support, story::UNIT);
        keskus.post(&format!("/v1/grants/{supports}/end"), json!({ "reason": "siirtyi" })).expect(200);
        let form = story::fee_submitted(&task);
        assert!(support.get("/v1/notices").expect(200).text.contains("fee_submitted"));
        support.post(&format!("/v1/fee-forms/{}/check", form.id()), json!({})).expect(200);
    }

    fn invariant_04_whoever_may_claim_for_an_expert_does_not_decide_although_the_expert_wrote_the_claim(server) {
        let task = story::performed(server);
        let form = story::fee_submitted(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let support = server.sign_in("tukihenkilo@lappi.example");
        delegate(server, task.expert(), &support);
        grant(server, &support, story::UNIT);
        let support = server.sign_in("tukihenkilo@lappi.example");
        let seen = support.get(&path).expect(200);
        assert!(!seen.allowed().iter().any(|action| ["check", "approve", "return"].contains(action)));
        assert_eq!(support.post(&format!("{path}/check"), json!({})).expect(409).code(), "own_claim");
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        assert_eq!(support.post(&format!("{path}/approve"), centres()).expect(409).code(), "own_claim");
        let back = json!({ "reason": "Ei näin." });
        assert_eq!(support.post(&format!("{path}/return"), back).expect(409).code(), "own_claim");
    }

    fn claimed_and_approved_sums_are_both_kept(server) {
        let task = story::performed(server);
        let form = story::fee_submitted(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let less = less(&form);
        let refused = task.orderer().post(&format!("{path}/check"), json!({ "approved": less })).expect(400);
        assert_eq!(refused.faults(), [("#/reason".to_owned(), "required".to_owned())]);
        let checked = task.orderer()
            .post(&format!("{path}/check"), json!({ "approved": less, "reason": "Tehtävä kesti tunnin." }))
            .expect(200);
        assert_eq!(checked.body["claimed"], form.body["claimed"]);
        assert_ne!(checked.body["approved"]["sums"]["total"], form.body["claimed"]["sums"]["total"]);
        let kinds = checked.body["differences"].as_array().expect("a list").clone();
        assert!(kinds.iter().any(|found| found["kind"] == "quantity_differs"));
        let seen = task.expert().get(&path).expect(200);
        assert_eq!(seen.body["approved_reason"], "Tehtävä kesti tunnin.");
    }

    fn a_form_from_before_the_agreed_fee_was_kept_with_it_shows_the_same(server) {
        let task = story::performed(server);
        let form = story::fee_submitted(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let check = json!({ "approved": less(&form), "reason": "Tehtävä kesti tunnin." });
        let now = task.orderer().post(&format!("{path}/check"), check).expect(200);
        assert_ne!(now.body["differences"], json!([]));
        server.app.database.write(|session| -> persistence::Result<()> {
            let form = fee_forms::find(session, Id::new(form.id()))?;
            let older = FeeForm { agreed: None, ..form.thing.clone() };
            fee_forms::save(session, &form, older).map(|_| ())
        }).expect("saved");
        assert_eq!(task.orderer().get(&path).expect(200).body, now.body);
    }

    fn a_returned_form_is_put_right_and_submitted_again(server) {
        let task = story::performed(server);
        let form = story::fee_submitted(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        task.expert().patch(&path, json!({ "declared": false })).expect(409);
        let returned = task.orderer().post(&format!("{path}/return"), json!({ "reason": "Kilometrit puuttuvat." })).expect(200);
        assert_eq!(returned.body["state"]["reason"], "Kilometrit puuttuvat.");
        submit(task.expert(), &path);
        let again = task.expert().get(&path).expect(200);
        assert_eq!(again.body["state"]["name"], "submitted");
        task.expert().post(&format!("{path}/withdraw"), json!(null)).expect(200);
        assert_eq!(story::fee_form(&task).body["state"]["name"], "draft", "a new one can be written");
    }

    fn an_assignment_has_one_form_and_only_for_what_was_done(server) {
        let task = story::performed(server);
        story::fee_form(&task);
        let path = task.assignment("/fee-forms");
        assert_eq!(task.expert().post(&path, json!({})).expect(409).code(), "fee_form_exists");
        task.orderer().post(&path, json!({})).expect(403);
        server.sign_in("kokemus35@posti.example").post(&path, json!({})).expect(404);
    }

    fn nothing_is_claimed_before_the_task(server) {
        let task = story::confirmed(server);
        let refused = task.expert().post(&task.assignment("/fee-forms"), json!({})).expect(409);
        assert_eq!(refused.code(), "nothing_payable");
    }

    fn what_was_never_submitted_is_its_writers_own_also_once_it_is_withdrawn(server) {
        let task = story::performed(server);
        let path = format!("/v1/fee-forms/{}", story::fee_form(&task).id());
        let listed = |who: &Person<'_>| who.items("/v1/fee-forms?limit=200").iter().filter(|form| form["id"].as_str().is_some_and(|id| path.ends_with(id))).count();
        task.expert().post(&format!("{path}/withdraw"), json!(null)).expect(200);
        assert_eq!((listed(task.expert()), listed(task.orderer())), (1, 0));
        task.orderer().get(&path).expect(404);
        assert_eq!(task.expert().get(&path).expect(200).body["state"]["name"], "withdrawn");

        let path = format!("/v1/fee-forms/{}", story::fee_submitted(&task).id());
        task.expert().post(&format!("{path}/withdraw"), json!(null)).expect(200);
        assert_eq!(task.orderer().get(&path).expect(200).body["state"]["name"], "withdrawn", "the unit has had it");
        assert_eq!(task.orderer().get("/v1/fee-forms?state=withdrawn").expect(200).count(), 1);
    }

    fn drafts_and_other_units_forms_are_not_seen(server) {
        let task = story::performed(server);
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let count = |person: &Person<'_>| person.get("/v1/fee-forms").expect(200).count();
        assert_eq!((count(task.expert()), count(task.orderer())), (1, 0));
        task.orderer().get(&path).expect(404);
        story::payroll_identity(task.expert());
        submit(task.expert(), &path);
        assert_eq!(count(task.orderer()), 1);
        for email in ["vammais@lappi.example", "tilaaja@satakunta.example", "kokemus35@posti.example"] {
            let other = server.sign_in(email);
            assert_eq!(count(&other), 0, "{email}");
            other.get(&path).expect(404);
            other.post(&format!("{path}/check"), json!({})).expect(404);
        }
        let hr = server.machine("HR Lappi");
        assert_eq!(count(&hr), 0);
        hr.get(&path).expect(404);
        task.expert().post(&format!("{path}/check"), json!({})).expect(403);
        assert!(region::node(story::UNIT).to_string() == form.body["node_id"]);
    }

    fn a_tax_card_reaches_payroll_and_nobody_else(server) {
        let task = story::performed(server);
        story::payroll_identity(task.expert());
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let upload = |person: &Person<'_>, purpose: &str| {
            let query = format!("/v1/attachments?purpose={purpose}&name=liite.pdf");
            person.upload(&query, "application/octet-stream", b"%PDF-1.7 keksitty").expect(201).id()
        };
        let foreign = upload(task.orderer(), "tax_card");
        let attach = |id: Uuid| json!({ "declared": true, "tax_card": { "given": "attached", "attachment": id } });
        let refused = task.expert().patch(&path, attach(foreign)).expect(400);
        assert_eq!(refused.faults(), [("#/tax_card/attachment".to_owned(), "unknown_reference".to_owned())]);
        let none = json!({ "tax_card": { "given": "attached" } });
        assert_eq!(task.expert().patch(&path, none).expect(400).faults()[0].1, "required");

        let (card, receipt) = (upload(task.expert(), "tax_card"), upload(task.expert(), "receipt"));
        task.expert().patch(&path, attach(card)).expect(200);
        let ticket = json!({
            "kind": "public_transport", "date": "2026-11-01", "description": "Juna",
            "amount": euros(1250), "receipts": [receipt],
        });
        task.expert().patch(&path, with_expenses(&form.body, json!([ticket]))).expect(200);
        task.expert().patch(&path, json!({ "declared": true })).expect(200);
        task.expert().post(&format!("{path}/submit"), json!(null)).expect(200);
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        task.orderer().post(&format!("{path}/approve"), centres()).expect(200);

        let content = |person: &Person<'_>, id: Uuid| person.get(&format!("/v1/attachments/{id}/content")).status;
        let hr = server.machine("HR Lappi");
        let package = hr.get(&format!("/v1/payroll/packages/{}", form.id())).expect(200);
        let links = json!([format!("/v1/attachments/{card}"), format!("/v1/attachments/{receipt}")]);
        assert_eq!(package.body["attachments"], links);
        assert_eq!((content(&hr, card), content(&hr, receipt)), (200, 200));
        assert_eq!((content(task.expert(), card), content(task.expert(), receipt)), (200, 200));
        assert_eq!(content(task.orderer(), receipt), 200);
        assert!(content(task.orderer(), card) >= 403);
        let other = server.machine("HR Satakunta");
        assert_eq!((content(&other, card), content(&other, receipt)), (404, 404));
    }

    fn the_parties_are_told_when_it_is_their_turn(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let reference = json!(format!("/v1/fee-forms/{}", form.id()));
        let told = |person: &Person<'_>, kind: &str| {
            let notices = person.get("/v1/notices?limit=200").expect(200).body["items"].clone();
            let mut items = notices.as_array().into_iter().flatten();
            items.any(|notice| notice["kind"] == kind && notice["reference"] == reference)
        };
        assert!(told(task.orderer(), "fee_submitted") && told(task.expert(), "fee_approved"));
        let hr = server.machine("HR Lappi");
        let path = format!("/v1/payroll/packages/{}", form.id());
        hr.post(&format!("{path}/query"), json!({ "reason": "Kustannuspaikka?" })).expect(200);
        assert!(told(task.orderer(), "fee_queried"));
        let back = json!({ "reason": "Kilometrit puuttuvat." });
        task.orderer().post(&format!("/v1/fee-forms/{}/return", form.id()), back).expect(200);
        assert!(told(task.expert(), "fee_returned"));
    }

    fn giving_up_the_fee_is_the_expert_s_own_choice_and_expenses_are_paid_all_the_same(server) {
        let task = story::performed(server);
        let support = server.sign_in("tukihenkilo@lappi.example");
        let powers = json!({ "person": support.id(), "powers": ["fee_forms"] });
        task.expert().post(&format!("/v1/experts/{}/delegations", region::experts::expert(1)), powers).expect(200);
        story::payroll_identity(task.expert());
        let path = format!("/v1/fee-forms/{}", story::fee_form(&task).id());
        let waived = json!({ "claim": { "waived_fee": true } });
        assert_eq!(support.patch(&path, waived).expect(409).code(), "waived_by_other");
        let ticket = json!({ "kind": "public_transport", "date": "2027-01-15", "description": "Kemi–Rovaniemi", "amount": { "cents": 2600, "currency": "EUR" } });
        let claim = json!({ "claim": { "fee_lines": [], "waived_fee": true, "expenses": [ticket] }, "tax_card": { "given": "hr_fetches" }, "declared": true });
        let form = task.expert().patch(&path, claim).expect(200);
        assert_eq!(form.body["waiver"]["by"], task.expert().id().to_string());
        assert_eq!(form.body["claimed"]["sums"]["total"]["cents"], 2600);
        task.expert().post(&format!("{path}/submit"), json!(null)).expect(200);
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        task.orderer().post(&format!("{path}/approve"), centres).expect(200);
        let package = server.machine("HR Lappi").get(&format!("/v1/payroll/packages/{}", form.id())).expect(200);
        assert_eq!(package.body["approved"]["sums"]["total"]["cents"], 2600);
    }

    fn the_unit_cannot_take_the_fee_away_as_if_it_were_given_up(server) {
        let task = story::performed(server);
        let path = format!("/v1/fee-forms/{}", story::fee_submitted(&task).id());
        let cut = json!({ "approved": { "waived_fee": true }, "reason": "Säästetään." });
        let refused = task.orderer().post(&format!("{path}/check"), cut).expect(400);
        assert_eq!(refused.wrong(), [("#/approved/waived_fee", "not_claimed")]);
    }

    fn everyone_who_may_approve_a_fee_form_is_told_of_it(server) {
        let task = story::performed(server);
        story::fee_submitted(&task);
        for (email, told) in [(story::ORDERER, true), ("esihenkilo@lappi.example", true), ("vammais@lappi.example", false)] {
            let notices = server.sign_in(email).get("/v1/notices").expect(200);
            assert_eq!(notices.text.contains("fee_submitted"), told, "{email}");
        }
    }

    fn an_expert_who_came_for_nothing_is_paid_the_costs_where_no_fee_is_owed(server) {
        let mut task = story::preparing(server);
        story::fill_in(&task);
        let path = task.agreement("");
        let mut fee = task.orderer().get(&path).expect(200).body["content"]["fee"].clone();
        (fee["basis"], fee["lines"], fee["cancellation"]) = (json!("expenses_only"), json!([]), json!({ "notice_hours": 0, "pay_percent": 0 }));
        task.orderer().patch(&path, json!({ "fee": fee })).expect(200);
        story::confirm(task.expert(), task.agreement);
        story::confirm(task.orderer(), task.agreement);
        story::after_the_task(server, &mut task);
        task.expert().post(&task.assignment("/no-show"), json!({ "absent": "orderer" })).expect(200);
        story::payroll_identity(task.expert());
        let form = story::fee_form(&task);
        assert_eq!((&form.body["fee_percent"], &form.body["claimed"]["sums"]["total"]), (&json!(0), &euros(0)));
        let path = format!("/v1/fee-forms/{}", form.id());
        let drive = with_expenses(&form.body, json!([drive("2026-11-20", 234)]));
        task.expert().patch(&path, drive).expect(200);
        task.expert().patch(&path, json!({ "declared": true })).expect(200);
        task.expert().post(&format!("{path}/submit"), json!(null)).expect(200);
        let checked = task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        assert_eq!(checked.body["differences"], json!([]));
        task.orderer().post(&format!("{path}/approve"), centres()).expect(200);
    }

    fn nobody_is_paid_for_a_task_that_they_did_not_come_to(server) {
        let mut task = story::confirmed(server);
        story::after_the_task(server, &mut task);
        task.orderer().post(&task.assignment("/no-show"), json!({ "absent": "expert" })).expect(200);
        assert_eq!(task.expert().post(&task.assignment("/fee-forms"), json!({})).expect(409).code(), "nothing_payable");
    }

    fn a_form_that_replaces_one_without_a_fee_says_who_gave_it_up(server) {
        let task = story::performed(server);
        story::payroll_identity(task.expert());
        let path = format!("/v1/fee-forms/{}", story::fee_form(&task).id());
        let claim = json!({ "fee_lines": [], "waived_fee": true, "expenses": [drive("2026-11-20", 234)] });
        let form = task.expert().patch(&path, json!({ "claim": claim, "declared": true })).expect(200);
        task.expert().post(&format!("{path}/submit"), json!(null)).expect(200);
        task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
        task.orderer().post(&format!("{path}/approve"), centres()).expect(200);
        let (hr, package) = (server.machine("HR Lappi"), format!("/v1/payroll/packages/{}", form.id()));
        hr.post(&format!("{package}/acknowledge"), json!({ "reference": "P" })).expect(200);
        let payment = json!({ "date": "2027-01-20", "amount": form.body["claimed"]["sums"]["total"], "reference": "M" });
        hr.post(&format!("{package}/pay"), payment).expect(200);
        let replace = json!({ "corrects": { "fee_form": form.body["id"], "mode": "replace" } });
        let new = task.expert().post(&task.assignment("/fee-forms"), replace).expect(201);
        assert_eq!((&new.body["waiver"], &new.body["claimed"]), (&form.body["waiver"], &form.body["claimed"]));
        assert_eq!(new.body["waiver"]["by"], task.expert().id().to_string());
    }

    fn a_declaration_does_not_outlive_what_was_declared(server) {
        let task = story::performed(server);
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let support = server.sign_in("tukihenkilo@lappi.example");
        delegate(server, task.expert(), &support);
        let declared = json!({ "tax_card": { "given": "hr_fetches" }, "declared": true });
        assert_eq!(task.expert().patch(&path, declared).expect(200).body["declared"], true);
        let changed = support.patch(&path, json!({ "claim": less(&form) })).expect(200);
        assert_eq!(changed.body["declared"], false);
        assert_eq!(support.patch(&path, json!({})).expect(200).body["declared"], false);
        story::payroll_identity(task.expert());
        assert_eq!(support.post(&format!("{path}/submit"), json!(null)).expect(409).code(), "not_declared");
    }

    fn a_late_cancellation_is_paid_in_part(server) {
        let mut task = story::confirmed(server);
        let start: chrono::DateTime<chrono::Utc> = "2027-01-14T07:00:00Z".parse().expect("a moment");
        let now: chrono::DateTime<chrono::Utc> = server.app.clock.now().into();
        server.advance(start - now);
        task.sign_in_again(server);
        let reason = json!({ "party": "orderer", "reason": "Sali on suljettu." });
        task.orderer().post(&task.assignment("/cancel"), reason).expect(200);
        paid_by_half(&task);
    }

    fn a_unit_that_was_not_there_pays_as_for_a_late_cancellation(server) {
        let mut task = story::confirmed(server);
        story::after_the_task(server, &mut task);
        task.expert().post(&task.assignment("/no-show"), json!({ "absent": "orderer" })).expect(200);
        paid_by_half(&task);
    }
}
