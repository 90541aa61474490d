//! Whoever leaves undone what the others wait for is reminded of it, once.

use acceptance::{Server, on_both_databases, story};
use api::region;
use chrono::TimeDelta;
use serde_json::{Value, json};

const CENTRE: &str = "keskus@lappi.example";

/// Days pass, and on each of them what is done without anyone asking is done.
fn pass(server: &Server, days: i64) {
    for _ in 0..days {
        server.advance(TimeDelta::days(1));
        server.app.run_jobs();
    }
}

on_both_databases! {
    fn both_sides_are_reminded_of_a_task_whose_day_has_passed_until_somebody_records_it(server) {
        let mut story = story::confirmed(server);
        story.orderer().post(&story.assignment("/deliver"), json!({})).expect(201);
        story::after_the_task(server, &mut story);
        let task = story.assignment("");
        let told = |story: &story::Agreed<'_>| {
            let of = |kinds: Vec<String>| kinds.iter().filter(|kind| *kind == "task_unrecorded").count();
            (of(story.orderer().told(&task)), of(story.expert().told(&task)))
        };
        server.app.run_jobs();
        assert_eq!(told(&story), (0, 0), "it is the day of the task");
        pass(server, 2);
        story.sign_in_again(server);
        assert_eq!(told(&story), (1, 1));
        let done = json!({ "date": "2027-01-15", "minutes": 120 });
        story.expert().post(&story.assignment("/perform"), done).expect(200);
        pass(server, 2);
        story.sign_in_again(server);
        assert_eq!(told(&story), (1, 1));
    }

    fn both_sides_are_reminded_of_an_agreement_that_is_not_confirmed_when_the_task_is_near(server) {
        let mut story = story::preparing(server);
        // The task is on 15 January, and the unit has a week for the first contact.
        let now = server.app.clock.now().day();
        let last = (0..100).find(|days| json!(now.later(*days)) == "2027-01-08").expect("it is ahead");
        pass(server, i64::from(last));
        story.sign_in_again(server);
        let of = |kinds: Vec<String>| kinds.iter().filter(|kind| *kind == "agreement_due").count();
        let told = |story: &story::Agreed<'_>| {
            (of(story.orderer().told(&story.assignment(""))), of(story.expert().told(&story.assignment(""))))
        };
        assert_eq!(told(&story), (0, 0));
        pass(server, 2);
        story.sign_in_again(server);
        assert_eq!(told(&story), (1, 1));
    }

    fn an_amendment_that_brings_the_task_nearer_brings_the_first_contact_nearer(server) {
        let mut story = story::confirmed(server);
        let now = server.app.clock.now().day();
        let due = |story: &story::Agreed<'_>| story.orderer().get(&story.assignment("")).expect(200).body["contact_due"].clone();
        let times = |story: &story::Agreed<'_>| story.orderer().times_told("contact_due");
        assert_eq!(due(&story), json!(now.later(7)));
        let amended = story.expert().post(&story.agreement("/amend"), Value::Null).expect(201);
        let mut task = amended.body["content"]["task"].clone();
        let soon = now.later(4);
        task["time"] = json!({ "starts": format!("{soon}T10:00:00Z"), "ends": format!("{soon}T12:00:00Z") });
        story.orderer().patch(&format!("/v1/agreements/{}", amended.id()), json!({ "task": task })).expect(200);
        for side in [story.orderer(), story.expert()] {
            story::confirm(side, amended.id());
        }
        assert_eq!(due(&story), json!(now.later(3)), "the day before");
        pass(server, 3);
        story.sign_in_again(server);
        assert_eq!(times(&story), 0);
        pass(server, 1);
        story.sign_in_again(server);
        assert_eq!(times(&story), 1);
    }

    fn the_unit_is_reminded_of_a_fee_form_that_waits_and_then_the_centre_which_does_not_see_it(server) {
        let settings = format!("/v1/nodes/{}/settings", region::node("Lapin hyvinvointialue"));
        let centre = server.sign_in(CENTRE);
        let tag = centre.get(&settings).tag();
        centre.call("PATCH", &settings, &[("if-match", &tag)], Some(json!({ "check_days": 3 }))).expect(200);
        let mut story = story::performed(server);
        let form = format!("/v1/fee-forms/{}", story::fee_submitted(&story).id());
        pass(server, 3);
        story.sign_in_again(server);
        assert_eq!(story.orderer().told(&form), ["fee_submitted"]);
        pass(server, 2);
        story.sign_in_again(server);
        assert_eq!(story.orderer().told(&form), ["fee_submitted", "fee_waits"]);
        let unit = format!("/v1/nodes/{}", region::node(story::UNIT));
        assert!(server.sign_in(CENTRE).told(&unit).is_empty());
        pass(server, 3);
        let centre = server.sign_in(CENTRE);
        assert_eq!(centre.told(&unit), ["fees_overdue"]);
        centre.get(&form).expect(404);
        story.sign_in_again(server);
        assert_eq!(story.orderer().told(&form), ["fee_submitted", "fee_waits"], "once is enough");
        let events = format!("/v1/audit-events?operation=remind_of_fee_form&thing={}", form.rsplit('/').next().expect("an id"));
        assert_eq!(centre.get(&events).expect(200).count(), 2);

        story.orderer().post(&format!("{form}/check"), json!({})).expect(200);
        let centres = json!({ "cost_centres": [{ "cost_centre": "4410", "share": 100 }] });
        story.orderer().post(&format!("{form}/approve"), centres).expect(200);
        pass(server, 8);
        story.sign_in_again(server);
        assert_eq!(story.orderer().told(&form), ["fee_submitted", "fee_waits"], "it was approved");
    }
}
