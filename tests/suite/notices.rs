//! Notices: everyone is told in their own way, and never what it is about.

use std::collections::BTreeSet;

use acceptance::{
    FRONT_END, ISSUER, Kind, Server, on_both_databases, story,
    world::{PERSONAS, World},
};
use api::region;
use serde_json::{Value, json};

/// Makes something wait for the person: the centre gives them a role.
fn tell(server: &acceptance::Server, email: &str, role: &str) -> Value {
    give(&server.sign_in("keskus@lappi.example"), email, role)
}

fn give(keskus: &acceptance::Person<'_>, email: &str, role: &str) -> Value {
    let made = keskus.post(
        "/v1/grants",
        json!({
            "person_id": region::person(email),
            "role": role,
            "node_id": region::node("Kokemuspolku ry"),
            "from": "2026-01-01"
        }),
    );
    assert_eq!(made.status, 201);
    made.body
}

fn wish(server: &acceptance::Server, email: &str, channel: &str) {
    let path = format!("/v1/people/{}", region::person(email));
    assert_eq!(server.sign_in(email).patch(&path, json!({ "channel": channel })).status, 200);
}

on_both_databases! {
    fn a_notice_is_sent_by_email_once_and_says_only_what_kind_of_thing_waits(server) {
        let grant = tell(server, "kokemus01@posti.example", "network_member");
        let mails = server.mails_to("kokemus01@posti.example", "käyttöoikeus");
        assert_eq!(mails.len(), 1);
        let place = format!("\n{FRONT_END}/v1/grants/{}\n", grant["id"].as_str().expect("an id"));
        assert!(mails[0].text.contains(&place), "{}", mails[0].text);
        assert!(!mails[0].text.contains(ISSUER), "a browser that opens the API is not signed in");
        assert!(!mails[0].text.contains("Kokemuspolku"));
        let aino = server.sign_in("kokemus01@posti.example");
        let is_marked = || aino.get("/v1/notices").body["items"][0]["sent_at"].is_string();
        assert!((0..200).any(|_| is_marked()), "whoever sent it marks it at once");
        assert_eq!(server.mails_to("kokemus01@posti.example", "käyttöoikeus").len(), 1);
    }

    fn several_nodes_at_once_send_a_notice_once(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        for number in 1..=10 {
            give(&keskus, &format!("kokemus{number:02}@posti.example"), "network_member");
        }
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| while api::send_due(&server.app).expect("the database answers") > 0 {});
            }
        });
        for number in 1..=10 {
            let email = format!("kokemus{number:02}@posti.example");
            assert_eq!(server.mails_to(&email, "käyttöoikeus").len(), 1, "{email}");
        }
    }

    fn a_notice_is_read_by_its_receiver_alone(server) {
        tell(server, "kokemus01@posti.example", "network_member");
        let aino = server.sign_in("kokemus01@posti.example");
        let listed = aino.get("/v1/notices?unread=true");
        let path = format!("/v1/notices/{}/read", listed.body["items"][0]["id"].as_str().expect("an id"));
        assert_eq!(server.sign_in("keskus@lappi.example").post(&path, json!(null)).status, 404);
        assert_eq!(server.sign_in("kokemus02@posti.example").get("/v1/notices").body["items"], json!([]));
        let read = aino.post(&path, json!(null));
        assert_eq!(read.status, 200);
        assert!(read.body["read_at"].is_string());
        assert_eq!(aino.get("/v1/notices?unread=true").body["items"], json!([]));
        assert_eq!(aino.get("/v1/notices").body["items"].as_array().map(Vec::len), Some(1));
    }

    fn those_without_email_get_letters_that_their_own_organisation_prints(server) {
        wish(server, "kokemus01@posti.example", "post");
        wish(server, "kokemus02@posti.example", "sms");
        tell(server, "kokemus01@posti.example", "network_member");
        tell(server, "kokemus02@posti.example", "network_member");

        let veera = server.sign_in("valittaja@kokemuspolku.example");
        assert_eq!(veera.get("/v1/letters").expect(200).count(), 2, "in whichever way");
        let letters = veera.get("/v1/letters?channel=post");
        assert_eq!(letters.body["items"].as_array().map(Vec::len), Some(1));
        let letter = &letters.body["items"][0];
        assert_eq!(letter["address"], "Kuvitteellinen kuja 1, 99999 Esimerkkilä");
        assert!(letter["text"].as_str().expect("a text").starts_with("Hei "));
        assert!(letter["phone"].is_null());
        let messages = veera.get("/v1/letters?channel=sms");
        assert!(messages.body["items"][0]["phone"].is_string());
        assert!(messages.body["items"][0]["address"].is_null());

        for email in ["keskus@satakunta.example", "valittaja@tunturintuki.example", "tilaaja@lappi.example"] {
            assert_eq!(server.sign_in(email).get("/v1/letters").body["items"], json!([]), "{email}");
        }
        let sent = format!("/v1/letters/{}/sent", letter["id"].as_str().expect("an id"));
        assert_eq!(server.sign_in("valittaja@tunturintuki.example").post(&sent, json!(null)).status, 404);
        assert_eq!(veera.post(&sent, json!(null)).status, 200);
        assert_eq!(veera.get("/v1/letters?channel=post").body["items"], json!([]));
    }

    fn who_delivers_letters_does_not_learn_that_somebody_has_raised_a_concern(server) {
        wish(server, "kokemus01@posti.example", "post");
        let concern = json!({
            "node_id": region::node("Kokemuspolku ry"), "to": "administrators", "text": "Minua ei kuunnella.",
        });
        let concern = server.sign_in("kokemus01@posti.example").post("/v1/concerns", concern).expect(201).id();
        let answer = json!({ "answer": "Kiitos. Asiasta on puhuttu." });
        server.sign_in("yllapito@kokemusvayla.example").post(&format!("/v1/concerns/{concern}/handle"), answer).expect(200);
        let veera = server.sign_in("valittaja@kokemuspolku.example");
        let letter = veera.items("/v1/letters").pop().expect("a letter");
        assert!(letter["text"].as_str().is_some_and(|text| text.contains("Sinua odottaa viesti palvelussa")), "{letter}");
        assert!(!letter.to_string().contains("concern") && letter.get("reference").is_none(), "{letter}");
    }

    fn whoever_supports_an_expert_now_reads_their_address_and_delivers_their_letters_and_nobody_of_before(server) {
        let [veera, taneli, centre] = ["valittaja@kokemuspolku.example", "valittaja@tunturintuki.example", "keskus@lappi.example"]
            .map(|email| server.sign_in(email));
        let (email, profile) = (region::expert_email(2), format!("/v1/experts/{}", region::experts::expert(2)));
        let (expert, person) = (server.sign_in(&email), format!("/v1/people/{}", region::person(&email)));
        // Read one by one, in the listing, and by letter: all three agree.
        let reads = |caller: &acceptance::Person<'_>| {
            let one = caller.get(&person);
            let id = json!(region::person(&email));
            let listed = caller.items("/v1/people?limit=200").iter().any(|person| person["id"] == id);
            let letters = caller.items("/v1/letters?limit=200");
            assert_eq!((one.status == 200, letters.len() == 1), (listed, listed), "{}", one.text);
            assert!(letters.iter().all(|letter| letter["address"] == one.body["facts"]["address"]));
            listed
        };
        expert.patch(&person, json!({ "channel": "post", "address": "Uusi salainen osoite 9" })).expect(200);
        give(&centre, &email, "network_member");
        assert_eq!([&veera, &taneli, &centre].map(reads), [true, false, true]);
        let letter = veera.items("/v1/letters")[0]["id"].as_str().expect("an id").to_owned();

        let background = json!({ "background": [{ "organisation": region::node("Tunturin Tuki ry") }] });
        expert.patch(&profile, background).expect(200);
        assert_eq!([&veera, &taneli, &centre].map(reads), [false, true, true]);
        veera.post(&format!("/v1/letters/{letter}/sent"), Value::Null).expect(404);

        expert.post(&format!("{profile}/leave"), Value::Null).expect(200);
        assert_eq!([&veera, &taneli, &centre].map(reads), [false, false, true]);
        taneli.post(&format!("/v1/letters/{letter}/sent"), Value::Null).expect(404);
        centre.post(&format!("/v1/letters/{letter}/sent"), Value::Null).expect(200);
        // Whoever is no expert is served where they belong.
        let trainer = format!("/v1/people/{}", region::person("kouluttaja@kokemuspolku.example"));
        veera.get(&trainer).expect(200);
        taneli.get(&trainer).expect(404);
    }

    fn nobody_chooses_a_channel_without_what_it_leads_to(server) {
        let email = "kokemus01@posti.example";
        let (aino, path) = (server.sign_in(email), format!("/v1/people/{}", region::person(email)));
        let refused = |change: Value, pointer: &str| {
            let refused = aino.patch(&path, change).expect(400);
            assert_eq!(refused.wrong(), [(pointer, "channel_needs_it")]);
        };
        refused(json!({ "channel": "post", "address": null }), "#/address");
        refused(json!({ "channel": "phone", "phone": null }), "#/phone");
        aino.patch(&path, json!({ "channel": "sms", "address": null })).expect(200);
        refused(json!({ "phone": null }), "#/phone");
        refused(json!({ "channel": "post" }), "#/address");
        aino.patch(&path, json!({ "phone": null, "channel": "post", "address": "Kuja 1, 99999 Kylä" })).expect(200);
        refused(json!({ "address": null }), "#/address");
        let form = |channel: &str| json!({
            "node_id": region::node("Kokemuspolku ry"),
            "facts": { "name": "Ulla Uusi", "email": "ulla@uusi.example", "language": "fi", "channel": channel }
        });
        let centre = server.sign_in("keskus@lappi.example");
        for (channel, pointer) in [("post", "#/facts/address"), ("sms", "#/facts/phone")] {
            assert_eq!(centre.post("/v1/people", form(channel)).expect(400).wrong(), [(pointer, "channel_needs_it")]);
        }
        centre.post("/v1/people", form("email")).expect(201);
    }

    fn what_waits_follows_the_person_to_another_channel(server) {
        let (email, broker) = (region::expert_email(1), server.sign_in("valittaja@kokemuspolku.example"));
        let (expert, person) = (server.sign_in(&email), format!("/v1/people/{}", region::person(&email)));
        wish(server, &email, "post");
        tell(server, &email, "network_member");
        assert_eq!(broker.get("/v1/letters").expect(200).count(), 1);
        expert.patch(&person, json!({ "channel": "sms" })).expect(200);
        let counts = || ["post", "sms"].map(|way| broker.get(&format!("/v1/letters?channel={way}")).expect(200).count());
        assert_eq!(counts(), [0, 1]);
        assert!(server.mails_to(&email, "käyttöoikeus").is_empty());
        expert.patch(&person, json!({ "channel": "email", "address": null })).expect(200);
        assert_eq!(counts(), [0, 0]);
        assert_eq!(server.mails_to(&email, "käyttöoikeus").len(), 1);
        assert_eq!(expert.get("/v1/notices").expect(200).body["items"][0]["channel"], "email");
    }

    fn mail_letter_and_notice_say_by_when_to_answer_an_offer_as_long_as_it_can_be_answered(server) {
        let (by_mail, by_letter) = (region::expert_email(1), region::expert_email(2));
        wish(server, &by_letter, "post");
        let story = story::brokering(server, 2);
        let offers = story::offers(server, &story, &[1, 2], "parallel");
        let mail = server.mails_to(&by_mail, "tehtäväpyyntö").pop().expect("a mail");
        let until = "Vastaa viimeistään 25.11.2026 klo 10.00.";
        assert!(mail.text.contains(&format!("vapaasti. {until}\n")), "{}", mail.text);
        assert!(!mail.subject.contains("2026"), "{}", mail.subject);
        let letter = server.sign_in("valittaja@kokemuspolku.example").items("/v1/letters").pop().expect("a letter");
        assert!(letter["text"].as_str().is_some_and(|text| text.contains(until)), "{letter}");

        let expert = server.sign_in(&by_mail);
        let said = |language: &str| {
            let listed = expert.call("GET", "/v1/notices", &[("accept-language", language)], None).expect(200);
            listed.body["items"][0]["text"].as_str().expect("a text").to_owned()
        };
        assert!(said("fi").ends_with("Vastaa viimeistään 25.11.2026 klo 10.00"), "{}", said("fi"));
        assert!(said("sv").ends_with("Svara senast 25.11.2026 kl. 10.00"), "{}", said("sv"));
        assert!(said("en").contains("Answer by ") && said("en").ends_with("2026 10:00"), "{}", said("en"));
        expert.post(&format!("/v1/offers/{}/decline", offers[0]), Value::Null).expect(200);
        assert!(said("fi").ends_with("vapaasti"), "there is nothing to answer any more: {}", said("fi"));
    }

    fn a_letter_about_supervision_says_when_and_where_and_an_invitation_to_what_is_cancelled_is_not_sent(server) {
        let (email, broker) = (region::expert_email(1), server.sign_in("valittaja@kokemuspolku.example"));
        wish(server, &email, "post");
        let session = json!({
            "node_id": region::node("Kokemuspolku ry"), "kind": "debrief", "invited": [region::person(&email)],
            "terms": { "starts": "2027-02-01T12:00:00Z", "minutes": 90, "place": "Järjestötalo", "supervisor": "Oona", "seats": 1 },
        });
        let path = broker.post("/v1/supervision-sessions", session).expect(201).header("location").to_owned();
        let letters = broker.items("/v1/letters");
        assert_eq!((letters.len(), &letters[0]["reference"]), (1, &json!(path)));
        let text = letters[0]["text"].as_str().expect("a text");
        assert!(text.contains("Aika: 1.2.2027 klo 14.00. Paikka: Järjestötalo. Järjestäjä: Kokemuspolku ry."), "{text}");
        assert!(!text.contains("purku") && !text.contains("debrief") && !text.contains("Oona"), "{text}");

        broker.post(&format!("{path}/cancel"), Value::Null).expect(200);
        let letters = broker.items("/v1/letters");
        assert_eq!(letters.len(), 1, "the invitation is not sent any more");
        let text = letters[0]["text"].as_str().expect("a text");
        assert!(text.contains("peruttu. Aika: 1.2.2027 klo 14.00."), "{text}");
        let expert = server.sign_in(&email);
        assert_eq!(expert.told(&path), ["supervision_offered", "supervision_cancelled"], "it was so");
        // What is not sent any more is not sent in another way either.
        expert.patch(&format!("/v1/people/{}", region::person(&email)), json!({ "channel": "email" })).expect(200);
        assert_eq!(server.mails_to(&email, "peruttu").len(), 1);
        assert!(server.mails_to(&email, "kutsuttu").is_empty());
    }

    fn what_the_person_says_is_how_they_are_reached_and_their_profile_says_nothing_of_it(server) {
        let email = region::expert_email(1);
        let expert = server.sign_in(&email);
        let profile = format!("/v1/experts/{}", region::experts::expert(1));
        let refused = expert.patch(&profile, json!({ "channel": "post" })).expect(400);
        assert_eq!(refused.wrong()[0].0, "#/channel");
        assert_eq!(expert.get(&profile).expect(200).body["profile"]["channel"], Value::Null);
        wish(server, &email, "post");
        tell(server, &email, "network_member");
        assert_eq!(server.sign_in("valittaja@kokemuspolku.example").get("/v1/letters").expect(200).count(), 1);
        assert!(server.mails_to(&email, "käyttöoikeus").is_empty());
    }

    fn what_goes_by_email_is_not_delivered_by_hand(server) {
        tell(server, "kokemus01@posti.example", "network_member");
        let aino = server.sign_in("kokemus01@posti.example");
        let id = aino.get("/v1/notices").body["items"][0]["id"].as_str().expect("an id").to_owned();
        let refused = server.sign_in("valittaja@kokemuspolku.example").post(&format!("/v1/letters/{id}/sent"), json!(null));
        assert_eq!((refused.status, refused.code()), (409, "sent_by_machine"));
    }
}

