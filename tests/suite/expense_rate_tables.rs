//! Rates of travel that the service does not come with: an area, or the installation, enters them with their source.

use acceptance::{Answer, Person, on_both_databases, story};
use api::region;
use serde_json::{Value, json};

const LAPLAND: &str = "Lapin hyvinvointialue";
const MANAGER: &str = "keskus@lappi.example";
const ELSEWHERE: &str = "keskus@satakunta.example";
const ADMINISTRATOR: &str = "yllapito@kokemusvayla.example";

fn table(node: Value, kind: &str, cents: i64) -> Value {
    json!({
        "node_id": node,
        "content": {
            "valid_from": "2027-01-01", "valid_until": "2027-12-31", "source": "Keksitty, testiä varten",
            "figures": [{ "kind": kind, "amount": { "cents": cents, "currency": "EUR" } }],
        },
    })
}

fn add(person: &Person<'_>, table: Value) -> Answer {
    person.post("/v1/expense-rate-tables", table)
}

/// The whole country.
fn nation(person: &Person<'_>) -> Value {
    person.get("/v1/nodes?level=nation").expect(200).body["items"][0]["id"].clone()
}

fn in_force(person: &Person<'_>, node: &str, day: &str) -> Value {
    let path = format!("/v1/expense-rates?node_id={}&on={day}", region::node(node));
    person.get(&path).expect(200).body["in_force"].clone()
}

fn figure(in_force: &Value, kind: &str) -> Value {
    let figures = in_force["figures"].as_array().expect("figures");
    figures.iter().find(|found| found["kind"] == kind).cloned().unwrap_or_default()
}

