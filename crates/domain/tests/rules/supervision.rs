//! The whole table of the supervision session, and what always holds on its way.

use domain::{
    refusal::{Fault, Refusal, Rule},
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
        invited: vec![id(3), id(10), id(11), id(12)],
        participants: if state == State::Booked { vec![id(11)] } else { Vec::new() },
        terms: Some(terms()),
        state,
    }
}

#[test]
fn a_session_is_booked_as_long_as_somebody_comes() {
    let book = |session: SupervisionSession, number| {
        session.apply(Event::Book { by: id(number) }, moment(0)).expect("there is a seat")
    };
    let both = book(session(State::Booked), 12);
    assert_eq!(
        both.clone().apply(Event::Book { by: id(10) }, moment(0)),
        Err(Rule::SessionFull.into())
    );
    let one = both.apply(Event::GiveBack { by: id(12) }, moment(0)).expect("they had a seat");
    assert_eq!((&one.state, &one.participants), (&State::Booked, &vec![id(11)]));
    let none = book(one, 10).apply(Event::GiveBack { by: id(11) }, moment(0)).expect("a seat");
    let none = none.apply(Event::GiveBack { by: id(10) }, moment(0)).expect("a seat");
    assert_eq!((none.state, none.participants), (State::Offered, vec![]));
}

#[test]
fn what_nobody_has_offered_yet_can_be_asked_of_another_organisation() {
    assert_eq!(session(State::Requested).asked_of(id(9)).node, id(9));
    let cancelled = State::Cancelled { at: moment(0) };
    let held = State::Held { minutes: 60, present: Vec::new() };
    for state in [State::Offered, State::Booked, held, cancelled] {
        assert_eq!(session(state.clone()).asked_of(id(9)), session(state));
    }
}

#[test]
fn whoever_takes_part_in_nothing_any_more_is_released_from_what_is_ahead() {
    let released =
        |session: SupervisionSession, number, at| session.released(id(number), moment(at));
    let states = |session: &SupervisionSession| {
        let after = [3, 10, 11].map(|number| released(session.clone(), number, 5));
        after.map(|one| one.map_or("as it was", |one| one.state.name()))
    };
    assert_eq!(states(&session(State::Requested)), ["cancelled", "as it was", "as it was"]);
    assert_eq!(states(&session(State::Offered)), ["cancelled", "as it was", "as it was"]);
    assert_eq!(states(&session(State::Booked)), ["as it was", "as it was", "offered"]);
    let held = session(State::Held { minutes: 90, present: vec![id(11)] });
    assert_eq!(states(&held), ["as it was"; 3]);
    let own = SupervisionSession { participants: vec![id(3)], ..session(State::Booked) };
    assert_eq!(states(&own), ["cancelled", "as it was", "as it was"]);
    let shared = SupervisionSession { participants: vec![id(3), id(11)], ..own.clone() };
    assert_eq!(states(&shared), ["booked", "as it was", "booked"]);
    assert_eq!(released(own, 3, 1000), None, "it has begun");
}

#[test]
fn what_an_organisation_offers_is_asked_for_by_nobody() {
    let offered = SupervisionSession { owner: id(20), ..session(State::Offered) };
    assert!(!offered.asked_by(id(20)) && !offered.asked_by(id(3)));
    let refused = offered.apply(Event::Withdraw { by: id(20) }, moment(0));
    assert_eq!(refused, Err(Rule::NotAskedFor.into()));
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
        ("change terms", Event::ChangeTerms(terms())),
        ("change terms, few seats", Event::ChangeTerms(SessionTerms { seats: 0, ..terms() })),
        ("book", Event::Book { by: id(10) }),
        ("book, not invited", Event::Book { by: id(20) }),
        ("give back", Event::GiveBack { by: id(11) }),
        ("give back, no seat", Event::GiveBack { by: id(10) }),
        ("withdraw", Event::Withdraw { by: id(3) }),
        ("withdraw, not asked", Event::Withdraw { by: id(10) }),
        ("hold", Event::Hold { minutes: 80, present: vec![id(10)] }),
        ("hold, a stranger", Event::Hold { minutes: 80, present: vec![id(20)] }),
        ("hold, one twice", Event::Hold { minutes: 80, present: vec![id(10), id(10)] }),
        ("cancel", Event::Cancel),
    ]
}

#[test]
fn the_whole_table() {
    let (before, after) = (table_at(moment(999)), table_at(moment(1000)));
    let table = format!("before it begins\n{before}\nonce it has begun\n{after}");
    expect_file!["../golden/supervision.txt"].assert_eq(&table);
}

fn table_at(at: Moment) -> String {
    let mut table = format!("{:<24}", "");
    for state in all_states() {
        table += &format!("{:<16}", state.name());
    }
    for (name, event) in all_events() {
        table += &format!("\n{name:<24}");
        for state in all_states() {
            let arrow = WORKFLOW.arrow(state.name(), event.action());
            let cell = match session(state.clone()).apply(event.clone(), at) {
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
    table.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[test]
fn what_stands_in_the_way_is_said_as_it_is_refused() {
    // What each action of the table would do for the person, with nothing wrong in what is said with it.
    for at in [moment(999), moment(1000)] {
        for state in [State::Offered, State::Booked] {
            for number in [3, 10, 11] {
                let mut session = session(state.clone());
                session.participants.extend((state == State::Booked).then_some(id(12)));
                let by = id(number);
                let events = [
                    Event::Book { by },
                    Event::GiveBack { by },
                    Event::Withdraw { by },
                    Event::Hold { minutes: 80, present: vec![by] },
                    Event::ChangeTerms(terms()),
                    Event::Cancel,
                ];
                let told = session.standing_in_the_way(Some(by), at);
                for event in events {
                    let action = event.action();
                    if WORKFLOW.arrow(state.name(), action).is_none() {
                        continue;
                    }
                    let rule = told.iter().find(|(name, _)| *name == action).map(|(_, rule)| *rule);
                    let refused = session.clone().apply(event, at).err();
                    assert_eq!(refused, rule.map(Refusal::from), "{action} {number} at {at:?}");
                }
            }
        }
    }
}

#[test]
fn a_session_is_moved_without_anybody_losing_their_seat() {
    let later = SessionTerms { starts: moment(2000), place: "Etänä".to_owned(), ..terms() };
    let moved = session(State::Booked)
        .apply(Event::ChangeTerms(later.clone()), moment(999))
        .expect("it is ahead");
    assert_eq!((&moved.state, &moved.participants), (&State::Booked, &vec![id(11)]));
    assert_eq!(moved.terms, Some(later.clone()));
    let none = SessionTerms { seats: 0, ..later.clone() };
    let refused = moved.apply(Event::ChangeTerms(none), moment(999));
    assert_eq!(refused, Err(Refusal::Invalid(vec![Fault::new("/seats", "below_booked")])));
    assert!(later.differ_from(&terms()));
    assert!(!SessionTerms { seats: 7, ..terms() }.differ_from(&terms()));
}

#[test]
fn whoever_came_is_named_once() {
    let present = vec![id(10), id(20), id(11), id(10), id(20)];
    let held = session(State::Offered).apply(Event::Hold { minutes: 80, present }, moment(1000));
    let faults =
        [("/present/1", "not_invited"), ("/present/3", "repeated"), ("/present/4", "not_invited")];
    let faults = faults.map(|(at, code)| Fault::new(at, code)).to_vec();
    assert_eq!(held, Err(Refusal::Invalid(faults)));
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
