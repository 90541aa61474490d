//! Two at the same moment, of whom one depends on what the other changes: each is held up where it has read and not yet written.

use std::thread;

use acceptance::{Held, Person, Server, on_postgres, story};
use api::region;
use chrono::TimeDelta;
use persistence::attachments;
use serde_json::{Value, json};

const ADMINISTRATOR: &str = "yllapito@kokemusvayla.example";
const MANAGER: &str = "keskus@lappi.example";
const PDF: &[u8] = b"%PDF-1.7\n% made up\n";

/// What comes of two of whom the first waits until it may write to `table`, and the second comes meanwhile.
fn meet<A: Send, B: Send>(
    server: &Server,
    table: &str,
    first: impl FnOnce() -> A + Send,
    second: impl FnOnce() -> B + Send,
) -> (A, B) {
    let mut held = Held::writers_of(table, server.database_url());
    thread::scope(|scope| {
        let first = scope.spawn(first);
        held.until(1, || first.is_finished());
        assert!(!first.is_finished(), "it writes to {table}");
        let second = scope.spawn(second);
        held.until(2, || second.is_finished());
        held.release();
        (first.join().expect("it ends"), second.join().expect("it ends"))
    })
}

/// Somebody who has just been registered, with a role until a day if one is given. Gives the addresses of both.
fn newcomer(administrator: &Person<'_>, until: Option<&str>) -> (String, String) {
    let node = region::node(story::UNIT);
    let facts = json!({ "name": "Uusi Tulokas", "email": "uusi@lappi.example", "language": "fi" });
    let made =
        administrator.post("/v1/people", json!({ "node_id": node, "facts": facts })).expect(201);
    let person = made.id().to_string();
    let grant = until.map(|until| {
        let terms = json!({
            "person_id": person, "node_id": node, "role": "orderer", "from": "2026-11-23", "until": until,
        });
        administrator.post("/v1/grants", terms).expect(201).id().to_string()
    });
    (person, grant.unwrap_or_default())
}

/// How many roles of the person are in force.
fn in_force(administrator: &Person<'_>, person: &str) -> usize {
    let grants = administrator.items(&format!("/v1/grants?person_id={person}"));
    grants.iter().filter(|grant| grant["in_force"] == true).count()
}

/// A file that can be attached to a decision, and the decision that it is attached to.
fn file_for_a_decision(manager: &Person<'_>) -> (String, Value) {
    let path = "/v1/attachments?purpose=decision&name=paatos.pdf";
    let file = manager.upload(path, "application/octet-stream", PDF).expect(201).id();
    let decision = json!({
        "node_id": region::node("Lapin hyvinvointialue"), "body": "Aluehallitus", "decided_on": "2026-01-15",
        "reference": "§ 45", "from": "2026-02-01", "attachment_id": file,
        "signatory": { "name": "Kaarina Johtaja", "title": "hyvinvointialuejohtaja" },
    });
    (format!("/v1/attachments/{file}"), decision)
}

/// An order for two experts that the liaison has taken.
fn brokered(orderer: &Person<'_>, liaison: &Person<'_>) -> String {
    let form = json!({ "node_id": region::node(story::UNIT), "form": story::form(2) });
    let order = orderer.post("/v1/orders", form).expect(201).id();
    orderer.post(&format!("/v1/orders/{order}/submit"), Value::Null).expect(200);
    liaison.post(&format!("/v1/orders/{order}/take"), Value::Null).expect(200);
    order.to_string()
}

/// Asks the expert with this number.
fn ask(server: &Server, liaison: &Person<'_>, order: &str, number: usize) {
    let offer =
        json!({ "card_ids": [story::card(number)], "expires_at": story::in_hours(server, 48) });
    liaison.post(&format!("/v1/orders/{order}/offers"), offer).expect(201);
}

