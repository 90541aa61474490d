//! A payroll system keeps up with what is approved, whatever is asked back, returned, corrected and lost on the way
//! meanwhile: a walk at random, of which nothing is missed and nothing comes twice.

use std::collections::BTreeSet;

use acceptance::{
    Person, on_both_databases,
    story::{self, Agreed},
};
use proptest::{
    prelude::Rng,
    test_runner::{RngAlgorithm, TestRng},
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::payroll::many_performed;

/// Where a fee form stands, as the unit and payroll have left it.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Stage {
    Checked,
    Approved,
    HandedOver,
    Queried,
    Paid,
}

/// The fee form of a task that counts now, and what is true of it.
struct Form<'a> {
    task: Agreed<'a>,
    id: Uuid,
    stage: Stage,
    revision: i64,
}

impl<'a> Form<'a> {
    fn checked(task: Agreed<'a>) -> Self {
        let id = story::fee_checked(&task).id();
        Self { task, id, stage: Stage::Checked, revision: 0 }
    }

    fn act(&self, person: &Person<'_>, action: &str, body: Value) {
        person.post(&format!("/v1/fee-forms/{}/{action}", self.id), body).expect(200);
    }

    fn submit_and_check(&mut self) {
        let path = format!("/v1/fee-forms/{}", self.id);
        self.task
            .expert()
            .patch(&path, json!({ "tax_card": { "given": "hr_fetches" }, "declared": true }))
            .expect(200);
        self.act(self.task.expert(), "submit", Value::Null);
        self.act(self.task.orderer(), "check", json!({}));
        self.stage = Stage::Checked;
    }

    /// The next thing that the unit or the expert does with it, if it is their turn.
    fn goes_on(&mut self, is_returned: bool) {
        match self.stage {
            Stage::Queried if is_returned => {
                self.act(self.task.orderer(), "return", json!({ "reason": "Korjaa." }));
                self.submit_and_check();
            }
            Stage::Checked | Stage::Queried => {
                let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
                self.act(self.task.orderer(), "approve", centres);
                self.stage = Stage::Approved;
                self.revision += 1;
            }
            Stage::Paid => {
                let body = json!({ "corrects": { "fee_form": self.id, "mode": "replace" } });
                let made = self.task.expert().post(&self.task.assignment("/fee-forms"), body);
                self.id = made.expect(201).id();
                self.revision = 0;
                self.submit_and_check();
            }
            Stage::Approved | Stage::HandedOver => {}
        }
    }
}

/// What the payroll system knows.
struct Payroll<'a> {
    hr: Person<'a>,
    /// Where its listing goes on.
    cursor: Option<String>,
    /// What it has read and not taken over, with the revision that it read.
    read: Vec<(Uuid, i64)>,
    taken: BTreeSet<(Uuid, i64)>,
    /// What waits since before it began to list, and it has not come across yet.
    owed: BTreeSet<Uuid>,
}

