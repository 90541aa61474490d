//! The library: orientation material, the operating model and ground rules in versions (S4-10, S4-22, S4-52, S4-59).

use acceptance::{Person, on_both_databases, story};
use api::region;
use serde_json::{Value, json};

const CENTRE: &str = "keskus@lappi.example";
const ORDERER: &str = "tilaaja@lappi.example";
const ELSEWHERE: &str = "keskus@satakunta.example";

fn create(person: &Person<'_>, place: &str, kind: &str) -> String {
    let facts =
        json!({ "kind": kind, "name": "Perehdytys", "phase": "in_use", "acknowledged": true });
    let body = json!({ "node_id": region::node(place), "facts": facts });
    let made = person.post("/v1/documents", body).expect(201);
    assert_eq!(made.body["state"]["name"], "draft");
    made.header("location").to_owned()
}

fn text(title: &str, language: &str, easy: bool) -> Value {
    json!({ "language": language, "easy": easy, "title": title, "text": "Tervetuloa!" })
}

fn published(person: &Person<'_>, place: &str, kind: &str) -> String {
    let path = create(person, place, kind);
    person.post(&format!("{path}/versions"), text("Tervetuloa", "fi", false)).expect(201);
    person.post(&format!("{path}/publish"), Value::Null).expect(200);
    path
}

