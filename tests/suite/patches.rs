//! Every PATCH is a merge patch (RFC 7396), as its media type says: what is absent stays, `null` takes away what may be
//! missing and is refused where something must be there, and objects are merged member by member.

use std::collections::BTreeSet;

use acceptance::{Person, Server, on_both_databases, operations, story};
use api::region;
use serde_json::{Value, json};

/// A thing that is patched.
struct Case<'a> {
    /// The path in the contract.
    pattern: &'static str,
    who: Person<'a>,
    path: String,
    /// What of the answer the patch is about.
    shown: fn(&Value) -> Value,
    /// Patches one after the other, each with the places that it changes and what is there then: nothing, if it is null.
    steps: Vec<(Value, Vec<(&'static str, Value)>)>,
    /// Patches that take away what must be there, each with the place of the fault.
    refused: Vec<(Value, &'static str)>,
}

fn facts(body: &Value) -> Value {
    body["facts"].clone()
}

impl Case<'_> {
    fn try_out(&self) {
        let shown = || (self.shown)(&self.who.get(&self.path).expect(200).body);
        let mut expected = shown();
        for (patch, changes) in &self.steps {
            let answer = self.who.patch(&self.path, patch.clone()).expect(200);
            for (place, value) in changes {
                put(&mut expected, place, value.clone());
            }
            assert_eq!((self.shown)(&answer.body), expected, "{} {patch}", self.pattern);
            let same = self.who.patch(&self.path, json!({})).expect(200);
            assert_eq!(
                (self.shown)(&same.body),
                expected,
                "{}: what is absent stays",
                self.pattern
            );
            assert_eq!(same.tag(), answer.tag(), "{}: nothing has changed", self.pattern);
        }
        for (patch, place) in &self.refused {
            let refused = self.who.patch(&self.path, patch.clone()).expect(400);
            let wrong = refused.wrong();
            let there = wrong.iter().all(|(at, _)| at == place);
            assert!(
                there && wrong.contains(&(*place, "wrong_type")),
                "{} {patch}: {wrong:?}",
                self.pattern
            );
            assert_eq!(shown(), expected, "{} {patch}", self.pattern);
        }
    }
}

/// Puts `value` in its place, or takes away what is there if it is null.
fn put(whole: &mut Value, place: &str, value: Value) {
    let (above, name) = place.rsplit_once('/').expect("a pointer");
    let above =
        whole.pointer_mut(above).and_then(Value::as_object_mut).expect("an object is there");
    match value {
        Value::Null => drop(above.remove(name)),
        value => drop(above.insert(name.to_owned(), value)),
    }
}

fn euros(cents: i64) -> Value {
    json!({ "cents": cents, "currency": "EUR" })
}

/// Things of the tree, of people and of what is steered.
fn standing(server: &Server) -> Vec<Case<'_>> {
    let centre = || server.sign_in("keskus@lappi.example");
    let coordinator = server.sign_in("koordinaattori@lappi.example");
    let group = json!({
        "area_id": region::node("Lapin hyvinvointialue"),
        "facts": { "name": { "fi": "Ohjausryhmä" }, "members": [{
            "organisation": region::node("Kokemuspolku ry"), "name": "Oona Ohjaus", "from": "2026-01-01",
        }] },
    });
    let group = coordinator.post("/v1/steering-groups", group).expect(201).id();
    let group_path = format!("/v1/steering-groups/{group}");
    let meeting = json!({ "on": "2026-12-10", "agenda": [{ "title": "Vuosikooste" }] });
    let meeting = coordinator.post(&format!("{group_path}/meetings"), meeting).expect(201).id();
    let action = json!({ "steering_group_id": group, "facts": { "title": "Palkkiot viipyvät", "owner": "HR" } });
    let action = coordinator.post("/v1/development-actions", action).expect(201).id();
    let document = json!({
        "node_id": region::node(story::UNIT),
        "facts": { "kind": "orientation", "name": "Perehdytys", "phase": "in_use", "acknowledged": true },
    });
    let document = centre().post("/v1/documents", document).expect(201).id();
    let orderer = server.sign_in(story::ORDERER);
    let person = format!("/v1/people/{}", orderer.id());
    vec![
        Case {
            pattern: "/v1/nodes/{node_id}",
            who: centre(),
            path: format!("/v1/nodes/{}", region::node(story::UNIT)),
            shown: facts,
            steps: vec![
                (
                    json!({ "name": { "fi": "Yksikkö", "sv": "Enheten" }, "contact": { "email": "a@yksikko.example", "phone": "+358 40 1" } }),
                    vec![
                        ("/name", json!({ "fi": "Yksikkö", "sv": "Enheten" })),
                        ("/contact", json!({ "email": "a@yksikko.example", "phone": "+358 40 1" })),
                    ],
                ),
                (
                    json!({ "name": { "fi": "Uusi yksikkö" }, "contact": { "phone": "+358 40 2", "email": null } }),
                    vec![
                        ("/name/fi", json!("Uusi yksikkö")),
                        ("/contact/phone", json!("+358 40 2")),
                        ("/contact/email", Value::Null),
                    ],
                ),
                (
                    json!({ "name": { "sv": null }, "contact": null }),
                    vec![("/name/sv", Value::Null), ("/contact", json!({}))],
                ),
            ],
            refused: vec![
                (json!({ "name": null }), "#/name"),
                (json!({ "name": { "fi": null } }), "#/name/fi"),
            ],
        },
        Case {
            pattern: "/v1/nodes/{node_id}/settings",
            who: centre(),
            path: format!("/v1/nodes/{}/settings", region::node("Lapin hyvinvointialue")),
            shown: |body| body["own"].clone(),
            steps: vec![
                (
                    json!({ "cancellation": { "notice_hours": 48, "pay_percent": 50 }, "offer_hours": 24 }),
                    vec![
                        ("/cancellation", json!({ "notice_hours": 48, "pay_percent": 50 })),
                        ("/offer_hours", json!(24)),
                    ],
                ),
                (
                    json!({ "cancellation": { "notice_hours": 24 } }),
                    vec![("/cancellation/notice_hours", json!(24))],
                ),
                (
                    json!({ "cancellation": { "pay_percent": null }, "offer_hours": null }),
                    vec![("/cancellation/pay_percent", json!(0)), ("/offer_hours", Value::Null)],
                ),
                (json!({ "cancellation": null }), vec![("/cancellation", Value::Null)]),
            ],
            refused: vec![],
        },
        Case {
            pattern: "/v1/people/{person_id}",
            who: orderer,
            path: person,
            shown: facts,
            steps: vec![
                (
                    json!({ "phone": "+358 40 1", "address": "Kuja 1" }),
                    vec![("/phone", json!("+358 40 1")), ("/address", json!("Kuja 1"))],
                ),
                (
                    json!({ "phone": null, "address": "Kuja 2" }),
                    vec![("/phone", Value::Null), ("/address", json!("Kuja 2"))],
                ),
            ],
            refused: vec![
                (json!({ "name": null }), "#/name"),
                (json!({ "language": null, "phone": "1" }), "#/language"),
            ],
        },
        Case {
            pattern: "/v1/steering-groups/{steering_group_id}",
            who: coordinator.clone(),
            path: group_path,
            shown: facts,
            steps: vec![
                (
                    json!({ "name": { "sv": "Styrgruppen" } }),
                    vec![("/name/sv", json!("Styrgruppen"))],
                ),
                (json!({ "name": { "fi": "Uusi nimi" } }), vec![("/name/fi", json!("Uusi nimi"))]),
                (
                    json!({ "name": { "sv": null }, "members": null }),
                    vec![("/name/sv", Value::Null), ("/members", json!([]))],
                ),
            ],
            refused: vec![
                (json!({ "name": { "fi": null } }), "#/name/fi"),
                (json!({ "name": null }), "#/name"),
            ],
        },
        Case {
            pattern: "/v1/steering-meetings/{steering_meeting_id}",
            who: coordinator.clone(),
            path: format!("/v1/steering-meetings/{meeting}"),
            shown: facts,
            steps: vec![
                (
                    json!({ "place": "Kemi", "minutes": "Avattiin." }),
                    vec![("/place", json!("Kemi")), ("/minutes", json!("Avattiin."))],
                ),
                (json!({ "place": null }), vec![("/place", Value::Null)]),
            ],
            refused: vec![
                (json!({ "on": null }), "#/on"),
                (json!({ "agenda": null, "minutes": null }), "#/agenda"),
            ],
        },
        Case {
            pattern: "/v1/development-actions/{development_action_id}",
            who: coordinator,
            path: format!("/v1/development-actions/{action}"),
            shown: facts,
            steps: vec![
                (
                    json!({ "description": "Muistutetaan.", "due": "2027-03-01" }),
                    vec![("/description", json!("Muistutetaan.")), ("/due", json!("2027-03-01"))],
                ),
                (
                    json!({ "due": null, "owner": "Keskus" }),
                    vec![("/due", Value::Null), ("/owner", json!("Keskus"))],
                ),
            ],
            refused: vec![
                (json!({ "title": null }), "#/title"),
                (json!({ "owner": null }), "#/owner"),
            ],
        },
        Case {
            pattern: "/v1/documents/{document_id}",
            who: centre(),
            path: format!("/v1/documents/{document}"),
            shown: facts,
            steps: vec![
                (
                    json!({ "review_due": "2027-05-01", "audience": ["orderer"] }),
                    vec![("/review_due", json!("2027-05-01")), ("/audience", json!(["orderer"]))],
                ),
                (
                    json!({ "review_due": null, "acknowledged": null }),
                    vec![("/review_due", Value::Null), ("/acknowledged", json!(false))],
                ),
                (json!({ "audience": null }), vec![("/audience", json!([]))]),
            ],
            refused: vec![
                (json!({ "name": null }), "#/name"),
                (json!({ "phase": null }), "#/phase"),
            ],
        },
    ]
}

