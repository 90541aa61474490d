//! The whole table of the supervision session, and what always holds on its way.

use domain::{
    refusal::Refusal,
    supervision::{Event, SessionKind, SessionTerms, State, SupervisionSession, WORKFLOW},
    time::Moment,
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::made_up::id;

fn moment(seconds: i64) -> Moment {
    Moment::from_timestamp(seconds).expect("in range")
}

fn terms() -> SessionTerms {
    SessionTerms {
        starts: moment(1000),
        minutes: 90,
        place: "Järjestötalo".to_owned(),
        supervisor: "Oona Ohjaaja".to_owned(),
        seats: 2,
    }
}

fn session(state: State) -> SupervisionSession {
    SupervisionSession {
        id: id(1),
        node: id(2),
        owner: id(3),
        kind: SessionKind::Supervision,
        assignment: None,
        invited: vec![id(10), id(11), id(12)],
        participants: Vec::new(),
        terms: Some(terms()),
        state,
    }
}

fn all_states() -> Vec<State> {
    vec![
        State::Requested,
        State::Offered,
        State::Booked,
        State::Held { minutes: 90, present: Vec::new() },
        State::Cancelled { at: moment(0) },
    ]
}

fn all_events() -> Vec<(&'static str, Event)> {
    vec![
        ("offer", Event::Offer(terms())),
        ("book", Event::Book { by: id(10) }),
        ("book, not invited", Event::Book { by: id(20) }),
        ("hold", Event::Hold { minutes: 80, present: vec![id(10)] }),
        ("hold, a stranger", Event::Hold { minutes: 80, present: vec![id(20)] }),
        ("cancel", Event::Cancel),
    ]
}

#[test]
fn the_whole_table() {
    let mut table = format!("{:<20}", "");
    for state in all_states() {
        table += &format!("{:<16}", state.name());
    }
    for (name, event) in all_events() {
        table += &format!("\n{name:<20}");
        for state in all_states() {
            let arrow = WORKFLOW.arrow(state.name(), event.action());
            let cell = match session(state.clone()).apply(event.clone(), moment(5)) {
                Ok(next) => {
                    assert!(arrow.is_some_and(|arrow| arrow.to.contains(&next.state.name())));
                    next.state.name().to_owned()
                }
                Err(Refusal::OutOfTurn { machine, state: from, action }) => {
                    assert!(arrow.is_none());
                    let expected = (WORKFLOW.name, state.name(), event.action());
                    assert_eq!((machine, from, action), expected);
                    "·".to_owned()
                }
                Err(Refusal::Rule(rule) | Refusal::RuleAt(rule, _)) => format!("{rule}!"),
                Err(Refusal::Invalid(_)) => "invalid!".to_owned(),
            };
            table += &format!("{cell:<16}");
        }
    }
    let table: String = table.lines().map(|line| format!("{}\n", line.trim_end())).collect();
    expect_file!["../golden/supervision.txt"].assert_eq(&table);
}

proptest! {
    #[test]
    fn nobody_sits_who_was_not_invited_and_no_seat_is_taken_twice(
        people in prop::collection::vec(9_u128..14, 0..12),
    ) {
        let mut session = session(State::Offered);
        for person in people {
            session = session.clone().apply(Event::Book { by: id(person) }, moment(0)).unwrap_or(session);
            prop_assert!(session.participants.len() <= 2);
            prop_assert!(session.participants.iter().all(|one| session.invited.contains(one)));
            let mut once = session.participants.clone();
            once.sort();
            once.dedup();
            prop_assert_eq!(once.len(), session.participants.len());
        }
    }
}
