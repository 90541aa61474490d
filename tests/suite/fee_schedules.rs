//! What areas pay, and by which rates expenses are computed.

use acceptance::{Person, on_both_databases};
use api::region;
use serde_json::{Value, json};

const LAPLAND: &str = "Lapin hyvinvointialue";
const SATAKUNTA: &str = "Satakunnan hyvinvointialue";

fn schedule(area: &str, from: &str) -> Value {
    json!({
        "node_id": region::node(area),
        "content": {
            "valid_from": from,
            "source": "Keksitty, testiä varten",
            "items": [{
                "task_type": "lecture",
                "unit": "started_half_hour",
                "rate": { "cents": 2500, "currency": "EUR" },
                "preparation_included": true,
            }],
        },
    })
}

fn on(person: &Person<'_>, area: &str, day: &str) -> Value {
    let path = format!("/v1/fee-schedules?node_id={}&on={day}", region::node(area));
    person.get(&path).expect(200).body["items"].clone()
}

on_both_databases! {
    fn invariant_07_the_day_of_the_task_picks_the_version(server) {
        let manager = server.sign_in("keskus@lappi.example");
        let added = manager.post("/v1/fee-schedules", schedule(LAPLAND, "2027-03-01")).expect(201);
        let path = format!("/v1/fee-schedules/{}", added.id());
        assert_eq!(manager.get(&path).expect(200).body["content"]["valid_from"], "2027-03-01");
        assert_eq!(on(&manager, LAPLAND, "2024-12-31"), json!([]));
        assert_eq!(on(&manager, LAPLAND, "2025-12-31")[0]["content"]["valid_from"], "2025-01-01");
        assert_eq!(on(&manager, LAPLAND, "2027-02-28")[0]["content"]["valid_from"], "2026-01-01");
        assert_eq!(on(&manager, LAPLAND, "2027-03-01")[0]["id"], added.body["id"]);

        let query = format!("{path}/suggestions?task_type=lecture&minutes=75");
        let line = manager.get(&query).expect(200).body["suggestions"][0]["line"].clone();
        assert_eq!((&line["unit"], &line["quantity_tenths"]), (&json!("started_half_hour"), &json!(30)));
        let unknown = manager.get(&format!("{path}/suggestions?task_type=xyz&minutes=75")).expect(400);
        assert_eq!(unknown.faults(), [("task_type".to_owned(), "unknown_code".to_owned())]);
    }

    fn only_those_who_manage_an_area_add_to_its_schedules(server) {
        let new = schedule(LAPLAND, "2028-01-01");
        server.sign_in("tilaaja@lappi.example").post("/v1/fee-schedules", new.clone()).expect(403);
        server.sign_in("keskus@satakunta.example").post("/v1/fee-schedules", new.clone()).expect(403);
        server.stranger().post("/v1/fee-schedules", new.clone()).expect(401);
        let manager = server.sign_in("keskus@lappi.example");
        manager.post("/v1/fee-schedules", new).expect(201);
    }

    fn a_slip_in_a_schedule_is_put_right_by_another_one_from_the_same_day(server) {
        let manager = server.sign_in("keskus@lappi.example");
        let mut new = schedule(LAPLAND, "2028-01-01");
        let slip = manager.post("/v1/fee-schedules", new.clone()).expect(201);
        new["content"]["items"][0]["rate"]["cents"] = json!(2600);
        let right = manager.post("/v1/fee-schedules", new).expect(201);
        assert_eq!(on(&manager, LAPLAND, "2028-01-01")[0]["id"], right.body["id"]);
        let kept = manager.get(&format!("/v1/fee-schedules/{}", slip.id())).expect(200);
        assert_eq!(kept.body["content"]["items"][0]["rate"]["cents"], 2500, "what was added stays on record");
    }

    fn a_schedule_that_cannot_be_is_told_field_by_field(server) {
        let mut wrong = schedule("Mielen hyvinvoinnin palvelut", "2028-01-01");
        wrong["content"]["valid_until"] = json!("2027-01-01");
        wrong["content"]["items"][0]["min_rate"] = json!({ "cents": 2501, "currency": "EUR" });
        wrong["content"]["items"][0]["least_tenths"] = json!(5);
        let refused = server.sign_in("keskus@lappi.example").post("/v1/fee-schedules", wrong).expect(400);
        let expected = [
            ("#/node_id", "not_an_area"),
            ("#/content/valid_until", "ends_before_it_begins"),
            ("#/content/items/0/min_rate", "too_big"),
            ("#/content/items/0/least_tenths", "whole_units"),
        ];
        assert_eq!(refused.faults(), expected.map(|(at, code)| (at.to_owned(), code.to_owned())));
    }

    fn schedules_are_listed_area_by_area(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let count = |query: &str| orderer.get(&format!("/v1/fee-schedules{query}")).expect(200).count();
        assert_eq!(count(&format!("?node_id={}", region::node(LAPLAND))), 2);
        assert_eq!(count(&format!("?node_id={}", region::node(SATAKUNTA))), 1);
        assert_eq!(count(""), 3);
        assert_eq!(orderer.get("/v1/fee-schedules?on=2026-01-01").expect(400).faults()[0].0, "node_id");
    }

    fn the_expense_rates_say_their_sources_and_which_to_check(server) {
        let rates = server.sign_in("tilaaja@lappi.example").get("/v1/expense-rates").expect(200);
        let years = rates.body["years"].as_array().expect("years").clone();
        assert_eq!((years[0]["year"].as_i64(), years.len()), (Some(2021), 6));
        let figure = |year: i64, kind: &str| {
            let year = years.iter().find(|found| found["year"] == year).expect("the year").clone();
            let figures = year["figures"].as_array().expect("figures").clone();
            figures.into_iter().find(|found| found["kind"] == kind).expect("the figure")
        };
        assert_eq!(figure(2025, "kilometre_car")["amount"]["cents"], 59);
        assert_eq!(figure(2026, "kilometre_car")["amount"]["cents"], 55);
        assert_eq!(figure(2025, "per_diem_full")["verified"], false);
        assert_eq!(figure(2026, "meal_one")["verified"], false);
        assert!(figure(2026, "kilometre_car")["source"].as_str().is_some_and(|at| at.starts_with("https://")));
    }
}