/// What the expert and the unit write together.
fn of_a_task<'a>(task: &story::Agreed<'a>) -> Vec<Case<'a>> {
    let form = story::fee_form(task).id();
    let ticket = json!({ "kind": "public_transport", "date": "2026-11-01", "description": "Juna", "amount": euros(1250), "receipts": [] });
    vec![
        Case {
            pattern: "/v1/experts/{expert_id}",
            who: task.expert().clone(),
            path: format!("/v1/experts/{}", region::experts::expert(1)),
            shown: |body| body["profile"].clone(),
            steps: vec![
                (
                    json!({ "skills": "Puhun.", "municipalities": ["698"] }),
                    vec![("/skills", json!("Puhun.")), ("/municipalities", json!(["698"]))],
                ),
                (
                    json!({ "skills": null, "municipalities": null }),
                    vec![("/skills", Value::Null), ("/municipalities", json!([]))],
                ),
            ],
            refused: vec![
                (json!({ "languages": null }), "#/languages"),
                (json!({ "modes": null }), "#/modes"),
            ],
        },
        Case {
            pattern: "/v1/fee-forms/{fee_form_id}",
            who: task.expert().clone(),
            path: format!("/v1/fee-forms/{form}"),
            shown: |body| json!({ "claim": body["claimed"]["claim"], "tax_card": body["tax_card"], "declared": body["declared"] }),
            steps: vec![
                (
                    json!({ "tax_card": { "given": "hr_fetches" }, "declared": true, "claim": { "expenses": [ticket] } }),
                    vec![
                        ("/tax_card", json!({ "given": "hr_fetches" })),
                        ("/declared", json!(true)),
                        ("/claim/expenses", json!([ticket])),
                    ],
                ),
                (
                    json!({ "claim": { "fee_lines": [], "waived_fee": true } }),
                    vec![
                        ("/claim/fee_lines", json!([])),
                        ("/claim/waived_fee", json!(true)),
                        // Nobody has declared this claim.
                        ("/declared", json!(false)),
                    ],
                ),
                (
                    json!({ "claim": { "waived_fee": null }, "declared": null }),
                    vec![("/claim/waived_fee", json!(false)), ("/declared", json!(false))],
                ),
                (json!({ "claim": { "expenses": null } }), vec![("/claim/expenses", json!([]))]),
            ],
            refused: vec![
                (json!({ "claim": null }), "#/claim"),
                (json!({ "tax_card": { "given": null } }), "#/tax_card/given"),
            ],
        },
    ]
}

