//! What of experts was told to whom. The chain that leads to a disclosure is in the tests of offers.

use acceptance::{
    Person, Server, on_both_databases,
    story::{self, Asked},
};
use api::region::{self, expert_email, experts::SUPPORTED};
use domain::{
    disclosure::{Acceptance, DisclosedField, Disclosure, DisclosureId},
    id::Id,
};
use persistence::{disclosures, experts, people};
use serde_json::{Value, json};
use uuid::Uuid;

const ORDERER: &str = "tilaaja@lappi.example";

/// What accepting an offer leads to, here without the offer.
fn accepted(server: &Server, number: usize, node: &str, orderer: &str) -> DisclosureId {
    let unique = Uuid::now_v7();
    server
        .app
        .database
        .write(|session| {
            let expert = experts::find(session, region::experts::expert(number))?;
            let person = people::find(session, expert.person)?;
            let acceptance = Acceptance {
                id: Id::new(unique),
                order: Id::new(Uuid::from_u128(5)),
                offer: Id::new(unique),
                assignment: Id::new(unique),
                to_node: region::node(node),
                to_person: region::person(orderer),
                at: server.app.clock.now(),
            };
            let (disclosure, details) = Disclosure::on_acceptance(
                acceptance,
                &expert,
                &person.facts,
                DisclosedField::USUAL,
            );
            disclosures::record(session, disclosure, &details).map(|stored| stored.thing.id)
        })
        .expect("it is recorded")
}

