//! What payroll and the unit have of a fee form while somebody works on it, and what payroll keeps of what it has acknowledged.

use acceptance::{Answer, Person, Server, on_both_databases, story};
use api::region;
use serde_json::{Value, json};
use uuid::Uuid;

/// Payroll, and the package of an approved form that it has acknowledged.
struct Kept<'a> {
    hr: Person<'a>,
    path: String,
    form: String,
}

impl<'a> Kept<'a> {
    fn of(server: &'a Server, form: &Answer) -> Self {
        let hr = server.machine("HR Lappi");
        let path = format!("/v1/payroll/packages/{}", form.id());
        hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-1", "revision": 1 }))
            .expect(200);
        Self { hr, path, form: format!("/v1/fee-forms/{}", form.id()) }
    }

    fn query(&self) {
        self.hr.post(&format!("{}/query", self.path), json!({ "reason": "Tunnit?" })).expect(200);
    }

    fn package(&self) -> Value {
        self.hr.get(&self.path).expect(200).body
    }

    /// What of the package is the same until the next approval.
    fn revision(&self) -> Value {
        let mut package = self.package();
        for moving in ["state", "actions"] {
            package.as_object_mut().expect("an object").remove(moving);
        }
        package
    }

    fn listed(&self, state: &str) -> bool {
        let listed = self.hr.items(&format!("/v1/payroll/packages?state={state}"));
        listed.iter().any(|item| self.path.ends_with(item["fee_form_id"].as_str().expect("an id")))
    }
}

fn centres() -> Value {
    json!({ "cost_centres": [{ "cost_centre": "4411", "share": 100 }] })
}

fn upload(person: &Person<'_>, purpose: &str) -> Uuid {
    let path = format!("/v1/attachments?purpose={purpose}&name=liite.pdf");
    person.upload(&path, "application/octet-stream", b"%PDF-1.7 keksitty").expect(201).id()
}

