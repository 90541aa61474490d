//! Steps of the chain that many tests begin with.

use api::region;
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Answer, Person, Server};

/// The unit that orders.
pub const UNIT: &str = "Päihde- ja riippuvuusyksikkö";

/// Its orderer.
pub const ORDERER: &str = "tilaaja@lappi.example";

/// The liaison appointed nearest above it.
pub const LIAISON: &str = "yhteys.mieli@lappi.example";

/// An order that is being brokered.
pub struct Brokering<'a> {
    /// Who ordered.
    pub orderer: Person<'a>,
    /// Who brokers.
    pub liaison: Person<'a>,
    /// The order.
    pub order: Uuid,
}

/// An order that an expert has been asked about.
pub struct Asked<'a> {
    /// The order and its parties.
    pub brokering: Brokering<'a>,
    /// Who is asked.
    pub expert: Person<'a>,
    /// The offer.
    pub offer: Uuid,
}

/// A whole order form for so many experts.
pub fn form(experts_wanted: u32) -> Value {
    json!({
        "task": {
            "title": "Puheenvuoro henkilöstön koulutuspäivässä",
            "what": "Kerrot omasta hoitopolustasi ja vastaat kysymyksiin.",
            "where": { "kind": "on_site", "address": "Keskuskatu 1, 96100 Rovaniemi" },
            "when": { "start": "2027-01-15T07:00:00Z", "end": "2027-01-15T09:00:00Z" },
            "for_whom": "Kuntoutusosaston hoitajat",
            "task_type": "lecture",
            "purpose": "staff_competence",
            "audience": "professionals",
            "length": { "minutes": 120, "preparation_minutes": 60 },
            "responsibility": "Yksikkö vastaa tilaisuudesta, asiantuntija puheenvuorostaan.",
            "competence": "Tottunut puhumaan ryhmälle.",
            "fee_basis": "paid",
            "fee": { "amount": { "cents": 4000, "currency": "EUR" }, "unit": "hour" }
        },
        "experts_wanted": experts_wanted,
        "cost_centres": [{ "cost_centre": "4410", "share": 100 }],
        "notes": "Yksikössä on remontti."
    })
}

/// The moment `hours` from the server's now, as it is written in JSON.
pub fn in_hours(server: &Server, hours: i64) -> String {
    let now: DateTime<Utc> = server.app.clock.now().into();
    (now + TimeDelta::hours(hours)).to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The card of the expert of the region with this number, from 1.
pub fn card(number: usize) -> Uuid {
    region::experts::card(number).raw()
}

/// An order that has been submitted and is in the liaison's queue.
pub fn submitted(server: &Server, experts_wanted: u32) -> Brokering<'_> {
    submitted_with(server, &form(experts_wanted))
}

fn submitted_with<'a>(server: &'a Server, form: &Value) -> Brokering<'a> {
    let orderer = server.sign_in(ORDERER);
    let liaison = server.sign_in(LIAISON);
    let body = json!({ "node_id": region::node(UNIT), "form": form });
    let order = orderer.post("/v1/orders", body).expect(201).id();
    orderer.post(&format!("/v1/orders/{order}/submit"), Value::Null).expect(200);
    Brokering { orderer, liaison, order }
}

/// An order for one expert that `person`, who brokers, wrote down for somebody of the unit who phoned. Gives its path.
pub fn phoned(person: &Person<'_>) -> String {
    let body = json!({
        "node_id": region::node(UNIT), "intake": "phone",
        "caller": { "name": "Paula Puhelin", "phone": "+358 40 000 0000" }, "form": form(1),
    });
    format!("/v1/orders/{}", person.post("/v1/orders", body).expect(201).id())
}

/// An order that the liaison has taken.
pub fn brokering(server: &Server, experts_wanted: u32) -> Brokering<'_> {
    brokering_with(server, &form(experts_wanted))
}

/// An order with this form that the liaison has taken.
pub fn brokering_with<'a>(server: &'a Server, form: &Value) -> Brokering<'a> {
    let story = submitted_with(server, form);
    story.liaison.post(&format!("/v1/orders/{}/take", story.order), Value::Null).expect(200);
    story
}

/// Sends offers to the experts with these numbers. Gives the offers, in the same order.
pub fn offers(server: &Server, story: &Brokering<'_>, experts: &[usize], mode: &str) -> Vec<Uuid> {
    let cards: Vec<Uuid> = experts.iter().map(|number| card(*number)).collect();
    let body = json!({ "card_ids": cards, "mode": mode, "expires_at": in_hours(server, 48) });
    let made = story.liaison.post(&format!("/v1/orders/{}/offers", story.order), body).expect(201);
    let id = |offer: &Value| {
        offer["id"].as_str().and_then(|id| id.parse().ok()).expect("an offer has an id")
    };
    made.body["items"].as_array().expect("offers").iter().map(id).collect()
}

/// An order for one expert, who has been asked.
pub fn asked(server: &Server) -> Asked<'_> {
    let brokering = brokering(server, 1);
    let offer = offers(server, &brokering, &[1], "parallel")[0];
    let expert = server.sign_in(&region::expert_email(1));
    Asked { brokering, expert, offer }
}

/// Accepts an offer as it is shown.
pub fn accept(expert: &Person<'_>, offer: Uuid) {
    let shown = expert.get(&format!("/v1/offers/{offer}")).expect(200);
    let body = json!({ "description_digest": shown.body["description_digest"] });
    expert.post(&format!("/v1/offers/{offer}/accept"), body).expect(200);
}

/// An order for one expert, who has accepted.
pub fn accepted(server: &Server) -> Asked<'_> {
    let story = asked(server);
    accept(&story.expert, story.offer);
    story
}