/// What is answered to a browser under the address of the API is not for people, but for the page of an offer.
fn without_a_front_end_only_the_mail_of_an_offer_has_a_link(kind: Kind) {
    let server = Server::start_with(kind, |app, _| app.front_end = None);
    story::asked(&server);
    tell(&server, "kokemus01@posti.example", "network_member");
    let offer = server.mails_to("kokemus01@posti.example", "tehtäväpyyntö").pop().expect("a mail");
    assert!(offer.text.contains(&format!("{ISSUER}/v1/offer-links/")), "{}", offer.text);
    let given = server.mails_to("kokemus01@posti.example", "käyttöoikeus").pop().expect("a mail");
    assert!(given.text.contains("kun kirjaudut palveluun"), "{}", given.text);
    for link in ["http", "/v1/", "{"] {
        assert!(!given.text.contains(link), "{}", given.text);
    }
}

#[test]
fn without_a_front_end_only_the_mail_of_an_offer_has_a_link_on_sqlite() {
    without_a_front_end_only_the_mail_of_an_offer_has_a_link(Kind::Sqlite);
}

#[test]
fn without_a_front_end_only_the_mail_of_an_offer_has_a_link_on_postgres() {
    without_a_front_end_only_the_mail_of_an_offer_has_a_link(Kind::Postgres);
}