on_both_databases! {
    fn an_area_enters_the_rates_of_a_year_and_trips_of_that_year_are_computed_by_them(server) {
        let task = story::performed(server);
        let form = story::fee_form(&task);
        let path = format!("/v1/fee-forms/{}", form.id());
        let drive = json!({ "claim": { "expenses": [{
            "kind": "kilometres", "date": "2027-01-14", "description": "Kemi–Rovaniemi–Kemi",
            "kilometres_tenths": 1000, "vehicle": "car", "passengers": 1,
        }] } });
        let refused = task.expert().patch(&path, drive.clone()).expect(400);
        let told = &refused.body["errors"][0];
        assert_eq!((&told["code"], &told["about"]), (&json!("no_rates_for_year"), &json!("kilometre_car")));
        assert!(told["detail"].as_str().is_some_and(|text| text.contains("a kilometre by car") && text.contains("can enter it")));
        assert_eq!(in_force(task.expert(), story::UNIT, "2027-01-14")["missing"].as_array().map(Vec::len), Some(10));

        let manager = server.sign_in(MANAGER);
        let added = add(&manager, table(json!(region::node(LAPLAND)), "kilometre_car", 60)).expect(201);
        assert_eq!(manager.get(&format!("/v1/expense-rate-tables/{}", added.id())).expect(200).body, added.body);
        let refused = task.expert().patch(&path, drive.clone()).expect(400);
        let told = &refused.body["errors"][0];
        assert_eq!((&told["code"], &told["about"]), (&json!("no_such_rate"), &json!("kilometre_passenger")));

        let administrator = server.sign_in(ADMINISTRATOR);
        let country = nation(&administrator);
        add(&administrator, table(country.clone(), "kilometre_passenger", 5)).expect(201);
        add(&administrator, table(country, "kilometre_car", 90)).expect(201);
        let claimed = task.expert().patch(&path, drive.clone()).expect(200);
        assert_eq!(claimed.body["claimed"]["sums"]["compensation"]["cents"], 6500, "the area before the nation");
        assert_eq!(claimed.body["warnings"].as_array().expect("warnings").iter().filter(|found| found["code"] == "rate_unverified").count(), 0);

        // A slip is put right by another table; what was computed already stays as it was until it is written anew.
        add(&manager, table(json!(region::node(LAPLAND)), "kilometre_car", 61)).expect(201);
        let kept = task.expert().get(&path).expect(200);
        assert_eq!(kept.body["claimed"]["sums"]["compensation"]["cents"], 6500);
        let anew = task.expert().patch(&path, drive).expect(200);
        assert_eq!(anew.body["claimed"]["sums"]["compensation"]["cents"], 6600);
    }

    fn what_holds_is_told_with_its_source_and_what_is_missing(server) {
        let manager = server.sign_in(MANAGER);
        let added = add(&manager, table(json!(region::node(LAPLAND)), "meal_one", 1400)).expect(201);
        let here = in_force(&manager, story::UNIT, "2027-02-03");
        let meal = figure(&here, "meal_one");
        assert_eq!((&meal["expense_rate_table_id"], &meal["verified"]), (&added.body["id"], &json!(true)));
        assert_eq!(meal["source"], "Keksitty, testiä varten");
        assert_eq!(here["missing"].as_array().map(Vec::len), Some(9));
        let there = in_force(&manager, "Kuntoutuksen yksikkö", "2027-02-03");
        assert_eq!(there["missing"].as_array().map(Vec::len), Some(10), "another area enters its own");
        let before = in_force(&manager, story::UNIT, "2026-12-31");
        assert_eq!(figure(&before, "kilometre_car")["amount"]["cents"], 55);
        assert_eq!(figure(&before, "meal_one")["verified"], false, "it came with the service, and is to be checked");
        assert_eq!(manager.get("/v1/expense-rates?on=2027-01-01").expect(400).faults()[0].0, "node_id");
        let node = region::node(LAPLAND);
        assert_eq!(manager.get(&format!("/v1/expense-rates?node_id={node}")).expect(400).faults()[0].0, "on");
    }

    fn only_those_who_manage_the_area_or_the_installation_enter_rates(server) {
        let lapland = || table(json!(region::node(LAPLAND)), "night", 1700);
        for email in [story::ORDERER, story::LIAISON, ELSEWHERE, "koordinaattori@lappi.example"] {
            add(&server.sign_in(email), lapland()).expect(403);
        }
        add(&server.stranger(), lapland()).expect(401);
        let manager = server.sign_in(MANAGER);
        let country = nation(&manager);
        add(&manager, table(country, "night", 1700)).expect(403);
        add(&manager, lapland()).expect(201);
        add(&server.sign_in(ADMINISTRATOR), lapland()).expect(201);
    }

    fn a_table_that_cannot_be_is_told_field_by_field(server) {
        let mut wrong = table(json!(region::node(story::UNIT)), "night", 1700);
        wrong["content"]["valid_until"] = json!("2028-01-01");
        let twice = wrong["content"]["figures"][0].clone();
        wrong["content"]["figures"].as_array_mut().expect("figures").push(twice);
        let refused = add(&server.sign_in(MANAGER), wrong).expect(400);
        let expected = [
            ("#/node_id", "not_an_area"),
            ("#/content/valid_until", "not_the_same_year"),
            ("#/content/figures/1/kind", "repeated"),
        ];
        assert_eq!(refused.faults(), expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
    }

    fn tables_are_listed_area_by_area(server) {
        add(&server.sign_in(MANAGER), table(json!(region::node(LAPLAND)), "night", 1700)).expect(201);
        let satakunta = region::node("Satakunnan hyvinvointialue");
        add(&server.sign_in(ELSEWHERE), table(json!(satakunta), "night", 1701)).expect(201);
        let orderer = server.sign_in(story::ORDERER);
        let count = |query: &str| orderer.get(&format!("/v1/expense-rate-tables{query}")).expect(200).count();
        assert_eq!((count(""), count(&format!("?node_id={satakunta}"))), (2, 1));
        server.stranger().get("/v1/expense-rate-tables").expect(401);
    }
}
