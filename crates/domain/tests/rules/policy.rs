//! Who may do what: the whole table for a person to read, and that listings agree with single decisions.

use domain::{
    node::Path,
    policy::{
        Action, Actor, ClientScope, Decision, Delegation, Grant, Identity, Named, Power, Role,
        Subject, decide, role_held, scope,
    },
};
use expect_test::expect_file;
use proptest::prelude::*;

use crate::made_up::id;

pub(crate) const ROLES: [Role; 13] = [
    Role::PlatformAdmin,
    Role::CentreManager,
    Role::AreaCoordinator,
    Role::Liaison,
    Role::Orderer,
    Role::Broker,
    Role::Expert,
    Role::SupportPerson,
    Role::NetworkCoordinator,
    Role::PeerFacilitator,
    Role::NetworkMember,
    Role::Trainer,
    Role::SteeringMember,
];

pub(crate) const POWERS: [Power; 5] =
    [Power::Profile, Power::Offers, Power::Agreements, Power::FeeForms, Power::Feedback];

const SCOPES: [ClientScope; 2] = [ClientScope::Payroll, ClientScope::PublicBank];

/// A nation with two areas; the first has a unit with a team, an organisation that handles things, and one that is asked.
fn places() -> [Path; 7] {
    let nation = Path::root(id(1));
    let area = nation.child(id(2));
    let (unit, handler) = (area.child(id(3)), area.child(id(4)));
    let team = unit.child(id(5));
    let (elsewhere, asked) = (nation.child(id(6)), area.child(id(7)));
    [nation, area, unit, handler, team, elsewhere, asked]
}

fn person(number: u128, grants: Vec<Grant>, delegations: Vec<Delegation>) -> Actor {
    Actor { identity: Identity::Person(id(number)), grants, delegations }
}

fn client(scope: ClientScope, area: &Path) -> Actor {
    let identity = Identity::Client { id: id(90), area: area.clone(), scopes: vec![scope] };
    Actor { identity, grants: Vec::new(), delegations: Vec::new() }
}

/// Something at the unit that the organisation handles, about person 10, with person 11 named in it, and person 15 for what
/// they did as a broker elsewhere.
fn subject() -> Subject {
    let [_, _, unit, handler, _, elsewhere, asked] = places();
    let named = Named { person: id(15), role: Role::Broker, node: elsewhere };
    Subject {
        node: Some(unit),
        handler: Some(handler),
        asked: Some(asked),
        owner: Some(id(10)),
        parties: vec![id(11)],
        named: Some(named),
    }
}

/// Everyone who may ask about the subject, by how they are related to it.
fn everyone() -> Vec<(String, Actor)> {
    let [_, area, unit, handler, team, elsewhere, asked] = places();
    let mut all = vec![
        ("the owner".to_owned(), person(10, Vec::new(), Vec::new())),
        ("a party".to_owned(), person(11, Vec::new(), Vec::new())),
        ("nobody in particular".to_owned(), person(12, Vec::new(), Vec::new())),
    ];
    for power in POWERS {
        let delegation = Delegation { expert: id(10), power };
        all.push((
            format!("who acts for the owner in {power:?}"),
            person(13, Vec::new(), vec![delegation]),
        ));
    }
    for role in ROLES {
        let held = |path: &Path| person(14, vec![Grant { role, path: path.clone() }], Vec::new());
        // A role reaches the node it was given at and everything below.
        for action in Action::ALL {
            let at = |path: &Path| decide(&held(path), *action, &subject());
            let (above, here) = (at(&area), at(&unit));
            let (handled, asked) = (at(&handler), at(&asked));
            let otherwise = handled == Decision::Allow || asked == Decision::Allow;
            assert!(
                above == here || above == handled || above == asked || otherwise,
                "{role:?} {action:?}"
            );
        }
        for (place, path) in [
            ("here", &unit),
            ("below", &team),
            ("of the handler", &handler),
            ("of those asked", &asked),
            ("elsewhere", &elsewhere),
        ] {
            all.push((format!("{role:?} {place}"), held(path)));
        }
    }
    for (place, role, path) in [
        ("still there", Role::Broker, Some(&elsewhere)),
        ("and in no role any more", Role::Broker, None),
        ("and broker at another place by now", Role::Broker, Some(&team)),
        ("and liaison there by now", Role::Liaison, Some(&elsewhere)),
    ] {
        let grants = path.map(|path| Grant { role, path: path.clone() });
        all.push((
            format!("who is named as Broker {place}"),
            person(15, grants.into_iter().collect(), Vec::new()),
        ));
    }
    for scope in SCOPES {
        all.push((format!("client {scope:?}"), client(scope, &area)));
        all.push((format!("client {scope:?} elsewhere"), client(scope, &elsewhere)));
    }
    all
}

