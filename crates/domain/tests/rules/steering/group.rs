//! The steering group: its members' terms, and what it has received.

use domain::{
    localized::Localized,
    steering::{
        GroupFacts, Meeting, MeetingEvent, MeetingFacts, MeetingState, Member, Received,
        SteeringGroup,
        action::{DevelopmentAction, Event, Facts, State},
    },
    time::Day,
};

use crate::made_up::{id, moment};

fn day(day: u32) -> Day {
    Day::new(2027, 1, day).expect("a day")
}

fn member(from: u32, until: Option<u32>) -> Member {
    Member {
        organisation: id(5),
        name: "Aino Esimerkki".to_owned(),
        person: None,
        chair: false,
        from: day(from),
        until: until.map(day),
    }
}

fn group(members: Vec<Member>) -> SteeringGroup {
    let facts = GroupFacts { name: Localized::fi("Ohjausryhmä"), members };
    SteeringGroup { id: id(1), area: id(2), facts, received: vec![] }
}

#[test]
fn the_term_of_a_member_does_not_end_before_it_begins() {
    let terms = vec![
        member(3, Some(2)),
        member(3, Some(3)),
        member(3, None),
        member(3, Some(4)),
        member(9, Some(8)),
    ];
    let faults = group(terms).facts.faults();
    let told: Vec<_> = faults.iter().map(|fault| (&*fault.pointer, fault.code)).collect();
    assert_eq!(told, [("/members/0/until", "before_from"), ("/members/4/until", "before_from")]);
}

#[test]
fn those_serve_whose_term_has_begun_and_not_ended_and_who_sign_in() {
    let person = |member: Member, number| Member { person: Some(id(number)), ..member };
    let terms = vec![
        person(member(5, None), 1),
        person(member(1, Some(5)), 2),
        person(member(1, Some(4)), 3),
        person(member(6, None), 4),
        member(1, None),
        person(member(2, Some(9)), 1),
    ];
    let serving: Vec<_> = group(terms).facts.serving(day(5)).into_iter().collect();
    assert_eq!(serving, [id(1), id(2)]);
}

#[test]
fn whoever_joins_serves_on_the_day_and_did_not_before() {
    let person = |member: Member, number| Member { person: Some(id(number)), ..member };
    let before = group(vec![person(member(1, Some(9)), 1), person(member(1, Some(5)), 2)]);
    let after = group(vec![
        person(member(1, Some(9)), 1),
        person(member(1, None), 2),
        person(member(8, None), 3),
        member(1, None),
    ]);
    let joined = |on| after.joined(&before.facts, day(on)).into_iter().collect::<Vec<_>>();
    assert_eq!((joined(5), joined(7), joined(8)), (vec![], vec![id(2)], vec![id(2), id(3)]));
}

#[test]
fn a_meeting_is_ahead_until_it_is_over_or_cancelled() {
    let facts = MeetingFacts { on: day(10), place: None, agenda: Vec::new(), minutes: None };
    let called = Meeting { id: id(1), group: id(2), facts, state: MeetingState::Called };
    assert!(called.ahead(day(9)) && called.ahead(day(10)) && !called.ahead(day(11)));
    let event = MeetingEvent::Cancel { reason: "Sairastapauksia".to_owned() };
    let cancelled = called.apply(event, moment(1)).expect("it was called");
    assert!(!cancelled.ahead(day(9)));
}

#[test]
fn a_compilation_is_received_once_and_in_its_order() {
    let group = group(vec![]).receive(id(7), day(1)).receive(id(8), day(2)).receive(id(7), day(3));
    let received = |n, on| Received { compilation: id(n), on: day(on) };
    assert_eq!(group.received, [received(7, 1), received(8, 2)]);
}

#[test]
fn a_development_action_tells_when_and_what_came_of_it() {
    let facts = Facts {
        title: "Palkkiot viipyvät".to_owned(),
        description: None,
        owner: "HR".to_owned(),
        due: None,
        compilation: None,
    };
    let proposed =
        DevelopmentAction { id: id(1), area: id(2), group: id(3), facts, state: State::Proposed };
    let agreed = proposed.clone().apply(Event::Agree, moment(1)).expect("agrees");
    assert_eq!(agreed.state, State::Agreed { at: moment(1) });
    let started = agreed.apply(Event::Start, moment(2)).expect("starts");
    assert_eq!(started.state, State::InProgress { since: moment(2) });
    let outcome = || "Palkkio tulee kuukaudessa.".to_owned();
    let facts = Facts { title: "Toisin".to_owned(), ..started.facts.clone() };
    let edited = started.clone().apply(Event::Edit(Box::new(facts.clone())), moment(3));
    assert_eq!(edited, Ok(DevelopmentAction { facts, ..started.clone() }));
    let done = started.apply(Event::Complete { outcome: outcome() }, moment(3)).expect("done");
    assert_eq!(done.state, State::Done { at: moment(3), outcome: outcome() });
    assert_eq!((done.id, &done.facts), (proposed.id, &proposed.facts));

    let reason = || "Korjautui itsestään.".to_owned();
    let dropped = proposed.apply(Event::Drop { reason: reason() }, moment(4)).expect("dropped");
    assert_eq!(dropped.state, State::Dropped { at: moment(4), reason: reason() });
}

#[test]
fn a_meeting_is_moved_while_it_is_ahead() {
    let meeting = |on: u32, place: Option<&str>| MeetingFacts {
        on: day(on),
        place: place.map(str::to_owned),
        agenda: Vec::new(),
        minutes: None,
    };
    let before = meeting(10, Some("Rovaniemi"));
    let moved = |after: MeetingFacts, today: u32| after.moved(&before, day(today));
    assert!(moved(meeting(11, Some("Rovaniemi")), 1) && moved(meeting(10, Some("Kemi")), 10));
    assert!(moved(meeting(10, None), 10) && moved(meeting(20, Some("Rovaniemi")), 15));
    assert!(moved(meeting(2, Some("Rovaniemi")), 5), "who would come on the tenth");
    assert!(!moved(meeting(9, Some("Kemi")), 11), "what has been is put right");
    let noted = MeetingFacts { minutes: Some("Avattiin.".to_owned()), ..before.clone() };
    assert!(!moved(noted, 1));
}
