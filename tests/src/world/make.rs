//! How the world comes to be: the chain, once, and beside it one of everything else.

use std::collections::BTreeMap;

use api::region::{self, expert_email};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{PERSONAS, Thing, World};
use crate::{
    Answer, Kind, Person, Server,
    story::{self, Agreed, Asked, Brokering},
};

const LAPLAND: &str = "Lapin hyvinvointialue";
const NGO: &str = "Kokemuspolku ry";

type Things = BTreeMap<&'static str, Vec<Thing>>;

/// Lets everything happen on a database of this kind.
pub(super) fn world(kind: Kind) -> World {
    let server = Server::start(kind);
    let mut things = Things::new();
    people(&server, &mut things);
    chain(&server, &mut things);
    open_orders(&server, &mut things);
    expert(&server, &mut things);
    centre(&server, &mut things);
    coordinator(&server, &mut things);
    put(&mut things, "code_set", "", "languages");
    put(&mut things, "page", "", "problems");
    put(&mut things, "workflow_name", "", "order");
    put(&mut things, "side", "expert", "expert");
    put(&mut things, "side", "orderer", "orderer");
    let signed_in = PERSONAS
        .iter()
        .filter_map(|persona| Some((persona.name, persona.sign_in(&server)?.token().to_owned())));
    let tokens = signed_in.collect();
    let now = server.app.clock.now().into();
    World { settled: server.settle(), now, tokens, things }
}

fn put(things: &mut Things, name: &'static str, which: &'static str, value: impl ToString) {
    things.entry(name).or_default().push(Thing { which, value: value.to_string() });
}

fn first(page: &Answer) -> Uuid {
    let id = page.body["items"][0]["id"].as_str().and_then(|id| id.parse().ok());
    id.unwrap_or_else(|| panic!("there is one in {}", page.text))
}

/// Roles, a delegation, an access request, and what is sent to whom.
fn people(server: &Server, things: &mut Things) {
    let centre = server.sign_in("keskus@lappi.example");
    let from = server.app.clock.now().day();
    for (number, role) in [
        (2, "network_coordinator"),
        (2, "peer_facilitator"),
        (2, "network_member"),
        (4, "network_member"),
    ] {
        if number == 4 {
            let path = format!("/v1/people/{}", region::person(&expert_email(4)));
            let post = json!({ "channel": "post" });
            server.sign_in(&expert_email(4)).patch(&path, post).expect(200);
        }
        let grant = json!({
            "person_id": region::person(&expert_email(number)), "role": role,
            "node_id": region::node(NGO), "from": from,
        });
        centre.post("/v1/grants", grant).expect(201);
    }
    let expert = server.sign_in(&expert_email(1));
    let powers = json!({
        "person": region::person("tukihenkilo@lappi.example"),
        "powers": ["offers", "agreements", "feedback"],
    });
    let delegations = format!("/v1/experts/{}/delegations", region::experts::expert(1));
    expert.post(&delegations, powers).expect(200);
    let asked = json!({
        "area_code": "21", "name": "Ulla Uusi", "email": "ulla@uusi.example", "language": "fi",
        "organisation": "Vammaispalvelut", "role": "orderer", "reason": "Tilaan yksikköömme.",
    });
    let asked = server.stranger().post("/v1/access-requests", asked).expect(201);
    put(things, "access_request_id", "", asked.id());
    let grant = format!("{} {}", story::ORDERER, story::UNIT);
    let grant: domain::grant::GrantId = region::id("grant", &grant);
    put(things, "grant_id", "", grant);
    put(things, "node_id", "", region::node(story::UNIT));
    put(things, "person_id", "the expert", region::person(&expert_email(1)));
    put(things, "person_id", "the orderer", region::person(story::ORDERER));
    put(things, "expert_id", "", region::experts::expert(1));
    put(things, "card_id", "", story::card(5));
    let broker = server.sign_in("valittaja@kokemuspolku.example");
    let letter = first(&broker.get("/v1/letters").expect(200));
    put(things, "notice_id", "a letter", letter);
}

