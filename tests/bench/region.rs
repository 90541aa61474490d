//! What the server is asked about: the made-up region, with as many experts and fee forms as wanted, and enough things
//! that wait for the next step of the chain.

use acceptance::{Kind, Person, Server, story};
use api::region;
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    copies::{Pattern, Photograph},
    sql::Sql,
};

/// What a fee form hangs on.
const CHAIN: &[&str] =
    &["orders", "offers", "assignments", "agreements", "agreement_revisions", "fee_forms"];

/// Somebody who orders little, for another unit.
const ELSEWHERE: &str = "vammais@lappi.example";
const ELSEWHERE_UNIT: &str = "Vammaispalvelujen yksikkö";

/// The day of every task that is still ahead.
const TASK: NaiveDate = NaiveDate::from_ymd_opt(2027, 3, 1).expect("a day");

/// A filled database, and who and what is in it.
pub(crate) struct Filled {
    pub(crate) server: Server,
    pub(crate) kind: Kind,
    pub(crate) orderer: String,
    pub(crate) liaison: String,
    pub(crate) elsewhere: String,
    pub(crate) expert: String,
    pub(crate) payroll: String,
    pub(crate) orders: Vec<String>,
    pub(crate) searching: String,
    pub(crate) drafts: Vec<String>,
    /// As many drafts again, for the steady loads: what was submitted before cannot be submitted once more.
    pub(crate) fresh_drafts: Vec<String>,
    pub(crate) offers: Vec<(String, String)>,
    pub(crate) digest: String,
    pub(crate) claims: Vec<String>,
    pub(crate) approved: Vec<String>,
    pub(crate) refresh: Vec<String>,
}

/// An order form for a task that is still to come.
fn form() -> Value {
    let mut form = story::form(1);
    form["task"]["when"] =
        json!({ "start": format!("{TASK}T07:00:00Z"), "end": format!("{TASK}T09:00:00Z") });
    form
}

fn order(orderer: &Person<'_>, unit: &str) -> Uuid {
    let body = json!({ "node_id": region::node(unit), "form": form() });
    orderer.post("/v1/orders", body).expect(201).id()
}

