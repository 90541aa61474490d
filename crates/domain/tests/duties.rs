//! The published responsibilities are those that decide.

use domain::{
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
        let subject =
            Subject { node: Some(node.clone()), handler: Some(node.clone()), ..Subject::default() };
        for action in Action::ALL {
            // What is one's own or delegated needs no grant.
            let by_grant = |who: &Who| matches!(who, Who::Below(one) | Who::Member(one) | Who::Handler(one) if one == role);
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
