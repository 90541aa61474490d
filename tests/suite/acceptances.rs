//! Invariant 1 of `process.md` under load: an order for n experts gets exactly n acceptances.

use std::{
    sync::{
        Barrier,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use acceptance::{Person, Server, on_both_databases, story};
use api::region;
use domain::{
    id::Id,
    localized::Localized,
    offer::{Mode, Offer, OfferDescription, OfferId, State as OfferState, Turn, Version},
    order::{Approval, Intake, Order, OrderForm, OrderId, State, TaskDescription, Times},
    person::Channel,
};
use persistence::{Session, experts, offers, orders};
use serde_json::json;
use uuid::Uuid;

const CLIENTS: usize = 8;
const ORDERS: usize = 200;
const DIGEST: &str = "00000000000000000000000000000000000000000000000000000000000000aa";

/// An order for `wanted` experts that is being brokered, with an offer out to each of the first experts of the region.
fn ask(
    server: &Server,
    session: &mut Session<'_>,
    wanted: u32,
) -> persistence::Result<(OrderId, Vec<OfferId>)> {
    let now = server.app.clock.now();
    let task = TaskDescription {
        title: "Puheenvuoro".to_owned(),
        what: "Kerrot.".to_owned(),
        ..TaskDescription::default()
    };
    let form = OrderForm {
        task: task.clone(),
        experts_wanted: wanted,
        payer: None,
        cost_centres: vec![],
        units_involved: vec![],
        notes: None,
    };
    let order = Order {
        id: Id::new(Uuid::now_v7()),
        node: region::node(story::UNIT),
        handler: None,
        liaison: Some(region::person(story::LIAISON)),
        orderer: region::person(story::ORDERER),
        entered_by: region::person(story::ORDERER),
        intake: Intake::Form,
        caller: None,
        written_down: None,
        form,
        approval: Approval::NotNeeded,
        wanted: vec![],
        accepted: 0,
        clarifications: vec![],
        unanswered: vec![],
        times: Times::begun(now),
        state: State::Brokering,
    };
    let order = orders::add(session, order)?;
    let mut made = vec![];
    for number in 1..=CLIENTS {
        let expert =
            experts::find_by_person(session, region::person(&region::expert_email(number)))?;
        let description =
            OfferDescription { ordered_by: vec![Localized::fi(story::UNIT)], task: task.clone() };
        let offer = Offer {
            id: Id::new(Uuid::now_v7()),
            order: order.thing.id,
            node: order.node,
            handler: None,
            expert: expert.thing.id,
            person: expert.person,
            card: expert.card,
            sent_by: region::person(story::LIAISON),
            channel: Channel::Email,
            message: None,
            versions: vec![Version { digest: DIGEST.to_owned(), description, since: now }],
            turn: Turn { mode: Mode::Parallel, position: 0, seconds_to_answer: 86_400 },
            expires_at: Some(now.plus(chrono::TimeDelta::days(1))),
            created_at: now,
            answered: None,
            reminded: None,
            state: OfferState::Sent { at: now },
        };
        made.push(offers::add(session, offer)?.thing.id);
    }
    Ok((order.thing.id, made))
}

/// Every expert accepts every order at the same instant as the others. Gives how many acceptances went through.
fn race(server: &Server, asked: &[(OrderId, Vec<OfferId>)]) -> usize {
    let experts: Vec<Person<'_>> =
        (1..=CLIENTS).map(|number| server.sign_in(&region::expert_email(number))).collect();
    let (start, won) = (Barrier::new(CLIENTS), AtomicUsize::new(0));
    thread::scope(|scope| {
        for (at, expert) in experts.iter().enumerate() {
            let (start, won) = (&start, &won);
            scope.spawn(move || {
                start.wait();
                for (_, offers) in asked {
                    let path = format!("/v1/offers/{}/accept", offers[at]);
                    let answer = expert.post(&path, json!({ "description_digest": DIGEST }));
                    match answer.status {
                        200 => {
                            won.fetch_add(1, Ordering::Relaxed);
                        }
                        409 => assert_eq!(answer.code(), "out_of_turn", "{}", answer.text),
                        status => panic!("{status}: {}", answer.text),
                    }
                }
            });
        }
    });
    won.into_inner()
}

/// Holds what is written down against what the clients were told.
fn check(server: &Server, asked: &[(OrderId, Vec<OfferId>)], wanted: u32) {
    for (order, offers) in asked {
        let (order, states) = server
            .app
            .database
            .read(|session| -> persistence::Result<_> {
                let order = orders::find(session, *order)?;
                let states: Vec<OfferState> = offers
                    .iter()
                    .map(|offer| offers::find(session, *offer).map(|offer| offer.thing.state))
                    .collect::<Result<_, _>>()?;
                Ok((order, states))
            })
            .expect("they are there");
        assert_eq!((order.accepted, &order.state), (wanted, &State::Filled));
        let count = |name: &str| states.iter().filter(|state| state.name() == name).count();
        assert_eq!(
            (count("accepted"), count("superseded")),
            (wanted as usize, CLIENTS - wanted as usize)
        );
    }
}

on_both_databases! {
    fn eight_clients_accept_two_hundred_offers_at_once_with_exactly_one_winner_each(server) {
        let asked: Vec<_> = server.app.database.write(|session| (0..ORDERS).map(|_| ask(server, session, 1)).collect::<persistence::Result<_>>()).expect("asked");
        assert_eq!(race(server, &asked), ORDERS);
        check(server, &asked, 1);
    }

    fn invariant_01_an_order_for_n_experts_gets_exactly_n_however_many_accept_at_once(server) {
        let asked: Vec<_> = server.app.database.write(|session| (0..20).map(|_| ask(server, session, 3)).collect::<persistence::Result<_>>()).expect("asked");
        assert_eq!(race(server, &asked), 3 * 20);
        check(server, &asked, 3);
    }
}