/// The whole table: for each action who may, and who may know but not do it. Everyone else may not even know.
#[test]
fn the_whole_table() {
    let everyone = everyone();
    let mut table = String::new();
    for action in Action::ALL {
        table += &format!("{action:?}\n");
        for (word, wanted) in [("may", Decision::Allow), ("403", Decision::Forbid)] {
            let these =
                everyone.iter().filter(|(_, who)| decide(who, *action, &subject()) == wanted);
            let names: Vec<&str> = these.map(|(name, _)| name.as_str()).collect();
            if names.is_empty() {
                continue;
            }
            let person = |who: &Actor| who.person().is_some();
            let may = |who: &Actor| decide(who, *action, &subject()) == Decision::Allow;
            let others = |(_, who): &&(String, Actor)| person(who) && (word == "may" || !may(who));
            let every = everyone.iter().filter(others).count();
            let names = match word {
                "may" if names.len() == every => "every person".to_owned(),
                "403" if names.len() == every => "every other person".to_owned(),
                _ => names.join(", "),
            };
            table += &format!("    {word}  {names}\n");
        }
    }
    expect_file!["../golden/policy.txt"].assert_eq(&table);
}

/// Machine clients do what their scope says and nothing else: everything that a client may do names its scope.
#[test]
fn a_machine_client_may_only_what_its_scope_says() {
    for scope in SCOPES {
        let actor = client(scope, &places()[1]);
        let may: Vec<_> = Action::ALL
            .iter()
            .filter(|action| decide(&actor, **action, &subject()) == Decision::Allow)
            .collect();
        let expected: &[Action] = match scope {
            ClientScope::Payroll => &[Action::HandlePayroll],
            ClientScope::PublicBank => &[Action::ReadPublicBank],
        };
        assert_eq!(may, expected.iter().collect::<Vec<_>>());
    }
}

#[test]
fn a_listing_is_wide_that_shows_an_area_or_more() {
    let [nation, area, unit, handler, ..] = places();
    let wide = |role, path: &Path| {
        let grants = vec![Grant { role, path: path.clone() }];
        scope(&person(10, grants, Vec::new()), Action::ReadOrder).is_wide()
    };
    assert!(wide(Role::CentreManager, &area) && wide(Role::Liaison, &nation));
    assert!(!wide(Role::Orderer, &unit) && !wide(Role::Liaison, &unit));
    assert!(!wide(Role::Broker, &handler) && !wide(Role::Expert, &area));
    assert!(scope(&client(ClientScope::Payroll, &area), Action::HandlePayroll).is_wide());
}

#[test]
fn a_role_is_had_that_was_given_somewhere() {
    let path = places()[2].clone();
    let actor = person(10, vec![Grant { role: Role::Liaison, path }], Vec::new());
    assert!(actor.has(Role::Liaison) && !actor.has(Role::Broker));
}