/// A task that an expert has accepted, with what was prepared for it.
pub struct Agreed<'a> {
    /// The order, the offer and their parties.
    pub asked: Asked<'a>,
    /// The assignment.
    pub assignment: Uuid,
    /// Its first agreement.
    pub agreement: Uuid,
}

impl<'a> Agreed<'a> {
    /// Who ordered.
    pub fn orderer(&self) -> &Person<'a> {
        &self.asked.brokering.orderer
    }

    /// Who does the task.
    pub fn expert(&self) -> &Person<'a> {
        &self.asked.expert
    }

    /// The path of the assignment, followed by `rest`.
    pub fn assignment(&self, rest: &str) -> String {
        format!("/v1/assignments/{}{rest}", self.assignment)
    }

    /// The path of the agreement, followed by `rest`.
    pub fn agreement(&self, rest: &str) -> String {
        format!("/v1/agreements/{}{rest}", self.agreement)
    }

    /// Signs everyone in again: tokens do not last until the task.
    pub fn sign_in_again(&mut self, server: &'a Server) {
        self.asked.brokering.orderer = server.sign_in(ORDERER);
        self.asked.brokering.liaison = server.sign_in(LIAISON);
        self.asked.expert = server.sign_in(&region::expert_email(1));
    }
}

/// An accepted task whose agreement is still to be filled in.
pub fn preparing(server: &Server) -> Agreed<'_> {
    agreed(accepted(server))
}

/// What was prepared for the task of the expert, whose first one it is.
pub fn agreed(asked: Asked<'_>) -> Agreed<'_> {
    let found = asked.expert.get("/v1/assignments").expect(200);
    let assignment: Uuid = found.body["items"][0]["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .expect("an assignment");
    let view = asked.expert.get(&format!("/v1/assignments/{assignment}")).expect(200);
    let agreement = view.body["agreement_drafting"].as_str().and_then(|id| id.parse().ok());
    Agreed { asked, assignment, agreement: agreement.expect("a first agreement") }
}

/// Says why the fee is not that of the area, and what a late cancellation costs.
pub fn fill_in(story: &Agreed<'_>) {
    let path = story.agreement("");
    let mut fee = story.orderer().get(&path).expect(200).body["content"]["fee"].clone();
    fee["deviation_reason"] = json!("Yksikkö maksaa vakiintuneen tuntipalkkion.");
    fee["cancellation"] = json!({ "notice_hours": 48, "pay_percent": 50 });
    story.orderer().patch(&path, json!({ "fee": fee })).expect(200);
}

/// Confirms the newest revision of the agreement as `person`.
pub fn confirm(person: &Person<'_>, agreement: Uuid) {
    let path = format!("/v1/agreements/{agreement}");
    let revision = person.get(&path).expect(200).body["revision"].clone();
    person.post(&format!("{path}/confirm"), json!({ "revision": revision })).expect(200);
}

/// A task whose agreement is in force.
pub fn confirmed(server: &Server) -> Agreed<'_> {
    let story = preparing(server);
    fill_in(&story);
    confirm(story.expert(), story.agreement);
    confirm(story.orderer(), story.agreement);
    story
}

/// Moves the clock on to an hour after the task, and signs everyone in again.
pub fn after_the_task<'a>(server: &'a Server, story: &mut Agreed<'a>) {
    let end: DateTime<Utc> = "2027-01-15T10:00:00Z".parse().expect("a moment");
    let now: DateTime<Utc> = server.app.clock.now().into();
    server.advance(end - now);
    story.sign_in_again(server);
}

/// A task that was done: everything was delivered before it, and it is the afternoon of its day.
pub fn performed(server: &Server) -> Agreed<'_> {
    let mut story = confirmed(server);
    story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
    after_the_task(server, &mut story);
    let done = json!({ "date": "2027-01-15", "minutes": 120, "participants": 14 });
    story.orderer().post(&story.assignment("/perform"), done).expect(200);
    story
}

/// The expert gives payroll what it needs to pay them, unless they have done so.
pub fn payroll_identity(expert: &Person<'_>) {
    let identity = json!({
        "hetu": "131052-902Y", "iban": "FI2112345600000785", "address": "Kuvitteellinen kuja 1, 99999 Esimerkkilä",
    });
    let given = expert.put(&format!("/v1/people/{}/payroll-identity", expert.id()), identity);
    assert!(matches!(given.status, 200 | 201), "{}", given.text);
}

/// The expert writes a fee form: it is filled in from the agreement.
pub fn fee_form(story: &Agreed<'_>) -> Answer {
    story.expert().post(&story.assignment("/fee-forms"), json!({})).expect(201)
}

/// The expert has submitted a fee form.
pub fn fee_submitted(story: &Agreed<'_>) -> Answer {
    payroll_identity(story.expert());
    let path = format!("/v1/fee-forms/{}", fee_form(story).id());
    story
        .expert()
        .patch(&path, json!({ "tax_card": { "given": "hr_fetches" }, "declared": true }))
        .expect(200);
    story.expert().post(&format!("{path}/submit"), json!(null)).expect(200)
}

/// The unit has checked the fee form.
pub fn fee_checked(story: &Agreed<'_>) -> Answer {
    let form = fee_submitted(story);
    story.orderer().post(&format!("/v1/fee-forms/{}/check", form.id()), json!({})).expect(200)
}

/// The unit has approved the fee form: payroll can fetch it.
pub fn approved(story: &Agreed<'_>) -> Answer {
    let form = fee_checked(story);
    let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
    story.orderer().post(&format!("/v1/fee-forms/{}/approve", form.id()), centres).expect(200)
}
