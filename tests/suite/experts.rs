//! Profiles of experts, their consent, their support persons, and what is on record for them.

use acceptance::{Answer, Person, on_both_databases};
use api::region::{self, expert_email, experts::SUPPORTED};
use chrono::TimeDelta;
use serde_json::{Value, json};

const BROKER: &str = "valittaja@kokemuspolku.example";
const OTHER_BROKER: &str = "valittaja@lounaankokemus.example";
const NGO: &str = "Kokemuspolku ry";
const OTHER_NGO: &str = "Lounaan Kokemus ry";
const LIAISON: &str = "yhteys@lappi.example";
const SUPPORT: &str = "tukihenkilo@lappi.example";

fn path(number: usize) -> String {
    format!("/v1/experts/{}", region::experts::expert(number))
}

fn profile() -> Value {
    json!({
        "titles": ["expert_by_experience"], "perspective": "own", "languages": ["fi"], "areas": ["21"],
        "modes": ["on_site"], "introduction": "Puhun suoraan.",
    })
}

/// The codes of the themes that the caller is shown as given with consent.
fn consented(answer: &Answer) -> Vec<String> {
    let themes = answer.body["own"]["themes"].as_array().cloned().unwrap_or_default();
    themes.iter().filter_map(|theme| theme["theme"].as_str().map(str::to_owned)).collect()
}