on_both_databases! {
    fn invariant_02_the_orderer_learns_the_agreed_details_and_the_expert_sees_it(server) {
        let id = accepted(server, 7, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let place = format!("/v1/disclosures/{id}");
        let told = server.sign_in(ORDERER).get(&place).expect(200);
        assert!(told.body["details"]["name"].is_string() && told.body["details"]["email"].is_string());
        assert_eq!(told.body["details"]["adjustments"], json!(["step_free", "breaks"]));
        assert!(told.body["details"]["address"].is_null() && told.body["details"]["themes"].is_null());
        assert_eq!(told.body["fields"], json!(["name", "phone", "email", "adjustments"]));
        let expert = server.sign_in(&expert_email(7));
        let own = expert.get(&format!("/v1/experts/{}/disclosures", region::experts::expert(7))).expect(200);
        assert_eq!(own.body["items"][0]["to_person_name"], "Tiina Tilaaja");
        assert_eq!(own.body["items"][0]["ground"]["name"], "acceptance");
        assert_eq!(expert.get(&place).expect(200).body["details"], told.body["details"]);
    }

    fn a_theme_whose_consent_is_taken_back_is_hidden_from_those_it_was_told_to(server) {
        let asked = story::asked(server);
        let consents = format!("/v1/experts/{}/consents", region::experts::expert(1));
        let consent = json!({ "theme": "grief", "visibility": ["named_disclosure"] });
        asked.expert.post(&consents, consent).expect(200);
        let offer = format!("/v1/offers/{}", asked.offer);
        let digest = asked.expert.get(&offer).expect(200).body["description_digest"].clone();
        let yes = json!({ "description_digest": digest, "disclose": ["name", "themes"] });
        asked.expert.post(&format!("{offer}/accept"), yes).expect(200);
        let told = &asked.brokering.orderer.items("/v1/disclosures")[0];
        let place = format!("/v1/disclosures/{}", told["id"].as_str().expect("an id"));
        let themes = |person: &Person<'_>| person.get(&place).expect(200).body["details"]["themes"].clone();
        assert!(themes(&asked.brokering.orderer).as_array().is_some_and(|all| all.contains(&json!("grief"))));
        asked.expert.post(&format!("{consents}/withdraw"), json!({ "theme": "grief" })).expect(200);
        assert!(themes(&asked.brokering.orderer).as_array().is_none_or(|all| !all.contains(&json!("grief"))));
        assert!(themes(&asked.expert).as_array().is_some_and(|all| all.contains(&json!("grief"))), "on record for the expert");
        // What they agree to from now on is for later tasks.
        let consent = json!({ "theme": "grief", "visibility": ["named_disclosure"] });
        for hours in [0, 1] {
            server.advance(chrono::TimeDelta::hours(hours));
            let expert = server.sign_in(&expert_email(1));
            expert.post(&consents, consent.clone()).expect(200);
            let orderer = server.sign_in(ORDERER);
            assert!(themes(&orderer).as_array().is_none_or(|all| !all.contains(&json!("grief"))), "{hours}");
            expert.post(&format!("{consents}/withdraw"), json!({ "theme": "grief" })).expect(200);
        }
    }

    fn needs_that_are_taken_back_are_hidden_from_those_they_were_told_to_and_taken_out_of_what_is_not_agreed_on(server) {
        for (number, take_back) in [(1, "needs/withdraw"), (3, "leave")] {
            let brokering = story::brokering(server, 1);
            let offer = story::offers(server, &brokering, &[number], "parallel")[0];
            let expert = server.sign_in(&expert_email(number));
            let profile = format!("/v1/experts/{}", region::experts::expert(number));
            let needs = json!({ "adjustments": ["step_free", "breaks"], "note": "Tauko tunnin välein.", "consent": true });
            expert.post(&format!("{profile}/needs"), needs).expect(200);
            story::accept(&expert, offer);
            let task = story::agreed(Asked { brokering, expert, offer });
            let told = &task.orderer().items(&format!("/v1/disclosures?order={}", task.asked.brokering.order))[0];
            let disclosure = format!("/v1/disclosures/{}", told["id"].as_str().expect("an id"));
            let seen = |person: &Person<'_>| {
                let told = person.get(&disclosure).expect(200).body["details"].clone();
                let agreement = person.get(&task.agreement("")).expect(200).body["content"]["support"]["adjustments"].clone();
                let printed = person.get(&task.agreement("/print?language=fi")).expect(200).text;
                let prints = printed.contains("Esteetön kulku") || printed.contains("Tauko tunnin välein.");
                assert_eq!(prints, agreement.as_array().is_some_and(|all| !all.is_empty() && all != &[json!("Ramppi ovella")]));
                (told["adjustments"].clone(), told["adjustments_note"].clone(), agreement)
            };
            story::fill_in(&task);
            let adjustments = json!(["Esteetön kulku", "Taukoja", "Tauko tunnin välein.", "Ramppi ovella"]);
            task.orderer().patch(&task.agreement(""), json!({ "support": { "adjustments": adjustments } })).expect(200);
            story::confirm(task.orderer(), task.agreement);
            let note = json!("Tauko tunnin välein.");
            assert_eq!(seen(task.orderer()).1, note);
            assert_eq!(seen(task.orderer()).2.as_array().map(Vec::len), Some(4));
            let before = task.orderer().get(&task.agreement("")).expect(200).body["revision"].as_i64().expect("a number");
            let changes = task.orderer().times_told("agreement_changed");

            task.expert().post(&format!("{profile}/{take_back}"), Value::Null).expect(200);
            let left = (Value::Null, Value::Null, json!(["Ramppi ovella"]));
            assert_eq!(seen(task.orderer()), left, "{take_back}");
            let agreement = task.orderer().get(&task.agreement("")).expect(200);
            assert_eq!(agreement.body["revision"], json!(before + 1));
            assert_eq!(agreement.body["waits_for"], json!(["expert", "orderer"]), "nobody has confirmed this");
            assert_eq!(task.orderer().times_told("agreement_changed"), changes + 1);
            assert_eq!(seen(task.expert()).0, json!(["step_free", "breaks"]), "on record for the expert");
        }
    }

    fn needs_that_are_told_anew_are_for_later_tasks_and_who_else_reads_them_is_on_record(server) {
        let asked = story::asked(server);
        let profile = format!("/v1/experts/{}", region::experts::expert(1));
        let needs = json!({ "adjustments": ["step_free", "breaks"], "note": "Tauko tunnin välein.", "consent": true });
        asked.expert.post(&format!("{profile}/needs"), needs.clone()).expect(200);
        story::accept(&asked.expert, asked.offer);
        let told = &asked.brokering.orderer.items("/v1/disclosures")[0];
        let place = format!("/v1/disclosures/{}", told["id"].as_str().expect("an id"));
        let seen = |person: &Person<'_>| {
            let details = person.get(&place).expect(200).body["details"].clone();
            (details["adjustments"].clone(), details["adjustments_note"].clone())
        };
        let all = (json!(["step_free", "breaks"]), json!("Tauko tunnin välein."));
        assert_eq!(seen(&asked.brokering.orderer), all);
        let looks = || server.sign_in("keskus@lappi.example").items("/v1/audit-events?operation=get_disclosure");
        assert_eq!(looks().len(), 1);
        assert_eq!(looks()[0]["thing_id"], told["id"]);
        seen(&asked.expert);
        asked.brokering.liaison.get(&place).expect(200);
        assert_eq!(looks().len(), 1, "one's own, and what says nothing of them");

        server.advance(chrono::TimeDelta::hours(1));
        let (expert, orderer) = (server.sign_in(&expert_email(1)), server.sign_in(ORDERER));
        expert.post(&format!("{profile}/needs/withdraw"), Value::Null).expect(200);
        expert.post(&format!("{profile}/needs"), needs).expect(200);
        assert_eq!(seen(&orderer), (Value::Null, Value::Null));
        assert_eq!(seen(&expert), all, "on record for the expert");
    }

    fn what_both_have_confirmed_of_needs_stays_as_it_was_agreed(server) {
        let asked = story::asked(server);
        let profile = format!("/v1/experts/{}", region::experts::expert(1));
        let needs = |adjustments: &[&str]| json!({ "adjustments": adjustments, "consent": true });
        asked.expert.post(&format!("{profile}/needs"), needs(&["step_free", "breaks"])).expect(200);
        story::accept(&asked.expert, asked.offer);
        let task = story::agreed(asked);
        // What is told anew takes the place of what was told before, also where that is not agreed on yet.
        let written = |path: &str| task.orderer().get(path).expect(200).body["content"]["support"]["adjustments"].clone();
        let both = written(&task.agreement(""));
        assert_eq!(both.as_array().map(Vec::len), Some(2));
        task.expert().post(&format!("{profile}/needs"), needs(&["step_free"])).expect(200);
        let one = written(&task.agreement(""));
        assert_eq!(one, json!([both[0]]));
        story::fill_in(&task);
        for person in [task.expert(), task.orderer()] {
            story::confirm(person, task.agreement);
        }
        let amendment = task.expert().post(&task.agreement("/amend"), Value::Null).expect(201).id();
        task.expert().post(&format!("{profile}/needs/withdraw"), Value::Null).expect(200);
        assert_eq!(written(&task.agreement("")), one);
        assert_eq!(written(&format!("/v1/agreements/{amendment}")), json!([]));
    }

    fn the_liaison_sees_that_it_was_told_and_not_what(server) {
        let id = accepted(server, 1, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let seen = server.sign_in("yhteys@lappi.example").get(&format!("/v1/disclosures/{id}")).expect(200);
        assert!(seen.body["details"].is_null());
        assert!(!seen.text.contains("posti.example"));
    }

    fn nobody_else_learns_of_it(server) {
        let id = accepted(server, 1, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let place = format!("/v1/disclosures/{id}");
        for outsider in ["vammais@lappi.example", "tilaaja@satakunta.example", "yhteys@satakunta.example", &expert_email(2)] {
            server.sign_in(outsider).get(&place).expect(404);
            assert_eq!(server.sign_in(outsider).get("/v1/disclosures").expect(200).count(), 0, "{outsider}");
        }
        server.machine("HR Lappi").get(&place).expect(404);
    }

    fn each_area_lists_its_own_disclosures(server) {
        accepted(server, 1, "Päihde- ja riippuvuusyksikkö", ORDERER);
        accepted(server, 39, "Kuntoutuksen yksikkö", "tilaaja@satakunta.example");
        let listed = |email: &str| server.sign_in(email).get("/v1/disclosures").expect(200);
        for (email, node) in [
            (ORDERER, "Päihde- ja riippuvuusyksikkö"),
            ("yhteys@lappi.example", "Päihde- ja riippuvuusyksikkö"),
            ("tilaaja@satakunta.example", "Kuntoutuksen yksikkö"),
        ] {
            let found = listed(email);
            assert_eq!(found.count(), 1, "{email}");
            assert_eq!(found.body["items"][0]["to_node_id"], region::node(node).to_string());
        }
        let other = format!("/v1/disclosures?order={}", Uuid::from_u128(6));
        assert_eq!(server.sign_in(ORDERER).get(&other).expect(200).count(), 0);
    }

    fn a_support_person_with_power_over_the_profile_sees_what_was_told(server) {
        accepted(server, SUPPORTED, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let place = format!("/v1/experts/{}/disclosures", region::experts::expert(SUPPORTED));
        assert_eq!(server.sign_in("tukihenkilo@lappi.example").get(&place).expect(200).count(), 1);
        server.sign_in("valittaja@kokemuspolku.example").get(&place).expect(403);
    }

    fn the_details_are_not_readable_in_the_database(server) {
        let id = accepted(server, 1, "Päihde- ja riippuvuusyksikkö", ORDERER);
        let body = server.app.database.read(|session| disclosures::find(session, id)).expect("it is there");
        let body = serde_json::to_string(&body.thing).expect("plain");
        assert!(!body.contains("posti.example"));
    }
}
