//! Decisions to use experts.

use acceptance::on_both_databases;
use api::region;
use serde_json::{Value, json};

fn decision(node: &str) -> Value {
    json!({
        "node_id": region::node(node),
        "body": "Aluehallitus",
        "decided_on": "2026-01-15",
        "reference": "§ 45",
        "from": "2026-02-01",
        "signatory": { "name": "Kaarina Johtaja", "title": "hyvinvointialuejohtaja" }
    })
}

on_both_databases! {
    fn a_decision_is_registered_seen_below_and_revoked(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let made = keskus.post("/v1/decisions", decision("Vammaispalvelujen yksikkö"));
        assert_eq!((made.status, &made.body["in_force"]), (201, &json!(true)));
        let path = format!("/v1/decisions/{}", made.body["id"].as_str().expect("an id"));

        let vappu = server.sign_in("vammais@lappi.example");
        assert_eq!(vappu.get(&path).status, 200);
        let revoke = json!({ "reason": "kirjattu väärin" });
        assert_eq!(vappu.post(&format!("{path}/revoke"), revoke.clone()).status, 403);

        let revoked = keskus.post(&format!("{path}/revoke"), revoke.clone());
        assert_eq!((revoked.status, &revoked.body["state"]), (200, &json!("revoked")));
        assert_eq!((&revoked.body["in_force"], &revoked.body["revocation_reason"]), (&json!(false), &json!("kirjattu väärin")));
        let twice = keskus.post(&format!("{path}/revoke"), revoke);
        assert_eq!((twice.status, twice.code()), (409, "out_of_turn"));
    }

    fn decisions_are_found_where_they_hold_and_when(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let mut short = decision("Vammaispalvelujen yksikkö");
        short["until"] = json!("2026-02-28");
        let short = keskus.post("/v1/decisions", short).body["id"].clone();
        let elsewhere = server.sign_in("keskus@satakunta.example").post("/v1/decisions", decision("Kuntoutuksen yksikkö"));
        assert_eq!(elsewhere.status, 201);

        let tilaaja = server.sign_in("tilaaja@lappi.example");
        let ids = |query: String| -> Vec<Value> {
            let listed = tilaaja.get(&format!("/v1/decisions?limit=200&{query}"));
            assert_eq!(listed.status, 200);
            listed.body["items"].as_array().expect("a list").iter().map(|item| item["id"].clone()).collect()
        };
        let unit = region::node("Vammaispalvelujen yksikkö");
        assert!(ids(format!("node_id={unit}")).contains(&short));
        assert!(!ids(format!("node_id={unit}")).contains(&elsewhere.body["id"]));
        assert!(ids(format!("node_id={unit}&on=2026-02-15")).contains(&short));
        assert!(!ids(format!("node_id={unit}&on=2026-03-15")).contains(&short));
        assert!(!ids(format!("node_id={}", region::node("Kokemuspolku ry"))).contains(&short));
    }

    fn nobody_decides_for_another_area(server) {
        let keskus = server.sign_in("keskus@satakunta.example");
        assert_eq!(keskus.post("/v1/decisions", decision("Vammaispalvelujen yksikkö")).status, 403);
        let tilaaja = server.sign_in("vammais@lappi.example");
        assert_eq!(tilaaja.post("/v1/decisions", decision("Vammaispalvelujen yksikkö")).status, 403);
        assert_eq!(keskus.get("/v1/decisions/019aa5d0-0000-7000-8000-000000000001").status, 404);
    }

    fn wrong_terms_of_a_decision_are_told(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let mut wrong = decision("Vammaispalvelujen yksikkö");
        wrong["until"] = json!("2026-01-31");
        assert_eq!(keskus.post("/v1/decisions", wrong).wrong(), [("#/until", "before_start")]);
        let mut wrong = decision("Vammaispalvelujen yksikkö");
        wrong.as_object_mut().expect("an object").remove("signatory");
        wrong["reference"] = json!("");
        let answer = keskus.post("/v1/decisions", wrong);
        let mut faults = answer.wrong();
        faults.sort_unstable();
        assert_eq!((answer.status, faults), (400, vec![("#/reference", "too_short"), ("#/signatory", "required")]));
    }
}
