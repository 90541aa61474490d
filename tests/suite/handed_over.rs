//! What was handed over to an organisation is brokered by it to the end, and by nobody else.

use acceptance::{
    Person, Server, on_both_databases,
    story::{self, Asked, Brokering},
};
use api::region;
use serde_json::{Value, json};

const NGO: &str = "Kokemuspolku ry";
const BROKER: &str = "valittaja@kokemuspolku.example";
const OTHER: &str = "valittaja@tunturintuki.example";

/// Hands the order of the story to an organisation, whose broker takes it. Gives the broker.
fn hand_over<'a>(server: &'a Server, story: &Brokering<'_>) -> Person<'a> {
    let path = format!("/v1/orders/{}", story.order);
    let to = json!({ "organisation_id": region::node(NGO) });
    story.liaison.post(&format!("{path}/hand-over"), to).expect(200);
    let broker = server.sign_in(BROKER);
    broker.post(&format!("{path}/take"), Value::Null).expect(200);
    broker
}

/// How many offers, tasks and interests somebody finds, and whether they may know of each of these.
fn sees(person: &Person<'_>, things: &[String]) -> (usize, Vec<u16>) {
    let listed = ["/v1/offers", "/v1/assignments"].map(|list| person.get(list).expect(200).count());
    (listed.iter().sum(), things.iter().map(|thing| person.get(thing).status).collect())
}

