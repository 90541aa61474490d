//! The short ways of sourcing requests, open calls and interests.

use domain::{
    offer::OfferDescription,
    open_call::{self, Interest, InterestEvent, InterestState, OpenCall},
    order::TaskDescription,
    refusal::{Refusal, Rule},
    sourcing::{self, Sourcing},
};
use expect_test::expect_file;

use crate::made_up::{id, moment};
use crate::table;

fn description() -> OfferDescription {
    OfferDescription { ordered_by: vec![], task: TaskDescription::default() }
}

fn call(state: open_call::State) -> OpenCall {
    OpenCall {
        id: id(1),
        order: id(2),
        node: id(3),
        audience: None,
        handler: None,
        published_by: id(4),
        published_at: moment(0),
        deadline: moment(100),
        description: description(),
        state,
    }
}

#[test]
fn the_whole_table_of_a_sourcing_request() {
    let request = |state| Sourcing {
        id: id(1),
        order: id(2),
        node: id(3),
        organisation: id(4),
        asked_by: id(5),
        message: None,
        description: description(),
        asked_at: moment(0),
        state,
    };
    let at = moment(1);
    let states = [
        sourcing::State::Asked,
        sourcing::State::Answered { at, by: id(6), candidate: None, note: None },
        sourcing::State::Withdrawn { at },
    ]
    .map(|state| (state.name(), request(state)));
    let events = [
        sourcing::Event::Answer { by: id(6), candidate: Some(id(7)), note: None },
        sourcing::Event::Withdraw,
    ]
    .map(|event| (event.action(), event.action(), event));
    let table = table::table(&sourcing::WORKFLOW, &states, &events, |request, event| {
        request.apply(event, at).map(|next| next.state.name())
    });
    expect_file!["../golden/sourcing.txt"].assert_eq(&table);
}

#[test]
fn the_whole_table_of_an_interest() {
    let interest = |state| Interest {
        id: id(1),
        call: id(2),
        node: id(3),
        handler: None,
        expert: id(4),
        person: id(5),
        card: id(6),
        message: None,
        at: moment(0),
        state,
    };
    let states = [InterestState::Expressed, InterestState::Selected, InterestState::Withdrawn]
        .map(|state| (state.name(), interest(state)));
    let events = [InterestEvent::Select, InterestEvent::Withdraw]
        .map(|event| (event.action(), event.action(), event));
    let table = table::table(&open_call::INTEREST_WORKFLOW, &states, &events, |interest, event| {
        interest.apply(event).map(|next| next.state.name())
    });
    expect_file!["../golden/interest.txt"].assert_eq(&table);
}

#[test]
fn every_published_state_of_a_call_has_its_name() {
    let states = [open_call::State::Open, open_call::State::Closed { at: moment(5) }];
    assert_eq!(states.map(|state| state.name()), open_call::WORKFLOW.states);
}

#[test]
fn a_call_is_answered_until_it_is_closed_or_its_deadline_passes() {
    let open = call(open_call::State::Open);
    assert_eq!(open.takes_interest(moment(99)), Ok(()));
    assert_eq!(open.takes_interest(moment(100)), Err(Rule::CallClosed.into()));
    let closed = open.close(moment(5)).expect("closed");
    assert_eq!(closed.takes_interest(moment(6)), Err(Rule::CallClosed.into()));
    assert_eq!(closed.state, open_call::State::Closed { at: moment(5) });
    let (machine, state) = (open_call::WORKFLOW.name, "closed");
    let refused = closed.close(moment(7));
    assert_eq!(refused, Err(Refusal::OutOfTurn { machine, state, action: "close" }));
}