on_both_databases! {
    fn invariant_05_a_revision_stays_as_it_was_approved_whatever_happens_to_the_form(server) {
        let task = story::performed(server);
        let kept = Kept::of(server, &story::approved(&task));
        let approved = kept.revision();
        assert_eq!(approved["approved"]["sums"]["total"]["cents"], 8000);
        kept.query();

        let mut half = approved["claimed"]["claim"].clone();
        half["fee_lines"][0]["quantity_tenths"] = json!(10);
        let check = json!({ "approved": half, "reason": "Tehtävä kesti tunnin." });
        task.orderer().post(&format!("{}/check", kept.form), check).expect(200);
        assert_eq!((kept.revision(), kept.package()["state"]["name"].clone()), (approved.clone(), json!("checked")));
        assert!(kept.listed("queried") && !kept.listed("approved"));
        task.orderer().post(&format!("{}/return", kept.form), json!({ "reason": "Korjaa." })).expect(200);
        assert_eq!(kept.revision(), approved);
        let card = upload(task.expert(), "tax_card");
        let begun = json!({
            "claim": { "fee_lines": [], "waived_fee": true, "expenses": [] },
            "tax_card": { "given": "attached", "attachment": card }, "declared": true,
        });
        task.expert().patch(&kept.form, begun).expect(200);
        assert_eq!(kept.revision(), approved);
        kept.hr.get(&format!("/v1/attachments/{card}")).expect(404);
        let claim = json!({ "claim": approved["claimed"]["claim"], "declared": true });
        task.expert().patch(&kept.form, claim).expect(200);
        task.expert().post(&format!("{}/submit", kept.form), json!(null)).expect(200);
        assert_eq!((kept.revision(), kept.package()["state"]["name"].clone()), (approved.clone(), json!("submitted")));
        assert!(kept.listed("queried"));
        let row = kept.hr.items("/v1/payroll/packages?state=queried")[0].clone();
        assert_eq!((&row["total"]["cents"], &row["revision"]), (&json!(8000), &json!(1)));
        kept.hr.get(&format!("{}/agreement", kept.path)).expect(200);

        task.orderer().post(&format!("{}/check", kept.form), json!({})).expect(200);
        task.orderer().post(&format!("{}/approve", kept.form), centres()).expect(200);
        let anew = kept.package();
        assert_eq!((&anew["revision"], &anew["tax_card"]["attachment"]), (&json!(2), &json!(card)));
        assert_eq!(anew["cost_centres"][0]["cost_centre"], "4411");
        assert!(kept.listed("approved") && !kept.listed("queried"));
        kept.hr.get(&format!("/v1/attachments/{card}")).expect(200);
    }

    fn payroll_sees_that_what_it_asked_about_was_given_up(server) {
        let task = story::performed(server);
        let kept = Kept::of(server, &story::approved(&task));
        let approved = kept.revision();
        kept.query();
        task.orderer().post(&format!("{}/return", kept.form), json!({ "reason": "Ei kuulu meille." })).expect(200);
        task.expert().post(&format!("{}/withdraw", kept.form), json!(null)).expect(200);
        let mut given_up = approved.clone();
        given_up["to_pay"]["cents"] = json!(0);
        assert_ne!(approved, given_up);
        assert_eq!((kept.revision(), kept.package()["state"]["name"].clone()), (given_up, json!("withdrawn")));
        assert!(kept.listed("withdrawn") && !kept.listed("queried"));
        assert_eq!(kept.hr.items("/v1/payroll/packages?state=withdrawn")[0]["to_pay"]["cents"], 0);
        let listed = kept.hr.items("/v1/payroll/packages?state=withdrawn")[0].clone();
        for shown in [kept.package(), listed] {
            assert_eq!(shown["to_pay"]["cents"], 0, "nothing is to be paid by it");
        }
    }

    fn what_is_begun_after_a_return_is_the_writers_own_until_it_is_submitted(server) {
        let task = story::performed(server);
        let path = format!("/v1/fee-forms/{}", story::fee_submitted(&task).id());
        let returned = task.orderer().post(&format!("{path}/return"), json!({ "reason": "Kulut?" })).expect(200).body;
        let receipt = upload(task.expert(), "receipt");
        let ticket = json!({
            "kind": "public_transport", "date": "2027-01-15", "description": "Juna",
            "amount": { "cents": 1250, "currency": "EUR" }, "receipts": [receipt],
        });
        let mut claim = returned["claimed"]["claim"].clone();
        claim["expenses"] = json!([ticket]);
        let edit = json!({ "claim": claim, "tax_card": { "given": "on_file" }, "declared": true });
        let own = task.expert().patch(&path, edit).expect(200).body;
        assert_eq!(own["claimed"]["sums"]["total"]["cents"], 9250);
        assert_eq!(task.expert().get(&path).expect(200).body["claimed"], own["claimed"]);
        let seen = task.orderer().get(&path).expect(200).body;
        assert_eq!(seen, returned, "the unit has what was sent");
        assert_eq!(task.orderer().items("/v1/fee-forms")[0]["claimed"], returned["claimed"]);
        let file = format!("/v1/attachments/{receipt}");
        task.orderer().get(&file).expect(404);
        task.expert().get(&file).expect(200);
        task.expert().post(&format!("{path}/submit"), json!(null)).expect(200);
        assert_eq!(task.orderer().get(&path).expect(200).body["claimed"], own["claimed"]);
        task.orderer().get(&file).expect(200);
    }

    fn invariant_06_whom_to_pay_and_the_income_types_stay_as_they_were_acknowledged(server) {
        let mut task = story::performed(server);
        let form = story::approved(&task);
        let hr = server.machine("HR Lappi");
        let path = format!("/v1/payroll/packages/{}", form.id());
        let payee = || hr.get(&path).expect(200).body["payee"].clone();
        let identity = |iban: &str| json!({
            "hetu": "131052-902Y", "iban": iban, "address": "Kuvitteellinen kuja 1, 99999 Esimerkkilä",
        });
        let own = format!("/v1/people/{}/payroll-identity", task.expert().id());
        task.expert().put(&own, identity("FI1410093000123458")).expect(200);
        assert_eq!(payee()["identity"]["iban"], "FI1410093000123458", "payroll has not taken it yet");

        let kept = Kept::of(server, &form);
        let taken = kept.revision();
        task.expert().put(&own, identity("FI2112345600000785")).expect(200);
        let manager = server.sign_in("keskus@lappi.example");
        manager.post("/v1/fee-schedules", json!({
            "node_id": region::node("Lapin hyvinvointialue"),
            "content": {
                "valid_from": "2026-12-01", "source": "Keksitty, testiä varten",
                "items": [{ "unit": "hour", "rate": { "cents": 4000, "currency": "EUR" }, "preparation_included": true }],
                "income_types": [{ "task_type": "lecture", "code": "336" }],
            },
        })).expect(201);
        let mut now = kept.revision();
        assert_eq!(now["payee"]["changed"], true, "payroll is told before it pays");
        now["payee"]["changed"] = json!(false);
        assert_eq!(now, taken);

        kept.query();
        task.sign_in_again(server);
        task.orderer().post(&format!("{}/approve", kept.form), centres()).expect(200);
        let anew = kept.package();
        assert_eq!((&anew["payee"]["identity"]["iban"], &anew["payee"]["changed"]), (&json!("FI2112345600000785"), &json!(false)));
        assert_eq!(anew["lines"][0]["suggested_income_type"]["code"], "336");
        hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-2", "revision": 2 })).expect(200);
        let amount = json!({ "cents": 8000, "currency": "EUR" });
        hr.post(&format!("{path}/pay"), json!({ "date": "2027-01-20", "amount": amount, "reference": "M" })).expect(200);
        let paid = kept.revision();
        task.expert().put(&own, identity("FI1410093000123458")).expect(200);
        assert_eq!(kept.revision(), paid, "what is paid is immutable");
    }

    fn an_account_that_is_changed_before_the_package_is_acknowledged_is_not_taken_over_unseen(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let (hr, path) = (server.machine("HR Lappi"), format!("/v1/payroll/packages/{}", form.id()));
        let own = format!("/v1/people/{}/payroll-identity", task.expert().id());
        let give = |iban: &str| {
            let address = "Kuvitteellinen kuja 1, 99999 Esimerkkilä";
            task.expert().put(&own, json!({ "hetu": "131052-902Y", "iban": iban, "address": address })).expect(200);
        };
        let acknowledge = |told: &Value| {
            hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-1", "revision": 1, "told": told }))
        };
        let stored = hr.get(&path).expect(200).body;
        assert_eq!(stored["payee"]["identity"]["iban"], "FI2112345600000785");
        assert_eq!(hr.get(&path).expect(200).body["told"], stored["told"], "it is the same while that is");
        give("FI1410093000123458");
        assert_eq!(acknowledge(&stored["told"]).expect(409).code(), "package_changed");
        assert_eq!(acknowledge(&json!("made-up")).expect(409).code(), "package_changed");
        let anew = hr.get(&path).expect(200).body;
        assert_eq!((&anew["state"]["name"], &anew["payee"]["identity"]["iban"]), (&json!("approved"), &json!("FI1410093000123458")));

        let taken = acknowledge(&anew["told"]).expect(200).body;
        assert_eq!((&taken["payee"], &taken["told"]), (&anew["payee"], &anew["told"]));
        give("FI2112345600000785");
        let later = hr.get(&path).expect(200).body;
        assert_eq!((&later["told"], &later["payee"]["changed"]), (&anew["told"], &json!(true)));
        assert_eq!(later["payee"]["identity"], anew["payee"]["identity"]);
        assert_eq!(acknowledge(&anew["told"]).expect(409).code(), "out_of_turn");
    }

    fn whoever_does_not_say_what_was_stored_is_answered_the_payee_that_stays(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let (hr, path) = (server.machine("HR Lappi"), format!("/v1/payroll/packages/{}", form.id()));
        hr.get(&path).expect(200);
        let other = json!({ "hetu": "131052-902Y", "iban": "FI1410093000123458", "address": "Kuvitteellinen kuja 1, 99999 Esimerkkilä" });
        task.expert().put(&format!("/v1/people/{}/payroll-identity", task.expert().id()), other).expect(200);
        let taken = hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-1" })).expect(200).body;
        assert_eq!(taken["payee"]["identity"]["iban"], "FI1410093000123458");
        assert_eq!(hr.get(&path).expect(200).body["payee"], taken["payee"]);
    }

    fn payroll_sees_that_whom_it_pays_has_left(server) {
        let task = story::performed(server);
        let kept = Kept::of(server, &story::approved(&task));
        assert_eq!(kept.package()["payee"]["active"], true);
        let path = format!("/v1/people/{}/deactivate", task.expert().id());
        server.sign_in("keskus@lappi.example").post(&path, json!({ "reason": "kuollut" })).expect(200);
        let payee = kept.package()["payee"].clone();
        assert_eq!((&payee["active"], &payee["changed"]), (&json!(false), &json!(false)));
        assert_eq!(payee["identity"]["iban"], "FI2112345600000785", "what is owed is paid");
    }

    fn what_an_association_pays_a_volunteer_has_income_types_of_its_own(server) {
        let mut task = story::preparing(server);
        let path = task.agreement("");
        let mut fee = task.orderer().get(&path).expect(200).body["content"]["fee"].clone();
        (fee["basis"], fee["lines"]) = (json!("volunteer"), json!([]));
        let parties = json!({ "payer": region::node("Kokemuspolku ry") });
        task.orderer().patch(&path, json!({ "fee": fee, "parties": parties })).expect(200);
        story::confirm(task.expert(), task.agreement);
        story::confirm(task.orderer(), task.agreement);
        task.orderer().post(&task.assignment("/deliver"), json!({})).expect(201);
        story::after_the_task(server, &mut task);
        task.orderer().post(&task.assignment("/perform"), json!({ "date": "2027-01-15", "minutes": 120 })).expect(200);
        story::payroll_identity(task.expert());
        let form = format!("/v1/fee-forms/{}", story::fee_form(&task).id());
        let drive = json!({
            "kind": "kilometres", "date": "2026-11-20", "description": "Kemi–Rovaniemi–Kemi",
            "kilometres_tenths": 2340, "vehicle": "car",
        });
        let claim = json!({ "claim": { "waived_fee": true, "expenses": [drive] }, "declared": true });
        task.expert().patch(&form, claim).expect(200);
        task.expert().post(&format!("{form}/submit"), json!(null)).expect(200);
        task.orderer().post(&format!("{form}/check"), json!({})).expect(200);
        task.orderer().post(&format!("{form}/approve"), centres()).expect(200);
        let package = form.replace("/fee-forms/", "/payroll/packages/");
        let package = server.machine("HR Lappi").get(&package).expect(200);
        assert_eq!(package.body["lines"][0]["suggested_income_type"]["code"], "357");
    }
}
