//! The published responsibilities are those that decide.

use domain::{
    codes,
    id::Id,
    node::Path,
    policy::{Action, Actor, Grant, Identity, Role, Subject, Who, allows},
};
use uuid::Uuid;

#[test]
fn a_role_may_do_what_is_published_of_it_and_nothing_else() {
    let node = Path::root(Id::new(Uuid::from_u128(1)));
    for role in Role::ALL {
        let grants = vec![Grant { role: *role, path: node.clone() }];
        let identity = Identity::Person(Id::new(Uuid::from_u128(7)));
        let actor = Actor { identity, grants, delegations: Vec::new() };
        let subject = Subject {
            node: Some(node.clone()),
            handler: Some(node.clone()),
            asked: Some(node.clone()),
            ..Subject::default()
        };
        for action in Action::ALL {
            // What is one's own or delegated needs no grant.
            let by_grant = |who: &Who| matches!(who, Who::Below(one) | Who::Member(one) | Who::Handler(one) | Who::Asked(one) if one == role);
            let published = role.duties().iter().any(|duty| duty.action == *action)
                && action.doers().iter().any(by_grant);
            let everyone = action.doers().contains(&Who::Anyone);
            assert_eq!(
                allows(&actor, *action, &subject),
                published || everyone,
                "{role:?} {action:?}"
            );
        }
    }
}

/// The name of a value in JSON.
fn name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).expect("JSON").as_str().expect("a name").to_owned()
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
