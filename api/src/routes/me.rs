//! `/v1/me`: who the caller is, and what they are trusted with.

use actix_web::{get, web::Data};
use domain::{
    node::NodeId,
    person::{Facts, PersonId},
    policy::{Power, Role},
};
use persistence::people;
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    App,
    answer::{Answer, Versioned},
    call::Call,
    problem::Result,
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(get_me);
}

/// The caller
#[derive(Serialize, ToSchema)]
struct MeView {
    /// The person.
    id: PersonId,
    /// What is known of them.
    facts: Facts,
    /// The roles they hold today.
    roles: Vec<HeldRole>,
    /// Whom they may act for: nobody while they do not have the role of a support person.
    acts_for: Vec<ActsFor>,
}

/// A role held at a node
#[derive(Serialize, ToSchema)]
struct HeldRole {
    /// The role.
    role: Role,
    /// Where: it reaches the node and all below it.
    node_id: NodeId,
}

/// An expert whom the caller may act for
#[derive(Serialize, ToSchema)]
struct ActsFor {
    /// The expert.
    person_id: PersonId,
    /// In what.
    power: Power,
}

/// Get who I am
///
/// The signed-in person, the roles that they hold today, and the experts who let them act for them.
#[utoipa::path(tag = "people", responses((status = OK, body = MeView)))]
#[get("/v1/me")]
async fn get_me(app: Data<App>, call: Call) -> Result<Answer> {
    app.find(call, |session, caller| {
        let person = people::find(session, caller.human()?)?;
        let held = |grant: &domain::policy::Grant| {
            Some(HeldRole { role: grant.role, node_id: grant.path.last()? })
        };
        let view = MeView {
            id: person.thing.id,
            facts: person.facts.clone(),
            roles: caller.grants.iter().filter_map(held).collect(),
            acts_for: caller
                .delegations
                .iter()
                .map(|given| ActsFor { person_id: given.expert, power: given.power })
                .collect(),
        };
        Answer::ok(&view).version(&person)
    })
    .await
}