/// Nobody is sent to where they are not let in.
fn whoever_is_told_of_something_can_look_at_it(kind: Kind) {
    let world = World::of(kind);
    let server = world.copy();
    let (mut kinds, mut closed) = (BTreeSet::new(), Vec::new());
    for persona in
        PERSONAS.iter().filter(|persona| !persona.is_machine() && persona.name != "stranger")
    {
        let person = world.caller(&server, persona);
        for notice in person.items("/v1/notices?limit=200") {
            let reference = notice["reference"].as_str().expect("a place");
            kinds.insert(notice["kind"].as_str().expect("a kind").to_owned());
            let status = person.get(reference).status;
            if status != 200 {
                closed.push(format!(
                    "{}: {} at {reference} is {status}",
                    persona.name, notice["kind"]
                ));
            }
        }
    }
    assert!(closed.is_empty(), "{closed:#?}");
    assert!(kinds.len() > 15, "{kinds:?}");
}

#[test]
fn whoever_is_told_of_something_can_look_at_it_on_sqlite() {
    whoever_is_told_of_something_can_look_at_it(Kind::Sqlite);
}

#[test]
fn whoever_is_told_of_something_can_look_at_it_on_postgres() {
    whoever_is_told_of_something_can_look_at_it(Kind::Postgres);
}