/// An order for two experts who have done it: one fee form is approved, the other one a draft.
fn chain(server: &Server, things: &mut Things) {
    let brokering = story::brokering(server, 2);
    let order = brokering.order;
    let offers = story::offers(server, &brokering, &[1, 3], "parallel");
    let mut tasks: Vec<Agreed<'_>> = [1, 3]
        .into_iter()
        .zip(offers)
        .map(|(number, offer)| agree(server, &brokering, number, offer))
        .collect();
    let mut first_task = tasks.remove(0);
    let mut second_task = tasks.remove(0);
    for task in [&first_task, &second_task] {
        task.orderer().post(&task.assignment("/deliver"), json!({})).expect(201);
    }
    let message = json!({ "text": "Tervetuloa!", "offer_id": first_task.asked.offer });
    first_task.orderer().post(&format!("/v1/orders/{order}/messages"), message).expect(201);
    story::after_the_task(server, &mut first_task);
    second_task.asked.brokering = again(&first_task.asked.brokering);
    second_task.asked.expert = server.sign_in(&expert_email(3));
    for task in [&first_task, &second_task] {
        let done = json!({ "date": "2027-01-15", "minutes": 120, "participants": 14 });
        task.orderer().post(&task.assignment("/perform"), done).expect(200);
    }
    put(things, "order_id", "filled", order);
    put(things, "assignment_id", "", first_task.assignment);
    put(things, "agreement_id", "", first_task.agreement);
    put(things, "accepted_offer_id", "", first_task.asked.offer);
    let deliveries = first_task.orderer().get(&first_task.assignment("/deliveries")).expect(200);
    put(things, "delivery_id", "", first(&deliveries));
    let disclosures = first_task.expert().get("/v1/disclosures").expect(200);
    put(things, "disclosure_id", "", first(&disclosures));
    fees(&first_task, &second_task, things);
    let questions = first_task.expert().get("/v1/question-sets?side=expert").expect(200);
    let answers = json!({
        "question_set": first(&questions), "answers": { "respect": 5 },
        "may_quote": true,
    });
    first_task.expert().put(&first_task.assignment("/feedback/expert"), answers).expect(201);
    let questions = first_task.orderer().get("/v1/question-sets?side=audience").expect(200);
    let counts = json!({ "question_set": first(&questions), "respondents": 12, "counts": [] });
    first_task.orderer().post(&first_task.assignment("/audience-feedback"), counts).expect(201);
    let coordinator = server.sign_in("koordinaattori@lappi.example");
    put(things, "feedback_id", "", first(&coordinator.get("/v1/feedback").expect(200)));
    let notices = first_task.expert().get("/v1/notices").expect(200);
    put(things, "notice_id", "the expert's", first(&notices));
}

fn again<'a>(brokering: &Brokering<'a>) -> Brokering<'a> {
    Brokering {
        orderer: brokering.orderer.clone(),
        liaison: brokering.liaison.clone(),
        order: brokering.order,
    }
}

/// The expert accepts, and both sides agree.
fn agree<'a>(
    server: &'a Server,
    brokering: &Brokering<'a>,
    number: usize,
    offer: Uuid,
) -> Agreed<'a> {
    let expert = server.sign_in(&expert_email(number));
    story::accept(&expert, offer);
    let task = story::agreed(Asked { brokering: again(brokering), expert, offer });
    story::fill_in(&task);
    story::confirm(task.expert(), task.agreement);
    story::confirm(task.orderer(), task.agreement);
    task
}

fn upload(person: &Person<'_>, purpose: &str) -> Uuid {
    let query = format!("/v1/attachments?purpose={purpose}&name=liite.pdf");
    person.upload(&query, "application/octet-stream", b"%PDF-1.7 keksitty").expect(201).id()
}

