//! The way of a development action.

mod group;

use domain::{
    id::Id,
    refusal::Refusal,
    steering::action::{DevelopmentAction, Event, Facts, State, WORKFLOW},
    time::Moment,
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
