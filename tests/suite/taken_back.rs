//! What was recorded of a task by mistake is taken back, until something has come of it.

use acceptance::{Person, Server, on_both_databases, story, story::Agreed};
use api::region;
use serde_json::{Value, json};

/// A confirmed task whose time has come, with everything delivered.
fn begun(server: &Server) -> Agreed<'_> {
    let mut story = story::confirmed(server);
    story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
    story::after_the_task(server, &mut story);
    story
}

fn done() -> Value {
    json!({ "date": "2027-01-15", "minutes": 120 })
}

fn why(story: &Agreed<'_>, action: &str) -> Value {
    story.expert().get(&story.assignment("")).expect(200).action(action)["why_not"]["code"].clone()
}

on_both_databases! {
    fn a_no_show_by_mistake_does_not_cost_the_expert_their_fee(server) {
        let story = begun(server);
        let since = story.expert().get(&story.assignment("")).expect(200).body["state"]["since"].clone();
        story.orderer().post(&story.assignment("/no-show"), json!({ "absent": "expert" })).expect(200);
        let claim = story.assignment("/fee-forms");
        assert_eq!(story.expert().post(&claim, json!({})).expect(409).code(), "nothing_payable");
        let before = story.orderer().times_told("task_reopened");
        let open = story.expert().post(&story.assignment("/reopen"), Value::Null).expect(200);
        assert_eq!(open.body["state"], json!({ "name": "confirmed", "since": since }));
        assert_eq!(story.orderer().times_told("task_reopened"), before + 1);
        assert_eq!(story.expert().times_told("task_reopened"), 0, "they did it themself");
        story.expert().post(&story.assignment("/perform"), done()).expect(200);
        story.expert().post(&claim, json!({})).expect(201);
    }

    fn what_a_task_took_is_recorded_anew_until_its_fee_form_is_begun(server) {
        let story = begun(server);
        assert_eq!(why(&story, "reopen"), "not_now");
        story.expert().post(&story.assignment("/perform"), json!({ "date": "2027-01-15", "minutes": 12 })).expect(200);
        story.orderer().post(&story.assignment("/reopen"), Value::Null).expect(200);
        story.expert().post(&story.assignment("/perform"), done()).expect(200);
        let form = story.expert().post(&story.assignment("/fee-forms"), json!({})).expect(201).id();
        assert_eq!(why(&story, "reopen"), "fee_form_exists");
        let listed = story.expert().items("/v1/assignments").remove(0);
        let reopen = listed["actions"].as_array().expect("actions").iter().find(|one| one["name"] == "reopen");
        assert_eq!(reopen.expect("the action")["why_not"]["code"], "fee_form_exists");
        for person in [story.expert(), story.orderer()] {
            assert_eq!(person.post(&story.assignment("/reopen"), Value::Null).expect(409).code(), "fee_form_exists");
        }
        story.expert().post(&format!("/v1/fee-forms/{form}/withdraw"), Value::Null).expect(200);
        assert_eq!(why(&story, "reopen"), Value::Null);
        story.expert().post(&story.assignment("/reopen"), Value::Null).expect(200);
    }

    fn what_is_paid_to_somebody_who_is_gone_is_not_taken_back(server) {
        let story = begun(server);
        story.orderer().post(&story.assignment("/no-show"), json!({ "absent": "orderer" })).expect(200);
        let leave = format!("/v1/people/{}/deactivate", region::person(&region::expert_email(1)));
        server.sign_in("keskus@lappi.example").post(&leave, json!({ "reason": "kuollut" })).expect(200);
        let seen = story.orderer().get(&story.assignment("")).expect(200);
        assert_eq!(seen.action("reopen")["why_not"]["code"], "person_deactivated");
        let refused = story.orderer().post(&story.assignment("/reopen"), Value::Null).expect(409);
        assert_eq!(refused.code(), "person_deactivated");
    }

    fn feedback_on_a_task_that_was_not_done_is_not_changed_but_no_longer_quoted(server) {
        let story = begun(server);
        story.expert().post(&story.assignment("/perform"), done()).expect(200);
        let path = story.assignment("/feedback/orderer");
        let mut form = crate::feedback::orderers(story.orderer());
        story.orderer().put(&path, form.clone()).expect(201);
        story.orderer().post(&story.assignment("/reopen"), Value::Null).expect(200);
        story.orderer().post(&story.assignment("/no-show"), json!({ "absent": "orderer" })).expect(200);
        let mut other = form.clone();
        other["answers"]["matched_need"] = json!(1);
        assert_eq!(story.orderer().put(&path, other).expect(409).code(), "nothing_to_assess");
        form["may_quote"] = json!(false);
        let kept = story.orderer().put(&path, form).expect(200);
        assert_eq!(kept.body["form"]["may_quote"], false);
    }

    fn a_unit_that_says_a_task_was_cancelled_once_it_had_begun_is_contradicted(server) {
        let story = begun(server);
        let cancel = json!({ "party": "expert", "reason": "Ei tullut." });
        story.orderer().post(&story.assignment("/cancel"), cancel).expect(200);
        assert_eq!(why(&story, "reopen"), Value::Null);
        story.expert().post(&story.assignment("/reopen"), Value::Null).expect(200);
        story.expert().post(&story.assignment("/perform"), done()).expect(200);
        story.expert().post(&story.assignment("/fee-forms"), json!({})).expect(201);
    }

    fn a_task_that_was_cancelled_before_its_time_has_given_up_its_place(server) {
        let cancel = |story: &Agreed<'_>| {
            let cancel = json!({ "party": "circumstances", "reason": "Lumimyrsky." });
            story.orderer().post(&story.assignment("/cancel"), cancel).expect(200);
        };
        let refused = |story: &Agreed<'_>| {
            assert_eq!(why(story, "reopen"), "place_given_up");
            let refused = story.expert().post(&story.assignment("/reopen"), Value::Null).expect(409);
            assert_eq!(refused.code(), "place_given_up");
        };
        let mut story = story::confirmed(server);
        cancel(&story);
        story::after_the_task(server, &mut story);
        refused(&story);
    }

    fn a_task_that_was_never_agreed_on_is_not_taken_up_again(server) {
        let mut story = story::preparing(server);
        story::after_the_task(server, &mut story);
        let cancel = json!({ "party": "circumstances", "reason": "Lumimyrsky." });
        story.orderer().post(&story.assignment("/cancel"), cancel).expect(200);
        assert_eq!(why(&story, "reopen"), "place_given_up");
        let refused = story.expert().post(&story.assignment("/reopen"), Value::Null).expect(409);
        assert_eq!(refused.code(), "place_given_up");
    }

    fn an_expert_who_was_given_nothing_says_so_and_records_what_they_did(server) {
        let mut story = story::confirmed(server);
        story::after_the_task(server, &mut story);
        assert_eq!(story.expert().post(&story.assignment("/perform"), done()).expect(409).code(), "not_delivered");
        let reason = json!({ "reason": "Yksikkö ei toimittanut mitään." });
        let waived = story.expert().post(&story.assignment("/waive-delivery"), reason).expect(200);
        assert_eq!(waived.body["delivery_waiver"]["by"], region::person(&region::expert_email(1)).to_string());
        story.expert().post(&story.assignment("/perform"), done()).expect(200);
    }

    fn what_can_be_done_with_an_agreement_agrees_with_who_has_confirmed(server) {
        let story = story::preparing(server);
        story::fill_in(&story);
        let confirm = |who: &Person<'_>| who.get(&story.agreement("")).expect(200).action("confirm").clone();
        story::confirm(story.expert(), story.agreement);
        let own = confirm(story.expert());
        assert_eq!((&own["allowed"], &own["why_not"]["code"]), (&json!(false), &json!("already_confirmed")));
        assert_eq!(own["turn"], json!(["orderer"]));
        assert_eq!(confirm(story.orderer())["allowed"], true);
        story::confirm(story.orderer(), story.agreement);

        let amend = |who: &Person<'_>| who.get(&story.agreement("")).expect(200).action("amend").clone();
        assert_eq!(amend(story.orderer())["allowed"], true);
        story.expert().post(&story.agreement("/amend"), Value::Null).expect(201);
        for person in [story.expert(), story.orderer()] {
            assert_eq!(amend(person)["why_not"]["code"], "amendment_open");
            assert_eq!(person.post(&story.agreement("/amend"), Value::Null).expect(409).code(), "amendment_open");
        }
    }
}
