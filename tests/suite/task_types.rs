//! The task-type catalogue.

use acceptance::on_both_databases;
use api::region;
use serde_json::{Value, json};

const CENTRE: &str = "keskus@lappi.example";

fn lecture() -> Value {
    json!({
        "code": "lecture",
        "description": { "fi": "Puheenvuoro kokemuksesta" },
        "requirements": { "fi": "Halu puhua yleisölle" },
        "training_models": ["national"],
        "typical_minutes": 90,
        "preparation_minutes": 60,
        "fee_unit": "hour",
        "offered": true,
    })
}

fn form(area: &str) -> Value {
    json!({ "node_id": region::node(area), "facts": lecture() })
}

on_both_databases! {
    fn an_area_describes_each_kind_of_task_once(server) {
        let centre = server.sign_in(CENTRE);
        let made = centre.post("/v1/task-types", form("Lapin hyvinvointialue")).expect(201);
        assert_eq!(made.body["facts"]["fee_unit"], "hour");
        let again = centre.post("/v1/task-types", form("Lapin hyvinvointialue")).expect(409);
        assert_eq!(again.code(), "exists");
        let mut changed = lecture();
        changed["typical_minutes"] = json!(60);
        let place = made.header("location").to_owned();
        let after = centre.put(&place, changed.clone()).expect(200);
        assert_eq!(after.body["facts"]["typical_minutes"], 60);
        changed["code"] = json!("media");
        let refused = centre.put(&place, changed).expect(400);
        assert_eq!(refused.faults(), [("#/code".to_owned(), "cannot_change".to_owned())]);
        server.sign_in("tilaaja@lappi.example").get(&place).expect(200);
    }

    fn a_unit_finds_what_holds_for_it_and_not_what_another_area_says(server) {
        server.sign_in(CENTRE).post("/v1/task-types", form("Lapin hyvinvointialue")).expect(201);
        server.sign_in("keskus@satakunta.example").post("/v1/task-types", form("Satakunnan hyvinvointialue")).expect(201);
        let orderer = server.sign_in("tilaaja@lappi.example");
        let at = |node: &str| format!("/v1/task-types?node={}&code=lecture", region::node(node));
        let mine = orderer.get(&at("Päihde- ja riippuvuusyksikkö")).expect(200);
        assert_eq!(mine.count(), 1);
        assert_eq!(mine.body["items"][0]["node_id"], region::node("Lapin hyvinvointialue").to_string());
        let other = orderer.get(&at("Kuntoutuksen yksikkö")).expect(200);
        assert_eq!(other.body["items"][0]["node_id"], region::node("Satakunnan hyvinvointialue").to_string());
        let nowhere = orderer.get("/v1/task-types?node=019aa5d0-0000-7000-8000-00000000dead").expect(400);
        assert_eq!(nowhere.faults(), [("node".to_owned(), "unknown_reference".to_owned())]);
    }

    fn only_the_area_itself_describes_its_tasks(server) {
        for outsider in ["tilaaja@lappi.example", "yhteys@lappi.example", "keskus@satakunta.example"] {
            server.sign_in(outsider).post("/v1/task-types", form("Lapin hyvinvointialue")).expect(403);
        }
        server.stranger().get("/v1/task-types").expect(401);
    }

    fn wrong_codes_are_pointed_at(server) {
        let mut wrong = form("Lapin hyvinvointialue");
        wrong["facts"]["code"] = json!("juggling");
        wrong["facts"]["training_models"] = json!(["national", "circus"]);
        wrong["facts"]["fee_unit"] = json!("ball");
        let refused = server.sign_in(CENTRE).post("/v1/task-types", wrong).expect(400);
        let pointers: Vec<_> = refused.faults().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["#/facts/code", "#/facts/training_models/1", "#/facts/fee_unit"]);
        let nowhere = json!({ "node_id": "019aa5d0-0000-7000-8000-00000000dead", "facts": lecture() });
        let refused = server.sign_in(CENTRE).post("/v1/task-types", nowhere).expect(400);
        assert_eq!(refused.faults(), [("#/node_id".to_owned(), "unknown_reference".to_owned())]);
    }
}
