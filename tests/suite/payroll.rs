//! What payroll fetches, acknowledges, asks about and pays: nothing missed, and nothing twice.

use std::{collections::BTreeSet, thread};

use acceptance::{
    Person, Server, on_both_databases,
    story::{self, Agreed, Asked, Brokering},
};
use api::region;
use serde_json::{Value, json};
use uuid::Uuid;

fn euros(cents: i64) -> Value {
    json!({ "cents": cents, "currency": "EUR" })
}

/// The identifiers of every package that waits, page by page.
fn waiting(hr: &Person<'_>, limit: usize) -> Vec<String> {
    let items = hr.items(&format!("/v1/payroll/packages?limit={limit}"));
    items.iter().map(|item| item["fee_form_id"].as_str().expect("an id").to_owned()).collect()
}

fn total(package: &Value) -> i64 {
    package["approved"]["sums"]["total"]["cents"].as_i64().expect("an amount")
}

fn payment(cents: i64) -> Value {
    json!({ "date": "2027-01-20", "amount": euros(cents), "reference": "M-1" })
}

/// A task that so many experts have done, each by an assignment of their own.
pub(crate) fn many_performed(server: &Server, experts: usize) -> Vec<Agreed<'_>> {
    let brokering = story::brokering(server, u32::try_from(experts).expect("a few"));
    let numbers: Vec<usize> = (1..=experts).collect();
    let offers = story::offers(server, &brokering, &numbers, "parallel");
    let mut tasks: Vec<_> = numbers
        .iter()
        .zip(offers)
        .map(|(number, offer)| {
            let expert = server.sign_in(&region::expert_email(*number));
            story::accept(&expert, offer);
            let (orderer, liaison) = (brokering.orderer.clone(), brokering.liaison.clone());
            let brokering = Brokering { orderer, liaison, order: brokering.order };
            let task = story::agreed(Asked { brokering, expert, offer });
            story::fill_in(&task);
            story::confirm(task.expert(), task.agreement);
            story::confirm(task.orderer(), task.agreement);
            task.orderer().post(&task.assignment("/deliver"), json!({})).expect(201);
            task
        })
        .collect();
    story::after_the_task(server, &mut tasks[0]);
    let orderer = tasks[0].orderer().clone();
    for (number, task) in (1..).zip(&mut tasks) {
        task.asked.brokering.orderer = orderer.clone();
        task.asked.expert = server.sign_in(&region::expert_email(number));
        let done = json!({ "date": "2027-01-15", "minutes": 120 });
        orderer.post(&task.assignment("/perform"), done).expect(200);
    }
    tasks
}