on_postgres! {
    fn a_role_that_is_given_while_somebody_is_deactivated_ends_with_the_others(server) {
        let administrator = server.sign_in(ADMINISTRATOR);
        let (person, _) = newcomer(&administrator, None);
        let terms = json!({
            "person_id": person, "node_id": region::node(story::UNIT), "role": "orderer", "from": "2026-11-23",
        });
        let deactivate = format!("/v1/people/{person}/deactivate");
        let (given, left) = meet(
            server,
            "grants",
            || administrator.post("/v1/grants", terms),
            || administrator.post(&deactivate, json!({ "reason": "lähti" })),
        );
        assert_eq!((given.status, left.status), (201, 200), "{given:?} {left:?}");
        assert_eq!(in_force(&administrator, &person), 0);
    }

    fn a_role_that_is_renewed_while_somebody_is_deactivated_ends_too(server) {
        let (person, grant) = newcomer(&server.sign_in(ADMINISTRATOR), Some("2026-11-24"));
        server.advance(TimeDelta::days(3));
        let administrator = server.sign_in(ADMINISTRATOR);
        let (renew, deactivate) = (format!("/v1/grants/{grant}/renew"), format!("/v1/people/{person}/deactivate"));
        let (renewed, left) = meet(
            server,
            "grants",
            || administrator.post(&renew, json!({ "until": "2027-12-31" })),
            || administrator.post(&deactivate, json!({ "reason": "lähti" })),
        );
        assert_eq!((renewed.status, left.status), (200, 200), "{renewed:?} {left:?}");
        assert_eq!(in_force(&administrator, &person), 0);
    }

    fn a_file_that_is_being_discarded_is_attached_to_nothing(server) {
        let manager = server.sign_in(MANAGER);
        let (file, decision) = file_for_a_decision(&manager);
        let discard = format!("{file}/discard");
        let (discarded, decided) = meet(
            server,
            "attachment_contents",
            || manager.post(&discard, Value::Null),
            || manager.post("/v1/decisions", decision),
        );
        discarded.expect(204);
        assert_eq!(decided.expect(400).wrong(), [("#/attachment_id", "unknown_reference")]);
        manager.get(&file).expect(404);
    }

    fn a_file_that_is_being_attached_is_not_discarded(server) {
        let manager = server.sign_in(MANAGER);
        let (file, decision) = file_for_a_decision(&manager);
        let discard = format!("{file}/discard");
        let (decided, discarded) = meet(
            server,
            "audit_events",
            || manager.post("/v1/decisions", decision),
            || manager.post(&discard, Value::Null),
        );
        decided.expect(201);
        assert_eq!(discarded.expect(409).code(), "still_attached");
        assert_eq!(manager.get(&format!("{file}/content")).expect(200).text.as_bytes(), PDF);
    }

    fn a_file_that_is_being_attached_is_not_forgotten_either(server) {
        let manager = server.sign_in(MANAGER);
        let (file, decision) = file_for_a_decision(&manager);
        let later = server.app.clock.now().plus(TimeDelta::days(1));
        let forget = || server.app.database.write(|session| attachments::forget_loose(session, later));
        let (decided, forgotten) =
            meet(server, "audit_events", || manager.post("/v1/decisions", decision), forget);
        decided.expect(201);
        assert_eq!(forgotten.expect("the database answers"), 0);
        assert_eq!(manager.get(&format!("{file}/content")).expect(200).text.as_bytes(), PDF);
    }

    fn an_interest_that_is_expressed_while_an_order_is_handed_over_goes_along(server) {
        let story = story::brokering(server, 2);
        let order = format!("/v1/orders/{}", story.order);
        let call = json!({ "deadline": story::in_hours(server, 24) });
        let call = story.liaison.post(&format!("{order}/open-call"), call).expect(201).id();
        let interests = format!("/v1/open-calls/{call}/interests");
        let expert = server.sign_in(&region::expert_email(3));
        let to = json!({ "organisation_id": region::node("Kokemuspolku ry") });
        let hand_over = format!("{order}/hand-over");
        let (expressed, handed_over) = meet(
            server,
            "interests",
            || expert.post(&interests, json!({})),
            || story.liaison.post(&hand_over, to),
        );
        assert_eq!((expressed.status, handed_over.status), (201, 200), "{expressed:?} {handed_over:?}");
        let broker = server.sign_in("valittaja@kokemuspolku.example");
        assert_eq!(broker.get(&interests).expect(200).count(), 1);
    }

    fn needs_that_are_taken_back_while_an_agreement_is_drafted_are_not_in_it(server) {
        let asked = story::asked(server);
        let (offer, needs) = (format!("/v1/offers/{}", asked.offer), format!("/v1/experts/{}/needs", region::experts::expert(1)));
        asked.expert.post(&needs, json!({ "adjustments": ["step_free"], "consent": true })).expect(200);
        let digest = asked.expert.get(&offer).expect(200).body["description_digest"].clone();
        let (accept, take_back) = (format!("{offer}/accept"), format!("{needs}/withdraw"));
        let (accepted, taken_back) = meet(
            server,
            "agreements",
            || asked.expert.post(&accept, json!({ "description_digest": digest })),
            || asked.expert.post(&take_back, Value::Null),
        );
        assert_eq!((accepted.status, taken_back.status), (200, 200), "{accepted:?} {taken_back:?}");
        let task = story::agreed(asked);
        let agreement = task.orderer().get(&task.agreement("")).expect(200);
        assert_eq!(agreement.body["content"]["support"]["adjustments"], json!([]));
    }

    fn what_an_organisation_is_asked_while_the_order_ends_ends_with_it(server) {
        let story = story::brokering(server, 1);
        let order = format!("/v1/orders/{}", story.order);
        let (ask, cancel) = (format!("{order}/sourcing-requests"), format!("{order}/cancel"));
        let organisation = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
        let (asked, cancelled) = meet(
            server,
            "sourcing_requests",
            || story.liaison.post(&ask, organisation),
            || story.orderer.post(&cancel, json!({ "reason": "Päivä siirtyi." })),
        );
        assert_eq!((asked.status, cancelled.status), (201, 200), "{asked:?} {cancelled:?}");
        let request = story.liaison.get(&format!("/v1/sourcing-requests/{}", asked.id())).expect(200);
        assert_eq!(request.body["state"]["name"], "withdrawn");
    }

    fn experts_who_are_asked_of_the_same_orders_leave_at_once(server) {
        let (orderer, liaison) = (server.sign_in(story::ORDERER), server.sign_in(story::LIAISON));
        let orders: Vec<_> = (0..8).map(|_| brokered(&orderer, &liaison)).collect();
        for order in &orders {
            ask(server, &liaison, order, 1);
        }
        for order in orders.iter().rev() {
            ask(server, &liaison, order, 2);
        }
        let experts = [1, 2].map(|number| server.sign_in(&region::expert_email(number)));
        let leave = |at: usize| {
            let path = format!("/v1/experts/{}/leave", region::experts::expert(at + 1));
            experts[at].post(&path, Value::Null)
        };
        let (one, other) = meet(server, "offers", || leave(0), || leave(1));
        assert_eq!((one.status, other.status), (200, 200), "{one:?} {other:?}");
        assert_eq!(liaison.get("/v1/offers?state=withdrawn&limit=200").expect(200).count(), 16);
    }

    fn one_of_two_who_wait_for_each_other_begins_again(server) {
        let (orderer, liaison) = (server.sign_in(story::ORDERER), server.sign_in(story::LIAISON));
        let orders = [1, 2].map(|_| brokered(&orderer, &liaison));
        orders.iter().for_each(|order| ask(server, &liaison, order, 1));
        let expert = server.sign_in(&region::expert_email(1));
        let lock = |at: usize| format!("SELECT id FROM orders WHERE id = '{}' FOR UPDATE", orders[at]);
        let mut held = Held::by(&lock(1), server.database_url());
        let left = thread::scope(|scope| {
            let path = format!("/v1/experts/{}/leave", region::experts::expert(1));
            let left = scope.spawn(move || expert.post(&path, Value::Null));
            held.until(1, || left.is_finished());
            // The request waited first, so it is told first that this leads nowhere.
            held.also(&lock(0));
            held.until(1, || left.is_finished());
            held.release();
            left.join().expect("it ends")
        });
        assert_eq!(left.status, 200, "{left:?}");
    }
}
