//! The tree: what hangs where, and who goes on with whose work.

mod path;

use domain::{
    id::Id,
    localized::Localized,
    node::{Contact, Facts, History, Level, Node, Path, succeed},
    refusal::{Refusal, Rule},
    time::Day,
};
use uuid::Uuid;

use crate::full::full;

fn facts() -> Facts {
    Facts {
        name: Localized::fi("Järjestö"),
        kind: None,
        area_code: None,
        y_tunnus: None,
        contact: Contact::default(),
        cost_centre: None,
    }
}

fn node(n: u128) -> Node {
    let id = Id::new(Uuid::from_u128(n));
    Node {
        id,
        path: Path::root(id),
        level: Level::Organisation,
        facts: facts(),
        history: History::default(),
    }
}

fn last_day() -> Day {
    Day::new(2026, 12, 31).expect("a day")
}

fn codes(facts: &Facts, level: Level) -> Vec<(String, &'static str)> {
    facts.faults(level).into_iter().map(|fault| (fault.pointer, fault.code)).collect()
}

#[test]
fn wrong_facts_are_all_told_at_once() {
    let wrong = Facts {
        kind: Some("choir".to_owned()),
        area_code: Some("21".to_owned()),
        y_tunnus: Some("2077474-1".to_owned()),
        ..facts()
    };
    assert_eq!(
        codes(&wrong, Level::Unit),
        [
            ("/kind".to_owned(), "unknown_code"),
            ("/area_code".to_owned(), "not_with_level"),
            ("/y_tunnus".to_owned(), "wrong_check_digit"),
        ]
    );
    assert_eq!(codes(&facts(), Level::Area), [("/area_code".to_owned(), "required")]);
    let area = |code: &str| Facts { area_code: Some(code.to_owned()), ..facts() };
    assert_eq!(codes(&area("77"), Level::Area), [("/area_code".to_owned(), "unknown_code")]);
    assert_eq!(codes(&area("21"), Level::Area), []);
}

#[test]
fn a_successor_goes_on_and_both_remember() {
    let (old, new) = succeed(node(1), node(2), last_day()).expect("both work");
    assert_eq!((old.history.successor, old.history.ended), (Some(new.id), Some(last_day())));
    assert_eq!(new.history.predecessors, [old.id]);

    assert_eq!(succeed(old.clone(), node(3), last_day()), Err(Rule::NodeEnded.into()));
    assert_eq!(succeed(new, old, last_day()), Err(Rule::NodeEnded.into()));
}

#[test]
fn nothing_succeeds_itself() {
    assert!(matches!(succeed(node(1), node(1), last_day()), Err(Refusal::Invalid(_))));
}

#[test]
fn the_tree_goes_ten_deep_and_no_deeper() {
    let mut parent = Node { level: Level::Nation, ..node(0) };
    for (level, n) in [(Level::Area, 1), (Level::Organisation, 2)]
        .into_iter()
        .chain((3..10).map(|n| (Level::Unit, n)))
    {
        let id = Id::new(Uuid::from_u128(n));
        let path = parent.path_of_child(level, id).expect("hangs there");
        parent = Node { id, path, level, ..node(n) };
    }
    assert_eq!(parent.path.ids().count(), 10);
    let below = parent.path_of_child(Level::Team, Id::new(Uuid::from_u128(10)));
    assert_eq!(below.expect_err("too deep"), Rule::TooDeep.into());
    let wrong = node(1).path_of_child(Level::Area, Id::new(Uuid::from_u128(11)));
    assert_eq!(wrong.expect_err("an area under an organisation"), Rule::WrongParent.into());
}

#[test]
fn a_node_takes_over_the_work_of_so_many() {
    full(node(0), |heir| {
        let n = heir.history.predecessors.len() as u128 + 1;
        succeed(node(n), heir, last_day()).map(|(_, heir)| heir)
    });
}