fn found(person: &Person<'_>) -> Vec<String> {
    let listed = person.get("/v1/experts?limit=200").expect(200);
    let items = listed.body["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|expert| expert["id"].as_str().map(str::to_owned)).collect()
}

on_both_databases! {
    fn a_person_enrols_themselves_in_the_bank(server) {
        let teacher = server.sign_in("kouluttaja@kokemuspolku.example");
        let form = json!({
            "profile": profile(),
            "themes": [{ "theme": "grief", "visibility": ["bank_search"] }],
            "needs": { "adjustments": ["breaks"], "consent": true },
        });
        let made = teacher.post("/v1/experts", form.clone()).expect(201);
        assert_eq!(made.header("location"), format!("/v1/experts/{}", made.id()));
        assert_eq!(made.body["themes"], json!(["grief"]));
        assert_eq!(made.body["own"]["origin"]["name"], "themselves");
        assert_eq!(made.body["availability"], "available");
        let again = teacher.get(made.header("location")).expect(200);
        assert_eq!(again.body, made.body);
        assert_eq!(teacher.post("/v1/experts", form).expect(409).code(), "exists");
    }

    fn staff_enrol_somebody_only_with_recorded_consent(server) {
        let liaison = server.sign_in(LIAISON);
        let person = region::person("ohjausryhma@lappi.example");
        let mut form = json!({ "person": person, "profile": profile() });
        let refused = liaison.post("/v1/experts", form.clone()).expect(400);
        assert_eq!(refused.faults(), [("#/recorded_consent".to_owned(), "consent_needed".to_owned())]);
        form["recorded_consent"] =
            json!({ "text": "Minut saa lisätä.", "channel": "phone", "day": "2026-11-01" });
        let made = liaison.post("/v1/experts", form).expect(201);
        assert!(made.body["own"].is_null(), "staff do not see what is the expert's own");
        let own = server.sign_in("ohjausryhma@lappi.example").get(made.header("location")).expect(200);
        assert_eq!(own.body["own"]["origin"]["consent"]["channel"], "phone");
    }

    fn nobody_enrols_somebody_beyond_their_area(server) {
        let person = region::person("keskus@satakunta.example");
        let form = json!({
            "person": person, "profile": profile(),
            "recorded_consent": { "text": "Saa lisätä.", "channel": "phone", "day": "2026-11-01" },
        });
        server.sign_in(LIAISON).post("/v1/experts", form.clone()).expect(404);
        server.sign_in("tilaaja@satakunta.example").post("/v1/experts", form).expect(404);
    }

    fn whether_somebody_is_there_is_not_told_to_those_who_may_not_enrol_them(server) {
        let form = |person: Value, node: Value| {
            let consent = json!({ "text": "Saa lisätä.", "channel": "phone", "day": "2026-11-01" });
            json!({ "person": person, "node": node, "profile": profile(), "recorded_consent": consent })
        };
        let (nobody, stranger) = (json!("019aa5d0-0000-7000-8000-00000000dead"), json!(region::person("keskus@satakunta.example")));
        for (email, node) in [
            (LIAISON, "Lapin hyvinvointialue"), ("valittaja@kokemuspolku.example", "Kokemuspolku ry"), ("tilaaja@lappi.example", "Kokemuspolku ry"),
        ] {
            let caller = server.sign_in(email);
            let told = |person: &Value| {
                let refused = caller.post("/v1/experts", form(person.clone(), json!(region::node(node)))).expect(404);
                (refused.code().to_owned(), refused.faults())
            };
            assert_eq!(told(&nobody), told(&stranger), "{email}");
        }
    }

    fn every_wrong_value_is_pointed_at_and_none_is_repeated(server) {
        let form = json!({
            "profile": {
                "titles": ["king"], "perspective": "own", "languages": ["fi", "fi"], "areas": ["99"],
                "modes": ["on_site"], "introduction": "Soita 040 123 4567",
                "background": [{ "organisation": "019aa5d0-0000-7000-8000-00000000dead" }],
            },
            "themes": [{ "theme": "boredom", "visibility": ["public"] }],
        });
        let refused = server.sign_in("kouluttaja@kokemuspolku.example").post("/v1/experts", form).expect(400);
        let pointers: Vec<_> = refused.faults().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(
            pointers,
            [
                "#/profile/titles/0", "#/profile/languages/1", "#/profile/areas/0",
                "#/profile/introduction", "#/themes/0/theme",
            ]
        );
        for secret in ["king", "040 123", "boredom"] {
            assert!(!refused.text.contains(secret), "{}", refused.text);
        }
        let unknown = json!({ "profile": {
            "titles": ["developer_client"], "perspective": "own", "languages": ["fi"], "areas": ["21"],
            "modes": ["on_site"],
            "background": [{ "organisation": "019aa5d0-0000-7000-8000-00000000dead" }],
        } });
        let refused = server.sign_in("kouluttaja@kokemuspolku.example").post("/v1/experts", unknown).expect(400);
        assert_eq!(
            refused.faults(),
            [("#/profile/background/0/organisation".to_owned(), "unknown_reference".to_owned())]
        );
    }

    fn an_introduction_never_tells_the_name(server) {
        let expert = server.sign_in(&expert_email(1));
        let name = expert.get(&path(1)).expect(200).body["name"].as_str().expect("a name").to_owned();
        let refused = expert.patch(&path(1), json!({ "introduction": format!("Hei, olen {name}!") })).expect(400);
        assert_eq!(refused.faults(), [("#/introduction".to_owned(), "names_person".to_owned())]);
    }

    fn a_change_says_which_version_it_changes(server) {
        let expert = server.sign_in(&expert_email(1));
        let before = expert.get(&path(1)).expect(200);
        let change = json!({ "skills": "Osaan kuunnella.", "introduction": null });
        let without = expert.call("PATCH", &path(1), &[], Some(change.clone())).expect(428);
        assert_eq!(without.code(), "precondition_required");
        let after = expert.patch(&path(1), change.clone()).expect(200);
        assert_eq!(after.body["profile"]["skills"], "Osaan kuunnella.");
        assert!(after.body["profile"]["introduction"].is_null());
        assert_eq!(after.body["profile"]["titles"], before.body["profile"]["titles"]);
        let stale = expert.call("PATCH", &path(1), &[("if-match", &before.tag())], Some(change)).expect(412);
        assert_eq!(stale.code(), "precondition_failed");
        let empty = expert.patch(&path(1), json!({ "languages": [], "shoe_size": 44 })).expect(400);
        assert_eq!(
            empty.faults(),
            [
                ("#/languages".to_owned(), "too_few".to_owned()),
                ("#/shoe_size".to_owned(), "unknown_field".to_owned()),
            ]
        );
    }

    fn an_expert_tells_what_they_know_can_do_and_have_done_and_services_only_themselves(server) {
        let expert = server.sign_in(&expert_email(1));
        let told = json!({
            "skills": "Puhun mielelläni isollekin yleisölle.",
            "service_experience": "Tunnen kuntoutuspalvelut asiakkaana.",
            "advocacy_experience": "Kolme vuotta asiakasraadissa.",
        });
        expert.patch(&path(1), told.clone()).expect(200);
        let kept = expert.get(&path(1)).expect(200).body["profile"].clone();
        for (name, text) in told.as_object().expect("an object") {
            assert_eq!(&kept[name], text, "{name}");
        }
        // The card says what they can do, and nothing that tells which services somebody has used.
        let story = acceptance::story::brokering(server, 1);
        let look = format!("/v1/bank/cards/{}?order={}", region::experts::card(1), story.order);
        let card = story.liaison.get(&look).expect(200);
        assert_eq!(card.body["skills"], told["skills"], "{}", card.text);
        assert!(!card.text.contains("kuntoutuspalvelut") && !card.text.contains("asiakasraadissa"), "{}", card.text);
    }

    fn consent_is_given_and_taken_back_by_theme(server) {
        let expert = server.sign_in(&expert_email(1));
        let place = format!("{}/consents", path(1));
        let given = json!({ "theme": "grief", "visibility": ["bank_search", "public"] });
        let after = expert.post(&place, given).expect(200);
        assert!(consented(&after).contains(&"grief".to_owned()));
        let taken = json!({ "theme": "grief", "visibility": ["bank_search"] });
        let after = expert.post(&format!("{place}/withdraw"), taken).expect(200);
        assert!(!after.body["themes"].as_array().expect("themes").contains(&json!("grief")));
        let after = expert.post(&format!("{place}/withdraw"), json!({ "theme": "grief" })).expect(200);
        assert!(!consented(&after).contains(&"grief".to_owned()));
        assert_eq!(after.body["own"]["past_consents"].as_array().map(Vec::len), Some(2));
        let wrong = expert.post(&place, json!({ "theme": "boredom", "visibility": ["public"] })).expect(400);
        assert_eq!(wrong.faults(), [("#/theme".to_owned(), "unknown_code".to_owned())]);
    }

    fn needs_are_kept_only_with_consent(server) {
        let expert = server.sign_in(&expert_email(1));
        let place = format!("{}/needs", path(1));
        let refused = expert.post(&place, json!({ "adjustments": ["breaks"], "consent": false })).expect(400);
        assert_eq!(refused.faults(), [("#/consent".to_owned(), "consent_needed".to_owned())]);
        let told = expert.post(&place, json!({ "adjustments": ["breaks"], "consent": true })).expect(200);
        assert_eq!(told.body["own"]["needs"]["needs"]["adjustments"], json!(["breaks"]));
        let forgotten = expert.post(&format!("{place}/withdraw"), json!(null)).expect(200);
        assert!(forgotten.body["own"]["needs"].is_null());
    }

    fn not_now_needs_no_reason_and_leaving_forgets(server) {
        let expert = server.sign_in(&expert_email(5));
        let place = format!("{}/availability", path(5));
        let away = expert.post(&place, json!({ "availability": "not_now" })).expect(200);
        assert_eq!(away.body["availability"], "not_now");
        expert.post(&place, json!({ "availability": "not_now", "reason": "oma asia" })).expect(400);
        let gone = expert.post(&format!("{}/leave", path(5)), json!(null)).expect(200);
        assert!(gone.body["left_at"].is_string() && gone.body["profile"]["introduction"].is_null());
        assert!(consented(&gone).is_empty());
        let back = expert.post(&place, json!({ "availability": "available" })).expect(200);
        assert!(back.body["left_at"].is_null());
    }

    fn a_support_person_acts_within_the_powers_given(server) {
        let expert = server.sign_in(&expert_email(2));
        let helper = server.sign_in(SUPPORT);
        helper.get(&path(2)).expect(404);
        let place = format!("{}/delegations", path(2));
        let form = |powers: &[&str]| json!({ "person": region::person(SUPPORT), "powers": powers });
        expert.post(&place, form(&["offers"])).expect(200);
        helper.get(&path(2)).expect(404);
        expert.post(&place, form(&["profile"])).expect(200);
        helper.patch(&path(2), json!({ "skills": "Rauhallinen puhuja." })).expect(200);
        let pass_on = json!({ "person": region::person(BROKER), "powers": ["profile"] });
        helper.post(&place, pass_on).expect(403);
        expert.post(&format!("{place}/withdraw"), json!({ "person": region::person(SUPPORT) })).expect(200);
        helper.get(&path(2)).expect(404);
    }

    fn a_support_person_acts_for_nobody_once_the_role_has_ended(server) {
        let (helper, keskus) = (server.sign_in(SUPPORT), server.sign_in("keskus@lappi.example"));
        let owner = region::person(&expert_email(SUPPORTED));
        let identity = format!("/v1/people/{owner}/payroll-identity");
        let account = json!({ "hetu": "131052-902Y", "iban": "FI2112345600000785", "address": "Kuvitteellinen kuja 1, 99999 Esimerkkilä" });
        let acts_for = |helper: &Person<'_>| helper.get("/v1/me").expect(200).body["acts_for"].as_array().map_or(0, Vec::len);
        let acts = |helper: &Person<'_>| {
            assert_eq!(acts_for(helper), 5);
            assert!(helper.get(&path(SUPPORTED)).expect(200).body["own"]["themes"].is_array());
            let written = helper.put(&identity, account.clone());
            assert!([200, 201].contains(&written.status), "{}", written.text);
        };
        let does_not_act = |helper: &Person<'_>| {
            assert_eq!(acts_for(helper), 0);
            helper.get(&path(SUPPORTED)).expect(404);
            assert_eq!(found(helper), Vec::<String>::new());
            helper.put(&identity, account.clone()).expect(404);
        };
        acts(&helper);
        let held = keskus.get(&format!("/v1/grants?person_id={}", region::person(SUPPORT))).expect(200);
        let grant = held.body["items"][0]["id"].as_str().expect("an id").to_owned();
        keskus.post(&format!("/v1/grants/{grant}/end"), json!({ "reason": "siirtyi" })).expect(200);
        does_not_act(&helper);
        // What the expert has said stays theirs to withdraw, and counts again with the role, until its last day.
        let own = server.sign_in(&expert_email(SUPPORTED)).get(&path(SUPPORTED)).expect(200);
        assert_eq!(own.body["own"]["delegations"][0]["person"], json!(region::person(SUPPORT)));
        let today = server.app.clock.now().day();
        keskus.post("/v1/grants", json!({
            "person_id": region::person(SUPPORT), "role": "support_person",
            "node_id": region::node("Kokemuspolku ry"), "from": today, "until": today,
        })).expect(201);
        acts(&helper);
        server.advance(TimeDelta::days(1));
        does_not_act(&server.sign_in(SUPPORT));
    }

    fn nobody_is_their_own_support_person(server) {
        let expert = server.sign_in(&expert_email(2));
        let place = format!("{}/delegations", path(2));
        let own = json!({ "person": region::person(&expert_email(2)), "powers": ["offers"] });
        assert_eq!(expert.post(&place, own).expect(409).code(), "own_support");
        let nobody = json!({ "person": "019aa5d0-0000-7000-8000-00000000dead", "powers": ["offers"] });
        assert_eq!(
            expert.post(&place, nobody).expect(400).faults(),
            [("#/person".to_owned(), "unknown_reference".to_owned())]
        );
        // Who is registered here, and is no support person, is told of like nobody.
        for somebody in [expert_email(3), BROKER.to_owned(), "tilaaja@satakunta.example".to_owned()] {
            let known = json!({ "person": region::person(&somebody), "powers": ["offers"] });
            let refused = expert.post(&place, known).expect(400);
            assert_eq!(refused.faults(), [("#/person".to_owned(), "unknown_reference".to_owned())], "{somebody}");
        }
    }

    fn each_sees_only_the_experts_that_they_may_know_by_name(server) {
        assert_eq!(found(&server.sign_in(&expert_email(3))), [region::experts::expert(3).to_string()]);
        let helped = found(&server.sign_in(SUPPORT));
        assert_eq!(helped, [region::experts::expert(SUPPORTED).to_string()]);
        assert_eq!(found(&server.sign_in(BROKER)).len(), 20);
        let elsewhere = found(&server.sign_in(OTHER_BROKER));
        assert_eq!(elsewhere.len(), 10);
        assert!(!elsewhere.contains(&region::experts::expert(1).to_string()));
        for outsider in [LIAISON, "tilaaja@lappi.example", "keskus@lappi.example"] {
            assert!(found(&server.sign_in(outsider)).is_empty(), "{outsider}");
            server.sign_in(outsider).get(&path(1)).expect(404);
        }
        server.machine("HR Lappi").get(&path(1)).expect(404);
        server.stranger().get(&path(1)).expect(401);
    }

    fn a_broker_knows_those_their_organisation_supports_but_not_what_is_their_own(server) {
        let broker = server.sign_in(BROKER);
        let expert = broker.get(&path(7)).expect(200);
        assert!(expert.body["own"].is_null(), "{}", expert.text);
        assert!(expert.body["name"].is_string());
        broker.patch(&path(7), json!({ "skills": "Ei minun." })).expect(403);
        let consent = json!({ "theme": "debt", "visibility": ["bank_search"] });
        broker.post(&format!("{}/consents", path(7)), consent).expect(403);
        broker.get(&format!("{}/lookups", path(7))).expect(403);
        server.sign_in(OTHER_BROKER).get(&path(7)).expect(404);
    }

    fn support_notes_are_for_those_who_support(server) {
        let place = format!("{}/support-notes", path(4));
        let broker = server.sign_in(BROKER);
        let note = json!({ "text": "Sovittiin puhelu perjantaille.", "follow_up": "2026-12-04" });
        let made = broker.post(&place, note.clone()).expect(201);
        assert_eq!(made.body["text"], "Sovittiin puhelu perjantaille.");
        assert_eq!(broker.get(&place).expect(200).count(), 1);
        server.sign_in(&expert_email(4)).get(&place).expect(403);
        server.sign_in(OTHER_BROKER).get(&place).expect(404);
        server.sign_in(LIAISON).get(&place).expect(404);
        server.sign_in(OTHER_BROKER).post(&place, note).expect(404);
        let empty = broker.post(&place, json!({ "text": "" })).expect(400);
        assert_eq!(empty.faults(), [("#/text".to_owned(), "too_short".to_owned())]);
        let other = format!("{}/support-notes", path(6));
        assert_eq!(broker.get(&other).expect(200).count(), 0);
    }

    fn what_was_noted_about_an_expert_who_leaves_and_what_they_told_is_forgotten(server) {
        let broker = server.sign_in(BROKER);
        let note = |number| broker.post(&format!("{}/support-notes", path(number)), json!({ "text": "Luottamuksellista." })).expect(201).id();
        let rows = |id: uuid::Uuid| {
            let kept = server.app.database.read(|session| persistence::support_notes::text(session, domain::id::Id::new(id)));
            kept.is_ok()
        };
        let (of_one, of_other) = (note(4), note(6));
        let expert = server.sign_in(&expert_email(4));
        expert.patch(&path(4), json!({ "perspective": "own", "trainings": [{ "model": "national", "completed": "2020-05-01", "issuer": "Verkosto" }] })).expect(200);
        expert.post(&format!("{}/consents", path(4)), json!({ "theme": "grief", "visibility": ["bank_search"] })).expect(200);
        let gone = expert.post(&format!("{}/leave", path(4)), json!(null)).expect(200);
        assert_eq!((rows(of_one), rows(of_other)), (false, true));
        assert_eq!((&gone.body["profile"]["perspective"], &gone.body["profile"]["trainings"]), (&json!("both"), &json!([])));
        let past = gone.body["own"]["past_consents"].as_array().expect("a list").clone();
        assert!(!past.is_empty() && past.iter().all(|past| past["theme"].is_null() && past["given_at"].is_string()), "{past:?}");
        assert!(!gone.text.contains("grief"));
        // To come back, they tell anew, and nobody forgets that.
        expert.patch(&path(4), json!({ "trainings": [{ "model": "national", "completed": "2021-05-01", "issuer": "Verkosto" }] })).expect(200);
        server.app.run_jobs();
        assert!(expert.get(&path(4)).expect(200).text.contains("2021"));
    }

    fn of_those_who_left_when_less_was_forgotten_it_is_forgotten_now(server) {
        let broker = server.sign_in(BROKER);
        let note = broker.post(&format!("{}/support-notes", path(4)), json!({ "text": "Luottamuksellista." })).expect(201).id();
        let now = server.app.clock.now();
        let before = server.app.database.write(|session| -> persistence::Result<_> {
            let stored = persistence::experts::find(session, region::experts::expert(4))?;
            let mut expert = stored.thing.clone();
            for theme in expert.themes.now().to_vec() {
                let taken = domain::expert::ConsentWithdrawal { theme: theme.theme, visibility: vec![] };
                expert = expert.withdraw(&taken, now).expect("it is there");
            }
            let profile = expert.clone().leave(now).profile;
            expert.profile = domain::expert::Profile { perspective: expert.profile.perspective, trainings: expert.profile.trainings, ..profile };
            expert.left_at = Some(now);
            expert.availability = domain::expert::Availability::NotNow;
            persistence::experts::save(session, &stored, expert)
        });
        assert!(before.expect("it is saved").themes.past().iter().all(|past| past.theme.is_some()));
        server.app.run_jobs();
        let expert = server.sign_in(&expert_email(4)).get(&path(4)).expect(200);
        let past = expert.body["own"]["past_consents"].as_array().expect("a list").clone();
        assert!(!past.is_empty() && past.iter().all(|past| past["theme"].is_null()), "{past:?}");
        assert_eq!(expert.body["profile"]["perspective"], "both");
        let kept = server.app.database.read(|session| persistence::support_notes::text(session, domain::id::Id::new(note)));
        assert!(kept.is_err());
    }

    fn what_one_organisation_noted_is_not_read_by_the_next_one(server) {
        let place = format!("{}/support-notes", path(4));
        let (broker, next) = (server.sign_in(BROKER), server.sign_in(OTHER_BROKER));
        broker.post(&place, json!({ "text": "Luottamuksellista." })).expect(201);
        let background = |name: &str| json!({ "background": [{ "organisation": region::node(name) }] });
        let expert = server.sign_in(&expert_email(4));
        expert.patch(&path(4), background(OTHER_NGO)).expect(200);
        broker.get(&place).expect(404);
        assert_eq!(next.get(&place).expect(200).count(), 0);
        next.post(&place, json!({ "text": "Aloitimme alusta." })).expect(201);
        assert_eq!(next.get(&place).expect(200).count(), 1);
        expert.patch(&path(4), background(NGO)).expect(200);
        let notes = broker.get(&place).expect(200);
        assert_eq!((notes.count(), &notes.body["items"][0]["text"]), (1, &json!("Luottamuksellista.")));
    }

    fn an_older_note_is_for_whoever_wrote_it_as_the_audit_trail_tells(server) {
        let place = |number| format!("{}/support-notes", path(number));
        let (broker, next) = (server.sign_in(BROKER), server.sign_in(OTHER_BROKER));
        for number in [4, 7] {
            broker.post(&place(number), json!({ "text": "Luottamuksellista." })).expect(201);
            let background = json!({ "background": [{ "organisation": region::node(OTHER_NGO) }] });
            server.sign_in(&expert_email(number)).patch(&path(number), background).expect(200);
        }
        // As they were taken to be, when it was not written down who wrote them.
        let (ours, theirs) = (region::node(NGO), region::node(OTHER_NGO));
        server.tamper(&format!(
            "UPDATE support_notes SET handler_id = '{theirs}',
            body = REPLACE(body, '\"organisation\":\"{ours}\"', '\"organisation\":null')",
        ));
        // Nothing is on record any more about the one of them.
        server.tamper(&format!("DELETE FROM audit_events WHERE thing_id = '{}'", region::experts::expert(7)));
        let read = |number| next.get(&place(number)).expect(200).count();
        assert_eq!([4, 7].map(read), [1, 1]);
        server.tamper(include_str!("../../migrations/2026-11-30-000166_support_notes_by_author/up.sql"));
        assert_eq!([4, 7].map(read), [0, 1], "what nobody knows stays as it was taken");
        let background = json!({ "background": [{ "organisation": ours }] });
        server.sign_in(&expert_email(4)).patch(&path(4), background).expect(200);
        assert_eq!(broker.get(&place(4)).expect(200).count(), 1);
    }
}
