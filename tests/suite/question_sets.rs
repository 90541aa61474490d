//! What each side is asked.

use acceptance::on_both_databases;
use api::region;
use serde_json::{Value, json};

fn lapland(questions: &Value) -> Value {
    json!({
        "node_id": region::node("Lapin hyvinvointialue"),
        "facts": { "side": "orderer", "name": { "fi": "Lapin palaute" }, "questions": questions },
    })
}

fn change() -> Value {
    json!([{ "key": "change", "kind": "text", "text": { "fi": "Mikä muuttuu?" }, "tag": "change" }])
}

on_both_databases! {
    fn every_installation_begins_with_questions_for_each_side(server) {
        let expert = server.sign_in("kokemus01@posti.example");
        let sets = expert.get("/v1/question-sets?state=published").expect(200);
        assert_eq!(sets.count(), 3);
        let sets = expert.get("/v1/question-sets?side=expert").expect(200);
        assert_eq!(sets.body["items"][0]["facts"]["questions"][0]["key"], "as_agreed");
        assert_eq!(expert.get("/v1/question-sets?side=nobody").expect(400).code(), "invalid_parameters");
    }

    fn an_area_asks_its_own_questions_and_the_new_set_retires_the_old(server) {
        let centre = server.sign_in("keskus@lappi.example");
        let first = centre.post("/v1/question-sets", lapland(&change())).expect(201);
        assert_eq!((first.body["number"].as_i64(), first.allowed()), (Some(1), vec!["publish"]));
        let path = format!("/v1/question-sets/{}", first.id());
        let published = centre.post(&format!("{path}/publish"), json!(null)).expect(200);
        assert_eq!(published.body["state"]["name"], "published");
        assert_eq!(centre.post(&format!("{path}/publish"), json!(null)).expect(409).code(), "out_of_turn");

        let second = centre.post("/v1/question-sets", lapland(&change())).expect(201);
        assert_eq!(second.body["number"], 2);
        centre.post(&format!("/v1/question-sets/{}/publish", second.id()), json!(null)).expect(200);
        assert_eq!(centre.get(&path).expect(200).body["state"]["name"], "retired");
        let there = format!("/v1/question-sets?node={}", region::node("Lapin hyvinvointialue"));
        assert_eq!(centre.get(&there).expect(200).count(), 2);
        centre.post(&format!("/v1/question-sets/{}/retire", second.id()), json!(null)).expect(200);
    }

    fn questions_that_cannot_be_asked_are_refused_with_all_their_faults(server) {
        let centre = server.sign_in("keskus@lappi.example");
        let questions = json!([
            { "key": "one", "kind": "choice", "text": { "fi": "Mikä?" } },
            { "key": "one", "kind": "scale_1_5", "text": { "fi": "Miten?" }, "tag": "change" },
            { "key": "two", "kind": "yes_no", "text": { "fi": "Puhutaanko?" }, "tag": "debrief_request" },
        ]);
        let refused = centre.post("/v1/question-sets", lapland(&questions)).expect(400);
        let places: Vec<_> = refused.faults().into_iter().map(|(place, code)| format!("{place} {code}")).collect();
        assert_eq!(places, [
            "#/facts/questions/0/choices too_few",
            "#/facts/questions/1/key duplicate",
            "#/facts/questions/1/tag tag_does_not_fit",
            "#/facts/questions/2/tag tag_does_not_fit",
        ]);
    }

    fn what_will_change_is_asked_of_the_unit_alone_since_both_sides_read_it(server) {
        let centre = server.sign_in("keskus@lappi.example");
        let mut set = lapland(&change());
        set["facts"]["side"] = json!("expert");
        let refused = centre.post("/v1/question-sets", set).expect(400);
        assert_eq!(refused.faults(), [("#/facts/questions/0/tag".to_owned(), "tag_does_not_fit".to_owned())]);
    }

    fn only_the_area_itself_asks_its_questions(server) {
        let elsewhere = server.sign_in("keskus@satakunta.example");
        elsewhere.post("/v1/question-sets", lapland(&change())).expect(403);
        let orderer = server.sign_in("tilaaja@lappi.example");
        orderer.post("/v1/question-sets", lapland(&change())).expect(403);
        let centre = server.sign_in("keskus@lappi.example");
        let set = centre.post("/v1/question-sets", lapland(&change())).expect(201);
        elsewhere.post(&format!("/v1/question-sets/{}/publish", set.id()), json!(null)).expect(403);
    }
}
