//! Concerns: when respect was broken.

use acceptance::{on_both_databases, story};
use api::region;
use serde_json::{Value, json};

fn concern(node: &str) -> Value {
    json!({ "node_id": region::node(node), "text": "Minulle ei annettu puheenvuoroa." })
}

on_both_databases! {
    fn an_expert_raises_a_concern_and_is_answered(server) {
        let aino = server.sign_in("kokemus01@posti.example");
        let raised = aino.post("/v1/concerns", concern("Päihde- ja riippuvuusyksikkö"));
        assert_eq!((raised.status, &raised.body["state"]), (201, &json!("received")));
        let path = format!("/v1/concerns/{}", raised.body["id"].as_str().expect("an id"));

        let keskus = server.sign_in("keskus@lappi.example");
        assert_eq!(keskus.get("/v1/notices").body["items"][0]["kind"], "concern_raised");
        let handled = keskus.post(&format!("{path}/handle"), json!({ "answer": "Kiitos. Asiasta on puhuttu." }));
        assert_eq!((handled.status, &handled.body["state"]), (200, &json!("handled")));
        assert_eq!(aino.get(&path).body["answer"], "Kiitos. Asiasta on puhuttu.");
        assert_eq!(aino.get("/v1/notices").body["items"][0]["kind"], "concern_answered");
        let twice = keskus.post(&format!("{path}/handle"), json!({ "answer": "Toistamiseen." }));
        assert_eq!((twice.status, twice.code()), (409, "out_of_turn"));
    }

    fn twenty_concerns_of_one_person_wait_for_an_answer_at_the_most(server) {
        let (aino, keskus) = (server.sign_in("kokemus01@posti.example"), server.sign_in("keskus@lappi.example"));
        let raise = || aino.post("/v1/concerns", concern("Päihde- ja riippuvuusyksikkö"));
        let raised: Vec<_> = (0..20).map(|_| raise().expect(201)).collect();
        assert_eq!(raise().expect(409).code(), "too_many_concerns");
        server.sign_in("kokemus02@posti.example").post("/v1/concerns", concern("Päihde- ja riippuvuusyksikkö")).expect(201);
        let first = format!("/v1/concerns/{}", raised[0].id());
        keskus.post(&format!("{first}/handle"), json!({ "answer": "Kiitos. Asiasta on puhuttu." })).expect(200);
        raise().expect(201);
    }

    fn a_concern_can_be_about_an_order_of_the_same_area(server) {
        let story = story::submitted(server, 1);
        let about = |node: &str, id: &str| {
            let mut form = concern(node);
            form["about"] = json!({ "kind": "order", "id": id });
            story.orderer.post("/v1/concerns", form)
        };
        let order = story.order.to_string();
        let raised = about("Kokemuspolku ry", &order).expect(201);
        assert_eq!(raised.body["form"]["about"]["id"], order.as_str());
        let wrong = [("#/about/id", "unknown_reference")];
        assert_eq!(about("Lounaan Kokemus ry", &order).expect(400).wrong(), wrong);
        assert_eq!(about("Kokemuspolku ry", "019aa5d0-0000-7000-8000-000000000001").expect(400).wrong(), wrong);
    }

    fn whether_an_order_is_there_is_not_told_to_those_who_may_not_know_of_it(server) {
        let story = story::asked(server);
        let about = |email: &str, kind: &str, id: &str| {
            let mut form = concern("Kokemuspolku ry");
            form["about"] = json!({ "kind": kind, "id": id });
            server.sign_in(email).post("/v1/concerns", form)
        };
        let order = story.brokering.order.to_string();
        about(&region::expert_email(1), "order", &order).expect(201);
        for email in ["vammais@lappi.example", "kokemus02@posti.example", "opettaja@opisto.example"] {
            let told = [about(email, "order", &order), about(email, "order", "019aa5d0-0000-7000-8000-000000000001")];
            assert!(told.iter().all(|answer| answer.status == 400 && answer.wrong() == [("#/about/id", "unknown_reference")]), "{email}");
        }
        story::accept(&story.expert, story.offer);
        let assignment = story.expert.get("/v1/assignments").expect(200).body["items"][0]["id"].as_str().expect("an id").to_owned();
        about(&region::expert_email(1), "assignment", &assignment).expect(201);
        about("vammais@lappi.example", "assignment", &assignment).expect(400);
    }

    fn whoever_waits_in_a_row_does_not_learn_of_it_by_a_concern(server) {
        let story = story::brokering(server, 1);
        story::offers(server, &story, &[1, 2], "in_turn");
        let about = |number: usize| {
            let mut form = concern("Kokemuspolku ry");
            form["about"] = json!({ "kind": "order", "id": story.order });
            server.sign_in(&region::expert_email(number)).post("/v1/concerns", form)
        };
        about(1).expect(201);
        let (waits, stranger) = (about(2).expect(400), about(3).expect(400));
        assert_eq!((waits.wrong(), stranger.wrong()), (vec![("#/about/id", "unknown_reference")], waits.wrong()));
    }

    fn what_nobody_would_read_is_not_taken(server) {
        let aino = server.sign_in("kokemus01@posti.example");
        let refused = aino.post("/v1/concerns", json!({ "node_id": region::node(region::tree::NATION), "text": "Kukaan ei vastaa." })).expect(400);
        assert_eq!(refused.wrong(), [("#/node_id", "no_centre")]);
        assert_eq!(aino.get("/v1/concerns").expect(200).count(), 0);
    }

    fn nobody_answers_their_own_concern(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let raised = keskus.post("/v1/concerns", concern("Kokemuspolku ry"));
        let path = format!("/v1/concerns/{}/handle", raised.body["id"].as_str().expect("an id"));
        let refused = keskus.post(&path, json!({ "answer": "Kaikki hyvin." }));
        assert_eq!((refused.status, refused.code()), (409, "own_concern"));
    }

    fn only_the_one_who_raised_it_and_the_centre_of_the_area_know_of_a_concern(server) {
        let aino = server.sign_in("kokemus01@posti.example");
        let raised = aino.post("/v1/concerns", concern("Päihde- ja riippuvuusyksikkö"));
        let path = format!("/v1/concerns/{}", raised.body["id"].as_str().expect("an id"));
        let seen = |email: &str| {
            let who = server.sign_in(email);
            (who.get(&path).status, who.get("/v1/concerns").body["items"].as_array().map_or(0, Vec::len))
        };
        assert_eq!(seen("kokemus01@posti.example"), (200, 1));
        assert_eq!(seen("keskus@lappi.example"), (200, 1));
        assert_eq!(seen("keskus@satakunta.example"), (404, 0));
        assert_eq!(seen("tilaaja@lappi.example"), (404, 0));
        assert_eq!(seen("kokemus02@posti.example"), (404, 0));
        let answer = json!({ "answer": "Ei." });
        assert_eq!(aino.post(&format!("{path}/handle"), answer.clone()).status, 403);
        assert_eq!(server.sign_in("tilaaja@lappi.example").post(&format!("{path}/handle"), answer).status, 404);
        assert_eq!(server.sign_in("keskus@lappi.example").get("/v1/concerns?state=handled").body["items"], json!([]));
    }

    fn a_concern_says_something_about_some_place(server) {
        let aino = server.sign_in("kokemus01@posti.example");
        let empty = aino.post("/v1/concerns", json!({ "node_id": region::node("Kokemuspolku ry"), "text": "" }));
        assert_eq!((empty.status, empty.wrong()), (400, vec![("#/text", "too_short")]));
        let nowhere = aino.post("/v1/concerns", json!({ "node_id": "019aa5d0-0000-7000-8000-000000000001", "text": "Huoli." }));
        assert_eq!(nowhere.wrong(), [("#/node_id", "unknown_reference")]);
    }

    fn a_concern_about_the_centre_itself_goes_to_those_who_run_the_installation(server) {
        let aino = server.sign_in("kokemus01@posti.example");
        let mut form = concern("Lapin hyvinvointialue");
        form["to"] = json!("administrators");
        let raised = aino.post("/v1/concerns", form.clone()).expect(201);
        assert_eq!(raised.body["form"]["to"], "administrators");
        let path = format!("/v1/concerns/{}", raised.id());
        let centre = server.sign_in("keskus@lappi.example");
        centre.get(&path).expect(404);
        assert_eq!(centre.get("/v1/concerns").expect(200).count(), 0);
        centre.post(&format!("{path}/handle"), json!({ "answer": "Ei aihetta." })).expect(404);
        assert!(centre.told(&path).is_empty());
        assert!(!centre.get("/v1/audit-events?limit=200").expect(200).text.contains(&path));

        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        assert_eq!(administrator.told(&path), ["concern_raised"]);
        assert_eq!(administrator.get("/v1/concerns").expect(200).count(), 1);
        assert_eq!(administrator.get(&path).expect(200).allowed(), ["handle"]);
        administrator.post(&format!("{path}/handle"), json!({ "answer": "Asia selvitetään." })).expect(200);
        assert_eq!(aino.get(&path).expect(200).body["answer"], "Asia selvitetään.");
        assert!(!centre.get("/v1/audit-events?limit=200").expect(200).text.contains(&path));
        aino.post("/v1/concerns", json!({ "node_id": region::node(region::tree::NATION), "to": "administrators", "text": "Huoli." })).expect(201);

        // What is for the centre stays with it.
        form["to"] = json!("centre");
        let path = format!("/v1/concerns/{}", aino.post("/v1/concerns", form).expect(201).id());
        administrator.get(&path).expect(404);
        assert_eq!(administrator.get("/v1/concerns").expect(200).count(), 2);
        centre.post(&format!("{path}/handle"), json!({ "answer": "Kiitos." })).expect(200);
    }
}