/// Fills a fresh database: `size` experts and fee forms, and `work` of each thing that waits.
pub(crate) fn fill(kind: Kind, size: usize, work: usize) -> Filled {
    let server = Server::start(kind);
    let mut sql = Sql::connect(kind, server.database_url());
    let photograph = Photograph::take(&mut sql);

    // One run through the chain, stopped with a fee form that is ready to be submitted …
    let story = story::performed(&server);
    story::payroll_identity(story.expert());
    let claim = story::fee_form(&story).id().to_string();
    let path = format!("/v1/fee-forms/{claim}");
    let ready = json!({ "tax_card": { "given": "hr_fetches" }, "declared": true });
    story.expert().patch(&path, ready).expect(200);
    let claims = photograph.since(&mut sql).only(CHAIN);
    // … and gone on until payroll can fetch it.
    story.expert().post(&format!("{path}/submit"), Value::Null).expect(200);
    story.orderer().post(&format!("{path}/check"), json!({})).expect(200);
    let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
    story.orderer().post(&format!("{path}/approve"), centres).expect(200);
    let approved = photograph.since(&mut sql).only(CHAIN);

    let orderer = server.sign_in(story::ORDERER);
    let liaison = server.sign_in(story::LIAISON);
    let elsewhere = server.sign_in(ELSEWHERE);
    for _ in 0..3 {
        order(&elsewhere, ELSEWHERE_UNIT);
    }
    let expert = server.sign_in(&region::expert_email(2));
    let photograph = Photograph::take(&mut sql);
    order(&orderer, story::UNIT);
    let drafts = photograph.since(&mut sql).only(&["orders"]);
    let photograph = Photograph::take(&mut sql);
    let asked = order(&orderer, story::UNIT);
    orderer.post(&format!("/v1/orders/{asked}/submit"), Value::Null).expect(200);
    liaison.post(&format!("/v1/orders/{asked}/take"), Value::Null).expect(200);
    let ask = json!({ "card_ids": [story::card(2)], "mode": "parallel", "expires_at": "2027-02-01T07:00:00Z" });
    liaison.post(&format!("/v1/orders/{asked}/offers"), ask).expect(201);
    let offers = photograph.since(&mut sql).only(&["orders", "offers"]);
    let offer = offers.id("offers");
    let digest = expert.get(&format!("/v1/offers/{offer}")).expect(200);
    let digest = digest.body["description_digest"].as_str().expect("a digest").to_owned();

    // Each expert gets their share of the offers, and each of those is on another day: nobody has thousands of tasks at once.
    let askable: Vec<usize> = (2..=40).filter(|number| *number != region::experts::AWAY).collect();
    let tokens: Vec<String> = askable
        .iter()
        .map(|number| server.sign_in(&region::expert_email(*number)).token().to_owned())
        .collect();
    let ids = |number: usize| {
        let person = region::person(&region::expert_email(number)).to_string();
        let expert = region::experts::expert(number).to_string();
        [person, expert, region::experts::card(number).to_string()]
    };
    let shared = |copy: usize, row: String| {
        let pairs = ids(2).into_iter().zip(ids(askable[copy % askable.len()]));
        let day = TASK.checked_add_days(Days::new((copy / askable.len()) as u64)).expect("a day");
        let row = row.replace(&TASK.to_string(), &day.to_string());
        pairs.fold(row, |row, (old, new)| row.replace(&old, &new))
    };
    let same = |_, row| row;
    let mut waiting = drafts.copy(&mut sql, 2 * work, &drafts.id("orders"), same);
    let copied = approved.copy(&mut sql, size, &approved.id("fee_forms"), same);
    let filled = Filled {
        kind,
        orders: sql.texts(&format!(
            "SELECT id AS one FROM orders WHERE node_id = '{}' ORDER BY id LIMIT 1000",
            region::node(story::UNIT)
        )),
        searching: asked.to_string(),
        fresh_drafts: waiting.split_off(work),
        drafts: waiting,
        offers: offers
            .copy(&mut sql, work, &offer, shared)
            .into_iter()
            .zip(tokens.into_iter().cycle())
            .collect(),
        digest,
        claims: claims.copy(&mut sql, work, &claims.id("fee_forms"), same),
        approved: copied,
        refresh: (0..crate::load::CLIENTS)
            .map(|number| {
                server.sign_in_fully(&region::expert_email(3 + number))["refresh_token"]
                    .as_str()
                    .expect("a token")
                    .to_owned()
            })
            .collect(),
        orderer: orderer.token().to_owned(),
        liaison: liaison.token().to_owned(),
        elsewhere: elsewhere.token().to_owned(),
        // Whoever claims is the expert of the story.
        expert: server.sign_in(&region::expert_email(1)).token().to_owned(),
        payroll: server.machine("HR Lappi").token().to_owned(),
        server,
    };
    experts(&mut sql, size);
    if let Kind::Postgres = kind {
        // What PostgreSQL does by itself after a while. SQLite is asked for no statistics where it serves, and has none here.
        sql.run("VACUUM ANALYZE");
    }
    filled
}

/// Copies of one expert of the region, spread over the areas.
fn experts(sql: &mut Sql, size: usize) {
    let person = region::person(&region::expert_email(2)).to_string();
    let (email, filter) =
        (region::expert_email(2), |column: &str| format!("{column} = '{person}'"));
    let mut rows = Vec::new();
    let mut add = |table: &str, found: Vec<String>| {
        rows.extend(found.into_iter().map(|row| (table.to_owned(), row)))
    };
    add("people", sql.rows("people", &filter("id")));
    add("experts", sql.rows("experts", &filter("person_id")));
    let codes = format!("expert_id IN (SELECT id FROM experts WHERE {})", filter("person_id"));
    add("expert_codes", sql.rows("expert_codes", &codes));
    let mut own = vec![person.clone()];
    for column in ["id", "card_id", "public_card_id"] {
        own.extend(
            sql.texts(&format!(
                "SELECT {column} AS one FROM experts WHERE {}",
                filter("person_id")
            )),
        );
    }
    let pattern = Pattern::of(rows, own);
    pattern.copy(sql, size, &person, |number, row| {
        let area = format!("{:02}", number % 21 + 1);
        row.replace(&email, &format!("copy-{number}@posti.example"))
            .replace("\"areas\":[\"21\"]", &format!("\"areas\":[\"{area}\"]"))
            .replace("'area','21'", &format!("'area','{area}'"))
            .replace("'area_theme','21/", &format!("'area_theme','{area}/"))
    });
}
