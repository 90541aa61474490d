//! Where nodes hang in the tree.

use domain::{
    id::Id,
    localized::Localized,
    node::{Contact, Facts, History, Level, Node, NodeId, Path, succeed},
    refusal::{Fault, Refusal, Rule},
    time::Day,
};
use uuid::Uuid;

fn id(n: u128) -> NodeId {
    Id::new(Uuid::from_u128(n))
}

fn node(path: Path, level: Level) -> Node {
    let facts = Facts {
        name: Localized::fi("Järjestö"),
        kind: Some("ngo".to_owned()),
        area_code: None,
        y_tunnus: Some("2077474-0".to_owned()),
        contact: Contact::default(),
        cost_centre: None,
    };
    let id = path.last().expect("it hangs somewhere");
    Node { id, path, level, facts, history: History::default() }
}

#[test]
fn a_path_names_everything_above_a_node() {
    let unit = Path::root(id(1)).child(id(2)).child(id(3));
    assert_eq!(unit.ids().collect::<Vec<_>>(), [id(1), id(2), id(3)]);
    assert_eq!((unit.last(), unit.parent(), unit.area()), (Some(id(3)), Some(id(2)), Some(id(2))));
    assert_eq!(unit.area_path(), Some(Path::root(id(1)).child(id(2))));
    let nation = Path::root(id(1));
    assert_eq!((nation.last(), nation.parent(), nation.area()), (Some(id(1)), None, None));
    assert_eq!(nation.area_path(), None);
}

#[test]
fn a_node_covers_itself_and_what_hangs_below_it() {
    let nation = Path::root(id(1));
    let (lapland, other) = (nation.child(id(2)), nation.child(id(3)));
    assert!(nation.covers(&nation) && nation.covers(&lapland));
    assert!(!lapland.covers(&nation) && !lapland.covers(&other));
    assert!(!lapland.covers(&other.child(id(2))));
    assert!(lapland.as_str().starts_with(nation.as_str()));
}

#[test]
fn a_path_is_read_as_it_was_written_and_nothing_else_is_one() {
    let path = Path::root(id(1)).child(id(2));
    assert_eq!(Path::parse(path.as_str()), Some(path.clone()));
    let (open, close) =
        (path.as_str().trim_start_matches('/'), path.as_str().trim_end_matches('/'));
    for wrong in [
        "",
        "/",
        "//",
        "/nation/",
        open,
        close,
        &format!("{close}//"),
        &format!("{}x/", path.as_str()),
        &Path::root(Id::new(Uuid::from_u128(0xa))).as_str().to_uppercase(),
        &format!("/{}/", Uuid::from_u128(0xa)),
    ] {
        assert_eq!(Path::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn each_level_hangs_under_the_levels_that_it_may() {
    use Level::{Area, Nation, Organisation, Team, Unit};
    let below: [(Level, &[Level]); 5] = [
        (Nation, &[Area, Organisation]),
        (Area, &[Organisation]),
        (Organisation, &[Unit, Team]),
        (Unit, &[Unit, Team]),
        (Team, &[]),
    ];
    for (parent, children) in below {
        for child in [Nation, Area, Organisation, Unit, Team] {
            let path = node(Path::root(id(1)), parent).path_of_child(child, id(2));
            let expected = match children.contains(&child) {
                true => Ok(Path::root(id(1)).child(id(2))),
                false => Err(Rule::WrongParent.into()),
            };
            assert_eq!(path, expected, "{child:?} under {parent:?}");
        }
    }
}

#[test]
fn nothing_hangs_under_a_node_whose_work_has_ended() {
    let mut ended = node(Path::root(id(1)), Level::Organisation);
    ended.history.ended = Day::new(2026, 12, 31);
    assert_eq!(ended.path_of_child(Level::Unit, id(2)), Err(Rule::NodeEnded.into()));
}

#[test]
fn right_facts_have_no_faults_and_a_wrong_parent_is_told_by_a_pointer() {
    let organisation = node(Path::root(id(1)), Level::Organisation);
    assert_eq!(organisation.facts.faults(Level::Organisation), []);
    let last_day = Day::new(2026, 12, 31).expect("a day");
    let refused = succeed(organisation.clone(), organisation, last_day);
    let fault = Fault::new("/successor_id", "itself");
    assert_eq!(refused.err(), Some(Refusal::Invalid(vec![fault])));
}

#[test]
fn work_goes_on_only_where_nothing_has_ended() {
    let last_day = Day::new(2026, 12, 31).expect("a day");
    let works = |n| node(Path::root(id(n)), Level::Organisation);
    let mut ended = works(2);
    ended.history.ended = Some(last_day);
    assert_eq!(succeed(works(1), ended.clone(), last_day).err(), Some(Rule::NodeEnded.into()));
    let told = Refusal::RuleAt(Rule::NodeEnded, vec![Fault::new("/last_day", "node_ended")]);
    let later = Day::new(2027, 1, 1).expect("a day");
    assert_eq!(succeed(ended.clone(), works(1), later).err(), Some(told));
    let (gone, _) = succeed(ended, works(1), last_day).expect("it ended with a node above it");
    assert_eq!(succeed(gone, works(3), last_day).err(), Some(Rule::NodeEnded.into()));
}

#[test]
fn what_hangs_under_a_node_ends_with_it_at_the_latest() {
    let day = |month| Day::new(2026, month, 1).expect("a day");
    let below = node(Path::root(id(1)).child(id(2)), Level::Unit);
    let ended = below.clone().ends_with(day(6));
    assert_eq!((ended.history.ended, ended.history.successor), (Some(day(6)), None));
    assert_eq!(ended.clone().ends_with(day(9)).history.ended, Some(day(6)));
    assert_eq!(ended.clone().ends_with(day(3)).history.ended, Some(day(3)));
    assert_eq!(ended.works_at(day(6), "/node_id"), Ok(()));
    let told = Refusal::RuleAt(Rule::NodeEnded, vec![Fault::new("/node_id", "node_ended")]);
    assert_eq!(ended.works_at(day(7), "/node_id"), Err(told));
    assert_eq!(ended.takes_new(), Err(Rule::NodeEnded.into()));

    let above = node(Path::root(id(1)), Level::Organisation);
    let within = Refusal::Invalid(vec![Fault::new("/successor_id", "ends_with_it")]);
    assert_eq!(succeed(above, below, day(6)).err(), Some(within));
}
