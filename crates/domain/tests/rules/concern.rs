//! The concern: its table, and that it keeps its words to itself.

use domain::{
    concern::{Concern, Event, Form, State, WORKFLOW},
    time::Moment,
};
use expect_test::expect_file;

use crate::made_up::id;
use crate::table;

fn at() -> Moment {
    Moment::from_timestamp(1_780_000_000).expect("in range")
}

fn concern() -> Concern {
    let form = Form { node_id: id(1), about: None, to: None, text: "salainen".to_owned() };
    let state = State::Received;
    Concern { id: id(2), raised_by: id(3), raised_at: at(), form, handler: None, state }
}

fn handle(by: u128) -> Event {
    Event::Handle { by: id(by), answer: "kiitos, salainen".to_owned() }
}

#[test]
fn the_whole_table() {
    let handled = concern().apply(handle(4), at()).expect("it is received");
    let states = [("received", concern()), ("handled", handled)];
    let events = [("handle", "handle", handle(4)), ("handle own", "handle", handle(3))];
    let table = table::table(&WORKFLOW, &states, &events, |concern, event| {
        concern.apply(event, at()).map(|concern| concern.state.name())
    });
    expect_file!["../golden/concern.txt"].assert_eq(&table);
}

#[test]
fn a_concern_does_not_print_its_words() {
    let handled = concern().apply(handle(4), at()).expect("it is received");
    assert!(!format!("{handled:?} {:?}", handle(4)).contains("salainen"));
}