impl Payroll<'_> {
    fn step(&self, id: Uuid, action: &str, body: &Value, key: Option<&str>) -> acceptance::Answer {
        let path = format!("/v1/payroll/packages/{id}/{action}");
        let mut headers = vec![("content-type", "application/json")];
        headers.extend(key.map(|key| ("idempotency-key", key)));
        self.hr.send("POST", &path, &headers, Some(body.to_string().into_bytes()))
    }

    /// Reads a page of what waits, from where it was.
    fn read_page(&mut self, forms: &[Form<'_>], limit: usize) {
        if self.cursor.is_none() {
            self.owed = waiting(forms).map(|form| form.id).collect();
        }
        let cursor = self.cursor.take().map_or(String::new(), |next| format!("&cursor={next}"));
        let page = self.hr.get(&format!("/v1/payroll/packages?limit={limit}{cursor}")).expect(200);
        for item in page.body["items"].as_array().expect("items") {
            let id: Uuid =
                item["fee_form_id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
            let revision = item["revision"].as_i64().expect("a number");
            let is_true = |form: &Form<'_>| (form.id, form.revision) == (id, revision);
            assert!(waiting(forms).any(is_true), "what is listed waits: {item}");
            self.owed.remove(&id);
            if !self.read.contains(&(id, revision)) {
                self.read.push((id, revision));
            }
        }
        self.cursor = page.body["next"].as_str().map(str::to_owned);
        assert!(
            self.cursor.is_some() || self.owed.is_empty(),
            "nothing is missed: {:?}",
            self.owed
        );
    }

    /// Takes over what it has read, as often as answers are lost.
    fn take(&mut self, forms: &mut [Form<'_>], at: usize, times: usize) {
        let (id, revision) = self.read.swap_remove(at);
        let form = forms.iter_mut().find(|form| form.id == id);
        let form = form.filter(|form| form.stage == Stage::Approved && form.revision == revision);
        let key = format!("{id}-{revision}-{}", self.taken.len());
        for time in 0..times {
            let body = json!({ "reference": "P", "revision": revision });
            let answer = self.step(id, "acknowledge", &body, Some(&key));
            assert_eq!(answer.status, if form.is_some() { 200 } else { 409 }, "{answer:?}");
            assert!(time == 0 || form.is_none() || answer.header("idempotent-replayed") == "true");
        }
        let Some(form) = form else { return };
        form.stage = Stage::HandedOver;
        self.owed.remove(&id);
        assert!(self.taken.insert((id, revision)), "nothing comes twice");
    }

    /// Asks back about one, unless it has been through so much that no more is kept.
    fn query(&mut self, form: &mut Form<'_>) {
        let answer = self.step(form.id, "query", &json!({ "reason": "Miksi?" }), None);
        if answer.status == 409 {
            assert_eq!(answer.code(), "record_full");
            return;
        }
        answer.expect(200);
        form.stage = Stage::Queried;
        self.owed.remove(&form.id);
    }

    fn pay(&self, form: &mut Form<'_>) {
        let amount = json!({ "cents": 8000, "currency": "EUR" });
        let paid = json!({ "date": "2027-01-20", "amount": amount, "reference": "M" });
        self.step(form.id, "pay", &paid, None).expect(200);
        form.stage = Stage::Paid;
    }
}

fn waiting<'a, 'b>(forms: &'a [Form<'b>]) -> impl Iterator<Item = &'a Form<'b>> {
    forms.iter().filter(|form| form.stage == Stage::Approved)
}

/// How long the walk is: short, or as `make faults` says.
fn steps() -> usize {
    std::env::var("FEED_STEPS").map_or(200, |steps| steps.parse().expect("a number"))
}

on_both_databases! {
    fn invariant_05_nothing_is_missed_on_any_walk_through_lists_questions_and_corrections(server) {
        let mut forms: Vec<_> = many_performed(server, 6).into_iter().map(Form::checked).collect();
        let mut payroll = Payroll {
            hr: server.machine("HR Lappi"),
            cursor: None,
            read: Vec::new(),
            taken: BTreeSet::new(),
            owed: BTreeSet::new(),
        };
        let mut dice = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
        let mut below = |many: usize| dice.next_u32() as usize % many;
        for _ in 0..steps() {
            let form = below(forms.len());
            match (below(8), forms[form].stage) {
                (0..3, _) => forms[form].goes_on(below(2) == 0),
                (3..5, _) => payroll.read_page(&forms, 1 + below(3)),
                (5, _) if !payroll.read.is_empty() => {
                    let at = below(payroll.read.len());
                    payroll.take(&mut forms, at, 1 + below(2));
                }
                (6, Stage::Approved | Stage::HandedOver) if below(3) == 0 => payroll.query(&mut forms[form]),
                (6, Stage::HandedOver) => payroll.pay(&mut forms[form]),
                // It was switched off in the middle of a listing.
                (7, _) if below(4) == 0 => payroll.cursor = None,
                _ => {}
            }
        }
        payroll.cursor = None;
        while waiting(&forms).next().is_some() {
            payroll.read_page(&forms, 2);
            while !payroll.read.is_empty() {
                payroll.take(&mut forms, 0, 1);
            }
        }
        for form in forms.iter().filter(|form| matches!(form.stage, Stage::HandedOver | Stage::Paid)) {
            assert!(payroll.taken.contains(&(form.id, form.revision)), "what is approved was taken");
        }
        assert!(payroll.taken.len() * 20 >= steps(), "only {} were taken", payroll.taken.len());
    }
}
