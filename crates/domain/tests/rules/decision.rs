//! The decision to use experts: its table, and when it is in force.

use domain::{
    decision::{Decision, Event, Signatory, State, Terms, WORKFLOW},
    time::{Day, Moment},
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::made_up::id;
use crate::table;

fn day(n: u32) -> Day {
    Day::new(2026, 1 + n / 28, 1 + n % 28).expect("a day of 2026")
}

fn at() -> Moment {
    Moment::from_timestamp(1_780_000_000).expect("in range")
}

fn decision(from: Day, until: Option<Day>, state: State) -> Decision {
    let terms = Terms {
        node_id: id(1),
        body: "aluehallitus".to_owned(),
        decided_on: day(0),
        reference: "§ 45".to_owned(),
        from,
        until,
        signatory: Signatory { name: "Kaarina Johtaja".to_owned(), title: "johtaja".to_owned() },
        summary: None,
        attachment_id: None,
    };
    Decision { id: id(2), terms, registered_by: id(3), registered_at: at(), state }
}

fn revoke() -> Event {
    Event::Revoke { by: id(3), reason: "kirjattu väärin".to_owned() }
}

#[test]
fn the_whole_table() {
    let open = decision(day(1), None, State::Registered);
    let closed = open.clone().apply(revoke(), at()).expect("it is registered");
    let states = [("registered", open), ("revoked", closed)];
    let table =
        table::table(&WORKFLOW, &states, &[("revoke", "revoke", revoke())], |decision, event| {
            decision.apply(event, at()).map(|decision| decision.state.name())
        });
    expect_file!["../golden/decision.txt"].assert_eq(&table);
}

#[test]
fn a_decision_does_not_end_before_it_begins() {
    let faults = decision(day(9), Some(day(8)), State::Registered).terms.faults();
    assert_eq!(
        faults.iter().map(|fault| (fault.pointer.as_str(), fault.code)).collect::<Vec<_>>(),
        [("/until", "before_start")]
    );
    assert!(decision(day(9), Some(day(9)), State::Registered).terms.faults().is_empty());
}

proptest! {
    #[test]
    fn it_is_in_force_from_its_first_day_to_its_last(
        from in 0..300_u32, until in prop::option::of(0..300_u32), on in 0..300_u32,
    ) {
        let decision = decision(day(from), until.map(day), State::Registered);
        let expected = from <= on && until.is_none_or(|until| on <= until);
        prop_assert_eq!(decision.in_force(day(on)), expected);
        let revoked = decision.apply(revoke(), at()).expect("it is registered");
        prop_assert!(!revoked.in_force(day(on)));
    }
}