/// What is written before the task.
fn before_a_task<'a>(task: &story::Agreed<'a>) -> Vec<Case<'a>> {
    let order = task.asked.brokering.orderer.clone();
    let draft = json!({ "node_id": region::node(story::UNIT), "form": story::form(1) });
    let draft = order.post("/v1/orders", draft).expect(201).id();
    let cancellation = json!({ "notice_hours": 48, "pay_percent": 50 });
    vec![
        Case {
            pattern: "/v1/orders/{order_id}",
            who: order,
            path: format!("/v1/orders/{draft}"),
            shown: |body| body["form"].clone(),
            steps: vec![
                (
                    json!({ "form": { "task": { "where": { "details": "Toinen kerros." } } } }),
                    vec![("/task/where/details", json!("Toinen kerros."))],
                ),
                (
                    json!({ "form": { "task": { "where": { "address": "Kuja 3" }, "fee": { "amount": { "cents": 5000 } } } } }),
                    vec![
                        ("/task/where/address", json!("Kuja 3")),
                        ("/task/fee/amount/cents", json!(5000)),
                    ],
                ),
                (
                    json!({ "form": { "task": { "where": { "details": null }, "competence": null }, "notes": null } }),
                    vec![
                        ("/task/where/details", Value::Null),
                        ("/task/competence", Value::Null),
                        ("/notes", Value::Null),
                    ],
                ),
            ],
            refused: vec![
                (json!({ "form": null }), "#/form"),
                (json!({ "form": { "task": { "title": null } } }), "#/form/task/title"),
                (
                    json!({ "form": { "task": { "where": { "kind": null } } } }),
                    "#/form/task/where/kind",
                ),
            ],
        },
        Case {
            pattern: "/v1/agreements/{agreement_id}",
            who: task.expert().clone(),
            path: task.agreement(""),
            shown: |body| body["content"].clone(),
            steps: vec![
                (
                    json!({ "fee": { "deviation_reason": "Sovittiin.", "cancellation": cancellation }, "closed_topics": ["perhe"] }),
                    vec![
                        ("/fee/deviation_reason", json!("Sovittiin.")),
                        ("/fee/cancellation", cancellation),
                        ("/closed_topics", json!(["perhe"])),
                    ],
                ),
                (
                    json!({ "fee": { "basis": "paid" }, "support": { "contact": "Liisa" } }),
                    vec![("/support/contact", json!("Liisa"))],
                ),
                (
                    json!({ "fee": { "cancellation": { "notice_hours": 24 } } }),
                    vec![("/fee/cancellation/notice_hours", json!(24))],
                ),
                (
                    json!({ "fee": { "deviation_reason": null, "cancellation": null }, "closed_topics": null, "support": { "contact": null } }),
                    vec![
                        ("/fee/deviation_reason", Value::Null),
                        ("/fee/cancellation", json!({ "notice_hours": 0, "pay_percent": 0 })),
                        ("/closed_topics", json!([])),
                        ("/support/contact", Value::Null),
                    ],
                ),
            ],
            refused: vec![],
        },
    ]
}

