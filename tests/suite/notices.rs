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
        let letters = veera.get("/v1/letters");
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
        assert_eq!(veera.get("/v1/letters").body["items"], json!([]));
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
