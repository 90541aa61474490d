//! Taking part with ease: an offer is looked at, asked about and answered without signing in (S4-56).

use acceptance::{ISSUER, Person, Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

/// The path that the newest mail about an offer leads to.
fn link(server: &Server, email: &str) -> String {
    let mails = server.mails_to(email, "pyyn");
    let text = &mails.last().expect("a mail about the offer").text;
    let start = text.find(&format!("{ISSUER}/v1/offer-links/")).expect("a link") + ISSUER.len();
    let rest = &text[start..];
    rest[..rest.find(char::is_whitespace).unwrap_or(rest.len())].to_owned()
}

fn form(person: &Person<'_>, path: &str, answer: &str, digest: &str) -> acceptance::Answer {
    let kind = [("content-type", "application/x-www-form-urlencoded")];
    let body = format!("answer={answer}&description_digest={digest}");
    person.send("POST", path, &kind, Some(body.into_bytes()))
}

/// What a browser asks for, in another language than the expert's.
const BROWSER: [(&str, &str); 2] =
    [("accept", "text/html,application/xhtml+xml,*/*;q=0.8"), ("accept-language", "en")];

/// A button of the page, pressed in a browser.
fn pressed(person: &Person<'_>, path: &str, answer: &str, digest: &str) -> acceptance::Answer {
    let kind = [("content-type", "application/x-www-form-urlencoded"), BROWSER[0], BROWSER[1]];
    let body = format!("answer={answer}&description_digest={digest}");
    person.send("POST", path, &kind, Some(body.into_bytes()))
}

on_both_databases! {
    fn an_offer_is_looked_at_and_accepted_by_the_link_in_its_message(server) {
        let story = story::asked(server);
        let email = region::expert_email(1);
        let page = link(server, &email);
        let path = page.strip_suffix("/page").expect("the page of the link").to_owned();
        let stranger = server.stranger();

        let shown = stranger.get(&page).expect(200);
        assert!(shown.header("content-type").starts_with("text/html"));
        assert_eq!(shown.header("content-language"), "fi", "it is written for the expert, whoever opens it");
        assert!(shown.header("content-security-policy").contains("form-action 'self'"));
        assert!(shown.text.contains("Puheenvuoro henkilöstön koulutuspäivässä") && shown.text.contains("Kyllä, otan tehtävän"));
        assert!(!shown.text.contains("Näkkäläjärvi") && !shown.text.contains("posti.example"), "nothing about the expert");

        let offer = stranger.get(&path).expect(200);
        assert_eq!((&offer.body["state"], &offer.body["open"]), (&json!("sent"), &json!(true)));
        assert_eq!(offer.allowed(), ["accept", "decline"]);
        let old = json!({ "description_digest": "0".repeat(64) });
        assert_eq!(stranger.post(&format!("{path}/accept"), old).expect(409).code(), "description_changed");
        let digest = json!({ "description_digest": offer.body["description_digest"] });
        let accepted = stranger.post(&format!("{path}/accept"), digest.clone()).expect(200);
        assert_eq!((&accepted.body["state"], &accepted.body["open"]), (&json!("accepted"), &json!(false)));
        assert_eq!((accepted.allowed(), &accepted.action("accept")["why_not"]["code"]), (Vec::new(), &json!("not_now")));
        assert_eq!(stranger.post(&format!("{path}/accept"), digest).expect(409).code(), "out_of_turn");
        stranger.post(&format!("{path}/decline"), Value::Null).expect(409);

        let seen = story.expert.get(&format!("/v1/offers/{}", story.offer)).expect(200);
        assert_eq!((&seen.body["state"]["name"], &seen.body["answered_by"]), (&json!("accepted"), &json!("link")));
        assert_eq!(story.brokering.orderer.get(&format!("/v1/orders/{}", story.brokering.order)).expect(200).body["state"]["name"], "filled");
        assert_eq!(story.expert.get("/v1/assignments").expect(200).count(), 1);
        for person in [&story.expert, &story.brokering.orderer] {
            let told = ["agreement_drafted", "agreement_changed"].map(|kind| person.times_told(kind));
            assert_eq!(told, [1, 0], "the first draft is one that nobody has changed");
        }
    }

    fn the_buttons_of_the_page_answer(server) {
        let story = story::brokering(server, 1);
        story::offers(server, &story, &[1, 2], "parallel");
        let stranger = server.stranger();
        let first = link(server, &region::expert_email(1));
        let digest = stranger.get(first.strip_suffix("/page").expect("a page")).expect(200).body["description_digest"].as_str().expect("a digest").to_owned();
        let no = form(&stranger, &first, "decline", &digest).expect(200);
        assert!(no.text.contains("Vastasit ei") && !no.text.contains("<button"));
        let second = link(server, &region::expert_email(2));
        assert_ne!(first, second);
        assert_eq!(form(&stranger, &second, "perhaps", &digest).expect(400).wrong(), [("#/answer", "not_allowed")]);
        let yes = form(&stranger, &second, "accept", &digest).expect(200);
        assert!(yes.text.contains("Vastasit kyllä"));
        let declined = story.liaison.get(&format!("/v1/offers?order_id={}&state=declined", story.order)).expect(200);
        assert_eq!(declined.count(), 1);
    }

    fn the_page_says_where_and_how_long_and_in_which_languages_the_task_is(server) {
        let story = story::asked(server);
        let page = link(server, &region::expert_email(1));
        let stranger = server.stranger();
        assert!(stranger.get(&page).expect(200).text.contains("<dd>paikan päällä, "));
        let task = json!({
            "where": { "kind": "remote", "address": null, "details": null },
            "when": { "start": "2027-01-16T07:00:00Z", "end": null },
            "length": { "minutes": 480, "preparation_minutes": 90 },
            "languages": ["fi", "sv"],
            "fee_basis": "paid",
            "fee": null,
        });
        let order = format!("/v1/orders/{}", story.brokering.order);
        story.brokering.orderer.patch(&order, json!({ "form": { "task": task } })).expect(200);
        let text = stranger.get(&page).expect(200).text;
        for said in ["<dd>etänä</dd>", "<dd>8 t, lisäksi valmistelua 1 t 30 min</dd>", "<dt>Kieli</dt><dd>suomi, ruotsi</dd>"] {
            assert!(text.contains(said), "{said}: {text}");
        }
        assert_eq!(text.matches("Palkkio ja kulut").count(), 1, "{text}");
    }

    fn whoever_answers_in_a_browser_is_told_on_the_page_what_stands_in_the_way(server) {
        let story = story::brokering(server, 1);
        story::offers(server, &story, &[1, 2], "parallel");
        let stranger = server.stranger();
        let (first, second) = (link(server, &region::expert_email(1)), link(server, &region::expert_email(2)));
        let digest = stranger.get(first.strip_suffix("/page").expect("a page")).expect(200).body["description_digest"].as_str().expect("a digest").to_owned();
        let says = |page: &acceptance::Answer, words: &[&str]| {
            assert!(page.header("content-type").starts_with("text/html"), "{}", page.text);
            assert_eq!(page.header("content-language"), "fi", "it is written for the expert");
            for words in words {
                assert!(page.text.contains(words), "{words}: {}", page.text);
            }
        };
        let changed = pressed(&stranger, &first, "accept", &"0".repeat(64)).expect(409);
        says(&changed, &["koska tehtävä on muuttunut", &digest, "<button"]);
        says(&pressed(&stranger, &first, "perhaps", &digest).expect(400), &["Vastaa tällä sivulla", "<button"]);
        assert_eq!(form(&stranger, &first, "accept", &"0".repeat(64)).expect(409).code(), "description_changed");

        says(&pressed(&stranger, &first, "accept", &digest).expect(200), &["Vastasit kyllä"]);
        says(&pressed(&stranger, &first, "accept", &digest).expect(200), &["Vastasit kyllä"]);
        form(&stranger, &first, "accept", &digest).expect(200);
        says(&pressed(&stranger, &first, "decline", &digest).expect(409), &["Vastaustasi ei kirjattu", "Vastasit kyllä"]);
        server.come_to_rest();
        let late = pressed(&stranger, &second, "accept", &digest).expect(409);
        says(&late, &["Vastaustasi ei kirjattu", "Tähän pyyntöön ei voi enää vastata"]);
        assert!(!late.text.contains("<button"));
        assert_eq!(form(&stranger, &second, "accept", &digest).expect(409).code(), "out_of_turn");
        assert_eq!(story.liaison.get(&format!("/v1/offers?order_id={}&state=accepted", story.order)).expect(200).count(), 1);

        let forged = format!("/v1/offer-links/{}/page", "A".repeat(91));
        let unknown = stranger.call("GET", &forged, &BROWSER, None).expect(404);
        assert_eq!(unknown.header("content-language"), "en");
        assert!(unknown.text.contains("This link opens nothing"));
        server.advance(TimeDelta::hours(49));
        for over in [stranger.call("GET", &first, &BROWSER, None), pressed(&stranger, &second, "accept", &digest)] {
            let over = over.expect(404);
            says(&over, &["Aika vastata on ohi"]);
            assert!(!over.text.contains("Puheenvuoro") && !over.text.contains("<button"), "it tells nothing of the offer");
        }
        assert_eq!(stranger.get(&first).expect(404).code(), "not_found");
    }

    fn a_link_opens_one_offer_and_only_until_the_time_to_answer_runs_out(server) {
        story::asked(server);
        let page = link(server, &region::expert_email(1));
        let path = page.strip_suffix("/page").expect("the page of the link").to_owned();
        let stranger = server.stranger();
        let token = path.rsplit('/').next().expect("a token").to_owned();
        let other = uuid::Uuid::now_v7().simple().to_string();
        let longer = format!("{}{:016x}{}", &token[..32], i64::MAX, &token[48..]);
        for forged in [format!("{other}{}", &token[32..]), longer, "A".repeat(91), token.to_uppercase()] {
            stranger.get(&format!("/v1/offer-links/{forged}")).expect(404);
            stranger.post(&format!("/v1/offer-links/{forged}/decline"), Value::Null).expect(404);
        }
        stranger.with_token(&token).get("/v1/offers").expect(401);
        server.advance(TimeDelta::hours(49));
        stranger.get(&path).expect(404);
        stranger.post(&format!("{path}/decline"), Value::Null).expect(404);
    }

    fn a_link_opens_nothing_once_the_mailbox_that_it_went_to_is_not_the_experts_any_more(server) {
        let story = story::asked(server);
        let old = link(server, &region::expert_email(1)).strip_suffix("/page").expect("the page of the link").to_owned();
        let stranger = server.stranger();
        let digest = stranger.get(&old).expect(200).body["description_digest"].clone();
        let before = server.app.mailer.sent().len();
        let new = json!({ "email": "aino@uusi.example" });
        story.expert.post("/v1/me/address-codes", new).expect(202);
        let code = server.code_to("aino@uusi.example", before);
        story.expert.post("/v1/me/address", json!({ "email": "aino@uusi.example", "code": code })).expect(200);

        for path in [old.clone(), format!("{old}/page")] {
            assert_eq!(stranger.get(&path).expect(404).code(), "not_found");
        }
        let yes = json!({ "description_digest": digest });
        stranger.post(&format!("{old}/accept"), yes).expect(404);
        stranger.post(&format!("{old}/decline"), Value::Null).expect(404);
        form(&stranger, &format!("{old}/page"), "accept", digest.as_str().expect("a digest")).expect(404);
        let shown = stranger.call("GET", &format!("{old}/page"), &BROWSER, None).expect(404);
        assert!(shown.text.contains("This link opens nothing"), "{}", shown.text);

        // The expert finds the offer by signing in, and the next message about it has a link for the new mailbox.
        story.expert.get(&format!("/v1/offers/{}", story.offer)).expect(200);
        let later = json!({ "form": { "task": { "when": { "start": "2027-01-16T07:00:00Z", "end": "2027-01-16T09:00:00Z" } } } });
        story.brokering.orderer.patch(&format!("/v1/orders/{}", story.brokering.order), later).expect(200);
        let new = link(server, "aino@uusi.example").strip_suffix("/page").expect("the page of the link").to_owned();
        let digest = stranger.get(&new).expect(200).body["description_digest"].clone();
        stranger.get(&old).expect(404);
        stranger.post(&format!("{new}/accept"), json!({ "description_digest": digest })).expect(200);
    }

    fn what_was_answered_by_a_link_is_told_to_nobody_once_it_opens_nothing(server) {
        let story = story::asked(server);
        let page = link(server, &region::expert_email(1));
        let path = page.strip_suffix("/page").expect("the page of the link").to_owned();
        let key = [("idempotency-key", "answered-once")];
        let decline = || server.stranger().call("POST", &format!("{path}/decline"), &key, None);
        decline().expect(200);
        assert_eq!(decline().expect(200).header("idempotent-replayed"), "true");
        let before = server.app.mailer.sent().len();
        let new = json!({ "email": "aino@uusi.example" });
        story.expert.post("/v1/me/address-codes", new).expect(202);
        let code = server.code_to("aino@uusi.example", before);
        story.expert.post("/v1/me/address", json!({ "email": "aino@uusi.example", "code": code })).expect(200);
        decline().expect(404);
    }

    fn a_link_that_opens_nothing_any_more_tells_nobody_what_was_answered_by_it(server) {
        let story = story::brokering(server, 1);
        story::offers(server, &story, &[1, 2], "parallel");
        let stranger = server.stranger();
        let path = |number| link(server, &region::expert_email(number)).strip_suffix("/page").expect("the page of the link").to_owned();
        let (accepted, declined) = (path(1), path(2));
        let digest = stranger.get(&accepted).expect(200).body["description_digest"].clone();
        let key = [("idempotency-key", "once")];
        let yes = || stranger.call("POST", &format!("{accepted}/accept"), &key, Some(json!({ "description_digest": digest })));
        let no = || {
            let kind = [("content-type", "application/x-www-form-urlencoded"), key[0]];
            let body = format!("answer=decline&description_digest={}", digest.as_str().expect("a digest"));
            stranger.send("POST", &format!("{declined}/page"), &kind, Some(body.into_bytes()))
        };
        for send in [&no as &dyn Fn() -> acceptance::Answer, &yes] {
            let first = send().expect(200);
            let again = send().expect(200);
            assert_eq!((again.header("idempotent-replayed"), &again.text), ("true", &first.text), "the answer was lost on its way");
        }
        let leaving = format!("/v1/people/{}/deactivate", region::person(&region::expert_email(2)));
        server.sign_in("keskus@lappi.example").post(&leaving, json!({ "reason": "muutti" })).expect(200);
        no().expect(404);
        // Something that it may have told of has changed: it is done, and is not told again.
        assert_eq!(yes().expect(409).code(), "already_done");
        server.advance(TimeDelta::hours(49));
        stranger.get(&accepted).expect(404);
        yes().expect(404);
    }

    fn nobody_answers_by_the_link_of_somebody_who_has_left(server) {
        let story = story::asked(server);
        let path = link(server, &region::expert_email(1)).strip_suffix("/page").expect("the page of the link").to_owned();
        server.stranger().get(&path).expect(200);
        let leaving = format!("/v1/people/{}/deactivate", story.expert.id());
        server.sign_in("keskus@lappi.example").post(&leaving, json!({ "reason": "muutti" })).expect(200);
        server.stranger().get(&path).expect(404);
        server.stranger().post(&format!("{path}/decline"), Value::Null).expect(404);
    }

    fn whoever_is_asked_by_letter_gets_no_link_and_answers_in_another_way(server) {
        let story = story::brokering(server, 1);
        let expert = server.sign_in(&region::expert_email(1));
        let person = format!("/v1/people/{}", expert.id());
        expert.patch(&person, json!({ "channel": "post" })).expect(200);
        let offer = story::offers(server, &story, &[1], "parallel")[0];
        let path = format!("/v1/offers/{offer}/record-answer");
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let letters = broker.get("/v1/letters").expect(200);
        assert_eq!(letters.count(), 1);
        assert!(!letters.text.contains("offer-links"), "a link is for the expert's own eyes");

        let shown = story.liaison.get(&format!("/v1/offers/{offer}")).expect(200);
        assert!(shown.allowed().contains(&"record-answer"));
        let digest = shown.body["description_digest"].clone();
        let yes = json!({ "answer": "accept", "way": "phone", "description_digest": digest });
        let bare = json!({ "answer": "accept", "way": "phone" });
        assert_eq!(story.liaison.post(&path, bare).expect(400).wrong(), [("#/description_digest", "required")]);
        expert.post(&path, yes.clone()).expect(403);
        story.orderer.post(&path, yes.clone()).expect(404);
        server.sign_in("yhteys@satakunta.example").post(&path, yes.clone()).expect(404);
        let done = story.liaison.post(&path, yes.clone()).expect(200);
        assert_eq!((&done.body["state"]["name"], &done.body["answered_by"]), (&json!("accepted"), &json!("phone")));
        assert_eq!(story.liaison.post(&path, yes).expect(409).code(), "out_of_turn");
        let told = expert.get("/v1/notices").expect(200);
        assert!(told.text.contains("offer_answer_recorded"), "the expert is told what was written down");
        assert_eq!(expert.get("/v1/assignments").expect(200).count(), 1);
    }

    fn the_broker_chooses_for_each_offer_how_the_expert_is_reached(server) {
        let story = story::brokering(server, 1);
        let body = json!({ "card_ids": [story::card(1)], "expires_at": story::in_hours(server, 48), "channel": "sms" });
        story.liaison.post(&format!("/v1/orders/{}/offers", story.order), body).expect(201);
        let messages = server.sign_in("valittaja@kokemuspolku.example").get("/v1/letters?channel=sms").expect(200);
        assert_eq!(messages.count(), 1);
    }

    fn an_expert_asks_about_an_offer_before_answering_it(server) {
        let story = story::brokering(server, 2);
        let offers = story::offers(server, &story, &[1, 2], "parallel");
        let path = format!("/v1/offers/{}/messages", offers[0]);
        let expert = server.sign_in(&region::expert_email(1));
        let name = expert.get("/v1/me").expect(200).body["facts"]["name"].as_str().map(str::to_owned);
        expert.post(&path, json!({ "text": "Pääseekö paikalle bussilla?" })).expect(201);
        let heard = story.liaison.get(&path).expect(200);
        assert_eq!((heard.count(), &heard.body["items"][0]["party"]), (1, &json!("expert")));
        let shown = story.liaison.get(&format!("/v1/offers/{}", offers[0])).expect(200);
        if let Some(name) = name {
            assert!(!heard.text.contains(&name) && !shown.text.contains(&name), "the expert is a card until they accept");
        }
        assert!(!heard.text.contains(&expert.id().to_string()));
        story.liaison.post(&path, json!({ "text": "Pääsee, linjalla 8." })).expect(201);
        assert_eq!(expert.get(&path).expect(200).count(), 2);
        assert!(expert.get("/v1/notices").expect(200).text.contains(&path));

        let other = server.sign_in(&region::expert_email(2));
        for stranger in [&other, &story.orderer, &server.sign_in("yhteys@satakunta.example"), &server.sign_in("valittaja@kokemuspolku.example")] {
            stranger.get(&path).expect(404);
            stranger.post(&path, json!({ "text": "Hei!" })).expect(404);
        }
        assert_eq!(story.orderer.get(&format!("/v1/orders/{}/messages", story.order)).expect(200).count(), 0);
        story::accept(&expert, offers[0]);
        assert_eq!(expert.post(&path, json!({ "text": "Vielä yksi." })).expect(409).code(), "out_of_turn");
        expert.get(&path).expect(200);
    }
}
