//! Support persons (S1-03). Only the expert gives and takes their powers: they cannot be passed on.

use actix_web::{
    post,
    web::{Data, Path},
};
use domain::{
    expert::{DelegationForm, Expert, ExpertId},
    person::PersonId,
    policy::Role,
    refusal::{Fault, faultless},
};
use persistence::callers;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{change, view::ExpertView};
use crate::{
    App,
    answer::Answer,
    body::Json,
    call::{Call, Caller},
    problem::{Problem, Result},
    routes::ServiceConfig,
};

pub(super) fn configure(config: &mut ServiceConfig<'_>) {
    config.service(delegate).service(withdraw_delegation);
}

/// A support person who is to lose all powers
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DelegationEnd {
    /// The support person.
    person: PersonId,
}

/// Let somebody act for me
///
/// A support person gets the named powers, and no others: what they could do before is replaced. Whoever is to act has the
/// role of a support person. When that role ends, they act for nobody from that moment; the powers stay on record until they
/// are withdrawn, and hold again if the person is given the role again.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[post("/v1/experts/{expert_id}/delegations")]
async fn delegate(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    body: Json<DelegationForm>,
) -> Result<Answer> {
    app.write(call, move |session, caller, now| {
        change(session, caller, *expert_id, |session, expert| {
            theirs_alone(caller, expert)?;
            let next = expert.thing.clone().delegate(body.0.clone(), now)?;
            // Whoever is no support person is told of like nobody: an expert does not learn who is registered here.
            let supports = callers::trusted(session, body.person, now)?.has(Role::SupportPerson);
            let unknown = Fault::new("/person", "unknown_reference");
            faultless(if supports { vec![] } else { vec![unknown] })?;
            Ok(next)
        })
    })
    .await
}

/// Let somebody no longer act for me
///
/// The support person loses every power at once.
#[utoipa::path(tag = "experts", responses((status = OK, body = ExpertView)))]
#[post("/v1/experts/{expert_id}/delegations/withdraw")]
async fn withdraw_delegation(
    app: Data<App>,
    call: Call,
    expert_id: Path<ExpertId>,
    body: Json<DelegationEnd>,
) -> Result<Answer> {
    app.write(call, move |session, caller, _| {
        change(session, caller, *expert_id, |_, expert| {
            theirs_alone(caller, expert)?;
            Ok(expert.thing.clone().undelegate(body.person))
        })
    })
    .await
}

/// Powers over powers are nobody's but the expert's.
fn theirs_alone(caller: &Caller, expert: &Expert) -> Result<()> {
    if caller.person() == Some(expert.person) { Ok(()) } else { Err(Problem::Forbidden) }
}
