//! The published responsibilities are those that decide.

use domain::{
    codes,
    node::Path,
    person::PersonId,
    policy::{Action, Actor, Duty, DutyReach, Grant, Identity, Named, Role, Subject, Who, allows},
};
use expect_test::expect_file;

use crate::made_up::id;

/// The name of a value in JSON.
fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).expect("JSON").as_str().expect("a name").to_owned()
}

/// Something at each place that `role` at `node` can bring somebody to, and the reaches that go there.
fn places(node: &Path, person: PersonId, role: Role) -> [(Subject, &'static [DutyReach]); 4] {
    use DutyReach::{Around, Below, HandedOver};
    let nowhere = Subject::default;
    [
        (Subject { node: Some(node.child(id(2))), ..nowhere() }, &[Below, Around]),
        (Subject { node: Some(Path::root(id(1))), ..nowhere() }, &[Around]),
        (
            Subject { handler: Some(node.clone()), asked: Some(node.clone()), ..nowhere() },
            &[HandedOver],
        ),
        (
            Subject { named: Some(Named { person, role, node: node.clone() }), ..nowhere() },
            &[DutyReach::Named],
        ),
    ]
}

#[test]
fn a_role_may_do_what_is_published_of_it_and_nothing_else() {
    let (node, person) = (Path::root(id(1)).child(id(3)), id(7));
    for role in Role::ALL {
        let grants = vec![Grant { role: *role, path: node.clone() }];
        let identity = Identity::Person(person);
        let actor = Actor { identity, grants, delegations: Vec::new() };
        for (subject, reaches) in places(&node, person, *role) {
            for action in Action::ALL {
                let by = |duty: &Duty| duty.action == *action && reaches.contains(&duty.reach);
                let published = role.duties().iter().any(by);
                // What everybody may, or whoever is named in any role, is no duty of one.
                let anyhow = |who: &Who| match who {
                    Who::Anyone => true,
                    Who::Party => subject.parties.contains(&person),
                    _ => false,
                };
                assert_eq!(
                    allows(&actor, *action, &subject),
                    published || action.doers().iter().any(anyhow),
                    "{role:?} {action:?} {reaches:?}"
                );
            }
        }
    }
}

#[test]
fn to_what_each_role_may_do_what_is_in_the_table() {
    let mut table = String::new();
    for role in Role::ALL {
        table += &format!("{}\n", name(role));
        for duty in role.duties() {
            table += &format!("  {:<12}{}\n", name(&duty.reach), duty.action.name());
        }
    }
    expect_file!["../golden/duties.txt"].assert_eq(&table);
}

#[test]
fn every_role_and_all_that_roles_may_do_has_a_label() {
    for action in Action::ALL {
        assert!(codes::DUTIES.has(&action.name()), "{action:?}");
    }
    for role in Role::ALL {
        assert!(codes::ROLES.has(&name(role)), "{role:?}");
        assert!(codes::ROLE_FAMILIES.has(&name(&role.family())), "{role:?}");
        assert!(codes::ROLE_LEVELS.has(&name(&role.level())), "{role:?}");
        for duty in role.duties() {
            assert!(codes::DUTY_REACHES.has(&name(&duty.reach)), "{duty:?}");
        }
    }
    let actions: Vec<String> = Action::ALL.iter().map(|action| action.name()).collect();
    assert!(codes::DUTIES.codes().all(|code| actions.iter().any(|action| action == code)));
}