#[test]
fn what_somebody_is_named_for_counts_while_they_have_that_role_there() {
    let [nation, area, unit, _, _, elsewhere, asked] = places();
    let named = Named { person: id(15), role: Role::Broker, node: asked.clone() };
    let counts = |number, role, path: &Path| {
        let actor = person(number, vec![Grant { role, path: path.clone() }], Vec::new());
        named.counts_for(&actor)
    };
    for there in [&asked, &area, &nation] {
        assert!(counts(15, Role::Broker, there));
    }
    assert!(!counts(15, Role::Broker, &elsewhere) && !counts(15, Role::Broker, &unit));
    assert!(!counts(15, Role::Liaison, &asked) && !counts(14, Role::Broker, &asked));
}

#[test]
fn the_role_in_which_something_is_done_is_told_with_where_it_is_asked_for() {
    let [_, area, unit, handler, _, elsewhere, asked] = places();
    let held = |number, role, path: &Path, action| {
        let actor = person(number, vec![Grant { role, path: path.clone() }], Vec::new());
        role_held(&actor, action, &subject())
    };
    let wrote = Action::CreateOrderForCaller;
    assert_eq!(held(14, Role::Liaison, &area, wrote), Some((Role::Liaison, unit.clone())));
    assert_eq!(held(14, Role::Liaison, &handler, wrote), Some((Role::Liaison, handler.clone())));
    assert_eq!(held(14, Role::Broker, &area, wrote), Some((Role::Broker, handler)));
    assert_eq!(held(14, Role::Broker, &elsewhere, wrote), None);
    assert_eq!(
        held(15, Role::Broker, &elsewhere, Action::EditOrder),
        Some((Role::Broker, elsewhere))
    );
    assert_eq!(held(14, Role::Broker, &asked, Action::AnswerSourcing), Some((Role::Broker, asked)));
    assert_eq!(held(14, Role::Expert, &area, Action::ReadOpenCall), Some((Role::Expert, unit)));
    assert_eq!(held(10, Role::Expert, &area, Action::AnswerOffer), None, "in their own matter");
}

#[test]
fn a_subject_is_at_a_node_or_about_somebody() {
    let unit = places()[2].clone();
    let at = Subject { node: Some(unit.clone()), ..Subject::default() };
    assert_eq!(Subject::at(unit), at);
    assert_eq!(Subject::of(id(10)), Subject { node: None, owner: Some(id(10)), ..at });
}

fn some_path() -> impl Strategy<Value = Path> {
    prop::sample::select(places().to_vec())
}

fn some_actor() -> impl Strategy<Value = Actor> {
    let grants = prop::collection::vec(
        (prop::sample::select(ROLES.to_vec()), some_path())
            .prop_map(|(role, path)| Grant { role, path }),
        0..4,
    );
    let delegations = prop::collection::vec(
        (10..14_u128, prop::sample::select(POWERS.to_vec()))
            .prop_map(|(expert, power)| Delegation { expert: id(expert), power }),
        0..3,
    );
    let human = (10..14_u128, grants, delegations)
        .prop_map(|(number, grants, delegations)| person(number, grants, delegations));
    let machine = (prop::sample::select(SCOPES.to_vec()), some_path())
        .prop_map(|(scope, path)| client(scope, &path));
    prop_oneof![4 => human, 1 => machine]
}

fn some_subject() -> impl Strategy<Value = Subject> {
    (
        prop::option::of(some_path()),
        prop::option::of(some_path()),
        prop::option::of(some_path()),
        prop::option::of(10..14_u128),
        prop::collection::vec(10..14_u128, 0..3),
        prop::option::of((10..14_u128, prop::sample::select(ROLES.to_vec()), some_path())),
    )
        .prop_map(|(node, handler, asked, owner, parties, named)| Subject {
            node,
            handler,
            asked,
            owner: owner.map(id),
            parties: parties.into_iter().map(id).collect(),
            named: named.map(|(person, role, node)| Named { person: id(person), role, node }),
        })
}

