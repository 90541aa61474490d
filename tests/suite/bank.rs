//! The experience bank: who is found, by what, in which order, and who sees that it was so.

use acceptance::{Answer, Person, Server, on_both_databases, story};
use api::region::{
    self, expert_email,
    experts::{AWAY, card, expert},
};
use serde_json::{Value, json};
use uuid::Uuid;

const ELSEWHERE: &str = "yhteys@satakunta.example";

fn search(person: &Person<'_>, order: Uuid, criteria: Value) -> Answer {
    person.post("/v1/bank/searches", json!({ "order_id": order, "criteria": criteria }))
}

fn cards(answer: &Answer) -> Vec<String> {
    let items = answer.body["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|item| item["card"]["id"].as_str().map(str::to_owned)).collect()
}

fn numbers(answer: &Answer) -> Vec<usize> {
    let found = cards(answer);
    let number =
        |id: &String| (1..=40).find(|n| card(*n).to_string() == *id).expect("of the region");
    found.iter().map(number).collect()
}

/// An order of the other area that its liaison brokers.
fn order_elsewhere(server: &Server) -> Uuid {
    let body = json!({ "node_id": region::node("Kuntoutuksen yksikkö"), "form": story::form(1) });
    let orderer = server.sign_in("tilaaja@satakunta.example");
    let order = orderer.post("/v1/orders", body).expect(201).id();
    orderer.post(&format!("/v1/orders/{order}/submit"), Value::Null).expect(200);
    server.sign_in(ELSEWHERE).post(&format!("/v1/orders/{order}/take"), Value::Null).expect(200);
    order
}

on_both_databases! {
    fn a_liaison_finds_cards_and_no_names(server) {
        let story = story::brokering(server, 1);
        let found = search(&story.liaison, story.order, json!({ "required": { "themes": ["substance_use"] } })).expect(201);
        assert!(found.body["found"].as_u64() >= Some(5), "{}", found.text);
        for item in found.body["items"].as_array().expect("items") {
            assert!(item["card"]["themes"].as_array().expect("themes").contains(&json!("substance_use")));
            assert_eq!(item["match"]["required"][0]["criterion"], "themes");
            assert_eq!(item["match"]["required"][0]["codes"], json!(["substance_use"]));
            assert!(item["card"]["areas"].as_array().expect("areas").contains(&json!("21")));
        }
        for number in 1..=40 {
            assert!(!found.text.contains(&expert(number).to_string()));
            assert!(!found.text.contains(&region::person(&expert_email(number)).to_string()));
        }
        assert!(!found.text.contains("posti.example") && !found.text.contains("Kokemuspolku"));
    }

    fn a_search_is_made_anew_also_under_the_same_key(server) {
        let story = story::brokering(server, 1);
        let criteria = json!({ "required": { "themes": ["substance_use"] } });
        let body = json!({ "order_id": story.order, "criteria": criteria });
        let key = [("idempotency-key", "the-same")];
        let again = || story.liaison.call("POST", "/v1/bank/searches", &key, Some(body.clone()));
        let first = again().expect(201);
        let one = numbers(&first)[0];
        server.sign_in(&expert_email(one)).post(&format!("/v1/experts/{}/leave", expert(one)), Value::Null).expect(200);
        let second = again().expect(201);
        assert!(!numbers(&second).contains(&one) && second.id() != first.id());
        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        for grant in administrator.items(&format!("/v1/grants?person_id={}", region::person(story::LIAISON))) {
            let end = format!("/v1/grants/{}/end", grant["id"].as_str().expect("an id"));
            administrator.post(&end, json!({ "reason": "Siirtyi." })).expect(200);
        }
        again().expect(404);
        let wrong = [("idempotency-key", "two words")];
        assert_eq!(story.liaison.call("POST", "/v1/bank/searches", &wrong, Some(body.clone())).expect(400).code(), "bad_idempotency_key");
    }

    fn criteria_combine_and_wishes_put_first(server) {
        let story = story::brokering(server, 1);
        let criteria = json!({
            "required": { "languages": ["fi"], "task_types": ["lecture"], "modes": ["remote"] },
            "wished": { "trained": true, "languages": ["sv"] },
        });
        let found = search(&story.liaison, story.order, criteria).expect(201);
        let items = found.body["items"].as_array().expect("items").clone();
        assert!(!items.is_empty());
        let wishes: Vec<usize> =
            items.iter().map(|item| item["match"]["wished"].as_array().map_or(0, Vec::len)).collect();
        assert!(wishes.is_sorted_by(|earlier, later| earlier >= later), "{wishes:?}");
        for number in numbers(&found) {
            assert!(number % 2 == 0 && (number % 6 == 0 || number % 6 == 5), "{number}");
        }
        let nobody = json!({ "required": { "themes": ["grief"], "perspective": "own", "trained": true, "languages": ["th"] } });
        assert_eq!(search(&story.liaison, story.order, nobody).expect(201).body["found"], 0);
    }

    fn an_expert_is_found_by_their_field(server) {
        let fields = json!({ "activity_fields": ["peer_support", "patient_participation"] });
        server.sign_in(&expert_email(2)).patch(&format!("/v1/experts/{}", expert(2)), fields).expect(200);
        let story = story::brokering(server, 1);
        for (field, who) in [("peer_support", vec![2]), ("resident_participation", vec![])] {
            let found = search(&story.liaison, story.order, json!({ "required": { "activity_fields": [field] } })).expect(201);
            assert_eq!(numbers(&found), who, "{field}");
        }
        let wished = json!({ "wished": { "activity_fields": ["patient_participation"] } });
        let found = search(&story.liaison, story.order, wished).expect(201);
        assert!(found.body["found"].as_u64() > Some(1) && numbers(&found)[0] == 2, "{}", found.text);
        assert_eq!(found.body["items"][0]["match"]["wished"][0]["criterion"], "activity_fields");
        let unknown = json!({ "required": { "activity_fields": ["astrology"] } });
        let refused = search(&story.liaison, story.order, unknown).expect(400);
        assert_eq!(refused.faults()[0].0, "#/criteria/required/activity_fields/0");
    }

    fn consent_taken_back_hides_at_once_and_so_does_not_now(server) {
        let story = story::brokering(server, 1);
        let by_theme = json!({ "required": { "themes": ["substance_use"] } });
        let before = search(&story.liaison, story.order, by_theme.clone()).expect(201);
        assert!(numbers(&before).contains(&1) && numbers(&before).contains(&5));
        let withdraw = format!("/v1/experts/{}/consents/withdraw", expert(1));
        server.sign_in(&expert_email(1)).post(&withdraw, json!({ "theme": "substance_use" })).expect(200);
        let away = format!("/v1/experts/{}/availability", expert(5));
        server.sign_in(&expert_email(5)).post(&away, json!({ "availability": "not_now" })).expect(200);
        let earlier = story.liaison.get(before.header("location")).expect(200);
        assert!(!numbers(&earlier).contains(&1) && !numbers(&earlier).contains(&5), "also in what was found before");
        let after = search(&story.liaison, story.order, by_theme).expect(201);
        assert!(!numbers(&after).contains(&1) && !numbers(&after).contains(&5));
        let look = |number| format!("/v1/bank/cards/{}?order={}", card(number), story.order);
        assert!(!story.liaison.get(&look(1)).expect(200).text.contains("substance_use"));
        story.liaison.get(&look(5)).expect(404);
        story.liaison.get(&look(AWAY)).expect(404);
    }

    fn the_expert_sees_who_looked_and_for_which_order(server) {
        let story = story::brokering(server, 1);
        search(&story.liaison, story.order, json!({ "required": { "themes": ["substance_use"] } })).expect(201);
        let look = format!("/v1/bank/cards/{}?order={}", card(1), story.order);
        story.liaison.get(&look).expect(200);
        let seen = server.sign_in(&expert_email(1)).get(&format!("/v1/experts/{}/lookups", expert(1))).expect(200);
        let kinds: Vec<_> = seen.body["items"].as_array().expect("items").iter().map(|item| item["kind"].clone()).collect();
        assert_eq!(kinds, [json!("search"), json!("look")]);
        assert_eq!(seen.body["items"][1]["by_name"], "Mikko Välikäsi");
        assert_eq!(seen.body["items"][1]["order_id"], story.order.to_string());
        assert!(!seen.text.contains("substance_use"));
        let other = server.sign_in(&expert_email(2)).get(&format!("/v1/experts/{}/lookups", expert(2))).expect(200);
        assert_eq!(other.count(), 0, "who was not found was not looked at");
        server.sign_in(&expert_email(2)).get(&format!("/v1/experts/{}/lookups", expert(1))).expect(404);
    }

    fn only_those_who_broker_the_order_search_for_it(server) {
        let story = story::brokering(server, 1);
        for outsider in [ELSEWHERE, "valittaja@kokemuspolku.example", &expert_email(1)] {
            let outsider = server.sign_in(outsider);
            search(&outsider, story.order, json!({})).expect(404);
            outsider.get(&format!("/v1/bank/cards/{}?order={}", card(1), story.order)).expect(404);
        }
        search(&story.orderer, story.order, json!({})).expect(403);
        search(&server.sign_in("keskus@lappi.example"), story.order, json!({})).expect(403);
        search(&story.liaison, Uuid::from_u128(9), json!({})).expect(404);
        server.machine("HR Lappi").get(&format!("/v1/bank/cards/{}?order={}", card(1), story.order)).expect(404);
        let mine = search(&story.liaison, story.order, json!({})).expect(201);
        server.sign_in(ELSEWHERE).get(mine.header("location")).expect(404);
        story.orderer.get(mine.header("location")).expect(403);
    }

    fn each_area_finds_those_who_chose_it(server) {
        let here = story::brokering(server, 1);
        let there = order_elsewhere(server);
        let lapland = numbers(&search(&here.liaison, here.order, json!({})).expect(201));
        let satakunta = numbers(&search(&server.sign_in(ELSEWHERE), there, json!({})).expect(201));
        assert!(lapland.contains(&1) && !lapland.contains(&31));
        assert!(satakunta.contains(&31) && !satakunta.contains(&1));
        assert!(lapland.contains(&13) && satakunta.contains(&13), "13 chose both");
        let asked = search(&here.liaison, here.order, json!({ "required": { "areas": ["06"] } })).expect(201);
        assert_eq!(asked.body["found"], 0);
        server.sign_in(ELSEWHERE).get(&format!("/v1/bank/cards/{}?order={there}", card(1))).expect(404);
    }

    fn candidates_come_page_by_page_in_the_order_found(server) {
        let story = story::brokering(server, 1);
        let found = search(&story.liaison, story.order, json!({})).expect(201);
        let all = cards(&found);
        let pages = story.liaison.pages(&format!("{}?limit=10", found.header("location")));
        let seen: Vec<_> = pages.iter().flat_map(cards).collect();
        assert_eq!(seen, all);
        assert_eq!(seen.len() as u64, found.body["found"].as_u64().expect("a number"));
    }

    fn there_is_no_ground_to_look_for_an_order_that_is_not_brokered(server) {
        let story = story::brokering(server, 1);
        let before = search(&story.liaison, story.order, json!({})).expect(201);
        let cancel = json!({ "reason": "Tilaisuus siirtyi." });
        story.orderer.post(&format!("/v1/orders/{}/cancel", story.order), cancel).expect(200);
        assert_eq!(search(&story.liaison, story.order, json!({})).expect(409).code(), "out_of_turn");
        story.liaison.get(&format!("/v1/bank/cards/{}?order={}", card(1), story.order)).expect(404);
        story.liaison.get(before.header("location")).expect(404);
    }

    fn wrong_criteria_are_pointed_at_and_not_repeated(server) {
        let story = story::brokering(server, 1);
        let wrong = json!({
            "required": { "themes": ["boredom"], "municipality": "698", "languages": ["fi", "fi"] },
            "wished": { "modes": ["by_pigeon"] },
        });
        let refused = search(&story.liaison, story.order, wrong).expect(400);
        let pointers: Vec<_> = refused.faults().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(
            pointers,
            ["#/criteria/required/themes/0", "#/criteria/required/languages/1", "#/criteria/wished/modes/0"]
        );
        assert!(!refused.text.contains("boredom"));
        let missing = story.liaison.get(&format!("/v1/bank/cards/{}", card(1))).expect(400);
        assert_eq!(missing.faults(), [("order".to_owned(), "required".to_owned())]);
        story.liaison.get(&format!("/v1/bank/cards/{}?order={}", Uuid::from_u128(9), story.order)).expect(404);
    }

    fn the_public_bank_shows_what_anyone_may_see_and_nothing_that_leads_further(server) {
        let website = server.machine("Kokemuspolun verkkosivu");
        let public = website.get("/v1/public-bank").expect(200);
        assert_eq!(public.count(), 6, "5, 10, … 30 agreed; 35 and 40 are of the other area");
        for number in 1..=40 {
            for secret in [expert(number).to_string(), card(number).to_string()] {
                assert!(!public.text.contains(&secret));
            }
        }
        assert!(!public.text.contains("posti.example") && !public.text.contains("bank_search"));
        let (mut seen, mut next) = (0, "/v1/public-bank?limit=4".to_owned());
        while !next.is_empty() {
            let page = website.get(&next).expect(200);
            seen += page.count();
            next = page.body["next"].as_str().map(|cursor| format!("/v1/public-bank?limit=4&cursor={cursor}")).unwrap_or_default();
        }
        assert_eq!(seen, 6);
        let withdraw = format!("/v1/experts/{}/consents/withdraw", expert(5));
        let mine = server.sign_in(&expert_email(5));
        let own = mine.get(&format!("/v1/experts/{}", expert(5))).expect(200);
        let themes = own.body["own"]["themes"].as_array().expect("themes").clone();
        for theme in themes {
            mine.post(&withdraw, json!({ "theme": theme["theme"], "visibility": ["public"] })).expect(200);
        }
        assert_eq!(website.get("/v1/public-bank").expect(200).count(), 5);
    }

    fn the_public_bank_is_for_websites(server) {
        server.machine("HR Lappi").get("/v1/public-bank").expect(403);
        server.sign_in("yhteys@lappi.example").get("/v1/public-bank").expect(403);
        server.stranger().get("/v1/public-bank").expect(401);
    }
}
