//! Roles and appointments: who may give what to whom.

use acceptance::{Person, Server, on_both_databases, story};
use api::region;
use domain::{
    grant::{Grant, Terms},
    id::Id,
    policy::Role,
};
use persistence::{callers, grants, nodes, routing};
use serde_json::{Value, json};

fn terms(email: &str, role: &str, node: &str) -> Value {
    json!({
        "person_id": region::person(email), "role": role, "node_id": region::node(node), "from": "2026-01-01"
    })
}

/// Ends all roles of these people.
fn end_roles(server: &Server, people: &[&str]) {
    let administrator = server.sign_in("yllapito@kokemusvayla.example");
    for email in people {
        for grant in administrator.items(&format!("/v1/grants?person_id={}", region::person(email)))
        {
            let end = format!("/v1/grants/{}/end", grant["id"].as_str().expect("an id"));
            let reason = json!({ "reason": "siirtyi toisiin tehtäviin" });
            administrator.post(&end, reason).expect(200);
        }
    }
}

on_both_databases! {
    fn nothing_is_passed_on_to_whoever_has_left_whatever_roles_they_are_found_to_hold(server) {
        let (liaison, now) = (region::person(story::LIAISON), server.app.clock.now());
        let path = format!("/v1/people/{liaison}/deactivate");
        server.sign_in("keskus@lappi.example").post(&path, json!({ "reason": "lähti" })).expect(200);
        let terms = Terms::open(liaison, Role::Liaison, region::node(story::UNIT), now.day());
        let (holders, trusted) = server.app.database.write(|session| -> Result<_, persistence::Error> {
            grants::add(session, Grant::give(Id::new(uuid::Uuid::now_v7()), terms, None, now))?;
            let path = nodes::path(session, region::node(story::UNIT))?;
            let holders = routing::holders(session, Role::Liaison, &path, now.day())?;
            Ok((holders, callers::trusted(session, liaison, now)?))
        }).expect("the database answers");
        assert!(!holders.is_empty() && holders.iter().all(|(_, person)| *person != liaison), "{holders:?}");
        assert!(!trusted.has(Role::Liaison));
        let orderer = server.sign_in(story::ORDERER);
        let order = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
        let order = format!("/v1/orders/{}", orderer.post("/v1/orders", order).expect(201).id());
        orderer.post(&format!("{order}/submit"), Value::Null).expect(200);
        let reached = orderer.get(&order).expect(200).body["liaison_id"].clone();
        assert!(reached.is_string() && reached != json!(liaison), "{reached}");
    }

    fn a_manager_appoints_a_liaison_with_a_deputy(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let mut wanted = terms("vammais@lappi.example", "liaison", "Vammaispalvelujen yksikkö");
        wanted["deputy_for"] = json!(region::person("yhteys@lappi.example"));
        wanted["responsibility"] = json!("tilausten välitys");
        wanted["phases"] = json!(["planning"]);
        wanted["until"] = json!("2030-12-31");
        let made = keskus.post("/v1/grants", wanted);
        assert_eq!((made.status, &made.body["state"], &made.body["in_force"]), (201, &json!("given"), &json!(true)));
        assert_eq!(made.body["record"][0]["change"], "given");

        let unit = region::node("Vammaispalvelujen yksikkö");
        let charge = server.sign_in("opettaja@opisto.example").get(&format!("/v1/nodes/{unit}/appointments"));
        let nearest = &charge.body["items"][0];
        assert_eq!(nearest["name"], "Vappu Vastaava");
        assert_eq!(nearest["deputy_for"], json!(region::person("yhteys@lappi.example")));
        assert_eq!(nearest["phases"], json!(["planning"]));

        let vappu = server.sign_in("vammais@lappi.example");
        let notices = vappu.get("/v1/notices");
        assert_eq!(notices.body["items"][0]["kind"], "access_given");
        assert_eq!(notices.body["items"][0]["reference"], format!("/v1/grants/{}", made.body["id"].as_str().expect("an id")));
    }

    fn a_grant_ends_and_the_role_with_it(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let made = keskus.post("/v1/grants", terms("tilaaja@lappi.example", "centre_manager", "Kokemuspolku ry"));
        let path = format!("/v1/grants/{}", made.body["id"].as_str().expect("an id"));
        let tiina = server.sign_in("tilaaja@lappi.example");
        let rename = |cost: &str| tiina.patch(
            &format!("/v1/nodes/{}", region::node("Kokemuspolku ry")), json!({ "cost_centre": cost }),
        ).status;
        assert_eq!(rename("1"), 200);
        let ended = keskus.post(&format!("{path}/end"), json!({ "reason": "siirtyi" }));
        assert_eq!((ended.status, &ended.body["state"]), (200, &json!("ended")));
        assert_eq!(rename("2"), 403);

        let again = keskus.post(&format!("{path}/renew"), json!({ "until": "2099-12-31" }));
        assert_eq!((again.status, again.code()), (409, "out_of_turn"));
    }

    fn what_somebody_did_in_a_role_is_not_theirs_any_more_once_it_has_ended(server) {
        let story = story::brokering(server, 1);
        let order = format!("/v1/orders/{}", story.order);
        let ask = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
        let request = story.liaison.post(&format!("{order}/sourcing-requests"), ask).expect(201).id();
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let written_down = json!({
            "node_id": region::node(story::UNIT), "handler_id": region::node("Kokemuspolku ry"),
            "intake": "phone",
            "caller": { "name": "Tiina Tilaaja", "phone": "+358 40 000 0000" }, "form": story::form(1),
        });
        let other = format!("/v1/orders/{}", broker.post("/v1/orders", written_down).expect(201).id());
        let session = json!({
            "node_id": region::node("Kokemuspolku ry"), "kind": "supervision",
            "invited": [region::person(&region::expert_email(1))],
            "terms": { "starts": "2027-02-01T12:00:00Z", "minutes": 90, "place": "Järjestötalo", "supervisor": "Oona", "seats": 1 },
        });
        let session = broker.post("/v1/supervision-sessions", session).expect(201).header("location").to_owned();
        // Whoever wrote an order down for somebody who has no account sees what becomes of it elsewhere, too.
        broker.post(&format!("{other}/submit"), Value::Null).expect(200);
        broker.post(&format!("{other}/take"), Value::Null).expect(200);
        broker.post(&format!("{other}/hand-over"), json!({ "organisation_id": region::node("Tunturin Tuki ry") })).expect(200);
        let request = format!("/v1/sourcing-requests/{request}");
        let did = [
            (&story.orderer, vec![&order]), (&story.liaison, vec![&request]), (&broker, vec![&other, &session]),
        ];
        for (who, paths) in &did {
            paths.iter().for_each(|path| drop(who.get(path).expect(200)));
        }
        end_roles(server, &[story::ORDERER, story::LIAISON, "valittaja@kokemuspolku.example"]);
        for (who, paths) in &did {
            paths.iter().for_each(|path| drop(who.get(path).expect(404)));
            for listing in ["/v1/orders", "/v1/sourcing-requests", "/v1/supervision-sessions"] {
                assert_eq!(who.get(listing).expect(200).count(), 0, "{listing}");
            }
        }
        story.orderer.patch(&order, json!({ "form": { "notes": "Vielä yksi asia." } })).expect(404);
        story.orderer.get(&format!("{order}/messages")).expect(404);
        story.liaison.post(&format!("{request}/withdraw"), Value::Null).expect(404);
        let taneli = server.sign_in("valittaja@tunturintuki.example");
        taneli.get(&other).expect(200);
        server.sign_in(&region::expert_email(1)).get(&session).expect(200);
    }

    fn a_role_elsewhere_opens_nothing_of_what_was_done_in_one_that_has_ended(server) {
        let story = story::preparing(server);
        let ordered = format!("/v1/orders/{}", story.asked.brokering.order);
        let written_down = story::phoned(&story.asked.brokering.liaison);
        let (orderer, liaison) = (story.orderer(), &story.asked.brokering.liaison);
        liaison.patch(&written_down, json!({ "form": { "notes": "Soittaja tarkensi." } })).expect(200);
        end_roles(server, &[story::ORDERER, story::LIAISON]);
        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        for (person, path) in [(orderer, &ordered), (liaison, &written_down)] {
            person.get(path).expect(404);
        }
        administrator.post("/v1/grants", terms(story::ORDERER, "liaison", "Satakunnan hyvinvointialue")).expect(201);
        administrator.post("/v1/grants", terms(story::LIAISON, "broker", "Lounaan Kokemus ry")).expect(201);
        story.expert().post(&format!("{ordered}/messages"), json!({ "text": "Kerron sinulle jotakin itsestäni." })).expect(201);
        let closed = |person: &Person<'_>, path: &str| {
            assert_eq!(person.get("/v1/orders").expect(200).count(), 0);
            person.get(path).expect(404);
            person.patch(path, json!({ "form": { "notes": "Vielä yksi asia." } })).expect(404);
            person.post(&format!("{path}/cancel"), json!({ "reason": "En halua." })).expect(404);
            person.get(&format!("{path}/messages")).expect(404);
            person.post(&format!("{path}/messages"), json!({ "text": "Hei!" })).expect(404);
        };
        closed(orderer, &ordered);
        closed(liaison, &written_down);
        // Another role there does not do, either; the same one does, from above as well.
        administrator.post("/v1/grants", terms(story::LIAISON, "broker", story::UNIT)).expect(201);
        closed(liaison, &written_down);
        administrator.post("/v1/grants", terms(story::LIAISON, "liaison", "Lapin hyvinvointialue")).expect(201);
        liaison.patch(&written_down, json!({ "form": { "notes": "Vielä yksi asia." } })).expect(200);
        assert_eq!(liaison.patch(&ordered, json!({ "form": { "notes": "Muiden." } })).status, 403, "nobody's caller");
    }

    fn in_which_role_an_older_order_was_written_down_is_taken_from_the_audit_trail(server) {
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        let written_down = |forgotten: bool| {
            let body = json!({
                "node_id": region::node(story::UNIT), "handler_id": region::node("Kokemuspolku ry"), "intake": "phone",
                "caller": { "name": "Tiina Tilaaja" }, "form": story::form(1),
            });
            let order = broker.post("/v1/orders", body).expect(201).id();
            let path = format!("/v1/orders/{order}");
            broker.post(&format!("{path}/submit"), Value::Null).expect(200);
            broker.post(&format!("{path}/take"), Value::Null).expect(200);
            let to = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
            broker.post(&format!("{path}/hand-over"), to).expect(200);
            if forgotten {
                server.tamper(&format!("DELETE FROM audit_events WHERE thing_id = '{order}'"));
            }
            path
        };
        let (known, forgotten) = (written_down(false), written_down(true));
        let by_liaison = story::phoned(&server.sign_in(story::LIAISON));
        let orderer = server.sign_in(story::ORDERER);
        let body = json!({ "node_id": region::node(story::UNIT), "caller": { "name": "Joku" }, "form": story::form(1) });
        let ordered = format!("/v1/orders/{}", orderer.post("/v1/orders", body).expect(201).id());
        // As they were before it was kept.
        server.tamper(include_str!("../../migrations/2026-12-01-000180_orders_written_down/down.sql"));
        for (role, node) in [("broker", "Kokemuspolku ry"), ("liaison", story::UNIT)] {
            let kept = format!(r#""written_down":{{"role":"{role}","at":"{}"}},"#, region::node(node));
            server.tamper(&format!("UPDATE orders SET body = REPLACE(body, '{kept}', '')"));
        }
        server.tamper("UPDATE orders SET body = REPLACE(body, '\"written_down\":null,', '')");
        server.tamper(include_str!("../../migrations/2026-12-01-000180_orders_written_down/up.sql"));
        let notes = json!({ "form": { "notes": "Soittaja tarkensi." } });
        broker.patch(&known, notes.clone()).expect(200);
        broker.get(&forgotten).expect(404);
        let listed: Vec<Value> = broker.items("/v1/orders").into_iter().map(|order| order["id"].clone()).collect();
        assert_eq!(listed, [json!(known.trim_start_matches("/v1/orders/"))]);
        server.sign_in(story::LIAISON).patch(&by_liaison, notes.clone()).expect(200);
        orderer.patch(&ordered, notes).expect(200);
        end_roles(server, &[story::ORDERER]);
        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        administrator.post("/v1/grants", terms(story::ORDERER, "liaison", "Satakunnan hyvinvointialue")).expect(201);
        orderer.get(&ordered).expect(404);
    }

    fn a_grant_goes_on_when_it_is_renewed(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let mut wanted = terms("tilaaja@lappi.example", "liaison", "Kokemuspolku ry");
        wanted["until"] = json!("2026-01-31");
        let made = keskus.post("/v1/grants", wanted);
        assert_eq!((made.status, &made.body["in_force"]), (201, &json!(false)));
        let path = format!("/v1/grants/{}", made.body["id"].as_str().expect("an id"));
        let past = keskus.post(&format!("{path}/renew"), json!({ "until": "2026-02-01" }));
        assert_eq!((past.status, past.wrong()), (400, vec![("#/until", "in_past")]));
        let renewed = keskus.post(&format!("{path}/renew"), json!({ "until": "2099-12-31" }));
        assert_eq!((renewed.status, &renewed.body["in_force"]), (200, &json!(true)));
        assert_eq!(renewed.body["record"][1]["change"], "renewed");
    }

    fn whoever_gives_roles_gets_their_own_from_another(server) {
        let (keskus, yllapito) = (server.sign_in("keskus@lappi.example"), server.sign_in("yllapito@kokemusvayla.example"));
        let own = format!("/v1/grants?person_id={}", region::person("keskus@lappi.example"));
        let grant = keskus.items(&own)[0].clone();
        let path = format!("/v1/grants/{}", grant["id"].as_str().expect("an id"));
        let until = json!({ "until": "2099-12-31" });
        assert_eq!(keskus.post(&format!("{path}/renew"), until.clone()).expect(409).code(), "own_role");
        assert_eq!(keskus.get(&path).expect(200).action("renew")["why_not"]["code"], "own_role");
        let again = terms("keskus@lappi.example", "centre_manager", "Kokemuspolku ry");
        assert_eq!(keskus.post("/v1/grants", again).expect(409).code(), "own_role");
        yllapito.post(&format!("{path}/renew"), until).expect(200);
        // A deputy is made within the area, and what gives no roles is for them to take as well.
        keskus.post("/v1/grants", terms("koordinaattori@lappi.example", "centre_manager", "Lapin hyvinvointialue")).expect(201);
        keskus.post("/v1/grants", terms("keskus@lappi.example", "liaison", "Lapin hyvinvointialue")).expect(201);
    }

    fn whoever_holds_a_role_that_runs_out_is_told_once(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let last_day = server.app.clock.now().plus(chrono::TimeDelta::days(20)).day();
        let mut wanted = terms("tilaaja@lappi.example", "liaison", "Kokemuspolku ry");
        wanted["until"] = json!(last_day);
        keskus.post("/v1/grants", wanted).expect(201);
        for _ in 0..2 {
            server.app.run_jobs();
        }
        let notices = server.sign_in("tilaaja@lappi.example").get("/v1/notices").expect(200);
        let kinds: Vec<_> = notices.body["items"].as_array().expect("a list").iter().map(|one| &one["kind"]).collect();
        assert_eq!(kinds, ["access_given", "role_expiring"]);
    }

    fn nobody_gives_a_role_above_their_own_or_outside_of_their_reach(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let give = |who: &acceptance::Person<'_>, role: &str, node: &str| {
            who.post("/v1/grants", terms("tilaaja@lappi.example", role, node)).status
        };
        assert_eq!(give(&keskus, "platform_admin", "Lapin hyvinvointialue"), 403);
        assert_eq!(give(&keskus, "orderer", "Kuntoutuksen yksikkö"), 403);
        assert_eq!(give(&keskus, "liaison", "Suomi"), 403);
        assert_eq!(give(&server.sign_in("yhteys@lappi.example"), "orderer", "Kokemuspolku ry"), 403);
        let yllapito = server.sign_in("yllapito@kokemusvayla.example");
        assert_eq!(give(&yllapito, "platform_admin", "Suomi"), 201);
    }

    fn wrong_terms_of_a_grant_are_told(server) {
        let keskus = server.sign_in("keskus@lappi.example");
        let mut wrong = terms("tilaaja@lappi.example", "liaison", "Kokemuspolku ry");
        wrong["until"] = json!("2025-12-31");
        wrong["phases"] = json!(["dreaming"]);
        let answer = keskus.post("/v1/grants", wrong);
        assert_eq!((answer.status, answer.wrong()), (400, vec![("#/until", "before_start"), ("#/phases/0", "unknown_code")]));
        let stranger = keskus.post("/v1/grants", terms("tilaaja@satakunta.example", "liaison", "Kokemuspolku ry"));
        assert_eq!((stranger.status, stranger.wrong()), (400, vec![("#/person_id", "unknown_reference")]));
        let twice = keskus.post("/v1/grants", terms("yhteys@lappi.example", "broker", "Kokemuspolku ry"));
        assert_eq!(twice.status, 201);
        let twice = keskus.post("/v1/grants", {
            let mut terms = terms("yhteys@lappi.example", "broker", "Kokemuspolku ry");
            terms["from"] = json!("2026-06-01");
            terms
        });
        assert_eq!((twice.status, twice.code()), (409, "role_held"));
    }

    fn each_area_lists_its_own_grants_and_people_theirs(server) {
        let people = |email: &str| -> Vec<Value> {
            let answer = server.sign_in(email).get("/v1/grants?limit=200");
            assert_eq!(answer.status, 200);
            let items = answer.body["items"].as_array().expect("a list").clone();
            items.iter().map(|grant| grant["terms"]["person_id"].clone()).collect()
        };
        let (lapland, satakunta) = (people("keskus@lappi.example"), people("keskus@satakunta.example"));
        assert!(lapland.contains(&json!(region::person("yhteys@lappi.example"))));
        assert!(satakunta.contains(&json!(region::person("yhteys@satakunta.example"))));
        assert!(lapland.iter().all(|person| !satakunta.contains(person)));
        let own = people("tilaaja@lappi.example");
        assert!(!own.is_empty() && own.iter().all(|person| *person == json!(region::person("tilaaja@lappi.example"))));

        let keskus = server.sign_in("keskus@lappi.example");
        let found = keskus.get(&format!("/v1/grants?role=liaison&node_id={}&on=2099-01-01", region::node("Mielen hyvinvoinnin palvelut")));
        assert_eq!(found.body["items"][0]["person_name"], "Mikko Välikäsi");
        let path = format!("/v1/grants/{}", found.body["items"][0]["id"].as_str().expect("an id"));
        assert_eq!(keskus.get(&path).status, 200);
        assert_eq!(server.sign_in("keskus@satakunta.example").get(&path).status, 404);
        let end = json!({ "reason": "x" });
        assert_eq!(server.sign_in("keskus@satakunta.example").post(&format!("{path}/end"), end.clone()).status, 404);
        assert_eq!(server.sign_in("yhteys.mieli@lappi.example").post(&format!("{path}/end"), end).status, 403);
    }
}
