//! Grants: their table, when they are in force, and what cannot be granted.

use domain::{
    grant::{Change, Entry, Event, Grant, Terms, WORKFLOW},
    localized::Localized,
    node::{Contact, Facts, History, Level, Node, Path},
    policy::{Action, Role, Who},
    refusal::{Fault, Refusal, Rule},
    time::{Day, Moment},
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::full::full;
use crate::made_up::id;
use crate::table;

fn at() -> Moment {
    Moment::from_timestamp(1_780_000_000).expect("in range")
}

fn day(n: u32) -> Day {
    Day::new(2026, 1 + n / 28, 1 + n % 28).expect("a day of 2026")
}

fn grant(from: Day, until: Option<Day>) -> Grant {
    let terms = Terms { until, ..Terms::open(id(1), Role::Liaison, id(2), from) };
    Grant::give(id(3), terms, Some(id(4)), at())
}

fn end() -> Event {
    Event::End { by: id(4), reason: "siirtyi".to_owned() }
}

fn renew(year: i32) -> Event {
    Event::Renew { by: id(4), until: Day::new(year, 12, 31).expect("a day") }
}

#[test]
fn the_whole_table() {
    let held = grant(Day::new(2027, 1, 1).expect("a day"), None);
    let ended = held.clone().apply(end(), at()).expect("it is held");
    let events = [
        ("end", "end", end()),
        ("renew", "renew", renew(2028)),
        ("renew until past", "renew", renew(2025)),
        ("renew too short", "renew", renew(2026)),
    ];
    let table =
        table::table(&WORKFLOW, &[("given", held), ("ended", ended)], &events, |grant, event| {
            grant.apply(event, at()).map(|grant| grant.state_name())
        });
    expect_file!["../golden/grant.txt"].assert_eq(&table);
}

#[test]
fn what_happened_stays_on_record() {
    let grant =
        grant(day(1), None).apply(renew(2028), at()).and_then(|grant| grant.apply(end(), at()));
    let record = grant.expect("it is held").record;
    let changes: Vec<_> = record.iter().map(|entry| entry.change).collect();
    assert_eq!(changes, [Change::Given, Change::Renewed, Change::Ended]);
}

#[test]
fn the_record_says_who_did_what_until_when_and_why() {
    let grant = grant(day(1), Some(day(300)))
        .remind(at())
        .expect("it runs out")
        .apply(renew(2028), at())
        .and_then(|grant| grant.apply(end(), at()))
        .expect("it is held");
    let (first, last) = (day(300), Day::new(2028, 12, 31));
    let why = Some("siirtyi".to_owned());
    let entry = |by: Option<u128>, change, until, reason| Entry {
        by: by.map(id),
        at: at(),
        change,
        until,
        reason,
    };
    assert_eq!(
        grant.record,
        [
            entry(Some(4), Change::Given, Some(first), None),
            entry(None, Change::Reminded, Some(first), None),
            entry(Some(4), Change::Renewed, last, None),
            entry(Some(4), Change::Ended, last, why),
        ]
    );
    assert_eq!((grant.ended, grant.terms.until), (Some(at()), last));
}

#[test]
fn a_role_is_renewed_until_today_at_the_earliest() {
    let until = |until| {
        let renew = Event::Renew { by: id(4), until };
        grant(day(1), None).apply(renew, at()).map(|grant| grant.terms.until)
    };
    let today = at().day();
    assert_eq!(until(today), Ok(Some(today)));
    let tomorrow = today.later(1);
    let held_from_tomorrow = grant(tomorrow, None);
    let renew = |until| Event::Renew { by: id(4), until };
    assert!(held_from_tomorrow.clone().apply(renew(tomorrow), at()).is_ok());
    let refused = held_from_tomorrow.apply(renew(today), at());
    assert_eq!(refused, Err(Refusal::Invalid(vec![Fault::new("/until", "before_start")])));
}

#[test]
fn terms_of_one_day_for_somebody_else_are_right() {
    let terms = Terms {
        until: Some(day(4)),
        deputy_for: Some(id(9)),
        phases: vec!["planning".to_owned()],
        ..Terms::open(id(1), Role::Liaison, id(2), day(4))
    };
    assert_eq!(terms.faults(), []);
    let open = Terms::open(id(1), Role::Liaison, id(2), day(4));
    assert_eq!((open.person_id, open.role, open.node_id), (id(1), Role::Liaison, id(2)));
    assert_eq!((open.from, open.until, open.deputy_for), (day(4), None, None));
    assert_eq!((open.responsibility, open.phases.len()), (None, 0));
}

#[test]
fn it_is_noted_once_that_a_role_has_begun_for_which_somebody_was_chosen_before() {
    let later = |days: u32| Moment::from_timestamp(1_780_000_000 + i64::from(days) * 86_400);
    let (today, later) = (at().day(), |days| later(days).expect("in range"));
    let chosen = grant(today.later(3), None);
    assert_eq!(chosen.clone().begin(later(2)), None);
    let begun = chosen.begin(later(3)).expect("its first day has come");
    assert_eq!(begun.record.last().map(|entry| entry.change), Some(Change::Begun));
    assert_eq!(begun.begin(later(4)), None);
    assert_eq!(grant(today, None).begin(later(1)), None, "it began when it was given");
    let ended = grant(today.later(3), None).apply(end(), at()).expect("ended");
    assert_eq!(ended.begin(later(3)), None);
}

#[test]
fn it_is_noted_once_that_a_role_has_run_out() {
    let today = at().day();
    let until = |day| grant(today.earlier(9), Some(day)).run_out(at());
    let over = until(today.earlier(1)).expect("its last day has passed");
    assert_eq!(over.record.last().map(|entry| entry.change), Some(Change::RanOut));
    assert_eq!(over.run_out(at()), None);
    assert_eq!((until(today), grant(today, None).run_out(at())), (None, None));
    let ended = grant(today.earlier(9), Some(today.earlier(1))).apply(end(), at()).expect("ended");
    assert_eq!(ended.run_out(at()), None);
}

#[test]
fn nobody_is_reminded_twice_of_the_same_day() {
    let reminded = grant(day(1), Some(day(300))).remind(at()).expect("it runs out");
    assert_eq!(reminded.clone().remind(at()), None);
    let renewed = reminded.apply(renew(2028), at()).expect("it is given");
    assert!(renewed.remind(at()).is_some(), "it runs out on another day");
    assert_eq!(grant(day(1), None).remind(at()), None);
}

#[test]
fn wrong_terms_are_all_told_at_once() {
    let terms = Terms {
        until: Some(day(3)),
        deputy_for: Some(id(1)),
        phases: vec!["planning".to_owned(), "dreaming".to_owned()],
        ..Terms::open(id(1), Role::Liaison, id(2), day(4))
    };
    let faults: Vec<_> =
        terms.faults().into_iter().map(|fault| (fault.pointer, fault.code)).collect();
    let expected =
        [("/until", "before_start"), ("/deputy_for", "itself"), ("/phases/1", "unknown_code")];
    assert_eq!(faults, expected.map(|(pointer, code)| (pointer.to_owned(), code)));
}

#[test]
fn only_those_who_run_the_installation_make_administrators() {
    assert_eq!(Role::PlatformAdmin.given_by(), Action::GiveAdministration);
    assert_eq!(Role::CentreManager.given_by(), Action::GiveGrant);
    assert_eq!(Role::Expert.given_by(), Action::GiveGrant);
}

proptest! {
    #[test]
    fn it_is_in_force_from_its_first_day_to_its_last(
        from in 0..300_u32, until in prop::option::of(0..300_u32), on in 0..300_u32,
    ) {
        let grant = grant(day(from), until.map(day));
        let expected = from <= on && until.is_none_or(|until| on <= until);
        prop_assert_eq!(grant.in_force(day(on)), expected);
        prop_assert!(!grant.apply(end(), at()).expect("it is held").in_force(day(on)));
    }
}

#[test]
fn whoever_gives_roles_lets_their_own_go_on_by_nobodys_word_but_anothers() {
    let held = |role| {
        let terms = Terms::open(id(1), role, id(2), day(1));
        Grant::give(id(3), terms, Some(id(4)), at())
    };
    let by = |person| Event::Renew { by: id(person), until: Day::new(2028, 1, 1).expect("a day") };
    for role in [Role::PlatformAdmin, Role::CentreManager] {
        assert_eq!(held(role).apply(by(1), at()), Err(Rule::OwnRole.into()));
        assert!(held(role).apply(by(4), at()).is_ok());
    }
    assert!(held(Role::Liaison).apply(by(1), at()).is_ok());
    for role in Role::ALL {
        let gives = |action: Action| action.doers().contains(&Who::Below(*role));
        assert_eq!(role.gives_roles(), gives(Action::GiveGrant), "{role:?}");
        assert!(role.gives_roles() || !gives(Action::GiveAdministration), "{role:?}");
    }
}

#[test]
fn a_role_ends_with_the_work_of_its_node_but_for_whoever_finishes_what_was_ordered() {
    let node = Node {
        id: id(2),
        path: Path::root(id(2)),
        level: Level::Organisation,
        facts: Facts {
            name: Localized::fi("Järjestö"),
            kind: None,
            area_code: None,
            y_tunnus: None,
            contact: Contact::default(),
            cost_centre: None,
        },
        history: History::default(),
    };
    let ended = node.clone().ends_with(day(9));
    for role in Role::ALL {
        let grant = Grant::give(id(3), Terms::open(id(1), *role, id(2), day(1)), None, at());
        assert!(grant.counts(&node, day(10)) && grant.counts(&ended, day(9)), "{role:?}");
        assert_eq!(grant.counts(&ended, day(10)), *role == Role::Orderer, "{role:?}");
        assert!(!grant.counts(&node, day(0)), "not before its first day");
        assert_eq!(grant.goes_on(&ended, day(9)), Ok(()));
        let late = Refusal::RuleAt(Rule::NodeEnded, vec![Fault::new("/until", "node_ended")]);
        let expected = if *role == Role::Orderer { Ok(()) } else { Err(late) };
        assert_eq!(grant.goes_on(&ended, day(10)), expected, "{role:?}");
    }
}

#[test]
fn a_role_that_was_renewed_on_and_on_can_still_be_ended() {
    let renewed = full(grant(day(1), None), |grant| grant.apply(renew(2028), at()));
    renewed.apply(end(), at()).expect("ends");
}
