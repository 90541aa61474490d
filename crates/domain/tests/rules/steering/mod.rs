//! The way of a development action.

mod group;

use domain::{
    id::Id,
    refusal::Refusal,
    steering::{
        self, Meeting, MeetingEvent, MeetingFacts, MeetingState,
        action::{DevelopmentAction, Event, Facts, State, WORKFLOW},
    },
    time::{Day, Moment},
};
use expect_test::expect_file;
use uuid::Uuid;

fn action(state: State) -> DevelopmentAction {
    DevelopmentAction {
        id: Id::new(Uuid::from_u128(1)),
        area: Id::new(Uuid::from_u128(2)),
        group: Id::new(Uuid::from_u128(3)),
        facts: Facts {
            title: "Fees are paid late".to_owned(),
            description: None,
            owner: "HR".to_owned(),
            due: None,
            compilation: None,
        },
        state,
    }
}

#[test]
fn the_whole_table() {
    let at = Moment::from_timestamp(0).expect("in range");
    let words = || "why".to_owned();
    let states = [
        State::Proposed,
        State::Agreed { at },
        State::InProgress { since: at },
        State::Done { at, outcome: words() },
        State::Dropped { at, reason: words() },
    ];
    let events = [
        Event::Edit(Box::new(action(State::Proposed).facts)),
        Event::Agree,
        Event::Start,
        Event::Complete { outcome: words() },
        Event::Drop { reason: words() },
    ];
    let mut table = format!("{:<14}", "");
    for event in &events {
        table += &format!("{:<14}", event.action());
    }
    for state in states {
        table += &format!("\n{:<14}", state.name());
        for event in &events {
            let next = action(state.clone()).apply(event.clone(), at);
            let arrow = WORKFLOW.arrow(state.name(), event.action());
            let cell = match &next {
                Ok(next) => next.state.name(),
                Err(Refusal::OutOfTurn { machine, state: from, action }) => {
                    let cell_of = (WORKFLOW.name, state.name(), event.action());
                    assert_eq!((*machine, *from, *action), cell_of);
                    "·"
                }
                Err(_) => "!",
            };
            assert_eq!(arrow.is_some(), next.is_ok());
            assert!(next.is_err() || arrow.is_some_and(|arrow| arrow.to.contains(&cell)));
            table += &format!("{cell:<14}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../../golden/development_action.txt"].assert_eq(&table);
}

#[test]
fn the_whole_table_of_meetings() {
    let at = Moment::from_timestamp(0).expect("in range");
    let facts = |on| MeetingFacts {
        on: Day::new(2027, 1, on).expect("a day"),
        place: None,
        agenda: Vec::new(),
        minutes: None,
    };
    let cancelled = MeetingState::Cancelled { at, reason: "why".to_owned() };
    let events =
        [MeetingEvent::Edit(Box::new(facts(2))), MeetingEvent::Cancel { reason: "why".to_owned() }];
    let mut table = format!("{:<14}edit          cancel", "");
    for state in [MeetingState::Called, cancelled] {
        table += &format!("\n{:<14}", state.name());
        for event in &events {
            let meeting = Meeting {
                id: Id::new(Uuid::from_u128(1)),
                group: Id::new(Uuid::from_u128(3)),
                facts: facts(1),
                state: state.clone(),
            };
            let arrow = steering::WORKFLOW.arrow(state.name(), event.action());
            let cell = match meeting.apply(event.clone(), at) {
                Ok(next) => {
                    assert!(arrow.is_some_and(|arrow| arrow.to.contains(&next.state.name())));
                    let edited = matches!(event, MeetingEvent::Edit(_));
                    assert_eq!(next.facts, if edited { facts(2) } else { facts(1) });
                    next.state.name()
                }
                Err(Refusal::OutOfTurn { machine, state: from, action }) => {
                    assert!(arrow.is_none());
                    let cell_of = (steering::WORKFLOW.name, state.name(), event.action());
                    assert_eq!((machine, from, action), cell_of);
                    "·"
                }
                Err(_) => "!",
            };
            table += &format!("{cell:<14}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../../golden/steering_meeting.txt"].assert_eq(&table);
}