/// One fee form with a receipt and a tax card, approved, and another one with them, a draft.
fn fees(first_task: &Agreed<'_>, second_task: &Agreed<'_>, things: &mut Things) {
    for (task, which) in [(first_task, "approved"), (second_task, "draft")] {
        story::payroll_identity(task.expert());
        let form = story::fee_form(task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let (card, receipt) = (upload(task.expert(), "tax_card"), upload(task.expert(), "receipt"));
        let mut claim = form.body["claimed"]["claim"].clone();
        claim["expenses"] = json!([{
            "kind": "public_transport", "date": "2027-01-15", "description": "Juna",
            "amount": { "cents": 1250, "currency": "EUR" }, "receipts": [receipt],
        }]);
        let card_given = json!({ "given": "attached", "attachment": card });
        let edit = json!({ "claim": claim, "declared": true, "tax_card": card_given });
        task.expert().patch(&path, edit).expect(200);
        put(things, "fee_form_id", which, form.id());
        let (card_name, receipt_name) = match which {
            "approved" => ("approved tax card", "approved receipt"),
            _ => ("tax card of a draft", "receipt of a draft"),
        };
        put(things, "attachment_id", receipt_name, receipt);
        put(things, "attachment_id", card_name, card);
        if which == "approved" {
            task.expert().post(&format!("{path}/submit"), Value::Null).expect(200);
            task.orderer().post(&format!("{path}/check"), json!({})).expect(200);
            let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
            task.orderer().post(&format!("{path}/approve"), centres).expect(200);
        }
    }
    put(things, "attachment_id", "loose", upload(first_task.expert(), "receipt"));
}

/// An order that is being brokered, one that an organisation brokers, and what is done about them.
fn open_orders(server: &Server, things: &mut Things) {
    let (orderer, liaison) = (server.sign_in(story::ORDERER), server.sign_in(story::LIAISON));
    let order = || {
        let mut form = story::form(1);
        form["task"]["when"] =
            json!({ "start": "2027-03-01T07:00:00Z", "end": "2027-03-01T09:00:00Z" });
        let body = json!({ "node_id": region::node(story::UNIT), "form": form });
        let order = orderer.post("/v1/orders", body).expect(201).id();
        orderer.post(&format!("/v1/orders/{order}/submit"), Value::Null).expect(200);
        liaison.post(&format!("/v1/orders/{order}/take"), Value::Null).expect(200);
        order
    };
    let (here, there) = (order(), order());
    put(things, "order_id", "being brokered", here);
    let to = json!({ "organisation_id": region::node(NGO) });
    liaison.post(&format!("/v1/orders/{there}/hand-over"), to).expect(200);
    put(things, "order_id", "handed over", there);
    let search = liaison.post("/v1/bank/searches", json!({ "order_id": here })).expect(201);
    put(things, "search_id", "", search.id());
    let call = json!({ "deadline": story::in_hours(server, 24) });
    let call = liaison.post(&format!("/v1/orders/{here}/open-call"), call).expect(201).id();
    put(things, "open_call_id", "", call);
    let expert = server.sign_in(&expert_email(1));
    let interest = expert.post(&format!("/v1/open-calls/{call}/interests"), json!({})).expect(201);
    put(things, "interest_id", "", interest.id());
    let ask = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
    let asked = liaison.post(&format!("/v1/orders/{here}/sourcing-requests"), ask).expect(201);
    put(things, "sourcing_id", "", asked.id());
    let brokering = Brokering { orderer, liaison, order: here };
    let offer = story::offers(server, &brokering, &[1], "parallel")[0];
    put(things, "offer_id", "", offer);
    let mails = server.mails_to(&region::expert_email(1), "pyyn");
    let text = &mails.last().expect("a mail about the offer").text;
    let link = text.split("/v1/offer-links/").nth(1).expect("a link");
    put(things, "token", "", link.split("/page").next().expect("a token"));
    let shown = expert.get(&format!("/v1/offers/{offer}")).expect(200);
    let digest = shown.body["description_digest"].as_str().expect("a digest");
    put(things, "description_digest", "", digest);
}

/// A concern, support and a supervision session of the expert.
fn expert(server: &Server, things: &mut Things) {
    let (expert, broker) =
        (server.sign_in(&expert_email(1)), server.sign_in("valittaja@kokemuspolku.example"));
    let concern = json!({ "node_id": region::node(story::UNIT), "text": "Minua ei tervehditty." });
    put(things, "concern_id", "", expert.post("/v1/concerns", concern).expect(201).id());
    let note = json!({ "text": "Sovittiin puhelu." });
    let notes = format!("/v1/experts/{}/support-notes", region::experts::expert(1));
    broker.post(&notes, note).expect(201);
    let terms = json!({
        "starts": "2027-02-01T12:00:00Z", "minutes": 90, "place": "Järjestötalo", "supervisor": "Oona",
        "seats": 4,
    });
    let session = json!({
        "node_id": region::node(NGO), "kind": "supervision", "terms": terms,
        "invited": [region::person(&expert_email(1))],
    });
    let session = broker.post("/v1/supervision-sessions", session).expect(201);
    put(things, "supervision_session_id", "", session.id());
}

/// What the centre decides: settings, questions and documents of the area.
fn centre(server: &Server, things: &mut Things) {
    let centre = server.sign_in("keskus@lappi.example");
    let decisions = format!("/v1/decisions?node_id={}", region::node(LAPLAND));
    put(things, "decision_id", "", first(&centre.get(&decisions).expect(200)));
    let schedules = format!("/v1/fee-schedules?node_id={}", region::node(LAPLAND));
    put(things, "fee_schedule_id", "", first(&centre.get(&schedules).expect(200)));
    let rates = json!({
        "valid_from": "2027-01-01", "valid_until": "2027-12-31", "source": "Keksitty, testiä varten",
        "figures": [{ "kind": "night", "amount": { "cents": 1700, "currency": "EUR" } }],
    });
    let rates = json!({ "node_id": region::node(LAPLAND), "content": rates });
    let rates = centre.post("/v1/expense-rate-tables", rates).expect(201);
    put(things, "expense_rate_table_id", "", rates.id());
    let published = centre.get("/v1/documents?state=published").expect(200);
    put(things, "document_id", "published", first(&published));
    let draft = json!({ "kind": "orientation", "name": "Yksikön perehdytys", "phase": "in_use" });
    let draft = json!({ "node_id": region::node(story::UNIT), "facts": draft });
    let draft = server.sign_in(story::ORDERER).post("/v1/documents", draft).expect(201);
    put(things, "document_id", "draft", draft.id());
    let questions = json!([{ "key": "change", "kind": "text", "text": { "fi": "Mikä muuttuu?" } }]);
    let set = json!({
        "node_id": region::node(LAPLAND),
        "facts": { "side": "orderer", "name": { "fi": "Lapin palaute" }, "questions": questions },
    });
    put(things, "question_set_id", "", centre.post("/v1/question-sets", set).expect(201).id());
    let task = json!({ "code": "media", "description": { "fi": "Haastattelu" }, "offered": true });
    let task = json!({ "node_id": region::node(LAPLAND), "facts": task });
    put(things, "task_type_id", "", centre.post("/v1/task-types", task).expect(201).id());
}

/// What the coordinator keeps: a compilation and the steering group.
fn coordinator(server: &Server, things: &mut Things) {
    let coordinator = server.sign_in("koordinaattori@lappi.example");
    let area = region::node(LAPLAND);
    let year = json!({ "area_id": area, "year": server.app.clock.now().day().year() });
    let compilation = coordinator.post("/v1/compilations", year).expect(201);
    put(things, "compilation_id", "", compilation.id());
    let group = json!({ "area_id": area, "facts": { "name": { "fi": "Ohjausryhmä" } } });
    let group = coordinator.post("/v1/steering-groups", group).expect(201).id();
    put(things, "steering_group_id", "", group);
    let meeting = json!({ "on": "2027-02-10", "agenda": [{ "title": "Vuosikooste" }] });
    let meetings = format!("/v1/steering-groups/{group}/meetings");
    put(things, "steering_meeting_id", "", coordinator.post(&meetings, meeting).expect(201).id());
    let action = json!({
        "steering_group_id": group, "facts": { "title": "Palkkiot viipyvät", "owner": "HR" },
    });
    let action = coordinator.post("/v1/development-actions", action).expect(201);
    put(things, "development_action_id", "", action.id());
}
