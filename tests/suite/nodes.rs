//! The tree of organisations and who is in charge in it.

use acceptance::{on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const LAPLAND: &str = "Lapin hyvinvointialue";
const SATAKUNTA: &str = "Satakunnan hyvinvointialue";

on_both_databases! {
    fn the_tree_is_listed_page_by_page(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let first = orderer.get("/v1/nodes?level=area&limit=20").expect(200);
        assert_eq!(first.count(), 20);
        let next = first.body["next"].as_str().expect("there is more");
        assert!(first.header("link").contains(next));
        let second = orderer.get(&format!("/v1/nodes?level=area&limit=20&cursor={next}")).expect(200);
        assert_eq!((second.count(), &second.body["next"]), (3, &serde_json::Value::Null));
        assert_eq!(orderer.get(&format!("/v1/nodes?level=unit&cursor={next}")).expect(400).code(), "bad_cursor");
        let wrong = orderer.get("/v1/nodes?level=planet&limit=0&colour=red").expect(400);
        assert_eq!(wrong.faults().len(), 3, "{}", wrong.text);
    }

    fn a_node_is_found_by_its_identifier(server) {
        let orderer = server.sign_in("tilaaja@lappi.example");
        let node = orderer.get(&format!("/v1/nodes/{}", region::node("Lapin hyvinvointialue"))).expect(200);
        assert_eq!(node.body["facts"]["name"]["sv"], "Lapplands välfärdsområde");
        orderer.get("/v1/nodes/019aa5d0-0000-7000-8000-000000000001").expect(404);
        orderer.get("/v1/nodes/nonsense").expect(404);
    }

    fn a_manager_adds_an_organisation_and_a_unit_to_it(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let organisation = keskus.post("/v1/nodes", json!({
            "parent_id": region::node(LAPLAND),
            "level": "organisation",
            "facts": {
                "name": { "fi": "Uusi Yhdistys ry" },
                "kind": "ngo",
                "y_tunnus": "2077474-0",
                "contact": { "email": "posti@uusi.example" }
            }
        }));
        assert_eq!(organisation.status, 201);
        let unit = keskus.post("/v1/nodes", json!({
            "parent_id": organisation.body["id"],
            "level": "unit",
            "facts": { "name": { "fi": "Pohjoinen" }, "contact": {}, "cost_centre": "12" }
        }));
        assert_eq!(unit.status, 201);
        assert_eq!(unit.body["parent_id"], organisation.body["id"]);
        assert_eq!(unit.body["path"][1], json!(region::node(LAPLAND)));

        let path = format!("/v1/nodes/{}", unit.body["id"].as_str().expect("an id"));
        let renamed = keskus.patch(&path, json!({ "name": { "fi": "Eteläinen", "sv": "Södra" } }));
        assert_eq!((renamed.status, &renamed.body["facts"]["name"]["fi"]), (200, &json!("Eteläinen")));
        assert_eq!(renamed.body["facts"]["cost_centre"], "12");
        assert_eq!(keskus.get(&path).body, renamed.body);
    }

    fn null_takes_away_what_a_node_need_not_have(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let contact = json!({ "email": "posti@uusi.example", "phone": "+358 16 000 000" });
        let facts = json!({
            "name": { "fi": "Uusi ry", "sv": "Nya rf" }, "kind": "ngo", "y_tunnus": "2077474-0", "cost_centre": "12", "contact": contact,
        });
        let body = json!({ "parent_id": region::node(LAPLAND), "level": "organisation", "facts": facts });
        let path = format!("/v1/nodes/{}", keskus.post("/v1/nodes", body).expect(201).id());
        let patch = json!({ "kind": null, "y_tunnus": null, "cost_centre": null, "name": { "sv": null }, "contact": { "phone": null } });
        let patched = keskus.patch(&path, patch).expect(200);
        assert_eq!(patched.body["facts"], json!({ "name": { "fi": "Uusi ry" }, "contact": { "email": "posti@uusi.example" } }));
        assert_eq!(keskus.patch(&path, json!({ "contact": null })).expect(200).body["facts"]["contact"], json!({}));
        assert_eq!(keskus.patch(&path, json!({ "name": { "fi": null } })).expect(400).wrong()[0].0, "#/name/fi");
        let refused = keskus.patch(&path, json!({ "area_code": "21" })).expect(400);
        assert_eq!(refused.wrong(), [("#/area_code", "unknown_field")]);
    }

    fn the_tree_is_searched_by_level_kind_parent_and_name(server) {
        let tilaaja = server.sign_in("tilaaja@lappi.example");
        let names = |query: &str| -> Vec<String> {
            let listed = tilaaja.get(&format!("/v1/nodes?{query}"));
            assert_eq!(listed.status, 200);
            let items = listed.body["items"].as_array().expect("a list").clone();
            items.iter().map(|node| node["facts"]["name"]["fi"].as_str().expect("a name").to_owned()).collect()
        };
        assert_eq!(names("level=area").len(), 23);
        assert_eq!(names("kind=school"), ["Revontulen ammattiopisto"]);
        assert_eq!(names("name=RIIPPUVUUS"), ["Päihde- ja riippuvuusyksikkö"]);
        assert_eq!(names(&format!("parent={}", region::node("Porin rannan sote-palvelut"))), ["Kuntoutuksen yksikkö"]);
        let keskus = server.sign_in("keskus@lappi.example");
        for name in ["100 % Tuki", "Tuki_ry", "Tuki\\ry"] {
            let facts = json!({ "name": { "fi": name }, "contact": {} });
            let body = json!({ "parent_id": region::node(LAPLAND), "level": "organisation", "facts": facts });
            keskus.post("/v1/nodes", body).expect(201);
        }
        assert_eq!(names("name=%25"), ["100 % Tuki"], "no sign stands for others");
        assert_eq!(names("name=i_R"), ["Tuki_ry"]);
        assert_eq!(names("name=i%5Cr"), ["Tuki\\ry"]);
    }

    fn every_wrong_field_of_a_node_is_told(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let answer = keskus.post("/v1/nodes", json!({
            "parent_id": region::node(LAPLAND),
            "level": "organisation",
            "facts": {
                "name": { "fi": "Väärä ry" }, "kind": "choir", "area_code": "21", "y_tunnus": "2077474-1", "contact": {}
            }
        }));
        assert_eq!(answer.status, 400);
        assert_eq!(
            answer.wrong(),
            [
                ("#/facts/kind", "unknown_code"),
                ("#/facts/area_code", "not_with_level"),
                ("#/facts/y_tunnus", "wrong_check_digit"),
            ]
        );
        assert!(!answer.body.to_string().contains("2077474-1"), "a wrong value is not repeated");
    }

    fn nothing_hangs_where_it_does_not_fit(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let under = |parent: serde_json::Value, level: &str| keskus.post("/v1/nodes", json!({
            "parent_id": parent, "level": level, "facts": { "name": { "fi": "Tiimi" }, "contact": {} }
        }));
        let refused = under(json!(region::node(LAPLAND)), "team");
        assert_eq!((refused.status, refused.code()), (409, "wrong_parent"));
        let unknown = under(json!("019aa5d0-0000-7000-8000-000000000001"), "team");
        assert_eq!((unknown.status, unknown.wrong()), (400, vec![("#/parent_id", "unknown_reference")]));
    }

    fn the_tree_goes_no_deeper_than_an_offer_can_name(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let under = |parent: &serde_json::Value, level: &str| keskus.post("/v1/nodes", json!({
            "parent_id": parent, "level": level, "facts": { "name": { "fi": "Yksikkö" }, "contact": {} }
        }));
        let organisation = under(&json!(region::node(LAPLAND)), "organisation");
        let lowest = (0..7).fold(organisation, |above, _| {
            assert_eq!(above.status, 201);
            under(&above.body["id"], "unit")
        });
        let names = keskus.get(&format!("/v1/nodes/{}", lowest.body["id"].as_str().expect("an identifier")));
        assert_eq!(names.body["path"].as_array().expect("a path").len(), 10);
        let refused = under(&lowest.body["id"], "team");
        assert_eq!((refused.status, refused.code()), (409, "too_deep"));
    }

    fn nobody_changes_the_tree_outside_of_their_reach(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let tilaaja = server.sign_in("tilaaja@lappi.example");
        let elsewhere = format!("/v1/nodes/{}", region::node("Lounaan Kokemus ry"));
        assert_eq!(keskus.get(&elsewhere).status, 200);
        assert_eq!(keskus.patch(&elsewhere, json!({ "kind": "company" })).status, 403);
        let here = format!("/v1/nodes/{}", region::node("Päihde- ja riippuvuusyksikkö"));
        assert_eq!(tilaaja.patch(&here, json!({ "cost_centre": "1" })).status, 403);
        for parent in [region::node(SATAKUNTA), region::node("Suomi")] {
            let answer = keskus.post("/v1/nodes", json!({
                "parent_id": parent, "level": "organisation", "facts": { "name": { "fi": "Toinen" }, "contact": {} }
            }));
            assert_eq!(answer.status, 403);
        }
        assert_eq!(keskus.get("/v1/nodes/019aa5d0-0000-7000-8000-000000000001").status, 404);
    }

    fn another_organisation_goes_on_with_the_work(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let (old, new) = (region::node("Tunturin Tuki ry"), region::node("Kokemuspolku ry"));
        let succeed = |from, to| keskus.post(
            &format!("/v1/nodes/{from}/succeed"),
            json!({ "successor_id": to, "last_day": "2026-12-31" }),
        );
        let ended = succeed(old, new);
        assert_eq!(ended.status, 200);
        assert_eq!(ended.body["history"]["successor"], json!(new));
        assert_eq!(keskus.get(&format!("/v1/nodes/{new}")).body["history"]["predecessors"], json!([old]));

        assert_eq!(succeed(old, new).code(), "node_ended");
        assert_eq!(succeed(new, new).wrong(), [("#/successor_id", "itself")]);
        assert_eq!(succeed(new, region::node("Lounaan Kokemus ry")).status, 403);
        let refused = keskus.post("/v1/nodes", json!({
            "parent_id": old, "level": "unit", "facts": { "name": { "fi": "Myöhässä" }, "contact": {} }
        }));
        assert_eq!((refused.status, refused.code()), (409, "node_ended"));
    }

    fn nothing_new_begins_where_the_work_has_ended(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let (old, new) = (region::node(story::UNIT), region::node("Vammaispalvelujen yksikkö"));
        let end = json!({ "successor_id": new, "last_day": "2026-12-31" });
        keskus.post(&format!("/v1/nodes/{old}/succeed"), end).expect(200);
        let moved = json!({ "node_id": old });
        let path = format!("/v1/people/{}", region::person("vammais@lappi.example"));
        let person = json!({ "node_id": old, "facts": { "name": "Uusi Ihminen", "email": "uusi@posti.example", "language": "fi" } });
        let role = json!({
            "person_id": region::person("vammais@lappi.example"), "role": "orderer", "node_id": old, "from": "2026-01-01",
        });
        for refused in [keskus.patch(&path, moved), keskus.post("/v1/people", person)] {
            assert_eq!((refused.status, refused.code()), (409, "node_ended"), "{}", refused.text);
        }
        keskus.post("/v1/grants", role).expect(201);
        // Until its last day the unit orders as ever.
        let order = json!({ "node_id": old, "form": story::form(1) });
        let orderer = server.sign_in(story::ORDERER);
        let begun = orderer.post("/v1/orders", order.clone()).expect(201);
        assert!(begun.allowed().contains(&"submit"));
        let path = format!("/v1/orders/{}", begun.id());
        let on_its_way = format!("/v1/orders/{}", orderer.post("/v1/orders", order.clone()).expect(201).id());
        orderer.post(&format!("{on_its_way}/submit"), Value::Null).expect(200);
        server.advance(TimeDelta::days(60));
        let orderer = server.sign_in(story::ORDERER);
        for refused in [
            orderer.post("/v1/orders", order), orderer.post(&format!("{path}/submit"), Value::Null),
            orderer.post(&format!("{path}/copy"), Value::Null), orderer.post(&format!("{on_its_way}/copy"), Value::Null),
        ] {
            assert_eq!((refused.status, refused.code()), (409, "node_ended"), "{}", refused.text);
        }
        let draft = orderer.get(&path).expect(200);
        let submit = draft.body["actions"].as_array().expect("actions").iter().find(|action| action["name"] == "submit").expect("submit");
        assert_eq!((&submit["allowed"], &submit["why_not"]["code"]), (&json!(false), &json!("node_ended")));
        orderer.post(&format!("{path}/cancel"), json!({ "reason": "Toiminta päättyi." })).expect(200);
        // What was ordered in time goes on.
        server.sign_in(story::LIAISON).post(&format!("{on_its_way}/take"), Value::Null).expect(200);
    }

    fn a_node_that_is_not_there_is_pointed_to_in_every_body(server) {
        let nowhere = "019aa5d0-0000-7000-8000-00000000dead";
        let keskus = server.sign_in("keskus@lappi.example");
        let expert = server.sign_in(&region::expert_email(1));
        let contract = server.stranger().get("/v1/openapi.json").expect(200).body;
        let mut tried = 0;
        for (path, item) in contract["paths"].as_object().expect("paths") {
            let content = &item["post"]["requestBody"]["content"]["application/json"];
            for field in ["node_id", "area_id", "parent_id"] {
                let Some(mut body) = content["examples"].as_object().and_then(|all| all.values().next()).map(|one| one["value"].clone())
                    .or_else(|| content.get("example").cloned()).filter(|body| body.get(field).is_some()) else { continue };
                if path.contains('{') || path.contains("steering-meetings") {
                    continue;
                }
                body[field] = json!(nowhere);
                if path == "/v1/supervision-requests" {
                    // For themself, and not for whom the example names.
                    body.as_object_mut().expect("an object").remove("person_id");
                }
                let caller = if path == "/v1/supervision-requests" { &expert } else { &keskus };
                let answer = caller.post(path, body);
                let told = answer.faults().iter().any(|fault| *fault == (format!("#/{field}"), "unknown_reference".to_owned()));
                assert!(answer.status == 400 && told, "{path}: {} {}", answer.status, answer.text);
                tried += 1;
            }
        }
        assert!(tried > 10, "{tried}");
    }

    fn anyone_sees_who_is_in_charge_the_nearest_first(server) {
        let tilaaja = server.sign_in("tilaaja@lappi.example");
        let unit = region::node("Päihde- ja riippuvuusyksikkö");
        let found = tilaaja.get(&format!("/v1/nodes/{unit}/appointments"));
        assert_eq!(found.status, 200);
        let items = found.body["items"].as_array().expect("a list").clone();
        let liaisons: Vec<_> = items.iter().filter(|item| item["role"] == "liaison").collect();
        assert_eq!(liaisons[0]["name"], "Mikko Välikäsi");
        assert_eq!(liaisons[0]["inherited"], true);
        assert_eq!(liaisons[1]["name"], "Leena Linkki");
        assert!(items.iter().all(|item| item["role"] != "expert" && item["role"] != "orderer"));
        assert!(items.iter().all(|item| item["name"] != "Lauri Lähellä"), "not those of another area");
        assert_eq!(tilaaja.get("/v1/nodes/019aa5d0-0000-7000-8000-000000000001/appointments").status, 404);
    }
}
