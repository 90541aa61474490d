//! Offers: experts are asked, and answer freely.

use acceptance::{Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

fn state(server: &Server, offer: Uuid) -> String {
    let found = server.app.database.read(|session| {
        persistence::offers::find(session, domain::id::Id::new(offer))
            .map(|offer| offer.state.name().to_owned())
    });
    found.expect("the offer is there")
}

on_both_databases! {
    fn an_expert_is_asked_and_accepts_and_the_order_is_filled(server) {
        let story = story::asked(server);
        let path = format!("/v1/offers/{}", story.offer);
        let offer = story.expert.get(&path).expect(200);
        assert_eq!(offer.body["state"]["name"], "sent");
        assert_eq!(offer.body["description"]["task"]["title"], "Puheenvuoro henkilöstön koulutuspäivässä");
        assert_eq!(offer.body["description"]["ordered_by"][0]["fi"], story::UNIT);
        assert!(!offer.text.contains("remontti"), "the orderer's notes are private");
        assert!(!offer.text.contains("4410"), "so are cost centres");
        assert_eq!(story.expert.get("/v1/offers?state=sent").expect(200).count(), 1);

        let digest = &offer.body["description_digest"];
        let accepted = story.expert.post(&format!("{path}/accept"), json!({ "description_digest": digest })).expect(200);
        assert_eq!(accepted.body["state"]["name"], "accepted");
        let order = story.brokering.orderer.get(&format!("/v1/orders/{}", story.brokering.order)).expect(200);
        assert_eq!((&order.body["state"]["name"], &order.body["accepted"]), (&json!("filled"), &json!(1)));
        let again = story.expert.post(&format!("{path}/accept"), json!({ "description_digest": digest })).expect(409);
        assert_eq!(again.code(), "out_of_turn");
    }

    fn an_order_for_n_experts_gets_exactly_n(server) {
        let story = story::brokering(server, 2);
        let offers = story::offers(server, &story, &[1, 2, 3, 4], "parallel");
        for number in [1, 3] {
            story::accept(&server.sign_in(&region::expert_email(number)), offers[number - 1]);
        }
        let late = server.sign_in(&region::expert_email(4));
        let shown = late.get(&format!("/v1/offers/{}", offers[3])).expect(200);
        assert_eq!(shown.body["state"]["name"], "superseded");
        let body = json!({ "description_digest": shown.body["description_digest"] });
        let refused = late.post(&format!("/v1/offers/{}/accept", offers[3]), body).expect(409);
        assert_eq!(refused.code(), "out_of_turn");
        let states: Vec<String> = offers.iter().map(|offer| state(server, *offer)).collect();
        assert_eq!(states, ["accepted", "superseded", "accepted", "superseded"]);
        let order = story.liaison.get(&format!("/v1/orders/{}", story.order)).expect(200);
        assert_eq!((&order.body["accepted"], &order.body["asked"]["over"]), (&json!(2), &json!(2)));
        let more = json!({ "card_ids": [story::card(5)], "expires_at": story::in_hours(server, 1) });
        assert_eq!(story.liaison.post(&format!("/v1/orders/{}/offers", story.order), more).expect(409).code(), "out_of_turn");
    }

    fn invariant_10_declining_needs_no_reason_and_the_orderer_never_learns_of_it(server) {
        let story = story::asked(server);
        let path = format!("/v1/offers/{}", story.offer);
        let order_path = format!("/v1/orders/{}", story.brokering.order);
        let before = story.brokering.orderer.get(&order_path).expect(200);
        let declined = story.expert.post(&format!("{path}/decline"), Value::Null).expect(200);
        assert_eq!(declined.body["state"]["name"], "declined");
        let after = story.brokering.orderer.get(&order_path).expect(200);
        assert_eq!((&before.body, before.tag()), (&after.body, after.tag()), "nothing shows of it");
        story.brokering.orderer.get(&path).expect(404);
        assert_eq!(story.brokering.orderer.get("/v1/offers").expect(200).count(), 0);
        let unread = story.brokering.orderer.get("/v1/notices").expect(200);
        assert!(!unread.text.contains("offer"), "{}", unread.text);
        assert_eq!(story.brokering.liaison.get(&path).expect(200).body["state"]["name"], "declined");
        assert_eq!(story.expert.post(&format!("{path}/decline"), Value::Null).expect(409).code(), "out_of_turn");
    }

    fn invariant_10_whoever_ordered_learns_of_no_answer_in_turn_not_even_by_a_tag(server) {
        let story = story::brokering(server, 1);
        let order_path = format!("/v1/orders/{}", story.order);
        let shown = || {
            let order = story.orderer.get(&order_path).expect(200);
            (order.body.clone(), order.tag().to_owned())
        };
        let before = shown();
        let offers = story::offers(server, &story, &[1, 2, 3, 4], "in_turn");
        assert_eq!(shown(), before, "asked");
        let first = server.sign_in(&region::expert_email(1));
        first.post(&format!("/v1/offers/{}/decline", offers[0]), Value::Null).expect(200);
        assert_eq!(shown(), before, "declined");
        story.liaison.post(&format!("/v1/offers/{}/withdraw", offers[1]), Value::Null).expect(200);
        assert_eq!(shown(), before, "taken back");
        server.advance(TimeDelta::hours(49));
        server.app.run_jobs();
        let liaison = server.sign_in(story::LIAISON);
        let state = |offer| liaison.get(&format!("/v1/offers/{offer}")).expect(200).body["state"]["name"].clone();
        assert_eq!((state(offers[2]), state(offers[3])), (json!("expired"), json!("sent")));
        let orderer = server.sign_in(story::ORDERER);
        let after = orderer.get(&order_path).expect(200);
        assert_eq!((after.body.clone(), after.tag().to_owned()), before, "expired");
    }

    fn what_is_out_of_turn_is_told_in_words_and_not_in_codes(server) {
        let story = story::accepted(server);
        let path = format!("/v1/offers/{}", story.offer);
        let digest = story.expert.get(&path).expect(200).body["description_digest"].clone();
        for (language, told) in [
            ("fi", "Toiminto ”Hyväksy” ei ole mahdollinen, kun tila on ”Hyväksytty”."),
            ("sv", "Åtgärden ”Acceptera” är inte möjlig när status är ”Accepterad”."),
            ("en", "The action “Accept” is not possible while the state is “Accepted”."),
        ] {
            let again = json!({ "description_digest": digest });
            let headers = [("accept-language", language)];
            let refused = story.expert.call("POST", &format!("{path}/accept"), &headers, Some(again)).expect(409);
            assert_eq!(refused.code(), "out_of_turn");
            let detail = refused.body["detail"].as_str().expect("a text");
            assert!(detail.starts_with(told), "{detail}");
        }
        let asked = json!({ "order_id": story.brokering.order, "criteria": {} });
        let headers = [("accept-language", "fi")];
        let refused = story.brokering.liaison.call("POST", "/v1/bank/searches", &headers, Some(asked)).expect(409);
        let detail = refused.body["detail"].as_str().expect("a text");
        assert!(detail.starts_with("Toiminto ”Etsi pankista” ei ole mahdollinen, kun tila on ”Tekijät löytyneet”."), "{detail}");
    }

    fn invariant_02_an_expert_is_a_pseudonym_until_they_accept(server) {
        let story = story::asked(server);
        let path = format!("/v1/offers/{}", story.offer);
        let offer = story.brokering.liaison.get(&path).expect(200);
        assert_eq!(offer.body["card_id"], story::card(1).to_string());
        assert_eq!(offer.body["expert_id"], Value::Null);
        assert!(!offer.text.contains(&region::person(&region::expert_email(1)).to_string()));
        story::accept(&story.expert, story.offer);
        assert_ne!(story.brokering.liaison.get(&path).expect(200).body["expert_id"], Value::Null);
    }

    fn nobody_takes_a_task_without_a_name(server) {
        let story = story::asked(server);
        let path = format!("/v1/offers/{}", story.offer);
        let digest = story.expert.get(&path).expect(200).body["description_digest"].clone();
        let yes = |disclose: Value| story.expert.post(&format!("{path}/accept"), json!({ "description_digest": digest, "disclose": disclose }));
        for unnamed in [json!([]), json!(["phone"])] {
            assert_eq!(yes(unnamed).expect(400).wrong(), [("#/disclose", "name_is_told")]);
        }
        assert_eq!(story.expert.get(&path).expect(200).body["state"]["name"], "sent");
        yes(json!(["name"])).expect(200);
        let told = story.brokering.orderer.items("/v1/disclosures");
        assert_eq!(told[0]["fields"], json!(["name"]));
    }

    fn whoever_accepts_words_that_have_changed_is_told_what_changed(server) {
        let story = story::asked(server);
        let path = format!("/v1/offers/{}", story.offer);
        let seen = story.expert.get(&path).expect(200).body["description_digest"].clone();
        let order = format!("/v1/orders/{}", story.brokering.order);
        let change = json!({ "form": { "notes": "Vain välittäjälle.", "task": { "when": { "start": "2027-01-16T07:00:00Z", "end": "2027-01-16T09:00:00Z" } } } });
        story.brokering.orderer.patch(&order, change).expect(200);
        let refused = story.expert.post(&format!("{path}/accept"), json!({ "description_digest": seen })).expect(409);
        assert_eq!(refused.code(), "description_changed");
        assert_eq!(refused.faults(), [("#/description/task/when".to_owned(), "changed".to_owned())]);
        let now = story.expert.get(&path).expect(200);
        assert_eq!((&now.body["changes"], &now.body["description"]["task"]["when"]["start"]), (&json!(1), &json!("2027-01-16T07:00:00Z")));
        story::accept(&story.expert, story.offer);
        let change = json!({ "form": { "task": { "title": "Toinen" } } });
        assert_eq!(story.brokering.orderer.patch(&order, change).expect(409).code(), "out_of_turn");
    }

    fn a_change_that_experts_do_not_see_changes_nothing_for_them(server) {
        let story = story::asked(server);
        let path = format!("/v1/offers/{}", story.offer);
        let seen = story.expert.get(&path).expect(200).body["description_digest"].clone();
        let order = format!("/v1/orders/{}", story.brokering.order);
        story.brokering.orderer.patch(&order, json!({ "form": { "notes": "Toinen huomautus." } })).expect(200);
        story.expert.post(&format!("{path}/accept"), json!({ "description_digest": seen })).expect(200);
    }

    fn offers_in_turn_are_sent_one_after_the_other(server) {
        let story = story::brokering(server, 1);
        let offers = story::offers(server, &story, &[1, 2, 3], "in_turn");
        let states = || offers.iter().map(|offer| state(server, *offer)).collect::<Vec<_>>();
        assert_eq!(states(), ["sent", "waiting", "waiting"]);
        let second = server.sign_in(&region::expert_email(2));
        second.get(&format!("/v1/offers/{}", offers[1])).expect(404);
        assert_eq!(second.get("/v1/offers").expect(200).count(), 0, "whoever waits for their turn does not know");
        assert_eq!(story.liaison.get(&format!("/v1/offers?order_id={}", story.order)).expect(200).count(), 3);

        let first = server.sign_in(&region::expert_email(1));
        first.post(&format!("/v1/offers/{}/decline", offers[0]), Value::Null).expect(200);
        assert_eq!(states(), ["declined", "sent", "waiting"]);
        assert_eq!(second.get("/v1/offers").expect(200).count(), 1);
        story.liaison.post(&format!("/v1/offers/{}/withdraw", offers[1]), Value::Null).expect(200);
        assert_eq!(states(), ["declined", "withdrawn", "sent"]);
        story::accept(&server.sign_in(&region::expert_email(3)), offers[2]);
        assert_eq!(states(), ["declined", "withdrawn", "accepted"]);
    }

    fn whoever_was_never_asked_does_not_learn_that_they_were_in_the_row(server) {
        for ends in ["accept", "cancel", "withdraw"] {
            let story = story::brokering(server, 1);
            let offers = story::offers(server, &story, &[1, 2], "in_turn");
            let first = server.sign_in(&region::expert_email(1));
            let state_in_the_end = match ends {
                "accept" => {
                    story::accept(&first, offers[0]);
                    "superseded"
                }
                "cancel" => {
                    let reason = json!({ "reason": "Ei tarvita." });
                    story.orderer.post(&format!("/v1/orders/{}/cancel", story.order), reason).expect(200);
                    "withdrawn"
                }
                _ => {
                    story.liaison.post(&format!("/v1/offers/{}/withdraw", offers[1]), Value::Null).expect(200);
                    "withdrawn"
                }
            };
            let path = format!("/v1/offers/{}", offers[1]);
            assert_eq!(story.liaison.get(&path).expect(200).body["state"]["name"], state_in_the_end);
            let second = server.sign_in(&region::expert_email(2));
            second.get(&path).expect(404);
            assert_eq!(second.get("/v1/offers").expect(200).count(), 0, "{ends}");
            let notices = second.items("/v1/notices?limit=200");
            assert!(notices.iter().all(|notice| notice["reference"] != json!(path)), "{ends}");
        }
    }

    fn an_offer_expires_and_the_next_in_turn_is_asked(server) {
        let story = story::brokering(server, 1);
        let offers = story::offers(server, &story, &[1, 2], "in_turn");
        let first = server.sign_in(&region::expert_email(1));
        let path = format!("/v1/offers/{}", offers[0]);
        let digest = first.get(&path).expect(200).body["description_digest"].clone();
        server.advance(TimeDelta::hours(48));
        let first = server.sign_in(&region::expert_email(1));
        assert_eq!(first.get(&path).expect(200).body["state"]["name"], "expired", "also before it is written down");
        let refused = first.post(&format!("{path}/accept"), json!({ "description_digest": digest })).expect(409);
        assert_eq!(refused.code(), "out_of_turn");
        server.app.run_jobs();
        assert_eq!(state(server, offers[0]), "expired");
        assert_eq!(state(server, offers[1]), "sent");
        let second = server.sign_in(&region::expert_email(2));
        let shown = second.get(&format!("/v1/offers/{}", offers[1])).expect(200);
        assert_eq!(shown.body["expires_at"], story::in_hours(server, 48), "whoever is asked later has as long");
        story::accept(&second, offers[1]);
    }

    fn another_agreed_task_at_the_same_time_is_pointed_out(server) {
        let first = story::accepted(server);
        let second = story::brokering(server, 1);
        let offer = story::offers(server, &second, &[1], "parallel")[0];
        let shown = first.expert.get(&format!("/v1/offers/{offer}")).expect(200);
        assert_eq!(shown.body["overlaps"][0]["offer_id"], first.offer.to_string());
        let seen = second.liaison.get(&format!("/v1/offers/{offer}")).expect(200);
        assert_eq!(seen.body["overlaps"], json!([]), "it is the expert's business alone");
        let tasks = first.expert.items("/v1/assignments");
        let path = format!("/v1/assignments/{}/cancel", tasks[0]["id"].as_str().expect("an id"));
        let reason = json!({ "party": "orderer", "reason": "Koulutuspäivä peruttiin." });
        server.sign_in(story::ORDERER).post(&path, reason).expect(200);
        let shown = first.expert.get(&format!("/v1/offers/{offer}")).expect(200);
        assert_eq!(shown.body["overlaps"], json!([]), "what was cancelled is not done at the same time");
        story::accept(&first.expert, offer);
    }

    fn a_task_is_at_the_same_time_if_it_begins_before_the_other_one_ends(server) {
        let first = story::confirmed(server);
        let second = story::brokering(server, 1);
        let offer = format!("/v1/offers/{}", story::offers(server, &second, &[1], "parallel")[0]);
        let shown = first.expert().get(&offer).expect(200).body;
        let time = &shown["description"]["task"]["when"];
        let begins = time["start"].as_str().expect("a moment").to_owned();
        assert_eq!((begins.as_str(), shown["overlaps"].as_array().map(Vec::len)), ("2027-01-15T07:00:00Z", Some(1)));
        for (ends, overlaps) in [("2027-01-15T07:00:00Z", 0), ("2027-01-15T07:01:00Z", 1)] {
            let current = first.expert().get(&first.assignment("")).expect(200).body["agreement_in_force"].clone();
            let amend = format!("/v1/agreements/{}/amend", current.as_str().expect("an id"));
            let amended = first.expert().post(&amend, Value::Null).expect(201);
            let mut task = amended.body["content"]["task"].clone();
            task["time"] = json!({ "starts": "2027-01-15T05:00:00Z", "ends": ends });
            first.orderer().patch(&format!("/v1/agreements/{}", amended.id()), json!({ "task": task })).expect(200);
            for side in [first.orderer(), first.expert()] {
                story::confirm(side, amended.id());
            }
            let shown = first.expert().get(&offer).expect(200).body;
            assert_eq!(shown["overlaps"].as_array().map(Vec::len), Some(overlaps), "{ends}");
        }
    }

    fn nobody_is_asked_twice_and_only_cards_of_the_bank_can_be_asked(server) {
        let story = story::asked(server).brokering;
        let path = format!("/v1/orders/{}/offers", story.order);
        let ask = |cards: Value, hours| json!({ "card_ids": cards, "expires_at": story::in_hours(server, hours) });
        let twice = story.liaison.post(&path, ask(json!([story::card(1)]), 1)).expect(409);
        assert_eq!((twice.code(), twice.faults()), ("already_asked", vec![("#/card_ids/0".to_owned(), "already_asked".to_owned())]));
        let card = story::card(2);
        let wrong = story.liaison.post(&path, ask(json!([card, card, Uuid::now_v7()]), 1)).expect(400);
        assert_eq!(wrong.faults(), [("#/card_ids/1".to_owned(), "repeated".to_owned()), ("#/card_ids/2".to_owned(), "not_available".to_owned())]);
        // A card that its expert has hidden is as one that never was.
        let hidden = server.sign_in(&region::expert_email(4));
        let availability = format!("/v1/experts/{}/availability", region::experts::expert(4));
        hidden.post(&availability, json!({ "availability": "not_now" })).expect(200);
        let nobody = json!({ "card_ids": [story::card(4)], "expires_at": story::in_hours(server, 5) });
        let nobody = story.liaison.post(&path, nobody).expect(400);
        assert_eq!(nobody.wrong(), [("#/card_ids/0", "not_available")]);
        let late = story.liaison.post(&path, ask(json!([card]), -1)).expect(400);
        assert_eq!(late.faults(), [("#/expires_at".to_owned(), "in_the_past".to_owned())]);
        story.orderer.post(&path, ask(json!([card]), 1)).expect(403);
        server.sign_in("yhteys@satakunta.example").post(&path, ask(json!([card]), 1)).expect(404);
    }

    fn nobody_sees_the_offers_of_another_area_or_expert(server) {
        let story = story::asked(server);
        let path = format!("/v1/offers/{}", story.offer);
        for stranger in ["yhteys@satakunta.example", "tilaaja@satakunta.example", "valittaja@kokemuspolku.example", "vammais@lappi.example", "keskus@lappi.example"] {
            let stranger = server.sign_in(stranger);
            assert_eq!(stranger.get("/v1/offers").expect(200).count(), 0);
            stranger.get(&path).expect(404);
            stranger.post(&format!("{path}/withdraw"), Value::Null).expect(404);
        }
        let other = server.sign_in(&region::expert_email(2));
        assert_eq!(other.get("/v1/offers").expect(200).count(), 0);
        other.post(&format!("{path}/decline"), Value::Null).expect(404);
        let digest = json!({ "description_digest": "0".repeat(64) });
        other.post(&format!("{path}/accept"), digest.clone()).expect(404);
        story.brokering.liaison.post(&format!("{path}/accept"), digest).expect(403);
        assert_eq!(story.brokering.liaison.get("/v1/offers").expect(200).count(), 1);
    }

    fn an_order_that_ends_takes_its_offers_along(server) {
        let story = story::asked(server);
        let order = format!("/v1/orders/{}", story.brokering.order);
        story.brokering.orderer.post(&format!("{order}/cancel"), json!({ "reason": "Siirtyi." })).expect(200);
        let offer = story.expert.get(&format!("/v1/offers/{}", story.offer)).expect(200);
        assert_eq!((&offer.body["state"]["name"], &offer.body["state"]["reason"]), (&json!("withdrawn"), &json!("order_ended")));

        let story = story::brokering(server, 2);
        let offers = story::offers(server, &story, &[2, 3], "parallel");
        story::accept(&server.sign_in(&region::expert_email(2)), offers[0]);
        let order = format!("/v1/orders/{}", story.order);
        let refused = story.orderer.post(&format!("{order}/cancel"), json!({ "reason": "Siirtyi." })).expect(409);
        assert_eq!(refused.code(), "already_accepted");
        let fewer = story.orderer.patch(&order, json!({ "form": { "experts_wanted": 1 } })).expect(200);
        assert_eq!(fewer.body["state"]["name"], "filled");
        assert_eq!(state(server, offers[1]), "superseded");
    }
}
