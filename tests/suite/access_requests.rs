//! Asking for access, and getting it.

use acceptance::on_both_databases;
use api::region;
use serde_json::{Value, json};

pub(crate) fn form(email: &str) -> Value {
    json!({
        "area_code": "21",
        "name": "Ulla Uusi",
        "email": email,
        "language": "fi",
        "organisation": "Revontulen sote-palvelut, vammaispalvelut",
        "role": "orderer",
        "reason": "Tilaan kokemustoimijoita yksikköömme."
    })
}

fn approval(role: &str, node: &str) -> Value {
    json!({ "role": role, "node_id": region::node(node), "until": "2099-12-31" })
}

on_both_databases! {
    fn whoever_asks_and_is_approved_signs_in_with_the_role(server) {
        let received = server.stranger().post("/v1/access-requests", form("ulla@uusi.example"));
        assert_eq!(received.status, 201);
        let path = format!("/v1/access-requests/{}", received.body["id"].as_str().expect("an id"));

        let keskus = server.sign_in("keskus@lappi.example");
        assert_eq!(keskus.get("/v1/notices").body["items"][0]["reference"], path.as_str());
        let listed = keskus.get("/v1/access-requests?state=submitted");
        assert_eq!(listed.body["items"][0]["form"]["name"], "Ulla Uusi");

        let approved = keskus.post(&format!("{path}/approve"), approval("orderer", "Vammaispalvelujen yksikkö"));
        assert_eq!((approved.status, &approved.body["state"]), (200, &json!("approved")));
        let grant = keskus.get(&format!("/v1/grants/{}", approved.body["grant_id"].as_str().expect("an id")));
        assert_eq!(grant.body["terms"]["until"], "2099-12-31");

        let ulla = server.sign_in("ulla@uusi.example").get("/v1/me");
        assert_eq!(ulla.body["id"], approved.body["person_id"]);
        assert_eq!(ulla.body["roles"][0]["role"], "orderer");
    }

    fn where_there_is_no_centre_yet_whoever_runs_the_installation_is_told(server) {
        let ask = |code: &str| {
            let mut form = form("ulla@uusi.example");
            form["area_code"] = json!(code);
            format!("/v1/access-requests/{}", server.stranger().post("/v1/access-requests", form).expect(201).id())
        };
        let (lapland, nobody_yet) = (ask("21"), ask("05"));
        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        assert_eq!(administrator.told(&nobody_yet), ["access_requested"]);
        administrator.get(&nobody_yet).expect(200);
        assert!(administrator.told(&lapland).is_empty());
        assert_eq!(server.sign_in("keskus@lappi.example").told(&lapland), ["access_requested"]);
    }

    fn whoever_asks_is_told_what_was_decided_in_their_language(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let ask = |email: &str, language: &str| {
            let mut form = form(email);
            form["language"] = json!(language);
            format!("/v1/access-requests/{}", server.stranger().post("/v1/access-requests", form).expect(201).id())
        };
        let (swedish, english) = (ask("ulla@uusi.example", "sv"), ask("una@uusi.example", "en"));
        keskus.post(&format!("{swedish}/reject"), json!({ "reason": "okänd organisation" })).expect(200);
        keskus.post(&format!("{english}/approve"), approval("orderer", "Vammaispalvelujen yksikkö")).expect(200);
        let rejected = server.mails_to("ulla@uusi.example", "godkändes inte");
        assert!(rejected[0].text.contains("Motivering: okänd organisation"), "{}", rejected[0].text);
        let approved = server.mails_to("una@uusi.example", "You have been given access");
        assert!(approved[0].text.contains("/v1/grants/"), "{}", approved[0].text);
    }

    fn someone_known_already_gets_one_more_role(server) {
        let received = server.stranger().post("/v1/access-requests", form("Vammais@lappi.example"));
        let path = format!("/v1/access-requests/{}", received.body["id"].as_str().expect("an id"));
        let keskus = server.sign_in("keskus@lappi.example");
        let approved = keskus.post(&format!("{path}/approve"), approval("liaison", "Vammaispalvelujen yksikkö"));
        assert_eq!(approved.body["person_id"], json!(region::person("vammais@lappi.example")));
    }

    fn an_approval_tells_nothing_of_an_account_of_another_area(server) {
        let mut asked = form("Tilaaja@satakunta.example");
        (asked["phone"], asked["title"]) = (json!("+358 40 111 1111"), json!("ohjaaja"));
        let received = server.stranger().post("/v1/access-requests", asked).expect(201).id();
        let keskus = server.sign_in("keskus@lappi.example");
        let given = keskus.post(&format!("/v1/access-requests/{received}/approve"), approval("liaison", "Vammaispalvelujen yksikkö"));
        let given = given.expect(200).body;
        assert_eq!(given["person_id"], json!(region::person("tilaaja@satakunta.example")));
        keskus.get(&format!("/v1/people/{}", given["person_id"].as_str().expect("an id"))).expect(404);
        let grant = format!("/v1/grants/{}", given["grant_id"].as_str().expect("an id"));
        let name = |email: &str| server.sign_in(email).get(&grant).expect(200).body["person_name"].clone();
        assert_eq!(name("keskus@lappi.example"), "Ulla Uusi", "as they asked, and not as the account is called");
        assert_eq!(keskus.items("/v1/grants?role=liaison&limit=200").iter().filter(|one| one["person_name"] == "Topi Tilaaja").count(), 0);
        let there = format!("/v1/nodes/{}/appointments", region::node("Vammaispalvelujen yksikkö"));
        let nearest = keskus.get(&there).expect(200).body["items"][0].clone();
        let told = [&nearest["name"], &nearest["email"], &nearest["phone"], &nearest["title"]];
        assert_eq!(told, [&json!("Ulla Uusi"), &json!("Tilaaja@satakunta.example"), &json!("+358 40 111 1111"), &json!("ohjaaja")]);
        for email in ["tilaaja@satakunta.example", "yllapito@kokemusvayla.example"] {
            assert_eq!(name(email), "Topi Tilaaja", "{email}");
        }

        let own = server.stranger().post("/v1/access-requests", form("keskus@lappi.example")).expect(201).id();
        let more = keskus.post(&format!("/v1/access-requests/{own}/approve"), approval("centre_manager", "Kokemuspolku ry"));
        assert_eq!(more.expect(409).code(), "own_role");
    }

    fn a_request_is_rejected_with_a_reason_and_then_decided(server) {
        let received = server.stranger().post("/v1/access-requests", form("ulla@uusi.example"));
        let path = format!("/v1/access-requests/{}", received.body["id"].as_str().expect("an id"));
        let keskus = server.sign_in("keskus@lappi.example");
        assert_eq!(keskus.post(&format!("{path}/reject"), json!({})).wrong(), [("#/reason", "required")]);
        let rejected = keskus.post(&format!("{path}/reject"), json!({ "reason": "emme tunne" }));
        assert_eq!((rejected.status, &rejected.body["reason"]), (200, &json!("emme tunne")));
        let late = keskus.post(&format!("{path}/approve"), approval("orderer", "Kokemuspolku ry"));
        assert_eq!((late.status, late.code()), (409, "out_of_turn"));
        let told = server.mails_to("ulla@uusi.example", "ei hyväksytty");
        assert!(told[0].text.contains("Perustelu: emme tunne"), "{}", told[0].text);
        assert_eq!(keskus.get(&path).body["state"], "rejected");
        assert_eq!(keskus.get("/v1/access-requests?state=submitted").body["items"], json!([]));
    }

    fn an_approval_stays_within_the_reach_of_whoever_gives_it(server) {
        let received = server.stranger().post("/v1/access-requests", form("ulla@uusi.example"));
        let path = format!("/v1/access-requests/{}/approve", received.body["id"].as_str().expect("an id"));
        let keskus = server.sign_in("keskus@lappi.example");
        assert_eq!(keskus.post(&path, approval("orderer", "Kuntoutuksen yksikkö")).status, 403);
        assert_eq!(keskus.post(&path, approval("platform_admin", "Lapin hyvinvointialue")).status, 403);
        let mut past = approval("orderer", "Kokemuspolku ry");
        past["until"] = json!("2020-01-01");
        assert_eq!(keskus.post(&path, past).wrong(), [("#/until", "in_past")]);
        let mut unknown = approval("orderer", "Kokemuspolku ry");
        unknown["node_id"] = json!("019aa5d0-0000-7000-8000-000000000001");
        assert_eq!(keskus.post(&path, unknown).wrong(), [("#/node_id", "unknown_reference")]);
    }

    fn another_area_and_other_roles_do_not_learn_who_asked(server) {
        let received = server.stranger().post("/v1/access-requests", form("ulla@uusi.example"));
        let path = format!("/v1/access-requests/{}", received.body["id"].as_str().expect("an id"));
        for email in ["keskus@satakunta.example", "yhteys@lappi.example", "tilaaja@lappi.example"] {
            let other = server.sign_in(email);
            assert_eq!(other.get(&path).status, 404, "{email}");
            assert_eq!(other.post(&format!("{path}/reject"), json!({ "reason": "x" })).status, 404, "{email}");
            assert_eq!(other.get("/v1/access-requests").body["items"], json!([]), "{email}");
        }
        assert_eq!(server.sign_in("keskus@lappi.example").get("/v1/access-requests").body["items"].as_array().map(Vec::len), Some(1));
    }

    fn nobody_asks_too_often(server) {
        let visitor = server.stranger();
        for _ in 0..3 {
            assert_eq!(visitor.post("/v1/access-requests", form("ulla@uusi.example")).status, 201);
        }
        let refused = visitor.post("/v1/access-requests", form("ULLA@uusi.example"));
        assert_eq!((refused.status, refused.code()), (429, "too_many_requests"));
    }

    fn a_wrong_request_is_told_what_is_wrong(server) {
        let mut wrong = form("ulla@uusi.example");
        wrong["area_code"] = json!("77");
        assert_eq!(server.stranger().post("/v1/access-requests", wrong).wrong(), [("#/area_code", "unknown_code")]);
    }
}
