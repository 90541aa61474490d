//! The access request: its table.

use domain::{
    access_request::{AccessRequest, Approval, Event, Form, State, WORKFLOW},
    localized::Language,
    policy::Role,
    time::{Day, Moment},
};
use expect_test::expect_file;

use crate::made_up::id;
use crate::table;

fn at() -> Moment {
    Moment::from_timestamp(1_780_000_000).expect("in range")
}

fn form(area_code: &str) -> Form {
    Form {
        area_code: area_code.to_owned(),
        name: "Ulla Uusi".to_owned(),
        email: "ulla@example.fi".to_owned(),
        phone: None,
        language: Language::Fi,
        organisation: "Lapin hyvinvointialue".to_owned(),
        title: None,
        role: Some(Role::Orderer),
        reason: "tilaan".to_owned(),
    }
}

fn approve(year: i32) -> Event {
    let until = Day::new(year, 12, 31).expect("a day");
    let given = Approval { role: Role::Orderer, node_id: id(5), until };
    Event::Approve { by: id(1), given, person: id(2), grant: id(3) }
}

fn reject() -> Event {
    Event::Reject { by: id(1), reason: "tuntematon".to_owned() }
}

#[test]
fn the_whole_table() {
    let request = |state| AccessRequest {
        id: id(9),
        area: id(4),
        form: form("21"),
        submitted_at: at(),
        state,
    };
    let decided = |event| request(State::Submitted).apply(event, at()).expect("it is submitted");
    let states = [
        ("submitted", request(State::Submitted)),
        ("approved", decided(approve(2027))),
        ("rejected", decided(reject())),
    ];
    let events = [
        ("approve", "approve", approve(2027)),
        ("approve until past", "approve", approve(2025)),
        ("reject", "reject", reject()),
    ];
    let table = table::table(&WORKFLOW, &states, &events, |request, event| {
        request.apply(event, at()).map(|request| request.state.name())
    });
    expect_file!["../golden/access_request.txt"].assert_eq(&table);
}

#[test]
fn the_area_must_be_one() {
    assert!(form("21").faults().is_empty());
    let faults = form("77").faults();
    assert_eq!((faults[0].pointer.as_str(), faults[0].code), ("/area_code", "unknown_code"));
}