on_both_databases! {
    fn a_document_is_written_published_and_renewed(server) {
        let centre = server.sign_in(CENTRE);
        let path = create(&centre, "Lapin hyvinvointialue", "operating_model");
        assert_eq!(centre.post(&format!("{path}/publish"), Value::Null).expect(409).code(), "nothing_to_publish");
        centre.post(&format!("{path}/versions"), text("Toimintamalli", "fi", false)).expect(201);
        centre.post(&format!("{path}/versions"), text("Selkokielinen", "fi", true)).expect(201);
        let live = centre.post(&format!("{path}/publish"), Value::Null).expect(200);
        assert_eq!(live.body["current"].as_array().map(Vec::len), Some(2));

        centre.post(&format!("{path}/versions"), text("Uusi toimintamalli", "fi", false)).expect(201);
        let orderer = server.sign_in(ORDERER);
        let seen = orderer.get(&path).expect(200);
        assert_eq!(seen.body["current"][0]["title"], "Toimintamalli");
        assert_eq!(seen.body["versions"], Value::Null);
        centre.post(&format!("{path}/publish"), Value::Null).expect(200);
        let seen = orderer.get(&path).expect(200);
        assert_eq!(seen.body["current"][1]["title"], "Uusi toimintamalli");
        assert_eq!(seen.body["current"][1]["number"], 2);
    }

    fn a_draft_is_known_only_to_those_who_look_after_it(server) {
        let centre = server.sign_in(CENTRE);
        let path = create(&centre, "Lapin hyvinvointialue", "ground_rules");
        server.sign_in(ELSEWHERE).get(&path).expect(404);
        let list = "/v1/documents?state=draft";
        assert_eq!(centre.get(list).expect(200).count(), 1);
        assert_eq!(server.sign_in(ELSEWHERE).get(list).expect(200).count(), 0);
    }

    fn nobody_changes_the_documents_of_another_area(server) {
        let path = published(&server.sign_in(CENTRE), "Lapin hyvinvointialue", "ground_rules");
        let elsewhere = server.sign_in(ELSEWHERE);
        elsewhere.get(&path).expect(200);
        elsewhere.post(&format!("{path}/withdraw"), Value::Null).expect(403);
        elsewhere.patch(&path, json!({ "name": "Muu" })).expect(403);
        let facts = json!({ "kind": "form", "name": "Lomake", "phase": "idea" });
        let body = json!({ "node_id": region::node("Lapin hyvinvointialue"), "facts": facts });
        elsewhere.post("/v1/documents", body).expect(403);
    }

    fn a_document_holds_for_everything_below_its_node(server) {
        let orderer = server.sign_in(ORDERER);
        let count = |place: &str| {
            orderer.get(&format!("/v1/documents?node={}&kind=ground_rules", region::node(place))).expect(200).count()
        };
        published(&server.sign_in(CENTRE), "Lapin hyvinvointialue", "ground_rules");
        published(&orderer, "Päihde- ja riippuvuusyksikkö", "ground_rules");
        assert_eq!(count("Päihde- ja riippuvuusyksikkö"), 2);
        assert_eq!(count("Vammaispalvelujen yksikkö"), 1);
        assert_eq!(count("Satakunnan hyvinvointialue"), 0);
    }

    fn those_who_read_and_accept_say_so_once_for_each_publication(server) {
        let centre = server.sign_in(CENTRE);
        let path = published(&centre, "Lapin hyvinvointialue", "operating_model");
        let liaison = server.sign_in("yhteys@lappi.example");
        let first = liaison.post(&format!("{path}/acknowledgements"), Value::Null).expect(201);
        let again = liaison.post(&format!("{path}/acknowledgements"), Value::Null).expect(201);
        assert_eq!(first.body["id"], again.body["id"]);
        assert_eq!(centre.get(&format!("{path}/acknowledgements")).expect(200).count(), 1);
        assert_eq!(server.sign_in(ELSEWHERE).get(&format!("{path}/acknowledgements")).expect(200).count(), 0);

        server.advance(chrono::TimeDelta::seconds(60));
        centre.post(&format!("{path}/versions"), text("Uusi", "fi", false)).expect(201);
        centre.post(&format!("{path}/publish"), Value::Null).expect(200);
        liaison.post(&format!("{path}/acknowledgements"), Value::Null).expect(201);
        assert_eq!(centre.get(&format!("{path}/acknowledgements")).expect(200).count(), 2);
    }

    fn whoever_looks_after_the_rules_sees_who_has_accepted_them_and_who_belongs_there(server) {
        let unit = "Päihde- ja riippuvuusyksikkö";
        let orderer = server.sign_in(ORDERER);
        let path = published(&orderer, unit, "ground_rules");
        let accepted = format!("{path}/acknowledgements");
        let elsewhere = server.sign_in("tilaaja@satakunta.example");
        for person in [&orderer, &elsewhere] {
            person.post(&accepted, Value::Null).expect(201);
        }
        let listed = orderer.get(&accepted).expect(200).body["items"].as_array().expect("items").clone();
        let names = [&orderer, &elsewhere].map(|one| one.get("/v1/me").expect(200).body["facts"]["name"].clone());
        assert_eq!(listed.iter().map(|one| one["name"].clone()).collect::<Vec<_>>(), names);
        assert_eq!([&listed[0]["within"], &listed[1]["within"]], [&json!(true), &json!(false)]);
        // Others see what they accepted themselves, and nobody else's.
        let own = elsewhere.get(&accepted).expect(200);
        assert_eq!((own.count(), &own.body["items"][0]["name"]), (1, &names[1]));
        let stranger = server.sign_in("keskus@satakunta.example");
        assert_eq!(stranger.get(&accepted).expect(200).count(), 0);

        // It stays readable to them once it holds no more.
        orderer.post(&format!("{path}/withdraw"), Value::Null).expect(200);
        assert_eq!(elsewhere.get(&path).expect(200).body["state"]["name"], "withdrawn");
        assert_eq!(elsewhere.get(&accepted).expect(200).count(), 1);
        elsewhere.post(&format!("{path}/versions"), text("Uusi", "fi", false)).expect(403);
        stranger.get(&path).expect(404);
        stranger.get(&accepted).expect(404);
    }

    fn whoever_is_supported_by_an_organisation_belongs_to_where_its_rules_hold(server) {
        let centre = server.sign_in(CENTRE);
        let path = published(&centre, "Kokemuspolku ry", "ground_rules");
        let accepted = format!("{path}/acknowledgements");
        for number in [1, 31] {
            server.sign_in(&region::expert_email(number)).post(&accepted, Value::Null).expect(201);
        }
        let listed = centre.get(&accepted).expect(200).body;
        assert_eq!([0, 1].map(|at| listed["items"][at]["within"].clone()), [json!(true), json!(false)]);
    }

    fn wrong_words_are_pointed_to(server) {
        let centre = server.sign_in(CENTRE);
        let path = create(&centre, "Lapin hyvinvointialue", "orientation");
        let both = json!({ "language": "fi", "title": "Tyhjä" });
        let refused = centre.post(&format!("{path}/versions"), both).expect(400);
        assert_eq!(refused.faults(), [("#/text".to_owned(), "one_of".to_owned())]);
        let wrong = centre.patch(&path, json!({ "task_types": ["lecture", "flying"] })).expect(400);
        assert_eq!(wrong.faults(), [("#/task_types/1".to_owned(), "unknown_code".to_owned())]);
        server.sign_in(ELSEWHERE).post(&format!("{path}/acknowledgements"), Value::Null).expect(404);
        assert_eq!(centre.post(&format!("{path}/acknowledgements"), Value::Null).expect(409).code(), "not_acknowledged");
        centre.post(&format!("{path}/withdraw"), Value::Null).expect(200);
        assert_eq!(centre.post(&format!("{path}/versions"), text("Myöhässä", "fi", false)).expect(409).code(), "out_of_turn");
    }

    fn what_was_delivered_can_be_read_as_it_was_also_once_another_text_holds(server) {
        let story = story::preparing(server);
        let orderer = server.sign_in(ORDERER);
        let path = create(&orderer, story::UNIT, "orientation");
        let file = orderer.upload("/v1/attachments?purpose=document&name=vanha.pdf", "application/pdf", b"%PDF-1.7 vanha").expect(201).id();
        let first = json!({ "language": "fi", "title": "Vanha", "attachment": file });
        orderer.post(&format!("{path}/versions"), first).expect(201);
        let published = orderer.post(&format!("{path}/publish"), Value::Null).expect(200);
        let wanted = json!({ "documents": [published.body["id"]] });
        let delivery = orderer.post(&story.assignment("/deliver"), wanted).expect(201).header("location").to_owned();
        orderer.post(&format!("{path}/versions"), text("Uusi", "fi", false)).expect(201);
        orderer.post(&format!("{path}/publish"), Value::Null).expect(200);
        for withdrawn in [false, true] {
            if withdrawn {
                orderer.post(&format!("{path}/withdraw"), Value::Null).expect(200);
            }
            let read = story.expert().get(&delivery).expect(200);
            assert_eq!((&read.body["texts"][0]["title"], &read.body["texts"][0]["number"]), (&json!("Vanha"), &json!(1)));
            let content = format!("/v1/attachments/{file}/content");
            assert_eq!(story.expert().get(&content).expect(200).text, "%PDF-1.7 vanha");
            server.sign_in(&region::expert_email(2)).get(&content).expect(404);
        }
        let listed = story.expert().get(&story.assignment("/deliveries")).expect(200);
        assert_eq!(listed.body["items"][0]["texts"], Value::Null, "a listing is short");
    }

    fn whoever_may_know_of_the_task_reads_the_files_that_were_delivered_for_it(server) {
        let story = story::preparing(server);
        let centre = server.sign_in(CENTRE);
        let path = create(&centre, "Lapin hyvinvointialue", "orientation");
        let upload = "/v1/attachments?purpose=document&name=perehdytys.pdf";
        let file = centre.upload(upload, "application/pdf", b"%PDF-1.7 perehdytys").expect(201).id();
        let first = json!({ "language": "fi", "title": "Perehdytys", "attachment": file });
        centre.post(&format!("{path}/versions"), first).expect(201);
        let published = centre.post(&format!("{path}/publish"), Value::Null).expect(200);
        // Once before it was kept which documents were delivered, and twice for one task.
        let wanted = json!({ "documents": [published.body["id"], published.body["id"]] });
        let orderer = server.sign_in(ORDERER);
        let delivered = || orderer.post(&story.assignment("/deliver"), wanted.clone()).expect(201).header("location").to_owned();
        let delivery = delivered();
        delivered();
        centre.post(&format!("{path}/withdraw"), Value::Null).expect(200);
        let files = format!("/v1/attachments/{file}");
        let reads = || {
            for email in [ORDERER, story::LIAISON, &region::expert_email(1)] {
                let person = server.sign_in(email);
                let shown = person.get(&delivery).expect(200);
                assert_eq!(shown.body["texts"][0]["attachment"], json!(file), "{email}");
                person.get(&files).expect(200);
                assert_eq!(person.get(&format!("{files}/content")).expect(200).text, "%PDF-1.7 perehdytys", "{email}");
            }
            for stranger in ["vammais@lappi.example", "tilaaja@satakunta.example", &region::expert_email(2)] {
                let stranger = server.sign_in(stranger);
                stranger.get(&delivery).expect(404);
                stranger.get(&files).expect(404);
            }
        };
        reads();
        let migration = include_str!("../../migrations/2026-11-30-000165_delivered_documents/up.sql");
        let (_, of_before) = migration.split_once("INSERT INTO").expect("it looks at what there is");
        server.tamper("DELETE FROM delivered_documents");
        orderer.get(&files).expect(404);
        server.tamper(&format!("INSERT INTO {of_before}"));
        reads();
    }
}
