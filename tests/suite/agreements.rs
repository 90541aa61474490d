//! Agreements: filled in together, confirmed by both, never changed after that (S4-25, S4-28, S4-29, S4-58, S2-18).

use acceptance::{Answer, on_both_databases, story};
use api::region;
use serde_json::{Value, json};

fn confirm(story: &story::Agreed<'_>, as_expert: bool, revision: i64) -> Answer {
    let person = if as_expert { story.expert() } else { story.orderer() };
    person.post(&story.agreement("/confirm"), json!({ "revision": revision }))
}

on_both_databases! {
    fn the_agreement_begins_with_what_is_known(server) {
        let story = story::preparing(server);
        let seen = story.expert().get(&story.agreement("")).expect(200);
        let content = &seen.body["content"];
        assert_eq!(content["task"]["target_group"], "Kuntoutusosaston hoitajat");
        assert_eq!(content["task"]["time"]["starts"], "2027-01-15T07:00:00Z");
        assert_eq!(content["fee"]["lines"][0]["quantity_tenths"], 20);
        assert_eq!(seen.body["fee_sum"]["cents"], 8000);
        assert!(content["confidentiality"]["orderer"].is_string() && content["confidentiality"]["expert"].is_string());
        assert_eq!(seen.body["deviations"][0]["kind"], "below_schedule");
        assert_eq!(seen.body["missing"], json!(["/fee/deviation_reason"]));
        assert_eq!(seen.body["waits_for"], json!(["expert", "orderer"]));
    }

    fn a_short_task_is_drafted_at_the_least_that_the_area_pays_and_less_needs_a_reason(server) {
        let mut form = story::form(1);
        form["task"]["length"] = json!({ "minutes": 30 });
        form["task"]["when"]["end"] = json!("2027-01-15T07:30:00Z");
        let brokering = story::brokering_with(server, &form);
        let offer = story::offers(server, &brokering, &[1], "parallel")[0];
        let expert = server.sign_in(&region::expert_email(1));
        story::accept(&expert, offer);
        let story = story::agreed(story::Asked { brokering, expert, offer });
        let seen = story.orderer().get(&story.agreement("")).expect(200).body;
        let mut fee = seen["content"]["fee"].clone();
        assert_eq!(fee["lines"][0]["quantity_tenths"], 10, "half an hour is paid as a whole one");
        fee["lines"][0]["quantity_tenths"] = json!(5);
        fee["lines"][0]["rate"]["cents"] = json!(5000);
        let less = story.orderer().patch(&story.agreement(""), json!({ "fee": fee })).expect(200).body;
        assert_eq!(less["deviations"], json!([{ "line": 0, "kind": "below_least", "least_tenths": 10 }]));
        assert_eq!(less["missing"], json!(["/fee/deviation_reason"]));
    }

    fn no_more_is_agreed_than_a_fee_form_can_claim(server) {
        let story = story::preparing(server);
        let mut fee = story.orderer().get(&story.agreement("")).expect(200).body["content"]["fee"].clone();
        fee["lines"][0]["rate"]["cents"] = json!(100_000_000);
        let refused = story.orderer().patch(&story.agreement(""), json!({ "fee": fee })).expect(400);
        assert_eq!(refused.wrong(), [("#/fee/lines", "too_big")]);
    }

    fn both_fill_it_in_and_an_edit_takes_back_the_confirmations(server) {
        let story = story::preparing(server);
        story::fill_in(&story);
        let revision = story.expert().get(&story.agreement("")).expect(200).body["revision"].as_i64().expect("a revision");
        let confirmed = confirm(&story, false, revision).expect(200);
        assert_eq!((&confirmed.body["state"]["name"], &confirmed.body["waits_for"]), (&json!("drafting"), &json!(["expert"])));
        assert_eq!(confirm(&story, false, revision).expect(409).code(), "already_confirmed");

        let edited = story.expert().patch(&story.agreement(""), json!({ "closed_topics": ["lapset"] })).expect(200);
        assert_eq!(edited.body["confirmations"], json!({}));
        let change = edited.body["changes"].as_array().and_then(|changes| changes.last().cloned()).expect("a change");
        assert_eq!(change["sections"], json!(["closed_topics"]));
        assert_eq!(confirm(&story, false, revision).expect(409).code(), "revision_changed");

        confirm(&story, false, revision + 1).expect(200);
        let done = confirm(&story, true, revision + 1).expect(200);
        assert_eq!(done.body["state"]["name"], "in_force");
        let assignment = story.orderer().get(&story.assignment("")).expect(200);
        assert_eq!(assignment.body["state"]["name"], "confirmed");
        assert_eq!(assignment.body["agreement_in_force"], story.agreement.to_string());

        let late = story.expert().patch(&story.agreement(""), json!({ "closed_topics": [] })).expect(409);
        assert_eq!(late.code(), "out_of_turn");
    }

    fn a_stale_edit_is_refused(server) {
        let story = story::preparing(server);
        let tag = story.expert().get(&story.agreement("")).expect(200).tag();
        story.orderer().patch(&story.agreement(""), json!({ "closed_topics": ["raha"] })).expect(200);
        let edit = json!({ "closed_topics": ["lapset"] });
        let path = story.agreement("");
        story.expert().call("PATCH", &path, &[("if-match", &tag)], Some(edit.clone())).expect(412);
        story.expert().call("PATCH", &path, &[], Some(edit)).expect(428);
    }

    fn the_six_points_and_a_reason_must_be_there_before_anyone_confirms(server) {
        let story = story::preparing(server);
        let nothing = json!({ "task": null, "parties": null, "confidentiality": null });
        let edited = story.orderer().patch(&story.agreement(""), nothing).expect(200);
        let refused = confirm(&story, true, edited.body["revision"].as_i64().expect("a revision")).expect(400);
        let pointers: Vec<_> = refused.faults().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, [
            "#/task/experience_and_competence", "#/task/nature", "#/task/responsibility", "#/task/time/starts",
            "#/task/time/ends", "#/task/place", "#/task/target_group", "#/parties/payer", "#/fee/deviation_reason",
            "#/confidentiality/expert", "#/confidentiality/orderer",
        ]);
    }

    fn wrong_terms_are_pointed_to(server) {
        let story = story::preparing(server);
        let time = json!({ "starts": "2027-01-15T09:00:00Z", "ends": "2027-01-15T08:00:00Z" });
        let line = json!({ "task_type": "flying", "unit": "hour", "quantity_tenths": 10, "rate": { "cents": 1, "currency": "EUR" } });
        let edit = json!({
            "task": { "time": time },
            "parties": { "payer": "019aa5d0-0000-7000-8000-000000000009" },
        });
        let refused = story.orderer().patch(&story.agreement(""), edit).expect(400);
        assert_eq!(refused.faults(), [("#/parties/payer".to_owned(), "unknown_reference".to_owned())]);
        let edit = json!({ "task": { "time": { "starts": "2027-01-15T09:00:00Z", "ends": "2027-01-15T08:00:00Z" } },
            "fee": { "basis": "volunteer", "lines": [line] } });
        let refused = story.orderer().patch(&story.agreement(""), edit).expect(400);
        let pointers: Vec<_> = refused.faults().into_iter().map(|(pointer, _)| pointer).collect();
        assert_eq!(pointers, ["#/task/time/ends", "#/fee/lines", "#/fee/lines/0/task_type"]);
        let blank = story.orderer().patch(&story.agreement(""), json!({ "closed_topics": [" "] })).expect(400);
        assert_eq!(blank.wrong(), [("#/closed_topics/0", "blank")]);
        let unknown = story.orderer().patch(&story.agreement(""), json!({ "state": "in_force" })).expect(400);
        assert_eq!(unknown.faults(), [("#/state".to_owned(), "unknown_field".to_owned())]);
    }

    fn the_payer_is_of_the_side_that_orders(server) {
        let story = story::preparing(server);
        let edit = |payer: &str| json!({ "parties": { "payer": region::node(payer) } });
        for payer in ["Satakunnan hyvinvointialue", "Kuntoutuksen yksikkö", "Lounaan Kokemus ry", "Suomi"] {
            for party in [story.orderer(), story.expert()] {
                let refused = party.patch(&story.agreement(""), edit(payer)).expect(400);
                assert_eq!(refused.wrong(), [("#/parties/payer", "cannot_pay")], "{payer}");
            }
        }
        for payer in ["Lapin hyvinvointialue", "Mielen hyvinvoinnin palvelut", "Kokemuspolku ry"] {
            let edited = story.orderer().patch(&story.agreement(""), edit(payer)).expect(200);
            assert_eq!(edited.body["content"]["parties"]["payer"], region::node(payer).to_string());
        }
    }

    fn only_the_parties_confirm(server) {
        let story = story::preparing(server);
        story::fill_in(&story);
        let liaison = &story.asked.brokering.liaison;
        liaison.get(&story.agreement("")).expect(200);
        liaison.post(&story.agreement("/confirm"), json!({ "revision": 2 })).expect(403);
        liaison.patch(&story.agreement(""), json!({ "closed_topics": [] })).expect(403);
        server.sign_in("tilaaja@satakunta.example").post(&story.agreement("/confirm"), json!({ "revision": 2 })).expect(404);
    }

    fn what_the_parties_confide_stays_between_them(server) {
        let story = story::preparing(server);
        story.expert().patch(&story.agreement(""), json!({ "closed_topics": ["lapsuus"] })).expect(200);
        let seen = story.asked.brokering.liaison.get(&story.agreement("")).expect(200);
        assert_eq!(seen.body["content"]["closed_topics"], json!([]));
        assert!(!seen.text.contains("lapsuus"));
        let printed = story.asked.brokering.liaison.get(&story.agreement("/print")).expect(200);
        assert!(!printed.text.contains("lapsuus"));
    }

    fn what_the_parties_confide_is_not_readable_in_the_database(server) {
        let story = story::preparing(server);
        let path = story.agreement("");
        let support = json!({ "adjustments": ["Induktiosilmukka ja tauko"] });
        let mut edit = story.expert().get(&path).expect(200).body["content"]["support"].clone();
        edit["adjustments"] = support["adjustments"].clone();
        story.expert().patch(&path, json!({ "closed_topics": ["lapsuus"], "support": edit })).expect(200);
        let seen = story.orderer().get(&path).expect(200).body["content"].clone();
        assert_eq!((&seen["closed_topics"], &seen["support"]["adjustments"]), (&json!(["lapsuus"]), &support["adjustments"]));
        story::fill_in(&story);
        story::confirm(story.expert(), story.agreement);
        story::confirm(story.orderer(), story.agreement);
        story.expert().post(&story.agreement("/amend"), Value::Null).expect(201);
        let stored = server.stored();
        assert!(stored.contains(&story.agreement.to_string()), "the row is there");
        assert!(!stored.contains("lapsuus") && !stored.contains("Induktiosilmukka"));
    }

    fn an_amendment_that_was_begun_by_mistake_is_given_up_by_either_party(server) {
        let story = story::preparing(server);
        let first = story.expert().get(&story.agreement("")).expect(200);
        assert_eq!(first.action("discard")["why_not"]["code"], "first_agreement");
        assert_eq!(story.expert().post(&story.agreement("/discard"), Value::Null).expect(409).code(), "first_agreement");

        story::fill_in(&story);
        story::confirm(story.expert(), story.agreement);
        story::confirm(story.orderer(), story.agreement);
        for (one, other) in [(story.expert(), story.orderer()), (story.orderer(), story.expert())] {
            let path = format!("/v1/agreements/{}", one.post(&story.agreement("/amend"), Value::Null).expect(201).id());
            assert!(other.get(&path).expect(200).allowed().contains(&"discard"));
            let given_up = one.post(&format!("{path}/discard"), Value::Null).expect(200);
            assert_eq!(given_up.body["state"]["name"], "lapsed");
            assert_eq!(other.told(&path).last().map(String::as_str), Some("amendment_discarded"));
            assert_eq!(one.post(&format!("{path}/discard"), Value::Null).expect(409).code(), "out_of_turn");
            story.asked.brokering.liaison.post(&format!("{path}/discard"), Value::Null).expect(403);
        }
        let agreement = story.expert().get(&story.agreement("")).expect(200);
        assert_eq!((&agreement.body["state"]["name"], agreement.allowed().contains(&"amend")), (&json!("in_force"), true));
    }

    fn an_amendment_takes_over_only_when_both_have_confirmed_it(server) {
        let story = story::confirmed(server);
        let amended = story.expert().post(&story.agreement("/amend"), Value::Null).expect(201);
        let amendment = amended.id();
        assert_eq!((&amended.body["number"], &amended.body["amends"]), (&json!(2), &json!(story.agreement.to_string())));
        assert_eq!(story.orderer().post(&story.agreement("/amend"), Value::Null).expect(409).code(), "amendment_open");

        let path = format!("/v1/agreements/{amendment}");
        let mut task = amended.body["content"]["task"].clone();
        task["time"] = json!({ "starts": "2027-01-15T11:00:00Z", "ends": "2027-01-15T13:00:00Z" });
        story.orderer().patch(&path, json!({ "task": task })).expect(200);
        story::confirm(story.orderer(), amendment);
        let old = story.expert().get(&story.agreement("")).expect(200);
        assert_eq!(old.body["state"]["name"], "in_force");
        assert_eq!(story.expert().get(&story.assignment("")).expect(200).body["starts"], "2027-01-15T07:00:00Z");

        story::confirm(story.expert(), amendment);
        let before = old.body["content"].clone();
        let old = story.expert().get(&story.agreement("")).expect(200);
        assert_eq!((&old.body["state"]["name"], &old.body["content"]), (&json!("amended"), &before));
        let assignment = story.expert().get(&story.assignment("")).expect(200);
        assert_eq!(assignment.body["starts"], "2027-01-15T11:00:00Z");
        assert_eq!(assignment.body["agreement_in_force"], amendment.to_string());
    }

    fn a_draft_lapses_with_its_assignment(server) {
        let story = story::preparing(server);
        story.expert().post(&story.assignment("/step-back"), Value::Null).expect(200);
        let seen = story.expert().get(&story.agreement("")).expect(200);
        assert_eq!(seen.body["state"]["name"], "lapsed");
        assert_eq!(story.expert().post(&story.agreement("/amend"), Value::Null).expect(409).code(), "out_of_turn");
    }

    fn the_agreement_is_printed_in_three_languages(server) {
        let story = story::confirmed(server);
        for (language, title, sum) in [
            ("fi", "Toimeksiantosopimus", "80,00 €"),
            ("sv", "Uppdragsavtal", "80,00 €"),
            ("en", "Assignment agreement", "€80.00"),
        ] {
            let page = story.expert().get(&story.agreement(&format!("/print?language={language}"))).expect(200);
            assert!(page.header("content-type").starts_with("text/html"));
            assert!(page.text.contains(&format!("<html lang=\"{language}\">")), "{}", page.text);
            assert!(page.text.contains(&format!("<h1>{title}</h1>")) && page.text.contains(sum), "{}", page.text);
            assert!(page.text.contains("Kuntoutusosaston hoitajat") && page.text.contains("scope=\"col\""));
            assert!(!page.text.contains("agreement-print-"), "a text is missing: {}", page.text);
        }
        let preferred = [("accept-language", "sv")];
        let page = story.expert().call("GET", &story.agreement("/print"), &preferred, None).expect(200);
        assert!(page.text.contains("<html lang=\"sv\">"));
        story.expert().get(&story.agreement("/print?language=de")).expect(400);
    }

    fn a_printed_agreement_says_one_hour_and_two_hours(server) {
        let story = story::preparing(server);
        let mut fee = story.orderer().get(&story.agreement("")).expect(200).body["content"]["fee"].clone();
        for (hours, percent, said) in [
            (1, 1, ["1 tunti ennen sen alkua, palkkiosta maksetaan 1 prosentti.", "1 timme innan", "1 hour before"]),
            (24, 50, ["24 tuntia ennen sen alkua, palkkiosta maksetaan 50 prosenttia.", "24 timmar innan", "24 hours before"]),
        ] {
            fee["cancellation"] = json!({ "notice_hours": hours, "pay_percent": percent });
            story.orderer().patch(&story.agreement(""), json!({ "fee": fee })).expect(200);
            for (language, words) in ["fi", "sv", "en"].iter().zip(said) {
                let page = story.expert().get(&story.agreement(&format!("/print?language={language}"))).expect(200);
                assert!(page.text.contains(words), "{}", page.text);
            }
        }
    }

    fn nothing_that_people_write_becomes_markup(server) {
        let story = story::preparing(server);
        let evil = "<script>alert(\"x\")</script> & 'co'";
        story.expert().patch(&story.agreement(""), json!({ "closed_topics": [evil], "parties": { "represents": evil } })).expect(200);
        let page = story.orderer().get(&story.agreement("/print")).expect(200);
        assert!(!page.text.contains("<script"), "{}", page.text);
        assert_eq!(page.text.matches("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;co&#39;").count(), 2);
    }

    fn the_expert_reads_changes_confirms_and_keeps_their_side_of_the_agreement(server) {
        let story = story::preparing(server);
        let (expert, path) = (story.expert(), story.agreement(""));
        assert_eq!(expert.get(&path).expect(200).body["waits_for"], json!(["expert", "orderer"]));
        let mut fee = expert.get(&path).expect(200).body["content"]["fee"].clone();
        fee["deviation_reason"] = json!("Yksikkö maksaa vakiintuneen tuntipalkkion.");
        expert.patch(&path, json!({ "fee": fee, "closed_topics": ["Perheeni"] })).expect(200);
        story::confirm(expert, story.agreement);
        let mut unpaid = story.orderer().get(&path).expect(200).body["content"]["fee"].clone();
        (unpaid["basis"], unpaid["lines"]) = (json!("volunteer"), json!([]));
        let changed = story.orderer().patch(&path, json!({ "fee": unpaid })).expect(200);
        assert_eq!(changed.body["confirmations"], json!({}), "nobody becomes a volunteer without their own confirmation");
        story::confirm(story.orderer(), story.agreement);
        assert_eq!(expert.get(&path).expect(200).body["state"]["name"], "drafting");
        expert.patch(&path, json!({ "fee": fee })).expect(200);
        story::confirm(expert, story.agreement);
        story::confirm(story.orderer(), story.agreement);
        let kept = expert.get(&path).expect(200);
        assert_eq!((&kept.body["state"]["name"], &kept.body["content"]["fee"]["basis"]), (&json!("in_force"), &json!("paid")));
        assert_eq!(kept.body["content"]["closed_topics"], json!(["Perheeni"]));
        assert!(expert.get(&story.agreement("/print")).expect(200).header("content-security-policy").contains("style-src 'sha256-"));
        server.sign_in(&region::expert_email(2)).get(&path).expect(404);
    }
}