/// Somebody, and either the same with more that they are trusted with, or somebody else.
fn with_more((before, other, same): (Actor, Actor, bool)) -> (Actor, Actor) {
    if !same {
        return (before, other);
    }
    let grants = [other.grants, before.grants.clone()].concat();
    let delegations = [other.delegations, before.delegations.clone()].concat();
    let now = Actor { identity: before.identity.clone(), grants, delegations };
    (before, now)
}

#[test]
fn an_end_of_anything_that_somebody_was_trusted_with_is_told_from_a_beginning() {
    let [nation, area, unit, ..] = places();
    let at = |role, path: &Path| Grant { role, path: path.clone() };
    let given = |power| Delegation { expert: id(12), power };
    let liaison = person(10, vec![at(Role::Liaison, &area)], vec![given(Power::Offers)]);
    let with = |grants, delegations| person(10, grants, delegations).has_all_of(&liaison);
    let (offers, roles) = (vec![given(Power::Offers)], vec![at(Role::Liaison, &area)]);
    assert!(with(roles.clone(), offers.clone()));
    assert!(with(
        vec![at(Role::Liaison, &nation)],
        vec![given(Power::Profile), given(Power::Offers)]
    ));
    assert!(with([roles.clone(), vec![at(Role::Expert, &unit)]].concat(), offers.clone()));
    assert!(!with(Vec::new(), offers.clone()));
    assert!(!with(vec![at(Role::Liaison, &unit)], offers.clone()));
    assert!(!with(vec![at(Role::Broker, &area)], offers.clone()));
    assert!(!with(roles.clone(), vec![given(Power::Profile)]));
    assert!(!person(11, roles, offers).has_all_of(&liaison));

    let (payroll, bank) =
        (client(ClientScope::Payroll, &area), client(ClientScope::PublicBank, &area));
    assert!(
        payroll.has_all_of(&payroll) && client(ClientScope::Payroll, &nation).has_all_of(&payroll)
    );
    assert!(
        !bank.has_all_of(&payroll) && !client(ClientScope::Payroll, &unit).has_all_of(&payroll)
    );
    assert!(!payroll.has_all_of(&liaison) && !liaison.has_all_of(&payroll));
    let nobody = person(10, Vec::new(), Vec::new());
    assert!(liaison.has_all_of(&nobody) && !nobody.has_all_of(&liaison));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4000) })]

    #[test]
    fn a_listing_shows_what_could_be_read_one_by_one_and_nothing_else(
        actor in some_actor(),
        subject in some_subject(),
        action in prop::sample::select(Action::ALL.to_vec()),
    ) {
        let allowed = decide(&actor, action, &subject) == Decision::Allow;
        prop_assert_eq!(scope(&actor, action).covers(&subject), allowed);
    }

    #[test]
    fn whoever_is_still_trusted_with_all_that_they_were_may_do_all_that_they_might(
        (before, now) in (some_actor(), some_actor(), any::<bool>()).prop_map(with_more),
        subject in some_subject(),
        action in prop::sample::select(Action::ALL.to_vec()),
    ) {
        let may = |actor: &Actor| decide(actor, action, &subject) == Decision::Allow;
        prop_assert!(!now.has_all_of(&before) || !may(&before) || may(&now));
    }

    #[test]
    fn whoever_may_do_something_in_their_own_right_may_know_of_it(
        actor in some_actor(),
        subject in some_subject(),
        action in prop::sample::select(Action::ALL.to_vec()),
    ) {
        // What an expert lets a support person do is no more than that, also where it needs no looking.
        let actor = Actor { delegations: Vec::new(), ..actor };
        let allowed = decide(&actor, action, &subject) == Decision::Allow;
        let known = decide(&actor, action.known_by(), &subject) == Decision::Allow;
        prop_assert!(!allowed || known, "{:?} is allowed, but {:?} is not", action, action.known_by());
    }
}