on_both_databases! {
    fn two_units_share_the_cost_from_the_order_to_payroll_and_no_unit_of_another_area_does(server) {
        let task = story::performed(server);
        let other = region::node("Vammaispalvelujen yksikkö");
        let stranger = region::node("Kuntoutuksen yksikkö");
        let centres = |node: &Value| json!([
            { "cost_centre": "4410", "share": 60 }, { "cost_centre": "5520", "share": 40, "node": node },
        ]);
        let order = |node: &Value| {
            let mut form = story::form(1);
            form["units_involved"] = json!([other]);
            form["cost_centres"] = centres(node);
            task.orderer().post("/v1/orders", json!({ "node_id": region::node(story::UNIT), "form": form }))
        };
        let shared = order(&json!(other)).expect(201);
        assert_eq!(shared.body["form"]["cost_centres"], centres(&json!(other)));
        assert_eq!(shared.body["form"]["units_involved"], json!([other]));
        let refused = order(&json!(stranger)).expect(400);
        assert_eq!(refused.faults(), [("#/form/cost_centres/1/node".to_owned(), "cannot_pay".to_owned())]);

        let form = story::fee_checked(&task);
        let approve = format!("/v1/fee-forms/{}/approve", form.id());
        let with = |node: &Value| task.orderer().post(&approve, json!({ "cost_centres": centres(node) }));
        let refused = with(&json!(stranger)).expect(400);
        assert_eq!(refused.faults(), [("#/cost_centres/1/node".to_owned(), "cannot_pay".to_owned())]);
        let refused = with(&json!(uuid::Uuid::nil())).expect(400);
        assert_eq!(refused.faults(), [("#/cost_centres/1/node".to_owned(), "unknown_reference".to_owned())]);
        with(&json!(other)).expect(200);
        let hr = server.machine("HR Lappi");
        let package = hr.get(&format!("/v1/payroll/packages/{}", form.id())).expect(200);
        assert_eq!(package.body["cost_centres"], centres(&json!(other)));
    }

    fn what_was_not_yet_claimed_was_not_paid(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let hr = server.machine("HR Lappi");
        let path = format!("/v1/payroll/packages/{}", form.id());
        hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P" })).expect(200);
        let mut early = payment(8000);
        early["date"] = json!("1990-01-01");
        let refused = hr.post(&format!("{path}/pay"), early).expect(400);
        assert_eq!(refused.faults(), [("#/date".to_owned(), "before_the_claim".to_owned())]);
        hr.post(&format!("{path}/pay"), payment(8000)).expect(200);
    }

    fn payroll_fetches_acknowledges_and_pays(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let hr = server.machine("HR Lappi");
        assert_eq!(waiting(&hr, 50), [form.id().to_string()]);
        let path = format!("/v1/payroll/packages/{}", form.id());

        let package = hr.get(&path).expect(200);
        assert_eq!(package.body["payee"]["identity"]["hetu"], "131052-902Y");
        assert_eq!(package.body["payee"]["identity"]["iban"], "FI2112345600000785");
        assert_eq!(package.body["approved"], form.body["approved"]);
        assert_eq!(package.body["cost_centres"][0]["cost_centre"], "4410");
        assert_eq!(package.body["tax_card"]["given"], "hr_fetches");
        assert_eq!(package.body["agreement"]["fee"]["lines"], form.body["approved"]["claim"]["fee_lines"]);
        assert_eq!(package.body["lines"][0]["suggested_income_type"]["code"], "214");
        assert_eq!(package.allowed(), ["acknowledge", "query"]);
        hr.post(&format!("{path}/pay"), payment(total(&package.body))).expect(409);

        let stored = json!({ "reference": "P-1", "revision": 1 });
        let taken = hr.post(&format!("{path}/acknowledge"), stored.clone()).expect(200);
        assert_eq!(taken.body["state"], json!({ "name": "handed_over", "reference": "P-1", "at": taken.body["state"]["at"] }));
        assert_eq!(taken.allowed(), ["query", "pay"]);
        assert!(waiting(&hr, 50).is_empty(), "what is acknowledged is not listed again");
        assert_eq!(hr.post(&format!("{path}/acknowledge"), stored).expect(409).code(), "out_of_turn");

        let paid = hr.post(&format!("{path}/pay"), payment(total(&package.body))).expect(200);
        assert_eq!(paid.body["paid_otherwise"], false);
        assert!(paid.allowed().is_empty());
        let seen = task.expert().get(&format!("/v1/fee-forms/{}", form.id())).expect(200);
        assert_eq!(seen.body["state"]["name"], "paid");
        assert_eq!(seen.body["state"]["payment"]["date"], "2027-01-20");
        assert_eq!(hr.get("/v1/payroll/packages?state=paid").expect(200).count(), 1);
    }

    fn invariant_06_what_is_paid_is_immutable_also_when_it_is_another_sum(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let (hr, path) = (server.machine("HR Lappi"), format!("/v1/payroll/packages/{}", form.id()));
        hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-1" })).expect(200);
        let paid = hr.post(&format!("{path}/pay"), payment(1)).expect(200);
        assert_eq!(paid.body["paid_otherwise"], true);
        let own = format!("/v1/fee-forms/{}", form.id());
        let seen = task.expert().get(&own).expect(200);
        assert!(seen.body["warnings"].as_array().expect("a list").iter().any(|found| found["code"] == "paid_otherwise"));
        assert!(seen.allowed().is_empty(), "what is paid is immutable");
        task.expert().patch(&own, json!({ "declared": false })).expect(409);
        task.expert().post(&format!("{own}/withdraw"), json!(null)).expect(409);
        task.orderer().post(&format!("{own}/return"), json!({ "reason": "Ei." })).expect(409);
        hr.post(&format!("{path}/pay"), payment(2)).expect(409);
        hr.post(&format!("{path}/query"), json!({ "reason": "Ei." })).expect(409);

        let new = task.assignment("/fee-forms");
        let correction = json!({ "corrects": { "fee_form": form.body["id"], "mode": "replace" } });
        let corrected = task.expert().post(&new, correction.clone()).expect(201);
        assert_eq!(corrected.body["claimed"], form.body["approved"]);
        assert_eq!(task.expert().post(&new, correction).expect(409).code(), "fee_form_exists");
        assert_eq!(task.expert().get(&own).expect(200).body["state"]["payment"]["amount"], euros(1));
    }

    fn payroll_follows_the_payer_and_no_agreement_leads_it_elsewhere(server) {
        let mut story = story::preparing(server);
        story::fill_in(&story);
        let elsewhere = json!({ "parties": { "payer": region::node("Satakunnan hyvinvointialue") } });
        assert_eq!(story.orderer().patch(&story.agreement(""), elsewhere).expect(400).wrong(), [("#/parties/payer", "cannot_pay")]);
        let background = json!({ "parties": { "payer": region::node("Kokemuspolku ry") } });
        story.orderer().patch(&story.agreement(""), background).expect(200);
        story::confirm(story.expert(), story.agreement);
        story::confirm(story.orderer(), story.agreement);
        story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
        story::after_the_task(server, &mut story);
        story.orderer().post(&story.assignment("/perform"), json!({ "date": "2027-01-15", "minutes": 120 })).expect(200);
        let form = story::approved(&story);
        assert_eq!(form.body["payer_id"], region::node("Kokemuspolku ry").to_string());
        let hr = server.machine("HR Lappi");
        assert_eq!(waiting(&hr, 50), [form.id().to_string()]);
        let other = server.machine("HR Satakunta");
        assert!(waiting(&other, 50).is_empty());
        other.get(&format!("/v1/payroll/packages/{}", form.id())).expect(404);
    }

    fn what_was_paid_for_nothing_is_made_void_by_a_form_that_goes_the_whole_way(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let hr = server.machine("HR Lappi");
        let path = format!("/v1/payroll/packages/{}", form.id());
        hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-1" })).expect(200);
        hr.post(&format!("{path}/pay"), payment(total(&hr.get(&path).expect(200).body))).expect(200);

        let correction = json!({ "corrects": { "fee_form": form.body["id"], "mode": "void" } });
        let void = task.expert().post(&task.assignment("/fee-forms"), correction.clone()).expect(201);
        assert_eq!(void.body["claimed"]["sums"]["total"], euros(0));
        let own = format!("/v1/fee-forms/{}", void.id());
        let claim = json!({ "claim": form.body["claimed"]["claim"] });
        assert_eq!(task.expert().patch(&own, claim).expect(400).wrong(), [("#/claim", "not_with_void")]);
        assert_eq!(task.expert().post(&format!("{own}/submit"), json!(null)).expect(409).code(), "not_declared");
        task.expert().patch(&own, json!({ "declared": true })).expect(200);
        task.expert().post(&format!("{own}/submit"), json!(null)).expect(200);
        task.orderer().post(&format!("{own}/check"), json!({})).expect(200);
        task.orderer().post(&format!("{own}/approve"), json!({ "cost_centres": form.body["cost_centres"] })).expect(200);

        assert_eq!(waiting(&hr, 50), [void.id().to_string()]);
        let path = format!("/v1/payroll/packages/{}", void.id());
        let package = hr.get(&path).expect(200);
        let corrected = &package.body["corrects"];
        assert_eq!(corrected["correction"], json!({ "fee_form": form.body["id"], "mode": "void" }));
        assert_eq!((&corrected["paid"], &corrected["paid_on"]), (&form.body["approved"]["sums"]["total"], &json!("2027-01-20")));
        assert_eq!((total(&package.body), &package.body["lines"]), (0, &json!([])));
        hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-2" })).expect(200);
        let paid = hr.post(&format!("{path}/pay"), payment(0)).expect(200);
        assert_eq!(paid.body["paid_otherwise"], false);
        let old = task.expert().get(&format!("/v1/fee-forms/{}", form.id())).expect(200);
        assert_eq!((&old.body["state"]["name"], &old.body["approved"]), (&json!("paid"), &form.body["approved"]), "what is paid stays as it is");
        assert_eq!(task.expert().post(&task.assignment("/fee-forms"), correction).expect(409).code(), "fee_form_exists");
    }

    fn a_correction_says_what_is_to_be_paid_by_it_and_what_is_to_be_recovered(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let hr = server.machine("HR Lappi");
        let path = |id: Uuid| format!("/v1/payroll/packages/{id}");
        let acknowledge = |id| hr.post(&format!("{}/acknowledge", path(id)), json!({ "reference": "P" })).expect(200);
        let pay = |id, cents| hr.post(&format!("{}/pay", path(id)), payment(cents)).expect(200).body;
        let listed = |id: Uuid| {
            let items = hr.items("/v1/payroll/packages");
            items.into_iter().find(|item| item["fee_form_id"] == json!(id)).expect("it is listed")
        };
        let correct = |old: Uuid, mode: &str, tenths: Option<i64>| {
            let body = json!({ "corrects": { "fee_form": old, "mode": mode } });
            let new = task.expert().post(&task.assignment("/fee-forms"), body).expect(201);
            let own = format!("/v1/fee-forms/{}", new.id());
            let mut change = json!({ "declared": true });
            if let Some(tenths) = tenths {
                let mut claim = new.body["claimed"]["claim"].clone();
                claim["fee_lines"][0]["quantity_tenths"] = json!(tenths);
                change["claim"] = claim;
                change["tax_card"] = json!({ "given": "hr_fetches" });
            }
            task.expert().patch(&own, change).expect(200);
            task.expert().post(&format!("{own}/submit"), json!(null)).expect(200);
            task.orderer().post(&format!("{own}/check"), json!({})).expect(200);
            assert!(hr.get(&path(old)).expect(200).body["corrected_by"].is_null(), "nobody has approved it yet");
            task.orderer().post(&format!("{own}/approve"), json!({ "cost_centres": form.body["cost_centres"] })).expect(200);
            assert_eq!(hr.get(&path(old)).expect(200).body["corrected_by"], json!(new.id()));
            new.id()
        };

        let first = form.id();
        let plain = listed(first);
        assert_eq!((&plain["total"], &plain["to_pay"], &plain["corrects"]), (&euros(8000), &euros(8000), &Value::Null));
        assert_eq!(hr.get(&path(first)).expect(200).body["to_pay"], euros(8000));
        acknowledge(first);
        assert_eq!(pay(first, 7000)["paid_otherwise"], true);

        // One that is given up corrects nothing, and hides none that comes after it.
        let given_up = correct(first, "replace", Some(10));
        hr.post(&format!("{}/query", path(given_up)), json!({ "reason": "Miksi?" })).expect(200);
        let own = format!("/v1/fee-forms/{given_up}");
        task.orderer().post(&format!("{own}/return"), json!({ "reason": "Perustele." })).expect(200);
        task.expert().post(&format!("{own}/withdraw"), json!(null)).expect(200);

        let second = correct(first, "replace", Some(20));
        let more = listed(second);
        assert_eq!((&more["total"], &more["to_pay"]), (&euros(8000), &euros(1000)));
        assert_eq!(more["corrects"]["correction"], json!({ "fee_form": first, "mode": "replace" }));
        assert_eq!(more["corrects"], hr.get(&path(second)).expect(200).body["corrects"]);
        acknowledge(second);
        let paid = pay(second, 8000);
        assert_eq!((&paid["paid_otherwise"], &paid["to_pay"]), (&json!(false), &euros(1000)), "it is told what they have got in all");

        let third = correct(second, "replace", Some(15));
        assert_eq!((&listed(third)["total"], &listed(third)["to_pay"]), (&euros(6000), &euros(-2000)));
        acknowledge(third);
        assert_eq!(pay(third, 6000)["paid_otherwise"], false);

        let void = correct(third, "void", None);
        assert_eq!((&listed(void)["total"], &listed(void)["to_pay"]), (&euros(0), &euros(-6000)));
        assert_eq!(hr.get(&path(void)).expect(200).body["to_pay"], euros(-6000));
        acknowledge(void);
        assert_eq!(pay(void, 0)["paid_otherwise"], false);
    }

    fn only_what_was_paid_is_corrected(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let new = task.assignment("/fee-forms");
        let correction = json!({ "corrects": { "fee_form": form.body["id"], "mode": "void" } });
        assert_eq!(task.expert().post(&new, correction).expect(409).code(), "not_paid");
        let unknown = json!({ "corrects": { "fee_form": task.assignment, "mode": "void" } });
        assert_eq!(task.expert().post(&new, unknown).expect(400).faults()[0].1, "unknown_reference");
    }

    fn a_question_goes_back_to_the_unit_and_the_answer_is_a_new_revision(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let (hr, path) = (server.machine("HR Lappi"), format!("/v1/payroll/packages/{}", form.id()));
        let asked = hr.post(&format!("{path}/query"), json!({ "reason": "Kustannuspaikka?" })).expect(200);
        assert_eq!(asked.body["state"]["reason"], "Kustannuspaikka?");
        assert!(waiting(&hr, 50).is_empty());
        let own = format!("/v1/fee-forms/{}", form.id());
        let centres = json!({ "cost_centres": [
            { "cost_centre": "4410", "share": 60 }, { "cost_centre": "4411", "share": 40 },
        ] });
        let wrong = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 60 }] });
        assert_eq!(task.orderer().post(&format!("{own}/approve"), wrong).expect(400).faults()[0].1, "shares_not_100");
        task.orderer().post(&format!("{own}/approve"), centres).expect(200);
        assert_eq!(waiting(&hr, 50), [form.id().to_string()]);
        let old = json!({ "reference": "P-1", "revision": 1 });
        assert_eq!(hr.post(&format!("{path}/acknowledge"), old).expect(409).code(), "package_changed");
        hr.post(&format!("{path}/acknowledge"), json!({ "reference": "P-1", "revision": 2 })).expect(200);
    }

    fn another_area_s_payroll_sees_nothing(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let other = server.machine("HR Satakunta");
        assert!(waiting(&other, 50).is_empty());
        let path = format!("/v1/payroll/packages/{}", form.id());
        other.get(&path).expect(404);
        other.post(&format!("{path}/acknowledge"), json!({ "reference": "P" })).expect(404);
        for person in [task.expert(), task.orderer(), &server.sign_in("yllapito@kokemusvayla.example")] {
            person.get(&path).expect(404);
            assert_eq!(person.get("/v1/payroll/packages").expect(200).count(), 0);
        }
        server.stranger().get("/v1/payroll/packages").expect(401);
    }

    fn what_is_not_approved_is_no_package(server) {
        let task = story::performed(server);
        let form = story::fee_submitted(&task);
        let hr = server.machine("HR Lappi");
        assert!(waiting(&hr, 50).is_empty());
        hr.get(&format!("/v1/payroll/packages/{}", form.id())).expect(404);
        hr.post(&format!("/v1/payroll/packages/{}/acknowledge", form.id()), json!({ "reference": "P" })).expect(404);
    }

    fn invariant_03_experience_themes_are_never_in_packages(server) {
        let task = story::performed(server);
        let form = story::approved(&task);
        let hr = server.machine("HR Lappi");
        let package = hr.get(&format!("/v1/payroll/packages/{}", form.id())).expect(200).text;
        let list = hr.get("/v1/payroll/packages").expect(200).text;
        let actions = |text: &str, at: &str| serde_json::from_str::<Value>(text).expect("JSON").pointer(at).cloned();
        assert_eq!(actions(&list, "/items/0/actions"), actions(&package, "/actions"), "a list says the same");
        for theme in domain::codes::EXPERIENCE_THEMES.entries {
            for word in [theme.code, theme.fi, theme.sv, theme.en] {
                let word = format!("\"{word}\"");
                assert!(!package.contains(&word) && !list.contains(&word), "{word}");
            }
        }
        for field in ["theme", "experience", "closed_topics", "adjustments", "nature", "title"] {
            assert!(!package.contains(&format!("\"{field}")), "{field}");
        }
        assert!(!list.contains("902Y") && !list.contains("hetu"), "the list has no personal data");
    }

    fn invariant_05_payroll_misses_nothing_and_gets_nothing_twice(server) {
        const FORMS: usize = 6;
        const PULLERS: usize = 3;
        let tasks = many_performed(server, FORMS);
        let forms: Vec<_> = tasks.iter().map(story::fee_checked).collect();
        let expected: BTreeSet<String> = forms.iter().map(|form| form.id().to_string()).collect();
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        let hr = server.machine("HR Lappi");

        let taken: Vec<String> = thread::scope(|scope| {
            for (task, form) in tasks.iter().zip(&forms) {
                let (path, centres) = (format!("/v1/fee-forms/{}/approve", form.id()), centres.clone());
                scope.spawn(move || task.orderer().post(&path, centres).expect(200));
            }
            let pullers: Vec<_> = (0..PULLERS)
                .map(|_| {
                    scope.spawn(|| {
                        let mut mine = Vec::new();
                        for _ in 0..200 {
                            for id in waiting(&hr, 3) {
                                let path = format!("/v1/payroll/packages/{id}/acknowledge");
                                let answer = hr.post(&path, json!({ "reference": id }));
                                match answer.status {
                                    200 => mine.push(id),
                                    409 => (), // another puller was faster
                                    _ => panic!("{answer:?}"),
                                }
                            }
                            let done = hr.get("/v1/payroll/packages?state=handed_over").expect(200).count();
                            if done == FORMS {
                                break;
                            }
                        }
                        mine
                    })
                })
                .collect();
            pullers.into_iter().flat_map(|puller| puller.join().expect("it pulls")).collect()
        });

        assert_eq!(taken.len(), FORMS, "nothing was taken twice");
        assert_eq!(taken.into_iter().collect::<BTreeSet<_>>(), expected, "nothing was missed");
        assert!(waiting(&hr, 50).is_empty());
    }

    fn payroll_gets_the_signed_agreement_with_the_fee_form_and_nothing_of_health(server) {
        let mut story = story::preparing(server);
        let own = ["Masennuksesta toipuminen", "Ei kysytä lääkkeistä", "Induktiosilmukka", "Mielenterveystalon sali", "Sairaslomalaiset"];
        let agreement = story.expert().get(&story.agreement("")).expect(200);
        let mut task = agreement.body["content"]["task"].clone();
        (task["nature"], task["place"], task["target_group"]) = (json!(own[0]), json!(own[3]), json!(own[4]));
        let mut support = agreement.body["content"]["support"].clone();
        support["adjustments"] = json!([own[2]]);
        let edit = json!({ "task": task, "closed_topics": [own[1]], "support": support });
        story.expert().patch(&story.agreement(""), edit).expect(200);
        story::fill_in(&story);
        story::confirm(story.expert(), story.agreement);
        story::confirm(story.orderer(), story.agreement);
        story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
        story::after_the_task(server, &mut story);
        story.orderer().post(&story.assignment("/perform"), json!({ "date": "2027-01-15", "minutes": 120 })).expect(200);
        let form = story::approved(&story);

        let hr = server.machine("HR Lappi");
        let package = hr.get(&format!("/v1/payroll/packages/{}", form.id())).expect(200);
        let signed = hr.get(package.body["agreement"]["signed"].as_str().expect("an address")).expect(200);
        let agreed = story.expert().get(&story.agreement("")).expect(200);
        assert_eq!(signed.body["digest"], agreed.body["confirmations"]["expert"]["digest"]);
        assert_eq!(signed.body["digest"], agreed.body["confirmations"]["orderer"]["digest"]);
        assert_eq!(signed.body["revision"], agreed.body["revision"]);
        assert_eq!(signed.body["signatures"].as_array().map(Vec::len), Some(2));
        assert_eq!(signed.body["signatures"][1]["name"], "Tiina Tilaaja");
        assert_eq!((&signed.body["cost_centre"], &signed.body["minutes"]), (&json!("4410"), &json!(120)));
        assert_eq!(signed.body["fee"]["lines"], agreed.body["content"]["fee"]["lines"]);
        assert_eq!(signed.body["fee_sum"], agreed.body["fee_sum"]);

        let address = package.body["agreement"]["print"].as_str().expect("an address").to_owned();
        let mut digests = 0;
        for language in ["fi", "sv", "en"] {
            let page = hr.get(&format!("{address}?language={language}")).expect(200);
            assert!(page.header("content-type").starts_with("text/html"));
            assert!(page.text.contains("Tiina Tilaaja") && page.text.contains("4410"), "{}", page.text);
            digests += usize::from(page.text.contains(signed.body["digest"].as_str().expect("a digest")));
            for words in own.iter().copied().chain(["Puheenvuoro henkilöstön koulutuspäivässä", "hoitopolustasi", "vakiintuneen tuntipalkkion"]) {
                for text in [&package.text, &signed.text, &page.text] {
                    assert!(!text.contains(words), "payroll does not read {words}");
                }
            }
        }
        assert_eq!(digests, 3);
        let whole = story.expert().get(&story.agreement("/print")).expect(200);
        assert!(whole.text.contains(signed.body["digest"].as_str().expect("a digest")), "the parties hold the same");

        for path in [address.as_str(), &format!("/v1/payroll/packages/{}/agreement", form.id())] {
            server.machine("HR Satakunta").get(path).expect(404);
            server.machine("Kokemuspolun verkkosivu").get(path).expect(404);
            story.expert().get(path).expect(404);
            story.orderer().get(path).expect(404);
        }
        let draft = format!("/v1/payroll/packages/{}/agreement", uuid::Uuid::now_v7());
        hr.get(&draft).expect(404);
    }
}