on_both_databases! {
    fn every_patch_is_a_merge_patch(server) {
        let mut tried = BTreeSet::new();
        let mut try_out = |cases: Vec<Case<'_>>| {
            for case in cases {
                case.try_out();
                tried.insert(case.pattern.to_owned());
            }
        };
        try_out(standing(server));
        try_out(before_a_task(&story::preparing(server)));
        let all: BTreeSet<String> =
            operations().iter().filter(|one| one.method == "PATCH").map(|one| one.path.clone()).collect();
        let missing: Vec<_> = all.difference(&tried).collect();
        assert_eq!(missing, ["/v1/experts/{expert_id}", "/v1/fee-forms/{fee_form_id}"]);
    }

    fn every_patch_of_what_an_expert_writes_is_a_merge_patch(server) {
        for case in of_a_task(&story::performed(server)) {
            case.try_out();
        }
    }

    /// Also within what may be null.
    fn what_is_wrong_in_a_patch_is_pointed_to(server) {
        let story = story::preparing(server);
        let wrong = json!({ "fee": { "lines": [{ "task_type": "lecture" }], "cancellation": { "pay_percent": 101 }, "odd": 1 } });
        let refused = story.orderer().patch(&story.agreement(""), wrong).expect(400);
        for fault in [("#/fee/lines/0/rate", "required"), ("#/fee/cancellation/pay_percent", "too_big"), ("#/fee/odd", "unknown_field")] {
            assert!(refused.wrong().contains(&fault), "{fault:?} {:?}", refused.wrong());
        }
    }

    fn an_agreement_loses_nothing_by_a_part_of_a_section(server) {
        let story = story::preparing(server);
        story::fill_in(&story);
        let path = story.agreement("");
        let before = story.orderer().get(&path).expect(200);
        assert!(before.body["content"]["fee"]["lines"].as_array().is_some_and(|lines| !lines.is_empty()));
        let after = story.orderer().patch(&path, json!({ "fee": { "basis": "paid" } })).expect(200);
        assert_eq!((&after.body["content"], &after.body["revision"]), (&before.body["content"], &before.body["revision"]));
        // As a whole, too.
        let whole = before.body["content"].clone();
        let after = story.orderer().patch(&path, whole).expect(200);
        assert_eq!(after.body["content"], before.body["content"]);
    }

    fn a_tax_card_is_no_longer_said(server) {
        let task = story::performed(server);
        let path = format!("/v1/fee-forms/{}", story::fee_form(&task).id());
        let expert = task.expert();
        assert_eq!(expert.patch(&path, json!({ "tax_card": {} })).expect(400).wrong(), [("#/tax_card/given", "required")]);
        expert.patch(&path, json!({ "tax_card": { "given": "missing" } })).expect(200);
        let without = expert.patch(&path, json!({ "tax_card": null })).expect(200);
        assert_eq!(without.body.get("tax_card"), None);
        // An attachment that is to go is named, as everything in a merge patch.
        let card = expert.upload("/v1/attachments?purpose=tax_card&name=kortti.pdf", "application/octet-stream", b"%PDF-1.7 keksitty").expect(201).id();
        expert.patch(&path, json!({ "tax_card": { "given": "attached", "attachment": card } })).expect(200);
        let left = expert.patch(&path, json!({ "tax_card": { "given": "on_file" } })).expect(400);
        assert_eq!(left.wrong(), [("#/tax_card/attachment", "not_for_kind")]);
        let other = expert.patch(&path, json!({ "tax_card": { "given": "on_file", "attachment": null } })).expect(200);
        assert_eq!(other.body["tax_card"], json!({ "given": "on_file" }));
    }
}