on_both_databases! {
    fn an_organisation_brokers_from_the_search_to_the_end(server) {
        let story = story::brokering(server, 1);
        let broker = hand_over(server, &story);
        let other = server.sign_in(OTHER);
        let order = format!("/v1/orders/{}", story.order);
        let search = json!({ "order_id": story.order });
        let search = broker.post("/v1/bank/searches", search).expect(201).id();
        assert!(broker.get(&format!("/v1/bank/searches/{search}/candidates")).expect(200).count() > 0);
        other.get(&format!("/v1/bank/searches/{search}/candidates")).expect(404);

        let brokering = Brokering { orderer: story.orderer.clone(), liaison: broker.clone(), order: story.order };
        let offer = story::offers(server, &brokering, &[1], "parallel")[0];
        let path = format!("/v1/offers/{offer}");
        broker.get(&path).expect(200);
        other.get(&path).expect(404);
        let expert = server.sign_in(&region::expert_email(1));
        story::accept(&expert, offer);
        let mut task = story::agreed(Asked { brokering, expert, offer });
        other.get(&task.assignment("")).expect(404);
        let meeting = json!({ "at": "2027-01-08T10:00:00Z", "channel": "video" });
        other.post(&task.assignment("/introduce"), meeting.clone()).expect(404);
        let made = broker.post(&task.assignment("/introduce"), meeting).expect(200);
        assert_eq!(made.body["introduction"]["by"], region::person(BROKER).to_string());
        story::fill_in(&task);
        story::confirm(task.expert(), task.agreement);
        story::confirm(task.orderer(), task.agreement);
        broker.post(&task.assignment("/deliver"), json!({})).expect(201);

        story::after_the_task(server, &mut task);
        let done = json!({ "date": "2027-01-15", "minutes": 120 });
        task.orderer().post(&task.assignment("/perform"), done).expect(200);
        let form = story::approved(&task);
        let (broker, other) = (server.sign_in(BROKER), server.sign_in(OTHER));
        let form = format!("/v1/fee-forms/{}", form.id());
        broker.get(&form).expect(404);
        assert_eq!(sees(&broker, &[path.clone(), task.assignment("")]), (2, vec![200, 200]));
        assert_eq!(sees(&other, &[path, task.assignment("")]), (0, vec![404, 404]));
        other.get(&order).expect(404);
        broker.post(&format!("{order}/close"), Value::Null).expect(200);
    }

    fn what_hangs_on_an_order_goes_along_to_whoever_brokers_it(server) {
        let story = story::brokering(server, 2);
        let call = json!({ "deadline": story::in_hours(server, 24) });
        let call = story.liaison.post(&format!("/v1/orders/{}/open-call", story.order), call).expect(201).id();
        let interests = format!("/v1/open-calls/{call}/interests");
        server.sign_in(&region::expert_email(3)).post(&interests, json!({})).expect(201);
        let offers = story::offers(server, &story, &[1, 2], "parallel");
        let expert = server.sign_in(&region::expert_email(1));
        story::accept(&expert, offers[0]);
        let assignment = expert.get("/v1/assignments").expect(200).body["items"][0]["id"].clone();
        let things = [
            format!("/v1/offers/{}", offers[0]),
            format!("/v1/offers/{}", offers[1]),
            format!("/v1/assignments/{}", assignment.as_str().expect("an id")),
        ];
        let withdraw = format!("/v1/offers/{}/withdraw", offers[1]);

        let (broker, other) = (hand_over(server, &story), server.sign_in(OTHER));
        assert_eq!(sees(&broker, &things), (3, vec![200; 3]));
        assert_eq!(broker.get(&interests).expect(200).count(), 1);
        assert_eq!(sees(&other, &things), (0, vec![404; 3]));
        assert_eq!(sees(&story.liaison, &things), (3, vec![200; 3]), "the unit is theirs as before");

        let back = json!({ "liaison_id": region::person(story::LIAISON) });
        broker.post(&format!("/v1/orders/{}/hand-over", story.order), back).expect(200);
        assert_eq!(sees(&broker, &things), (0, vec![404; 3]), "it is out of their hands");
        broker.get(&interests).expect(404);
        broker.post(&withdraw, Value::Null).expect(404);
        story.liaison.post(&withdraw, Value::Null).expect(200);
    }

    fn whoever_wrote_an_order_down_for_its_orderer_is_out_of_it_once_it_is_handed_on(server) {
        let broker = server.sign_in(BROKER);
        let written_down = |orderer: Option<&str>| {
            let mut body = json!({
                "node_id": region::node(story::UNIT), "handler_id": region::node(NGO), "intake": "phone",
                "caller": { "name": "Tiina Tilaaja", "phone": "+358 40 000 0000" }, "form": story::form(1),
            });
            if let Some(orderer) = orderer {
                body["orderer_id"] = json!(region::person(orderer));
            }
            let path = format!("/v1/orders/{}", broker.post("/v1/orders", body).expect(201).id());
            broker.post(&format!("{path}/submit"), Value::Null).expect(200);
            broker.post(&format!("{path}/take"), Value::Null).expect(200);
            let to = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
            broker.post(&format!("{path}/hand-over"), to).expect(200);
            path
        };
        let (theirs, own) = (written_down(Some(story::ORDERER)), written_down(None));
        server.sign_in(story::ORDERER).get(&theirs).expect(200);
        broker.get(&theirs).expect(404);
        broker.get(&format!("{theirs}/messages")).expect(404);
        broker.get(&own).expect(200);
        let listed: Vec<Value> = broker.items("/v1/orders").into_iter().map(|order| order["id"].clone()).collect();
        assert_eq!(listed, [json!(own.trim_start_matches("/v1/orders/"))], "they stand for somebody who has no account");
    }

    fn what_other_organisations_were_asked_goes_along_too(server) {
        let story = story::brokering(server, 1);
        let asked = format!("/v1/orders/{}/sourcing-requests", story.order);
        let ask = json!({ "organisation_id": region::node("Tunturin Tuki ry") });
        let request = format!("/v1/sourcing-requests/{}", story.liaison.post(&asked, ask).expect(201).id());
        let broker = hand_over(server, &story);
        assert_eq!(broker.get("/v1/sourcing-requests").expect(200).count(), 1);
        assert_eq!(broker.get(&request).expect(200).allowed(), ["withdraw"]);
        broker.post(&format!("{request}/answer"), json!({})).expect(403);
        let other = server.sign_in(OTHER);
        other.post(&format!("{request}/withdraw"), Value::Null).expect(403);
        other.post(&format!("{request}/answer"), json!({ "candidate_id": region::experts::expert(25) })).expect(200);
        let told = broker.items("/v1/notices?limit=200");
        assert!(told.iter().any(|notice| notice["reference"] == json!(request)), "whoever brokers by now is told");
        assert!(broker.get(&request).expect(200).body["candidate_card_id"].is_string());

        let back = json!({ "liaison_id": region::person(story::LIAISON) });
        broker.post(&format!("/v1/orders/{}/hand-over", story.order), back).expect(200);
        broker.get(&request).expect(404);
        assert_eq!(broker.get("/v1/sourcing-requests").expect(200).count(), 0);
        assert_eq!(story.liaison.get("/v1/sourcing-requests").expect(200).count(), 1);
        assert_eq!(other.get("/v1/sourcing-requests").expect(200).count(), 1, "it was they who were asked");
    }

    fn when_nobody_brokers_there_any_more_everything_goes_back_to_the_liaison(server) {
        let story = story::brokering(server, 2);
        let offer = story::offers(server, &story, &[1], "parallel")[0];
        let broker = hand_over(server, &story);
        let path = format!("/v1/offers/{offer}");
        broker.get(&path).expect(200);
        let administrator = server.sign_in("yllapito@kokemusvayla.example");
        let left = json!({ "reason": "Vaihtoi työtä." });
        administrator.post(&format!("/v1/people/{}/deactivate", region::person(BROKER)), left).expect(200);
        let order = story.liaison.get(&format!("/v1/orders/{}", story.order)).expect(200);
        assert_eq!((&order.body["handler_id"], &order.body["liaison_id"]), (&Value::Null, &json!(region::person(story::LIAISON))));
        broker.get(&path).expect(401);
        story.liaison.post(&format!("{path}/withdraw"), Value::Null).expect(200);
    }
}
